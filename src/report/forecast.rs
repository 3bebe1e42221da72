//! Where the score goes if nothing happens, as a report shows it: made when a renderer asks, since it takes a
//! scorecard for each week, and once for all that ask.

use std::cmp::Reverse;
use std::sync::OnceLock;

use schemars::JsonSchema;
use serde::Serialize;

use super::Ordered;
use super::contract;
use super::factors::Factors;
use crate::analysis::forecast::{Grown, Week, forecast};
use crate::base::day::Day;
use crate::base::names::Untrusted;
use crate::base::points::{MilliPoints, Thousandths};

/// How many weeks a forecast covers.
pub const WEEKS: u32 = 12;
/// How many of the factors that grow are named.
const MOST: usize = 10;

/// The forecast of a report, made by the first who asks for it.
#[derive(Default)]
pub struct Ahead(OnceLock<Forecast>);

impl Ahead {
    pub(super) fn of(&self, factors: &Factors<'_>) -> &Forecast {
        self.0.get_or_init(|| factors.forecast())
    }
}

/// The twelve weeks to come under the same policy, with no new data. It is arithmetic, no prophecy: what is written
/// today, scored on later days.
#[derive(Serialize, JsonSchema)]
pub struct Forecast {
    /// Today and each week to come, in the order of days; fewer where nobody would be scored any more.
    pub days: Vec<ForecastRow>,
    /// By group of rules, the largest at the end first.
    pub by_group: Ordered<ForecastGroupRow>,
    /// The ten factors that grow fastest, fastest first, without missed 1:1s. [] in an aggregate.
    pub growing: Ordered<GrowingRow>,
    /// How many more grow; 0 in an aggregate.
    pub growing_left_out: usize,
}

/// One day to come.
#[derive(Clone, Copy, Serialize, JsonSchema)]
pub struct ForecastRow {
    /// The day.
    pub day: Day,
    /// The score on it, in milli-points.
    pub mp: MilliPoints,
    /// The same in points.
    pub points: Thousandths,
    /// The part of its growth that is 1:1s counted as missed: they may well be held, only nobody can have written that
    /// down yet.
    pub missed_mp: MilliPoints,
    /// A to E.
    #[schemars(with = "contract::Grade")]
    pub grade: &'static str,
}

/// What a group of rules comes to.
#[derive(Clone, Copy, Serialize, JsonSchema)]
pub struct ForecastGroupRow {
    /// The group.
    #[schemars(with = "contract::Group")]
    pub key: &'static str,
    /// What it is today, in milli-points.
    pub from_mp: MilliPoints,
    /// What it will be on the last day.
    pub to_mp: MilliPoints,
}

/// One factor that grows by itself.
#[derive(Serialize, JsonSchema)]
pub struct GrowingRow {
    /// Its identity, CODE:TYPE:ID.
    pub id: Untrusted,
    /// The rule.
    pub code: &'static str,
    /// What will be the case on the last day, in one sentence.
    pub words: Untrusted,
    /// What it is today, in milli-points; 0 where it is no debt yet.
    pub from_mp: MilliPoints,
    /// What it will be on the last day.
    pub to_mp: MilliPoints,
    /// The day from which it is debt, where it is not yet and that follows from dates; else null.
    pub onset: Option<Day>,
}

impl Factors<'_> {
    /// Looks ahead. An aggregate names nothing that grows: whose talk becomes due on which day is about one person.
    pub fn forecast(&self) -> Forecast {
        let ahead = forecast(self.card(), WEEKS);
        let (growing, growing_left_out) = match &ahead.last {
            Some(last) if self.privacy().shows_each() => self.growing(&self.alike(last), ahead.grown),
            Some(_) | None => (Ordered::none(), 0),
        };
        let group = |(group, from_mp, to_mp): &(crate::rules::rule::Group, _, _)| ForecastGroupRow {
            key: group.key(),
            from_mp: *from_mp,
            to_mp: *to_mp,
        };
        Forecast {
            days: ahead.weeks.iter().map(day).collect(),
            by_group: Ordered::sorted(ahead.groups.iter().map(group).collect()),
            growing,
            growing_left_out,
        }
    }

    /// The fastest, in the words of the day on which it will be so, and how many more there are.
    fn growing(&self, later: &Factors<'_>, grown: Vec<Grown>) -> (Ordered<GrowingRow>, usize) {
        let more = grown.len().saturating_sub(MOST);
        let about = |one: &Grown| (one.factor.rule, one.factor.subject);
        let fastest =
            Ordered::by_subject(grown, &self.speaker, |one| Reverse(one.growth()), about).first(MOST);
        let row = |one: Grown| {
            let row = later.row(&one.factor);
            let to_come = one.from == MilliPoints::ZERO;
            GrowingRow {
                words: row.evidence.into_iter().next().unwrap_or_else(|| Untrusted::new("")),
                id: row.id,
                code: row.code,
                from_mp: one.from,
                to_mp: one.factor.value(),
                // A clock that merely stops until somebody is back began in the past.
                onset: row.onset.filter(|onset| to_come && *onset > self.card().facts.day),
            }
        };
        (fastest.map(row), more)
    }
}

fn day(week: &Week) -> ForecastRow {
    ForecastRow {
        day: week.day,
        mp: week.score,
        points: Thousandths(week.score.mp()),
        missed_mp: week.missed,
        grade: week.grade,
    }
}
