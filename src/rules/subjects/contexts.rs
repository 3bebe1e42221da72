//! Squads with members that have a context.

use super::{Squads, SubjectKind};
use crate::base::day::Day;
use crate::base::ids::{PersonIx, SquadIx, Subject};
use crate::model::Portfolio;
use crate::records::words::Line;
use crate::rules::facts::Facts;

/// Squads with members that have a context: what it says can be wrong, beside what it lacks.
#[derive(Debug)]
pub struct Contexts;

impl SubjectKind for Contexts {
    type Item = SquadIx;
    const TYPE_NAME: &'static str = Squads::TYPE_NAME;

    fn item(facts: &Facts<'_>, subject: Subject) -> Option<SquadIx> {
        Squads::item(facts, subject)
    }

    fn each(facts: &Facts<'_>, take: &mut dyn FnMut(Subject)) {
        Squads::each(facts, take);
    }

    fn in_scope(facts: &Facts<'_>, line: Option<Line>, subject: Subject) -> bool {
        let has_context = |at| facts.portfolio.squad(at).context.is_some();
        Squads::in_scope(facts, line, subject) && Squads::item(facts, subject).is_some_and(has_context)
    }

    fn is_written(portfolio: &Portfolio) -> bool {
        Squads::is_written(portfolio)
    }

    fn about(facts: &Facts<'_>, subject: Subject) -> Option<PersonIx> {
        Squads::about(facts, subject)
    }

    fn own_day(portfolio: &Portfolio, subject: Subject) -> Option<Day> {
        Squads::own_day(portfolio, subject)
    }
}
