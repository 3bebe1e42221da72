//! How a value is written into a text: as its surroundings are, in block style, with braces, or as JSON.

use crate::base::day::Day;
use crate::yaml::spans::{Quotes, Shape, Spanned};
use crate::yaml::value::Value;
use crate::yaml::write::scalar;

/// The spelling of a mapping and of what is in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Style {
    /// Every key and text in double quotes.
    pub(super) json: bool,
    /// No blanks behind colons and commas.
    pub(super) compact: bool,
}

impl Style {
    pub(super) const YAML: Style = Style { json: false, compact: false };

    /// The style of a mapping by its first entry.
    pub(super) fn of(text: &str, map: &Spanned<'_>) -> Style {
        let Some((key, value)) = map.entries().first().filter(|_| map.is_flow()) else { return Style::YAML };
        let json = matches!(key.shape, Shape::Scalar(_, Quotes::Double));
        Style { json, compact: json && text.get(key.to..value.from) == Some(":") }
    }

    pub(super) fn key(self, key: &str) -> String {
        let blank = if self.compact { "" } else { " " };
        if self.json { format!("{}:{blank}", quoted(key)) } else { format!("{key}:{blank}") }
    }

    /// A value on one line. `order` gives the keys of a mapping below a path of keys.
    pub(super) fn value(self, value: &Value, path: &[&str], order: Order<'_>) -> String {
        let comma = if self.compact { "," } else { ", " };
        match value {
            Value::Plain(plain) => plain.clone(),
            Value::Text(text) if self.json => quoted(text),
            Value::Text(text) => yaml(text),
            Value::List(items) => {
                let items: Vec<String> = items.iter().map(|item| self.value(item, path, order)).collect();
                format!("[{}]", items.join(comma))
            }
            Value::Map(entries) => {
                let entries: Vec<String> = in_order(entries, order(path))
                    .into_iter()
                    .map(|(key, value)| {
                        let below: Vec<&str> = path.iter().copied().chain([key.as_str()]).collect();
                        self.key(key) + &self.value(value, &below, order)
                    })
                    .collect();
                format!("{{{}}}", entries.join(comma))
            }
        }
    }
}

/// The keys of a mapping below a path of keys, in the order of the format.
pub(super) type Order<'o> = &'o dyn Fn(&[&str]) -> &'static [&'static str];

/// Entries in an order of keys; those that it does not have come last, as they are.
pub(super) fn in_order<'e>(entries: &'e [(String, Value)], order: &[&str]) -> Vec<&'e (String, Value)> {
    let mut sorted: Vec<_> = entries.iter().collect();
    sorted.sort_by_key(|(key, _)| order.iter().position(|one| one == key).unwrap_or(usize::MAX));
    sorted
}

/// Text in the place of other text: without quotes where YAML allows it, else in those that were there.
pub(super) fn replacing(text: &str, quotes: Quotes) -> String {
    let written = yaml(text);
    let fits = text.chars().all(|character| !character.is_control());
    if quotes == Quotes::Single && written.starts_with('"') && !written.contains('\\') && fits {
        return format!("'{}'", text.replace('\'', "''"));
    }
    written
}

fn yaml(text: &str) -> String {
    // A day is text to YAML 1.2, and nobody writes it in quotes; nor the id of a factor, whose colons end no key.
    let is_word = |part: &str| {
        part.starts_with(|first: char| first.is_ascii_alphanumeric())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-@".contains(&byte))
    };
    let is_factor = text.starts_with('D') && text.contains(':') && text.split(':').all(is_word);
    if Day::parse(text).is_some() || is_factor { text.to_owned() } else { scalar(text) }
}

fn quoted(text: &str) -> String {
    let written = scalar(text);
    if written.starts_with('"') { written } else { format!("\"{written}\"") }
}
