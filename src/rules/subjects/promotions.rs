//! Promotions that have been decided, of somebody who is scored.

use super::SubjectKind;
use crate::base::day::Day;
use crate::base::ids::{PersonIx, PromotionIx, Subject};
use crate::model::{Portfolio, Promotion, target};
use crate::records::words::Line;
use crate::rules::facts::Facts;
use crate::rules::pair::Pair;

/// Promotions that have been decided, of somebody who is scored.
#[derive(Debug)]
pub struct Promotions;

/// The position of a subject of this kind.
fn at(subject: Subject) -> Option<PromotionIx> {
    match subject {
        Subject::Promotion(at) => Some(at),
        _ => None,
    }
}

impl SubjectKind for Promotions {
    type Item = PromotionIx;
    const TYPE_NAME: &'static str = "promotion";

    fn item(_: &Facts<'_>, subject: Subject) -> Option<PromotionIx> {
        at(subject)
    }

    fn each(facts: &Facts<'_>, take: &mut dyn FnMut(Subject)) {
        facts.portfolio.promotion_positions().for_each(|at| take(Subject::Promotion(at)));
    }

    fn in_scope(facts: &Facts<'_>, _: Option<Line>, subject: Subject) -> bool {
        at(subject).is_some_and(|at| {
            let promotion = facts.portfolio.promotion(at);
            let scored = promotion.person.target().is_some_and(|person| facts.lines.is_scored(person));
            promotion.decided <= facts.day && scored
        })
    }

    fn is_written(portfolio: &Portfolio) -> bool {
        portfolio.promotions.is_some()
    }

    fn about(facts: &Facts<'_>, subject: Subject) -> Option<PersonIx> {
        facts.portfolio.promotion(at(subject)?).person.target()
    }

    fn needed(facts: &Facts<'_>, subject: Subject) -> Vec<PersonIx> {
        Self::about(facts, subject).into_iter().collect()
    }

    fn own_day(portfolio: &Portfolio, subject: Subject) -> Option<Day> {
        Some(portfolio.promotion(at(subject)?).decided)
    }

    fn over_from(_: &Portfolio, _: Subject) -> Option<Day> {
        None
    }
}

/// The record of the base and that of the head, where there is one.
pub fn records<'p>(pair: &Pair<'p>, before: PromotionIx) -> Option<(&'p Promotion, &'p Promotion)> {
    let now = at(pair.pairing.in_head(Subject::Promotion(before))?)?;
    Some((pair.base.portfolio.promotion(before), pair.head.portfolio.promotion(now)))
}

/// Whether a promotion costs less because its record says less: a later day, another name for who signed it off, a
/// review taken out.
pub fn is_lighter(pair: &Pair<'_>, was: &Promotion, is: &Promotion) -> bool {
    let resigned =
        was.signed_off_by.is_some() && !pair.is_same(target(was.signed_off_by), target(is.signed_off_by));
    is.decided > was.decided || resigned || (was.reviewed.is_some() && is.reviewed.is_none())
}
