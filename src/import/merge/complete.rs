//! Whose 1:1s the portfolio holds in full: a calendar with all of somebody's meetings says so.

use super::{Edit, Merger};
use crate::base::ids::Subject;
use crate::yaml::write::scalar;

impl Merger<'_> {
    /// Says whose 1:1s are held in full: where nothing is said of that and there was no meeting, or behind those who are.
    pub(super) fn complete(&mut self) {
        let ids: Vec<String> = self.draft.meetings_of.iter().map(|id| self.here("person", id)).collect();
        let list = |ids: &[String]| ids.iter().map(|id| scalar(id)).collect::<Vec<_>>().join(", ");
        let text = self.outline.text;
        let starts_line = |at: &usize| *at == 0 || text[..*at].ends_with('\n');
        let Some(from) = text.match_indices("meetings_of:").map(|(at, _)| at).find(starts_line) else {
            let is_new = !ids.is_empty() && self.outline.section("meetings").is_none();
            if let (true, Some(at)) = (is_new, self.before_sections()) {
                self.insert_lines(at, &format!("meetings_of: [{}]\n", list(&ids)));
            }
            return;
        };
        let fresh: Vec<String> = ids.into_iter().filter(|id| !self.is_complete(id)).collect();
        let line = text[from..].lines().next().unwrap_or_default();
        // A comment behind the list may have a bracket of its own.
        if let (false, Some(end)) = (fresh.is_empty(), line.find(']')) {
            let comma = if line[..end].trim_end().ends_with('[') { "" } else { ", " };
            let at = from + end;
            self.edits.push(Edit { from: at, to: at, text: format!("{comma}{}", list(&fresh)) });
        }
    }

    /// The line above the first section of a text in block style.
    fn before_sections(&self) -> Option<usize> {
        let Some(first) = self.outline.sections.first() else { return Some(self.outline.text.len()) };
        let at = self.outline.line_start(first.key.line);
        let is_block = first.key.column == 1 && self.outline.text[at..].starts_with(char::is_alphabetic);
        is_block.then_some(at)
    }

    fn is_complete(&self, id: &str) -> bool {
        match self.into.portfolio.find("person", id) {
            Some(Subject::Person(person)) => self.into.portfolio.holds_meetings_of(person),
            _ => false,
        }
    }
}
