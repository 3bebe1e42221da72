//! Flow lists and mappings: on one line of YAML, or over as many as they like in JSON.

use std::borrow::Cow;

use serde::de::{self, value::BorrowedStrDeserializer};

use super::Declined;
use super::cursor::Cursor;
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

/// What stands between two brackets: the items of a list, or the keys of a mapping.
pub(super) struct Flow<'c, 't> {
    pub(super) cursor: &'c mut Cursor<'t>,
    layout: Layout,
    close: u8,
    /// Whether an entry may come next, and whether the closing bracket may: both at the beginning.
    open: bool,
    may_close: bool,
}

impl<'c, 't> Flow<'c, 't> {
    /// Before the opening bracket.
    pub(super) fn new(cursor: &'c mut Cursor<'t>, layout: Layout, close: u8) -> Flow<'c, 't> {
        cursor.step();
        Flow { cursor, layout, close, open: true, may_close: true }
    }

    /// Whether another entry comes next. A comma before the bracket is left to the library.
    pub(super) fn has_next(&mut self) -> Result<bool, Declined> {
        self.layout.skip(self.cursor);
        if self.cursor.peek() == Some(self.close) && self.may_close {
            self.cursor.step();
            return Ok(false);
        }
        if self.open { Ok(true) } else { Err(Declined) }
    }

    fn value(&mut self) -> Result<Value<'_, 't>, Declined> {
        let start = start(self.cursor, self.layout)?;
        Ok(Value { cursor: self.cursor, start })
    }

    /// Passes over the comma behind an entry, if there is one.
    pub(super) fn pass_comma(&mut self) {
        self.layout.skip(self.cursor);
        self.open = self.cursor.peek() == Some(b',');
        self.may_close = !self.open;
        if self.open {
            self.cursor.step();
        }
    }
}

/// What begins here in a flow collection.
pub(super) fn start<'t>(cursor: &mut Cursor<'t>, layout: Layout) -> Result<Start<'t>, Declined> {
    layout.skip(cursor);
    let is_json = layout == Layout::Json;
    Ok(match cursor.peek() {
        Some(b'[') => Start::FlowList(layout),
        Some(b'{') => Start::FlowMap(layout),
        Some(b'"') => Start::Scalar(cursor.double_quoted(is_json)?),
        Some(b'\'') if !is_json => Start::Scalar(cursor.single_quoted()?),
        _ => Start::Scalar(cursor.plain_in_flow(is_json)?),
    })
}

/// The library wants the colon of a key within 1,024 characters.
const MOST_KEY: usize = 512;

/// Takes a key and its colon.
pub(super) fn key<'t>(cursor: &mut Cursor<'t>, layout: Layout) -> Result<&'t str, Declined> {
    if cursor.peek() != Some(b'"') {
        return if layout == Layout::Line { cursor.key() } else { Err(Declined) };
    }
    let from = cursor.at;
    let (Cow::Borrowed(key), _) = cursor.double_quoted(false)? else { return Err(Declined) };
    cursor.skip_spaces();
    if cursor.peek() != Some(b':') || cursor.at - from > MOST_KEY {
        return Err(Declined);
    }
    cursor.step();
    Ok(key)
}

impl<'t> de::SeqAccess<'t> for Flow<'_, 't> {
    type Error = Declined;

    fn next_element_seed<T: de::DeserializeSeed<'t>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Declined> {
        if !self.has_next()? {
            return Ok(None);
        }
        let item = seed.deserialize(self.value()?)?;
        self.pass_comma();
        Ok(Some(item))
    }
}

impl<'t> de::MapAccess<'t> for Flow<'_, 't> {
    type Error = Declined;

    fn next_key_seed<K: de::DeserializeSeed<'t>>(&mut self, seed: K) -> Result<Option<K::Value>, Declined> {
        if !self.has_next()? {
            return Ok(None);
        }
        let key = key(self.cursor, self.layout)?;
        seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<V: de::DeserializeSeed<'t>>(&mut self, seed: V) -> Result<V::Value, Declined> {
        let value = seed.deserialize(self.value()?)?;
        self.pass_comma();
        Ok(value)
    }
}
