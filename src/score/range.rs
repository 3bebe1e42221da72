//! The high end of the range: what the score would be if every unknown answer were one unit of debt.

use std::collections::HashMap;

use super::Scorecard;
use crate::base::ids::{RuleIx, Subject};
use crate::base::points::MilliPoints;
use crate::rules;

/// `score + Σ P(code)` over the unknown answers. In an exclusive group only the largest one counts for each subject,
/// less what the group costs there already, and never below zero.
pub fn high(card: &Scorecard<'_>) -> MilliPoints {
    let group = |rule: RuleIx| rules::exclusive_group(rule).start;
    let mut at_worst: HashMap<(usize, Subject), MilliPoints> = HashMap::new();
    for (rule, subject) in card.unknown.iter().copied() {
        let principal = card.facts.policy.principal(rule);
        let cost = rules::at(rule).at_worst(&card.facts, subject, principal);
        let largest = at_worst.entry((group(rule), subject)).or_default();
        *largest = (*largest).max(cost);
    }
    for factor in &card.factors {
        if let Some(cost) = at_worst.get_mut(&(group(factor.rule), factor.subject)) {
            *cost = (*cost - factor.value()).max(MilliPoints::ZERO);
        }
    }
    card.score + at_worst.into_values().sum::<MilliPoints>()
}
