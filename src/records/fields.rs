//! The keys of a record in the order of the format, asked of the record itself: a reader that reads nothing and only
//! notes which keys it is asked for.

use std::fmt;

use serde::de::{self, Deserialize, IntoDeserializer, Visitor, value::StrDeserializer};
use serde::forward_to_deserialize_any;

/// The keys of a record, or of the mapping at the end of a path of keys in it; lists are passed through. None where
/// there is no mapping with fixed keys.
pub fn fields_of<'t, T: Deserialize<'t>>(path: &[&str]) -> &'static [&'static str] {
    match T::deserialize(Probe { path }) {
        Err(Found(fields)) => fields,
        Ok(_) => &[],
    }
}

#[derive(Clone, Copy)]
struct Probe<'p> {
    path: &'p [&'p str],
}

/// What a probe comes back with; an error, since nothing is to be read.
#[derive(Debug)]
struct Found(&'static [&'static str]);

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a probe reads nothing")
    }
}

impl std::error::Error for Found {}

impl de::Error for Found {
    fn custom<T: fmt::Display>(_: T) -> Found {
        Found(&[])
    }
}

impl<'de> de::Deserializer<'de> for Probe<'_> {
    type Error = Found;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Found> {
        Err(Found(&[]))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Found> {
        visitor.visit_some(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Found> {
        visitor.visit_seq(Inside(self, None))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Found> {
        match self.path.split_first() {
            None => Err(Found(fields)),
            Some((key, path)) => visitor.visit_map(Inside(Probe { path }, Some(*key))),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct tuple tuple_struct map enum identifier ignored_any
    }
}

/// The one item of a list, or the one key of a mapping, that a path goes through.
struct Inside<'p>(Probe<'p>, Option<&'p str>);

impl<'de> de::SeqAccess<'de> for Inside<'_> {
    type Error = Found;
    fn next_element_seed<T: de::DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Found> {
        seed.deserialize(self.0).map(Some)
    }
}

impl<'de> de::MapAccess<'de> for Inside<'_> {
    type Error = Found;
    fn next_key_seed<K: de::DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Found> {
        let Some(key) = self.1.take() else { return Ok(None) };
        let key: StrDeserializer<'_, Found> = key.into_deserializer();
        seed.deserialize(key).map(Some)
    }
    fn next_value_seed<V: de::DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Found> {
        seed.deserialize(self.0)
    }
}

#[cfg(test)]
mod tests {
    use crate::records::sections::{List, Section};

    #[test]
    fn keys_come_in_the_order_of_the_format() {
        let meeting = List::Meetings.fields(&[]);
        assert_eq!(meeting[..4], ["id", "title", "kind", "owner"]);
        assert_eq!(List::Squads.fields(&["context"]).first(), Some(&"success"));
        assert_eq!(List::Guilds.fields(&["lanes", "levels"]), ["level", "pay"]);
        assert_eq!(List::Squads.fields(&["lead"]), [""; 0]);
        assert_eq!(List::Squads.fields(&["nothing", "of", "that"]), [""; 0]);
        assert_eq!(Section::find("hr_system").map(|section| section.fields(&[]).len()), Some(2));
    }
}
