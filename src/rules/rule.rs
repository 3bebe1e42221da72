//! What a rule must say, and a rule as the registry holds it.
//!
//! A rule is a type in a file of its own that implements `DebtRule`. The registry (`super::REGISTRY`) turns each into
//! a `Rule`, so that the driver, the comparison and the reports handle all of them alike and name none.

use std::ops::Deref;

use super::Seen;
use super::facts::Facts;
use super::pair::Pair;
use super::subjects::{Kind, SubjectKind};
use crate::base::day::Day;
use crate::base::ids::{DecisionIx, Position, Subject};
use crate::base::points::MilliPoints;
use crate::model::Pairing;
use crate::records::words::Line;

pub use super::finding::{Act, Answer, Basis, Finding, Wording};
pub use super::meta::{Absent, Cost, Counted, Group, Meta, Page};
pub use super::resolution::{How, Resolution, Told};

/// What a rule gets as its subject: `OneOnOne`, `PersonIx`.
pub type Item<R> = <<R as DebtRule>::Subjects as SubjectKind>::Item;

/// A rule: what it finds, how that is explained, and what resolves it. No other module knows any of this.
pub trait DebtRule: Sized {
    /// What it is asked about.
    type Subjects: SubjectKind;
    /// What `find` saw, as far as `explain` and `resolved` need it: nothing is computed twice. Keep it small: ids,
    /// counts, days.
    type State: Copy;
    /// What is known of it without asking it.
    const META: Meta;

    /// Asks about one subject; `principal` is what one unit costs by the policy.
    fn find(facts: &Facts<'_>, item: Item<Self>, principal: MilliPoints) -> Answer<Self::State>;

    /// Puts what was found into words.
    fn explain(facts: &Facts<'_>, item: Item<Self>, found: &Finding<Self::State>) -> Wording;

    /// Why a factor of the base is smaller in the head, or gone (`after` is none). Repaired needs an act: that the
    /// condition no longer holds is none. `item` is of the base, and may have no counterpart in the head.
    fn resolved(
        pair: &Pair<'_>,
        item: Item<Self>,
        before: &Self::State,
        after: Option<&Self::State>,
    ) -> Resolution;

    /// How much of a factor of the head that is new, or larger than `before`, is only told now. What is common to
    /// all rules (an item of the past that is written down now, an answer that was unknown) is the comparison's.
    fn told(pair: &Pair<'_>, item: Item<Self>, now: &Self::State, before: Option<&Self::State>) -> Told;

    /// What of a person's lines it finds missing, if anything.
    const MISSING: Missing = Missing::Nothing;

    /// Whether it counts entries of a record that can come and go by themselves.
    const HAS_ENTRIES: bool = false;

    /// How much of a factor of the head that is new, or larger than `before`, people brought: they joined after the
    /// base's day, or took a line over.
    fn staffed(pair: &Pair<'_>, item: Item<Self>, now: &Self::State, before: Option<&Self::State>) -> Told {
        let _ = (pair, item, now, before);
        Told::Nothing
    }

    /// Whether what is found now was only unknown before, where the base could not answer about the same subject.
    fn unknown_reveals(pair: &Pair<'_>, before: Subject) -> bool {
        let _ = (pair, before);
        true
    }

    /// The entries that it counts, each as long as it is the same. One that went never pays for one that came.
    fn entries(facts: &Facts<'_>, item: Item<Self>, state: &Self::State) -> Vec<EntryKey> {
        let _ = (facts, item, state);
        Vec::new()
    }

    /// What an unknown answer would cost at worst where the section of the subjects is not written.
    fn at_worst(facts: &Facts<'_>, principal: MilliPoints) -> MilliPoints {
        let _ = facts;
        principal
    }
}

/// What a rule finds missing of a person's lines.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Missing {
    /// An owner.
    Owner,
    /// The 1:1 of a line.
    OneOnOne,
    /// Nothing of the kind.
    Nothing,
}

/// One entry that a rule counts, as long as it is the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EntryKey {
    /// A key of the format that is missing.
    Key(&'static str),
    /// A date.
    On(Day),
    /// A line.
    Line(Line),
    /// A level.
    Level(u32),
    /// A decision.
    Decision(DecisionIx),
}

impl EntryKey {
    /// The same entry as the head calls it; none for a decision that the head does not have.
    pub fn in_head(self, pairing: &Pairing) -> Option<EntryKey> {
        match self {
            EntryKey::Decision(at) => {
                pairing.in_head(at.subject()).and_then(DecisionIx::of).map(EntryKey::Decision)
            }
            EntryKey::Key(_) | EntryKey::On(_) | EntryKey::Line(_) | EntryKey::Level(_) => Some(self),
        }
    }
}

/// What a rule saw of one subject.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sight<I, S> {
    /// The subject.
    pub item: I,
    /// What it saw.
    pub state: S,
}

/// `Sight` of one rule.
pub type SightOf<R> = Sight<Item<R>, <R as DebtRule>::State>;

/// A rule whose sight is a variant of `Seen`; implemented by the registry.
pub(super) trait Registered: DebtRule {
    /// Its sight among those of all rules.
    fn seen(sight: SightOf<Self>) -> Seen;
}

/// A rule as the registry holds it. What is in `Meta` is read as if it were its own; what it explains and what
/// resolves it is asked of `Seen`.
#[derive(Debug)]
pub struct Rule {
    meta: Meta,
    /// What it is asked about.
    pub kind: Kind,
    find: fn(&Facts<'_>, Subject, MilliPoints) -> Answer<Seen>,
    /// What of a person's lines it finds missing, if anything.
    pub missing: Missing,
    /// Whether it counts entries of a record that can come and go by themselves.
    pub has_entries: bool,
    unknown_reveals: fn(&Pair<'_>, Subject) -> bool,
    at_worst: fn(&Facts<'_>, MilliPoints) -> MilliPoints,
}

impl Deref for Rule {
    type Target = Meta;

    fn deref(&self) -> &Meta {
        &self.meta
    }
}

impl Rule {
    /// The entry of a rule.
    pub(super) const fn of<R: Registered>() -> Rule {
        Rule {
            meta: R::META,
            kind: Kind::of::<R::Subjects>(),
            find: find::<R>,
            missing: R::MISSING,
            has_entries: R::HAS_ENTRIES,
            unknown_reveals: R::unknown_reveals,
            at_worst: R::at_worst,
        }
    }

    /// The word for its subjects in a factor's identity.
    pub fn subject_type(&self) -> &'static str {
        self.kind.type_name
    }

    /// Whether it is asked about a subject at all, whatever comes before it in its exclusive group.
    pub fn in_scope(&self, facts: &Facts<'_>, subject: Subject) -> bool {
        (self.kind.in_scope)(facts, self.line, subject)
    }

    /// Asks about one subject; of one that is not of its kind it finds nothing.
    pub fn find(&self, facts: &Facts<'_>, subject: Subject, principal: MilliPoints) -> Answer<Seen> {
        (self.find)(facts, subject, principal)
    }

    /// Whether what is found now was only unknown before, where the base could not answer about the same subject.
    pub fn unknown_reveals(&self, pair: &Pair<'_>, before: Subject) -> bool {
        (self.unknown_reveals)(pair, before)
    }

    /// What an unknown answer would cost at worst where the section of the subjects is not written.
    pub fn at_worst(&self, facts: &Facts<'_>, principal: MilliPoints) -> MilliPoints {
        (self.at_worst)(facts, principal)
    }
}

fn find<R: Registered>(facts: &Facts<'_>, subject: Subject, principal: MilliPoints) -> Answer<Seen> {
    let Some(item) = R::Subjects::item(facts, subject) else { return Answer::Clear };
    match R::find(facts, item, principal) {
        Answer::Clear => Answer::Clear,
        Answer::Unknown(at_worst) => Answer::Unknown(at_worst),
        Answer::Factor(found) => {
            Answer::Factor(found.with_state(R::seen(Sight { item, state: found.state })))
        }
    }
}
