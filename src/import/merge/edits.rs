//! The edits of a merge: keys and items added to a text, in block and flow style and in JSON alike; and the last look
//! at what came of it.

use super::super::draft::{Draft, Item, Value};
use super::super::write;
use super::{ADDED_ITEMS, ADDED_KEYS, Edit, Merger};
use crate::base::ids::Subject;
use crate::base::message::message;
use crate::edit::outline::{Outline, entry, value};
use crate::source::{Code, Diagnostic, Place};
use crate::yaml::node::{Kind, Node};
use crate::yaml::write::scalar;

impl Merger<'_> {
    /// Keys behind the id of an item, or behind its owner where the id is derived.
    pub(super) fn add_keys(&mut self, node: &Node<'_>, fresh: &[(&'static str, Value)]) {
        let anchor = entry(node, "id").or_else(|| entry(node, "owner"));
        let Some((key, after)) = anchor else { return self.cannot_add(node) };
        let end = self.outline.end_of_scalar(after);
        if self.outline.is_flow(node.mark) {
            let json = self.outline.text[self.outline.offset(key.mark)..].starts_with('"');
            let text = fresh.iter().map(|(key, value)| {
                if json {
                    format!(", {}: {}", quoted(key), as_json(value))
                } else {
                    format!(", {key}: {}", write::written(value))
                }
            });
            self.edits.push(Edit { from: end, to: end, text: text.collect() });
        } else {
            // The rest of the line may only be a comment.
            let rest = self.outline.text[end..].lines().next().unwrap_or_default().trim();
            if !(rest.is_empty() || rest.starts_with('#')) || key.mark.line != after.mark.line {
                return self.cannot_add(node);
            }
            let indent = usize::try_from(key.mark.column).unwrap_or(1).saturating_sub(1);
            let at = self.outline.line_start(after.mark.line.saturating_add(1));
            let text =
                fresh.iter().map(|(key, value)| format!("{:indent$}{key}: {}\n", "", write::written(value)));
            self.insert_lines(at, &text.collect::<String>());
        }
        self.counts[ADDED_KEYS] += fresh.len();
    }

    /// Says whose 1:1s are held in full: where nothing is said of that and there was no meeting, or behind those who are.
    pub(super) fn complete(&mut self, draft: &Draft) {
        let here =
            |id: &str| self.into.portfolio.find("person", id).map(|one| self.into.portfolio.subject_id(one));
        let ids: Vec<String> = draft.meetings_of.iter().map(|id| here(id).unwrap_or(id).to_owned()).collect();
        let line = |text: &str| text.starts_with("meetings_of:");
        let written = self.outline.text.lines().find(|text| line(text));
        let list = |ids: &[String]| ids.iter().map(|id| scalar(id)).collect::<Vec<_>>().join(", ");
        let Some(written) = written else {
            if !ids.is_empty() && self.outline.section("meetings").is_none() {
                let at = self
                    .outline
                    .sections
                    .first()
                    .map_or(self.outline.text.len(), |first| self.outline.line_start(first.key.line));
                if self.outline.sections.first().is_none_or(|first| {
                    first.key.column == 1 && self.outline.text[at..].starts_with(char::is_alphabetic)
                }) {
                    self.insert_lines(at, &format!("meetings_of: [{}]\n", list(&ids)));
                }
            }
            return;
        };
        let fresh: Vec<String> = ids
            .into_iter()
            .filter(|id| {
                let person = match self.into.portfolio.find("person", id) {
                    Some(Subject::Person(person)) => Some(person),
                    _ => None,
                };
                person.is_none_or(|person| !self.into.portfolio.holds_meetings_of(person))
            })
            .collect();
        let from = self.outline.text.find(written).unwrap_or(0);
        if let (false, Some(end)) = (fresh.is_empty(), written.rfind(']')) {
            let at = from + end;
            self.edits.push(Edit { from: at, to: at, text: format!(", {}", list(&fresh)) });
        }
    }

    pub(super) fn add_items(&mut self, section: &'static str, fresh: &[Item]) {
        let block = |indent| fresh.iter().map(|item| write::item(item, indent)).collect::<String>();
        self.counts[ADDED_ITEMS] += fresh.len();
        let Some((index, present)) = self.outline.section(section) else {
            let at = self.outline.text.len();
            if self.outline.sections.first().is_some_and(|first| {
                first.key.column > 1 || self.outline.text[self.outline.offset(first.key)..].starts_with('"')
            }) {
                return self.cannot_add_section(section);
            }
            let at = if self.outline.sections.is_empty() {
                at
            } else {
                self.outline.end_of_section(self.outline.sections.len() - 1)
            };
            return self.insert_lines(at, &format!("\n{section}:\n{}", block(2)));
        };
        if present.is_other {
            return self.cannot_add_section(section);
        }
        let key = present.key;
        let Some(first) = present.items.first() else { return self.add_to_empty(section, key, &block(2)) };
        let mark = first.mark;
        let line = self.outline.line(mark.line);
        let before = &line[..self.outline.offset(mark) - self.outline.line_start(mark.line)];
        if before.trim_start().starts_with('-') {
            let indent = before.find('-').unwrap_or(2);
            let at = self.outline.end_of_section(index);
            return self.insert_lines(at, &block(indent));
        }
        // A list in brackets: in front of its first item.
        let at = self.outline.offset(mark);
        let json = self.outline.text[at..].starts_with("{\"")
            || self.outline.text[at..].trim_start_matches('{').trim_start().starts_with('"');
        let text = fresh
            .iter()
            .map(|item| (if json { item_as_json(item) } else { write::flow_item(item) }) + ", ")
            .collect();
        self.edits.push(Edit { from: at, to: at, text });
    }

    /// `people:` or `people: []`.
    fn add_to_empty(&mut self, section: &'static str, key: crate::source::Mark, block: &str) {
        let start = self.outline.offset(key);
        let line_end = self.outline.line_start(key.line) + self.outline.line(key.line).len();
        let line = &self.outline.text[start..line_end];
        let rest =
            line.strip_prefix(section).and_then(|rest| rest.trim_start().strip_prefix(':')).map(str::trim);
        let value = rest.map(|rest| rest.split(" #").next().unwrap_or_default().trim());
        let (Some(value), true) = (value, key.column == 1) else { return self.cannot_add_section(section) };
        if !matches!(value, "" | "[]" | "[ ]" | "null" | "~") {
            return self.cannot_add_section(section);
        }
        if !value.is_empty() {
            let from = start + line.find(value).unwrap_or(0);
            self.edits.push(Edit { from, to: from + value.len(), text: String::new() });
        }
        self.insert_lines(self.outline.line_start(key.line.saturating_add(1)), block);
    }

    fn insert_lines(&mut self, at: usize, lines: &str) {
        let end = self.outline.line_end();
        let before = &self.outline.text[..at];
        let mut text =
            if before.is_empty() || before.ends_with(['\n', '\r']) { String::new() } else { end.to_owned() };
        text.push_str(&lines.replace('\n', end));
        self.edits.push(Edit { from: at, to: at, text });
    }

    fn cannot_add(&mut self, node: &Node<'_>) {
        let message = message!("cannot add a key to this item without reformatting it");
        let place = Place::exact(self.into.file, node.mark, node.length);
        self.diagnostics.push(
            Diagnostic::error(Code::CannotAdd, message, place)
                .help(message!("write its id on one line by itself")),
        );
    }

    fn cannot_add_section(&mut self, section: &'static str) {
        let message = message!("cannot add an item to the section `", section, "` without reformatting it");
        self.diagnostics.push(
            Diagnostic::error(Code::CannotAdd, message, Place::whole(self.into.file))
                .help(message!("write it as a list of lines that begin with a hyphen")),
        );
    }

    pub(super) fn applied(mut self) -> String {
        // At one place things stay in the order in which they were found.
        self.edits.sort_by_key(|edit| (edit.from, edit.to));
        let mut text = String::with_capacity(self.outline.text.len());
        let mut at = 0;
        for edit in &self.edits {
            text.push_str(self.outline.text.get(at..edit.from).unwrap_or_default());
            text.push_str(&edit.text);
            at = edit.to;
        }
        text.push_str(self.outline.text.get(at..).unwrap_or_default());
        text
    }
}

/// Text in double quotes, whatever it is.
pub(super) fn quoted(text: &str) -> String {
    let written = scalar(text);
    if written.starts_with('"') { written } else { format!("\"{written}\"") }
}

fn as_json(value: &Value) -> String {
    match value {
        Value::Text(text) => quoted(text),
        Value::Word(word) if word == "true" || word.bytes().all(|byte| byte.is_ascii_digit()) => word.clone(),
        Value::Word(word) => quoted(word),
        Value::List(list) => {
            format!("[{}]", list.iter().map(|entry| quoted(entry)).collect::<Vec<_>>().join(", "))
        }
    }
}

fn item_as_json(item: &Item) -> String {
    let keys = item.keys.iter().map(|(key, value)| format!(", {}: {}", quoted(key), as_json(value)));
    format!("{{\"id\": {}{}}}", quoted(&item.id), keys.collect::<String>())
}

/// What the new text no longer says as the old one did: the last look before anything is written.
pub(super) fn lost(old: &str, new: &str, update: &[String]) -> Option<String> {
    let (Ok(old), Ok(new)) = (Outline::new(old), Outline::new(new)) else {
        return Some("anything".to_owned());
    };
    for section in &old.sections {
        let Some((_, now)) = new.section(&section.name) else { return Some(section.name.clone()) };
        // New items may stand between the old ones; what was there comes in the same order.
        let mut now = now.items.iter();
        for item in &section.items {
            if !now.any(|one| is_kept(item, one, update)) {
                return Some(value(item, "id").and_then(Node::text).unwrap_or(&section.name).to_owned());
            }
        }
    }
    None
}

fn is_kept(old: &Node<'_>, new: &Node<'_>, update: &[String]) -> bool {
    let Kind::Map(entries) = &old.kind else { return said_by(old) == said_by(new) };
    let mut kept = entries.iter().filter(|(key, _)| !update.iter().any(|update| key.text() == Some(update)));
    kept.all(|(key, value)| {
        entry(new, key.text().unwrap_or_default()).is_some_and(|(_, now)| said_by(now) == said_by(value))
    })
}

/// What a tree says, without its places.
fn said_by(node: &Node<'_>) -> String {
    match &node.kind {
        Kind::Scalar(text, plain) => format!("{plain}{text:?}"),
        Kind::List(items) => format!("[{}]", items.iter().map(said_by).collect::<Vec<_>>().join(",")),
        Kind::Map(entries) => format!(
            "{{{}}}",
            entries
                .iter()
                .map(|(key, value)| said_by(key) + ":" + &said_by(value))
                .collect::<Vec<_>>()
                .join(",")
        ),
    }
}
