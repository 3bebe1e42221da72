//! Ids that are not written are made from the people in an item and its day; and what such ids were when those
//! people had other ids.

use std::collections::HashMap;

use super::{Conversation, Link, Meeting, Mentorship, Person, Portfolio, Promotion};
use crate::base::ids::{ConversationIx, MeetingIx, MentorshipIx, PersonIx, PromotionIx, Subject};
use crate::base::names::{Name, Names};
use crate::records::sections::List;
use crate::source::ItemAt;

/// What an id is made from: people, then words.
pub(super) type Parts = (Vec<Link<PersonIx>>, Vec<String>);

/// An item whose id can be made from its parts.
pub(super) trait Derivable {
    /// The parts.
    fn parts(&self) -> Parts;
    /// Whether the id was made.
    fn is_made(&self) -> bool;
    /// The id, to be set.
    fn id_mut(&mut self) -> &mut Name;
    /// Where it is written.
    fn place(&self) -> ItemAt;
}

macro_rules! derivable {
    ($type:ty, $this:ident => $parts:expr) => {
        impl Derivable for $type {
            fn parts(&self) -> Parts {
                let $this = self;
                $parts
            }
            fn is_made(&self) -> bool {
                self.derived_id
            }
            fn id_mut(&mut self) -> &mut Name {
                &mut self.id
            }
            fn place(&self) -> ItemAt {
                self.at
            }
        }
    };
}

derivable!(Meeting, this => {
    let mut links: Vec<_> = std::iter::once(this.owner).chain(this.with).collect();
    if this.with.is_none() && this.kind.is_of_two() {
        // Its `with` has been reported as missing.
        links.push(Link::Written(this.id));
    }
    (links, Vec::new())
});
derivable!(Conversation, this => (vec![this.owner, this.with], vec![this.kind.word().to_owned(), this.raised.to_string()]));
derivable!(Promotion, this => (vec![this.person], vec![this.decided.to_string()]));
derivable!(Mentorship, this => (vec![this.mentor, this.mentee], Vec::new()));

/// The id that parts make with the present ids of the people in them; none where one of them leads nowhere.
pub(super) fn made((people_in, words): &Parts, people: &[Person], names: &Names) -> Option<String> {
    let id = |link: &Link<PersonIx>| link.target().map(|at| names.text(people[at.index()].id));
    let mut all: Vec<&str> = people_in.iter().map(id).collect::<Option<_>>()?;
    all.extend(words.iter().map(String::as_str));
    Some(all.join("--"))
}

/// The lists of items whose ids can be made.
pub(super) const LISTS: [List; 4] =
    [List::Meetings, List::Conversations, List::Promotions, List::Mentorships];

/// Makes the ids that are not written in lists that have changed, from the present ids of the people in the items.
pub(super) fn derive_ids(portfolio: &mut Portfolio, changed: &[List]) {
    let Portfolio { names, people, meetings, conversations, promotions, mentorships, .. } = portfolio;
    for list in LISTS.into_iter().filter(|list| changed.contains(list)) {
        match list {
            List::Meetings => derive(meetings, people, names),
            List::Conversations => derive(conversations.as_deref_mut().unwrap_or_default(), people, names),
            List::Promotions => derive(promotions.as_deref_mut().unwrap_or_default(), people, names),
            List::Mentorships => derive(mentorships.as_deref_mut().unwrap_or_default(), people, names),
            List::People | List::Squads | List::Guilds | List::Decisions | List::Acknowledgements => {}
        }
    }
}

fn derive<T: Derivable>(items: &mut [T], people: &[Person], names: &mut Names) {
    for item in items.iter_mut().filter(|item| item.is_made()) {
        let id = made(&item.parts(), people, names).unwrap_or_else(|| {
            // Who leads nowhere has been reported; an id of its own keeps two such items from seeming alike.
            let at = item.place();
            format!("{}:{}:{}", at.file.0, at.mark.line, at.mark.column)
        });
        *item.id_mut() = names.add(&id);
    }
}

/// How many spellings of one id are kept, so that people with many former ids cannot use up memory.
const SPELLINGS: usize = 64;

/// Every id that was made from a former id of somebody in the item, by type.
pub(super) fn former_ids(portfolio: &Portfolio) -> HashMap<(&'static str, String), Subject> {
    let mut former = HashMap::new();
    if portfolio.people.iter().all(|person| person.aliases.is_empty()) {
        return former;
    }
    let mut add = |item: &dyn Derivable, subject: Subject| {
        if item.is_made() {
            for id in spellings(&item.parts(), portfolio) {
                former.entry((subject.type_name(), id)).or_insert(subject);
            }
        }
    };
    for at in portfolio.meeting_positions() {
        add(portfolio.meeting(at), Subject::Meeting(MeetingIx::at(at.index())));
    }
    for at in portfolio.conversation_positions() {
        add(portfolio.conversation(at), Subject::Conversation(ConversationIx::at(at.index())));
    }
    for at in portfolio.promotion_positions() {
        add(portfolio.promotion(at), Subject::Promotion(PromotionIx::at(at.index())));
    }
    for at in portfolio.mentorship_positions() {
        add(portfolio.mentorship(at), Subject::Mentorship(MentorshipIx::at(at.index())));
    }
    former
}

/// The ids that parts make with any present or former id of the people in them, where one is a former id.
fn spellings((people_in, words): &Parts, portfolio: &Portfolio) -> Vec<String> {
    let has_former = |at: PersonIx| !portfolio.person(at).aliases.is_empty();
    if !people_in.iter().filter_map(|link| link.target()).any(has_former) {
        return Vec::new();
    }
    let mut all = vec![String::new()];
    for link in people_in {
        let Some(at) = link.target() else { return Vec::new() };
        let person = portfolio.person(at);
        let ids = || std::iter::once(&person.id).chain(&person.aliases).map(|id| portfolio.text(*id));
        let glue = |start: &String, id: &str| {
            if start.is_empty() { id.to_owned() } else { format!("{start}--{id}") }
        };
        all = all.iter().flat_map(|start| ids().map(move |id| glue(start, id))).take(SPELLINGS).collect();
    }
    if all.len() < 2 {
        return Vec::new();
    }
    let whole = |start: String| {
        words.iter().fold(start, |mut whole, word| {
            whole.push_str("--");
            whole.push_str(word);
            whole
        })
    };
    // The first is the present one.
    all.into_iter().skip(1).map(whole).collect()
}
