//! Why something is not done.

use crate::acts::NoDeed;
use crate::base::ids::Subject;
use crate::base::points::MilliPoints;
use crate::edit::CannotFix;
use crate::model::PatchError;
use crate::source::{Diagnostics, Sources};

/// Why something is not done. Positions are those of the portfolio as it was then.
#[derive(Debug)]
pub enum Refusal {
    /// There is no deed, for a reason.
    NoDeed {
        /// The act.
        act: String,
        /// What it is about.
        subject: Subject,
        /// The reason.
        why: NoDeed,
    },
    /// The text is not edited.
    Cannot(Box<CannotFix>),
    /// The portfolio would not be valid with it.
    Invalid {
        /// The act.
        act: String,
        /// What it is about.
        subject: Subject,
        /// Why.
        why: PatchError,
    },
    /// The new text has days that have not happened; these are about that text.
    NotHappened(Box<(Diagnostics, Sources)>),
    /// What was told would not make its factor smaller.
    NoEffect {
        /// The act.
        act: String,
        /// The factor.
        factor: String,
    },
    /// It would not lower the score; only where nobody asked for it by name.
    NoGain(MilliPoints),
    /// No rule has this code.
    UnknownRule(String),
    /// There is no such factor.
    UnknownFactor {
        /// As it was typed.
        id: String,
        /// What may be meant.
        near: Option<String>,
    },
    /// There is no such act, or nothing that it would resolve.
    UnknownAct {
        /// As it was typed.
        id: String,
        /// What may be meant.
        near: Option<String>,
        /// Whether what it is about is there.
        is_there: bool,
    },
    /// Nobody has this id.
    UnknownPerson {
        /// As it was typed.
        id: String,
        /// Who may be meant.
        near: Option<String>,
    },
    /// An option tells an act nothing.
    Unused {
        /// The option.
        option: &'static str,
        /// The act.
        act: String,
        /// The options that would.
        takes: &'static [&'static str],
    },
    /// Options that are about one act, and another number is named.
    NotOne(Vec<&'static str>),
    /// An act has several factors, and one has to be named.
    WhichFactor {
        /// The act.
        act: String,
        /// Its factors.
        factors: Vec<String>,
    },
    /// Only a conversation is pushed.
    NoConversation(String),
    /// What came out is not what should have: a bug.
    Internal {
        /// The act.
        act: String,
        /// What is wrong.
        why: &'static str,
    },
}

impl Refusal {
    /// Whether it is a bug of this program, after which nothing more is done.
    pub fn is_bug(&self) -> bool {
        match self {
            Refusal::Internal { .. } => true,
            Refusal::Cannot(cannot) => cannot.code == crate::source::Code::InternalFix,
            _ => false,
        }
    }
}
