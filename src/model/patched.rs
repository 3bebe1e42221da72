//! A portfolio as it is with a patch: the items that a patch touches are written out, changed and read again, and what
//! that concerns is linked anew; so hundreds of patches can be tried in a second.

use super::derived::Derivable;
use super::intake::reread;
use super::patch::{Change, Patch, PatchError, Target, path, target};
use super::read::relink;
use super::{Link, Portfolio};
use crate::base::catalog::Catalog;
use crate::base::ids::PersonIx;
use crate::base::message::{Message, Quote, message};
use crate::base::names::Name;
use crate::records::sections::{List, Section, Single};
use crate::source::{Diagnostics, FileIx, ItemAt, Mark, Severity};
use crate::yaml::value::Value;

/// Where an item is that no file holds.
const NOWHERE: ItemAt = ItemAt { file: FileIx(0), mark: Mark { line: 0, column: 0 } };

/// The index of the item with this id or alias in a list of whatever order.
macro_rules! index_of {
    ($items:expr, $name:expr) => {
        $items
            .iter()
            .position(|item| item.id == $name)
            .or_else(|| $items.iter().position(|item| item.aliases.contains(&$name)))
    };
}

/// Does the same with the list that is meant, which is there.
macro_rules! with_list {
    ($portfolio:expr, $list:expr, $items:ident => $do:expr) => {
        match $list {
            List::People => {
                let $items = &mut $portfolio.people;
                $do
            }
            List::Squads => {
                let $items = &mut $portfolio.squads;
                $do
            }
            List::Guilds => {
                let $items = &mut $portfolio.guilds;
                $do
            }
            List::Meetings => {
                let $items = &mut $portfolio.meetings;
                $do
            }
            List::Conversations => {
                let $items = $portfolio.conversations.get_or_insert_default();
                $do
            }
            List::Decisions => {
                let $items = $portfolio.decisions.get_or_insert_default();
                $do
            }
            List::Promotions => {
                let $items = $portfolio.promotions.get_or_insert_default();
                $do
            }
            List::Mentorships => {
                let $items = $portfolio.mentorships.get_or_insert_default();
                $do
            }
            List::Acknowledgements => {
                let $items = &mut $portfolio.acknowledgements;
                $do
            }
        }
    };
}

impl Portfolio {
    /// The portfolio with these changes, checked and linked as if it had been read so; the places of its items are
    /// those of before. Ids that begin with `+` are people whom no portfolio can have: somebody new from outside.
    /// Days that have not happened are not looked for, since only a text has a day of its own.
    pub fn with(&self, patch: &Patch, catalog: &Catalog) -> Result<Portfolio, PatchError> {
        let mut next = self.clone();
        let mut diagnostics = Diagnostics::default();
        let changed = if patch.0.iter().any(moves_positions) {
            next.unlink();
            List::ALL.to_vec()
        } else {
            patch.0.iter().filter_map(list_of).collect()
        };
        for change in &patch.0 {
            next.change(change, catalog, &mut diagnostics)?;
            if diagnostics.errors() > 0 {
                return Err(invalid(&diagnostics));
            }
        }
        relink(&mut next, &changed, &mut diagnostics);
        if diagnostics.errors() > 0 { Err(invalid(&diagnostics)) } else { Ok(next) }
    }

    /// The first of `wanted`, `wanted--2`, `wanted--3` … that no item of this type has as its id: what a new item gets
    /// as its `id` where the one that would be derived is taken. None where it is not taken.
    pub fn id_unless_free(&self, kind: &str, wanted: &str) -> Option<String> {
        self.find(kind, wanted)?;
        (2..=u32::MAX).map(|number| format!("{wanted}--{number}")).find(|id| self.find(kind, id).is_none())
    }

    fn change(
        &mut self,
        change: &Change,
        catalog: &Catalog,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), PatchError> {
        if let Change::Add { add, item, after } = change {
            let list = Change::list(add)?;
            let at = after.as_deref().and_then(|after| self.place_of(after)).unwrap_or(NOWHERE);
            self.read_in(list, item, at, catalog, diagnostics);
            return Ok(());
        }
        let Some(name) = change.subject() else { return Ok(()) };
        let (list, id) = match target(name)? {
            Target::Portfolio => return self.change_itself(change, catalog, diagnostics),
            Target::Item(list, id) => (list, id),
        };
        let unknown = || PatchError::Unknown(message!("there is no ", name.to_owned()));
        let index = self.index_of(list, id).ok_or_else(unknown)?;
        if let Change::Remove { .. } = change {
            with_list!(self, list, items => { items.remove(index); });
            return Ok(());
        }
        let mut written = self.written_item(list, index);
        change.amend(&mut written)?;
        let at = with_list!(self, list, items => items[index].at);
        if self.read_in(list, &written, at, catalog, diagnostics) {
            with_list!(self, list, items => { items.swap_remove(index); });
            self.keep_id(list, index, id);
        }
        Ok(())
    }

    /// An item without an `id` gets the one that is made for it when all is linked; until then it has the one that it
    /// had, by which the next change finds it.
    fn keep_id(&mut self, list: List, index: usize, id: &str) {
        fn keep<T: Derivable>(items: &mut [T], index: usize, id: Name) {
            if let Some(item) = items.get_mut(index).filter(|item| item.is_made()) {
                *item.id_mut() = id;
            }
        }
        let id = self.names.add(id);
        match list {
            List::Meetings => keep(&mut self.meetings, index, id),
            List::Conversations => keep(self.conversations.as_deref_mut().unwrap_or_default(), index, id),
            List::Promotions => keep(self.promotions.as_deref_mut().unwrap_or_default(), index, id),
            List::Mentorships => keep(self.mentorships.as_deref_mut().unwrap_or_default(), index, id),
            List::People | List::Squads | List::Guilds | List::Decisions | List::Acknowledgements => {}
        }
    }

    /// A change of `hr_system`, the one key of the portfolio itself that is changed.
    fn change_itself(
        &mut self,
        change: &Change,
        catalog: &Catalog,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), PatchError> {
        let key = Single::HrSystem.key();
        let system = self.hr_system.take();
        let at = system.as_ref().map_or(NOWHERE, |system| system.at);
        let mut entries = Vec::new();
        entries.extend(system.map(|system| (key.to_owned(), self.written_hr_system(&system))));
        let mut written = Value::Map(entries);
        change.amend(&mut written)?;
        let Value::Map(entries) = written else { return Ok(()) };
        for (name, value) in entries {
            if name != key {
                return Err(PatchError::Unknown(message!("`", name, "` of the portfolio is not changed")));
            }
            reread(self, Section::Single(Single::HrSystem), value.node(at.mark), at, (catalog, diagnostics));
        }
        Ok(())
    }

    /// Reads an item, and puts it at the end of its list; false where it has no record at all.
    fn read_in(
        &mut self,
        list: List,
        item: &Value,
        at: ItemAt,
        catalog: &Catalog,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        let mut outside = Vec::new();
        let item = without_outsiders(item, self, &mut outside);
        let before = self.count(list).unwrap_or(0);
        reread(self, Section::List(list), item.node(at.mark), at, (catalog, diagnostics));
        let is_read = self.count(list).unwrap_or(0) > before;
        if is_read && !outside.is_empty() {
            self.rename_outsiders(list, before, &outside);
        }
        is_read
    }

    fn place_of(&mut self, name: &str) -> Option<ItemAt> {
        let Ok(Target::Item(list, id)) = target(name) else { return None };
        let index = self.index_of(list, id)?;
        Some(with_list!(self, list, items => items[index].at))
    }

    fn index_of(&self, list: List, id: &str) -> Option<usize> {
        let name = self.names.find(id)?;
        match list {
            List::People => index_of!(self.people, name),
            List::Squads => index_of!(self.squads, name),
            List::Guilds => index_of!(self.guilds, name),
            List::Meetings => index_of!(self.meetings, name),
            List::Conversations => index_of!(self.conversations_slice(), name),
            List::Decisions => index_of!(self.decisions_slice(), name),
            List::Promotions => index_of!(self.promotions_slice(), name),
            List::Mentorships => index_of!(self.mentorships_slice(), name),
            List::Acknowledgements => None,
        }
    }

    /// Turns every reference back into the id it leads to: positions are about to change.
    fn unlink(&mut self) {
        let people: Vec<Name> = self.people.iter().map(|person| person.id).collect();
        let squads: Vec<Name> = self.squads.iter().map(|squad| squad.id).collect();
        let closing: Vec<Name> = self.decisions_slice().iter().map(|decision| decision.id).collect();
        let guilds: Vec<Name> = self.guilds.iter().map(|guild| guild.id).collect();
        self.each_person_link(None, &mut |link| {
            if let Link::To(at) = link {
                *link = Link::Written(people[at.index()]);
            }
        });
        let decisions = self.decisions.iter_mut().flatten().filter_map(|decision| decision.squad.as_mut());
        for link in self.people.iter_mut().filter_map(|person| person.squad.as_mut()).chain(decisions) {
            if let Link::To(at) = link {
                *link = Link::Written(squads[at.index()]);
            }
        }
        let closed = self.squads.iter_mut().flat_map(|squad| &mut squad.closed_decisions);
        for (_, link) in closed {
            if let Link::To(at) = link {
                *link = Link::Written(closing[at.index()]);
            }
        }
        for link in self.people.iter_mut().filter_map(|person| person.guild.as_mut()) {
            if let Link::To(at) = link {
                *link = Link::Written(guilds[at.index()]);
            }
        }
    }

    /// Every reference to a person; of one item alone, where one is named.
    fn each_person_link(&mut self, only: Option<(List, usize)>, each: &mut dyn FnMut(&mut Link<PersonIx>)) {
        let Portfolio { people, squads, guilds, meetings, meetings_of, .. } = self;
        if only.is_none() {
            meetings_of.iter_mut().flatten().for_each(|one| each(&mut one.person));
        }
        for person in part(people, List::People, only) {
            let all = [&mut person.delivery_owner, &mut person.craft_owner, &mut person.rated_by];
            all.into_iter().flatten().for_each(&mut *each);
        }
        for squad in part(squads, List::Squads, only) {
            [&mut squad.lead, &mut squad.escalates_to].into_iter().flatten().for_each(&mut *each);
        }
        for guild in part(guilds, List::Guilds, only) {
            guild.lead.iter_mut().for_each(&mut *each);
        }
        for meeting in part(meetings, List::Meetings, only) {
            each(&mut meeting.owner);
            meeting.with.iter_mut().for_each(&mut *each);
        }
        let talks = self.conversations.as_deref_mut().unwrap_or_default();
        for talk in part(talks, List::Conversations, only) {
            each(&mut talk.owner);
            each(&mut talk.with);
        }
        let decisions = self.decisions.as_deref_mut().unwrap_or_default();
        for decision in part(decisions, List::Decisions, only) {
            each(&mut decision.owner);
        }
        let promotions = self.promotions.as_deref_mut().unwrap_or_default();
        for promotion in part(promotions, List::Promotions, only) {
            each(&mut promotion.person);
            promotion.signed_off_by.iter_mut().for_each(&mut *each);
        }
        let mentorships = self.mentorships.as_deref_mut().unwrap_or_default();
        for mentorship in part(mentorships, List::Mentorships, only) {
            each(&mut mentorship.mentor);
            each(&mut mentorship.mentee);
        }
    }

    /// Gives the item that was read with stand-ins the ids that they stand for.
    fn rename_outsiders(&mut self, list: List, index: usize, outside: &[(String, String)]) {
        let names: Vec<(Name, Name)> =
            outside.iter().map(|(stand_in, id)| (self.names.add(stand_in), self.names.add(id))).collect();
        let rename = |name: &mut Name| {
            if let Some((_, id)) = names.iter().find(|(stand_in, _)| stand_in == name) {
                *name = *id;
            }
        };
        self.each_person_link(Some((list, index)), &mut |link| {
            if let Link::Written(name) = link {
                rename(name);
            }
        });
        if list == List::People {
            rename(&mut self.people[index].id);
        }
    }
}

/// All items of a list; only one, or none, where one item of some list is meant.
fn part<T>(items: &mut [T], list: List, only: Option<(List, usize)>) -> &mut [T] {
    let range = match only {
        None => 0..items.len(),
        Some((one, index)) if one == list && index < items.len() => index..index + 1,
        Some(_) => 0..0,
    };
    &mut items[range]
}

/// The list whose items a change changes; none where it is about the portfolio itself.
fn list_of(change: &Change) -> Option<List> {
    if let Change::Add { add, .. } = change {
        return Change::list(add).ok();
    }
    match target(change.subject()?) {
        Ok(Target::Item(list, _)) => Some(list),
        Ok(Target::Portfolio) | Err(_) => None,
    }
}

/// Whether a change makes people, squads, guilds or decisions stand at other positions. What is only changed is read anew
/// and put back where it was.
fn moves_positions(change: &Change) -> bool {
    let is_referred_to = |list| matches!(list, List::People | List::Squads | List::Guilds | List::Decisions);
    let moves = match change {
        Change::Add { .. } | Change::Remove { .. } => true,
        Change::Set { key, .. }
        | Change::Unset { key, .. }
        | Change::Append { key, .. }
        | Change::Strip { key, .. } => path(key).first().is_some_and(|key| ["id", "aliases"].contains(key)),
    };
    moves && list_of(change).is_some_and(is_referred_to)
}

/// The item with ids that a text can have in place of those that begin with `+`, which are noted.
fn without_outsiders(item: &Value, portfolio: &Portfolio, outside: &mut Vec<(String, String)>) -> Value {
    match item {
        Value::Text(text) => {
            let Some(number) = text.strip_prefix('+') else { return item.clone() };
            let is_outsider = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
            if !is_outsider {
                return item.clone();
            }
            let mut stand_in = format!("outside-{number}");
            while portfolio.names.find(&stand_in).is_some() {
                stand_in.push('-');
            }
            outside.push((stand_in.clone(), text.clone()));
            Value::Text(stand_in)
        }
        Value::Plain(_) => item.clone(),
        Value::List(items) => {
            Value::List(items.iter().map(|item| without_outsiders(item, portfolio, outside)).collect())
        }
        Value::Map(entries) => {
            let entry =
                |(key, value): &(String, Value)| (key.clone(), without_outsiders(value, portfolio, outside));
            Value::Map(entries.iter().map(entry).collect())
        }
    }
}

fn invalid(diagnostics: &Diagnostics) -> PatchError {
    let errors = diagnostics.sorted(Severity::Error);
    let sentence = |one: &&crate::source::Diagnostic| -> Message<Quote> {
        let expected = one.expected.clone().map(|expected| message!("; expected ").and(expected));
        one.message.clone().and(expected.unwrap_or_default())
    };
    PatchError::Invalid(errors.iter().map(sentence).collect())
}
