//! Meetings that are booked by hand: single events of the same two at a steady distance are one 1:1.

use std::rc::Rc;

use super::events::{Single, at};
use super::lines::Start;
use super::room::Me;
use super::series::{Outcome, QUARTER, Quarter, Series};
use super::texts::Texts;
use crate::base::day::Day;
use crate::source::{FileIx, Sources};

/// Fewer dates than this may be chance.
const FEWEST: usize = 6;
/// Days between two dates, at least and at most.
const DISTANCES: std::ops::RangeInclusive<i64> = 5..=35;

/// A single event of two people, and where it is.
#[derive(Debug)]
pub(super) struct Booked {
    pair: [Rc<str>; 2],
    day: Day,
    file: FileIx,
    begins: Start,
}

/// Single events of two, whoever of the two the calendar lists.
pub(super) fn booked(singles: Vec<Single>, file: FileIx, me: &Me) -> impl Iterator<Item = Booked> {
    singles.into_iter().filter_map(move |single| {
        let [one, other] = &single.pair;
        let (one, mut other) = (me.canonical(one), me.canonical(other));
        if one == other {
            // Only one is listed: the other one is whoever the calendar belongs to.
            other = me.address().filter(|own| *own != one)?;
        }
        let mut pair = [Rc::clone(one), Rc::clone(other)];
        pair.sort_unstable();
        Some(Booked { pair, day: single.day, file, begins: single.begins })
    })
}

/// The meetings among them, each as its events by day.
pub(super) fn meetings(mut all: Vec<Booked>) -> Vec<Vec<Booked>> {
    all.sort_by(|one, other| {
        (&one.pair, one.day, one.file, one.begins).cmp(&(&other.pair, other.day, other.file, other.begins))
    });
    // The same date in two calendars, or two meetings on one day, is one date.
    all.dedup_by(|one, other| one.pair == other.pair && one.day == other.day);
    let mut meetings = Vec::new();
    let mut rest = all.into_iter().peekable();
    while let Some(first) = rest.next() {
        let mut group = vec![first];
        while let Some(one) = rest.next_if(|one| one.pair == group[0].pair) {
            group.push(one);
        }
        if distance(&group).is_some() {
            meetings.push(group);
        }
    }
    meetings
}

/// The usual distance in days, where it is steady: three quarters of the distances are near it or near a multiple of it.
fn distance(group: &[Booked]) -> Option<u32> {
    if group.len() < FEWEST {
        return None;
    }
    let gaps: Vec<i64> = group.windows(2).map(|pair| pair[1].day.days_since(pair[0].day).count()).collect();
    let mut sorted = gaps.clone();
    sorted.sort_unstable();
    let usual = sorted[sorted.len() / 2];
    let slack = (usual / 4).max(2);
    let is_near =
        |gap: &&i64| (0..=4).any(|times| (**gap - usual * times).abs() <= slack) && **gap >= usual - slack;
    let steady = gaps.iter().filter(is_near).count();
    let is_steady = DISTANCES.contains(&usual) && steady * 4 >= gaps.len() * 3;
    is_steady.then(|| u32::try_from(usual).ok()).flatten()
}

/// What the dates of such a meeting come to, and the file that its last event is in.
pub(super) struct Dates<'t> {
    pub(super) last: super::event::Event<'t>,
    pub(super) file: FileIx,
    pub(super) count: usize,
    every: Option<u32>,
    since: Option<Day>,
    ended: Option<Day>,
    last_held: Option<Day>,
    cancelled_in_a_row: u32,
    quarters: [Quarter; 2],
}

impl<'t> Dates<'t> {
    /// Reads the events again.
    pub(super) fn of(
        group: &[Booked],
        sources: &'t Sources,
        me: &Me,
        as_of: Day,
        texts: &mut Texts,
    ) -> Option<Dates<'t>> {
        let every = distance(group);
        let (first, latest) = (group.first()?, group.last()?);
        // The last one that has been; where all are still to come, the first.
        let shown = group.iter().rev().find(|one| one.day <= as_of).unwrap_or(first);
        let mut dates = Dates {
            last: at(sources.text(shown.file), shown.begins, texts)?,
            file: shown.file,
            count: group.len(),
            every,
            since: Some(first.day),
            ended: None,
            last_held: None,
            cancelled_in_a_row: 0,
            quarters: [Quarter::default(); 2],
        };
        for one in group.iter().rev().filter(|one| one.day <= as_of) {
            let quarter = as_of.days_since(one.day).count() / i64::from(QUARTER);
            // Earlier ones change nothing.
            if dates.last_held.is_some() && quarter > 1 {
                break;
            }
            let Some(event) = at(sources.text(one.file), one.begins, texts) else { continue };
            let declines = |address: &Rc<str>| one.pair.contains(me.canonical(address));
            let outcome = if event.version.cancelled {
                Outcome::Cancelled
            } else if event.attendees.iter().any(|one| one.declined && declines(&one.address)) {
                Outcome::Declined
            } else {
                Outcome::Held
            };
            if let Some(quarter) = usize::try_from(quarter).ok().and_then(|at| dates.quarters.get_mut(at)) {
                quarter.count(outcome);
            }
            match (outcome, dates.last_held) {
                (Outcome::Held | Outcome::Moved, None) => dates.last_held = Some(one.day),
                (Outcome::Cancelled | Outcome::Declined, None) => dates.cancelled_in_a_row += 1,
                (_, Some(_)) => {}
            }
        }
        let since_latest = as_of.days_since(latest.day).count();
        let has_ended = every.is_some_and(|every| since_latest > i64::from(every) * 3);
        dates.ended = has_ended.then(|| latest.day.day_after());
        Some(dates)
    }

    /// As if it had a rule.
    pub(super) fn series(&self) -> Series<'_, 't> {
        Series {
            master: &self.last,
            every: self.every,
            understood: true,
            since: self.since,
            ended: self.ended,
            last_held: self.last_held,
            cancelled_in_a_row: self.cancelled_in_a_row,
            quarters: self.quarters,
        }
    }
}
