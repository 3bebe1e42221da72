//! What `debt plan` shows, as far as the privacy lets it be shown. Its types are the contract of its JSON.

mod build;
mod verbs;

use schemars::JsonSchema;
use serde::Serialize;

use super::contract::{self, Version};
use super::{Head, Ordered, PartRow};
use crate::base::day::Day;
use crate::base::names::Untrusted;
use crate::base::points::MilliPoints;
use crate::model::Patch;

pub use crate::analysis::plan::Otherwise;
pub use build::{Wanted, build};

/// What to do in which order. Amounts are exact in milli-points (mp); each step is measured in the data as those
/// before it leave it, so that the steps sum to `from.mp` less `to.mp`.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "DebtPlan")]
pub struct PlanReport {
    /// The version of this contract: a key changes its meaning only with a new one.
    pub schema_version: Version<1>,
    /// Whose it is.
    #[serde(flatten)]
    pub head: Head,
    /// What was asked for.
    pub asked: AskedRow,
    /// How it is today.
    pub from: StandingRow,
    /// How it is when every step is done.
    pub to: StandingRow,
    /// Whether the target is reached; null where there is none.
    pub reached: Option<bool>,
    /// About how many minutes all steps take.
    pub minutes: i64,
    /// By how much the whole score falls.
    pub effect_mp: MilliPoints,
    /// No plan of that length removes more; null without a budget, and where not every act was measured.
    pub bound_mp: Option<MilliPoints>,
    /// No plan that reaches the target takes fewer minutes; null as `bound_mp`, and where nothing reaches it.
    pub bound_minutes: Option<i64>,
    /// What to do, first things first; in an aggregate one row for each verb.
    pub steps: Ordered<StepRow>,
    /// What is left then.
    pub left: LeftRow,
    /// What only time ends.
    pub only_time: Ordered<TimeRow>,
    /// What was not done because it would take too long.
    pub limits: LimitsRow,
    /// Where nothing fits into the budget, the act that takes least; else null.
    pub shortest: Option<ShortestRow>,
    /// What to type when the first step is done, as far as that can be told.
    #[serde(skip)]
    pub command: Option<String>,
}

/// What was asked for.
#[derive(Serialize, JsonSchema)]
pub struct AskedRow {
    /// How much time there is; null for any.
    pub budget_minutes: Option<i64>,
    /// Where to stop: a grade, points, or points a person as `1.7/person`; null for nowhere.
    pub until: Option<String>,
    /// Whose acts, `nobody` for those that nobody can do; [] for everybody's.
    pub owners: Vec<AskedOwner>,
    /// Acts, factors and codes that are left out.
    pub skip: Vec<Untrusted>,
    /// Only acts with a factor in this part; null for all. Effects are those on the whole score.
    pub part: Option<PartRow>,
    /// Whether acts stay of which every factor is acknowledged.
    pub include_acknowledged: bool,
}

/// Whose acts were asked for.
#[derive(Serialize, JsonSchema)]
pub struct AskedOwner {
    /// Their id, or `nobody`.
    pub id: Untrusted,
    /// Their name, where they have one, else their id.
    pub label: Untrusted,
}

/// A score and its grade.
#[derive(Clone, Copy, Serialize, JsonSchema)]
pub struct StandingRow {
    /// All factors together.
    pub mp: MilliPoints,
    /// A to E.
    #[schemars(with = "contract::Grade")]
    pub grade: &'static str,
}

/// A step.
#[derive(Serialize, JsonSchema)]
pub struct StepRow {
    /// Its number, from 1.
    pub step: usize,
    /// The act, `VERB:TYPE:ID`; in an aggregate its verb.
    pub act: Untrusted,
    /// How many acts it is: 1, and in an aggregate all of the verb.
    pub count: usize,
    /// The id of who can do it; null where that is the problem, and in an aggregate.
    pub who: Option<Untrusted>,
    /// Their name, where they have one, else their id.
    pub who_label: Option<Untrusted>,
    /// What, beginning with a verb in lower case.
    pub what: Untrusted,
    /// About how many minutes it takes.
    pub minutes: i64,
    /// By how much the whole score falls when it is done after those before it.
    pub effect_mp: MilliPoints,
    /// By how much it falls with those before it.
    pub sum_mp: MilliPoints,
    /// The step's act that it has to follow: before that one there was no such act; null where it can be done today.
    pub after: Option<Untrusted>,
    /// Factors that are gone or smaller, and by how much, largest first. `[]` in an aggregate.
    pub resolves: Ordered<ShareRow>,
    /// Factors that are new or larger, and by how much, largest first. `[]` in an aggregate.
    pub brings: Ordered<ShareRow>,
    /// What the effect assumes, since only a person can know it.
    pub assumes: Vec<Untrusted>,
    /// The changes of data that record it as done; null where names are withheld.
    pub patch: Option<Patch>,
    /// Of what is assumed, what could be otherwise.
    #[serde(skip)]
    pub choices: Vec<Untrusted>,
    /// What comes to light where what is assumed turns out to be otherwise.
    #[serde(skip)]
    pub otherwise: Option<Otherwise>,
    /// The verbs of what has to be done about what it brings.
    #[serde(skip)]
    pub owed: Vec<&'static str>,
}

/// A part of what a step changes.
#[derive(Serialize, JsonSchema)]
pub struct ShareRow {
    /// The factor.
    pub id: Untrusted,
    /// By how much it is smaller or larger.
    pub mp: MilliPoints,
}

/// What is left after all steps, other than what only time ends.
#[derive(Clone, Copy, Serialize, JsonSchema)]
pub struct LeftRow {
    /// How many acts, those among them that were not asked for.
    pub acts: usize,
    /// How much.
    pub mp: MilliPoints,
    /// About how many minutes they take.
    pub minutes: i64,
}

/// A factor that only time ends.
#[derive(Serialize, JsonSchema)]
pub struct TimeRow {
    /// The factor; in an aggregate its rule.
    pub id: Untrusted,
    /// What it comes to.
    pub mp: MilliPoints,
    /// The first day on which it is less; null where it is not within three years, and in an aggregate.
    pub ends: Option<Day>,
    /// What it is, in a sentence.
    pub words: Untrusted,
}

/// What was limited so that it would not take too long.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, JsonSchema)]
pub struct LimitsRow {
    /// Acts with fewer points a minute that were not measured.
    pub acts_left_out: usize,
    /// Acts that the search did not begin with.
    pub starts_left_out: usize,
    /// Whether after each step only the acts that seemed best were measured again.
    pub only_best_again: bool,
    /// Whether nobody looked for steps that the target does not need.
    pub not_shortened: bool,
    /// Whether the plan ends where the work that it may take ended.
    pub stopped: bool,
}

/// The act that takes least.
#[derive(Serialize, JsonSchema)]
pub struct ShortestRow {
    /// The act; in an aggregate its verb.
    pub act: Untrusted,
    /// About how many minutes it takes.
    pub minutes: i64,
}
