//! A portfolio in its canonical form: one text however it was split, ordered and laid out. Sections in the order of the
//! format, items by id, one item per line. Every record is taken apart in full, so that a new key that is not written
//! does not compile.

use std::collections::BTreeMap;

use super::portfolio::HrSystemRecord;
use super::sections::{Item, List, SECTIONS, Section, Single, Written};
use super::values::{Id, Text};
use super::words::Described;
use crate::base::day::Day;
use crate::records::canonical_items::{hr_system, line};
use crate::yaml::document::{self, Consumer, Shape};
use crate::yaml::fault::Fault;
use crate::yaml::node::Node;
use crate::yaml::write::scalar;

/// What a canonical portfolio is made of besides its texts.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'f> {
    /// Comment lines at its beginning, without `#`.
    pub heading: &'f [&'f str],
    /// Its `as_of`, if any.
    pub as_of: Option<Day>,
    /// The lines of its policy, two spaces in.
    pub policy: &'f str,
}

/// Writes the texts of a portfolio that was read without an error as one. Between any two items there are comment
/// lines of which a change to one item leaves at least one as it is: so git merges changes to neighbours, and an item
/// that comes or goes beside one that changes.
pub fn write<'t>(texts: impl Iterator<Item = &'t str>, frame: Frame<'_>) -> String {
    let mut collected = Collected::default();
    for text in texts {
        // It has been read before without an error.
        drop(document::read(text, &mut collected));
    }
    let mut out = String::new();
    for line in frame.heading {
        out.push_str(&format!("# {line}\n"));
    }
    for section in SECTIONS.iter().filter_map(|key| Section::find(key)) {
        match section {
            Section::Single(Single::Version) => out.push_str("version: 1\n"),
            Section::Single(Single::AsOf) => out.extend(frame.as_of.map(|day| format!("as_of: {day}\n"))),
            Section::Single(Single::Policy) => out.push_str(&format!("policy:\n{}", frame.policy)),
            Section::Single(
                single @ (Single::Id
                | Single::Name
                | Single::MeetingsOf
                | Single::Describes
                | Single::HrSystem),
            ) => {
                let value = collected.values.get(single.key());
                out.extend(value.map(|value| format!("{}: {value}\n", single.key())));
            }
            Section::List(list) => out.push_str(&collected.list_of(list.key())),
        }
    }
    out
}

/// What the texts hold: items as lines by their ids, and single values as they are written behind their key.
#[derive(Default)]
struct Collected {
    section: Option<Section>,
    lists: BTreeMap<&'static str, BTreeMap<(String, String), usize>>,
    values: BTreeMap<&'static str, String>,
}

impl Collected {
    fn list_of(&self, section: &str) -> String {
        let Some(items) = self.lists.get(section) else { return String::new() };
        if items.is_empty() {
            return format!("{section}: []\n");
        }
        let mut out = format!("{section}:\n");
        for ((id, line), times) in items {
            for _ in 0..*times {
                out.push_str(&format!("  # {}\n  - {line}\n  #\n", scalar(id)));
            }
        }
        out
    }

    fn take(&mut self, list: List, item: &Item<'_>) {
        *self.lists.entry(list.key()).or_default().entry(line(item)).or_default() += 1;
    }
}

impl<'t> Consumer<'t> for Collected {
    fn section(&mut self, key: &Node<'t>) -> Shape {
        self.section = Section::find(key.text().unwrap_or_default());
        self.section.map_or(Shape::Skip, Section::shape)
    }

    fn list(&mut self, _: Option<u32>) {
        if let Some(Section::List(list)) = self.section {
            self.lists.entry(list.key()).or_default();
        }
    }

    fn item(&mut self, node: Node<'t>) {
        let Some(Section::List(list)) = self.section else { return };
        if let Some(item) = list.item(&node) {
            self.take(list, &item);
        }
    }

    fn value(&mut self, node: Node<'t>) {
        let Some(Section::Single(single)) = self.section else { return };
        let value = match single {
            Single::Id => (&node).record::<Id<'_>>().map(|id| scalar(&id.0)),
            Single::Name => (&node).record::<Text<'_>>().map(|text| scalar(&text.0)),
            Single::MeetingsOf => (&node).record::<Vec<Id<'_>>>().map(|ids| written_ids(&ids)),
            Single::Describes => (&node).record::<Vec<Described>>().map(described),
            Single::HrSystem => (&node).record::<HrSystemRecord<'_>>().map(hr_system),
            // The version is always the same; the day and the policy are the frame's.
            Single::Version | Single::AsOf | Single::Policy => None,
        };
        if let Some(value) = value {
            // Several files may each name whose 1:1s they hold.
            let united = match (single, self.values.get(single.key())) {
                (Single::MeetingsOf, Some(before)) => united(before, &value),
                _ => value,
            };
            self.values.insert(single.key(), united);
        }
    }

    fn fault(&mut self, _: Fault) {}
}

fn written_ids(ids: &[Id<'_>]) -> String {
    let mut ids: Vec<String> = ids.iter().map(|id| scalar(&id.0)).collect();
    ids.sort_unstable();
    ids.dedup();
    format!("[{}]", ids.join(", "))
}

/// Two written lists of ids as one.
fn united(one: &str, other: &str) -> String {
    let inner = |list: &str| list.trim_matches(['[', ']']).to_owned();
    let both = format!("{}, {}", inner(one), inner(other));
    let mut ids: Vec<&str> = both.split(", ").filter(|id| !id.is_empty()).collect();
    ids.sort_unstable();
    ids.dedup();
    format!("[{}]", ids.join(", "))
}

fn described(mut words: Vec<Described>) -> String {
    words.sort_unstable();
    words.dedup();
    format!("[{}]", words.into_iter().map(Described::word).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_written() {
        for list in List::ALL {
            let text = format!("{}: []\n", list.key());
            let frame = Frame { heading: &[], as_of: None, policy: "  {}\n" };
            assert!(write(std::iter::once(text.as_str()), frame).contains(&text), "{}", list.key());
        }
    }
}
