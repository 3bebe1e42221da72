//! The figures of an audit: what became of the dates, and the hours that 1:1s take.

use schemars::JsonSchema;
use serde::Serialize;

use super::contract;
use crate::base::day::Day;
use crate::import::audit::Audit;
use crate::import::ics::{Label, QUARTER, Quarter};

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
