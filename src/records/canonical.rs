//! A portfolio in its canonical form: one text however it was split, ordered and laid out. Sections in the order of the
//! format, items by id, one item per line. Every record is taken apart in full, so that a new key that is not written
//! does not compile.

use std::collections::BTreeMap;

use super::portfolio::HrSystemRecord;
use super::sections::{Item, List, SECTIONS, Section, Single, Written};
use super::values::Text;
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
    /// The day it is pinned to, where it is.
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
    for section in SECTIONS {
        match section {
            "version" => out.push_str("version: 1\n"),
            "as_of" => out.extend(frame.as_of.map(|day| format!("as_of: {day}\n"))),
            "policy" => out.push_str(&format!("policy:\n{}", frame.policy)),
            _ if is_list(section) => out.push_str(&collected.list_of(section)),
            _ => out.extend(collected.values.get(section).map(|value| format!("{section}: {value}\n"))),
        }
    }
    out
}

/// The sections that are no lists.
const VALUES: [&str; 6] = ["version", "name", "as_of", "describes", "hr_system", "policy"];

fn is_list(section: &str) -> bool {
    !VALUES.contains(&section)
}

/// What the texts hold: items as lines by their ids, and single values as they are written behind their key.
#[derive(Default)]
struct Collected {
    section: &'static str,
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

    fn take(&mut self, item: &Item<'_>) {
        *self.lists.entry(self.section).or_default().entry(line(item)).or_default() += 1;
    }
}

impl<'t> Consumer<'t> for Collected {
    fn section(&mut self, key: &Node<'t>) -> Shape {
        let typed = key.text().unwrap_or_default();
        let Some(section) = SECTIONS.into_iter().find(|section| *section == typed) else {
            return Shape::Skip;
        };
        self.section = section;
        if is_list(section) { Shape::Items } else { Shape::Value }
    }

    fn list(&mut self, _: Option<u32>) {
        self.lists.entry(self.section).or_default();
    }

    fn item(&mut self, node: Node<'t>) {
        if let Some(item) = items::read(self.section, &node) {
            self.take(&item);
        }
    }

    fn value(&mut self, node: Node<'t>) {
        let value = match self.section {
            "name" => (&node).record::<Text<'_>>().map(|text| scalar(&text.0)),
            "describes" => (&node).record::<Vec<Described>>().map(described),
            "hr_system" => (&node).record::<HrSystemRecord<'_>>().map(hr_system),
            // The version is always the same; the day and the policy are the frame's.
            _ => None,
        };
        if let Some(value) = value {
            self.values.insert(self.section, value);
        }
    }

    fn fault(&mut self, _: Fault) {}
}

fn described(mut words: Vec<Described>) -> String {
    words.sort_unstable();
    words.dedup();
    format!("[{}]", words.into_iter().map(Described::word).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A new section that is no list must be written by hand, above.
    #[test]
    fn every_section_is_a_list_or_a_value_that_is_written() {
        for section in VALUES {
            assert!(SECTIONS.contains(&section), "{section}");
        }
        for section in SECTIONS.into_iter().filter(|section| is_list(section)) {
            let text = format!("{section}: []\n");
            let frame = Frame { heading: &[], as_of: None, policy: "  {}\n" };
            assert!(write(std::iter::once(text.as_str()), frame).contains(&text), "{section}");
        }
    }
}
