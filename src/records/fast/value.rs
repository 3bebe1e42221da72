//! serde over a value that the fast reader stands before. Says the same as `yaml/de.rs` says of a tree; where that
//! would be an error, it declines.

use std::borrow::Cow;

use serde::de::{self, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::Declined;
use super::block::Block;
use super::cursor::{Cursor, Scalar};
use super::flow::{Flow, Layout};
use crate::records::sections::Written;
use crate::yaml::scalar::{self, Plain};

/// What a value begins with: a scalar that has been taken, a bracket or brace that comes next, or the column of dashes or
/// keys of which the first comes next.
#[derive(Debug)]
pub(super) enum Start<'t> {
    Scalar(Scalar<'t>),
    FlowList(Layout),
    FlowMap(Layout),
    /// `level` where the keys of the mapping that holds it are at the same column.
    BlockList {
        column: usize,
        level: bool,
    },
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

impl<'t> Value<'_, 't> {
    /// Takes a scalar, with what it is.
    fn scalar(self) -> Result<(Cow<'t, str>, Plain), Declined> {
        let Start::Scalar((text, is_plain)) = self.start else { return Err(Declined) };
        let kind = if is_plain { scalar::kind(&text) } else { Plain::Text };
        Ok((text, kind))
    }

    /// Takes a text: a bare number or truth value is none.
    fn text(self) -> Result<Cow<'t, str>, Declined> {
        let (text, kind) = self.scalar()?;
        if kind == Plain::Text { Ok(text) } else { Err(Declined) }
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
        match self.scalar()? {
            (_, Plain::Truth(truth)) => visitor.visit_bool(truth),
            _ => Err(Declined),
        }
    }

    fn deserialize_i128<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Declined> {
        let (number, kind) = self.scalar()?;
        let number = scalar::whole(&number).filter(|_| kind == Plain::Whole);
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
        match self.scalar()? {
            (number, Plain::Whole | Plain::Float) => visitor.visit_str(&number),
            _ => Err(Declined),
        }
    }

    fn deserialize_option<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Declined> {
        match &self.start {
            Start::Scalar((text, true)) if scalar::is_null(text) => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_seq<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Declined> {
        match self.start {
            Start::FlowList(layout) => visitor.visit_seq(Flow::new(self.cursor, layout, b']')),
            Start::BlockList { column, level } => {
                visitor.visit_seq(Block { cursor: self.cursor, column, level, more: true })
            }
            _ => Err(Declined),
        }
    }

    fn deserialize_map<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Declined> {
        match self.start {
            Start::FlowMap(layout) => visitor.visit_map(Flow::new(self.cursor, layout, b'}')),
            Start::BlockMap(column) => {
                visitor.visit_map(Block { cursor: self.cursor, column, level: false, more: true })
            }
            _ => Err(Declined),
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
        visitor.visit_enum(self.text()?.into_deserializer())
    }

    forward_to_deserialize_any! {
        <W: Visitor<'t>>
        i8 i16 i32 i64 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct tuple
        tuple_struct identifier ignored_any
    }
}
