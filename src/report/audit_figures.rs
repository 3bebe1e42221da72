//! The figures of an audit: what every series was counted as, what became of the dates, and the hours that 1:1s take.

use schemars::JsonSchema;
use serde::Serialize;

use super::contract;
use crate::base::day::Day;
use crate::import::audit::Audit;
use crate::import::ics::{Label, QUARTER, Quarter, Tally};

/// What every series was counted as. `recurring` and `by_hand` together are the sum of those from `one_on_ones` on.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct CountsRow {
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

impl From<Tally> for CountsRow {
    fn from(tally: Tally) -> CountsRow {
        let Tally {
            recurring,
            single,
            one_on_ones,
            ended,
            outside,
            unnamed,
            private,
            candidates,
            groups,
            alone,
            not_one_on_ones,
            copies,
            by_hand,
            by_hand_events,
        } = tally;
        CountsRow {
            recurring,
            single,
            by_hand,
            by_hand_events,
            one_on_ones,
            ended,
            outside,
            unnamed,
            private,
            candidates,
            groups,
            alone,
            not_one_on_ones,
            copies,
        }
    }
}

/// What became of the dates of a quarter.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct QuarterRow {
    /// How many there were.
    pub dates: u16,
    /// How many were held.
    pub held: u16,
    /// How many were excluded or cancelled.
    pub cancelled: u16,
    /// How many one of the two declined.
    pub declined: u16,
    /// How many of those held were held at another time.
    pub moved: u16,
}

impl From<Quarter> for QuarterRow {
    fn from(quarter: Quarter) -> QuarterRow {
        let Quarter { dates, held, cancelled, declined, moved } = quarter;
        QuarterRow { dates, held, cancelled, declined, moved }
    }
}

/// Minutes a week that the 1:1s of a label take, over a quarter.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct HoursRow {
    /// The label; `unlabelled` also for what is labelled in part only.
    #[schemars(with = "contract::OneOnOneLabel")]
    pub label: &'static str,
    /// How many 1:1s run.
    pub one_on_ones: usize,
    /// Minutes a week that the calendar asked for in the last 91 days.
    pub asked: u64,
    /// Minutes a week that were held.
    pub held: u64,
    /// The same in the 91 days before.
    pub asked_before: u64,
    /// The same in the 91 days before.
    pub held_before: u64,
}

/// The hours of all 1:1s by label; a label without any is left out.
pub(super) fn hours(audit: &Audit<'_>, as_of: Day) -> Vec<HoursRow> {
    let weeks = u64::from(QUARTER / 7);
    let of = |label: Label| {
        let own = || audit.one_on_ones.iter().filter(move |one| one.label() == label);
        let minutes = |quarter: usize, count: fn(&Quarter) -> u16| -> u64 {
            let each = own().map(|one| {
                let dates = one.found.quarters.get(quarter).map_or(0, count);
                u64::from(one.found.minutes.unwrap_or(0)) * u64::from(dates)
            });
            (each.sum::<u64>() + weeks / 2) / weeks
        };
        HoursRow {
            label: label.word(),
            one_on_ones: own().filter(|one| one.is_live(as_of)).count(),
            asked: minutes(0, |quarter| quarter.dates),
            held: minutes(0, |quarter| quarter.held),
            asked_before: minutes(1, |quarter| quarter.dates),
            held_before: minutes(1, |quarter| quarter.held),
        }
    };
    let all = Label::ALL.into_iter().map(of);
    all.filter(|row| row.one_on_ones > 0 || row.asked > 0 || row.asked_before > 0).collect()
}
