//! The edits of a merge: keys and items added to a text, in block and flow style and in JSON alike; and the last look
//! at what came of it.

use std::collections::BTreeSet;

use super::super::draft::{Item, Value};
use super::super::write;
use super::{Edit, Merger};
use crate::base::message::message;
use crate::edit::outline::{Outline, entry, texts, value};
use crate::records::sections::Section;
use crate::source::{Code, Diagnostic, Place};
use crate::yaml::node::{Kind, Node};
use crate::yaml::write::scalar;

impl Merger<'_> {
    /// Keys that an item has not, each behind those that come before it in the format.
    pub(super) fn add_keys(
        &mut self,
        section: &'static str,
        node: &Node<'_>,
        fresh: &[(&'static str, Value)],
    ) {
        let order = Section::find(section).map(|section| section.fields(&[])).unwrap_or_default();
        let rank = |name: &str| order.iter().position(|key| *key == name).unwrap_or(usize::MAX);
        let mut fresh: Vec<&(&'static str, Value)> = fresh.iter().collect();
        fresh.sort_by_key(|(key, _)| rank(key));
        for (key, value) in fresh {
            let is_before = |name: &Node<'_>| name.text().is_some_and(|name| rank(name) < rank(key));
            if !self.add_key(node, is_before, key, value) {
                return self.cannot_add(node);
            }
        }
    }

    /// A key behind the last one before it whose value ends on its own line; false where there is none.
    fn add_key(
        &mut self,
        node: &Node<'_>,
        is_before: impl Fn(&Node<'_>) -> bool,
        key: &str,
        value: &Value,
    ) -> bool {
        let Kind::Map(entries) = &node.kind else { return false };
        let is_flow = self.outline.is_flow(node.mark);
        let end = |(name, value): &(Node<'_>, Node<'_>)| {
            let end = match &value.kind {
                Kind::Scalar(..) => Some(self.outline.end_of_scalar(value)),
                Kind::List(_) => self.end_of_flow_list(value),
                Kind::Map(_) => None,
            }?;
            // The rest of the line may only be a comment.
            let rest = self.outline.text[end..].lines().next().unwrap_or_default().trim();
            let ends_its_line = rest.is_empty() || rest.starts_with('#');
            (is_flow || (ends_its_line && name.mark.line == value.mark.line)).then_some(end)
        };
        let fits = |entry: &&(Node<'_>, Node<'_>)| end(entry).is_some();
        let before = entries.iter().filter(|(name, _)| is_before(name)).rfind(fits);
        let Some(anchor) = before.or_else(|| entries.iter().find(fits)) else { return false };
        let Some(end) = end(anchor) else { return false };
        if is_flow {
            let json = self.outline.text[self.outline.offset(anchor.0.mark)..].starts_with('"');
            let text = if json {
                format!(", {}: {}", quoted(key), as_json(value))
            } else {
                format!(", {key}: {}", write::written(value))
            };
            self.edits.push(Edit { from: end, to: end, text });
            return true;
        }
        let indent = usize::try_from(anchor.0.mark.column).unwrap_or(1).saturating_sub(1);
        let at = self.outline.line_start(anchor.1.mark.line.saturating_add(1));
        self.insert_lines(at, &format!("{:indent$}{key}: {}\n", "", write::written(value)));
        true
    }

    /// Entries behind the last one of a list; false where it is written in a way that cannot be added to.
    pub(super) fn append(&mut self, list: &Node<'_>, fresh: &[String]) -> bool {
        let Kind::List(items) = &list.kind else { return false };
        let flow = self.outline.is_flow(list.mark);
        if let (true, Some(to)) = (flow && items.is_empty(), self.end_of_flow_list(list)) {
            let from = self.outline.offset(list.mark);
            let text = write::written(&Value::List(fresh.to_vec()));
            self.edits.push(Edit { from, to, text });
            return true;
        }
        let Some(last) = items.last().filter(|last| last.text().is_some()) else { return false };
        let (from, end) = (self.outline.offset(last.mark), self.outline.end_of_scalar(last));
        let line = self.outline.line(last.mark.line);
        let before = &line[..from - self.outline.line_start(last.mark.line)];
        if end <= from {
            return false;
        }
        if flow {
            let json = self.outline.text[from..].starts_with('"');
            let written = |alias: &String| if json { quoted(alias) } else { scalar(alias) };
            let text: Vec<String> = fresh.iter().map(written).collect();
            let text = format!(", {}", text.join(", "));
            self.edits.push(Edit { from: end, to: end, text });
            return true;
        }
        if !before.trim_start().starts_with('-') || !before.trim_start_matches([' ', '-']).is_empty() {
            return false;
        }
        let lines: Vec<String> = fresh.iter().map(|alias| format!("{before}{}\n", scalar(alias))).collect();
        self.insert_lines(self.outline.line_start(last.mark.line.saturating_add(1)), &lines.concat());
        true
    }

    /// The byte behind a list in brackets, on one line, of plain words.
    pub(super) fn end_of_flow_list(&self, list: &Node<'_>) -> Option<usize> {
        let from = self.outline.offset(list.mark);
        let Kind::List(_) = &list.kind else { return None };
        let line = self.outline.text[from..].lines().next().filter(|line| line.starts_with('['))?;
        let end = line.find(']')?;
        let inside = &line[1..end];
        (!inside.contains(['[', '"', '\'', '#'])).then_some(from + end + 1)
    }

    /// Takes a key with a value on one line out of an item; false where it is written in another way.
    pub(super) fn take_out(&mut self, node: &Node<'_>, key: &'static str) -> bool {
        let Some((name, value)) = entry(node, key) else { return false };
        let (start, end) = (self.outline.offset(name.mark), self.outline.end_of_scalar(value));
        if value.text().is_none() || name.mark.line != value.mark.line {
            return false;
        }
        let (from, to) = if self.outline.is_flow(node.mark) {
            let Some(comma) = self.outline.text[..start].trim_end().strip_suffix(',') else { return false };
            (comma.len(), end)
        } else {
            let line = self.outline.line_start(name.mark.line);
            let next = self.outline.line_start(name.mark.line.saturating_add(1));
            if !self.outline.text[line..start].trim().is_empty() {
                return false;
            }
            (line, next)
        };
        self.edits.push(Edit { from, to, text: String::new() });
        self.touched.insert(key);
        self.counts.updated += 1;
        true
    }

    pub(super) fn add_items(&mut self, section: &'static str, fresh: &[Item]) {
        let block = |indent| fresh.iter().map(|item| write::item(item, indent)).collect::<String>();
        self.counts.added_items += fresh.len();
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

    pub(super) fn insert_lines(&mut self, at: usize, lines: &str) {
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
pub(super) fn lost(old: &str, new: &str, touched: &BTreeSet<&str>) -> Option<String> {
    let (Ok(old), Ok(new)) = (Outline::new(old), Outline::new(new)) else {
        return Some("anything".to_owned());
    };
    for section in &old.sections {
        let Some((_, now)) = new.section(&section.name) else { return Some(section.name.clone()) };
        // New items may stand between the old ones; what was there comes in the same order.
        let mut now = now.items.iter();
        for item in &section.items {
            if !now.any(|one| is_kept(item, one, touched)) {
                return Some(value(item, "id").and_then(Node::text).unwrap_or(&section.name).to_owned());
            }
        }
    }
    None
}

fn is_kept(old: &Node<'_>, new: &Node<'_>, touched: &BTreeSet<&str>) -> bool {
    let Kind::Map(entries) = &old.kind else { return said_by(old) == said_by(new) };
    let mut kept = entries.iter().filter(|(key, _)| key.text().is_none_or(|key| !touched.contains(key)));
    kept.all(|(key, value)| {
        let aliases = key.text() == Some("aliases");
        let is_kept = |now: &Node<'_>| {
            said_by(now) == said_by(value)
                || (aliases && texts(value).iter().all(|alias| texts(now).contains(alias)))
        };
        entry(new, key.text().unwrap_or_default()).is_some_and(|(_, now)| is_kept(now))
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
