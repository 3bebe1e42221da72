//! The closed sets of words that a portfolio is written in.

use schemars::JsonSchema;
use serde::Deserialize;

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $variant:ident = $word:literal),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize, JsonSchema)]
        pub enum $name {
            $($(#[$word_doc])* #[serde(rename = $word)] $variant),*
        }

        impl $name {
            /// Every word, in the order of the design.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The word as it is written in a portfolio.
            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $word),* }
            }
        }
    )*};
}

words! {
    /// What a portfolio can claim to describe in full.
    Described {
        /// What success looks like, which constraints hold, which decisions are closed: for every squad.
        Context = "context",
        /// Who closes what a squad cannot: for every squad.
        Escalations = "escalations",
        /// The 1:1s between squad leads.
        Peers = "peers",
        /// The ways up: for every guild.
        Lanes = "lanes",
    }
    /// How much about people every output shows.
    PrivacyLevel {
        /// Everything as it is written.
        Names = "names",
        /// Pseudonyms for every id, and no other text.
        Pseudonyms = "pseudonyms",
        /// People by their role, where enough people have it, and no text but the names of squads and guilds.
        Roles = "roles",
        /// Sums, with small groups pooled.
        Aggregate = "aggregate",
    }
    /// The two lines.
    Line {
        /// Outcomes: the squad lead's.
        Delivery = "delivery",
        /// Craft and career: the guild lead's.
        Craft = "craft",
    }
    /// The two ways up.
    Track {
        /// For experts who do not manage.
        Warrant = "warrant",
        /// For those who manage.
        Officer = "officer",
    }
    /// Why somebody left, as the organisation sees it.
    ExitReason {
        /// They resigned.
        Resigned = "resigned",
        /// They were dismissed.
        Dismissed = "dismissed",
        /// They retired.
        Retired = "retired",
        /// They moved within the organisation.
        Moved = "moved",
        /// A fixed term ended.
        Ended = "ended",
        /// Nobody else's business.
        Private = "private",
    }
    /// Kinds of meetings.
    MeetingKind {
        /// Two people, one of whom holds it for the other.
        OneOnOne = "one-on-one",
        /// With somebody two levels down.
        SkipLevel = "skip-level",
        /// Between equals.
        Peer = "peer",
        /// A whole team.
        Team = "team",
        /// Anything else.
        Other = "other",
    }
    /// What a 1:1 is for.
    Purpose {
        /// Outcomes.
        Delivery = "delivery",
        /// Craft and career.
        Craft = "craft",
        /// Both at once: two jobs in one meeting.
        Both = "both",
    }
    /// Topics of an agenda.
    Topic {
        /// Delivery: what is in the way.
        Blockers = "blockers",
        /// Delivery: what was promised.
        Commitments = "commitments",
        /// Delivery: what comes first.
        Priorities = "priorities",
        /// Delivery: people and money.
        Resourcing = "resourcing",
        /// Delivery: performance against outcomes.
        Performance = "performance",
        /// Delivery: what others must close.
        Escalations = "escalations",
        /// Delivery: the rating.
        Rating = "rating",
        /// Craft: how deep the skill goes.
        SkillDepth = "skill-depth",
        /// Craft: what good work is.
        Standards = "standards",
        /// Craft: the way up.
        CareerLane = "career-lane",
        /// Craft: warrant or officer.
        TrackChoice = "track-choice",
        /// Craft: honest feedback that no rating touches.
        CraftFeedback = "craft-feedback",
        /// Craft: the case for a promotion.
        Promotion = "promotion",
        /// Neither: how somebody is.
        Wellbeing = "wellbeing",
        /// Neither: dates and rooms.
        Logistics = "logistics",
        /// Neither: anything else.
        Other = "other",
    }
    /// Kinds of conversations.
    ConversationKind {
        /// Somebody may leave.
        ExitRisk = "exit-risk",
        /// Performance against outcomes.
        Performance = "performance",
        /// A promotion.
        Promotion = "promotion",
        /// What somebody's job is.
        Role = "role",
        /// Pay.
        Pay = "pay",
        /// A conflict.
        Conflict = "conflict",
        /// Feedback.
        Feedback = "feedback",
        /// Anything else.
        Other = "other",
    }
}

impl MeetingKind {
    /// Whether there must be a second person in it.
    pub fn is_of_two(self) -> bool {
        match self {
            MeetingKind::OneOnOne | MeetingKind::SkipLevel | MeetingKind::Peer => true,
            MeetingKind::Team | MeetingKind::Other => false,
        }
    }
}

impl Topic {
    /// The line that a topic belongs to; `None` for those that belong to neither.
    pub fn line(self) -> Option<Line> {
        match self {
            Topic::Blockers
            | Topic::Commitments
            | Topic::Priorities
            | Topic::Resourcing
            | Topic::Performance
            | Topic::Escalations
            | Topic::Rating => Some(Line::Delivery),
            Topic::SkillDepth
            | Topic::Standards
            | Topic::CareerLane
            | Topic::TrackChoice
            | Topic::CraftFeedback
            | Topic::Promotion => Some(Line::Craft),
            Topic::Wellbeing | Topic::Logistics | Topic::Other => None,
        }
    }
}
