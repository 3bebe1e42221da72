//! What the same portfolio will owe under the same policy in the weeks to come, if nothing happens.

use std::collections::BTreeMap;

use crate::base::day::{Day, Days};
use crate::base::ids::{RuleIx, Subject};
use crate::base::names::FastMap;
use crate::base::parallel;
use crate::base::points::MilliPoints;
use crate::rules::facts::Facts;
use crate::rules::rule::Group;
use crate::score::breakdown;
use crate::score::factor::Factor;
use crate::score::{Scorecard, Totals, headline, scorecard, totals};

/// Where things go by themselves.
#[derive(Debug)]
pub struct Forecast<'p> {
    /// The day of the scorecard and a week later, two weeks later, and so on. It ends early where nobody would be
    /// scored any more.
    pub weeks: Vec<Week>,
    /// Every group that has debt now or at the end: what it is, and what it will be.
    pub groups: Vec<(Group, MilliPoints, MilliPoints)>,
    /// What is larger at the end than it is now, largest growth first, ties by identity; without missed 1:1s.
    pub grown: Vec<Grown>,
    /// The scorecard of the last week; none where there is none to come.
    pub last: Option<Scorecard<'p>>,
}

/// One day to come.
#[derive(Clone, Copy, Debug)]
pub struct Week {
    /// The day.
    pub day: Day,
    /// The score on it.
    pub score: MilliPoints,
    /// The part of its growth that is 1:1s counted as missed: they may well be held, only nobody can have written it
    /// down yet. Everything else grows whatever happens, but for what the forecast is there to prevent.
    pub missed: MilliPoints,
    /// Its grade, for those who are scored then.
    pub grade: &'static str,
}

/// One factor that grows.
#[derive(Clone, Copy, Debug)]
pub struct Grown {
    /// As it will be.
    pub factor: Factor,
    /// What it is now; zero if it is still to come.
    pub from: MilliPoints,
}

impl Grown {
    /// What time adds.
    pub fn growth(&self) -> MilliPoints {
        self.factor.value() - self.from
    }
}

/// Scores the same part of the same portfolio on each of a number of later weeks: all but the last only as far as their
/// totals need.
pub fn forecast<'p>(card: &Scorecard<'p>, weeks: u32) -> Forecast<'p> {
    let facts = &card.facts;
    let on = |number: u32| facts.day.plus(Days::new(i64::from(number) * 7));
    let whole = |number: u32| scorecard(facts.portfolio, facts.policy, on(number), card.part.clone()).ok();
    let now = Totals::of(card);
    let mut days = vec![week(facts, facts.day, now, now)];
    let between: Vec<u32> = (1..weeks).collect();
    let totals = |number: &u32| totals(facts.portfolio, facts.policy, on(*number), &card.part).ok();
    let totals = parallel::map(&between, facts.portfolio.people.len(), totals);
    let scored = between.into_iter().zip(totals).map_while(|(number, totals)| Some((number, totals?)));
    days.extend(scored.map(|(number, totals)| week(facts, on(number), totals, now)));
    let reached = u32::try_from(days.len()).unwrap_or(u32::MAX);
    let mut last = None;
    if reached == weeks {
        last = whole(weeks);
        days.extend(last.as_ref().map(|card| week(facts, on(weeks), Totals::of(card), now)));
    }
    // The last day on which somebody is scored may be an earlier one.
    let last = last.or_else(|| whole(reached.checked_sub(1).filter(|number| *number > 0)?));
    let (groups, grown) =
        last.as_ref().map(|later| (by_group(card, later), growing(card, later))).unwrap_or_default();
    Forecast { weeks: days, groups, grown, last }
}

fn week(facts: &Facts<'_>, day: Day, totals: Totals, now: Totals) -> Week {
    let grade = headline::grade(totals.score, totals.people, facts.policy);
    let missed = (totals.missed - now.missed).max(MilliPoints::ZERO);
    Week { day, score: totals.score, missed, grade }
}

fn by_group(now: &Scorecard<'_>, later: &Scorecard<'_>) -> Vec<(Group, MilliPoints, MilliPoints)> {
    let mut groups: BTreeMap<Group, (MilliPoints, MilliPoints)> = BTreeMap::new();
    for factor in &now.factors {
        groups.entry(breakdown::group(factor)).or_default().0 += factor.value();
    }
    for factor in &later.factors {
        groups.entry(breakdown::group(factor)).or_default().1 += factor.value();
    }
    groups.into_iter().map(|(group, (from, to))| (group, from, to)).collect()
}

fn growing(now: &Scorecard<'_>, later: &Scorecard<'_>) -> Vec<Grown> {
    let values: FastMap<(RuleIx, Subject), MilliPoints> =
        now.factors.iter().map(|factor| (factor.key(), factor.value())).collect();
    let was = |factor: &Factor| values.get(&factor.key()).copied().unwrap_or_default();
    let mut grown: Vec<Grown> = later
        .factors
        .iter()
        .filter(|factor| !factor.found.basis.is_missed())
        .map(|factor| Grown { factor: *factor, from: was(factor) })
        .filter(|one| one.growth() > MilliPoints::ZERO)
        .collect();
    grown.sort_by(|a, b| b.growth().cmp(&a.growth()).then_with(|| a.factor.key().cmp(&b.factor.key())));
    grown
}
