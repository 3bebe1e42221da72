//! The weights of a policy: what can be another number without changing what is found. Thresholds, windows, spans, caps
//! and grades are none of them: they decide whether something counts, not how much.

use super::Policy;
use crate::base::catalog::Catalog;
use crate::base::ids::RuleIx;
use crate::base::points::{BasisPoints, MilliPoints};
use crate::records::words::ConversationKind;

/// One weight.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Weight {
    /// The principal of a rule that has one.
    Principal(RuleIx),
    /// What a conversation of a kind costs, by its place in `ConversationKind::ALL`.
    Conversation(usize),
    /// What a week adds.
    Weekly,
    /// What a deferral adds.
    Deferral,
}

/// The most that a percentage may be.
const WHOLE: i64 = 10_000;
/// The most that a principal may be, in milli-points.
const MOST: i64 = 1_000_000;

/// Every weight, in the order of the policy.
pub fn weights(catalog: &Catalog) -> Vec<Weight> {
    let rules = catalog.0.iter().enumerate().filter(|(_, entry)| !entry.by_kind);
    let principals = rules.map(|(at, _)| Weight::Principal(RuleIx::at(at)));
    let kinds = (0..ConversationKind::ALL.len()).map(Weight::Conversation);
    principals.chain(kinds).chain([Weight::Weekly, Weight::Deferral]).collect()
}

impl Weight {
    /// Where it is written in a policy: `principal.CODE`, `conversations.pay`, `interest.weekly_percent`.
    pub fn key(self, catalog: &Catalog) -> String {
        match self {
            Weight::Principal(rule) => catalog.0.get(rule.index()).map_or("", |entry| entry.code).to_owned(),
            Weight::Conversation(at) => {
                format!("conversations.{}", ConversationKind::ALL.get(at).map_or("", |kind| kind.word()))
            }
            Weight::Weekly => "interest.weekly_percent".to_owned(),
            Weight::Deferral => "fees.deferral_percent".to_owned(),
        }
    }
}

/// A number times so many thousandths, rounded half up.
fn times(number: i64, factor: i64) -> i64 {
    number.saturating_mul(factor).saturating_add(500).div_euclid(1000)
}

impl Policy {
    /// The same with weights multiplied by thousandths, within what a policy can say.
    #[must_use]
    pub fn weighted(&self, factors: impl IntoIterator<Item = (Weight, i64)>) -> Policy {
        let mut policy = self.clone();
        let points = |mp: MilliPoints, factor| MilliPoints::new(times(mp.mp(), factor).clamp(0, MOST));
        let percent = |bp: BasisPoints, factor| BasisPoints::new(times(bp.bp(), factor).clamp(0, WHOLE));
        for (weight, factor) in factors {
            match weight {
                Weight::Principal(rule) => {
                    if let Some(slot) = policy.principal.get_mut(rule.index()) {
                        *slot = points(*slot, factor);
                    }
                }
                Weight::Conversation(at) => {
                    if let Some(slot) = policy.conversations.get_mut(at) {
                        *slot = points(*slot, factor);
                    }
                }
                Weight::Weekly => policy.weekly_bp = percent(policy.weekly_bp, factor),
                Weight::Deferral => policy.deferral_bp = percent(policy.deferral_bp, factor),
            }
        }
        policy
    }

    /// The same in which everything that is found once costs one point.
    #[must_use]
    pub fn alike(&self) -> Policy {
        let mut policy = self.clone();
        policy.principal.fill(MilliPoints::new(1000));
        policy.conversations.fill(MilliPoints::new(1000));
        policy
    }

    /// The same without a rule.
    #[must_use]
    pub fn without(&self, rule: RuleIx) -> Policy {
        let mut policy = self.clone();
        if let Some(slot) = policy.disabled.get_mut(rule.index()) {
            *slot = true;
        }
        policy
    }

    /// What one of a weight's kind costs; for a percentage its basis points.
    pub fn weight(&self, weight: Weight) -> i64 {
        match weight {
            Weight::Principal(rule) => self.principal(rule).mp(),
            Weight::Conversation(at) => self.conversations.get(at).map_or(0, |mp| mp.mp()),
            Weight::Weekly => self.weekly_bp.bp(),
            Weight::Deferral => self.deferral_bp.bp(),
        }
    }
}
