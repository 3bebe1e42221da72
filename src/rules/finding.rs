//! What a rule answers, what it found, and how that is put into words.

use super::Seen;
use crate::base::day::Day;
use crate::base::ids::{PersonIx, Subject};
use crate::base::message::Message;
use crate::base::points::MilliPoints;

/// What a rule answers about one subject.
#[derive(Clone, Copy, Debug)]
pub enum Answer<S> {
    /// The rule applies to the subject, and finds nothing.
    Clear,
    /// The portfolio lacks what the rule needs to answer; with what it would cost at worst.
    Unknown(MilliPoints),
    /// Debt.
    Factor(Finding<S>),
}

impl<S> Answer<S> {
    /// A factor where the condition holds, else clear.
    pub fn factor_if(condition: bool, found: impl FnOnce() -> Finding<S>) -> Answer<S> {
        if condition { Answer::Factor(found()) } else { Answer::Clear }
    }
}

/// What was found: the amounts follow from `unit` and `basis` (see `score::amounts`), the words from `state`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Finding<S = Seen> {
    /// What one of it costs.
    pub unit: MilliPoints,
    /// How many of it, since when.
    pub basis: Basis,
    /// The day from which the data make it a factor, where that follows from dates.
    pub onset: Option<Day>,
    /// Who can act.
    pub owner: Option<PersonIx>,
    /// What would resolve it.
    pub act: Act,
    /// What the rule saw.
    pub state: S,
}

impl<S> Finding<S> {
    /// One unit, without an onset.
    pub fn flat(unit: MilliPoints, owner: Option<PersonIx>, act: Act, state: S) -> Finding<S> {
        Finding { unit, basis: Basis::Flat, onset: None, owner, act, state }
    }

    /// `count` units, without an onset.
    pub fn each(unit: MilliPoints, count: i64, owner: Option<PersonIx>, act: Act, state: S) -> Finding<S> {
        Finding { basis: Basis::Each { count }, ..Finding::flat(unit, owner, act, state) }
    }

    /// The same with an onset.
    #[must_use]
    pub fn since(self, onset: Option<Day>) -> Finding<S> {
        Finding { onset, ..self }
    }

    /// The same with another state.
    pub(super) fn with_state<T>(&self, state: T) -> Finding<T> {
        let Finding { unit, basis, onset, owner, act, state: _ } = *self;
        Finding { unit, basis, onset, owner, act, state }
    }
}

/// How an amount comes about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Basis {
    /// One unit.
    Flat,
    /// `count` units.
    Each {
        /// How many.
        count: i64,
    },
    /// One unit that grows, and fees for pushing it.
    Growing {
        /// The day it was due.
        due: Day,
        /// Full weeks since then.
        weeks: i64,
        /// How often it was pushed to a new date.
        deferrals: i64,
    },
    /// Missed meetings: the cancelled ones are principal, the rest interest.
    Missed {
        /// Cancelled in a row.
        cancelled: i64,
        /// Missed by the calendar.
        by_time: i64,
    },
}

impl Basis {
    /// Whether it only counts as missed because nobody wrote that it was held.
    pub fn is_missed(self) -> bool {
        matches!(self, Basis::Missed { .. })
    }
}

/// What would resolve a factor; factors with the same act are resolved together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Act {
    /// What to do: `split`.
    pub verb: &'static str,
    /// To what.
    pub subject: Subject,
}

impl Act {
    /// An act on a subject.
    pub fn new(verb: &'static str, subject: Subject) -> Act {
        Act { verb, subject }
    }
}

/// A factor in words. Never blame: what is the case, and what to do.
#[derive(Clone, Debug)]
pub struct Wording {
    /// What is the case, in one sentence without a full stop.
    pub headline: Message,
    /// The facts behind it.
    pub details: Vec<Message>,
    /// What to do, as a sentence.
    pub remedy: Message,
    /// The same in a few words, as a task for its owner, beginning with a verb in lower case.
    pub task: Message,
}
