//! D204: a craft owner and no Craft 1:1.

use super::facts::Facts;
use super::rule::{Act, Answer, Asks, Finding, Group, Rule, Words, page};
use crate::base::ids::{PersonIx, Subject};
use crate::base::phrase::phrase;
use crate::base::points::MilliPoints;
use crate::records::words::Line;

pub(super) const RULE: Rule = Rule {
    code: "D204",
    name: "missing-craft-1on1",
    group: Group::CraftLine,
    principal: MilliPoints::new(2_000),
    minutes: 30,
    asks: Asks::People { line: Some(Line::Craft), ask, tell },
    page: page!(
        "D204-missing-craft-1on1",
        what: "Somebody has a craft owner, and no 1:1 in which craft is talked about.",
        why: "A line without a meeting is a name on a chart. Skill, lane and promotion come up when something has already \
              gone wrong.",
        when: "The person has a craft owner, and no active 1:1 with them has craft among its jobs.",
        formula: "{points}.",
        remedy: "Start a Craft 1:1; once a month is enough to begin with.",
    ),
};

fn ask(facts: &Facts<'_>, person: PersonIx, principal: MilliPoints) -> Answer {
    let owner = facts.lines.craft_owner(person);
    Answer::factor_if(owner.is_some() && !facts.has_one_on_one(Line::Craft, person), || {
        Finding::flat(
            principal,
            facts.lines.filter_active(owner),
            Act::new("start-craft-1on1", Subject::Person(person)),
        )
    })
}

fn tell(facts: &Facts<'_>, person: PersonIx, _: &Finding) -> Words {
    let Some(owner) = facts.lines.craft_owner(person) else { return Words::default() };
    Words {
        headline: phrase!(person, " has no Craft 1:1"),
        details: vec![phrase!(
            owner,
            " is ",
            person,
            "\u{2019}s craft owner, and no 1:1 of theirs has craft on it"
        )],
        remedy: phrase!("Start a Craft 1:1 between ", owner, " and ", person, "."),
        task: phrase!("start a Craft 1:1 with ", person),
    }
}
