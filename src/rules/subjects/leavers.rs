//! People who left not long ago, and were not outside.

use super::{People, SubjectKind};
use crate::base::day::Day;
use crate::base::ids::{PersonIx, Subject};
use crate::model::Portfolio;
use crate::records::words::Line;
use crate::rules::facts::Facts;

/// People who left within the policy's window, and were not outside. They are not scored any more.
#[derive(Debug)]
pub struct Leavers;

impl SubjectKind for Leavers {
    type Item = PersonIx;
    const TYPE_NAME: &'static str = People::TYPE_NAME;

    fn item(facts: &Facts<'_>, subject: Subject) -> Option<PersonIx> {
        People::item(facts, subject)
    }

    fn each(facts: &Facts<'_>, take: &mut dyn FnMut(Subject)) {
        People::each(facts, take);
    }

    fn in_scope(facts: &Facts<'_>, _: Option<Line>, subject: Subject) -> bool {
        People::item(facts, subject).is_some_and(|at| {
            let left = facts.portfolio.person(at).left.filter(|left| *left <= facts.day);
            let recently =
                left.is_some_and(|left| facts.day.days_since(left) < facts.policy.exit_window_days);
            recently && !facts.lines.is_external(at)
        })
    }

    fn is_written(_: &Portfolio) -> bool {
        true
    }

    fn about(facts: &Facts<'_>, subject: Subject) -> Option<PersonIx> {
        People::about(facts, subject)
    }

    fn own_day(_: &Portfolio, _: Subject) -> Option<Day> {
        None
    }
}
