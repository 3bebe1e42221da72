//! Drives the YAML library over one document: top-level keys, and below some of them one item at a time, so that
//! no tree of a whole file ever stands in memory.

use std::borrow::Cow;
use std::collections::HashMap;

use granit_parser::{Event, Options, Parser, ScalarStyle, Span, StrInput, StructureStyle};

use super::fault::{Fault, clipped, duplicate_key, key_must_be_text, not_a_mapping, syntax, what_to_write};
use super::node::{Kind, Node};
use super::scalar::{self, Plain};
use crate::source::{Mark, Said, said};

/// How the value of a top-level key is to be handed over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// A list, item by item.
    Items,
    /// As one tree.
    Value,
    /// Not at all.
    Skip,
}

/// Takes what a document holds, in the order of the file.
pub trait Consumer<'t> {
    /// A top-level key. Its items or value come next.
    fn section(&mut self, key: &Node<'t>) -> Shape;
    /// The section is a list: its items come next, if there are any. In block style it begins on the line
    /// that is given.
    fn list(&mut self, _line: Option<u32>) {}
    /// One item of the section.
    fn item(&mut self, node: Node<'t>);
    /// The value of the section; also what stands there instead of a list.
    fn value(&mut self, node: Node<'t>);
    /// Something is wrong with the YAML, and reading goes on.
    fn fault(&mut self, fault: Fault);
    /// An anchor or an alias: what it means may stand elsewhere in the file.
    fn shared(&mut self) {}
}

/// Deeper nesting than this is refused; a portfolio needs six levels.
pub const MAX_DEPTH: usize = 32;
/// Longer texts than this are refused, in bytes.
pub const MAX_SCALAR: usize = 65_536;
/// So many nodes of a file may be repetitions of anchored ones.
pub const MAX_REPEATED: usize = 100_000;

/// Reads the one document of a text. An error ends the reading; what came before it has been handed over.
pub fn read<'t>(text: &'t str, to: &mut dyn Consumer<'t>) -> Result<(), Fault> {
    Reader::new(text, to).document()
}

/// Reads a text that is nothing but the items of a list.
pub fn read_items<'t>(text: &'t str, to: &mut dyn Consumer<'t>) -> Result<(), Fault> {
    let mut reader = Reader::new(text, to);
    let (event, span) = reader.first()?;
    reader.items(event, span)?;
    reader.end()
}

pub(super) struct Reader<'t, 'c> {
    parser: Parser<'t, StrInput<'t>>,
    anchors: HashMap<usize, Anchored<'t>>,
    repeated: usize,
    to: &'c mut dyn Consumer<'t>,
}

enum Anchored<'t> {
    /// Its node, and how many nodes that is.
    Whole(Node<'t>, usize),
    /// Not complete yet: an alias to it would contain itself.
    Open,
    /// The list of a section, which is never held as a whole.
    Section,
}

type Spanned<'t> = (Event<'t>, Span);

impl<'t, 'c> Reader<'t, 'c> {
    pub(super) fn new(text: &'t str, to: &'c mut dyn Consumer<'t>) -> Reader<'t, 'c> {
        let mut options = Options::default();
        // Another crate of the build can switch their events on: features of a library are everybody's.
        options.emit_comments = false;
        let parser = Parser::new_from_str_with_options(text, options);
        Reader { parser, anchors: HashMap::new(), repeated: 0, to }
    }

    fn first(&mut self) -> Result<Spanned<'t>, Fault> {
        loop {
            match self.next()? {
                (Event::StreamStart | Event::DocumentStart(..), _) => {}
                other => return Ok(other),
            }
        }
    }

    fn document(mut self) -> Result<(), Fault> {
        let empty =
            |mark| Fault::new("empty", said!["there is nothing in this file"], mark).help(what_to_write());
        let (event, span) = self.first()?;
        let mark = mark_of(&span);
        match event {
            Event::StreamEnd | Event::DocumentEnd => return Err(empty(mark)),
            Event::Scalar(text, ScalarStyle::Plain, ..) if scalar::kind(&text) == Plain::Null => {
                return Err(empty(mark));
            }
            Event::MappingStart(_, anchor, tag) => {
                self.check_tag(tag.is_some(), mark);
                self.open_anchor(anchor);
                self.sections()?;
            }
            Event::SequenceStart(..) => return Err(not_a_mapping("a list", mark)),
            _ => return Err(not_a_mapping("a single value", mark)),
        }
        self.end()
    }

    fn end(&mut self) -> Result<(), Fault> {
        loop {
            match self.next()? {
                (Event::StreamEnd, _) => return Ok(()),
                (Event::DocumentStart(..), span) => {
                    let message = said!["a second document begins here"];
                    let help = said!["keep one document to a file; several files of one folder are merged"];
                    return Err(Fault::new("second-document", message, mark_of(&span)).help(help));
                }
                _ => {}
            }
        }
    }

    fn sections(&mut self) -> Result<(), Fault> {
        let mut seen: HashMap<String, Mark> = HashMap::new();
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::MappingEnd) {
                return Ok(());
            }
            let key = self.node(event, span, 1)?;
            let Some(name) = key.text().map(str::to_owned) else {
                self.to.fault(key_must_be_text(&key));
                self.skip_value()?;
                continue;
            };
            if let Some(first) = seen.get(&name) {
                self.to.fault(duplicate_key(&key, *first));
                self.skip_value()?;
                continue;
            }
            seen.insert(name, key.mark);
            if self.is_merge(&key) {
                self.skip_value()?;
                continue;
            }
            match self.to.section(&key) {
                Shape::Skip => self.skip_value()?,
                Shape::Value => {
                    let value = self.next_node(1)?;
                    self.to.value(value);
                }
                Shape::Items => {
                    let (event, span) = self.next()?;
                    self.items(event, span)?;
                }
            }
        }
    }

    fn items(&mut self, event: Event<'t>, span: Span) -> Result<(), Fault> {
        let Event::SequenceStart(style, anchor, tag) = event else {
            let value = self.node(event, span, 1)?;
            match value.kind {
                Kind::List(items) => {
                    self.to.list(None);
                    for item in items {
                        self.to.item(item);
                    }
                }
                Kind::Scalar(..) | Kind::Map(_) => self.to.value(value),
            }
            return Ok(());
        };
        self.check_tag(tag.is_some(), mark_of(&span));
        if anchor > 0 {
            self.anchors.insert(anchor, Anchored::Section);
            self.to.shared();
        }
        self.to.list((style == StructureStyle::Block).then_some(mark_of(&span).line));
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::SequenceEnd) {
                return Ok(());
            }
            let item = self.node(event, span, 2)?;
            self.to.item(item);
        }
    }

    pub(super) fn next(&mut self) -> Result<Spanned<'t>, Fault> {
        match self.parser.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => Err(syntax(&error)),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn next_node(&mut self, depth: usize) -> Result<Node<'t>, Fault> {
        let (event, span) = self.next()?;
        self.node(event, span, depth)
    }

    /// The tree below one event.
    pub(super) fn node(&mut self, event: Event<'t>, span: Span, depth: usize) -> Result<Node<'t>, Fault> {
        let mark = mark_of(&span);
        if depth > MAX_DEPTH {
            let message = Said::words(format!("nested deeper than {MAX_DEPTH} levels"));
            return Err(Fault::new("too-deep", message, mark));
        }
        let (kind, anchor, length) = match event {
            Event::Alias(anchor) => return self.repeat(anchor, &span),
            Event::Scalar(text, style, anchor, tag) => {
                self.check_tag(tag.is_some(), mark);
                let text = self.check_length(text, mark);
                (Kind::Scalar(text, style == ScalarStyle::Plain), anchor, length_of(&span))
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.check_tag(tag.is_some(), mark);
                self.open_anchor(anchor);
                (Kind::List(self.list(depth)?), anchor, 1)
            }
            Event::MappingStart(_, anchor, tag) => {
                self.check_tag(tag.is_some(), mark);
                self.open_anchor(anchor);
                (Kind::Map(self.map(depth)?), anchor, 1)
            }
            _ => {
                return Err(Fault::new("syntax", said!["a value is missing here"], mark));
            }
        };
        let node = Node { kind, mark, length };
        if anchor > 0 {
            let size = size_of_tree(&node);
            self.spend(size, mark)?;
            self.anchors.insert(anchor, Anchored::Whole(node.clone(), size));
        }
        Ok(node)
    }

    fn list(&mut self, depth: usize) -> Result<Vec<Node<'t>>, Fault> {
        let mut items = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::SequenceEnd) {
                return Ok(items);
            }
            items.push(self.node(event, span, depth + 1)?);
        }
    }

    fn map(&mut self, depth: usize) -> Result<Vec<(Node<'t>, Node<'t>)>, Fault> {
        let mut entries: Vec<(Node<'t>, Node<'t>)> = Vec::new();
        let mut many: HashMap<Cow<'t, str>, Mark> = HashMap::new();
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::MappingEnd) {
                return Ok(entries);
            }
            let key = self.node(event, span, depth + 1)?;
            let value = self.next_node(depth + 1)?;
            let Kind::Scalar(text, _) = &key.kind else {
                self.to.fault(key_must_be_text(&key));
                continue;
            };
            // A few keys are compared one by one; a table is for files that are out to be slow.
            let first = if entries.len() < FEW {
                entries.iter().find(|(other, _)| other.text() == Some(text)).map(|(other, _)| other.mark)
            } else {
                if many.is_empty() {
                    let texts = entries.iter().filter_map(|(key, _)| scalar_text(key).zip(Some(key.mark)));
                    many.extend(texts);
                }
                let first = many.get(text).copied();
                if first.is_none() {
                    many.insert(text.clone(), key.mark);
                }
                first
            };
            if let Some(first) = first {
                self.to.fault(duplicate_key(&key, first));
            } else if !self.is_merge(&key) {
                entries.push((key, value));
            }
        }
    }

    fn repeat(&mut self, anchor: usize, span: &Span) -> Result<Node<'t>, Fault> {
        let mark = mark_of(span);
        let refused = |message| Err(Fault::new("alias", message, mark).help(said!["write the value out"]));
        match self.anchors.get(&anchor) {
            Some(Anchored::Whole(node, size)) => {
                let (node, size) = (node.clone(), *size);
                self.spend(size, mark)?;
                Ok(node)
            }
            Some(Anchored::Open) => refused(said!["this alias stands inside the value it repeats"]),
            Some(Anchored::Section) => refused(said!["an alias cannot repeat a whole section"]),
            None => refused(said!["this alias has no anchor before it"]),
        }
    }

    fn spend(&mut self, nodes: usize, mark: Mark) -> Result<(), Fault> {
        self.to.shared();
        self.repeated += nodes;
        if self.repeated > MAX_REPEATED {
            let message = Said::words(format!("anchors and aliases repeat more than {MAX_REPEATED} values"));
            return Err(Fault::new("alias", message, mark).help(said!["write the values out"]));
        }
        Ok(())
    }

    fn open_anchor(&mut self, anchor: usize) {
        if anchor > 0 {
            self.anchors.insert(anchor, Anchored::Open);
        }
    }

    fn check_tag(&mut self, tagged: bool, mark: Mark) {
        if tagged {
            let help = said!["take the tag out; text that looks like a number is written in quotes"];
            self.to.fault(
                Fault::new("tag", said!["tags such as `!!str` have no meaning here"], mark).help(help),
            );
        }
    }

    fn check_length(&mut self, text: Cow<'t, str>, mark: Mark) -> Cow<'t, str> {
        if text.len() <= MAX_SCALAR {
            return text;
        }
        let message = Said::words(format!("a text of {} bytes; the most is {MAX_SCALAR}", text.len()));
        self.to.fault(Fault::new("too-long", message, mark));
        Cow::Borrowed("too-long")
    }

    fn is_merge(&mut self, key: &Node<'t>) -> bool {
        let merge = matches!(&key.kind, Kind::Scalar(text, true) if text == "<<");
        if merge {
            let message = said!["merge keys (`<<`) are not read"];
            self.to.fault(Fault::new("merge-key", message, key.mark).help(said!["write the keys out"]));
        }
        merge
    }

    /// Passes over the value of a key without building it.
    fn skip_value(&mut self) -> Result<(), Fault> {
        let mut depth = 0_usize;
        loop {
            match self.next()?.0 {
                Event::SequenceStart(..) | Event::MappingStart(..) => depth += 1,
                Event::SequenceEnd | Event::MappingEnd => depth = depth.saturating_sub(1),
                Event::StreamEnd => return Ok(()),
                _ => {}
            }
            if depth == 0 {
                return Ok(());
            }
        }
    }
}

/// Mappings with fewer keys than this are checked for twins key by key.
const FEW: usize = 16;

fn scalar_text<'t>(node: &Node<'t>) -> Option<Cow<'t, str>> {
    match &node.kind {
        Kind::Scalar(text, _) => Some(text.clone()),
        Kind::List(_) | Kind::Map(_) => None,
    }
}

fn size_of_tree(node: &Node<'_>) -> usize {
    1 + match &node.kind {
        Kind::Scalar(..) => 0,
        Kind::List(items) => items.iter().map(size_of_tree).sum(),
        Kind::Map(entries) => entries.iter().map(|(_, value)| 1 + size_of_tree(value)).sum(),
    }
}

pub(super) fn mark_of(span: &Span) -> Mark {
    Mark { line: clipped(span.start.line()).max(1), column: clipped(span.start.col()).saturating_add(1) }
}

fn length_of(span: &Span) -> u32 {
    if span.start.line() == span.end.line() {
        clipped(span.end.col().saturating_sub(span.start.col())).max(1)
    } else {
        1
    }
}
