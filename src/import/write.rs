//! A draft as the text of a portfolio. `merge.rs` uses the same lines where it adds items to a file.

use std::io::{self, Write};
use std::rc::Rc;

use super::draft::{Draft, Item, Made, Value};
use super::merge::record;
use crate::yaml::write::scalar;

/// The whole of a draft as a portfolio of its own.
pub fn portfolio(draft: &Draft, made_by: &str, unknown: &[String], to: &mut dyn Write) -> io::Result<()> {
    writeln!(to, "# Made by `{made_by}`.")?;
    if !unknown.is_empty() {
        writeln!(to, "# What it could not know, and you can fill in:")?;
        unknown.iter().try_for_each(|line| writeln!(to, "#   {line}"))?;
    }
    writeln!(to, "version: 1")?;
    if !draft.meetings_of.is_empty() {
        writeln!(to, "{}", complete(draft))?;
    }
    for (section, items) in draft.sections() {
        let mut items = items.peekable();
        if items.peek().is_some() {
            writeln!(to, "\n{section}:")?;
        }
        items.try_for_each(|one| to.write_all(item(&one, 2).as_bytes()))?;
    }
    if !draft.made_by.is_empty() {
        to.write_all(record::head().as_bytes())?;
    }
    let mut made_by: Vec<&Made> = draft.made_by.iter().collect();
    made_by.sort_by_key(|made| &made.source);
    for made in made_by {
        let mut sections = draft.sections();
        sections.sort_by_key(|(section, _)| *section);
        for (section, items) in sections {
            let holds = |one: &Item| {
                let key = || (section, Rc::from(one.id.as_str()));
                made.items.as_ref().is_none_or(|items| items.contains(&key()))
            };
            for one in items.filter(holds) {
                to.write_all(record::line(&made.source, section, &one).as_bytes())?;
            }
        }
    }
    Ok(())
}

/// Whose 1:1s it holds in full.
pub fn complete(draft: &Draft) -> String {
    format!("meetings_of: [{}]", draft.meetings_of.iter().map(|id| scalar(id)).collect::<Vec<_>>().join(", "))
}

/// An item of a list, its hyphen this far in.
pub fn item(item: &Item, indent: usize) -> String {
    let mut out = format!("{:indent$}- id: {}\n", "", scalar(&item.id));
    for (key, value) in &item.keys {
        out.push_str(&format!("{:indent$}  {key}: {}\n", "", written(value)));
    }
    out
}

/// An item on one line, as flow lists have them.
pub fn flow_item(item: &Item) -> String {
    let mut out = format!("{{id: {}", scalar(&item.id));
    for (key, value) in &item.keys {
        out.push_str(&format!(", {key}: {}", written(value)));
    }
    out.push('}');
    out
}

/// A value as it is written behind its key.
pub fn written(value: &Value) -> String {
    match value {
        Value::Text(text) => scalar(text),
        Value::Word(word) => word.clone(),
        Value::List(list) => {
            format!("[{}]", list.iter().map(|entry| scalar(entry)).collect::<Vec<_>>().join(", "))
        }
    }
}
