//! Who is in the room: the people of a meeting, seen from whose calendar it is. Whoever only books it, need not come or does
//! not come is not counted, and that is said; somebody from outside makes it something else than a 1:1.

use std::borrow::Cow;
use std::rc::Rc;

use super::Options;
use super::event::{Event, Invited, Participant};
use super::texts::Texts;
use crate::import::draft::tidy;

/// Somebody on a calendar.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Attendee {
    /// The address, in lower case; where there is none, the name.
    pub address: Rc<str>,
    /// The name.
    pub name: Option<Rc<str>>,
}

/// Whose calendars these are, and which addresses belong to their organisation.
#[derive(Debug)]
pub(super) struct Me {
    /// All their addresses, the one they go by first; none where it cannot be told.
    addresses: Vec<Rc<str>>,
    is_named: bool,
    inside: Vec<String>,
}

impl Me {
    pub(super) fn new(options: &Options<'_>, texts: &Texts) -> Me {
        let named: Vec<Rc<str>> = options
            .me
            .iter()
            .map(|address| address.trim().to_lowercase())
            .filter(|address| !address.is_empty())
            .map(Rc::from)
            .collect();
        let is_named = !named.is_empty();
        let guessed = || texts.most_seen().map(|(address, _)| Rc::from(address)).into_iter().collect();
        let addresses = if is_named { named } else { guessed() };
        let own = addresses.iter().filter_map(|address| domain(address)).map(str::to_owned);
        let told = options.internal.iter().map(|domain| domain.trim().trim_start_matches('@').to_lowercase());
        Me { inside: own.chain(told).collect(), is_named, addresses }
    }

    /// The address that they go by.
    pub(super) fn address(&self) -> Option<&Rc<str>> {
        self.addresses.first()
    }

    /// Several addresses of theirs are one.
    pub(super) fn canonical<'a>(&'a self, address: &'a Rc<str>) -> &'a Rc<str> {
        if self.addresses.contains(address) { self.address().unwrap_or(address) } else { address }
    }

    pub(super) fn is_me(&self, address: &Rc<str>) -> bool {
        self.addresses.contains(address)
    }

    /// Whether somebody is certainly of another organisation.
    fn is_outside(&self, address: &Rc<str>) -> bool {
        let is_below = |domain: &str, inside: &String| {
            domain == inside || domain.strip_suffix(inside.as_str()).is_some_and(|rest| rest.ends_with('.'))
        };
        !self.inside.is_empty()
            && domain(address)
                .is_some_and(|domain| !self.inside.iter().any(|inside| is_below(domain, inside)))
    }
}

fn domain(address: &str) -> Option<&str> {
    address.split_once('@').map(|(_, domain)| domain).filter(|domain| !domain.is_empty())
}

/// Why a third person is not counted, and what is said then.
type Excuse = (fn(&Participant) -> bool, &'static str);

/// The people of a meeting.
#[derive(Debug)]
pub(super) struct Room {
    /// By address, each once.
    pub(super) people: Vec<Attendee>,
    /// The address of who called it.
    pub(super) organizer: Option<Rc<str>>,
    pub(super) notes: Vec<Cow<'static, str>>,
    /// The first of them from outside.
    pub(super) outside: Option<Rc<str>>,
    /// Whether one of them has declined all of it.
    pub(super) is_declined: bool,
}

/// The people of an event, each once, by address; and the address of who called it.
pub(super) fn room(event: &Event<'_>, me: &Me, texts: &mut Texts) -> Room {
    let mut attendee = |one: &Participant| {
        let name = one.name.as_deref().and_then(tidy).filter(|name| !name.eq_ignore_ascii_case(&one.address));
        let address = if one.address.is_empty() {
            texts.once(&name.as_ref()?.to_lowercase())
        } else {
            Rc::clone(me.canonical(&one.address))
        };
        Some(Attendee { address, name: name.map(|name| texts.once(&name)) })
    };
    let organizer = event.organizer.as_ref().filter(|one| one.is_person()).and_then(&mut attendee);
    let mut people: Vec<Attendee> =
        event.everybody().filter(|one| one.is_person()).filter_map(attendee).collect();
    // The name that is given first, the organiser's before the others'.
    people.sort_by(|one, other| {
        one.address.cmp(&other.address).then_with(|| other.name.is_some().cmp(&one.name.is_some()))
    });
    people.dedup_by(|one, other| one.address == other.address);
    let organizer = organizer.map(|organizer| organizer.address);
    let mut room = Room { people, organizer, notes: Vec::new(), outside: None, is_declined: false };
    room.leave_out(event, me);
    room.add_me(event, me);
    let others = room.people.iter().map(|one| &one.address).filter(|address| !me.is_me(address));
    room.outside = others.into_iter().find(|address| me.is_outside(address)).cloned();
    let declines = |one: &&Participant| one.is_person() && one.declined;
    let mut declined = event.attendees.iter().filter(declines).map(|one| me.canonical(&one.address));
    room.is_declined = declined.any(|address| room.people.iter().any(|one| one.address == *address));
    room.people.shrink_to_fit();
    room
}

impl Room {
    /// Takes out whoever is not in the meeting, where two are left.
    fn leave_out(&mut self, event: &Event<'_>, me: &Me) {
        if event.attendees.iter().any(|one| one.kind == Invited::Bot) {
            self.notes.push("a bot that takes notes is not counted".into());
        }
        if self.people.len() != 3 {
            return;
        }
        let attends =
            |address: &Rc<str>| event.attendees.iter().any(|one| me.canonical(&one.address) == address);
        // Somebody who books for two others is not in the meeting; whose calendar it is, is.
        let booker = self.organizer.clone().filter(|organizer| !me.is_me(organizer) && !attends(organizer));
        if let Some(booker) = booker {
            self.people.retain(|one| one.address != booker);
            self.notes.push("called by a third person who is not invited, and so not counted".into());
            return;
        }
        let is = |address: &Rc<str>, what: fn(&Participant) -> bool| {
            let mut same = event.attendees.iter().filter(|one| me.canonical(&one.address) == address);
            same.any(what)
        };
        let excuses: [Excuse; 2] = [
            (|one| one.declined, "a third person has declined, and so is not counted"),
            (|one| one.optional, "a third person is optional, and so not counted"),
        ];
        for (what, note) in excuses {
            let is_called_by = |address: &Rc<str>| self.organizer.as_ref() == Some(address);
            let mut third = self.people.iter().map(|one| &one.address);
            let mut third =
                third.by_ref().filter(|one| !me.is_me(one) && !is_called_by(one) && is(one, what));
            let (first, second) = (third.next().cloned(), third.next().is_some());
            if let Some(third) = first.filter(|_| !second) {
                self.people.retain(|one| one.address != third);
                self.notes.push(note.into());
                return;
            }
        }
    }

    /// A calendar that its owner exports often lists only the other one.
    fn add_me(&mut self, event: &Event<'_>, me: &Me) {
        let (Some(own), [other]) = (me.address(), self.people.as_slice()) else { return };
        let is_invited = event.attendees.iter().any(|one| one.is_person() && one.address == other.address);
        if me.is_named && is_invited && !me.is_me(&other.address) {
            self.people.push(Attendee { address: Rc::clone(own), name: None });
            self.people.sort_by(|one, other| one.address.cmp(&other.address));
            self.notes.push("the calendar lists only the other one".into());
        }
    }
}
