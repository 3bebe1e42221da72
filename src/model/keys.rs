//! The keys of an item as they are collected to be written: what is not there gets no key.

use super::{Link, Portfolio};
use crate::base::day::Day;
use crate::base::ids::PersonIx;
use crate::base::names::Name;
use crate::yaml::value::Value;

/// The keys of an item.
pub(super) struct Keys<'p> {
    pub(super) portfolio: &'p Portfolio,
    pub(super) entries: Vec<(String, Value)>,
}

impl Keys<'_> {
    pub(super) fn put(&mut self, key: &str, value: Option<Value>) {
        self.entries.extend(value.map(|value| (key.to_owned(), value)));
    }
    pub(super) fn words(&mut self, key: &str, words: Option<&str>) {
        self.put(key, words.map(Value::from));
    }
    pub(super) fn text(&mut self, key: &str, name: Option<Name>) {
        let portfolio = self.portfolio;
        self.words(key, name.map(|name| portfolio.text(name)));
    }
    pub(super) fn day(&mut self, key: &str, day: Option<Day>) {
        self.words(key, day.map(|day| day.to_string()).as_deref());
    }
    pub(super) fn number(&mut self, key: &str, number: Option<u32>) {
        self.put(key, number.map(|number| Value::Plain(number.to_string())));
    }
    pub(super) fn list(&mut self, key: &str, items: Vec<Value>) {
        self.put(key, (!items.is_empty()).then_some(Value::List(items)));
    }
    pub(super) fn days(&mut self, key: &str, days: &[Day]) {
        self.list(key, days.iter().map(|day| Value::Text(day.to_string())).collect());
    }
    pub(super) fn aliases(&mut self, aliases: &[Name]) {
        let portfolio = self.portfolio;
        self.list("aliases", aliases.iter().map(|alias| portfolio.text(*alias).into()).collect());
    }
    pub(super) fn person(&mut self, key: &str, link: Option<Link<PersonIx>>) {
        self.text(key, link.map(|link| name_of(link, |at| self.portfolio.person(at).id)));
    }
    pub(super) fn done(self) -> Value {
        Value::Map(self.entries)
    }
}

/// The id that a link leads to, or what is written in its place.
pub(super) fn name_of<I>(link: Link<I>, id: impl Fn(I) -> Name) -> Name {
    match link {
        Link::Written(name) => name,
        Link::To(item) => id(item),
    }
}
