//! The events of the YAML library as small values. Theirs are five times as large, and each is read once: what
//! is not needed is left behind here, before anything moves.

use std::borrow::Cow;

use granit_parser::{Event, Options, Parser, ScalarStyle, Span, StrInput, StructureStyle};

use super::fault::{Fault, clipped, syntax};
use crate::source::Mark;

/// One event with its place.
pub(super) struct Token<'t> {
    pub(super) what: What<'t>,
    pub(super) mark: Mark,
    /// How many characters a scalar takes on its first line; else 1.
    pub(super) length: u32,
    /// The anchor that it has, or that an alias repeats; 0 for none.
    pub(super) anchor: usize,
    pub(super) tagged: bool,
}

/// What an event says.
pub(super) enum What<'t> {
    /// Text, with whether it was written without quotes.
    Scalar(Cow<'t, str>, bool),
    /// A list begins, in block style or not.
    List {
        block: bool,
    },
    ListEnd,
    Map,
    MapEnd,
    Alias,
    Document,
    DocumentEnd,
    /// The text is at its end.
    End,
    /// What says nothing here.
    Other,
}

/// The events of a text.
pub(super) struct Tokens<'t> {
    parser: Parser<'t, StrInput<'t>>,
    lines_before: u32,
}

impl<'t> Tokens<'t> {
    /// Of a text with this many lines before it.
    pub(super) fn new(text: &'t str, lines_before: u32) -> Tokens<'t> {
        let mut options = Options::default();
        // Comments can be on although we do not ask for them: cargo unifies the features of a crate in a build.
        options.emit_comments = false;
        Tokens { parser: Parser::new_from_str_with_options(text, options), lines_before }
    }

    /// The next event. A fault is boxed, since it is rare and large.
    pub(super) fn next(&mut self) -> Result<Token<'t>, Box<Fault>> {
        let (event, span) = match self.parser.next_event() {
            Some(Ok(event)) => event,
            Some(Err(error)) => return Err(Box::new(syntax(&error))),
            None => (Event::StreamEnd, Span::default()),
        };
        let mark = Mark {
            line: clipped(span.start.line()).max(1).saturating_add(self.lines_before),
            column: clipped(span.start.col()).saturating_add(1),
        };
        let token = |what, anchor, tagged| Token { what, mark, length: 1, anchor, tagged };
        Ok(match event {
            Event::Scalar(text, style, anchor, tag) => Token {
                length: length_of(&span),
                ..token(What::Scalar(text, style == ScalarStyle::Plain), anchor, tag.is_some())
            },
            Event::MappingStart(_, anchor, tag) => token(What::Map, anchor, tag.is_some()),
            Event::SequenceStart(style, anchor, tag) => {
                token(What::List { block: style == StructureStyle::Block }, anchor, tag.is_some())
            }
            Event::MappingEnd => token(What::MapEnd, 0, false),
            Event::SequenceEnd => token(What::ListEnd, 0, false),
            Event::Alias(anchor) => token(What::Alias, anchor, false),
            Event::DocumentStart(..) => token(What::Document, 0, false),
            Event::DocumentEnd => token(What::DocumentEnd, 0, false),
            Event::StreamEnd => token(What::End, 0, false),
            _ => token(What::Other, 0, false),
        })
    }
}

fn length_of(span: &Span) -> u32 {
    if span.start.line() == span.end.line() {
        clipped(span.end.col().saturating_sub(span.start.col())).max(1)
    } else {
        1
    }
}
