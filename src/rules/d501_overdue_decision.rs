//! D501: a decision that is open and overdue.

use super::facts::Facts;
use super::rule::{Absent, Act, Answer, Asks, Basis, Finding, Group, Rule, Words, page};
use crate::base::ids::{DecisionIx, Subject};
use crate::base::phrase::{counted, phrase};
use crate::base::points::MilliPoints;

pub(super) const RULE: Rule = Rule {
    code: "D501",
    name: "overdue-decision",
    group: Group::Decisions,
    principal: MilliPoints::new(2_000),
    minutes: 45,
    asks: Asks::Decisions { absent: Absent::OneUnknown, ask, tell },
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

fn ask(facts: &Facts<'_>, at: DecisionIx, principal: MilliPoints) -> Answer {
    let decision = facts.portfolio.decision(at);
    let due = decision.due(facts.day, facts.policy.grace_days);
    let overdue = decision.is_open(facts.day) && facts.day > due;
    Answer::factor_if(overdue, || Finding {
        unit: principal,
        basis: Basis::Growing { due, weeks: facts.day.days_since(due).div_euclid(7), deferrals: 0 },
        onset: Some(due.plus(1)),
        owner: facts.lines.filter_active(decision.owner.target()),
        act: Act::new("decide", Subject::Decision(at)),
    })
}

fn tell(facts: &Facts<'_>, at: DecisionIx, found: &Finding) -> Words {
    let decision = facts.portfolio.decision(at);
    let (Some(owner), Basis::Growing { due, weeks, .. }) = (decision.owner.target(), found.basis) else {
        return Words::default();
    };
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
        Some(_) => {
            (phrase!("Decide, and write down the day it was closed."), phrase!("decide ").and(called.clone()))
        }
        None => {
            (phrase!("Find somebody to decide it."), phrase!("find somebody to decide ").and(called.clone()))
        }
    };
    Words { headline: called.and(phrase!(" waits for ", owner, "\u{2019}s decision")), details, remedy, task }
}
