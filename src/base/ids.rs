//! Positions of the items of a portfolio, each with a type of its own, so that a squad is never a person. They are
//! counted from 1 inside, so that one that may be missing takes no more room: scoring looks at many of them.

use std::num::NonZeroU32;

macro_rules! positions {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(NonZeroU32);

        impl $name {
            /// The position `index` of its section.
            pub fn at(index: usize) -> $name {
                let number = u32::try_from(index).ok().and_then(|index| NonZeroU32::MIN.checked_add(index));
                $name(number.unwrap_or(NonZeroU32::MAX))
            }

            /// The position as an index into its section.
            pub fn index(self) -> usize {
                self.0.get().wrapping_sub(1) as usize
            }
        }
    )*};
}

positions! {
    /// A person, in the order of ids.
    PersonIx,
    /// A squad, in the order of ids.
    SquadIx,
    /// A guild, in the order of ids.
    GuildIx,
    /// A meeting, in the order of ids.
    MeetingIx,
    /// A conversation, in the order of ids.
    ConversationIx,
    /// A decision, in the order of ids.
    DecisionIx,
    /// A promotion, in the order of ids.
    PromotionIx,
    /// A mentorship, in the order of ids.
    MentorshipIx,
    /// A rule, in the order of codes.
    RuleIx,
}

/// What a factor is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Subject {
    /// A scored person.
    Person(PersonIx),
    /// A meeting between two people.
    Meeting(MeetingIx),
    /// A conversation that somebody owes somebody.
    Conversation(ConversationIx),
    /// A decision or escalation.
    Decision(DecisionIx),
    /// A promotion that was decided.
    Promotion(PromotionIx),
    /// A mentorship.
    Mentorship(MentorshipIx),
    /// A squad.
    Squad(SquadIx),
    /// A guild.
    Guild(GuildIx),
    /// The portfolio as a whole.
    Portfolio,
}

/// A position of what can be a subject.
pub trait Position: Copy {
    /// The subject at this position.
    fn subject(self) -> Subject;

    /// The position of a subject, where it is of this kind.
    fn of(subject: Subject) -> Option<Self>;
}

macro_rules! subjects {
    ($($kind:ident: $position:ident),* $(,)?) => {$(
        impl Position for $position {
            fn subject(self) -> Subject {
                Subject::$kind(self)
            }

            fn of(subject: Subject) -> Option<$position> {
                match subject {
                    Subject::$kind(at) => Some(at),
                    _ => None,
                }
            }
        }
    )*};
}

subjects! {
    Person: PersonIx,
    Meeting: MeetingIx,
    Conversation: ConversationIx,
    Decision: DecisionIx,
    Promotion: PromotionIx,
    Mentorship: MentorshipIx,
    Squad: SquadIx,
    Guild: GuildIx,
}

impl Subject {
    /// The word for its type in a factor's identity.
    pub fn type_name(self) -> &'static str {
        match self {
            Subject::Person(_) => "person",
            Subject::Meeting(_) => "meeting",
            Subject::Conversation(_) => "conversation",
            Subject::Decision(_) => "decision",
            Subject::Promotion(_) => "promotion",
            Subject::Mentorship(_) => "mentorship",
            Subject::Squad(_) => "squad",
            Subject::Guild(_) => "guild",
            Subject::Portfolio => "portfolio",
        }
    }
}

/// Every word that `Subject::type_name` can give.
pub const SUBJECT_TYPES: [&str; 9] = [
    "person",
    "meeting",
    "conversation",
    "decision",
    "promotion",
    "mentorship",
    "squad",
    "guild",
    "portfolio",
];
