//! D302: a 1:1 that is not held.

use super::facts::{Facts, OneOnOne};
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Basis, Cost, DebtRule, Finding, Group, How, Meta, Resolution, Told, Wording,
};
use super::subjects::one_on_ones::Missed;
use super::subjects::{OneOnOnes, one_on_ones};
use crate::base::ids::Subject;
use crate::base::phrase::{counted, phrase, times};
use crate::base::points::MilliPoints;

/// How often it was missed, and whether it was ever held.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct State {
    missed: Missed,
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
                   than two were cancelled and the cadence or the day is not written, it was last held after the day that is \
                   scored, or the file sleeps: no meeting of the same owner is written as held within twice the cadence, 28 days \
                   at most.",
            formula: "{points} for each missed one after the first, {missed_cap} counted at most. The cancelled ones are \
                      principal, the rest is interest; it does not compound.",
            remedy: "Hold the next one, whatever else is on. If the cadence is wrong, change it together.",
        ),
    };

    fn find(facts: &Facts<'_>, one: OneOnOne, principal: MilliPoints) -> Answer<State> {
        let Some(missed) = one_on_ones::missed(facts, one) else { return Answer::Unknown };
        if one_on_ones::is_asleep(facts, one, missed) {
            return Answer::Unknown;
        }
        let Missed { cancelled, by_time, .. } = missed;
        Answer::factor_if(missed.most() >= 2, || Finding {
            unit: principal,
            basis: Basis::Missed { cancelled, by_time },
            onset: None,
            owner: Some(one.owner),
            act: Act::new("hold", Subject::Meeting(one.meeting)),
            state: State { missed, is_held: facts.portfolio.meeting(one.meeting).last_held.is_some() },
        })
    }

    fn explain(_: &Facts<'_>, one: OneOnOne, found: &Finding<State>) -> Wording {
        let State { missed, is_held } = found.state;
        let Missed { cancelled, calendar, .. } = missed;
        let mut details = Vec::new();
        if cancelled > 0 {
            details.push(phrase!(cancelled, " cancelled in a row"));
        }
        if let Some((from, every)) = calendar {
            let what = if is_held { "last held " } else { "not held since it began " };
            details.push(phrase!(what, from, ", due every ", counted(i64::from(every), "day", "days")));
        }
        Wording {
            headline: phrase!(one.meeting, " was missed ", times(missed.most()), " in a row"),
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
        if one_on_ones::is_lighter(was, is) {
            return Resolution::REWRITTEN;
        }
        let is_moved = is.last_held.is_none() && is.since != was.since;
        let away = || {
            (!is_moved && [one.owner, one.with].into_iter().any(|who| pair.leaves_differ(who)))
                .then_some(How::Away)
        };
        Resolution::repaired_if(is.last_held > was.last_held, How::Held).or_withdrawn(away)
    }

    /// In a file that sleeps what it would be awake; else one missed meeting after the first.
    fn at_worst(facts: &Facts<'_>, subject: Subject, principal: MilliPoints) -> MilliPoints {
        let Subject::Meeting(at) = subject else { return principal };
        let missed = facts.one_on_one(at).and_then(|one| one_on_ones::missed(facts, one));
        let units =
            missed.map_or(0, |missed| one_on_ones::missed_units(missed.most(), facts.policy.missed_cap));
        principal.times(units.max(1))
    }

    fn told(_: &Pair<'_>, _: OneOnOne, _: &State, _: Option<&State>) -> Told {
        Told::Nothing
    }

    /// Cancelled ones that were counted before told how it went: more of them are new.
    fn unknown_reveals(pair: &Pair<'_>, before: Subject) -> bool {
        let Subject::Meeting(before) = before else { return true };
        pair.base.portfolio.meeting(before).cancelled_in_a_row == 0
    }
}
