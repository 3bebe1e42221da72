//! Block mappings and lists: one line for each key or item, and what belongs to it further right.

use std::borrow::Cow;

use serde::de::{self, value::BorrowedStrDeserializer};

use super::Declined;
use super::cursor::Cursor;
use super::flow::Layout;
use super::value::{Start, Value};
use crate::source::Mark;

/// A block mapping or list: before its first key or dash, or between two of them.
pub(super) struct Block<'c, 't> {
    pub(super) cursor: &'c mut Cursor<'t>,
    /// Where its keys or dashes are.
    pub(super) column: usize,
    /// Whether it is a list with the keys of the mapping around it at the same column.
    pub(super) level: bool,
    pub(super) more: bool,
}

impl<'t> de::MapAccess<'t> for Block<'_, 't> {
    type Error = Declined;

    fn next_key_seed<K: de::DeserializeSeed<'t>>(&mut self, seed: K) -> Result<Option<K::Value>, Declined> {
        if !self.more {
            return Ok(None);
        }
        let key = self.cursor.key()?;
        seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<V: de::DeserializeSeed<'t>>(&mut self, seed: V) -> Result<V::Value, Declined> {
        let is_below = self.cursor.is_at_line_end();
        let start = if is_below { below(self.cursor, self.column)? } else { on_line(self.cursor)? };
        let value = seed.deserialize(Value { cursor: self.cursor, start })?;
        if !is_below {
            self.cursor.end_line()?;
        }
        self.more = match self.cursor.indent() {
            Some(indent) if indent == self.column => true,
            // It could be the rest of a scalar, or an error.
            Some(indent) if indent > self.column => return Err(Declined),
            Some(_) | None => false,
        };
        Ok(value)
    }
}

/// What is on the lines below a key; nothing, where those say nothing about it.
fn below<'t>(cursor: &mut Cursor<'t>, column: usize) -> Result<Start<'t>, Declined> {
    cursor.next_line();
    match cursor.indent() {
        Some(indent) if indent >= column && cursor.is_at_dash() => {
            Ok(Start::BlockList { column: indent, level: indent == column })
        }
        Some(indent) if indent > column && cursor.is_at_key() => Ok(Start::BlockMap(indent)),
        Some(indent) if indent > column => Err(Declined),
        Some(_) | None => Ok(Start::Scalar((Cow::Borrowed(""), true))),
    }
}

/// What begins and ends on this line.
fn on_line<'t>(cursor: &mut Cursor<'t>) -> Result<Start<'t>, Declined> {
    Ok(match cursor.peek() {
        Some(b'[') => Start::FlowList(Layout::Line),
        Some(b'{') => Start::FlowMap(Layout::Line),
        _ => Start::Scalar(cursor.scalar()?),
    })
}

impl<'t> de::SeqAccess<'t> for Block<'_, 't> {
    type Error = Declined;

    fn next_element_seed<T: de::DeserializeSeed<'t>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Declined> {
        if !self.more {
            return Ok(None);
        }
        let (item, _) = self.cursor.item(|value| seed.deserialize(value))?;
        self.more = match self.cursor.indent() {
            Some(indent) if indent == self.column && self.cursor.is_at_dash() => true,
            Some(indent) if indent > self.column || (indent == self.column && !self.level) => {
                return Err(Declined);
            }
            Some(_) | None => false,
        };
        Ok(Some(item))
    }
}

impl<'t> Cursor<'t> {
    /// Takes the item that begins with this dash, with its first character. It begins on the line of the dash.
    pub(in crate::records) fn item<R>(
        &mut self,
        read: impl FnOnce(Value<'_, 't>) -> Result<R, Declined>,
    ) -> Result<(R, Mark), Declined> {
        self.step();
        self.skip_spaces();
        if self.is_at_line_end() {
            return Err(Declined);
        }
        let mark = self.mark();
        let is_block = self.is_at_key();
        let start = if is_block { Start::BlockMap(self.column()) } else { on_line(self)? };
        let item = read(Value { cursor: self, start })?;
        if !is_block {
            self.end_line()?;
        }
        Ok((item, mark))
    }
}
