//! The items of lists as records, by the section they stand in. What reads without an error needs its tree no more, so
//! it is read where the tree is built; the tree of anything else goes on to where errors are collected.

use serde::Deserialize;

use super::de::NodeDe;
use super::node::Node;
use super::records::{
    AcknowledgementRecord, ConversationRecord, DecisionRecord, GuildRecord, MeetingRecord, MentorshipRecord,
    PersonRecord, PromotionRecord, SquadRecord,
};

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

/// Reads an item of a section; nothing where anything is wrong with it, or where the section is no list.
pub fn read<'t>(section: &str, node: &Node<'t>) -> Option<Item<'t>> {
    match section {
        "people" => clean(node).map(Item::Person),
        "squads" => clean(node).map(Item::Squad),
        "guilds" => clean(node).map(Item::Guild),
        "meetings" => clean(node).map(Item::Meeting),
        "conversations" => clean(node).map(Item::Conversation),
        "decisions" => clean(node).map(Item::Decision),
        "promotions" => clean(node).map(Item::Promotion),
        "mentorships" => clean(node).map(Item::Mentorship),
        "acknowledgements" => clean(node).map(Item::Acknowledgement),
        _ => None,
    }
}

fn clean<'t, T: Deserialize<'t>>(node: &Node<'t>) -> Option<T> {
    T::deserialize(NodeDe::new(node, &Vec::new())).ok()
}
