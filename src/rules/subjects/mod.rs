//! The kinds of subjects that rules are asked about, a file each: which subjects there are, which of them a rule is
//! asked about, whom a subject is about, and which changes of its record only make it cost less.

pub mod contexts;
pub mod conversations;
pub mod decisions;
pub mod groups;
pub mod leavers;
pub mod mentorships;
pub mod one_on_ones;
pub mod people;
pub mod promotions;
pub mod whole;

use std::fmt;

use super::facts::Facts;
use super::pair::Pair;
use crate::base::day::Day;
use crate::base::ids::{PersonIx, Subject};
use crate::model::{Portfolio, target};
use crate::records::words::Line;

pub use contexts::Contexts;
pub use conversations::Conversations;
pub use decisions::Decisions;
pub use groups::{Guilds, Squads};
pub use leavers::Leavers;
pub use mentorships::Mentorships;
pub use one_on_ones::OneOnOnes;
pub use people::People;
pub use promotions::Promotions;
pub use whole::Whole;

/// One kind of subject. Asked about a subject of another kind, every function answers with nothing.
pub trait SubjectKind {
    /// What a rule gets as its subject: `OneOnOne`, `PersonIx`.
    type Item: Copy + PartialEq + Eq + fmt::Debug;
    /// The word for it in a factor's identity.
    const TYPE_NAME: &'static str;

    /// The subject as a rule gets it.
    fn item(facts: &Facts<'_>, subject: Subject) -> Option<Self::Item>;

    /// Every subject of this kind, in scope or not, in the order of ids.
    fn each(facts: &Facts<'_>, take: &mut dyn FnMut(Subject));

    /// Whether a rule is asked about a subject on that day. `line` is one that a person must have in scope.
    fn in_scope(facts: &Facts<'_>, line: Option<Line>, subject: Subject) -> bool;

    /// Whether the portfolio has the section of these subjects.
    fn is_written(portfolio: &Portfolio) -> bool;

    /// Whom a subject is about, where it is about one person.
    fn about(facts: &Facts<'_>, subject: Subject) -> Option<PersonIx>;

    /// The day that a subject itself is dated: `raised`, `decided`, `since`.
    fn own_day(portfolio: &Portfolio, subject: Subject) -> Option<Day>;
}

/// A kind of subject as the registry holds it: the functions of `SubjectKind`.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "each is described in SubjectKind")]
pub struct Kind {
    pub type_name: &'static str,
    pub each: fn(&Facts<'_>, &mut dyn FnMut(Subject)),
    pub in_scope: fn(&Facts<'_>, Option<Line>, Subject) -> bool,
    pub is_written: fn(&Portfolio) -> bool,
    pub about: fn(&Facts<'_>, Subject) -> Option<PersonIx>,
    pub own_day: fn(&Portfolio, Subject) -> Option<Day>,
}

impl Kind {
    /// The entry of a kind.
    pub const fn of<K: SubjectKind>() -> Kind {
        Kind {
            type_name: K::TYPE_NAME,
            each: K::each,
            in_scope: K::in_scope,
            is_written: K::is_written,
            about: K::about,
            own_day: K::own_day,
        }
    }
}

/// The kind of a subject.
pub fn of(subject: Subject) -> Kind {
    match subject {
        Subject::Person(_) => const { Kind::of::<People>() },
        Subject::Meeting(_) => const { Kind::of::<OneOnOnes>() },
        Subject::Conversation(_) => const { Kind::of::<Conversations>() },
        Subject::Decision(_) => const { Kind::of::<Decisions>() },
        Subject::Promotion(_) => const { Kind::of::<Promotions>() },
        Subject::Mentorship(_) => const { Kind::of::<Mentorships>() },
        Subject::Squad(_) => const { Kind::of::<Squads>() },
        Subject::Guild(_) => const { Kind::of::<Guilds>() },
        Subject::Portfolio => const { Kind::of::<Whole>() },
    }
}

/// Whether an item that the base does not have existed on the base's day: by its own day, or because whom it is about
/// is only told now.
pub fn existed(pair: &Pair<'_>, subject: Subject) -> bool {
    let portfolio = pair.head.portfolio;
    let own_day = (of(subject).own_day)(portfolio, subject);
    if own_day.is_some_and(|day| day <= pair.base_day) {
        return true;
    }
    let is_new = |group: Option<Subject>| group.is_some_and(|group| pair.pairing.in_base(group).is_none());
    match subject {
        Subject::Squad(_) | Subject::Guild(_) => true,
        Subject::Decision(at) => is_new(target(portfolio.decision(at).squad).map(Subject::Squad)),
        Subject::Person(_)
        | Subject::Meeting(_)
        | Subject::Conversation(_)
        | Subject::Promotion(_)
        | Subject::Mentorship(_)
        | Subject::Portfolio => pair.head.about(subject).is_some_and(|person| pair.is_told(person)),
    }
}

/// Whether an item of both sides was asked nothing in the base, since whom it is about was external there.
pub fn was_set_aside(pair: &Pair<'_>, before: Subject, now: Subject) -> bool {
    pair.head.about(now).is_some_and(|person| pair.is_no_outsider_now(person))
        && says_the_same(pair, before, now)
}

/// Whether the record of an item says the same on both sides, as far as debt comes from the record itself. Who owns a
/// 1:1 or a talk may change with a line.
pub fn says_the_same(pair: &Pair<'_>, before: Subject, now: Subject) -> bool {
    let (base, head) = (pair.base.portfolio, pair.head.portfolio);
    match (before, now) {
        (Subject::Meeting(before), Subject::Meeting(now)) => {
            let (was, is) = (base.meeting(before), head.meeting(now));
            was.jobs() == is.jobs() && was.kind == is.kind && was.since == is.since && was.until == is.until
        }
        (Subject::Conversation(before), Subject::Conversation(now)) => {
            let (was, is) = (base.conversation(before), head.conversation(now));
            was.kind == is.kind
                && was.raised == is.raised
                && was.due == is.due
                && was.deferred_to == is.deferred_to
                && was.held == is.held
        }
        (Subject::Promotion(before), Subject::Promotion(now)) => {
            let (was, is) = (base.promotion(before), head.promotion(now));
            pair.is_same(target(was.signed_off_by), target(is.signed_off_by)) && was.decided == is.decided
        }
        (Subject::Mentorship(before), Subject::Mentorship(now)) => {
            let (was, is) = (base.mentorship(before), head.mentorship(now));
            pair.is_same(was.mentor.target(), is.mentor.target())
        }
        (
            Subject::Person(_)
            | Subject::Squad(_)
            | Subject::Guild(_)
            | Subject::Decision(_)
            | Subject::Meeting(_)
            | Subject::Conversation(_)
            | Subject::Promotion(_)
            | Subject::Mentorship(_)
            | Subject::Portfolio,
            _,
        ) => true,
    }
}
