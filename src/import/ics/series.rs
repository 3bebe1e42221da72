//! Events of one UID as one series: how often, when last held, how many cancelled in a row, and whether it has ended.
//! Steps back from the day asked for, a bounded number of days.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::event::{Change, Event};
use super::moment::Meant;
use super::rule::{Frequency, Rule, day_before};
use crate::base::day::Day;

/// How many days to look back for the last time that a series was held.
const LOOK_BACK: u32 = 1_100;
/// So many days a rule with a count is followed to find its end.
const COUNTED_DAYS: u32 = 40_000;
/// So many rules an event may have; the standard says one.
const MOST_RULES: usize = 4;
/// How many days the recurrence rules of a run may evaluate in total, so that a hostile file cannot take long.
const BUDGET: u32 = 60_000_000;

/// One recurring series.
#[derive(Debug)]
pub(super) struct Series<'e, 't> {
    /// The event with the rule.
    pub(super) master: &'e Event<'t>,
    /// Days between two dates; `None` where they lie closer than a day or cannot be told.
    pub(super) every: Option<u32>,
    /// Whether the rule was understood.
    pub(super) understood: bool,
    /// The first day.
    pub(super) since: Option<Day>,
    /// The first day on which it is no more, where it ends.
    pub(super) ended: Option<Day>,
    pub(super) last_held: Option<Day>,
    pub(super) cancelled_in_a_row: u32,
}

/// How much following of rules is left in this run.
#[derive(Debug)]
pub(super) struct Budget(u32);

impl Budget {
    pub(super) fn new() -> Budget {
        Budget(BUDGET)
    }

    /// Whether nothing is left: then some dates are not known.
    pub(super) fn is_spent(&self) -> bool {
        self.0 == 0
    }

    fn step(&mut self) -> bool {
        self.0 = self.0.saturating_sub(1);
        self.0 > 0
    }
}

/// What a series falls on.
struct Pattern {
    rules: Vec<Rule>,
    start: NaiveDate,
    dates: BTreeSet<Day>,
}

impl Pattern {
    fn falls_on(&self, day: Day) -> bool {
        let date = NaiveDate::from(day);
        self.dates.contains(&day) || self.rules.iter().any(|rule| rule.falls_on(date, self.start))
    }
}

/// A series from its event with the rule and what others change.
pub(super) fn series<'e, 't>(
    master: &'e Event<'t>,
    changes: &[Change<'_>],
    as_of: Day,
    budget: &mut Budget,
) -> Series<'e, 't> {
    let rules: Vec<Option<Rule>> = master.rules.iter().map(|rule| Rule::parse(rule)).collect();
    let understood = rules.len() <= MOST_RULES && rules.iter().all(Option::is_some);
    let rules: Vec<Rule> = rules.into_iter().flatten().take(MOST_RULES).collect();
    let mut series = Series {
        master,
        every: None,
        understood,
        since: None,
        ended: None,
        last_held: None,
        cancelled_in_a_row: 0,
    };
    let Some(start) = master.start else { return Series { understood: false, ..series } };
    let home = start.meant;
    let first = start.day_in(home);
    series.since = Some(first);
    let mut dates: BTreeSet<Day> = master.dates.iter().map(|moment| moment.day_in(home)).collect();
    dates.insert(first);
    series.every = match rules.as_slice() {
        [] => between(&dates),
        rules => rules.iter().map(Rule::cadence).min().flatten(),
    };
    let is_daily_at_most = rules.iter().all(|rule| rule.frequency != Frequency::WithinADay);
    let pattern = Pattern { rules, start: first.into(), dates };
    let end = last_day(&pattern, home, start, as_of, budget);
    series.ended = end.map(Day::day_after).filter(|ended| {
        *ended <= as_of || pattern.rules.iter().any(|rule| rule.until(home, start).is_some())
    });
    if master.version.cancelled {
        series.ended = Some(series.ended.map_or(as_of, |ended| ended.min(as_of)));
    } else if understood && is_daily_at_most {
        look_back(&mut series, changes, &pattern, home, end.map_or(as_of, |end| end.min(as_of)), budget);
    }
    series
}

/// The usual distance of dates that are listed one by one.
fn between(dates: &BTreeSet<Day>) -> Option<u32> {
    let days: Vec<Day> = dates.iter().copied().collect();
    let mut gaps: Vec<i64> = days.windows(2).map(|pair| pair[1].days_since(pair[0]).count()).collect();
    gaps.sort_unstable();
    gaps.get(gaps.len() / 2).and_then(|gap| u32::try_from(*gap).ok())
}

/// The last day of a series that ends; days after the one asked for are only told where a rule names them.
fn last_day(
    pattern: &Pattern,
    home: Meant,
    start: super::moment::Moment,
    as_of: Day,
    budget: &mut Budget,
) -> Option<Day> {
    let mut last = pattern.dates.last().copied();
    for rule in &pattern.rules {
        let until = rule.until(home, start);
        let counted = rule.count.and_then(|count| counted_end(rule, pattern.start, count, as_of, budget));
        let end = match (until, counted) {
            (Some(until), Some(counted)) => until.min(counted),
            (one, other) => one.or(other)?,
        };
        last = last.max(Some(end));
    }
    last
}

/// The day of the last of these dates that is not after the day asked for.
fn counted_end(rule: &Rule, start: NaiveDate, count: u32, as_of: Day, budget: &mut Budget) -> Option<Day> {
    let mut left = count;
    for day in start.iter_days().take(usize::try_from(COUNTED_DAYS).unwrap_or(usize::MAX)) {
        if Day::from(day) > as_of || !budget.step() {
            return None;
        }
        if rule.falls_on(day, start) {
            left = left.saturating_sub(1);
            if left == 0 {
                return Some(day.into());
            }
        }
    }
    None
}

fn look_back(
    series: &mut Series<'_, '_>,
    changes: &[Change<'_>],
    pattern: &Pattern,
    home: Meant,
    from: Day,
    budget: &mut Budget,
) {
    let mut changed: BTreeMap<Day, &Change<'_>> = BTreeMap::new();
    for change in changes {
        let entry = changed.entry(change.instance.day_in(home)).or_insert(change);
        if change.version > entry.version {
            *entry = change;
        }
    }
    let moved = |change: &Change<'_>| change.start.map(|start| start.day_in(home));
    let held_elsewhere = changed
        .values()
        .filter(|change| !change.version.cancelled)
        .filter_map(|change| moved(change))
        .filter(|day| *day <= from)
        .max();
    let excluded: BTreeSet<Day> = series.master.excluded.iter().map(|moment| moment.day_in(home)).collect();
    let mut day = Some(from);
    for _ in 0..LOOK_BACK {
        let Some(here) = day.filter(|day| NaiveDate::from(*day) >= pattern.start && budget.step()) else {
            break;
        };
        if held_elsewhere.is_some_and(|held| held >= here) {
            break;
        }
        if pattern.falls_on(here) {
            match changed.get(&here) {
                Some(change) if change.version.cancelled => series.cancelled_in_a_row += 1,
                // Moved: it was held, or will be, on another day.
                Some(_) => {}
                None if excluded.contains(&here) => series.cancelled_in_a_row += 1,
                None => {
                    series.last_held = Some(here);
                    break;
                }
            }
        }
        day = day_before(here);
    }
    series.last_held = series.last_held.max(held_elsewhere);
}
