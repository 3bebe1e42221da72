//! Suggestions for an id that was typed wrongly.

use super::Portfolio;
use super::patch::list_of;
use crate::base::nearest::nearest;
use crate::records::sections::List;

impl Portfolio {
    /// The id of an item of this type that may be meant.
    pub fn nearest_id(&self, kind: &str, typed: &str) -> Option<String> {
        nearest(typed, self.ids_of(kind)).map(str::to_owned)
    }

    /// Every id of a type, in order; none where it is no type of items.
    pub fn ids_of(&self, kind: &str) -> Vec<&str> {
        let name = |id| self.text(id);
        match list_of(kind) {
            Some(List::People) => self.people.iter().map(|one| name(one.id)).collect(),
            Some(List::Squads) => self.squads.iter().map(|one| name(one.id)).collect(),
            Some(List::Guilds) => self.guilds.iter().map(|one| name(one.id)).collect(),
            Some(List::Meetings) => self.meetings.iter().map(|one| name(one.id)).collect(),
            Some(List::Conversations) => self.conversations_slice().iter().map(|one| name(one.id)).collect(),
            Some(List::Decisions) => self.decisions_slice().iter().map(|one| name(one.id)).collect(),
            Some(List::Promotions) => self.promotions_slice().iter().map(|one| name(one.id)).collect(),
            Some(List::Mentorships) => self.mentorships_slice().iter().map(|one| name(one.id)).collect(),
            Some(List::Acknowledgements) | None => Vec::new(),
        }
    }
}
