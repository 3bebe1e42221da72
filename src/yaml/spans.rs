//! A text as a tree in which everything knows its bytes and its style: what an edit needs that is to leave the rest as
//! it is. The reader's own tree (`node.rs`) is smaller, and has no ends.

use std::borrow::Cow;

use granit_parser::{Event, Options, Parser, ScalarStyle, Span, StrInput, StructureStyle};

use super::document::MAX_DEPTH;
use super::fault::{Fault, syntax};
use super::value::Value;
use crate::base::message::message;
use crate::source::{Code, Mark};

/// A value with its first byte and the one behind its last.
#[derive(Clone, Debug)]
pub struct Spanned<'t> {
    /// Its first byte.
    pub from: usize,
    /// The byte behind its last; blanks, line ends and comments that follow are not part of it.
    pub to: usize,
    /// What it is.
    pub shape: Shape<'t>,
    /// Whether it has an anchor or a tag, or is an alias: what it says depends on more than its own bytes.
    pub bound: bool,
}

/// What is written.
#[derive(Clone, Debug)]
pub enum Shape<'t> {
    /// A scalar: what it says and how it is quoted.
    Scalar(Cow<'t, str>, Quotes),
    /// A sequence; `flow` is the style with brackets.
    List {
        /// Written with brackets.
        flow: bool,
        /// Its items.
        items: Vec<Spanned<'t>>,
    },
    /// A mapping; `flow` is the style with braces.
    Map {
        /// Written with braces.
        flow: bool,
        /// Its keys and values.
        entries: Vec<(Spanned<'t>, Spanned<'t>)>,
    },
    /// An alias.
    Alias,
}

/// How a scalar is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Quotes {
    /// Without quotes.
    None,
    /// In single quotes.
    Single,
    /// In double quotes.
    Double,
    /// As a block of lines.
    Block,
}

impl<'t> Spanned<'t> {
    /// The entries of a mapping.
    pub fn entries(&self) -> &[(Spanned<'t>, Spanned<'t>)] {
        match &self.shape {
            Shape::Map { entries, .. } => entries,
            Shape::Scalar(..) | Shape::List { .. } | Shape::Alias => &[],
        }
    }

    /// The items of a list.
    pub fn items(&self) -> &[Spanned<'t>] {
        match &self.shape {
            Shape::List { items, .. } => items,
            Shape::Scalar(..) | Shape::Map { .. } | Shape::Alias => &[],
        }
    }

    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.shape {
            Shape::Scalar(text, _) => Some(text),
            Shape::List { .. } | Shape::Map { .. } | Shape::Alias => None,
        }
    }

    /// Whether it is written in brackets or braces.
    pub fn is_flow(&self) -> bool {
        matches!(self.shape, Shape::List { flow: true, .. } | Shape::Map { flow: true, .. })
    }

    /// Whether it is `null` or nothing.
    pub fn is_null(&self) -> bool {
        self.value().is_null()
    }

    /// The position of a key of a mapping.
    pub fn position(&self, key: &str) -> Option<usize> {
        self.entries().iter().position(|(name, _)| name.text() == Some(key))
    }

    /// The value of a key of a mapping.
    pub fn get(&self, key: &str) -> Option<&Spanned<'t>> {
        self.position(key).map(|at| &self.entries()[at].1)
    }

    /// Whether it, or anything in it, has an anchor or a tag or is an alias; the first byte of what does.
    pub fn first_bound(&self) -> Option<usize> {
        if self.bound {
            return Some(self.from);
        }
        let in_entries =
            self.entries().iter().find_map(|(key, value)| key.first_bound().or_else(|| value.first_bound()));
        in_entries.or_else(|| self.items().iter().find_map(Spanned::first_bound))
    }

    /// What it says.
    pub fn value(&self) -> Value {
        match &self.shape {
            Shape::Scalar(text, quotes) => Value::scalar(text, *quotes == Quotes::None),
            Shape::List { items, .. } => Value::List(items.iter().map(Spanned::value).collect()),
            Shape::Map { entries, .. } => {
                let entry = |(key, value): &(Spanned<'t>, Spanned<'t>)| {
                    (key.text().unwrap_or_default().to_owned(), value.value())
                };
                Value::Map(entries.iter().map(entry).collect())
            }
            // Never edited, only compared: by itself, since what it repeats is compared where it is written.
            Shape::Alias => Value::Plain("*".to_owned()),
        }
    }
}

/// The tree of the first document of a text that the reader takes without an error.
pub fn tree(text: &str) -> Result<Spanned<'_>, Fault> {
    let mut options = Options::default();
    options.emit_comments = false;
    let mut builder = Builder { text, parser: Parser::new_from_str_with_options(text, options), depth: 0 };
    builder.document().map_err(|fault| *fault)
}

struct Builder<'t> {
    text: &'t str,
    parser: Parser<'t, StrInput<'t>>,
    /// How deep the value is that is being read.
    depth: usize,
}

type Outcome<T> = Result<T, Box<Fault>>;

impl<'t> Builder<'t> {
    fn next(&mut self) -> Outcome<(Event<'t>, Span)> {
        match self.parser.next_event() {
            Some(Ok(next)) => Ok(next),
            Some(Err(error)) => Err(Box::new(syntax(&error))),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn document(&mut self) -> Outcome<Spanned<'t>> {
        loop {
            let (event, span) = self.next()?;
            if !matches!(event, Event::StreamStart | Event::DocumentStart(..)) {
                return self.node(event, span, 0);
            }
        }
    }

    /// The value that begins with this event; `behind` is the first byte at which it can be.
    fn node(&mut self, event: Event<'t>, span: Span, behind: usize) -> Outcome<Spanned<'t>> {
        let range = span.byte_range().unwrap_or(behind..behind);
        if self.depth > MAX_DEPTH {
            let mark = Mark { line: 1, column: 1 };
            return Err(Box::new(Fault::new(Code::TooDeep, message!("nested too deep"), mark)));
        }
        Ok(match event {
            Event::Scalar(text, style, anchor, tag) => {
                let quotes = match style {
                    ScalarStyle::Plain => Quotes::None,
                    ScalarStyle::SingleQuoted => Quotes::Single,
                    ScalarStyle::DoubleQuoted => Quotes::Double,
                    ScalarStyle::Literal | ScalarStyle::Folded => Quotes::Block,
                };
                // For a value that is not written the parser gives `~`, before the colon.
                let is_unwritten = text.is_empty() || range.is_empty() || range.start < behind;
                let empty = quotes == Quotes::None && is_unwritten;
                let (from, to) = if empty { (behind, behind) } else { self.trimmed(range, quotes, behind) };
                Spanned { from, to, shape: Shape::Scalar(text, quotes), bound: anchor > 0 || tag.is_some() }
            }
            Event::Alias(_) => Spanned { from: range.start, to: range.end, shape: Shape::Alias, bound: true },
            Event::SequenceStart(style, anchor, tag) => {
                let flow = style == StructureStyle::Flow;
                self.list(range, flow, anchor > 0 || tag.is_some())?
            }
            Event::MappingStart(style, anchor, tag) => {
                let flow = style == StructureStyle::Flow;
                self.map(range, flow, anchor > 0 || tag.is_some())?
            }
            _ => {
                let mark = Mark { line: 1, column: 1 };
                return Err(Box::new(Fault::new(Code::Syntax, message!("a value is missing here"), mark)));
            }
        })
    }

    fn list(&mut self, range: std::ops::Range<usize>, flow: bool, bound: bool) -> Outcome<Spanned<'t>> {
        let mut items: Vec<Spanned<'t>> = Vec::new();
        let mut to = range.end;
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::SequenceEnd) {
                to = if flow { end(&span, to) } else { items.last().map_or(to, |item| item.to) };
                return Ok(Spanned { from: range.start, to, shape: Shape::List { flow, items }, bound });
            }
            let behind = items.last().map_or(range.end, |item: &Spanned<'_>| item.to);
            self.depth += 1;
            items.push(self.node(event, span, behind)?);
            self.depth -= 1;
        }
    }

    fn map(&mut self, range: std::ops::Range<usize>, flow: bool, bound: bool) -> Outcome<Spanned<'t>> {
        let mut entries: Vec<(Spanned<'t>, Spanned<'t>)> = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::MappingEnd) {
                let last = entries.last().map_or(range.end, |(_, value)| value.to);
                let to = if flow { end(&span, last) } else { last };
                let first = entries.first().map_or(range.start, |(key, _)| key.from);
                let from = if flow { range.start } else { first };
                return Ok(Spanned { from, to, shape: Shape::Map { flow, entries }, bound });
            }
            self.depth += 1;
            let key = self.node(event, span, range.start)?;
            let (event, span) = self.next()?;
            let value = self.node(event, span, self.behind_colon(key.to))?;
            self.depth -= 1;
            entries.push((key, value));
        }
    }

    /// The byte behind the colon of a key that ends here.
    fn behind_colon(&self, key_end: usize) -> usize {
        let rest = self.text.get(key_end..).unwrap_or_default();
        let blank = rest.len() - rest.trim_start().len();
        if rest[blank..].starts_with(':') { key_end + blank + 1 } else { key_end }
    }

    /// The bytes of a scalar without what surrounds it.
    fn trimmed(&self, range: std::ops::Range<usize>, quotes: Quotes, behind: usize) -> (usize, usize) {
        let written = self.text.get(range.clone()).unwrap_or_default();
        let to = match quotes {
            Quotes::Single | Quotes::Double => range.end,
            Quotes::None | Quotes::Block => range.start + written.trim_end().len(),
        };
        let from = match quotes {
            // The place of a block may be that of its first line.
            Quotes::Block if !written.starts_with(['|', '>']) => {
                let head = self.text.get(behind..range.start).unwrap_or_default();
                head.find(['|', '>']).map_or(range.start, |at| behind + at)
            }
            _ => range.start,
        };
        (from, to.max(from))
    }
}

fn end(span: &Span, otherwise: usize) -> usize {
    span.byte_range().map_or(otherwise, |range| range.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every scalar, list and mapping below a node, with its bytes.
    fn parts<'t>(text: &'t str, node: &Spanned<'_>, out: &mut Vec<&'t str>) {
        out.push(&text[node.from..node.to]);
        for (key, value) in node.entries() {
            parts(text, key, out);
            parts(text, value, out);
        }
        node.items().iter().for_each(|item| parts(text, item, out));
    }

    fn all(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        parts(text, &tree(text).expect("it reads"), &mut out);
        out
    }

    #[test]
    fn a_value_that_is_not_written_is_behind_its_colon() {
        for text in ["a:", "a:\nb: 1\n", "a:   # none\nb: 1\n", "{a: , b: 1}", "{a: }", "{\"a\":}", "a :\n"] {
            let tree = tree(text).expect("it reads");
            let value = &tree.entries()[0].1;
            let colon = text.find(':').expect("a colon") + 1;
            assert_eq!((value.from, value.to), (colon, colon), "{text:?}");
        }
    }

    #[test]
    fn everything_knows_its_bytes() {
        assert_eq!(
            all("# c\na: 1 # d\nb:   # none\nc: 'x''y' # e\n"),
            ["a: 1 # d\nb:   # none\nc: 'x''y'", "a", "1", "b", "", "c", "'x''y'"]
        );
        assert_eq!(
            all("a:\n  - é x  # d\n  - [b, \"c\" ] # f\n\n# g\nd: {e: 1, f: } # h\n"),
            [
                "a:\n  - é x  # d\n  - [b, \"c\" ] # f\n\n# g\nd: {e: 1, f: }",
                "a",
                "- é x  # d\n  - [b, \"c\" ]",
                "é x",
                "[b, \"c\" ]",
                "b",
                "\"c\"",
                "d",
                "{e: 1, f: }",
                "e",
                "1",
                "f",
                "",
            ]
        );
        assert_eq!(
            all("a: |\n  two\n  lines\n\nb: more\n  than one\n# c\nd: >-\n  x\n"),
            [
                "a: |\n  two\n  lines\n\nb: more\n  than one\n# c\nd: >-\n  x",
                "a",
                "|\n  two\n  lines",
                "b",
                "more\n  than one",
                "d",
                ">-\n  x",
            ]
        );
        assert_eq!(all("{\"a\":1,\r\n \"b\" : [\r\n]}")[1..], ["\"a\"", "1", "\"b\"", "[\r\n]"]);
    }

    #[test]
    fn what_is_bound_is_seen() {
        let bound = |text: &str| tree(text).expect("it reads").first_bound().is_some();
        assert!(!bound("a: {b: [c]}\n"));
        for text in ["a: &x 1\n", "a: &x [1]\n", "- &x a\n- *x\n", "a: !!str 1\n", "&k a: 1\n"] {
            assert!(bound(text), "{text}");
        }
    }
}
