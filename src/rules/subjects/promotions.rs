//! Promotions that have been decided, of somebody who is scored.

use super::SubjectKind;
use crate::base::day::Day;
use crate::base::ids::{PersonIx, Position, PromotionIx, Subject};
use crate::model::{Portfolio, Promotion, target};
use crate::records::words::Line;
use crate::rules::facts::Facts;
use crate::rules::pair::Pair;
use crate::rules::rule::{How, Resolution};

/// Promotions that have been decided, of somebody who is scored.
#[derive(Debug)]
pub struct Promotions;

impl SubjectKind for Promotions {
    type Item = PromotionIx;
    const TYPE_NAME: &'static str = "promotion";

    fn item(_: &Facts<'_>, subject: Subject) -> Option<PromotionIx> {
        PromotionIx::of(subject)
    }

    fn each(facts: &Facts<'_>, take: &mut dyn FnMut(Subject)) {
        facts.portfolio.promotion_positions().for_each(|at| take(Subject::Promotion(at)));
    }

    fn in_scope(facts: &Facts<'_>, _: Option<Line>, subject: Subject) -> bool {
        PromotionIx::of(subject).is_some_and(|at| {
            let promotion = facts.portfolio.promotion(at);
            let scored = promotion.person.target().is_some_and(|person| facts.lines.is_scored(person));
            promotion.decided <= facts.day && scored
        })
    }

    fn is_written(portfolio: &Portfolio) -> bool {
        portfolio.promotions.is_some()
    }

    fn about(facts: &Facts<'_>, subject: Subject) -> Option<PersonIx> {
        facts.portfolio.promotion(PromotionIx::of(subject)?).person.target()
    }

    fn own_day(portfolio: &Portfolio, subject: Subject) -> Option<Day> {
        Some(portfolio.promotion(PromotionIx::of(subject)?).decided)
    }
}

/// Whether a promotion costs less because its record says less: a later day, another name for who signed it off, a
/// review taken out.
pub fn is_lighter(pair: &Pair<'_>, was: &Promotion, is: &Promotion) -> bool {
    let resigned =
        was.signed_off_by.is_some() && !pair.is_same(target(was.signed_off_by), target(is.signed_off_by));
    is.decided > was.decided || resigned || (was.reviewed.is_some() && is.reviewed.is_none())
}

/// Whether a promotion is still in the policy's window, and was not reviewed since.
pub fn is_recent(facts: &Facts<'_>, promotion: &Promotion) -> bool {
    let reviewed = promotion.reviewed.is_some_and(|reviewed| reviewed <= facts.day);
    facts.day.days_since(promotion.decided) <= facts.policy.promotion_window_days && !reviewed
}

/// What resolves what was wrong with a promotion from the start: it was reviewed.
pub fn was_reviewed(pair: &Pair<'_>, before: PromotionIx) -> Resolution {
    let Some((was, is)) = pair.records(before) else { return Resolution::Withdrawn(How::Removed) };
    let reviewed = is.reviewed.is_some_and(|reviewed| reviewed <= pair.head.day);
    Resolution::repaired_if(reviewed && !is_lighter(pair, was, is), How::Reviewed)
}
