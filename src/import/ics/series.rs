//! Events of one UID as one series: how often, when last held, how many cancelled in a row, and whether it has ended.
//! Steps back from the day asked for, a bounded number of days.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use chrono::{Datelike, NaiveDate};

use super::event::{Change, Event};
use super::moment::Meant;
use super::rule::{Frequency, Rule};
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
    /// What became of the dates of the last two quarters, the later one first.
    pub(super) quarters: [Quarter; 2],
}

/// What became of the dates of a quarter.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Quarter {
    /// How many dates there were.
    pub dates: u16,
    /// How many were held.
    pub held: u16,
    /// How many were excluded or cancelled.
    pub cancelled: u16,
    /// How many one of the two declined.
    pub declined: u16,
    /// How many were held at another time.
    pub moved: u16,
}

/// How many days a quarter has: thirteen weeks, so that a weekly series has as many dates in each.
pub const QUARTER: u16 = 91;

/// How a series counts as held: who is in it, and whose `no` ends it.
pub(super) struct Held<'h> {
    /// Whether an address is one of the two.
    pub(super) is_one_of_them: &'h dyn Fn(&Rc<str>) -> bool,
    /// Whether one of them has declined the whole series.
    pub(super) is_declined: bool,
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
        self.spend(1)
    }

    fn spend(&mut self, days: u32) -> bool {
        self.0 = self.0.saturating_sub(days);
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

    /// How many days before this one the next can be: most series fall on one weekday, that of their first day.
    fn days_back(&self, here: Day) -> u32 {
        let ([rule], 1) = (self.rules.as_slice(), self.dates.len()) else { return 1 };
        let weekday = self.start.weekday();
        let is_weekly = rule.only_weekday(self.start) == Some(weekday);
        if is_weekly && NaiveDate::from(here).weekday() == weekday { 7 } else { 1 }
    }
}

/// A series from its event with the rule and what others change.
pub(super) fn series<'e, 't>(
    master: &'e Event<'t>,
    changes: &[Change<'_>],
    held: &Held<'_>,
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
        quarters: [Quarter::default(); 2],
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
        let look =
            Look { pattern: &pattern, home, as_of, from: end.map_or(as_of, |end| end.min(as_of)), held };
        look.back(&mut series, changes, budget);
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

/// What became of a date.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Held,
    Moved,
    Cancelled,
    Declined,
}

/// A look back from a day.
struct Look<'l> {
    pattern: &'l Pattern,
    home: Meant,
    as_of: Day,
    /// The last day on which the series may fall.
    from: Day,
    held: &'l Held<'l>,
}

impl Look<'_> {
    fn back(&self, series: &mut Series<'_, '_>, changes: &[Change<'_>], budget: &mut Budget) {
        let mut changed: BTreeMap<Day, &Change<'_>> = BTreeMap::new();
        for change in changes {
            let entry = changed.entry(change.instance.day_in(self.home)).or_insert(change);
            if change.version > entry.version {
                *entry = change;
            }
        }
        let takes_place =
            |change: &&&Change<'_>| matches!(self.outcome(change), Outcome::Held | Outcome::Moved);
        let held_elsewhere = changed
            .values()
            .filter(takes_place)
            .filter_map(|change| change.start.map(|start| start.day_in(self.home)))
            .filter(|day| *day <= self.from)
            .max();
        let excluded: BTreeSet<Day> =
            series.master.excluded.iter().map(|moment| moment.day_in(self.home)).collect();
        let mut is_settled = false;
        let mut day = Some(self.from);
        let mut looked = 0;
        while looked < LOOK_BACK {
            let Some(here) = day.filter(|day| NaiveDate::from(*day) >= self.pattern.start && budget.step())
            else {
                break;
            };
            is_settled |= held_elsewhere.is_some_and(|held| held >= here);
            let quarter =
                u32::try_from(self.as_of.days_since(here).count()).unwrap_or(0) / u32::from(QUARTER);
            if is_settled && quarter > 1 {
                break;
            }
            if self.pattern.falls_on(here) {
                let change = changed.get(&here);
                let outcome = match change {
                    Some(change) => self.outcome(change),
                    None if excluded.contains(&here) => Outcome::Cancelled,
                    None if self.held.is_declined => Outcome::Declined,
                    None => Outcome::Held,
                };
                // A date that was put off past the day asked for is still to come.
                let is_to_come = outcome == Outcome::Moved
                    && change
                        .and_then(|change| change.start)
                        .is_some_and(|start| start.day_in(self.home) > self.as_of);
                if let Some(quarter) = series.quarters.get_mut(quarter as usize).filter(|_| !is_to_come) {
                    quarter.count(outcome);
                }
                if !is_settled {
                    // Where all of it is declined, no date by itself was dropped.
                    let is_dropped = outcome == Outcome::Cancelled
                        || (outcome == Outcome::Declined && !(change.is_none() && self.held.is_declined));
                    series.cancelled_in_a_row += u32::from(is_dropped);
                    // One that was changed was held, or will be, on the day that the change says.
                    if outcome == Outcome::Held && change.is_none() {
                        series.last_held = Some(here);
                        is_settled = true;
                    }
                }
            }
            // Days that are passed over count as well.
            let back = self.pattern.days_back(here);
            looked += back;
            if !budget.spend(back - 1) {
                break;
            }
            day = NaiveDate::from(here).checked_sub_days(chrono::Days::new(back.into())).map(Day::from);
        }
        series.last_held = series.last_held.max(held_elsewhere);
    }

    fn outcome(&self, change: &Change<'_>) -> Outcome {
        let declined = change.declined.iter().any(|address| (self.held.is_one_of_them)(address))
            || (!change.lists_people && self.held.is_declined);
        if change.version.cancelled {
            Outcome::Cancelled
        } else if declined {
            Outcome::Declined
        } else if change
            .start
            .is_some_and(|start| start.time_in(self.home) != change.instance.time_in(self.home))
        {
            Outcome::Moved
        } else {
            Outcome::Held
        }
    }
}

impl Quarter {
    /// Adds the dates of another part of the same meeting.
    pub(super) fn add(&mut self, other: Quarter) {
        let Quarter { dates, held, cancelled, declined, moved } = self;
        let theirs = [other.dates, other.held, other.cancelled, other.declined, other.moved];
        for (own, theirs) in [dates, held, cancelled, declined, moved].into_iter().zip(theirs) {
            *own = own.saturating_add(theirs);
        }
    }

    pub(super) fn count(&mut self, outcome: Outcome) {
        self.dates = self.dates.saturating_add(1);
        match outcome {
            Outcome::Held => self.held += 1,
            Outcome::Moved => {
                self.held += 1;
                self.moved += 1;
            }
            Outcome::Cancelled => self.cancelled += 1,
            Outcome::Declined => self.declined += 1,
        }
    }
}
