//! `docs/portfolio.md`: every key of the format with its type, its meaning, its default and an example, made from the
//! JSON Schema, which is made from the records.

use serde_json::{Map, Value};

use super::schema::{Document, generate};
use crate::records::sections::SECTIONS;

/// The page as it stands in `docs/`.
pub fn portfolio_page() -> String {
    let schema: Value = serde_json::from_str(&generate(Document::Portfolio)).unwrap_or_default();
    let mut page = Page { schema: &schema, out: String::from(HEAD) };
    page.out.push_str("\n## The top of the file\n\n");
    page.table(&schema, SECTIONS);
    for section in SECTIONS {
        let Some(record) = page.record(&schema["properties"][*section]) else { continue };
        page.record_under(section, 2, record);
    }
    page.out
}

const HEAD: &str = "# The portfolio\n\n\
<!-- Written by `DEBT_WRITE=1 cargo test --test it generated`, from the records in src/records/; do not edit. -->\n\n\
A portfolio is a YAML file (or several in one folder, which are merged). Every key that it may have is on this page; \
keys in **bold** must be there. A key that is `null` counts as left out, and a key that is not on this page is an error. \
`examples/portfolio.yaml` shows the format as a whole; `debt schema portfolio` prints it for an editor.\n";

struct Page<'s> {
    schema: &'s Value,
    out: String,
}

impl<'s> Page<'s> {
    /// A heading for one record, its keys, and the records that stand in it.
    fn record_under(&mut self, path: &str, depth: usize, record: &'s Value) {
        let meaning = record["description"].as_str().unwrap_or_default();
        self.out.push_str(&format!("\n{} `{path}`\n\n{meaning}\n\n", "#".repeat(depth)));
        self.table(record, &[]);
        let inner: Vec<(&String, &Value)> =
            properties(record).filter_map(|(key, value)| Some((key, self.record(value)?))).collect();
        for (key, record) in inner {
            self.record_under(&format!("{path}.{key}"), depth.saturating_add(1).min(4), record);
        }
    }

    /// A row for each key; `order` first, then what must be there, then the rest by name.
    fn table(&mut self, record: &'s Value, order: &[&str]) {
        let required: Vec<&str> =
            record["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let mut keys: Vec<(&String, &Value)> = properties(record).collect();
        keys.sort_by_key(|(key, _)| {
            let listed = order.iter().position(|one| one == key).unwrap_or(usize::MAX);
            (listed, !required.contains(&key.as_str()))
        });
        self.out.push_str("| key | type | meaning | default | example |\n|---|---|---|---|---|\n");
        for (key, value) in keys {
            let name =
                if required.contains(&key.as_str()) { format!("**`{key}`**") } else { format!("`{key}`") };
            let meaning = value["description"].as_str().unwrap_or_default().replace('|', "\\|");
            let default = value.get("default").map(|default| format!("`{}`", plain(default)));
            let example = value["examples"].get(0).map(|example| format!("`{key}: {}`", plain(example)));
            self.out.push_str(&format!(
                "| {name} | {} | {meaning} | {} | {} |\n",
                self.kind(value),
                default.unwrap_or_default(),
                example.unwrap_or_default()
            ));
        }
    }

    /// The record that a key holds, or a list of which it holds.
    fn record(&self, value: &'s Value) -> Option<&'s Value> {
        let value = self.resolved(value);
        let value = if value["items"].is_object() { self.resolved(&value["items"]) } else { value };
        value["properties"].is_object().then_some(value)
    }

    /// Through `$ref`, and through the `null` that an optional key may be.
    fn resolved(&self, value: &'s Value) -> &'s Value {
        if let Some(name) = value["$ref"].as_str() {
            return self
                .schema
                .pointer(name.trim_start_matches('#'))
                .map_or(value, |inner| self.resolved(inner));
        }
        let one = value["anyOf"].as_array().into_iter().flatten().find(|one| one["type"] != "null");
        one.map_or(value, |one| self.resolved(one))
    }

    /// The type in words.
    fn kind(&self, value: &'s Value) -> String {
        let value = self.resolved(value);
        if let Some(words) =
            value["oneOf"].as_array().filter(|all| all.iter().all(|one| one["const"].is_string()))
        {
            let words: Vec<&str> = words.iter().filter_map(|word| word["const"].as_str()).collect();
            return words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        }
        let kind = match &value["type"] {
            Value::Array(all) => all.iter().filter_map(Value::as_str).find(|one| *one != "null"),
            other => other.as_str(),
        };
        let bounds = |noun: &str| match (value["minimum"].as_i64(), value["maximum"].as_i64()) {
            (Some(1), Some(1)) => "1".to_owned(),
            (Some(least), Some(most)) if most < 1_000_000 => format!("{noun}, {least} to {most}"),
            (Some(least), _) => format!("{noun}, {least} or more"),
            _ => noun.to_owned(),
        };
        match kind {
            Some("array") => format!("list of {}", self.kind(&value["items"])),
            Some("object") if value["properties"].is_object() => "mapping, see below".to_owned(),
            Some("object") => "mapping".to_owned(),
            Some("integer") => bounds("whole number"),
            Some("number") => bounds("number"),
            Some("boolean") => "`true` or `false`".to_owned(),
            Some("string") if value["format"] == "date" => "date".to_owned(),
            Some("string") if value["pattern"] == crate::records::values::ID_PATTERN => "id".to_owned(),
            _ => "text".to_owned(),
        }
    }
}

fn properties(record: &Value) -> impl Iterator<Item = (&String, &Value)> {
    record["properties"].as_object().into_iter().flat_map(Map::iter)
}

/// A value as it is written in YAML's flow style.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) if text.contains([':', '#', ',']) => format!("\"{text}\""),
        Value::String(text) => text.clone(),
        Value::Array(items) => format!("[{}]", items.iter().map(plain).collect::<Vec<_>>().join(", ")),
        Value::Object(entries) => {
            let entry = |(key, value): (&String, &Value)| format!("{key}: {}", plain(value));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}
