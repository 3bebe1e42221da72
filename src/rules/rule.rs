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
use crate::base::ids::Subject;
use crate::base::points::MilliPoints;

pub use super::finding::{Act, Answer, Basis, Finding, Wording};
pub use super::meta::{Absent, Cost, Counted, Group, Meta, Page};
pub use super::resolution::{How, Resolution, Told};

/// What a rule gets to look at: `OneOnOne`, `PersonIx`.
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

    /// Asks about one subject; `principal` is what the policy says that one unit costs.
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

    /// Why a factor of a baseline, which holds amounts only, is lower on a later day.
    fn resolved_since(head: &Facts<'_>, item: Item<Self>, since: Day) -> Resolution {
        let _ = (head, item, since);
        Resolution::Repaired(How::Changed)
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
    resolved_since: fn(&Facts<'_>, Subject, Day) -> Resolution,
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
            resolved_since: resolved_since::<R>,
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

    /// Why a factor of a baseline is lower now.
    pub fn resolved_since(&self, head: &Facts<'_>, subject: Subject, since: Day) -> Resolution {
        (self.resolved_since)(head, subject, since)
    }
}

fn find<R: Registered>(facts: &Facts<'_>, subject: Subject, principal: MilliPoints) -> Answer<Seen> {
    let Some(item) = R::Subjects::item(facts, subject) else { return Answer::Clear };
    match R::find(facts, item, principal) {
        Answer::Clear => Answer::Clear,
        Answer::Unknown => Answer::Unknown,
        Answer::Factor(found) => {
            Answer::Factor(found.with_state(R::seen(Sight { item, state: found.state })))
        }
    }
}

fn resolved_since<R: Registered>(head: &Facts<'_>, subject: Subject, since: Day) -> Resolution {
    match R::Subjects::item(head, subject) {
        Some(item) => R::resolved_since(head, item, since),
        None => Resolution::Withdrawn(How::Removed),
    }
}
