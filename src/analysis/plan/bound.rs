//! What no plan can beat: every act by itself, as if nothing overlapped, and the last one in part. Adding up what acts
//! could take away counts the same factor more than once, so it is never too little.

use std::collections::{HashMap, HashSet};

use super::World;
use crate::acts::{Doable, Mode, Told};
use crate::analysis::effect::{effort, rank};
use crate::base::parallel;
use crate::base::points::MilliPoints;
use crate::model::Portfolio;
use crate::score::part::Part;
use crate::score::tally;

/// What no plan can beat.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Bound {
    /// With a budget: no plan of that length removes more.
    pub most: Option<MilliPoints>,
    /// With a target: no plan that reaches it takes less.
    pub least_minutes: Option<i64>,
}

/// The bound over the acts of the first state. An act that appears only later resolves what another one has brought, which
/// is counted in full with that one.
pub(super) fn bound(world: World<'_>, portfolio: &Portfolio) -> Bound {
    let card = tally(portfolio, world.policy, world.day, Part::default());
    let before: HashMap<String, MilliPoints> =
        card.factors.iter().map(|one| (one.id(portfolio), one.value())).collect();
    let acts = world.asked.keep.acts(&card);
    let (policy, day, catalog, told) = (world.policy, world.day, world.catalog, Told::default());
    let value = |act: &Doable<'_>| -> Option<(MilliPoints, i64)> {
        let deed = act.deed(&card.facts, &told, Mode::Assume).ok()?;
        let patched = portfolio.with(&deed.patch, catalog).ok()?;
        let after = tally(&patched, policy, day, Part::default());
        let left: HashMap<String, MilliPoints> =
            after.factors.iter().map(|one| (one.id(&patched), one.value())).collect();
        let theirs: HashSet<String> = act.factors.iter().map(|one| one.id(portfolio)).collect();
        let gone = before.iter().map(|(id, was)| {
            let stays = if theirs.contains(id) { None } else { left.get(id) };
            MilliPoints::ZERO.max(*was - stays.copied().unwrap_or_default())
        });
        Some((gone.sum(), act.minutes()))
    };
    let work = effort(portfolio).saturating_mul(acts.len());
    let mut values: Vec<(MilliPoints, i64)> =
        parallel::map(&acts, work, value).into_iter().flatten().collect();
    values.sort_by(|a, b| rank(*a, *b));
    Bound {
        most: world.asked.budget.map(|budget| most(&values, budget).min(card.score)),
        least_minutes: world.asked.until.and_then(|until| {
            let wanted = card.score - until.most_of(card.people, world.policy)?;
            least(&values, wanted)
        }),
    }
}

/// The fractional knapsack: values with their minutes, densest first.
fn most(values: &[(MilliPoints, i64)], budget: i64) -> MilliPoints {
    let (mut left, mut sum) = (budget, MilliPoints::ZERO);
    for (value, minutes) in values.iter().filter(|(_, minutes)| *minutes <= budget) {
        if *minutes <= left {
            left = left.saturating_sub(*minutes);
            sum += *value;
        } else {
            // The rest of the time in a part of the next one, rounded up.
            let part = value.mp().saturating_mul(left);
            return sum + MilliPoints::new(rounded_up(part, *minutes));
        }
    }
    sum
}

/// The fewest minutes in which so much could go; none where it cannot.
fn least(values: &[(MilliPoints, i64)], wanted: MilliPoints) -> Option<i64> {
    let (mut missing, mut sum) = (wanted, 0_i64);
    for (value, minutes) in values {
        if missing <= MilliPoints::ZERO {
            return Some(sum);
        }
        if *value > missing {
            return Some(sum.saturating_add(rounded_up(missing.mp().saturating_mul(*minutes), value.mp())));
        }
        missing = missing - *value;
        sum = sum.saturating_add(*minutes);
    }
    (missing <= MilliPoints::ZERO).then_some(sum)
}

fn rounded_up(part: i64, whole: i64) -> i64 {
    part.saturating_add(whole.saturating_sub(1)).div_euclid(whole.max(1))
}

#[cfg(test)]
mod tests {
    use super::{least, most};
    use crate::base::points::MilliPoints;

    #[test]
    fn the_last_one_counts_in_part() {
        let values =
            [(3_000, 10), (9_000, 60), (1_000, 20)].map(|(mp, minutes)| (MilliPoints::new(mp), minutes));
        // 3,000, and 30 of 60 minutes of 9,000.
        assert_eq!(most(&values, 60).mp(), 3_000 + 7_500);
        assert_eq!(most(&values, 1_000).mp(), 13_000);
        // What takes longer than all of the time is in no plan.
        assert_eq!(most(&values, 30).mp(), 4_000);
        assert_eq!(least(&values, MilliPoints::new(3_001)), Some(11));
        assert_eq!(least(&values, MilliPoints::new(13_000)), Some(90));
        assert_eq!(least(&values, MilliPoints::new(13_001)), None);
        assert_eq!(least(&values, MilliPoints::ZERO), Some(0));
    }
}
