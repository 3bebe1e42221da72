//! D104: a Delivery or Craft 1:1 held by somebody who does not own that line.

use super::facts::{Facts, OneOnOne};
use super::rule::{Act, Answer, Asks, Finding, Group, Rule, Words, page};
use crate::base::ids::{PersonIx, Subject};
use crate::base::phrase::phrase;
use crate::base::points::MilliPoints;
use crate::records::words::Line;

pub(super) const RULE: Rule = Rule {
    code: "D104",
    name: "wrong-owner-1on1",
    group: Group::OneOnOnes,
    principal: MilliPoints::new(2_000),
    minutes: 30,
    asks: Asks::OneOnOnes { ask, tell },
    page: page!(
        "D104-wrong-owner-1on1",
        what: "A Delivery 1:1 or a Craft 1:1 is held by somebody who does not own that line.",
        why: "What is said there binds nobody: the owner of the line was not in the room, so each talk has to be held \
              again, or is not held at all.",
        when: "The meeting's jobs are delivery only, that line is looked at, and the delivery owner is somebody else who is \
               active; or the same for craft, unless the meeting's owner is an active mentor of the other person.",
        formula: "{points}.",
        remedy: "Hand it over to the line's owner, or make it what it is (a mentorship, a peer meeting).",
    ),
};

/// The line that the 1:1 is about and who owns it, where that is somebody else who is active.
fn other_owner(facts: &Facts<'_>, one: OneOnOne) -> Option<(Line, PersonIx)> {
    let line = match (one.jobs.delivery, one.jobs.craft) {
        (true, false) => Line::Delivery,
        (false, true) => Line::Craft,
        _ => return None,
    };
    if !facts.lines.in_scope(line, one.with)
        || (line == Line::Craft && facts.is_mentoring(one.owner, one.with))
    {
        return None;
    }
    let owner =
        facts.lines.filter_active(facts.lines.owner(line, one.with)).filter(|owner| *owner != one.owner)?;
    Some((line, owner))
}

fn ask(facts: &Facts<'_>, one: OneOnOne, principal: MilliPoints) -> Answer {
    Answer::factor_if(other_owner(facts, one).is_some(), || {
        Finding::flat(principal, Some(one.owner), Act::new("hand-over", Subject::Meeting(one.meeting)))
    })
}

fn tell(facts: &Facts<'_>, one: OneOnOne, _: &Finding) -> Words {
    let Some((line, owner)) = other_owner(facts, one) else { return Words::default() };
    let remedy = match line {
        Line::Delivery => phrase!("Hand it over to ", owner, ", or take delivery off its agenda."),
        Line::Craft => phrase!(
            "Hand it over to ",
            owner,
            ", or write ",
            one.owner,
            " down as ",
            one.with,
            "\u{2019}s mentor."
        ),
    };
    Words {
        headline: phrase!(one.meeting, " is about ", line.word(), ", which ", owner, " owns for ", one.with),
        details: vec![phrase!("it is held by ", one.owner)],
        remedy,
        task: phrase!("hand ", one.meeting, " over to ", owner),
    }
}
