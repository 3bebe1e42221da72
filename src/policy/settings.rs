//! The effective policy with a field for each setting, and the settings as a list. Both are made from the table in
//! `records/settings.rs`.

use crate::base::catalog::Catalog;
use crate::base::day::Days;
use crate::base::decimal::thousandths;
use crate::base::points::{BasisPoints, MilliPoints};
use crate::records::policy::{FeesRecord, InterestRecord, PolicyRecord};
use crate::records::settings::with_settings;
use crate::records::values::Units;
use crate::records::words::ConversationKind;

/// In what a setting is counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// Basis points; written as a percentage.
    Percent,
    /// A whole number.
    Whole,
}

impl Unit {
    /// How many of its units one is, as it is written.
    const fn scale(self) -> i64 {
        match self {
            Unit::Percent => 100,
            Unit::Whole => 1,
        }
    }
}

/// Which direction is more lenient.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Looser {
    /// A higher value is more lenient: a longer grace.
    Higher,
    /// A lower value is more lenient: a shorter window.
    Lower,
}

/// What a setting does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Effect {
    /// It weighs: its name in a sentence, and what follows its number there.
    Weight(&'static str, &'static str),
    /// It says from when or how far something counts.
    Threshold,
}
use Effect::{Threshold, Weight};

/// One setting of a policy.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Where it is written: `interest.cap`.
    pub key: &'static str,
    /// What the pages of the rules call it, in braces: `max_deferrals`.
    pub name: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// In what it is counted.
    pub unit: Unit,
    /// Its default, in its unit.
    pub default: i64,
    /// Which direction is more lenient.
    pub looser: Looser,
    /// What it does.
    pub effect: Effect,
    get: fn(&Policy) -> i64,
}

impl Setting {
    /// What a policy says, in the setting's unit.
    pub fn get(&self, policy: &Policy) -> i64 {
        (self.get)(policy)
    }

    /// A value as it is written: `5`, `2.5`.
    pub fn shown(&self, value: i64) -> String {
        match self.unit {
            Unit::Percent => thousandths(value.saturating_mul(10)),
            Unit::Whole => value.to_string(),
        }
    }

    /// Whether the second policy is more lenient than the first one.
    pub fn is_looser(&self, was: &Policy, is: &Policy) -> bool {
        match self.looser {
            Looser::Higher => self.get(is) > self.get(was),
            Looser::Lower => self.get(is) < self.get(was),
        }
    }
}

/// A number of a policy, in units.
trait Number {
    fn from_units(units: i64) -> Self;
    fn to_units(self) -> i64;
}

impl Number for i64 {
    fn from_units(units: i64) -> i64 {
        units
    }
    fn to_units(self) -> i64 {
        self
    }
}

impl Number for BasisPoints {
    fn from_units(units: i64) -> BasisPoints {
        BasisPoints::new(units)
    }
    fn to_units(self) -> i64 {
        self.bp()
    }
}

impl Number for Days {
    fn from_units(units: i64) -> Days {
        Days::new(units)
    }
    fn to_units(self) -> i64 {
        self.count()
    }
}

impl Number for u32 {
    fn from_units(units: i64) -> u32 {
        u32::try_from(units).unwrap_or_default()
    }
    fn to_units(self) -> i64 {
        i64::from(self)
    }
}

/// D301's principal by kind, in milli-points, in the order of `ConversationKind::ALL`. Source: the scoring rules.
const CONVERSATIONS: [i64; ConversationKind::ALL.len()] =
    [6_000, 4_000, 4_000, 3_000, 3_000, 3_000, 2_000, 2_000];

/// The grades, in milli-points a person. Source: the scoring rules.
const GRADES: [i64; 4] = [600, 1_700, 4_000, 8_000];

macro_rules! policy {
    (
        groups { $(
            #[doc = $group_doc:literal]
            $group:ident: $record:ident { $(
                #[doc = $in_doc:literal]
                $in_key:ident => $in_field:ident: $in_type:ty, $in_unit:ident $in_least:literal to $in_most:literal,
                default $in_default:literal, $in_looser:ident is looser, $in_effect:expr;
            )* }
        )* }
        plain { $(
            #[doc = $doc:literal]
            $key:ident => $field:ident: $type:ty, $unit:ident $least:literal to $most:literal,
            default $default:literal, $looser:ident is looser, $effect:expr;
        )* }
    ) => {
        /// Every number that scoring depends on.
        #[derive(Clone, PartialEq, Eq, Debug)]
        pub struct Policy {
            /// By rule, in the order of the catalog. That of a rule that costs by kind is not used.
            pub(super) principal: Vec<MilliPoints>,
            /// What an overdue conversation costs by kind, in the order of `ConversationKind::ALL`.
            pub(super) conversations: [MilliPoints; ConversationKind::ALL.len()],
            $($(#[doc = $in_doc] pub $in_field: $in_type,)*)*
            $(#[doc = $doc] pub $field: $type,)*
            /// Rules that are not asked, by rule.
            pub(super) disabled: Vec<bool>,
            /// Milli-points a person up to which A, B, C and D go.
            pub grades: [MilliPoints; 4],
        }

        impl Policy {
            /// The policy of somebody who wrote none.
            pub fn defaults(catalog: &Catalog) -> Policy {
                Policy {
                    principal: catalog.0.iter().map(|entry| entry.principal).collect(),
                    conversations: CONVERSATIONS.map(MilliPoints::new),
                    $($($in_field: Number::from_units($in_default * Unit::$in_unit.scale()),)*)*
                    $($field: Number::from_units($default * Unit::$unit.scale()),)*
                    disabled: vec![false; catalog.0.len()],
                    grades: GRADES.map(MilliPoints::new),
                }
            }

            /// Takes over every setting that is written.
            pub(super) fn set(&mut self, record: &PolicyRecord<'_>) {
                // In full: a key that nobody reads does not compile.
                let PolicyRecord {
                    version: _, principal: _, conversations: _, disable: _, grades: _,
                    $($group,)* $($key,)*
                } = record;
                $(if let Some($record { $($in_key,)* }) = $group {
                    $(if let Some(written) = $in_key {
                        self.$in_field = Number::from_units(written.units());
                    })*
                })*
                $(if let Some(written) = $key {
                    self.$field = Number::from_units(written.units());
                })*
            }
        }

        /// Every setting, in the order of the format.
        pub static SETTINGS: &[Setting] = &[
            $($(Setting {
                key: concat!(stringify!($group), ".", stringify!($in_key)),
                name: stringify!($in_field),
                meaning: $in_doc,
                unit: Unit::$in_unit,
                default: $in_default * Unit::$in_unit.scale(),
                looser: Looser::$in_looser,
                effect: $in_effect,
                get: |policy| policy.$in_field.to_units(),
            },)*)*
            $(Setting {
                key: stringify!($key),
                name: stringify!($field),
                meaning: $doc,
                unit: Unit::$unit,
                default: $default * Unit::$unit.scale(),
                looser: Looser::$looser,
                effect: $effect,
                get: |policy| policy.$field.to_units(),
            },)*
        ];
    };
}

with_settings!(policy);
