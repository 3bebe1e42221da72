//! Acknowledgements in a comparison: which factors they hold for, and how much counts as new where one was taken out.

use std::collections::{HashMap, HashSet};

use super::matching::{Key, Place, key_of};
use crate::base::day::Day;
use crate::model::{Pairing, Portfolio};
use crate::rules;
use crate::score::warnings::finding;

/// The acknowledgements of both sides, by exclusive group and subject of the head.
pub(super) struct Acknowledgements {
    /// Those of the head that hold on the day of the comparison: with the days they were named on.
    holding: HashMap<Key, HashSet<Day>>,
    /// Those of the head, whether they hold or not.
    in_head: HashSet<Key>,
    /// Those of the base, lapsed or not, with the days they were named on.
    in_base: HashMap<Key, HashSet<Day>>,
}

impl Acknowledgements {
    pub(super) fn new(base: Option<(&Portfolio, &Pairing)>, head: &Portfolio, day: Day) -> Acknowledgements {
        let mut all =
            Acknowledgements { holding: HashMap::new(), in_head: HashSet::new(), in_base: HashMap::new() };
        for one in &head.acknowledgements {
            let Some((rule, subject)) = finding(head, one) else { continue };
            let key = Key { group: rules::exclusive_group(rule).start, place: Place::Head(subject) };
            all.in_head.insert(key);
            if one.holds(day) {
                all.holding.entry(key).or_default().insert(one.named_on);
            }
        }
        if let Some((base, pairing)) = base {
            for one in &base.acknowledgements {
                let Some((rule, subject)) = finding(base, one) else { continue };
                all.in_base.entry(key_of(rule, subject, pairing)).or_default().insert(one.named_on);
            }
        }
        all
    }

    /// Whether one of the head holds for a factor. One that the base already had before there was such a factor was
    /// written for an earlier one, and does not hold.
    pub(super) fn holds(&self, key: Key, stood_before: bool) -> bool {
        let Some(named) = self.holding.get(&key) else { return false };
        stood_before
            || self.in_base.get(&key).is_none_or(|before| named.iter().any(|day| !before.contains(day)))
    }

    /// Whether the base has one and the head none.
    pub(super) fn was_taken_out(&self, key: Key) -> bool {
        self.in_base.contains_key(&key) && !self.in_head.contains(&key)
    }

    /// Whether the base has one, lapsed or not: repairing what it excused offsets nothing.
    pub(super) fn was_excused(&self, key: Key) -> bool {
        self.in_base.contains_key(&key)
    }
}
