//! The portfolio as a whole.

use super::SubjectKind;
use crate::base::day::Day;
use crate::base::ids::{PersonIx, Subject};
use crate::model::Portfolio;
use crate::records::words::Line;
use crate::rules::facts::Facts;

/// The portfolio as a whole.
#[derive(Debug)]
pub struct Whole;

impl SubjectKind for Whole {
    type Item = ();
    const TYPE_NAME: &'static str = "portfolio";

    fn item(_: &Facts<'_>, subject: Subject) -> Option<()> {
        (subject == Subject::Portfolio).then_some(())
    }

    fn each(_: &Facts<'_>, take: &mut dyn FnMut(Subject)) {
        take(Subject::Portfolio);
    }

    fn in_scope(_: &Facts<'_>, _: Option<Line>, subject: Subject) -> bool {
        subject == Subject::Portfolio
    }

    fn is_written(_: &Portfolio) -> bool {
        true
    }

    fn about(_: &Facts<'_>, _: Subject) -> Option<PersonIx> {
        None
    }

    fn needed(_: &Facts<'_>, _: Subject) -> Vec<PersonIx> {
        Vec::new()
    }

    fn own_day(_: &Portfolio, _: Subject) -> Option<Day> {
        None
    }

    fn over_from(_: &Portfolio, _: Subject) -> Option<Day> {
        None
    }
}
