//! What the schemas promise beyond the types: the version of a document, and the closed lists of words. Each list is made
//! from whatever writes the words; an enum that grows does not compile until its list has grown too.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use super::Privacy;
use crate::acts::Class;
use crate::analysis::history::Every as EveryWord;
use crate::base::ids::SUBJECT_TYPES;
use crate::compare::Kind;
use crate::compare::gate::FailOn as FailOnWord;
use crate::import::ics::label::{Label, Where};
use crate::records::words::{ConversationKind, Line as LineWord};
use crate::rules::rule::{Group as RuleGroup, How};
use crate::score::headline::GRADES;

/// The version of a document's contract: a key changes its meaning only with a new one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Version<const NUMBER: u32>;

impl<const NUMBER: u32> Serialize for Version<NUMBER> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(NUMBER)
    }
}

impl<const NUMBER: u32> JsonSchema for Version<NUMBER> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("Version{NUMBER}").into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "integer", "const": NUMBER})
    }
}

/// The words of every variant. One that is missing in the list does not compile.
macro_rules! words_of {
    ($kind:ident, $word:ident: $($variant:ident)*) => {{
        fn all_are_listed(one: $kind) {
            match one {
                $($kind::$variant => (),)*
            }
        }
        let _: fn($kind) = all_are_listed;
        [$($kind::$variant.$word()),*]
    }};
}

macro_rules! closed {
    ($($(#[doc = $doc:literal])* $name:ident: $words:expr;)*) => {$(
        $(#[doc = $doc])*
        #[derive(Debug)]
        pub enum $name {}

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                let words: Vec<&str> = $words.into_iter().collect();
                let description = concat!($($doc),*).trim();
                json_schema!({"type": "string", "enum": words, "description": description})
            }
        }
    )*};
}

closed! {
    /// From A, hardly any debt, to E.
    Grade: GRADES;
    /// How much of the people is shown.
    PrivacyMode: Privacy::WORDS;
    /// A group of rules.
    Group: RuleGroup::ALL.map(RuleGroup::key);
    /// What a factor can be about.
    SubjectType: SUBJECT_TYPES;
    /// How a conversation ended as debt.
    Ending: ["left", "dropped"];
    /// What a portfolio is compared with.
    AgainstKind: ["revision", "files", "baseline", "nothing", "itself"];
    /// What is asked less strictly.
    LoosenedKind: [
        "rule-off",
        "weight-lowered",
        "threshold-moved",
        "exempt-added",
        "external-added",
        "description-removed",
        "data-removed",
        "as-of-moved-back",
        "acknowledgement-removed",
    ];
    /// What makes the gate fail.
    FailOn: words_of!(FailOnWord, word: Rise Introduced Revealed Accrued Lapsed Loosened Any);
    /// Which part of a change.
    ChangeKind: words_of!(Kind, word: Introduced Revealed Staffing Repaired Withdrawn);
    /// What was done about a factor, or what else became of it.
    ChangeHow: words_of!(
        How, word:
        Held Changed Split Named Closed Reviewed Escalated Removed Left Away External Exempt Dropped Unknown Rewritten
        Replaced Joined Returned Redated HandedOver
    );
    /// What a 1:1 is for.
    Job: ["delivery", "craft", "both", "unlabelled"];
    /// Which groups are compared.
    GroupedBy: ["squad", "guild"];
    /// How a policy is changed: a weight halved or half as much again, a rule off, no interest, everything one point.
    Variation: ["half", "half-more", "off", "no-interest", "all-alike"];
    /// How often a history has a row.
    Every: EveryWord::WORDS;
    /// What a history has of a day.
    HistoryState: ["scored", "broken", "absent", "nobody", "few"];
    /// What happens in a forecast: a grade or a budget that is passed, a factor that begins or ends, somebody who starts,
    /// leaves, goes on leave or is back, an acknowledgement that ends.
    EventKind: ["grade", "budget", "begins", "ends", "starts", "leaves", "away", "back", "lapses"];
    /// A line.
    Line: LineWord::ALL.iter().map(|line| line.word());
    /// By which key a line came about.
    OwnedBy: ["own key", "squad's lead", "squad escalates to", "guild's lead"];
    /// A kind of conversation.
    TalkKind: ConversationKind::ALL.iter().map(|kind| kind.word());
    /// Who can do an act.
    ActClass: words_of!(Class, word: Mechanical Told Advice);
    /// What a 1:1 is for, by its words.
    OneOnOneLabel: Label::ALL.map(Label::word);
    /// Where a word was found.
    FoundIn: words_of!(Where, word: Title Categories Description);
}
