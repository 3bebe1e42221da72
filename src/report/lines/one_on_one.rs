//! Which 1:1 serves a line of somebody, and whether it is held.

use std::cmp::Reverse;

use super::super::factors::Factors;
use super::{OneOnOneRow, OneOnOneState};
use crate::base::ids::{PersonIx, Subject};
use crate::records::words::Line;
use crate::rules::facts::{Facts, OneOnOne};
use crate::rules::subjects::one_on_ones::{is_asleep, missed};

/// The 1:1 of a line; `None` if nobody owns the line and no 1:1 serves it. Whoever is set aside is owed none.
pub(super) fn of(factors: &Factors<'_>, line: Line, person: PersonIx) -> Option<OneOnOneRow> {
    let facts = &factors.card().facts;
    if !facts.lines.is_scored(person) {
        return None;
    }
    let owner = facts.lines.owner(line, person).filter(|_| facts.lines.in_scope(line, person));
    if let Some(one) = carrier(factors, line, person, owner) {
        return Some(row(factors, one, state(facts, one), owner));
    }
    let owner = owner?;
    let unlabelled = facts
        .one_on_ones_with(person)
        .filter(|one| one.owner == owner && !one.jobs.delivery && !one.jobs.craft)
        .min_by_key(|one| preference(factors, *one, Some(owner)));
    if let Some(one) = unlabelled {
        return Some(row(factors, one, OneOnOneState::Unlabelled, Some(owner)));
    }
    let holds_all = facts.holds_all_one_on_ones_of(owner);
    Some(OneOnOneRow {
        id: None,
        state: if holds_all { OneOnOneState::None } else { OneOnOneState::Unknown },
        last_held: None,
        lapsed_since: None,
        held_by: None,
        by_mentor: false,
        location: None,
        held_by_label: None,
    })
}

/// The 1:1 that serves the line, the owner's own first. One that does both jobs serves delivery; for craft it is named
/// only where the craft owner holds it, and never counts as a Craft 1:1.
fn carrier(factors: &Factors<'_>, line: Line, person: PersonIx, owner: Option<PersonIx>) -> Option<OneOnOne> {
    let facts = &factors.card().facts;
    let carries =
        |one: &OneOnOne| facts.serves(*one, line) || (facts.is_conflated(*one) && owner == Some(one.owner));
    facts.one_on_ones_with(person).filter(carries).min_by_key(|one| preference(factors, *one, owner))
}

/// The owner's own first, then one that does one job, then the one held last; ties by the id that is shown.
fn preference(factors: &Factors<'_>, one: OneOnOne, owner: Option<PersonIx>) -> impl Ord {
    let facts = &factors.card().facts;
    let held = facts.portfolio.meeting(one.meeting).last_held.filter(|held| *held <= facts.day);
    let shown = factors.speaker.order(Subject::Meeting(one.meeting));
    (owner != Some(one.owner), facts.is_conflated(one), Reverse(held), shown, one.meeting)
}

fn state(facts: &Facts<'_>, one: OneOnOne) -> OneOnOneState {
    if facts.is_conflated(one) {
        return OneOnOneState::Both;
    }
    let lapsed =
        missed(facts, one).is_some_and(|missed| missed.most() >= 2 && !is_asleep(facts, one, missed));
    let held = facts.portfolio.meeting(one.meeting).last_held.is_some_and(|held| held <= facts.day);
    match (lapsed, held) {
        (true, _) => OneOnOneState::Lapsed,
        (false, true) => OneOnOneState::Held,
        (false, false) => OneOnOneState::Undated,
    }
}

fn row(factors: &Factors<'_>, one: OneOnOne, state: OneOnOneState, owner: Option<PersonIx>) -> OneOnOneRow {
    let (facts, speaker) = (&factors.card().facts, &factors.speaker);
    let meeting = facts.portfolio.meeting(one.meeting);
    let last_held = meeting.last_held.filter(|held| *held <= facts.day);
    let holder = Some(one.owner).filter(|holder| owner != Some(*holder));
    OneOnOneRow {
        id: Some(speaker.id(Subject::Meeting(one.meeting))),
        state,
        last_held,
        lapsed_since: (state == OneOnOneState::Lapsed).then(|| last_held.or(meeting.since)).flatten(),
        held_by: holder.map(|holder| speaker.id(Subject::Person(holder))),
        by_mentor: holder.is_some_and(|holder| facts.is_mentoring(holder, one.with)),
        location: factors.location(meeting.at),
        held_by_label: holder.map(|holder| speaker.person(holder)),
    }
}
