//! What the schema says of the keys of a portfolio, for editors. The schema is made from the records, so that nothing is
//! written here a second time.

use serde_json::Value;

use super::sections::{SECTIONS, Section};
use super::shape::{SCHEMA, flow, property, resolved};
use super::values::ID_PATTERN;

/// A key of the format.
#[derive(Clone, Debug)]
pub struct Key {
    /// As it is written.
    pub name: String,
    /// What it means.
    pub doc: String,
    /// What counts where it is left out, where the format says so.
    pub default: Option<String>,
    /// A value that it can have.
    pub example: Option<String>,
    /// Whether it must be there.
    pub is_required: bool,
    /// Whether it is of an older format, and nobody should write it now.
    pub is_deprecated: bool,
    /// What it holds.
    pub holds: Holds,
}

/// What a key holds.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Holds {
    /// The words that it can be, each with its meaning; none where it is not one of a few words.
    pub words: Vec<(String, String)>,
    /// Whether it, or each of its entries, is an id.
    pub is_id: bool,
    /// Whether it, or each of its entries, is a day.
    pub is_date: bool,
    /// Whether it is a list.
    pub is_list: bool,
    /// Whether it, or each of its entries, is a mapping.
    pub is_mapping: bool,
}

/// The keys of the mapping at the end of a path of keys, in the order of the format; lists are passed through. No path is the
/// top of the file.
pub fn keys(path: &[&str]) -> Vec<Key> {
    let Some(holder) = holder(path) else { return Vec::new() };
    if let Some(names) = holder.pointer("/propertyNames/enum").and_then(Value::as_array) {
        let value = holder.get("additionalProperties").unwrap_or(&Value::Null);
        return names.iter().filter_map(Value::as_str).map(|name| of(name, value, false)).collect();
    }
    let required = |name: &str| {
        let all = holder.get("required").and_then(Value::as_array);
        all.into_iter().flatten().any(|one| one.as_str() == Some(name))
    };
    let order: &[&str] = match path.split_first() {
        None => SECTIONS,
        Some((section, rest)) => {
            Section::find(section).map(|section| section.fields(rest)).unwrap_or_default()
        }
    };
    let properties = holder.get("properties").and_then(Value::as_object);
    let mut all: Vec<Key> =
        properties.into_iter().flatten().map(|(name, value)| of(name, value, required(name))).collect();
    all.sort_by_key(|key| order.iter().position(|name| *name == key.name).unwrap_or(usize::MAX));
    all
}

/// One key of the mapping at the end of a path.
pub fn key(path: &[&str], name: &str) -> Option<Key> {
    keys(path).into_iter().find(|key| key.name == name)
}

/// What a path of keys leads to, through lists.
fn holder(path: &[&str]) -> Option<&'static Value> {
    let schema: &'static Value = &SCHEMA;
    path.iter().try_fold(schema, |holder, name| {
        let value = property(holder, name).or_else(|| resolved(holder).get("additionalProperties"))?;
        Some(entry(value))
    })
}

/// A value, or what each entry of a list is.
fn entry(value: &'static Value) -> &'static Value {
    let value = resolved(value);
    value.get("items").map_or(value, entry)
}

fn of(name: &str, value: &'static Value, is_required: bool) -> Key {
    let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    Key {
        name: name.to_owned(),
        doc: text("description"),
        default: value.get("default").map(flow),
        example: value.pointer("/examples/0").map(flow),
        is_required,
        is_deprecated: value.get("deprecated").and_then(Value::as_bool).unwrap_or_default(),
        holds: holds(value),
    }
}

fn holds(value: &'static Value) -> Holds {
    let whole = resolved(value);
    let one = entry(value);
    let has_type = |wanted: &str| match one.get("type") {
        Some(Value::Array(all)) => all.iter().any(|one| one.as_str() == Some(wanted)),
        Some(kind) => kind.as_str() == Some(wanted),
        None => false,
    };
    let pattern = one.get("pattern").and_then(Value::as_str).unwrap_or_default();
    Holds {
        words: if has_type("boolean") {
            ["true", "false"].into_iter().map(|word| (word.to_owned(), String::new())).collect()
        } else {
            words(one, pattern)
        },
        is_id: pattern == ID_PATTERN,
        is_date: one.get("format").and_then(Value::as_str) == Some("date"),
        is_list: whole.get("items").is_some(),
        is_mapping: one.get("properties").is_some() || one.get("propertyNames").is_some(),
    }
}

/// The words of a choice; of a pattern, those that are spelt out in it.
fn words(one: &Value, pattern: &str) -> Vec<(String, String)> {
    let choices = one.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    let word = |choice: &Value| {
        let meaning = choice.get("description").and_then(Value::as_str).unwrap_or_default();
        Some((choice.get("const")?.as_str()?.to_owned(), meaning.to_owned()))
    };
    let mut all: Vec<(String, String)> = choices.filter_map(word).collect();
    let spelt = pattern.trim_start_matches("^(").split('|');
    let is_word = |text: &&str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase());
    all.extend(spelt.filter(is_word).map(|text| (text.to_owned(), String::new())));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_those_of_the_format() {
        let names = |path: &[&str]| keys(path).into_iter().map(|key| key.name).collect::<Vec<_>>();
        assert_eq!(names(&[]), SECTIONS);
        assert_eq!(names(&["meetings"])[..4], ["id", "title", "kind", "owner"]);
        assert_eq!(names(&["guilds", "lanes", "levels"]), ["level", "pay"]);
        assert_eq!(names(&["squads", "context", "closed"]), ["decision"]);
        assert!(names(&["policy", "principal"]).contains(&"D101".to_owned()));
        assert!(names(&["people", "name"]).is_empty());
        assert!(names(&["nothing", "here"]).is_empty());
    }

    #[test]
    fn a_key_says_what_it_holds() {
        let holds = |path: &[&str], name| key(path, name).expect("a key").holds;
        let words = |path: &[&str], name| {
            holds(path, name).words.into_iter().map(|(word, _)| word).collect::<Vec<_>>()
        };
        assert_eq!(words(&["meetings"], "purpose"), ["delivery", "craft", "both"]);
        assert_eq!(words(&["meetings"], "every"), ["weekly", "biweekly", "monthly", "quarterly"]);
        assert_eq!(words(&["people"], "external"), ["true", "false"]);
        assert!(words(&["meetings"], "agenda").contains(&"blockers".to_owned()));
        assert!(holds(&["meetings"], "agenda").is_list);
        assert!(holds(&["people"], "away").is_mapping);
        assert!(
            holds(&["meetings"], "last_held").is_date && holds(&["conversations"], "deferred_to").is_date
        );
        assert!(holds(&["people"], "squad").is_id && holds(&[], "meetings_of").is_id);
        assert!(key(&["people"], "id").is_some_and(|key| key.is_required));
    }
}
