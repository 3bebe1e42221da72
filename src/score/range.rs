//! The high end of the range: what the score would be if every unknown answer were debt.

use super::factor::Factor;
use super::{Scorecard, Unknown};
use crate::base::ids::{RuleIx, Subject};
use crate::base::names::FastMap;
use crate::base::points::MilliPoints;
use crate::rules;

/// The score and what the unknown answers would cost at worst. In an exclusive group only the largest one counts for
/// each subject, less what the group costs there already, and never below zero.
pub fn high(card: &Scorecard<'_>) -> MilliPoints {
    with_unknown(card.score, &card.factors, &card.unknown)
}

/// The same of a score, its factors and the questions that could not be answered, in any order.
pub(super) fn with_unknown(score: MilliPoints, factors: &[Factor], unknown: &[Unknown]) -> MilliPoints {
    let group = |rule: RuleIx| rules::exclusive_group(rule).start;
    let mut at_worst: FastMap<(usize, Subject), MilliPoints> = FastMap::default();
    for unknown in unknown {
        let largest = at_worst.entry((group(unknown.rule), unknown.subject)).or_default();
        *largest = (*largest).max(unknown.at_worst);
    }
    for factor in factors {
        if let Some(cost) = at_worst.get_mut(&(group(factor.rule), factor.subject)) {
            *cost = (*cost - factor.value()).max(MilliPoints::ZERO);
        }
    }
    score + at_worst.into_values().sum::<MilliPoints>()
}
