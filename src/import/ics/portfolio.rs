//! The 1:1s of calendars as a portfolio: each relationship once, though it is seen from both sides or was split by an
//! edit of "this and following".

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::label::{Label, topics};
use super::{Calendars, Found};
use crate::base::day::Day;
use crate::import::draft::{Draft, DraftMeeting, DraftPerson};
use crate::import::ids::Ids;
use crate::parse::words::MeetingKind;

/// The same meeting in two files is one, and so is a series that an edit has split in two.
pub(super) fn without_copies(found: Vec<Found>) -> Vec<Found> {
    let mut by_uid: HashMap<String, usize> = HashMap::new();
    let mut kept: Vec<Found> = Vec::new();
    for one in found {
        let twin = one.uid.as_ref().and_then(|uid| by_uid.get(uid).copied());
        match twin {
            Some(at) if kept[at].people == one.people || kept[at].people.len() < one.people.len() => {
                // The copy that knows more about who is in it, and was held later, is the better one.
                if (one.people.len().min(2), one.last_held)
                    > (kept[at].people.len().min(2), kept[at].last_held)
                {
                    kept[at] = one;
                }
            }
            Some(_) => {}
            None => {
                by_uid.extend(one.uid.clone().map(|uid| (uid, kept.len())));
                kept.push(one);
            }
        }
    }
    joined(kept)
}

/// What makes two series one relationship: the same two people and the same title.
fn relationship(one: &Found) -> Option<(&str, &str, String)> {
    let [first, second] = one.people.as_slice() else { return None };
    one.missing
        .is_empty()
        .then(|| (first.address.as_str(), second.address.as_str(), one.title.to_lowercase()))
}

fn joined(found: Vec<Found>) -> Vec<Found> {
    let mut groups: BTreeMap<(&str, &str, String), Vec<usize>> = BTreeMap::new();
    for (index, one) in found.iter().enumerate() {
        if let Some(key) = relationship(one) {
            groups.entry(key).or_default().push(index);
        }
    }
    let groups: Vec<Vec<usize>> = groups.into_values().filter(|group| group.len() > 1).collect();
    let mut left: Vec<Option<Found>> = found.into_iter().map(Some).collect();
    let mut whole = Vec::new();
    for group in groups {
        whole.extend(chained(group.into_iter().filter_map(|index| left[index].take()).collect()));
    }
    whole.extend(left.into_iter().flatten());
    whole.sort_by_key(|one| (one.file, one.line));
    whole
}

/// The series of one relationship: a part that begins where another has ended continues it.
fn chained(mut group: Vec<Found>) -> Vec<Found> {
    group.sort_by_key(|one| (one.since, one.file, one.line));
    let mut chain: Vec<Found> = Vec::new();
    // Parts that have ended, by the day of their end: looked up, since a hostile file may hold very many.
    let mut ended: BTreeSet<(Day, usize)> = BTreeSet::new();
    for one in group {
        let latest = one.since.map(|since| (since.plus(1), usize::MAX));
        let earlier = latest.and_then(|latest| ended.range(..=latest).next_back().copied());
        let at = if let Some(earlier) = earlier {
            ended.remove(&earlier);
            chain[earlier.1] = after(&chain[earlier.1], one);
            earlier.1
        } else {
            chain.push(one);
            chain.len() - 1
        };
        ended.extend(chain[at].ended.map(|day| (day, at)));
    }
    chain
}

fn after(earlier: &Found, mut later: Found) -> Found {
    later.since = earlier.since;
    if later.last_held.is_none() {
        later.last_held = earlier.last_held;
        later.cancelled_in_a_row = later.cancelled_in_a_row.saturating_add(earlier.cancelled_in_a_row);
    }
    later.notes.push("split by an edit of \u{201C}this and following\u{201D}: read as one".to_owned());
    later
}

/// The people and meetings of calendars.
pub fn draft(calendars: &Calendars, email_aliases: bool) -> Draft {
    let mut draft = Draft::default();
    let all: Vec<&Found> = calendars.found.iter().filter(|one| one.missing.is_empty()).collect();
    let (known, unknown): (Vec<&Found>, Vec<&Found>) =
        all.iter().copied().partition(|one| one.people.len() == 2);
    let mut ids = Ids::new();
    let addresses: BTreeSet<&String> =
        known.iter().flat_map(|one| &one.people).map(|person| &person.address).collect();
    for address in addresses {
        ids.give(address);
    }
    for person in known.iter().flat_map(|one| &one.people) {
        let id = ids.give(&person.address);
        let alias = Some(person.address.clone())
            .filter(|alias| email_aliases && *alias != id && crate::parse::values::is_id(alias));
        let entry = draft.people.entry(id).or_insert_with(|| DraftPerson {
            aliases: alias.into_iter().collect(),
            ..DraftPerson::default()
        });
        entry.name = entry.name.take().or_else(|| person.name.clone());
    }
    let (mut guessed, mut unlabelled) = (0, 0);
    let mut meeting_ids = Ids::new();
    let mut pairs: BTreeMap<String, u32> = BTreeMap::new();
    let mut ordered = known.clone();
    ordered.sort_by_key(|one| (one.since, one.title.clone(), one.uid.clone()));
    for one in ordered {
        let [first, second] = [0, 1].map(|index| ids.give(&one.people[index].address));
        let owner_is_second =
            one.organizer.as_ref().is_some_and(|organizer| organizer.address == one.people[1].address);
        let (owner, with) =
            if owner_is_second { (second.clone(), first.clone()) } else { (first.clone(), second.clone()) };
        guessed += 1;
        unlabelled += usize::from(one.label == Label::Unlabelled);
        let pair = format!("{first}--{second}");
        let times = pairs.entry(pair.clone()).or_default();
        *times += 1;
        let id = meeting_ids.give(&if *times > 1 { format!("{pair}--{times}") } else { pair });
        // A series that was called off before it began has no day on which it was there.
        if one.ended.zip(one.since).is_some_and(|(ended, since)| ended < since) {
            continue;
        }
        draft.meetings.insert(
            id,
            DraftMeeting {
                title: Some(one.title.clone()).filter(|title| !title.is_empty()),
                kind: MeetingKind::OneOnOne,
                owner,
                with: Some(with),
                purpose: one.label.purpose(),
                agenda: topics(&one.evidence),
                every: one.every,
                last_held: one.last_held,
                cancelled_in_a_row: one.cancelled_in_a_row,
                since: one.since,
                until: one.ended,
            },
        );
    }
    draft.count("one_on_ones", all.len());
    if !unknown.is_empty() {
        draft.notes.push(format!("1:1s with somebody whom the calendar does not name: {}; left out, since a portfolio needs both people", unknown.len()));
    }
    if guessed > 0 {
        draft.notes.push(format!("the owner of {guessed} 1:1s is whoever called them: a guess; a portfolio that says who leads whom turns them by itself"));
    }
    if unlabelled > 0 {
        draft.notes.push(format!("no word says what {unlabelled} 1:1s are for: they are unlabelled"));
    }
    let nearly = calendars.found.len() - all.len();
    if nearly > 0 {
        draft
            .notes
            .push(format!("nearly 1:1s: {nearly}; left out; debt audit lists them with what is missing"));
    }
    draft
}
