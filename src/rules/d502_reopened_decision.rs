//! D502: a decision that was closed and opened again.

use super::facts::Facts;
use super::rule::{Absent, Act, Answer, Asks, Basis, Finding, Group, Rule, Words, page};
use crate::base::ids::{DecisionIx, Subject};
use crate::base::phrase::{phrase, times};
use crate::base::points::MilliPoints;

pub(super) const RULE: Rule = Rule {
    code: "D502",
    name: "reopened-decision",
    group: Group::Decisions,
    principal: MilliPoints::new(1_000),
    minutes: 45,
    asks: Asks::Decisions { absent: Absent::Silent, ask, tell },
    page: page!(
        "D502-reopened-decision",
        what: "A decision that had been closed was opened again.",
        why: "An escalation path should close loops. Where closed decisions are reopened, people learn to wait instead of to act.",
        when: "It was reopened within the last {reopened_window_days} days.",
        formula: "{points} for each such reopening.",
        remedy: "Say what would have to change before it is opened again, and pass that on with the decision.",
    ),
};

fn ask(facts: &Facts<'_>, at: DecisionIx, principal: MilliPoints) -> Answer {
    let decision = facts.portfolio.decision(at);
    let recent = |day: &&crate::base::day::Day| {
        let age = facts.day.days_since(**day);
        (0..facts.policy.reopened_window_days).contains(&age)
    };
    let count = i64::try_from(decision.reopened.iter().filter(recent).count()).unwrap_or(i64::MAX);
    Answer::factor_if(count > 0, || {
        let owner = facts.lines.filter_active(decision.owner.target());
        Finding::each(principal, count, owner, Act::new("settle", Subject::Decision(at)))
    })
}

fn tell(facts: &Facts<'_>, at: DecisionIx, found: &Finding) -> Words {
    let decision = facts.portfolio.decision(at);
    let Basis::Each { count } = found.basis else { return Words::default() };
    let called = phrase!(at);
    let last = decision.last_reopened(facts.day).map(|day| phrase!("last on ", day));
    Words {
        headline: called.clone().and(phrase!(" was reopened ", times(count))),
        details: last.into_iter().collect(),
        remedy: phrase!("Say what would have to change before it is opened again, and close it with that."),
        task: phrase!("settle ").and(called).and(phrase!(" for good")),
    }
}
