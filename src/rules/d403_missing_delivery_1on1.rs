//! D403: a delivery owner and no Delivery 1:1.

use super::facts::Facts;
use super::rule::{Act, Answer, Asks, Finding, Group, Rule, Words, page};
use crate::base::ids::{PersonIx, Subject};
use crate::base::phrase::phrase;
use crate::base::points::MilliPoints;
use crate::records::words::Line;

pub(super) const RULE: Rule = Rule {
    code: "D403",
    name: "missing-delivery-1on1",
    group: Group::DeliveryLine,
    principal: MilliPoints::new(2_000),
    minutes: 30,
    asks: Asks::People { line: Some(Line::Delivery), ask, tell },
    page: page!(
        "D403-missing-delivery-1on1",
        what: "Somebody has a delivery owner, and no 1:1 in which delivery is talked about.",
        why: "Blockers and the truth about performance then come up in front of others, or at the end of the cycle.",
        when: "The person has a delivery owner, and no active 1:1 with them has delivery among its jobs.",
        formula: "{points}.",
        remedy: "Start a Delivery 1:1.",
    ),
};

fn ask(facts: &Facts<'_>, person: PersonIx, principal: MilliPoints) -> Answer {
    let owner = facts.lines.delivery_owner(person);
    Answer::factor_if(owner.is_some() && !facts.has_one_on_one(Line::Delivery, person), || {
        Finding::flat(
            principal,
            facts.lines.filter_active(owner),
            Act::new("start-delivery-1on1", Subject::Person(person)),
        )
    })
}

fn tell(facts: &Facts<'_>, person: PersonIx, _: &Finding) -> Words {
    let Some(owner) = facts.lines.delivery_owner(person) else { return Words::default() };
    Words {
        headline: phrase!(person, " has no Delivery 1:1"),
        details: vec![phrase!(
            owner,
            " is ",
            person,
            "\u{2019}s delivery owner, and no 1:1 of theirs has delivery on it"
        )],
        remedy: phrase!("Start a Delivery 1:1 between ", owner, " and ", person, "."),
        task: phrase!("start a Delivery 1:1 with ", person),
    }
}
