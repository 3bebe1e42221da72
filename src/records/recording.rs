//! Reads one chunk of a text into what is to be handed over later: by the fast reader where it can, else by the YAML
//! library.

use std::borrow::Cow;

use super::calls::{Call, How};
use super::chunks::Chunk;
use super::fast::{Cursor, Declined};
use crate::yaml::document::{self, Consumer, Shape};
use crate::yaml::fault::Fault;
use crate::yaml::node::{Kind, Node};

/// What a chunk holds, to be delivered later.
pub(super) struct Recording<'t> {
    pub(super) calls: Vec<Call<'t>>,
    /// The section that it continues, if it does.
    pub(super) continues: Option<&'t str>,
    /// The section it ends in.
    pub(super) section: String,
    /// The column of the dashes of the last section, where that is a list in block style.
    pub(super) dashes: Option<usize>,
}

impl Recording<'_> {
    /// What it is made of.
    pub(super) fn outline(&self) -> Outline {
        let section = |call: &Call<'_>| match call {
            Call::Section(key, shape) => Some((key.text()?.to_owned(), *shape)),
            Call::List(_) | Call::Item(_) | Call::Record(..) | Call::Value(_) => None,
        };
        let sections: Vec<(String, Shape)> = self.calls.iter().filter_map(section).collect();
        let is_list = |call: &Call<'_>| matches!(call, Call::List(_) | Call::Record(..));
        let lists = sections.iter().all(|(_, shape)| *shape == Shape::Items);
        let is_plain =
            lists && self.calls.iter().all(|call| matches!(call, Call::Section(..)) || is_list(call));
        Outline {
            continues: self.continues.map(str::to_owned),
            sections: sections.into_iter().map(|(key, _)| key).collect(),
            section: self.section.clone(),
            dashes: self.dashes,
            is_plain,
        }
    }
}

/// What a chunk is made of, as far as it says what may come before and after it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outline {
    /// The section that it continues, if it does.
    pub continues: Option<String>,
    /// The keys at the top that begin in it.
    pub sections: Vec<String>,
    /// The section it ends in.
    pub(super) section: String,
    /// The column of the dashes of that section.
    pub(super) dashes: Option<usize>,
    /// Whether it holds lists of items that were read without an error, and nothing else.
    pub is_plain: bool,
}

/// How many bytes an item of a chunk has at least, usually.
const USUAL_ITEM: usize = 128;

/// Reads a chunk; `None` if it cannot be read safely by itself.
pub(super) fn record<'t>(chunk: &Chunk<'t>, how: How) -> Option<Recording<'t>> {
    fast(chunk, how).or_else(|| by_the_library(chunk, how))
}

fn by_the_library<'t>(chunk: &Chunk<'t>, how: How) -> Option<Recording<'t>> {
    let section = chunk.continues.unwrap_or_default().to_owned();
    let calls = Vec::with_capacity(chunk.text.len() / USUAL_ITEM);
    let recording = Recording { calls, continues: chunk.continues, section, dashes: None };
    let mut recorder = Recorder { chunk, recording, how, doubtful: false, empty: false };
    let read = if chunk.continues.is_some() { document::read_items } else { document::read_from };
    let outcome = read(chunk.text, chunk.lines_before, &mut recorder);
    (outcome.is_ok() && !recorder.doubtful && !recorder.ends_in_nothing()).then_some(recorder.recording)
}

struct Recorder<'p, 't> {
    chunk: &'p Chunk<'t>,
    recording: Recording<'t>,
    how: How,
    doubtful: bool,
    /// Whether the last item ends in a text of nothing but line ends.
    empty: bool,
}

impl<'t> Recorder<'_, 't> {
    /// The place of a text in block style that has only line ends depends on what comes next.
    fn ends_in_nothing(&self) -> bool {
        self.empty && !matches!(self.recording.calls.last(), Some(Call::Section(..) | Call::List(_)))
    }

    fn look_at_end(&mut self, node: &Node<'t>) {
        self.empty =
            matches!(&node.last().kind, Kind::Scalar(text, false) if text.trim_matches('\n').is_empty());
    }
}

impl<'t> Consumer<'t> for Recorder<'_, 't> {
    fn section(&mut self, key: &Node<'t>) -> Shape {
        let section = key.text().unwrap_or_default();
        let shape = (self.how.shape_of)(section);
        section.clone_into(&mut self.recording.section);
        self.doubtful |= shape.is_none();
        let shape = shape.unwrap_or(Shape::Skip);
        self.recording.dashes = None;
        self.recording.calls.push(Call::Section(key.clone(), shape));
        shape
    }
    fn list(&mut self, line: Option<u32>) {
        let within = line.and_then(|line| line.checked_sub(self.chunk.lines_before)?.checked_sub(1));
        let text = within.and_then(|within| self.chunk.text.lines().nth(within as usize));
        self.recording.dashes =
            text.and_then(|text| text.find(|c| c != ' ').filter(|at| text[*at..].starts_with('-')));
        self.recording.calls.push(Call::List(line));
    }
    fn item(&mut self, node: Node<'t>) {
        self.look_at_end(&node);
        let read = (self.how.read)(&self.recording.section, &node);
        self.recording.calls.push(match read {
            Some(item) => Call::Record(item, node.mark),
            None => Call::Item(node),
        });
    }
    fn value(&mut self, node: Node<'t>) {
        self.look_at_end(&node);
        self.recording.calls.push(Call::Value(node));
    }
    fn fault(&mut self, _: Fault) {
        self.doubtful = true;
    }
    fn shared(&mut self) {
        self.doubtful = true;
    }
}

/// A chunk of which more items than this, and more than half, are left to the library is left to it as a whole: each
/// item by itself takes it longer.
const FEW: usize = 8;

/// Reads a chunk by the fast reader, and by the library what that declines; `None` where that is most of it, or where it
/// is not clear what belongs together.
fn fast<'t>(chunk: &Chunk<'t>, how: How) -> Option<Recording<'t>> {
    let mut cursor = Cursor::new(chunk.text, chunk.lines_before)?;
    let section = chunk.continues.unwrap_or_default();
    let calls = Vec::with_capacity(chunk.text.len() / USUAL_ITEM);
    let recording =
        Recording { calls, continues: chunk.continues, section: section.to_owned(), dashes: None };
    let mut reader = Fast { how, recording, left: 0, items: 0 };
    if chunk.continues.is_some() {
        reader.items(&mut cursor, section)?;
    } else {
        cursor.skip_document_start();
    }
    while cursor.indent().is_some() {
        reader.section(&mut cursor)?;
    }
    // The library has an error for a text that says nothing.
    Some(reader.recording).filter(|recording| !recording.calls.is_empty())
}

struct Fast<'t> {
    how: How,
    recording: Recording<'t>,
    /// How many items were left to the library.
    left: usize,
    items: usize,
}

impl<'t> Fast<'t> {
    /// Reads a key at the first column with what belongs to it.
    fn section(&mut self, cursor: &mut Cursor<'t>) -> Option<()> {
        if cursor.indent() != Some(0) {
            return None;
        }
        let before = *cursor;
        let mark = cursor.mark();
        let key = cursor.key().ok()?;
        let shape = (self.how.shape_of)(key)?;
        let is_list = shape == Shape::Items && cursor.is_at_line_end() && {
            cursor.next_line();
            cursor.is_at_dash()
        };
        if !is_list {
            *cursor = before;
            return self.value(cursor);
        }
        let length = u32::try_from(key.len()).ok()?;
        let node = Node { kind: Kind::Scalar(Cow::Borrowed(key), true), mark, length };
        key.clone_into(&mut self.recording.section);
        self.recording.calls.push(Call::Section(node, shape));
        self.items(cursor, key)
    }

    /// Leaves a key with its value to the library.
    fn value(&mut self, cursor: &mut Cursor<'t>) -> Option<()> {
        let lines_before = cursor.line.checked_sub(1)?;
        let text = cursor.lines_until(|cursor| cursor.indent() == Some(0));
        let part = by_the_library(&Chunk { text, lines_before, continues: None }, self.how)?;
        self.recording.calls.extend(part.calls);
        (self.recording.section, self.recording.dashes) = (part.section, part.dashes);
        Some(())
    }

    /// Reads the items of a list in block style, from its first dash on.
    fn items(&mut self, cursor: &mut Cursor<'t>, section: &'t str) -> Option<()> {
        let column = cursor.indent().filter(|_| cursor.is_at_dash())?;
        self.recording.dashes = Some(column);
        self.recording.calls.push(Call::List(Some(cursor.line)));
        loop {
            let before = *cursor;
            self.items += 1;
            let read = cursor.item(|value| (self.how.read_fast)(section, value).ok_or(Declined));
            // What comes next must be the next item, or the next key.
            let call = if let Ok((item, mark)) = read {
                Call::Record(item, mark)
            } else {
                *cursor = before;
                self.item(cursor, column, section)?
            };
            self.recording.calls.push(call);
            match cursor.indent() {
                Some(indent) if indent == column && cursor.is_at_dash() => {}
                None | Some(0) => return Some(()),
                Some(_) => return None,
            }
        }
    }

    /// Leaves an item to the library.
    fn item(&mut self, cursor: &mut Cursor<'t>, column: usize, section: &'t str) -> Option<Call<'t>> {
        self.left += 1;
        if self.left > FEW && self.left * 2 > self.items {
            return None;
        }
        let lines_before = cursor.line.checked_sub(1)?;
        let text = cursor.lines_until(|cursor| cursor.indent().is_some_and(|indent| indent <= column));
        let part = by_the_library(&Chunk { text, lines_before, continues: Some(section) }, self.how)?;
        let is_in_line = part.dashes == Some(column);
        let mut calls = part.calls.into_iter();
        match (calls.next(), calls.next(), calls.next()) {
            (Some(Call::List(_)), Some(item), None) if is_in_line => Some(item),
            _ => None,
        }
    }
}
