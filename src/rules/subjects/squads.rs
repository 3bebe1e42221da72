//! Squads with members.

use super::SubjectKind;
use super::people::was_there_on;
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

/// The squad of the head that one of the base is.
pub fn in_head(pair: &Pair<'_>, before: SquadIx) -> Option<SquadIx> {
    pair.pairing.in_head(Subject::Squad(before)).and_then(at)
}

/// The record of the base and that of the head, where there is one.
pub fn records<'p>(pair: &Pair<'p>, before: SquadIx) -> Option<(&'p Squad, &'p Squad)> {
    let now = in_head(pair, before)?;
    Some((pair.base.portfolio.squad(before), pair.head.portfolio.squad(now)))
}

/// The squad of the base that one of the head is.
pub fn before<'p>(pair: &Pair<'p>, now: SquadIx) -> Option<&'p Squad> {
    let before = at(pair.pairing.in_base(Subject::Squad(now))?)?;
    Some(pair.base.portfolio.squad(before))
}

/// Whether the base has a squad and nobody was in it, on the base's day or on that of the comparison: nothing was asked
/// about it.
pub fn was_empty(pair: &Pair<'_>, now: SquadIx) -> bool {
    let Some(before) = pair.pairing.in_base(Subject::Squad(now)).and_then(at) else { return false };
    pair.base.lines.squad_members(before) == 0 && !had_members(pair, before)
}

/// How many squads of the base had members on the base's day.
pub fn count_with_members(pair: &Pair<'_>) -> usize {
    pair.base.portfolio.squad_positions().filter(|squad| had_members(pair, *squad)).count()
}

/// Whether somebody was in a squad of the base on the base's day.
fn had_members(pair: &Pair<'_>, squad: SquadIx) -> bool {
    let portfolio = pair.base.portfolio;
    let is_in = |person: &PersonIx| target(portfolio.person(*person).squad) == Some(squad);
    portfolio.person_positions().filter(is_in).any(|person| was_there_on(pair.base, person, pair.base_day))
}
