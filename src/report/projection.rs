//! Where the score goes if nothing happens, as a report shows it: made when a renderer asks, since it takes a
//! scorecard for each week.

use std::cmp::Reverse;

use super::Ordered;
use super::factors::Factors;
use crate::analysis::forecast::{Grown, Week, forecast};
use crate::base::day::Day;
use crate::base::names::Untrusted;
use crate::base::points::MilliPoints;

/// So many weeks are looked ahead.
pub const WEEKS: u32 = 12;
/// So many of the factors that grow are named.
const MOST: usize = 10;

/// The weeks to come under the same policy, with no new data.
pub struct Projection {
    /// Today and each week to come.
    pub weeks: Vec<Week>,
    /// By group: its key, what it is, what it will be.
    pub groups: Vec<(&'static str, MilliPoints, MilliPoints)>,
    /// What grows fastest, fastest first; without missed 1:1s.
    pub growing: Ordered<GrowingRow>,
    /// How many more grow.
    pub more: usize,
}

/// One factor that grows by itself.
pub struct GrowingRow {
    /// Its identity, CODE:TYPE:ID.
    pub id: Untrusted,
    /// The rule.
    pub code: &'static str,
    /// What will be the case, in one sentence.
    pub words: Untrusted,
    /// What it is now; 0 where it is no debt yet.
    pub from_mp: MilliPoints,
    /// What it will be.
    pub to_mp: MilliPoints,
    /// The day from which it is debt, where it is not yet and that follows from dates.
    pub onset: Option<Day>,
}

impl Factors<'_> {
    /// Looks ahead. An aggregate names nothing that grows: whose talk becomes due on which day is about one person.
    pub fn projection(&self) -> Projection {
        let ahead = forecast(self.card(), WEEKS);
        let (growing, more) = match &ahead.last {
            Some(last) if self.privacy().shows_each() => self.growing(&self.alike(last), ahead.grown),
            Some(_) | None => (Ordered::none(), 0),
        };
        Projection {
            groups: ahead.groups.iter().map(|(group, from, to)| (group.key(), *from, *to)).collect(),
            weeks: ahead.weeks,
            growing,
            more,
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
                // A clock that merely stands still until somebody is back began in the past.
                onset: row.onset.filter(|onset| to_come && *onset > self.card().facts.day),
            }
        };
        (fastest.map(row), more)
    }
}
