//! The kinds of subjects that rules are asked about, a file each: which there are, which of them a rule is asked
//! about, whom one is about, and what makes its record lighter.

pub mod conversations;
pub mod decisions;
pub mod guilds;
pub mod mentorships;
pub mod one_on_ones;
pub mod people;
pub mod promotions;
pub mod squads;
pub mod whole;

use std::fmt;

use super::facts::Facts;
use crate::base::day::Day;
use crate::base::ids::{PersonIx, Subject};
use crate::model::Portfolio;
use crate::records::words::Line;

pub use conversations::Conversations;
pub use decisions::Decisions;
pub use guilds::Guilds;
pub use mentorships::Mentorships;
pub use one_on_ones::OneOnOnes;
pub use people::People;
pub use promotions::Promotions;
pub use squads::Squads;
pub use whole::Whole;

/// One kind of subject. What is asked about a subject of another kind is answered with nothing.
pub trait SubjectKind {
    /// What a rule gets to look at.
    type Item: Copy + PartialEq + Eq + fmt::Debug;
    /// The word for it in a factor's identity.
    const TYPE_NAME: &'static str;

    /// The subject as a rule gets it.
    fn item(facts: &Facts<'_>, subject: Subject) -> Option<Self::Item>;

    /// Every subject of this kind, in scope or not, in the order of ids.
    fn each(facts: &Facts<'_>, take: &mut dyn FnMut(Subject));

    /// Whether a rule is asked about a subject on that day. `line` is one that a person must have in scope.
    fn in_scope(facts: &Facts<'_>, line: Option<Line>, subject: Subject) -> bool;

    /// Whether the section of these subjects is written at all.
    fn is_written(portfolio: &Portfolio) -> bool;

    /// Whom a subject is about, where it is about one person.
    fn about(facts: &Facts<'_>, subject: Subject) -> Option<PersonIx>;

    /// Everybody who must be there for a rule to be asked about a subject.
    fn needed(facts: &Facts<'_>, subject: Subject) -> Vec<PersonIx>;

    /// The day that a subject itself is dated: `raised`, `decided`, `since`.
    fn own_day(portfolio: &Portfolio, subject: Subject) -> Option<Day>;

    /// The day from which a subject is over by its own record.
    fn over_from(portfolio: &Portfolio, subject: Subject) -> Option<Day>;
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
    pub needed: fn(&Facts<'_>, Subject) -> Vec<PersonIx>,
    pub own_day: fn(&Portfolio, Subject) -> Option<Day>,
    pub over_from: fn(&Portfolio, Subject) -> Option<Day>,
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
            needed: K::needed,
            own_day: K::own_day,
            over_from: K::over_from,
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
