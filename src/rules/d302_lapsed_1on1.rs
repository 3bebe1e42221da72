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
use crate::base::message::{counted, message, times};
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
        absent: Absent::Silent,
        page: page!(
            "D302-lapsed-1on1",
            what: "A 1:1 has been missed at least twice in a row.",
            why: "One missed 1:1 is a busy week. After two, both have learnt that it can be missed, and what they \
                  would have said waits.",
            when: "At least two were missed. Missed is the larger of two numbers: `cancelled_in_a_row`, and the \
                   days since it was last held (or since it began), not counting today, divided by its cadence. \
                   Days on which either was away do not count. Unknown if fewer than two were cancelled and the \
                   cadence or the day is not written, it was last held after the day that is scored, or the owner's \
                   records sleep: no meeting of theirs is written as held within twice the cadence, 28 days at \
                   most.",
            formula: "{points} for each missed meeting after the first, at most {missed_cap}. The cancelled ones \
                      are principal, the rest is interest; it does not compound.",
            remedy: "Hold the next one, whatever else is on. If the cadence is wrong, change it together.",
        ),
    };

    fn find(facts: &Facts<'_>, one: OneOnOne, principal: MilliPoints) -> Answer<State> {
        let Some(missed) = one_on_ones::missed(facts, one) else { return Answer::Unknown(principal) };
        if one_on_ones::is_asleep(facts, one, missed) {
            // At worst what it would cost if the records were kept.
            let units = one_on_ones::missed_units(missed.most(), facts.policy.missed_cap);
            return Answer::Unknown(principal.times(units.max(1)));
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
            details.push(message!(cancelled, " cancelled in a row"));
        }
        if let Some((from, every)) = calendar {
            let what = if is_held { "last held " } else { "not held since it began " };
            details.push(message!(what, from, ", due every ", counted(every, "day", "days")));
        }
        Wording {
            headline: message!(one.meeting, " was missed ", times(missed.most()), " in a row"),
            details,
            remedy: message!(
                "Hold the next one; ",
                one.owner,
                " keeps the date, or both agree on another cadence."
            ),
            task: message!("hold ", one.meeting, " again"),
        }
    }

    fn resolved(pair: &Pair<'_>, one: OneOnOne, _: &State, _: Option<&State>) -> Resolution {
        let Some((was, is)) = pair.records(one.meeting) else {
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

    fn told(_: &Pair<'_>, _: OneOnOne, _: &State, _: Option<&State>) -> Told {
        Told::Nothing
    }

    /// Cancelled ones that were counted before told how it went: more of them are new.
    fn unknown_reveals(pair: &Pair<'_>, before: Subject) -> bool {
        let Subject::Meeting(before) = before else { return true };
        pair.base.portfolio.meeting(before).cancelled_in_a_row == 0
    }
}
