//! The same factors, summed by something. Every breakdown sums to the score exactly.

use std::cmp::Reverse;
use std::hash::Hash;

use super::factor::{Factor, booked};
use crate::base::names::FastMap;
use crate::base::points::MilliPoints;
use crate::rules;
use crate::rules::facts::Facts;
use crate::rules::rule::Group;

/// One line of a breakdown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Slice<K> {
    /// What it is the sum of; none for what is booked nowhere.
    pub key: Option<K>,
    /// How many factors.
    pub count: u64,
    /// How much.
    pub sum: MilliPoints,
}

/// Sums by a key, worst first; ties in the order of keys, what is booked nowhere last.
pub fn by<K: Ord + Hash + Copy>(factors: &[Factor], key: impl Fn(&Factor) -> Option<K>) -> Vec<Slice<K>> {
    let mut sums: FastMap<Option<K>, (u64, MilliPoints)> = FastMap::default();
    for factor in factors {
        let (count, sum) = sums.entry(key(factor)).or_default();
        *count = count.saturating_add(1);
        *sum += factor.value();
    }
    let mut slices: Vec<Slice<K>> =
        sums.into_iter().map(|(key, (count, sum))| Slice { key, count, sum }).collect();
    slices.sort_unstable_by_key(|slice| (Reverse(slice.sum), slice.key.is_none(), slice.key));
    slices
}

/// The group of a factor.
pub fn group(factor: &Factor) -> Group {
    rules::at(factor.rule).group
}

/// The squad of a factor.
pub fn squad(facts: &Facts<'_>, factor: &Factor) -> Option<crate::base::ids::SquadIx> {
    booked(facts, factor.subject).0
}

/// The guild of a factor.
pub fn guild(facts: &Facts<'_>, factor: &Factor) -> Option<crate::base::ids::GuildIx> {
    booked(facts, factor.subject).1
}
