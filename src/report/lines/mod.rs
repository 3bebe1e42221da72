//! Who owns what, as rows: the delivery owner and the craft owner of everybody, where that comes from, and which 1:1
//! carries each line. Its types are the contract of `debt lines --format json`. Nothing is decided here: who owns what
//! is read from `model/lines.rs`, what a 1:1 does from the facts of the rules.

mod beside;
mod block;
mod forest;
mod one_on_one;
mod people;
mod places;
mod selection;
mod totals;

use schemars::JsonSchema;
use serde::Serialize;

use super::contract::{self, Version};
use super::{Location, Ordered, PartRow, Tool};
use crate::base::day::Day;
use crate::base::names::Untrusted;
use crate::base::points::{MilliPoints, Thousandths};

pub use forest::{Branch, Forest, Trunk};
pub use people::build;
pub use selection::{NotThere, Selection};

/// Who owns what in a portfolio on a day. Nothing is ranked: people come by squad, then by id, each as it is shown.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "DebtLines")]
pub struct LinesReport {
    /// The version of this contract: a key changes its meaning only with a new one.
    pub schema_version: Version<1>,
    /// What wrote it.
    pub tool: Tool,
    /// The portfolio's name.
    pub portfolio: Option<Untrusted>,
    /// What programs tell it from others by; with a slash and the part behind it: `payments/squad:ledger`.
    pub portfolio_id: Untrusted,
    /// The day.
    pub as_of: Day,
    /// How much of the people it shows.
    #[schemars(with = "contract::PrivacyMode")]
    pub privacy: &'static str,
    /// In an aggregate and by roles, squads of fewer people are pooled in the row `others`; else null.
    pub min_group: Option<u64>,
    /// Which part of the portfolio this is; null for all of it.
    pub part: Option<PartRow>,
    /// Everybody who is scored, by squad, then by id. [] in an aggregate and by roles.
    pub people: Ordered<PersonRow>,
    /// Who is not scored, with the reason. [] in an aggregate and by roles.
    pub set_aside: Ordered<SetAsideRow>,
    /// One block for each person who was named. [] where not only people were named.
    pub blocks: Ordered<Block>,
    /// How many of the people that are shown have which owners.
    pub totals: TotalsRow,
    /// The same by squad in an aggregate and by roles; [] else.
    pub by_squad: Ordered<TotalsRow>,
    /// The trees of the delivery line and of the craft line.
    #[serde(skip)]
    pub forests: [Forest; 2],
}

/// The lines of one person.
#[derive(Clone, Serialize, JsonSchema)]
pub struct PersonRow {
    /// Their id.
    pub id: Untrusted,
    /// Their name, where they have one, else their id.
    pub label: Untrusted,
    /// Their squad.
    pub squad: Option<Untrusted>,
    /// The squad's name, where it has one, else its id.
    pub squad_label: Option<Untrusted>,
    /// Their guild.
    pub guild: Option<Untrusted>,
    /// The guild's name, where it has one, else its id.
    pub guild_label: Option<Untrusted>,
    /// Who owns outcomes for them.
    pub delivery: LineRow,
    /// Who owns craft and career for them.
    pub craft: LineRow,
    /// Who owns their rating.
    pub rated_by: Option<Untrusted>,
    /// The rater's name, where they have one, else their id.
    pub rated_by_label: Option<Untrusted>,
    /// Whether one person owns both lines.
    pub same_person: bool,
    /// Who mentors them now.
    pub mentors: Ordered<NamedRow>,
}

/// One line of one person.
#[derive(Clone, Serialize, JsonSchema)]
pub struct LineRow {
    /// Whose it is; null where it is nobody's.
    pub owner: Option<Untrusted>,
    /// The owner's name, where they have one, else their id.
    pub owner_label: Option<Untrusted>,
    /// Whether there is an owner who can act, and why not.
    pub state: OwnerState,
    /// Why the owner is not there; null where they are.
    pub absence: Option<AbsenceRow>,
    /// Why the person needs no owner, in the portfolio's words; null where nobody says so.
    pub exempt_because: Option<Untrusted>,
    /// By which key the line came about.
    #[schemars(with = "Option<contract::OwnedBy>")]
    pub how: Option<&'static str>,
    /// The squad or guild through which it came about; null where the person's own key says it.
    pub through: Option<Untrusted>,
    /// Its name, where it has one, else its id.
    pub through_label: Option<Untrusted>,
    /// Where that key is written.
    pub location: Option<Location>,
    /// The 1:1 that carries the line; null where there is no owner and no 1:1 for it.
    pub one_on_one: Option<OneOnOneRow>,
}

impl LineRow {
    /// Whether somebody owns it who counts as its owner, there or not.
    pub fn is_owned(&self) -> bool {
        matches!(self.state, OwnerState::Here | OwnerState::Absent)
    }
}

/// Whether a line has an owner who can act, and why not.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OwnerState {
    /// The owner is there.
    Here,
    /// The owner has left, has not started or is on a long leave.
    Absent,
    /// Nobody owns it.
    Nobody,
    /// The person needs none, and the portfolio says why.
    Exempt,
    /// It ends in this person, who leads a guild of others.
    Ends,
    /// No owner is written, and the portfolio may just end here: the person leads or owns others.
    Unknown,
}

/// Why somebody is not there.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct AbsenceRow {
    /// How.
    pub reason: AbsenceReason,
    /// The first day without them, where it is written.
    pub since: Option<Day>,
    /// The first day with them, where it is written.
    pub until: Option<Day>,
}

/// Why somebody is not there, or does not count.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AbsenceReason {
    /// On a long leave.
    Away,
    /// Gone.
    Left,
    /// Not there yet.
    NotStarted,
    /// Outside: they may own lines and have none here.
    External,
}

/// The 1:1 that carries a line.
#[derive(Clone, Serialize, JsonSchema)]
pub struct OneOnOneRow {
    /// The meeting; null where there is none.
    pub id: Option<Untrusted>,
    /// Its state: held, lapsed, missing and so on.
    pub state: OneOnOneState,
    /// When it was last held.
    pub last_held: Option<Day>,
    /// Where it has lapsed: the day it was last held, or began.
    pub lapsed_since: Option<Day>,
    /// Who holds it, where that is not the owner of the line.
    pub held_by: Option<Untrusted>,
    /// Their name, where they have one, else their id.
    pub held_by_label: Option<Untrusted>,
    /// Whether whoever holds it instead is a mentor of the person.
    pub by_mentor: bool,
    /// Where it is written.
    pub location: Option<Location>,
}

/// The state of the 1:1 of a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OneOnOneState {
    /// There is one, and it was held.
    Held,
    /// There is one, and no day is written on which it was held.
    Undated,
    /// It was missed at least twice in a row.
    Lapsed,
    /// One 1:1 tries to do the jobs of both lines.
    Both,
    /// There is one with the owner, and nobody says what it is for.
    Unlabelled,
    /// There is none.
    None,
    /// None is written, and the portfolio does not claim to hold the owner's 1:1s.
    Unknown,
}

/// Somebody by id and name.
#[derive(Clone, Serialize, JsonSchema)]
pub struct NamedRow {
    /// Their id.
    pub id: Untrusted,
    /// Their name, where they have one, else their id.
    pub label: Untrusted,
}

/// Somebody who is not scored.
#[derive(Serialize, JsonSchema)]
pub struct SetAsideRow {
    /// Their id.
    pub id: Untrusted,
    /// Their name, where they have one, else their id.
    pub label: Untrusted,
    /// Why.
    pub because: AbsenceRow,
}

/// Everything about the lines of one person.
#[derive(Serialize, JsonSchema)]
pub struct Block {
    /// Their row.
    pub person: PersonRow,
    /// Why they are not scored; null where they are.
    pub set_aside: Option<AbsenceRow>,
    /// Of whom they own the delivery line.
    pub owns_delivery: Ordered<NamedRow>,
    /// Of whom they own the craft line.
    pub owns_craft: Ordered<NamedRow>,
    /// The conversations open between them and either owner: kind and day, nothing of what they are about.
    pub conversations: Ordered<TalkRow>,
    /// Every factor about these lines.
    pub factors: Ordered<LineFactorRow>,
}

/// A conversation that is still owed.
#[derive(Serialize, JsonSchema)]
pub struct TalkRow {
    /// What kind of talk.
    #[schemars(with = "contract::TalkKind")]
    pub kind: &'static str,
    /// Who owes it.
    pub owner: Untrusted,
    /// Their name, where they have one, else their id.
    pub owner_label: Untrusted,
    /// To whom.
    pub with: Untrusted,
    /// Their name, where they have one, else their id.
    pub with_label: Untrusted,
    /// The first date promised, or what the policy makes of the day it was raised.
    pub due: Day,
}

/// A factor about the lines of somebody.
#[derive(Serialize, JsonSchema)]
pub struct LineFactorRow {
    /// Its identity, CODE:TYPE:ID.
    pub id: Untrusted,
    /// What it costs, in milli-points.
    pub mp: MilliPoints,
    /// The same in points.
    pub points: Thousandths,
    /// What is the case, in one sentence.
    pub words: Untrusted,
}

/// How many people have which owners, there or not. In an aggregate null where a number, or how many are left, would be
/// of few people.
#[derive(Clone, Serialize, JsonSchema)]
pub struct TotalsRow {
    /// The squad; null for people in none and for the total, `others` for the squads that an aggregate pools.
    pub squad: Option<Untrusted>,
    /// How many people.
    pub people: u64,
    /// How many have a delivery owner.
    pub with_delivery_owner: Option<u64>,
    /// How many have a craft owner.
    pub with_craft_owner: Option<u64>,
    /// How many have two different ones.
    pub with_two_different: Option<u64>,
}
