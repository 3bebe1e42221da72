//! Short ways to write changes down.

use crate::base::day::Day;
use crate::model::Change;
use crate::yaml::value::Value;

/// A key of an item given or replaced.
pub(super) fn set(item: String, key: &str, to: impl Into<Value>) -> Change {
    Change::Set { set: item, key: key.to_owned(), to: to.into() }
}

/// A key taken out.
pub(super) fn unset(item: String, key: &str) -> Change {
    Change::Unset { unset: item, key: key.to_owned() }
}

/// A day as a value.
pub(super) fn day(day: Day) -> Value {
    Value::Text(day.to_string())
}

/// A mapping of these keys.
pub(super) fn map<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::Map(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// A truth value.
pub(super) fn truth(is: bool) -> Value {
    Value::Plain(is.to_string())
}

/// Somebody new from outside, with an id that no portfolio can have.
pub(super) fn outsider(id: &str) -> Change {
    Change::Add {
        add: "people".to_owned(),
        item: map([("id", id.into()), ("external", truth(true))]),
        after: None,
    }
}
