//! Who an import once wrote and no longer has: named each time, until somebody writes an end.

use super::{Merger, record};
use crate::base::day::Day;
use crate::base::message::message;
use crate::edit::outline::value;
use crate::import::draft::Value;
use crate::source::{Code, Diagnostic, Place};
use crate::yaml::node::Node;

impl Merger<'_> {
    /// Names, or with a day closes, what the sources of this import wrote and no longer have.
    pub(super) fn gone(&mut self, close: Option<Day>) {
        let sources: Vec<String> = self.draft.made_by.iter().map(|made| made.source.clone()).collect();
        let candidates: Vec<record::Key> = self
            .record
            .keys()
            .filter(|key| {
                sources.contains(&key.source) && !self.matched.contains(&(key.section, key.id.clone()))
            })
            .cloned()
            .collect();
        for key in candidates {
            let (end, section) = match key.section {
                // Whom a calendar no longer names may well be there.
                "people" if !record::is_calendar(&key.source) => ("left", "people"),
                "meetings" => ("until", "meetings"),
                _ => continue,
            };
            let Some(node) = self.node(section, &key.id) else { continue };
            if value(&node, end).is_some() || value(&node, "external").and_then(Node::text) == Some("true") {
                continue;
            }
            match close {
                Some(day) => {
                    let new = Value::Word(day.to_string());
                    self.written.entry(key).or_default().insert(record::of_value(end, &new));
                    self.touched.insert(end);
                    self.add_keys(section, &node, &[(end, new)]);
                    self.counts.closed += 1;
                }
                None => self.name_gone(&key, end, &node),
            }
        }
    }

    fn name_gone(&mut self, key: &record::Key, end: &str, node: &Node<'_>) {
        self.counts.gone += 1;
        let text = |key| value(node, key).and_then(Node::text).map(str::to_owned);
        let (called, what) = if end == "left" {
            (text("name"), " is no longer in the export")
        } else {
            (text("title"), " is no longer a 1:1 on the calendar")
        };
        let called = called.unwrap_or_else(|| key.id.clone());
        let message = message!("\u{201C}", called, "\u{201D}").and(message!(what));
        let help =
            message!("if that is the end, write `", end.to_owned(), ": DATE` or use --close-gone DATE");
        let length = node.length.max(1);
        let place = Place::exact(self.into.file, node.mark, length);
        self.diagnostics.push(Diagnostic::warning(Code::Gone, message, place).help(help));
    }
}
