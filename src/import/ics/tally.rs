//! What every series of the calendars was counted as: the numbers add up, so that nothing is dropped without a word.

use schemars::JsonSchema;
use serde::Serialize;

use super::verdict::CalendarMeeting;
use crate::base::day::Day;

/// What a series is, where it is neither a 1:1 nor a candidate with its own line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Marked private, or personal by its title: counted and never named.
    Private,
    /// Personal, with somebody from outside: not named either.
    Outside,
    /// More than two people.
    Group,
    /// The calendar names nobody else, and no word says that it is a 1:1.
    Alone,
}

/// What every series was counted as. `recurring` and `by_hand` together are the sum of those from `one_on_ones` on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, JsonSchema)]
#[schemars(rename = "CountsRow")]
pub struct Tally {
    /// Series that recur.
    pub recurring: usize,
    /// Events that do not.
    pub single: usize,
    /// 1:1s that are booked by hand each time.
    pub by_hand: usize,
    /// The single events that they are made of.
    pub by_hand_events: usize,
    /// 1:1s that run.
    pub one_on_ones: usize,
    /// 1:1s that have ended.
    pub ended: usize,
    /// With somebody from outside.
    pub outside: usize,
    /// How many of those outside are personal by their title: counted and never named.
    pub unnamed: usize,
    /// Private: counted and never named.
    pub private: usize,
    /// Candidates for another reason.
    pub candidates: usize,
    /// With more than two people.
    pub groups: usize,
    /// With nobody whom the calendar names.
    pub alone: usize,
    /// What a person said is no 1:1.
    pub not_one_on_ones: usize,
    /// Seen from both sides, or a part of a series that was split.
    pub copies: usize,
}

impl Tally {
    pub(super) fn count(&mut self, kind: Kind) {
        match kind {
            Kind::Private => self.private += 1,
            Kind::Outside => {
                self.outside += 1;
                self.unnamed += 1;
            }
            Kind::Group => self.groups += 1,
            Kind::Alone => self.alone += 1,
        }
    }

    /// Counts a meeting that is booked by hand.
    pub(super) fn booked(&mut self, events: usize) {
        self.by_hand += 1;
        self.by_hand_events += events;
    }

    /// Counts what is left when copies are out.
    pub(super) fn settle(&mut self, found: &[CalendarMeeting], as_of: Day) {
        for one in found {
            let ended = one.ended.is_some_and(|ended| ended <= as_of);
            *match (one.is_outside, one.missing.is_empty(), ended) {
                (true, ..) => &mut self.outside,
                (_, true, false) => &mut self.one_on_ones,
                (_, true, true) => &mut self.ended,
                (_, false, _) => &mut self.candidates,
            } += 1;
        }
        self.copies = (self.recurring + self.by_hand).saturating_sub(self.sum());
    }

    /// Takes out running 1:1s that a person said are none.
    pub fn take_out(&mut self, count: usize) {
        self.one_on_ones = self.one_on_ones.saturating_sub(count);
        self.not_one_on_ones += count;
    }

    fn sum(&self) -> usize {
        self.one_on_ones
            + self.ended
            + self.outside
            + self.private
            + self.candidates
            + self.groups
            + self.alone
            + self.not_one_on_ones
    }
}
