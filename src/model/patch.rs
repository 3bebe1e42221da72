//! Changes of data in the words of the format, and the portfolio as it is with them. What an item says after a change
//! is worked out once, on what is written (`Change::amend`); the model reads that again with its own reader, and
//! `edit/` holds its text against it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::base::ids::SUBJECT_TYPES;
use crate::base::message::{Message, Quote, message};
use crate::records::sections::List;
use crate::yaml::value::Value;

/// A list of changes, made in this order.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Patch(pub Vec<Change>);

/// One change. Items are named as in the ids of factors, `meeting:bo-ana`; keys of mappings in an item are joined by
/// dots, `context.reviewed`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged, deny_unknown_fields)]
pub enum Change {
    /// A key is given, or its value replaced.
    Set {
        /// The item.
        set: String,
        /// The key.
        key: String,
        /// Its value.
        to: Value,
    },
    /// A key is taken out.
    Unset {
        /// The item.
        unset: String,
        /// The key.
        key: String,
    },
    /// Something is put at the end of a list.
    Append {
        /// The item.
        append: String,
        /// The key of the list.
        key: String,
        /// What is put there.
        to: Value,
    },
    /// Entries of a list are taken out; an empty list is then unset.
    Strip {
        /// The item.
        strip: String,
        /// The key of the list.
        key: String,
        /// What is taken out.
        items: Vec<Value>,
    },
    /// A new item.
    Add {
        /// The section: `meetings`.
        add: String,
        /// Its keys.
        item: Value,
        /// The item that it should follow in the text.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<String>,
    },
    /// An item is taken out.
    Remove {
        /// The item.
        remove: String,
    },
}

/// What a change is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target<'c> {
    /// The portfolio itself; of its keys, what is below `hr_system` can be changed.
    Portfolio,
    /// An item of a list by its id.
    Item(List, &'c str),
}

/// Why a patch cannot be made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PatchError {
    /// It names something that is not there, or asks for what cannot be changed.
    Unknown(Message<Quote>),
    /// The portfolio would not be valid with it: what is wrong, in sentences.
    Invalid(Vec<Message<Quote>>),
}

/// The list that holds subjects of a type.
pub fn list_of(kind: &str) -> Option<List> {
    Some(match kind {
        "person" => List::People,
        "squad" => List::Squads,
        "guild" => List::Guilds,
        "meeting" => List::Meetings,
        "conversation" => List::Conversations,
        "decision" => List::Decisions,
        "promotion" => List::Promotions,
        "mentorship" => List::Mentorships,
        _ => return None,
    })
}

/// The type of the subjects in a list; acknowledgements have no ids, and are no subjects.
pub fn kind_of(list: List) -> Option<&'static str> {
    SUBJECT_TYPES.into_iter().find(|kind| list_of(kind) == Some(list))
}

/// What a name such as `meeting:bo-ana` means.
pub fn target(name: &str) -> Result<Target<'_>, PatchError> {
    if name == "portfolio" || name == "portfolio:portfolio" {
        return Ok(Target::Portfolio);
    }
    let parts = name.split_once(':').and_then(|(kind, id)| Some(Target::Item(list_of(kind)?, id)));
    parts.ok_or_else(|| {
        PatchError::Unknown(message!("`", name.to_owned(), "` names no item: write it as `meeting:bo-ana`"))
    })
}

impl Change {
    /// The list that an `add` adds to.
    pub fn list(section: &str) -> Result<List, PatchError> {
        let list = List::ALL.iter().copied().find(|list| list.key() == section);
        list.ok_or_else(|| PatchError::Unknown(message!("there is no list `", section.to_owned(), "`")))
    }

    /// The name of the item that it changes; nothing for a new one.
    pub fn subject(&self) -> Option<&str> {
        match self {
            Change::Set { set: name, .. }
            | Change::Unset { unset: name, .. }
            | Change::Append { append: name, .. }
            | Change::Strip { strip: name, .. }
            | Change::Remove { remove: name } => Some(name),
            Change::Add { .. } => None,
        }
    }

    /// Makes the change to what an item says. Adding and removing change no item.
    pub fn amend(&self, item: &mut Value) -> Result<(), PatchError> {
        match self {
            Change::Set { key, to, .. } => set(item, &path(key), to.clone()),
            Change::Unset { key, .. } => {
                unset(item, &path(key));
                Ok(())
            }
            Change::Append { key, to, .. } => {
                let path = path(key);
                let mut items = list_at(item, &path)?;
                items.push(to.clone());
                set(item, &path, Value::List(items))
            }
            Change::Strip { key, items: out, .. } => {
                let path = path(key);
                let mut items = list_at(item, &path)?;
                let gone = |one: &Value| out.iter().any(|out| out.canonical() == one.canonical());
                let before = items.len();
                items.retain(|one| !gone(one));
                if items.len() == before {
                    return Ok(());
                }
                if items.is_empty() {
                    unset(item, &path);
                    return Ok(());
                }
                set(item, &path, Value::List(items))
            }
            Change::Add { .. } | Change::Remove { .. } => Ok(()),
        }
    }

    /// The change as a sentence, for whoever makes it by hand.
    pub fn in_words(&self) -> Message<Quote> {
        let text = |text: &String| text.clone();
        match self {
            Change::Set { set, key, to } => {
                message!("set `", text(key), "` of ", text(set), " to ", json(to))
            }
            Change::Unset { unset, key } => message!("take `", text(key), "` out of ", text(unset)),
            Change::Append { append, key, to } => {
                message!("add ", json(to), " to `", text(key), "` of ", text(append))
            }
            Change::Strip { strip, key, items } => {
                let items: Vec<String> = items.iter().map(json).collect();
                message!("take ", items.join(", "), " out of `", text(key), "` of ", text(strip))
            }
            Change::Add { add, item, after: None } => {
                message!("add to `", text(add), "`: ").and(item_in_words(item))
            }
            Change::Add { add, item, after: Some(after) } => {
                message!("add to `", text(add), "`, behind ", text(after), ": ").and(item_in_words(item))
            }
            Change::Remove { remove } => message!("take out ", text(remove)),
        }
    }
}

fn json(value: &Value) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// An item as it can be written, each entry a fact of its own: a long one is cut where it is shown.
fn item_in_words(item: &Value) -> Message<Quote> {
    let Value::Map(entries) = item else { return message!(json(item)) };
    let mut words = message!("{");
    for (index, (key, value)) in entries.iter().enumerate() {
        let glue = if index > 0 { message!(", ") } else { Message::default() };
        words = words.and(glue).and(message!(key.clone(), ": ", json(value)));
    }
    words.and(message!("}"))
}

/// The keys on the way to what a key with dots means.
pub fn path(key: &str) -> Vec<&str> {
    key.split('.').collect()
}

fn not_so(key: &str, what: &'static str) -> PatchError {
    PatchError::Unknown(message!("`", key.to_owned(), "` holds no ", what))
}

/// The list at the end of a path; an empty one where nothing is written.
fn list_at(item: &Value, path: &[&str]) -> Result<Vec<Value>, PatchError> {
    let mut value = Some(item);
    for key in path {
        value = value.and_then(|value| value.get(key));
    }
    match value {
        None => Ok(Vec::new()),
        Some(Value::List(items)) => Ok(items.clone()),
        Some(Value::Plain(_) | Value::Text(_) | Value::Map(_)) => Err(not_so(&path.join("."), "list")),
    }
}

fn set(item: &mut Value, path: &[&str], to: Value) -> Result<(), PatchError> {
    let Some((key, rest)) = path.split_first() else {
        *item = to;
        return Ok(());
    };
    if item.is_null() {
        *item = Value::Map(Vec::new());
    }
    let Value::Map(entries) = item else { return Err(not_so(key, "mapping")) };
    if let Some((_, value)) = entries.iter_mut().find(|(name, _)| name == key) {
        return set(value, rest, to);
    }
    let mut value = Value::Map(Vec::new());
    set(&mut value, rest, to)?;
    entries.push(((*key).to_owned(), value));
    Ok(())
}

/// Takes a key out, and what would be a mapping without a value then: a key that is null is the same as left out.
fn unset(item: &mut Value, path: &[&str]) {
    let (Some((key, rest)), Value::Map(entries)) = (path.split_first(), item) else { return };
    let Some(at) = entries.iter().position(|(name, _)| name == key) else { return };
    let value = &mut entries[at].1;
    let is_blank =
        |value: &Value| matches!(value, Value::Map(entries) if entries.iter().all(|(_, one)| one.is_null()));
    let was_empty = is_blank(value);
    if !rest.is_empty() {
        unset(value, rest);
    }
    if rest.is_empty() || (is_blank(value) && !was_empty) {
        entries.remove(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_as_the_design_shows_it() {
        let texts = [
            r#"{"set":"meeting:nia-kofi","key":"purpose","to":"delivery"}"#,
            r#"{"unset":"meeting:bo-ana","key":"agenda"}"#,
            r#"{"append":"conversation:ana-promotion","key":"deferred_to","to":"2026-12-10"}"#,
            r#"{"strip":"meeting:bo-ana","key":"agenda","items":["career-lane"]}"#,
            r#"{"add":"meetings","item":{"owner":"cy","with":"ana"},"after":"meeting:bo-ana"}"#,
            r#"{"add":"people","item":{"external":true,"id":"+1"}}"#,
            r#"{"remove":"meeting:bo-ana"}"#,
        ];
        let all = format!("[{}]", texts.join(","));
        let patch: Patch = serde_json::from_str(&all).expect("a patch");
        assert_eq!(serde_json::to_string(&patch).expect("JSON"), all);
        assert!(serde_json::from_str::<Change>(r#"{"remove":"a:b","key":"x"}"#).is_err());
    }

    #[test]
    fn items_are_amended() {
        let amended = |change: &str, item: &str| {
            let change: Change = serde_json::from_str(change).expect("a change");
            let mut item: Value = serde_json::from_str(item).expect("an item");
            let outcome = change.amend(&mut item).map(|()| serde_json::to_string(&item).expect("JSON"));
            outcome.unwrap_or_else(|error| format!("{error:?}"))
        };
        let reviewed = r#"{"set":"squad:s","key":"context.reviewed","to":"2026-11-20"}"#;
        assert_eq!(amended(reviewed, r#"{"id":"s"}"#), r#"{"id":"s","context":{"reviewed":"2026-11-20"}}"#);
        assert_eq!(amended(reviewed, r#"{"context":null}"#), r#"{"context":{"reviewed":"2026-11-20"}}"#);
        let unset = r#"{"unset":"squad:s","key":"context.reviewed"}"#;
        assert_eq!(amended(unset, r#"{"id":"s","context":{"reviewed":"x"}}"#), r#"{"id":"s"}"#);
        assert_eq!(amended(unset, r#"{"context":{}}"#), r#"{"context":{}}"#);
        assert_eq!(amended(unset, r#"{"id":"s","context":{"closed":null,"reviewed":"x"}}"#), r#"{"id":"s"}"#);
        let strip = r#"{"strip":"meeting:m","key":"agenda","items":["a","c"]}"#;
        assert_eq!(amended(strip, r#"{"agenda":["a","b","c"]}"#), r#"{"agenda":["b"]}"#);
        assert_eq!(amended(strip, r#"{"id":"m","agenda":["a"]}"#), r#"{"id":"m"}"#);
        assert!(amended(strip, r#"{"agenda":"a"}"#).contains("holds no "));
    }
}
