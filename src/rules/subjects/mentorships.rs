//! Active mentorships of somebody who is scored.

use super::SubjectKind;
use crate::base::day::Day;
use crate::base::ids::{MentorshipIx, PersonIx, Subject};
use crate::model::{Mentorship, Portfolio};
use crate::records::words::Line;
use crate::rules::facts::Facts;
use crate::rules::pair::Pair;

/// Active mentorships of somebody who is scored.
#[derive(Debug)]
pub struct Mentorships;

/// The position of a subject of this kind.
fn at(subject: Subject) -> Option<MentorshipIx> {
    match subject {
        Subject::Mentorship(at) => Some(at),
        _ => None,
    }
}

impl SubjectKind for Mentorships {
    type Item = MentorshipIx;
    const TYPE_NAME: &'static str = "mentorship";

    fn item(_: &Facts<'_>, subject: Subject) -> Option<MentorshipIx> {
        at(subject)
    }

    fn each(facts: &Facts<'_>, take: &mut dyn FnMut(Subject)) {
        facts.portfolio.mentorship_positions().for_each(|at| take(Subject::Mentorship(at)));
    }

    fn in_scope(facts: &Facts<'_>, _: Option<Line>, subject: Subject) -> bool {
        let sides = at(subject).and_then(|at| facts.lines.mentorship(facts.portfolio, at));
        sides.is_some_and(|(_, mentee)| facts.lines.is_scored(mentee))
    }

    fn is_written(portfolio: &Portfolio) -> bool {
        portfolio.mentorships.is_some()
    }

    fn about(facts: &Facts<'_>, subject: Subject) -> Option<PersonIx> {
        facts.portfolio.mentorship(at(subject)?).mentee.target()
    }

    fn needed(facts: &Facts<'_>, subject: Subject) -> Vec<PersonIx> {
        let mentor = at(subject).and_then(|at| facts.portfolio.mentorship(at).mentor.target());
        Self::about(facts, subject).into_iter().chain(mentor).collect()
    }

    fn own_day(portfolio: &Portfolio, subject: Subject) -> Option<Day> {
        portfolio.mentorship(at(subject)?).since
    }

    fn over_from(portfolio: &Portfolio, subject: Subject) -> Option<Day> {
        portfolio.mentorship(at(subject)?).until
    }
}

/// The record of the base and that of the head, where there is one.
pub fn records<'p>(pair: &Pair<'p>, before: MentorshipIx) -> Option<(&'p Mentorship, &'p Mentorship)> {
    let now = at(pair.pairing.in_head(Subject::Mentorship(before))?)?;
    Some((pair.base.portfolio.mentorship(before), pair.head.portfolio.mentorship(now)))
}
