//! A value of YAML or JSON without places and layout: what a change of data writes, and what two texts are compared by.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer, ser::SerializeMap};

use super::node::{Kind, Node};
use super::scalar::{self, Plain};
use crate::source::Mark;

/// A value without its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value {
    /// Nothing, a truth value or a number, as it is written.
    Plain(String),
    /// Text, days and words of the format among them.
    Text(String),
    /// A sequence.
    List(Vec<Value>),
    /// A mapping in the order in which it is written.
    Map(Vec<(String, Value)>),
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl Value {
    /// What a scalar stands for; `plain` says that it is written without quotes.
    pub fn scalar(text: &str, plain: bool) -> Value {
        let kind = if plain { scalar::kind(text) } else { Plain::Text };
        match kind {
            Plain::Text => Value::Text(text.to_owned()),
            Plain::Null => Value::Plain("null".to_owned()),
            Plain::Truth(truth) => Value::Plain(truth.to_string()),
            Plain::Whole => {
                Value::Plain(scalar::whole(text).map_or_else(|| text.to_owned(), |number| number.to_string()))
            }
            Plain::Float => Value::Plain(text.to_owned()),
        }
    }

    /// Whether it is the same as left out.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Plain(text) if text == "null")
    }

    /// The value of a key of a mapping; nothing for `null`.
    pub fn get(&self, key: &str) -> Option<&Value> {
        let Value::Map(entries) = self else { return None };
        entries.iter().find(|(name, _)| name == key).map(|(_, value)| value).filter(|value| !value.is_null())
    }

    /// The same value with the keys of every mapping in the order of their texts, and without those that are `null`.
    #[must_use]
    pub fn canonical(&self) -> Value {
        match self {
            Value::Plain(_) | Value::Text(_) => self.clone(),
            Value::List(items) => Value::List(items.iter().map(Value::canonical).collect()),
            Value::Map(entries) => {
                let there = entries.iter().filter(|(_, value)| !value.is_null());
                let mut sorted: Vec<_> = there.map(|(key, value)| (key.clone(), value.canonical())).collect();
                sorted.sort_by(|a, b| a.0.cmp(&b.0));
                Value::Map(sorted)
            }
        }
    }

    /// As the tree that records are read from, every node of it at one place.
    pub fn node(&self, mark: Mark) -> Node<'static> {
        let text = |text: &str| Cow::Owned(text.to_owned());
        let kind = match self {
            Value::Plain(plain) => Kind::Scalar(text(plain), true),
            Value::Text(quoted) => Kind::Scalar(text(quoted), false),
            Value::List(items) => Kind::List(items.iter().map(|item| item.node(mark)).collect()),
            Value::Map(entries) => {
                let entry = |(key, value): &(String, Value)| {
                    let key = Node { kind: Kind::Scalar(text(key), true), mark, length: 1 };
                    (key, value.node(mark))
                };
                Kind::Map(entries.iter().map(entry).collect())
            }
        };
        Node { kind, mark, length: 1 }
    }
}

impl From<serde_json::Value> for Value {
    fn from(json: serde_json::Value) -> Value {
        match json {
            serde_json::Value::Null => Value::Plain("null".to_owned()),
            serde_json::Value::Bool(truth) => Value::Plain(truth.to_string()),
            serde_json::Value::Number(number) => Value::Plain(number.to_string()),
            serde_json::Value::String(text) => Value::Text(text),
            serde_json::Value::Array(items) => Value::List(items.into_iter().map(Value::from).collect()),
            serde_json::Value::Object(entries) => {
                Value::Map(entries.into_iter().map(|(key, value)| (key, Value::from(value))).collect())
            }
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
        serde_json::Value::deserialize(deserializer).map(Value::from)
    }
}

impl JsonSchema for Value {
    fn schema_name() -> Cow<'static, str> {
        "Value".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        Schema::default()
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            // What JSON has no spelling for, such as infinity, is text there.
            Value::Plain(plain) => match serde_json::from_str::<serde_json::Value>(plain) {
                Ok(json) => json.serialize(serializer),
                Err(_) => serializer.serialize_str(plain),
            },
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(items) => serializer.collect_seq(items),
            Value::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}
