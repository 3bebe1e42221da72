//! The items of lists as records, by the section they stand in. What reads without an error needs its tree no more, so
//! it is read where the tree is built; the tree of anything else goes on to where errors are collected.

use serde::Deserialize;

use super::portfolio::{
    AcknowledgementRecord, ConversationRecord, DecisionRecord, GuildRecord, MeetingRecord, MentorshipRecord,
    PersonRecord, PromotionRecord, SquadRecord,
};
use crate::yaml::de::NodeDe;
use crate::yaml::node::Node;

/// One item of a list, read without an error.
#[derive(Debug)]
#[expect(missing_docs, reason = "each is what its record says")]
pub enum Item<'t> {
    Person(PersonRecord<'t>),
    Squad(SquadRecord<'t>),
    Guild(GuildRecord<'t>),
    Meeting(MeetingRecord<'t>),
    Conversation(ConversationRecord<'t>),
    Decision(DecisionRecord<'t>),
    Promotion(PromotionRecord<'t>),
    Mentorship(MentorshipRecord<'t>),
    Acknowledgement(AcknowledgementRecord<'t>),
}

/// An item that is still a tree, and what becomes of its errors.
pub trait Written<'t> {
    /// Its record; nothing where it has none.
    fn record<T: Deserialize<'t>>(self) -> Option<T>;
}

/// Errors are nobody's business: nothing where there is one.
impl<'t> Written<'t> for &Node<'t> {
    fn record<T: Deserialize<'t>>(self) -> Option<T> {
        T::deserialize(NodeDe::new(self, &Vec::new())).ok()
    }
}

/// Reads an item of a section; nothing where it has no record, or where the section is no list.
pub fn read<'t>(section: &str, item: impl Written<'t>) -> Option<Item<'t>> {
    match section {
        "people" => item.record().map(Item::Person),
        "squads" => item.record().map(Item::Squad),
        "guilds" => item.record().map(Item::Guild),
        "meetings" => item.record().map(Item::Meeting),
        "conversations" => item.record().map(Item::Conversation),
        "decisions" => item.record().map(Item::Decision),
        "promotions" => item.record().map(Item::Promotion),
        "mentorships" => item.record().map(Item::Mentorship),
        "acknowledgements" => item.record().map(Item::Acknowledgement),
        _ => None,
    }
}
