//! Drives the YAML library over one document: top-level keys, and below some of them one item at a time, so that
//! the tree of a whole file is never in memory.

use std::borrow::Cow;
use std::collections::HashMap;

use super::fault::{Fault, duplicate_key, key_must_be_text, not_a_mapping, second_document, what_to_write};
use super::node::{Kind, Node};
use super::scalar::{self, Plain};
use super::tokens::{Token, Tokens, What};
use crate::base::message::{Message, message};
use crate::source::{Code, Mark};

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
    /// The value of the section, or the value that was written instead of a list.
    fn value(&mut self, node: Node<'t>);
    /// Something is wrong with the YAML, and reading goes on.
    fn fault(&mut self, fault: Fault);
    /// An anchor or an alias: its meaning may be elsewhere in the file.
    fn shared(&mut self) {}
}

/// Deeper nesting than this is refused; a portfolio needs six levels.
pub const MAX_DEPTH: usize = 32;
/// Longer texts than this are refused, in bytes.
pub const MAX_SCALAR: usize = 65_536;
/// How many nodes of a file may be repetitions of anchored ones.
pub const MAX_REPEATED: usize = 100_000;

/// Reads the one document of a text. An error ends the reading; what came before it has been handed over.
pub fn read<'t>(text: &'t str, to: &mut dyn Consumer<'t>) -> Result<(), Fault> {
    read_from(text, 0, to)
}

/// The same for a text with this many lines before it.
pub fn read_from<'t>(text: &'t str, lines_before: u32, to: &mut dyn Consumer<'t>) -> Result<(), Fault> {
    Reader::new(text, lines_before, to).document().map_err(|fault| *fault)
}

/// Reads a text that is nothing but the items of a list, with this many lines before it.
pub fn read_items<'t>(text: &'t str, lines_before: u32, to: &mut dyn Consumer<'t>) -> Result<(), Fault> {
    let mut reader = Reader::new(text, lines_before, to);
    let mut items = || {
        let token = reader.first()?;
        reader.items(token)?;
        reader.end()
    };
    items().map_err(|fault: Box<Fault>| *fault)
}

pub(super) struct Reader<'t, 'c> {
    tokens: Tokens<'t>,
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

/// What can be had, or the fault that ends the reading.
type Outcome<T> = Result<T, Box<Fault>>;

impl<'t, 'c> Reader<'t, 'c> {
    pub(super) fn new(text: &'t str, lines_before: u32, to: &'c mut dyn Consumer<'t>) -> Reader<'t, 'c> {
        Reader { tokens: Tokens::new(text, lines_before), anchors: HashMap::new(), repeated: 0, to }
    }

    fn first(&mut self) -> Outcome<Token<'t>> {
        loop {
            match self.next()? {
                Token { what: What::Other | What::Document, .. } => {}
                other => return Ok(other),
            }
        }
    }

    fn document(mut self) -> Outcome<()> {
        let empty = |mark| {
            let fault = Fault::new(Code::Empty, message!("this file is empty"), mark);
            Err(Box::new(fault.help(what_to_write())))
        };
        let token = self.first()?;
        let mark = token.mark;
        match &token.what {
            What::End | What::DocumentEnd => return empty(mark),
            What::Scalar(text, true) if scalar::kind(text) == Plain::Null => return empty(mark),
            What::Map => {
                self.check_tag(&token);
                self.open_anchor(token.anchor);
                self.sections()?;
            }
            What::List { .. } => return Err(Box::new(not_a_mapping("a list", mark))),
            _ => return Err(Box::new(not_a_mapping("a single value", mark))),
        }
        self.end()
    }

    fn end(&mut self) -> Outcome<()> {
        loop {
            match self.next()? {
                Token { what: What::End, .. } => return Ok(()),
                Token { what: What::Document, mark, .. } => {
                    let is_empty = self.rest_is_empty();
                    return Err(Box::new(second_document(mark, is_empty)));
                }
                _ => {}
            }
        }
    }

    /// Whether nothing is written from here to the end of the text.
    fn rest_is_empty(&mut self) -> bool {
        loop {
            match self.next() {
                Ok(Token { what: What::End, .. }) => return true,
                Ok(Token { what: What::Scalar(text, true), .. }) if scalar::kind(&text) == Plain::Null => {}
                Ok(Token { what: What::DocumentEnd | What::Document | What::Other, .. }) => {}
                Ok(_) | Err(_) => return false,
            }
        }
    }

    fn sections(&mut self) -> Outcome<()> {
        let mut seen: HashMap<String, Mark> = HashMap::new();
        loop {
            let token = self.next()?;
            if matches!(token.what, What::MapEnd) {
                return Ok(());
            }
            let key = self.node(token, 1)?;
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
                    let token = self.next()?;
                    self.items(token)?;
                }
            }
        }
    }

    fn items(&mut self, token: Token<'t>) -> Outcome<()> {
        let What::List { block } = token.what else {
            let value = self.node(token, 1)?;
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
        self.check_tag(&token);
        if token.anchor > 0 {
            self.anchors.insert(token.anchor, Anchored::Section);
            self.to.shared();
        }
        self.to.list(block.then_some(token.mark.line));
        loop {
            let token = self.next()?;
            if matches!(token.what, What::ListEnd) {
                return Ok(());
            }
            let item = self.node(token, 2)?;
            self.to.item(item);
        }
    }

    pub(super) fn next(&mut self) -> Outcome<Token<'t>> {
        self.tokens.next()
    }

    fn next_node(&mut self, depth: usize) -> Outcome<Node<'t>> {
        let token = self.next()?;
        self.node(token, depth)
    }

    /// The tree below one event.
    pub(super) fn node(&mut self, token: Token<'t>, depth: usize) -> Outcome<Node<'t>> {
        let Token { mark, length, anchor, .. } = token;
        if depth > MAX_DEPTH {
            let message = Message::words(format!("nested deeper than {MAX_DEPTH} levels"));
            return Err(Box::new(Fault::new(Code::TooDeep, message, mark)));
        }
        self.check_tag(&token);
        let kind = match token.what {
            What::Alias => return self.repeat(anchor, mark),
            What::Scalar(text, plain) => Kind::Scalar(self.check_length(text, mark), plain),
            What::List { .. } => {
                self.open_anchor(anchor);
                Kind::List(self.list(depth)?)
            }
            What::Map => {
                self.open_anchor(anchor);
                Kind::Map(self.map(depth)?)
            }
            _ => return Err(Box::new(Fault::new(Code::Syntax, message!("a value is missing here"), mark))),
        };
        let node = Node { kind, mark, length };
        if anchor > 0 {
            let size = size_of_tree(&node);
            self.spend(size, mark)?;
            self.anchors.insert(anchor, Anchored::Whole(node.clone(), size));
        }
        Ok(node)
    }

    fn list(&mut self, depth: usize) -> Outcome<Vec<Node<'t>>> {
        let mut items = Vec::new();
        loop {
            let token = self.next()?;
            if matches!(token.what, What::ListEnd) {
                return Ok(items);
            }
            items.push(self.node(token, depth + 1)?);
        }
    }

    fn map(&mut self, depth: usize) -> Outcome<Vec<(Node<'t>, Node<'t>)>> {
        // Most items have about this many keys; growing from an empty map would move each entry three times.
        let mut entries: Vec<(Node<'t>, Node<'t>)> = Vec::with_capacity(USUAL);
        let mut many: HashMap<Cow<'t, str>, Mark> = HashMap::new();
        loop {
            let token = self.next()?;
            if matches!(token.what, What::MapEnd) {
                return Ok(entries);
            }
            let key = self.node(token, depth + 1)?;
            let value = self.next_node(depth + 1)?;
            let Kind::Scalar(text, _) = &key.kind else {
                self.to.fault(key_must_be_text(&key));
                continue;
            };
            // A few keys are compared one by one; the hash map is for hostile files with very many.
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

    fn repeat(&mut self, anchor: usize, mark: Mark) -> Outcome<Node<'t>> {
        let refused = |message| {
            Err(Box::new(Fault::new(Code::Alias, message, mark).help(message!("write the value out"))))
        };
        match self.anchors.get(&anchor) {
            Some(Anchored::Whole(node, size)) => {
                let (node, size) = (node.clone(), *size);
                self.spend(size, mark)?;
                Ok(node)
            }
            Some(Anchored::Open) => refused(message!("this alias is inside the value that it repeats")),
            Some(Anchored::Section) => refused(message!("an alias cannot repeat a whole section")),
            None => refused(message!("unknown anchor: no anchor of this name comes before this alias")),
        }
    }

    fn spend(&mut self, nodes: usize, mark: Mark) -> Outcome<()> {
        self.to.shared();
        self.repeated += nodes;
        if self.repeated > MAX_REPEATED {
            let message =
                Message::words(format!("anchors and aliases repeat more than {MAX_REPEATED} values"));
            return Err(Fault::new(Code::Alias, message, mark).help(message!("write the values out")).into());
        }
        Ok(())
    }

    fn open_anchor(&mut self, anchor: usize) {
        if anchor > 0 {
            self.anchors.insert(anchor, Anchored::Open);
        }
    }

    fn check_tag(&mut self, token: &Token<'t>) {
        if token.tagged {
            let help = message!("remove the tag; put text that looks like a number in quotes");
            self.to.fault(
                Fault::new(Code::Tag, message!("tags such as `!!str` are not supported"), token.mark)
                    .help(help),
            );
        }
    }

    fn check_length(&mut self, text: Cow<'t, str>, mark: Mark) -> Cow<'t, str> {
        if text.len() <= MAX_SCALAR {
            return text;
        }
        let message =
            Message::words(format!("a text of {} bytes, longer than the limit of {MAX_SCALAR}", text.len()));
        self.to.fault(Fault::new(Code::TooLong, message, mark));
        Cow::Borrowed("too-long")
    }

    fn is_merge(&mut self, key: &Node<'t>) -> bool {
        let merge = matches!(&key.kind, Kind::Scalar(text, true) if text == "<<");
        if merge {
            let message = message!("merge keys (`<<`) are not supported");
            self.to.fault(Fault::new(Code::MergeKey, message, key.mark).help(message!("write the keys out")));
        }
        merge
    }

    /// Passes over the value of a key without building it.
    fn skip_value(&mut self) -> Outcome<()> {
        let mut depth = 0_usize;
        loop {
            match self.next()?.what {
                What::List { .. } | What::Map => depth += 1,
                What::ListEnd | What::MapEnd => depth = depth.saturating_sub(1),
                What::End => return Ok(()),
                _ => {}
            }
            if depth == 0 {
                return Ok(());
            }
        }
    }
}

/// Mappings with fewer keys than this are checked for duplicates key by key.
const FEW: usize = 16;
/// How many keys a new mapping has room for.
const USUAL: usize = 8;

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
