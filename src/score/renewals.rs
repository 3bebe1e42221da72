//! A renewed acknowledgement is a deferral: each one after the first adds a fee, under whichever code of the exclusive
//! group it was named.

use super::warnings::finding;
use crate::base::ids::{RuleIx, Subject};
use crate::base::names::FastMap;
use crate::rules;
use crate::rules::facts::Facts;

/// How many acknowledgements each exclusive group and subject has had by the day that is scored, however long ago.
#[derive(Debug, Default)]
pub struct Renewals(FastMap<(usize, Subject), i64>);

impl Renewals {
    /// Those of a portfolio.
    pub fn of(facts: &Facts<'_>) -> Renewals {
        let mut counts: FastMap<(usize, Subject), i64> = FastMap::default();
        let named = facts.portfolio.acknowledgements.iter().filter(|one| one.named_on <= facts.day);
        for (rule, subject) in named.filter_map(|one| finding(facts.portfolio, one)) {
            let count = counts.entry((rules::exclusive_group(rule).start, subject)).or_default();
            *count = count.saturating_add(1);
        }
        Renewals(counts)
    }

    /// How often the acknowledgement of a factor was renewed.
    pub fn count(&self, rule: RuleIx, subject: Subject) -> i64 {
        if self.0.is_empty() {
            return 0;
        }
        let count = self.0.get(&(rules::exclusive_group(rule).start, subject)).copied().unwrap_or_default();
        count.saturating_sub(1).max(0)
    }
}
