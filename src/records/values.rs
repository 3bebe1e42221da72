//! The kinds of single values that records are made of. Each says what it expects; the deserializer in `de.rs`
//! knows them by the name they ask for (`Id`, `Text`, `Day`, `Decimal`).

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de};

use crate::base::decimal;
use crate::yaml::de::STAND_IN;

/// An id as it is written: `[A-Za-z0-9][A-Za-z0-9._@-]{0,127}`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Id<'t>(pub Cow<'t, str>);

/// Any text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Text<'t>(pub Cow<'t, str>);

/// How long between two dates of a meeting, in days (1 to 366).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Every(pub u16);

/// A whole number from `MIN` to `MAX`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Whole<const MIN: u32, const MAX: u32>(pub u32);

/// A decimal number from `MIN` to `MAX` as a whole number of units of `10^-PLACES`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Decimal<const PLACES: u32, const MIN: i64, const MAX: i64>(pub i64);

/// A percentage from `MIN` to `MAX` with at most two decimals, in basis points.
pub type Percent<const MIN: i64, const MAX: i64> = Decimal<2, MIN, MAX>;

/// A mapping with keys of our own choosing to values of one kind, in the order of the file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entries<'t, V>(pub Vec<(Cow<'t, str>, V)>);

/// A number that is a whole number of some unit: basis points for percentages, milli-points for points.
pub trait Units {
    /// How many.
    fn units(self) -> i64;
}

impl<const MIN: u32, const MAX: u32> Units for Whole<MIN, MAX> {
    fn units(self) -> i64 {
        i64::from(self.0)
    }
}

impl<const PLACES: u32, const MIN: i64, const MAX: i64> Units for Decimal<PLACES, MIN, MAX> {
    fn units(self) -> i64 {
        self.0
    }
}

/// Whether each byte can be in an id: a table, since every id and every reference is looked at.
static ORDINARY: [bool; 256] = {
    let mut ordinary = [false; 256];
    let mut byte = 0_u8;
    loop {
        ordinary[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'@' | b'-');
        if byte == u8::MAX {
            break ordinary;
        }
        byte += 1;
    }
};

/// Whether a text can be an id.
pub fn is_id(text: &str) -> bool {
    (1..=128).contains(&text.len())
        && text.bytes().all(|byte| ORDINARY[usize::from(byte)])
        && text.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric)
}

/// What is expected where an id is.
pub const EXPECTED_ID: &str = "an id: letters, digits and . _ @ - (a letter or digit first, 128 at most)";

/// What is expected where a cadence is.
pub const EXPECTED_EVERY: &str =
    "weekly, biweekly, monthly, quarterly, or days or weeks such as 10d or 3w (1 to 366 days)";

/// The pattern behind `is_id`.
pub const ID_PATTERN: &str = "^[A-Za-z0-9][A-Za-z0-9._@-]{0,127}$";

/// The pattern behind `Every::parse`: its words, 1 to 366 days, 1 to 52 weeks.
const EVERY_PATTERN: &str = "^(weekly|biweekly|monthly|quarterly|0*([1-9]|[1-9][0-9]|[12][0-9][0-9]|3[0-5][0-9]|36[0-6])d|0*([1-9]|[1-4][0-9]|5[0-2])w)$";

/// A visitor of texts that are accepted by a function.
struct TextVisitor<T> {
    expecting: &'static str,
    accept: fn(&str) -> bool,
    make: PhantomData<T>,
}

impl<'de, T: From<Cow<'de, str>>> de::Visitor<'de> for TextVisitor<T> {
    type Value = T;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expecting)
    }
    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<T, E> {
        if !(self.accept)(text) {
            return Err(E::invalid_value(de::Unexpected::Str(text), &self));
        }
        Ok(T::from(Cow::Borrowed(text)))
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        if !(self.accept)(text) {
            return Err(E::invalid_value(de::Unexpected::Str(text), &self));
        }
        Ok(T::from(Cow::Owned(text.to_owned())))
    }
    /// A missing value gets the placeholder, which no written value can equal.
    fn visit_unit<E: de::Error>(self) -> Result<T, E> {
        Ok(T::from(Cow::Borrowed(STAND_IN)))
    }
}

impl<'t> From<Cow<'t, str>> for Id<'t> {
    fn from(text: Cow<'t, str>) -> Id<'t> {
        Id(text)
    }
}

impl<'t> From<Cow<'t, str>> for Text<'t> {
    fn from(text: Cow<'t, str>) -> Text<'t> {
        Text(text)
    }
}

impl<'de: 't, 't> Deserialize<'de> for Id<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Id<'t>, D::Error> {
        let visitor: TextVisitor<Id<'de>> =
            TextVisitor { expecting: EXPECTED_ID, accept: is_id, make: PhantomData };
        deserializer.deserialize_newtype_struct("Id", visitor)
    }
}

impl<'de: 't, 't> Deserialize<'de> for Text<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Text<'t>, D::Error> {
        let visitor: TextVisitor<Text<'de>> =
            TextVisitor { expecting: "text", accept: |_| true, make: PhantomData };
        deserializer.deserialize_newtype_struct("Text", visitor)
    }
}

impl Every {
    /// Every week.
    pub const WEEKLY: Every = Every(7);
    /// Every month.
    pub const MONTHLY: Every = Every(31);

    /// As it is written: a word where there is one, else a number of days.
    pub fn word(self) -> String {
        match self.0 {
            7 => "weekly".to_owned(),
            14 => "biweekly".to_owned(),
            31 => "monthly".to_owned(),
            92 => "quarterly".to_owned(),
            days => format!("{days}d"),
        }
    }

    /// Reads `weekly`, `10d`, `3w` and the like.
    pub fn parse(text: &str) -> Option<Every> {
        let days = match text {
            "weekly" => 7,
            "biweekly" => 14,
            "monthly" => 31,
            "quarterly" => 92,
            _ => {
                let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
                let factor = match unit {
                    "d" => 1,
                    "w" => 7,
                    _ => return None,
                };
                if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
                    return None;
                }
                number.parse::<u16>().ok()?.checked_mul(factor)?
            }
        };
        (1..=366).contains(&days).then_some(Every(days))
    }
}

impl<'de> Deserialize<'de> for Every {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Every, D::Error> {
        let accept = |text: &str| Every::parse(text).is_some();
        let visitor: TextVisitor<Text<'de>> =
            TextVisitor { expecting: EXPECTED_EVERY, accept, make: PhantomData };
        let text = deserializer.deserialize_newtype_struct("Every", visitor)?;
        Every::parse(&text.0).ok_or_else(|| de::Error::custom("not a cadence"))
    }
}

impl<'de, const MIN: u32, const MAX: u32> Deserialize<'de> for Whole<MIN, MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct WholeVisitor<const MIN: u32, const MAX: u32>;
        impl<const MIN: u32, const MAX: u32> de::Visitor<'_> for WholeVisitor<MIN, MAX> {
            type Value = Whole<MIN, MAX>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match (MIN, MAX) {
                    (1, 1) => f.write_str("1"),
                    (least, most) => write!(f, "a whole number from {least} to {most}"),
                }
            }
            fn visit_i128<E: de::Error>(self, number: i128) -> Result<Self::Value, E> {
                let fitting = u32::try_from(number).ok().filter(|number| (MIN..=MAX).contains(number));
                fitting.map(Whole).ok_or_else(|| E::invalid_value(de::Unexpected::Other("number"), &self))
            }
        }
        deserializer.deserialize_i128(WholeVisitor::<MIN, MAX>)
    }
}

impl<'de, const PLACES: u32, const MIN: i64, const MAX: i64> Deserialize<'de> for Decimal<PLACES, MIN, MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DecimalVisitor<const PLACES: u32, const MIN: i64, const MAX: i64>;
        impl<const PLACES: u32, const MIN: i64, const MAX: i64> de::Visitor<'_> for DecimalVisitor<PLACES, MIN, MAX> {
            type Value = Decimal<PLACES, MIN, MAX>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match MAX {
                    i64::MAX => write!(f, "a number, {MIN} or more")?,
                    _ => write!(f, "a number from {MIN} to {MAX}")?,
                }
                write!(f, " with at most {PLACES} decimals")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                let unit = 10_i64.pow(PLACES);
                let range = MIN.saturating_mul(unit)..=MAX.saturating_mul(unit);
                let fitting = decimal::parse(text, PLACES).ok().filter(|number| range.contains(number));
                fitting.map(Decimal).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
            }
        }
        deserializer.deserialize_newtype_struct("Decimal", DecimalVisitor::<PLACES, MIN, MAX>)
    }
}

impl<'de: 't, 't, V: Deserialize<'de>> Deserialize<'de> for Entries<'t, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor<V>(PhantomData<V>);
        impl<'de, V: Deserialize<'de>> de::Visitor<'de> for EntriesVisitor<V> {
            type Value = Entries<'de, V>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a mapping")
            }
            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some((key, value)) = map.next_entry::<Text<'de>, V>()? {
                    entries.push((key.0, value));
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(EntriesVisitor(PhantomData))
    }
}

macro_rules! schema {
    ($([$($generics:tt)*] $type:ty => $value:tt);* $(;)?) => {$(
        impl<$($generics)*> JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                stringify!($type).into()
            }
            fn inline_schema() -> bool {
                true
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($value)
            }
        }
    )*};
}

schema! {
    ['t] Id<'t> => {"type": "string", "pattern": ID_PATTERN};
    ['t] Text<'t> => {"type": "string", "maxLength": crate::yaml::document::MAX_SCALAR};
    [] Every => {
        "type": "string",
        "pattern": EVERY_PATTERN,
        "examples": ["weekly", "biweekly", "monthly", "quarterly", "10d", "3w"],
    };
}

impl<const MIN: u32, const MAX: u32> JsonSchema for Whole<MIN, MAX> {
    fn schema_name() -> Cow<'static, str> {
        format!("Whole{MIN}To{MAX}").into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "integer", "minimum": MIN, "maximum": MAX})
    }
}

impl<const PLACES: u32, const MIN: i64, const MAX: i64> JsonSchema for Decimal<PLACES, MIN, MAX> {
    fn schema_name() -> Cow<'static, str> {
        format!("Decimal{PLACES}From{MIN}To{MAX}").into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        match MAX {
            i64::MAX => json_schema!({"type": "number", "minimum": MIN}),
            _ => json_schema!({"type": "number", "minimum": MIN, "maximum": MAX}),
        }
    }
}

impl<V: JsonSchema> JsonSchema for Entries<'_, V> {
    fn schema_name() -> Cow<'static, str> {
        format!("EntriesOf{}", V::schema_name()).into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<V>();
        json_schema!({"type": "object", "additionalProperties": value})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cadences() {
        let days = |text| Every::parse(text).map(|every| every.0);
        assert_eq!(days("weekly"), Some(7));
        assert_eq!(days("10d"), Some(10));
        assert_eq!(days("52w"), Some(364));
        assert_eq!(days("366d"), Some(366));
        for wrong in ["", "d", "0d", "367d", "53w", "-1d", "+1d", "7", "1.5w", "Weekly", "99999999d", "7é"] {
            assert_eq!(days(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn ids() {
        assert!(is_id("ana") && is_id("0x") && is_id("a.b_c@d-e") && is_id(&"a".repeat(128)));
        assert!(!is_id("") && !is_id("-a") && !is_id("a b") && !is_id("ä") && !is_id(&"a".repeat(129)));
    }
}
