//! Flow lists and mappings: on one line of YAML, or over as many as they like in JSON.

use std::borrow::Cow;

use serde::de;
use serde::de::IntoDeserializer;
use serde::de::value::BorrowedStrDeserializer;

use super::Declined;
use super::cursor::{Cursor, Scalar};
use super::value::{Start, Value};

/// Where a flow collection may go on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Layout {
    /// On its line only.
    Line,
    /// On further lines: JSON, with keys and texts in double quotes.
    Json,
}

impl Layout {
    fn skip(self, cursor: &mut Cursor<'_>) {
        match self {
            Layout::Line => cursor.skip_spaces(),
            Layout::Json => cursor.skip_blank(),
        }
    }
}

/// What stands between two brackets.
pub(super) struct Between<'c, 't> {
    pub(super) cursor: &'c mut Cursor<'t>,
    layout: Layout,
    close: u8,
    /// Whether an entry may come: none has, or a comma.
    open: bool,
    empty: bool,
}

impl<'c, 't> Between<'c, 't> {
    /// Before the opening bracket.
    pub(super) fn new(cursor: &'c mut Cursor<'t>, layout: Layout, close: u8) -> Between<'c, 't> {
        cursor.step();
        Between { cursor, layout, close, open: true, empty: true }
    }

    /// Whether another entry comes next. A comma before the bracket is left to the library.
    pub(super) fn has_next(&mut self) -> Result<bool, Declined> {
        self.layout.skip(self.cursor);
        if self.cursor.peek() == Some(self.close) && (self.empty || !self.open) {
            self.cursor.step();
            return Ok(false);
        }
        if !self.open {
            return Err(Declined);
        }
        self.empty = false;
        Ok(true)
    }

    fn value(&mut self) -> Result<Value<'_, 't>, Declined> {
        let start = start(self.cursor, self.layout)?;
        Ok(Value { cursor: self.cursor, start })
    }

    /// Passes over the comma behind an entry, if there is one.
    pub(super) fn pass_comma(&mut self) {
        self.layout.skip(self.cursor);
        self.open = self.cursor.peek() == Some(b',');
        if self.open {
            self.cursor.step();
        }
    }
}

/// What begins here in a flow collection.
pub(super) fn start<'t>(cursor: &mut Cursor<'t>, layout: Layout) -> Result<Start<'t>, Declined> {
    layout.skip(cursor);
    Ok(match cursor.peek() {
        Some(b'[') => Start::FlowList(layout),
        Some(b'{') => Start::FlowMap(layout),
        _ => Start::Scalar(scalar(cursor, layout)?),
    })
}

fn scalar<'t>(cursor: &mut Cursor<'t>, layout: Layout) -> Result<Scalar<'t>, Declined> {
    match (cursor.peek(), layout) {
        (Some(b'"'), _) => cursor.double_quoted(layout == Layout::Json),
        (Some(b'\''), Layout::Line) => cursor.scalar(),
        _ => cursor.plain_in_flow(),
    }
}

/// Takes a key and its colon.
pub(super) fn key<'t>(cursor: &mut Cursor<'t>, layout: Layout) -> Result<Cow<'t, str>, Declined> {
    if cursor.peek() != Some(b'"') {
        return if layout == Layout::Line { cursor.key().map(Cow::Borrowed) } else { Err(Declined) };
    }
    let (key, _) = cursor.double_quoted(false)?;
    cursor.skip_spaces();
    if cursor.peek() != Some(b':') {
        return Err(Declined);
    }
    cursor.step();
    Ok(key)
}

/// The items of a flow list.
pub(super) struct FlowList<'c, 't>(Between<'c, 't>);

impl<'c, 't> FlowList<'c, 't> {
    /// Before its bracket.
    pub(super) fn new(cursor: &'c mut Cursor<'t>, layout: Layout) -> FlowList<'c, 't> {
        FlowList(Between::new(cursor, layout, b']'))
    }
}

impl<'t> de::SeqAccess<'t> for FlowList<'_, 't> {
    type Error = Declined;

    fn next_element_seed<T: de::DeserializeSeed<'t>>(&mut self, seed: T) -> Result<Option<T::Value>, Declined> {
        if !self.0.has_next()? {
            return Ok(None);
        }
        let item = seed.deserialize(self.0.value()?)?;
        self.0.pass_comma();
        Ok(Some(item))
    }
}

/// The keys of a flow mapping.
pub(super) struct FlowMap<'c, 't>(Between<'c, 't>);

impl<'c, 't> FlowMap<'c, 't> {
    /// Before its brace.
    pub(super) fn new(cursor: &'c mut Cursor<'t>, layout: Layout) -> FlowMap<'c, 't> {
        FlowMap(Between::new(cursor, layout, b'}'))
    }
}

impl<'t> de::MapAccess<'t> for FlowMap<'_, 't> {
    type Error = Declined;

    fn next_key_seed<K: de::DeserializeSeed<'t>>(&mut self, seed: K) -> Result<Option<K::Value>, Declined> {
        if !self.0.has_next()? {
            return Ok(None);
        }
        match key(self.0.cursor, self.0.layout)? {
            Cow::Borrowed(key) => seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some),
            Cow::Owned(key) => seed.deserialize(IntoDeserializer::<Declined>::into_deserializer(key)).map(Some),
        }
    }

    fn next_value_seed<V: de::DeserializeSeed<'t>>(&mut self, seed: V) -> Result<V::Value, Declined> {
        let value = seed.deserialize(self.0.value()?)?;
        self.0.pass_comma();
        Ok(value)
    }
}
