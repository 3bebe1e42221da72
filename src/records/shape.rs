//! What a key should look like, for a list written where one value belongs, or the reverse. The examples
//! are those of the records: the same that the schema and the reference show.

use std::sync::LazyLock;

use serde_json::{Map, Value};

use super::read::Reading;
use crate::base::day::Day;
use crate::base::message::{Message, Quote};
use crate::yaml::node::{Kind, Node};
use crate::yaml::write::scalar;

/// The schema of a portfolio as it is committed. To generate it here, the program would have to hold the generator.
pub(crate) static PORTFOLIO_SCHEMA: &str = include_str!("../../schema/portfolio.schema.json");

/// The same, read when the first shape is wrong.
pub(super) static SCHEMA: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(PORTFOLIO_SCHEMA).unwrap_or_default());

/// Says what the value at a path of a section looks like, with an example; `None` if it already looks like that.
pub(super) fn instead_of(reading: Reading, root: &Node<'_>, path: &[usize]) -> Option<Message<Quote>> {
    let node = root.descend(path);
    let mut property = property(&SCHEMA, reading.section)?;
    let mut key = reading.section.to_owned();
    let mut in_list = usize::from(reading.is_item);
    for (depth, _) in path.iter().enumerate() {
        if let Some(name) = root.key_at(&path[..=depth]).and_then(Node::text) {
            let holder = (0..in_list).try_fold(property, |holder, _| resolved(holder).get("items"))?;
            property = self::property(holder, name)?;
            name.clone_into(&mut key);
            in_list = 0;
        } else {
            in_list += 1;
        }
    }
    let example = example(property)?;
    let expected = (0..in_list).try_fold(&example, |list, _| list.get(0))?;
    if shape_of(node) == shape(expected) {
        return None;
    }
    Some(Message::words(format!("`{key}` is {}, for example `{key}: {}`", named(&example), flow(&example))))
}

/// Follows references, and of several possibilities takes the first that is not `null`.
pub(super) fn resolved<'s>(schema: &'s Value) -> &'s Value {
    if let Some(name) =
        schema.get("$ref").and_then(Value::as_str).and_then(|path| path.strip_prefix("#/$defs/"))
    {
        return SCHEMA.get("$defs").and_then(|all| all.get(name)).map_or(schema, resolved);
    }
    let any = schema.get("anyOf").or_else(|| schema.get("oneOf")).and_then(Value::as_array);
    let is_null = |one: &&Value| one.get("type").and_then(Value::as_str) == Some("null");
    // Of words and a mapping it is the mapping that has keys.
    let with_keys = |one: &&Value| resolved(one).get("properties").is_some();
    let first =
        |all: &'s Vec<Value>| all.iter().find(with_keys).or_else(|| all.iter().find(|one| !is_null(one)));
    // Beside properties it only says which of them go together, and a choice of words is what it is.
    let is_word = |one: &Value| one.get("const").is_some();
    let any = any.filter(|all| schema.get("properties").is_none() && !all.iter().any(is_word));
    any.and_then(first).map_or(schema, resolved)
}

pub(super) fn property<'s>(schema: &'s Value, key: &str) -> Option<&'s Value> {
    resolved(schema).get("properties")?.get(key)
}

/// The written example, or one of what must be there.
fn example(schema: &Value) -> Option<Value> {
    if let Some(written) = schema.get("examples").and_then(|all| all.get(0)) {
        return Some(written.clone());
    }
    let schema = resolved(schema);
    if let Some(written) = schema.get("examples").and_then(|all| all.get(0)) {
        return Some(written.clone());
    }
    if let Some(items) = schema.get("items") {
        return Some(Value::Array(vec![example(items)?]));
    }
    let properties = schema.get("properties")?.as_object()?;
    // Of keys that replace each other the first counts as required.
    let together = schema.get("oneOf").and_then(|all| all.get(0));
    let required = [together, Some(schema)].into_iter().flatten().filter_map(|one| one.get("required"));
    let mut keys: Vec<&str> =
        required.filter_map(Value::as_array).flatten().filter_map(Value::as_str).collect();
    if keys.is_empty() {
        keys.extend(properties.keys().next().map(String::as_str));
    }
    let mut whole = Map::new();
    for key in keys {
        whole.insert(key.to_owned(), example(properties.get(key)?)?);
    }
    Some(Value::Object(whole))
}

#[derive(PartialEq, Eq)]
enum Shape {
    One,
    List,
    Mapping,
}

fn shape_of(node: &Node<'_>) -> Shape {
    match node.kind {
        Kind::Scalar(..) => Shape::One,
        Kind::List(_) => Shape::List,
        Kind::Map(_) => Shape::Mapping,
    }
}

fn shape(example: &Value) -> Shape {
    match example {
        Value::Array(_) => Shape::List,
        Value::Object(_) => Shape::Mapping,
        _ => Shape::One,
    }
}

fn named(example: &Value) -> &'static str {
    match (shape(example), example.get(0).map(shape)) {
        (Shape::List, Some(Shape::Mapping)) => "a list of mappings",
        (Shape::List, _) => "a list",
        (Shape::Mapping, _) => "a mapping",
        (Shape::One, _) => "one value",
    }
}

/// As YAML on one line.
pub(super) fn flow(value: &Value) -> String {
    let joined = |parts: Vec<String>| parts.join(", ");
    match value {
        Value::String(text) if Day::parse(text).is_some() => text.clone(),
        Value::String(text) => scalar(text),
        Value::Array(items) => format!("[{}]", joined(items.iter().map(flow).collect())),
        Value::Object(entries) => {
            let entry = |(key, value): (&String, &Value)| format!("{key}: {}", flow(value));
            format!("{{{}}}", joined(entries.iter().map(entry).collect()))
        }
        other => other.to_string(),
    }
}
