//! Scored people; where a rule is about a line, those of whom that line is in scope.

use super::SubjectKind;
use crate::base::day::Day;
use crate::base::ids::{PersonIx, Position, Subject};
use crate::model::{Meeting, Portfolio};
use crate::records::words::Line;
use crate::rules::facts::Facts;
use crate::rules::pair::Pair;

/// Scored people; where a rule is about a line, those of whom that line is in scope.
#[derive(Debug)]
pub struct People;

impl SubjectKind for People {
    type Item = PersonIx;
    const TYPE_NAME: &'static str = "person";

    fn item(_: &Facts<'_>, subject: Subject) -> Option<PersonIx> {
        PersonIx::of(subject)
    }

    fn each(facts: &Facts<'_>, take: &mut dyn FnMut(Subject)) {
        facts.portfolio.person_positions().for_each(|at| take(Subject::Person(at)));
    }

    fn in_scope(facts: &Facts<'_>, line: Option<Line>, subject: Subject) -> bool {
        PersonIx::of(subject).is_some_and(|at| {
            facts.lines.is_scored(at) && line.is_none_or(|line| facts.lines.in_scope(line, at))
        })
    }

    fn is_written(_: &Portfolio) -> bool {
        true
    }

    fn about(_: &Facts<'_>, subject: Subject) -> Option<PersonIx> {
        PersonIx::of(subject)
    }

    fn own_day(_: &Portfolio, _: Subject) -> Option<Day> {
        None
    }
}

/// Whether somebody owns a line of a person now, and nobody did before.
pub fn owner_was_named(pair: &Pair<'_>, person: PersonIx, line: Line) -> bool {
    let now = pair.in_head(person).and_then(|now| pair.head.lines.owner(line, now));
    now.is_some() && pair.base.lines.owner(line, person).is_none()
}

/// Whether a line of a person has another owner now.
pub fn owner_was_replaced(pair: &Pair<'_>, person: PersonIx, line: Line) -> bool {
    let now = pair.in_head(person).and_then(|now| pair.head.lines.owner(line, now));
    now.is_some() && !pair.is_same(pair.base.lines.owner(line, person), now)
}

/// Whether a line of somebody of the head has another active owner than in the base: it was handed over.
pub fn line_was_handed_over(pair: &Pair<'_>, person: PersonIx, line: Line) -> bool {
    let Some(before) = pair.in_base(person) else { return false };
    let owner = pair.head.lines.filter_active(pair.head.lines.owner(line, person));
    owner.is_some() && !pair.is_same(pair.base.lines.owner(line, before), owner)
}

/// Whether any line of somebody of the head was handed over.
pub fn any_line_was_handed_over(pair: &Pair<'_>, person: PersonIx) -> bool {
    Line::ALL.iter().any(|line| line_was_handed_over(pair, person, *line))
}

/// Whether a 1:1 serves a line of a person now that is new, or that had said what it is for: a label that somebody
/// writes down only tells what was held all along.
pub fn line_is_served(pair: &Pair<'_>, person: PersonIx, line: Line) -> bool {
    let Some(now) = pair.in_head(person) else { return false };
    pair.head.one_on_ones_with(now).filter(|one| pair.head.serves(*one, line)).any(|one| {
        let jobs = pair.record_before(one.meeting).map(Meeting::jobs);
        jobs.is_none_or(|jobs| jobs.delivery || jobs.craft)
    })
}

/// Whether it cannot be told who owns somebody's delivery line: the portfolio may just end there.
pub fn delivery_may_end(facts: &Facts<'_>, person: PersonIx) -> bool {
    facts.lines.delivery_owner(person).is_none()
        && (facts.lines.leads_squad(person) || facts.owns_delivery(person))
}

/// Whether that could not be told of the same person in the base, and is known now.
pub fn delivery_was_untold(pair: &Pair<'_>, person: PersonIx) -> bool {
    pair.head.lines.delivery_owner(person).is_some()
        && pair.in_base(person).is_some_and(|before| delivery_may_end(pair.base, before))
}

/// Whether somebody lacks the 1:1 of a line only because somebody has said now what the 1:1s were for that served it:
/// of none of these was that said before.
pub fn label_told_what_serves(pair: &Pair<'_>, person: PersonIx, line: Line) -> bool {
    let Some(before) = pair.in_base(person) else { return false };
    let mut served = pair.base.one_on_ones_with(before).filter(|one| pair.base.serves(*one, line)).peekable();
    served.peek().is_some()
        && served.all(|one| {
            pair.records(one.meeting).is_some_and(|(was, is)| {
                let keeps_agenda = was.agenda.iter().all(|topic| is.agenda.contains(topic));
                was.purpose.is_none() && is.purpose.is_some() && keeps_agenda
            })
        })
}

/// Whether somebody counted as there on a day, as far as the lines of another one can tell.
pub fn was_there_on(facts: &Facts<'_>, person: PersonIx, day: Day) -> bool {
    let record = facts.portfolio.person(person);
    let on_leave = record.leave_on(day).is_some_and(|leave| leave.is_long(facts.policy.away_grace_days));
    record.started.is_none_or(|started| started <= day)
        && record.left.is_none_or(|left| left > day)
        && !on_leave
        && !facts.lines.is_external(person)
}
