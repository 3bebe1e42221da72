//! The change between two portfolios in exact parts. Both are scored by the same `scorecard`; nothing here reads
//! files, revisions or clocks.

pub mod baseline;
pub mod gate;
mod classify;
pub mod loosened;
mod since;

use std::collections::{HashMap, HashSet};

use crate::base::day::Day;
use crate::base::ids::{RuleIx, Subject};
use crate::base::points::MilliPoints;
use crate::model::{Pairing, Portfolio};
use crate::policy::Policy;
use crate::score::part::Part;
use crate::score::warnings::finding;
use crate::score::{Nobody, Scorecard, scorecard};
use classify::Classifier;
use loosened::Loosened;

pub use crate::rules::rule::How;
pub use since::against_baseline;

/// A portfolio with the policy it brings along and its own day.
#[derive(Clone, Copy, Debug)]
pub struct Side<'p> {
    /// The portfolio.
    pub portfolio: &'p Portfolio,
    /// Its policy.
    pub policy: &'p Policy,
    /// Its own day.
    pub day: Day,
}

/// Which part of the change a factor belongs to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// New or larger.
    Introduced,
    /// New or larger only because it is told now.
    Revealed,
    /// Gone or smaller because somebody did something about it.
    Repaired,
    /// Gone or smaller for any other reason.
    Withdrawn,
}

impl Kind {
    /// Its word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Introduced => "introduced",
            Kind::Revealed => "revealed",
            Kind::Repaired => "repaired",
            Kind::Withdrawn => "withdrawn",
        }
    }
}

/// How one factor changed. Its amounts are under one policy and on one day, the head's.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Changed {
    /// What it was; zero where it is new.
    pub from: MilliPoints,
    /// What it is; zero where it is gone.
    pub to: MilliPoints,
    /// Which part of the change it belongs to.
    pub kind: Kind,
    /// How it was repaired or withdrawn.
    pub how: Option<How>,
    /// Its position among the base's factors.
    pub before: Option<usize>,
    /// Its position among the head's factors.
    pub now: Option<usize>,
    /// Whether an acknowledgement of the head holds for it.
    pub acknowledged: bool,
    /// Its identity where neither side has the factor: an entry of a baseline.
    pub entry: Option<String>,
}

impl Changed {
    /// How far it changed, without a sign.
    pub fn size(&self) -> MilliPoints {
        (self.to - self.from).max(self.from - self.to)
    }
}

/// The parts of a change under one policy.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Parts {
    /// New or larger.
    pub introduced: MilliPoints,
    /// New or larger only because it is told now.
    pub revealed: MilliPoints,
    /// Gone or smaller because somebody did something about it.
    pub repaired: MilliPoints,
    /// Gone or smaller for any other reason.
    pub withdrawn: MilliPoints,
    /// The part of `introduced` under an acknowledgement that holds.
    pub acknowledged: MilliPoints,
}

impl Parts {
    fn of(changed: &[Changed]) -> Parts {
        let mut parts = Parts::default();
        for one in changed {
            let size = one.size();
            match one.kind {
                Kind::Introduced => parts.introduced += size,
                Kind::Revealed => parts.revealed += size,
                Kind::Repaired => parts.repaired += size,
                Kind::Withdrawn => parts.withdrawn += size,
            }
            if one.acknowledged && one.kind == Kind::Introduced {
                parts.acknowledged += size;
            }
        }
        parts
    }

    /// Introduced less repaired.
    pub fn rise(&self) -> MilliPoints {
        self.introduced - self.repaired
    }
}

/// What is known of the other side as a whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ledger {
    /// The base's score on its own day under its own policy.
    pub from: MilliPoints,
    /// What the head's policy alone changes.
    pub recalibrated: MilliPoints,
    /// What time alone adds.
    pub accrued: MilliPoints,
}

/// The same change under the policy that the base brings along.
#[derive(Debug)]
pub struct UnderBasePolicy<'p> {
    /// The head on its own day.
    pub head: Scorecard<'p>,
    /// The base on the head's day; none where nobody is scored in it.
    pub base: Option<Scorecard<'p>>,
    /// Every factor that changed.
    pub changed: Vec<Changed>,
}

/// The change from one portfolio to another.
#[derive(Debug)]
pub struct Comparison<'p> {
    /// The head under its own policy on its own day.
    pub head: Scorecard<'p>,
    /// The base under the head's policy on the head's day; none where nobody is scored in it, or it is a baseline.
    pub base: Option<Scorecard<'p>>,
    /// Scores that only a portfolio has; none against a baseline.
    pub ledger: Option<Ledger>,
    /// What the base comes to under the head's policy on the head's day: what a percentage is of.
    pub whole: MilliPoints,
    /// The parts under the head's policy.
    pub parts: Parts,
    /// The parts under the base's policy; none against a baseline.
    pub parts_base_policy: Option<Parts>,
    /// The change under the base's policy, where that is another one.
    pub under_base_policy: Option<UnderBasePolicy<'p>>,
    /// Every factor that changed, largest change first, ties by identity.
    pub changed: Vec<Changed>,
    /// What is asked less strictly than before.
    pub loosened: Vec<Loosened>,
    /// Entries of a baseline that are gone or lower now.
    pub stale: Vec<String>,
}

/// Compares two portfolios on the head's day. Without a base the head is compared with nothing. `base` must have
/// taken over the head's ids (`model::adopt_ids`).
pub fn compare<'p>(base: Option<Side<'p>>, head: Side<'p>) -> Result<Comparison<'p>, Nobody> {
    let card = |side: Side<'p>, policy: &'p Policy, day: Day| {
        scorecard(side.portfolio, policy, day, Part::default())
    };
    let head_card = card(head, head.policy, head.day)?;
    let acknowledged = acknowledged(head.portfolio, head.day);
    let Some(base) = base else {
        let changed = changes(None, &head_card, head.day, None, &acknowledged);
        let parts = Parts::of(&changed);
        let nothing =
            Ledger { from: MilliPoints::ZERO, recalibrated: MilliPoints::ZERO, accrued: MilliPoints::ZERO };
        return Ok(Comparison {
            head: head_card,
            base: None,
            ledger: Some(nothing),
            whole: MilliPoints::ZERO,
            parts,
            parts_base_policy: Some(parts),
            under_base_policy: None,
            changed,
            loosened: Vec::new(),
            stale: Vec::new(),
        });
    };
    // Nobody to score is no debt.
    let score = |card: &Option<Scorecard<'_>>| card.as_ref().map_or(MilliPoints::ZERO, |card| card.score);
    let pairing = Pairing::new(base.portfolio, head.portfolio);
    let base_card = card(base, head.policy, head.day).ok();
    let whole = score(&base_card);
    let then = if base.day == head.day { whole } else { score(&card(base, head.policy, base.day).ok()) };
    let same_policy = base.policy == head.policy;
    let from = if same_policy { then } else { score(&card(base, base.policy, base.day).ok()) };
    let changed = changes(base_card.as_ref(), &head_card, base.day, Some((base, &pairing)), &acknowledged);
    let parts = Parts::of(&changed);
    let mut under_base_policy = None;
    let mut parts_base_policy = parts;
    if !same_policy {
        let base_card = card(base, base.policy, head.day).ok();
        match card(head, base.policy, head.day) {
            Ok(head) => {
                let changed =
                    changes(base_card.as_ref(), &head, base.day, Some((base, &pairing)), &acknowledged);
                parts_base_policy = Parts::of(&changed);
                under_base_policy = Some(UnderBasePolicy { head, base: base_card, changed });
            }
            // Under that policy nobody is left to owe anything.
            Err(Nobody(_)) => parts_base_policy = Parts { withdrawn: score(&base_card), ..Parts::default() },
        }
    }
    let loosened = loosened::all(base, base_card.as_ref(), &head_card, &pairing);
    Ok(Comparison {
        ledger: Some(Ledger { from, recalibrated: then - from, accrued: whole - then }),
        whole,
        parts,
        parts_base_policy: Some(parts_base_policy),
        under_base_policy,
        changed,
        loosened,
        stale: Vec::new(),
        head: head_card,
        base: base_card,
    })
}

/// A rule about a subject of one portfolio.
type Key = (RuleIx, Subject);

/// The factors of the head for which an acknowledgement holds on a day.
fn acknowledged(portfolio: &Portfolio, day: Day) -> HashSet<Key> {
    let holding = portfolio.acknowledgements.iter().filter(|one| one.holds(day));
    holding.filter_map(|one| finding(portfolio, one)).collect()
}

/// Factor by factor, from the base to the head; each falls into exactly one part.
fn changes(
    base: Option<&Scorecard<'_>>,
    head: &Scorecard<'_>,
    base_day: Day,
    sides: Option<(Side<'_>, &Pairing)>,
    acknowledged: &HashSet<Key>,
) -> Vec<Changed> {
    let now: HashMap<Key, usize> =
        head.factors.iter().enumerate().map(|(at, factor)| (factor.key(), at)).collect();
    let classifier = Classifier::new(base, head, base_day, sides, &now);
    let mut changed = Vec::new();
    let mut matched = vec![false; head.factors.len()];
    for (before, factor) in base.iter().flat_map(|card| card.factors.iter().enumerate()) {
        let twin = classifier.in_head(factor.subject);
        let at = twin.and_then(|subject| now.get(&(factor.rule, subject))).copied();
        let (from, to) = (factor.value(), at.map_or(MilliPoints::ZERO, |at| head.factors[at].value()));
        if let Some(at) = at {
            matched[at] = true;
        }
        let (kind, how) = match to.cmp(&from) {
            std::cmp::Ordering::Equal => continue,
            std::cmp::Ordering::Greater => (Kind::Introduced, None),
            std::cmp::Ordering::Less => {
                let (kind, how) = classifier.shrunk(factor, twin);
                (kind, Some(how))
            }
        };
        let acknowledged = at.is_some_and(|at| acknowledged.contains(&head.factors[at].key()));
        changed.push(Changed {
            from,
            to,
            kind,
            how,
            before: Some(before),
            now: at,
            acknowledged,
            entry: None,
        });
    }
    for (at, factor) in head.factors.iter().enumerate().filter(|(at, _)| !matched[*at]) {
        if factor.value() == MilliPoints::ZERO {
            continue;
        }
        changed.push(Changed {
            from: MilliPoints::ZERO,
            to: factor.value(),
            kind: if classifier.is_revealed(factor) { Kind::Revealed } else { Kind::Introduced },
            how: None,
            before: None,
            now: Some(at),
            acknowledged: acknowledged.contains(&factor.key()),
            entry: None,
        });
    }
    sort(&mut changed, base, head);
    changed
}

/// Largest change first, ties by identity.
fn sort(changed: &mut [Changed], base: Option<&Scorecard<'_>>, head: &Scorecard<'_>) {
    let id = |one: &Changed| match (one.now, one.before, base) {
        (Some(at), ..) => head.factors[at].id(head.facts.portfolio),
        (None, Some(at), Some(base)) => base.factors[at].id(base.facts.portfolio),
        _ => one.entry.clone().unwrap_or_default(),
    };
    changed.sort_by_cached_key(|one| (std::cmp::Reverse(one.size()), id(one), one.kind));
}
