//! What a rule is: whom it asks, what it can answer, and what is said about it.

use super::facts::{Facts, OneOnOne};
use crate::base::day::Day;
use crate::base::ids::{
    ConversationIx, DecisionIx, GuildIx, MentorshipIx, PersonIx, PromotionIx, SquadIx, Subject,
};
use crate::base::phrase::Phrase;
use crate::base::points::MilliPoints;
use crate::records::words::Line;

/// A rule. Each stands in a file of its own, and REGISTRY lists them all.
#[derive(Debug)]
pub struct Rule {
    /// `D101`; never used again for another rule.
    pub code: &'static str,
    /// The fault in a word: `conflated-1on1`.
    pub name: &'static str,
    /// Where it is counted.
    pub group: Group,
    /// What one unit of it costs by default.
    pub principal: MilliPoints,
    /// About how many minutes the remedy takes.
    pub minutes: i64,
    /// Whom it asks, and how.
    pub asks: Asks,
    /// What `explain`, the page and code scanning say of it.
    pub page: Page,
}

/// What a person is told about a rule. `{name}` stands for a number of the policy.
#[derive(Debug)]
pub struct Page {
    /// What it finds, in a sentence.
    pub what: &'static str,
    /// Why that is debt.
    pub why: &'static str,
    /// When exactly it fires, and when it is unknown.
    pub when: &'static str,
    /// What it costs.
    pub formula: &'static str,
    /// What to do.
    pub remedy: &'static str,
    /// A portfolio in which it fires: its fixture.
    pub fires: &'static str,
    /// The nearest portfolio in which it does not: its fixture.
    pub clear: &'static str,
}

/// The two examples of a rule's page, which are its fixtures: one text serves the reader and the test.
macro_rules! page {
    ($folder:literal, what: $what:expr, why: $why:expr, when: $when:expr, formula: $formula:expr, remedy: $remedy:expr $(,)?) => {
        $crate::rules::rule::Page {
            what: $what,
            why: $why,
            when: $when,
            formula: $formula,
            remedy: $remedy,
            fires: include_str!(concat!("../../tests/fixtures/rules/", $folder, "/found.yaml")),
            clear: include_str!(concat!("../../tests/fixtures/rules/", $folder, "/clear.yaml")),
        }
    };
}
pub(super) use page;

/// The groups of a breakdown.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[expect(missing_docs, reason = "the keys say it")]
pub enum Group {
    OneOnOnes,
    CraftLine,
    DeferredConversations,
    DeliveryLine,
    Decisions,
    Context,
    Lanes,
    Mentoring,
}

impl Group {
    /// Every group, in the order of codes.
    pub const ALL: [Group; 8] = [
        Group::OneOnOnes,
        Group::CraftLine,
        Group::DeferredConversations,
        Group::DeliveryLine,
        Group::Decisions,
        Group::Context,
        Group::Lanes,
        Group::Mentoring,
    ];

    /// Its key in reports.
    pub fn key(self) -> &'static str {
        match self {
            Group::OneOnOnes => "1:1s",
            Group::CraftLine => "craft line",
            Group::DeferredConversations => "deferred conversations",
            Group::DeliveryLine => "delivery line",
            Group::Decisions => "decisions",
            Group::Context => "context",
            Group::Lanes => "lanes",
            Group::Mentoring => "mentoring",
        }
    }
}

/// By their keys, since in a report ties go by the key.
impl Ord for Group {
    fn cmp(&self, other: &Group) -> std::cmp::Ordering {
        self.key().cmp(other.key())
    }
}

impl PartialOrd for Group {
    fn partial_cmp(&self, other: &Group) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Asks about one subject; the amount is the policy's principal for the rule.
pub type Ask<S> = fn(&Facts<'_>, S, MilliPoints) -> Answer;
/// Puts a factor into words.
pub type Tell<S> = fn(&Facts<'_>, S, &Finding) -> Words;

/// Whom a rule asks: each of these gives one answer, whatever it is.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "each says whom; ask and tell are the same everywhere")]
pub enum Asks {
    /// Each 1:1.
    OneOnOnes { ask: Ask<OneOnOne>, tell: Tell<OneOnOne> },
    /// Each scored person, or only those of whom this line is looked at.
    People { line: Option<Line>, ask: Ask<PersonIx>, tell: Tell<PersonIx> },
    /// Each conversation that has been raised and whose `with` is scored.
    Conversations { absent: Absent, ask: Ask<ConversationIx>, tell: Tell<ConversationIx> },
    /// Each promotion that has been decided and whose person is scored.
    Promotions { absent: Absent, ask: Ask<PromotionIx>, tell: Tell<PromotionIx> },
    /// The portfolio, once.
    Portfolio { ask: Ask<()>, tell: Tell<()> },
    /// Each decision that has been raised.
    Decisions { absent: Absent, ask: Ask<DecisionIx>, tell: Tell<DecisionIx> },
    /// Each squad with members.
    Squads { ask: Ask<SquadIx>, tell: Tell<SquadIx> },
    /// Each guild with members.
    Guilds { ask: Ask<GuildIx>, tell: Tell<GuildIx> },
    /// Each active mentorship with a scored mentee.
    Mentorships { absent: Absent, ask: Ask<MentorshipIx>, tell: Tell<MentorshipIx> },
}

impl Asks {
    /// The type of the subject in a factor's identity.
    pub fn subject_type(self) -> &'static str {
        match self {
            Asks::OneOnOnes { .. } => "meeting",
            Asks::People { .. } => "person",
            Asks::Conversations { .. } => "conversation",
            Asks::Promotions { .. } => "promotion",
            Asks::Portfolio { .. } => "portfolio",
            Asks::Decisions { .. } => "decision",
            Asks::Squads { .. } => "squad",
            Asks::Guilds { .. } => "guild",
            Asks::Mentorships { .. } => "mentorship",
        }
    }
}

/// What a rule answers where the section it asks about is not written at all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Absent {
    /// No answer.
    Silent,
    /// One unknown.
    OneUnknown,
    /// One unknown for each scored person.
    UnknownForEachPerson,
}

/// What a rule answers about one subject.
#[derive(Clone, Copy, Debug)]
pub enum Answer {
    /// Asked, and nothing found.
    Clear,
    /// The portfolio lacks what the rule needs.
    Unknown,
    /// Debt.
    Factor(Finding),
}

impl Answer {
    /// A factor where the condition holds, else clear.
    pub fn factor_if(condition: bool, found: impl FnOnce() -> Finding) -> Answer {
        if condition { Answer::Factor(found()) } else { Answer::Clear }
    }
}

/// What was found: the amounts follow from `unit` and `basis` (see `score::amounts`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Finding {
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
}

impl Finding {
    /// One unit, without an onset.
    pub fn flat(unit: MilliPoints, owner: Option<PersonIx>, act: Act) -> Finding {
        Finding { unit, basis: Basis::Flat, onset: None, owner, act }
    }

    /// `count` units, without an onset.
    pub fn each(unit: MilliPoints, count: i64, owner: Option<PersonIx>, act: Act) -> Finding {
        Finding { basis: Basis::Each { count }, ..Finding::flat(unit, owner, act) }
    }

    /// The same with an onset.
    #[must_use]
    pub fn since(self, onset: Option<Day>) -> Finding {
        Finding { onset, ..self }
    }
}

/// How an amount comes about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Basis {
    /// One unit.
    Flat,
    /// So many units.
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
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// What is the case, in one sentence without a full stop.
    pub headline: Phrase,
    /// The facts behind it.
    pub details: Vec<Phrase>,
    /// What to do, as a sentence.
    pub remedy: Phrase,
    /// The same in a few words, as a task for its owner, beginning with a verb in lower case.
    pub task: Phrase,
}
