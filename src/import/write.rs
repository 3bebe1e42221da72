//! A draft as the text of a portfolio. `merge.rs` uses the same lines where it adds items to a file.

use super::draft::{Draft, Item, Value};
use crate::parse::write::scalar;

/// The whole of a draft as a portfolio of its own.
pub fn portfolio(draft: &Draft, made_by: &str, unknown: &[String]) -> String {
    let mut out = format!("# Made by `{made_by}`.\n");
    if !unknown.is_empty() {
        out.push_str("# What it could not know, and you can fill in:\n");
        for line in unknown {
            out.push_str(&format!("#   {line}\n"));
        }
    }
    out.push_str("version: 1\n");
    for (section, items) in draft.sections() {
        if items.is_empty() {
            continue;
        }
        out.push_str(&format!("\n{section}:\n"));
        for one in items {
            out.push_str(&item(&one, 2));
        }
    }
    out
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
