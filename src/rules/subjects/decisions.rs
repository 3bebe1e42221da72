//! Decisions that have been raised.

use super::SubjectKind;
use crate::base::day::Day;
use crate::base::ids::{DecisionIx, PersonIx, Subject};
use crate::model::{Decision, Portfolio};
use crate::records::words::Line;
use crate::rules::facts::Facts;
use crate::rules::pair::Pair;

/// Decisions that have been raised.
#[derive(Debug)]
pub struct Decisions;

/// The position of a subject of this kind.
fn at(subject: Subject) -> Option<DecisionIx> {
    match subject {
        Subject::Decision(at) => Some(at),
        _ => None,
    }
}

impl SubjectKind for Decisions {
    type Item = DecisionIx;
    const TYPE_NAME: &'static str = "decision";

    fn item(_: &Facts<'_>, subject: Subject) -> Option<DecisionIx> {
        at(subject)
    }

    fn each(facts: &Facts<'_>, take: &mut dyn FnMut(Subject)) {
        facts.portfolio.decision_positions().for_each(|at| take(Subject::Decision(at)));
    }

    fn in_scope(facts: &Facts<'_>, _: Option<Line>, subject: Subject) -> bool {
        at(subject).is_some_and(|at| facts.portfolio.decision(at).raised <= facts.day)
    }

    fn is_written(portfolio: &Portfolio) -> bool {
        portfolio.decisions.is_some()
    }

    fn about(_: &Facts<'_>, _: Subject) -> Option<PersonIx> {
        None
    }

    fn needed(_: &Facts<'_>, _: Subject) -> Vec<PersonIx> {
        Vec::new()
    }

    fn own_day(portfolio: &Portfolio, subject: Subject) -> Option<Day> {
        Some(portfolio.decision(at(subject)?).raised)
    }

    fn over_from(_: &Portfolio, _: Subject) -> Option<Day> {
        None
    }
}

/// The record of the base and that of the head, where there is one.
pub fn records<'p>(pair: &Pair<'p>, before: DecisionIx) -> Option<(&'p Decision, &'p Decision)> {
    let now = at(pair.pairing.in_head(Subject::Decision(before))?)?;
    Some((pair.base.portfolio.decision(before), pair.head.portfolio.decision(now)))
}

/// The decision of the base that one of the head is.
pub fn before<'p>(pair: &Pair<'p>, now: DecisionIx) -> Option<&'p Decision> {
    let before = at(pair.pairing.in_base(Subject::Decision(now))?)?;
    Some(pair.base.portfolio.decision(before))
}

/// Whether a decision costs less because its record says less: a later day, or a reopening taken out.
pub fn is_lighter(pair: &Pair<'_>, was: &Decision, is: &Decision) -> bool {
    let due = |one: &Decision| one.due.unwrap_or_else(|| one.raised.plus(pair.head.policy.grace_days));
    is.raised > was.raised || due(is) > due(was) || was.reopened.iter().any(|day| !is.reopened.contains(day))
}
