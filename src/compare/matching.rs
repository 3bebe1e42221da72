//! Which factor of the head corresponds to which of the base: by item, and within an exclusive group as one amount.

use std::collections::HashMap;

use crate::base::ids::{RuleIx, Subject};
use crate::model::Pairing;
use crate::rules;
use crate::score::Scorecard;

/// What a factor is about, as both sides know it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum Place {
    /// An item of the head, whether the base has it or not.
    Head(Subject),
    /// An item that only the base has.
    BaseOnly(Subject),
}

/// An exclusive group of rules and what it is asked about: there is one factor at most on each side.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) struct Key {
    /// The first rule of the group, by its position.
    pub(super) group: usize,
    pub(super) place: Place,
}

/// The key of a factor of the base.
pub(super) fn key_of(rule: RuleIx, subject: Subject, pairing: &Pairing) -> Key {
    let place = pairing.in_head(subject).map_or(Place::BaseOnly(subject), Place::Head);
    Key { group: rules::exclusive_group(rule).start, place }
}

/// The factors of both sides under one key, by their positions in the scorecards.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Match {
    pub(super) key: Key,
    pub(super) before: Option<usize>,
    pub(super) now: Option<usize>,
}

/// Every key under which either side has a factor, in the order of keys.
pub(super) fn matches(base: Option<(&Scorecard<'_>, &Pairing)>, head: &Scorecard<'_>) -> Vec<Match> {
    let mut by_key: HashMap<Key, Match> = HashMap::with_capacity(head.factors.len());
    for (at, factor) in head.factors.iter().enumerate() {
        let key =
            Key { group: rules::exclusive_group(factor.rule).start, place: Place::Head(factor.subject) };
        by_key.insert(key, Match { key, before: None, now: Some(at) });
    }
    if let Some((base, pairing)) = base {
        for (at, factor) in base.factors.iter().enumerate() {
            let key = key_of(factor.rule, factor.subject, pairing);
            by_key.entry(key).or_insert(Match { key, before: None, now: None }).before = Some(at);
        }
    }
    let mut all: Vec<Match> = by_key.into_values().collect();
    all.sort_by_key(|one| one.key);
    all
}
