//! serde over a value that the fast reader stands before. Says the same as `yaml/de.rs` says of a tree; where that
//! would be an error, it declines.

use std::borrow::Cow;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{self, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::Declined;
use super::block::Block;
use super::cursor::{Cursor, Scalar};
use super::flow::{Flow, Layout};
use crate::records::sections::Written;
use crate::yaml::scalar::{self, Plain};

/// What a value begins with.
#[derive(Debug)]
pub(super) enum Start<'t> {
    /// It is a scalar, and has been taken.
    Scalar(Scalar<'t>),
    /// A flow list: its bracket comes next.
    FlowList(Layout),
    /// A flow mapping: its brace comes next.
    FlowMap(Layout),
    /// A block list with its dashes at this column, which may be that of the keys around it.
    BlockList {
        /// Where the dashes are.
        column: usize,
        /// Whether the keys of the mapping that holds it are at the same column.
        level: bool,
    },
    /// A block mapping with its keys at this column: the first one comes next.
    BlockMap(usize),
}

/// A value on its way into a record.
#[derive(Debug)]
pub struct Value<'c, 't> {
    pub(super) cursor: &'c mut Cursor<'t>,
    pub(super) start: Start<'t>,
}

impl<'t> Written<'t> for Value<'_, 't> {
    fn record<T: de::Deserialize<'t>>(self) -> Option<T> {
        T::deserialize(self).ok()
    }
}

fn kind((text, is_plain): &Scalar<'_>) -> Plain {
    if *is_plain { scalar::kind(text) } else { Plain::Text }
}

impl<'t> Value<'_, 't> {
    fn scalar(self) -> Result<Scalar<'t>, Declined> {
        match self.start {
            Start::Scalar(scalar) => Ok(scalar),
            Start::FlowList(_) | Start::FlowMap(_) | Start::BlockList { .. } | Start::BlockMap(_) => {
                Err(Declined)
            }
        }
    }

    /// Takes a text: a bare number or truth value is none.
    fn text(self) -> Result<Cow<'t, str>, Declined> {
        let scalar = self.scalar()?;
        if kind(&scalar) == Plain::Text { Ok(scalar.0) } else { Err(Declined) }
    }

    fn string<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Declined> {
        match self.text()? {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }
}

impl<'t> de::Deserializer<'t> for Value<'_, 't> {
    type Error = Declined;

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Declined> {
        match &self.start {
            Start::Scalar(_) => self.string(visitor),
            Start::FlowList(_) | Start::BlockList { .. } => self.deserialize_seq(visitor),
            Start::FlowMap(_) | Start::BlockMap(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Declined> {
        match kind(&self.scalar()?) {
            Plain::Truth(truth) => visitor.visit_bool(truth),
            Plain::Null | Plain::Whole | Plain::Float | Plain::Text => Err(Declined),
        }
    }

    fn deserialize_i128<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Declined> {
        let number = self.scalar()?;
        let number = if kind(&number) == Plain::Whole { scalar::whole(&number.0) } else { None };
        visitor.visit_i128(number.ok_or(Declined)?)
    }

    fn deserialize_newtype_struct<V: Visitor<'t>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Declined> {
        if name != "Decimal" {
            return self.string(visitor);
        }
        let number = self.scalar()?;
        match kind(&number) {
            Plain::Whole | Plain::Float => visitor.visit_str(&number.0),
            Plain::Null | Plain::Truth(_) | Plain::Text => Err(Declined),
        }
    }

    fn deserialize_option<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Declined> {
        match &self.start {
            Start::Scalar(scalar) if kind(scalar) == Plain::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_seq<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Declined> {
        match self.start {
            Start::FlowList(layout) => visitor.visit_seq(Flow::new(self.cursor, layout, b']')),
            Start::BlockList { column, level } => visitor.visit_seq(Block::new(self.cursor, column, level)),
            Start::Scalar(_) | Start::FlowMap(_) | Start::BlockMap(_) => Err(Declined),
        }
    }

    fn deserialize_map<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Declined> {
        match self.start {
            Start::FlowMap(layout) => visitor.visit_map(Flow::new(self.cursor, layout, b'}')),
            Start::BlockMap(column) => visitor.visit_map(Block::new(self.cursor, column, false)),
            Start::Scalar(_) | Start::FlowList(_) | Start::BlockList { .. } => Err(Declined),
        }
    }

    fn deserialize_struct<V: Visitor<'t>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Declined> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'t>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Declined> {
        match self.text()? {
            Cow::Borrowed(word) => visitor.visit_enum(BorrowedStrDeserializer::new(word)),
            Cow::Owned(word) => visitor.visit_enum(word.into_deserializer()),
        }
    }

    forward_to_deserialize_any! {
        <W: Visitor<'t>>
        i8 i16 i32 i64 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct tuple
        tuple_struct identifier ignored_any
    }
}
