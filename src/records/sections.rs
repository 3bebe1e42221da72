//! The keys at the top of a portfolio, one row each: what the key holds, its name, and its record. The reader, the
//! schema and the documentation are made from this table.

use schemars::JsonSchema;
use serde::Deserialize;

use super::fields::fields_of;
use super::policy::PolicyRecord;
use super::portfolio::{
    AcknowledgementRecord, ConversationRecord, DecisionRecord, GuildRecord, HrSystemRecord, Listed,
    MeetingRecord, MentorshipRecord, PersonRecord, PromotionRecord, SquadRecord,
};
use super::values::{Id, Text, Whole};
use super::words::Described;
use crate::base::day::Day;
use crate::base::nearest::meant;
use crate::yaml::de::NodeDe;
use crate::yaml::document::Shape;
use crate::yaml::node::Node;

macro_rules! sections {
    (
        values { $(#[doc = $first_doc:literal] $(#[schemars($($first_schema:tt)*)])? $first_key:ident: $First:ident($first:ty);)* }
        lists { $(
            #[doc = $list_doc:literal] $(#[schemars($($list_schema:tt)*)])?
            $list_key:ident: $List:ident of $Item:ident($record:ty) as $wrapper:ident, absent: $absent:ident;
        )* }
        values { $(#[doc = $last_doc:literal] $(#[schemars($($last_schema:tt)*)])? $last_key:ident: $Last:ident($last:ty);)* }
    ) => {
        /// Who is on which line, which 1:1s exist and which conversations are waiting.
        ///
        /// Only the schema is made from this type: the reader takes the sections one item at a time.
        #[derive(Debug, JsonSchema)]
        #[schemars(deny_unknown_fields, rename = "Portfolio")]
        pub struct PortfolioRecord<'t> {
            $(#[doc = $first_doc] $(#[schemars($($first_schema)*)])? pub $first_key: Option<$first>,)*
            $(#[doc = $list_doc] $(#[schemars($($list_schema)*)])? pub $list_key: $wrapper<$record>,)*
            $(#[doc = $last_doc] $(#[schemars($($last_schema)*)])? pub $last_key: Option<$last>,)*
        }

        /// A key with one value.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Single {
            $(#[doc = $first_doc] $First,)*
            $(#[doc = $last_doc] $Last,)*
        }

        /// A key with a list of items.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum List {
            $(#[doc = $list_doc] $List,)*
        }

        /// One item of a list, read without an error.
        #[derive(Debug)]
        pub enum Item<'t> {
            $(#[doc = $list_doc] $Item($record),)*
        }

        impl Single {
            /// The key as it is written.
            pub const fn key(self) -> &'static str {
                match self {
                    $(Single::$First => stringify!($first_key),)*
                    $(Single::$Last => stringify!($last_key),)*
                }
            }

            /// The keys of its value, or of a mapping in it, in the order of the format.
            #[expect(clippy::extra_unused_lifetimes, reason = "the types that this is made of name it")]
            pub fn fields<'t>(self, path: &[&str]) -> &'static [&'static str] {
                match self {
                    $(Single::$First => fields_of::<$first>(path),)*
                    $(Single::$Last => fields_of::<$last>(path),)*
                }
            }
        }

        impl List {
            /// Every list, in the order of the format.
            pub const ALL: &'static [List] = &[$(List::$List),*];

            /// The key as it is written.
            pub const fn key(self) -> &'static str {
                match self {
                    $(List::$List => stringify!($list_key),)*
                }
            }

            /// What it means that the key is not there at all, not even with an empty list.
            pub const fn absent(self) -> Absent {
                match self {
                    $(List::$List => Absent::$absent,)*
                }
            }

            /// The keys of an item of this list, or of a mapping in it, in the order of the format.
            #[expect(clippy::extra_unused_lifetimes, reason = "the types that this is made of name it")]
            pub fn fields<'t>(self, path: &[&str]) -> &'static [&'static str] {
                match self {
                    $(List::$List => fields_of::<$record>(path),)*
                }
            }

            /// Reads an item of this list; `None` if it has no record.
            pub fn item<'t>(self, item: impl Written<'t>) -> Option<Item<'t>> {
                match self {
                    $(List::$List => item.record().map(Item::$Item),)*
                }
            }
        }

        /// The keys of a portfolio, in the order of the format.
        pub const SECTIONS: &[&str] = &[
            $(stringify!($first_key),)*
            $(stringify!($list_key),)*
            $(stringify!($last_key),)*
        ];

        impl Section {
            /// The section with exactly this key.
            pub fn find(key: &str) -> Option<Section> {
                $(if key == stringify!($list_key) {
                    return Some(Section::List(List::$List));
                })*
                $(if key == stringify!($first_key) {
                    return Some(Section::Single(Single::$First));
                })*
                $(if key == stringify!($last_key) {
                    return Some(Section::Single(Single::$Last));
                })*
                None
            }
        }
    };
}

sections! {
    values {
        /// The format's version; 1 is the only one.
        #[schemars(extend("default" = 1, "examples" = [1]))]
        version: Version(Whole<1, 1>);
        /// Tells this portfolio's outputs from another's: series, jobs, comments. By default made of `name`, else of the file.
        #[schemars(extend("examples" = ["payments"]))]
        id: Id(Id<'t>);
        /// Shown in reports.
        #[schemars(extend("examples" = ["Payments"]))]
        name: Name(Text<'t>);
        /// The day to score at; by default today.
        #[schemars(extend("examples" = ["2026-11-20"]))]
        as_of: AsOf(Day);
        /// The people whose 1:1s this portfolio holds in full; a calendar import writes it.
        #[schemars(extend("examples" = [["bo", "cy"]]))]
        meetings_of: MeetingsOf(Vec<Id<'t>>);
        /// What this portfolio describes in full; what is missing there is debt, not unknown.
        #[schemars(extend("examples" = [["context", "escalations"]]))]
        describes: Describes(Vec<Described>);
    }
    lists {
        /// Everybody on a line, and those outside who own one. At least one.
        #[schemars(length(min = 1))]
        people: People of Person(PersonRecord<'t>) as Vec, absent: Empty;
        /// Where outcomes are owned.
        squads: Squads of Squad(SquadRecord<'t>) as Listed, absent: Empty;
        /// Where craft is owned.
        guilds: Guilds of Guild(GuildRecord<'t>) as Listed, absent: Empty;
        /// Recurring meetings.
        meetings: Meetings of Meeting(MeetingRecord<'t>) as Listed, absent: Unknown;
        /// Conversations that one person owes another.
        conversations: Conversations of Conversation(ConversationRecord<'t>) as Listed, absent: Unknown;
        /// Priority calls and escalations.
        decisions: Decisions of Decision(DecisionRecord<'t>) as Listed, absent: Unknown;
        /// Promotions that were decided.
        promotions: Promotions of Promotion(PromotionRecord<'t>) as Listed, absent: Unknown;
        /// Who teaches whom.
        mentorships: Mentorships of Mentorship(MentorshipRecord<'t>) as Listed, absent: Unknown;
        /// Conflicts named out loud.
        acknowledgements: Acknowledgements of Acknowledgement(AcknowledgementRecord<'t>) as Listed, absent: Empty;
    }
    values {
        /// The system that shows who reports to whom.
        hr_system: HrSystem(HrSystemRecord<'t>);
        /// What things cost; or a file of its own with `--policy`, never both.
        policy: Policy(PolicyRecord<'t>);
    }
}

/// A key at the top of a portfolio.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Section {
    /// With one value.
    Single(Single),
    /// With a list of items.
    List(List),
}

/// What the absence of a list says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Absent {
    /// There is none of that.
    Empty,
    /// Nobody knows whether there is any.
    Unknown,
}

impl Section {
    /// The key as it is written.
    pub const fn key(self) -> &'static str {
        match self {
            Section::Single(single) => single.key(),
            Section::List(list) => list.key(),
        }
    }

    /// The keys of its value, or of each item, or of a mapping in it, in the order of the format.
    pub fn fields(self, path: &[&str]) -> &'static [&'static str] {
        match self {
            Section::Single(single) => single.fields(path),
            Section::List(list) => list.fields(path),
        }
    }

    /// The section that an unknown key most likely means.
    pub fn nearest(key: &str) -> Option<Section> {
        meant(key, SECTIONS).and_then(Section::find)
    }

    /// How its value is read.
    pub const fn shape(self) -> Shape {
        match self {
            Section::Single(_) => Shape::Value,
            Section::List(_) => Shape::Items,
        }
    }
}

/// An item that is still a tree, and what becomes of its errors.
pub trait Written<'t> {
    /// Its record, if any.
    fn record<T: Deserialize<'t>>(self) -> Option<T>;
}

/// Ignores errors: gives nothing if there is one.
impl<'t> Written<'t> for &Node<'t> {
    fn record<T: Deserialize<'t>>(self) -> Option<T> {
        T::deserialize(NodeDe::new(self, &Vec::new())).ok()
    }
}
