//! The rows of a report: breakdowns, factors, what was written off, warnings.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use super::contract;
use crate::base::day::Day;
use crate::base::names::Untrusted;
use crate::base::points::{MilliPoints, Thousandths};
use crate::source::{At, Code};

/// One line of a breakdown.
#[derive(Serialize, JsonSchema)]
pub struct Row {
    /// What the row is the sum of; null for factors that belong nowhere, `others` for the groups that an aggregate pools.
    pub key: Option<Untrusted>,
    /// How a person would call it.
    pub name: Option<Untrusted>,
    /// How many factors.
    pub count: u64,
    /// How much, in milli-points.
    pub mp: MilliPoints,
    /// The same in points.
    pub points: Thousandths,
    /// Its share of the score.
    pub share: Thousandths,
    /// How many scored people it is the sum over; null where it is by who can act.
    pub people: Option<u64>,
}

impl Row {
    pub(super) fn new(
        key: Option<Untrusted>,
        name: Option<Untrusted>,
        count: u64,
        mp: MilliPoints,
        score: MilliPoints,
    ) -> Row {
        let (points, share) = (Thousandths(mp.mp()), mp.share_of(score));
        Row { key, name, count, mp, points, share, people: None }
    }

    pub(super) fn of(self, people: Option<u64>) -> Row {
        Row { people, ..self }
    }
}

/// What the score would be if every unknown answer were one unit of debt.
#[derive(Clone, Copy, Serialize, JsonSchema)]
pub struct RangeRow {
    /// The high end, in milli-points; the score itself where nothing is unknown.
    pub high_mp: MilliPoints,
    /// The same in points.
    pub high_points: Thousandths,
}

/// One factor.
#[derive(Serialize, JsonSchema)]
pub struct FactorRow {
    /// Its identity, CODE:TYPE:ID.
    pub id: Untrusted,
    /// The rule.
    pub code: &'static str,
    /// The rule's name.
    pub name: &'static str,
    /// How many factors it stands for: 1, or in an aggregate all factors of the rule.
    pub count: u64,
    /// What it is about; in an aggregate the portfolio.
    pub subject: SubjectRow,
    /// What it costs: principal, fees and interest.
    pub mp: MilliPoints,
    /// The same in points.
    pub points: Thousandths,
    /// Its share of the score.
    pub share: Thousandths,
    /// What it costs by itself.
    pub principal_mp: MilliPoints,
    /// What putting it off has added.
    pub fees_mp: MilliPoints,
    /// What time has added.
    pub interest_mp: MilliPoints,
    /// The day from which the data make it a factor, where that follows from dates.
    pub onset: Option<Day>,
    /// The id of who can act; null where that is nobody.
    pub owner: Option<Untrusted>,
    /// Their name, where they have one, else their id.
    pub owner_label: Option<Untrusted>,
    /// The squad it is booked in.
    pub squad: Option<Untrusted>,
    /// The guild it is booked in.
    pub guild: Option<Untrusted>,
    /// What is the case, in words; the first says it in one sentence.
    pub evidence: Vec<Untrusted>,
    /// What would resolve it; factors with the same act are resolved together.
    pub act: Untrusted,
    /// What to do.
    pub remedy: Untrusted,
    /// About how many minutes that takes.
    pub minutes: i64,
    /// The acknowledgement that holds for it.
    pub acknowledged: Option<AcknowledgedRow>,
    /// Where its subject is written.
    pub location: Option<Location>,
    /// The group of the rule.
    #[serde(skip)]
    pub group: &'static str,
    /// The remedy as a task.
    #[serde(skip)]
    pub task: Untrusted,
}

/// What a factor is about.
#[derive(Serialize, JsonSchema)]
pub struct SubjectRow {
    /// `meeting`, `person` and so on.
    #[serde(rename = "type")]
    #[schemars(with = "contract::SubjectType")]
    pub kind: &'static str,
    /// Its id.
    pub id: Untrusted,
    /// Its name or title, where it has one, else its id.
    pub label: Untrusted,
}

/// An acknowledgement that holds.
#[derive(Clone, Serialize, JsonSchema)]
pub struct AcknowledgedRow {
    /// The last day it holds.
    pub through: Day,
    /// Why.
    pub reason: Untrusted,
}

/// A place in a file.
#[derive(Clone, Serialize, JsonSchema)]
pub struct Location {
    /// The file as it was named; `<stdin>` for standard input.
    pub file: Untrusted,
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
    /// Where the file is for programs that look for it from somewhere else.
    #[serde(skip)]
    pub at: Arc<At>,
}

/// A conversation that ended as debt.
#[derive(Serialize, JsonSchema)]
pub struct WrittenOffRow {
    /// The identity of the factor that it was.
    pub id: Untrusted,
    /// What it had come to, in milli-points.
    pub mp: MilliPoints,
    /// The same in points.
    pub points: Thousandths,
    /// When it ended; null in an aggregate.
    pub on: Option<Day>,
    /// How; null in an aggregate.
    #[schemars(with = "Option<contract::Ending>")]
    pub how: Option<&'static str>,
    /// What had been owed and how it ended, in one sentence.
    pub words: Untrusted,
}

/// A warning.
#[derive(Serialize, JsonSchema)]
pub struct WarningRow {
    /// Its kind.
    pub code: Code,
    /// What is odd.
    pub message: Untrusted,
    /// Where; null where files and lines are withheld.
    pub location: Option<Location>,
}

/// Which part of a portfolio a report is about.
#[derive(Serialize, JsonSchema)]
pub struct PartRow {
    /// Only these rules; [] for all.
    pub only: Vec<&'static str>,
    /// Only this squad.
    pub squad: Option<Untrusted>,
    /// Only this guild.
    pub guild: Option<Untrusted>,
}
