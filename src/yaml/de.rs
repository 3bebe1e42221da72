//! serde over the small tree. Errors know the way to their node; a missing key can be filled in, so that the
//! rest of its record is checked as well.

use std::borrow::Cow;

use serde::de::{self, IntoDeserializer, Visitor, value::StrDeserializer};
use serde::forward_to_deserialize_any;

use super::error::{ReadError, TRUTH};
use super::node::{Kind, Node};
use super::scalar::{self, Plain};
use crate::source::Mark;

/// Placeholder for a missing id or text, in a record that is read on only to find further errors.
pub const STAND_IN: &str = "\0";

/// Keys that were found missing, by the mapping that lacks them.
pub type Missing = Vec<(Mark, &'static str)>;

/// A node on its way into a record.
#[derive(Clone, Copy)]
pub struct NodeDe<'n, 't> {
    node: &'n Node<'t>,
    missing: &'n Missing,
}

impl<'n, 't> NodeDe<'n, 't> {
    /// Reads this node; `missing` keys are filled with something that fits.
    pub fn new(node: &'n Node<'t>, missing: &'n Missing) -> NodeDe<'n, 't> {
        NodeDe { node, missing }
    }

    fn child(self, node: &'n Node<'t>) -> NodeDe<'n, 't> {
        NodeDe { node, ..self }
    }

    /// Text is text: a bare number or truth value is not.
    fn string<V: Visitor<'t>>(self, visitor: V, quotable: bool) -> Result<V::Value, ReadError> {
        match (&self.node.kind, self.node.plain()) {
            (Kind::Scalar(Cow::Borrowed(text), _), Some(Plain::Text)) => visitor.visit_borrowed_str(text),
            (Kind::Scalar(text, _), Some(Plain::Text)) => visitor.visit_str(text),
            (Kind::Scalar(..), plain) => {
                Err(ReadError::expected(&visitor, quotable && plain != Some(Plain::Null)))
            }
            (Kind::List(_) | Kind::Map(_), _) => Err(ReadError::expected(&visitor, false)),
        }
    }
}

impl<'t> de::Deserializer<'t> for NodeDe<'_, 't> {
    type Error = ReadError;

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match &self.node.kind {
            Kind::List(_) => self.deserialize_seq(visitor),
            Kind::Map(_) => self.deserialize_map(visitor),
            Kind::Scalar(..) => self.string(visitor, true),
        }
    }

    fn deserialize_bool<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.node.plain() {
            Some(Plain::Truth(truth)) => visitor.visit_bool(truth),
            _ => Err(ReadError::expected(&TRUTH, false)),
        }
    }

    fn deserialize_i128<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, ReadError> {
        let number =
            self.node.text().filter(|_| self.node.plain() == Some(Plain::Whole)).and_then(scalar::whole);
        match number {
            Some(number) => visitor.visit_i128(number),
            None => Err(ReadError::expected(&visitor, false)),
        }
    }

    fn deserialize_identifier<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_str(self.node.text().unwrap_or_default())
    }

    fn deserialize_newtype_struct<V: Visitor<'t>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        if name != "Decimal" {
            return self.string(visitor, matches!(name, "Id" | "Text"));
        }
        match (self.node.text(), self.node.plain()) {
            (Some(text), Some(Plain::Whole | Plain::Float)) => visitor.visit_str(text),
            _ => Err(ReadError::expected(&visitor, false)),
        }
    }

    fn deserialize_option<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, ReadError> {
        if self.node.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_seq<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match &self.node.kind {
            Kind::List(items) => visitor.visit_seq(Items { de: self, items: items.iter().enumerate() }),
            Kind::Scalar(..) | Kind::Map(_) => Err(ReadError::expected(&"a list", false)),
        }
    }

    fn deserialize_map<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match &self.node.kind {
            Kind::Map(entries) => {
                let fill =
                    self.missing.iter().filter(|(mark, _)| *mark == self.node.mark).map(|(_, key)| *key);
                let fill = fill.collect::<Vec<_>>().into_iter();
                visitor.visit_map(Entries {
                    de: self,
                    entries: entries.iter().enumerate(),
                    value: None,
                    fill,
                })
            }
            Kind::Scalar(..) | Kind::List(_) => {
                Err(ReadError::expected(&"a mapping of keys to values", false))
            }
        }
    }

    fn deserialize_struct<V: Visitor<'t>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'t>>(
        self,
        _: &'static str,
        words: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        match (self.node.text(), self.node.plain()) {
            (Some(text), Some(Plain::Text)) => {
                let word: StrDeserializer<'_, ReadError> = text.into_deserializer();
                visitor.visit_enum(word)
            }
            _ => Err(ReadError::expected(&format!("one of {}", words.join(", ")).as_str(), false)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        <W: Visitor<'t>>
        i8 i16 i32 i64 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct tuple
        tuple_struct
    }
}

struct Items<'n, 't> {
    de: NodeDe<'n, 't>,
    items: std::iter::Enumerate<std::slice::Iter<'n, Node<'t>>>,
}

impl<'t> de::SeqAccess<'t> for Items<'_, 't> {
    type Error = ReadError;
    fn next_element_seed<T: de::DeserializeSeed<'t>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, ReadError> {
        let Some((index, item)) = self.items.next() else { return Ok(None) };
        seed.deserialize(self.de.child(item)).map(Some).map_err(|error| error.under(index))
    }
    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

#[expect(clippy::struct_field_names, reason = "a mapping's entries are what it goes through")]
struct Entries<'n, 't> {
    de: NodeDe<'n, 't>,
    entries: std::iter::Enumerate<std::slice::Iter<'n, (Node<'t>, Node<'t>)>>,
    value: Option<(usize, &'n Node<'t>)>,
    fill: std::vec::IntoIter<&'static str>,
}

impl<'t> de::MapAccess<'t> for Entries<'_, 't> {
    type Error = ReadError;
    fn next_key_seed<K: de::DeserializeSeed<'t>>(&mut self, seed: K) -> Result<Option<K::Value>, ReadError> {
        let Some((index, (key, value))) = self.entries.next() else {
            self.value = None;
            let Some(key) = self.fill.next() else { return Ok(None) };
            let key: StrDeserializer<'_, ReadError> = key.into_deserializer();
            return seed.deserialize(key).map(Some);
        };
        self.value = Some((index, value));
        seed.deserialize(self.de.child(key)).map(Some).map_err(|error| error.under(index))
    }
    fn next_value_seed<V: de::DeserializeSeed<'t>>(&mut self, seed: V) -> Result<V::Value, ReadError> {
        match self.value {
            Some((index, value)) => {
                seed.deserialize(self.de.child(value)).map_err(|error| error.under(index))
            }
            None => seed.deserialize(Placeholder),
        }
    }
}

/// Stands in for a value that is missing: anything that fits, since nothing is scored from its record.
struct Placeholder;

impl<'t> de::Deserializer<'t> for Placeholder {
    type Error = ReadError;
    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_str(STAND_IN)
    }
    fn deserialize_newtype_struct<V: Visitor<'t>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        match name {
            "Decimal" => visitor.visit_str("1"),
            "Every" => visitor.visit_str("weekly"),
            // A value that cannot be written in a file.
            _ => visitor.visit_unit(),
        }
    }
    fn deserialize_i128<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_i128(1)
    }
    fn deserialize_seq<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_seq(de::value::SeqDeserializer::<_, ReadError>::new(std::iter::empty::<&str>()))
    }
    fn deserialize_enum<V: Visitor<'t>>(
        self,
        _: &'static str,
        words: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        let word: StrDeserializer<'_, ReadError> =
            words.first().copied().unwrap_or_default().into_deserializer();
        visitor.visit_enum(word)
    }
    forward_to_deserialize_any! {
        <W: Visitor<'t>>
        bool i8 i16 i32 i64 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        tuple tuple_struct map struct identifier ignored_any
    }
}
