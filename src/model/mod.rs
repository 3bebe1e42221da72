//! The portfolio: every record checked, every reference resolved; and who owns what in it on a given day.

mod acknowledgements;
mod conversations;
mod decisions;
mod derived;
mod display_names;
mod groups;
mod intake;
mod keys;
mod lines;
mod linker;
mod meetings;
mod mentorships;
mod pairing;
mod near;
pub mod patch;
mod patched;
mod people;
mod promotions;
mod read;
pub mod references;
mod rename;
mod singles;
mod successive;
mod warnings;
mod written;

pub use acknowledgements::Acknowledgement;
pub use conversations::{Conversation, Dropped};
pub use decisions::Decision;
pub use groups::{Context, Guild, Lane, Pay, Squad};
pub use lines::{How, Lines};
pub use linker::{Link, target};
pub use meetings::{Jobs, Meeting};
pub use mentorships::Mentorship;
pub use pairing::Pairing;
pub use patch::{Change, Patch, PatchError};
pub use people::{Away, Exit, Person, counted_days};
pub use promotions::Promotion;
pub use read::{Clock, OwnPolicy, ReadOptions, Unlinked, read, take_in};
pub use rename::{Merged, adopt_ids};
pub use successive::{FileAt, Successive};
pub use warnings::{Warning, of_portfolio as warnings};

use std::collections::{HashMap, HashSet};

use crate::base::day::Day;
use crate::base::ids::{
    ConversationIx, DecisionIx, GuildIx, MeetingIx, MentorshipIx, PersonIx, PromotionIx, SUBJECT_TYPES,
    SquadIx, Subject,
};
use crate::base::names::{Name, Names};
use crate::records::sections::List;
use crate::records::words::{Described, Line};
use crate::source::ItemAt;

/// Everything that a portfolio says, in the order of ids.
#[derive(Clone, Debug, Default)]
pub struct Portfolio {
    /// Every text in it.
    pub names: Names,
    /// Tells its outputs from another portfolio's.
    pub id: Option<Name>,
    /// Its own name.
    pub name: Option<Name>,
    /// The day it is pinned to.
    pub as_of: Option<Day>,
    /// The people whose 1:1s it holds in full; `None` where that is not written.
    pub meetings_of: Option<Vec<MeetingsOf>>,
    /// What it claims to describe in full.
    pub describes: Vec<Described>,
    /// Everybody.
    pub people: Vec<Person>,
    /// Squads.
    pub squads: Vec<Squad>,
    /// Guilds.
    pub guilds: Vec<Guild>,
    /// Meetings.
    pub meetings: Vec<Meeting>,
    /// Conversations; `None` where the section is not there at all.
    pub conversations: Option<Vec<Conversation>>,
    /// Decisions; `None` where the section is not there at all.
    pub decisions: Option<Vec<Decision>>,
    /// Promotions; `None` where the section is not there at all.
    pub promotions: Option<Vec<Promotion>>,
    /// Mentorships; `None` where the section is not there at all.
    pub mentorships: Option<Vec<Mentorship>>,
    /// The HR system.
    pub hr_system: Option<HrSystem>,
    /// Conflicts named out loud.
    pub acknowledgements: Vec<Acknowledgement>,
    /// Lists that are written, be it without an item.
    written: HashSet<List>,
    /// Lists of which some part could not be read: what refers to them is not judged.
    unread: HashSet<List>,
    /// Texts that end at a ` #`, where what follows is hardly meant as a comment.
    cut_texts: Vec<ItemAt>,
    /// Ids that were made from former ids of the people in them, by type.
    former: HashMap<(&'static str, String), Subject>,
}

/// Somebody whose 1:1s a portfolio holds in full.
#[derive(Clone, Copy, Debug)]
pub struct MeetingsOf {
    /// The list that names them.
    pub at: ItemAt,
    /// Their place in it.
    pub index: usize,
    /// Who.
    pub person: Link<PersonIx>,
}

/// The system that shows who reports to whom.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HrSystem {
    /// Where it is written.
    pub at: ItemAt,
    /// Its name.
    pub name: Option<Name>,
    /// Whether it shows the delivery line.
    pub shows_delivery: bool,
    /// Whether it shows the craft line.
    pub shows_craft: bool,
}

impl HrSystem {
    /// The lines it cannot show.
    pub fn lacks(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        if !self.shows_delivery {
            lines.push(Line::Delivery);
        }
        if !self.shows_craft {
            lines.push(Line::Craft);
        }
        lines
    }
}

/// The positions of a section's items.
fn positions<I>(count: usize, at: impl Fn(usize) -> I) -> impl Iterator<Item = I> {
    (0..count).map(at)
}

macro_rules! sections {
    ($($(#[$doc:meta])* $one:ident, $all:ident: $field:ident, $ix:ident, $type:ty;)*) => {$(
        $(#[$doc])*
        pub fn $one(&self, position: $ix) -> &$type {
            &self.$field()[position.index()]
        }

        /// Every position of that section, in the order of ids.
        pub fn $all(&self) -> impl Iterator<Item = $ix> + use<> {
            positions(self.$field().len(), $ix::at)
        }
    )*};
}

impl Portfolio {
    sections! {
        /// The person at a position of this portfolio.
        person, person_positions: people_slice, PersonIx, Person;
        /// The squad at a position of this portfolio.
        squad, squad_positions: squads_slice, SquadIx, Squad;
        /// The guild at a position of this portfolio.
        guild, guild_positions: guilds_slice, GuildIx, Guild;
        /// The meeting at a position of this portfolio.
        meeting, meeting_positions: meetings_slice, MeetingIx, Meeting;
        /// The conversation at a position of this portfolio.
        conversation, conversation_positions: conversations_slice, ConversationIx, Conversation;
        /// The decision at a position of this portfolio.
        decision, decision_positions: decisions_slice, DecisionIx, Decision;
        /// The promotion at a position of this portfolio.
        promotion, promotion_positions: promotions_slice, PromotionIx, Promotion;
        /// The mentorship at a position of this portfolio.
        mentorship, mentorship_positions: mentorships_slice, MentorshipIx, Mentorship;
    }

    fn people_slice(&self) -> &[Person] {
        &self.people
    }
    fn squads_slice(&self) -> &[Squad] {
        &self.squads
    }
    fn guilds_slice(&self) -> &[Guild] {
        &self.guilds
    }
    fn meetings_slice(&self) -> &[Meeting] {
        &self.meetings
    }
    fn conversations_slice(&self) -> &[Conversation] {
        self.conversations.as_deref().unwrap_or_default()
    }
    fn decisions_slice(&self) -> &[Decision] {
        self.decisions.as_deref().unwrap_or_default()
    }
    fn promotions_slice(&self) -> &[Promotion] {
        self.promotions.as_deref().unwrap_or_default()
    }
    fn mentorships_slice(&self) -> &[Mentorship] {
        self.mentorships.as_deref().unwrap_or_default()
    }

    /// Whether the portfolio claims to describe this in full.
    pub fn describes(&self, what: Described) -> bool {
        self.describes.contains(&what)
    }

    /// Whether the portfolio claims to hold somebody's 1:1s in full; so it does for everybody where it does not say.
    pub fn holds_meetings_of(&self, person: PersonIx) -> bool {
        let names = |all: &Vec<MeetingsOf>| all.iter().any(|one| one.person.target() == Some(person));
        self.meetings_of.as_ref().is_none_or(names)
    }

    /// Whether a list is written, be it without an item.
    pub fn has_section(&self, list: List) -> bool {
        self.written.contains(&list)
    }

    /// The text behind a name.
    pub fn text(&self, name: Name) -> &str {
        self.names.text(name)
    }

    /// The id of a subject, as a factor's id holds it.
    pub fn subject_id(&self, subject: Subject) -> &str {
        self.text(match subject {
            Subject::Person(at) => self.person(at).id,
            Subject::Meeting(at) => self.meeting(at).id,
            Subject::Conversation(at) => self.conversation(at).id,
            Subject::Decision(at) => self.decision(at).id,
            Subject::Promotion(at) => self.promotion(at).id,
            Subject::Mentorship(at) => self.mentorship(at).id,
            Subject::Squad(at) => self.squad(at).id,
            Subject::Guild(at) => self.guild(at).id,
            Subject::Portfolio => return "portfolio",
        })
    }

    /// The subject of a type with this id or alias, or with an id that was made when its people had other ids.
    pub fn find(&self, kind: &str, id: &str) -> Option<Subject> {
        self.find_written(kind, id).or_else(|| {
            let kind = SUBJECT_TYPES.into_iter().find(|known| *known == kind)?;
            self.former.get(&(kind, id.to_owned())).copied()
        })
    }

    fn find_written(&self, kind: &str, id: &str) -> Option<Subject> {
        let names = &self.names;
        Some(match kind {
            "person" => Subject::Person(PersonIx::at(linker::find(names, &self.people, id)?)),
            "squad" => Subject::Squad(SquadIx::at(linker::find(names, &self.squads, id)?)),
            "guild" => Subject::Guild(GuildIx::at(linker::find(names, &self.guilds, id)?)),
            "meeting" => Subject::Meeting(MeetingIx::at(linker::find(names, &self.meetings, id)?)),
            "conversation" => Subject::Conversation(ConversationIx::at(linker::find(
                names,
                self.conversations_slice(),
                id,
            )?)),
            "decision" => Subject::Decision(DecisionIx::at(linker::find(names, self.decisions_slice(), id)?)),
            "promotion" => {
                Subject::Promotion(PromotionIx::at(linker::find(names, self.promotions_slice(), id)?))
            }
            "mentorship" => {
                Subject::Mentorship(MentorshipIx::at(linker::find(names, self.mentorships_slice(), id)?))
            }
            "portfolio" if id == "portfolio" => Subject::Portfolio,
            _ => return None,
        })
    }

    /// Every item that a factor can be about, in no order that means anything.
    pub(crate) fn subjects(&self) -> impl Iterator<Item = Subject> {
        let people = self.person_positions().map(Subject::Person);
        let groups =
            self.squad_positions().map(Subject::Squad).chain(self.guild_positions().map(Subject::Guild));
        let between = self.meeting_positions().map(Subject::Meeting);
        let between = between.chain(self.conversation_positions().map(Subject::Conversation));
        let between = between.chain(self.mentorship_positions().map(Subject::Mentorship));
        let decided = self.decision_positions().map(Subject::Decision);
        let decided = decided.chain(self.promotion_positions().map(Subject::Promotion));
        people.chain(groups).chain(between).chain(decided)
    }

    /// Where a subject is written; nothing for the portfolio itself unless its HR system is.
    pub fn subject_at(&self, subject: Subject) -> Option<ItemAt> {
        Some(match subject {
            Subject::Person(at) => self.person(at).at,
            Subject::Meeting(at) => self.meeting(at).at,
            Subject::Conversation(at) => self.conversation(at).at,
            Subject::Decision(at) => self.decision(at).at,
            Subject::Promotion(at) => self.promotion(at).at,
            Subject::Mentorship(at) => self.mentorship(at).at,
            Subject::Squad(at) => self.squad(at).at,
            Subject::Guild(at) => self.guild(at).at,
            Subject::Portfolio => return self.hr_system.as_ref().map(|system| system.at),
        })
    }
}
