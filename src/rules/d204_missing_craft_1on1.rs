//! D204: a craft owner and no Craft 1:1.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, DebtRule, Finding, Group, How, Meta, Missing, Resolution, Told, Wording,
};
use super::staffing;
use super::subjects::{People, people};
use crate::base::ids::{MeetingIx, PersonIx, Subject};
use crate::base::message::message;
use crate::base::points::MilliPoints;
use crate::records::words::Line;

/// Whose Craft 1:1 it would be, and the 1:1 with this person that is both jobs at once, where there is one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct State {
    owner: PersonIx,
    conflated: Option<MeetingIx>,
}

/// The rule.
pub struct D204;

impl DebtRule for D204 {
    type Subjects = People;
    type State = State;
    const MISSING: Missing = Missing::OneOnOne;
    const META: Meta = Meta {
        code: "D204",
        name: "missing-craft-1on1",
        group: Group::CraftLine,
        principal: MilliPoints::new(2_000),
        cost: Cost::Flat,
        minutes: 30,
        line: Some(Line::Craft),
        absent: Absent::Silent,
        page: page!(
            "D204-missing-craft-1on1",
            what: "A person has a craft owner, but no 1:1 about craft.",
            why: "A line without a meeting is a name on a chart. Skill, lane and promotion come up when something \
                  has already gone wrong.",
            when: "The person has a craft owner, and no active 1:1 with them serves craft; a 1:1 that is delivery \
                   and craft at once does not. Clear in the first {grace_days} days after `started`. Unknown where \
                   the portfolio does not claim to hold the craft owner\u{2019}s 1:1s: it has no `meetings`, or \
                   `meetings_of` does not name them.",
            formula: "{points}.",
            remedy: "Start a Craft 1:1; once a month is enough to begin with. If a 1:1 does both jobs at once, \
                     split it.",
        ),
    };

    fn find(facts: &Facts<'_>, person: PersonIx, principal: MilliPoints) -> Answer<State> {
        let Some(owner) = facts.lines.craft_owner(person) else { return Answer::Clear };
        if facts.is_new(person) || facts.is_served(Line::Craft, person) {
            return Answer::Clear;
        }
        if !facts.holds_all_one_on_ones_of(owner) {
            return Answer::Unknown(principal);
        }
        let conflated = facts.conflated_with(person);
        let act = match conflated {
            Some(meeting) => Act::new("split", Subject::Meeting(meeting)),
            None => Act::new("start-craft-1on1", Subject::Person(person)),
        };
        let to_act = facts.lines.filter_active(Some(owner));
        Answer::Factor(Finding::flat(principal, to_act, act, State { owner, conflated }))
    }

    fn explain(_: &Facts<'_>, person: PersonIx, found: &Finding<State>) -> Wording {
        let State { owner, conflated } = found.state;
        let detail = match conflated {
            Some(meeting) => message!(
                owner,
                " is ",
                person,
                "\u{2019}s craft owner, and ",
                meeting,
                " is delivery and craft at once"
            ),
            None => {
                message!(owner, " is ", person, "\u{2019}s craft owner, and no 1:1 of theirs has craft on it")
            }
        };
        let (remedy, task) = match (conflated, found.owner) {
            (Some(meeting), Some(owner)) => (
                message!("Split ", meeting, ", so that ", owner, " holds a Craft 1:1 with ", person, "."),
                message!("split ", meeting, " into delivery and craft"),
            ),
            (Some(meeting), None) => (
                message!("Split ", meeting, ", and find ", person, " a craft owner who is there."),
                message!("split ", meeting, " into delivery and craft"),
            ),
            (None, Some(owner)) => (
                message!("Start a Craft 1:1 between ", owner, " and ", person, "."),
                message!("start a Craft 1:1 with ", person),
            ),
            (None, None) => (
                message!("Find ", person, " a craft owner who is there, and start a Craft 1:1."),
                message!("find ", person, " somebody for a Craft 1:1"),
            ),
        };
        Wording { headline: message!(person, " has no Craft 1:1"), details: vec![detail], remedy, task }
    }

    fn resolved(pair: &Pair<'_>, person: PersonIx, _: &State, _: Option<&State>) -> Resolution {
        Resolution::repaired_if(people::line_is_served(pair, person, Line::Craft), How::Changed)
    }

    fn told(pair: &Pair<'_>, person: PersonIx, _: &State, _: Option<&State>) -> Told {
        Told::all_if(people::label_told_what_serves(pair, person, Line::Craft))
    }

    fn staffed(pair: &Pair<'_>, person: PersonIx, _: &State, _: Option<&State>) -> Told {
        staffing::of_missing_one_on_one(pair, person, Line::Craft)
    }
}
