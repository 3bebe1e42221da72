//! D502: a decision that was closed and opened again.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, Counted, DebtRule, Finding, Group, Meta, Resolution, Told, Wording,
};
use super::subjects::{Decisions, decisions};
use crate::base::day::Day;
use crate::base::ids::{DecisionIx, Subject};
use crate::base::phrase::{phrase, times};
use crate::base::points::MilliPoints;

/// The rule.
pub struct D502;

impl DebtRule for D502 {
    type Subjects = Decisions;
    type State = i64;
    const META: Meta = Meta {
        code: "D502",
        name: "reopened-decision",
        group: Group::Decisions,
        principal: MilliPoints::new(1_000),
        cost: Cost::Each(Counted::Entries),
        minutes: 45,
        line: None,
        uses: &[],
        absent: Absent::Silent,
        is_label: false,
        page: page!(
            "D502-reopened-decision",
            what: "A decision that had been closed was opened again.",
            why: "An escalation path should close loops. Where closed decisions are reopened, people learn to wait instead of to act.",
            when: "It was reopened within the last {reopened_window_days} days.",
            formula: "{points} for each such reopening.",
            remedy: "Say what would have to change before it is opened again, and pass that on with the decision.",
        ),
    };

    fn find(facts: &Facts<'_>, at: DecisionIx, principal: MilliPoints) -> Answer<i64> {
        let decision = facts.portfolio.decision(at);
        let recent = |day: &&Day| {
            let age = facts.day.days_since(**day);
            (0..facts.policy.reopened_window_days).contains(&age)
        };
        let count = i64::try_from(decision.reopened.iter().filter(recent).count()).unwrap_or(i64::MAX);
        Answer::factor_if(count > 0, || {
            let owner = facts.lines.filter_active(decision.owner.target());
            Finding::each(principal, count, owner, Act::new("settle", Subject::Decision(at)), count)
        })
    }

    fn explain(facts: &Facts<'_>, at: DecisionIx, found: &Finding<i64>) -> Wording {
        let decision = facts.portfolio.decision(at);
        let count = found.state;
        let called = phrase!(at);
        let last = decision.last_reopened(facts.day).map(|day| phrase!("last on ", day));
        Wording {
            headline: called.clone().and(phrase!(" was reopened ", times(count))),
            details: last.into_iter().collect(),
            remedy: phrase!(
                "Say what would have to change before it is opened again, and close it with that."
            ),
            task: phrase!("settle ").and(called).and(phrase!(" for good")),
        }
    }

    fn resolved(_: &Pair<'_>, _: DecisionIx, _: &i64, _: Option<&i64>) -> Resolution {
        // What was reopened stays so: only time makes less of it.
        Resolution::REWRITTEN
    }

    fn told(pair: &Pair<'_>, at: DecisionIx, _: &i64, _: Option<&i64>) -> Told {
        let Some(was) = decisions::before(pair, at) else { return Told::Nothing };
        let is = pair.head.portfolio.decision(at);
        let told = is.reopened.iter().filter(|day| **day <= pair.base_day && !was.reopened.contains(day));
        Told::units(told.count())
    }

    fn resolved_since(_: &Facts<'_>, _: DecisionIx, _: Day) -> Resolution {
        Resolution::REWRITTEN
    }
}
