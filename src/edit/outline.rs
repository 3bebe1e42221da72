//! A portfolio's text with the places of its sections, items and keys: what is needed to add to it without writing it
//! anew. Knows nothing of what the keys mean.

use crate::source::Mark;
use crate::yaml::document::{self, Consumer, Shape};
use crate::yaml::fault::Fault;
use crate::yaml::node::{Kind, Node};

/// A section whose value is a list.
#[derive(Debug)]
pub(crate) struct Section<'t> {
    pub(crate) name: String,
    pub(crate) key: Mark,
    pub(crate) items: Vec<Node<'t>>,
    /// Whether there is a value that is neither a list nor empty.
    pub(crate) is_other: bool,
}

/// A text as its sections.
#[derive(Debug)]
pub(crate) struct Outline<'t> {
    pub(crate) text: &'t str,
    pub(crate) sections: Vec<Section<'t>>,
    starts: Vec<usize>,
}

#[derive(Default)]
struct Collector<'t>(Vec<Section<'t>>);

impl<'t> Consumer<'t> for Collector<'t> {
    fn section(&mut self, key: &Node<'t>) -> Shape {
        self.0.push(Section {
            name: key.text().unwrap_or_default().to_owned(),
            key: key.mark,
            items: Vec::new(),
            is_other: false,
        });
        let is_list = matches!(key.text(), Some("people" | "squads" | "guilds" | "meetings"));
        if is_list { Shape::Items } else { Shape::Skip }
    }
    fn item(&mut self, node: Node<'t>) {
        if let Some(section) = self.0.last_mut() {
            section.items.push(node);
        }
    }
    fn value(&mut self, node: Node<'t>) {
        if let Some(section) = self.0.last_mut() {
            section.is_other = !node.is_null();
        }
    }
    fn fault(&mut self, _: Fault) {}
}

impl<'t> Outline<'t> {
    /// The outline of a text that reads without an error.
    pub(crate) fn new(text: &'t str) -> Result<Outline<'t>, Fault> {
        let mut collector = Collector::default();
        document::read(text, &mut collector)?;
        let bytes = text.as_bytes();
        let is_end = |index: &usize| {
            bytes[*index] == b'\n' || (bytes[*index] == b'\r' && bytes.get(index + 1) != Some(&b'\n'))
        };
        let starts = std::iter::once(0).chain((0..bytes.len()).filter(is_end).map(|end| end + 1)).collect();
        Ok(Outline { text, sections: collector.0, starts })
    }

    /// Where the line of this number begins; the end of the text where there is none.
    pub(crate) fn line_start(&self, line: u32) -> usize {
        let index = usize::try_from(line).unwrap_or(usize::MAX).saturating_sub(1);
        self.starts.get(index).copied().unwrap_or(self.text.len())
    }

    /// The line of this number without its end.
    pub(crate) fn line(&self, line: u32) -> &'t str {
        let (start, end) = (self.line_start(line), self.line_start(line.saturating_add(1)));
        self.text[start..end].trim_end_matches(['\n', '\r'])
    }

    /// The byte at a mark.
    pub(crate) fn offset(&self, mark: Mark) -> usize {
        let line = self.line(mark.line);
        let characters = usize::try_from(mark.column).unwrap_or(1).saturating_sub(1);
        let within = line.char_indices().nth(characters).map_or(line.len(), |(index, _)| index);
        self.line_start(mark.line) + within
    }

    /// The byte after a scalar on one line.
    pub(crate) fn end_of_scalar(&self, node: &Node<'_>) -> usize {
        let end = Mark { line: node.mark.line, column: node.mark.column.saturating_add(node.length) };
        self.offset(end)
    }

    /// Where the content of a section ends: before the blank lines and the comments at the margin that lead to the next
    /// section.
    pub(crate) fn end_of_section(&self, index: usize) -> usize {
        let mut line = match self.sections.get(index + 1) {
            Some(next) => next.key.line,
            None => u32::try_from(self.starts.len()).unwrap_or(u32::MAX).saturating_add(1),
        };
        // A document's end marker ends the section too.
        while line > 1 {
            let before = self.line(line - 1);
            let leads_on = before.trim().is_empty() || before.starts_with('#') || before.starts_with("...");
            if !leads_on {
                break;
            }
            line -= 1;
        }
        self.line_start(line)
    }

    /// The section of this name with its position.
    pub(crate) fn section(&self, name: &str) -> Option<(usize, &Section<'t>)> {
        self.sections.iter().enumerate().find(|(_, section)| section.name == name)
    }

    /// Whether the text uses CR LF.
    pub(crate) fn line_end(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }

    /// Whether a mapping or list is written in braces or brackets.
    pub(crate) fn is_flow(&self, mark: Mark) -> bool {
        self.text[self.offset(mark)..].starts_with(['{', '['])
    }
}

/// The value of a key of an item; nothing for `null`.
pub(crate) fn value<'n, 't>(item: &'n Node<'t>, key: &str) -> Option<&'n Node<'t>> {
    entry(item, key).map(|(_, value)| value).filter(|value| !value.is_null())
}

/// A key of an item with its value.
pub(crate) fn entry<'n, 't>(item: &'n Node<'t>, key: &str) -> Option<(&'n Node<'t>, &'n Node<'t>)> {
    let Kind::Map(entries) = &item.kind else { return None };
    entries.iter().find(|(name, _)| name.text() == Some(key)).map(|(key, value)| (key, value))
}

/// The texts of a list, or of one scalar.
pub(crate) fn texts(node: &Node<'_>) -> Vec<String> {
    match &node.kind {
        Kind::List(items) => items.iter().filter_map(|item| item.text().map(str::to_owned)).collect(),
        Kind::Scalar(text, _) => vec![text.clone().into_owned()],
        Kind::Map(_) => Vec::new(),
    }
}
