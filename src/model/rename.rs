//! A portfolio takes over the ids that a later one has given to its items: where the later one lists an id among
//! its aliases, both mean the same item, wherever the id is used.

use std::collections::{HashMap, HashSet};

use super::derived::{Derivable, made};
use super::linker::{Identified, Link};
use super::{Acknowledgement, Person, Portfolio};
use crate::base::factor_id::FactorId;
use crate::base::ids::{DecisionIx, Subject};
use crate::base::names::{FastMap, Name, Names};
use crate::source::ItemAt;

/// Former id to present id, in one section.
type Renames<'h> = HashMap<&'h str, &'h str>;

fn renames<'h, T: Identified>(items: &[T], names: &'h Names) -> Renames<'h> {
    let each = |item: &T| {
        let id = item.id();
        item.aliases().to_vec().into_iter().map(move |alias| (names.text(alias), names.text(id)))
    };
    items.iter().flat_map(each).collect()
}

/// Two items of a portfolio that a later one calls one: links follow, the items keep their ids.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Merged {
    /// The type of both: `person`.
    pub kind: &'static str,
    /// The former id, which its item keeps.
    pub former: String,
    /// The id that another item has already.
    pub present: String,
}

/// Gives every item of `base` the id that `head` has for it; what would become one stays two, and is told.
pub fn adopt_ids(base: &mut Portfolio, head: &Portfolio) -> Vec<Merged> {
    let people = renames(&head.people, &head.names);
    let squads = renames(&head.squads, &head.names);
    let guilds = renames(&head.guilds, &head.names);
    let meetings = renames(&head.meetings, &head.names);
    let talks = renames(head.conversations.as_deref().unwrap_or_default(), &head.names);
    let decisions = renames(head.decisions.as_deref().unwrap_or_default(), &head.names);
    let promotions = renames(head.promotions.as_deref().unwrap_or_default(), &head.names);
    let mentorships = renames(head.mentorships.as_deref().unwrap_or_default(), &head.names);
    let all = [&people, &squads, &guilds, &meetings, &talks, &decisions, &promotions, &mentorships];
    if all.iter().all(|renames| renames.is_empty()) {
        return Vec::new();
    }
    let mut merged = Vec::new();
    let acknowledged = acknowledged_items(base);
    let Portfolio { names, .. } = base;
    let moved = Moved {
        people: rename(("person", &mut merged), &mut base.people, &people, names, |person| &mut person.id),
        squads: rename(("squad", &mut merged), &mut base.squads, &squads, names, |squad| &mut squad.id),
        guilds: rename(("guild", &mut merged), &mut base.guilds, &guilds, names, |guild| &mut guild.id),
    };
    moved.relink(base);
    let Portfolio { names, people, .. } = base;
    rename_made(&mut base.meetings, &meetings, people, names);
    rename_made(base.conversations.as_deref_mut().unwrap_or_default(), &talks, people, names);
    rename_made(base.promotions.as_deref_mut().unwrap_or_default(), &promotions, people, names);
    rename_made(base.mentorships.as_deref_mut().unwrap_or_default(), &mentorships, people, names);
    let decisions_then = base.decisions.as_deref_mut().unwrap_or_default();
    let moved =
        rename(("decision", &mut merged), decisions_then, &decisions, names, |decision| &mut decision.id);
    for (_, decision) in base.squads.iter_mut().flat_map(|squad| &mut squad.closed_decisions) {
        follow(decision, &moved, DecisionIx::index, DecisionIx::at);
    }
    base.former = super::derived::former_ids(base);
    rename_in_acknowledgements(base, &acknowledged);
    merged
}

/// What an acknowledgement is about: the type of the item, and where it is written, which no renaming changes.
type Acknowledged = Option<(&'static str, ItemAt)>;

/// What each acknowledgement is about, in their order.
fn acknowledged_items(portfolio: &Portfolio) -> Vec<Acknowledged> {
    let item = |one: &Acknowledgement| {
        let FactorId { kind, id, .. } = FactorId::split(portfolio.text(one.factor));
        let subject = portfolio.find(kind?, id?)?;
        Some((subject.type_name(), portfolio.subject_at(subject)?))
    };
    portfolio.acknowledgements.iter().map(item).collect()
}

/// Lets every acknowledgement name its item by the id that the item has now.
fn rename_in_acknowledgements(portfolio: &mut Portfolio, acknowledged: &[Acknowledged]) {
    if acknowledged.is_empty() {
        return;
    }
    let at = |subject| Some(((Subject::type_name(subject), portfolio.subject_at(subject)?), subject));
    let items: HashMap<(&str, ItemAt), Subject> = portfolio.subjects().filter_map(at).collect();
    let mut ids = Vec::new();
    for (index, item) in acknowledged.iter().enumerate() {
        let Some(subject) = item.and_then(|item| items.get(&item)) else { continue };
        let factor = portfolio.text(portfolio.acknowledgements[index].factor);
        let FactorId { code, .. } = FactorId::split(factor);
        let id = portfolio.subject_id(*subject);
        ids.push((index, format!("{code}:{}:{id}", subject.type_name())));
    }
    for (index, id) in ids {
        portfolio.acknowledgements[index].factor = portfolio.names.add(&id);
    }
}

/// Renames and sorts again. The result says where a link to an old position leads now. Where the present id is
/// another item's already, links follow it and the item keeps its own.
fn rename<T: Identified>(
    (kind, merged): (&'static str, &mut Vec<Merged>),
    items: &mut [T],
    renames: &Renames<'_>,
    names: &mut Names,
    id_of: fn(&mut T) -> &mut Name,
) -> Vec<usize> {
    let mut holders: FastMap<Name, usize> =
        items.iter().enumerate().map(|(at, item)| (item.id(), at)).collect();
    let mut follow: Vec<usize> = (0..items.len()).collect();
    if !renames.is_empty() {
        for at in 0..items.len() {
            let Some(present) = renames.get(names.text(items[at].id())) else { continue };
            let present = names.add(present);
            if let Some(holder) = holders.get(&present) {
                follow[at] = *holder;
                let (former, present) =
                    (names.text(items[at].id()).to_owned(), names.text(present).to_owned());
                merged.push(Merged { kind, former, present });
            } else {
                holders.insert(present, at);
                *id_of(&mut items[at]) = present;
            }
        }
    }
    let moved = sort(items, names);
    follow.into_iter().map(|at| moved[at]).collect()
}

/// Sorts by id; the result is the new position of each old one.
fn sort<T: Identified>(items: &mut [T], names: &Names) -> Vec<usize> {
    let before: Vec<Name> = items.iter().map(Identified::id).collect();
    items.sort_by(|a, b| names.text(a.id()).cmp(names.text(b.id())));
    let after: FastMap<Name, usize> = items.iter().enumerate().map(|(at, item)| (item.id(), at)).collect();
    before.iter().enumerate().map(|(at, id)| after.get(id).copied().unwrap_or(at)).collect()
}

/// Renames items whose ids may be made from the people in them, who have their present ids already.
fn rename_made<T: Identified + Derivable>(
    items: &mut [T],
    renames: &Renames<'_>,
    people: &[Person],
    names: &mut Names,
) {
    let mut taken: HashSet<Name> = items.iter().map(Identified::id).collect();
    for item in items.iter_mut() {
        let old = names.text(item.id()).to_owned();
        let new = if item.is_made() { made(&item.parts(), people, names) } else { None };
        let by_alias = |id: &str| renames.get(id).map(|present| (*present).to_owned());
        let present = by_alias(&old).or_else(|| new.as_deref().and_then(by_alias)).or(new);
        if let Some(present) = present.filter(|present| *present != old) {
            let present = names.add(&present);
            if taken.insert(present) {
                *item.id_mut() = present;
            }
        }
    }
    sort(items, names);
}

/// Where links to people, squads and guilds lead after a renaming.
struct Moved {
    people: Vec<usize>,
    squads: Vec<usize>,
    guilds: Vec<usize>,
}

fn follow<I: Copy>(link: &mut Link<I>, moved: &[usize], index: fn(I) -> usize, at: fn(usize) -> I) {
    if let Link::To(item) = *link
        && let Some(now) = moved.get(index(item))
    {
        *link = Link::To(at(*now));
    }
}

impl Moved {
    fn relink(&self, portfolio: &mut Portfolio) {
        use crate::base::ids::{GuildIx, PersonIx, SquadIx};
        let person = |link: &mut Link<PersonIx>| follow(link, &self.people, PersonIx::index, PersonIx::at);
        let squad = |link: &mut Link<SquadIx>| follow(link, &self.squads, SquadIx::index, SquadIx::at);
        for one in &mut portfolio.people {
            one.squad.iter_mut().for_each(squad);
            one.guild.iter_mut().for_each(|link| follow(link, &self.guilds, GuildIx::index, GuildIx::at));
            [&mut one.delivery_owner, &mut one.craft_owner, &mut one.rated_by]
                .into_iter()
                .flatten()
                .for_each(person);
        }
        for one in portfolio.meetings_of.iter_mut().flatten() {
            person(&mut one.person);
        }
        for one in &mut portfolio.squads {
            [&mut one.lead, &mut one.escalates_to].into_iter().flatten().for_each(person);
        }
        portfolio.guilds.iter_mut().for_each(|one| one.lead.iter_mut().for_each(person));
        for one in &mut portfolio.meetings {
            person(&mut one.owner);
            one.with.iter_mut().for_each(person);
        }
        for one in portfolio.conversations.iter_mut().flatten() {
            person(&mut one.owner);
            person(&mut one.with);
        }
        for one in portfolio.decisions.iter_mut().flatten() {
            person(&mut one.owner);
            one.squad.iter_mut().for_each(squad);
        }
        for one in portfolio.promotions.iter_mut().flatten() {
            person(&mut one.person);
            one.signed_off_by.iter_mut().for_each(person);
        }
        for one in portfolio.mentorships.iter_mut().flatten() {
            person(&mut one.mentor);
            person(&mut one.mentee);
        }
    }
}
