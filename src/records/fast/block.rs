//! Block mappings and lists: one line for each key or item, and what belongs to it further right.

use std::borrow::Cow;

use serde::de;
use serde::de::value::BorrowedStrDeserializer;

use super::Declined;
use super::cursor::Cursor;
use super::flow::Layout;
use super::value::{Start, Value};
use crate::source::Mark;

/// A block mapping or list.
pub(super) struct Block<'c, 't> {
    cursor: &'c mut Cursor<'t>,
    /// Where its keys or dashes are.
    column: usize,
    /// Whether it is a list with the keys of the mapping around it at the same column.
    level: bool,
    more: bool,
}

impl<'c, 't> Block<'c, 't> {
    /// Before its first key or dash.
    pub(super) fn new(cursor: &'c mut Cursor<'t>, column: usize, level: bool) -> Block<'c, 't> {
        Block { cursor, column, level, more: true }
    }
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
        let value = match behind_key(self.cursor, self.column)? {
            Behind::Line(start) => {
                let value = seed.deserialize(Value { cursor: self.cursor, start })?;
                self.cursor.end_line()?;
                value
            }
            Behind::Below(start) => seed.deserialize(Value { cursor: self.cursor, start })?,
        };
        self.more = match self.cursor.indent() {
            Some(indent) if indent == self.column => true,
            // It could be the rest of a scalar, or an error.
            Some(indent) if indent > self.column => return Err(Declined),
            Some(_) | None => false,
        };
        Ok(value)
    }
}

/// Where the value of a key is.
enum Behind<'t> {
    /// On its line, which it must end.
    Line(Start<'t>),
    /// On the lines below; nothing, where those say nothing about it.
    Below(Start<'t>),
}

fn behind_key<'t>(cursor: &mut Cursor<'t>, column: usize) -> Result<Behind<'t>, Declined> {
    if !cursor.is_at_line_end() {
        return on_line(cursor).map(Behind::Line);
    }
    cursor.next_line();
    let nothing = Start::Scalar((Cow::Borrowed(""), true));
    let start = match cursor.indent() {
        Some(indent) if indent >= column && cursor.is_at_dash() => {
            Start::BlockList { column: indent, level: indent == column }
        }
        Some(indent) if indent > column && cursor.is_at_key() => Start::BlockMap(indent),
        Some(indent) if indent > column => return Err(Declined),
        Some(_) | None => nothing,
    };
    Ok(Behind::Below(start))
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
        pass_dash(self.cursor)?;
        let item = if self.cursor.is_at_key() {
            let start = Start::BlockMap(self.cursor.column());
            seed.deserialize(Value { cursor: self.cursor, start })?
        } else {
            let start = on_line(self.cursor)?;
            let item = seed.deserialize(Value { cursor: self.cursor, start })?;
            self.cursor.end_line()?;
            item
        };
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

/// Passes over a dash and the spaces behind it; the item begins on the same line.
fn pass_dash(cursor: &mut Cursor<'_>) -> Result<(), Declined> {
    cursor.step();
    cursor.skip_spaces();
    if cursor.is_at_line_end() { Err(Declined) } else { Ok(()) }
}

impl<'t> Cursor<'t> {
    /// Takes the item that begins with this dash, if it is a mapping that `read` makes something of: with its first
    /// character.
    pub(in crate::records) fn item<R>(
        &mut self,
        read: impl FnOnce(Value<'_, 't>) -> Option<R>,
    ) -> Result<(R, Mark), Declined> {
        pass_dash(self)?;
        let mark = self.mark();
        let is_flow = self.peek() == Some(b'{');
        let start = if is_flow {
            Start::FlowMap(Layout::Line)
        } else if self.is_at_key() {
            Start::BlockMap(self.column())
        } else {
            return Err(Declined);
        };
        let item = read(Value { cursor: self, start }).ok_or(Declined)?;
        if is_flow {
            self.end_line()?;
        }
        Ok((item, mark))
    }
}
