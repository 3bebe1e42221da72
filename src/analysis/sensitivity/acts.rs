//! What acts come to under other weights: the factors that an act takes away and brings are found once.

use super::Valued;
use crate::analysis::effect;
use crate::base::catalog::Catalog;
use crate::base::names::FastMap;
use crate::base::parallel;
use crate::base::points::{Growth, MilliPoints};
use crate::policy::Policy;
use crate::rules::rule;
use crate::score::part::Part;
use crate::score::{Scorecard, tally};

/// An act with the factors that it changes.
pub(super) struct Act {
    pub(super) of: rule::Act,
    pub(super) minutes: i64,
    gone: Vec<Valued>,
    new: Vec<Valued>,
}

impl Act {
    /// By how much the score falls.
    pub(super) fn effect(&self, policy: &Policy, growth: &Growth) -> MilliPoints {
        let sum = |all: &[Valued]| all.iter().map(|one| one.under(policy, growth)).sum::<MilliPoints>();
        sum(&self.gone) - sum(&self.new)
    }
}

type ById = FastMap<String, (Valued, MilliPoints)>;

/// Factors by their ids: positions move when somebody is added.
fn by_id(card: &Scorecard<'_>, catalog: &Catalog) -> ById {
    let portfolio = card.facts.portfolio;
    let one = |factor: &crate::score::factor::Factor| {
        (factor.id(portfolio), (Valued::of(card, catalog, factor), factor.value()))
    };
    card.factors.iter().map(one).collect()
}

/// The acts of a scorecard that lower the score, and how many were too many to measure.
pub(super) fn of(card: &Scorecard<'_>, catalog: &Catalog) -> (Vec<Act>, usize) {
    let effects = effect::of_acts(card, catalog);
    let before = by_id(card, catalog);
    let facts = &card.facts;
    let act = |measured: &effect::Measured<'_>| {
        let patched = facts.portfolio.with(&measured.deed.patch, catalog).ok()?;
        let after = by_id(&tally(&patched, facts.policy, facts.day, Part::default()), catalog);
        let changed = |one: &ById, other: &ById| -> Vec<Valued> {
            let differs = |(id, (_, value)): &(&String, &(Valued, MilliPoints))| {
                other.get(*id).is_none_or(|(_, other)| other != value)
            };
            let mut changed: Vec<(&String, Valued)> =
                one.iter().filter(differs).map(|(id, (valued, _))| (id, *valued)).collect();
            changed.sort_by_key(|(id, _)| *id);
            changed.into_iter().map(|(_, valued)| valued).collect()
        };
        Some(Act {
            of: measured.act.act,
            minutes: measured.act.minutes(),
            gone: changed(&before, &after),
            new: changed(&after, &before),
        })
    };
    let worth: Vec<_> = effects.measured.iter().filter(|one| one.effect > MilliPoints::ZERO).collect();
    let acts = parallel::map(&worth, usize::MAX, |one| act(one));
    (acts.into_iter().flatten().collect(), effects.left_out)
}
