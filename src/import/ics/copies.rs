//! Each relationship once, though it is seen from both sides or was split by an edit of "this and following".

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};
use std::mem::replace;
use std::rc::Rc;

use super::CalendarMeeting;
use crate::base::day::Day;

/// The same meeting in two files is one, and so is a series that an edit has split in two.
pub(super) fn without(mut found: Vec<CalendarMeeting>) -> Vec<CalendarMeeting> {
    let mut by_uid: HashMap<Rc<str>, usize> = HashMap::new();
    let mut is_copy = vec![false; found.len()];
    for at in 0..found.len() {
        let Some(uid) = &found[at].uid else { continue };
        let first = *by_uid.entry(Rc::clone(uid)).or_insert(at);
        if first == at {
            continue;
        }
        let (kept, one) = (&found[first], &found[at]);
        is_copy[at] = true;
        // The copy that knows more about who is in it, and was held later, is the better one.
        if (kept.people == one.people || kept.people.len() < one.people.len())
            && (one.people.len().min(2), one.last_held) > (kept.people.len().min(2), kept.last_held)
        {
            found.swap(first, at);
        }
    }
    let mut is_copy = is_copy.into_iter();
    found.retain(|_| is_copy.next() == Some(false));
    joined(found)
}

/// Whether it can be a part of something: it needs two people, and nothing missing to it.
fn is_relationship(one: &CalendarMeeting) -> bool {
    one.people.len() == 2 && one.missing.is_empty()
}

/// What makes two series one relationship: the same two people and the same title.
fn by_relationship(one: &CalendarMeeting, other: &CalendarMeeting) -> Ordering {
    one.people
        .iter()
        .map(|person| &person.address)
        .cmp(other.people.iter().map(|person| &person.address))
        .then_with(|| by_title(&one.title, &other.title))
}

/// In small letters, without making them for each comparison.
fn by_title(one: &str, other: &str) -> Ordering {
    if one == other {
        return Ordering::Equal;
    }
    one.chars().flat_map(char::to_lowercase).cmp(other.chars().flat_map(char::to_lowercase))
}

fn joined(found: Vec<CalendarMeeting>) -> Vec<CalendarMeeting> {
    let mut order: Vec<usize> = (0..found.len()).filter(|at| is_relationship(&found[*at])).collect();
    order.sort_by(|one, other| by_relationship(&found[*one], &found[*other]));
    let groups: Vec<Vec<usize>> = order
        .chunk_by(|one, other| by_relationship(&found[*one], &found[*other]).is_eq())
        .filter(|group| group.len() > 1)
        .map(<[usize]>::to_vec)
        .collect();
    drop(order);
    let mut whole = found;
    if !groups.is_empty() {
        let mut left: Vec<Option<CalendarMeeting>> = whole.into_iter().map(Some).collect();
        for group in groups {
            let parts = group.iter().filter_map(|at| left[*at].take()).collect();
            for (joined, at) in chained(parts).into_iter().zip(group) {
                left[at] = Some(joined);
            }
        }
        whole = left.into_iter().flatten().collect();
    }
    // A better copy takes the place of the first one.
    whole.sort_unstable_by_key(|one| (one.file, one.line));
    whole
}

/// The series of one relationship: a part that begins where another has ended continues it.
fn chained(mut group: Vec<CalendarMeeting>) -> Vec<CalendarMeeting> {
    group.sort_by_key(|one| (one.since, one.file, one.line));
    let mut chain: Vec<CalendarMeeting> = Vec::new();
    // Parts that have ended, by the day of their end: looked up, since a hostile file may hold very many.
    let mut ended: BTreeSet<(Day, usize)> = BTreeSet::new();
    for one in group {
        let latest = one.since.map(|since| (since.day_after(), usize::MAX));
        let earlier = latest.and_then(|latest| ended.range(..=latest).next_back().copied());
        let at = if let Some(earlier) = earlier {
            ended.remove(&earlier);
            let part = replace(&mut chain[earlier.1], one);
            continues(&mut chain[earlier.1], &part);
            earlier.1
        } else {
            chain.push(one);
            chain.len() - 1
        };
        ended.extend(chain[at].ended.map(|day| (day, at)));
    }
    chain
}

fn continues(later: &mut CalendarMeeting, earlier: &CalendarMeeting) {
    later.since = earlier.since;
    for (later, earlier) in later.quarters.iter_mut().zip(earlier.quarters) {
        later.add(earlier);
    }
    if later.last_held.is_none() {
        later.last_held = earlier.last_held;
        later.cancelled_in_a_row = later.cancelled_in_a_row.saturating_add(earlier.cancelled_in_a_row);
    }
    later.notes.push("split by an edit of \u{201C}this and following\u{201D}: read as one".into());
}
