//! D104: a Delivery or Craft 1:1 held by somebody who does not own that line.

use super::facts::{Facts, OneOnOne};
use super::meta::page;
use super::pair::Pair;
use super::rule::{Absent, Act, Answer, Cost, DebtRule, Finding, Group, Meta, Resolution, Told, Wording};
use super::staffing;
use super::subjects::{OneOnOnes, one_on_ones};
use crate::base::ids::{PersonIx, Subject};
use crate::base::message::message;
use crate::base::points::MilliPoints;
use crate::records::words::Line;

/// Whose 1:1 it should be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct State {
    line: Line,
    owner: PersonIx,
}

/// The rule.
pub struct D104;

impl DebtRule for D104 {
    type Subjects = OneOnOnes;
    type State = State;
    const META: Meta = Meta {
        code: "D104",
        name: "wrong-owner-1on1",
        group: Group::OneOnOnes,
        principal: MilliPoints::new(2_000),
        cost: Cost::Flat,
        minutes: 30,
        line: None,
        absent: Absent::Silent,
        page: page!(
            "D104-wrong-owner-1on1",
            what: "A Delivery 1:1 or a Craft 1:1 is held by somebody who does not own that line.",
            why: "What is said there binds nobody, since the owner of the line was not in the room. Each \
                  conversation has to be held again, or is not held at all.",
            when: "The meeting's job is delivery only, that line is in scope, and the delivery owner is somebody \
                   else who is active; or the same for craft, unless the meeting's owner is an active mentor of the \
                   other person.",
            formula: "{points}.",
            remedy: "Hand it over to the line's owner, or make it what it is (a mentorship, a peer meeting).",
        ),
    };

    fn find(facts: &Facts<'_>, one: OneOnOne, principal: MilliPoints) -> Answer<State> {
        let Some(state) = other_owner(facts, one) else { return Answer::Clear };
        let act = Act::new("hand-over", Subject::Meeting(one.meeting));
        Answer::Factor(Finding::flat(principal, Some(one.owner), act, state))
    }

    fn explain(facts: &Facts<'_>, one: OneOnOne, found: &Finding<State>) -> Wording {
        let State { line, owner } = found.state;
        let is_there = facts.has_own_one_on_one(line, owner, one.with);
        let remedy = match line {
            Line::Delivery if is_there => {
                message!("Take delivery off it: ", owner, " has a Delivery 1:1 with ", one.with, " already.")
            }
            Line::Craft if is_there => message!(
                "Write ",
                one.owner,
                " down as ",
                one.with,
                "\u{2019}s mentor, or take craft off it: ",
                owner,
                " has a Craft 1:1 with ",
                one.with,
                " already."
            ),
            Line::Delivery => message!("Hand it over to ", owner, ", or take delivery off its agenda."),
            Line::Craft => message!(
                "Hand it over to ",
                owner,
                ", or write ",
                one.owner,
                " down as ",
                one.with,
                "\u{2019}s mentor."
            ),
        };
        Wording {
            headline: message!(
                one.meeting,
                " is about ",
                line.word(),
                ", which ",
                owner,
                " owns for ",
                one.with
            ),
            details: vec![message!("it is held by ", one.owner)],
            remedy,
            task: if is_there {
                message!("take ", line.word(), " off ", one.meeting)
            } else {
                message!("hand ", one.meeting, " over to ", owner)
            },
        }
    }

    fn resolved(pair: &Pair<'_>, one: OneOnOne, before: &State, _: Option<&State>) -> Resolution {
        let owner_went = || {
            // Whoever is not there any more cannot be the better owner of a 1:1.
            let now = pair.in_head(one.with)?;
            let owner_now = pair.head.lines.owner(before.line, now);
            let is_nobody_else = owner_now.is_none() || pair.is_same(Some(before.owner), owner_now);
            pair.went(before.owner).filter(|_| is_nobody_else)
        };
        one_on_ones::was_put_right(pair, one).or_withdrawn(owner_went)
    }

    fn told(pair: &Pair<'_>, one: OneOnOne, _: &State, _: Option<&State>) -> Told {
        one_on_ones::told_by_label(pair, one)
    }

    fn staffed(pair: &Pair<'_>, one: OneOnOne, now: &State, _: Option<&State>) -> Told {
        staffing::of_old_owners_one_on_one(pair, one, now.line)
    }
}

/// The line that the 1:1 is about and who owns it, where that is somebody else who is active.
fn other_owner(facts: &Facts<'_>, one: OneOnOne) -> Option<State> {
    let line = match (one.jobs.delivery, one.jobs.craft) {
        (true, false) => Line::Delivery,
        (false, true) => Line::Craft,
        _ => return None,
    };
    let other = facts.lines.owner(line, one.with).filter(|owner| *owner != one.owner)?;
    let owner = facts.lines.filter_active(Some(other))?;
    let is_mentor = line == Line::Craft && facts.is_mentoring(one.owner, one.with);
    (facts.lines.in_scope(line, one.with) && !is_mentor).then_some(State { line, owner })
}
