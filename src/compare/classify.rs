//! One factor's change, in its parts: what is new was revealed, came with staffing or was introduced; what is gone was
//! repaired or withdrawn. The rules decide; this file names none of them.

use std::collections::{HashMap, HashSet};

use super::acknowledged::Acknowledgements;
use super::matching::{Key, Match, Place, matches};
use super::parts::{Changed, Kind, Of};
use super::staffing::brought;
use crate::base::day::Day;
use crate::base::ids::{PersonIx, RuleIx, Subject};
use crate::base::points::MilliPoints;
use crate::model::Pairing;
use crate::policy::Policy;
use crate::rules::pair::Pair;
use crate::rules::rule::{Basis, EntryKey, How, Resolution, Told};
use crate::rules::{self, Seen, subjects};
use crate::score::Scorecard;
use crate::score::Unknown;
use crate::score::factor::Factor;

/// The base of a comparison, on the day and under the yardstick of the comparison.
pub(super) struct BaseView<'c, 'p> {
    /// With the head's dates, or with its own.
    pub(super) card: &'c Scorecard<'p>,
    pub(super) pairing: &'c Pairing,
    /// Its own day: what dates from then or before existed.
    pub(super) own_day: Day,
    /// What it could not answer with its own dates.
    pub(super) unknown_undated: &'c HashSet<(RuleIx, Subject)>,
    /// What each exclusive group came to with its own dates: repairing what only the head's dates bring offsets nothing.
    pub(super) had_undated: &'c HashMap<(usize, Subject), MilliPoints>,
}

/// What the gate weighs of one factor's change: principal and fees, without interest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Weighed {
    pub(super) key: Key,
    /// Introduced, and under no acknowledgement that holds.
    pub(super) introduced: MilliPoints,
    /// Acknowledged debt whose acknowledgement was taken out.
    pub(super) let_in: MilliPoints,
    /// Repaired, and offsets what is introduced.
    pub(super) paid: MilliPoints,
    /// Repaired, but offsets only what the same act brings.
    pub(super) unpaid: MilliPoints,
    /// Whom it is about, in the base; what an act brings is about the same person.
    pub(super) about: Option<PersonIx>,
    /// Whether the base has the item, and its record says the same.
    pub(super) is_left: bool,
    pub(super) now: Option<usize>,
}

impl Weighed {
    /// By how much it raises the debt; negative if it lowers it.
    pub(super) fn net(&self) -> MilliPoints {
        self.introduced + self.let_in - self.paid
    }
}

/// Every factor that changed between two scorecards, as rows and as what the gate weighs.
pub(super) struct Classified {
    pub(super) rows: Vec<Changed>,
    pub(super) weighed: Vec<Weighed>,
}

/// Compares factor by factor. Without a base everything is revealed.
pub(super) fn classify(
    base: Option<&BaseView<'_, '_>>,
    head: &Scorecard<'_>,
    acknowledgements: &Acknowledgements,
) -> Classified {
    let classifier = Classifier {
        base,
        head,
        acknowledgements,
        unknown: base.map(|base| base.card.unknown.iter().map(Unknown::key).collect()).unwrap_or_default(),
    };
    let mut all = Classified { rows: Vec::new(), weighed: Vec::new() };
    for one in matches(base.map(|base| (base.card, base.pairing)), head) {
        classifier.change(one, &mut all);
    }
    all
}

struct Classifier<'c, 'p> {
    base: Option<&'c BaseView<'c, 'p>>,
    head: &'c Scorecard<'p>,
    acknowledgements: &'c Acknowledgements,
    /// What the base could not answer.
    unknown: HashSet<(RuleIx, Subject)>,
}

/// How much of what came belongs to which part.
#[derive(Clone, Copy, Default)]
struct Came {
    revealed: MilliPoints,
    staffing: MilliPoints,
    introduced: MilliPoints,
    /// How people brought what they brought.
    brought: Option<How>,
}

/// What the same rule saw in the base.
fn state_of_same_rule<'f>(before: Option<&'f Factor>, now: &Factor) -> Option<&'f Seen> {
    before.filter(|before| before.rule == now.rule).map(|before| &before.found.state)
}

/// How much of a factor is revealed or came with staffing; `None` if all of it is.
fn amount(told: Told, now: &Factor, card: &Scorecard<'_>) -> Option<MilliPoints> {
    match told {
        Told::Nothing => Some(MilliPoints::ZERO),
        Told::All => None,
        Told::Units(count) => Some(now.found.unit.times(count)),
        Told::Share(part, of) => {
            let weight = now.amounts.principal + now.amounts.fees;
            Some(MilliPoints::new(weight.mp().saturating_mul(part).div_euclid(of.max(1))))
        }
        Told::Fees(count) => Some(match now.found.basis {
            Basis::Growing { deferrals, .. } => {
                let policy = card.facts.policy;
                let fee = |count| now.found.unit.fee(policy.deferral_bp, count, policy.max_deferrals);
                fee(deferrals) - fee(deferrals.saturating_sub(count))
            }
            Basis::Flat | Basis::Each { .. } | Basis::Missed { .. } => MilliPoints::ZERO,
        }),
    }
}

/// The entries of a factor of one side.
struct Entries<'f> {
    factor: &'f Factor,
    keys: Vec<Option<EntryKey>>,
    policy: &'f Policy,
}

impl Entries<'_> {
    /// What that many of them cost: fees in their order, counted units at the same price each.
    fn weight(&self, some: usize) -> MilliPoints {
        let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let unit = self.factor.found.unit;
        match self.factor.found.basis {
            Basis::Growing { .. } => {
                unit.fee(self.policy.deferral_bp, count(some), self.policy.max_deferrals)
            }
            Basis::Each { count: all } => {
                unit.times(all.saturating_mul(count(some)).div_euclid(count(self.keys.len()).max(1)))
            }
            Basis::Flat | Basis::Missed { .. } => MilliPoints::ZERO,
        }
    }

    /// What all of them come to.
    fn all(&self) -> MilliPoints {
        self.weight(self.keys.len())
    }

    /// How many of them are among others, too.
    fn kept(&self, others: &Entries<'_>) -> usize {
        let mut free = others.keys.clone();
        let mut is_kept = |key: &&Option<EntryKey>| {
            let found = free.iter().position(|other| key.is_some() && other == *key);
            found.map(|at| free.swap_remove(at)).is_some()
        };
        self.keys.iter().filter(|key| is_kept(key)).count()
    }
}

/// The entries of a factor, as the head calls them.
fn entries<'f>(card: &'f Scorecard<'_>, factor: &'f Factor, pairing: Option<&Pairing>) -> Entries<'f> {
    let keys = factor.found.state.entries(&card.facts).into_iter();
    let in_head = |key: EntryKey| pairing.map_or(Some(key), |pairing| key.in_head(pairing));
    Entries { factor, keys: keys.map(in_head).collect(), policy: card.facts.policy }
}

/// The day that a factor of the head dates from: its subject's own day, else the day from which it is one.
fn now_of(head: &Scorecard<'_>, now: Option<usize>) -> Option<Day> {
    let factor = now.and_then(|at| head.factors.get(at))?;
    let own_day = (subjects::of(factor.subject).own_day)(head.facts.portfolio, factor.subject);
    own_day.or(factor.found.onset)
}

fn weight(factor: Option<&Factor>) -> MilliPoints {
    factor.map_or(MilliPoints::ZERO, |factor| factor.amounts.principal + factor.amounts.fees)
}

fn interest(factor: Option<&Factor>) -> MilliPoints {
    factor.map_or(MilliPoints::ZERO, |factor| factor.amounts.interest)
}

impl Classifier<'_, '_> {
    fn change(&self, one: Match, all: &mut Classified) {
        let before = one.before.zip(self.base).and_then(|(at, base)| base.card.factors.get(at));
        let now = one.now.and_then(|at| self.head.factors.get(at));
        let same = before.map(|factor| (factor.rule, factor.amounts))
            == now.map(|factor| (factor.rule, factor.amounts));
        let taken_out = now.is_some() && self.acknowledgements.was_taken_out(one.key);
        // Entries may have changed places within an amount that is the same.
        if same && !taken_out && !before.is_some_and(|factor| rules::at(factor.rule).has_entries) {
            return;
        }
        let (came, went) = self.came_and_went(before, now);
        let came = self.parts_of(came, before, now);
        let resolution = (went > MilliPoints::ZERO || interest(now) < interest(before))
            .then(|| before.map(|factor| self.resolution(factor, one, now)))
            .flatten();
        self.weigh(one, before, now, (came, went), resolution, all);
        self.rows(one, before, now, (came, went), resolution, &mut all.rows);
    }

    /// How much came and how much went, without interest. Where a factor has entries they are compared one by one,
    /// so that one that is gone never offsets one that is new.
    fn came_and_went(&self, before: Option<&Factor>, now: Option<&Factor>) -> (MilliPoints, MilliPoints) {
        let (was, is) = (weight(before), weight(now));
        let larger = |one: MilliPoints, other: MilliPoints| (one - other).max(MilliPoints::ZERO);
        let (Some(base), Some(old), Some(new)) = (self.base, before, now) else {
            return (larger(is, was), larger(was, is));
        };
        if old.rule != new.rule || !rules::at(new.rule).has_entries {
            return (larger(is, was), larger(was, is));
        }
        let (old, new) = (entries(base.card, old, Some(base.pairing)), entries(self.head, new, None));
        let kept = new.kept(&old);
        let (kept_old, kept_new) = (old.weight(kept), new.weight(kept));
        // What has no entries, such as the principal of a conversation, is compared as a whole.
        let (old_rest, new_rest) = (was - old.all(), is - new.all());
        let came = (new.all() - kept_new) + larger(kept_new, kept_old) + larger(new_rest, old_rest);
        let went = (old.all() - kept_old) + larger(kept_old, kept_new) + larger(old_rest, new_rest);
        (came, went)
    }

    /// What came, by part: told before staffing, staffing before introduced.
    fn parts_of(&self, came: MilliPoints, before: Option<&Factor>, now: Option<&Factor>) -> Came {
        let Some(now) = now.filter(|_| came > MilliPoints::ZERO) else { return Came::default() };
        let Some(base) = self.base else { return Came { revealed: came, ..Came::default() } };
        if self.is_told(base, now) {
            return Came { revealed: came, ..Came::default() };
        }
        let pair = self.pair(base);
        let before = state_of_same_rule(before, now);
        let share = |told: Told| amount(told, now, self.head).map_or(came, |amount| amount.min(came));
        let revealed = share(now.found.state.told(&pair, before));
        let staffed = now.found.state.staffed(&pair, before);
        let staffing = share(staffed).min(came - revealed);
        let brought = Some(brought(&pair, now, staffed)).filter(|_| staffing > MilliPoints::ZERO);
        Came { revealed, staffing, introduced: came - revealed - staffing, brought }
    }

    fn pair<'a>(&'a self, base: &'a BaseView<'_, '_>) -> Pair<'a> {
        Pair { base: &base.card.facts, head: &self.head.facts, pairing: base.pairing, base_day: base.own_day }
    }

    /// Whether a factor existed before as far as the item or the base's answer tells, whatever the rule.
    fn is_told(&self, base: &BaseView<'_, '_>, now: &Factor) -> bool {
        let pair = self.pair(base);
        match base.pairing.in_base(now.subject) {
            Some(before) if subjects::was_set_aside(&pair, before, now.subject) => true,
            Some(before) => {
                let up_to = rules::exclusive_group(now.rule).start..=now.rule.index();
                up_to.map(RuleIx::at).any(|rule| {
                    let key = (rule, before);
                    (self.unknown.contains(&key) || base.unknown_undated.contains(&key))
                        && rules::at(rule).unknown_reveals(&pair, before)
                })
            }
            None => subjects::existed(&pair, now.subject),
        }
    }

    fn resolution(&self, before: &Factor, one: Match, now: Option<&Factor>) -> Resolution {
        let Some(base) = self.base else { return Resolution::Withdrawn(How::Removed) };
        let pair = self.pair(base);
        let after = now.filter(|now| now.rule == before.rule).map(|now| &now.found.state);
        let resolution = before.found.state.resolved(&pair, after);
        // Another rule of the group applies now, and nobody did anything about this one.
        match (resolution, now) {
            (Resolution::Withdrawn(How::Rewritten), Some(now)) if now.rule != before.rule => {
                Resolution::Withdrawn(How::Replaced)
            }
            (Resolution::Withdrawn(_), None) if matches!(one.key.place, Place::BaseOnly(_)) => {
                Resolution::Withdrawn(How::Removed)
            }
            (resolution, _) => resolution,
        }
    }

    fn weigh(
        &self,
        one: Match,
        before: Option<&Factor>,
        now: Option<&Factor>,
        (came, went): (Came, MilliPoints),
        resolution: Option<Resolution>,
        all: &mut Classified,
    ) {
        let excused = self.acknowledgements.holds(one.key, before.is_some());
        let introduced = if excused { MilliPoints::ZERO } else { came.introduced };
        let taken_out = now.is_some() && self.acknowledgements.was_taken_out(one.key);
        let let_in = if taken_out { weight(before).min(weight(now)) } else { MilliPoints::ZERO };
        let repaired =
            if matches!(resolution, Some(Resolution::Repaired(_))) { went } else { MilliPoints::ZERO };
        let had = before
            .zip(self.base)
            .and_then(|(factor, base)| base.had_undated.get(&(one.key.group, factor.subject)).copied());
        let unpaid = if self.acknowledgements.was_excused(one.key) {
            repaired
        } else {
            let brought = weight(before) - had.unwrap_or(MilliPoints::ZERO);
            repaired.min(brought.max(MilliPoints::ZERO))
        };
        let paid = repaired - unpaid;
        let subject = match one.key.place {
            Place::Head(subject) => self.base.and_then(|base| base.pairing.in_base(subject)),
            Place::BaseOnly(subject) => Some(subject),
        };
        let about = subject.zip(self.base).and_then(|(subject, base)| base.card.facts.about(subject));
        // A record that itself changed was not changed by an act on another one.
        let is_left = match (subject, one.key.place, self.base) {
            (Some(before), Place::Head(now), Some(base)) => {
                subjects::says_the_same(&self.pair(base), before, now)
            }
            _ => false,
        };
        all.weighed.push(Weighed {
            key: one.key,
            introduced,
            let_in,
            paid,
            unpaid,
            about,
            is_left,
            now: one.now,
        });
    }

    /// The rows of one factor: from what it was, down by what went, up by what came.
    fn rows(
        &self,
        one: Match,
        before: Option<&Factor>,
        now: Option<&Factor>,
        (came, went): (Came, MilliPoints),
        resolution: Option<Resolution>,
        rows: &mut Vec<Changed>,
    ) {
        let acknowledged = now.is_some() && self.acknowledgements.holds(one.key, before.is_some());
        let grown = (interest(now) - interest(before)).max(MilliPoints::ZERO);
        let shrunk = (interest(before) - interest(now)).max(MilliPoints::ZERO);
        let mut at = weight(before) + interest(before);
        let mut row = |kind: Kind, how: Option<How>, weight: MilliPoints, interest: MilliPoints| {
            if weight + interest == MilliPoints::ZERO {
                return;
            }
            let (was, is) = (one.before.map(Of::Base), one.now.map(Of::Head));
            let (of, to) = match kind {
                Kind::Introduced | Kind::Revealed | Kind::Staffing => (is.or(was), at + weight + interest),
                Kind::Repaired | Kind::Withdrawn => (was.or(is), at - weight - interest),
            };
            let Some(of) = of else { return };
            let from = std::mem::replace(&mut at, to);
            let dates_from = (kind == Kind::Revealed).then(|| now_of(self.head, one.now)).flatten();
            let (who, now) = (None, one.now);
            rows.push(Changed { from, to, interest, kind, how, who, of, now, dates_from, acknowledged });
        };
        match resolution {
            Some(Resolution::Repaired(how)) => row(Kind::Repaired, Some(how), went, shrunk),
            Some(Resolution::Withdrawn(how)) => row(Kind::Withdrawn, Some(how), went, shrunk),
            None => {}
        }
        // Interest goes with what brought most of it.
        let zero = MilliPoints::ZERO;
        let told = came.revealed > zero
            || (came.introduced == zero
                && now.is_some_and(|now| self.base.is_none_or(|base| self.is_told(base, now))));
        let (revealed, staffing, introduced) = if came.introduced > zero {
            (zero, zero, grown)
        } else if told {
            (grown, zero, zero)
        } else if came.staffing > zero {
            (zero, grown, zero)
        } else {
            (zero, zero, grown)
        };
        row(Kind::Revealed, None, came.revealed, revealed);
        row(Kind::Staffing, came.brought, came.staffing, staffing);
        row(Kind::Introduced, None, came.introduced, introduced);
    }
}
