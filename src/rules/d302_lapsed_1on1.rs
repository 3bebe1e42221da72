//! D302: a 1:1 that is not held.

use super::facts::{Facts, OneOnOne};
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Basis, Cost, DebtRule, Finding, Group, How, Meta, Resolution, Told, Wording,
};
use super::subjects::{OneOnOnes, one_on_ones};
use crate::base::day::Day;
use crate::base::ids::Subject;
use crate::base::phrase::{counted, phrase, times};
use crate::base::points::MilliPoints;
use crate::model::{Meeting, counted_days};

/// How often it was missed, and how that is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct State {
    cancelled: i64,
    by_time: i64,
    /// The day from which missed ones are counted, and the days from one to the next.
    calendar: Option<(Day, u16)>,
    is_held: bool,
}

/// The rule.
pub struct D302;

impl DebtRule for D302 {
    type Subjects = OneOnOnes;
    type State = State;
    const META: Meta = Meta {
        code: "D302",
        name: "lapsed-1on1",
        group: Group::DeferredConversations,
        principal: MilliPoints::new(500),
        cost: Cost::Flat,
        minutes: 30,
        line: None,
        uses: &[],
        absent: Absent::Silent,
        is_label: false,
        page: page!(
            "D302-lapsed-1on1",
            what: "A 1:1 has been missed at least twice in a row.",
            why: "One missed 1:1 is a busy week. Two say that it can be missed, and what would have been said there waits.",
            when: "Missed is the larger of the cancelled ones and of what the calendar says: the days since it was last held (or \
                   since it began) less today, by its cadence; days on which either was away do not count. Unknown where fewer \
                   than two were cancelled and the cadence or the day is not written, or it was \
                   last held after the day that is scored.",
            formula: "{points} for each missed one after the first, {missed_cap} counted at most. The cancelled ones are \
                      principal, the rest is interest; it does not compound.",
            remedy: "Hold the next one, whatever else is on. If the cadence is wrong, change it together.",
        ),
    };

    fn find(facts: &Facts<'_>, one: OneOnOne, principal: MilliPoints) -> Answer<State> {
        let meeting = facts.portfolio.meeting(one.meeting);
        let cancelled = i64::from(meeting.cancelled_in_a_row);
        let by_calendar = counted_from(meeting).zip(meeting.every).filter(|(from, _)| *from <= facts.day);
        if cancelled < 2 && by_calendar.is_none() {
            return Answer::Unknown;
        }
        let by_time = by_calendar.map_or(0, |(from, every)| {
            let people = [one.owner, one.with].map(|person| facts.portfolio.person(person));
            let days = counted_days(from, facts.day, &people);
            // Today's may yet be held.
            days.saturating_sub(1).max(0).div_euclid(i64::from(every.max(1)))
        });
        Answer::factor_if(by_time.max(cancelled) >= 2, || Finding {
            unit: principal,
            basis: Basis::Missed { cancelled, by_time },
            onset: None,
            owner: Some(one.owner),
            act: Act::new("hold", Subject::Meeting(one.meeting)),
            state: State {
                cancelled,
                by_time,
                calendar: counted_from(meeting).zip(meeting.every),
                is_held: meeting.last_held.is_some(),
            },
        })
    }

    fn explain(_: &Facts<'_>, one: OneOnOne, found: &Finding<State>) -> Wording {
        let State { cancelled, by_time, calendar, is_held } = found.state;
        let mut details = Vec::new();
        if cancelled > 0 {
            details.push(phrase!(cancelled, " cancelled in a row"));
        }
        if let Some((from, every)) = calendar {
            let what = if is_held { "last held " } else { "not held since it began " };
            details.push(phrase!(what, from, ", due every ", counted(i64::from(every), "day", "days")));
        }
        Wording {
            headline: phrase!(one.meeting, " was missed ", times(cancelled.max(by_time)), " in a row"),
            details,
            remedy: phrase!(
                "Hold the next one; ",
                one.owner,
                " keeps the date, or both agree on another cadence."
            ),
            task: phrase!("hold ", one.meeting, " again"),
        }
    }

    fn resolved(pair: &Pair<'_>, one: OneOnOne, _: &State, _: Option<&State>) -> Resolution {
        let Some((was, is)) = one_on_ones::records(pair, one.meeting) else {
            return Resolution::Withdrawn(How::Removed);
        };
        if one_on_ones::is_due_less(was, is) {
            return Resolution::REWRITTEN;
        }
        let is_moved = is.last_held.is_none() && is.since != was.since;
        let away = || {
            (!is_moved && [one.owner, one.with].into_iter().any(|who| pair.leaves_differ(who)))
                .then_some(How::Away)
        };
        Resolution::repaired_if(is.last_held > was.last_held, How::Held).or_withdrawn(away)
    }

    fn told(_: &Pair<'_>, _: OneOnOne, _: &State, _: Option<&State>) -> Told {
        Told::Nothing
    }

    fn resolved_since(head: &Facts<'_>, one: OneOnOne, since: Day) -> Resolution {
        match head.portfolio.meeting(one.meeting).last_held.is_some_and(|held| held > since) {
            true => Resolution::Repaired(How::Held),
            false => Resolution::REWRITTEN,
        }
    }
}

/// The day from which missed ones are counted.
fn counted_from(meeting: &Meeting) -> Option<Day> {
    meeting.last_held.or(meeting.since)
}
