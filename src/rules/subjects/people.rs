//! Scored people; where a rule is about a line, those of whom that line is in scope.

use super::SubjectKind;
use crate::base::day::Day;
use crate::base::ids::{PersonIx, Subject};
use crate::model::Portfolio;
use crate::records::words::Line;
use crate::rules::facts::Facts;
use crate::rules::pair::Pair;

/// Scored people; where a rule is about a line, those of whom that line is in scope.
#[derive(Debug)]
pub struct People;

/// The position of a subject of this kind.
fn at(subject: Subject) -> Option<PersonIx> {
    match subject {
        Subject::Person(at) => Some(at),
        _ => None,
    }
}

impl SubjectKind for People {
    type Item = PersonIx;
    const TYPE_NAME: &'static str = "person";

    fn item(_: &Facts<'_>, subject: Subject) -> Option<PersonIx> {
        at(subject)
    }

    fn each(facts: &Facts<'_>, take: &mut dyn FnMut(Subject)) {
        facts.portfolio.person_positions().for_each(|at| take(Subject::Person(at)));
    }

    fn in_scope(facts: &Facts<'_>, line: Option<Line>, subject: Subject) -> bool {
        at(subject).is_some_and(|at| {
            facts.lines.is_scored(at) && line.is_none_or(|line| facts.lines.in_scope(line, at))
        })
    }

    fn is_written(_: &Portfolio) -> bool {
        true
    }

    fn about(_: &Facts<'_>, subject: Subject) -> Option<PersonIx> {
        at(subject)
    }

    fn needed(_: &Facts<'_>, subject: Subject) -> Vec<PersonIx> {
        at(subject).into_iter().collect()
    }

    fn own_day(_: &Portfolio, _: Subject) -> Option<Day> {
        None
    }

    fn over_from(_: &Portfolio, _: Subject) -> Option<Day> {
        None
    }
}

/// Whether somebody owns a line of a person now, and nobody did before.
pub fn owner_was_named(pair: &Pair<'_>, person: PersonIx, line: Line) -> bool {
    let now = pair.person(person).and_then(|now| pair.head.lines.owner(line, now));
    now.is_some() && pair.base.lines.owner(line, person).is_none()
}

/// Whether a line of a person has another owner now.
pub fn owner_was_replaced(pair: &Pair<'_>, person: PersonIx, line: Line) -> bool {
    let now = pair.person(person).and_then(|now| pair.head.lines.owner(line, now));
    now.is_some() && !pair.is_same(pair.base.lines.owner(line, person), now)
}

/// Whether a 1:1 serves a line of a person now that is new, or that had said what it is for: a label that somebody
/// writes down only tells what was held all along.
pub fn line_is_served(pair: &Pair<'_>, person: PersonIx, line: Line) -> bool {
    let Some(now) = pair.person(person) else { return false };
    pair.head.one_on_ones_with(now).filter(|one| one.jobs.has(line)).any(|one| {
        match pair.pairing.in_base(Subject::Meeting(one.meeting)) {
            Some(Subject::Meeting(before)) => {
                let jobs = pair.base.portfolio.meeting(before).jobs();
                jobs.delivery || jobs.craft
            }
            _ => true,
        }
    })
}

/// Whether it cannot be told who owns somebody's delivery line: the portfolio may just end there.
pub fn delivery_may_end(facts: &Facts<'_>, person: PersonIx) -> bool {
    facts.lines.delivery_owner(person).is_none()
        && (facts.lines.leads_squad(person) || facts.owns_delivery(person))
}

/// Whether that could not be told of the same person in the base.
pub fn delivery_was_untold(pair: &Pair<'_>, person: PersonIx) -> bool {
    pair.person_before(person).is_some_and(|before| delivery_may_end(pair.base, before))
}
