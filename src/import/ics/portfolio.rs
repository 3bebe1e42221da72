//! The 1:1s of calendars as a portfolio.

use std::rc::Rc;

use super::label::{Label, topics};
use super::{CalendarMeeting, Calendars};
use crate::base::message::counted;
use crate::import::draft::{Draft, DraftMeeting};
use crate::import::ids::{self, Ids};
use crate::records::values::is_id;

/// The people and meetings of calendars. Takes them, since a large calendar need not be held twice.
pub fn draft(calendars: Calendars) -> Draft {
    let mut draft = Draft::default();
    let found = calendars.found.len();
    let mut all = calendars.found;
    all.retain(|one| one.missing.is_empty());
    let one_on_ones = all.len();
    all.retain(|one| one.people.len() == 2);
    let known = all.len();
    let mut ids = ids_of(&all);
    people(&all, &mut ids, &mut draft);
    all.sort_unstable_by(|one, other| {
        (one.since, &one.title, &one.uid, one.file, one.line).cmp(&(
            other.since,
            &other.title,
            &other.uid,
            other.file,
            other.line,
        ))
    });
    let is_unlabelled = |one: &CalendarMeeting| one.label == Label::Unlabelled || !one.unread.is_empty();
    let unlabelled = all.iter().filter(|one| is_unlabelled(one)).count();
    let numbers = numbers(&all);
    for (one, number) in all.into_iter().zip(numbers) {
        let pair = [0, 1].map(|at| ids.give(&one.people[at].address));
        let id = match number {
            1 => format!("{}--{}", pair[0], pair[1]),
            number => format!("{}--{}--{number}", pair[0], pair[1]),
        };
        // A series that was called off before it began has no day on which it was there.
        if one.ended.zip(one.since).is_some_and(|(ended, since)| ended < since) {
            continue;
        }
        let id = ids::near(&id, |id| draft.meetings.contains_key(id));
        draft.meetings.insert(id.into(), meeting(one, &pair));
    }
    // A 1:1 with somebody who is not named is left out, so it would not be all of them.
    let own = calendars.me.as_deref().filter(|_| known == one_on_ones);
    let own = own.map(|own| ids.give(own)).filter(|own| draft.people.contains_key(own));
    if own.is_some() && !calendars.private_with.is_empty() {
        let private = counted(calendars.private_with.len(), "private meeting", "private meetings");
        draft.notes.push(format!(
            "{private} of two not imported: where one is a 1:1, take the owner out of `meetings_of`"
        ));
    }
    draft.meetings_of.extend(own);
    draft.count("one_on_ones", one_on_ones);
    if known < one_on_ones {
        draft.notes.push(format!("1:1s with somebody whom the calendar does not name: {}; left out, since a portfolio needs both people", one_on_ones - known));
    }
    if known > 0 {
        draft.notes.push(format!("the owner of {known} 1:1s is a guess: whoever called them; a portfolio with owners of lines corrects this"));
    }
    if unlabelled > 0 {
        draft.notes.push(format!("{unlabelled} 1:1s are unlabelled: no word shows what they are for"));
    }
    let nearly = found - one_on_ones;
    if nearly > 0 {
        draft.notes.push(format!("candidates left out: {nearly}; debt audit lists them with the reason"));
    }
    draft
}

/// Which of the meetings of its two people each one is, counted from 1.
fn numbers(all: &[CalendarMeeting]) -> Vec<u32> {
    let by_people = |one: &usize, other: &usize| addresses(&all[*one]).cmp(addresses(&all[*other]));
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by(by_people);
    let mut numbers = vec![1; all.len()];
    for of_pair in order.chunk_by(|one, other| by_people(one, other).is_eq()) {
        for (at, number) in of_pair.iter().zip(1..) {
            numbers[*at] = number;
        }
    }
    numbers
}

fn addresses(one: &CalendarMeeting) -> impl Iterator<Item = &Rc<str>> {
    one.people.iter().map(|person| &person.address)
}

/// An id for each address, in the order of addresses: the order of the file changes nothing. Addresses that can be
/// ids are theirs before another one comes near them.
fn ids_of(all: &[CalendarMeeting]) -> Ids {
    let mut addresses: Vec<&Rc<str>> = all.iter().flat_map(addresses).collect();
    addresses.sort_unstable_by_key(|address| (!is_id(address), *address));
    addresses.dedup();
    let mut ids = Ids::new();
    for address in addresses {
        ids.give(address);
    }
    ids
}

/// None has an alias: an address that can be one is the id itself.
fn people(all: &[CalendarMeeting], ids: &mut Ids, draft: &mut Draft) {
    for person in all.iter().flat_map(|one| &one.people) {
        let entry = draft.people.entry(ids.give(&person.address)).or_default();
        entry.name = entry.name.take().or_else(|| person.name.as_deref().map(str::to_owned));
    }
}

fn meeting(one: CalendarMeeting, pair: &[Rc<str>; 2]) -> DraftMeeting {
    let [owner, with] = match one.organizer {
        Some(1) => [&pair[1], &pair[0]],
        _ => [&pair[0], &pair[1]],
    };
    DraftMeeting {
        title: Some(one.title.into_string()).filter(|title| !title.is_empty()),
        kind: one.label.kind(),
        owner: Rc::clone(owner),
        with: Some(Rc::clone(with)),
        // A label that holds for a part of the agenda only is not written down.
        purpose: one.label.purpose().filter(|_| one.unread.is_empty()),
        agenda: topics(&one.evidence),
        every: one.every,
        last_held: one.last_held,
        cancelled_in_a_row: one.cancelled_in_a_row,
        since: one.since,
        until: one.ended,
        uid: one.uid,
    }
}
