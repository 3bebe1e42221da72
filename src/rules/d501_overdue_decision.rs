//! D501: a decision that is open and overdue.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Basis, Cost, DebtRule, Finding, Group, How, Meta, Resolution, Told, Wording,
};
use super::subjects::{Decisions, decisions};
use crate::base::day::Day;
use crate::base::ids::{DecisionIx, PersonIx, Subject};
use crate::base::phrase::{counted, phrase};
use crate::base::points::MilliPoints;

/// Who was to decide, and for how long it has waited.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct State {
    owner: PersonIx,
    due: Day,
    weeks: i64,
}

/// The rule.
pub struct D501;

impl DebtRule for D501 {
    type Subjects = Decisions;
    type State = State;
    const META: Meta = Meta {
        code: "D501",
        name: "overdue-decision",
        group: Group::Decisions,
        principal: MilliPoints::new(2_000),
        cost: Cost::Flat,
        minutes: 45,
        line: None,
        uses: &[],
        absent: Absent::OneUnknown,
        is_label: false,
        page: page!(
            "D501-overdue-decision",
            what: "A priority call or escalation is past the date it was promised for.",
            why: "Nobody builds well on a question that is open. Each week of waiting is paid for in work that is done twice.",
            when: "The decision is open, and its date (`due`, or {grace_days} days after `raised`) has passed; for one that was reopened \
                   the later of that and {grace_days} days after the last reopening. Unknown, once, where the portfolio has no \
                   `decisions` at all.",
            formula: "{points}, growing by {weekly_percent} % in each full week since that date, up to {cap} times.",
            remedy: "Decide, and write down the day.",
        ),
    };

    fn find(facts: &Facts<'_>, at: DecisionIx, principal: MilliPoints) -> Answer<State> {
        let decision = facts.portfolio.decision(at);
        let Some(owner) = decision.owner.target() else { return Answer::Clear };
        let due = decision.due(facts.day, facts.policy.grace_days);
        let overdue = decision.is_open(facts.day) && facts.day > due;
        let weeks = facts.day.days_since(due).div_euclid(7);
        Answer::factor_if(overdue, || Finding {
            unit: principal,
            basis: Basis::Growing { due, weeks, deferrals: 0 },
            onset: Some(due.plus(1)),
            owner: facts.lines.filter_active(Some(owner)),
            act: Act::new("decide", Subject::Decision(at)),
            state: State { owner, due, weeks },
        })
    }

    fn explain(facts: &Facts<'_>, at: DecisionIx, found: &Finding<State>) -> Wording {
        let decision = facts.portfolio.decision(at);
        let State { owner, due, weeks } = found.state;
        let mut details = vec![phrase!("due ", due)];
        if let Some(reopened) = decision.last_reopened(facts.day) {
            details.push(phrase!("reopened ", reopened));
        }
        if weeks > 0 {
            details.push(phrase!(counted(weeks, "full week", "full weeks"), " of interest"));
        }
        if found.owner.is_none() {
            details.push(phrase!(owner, ", who was to decide, is not there"));
        }
        let called = phrase!(at);
        let (remedy, task) = match found.owner {
            Some(_) => (
                phrase!("Decide, and write down the day it was closed."),
                phrase!("decide ").and(called.clone()),
            ),
            None => (
                phrase!("Find somebody to decide it."),
                phrase!("find somebody to decide ").and(called.clone()),
            ),
        };
        Wording {
            headline: called.and(phrase!(" waits for ", owner, "\u{2019}s decision")),
            details,
            remedy,
            task,
        }
    }

    fn resolved(pair: &Pair<'_>, at: DecisionIx, _: &State, _: Option<&State>) -> Resolution {
        let Some((was, is)) = decisions::records(pair, at) else {
            return Resolution::Withdrawn(How::Removed);
        };
        let closed = is.closed.is_some_and(|closed| closed <= pair.head.day) && !is.is_open(pair.head.day);
        Resolution::repaired_if(closed && !decisions::is_lighter(pair, was, is), How::Closed)
    }

    fn told(_: &Pair<'_>, _: DecisionIx, _: &State, _: Option<&State>) -> Told {
        Told::Nothing
    }

    fn resolved_since(_: &Facts<'_>, _: DecisionIx, _: Day) -> Resolution {
        Resolution::REWRITTEN
    }
}
