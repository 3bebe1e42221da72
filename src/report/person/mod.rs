//! What is for one person alone: the part of a portfolio that may be shown to them, the agenda of their 1:1s, and what
//! they can do this week. Nobody's talk is told to anybody but whoever owes it: a talk about a person is there for that
//! person once it was held, and not before. Types here are the contract of the JSON.

mod agenda;
mod digest;
mod own_part;
mod shown;

use schemars::JsonSchema;
use serde::Serialize;

use super::Head;
use super::contract::{self, Version};
use super::lines::{NamedRow, PersonRow};
use super::order::Ordered;
use crate::base::day::Day;
use crate::base::names::Untrusted;
use crate::base::points::MilliPoints;

pub use agenda::agenda;
pub use digest::{KeptFactors, digest, digests};
pub use own_part::own_part;

/// What may be shown to one person: their lines, their 1:1s, what is found about them, the talks that they owe. No score and
/// no grade, and no talk about them that was not held.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "DebtPerson")]
pub struct OwnPart {
    /// The version of this contract: a key changes its meaning only with a new one.
    pub schema_version: Version<1>,
    /// Whose portfolio it is.
    #[serde(flatten)]
    pub head: Head,
    /// Their lines.
    pub person: PersonRow,
    /// Of whom they own the delivery line.
    pub owns_delivery: Ordered<NamedRow>,
    /// Of whom they own the craft line.
    pub owns_craft: Ordered<NamedRow>,
    /// Their 1:1s, by whom they are with.
    pub one_on_ones: Ordered<OwnOneOnOne>,
    /// What is found about them, and could be talked about.
    pub findings: Ordered<OwnFinding>,
    /// The talks that they owe, by the day they were due.
    pub owes: Ordered<OwedTalk>,
    /// The talks about them that were held, by day.
    pub held: Ordered<HeldTalk>,
}

/// A 1:1 of somebody.
#[derive(Serialize, JsonSchema)]
pub struct OwnOneOnOne {
    /// The meeting.
    pub id: Untrusted,
    /// Whether it is theirs to hold.
    pub holds: bool,
    /// The other one.
    pub with: Untrusted,
    /// Their name, where they have one, else their id.
    pub with_label: Untrusted,
    /// What it is for: `delivery`, `craft`, `both`, or `unlabelled`.
    #[schemars(with = "contract::Job")]
    pub job: &'static str,
    /// When it was last held.
    pub last_held: Option<Day>,
}

/// Something that is found about somebody.
#[derive(Serialize, JsonSchema)]
pub struct OwnFinding {
    /// The factor.
    pub id: Untrusted,
    /// The rule.
    pub code: &'static str,
    /// What is the case, in one sentence.
    pub words: Untrusted,
    /// What would resolve it.
    pub remedy: Untrusted,
    /// Who can act, by name; null where that is nobody.
    pub owner_label: Option<Untrusted>,
}

/// A talk that somebody owes.
#[derive(Clone, Serialize, JsonSchema)]
pub struct OwedTalk {
    /// The conversation.
    pub id: Untrusted,
    /// What kind of talk.
    #[schemars(with = "contract::TalkKind")]
    pub kind: &'static str,
    /// To whom.
    pub with: Untrusted,
    /// Their name, where they have one, else their id.
    pub with_label: Untrusted,
    /// The first date promised, or what the policy makes of the day it was raised.
    pub due: Day,
}

/// A talk about somebody that was held.
#[derive(Serialize, JsonSchema)]
pub struct HeldTalk {
    /// What kind of talk.
    #[schemars(with = "contract::TalkKind")]
    pub kind: &'static str,
    /// Whose talk it was.
    pub owner: Untrusted,
    /// Their name, where they have one, else their id.
    pub owner_label: Untrusted,
    /// When it was held.
    pub held: Day,
}

/// What belongs on the next 1:1s of one person. It is for that person alone.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "DebtAgenda")]
pub struct AgendaReport {
    /// The version of this contract: a key changes its meaning only with a new one.
    pub schema_version: Version<1>,
    /// Whose portfolio it is.
    #[serde(flatten)]
    pub head: Head,
    /// Whose agenda it is.
    pub owner: NamedRow,
    /// The 1:1s that they hold, by the next date.
    pub one_on_ones: Ordered<AgendaRow>,
}

/// A 1:1 to come.
#[derive(Serialize, JsonSchema)]
pub struct AgendaRow {
    /// The meeting.
    pub id: Untrusted,
    /// The other one.
    pub with: Untrusted,
    /// Their name, where they have one, else their id.
    pub with_label: Untrusted,
    /// What it is for: `delivery`, `craft`, `both`, or `unlabelled`.
    #[schemars(with = "contract::Job")]
    pub job: &'static str,
    /// When the next one is, by when it was last held and how often; null where that is not written.
    pub next: Option<Day>,
    /// Whether that day is gone.
    pub overdue: bool,
    /// The talks that the owner owes the other one.
    pub owed: Ordered<OwedTalk>,
    /// Decisions of their squad that are open.
    pub decisions: Ordered<OpenDecision>,
    /// Acknowledgements about them that end within 31 days.
    pub acknowledgements: Ordered<EndingRow>,
    /// Topics that belong in the 1:1 of the other line.
    pub elsewhere: Ordered<ElsewhereRow>,
    /// What to say aloud where nobody can tell what this 1:1 is for; null where it does one job.
    pub say: Option<Untrusted>,
}

/// A decision that is open.
#[derive(Serialize, JsonSchema)]
pub struct OpenDecision {
    /// Its id.
    pub id: Untrusted,
    /// Its title, where it has one, else its id.
    pub label: Untrusted,
    /// When it was due.
    pub due: Day,
}

/// An acknowledgement that ends soon.
#[derive(Serialize, JsonSchema)]
pub struct EndingRow {
    /// The factor that it is of.
    pub factor: Untrusted,
    /// The last day on which it holds.
    pub through: Day,
}

/// A topic that belongs in another 1:1.
#[derive(Serialize, JsonSchema)]
pub struct ElsewhereRow {
    /// The topic.
    pub topic: &'static str,
    /// The line that it belongs to.
    #[schemars(with = "contract::Line")]
    pub line: &'static str,
    /// Who owns that line, by name; null where nobody does.
    pub owner_label: Option<Untrusted>,
}

/// What one person can do this week, and what has changed for them. It is for that person alone.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "DebtDigest")]
pub struct DigestReport {
    /// The version of this contract: a key changes its meaning only with a new one.
    pub schema_version: Version<1>,
    /// Whose portfolio it is.
    #[serde(flatten)]
    pub head: Head,
    /// Whose digest it is.
    pub owner: NamedRow,
    /// The acts with the most effect for each minute that they can do, three at most.
    pub acts: Ordered<DigestAct>,
    /// How many more there are.
    pub more: usize,
    /// What is found about them that others can resolve; never a talk.
    pub from_others: Ordered<OwnFinding>,
    /// What has changed for them since the report that was named; null where none was.
    pub changed: Option<DigestChange>,
    /// An address of theirs for a letter: an alias that is one; never in JSON.
    #[serde(skip)]
    pub address: Option<Untrusted>,
}

/// Something that they can do.
#[derive(Clone, Serialize, JsonSchema)]
pub struct DigestAct {
    /// The act, `VERB:TYPE:ID`.
    pub act: Untrusted,
    /// What, beginning with a verb in lower case.
    pub what: Untrusted,
    /// About how many minutes it takes.
    pub minutes: i64,
    /// By how much the whole score falls.
    pub effect_mp: MilliPoints,
}

/// What has changed.
#[derive(Serialize, JsonSchema)]
pub struct DigestChange {
    /// The day of the other report.
    pub since: Day,
    /// What they can act on, and could not then.
    pub new: Ordered<OwnFinding>,
    /// How many of those that they could act on are gone.
    pub gone: usize,
}

impl DigestReport {
    /// Whether there is nothing to say: nothing has changed since the report that was named, or nothing is to be done.
    pub fn is_empty(&self) -> bool {
        match &self.changed {
            Some(changed) => changed.new.is_empty() && changed.gone == 0,
            None => self.acts.is_empty() && self.from_others.is_empty(),
        }
    }
}
