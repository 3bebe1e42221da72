//! Active mentorships of somebody who is scored.

use super::SubjectKind;
use crate::base::day::Day;
use crate::base::ids::{MentorshipIx, PersonIx, Position, Subject};
use crate::model::Portfolio;
use crate::records::words::Line;
use crate::rules::facts::Facts;

/// Active mentorships of somebody who is scored.
#[derive(Debug)]
pub struct Mentorships;

impl SubjectKind for Mentorships {
    type Item = MentorshipIx;
    const TYPE_NAME: &'static str = "mentorship";

    fn item(_: &Facts<'_>, subject: Subject) -> Option<MentorshipIx> {
        MentorshipIx::of(subject)
    }

    fn each(facts: &Facts<'_>, take: &mut dyn FnMut(Subject)) {
        facts.portfolio.mentorship_positions().for_each(|at| take(Subject::Mentorship(at)));
    }

    fn in_scope(facts: &Facts<'_>, _: Option<Line>, subject: Subject) -> bool {
        let sides = MentorshipIx::of(subject).and_then(|at| facts.lines.mentorship(facts.portfolio, at));
        sides.is_some_and(|(_, mentee)| facts.lines.is_scored(mentee))
    }

    fn is_written(portfolio: &Portfolio) -> bool {
        portfolio.mentorships.is_some()
    }

    fn about(facts: &Facts<'_>, subject: Subject) -> Option<PersonIx> {
        facts.portfolio.mentorship(MentorshipIx::of(subject)?).mentee.target()
    }

    fn own_day(portfolio: &Portfolio, subject: Subject) -> Option<Day> {
        portfolio.mentorship(MentorshipIx::of(subject)?).since
    }
}
