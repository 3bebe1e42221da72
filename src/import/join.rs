//! Two drafts become one: what several files say of the same people, squads and meetings.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::draft::{Draft, DraftPerson, ItemKey, Made};
use super::renamed;

impl Draft {
    /// This draft and then another: what both hold is taken from the first, and somebody who is inside in either is
    /// inside.
    pub fn join(&mut self, other: Draft) {
        // One of the two may know people of the other by another id.
        let mut other = renamed::in_terms_of(&renamed::aliases(self), other);
        let own = std::mem::take(self);
        *self = renamed::in_terms_of(&renamed::aliases(&other), own);
        self.join_sources(&mut other);
        for (id, person) in other.people {
            match self.people.get_mut(&id) {
                Some(known) if known.external && !person.external => {
                    let earlier = std::mem::replace(known, person);
                    known.fill(earlier);
                }
                Some(known) => known.fill(person),
                None => drop(self.people.insert(id, person)),
            }
        }
        for (id, squad) in other.squads {
            self.squads.entry(id).or_insert(squad);
        }
        for (id, guild) in other.guilds {
            self.guilds.entry(id).or_insert(guild);
        }
        for (id, meeting) in other.meetings {
            self.meetings.entry(id).or_insert(meeting);
        }
        self.meetings_of.extend(other.meetings_of);
        self.counts.extend(other.counts);
        self.notes.extend(other.notes);
        self.without_clashes();
    }

    fn join_sources(&mut self, other: &mut Draft) {
        if self.made_by.is_empty() && self.people.is_empty() && self.meetings.is_empty() {
            self.made_by = std::mem::take(&mut other.made_by);
            return;
        }
        let is_one = self.made_by.len() == 1
            && self.made_by == other.made_by
            && self.made_by.iter().all(|made| made.items.is_none());
        if is_one {
            return;
        }
        let told_apart = [self.told_apart(), other.told_apart()].into_iter().flatten();
        let mut all: BTreeMap<String, BTreeSet<ItemKey>> = BTreeMap::new();
        for (source, items) in told_apart {
            all.entry(source).or_default().extend(items);
        }
        self.made_by = all.into_iter().map(|(source, items)| Made { source, items: Some(items) }).collect();
    }

    fn told_apart(&self) -> Vec<(String, BTreeSet<ItemKey>)> {
        let everything = || {
            let people = self.people.keys().map(|id| ("people", Rc::clone(id)));
            let squads = self.squads.keys().map(|id| ("squads", Rc::clone(id)));
            let guilds = self.guilds.keys().map(|id| ("guilds", Rc::clone(id)));
            let meetings = self.meetings.keys().map(|id| ("meetings", Rc::clone(id)));
            people.chain(squads).chain(guilds).chain(meetings).collect()
        };
        let made = |made: &Made| (made.source.clone(), made.items.clone().unwrap_or_else(everything));
        self.made_by.iter().map(made).collect()
    }
}

impl DraftPerson {
    /// Takes what is not known of somebody from another source.
    fn fill(&mut self, other: DraftPerson) {
        #[rustfmt::skip]
        let DraftPerson {
            name, title, squad, guild, delivery_owner, craft_owner, rated_by, level, track, started, left, external: _,
            aliases,
        } = other;
        self.name = self.name.take().or(name);
        self.title = self.title.take().or(title);
        self.squad = self.squad.take().or(squad);
        self.guild = self.guild.take().or(guild);
        self.delivery_owner = self.delivery_owner.take().or(delivery_owner);
        self.craft_owner = self.craft_owner.take().or(craft_owner);
        self.rated_by = self.rated_by.take().or(rated_by);
        self.level = self.level.or(level);
        self.track = self.track.or(track);
        self.started = self.started.or(started);
        self.left = self.left.or(left);
        self.aliases.extend(aliases);
        self.aliases.sort_unstable();
        self.aliases.dedup();
    }
}
