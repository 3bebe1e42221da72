//! Which part of the change a factor belongs to: told or done, repaired or withdrawn. What resolves a factor is its
//! rule's to say; here is what holds for all rules alike: people who go, lines that are exempt, answers that are lost,
//! other rules in the way.

use std::collections::{HashMap, HashSet};

use super::{How, Key, Kind, Side};
use crate::base::day::Day;
use crate::base::ids::{RuleIx, Subject};
use crate::model::{Pairing, Portfolio};
use crate::rules;
use crate::rules::facts::Facts;
use crate::rules::pair::Pair;
use crate::rules::rule::{Resolution, Told};
use crate::rules::subjects;
use crate::score::Scorecard;
use crate::score::factor::Factor;

/// Classifies the factors of one pair of scorecards.
pub(super) struct Classifier<'c> {
    base: Option<&'c Scorecard<'c>>,
    head: &'c Scorecard<'c>,
    base_day: Day,
    side: Option<&'c Portfolio>,
    pairing: Option<&'c Pairing>,
    unknown_before: HashSet<Key>,
    unknown_now: HashSet<Key>,
    now: &'c HashMap<Key, usize>,
}

impl<'c> Classifier<'c> {
    pub(super) fn new(
        base: Option<&'c Scorecard<'c>>,
        head: &'c Scorecard<'c>,
        base_day: Day,
        sides: Option<(Side<'c>, &'c Pairing)>,
        now: &'c HashMap<Key, usize>,
    ) -> Classifier<'c> {
        Classifier {
            base,
            head,
            base_day,
            side: sides.map(|(side, _)| side.portfolio),
            pairing: sides.map(|(_, pairing)| pairing),
            unknown_before: base.iter().flat_map(|card| card.unknown.iter().copied()).collect(),
            unknown_now: head.unknown.iter().copied().collect(),
            now,
        }
    }

    /// Both sides, where there are two.
    fn pair(&self) -> Option<Pair<'c>> {
        let base = &self.base?.facts;
        Some(Pair { base, head: &self.head.facts, pairing: self.pairing?, base_day: self.base_day })
    }

    /// The same item of the head.
    pub(super) fn in_head(&self, subject: Subject) -> Option<Subject> {
        self.pairing.and_then(|pairing| pairing.in_head(subject))
    }

    /// Whether a factor that the base lacks is only told now.
    pub(super) fn is_revealed(&self, factor: &Factor) -> bool {
        let before = self.pairing.and_then(|pairing| pairing.in_base(factor.subject));
        if let Some(before) = before {
            let told = || self.pair().map(|pair| factor.found.state.told(&pair, None));
            return self.unknown_before.contains(&(factor.rule, before)) || told() == Some(Told::All);
        }
        let portfolio = self.head.facts.portfolio;
        let raised = match factor.subject {
            Subject::Conversation(at) => Some(portfolio.conversation(at).raised),
            Subject::Decision(at) => Some(portfolio.decision(at).raised),
            Subject::Person(_)
            | Subject::Meeting(_)
            | Subject::Promotion(_)
            | Subject::Mentorship(_)
            | Subject::Squad(_)
            | Subject::Guild(_)
            | Subject::Portfolio => None,
        };
        let was_described = self.side.is_none_or(subjects::of(factor.subject).is_written);
        raised.is_some_and(|raised| raised <= self.base_day) || !was_described
    }

    /// Why a factor of the base is smaller now, or gone.
    pub(super) fn shrunk(&self, factor: &Factor, twin: Option<Subject>) -> (Kind, How) {
        let Some(pair) = self.pair() else { return (Kind::Withdrawn, How::Removed) };
        let after = twin.and_then(|now| self.now.get(&(factor.rule, now)));
        let after = after.map(|at| &self.head.factors[*at].found.state);
        let resolution = factor.found.state.resolved(&pair, after);
        if resolution.is_on_record() {
            return part(resolution);
        }
        let Some(now) = twin else { return (Kind::Withdrawn, How::Removed) };
        let rule = rules::at(factor.rule);
        if !rule.in_scope(pair.head, now) {
            return out_of_scope(&pair, factor, now, resolution);
        }
        if self.unknown_now.contains(&(factor.rule, now)) {
            return (Kind::Withdrawn, How::Unknown);
        }
        let about = pair.base.about(factor.subject).filter(|_| !rule.uses.is_empty());
        if let Some(how) = about.and_then(|person| pair.exempted(person)) {
            return (Kind::Withdrawn, how);
        }
        let is_repaired = matches!(resolution, Resolution::Repaired(_));
        if about.is_some_and(|person| pair.line_ended(person)) && !is_repaired {
            return part(Resolution::REWRITTEN);
        }
        self.masked(&pair, factor, now, resolution).unwrap_or_else(|| part(resolution))
    }

    /// Within an exclusive group, an earlier rule that is unknown now, or that costs as much as this one did.
    fn masked(
        &self,
        pair: &Pair<'_>,
        factor: &Factor,
        now: Subject,
        resolution: Resolution,
    ) -> Option<(Kind, How)> {
        for earlier in earlier_in_group(factor.rule) {
            let key = (earlier, now);
            if let Some(at) = self.now.get(&key) {
                let earlier = &self.head.factors[*at];
                // What the same act only brings to light is in nobody's way.
                let is_told = earlier.found.state.told(pair, None) == Told::All;
                return Some(match resolution {
                    Resolution::Repaired(_) if is_told => part(resolution),
                    _ => replaced(earlier.value() < factor.value()),
                });
            }
            let was_unknown = pair
                .pairing
                .in_base(now)
                .is_some_and(|before| self.unknown_before.contains(&(earlier, before)));
            if self.unknown_now.contains(&key) && !was_unknown {
                return Some((Kind::Withdrawn, How::Unknown));
            }
        }
        None
    }
}

/// Why a rule is no longer asked about a subject.
fn out_of_scope(pair: &Pair<'_>, factor: &Factor, now: Subject, resolution: Resolution) -> (Kind, How) {
    let kind = subjects::of(factor.subject);
    let went = pair.any_went((kind.needed)(pair.base, factor.subject));
    let exempted = || pair.base.about(factor.subject).and_then(|person| pair.exempted(person));
    if let Some(how) = went.or_else(exempted) {
        return (Kind::Withdrawn, how);
    }
    if matches!(resolution, Resolution::Repaired(_)) {
        return part(resolution);
    }
    if is_over(pair.head, now) {
        return (Kind::Withdrawn, How::Removed);
    }
    // Their craft line ends in them since they lead a guild: somebody was named.
    let leads = matches!(now, Subject::Person(at) if pair.head.lines.is_scored(at));
    if leads { (Kind::Repaired, How::Named) } else { (Kind::Withdrawn, How::Rewritten) }
}

/// The part of the change that a resolution belongs to.
pub(super) fn part(resolution: Resolution) -> (Kind, How) {
    match resolution {
        Resolution::Repaired(how) => (Kind::Repaired, how),
        Resolution::Withdrawn(how) => (Kind::Withdrawn, how),
    }
}

/// A factor for which an earlier rule of its exclusive group applies now.
pub(super) fn replaced(by_less: bool) -> (Kind, How) {
    if by_less { (Kind::Repaired, How::Changed) } else { (Kind::Withdrawn, How::Replaced) }
}

/// The rules before one in its exclusive group.
pub(super) fn earlier_in_group(rule: RuleIx) -> impl Iterator<Item = RuleIx> {
    (rules::exclusive_group(rule).start..rule.index()).map(RuleIx::at)
}

/// Whether a meeting or mentorship has ended by its own date.
pub(super) fn is_over(head: &Facts<'_>, now: Subject) -> bool {
    (subjects::of(now).over_from)(head.portfolio, now).is_some_and(|over| over <= head.day)
}
