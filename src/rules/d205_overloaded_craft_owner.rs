//! D205: a craft owner of too many.

use super::facts::Facts;
use super::rule::{Act, Answer, Asks, Finding, Group, Rule, Words, page};
use crate::base::ids::{PersonIx, Subject};
use crate::base::phrase::{counted, phrase};
use crate::base::points::MilliPoints;

pub(super) const RULE: Rule = Rule {
    code: "D205",
    name: "overloaded-craft-owner",
    group: Group::CraftLine,
    principal: MilliPoints::new(500),
    minutes: 120,
    asks: Asks::People { line: None, ask, tell },
    page: page!(
        "D205-overloaded-craft-owner",
        what: "Somebody is the craft owner of more people than one can know.",
        why: "Beyond a certain number a craft owner signs what others say: the line is there, the judgement is not.",
        when: "The person is craft owner of more than {max_craft_span} scored people whose craft line is looked at.",
        formula: "{points} for each person over {max_craft_span}.",
        remedy: "Share the guild out: a second lead, or craft owners by name.",
    ),
};

fn ask(facts: &Facts<'_>, person: PersonIx, principal: MilliPoints) -> Answer {
    let over = facts.craft_span(person).saturating_sub(facts.policy.max_craft_span);
    Answer::factor_if(over > 0, || {
        Finding::each(principal, over, Some(person), Act::new("share-out", Subject::Person(person)))
    })
}

fn tell(facts: &Facts<'_>, person: PersonIx, _: &Finding) -> Words {
    let span = facts.craft_span(person);
    Words {
        headline: phrase!(person, " is the craft owner of ", counted(span, "person", "people")),
        details: vec![phrase!(facts.policy.max_craft_span, " is the most that one can carry well")],
        remedy: phrase!(
            "Share the people of ",
            person,
            "\u{2019}s craft line out, with a second guild lead or craft owners by name."
        ),
        task: phrase!("share the craft line of ", counted(span, "person", "people"), " out"),
    }
}
