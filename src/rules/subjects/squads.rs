//! Squads with members.

use super::SubjectKind;
use crate::base::day::Day;
use crate::base::ids::{PersonIx, SquadIx, Subject};
use crate::model::{Portfolio, Squad, target};
use crate::records::words::Line;
use crate::rules::facts::Facts;
use crate::rules::pair::Pair;

/// Squads with members.
#[derive(Debug)]
pub struct Squads;

/// The position of a subject of this kind.
fn at(subject: Subject) -> Option<SquadIx> {
    match subject {
        Subject::Squad(at) => Some(at),
        _ => None,
    }
}

impl SubjectKind for Squads {
    type Item = SquadIx;
    const TYPE_NAME: &'static str = "squad";

    fn item(_: &Facts<'_>, subject: Subject) -> Option<SquadIx> {
        at(subject)
    }

    fn each(facts: &Facts<'_>, take: &mut dyn FnMut(Subject)) {
        facts.portfolio.squad_positions().for_each(|at| take(Subject::Squad(at)));
    }

    fn in_scope(facts: &Facts<'_>, _: Option<Line>, subject: Subject) -> bool {
        at(subject).is_some_and(|at| facts.lines.squad_members(at) > 0)
    }

    fn is_written(_: &Portfolio) -> bool {
        true
    }

    fn about(_: &Facts<'_>, _: Subject) -> Option<PersonIx> {
        None
    }

    fn needed(facts: &Facts<'_>, subject: Subject) -> Vec<PersonIx> {
        let Some(at) = at(subject) else { return Vec::new() };
        let member = |person: &PersonIx| {
            facts.lines.is_scored(*person) && target(facts.portfolio.person(*person).squad) == Some(at)
        };
        facts.portfolio.person_positions().filter(member).collect()
    }

    fn own_day(_: &Portfolio, _: Subject) -> Option<Day> {
        None
    }

    fn over_from(_: &Portfolio, _: Subject) -> Option<Day> {
        None
    }
}

/// The record of the base and that of the head, where there is one.
pub fn records<'p>(pair: &Pair<'p>, before: SquadIx) -> Option<(&'p Squad, &'p Squad)> {
    let now = at(pair.pairing.in_head(Subject::Squad(before))?)?;
    Some((pair.base.portfolio.squad(before), pair.head.portfolio.squad(now)))
}

/// The squad of the base that one of the head is.
pub fn before<'p>(pair: &Pair<'p>, now: SquadIx) -> Option<&'p Squad> {
    let before = at(pair.pairing.in_base(Subject::Squad(now))?)?;
    Some(pair.base.portfolio.squad(before))
}
