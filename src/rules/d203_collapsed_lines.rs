//! D203: one person owns both lines of somebody.

use super::facts::Facts;
use super::rule::{Act, Answer, Asks, Finding, Group, Rule, Words, page};
use crate::base::ids::{PersonIx, Subject};
use crate::base::phrase::phrase;
use crate::base::points::MilliPoints;
use crate::records::words::Line;

pub(super) const RULE: Rule = Rule {
    code: "D203",
    name: "collapsed-lines",
    group: Group::CraftLine,
    principal: MilliPoints::new(4_000),
    minutes: 90,
    asks: Asks::People { line: Some(Line::Craft), ask, tell },
    page: page!(
        "D203-collapsed-lines",
        what: "One person owns both the delivery line and the craft line of somebody.",
        why: "Whoever must judge performance cannot also be the safe place to admit what one cannot do yet. One of the two \
              conversations loses, and it is the craft one.",
        when: "The craft owner is also the delivery owner, and both lines are looked at.",
        formula: "{points}.",
        remedy: "Name another craft owner.",
    ),
};

fn ask(facts: &Facts<'_>, person: PersonIx, principal: MilliPoints) -> Answer {
    let craft = facts.lines.craft_owner(person);
    let collapsed = craft.is_some()
        && craft == facts.lines.delivery_owner(person)
        && facts.lines.in_scope(Line::Delivery, person);
    Answer::factor_if(collapsed, || {
        Finding::flat(
            principal,
            facts.lines.filter_active(craft),
            Act::new("name-craft-owner", Subject::Person(person)),
        )
    })
}

fn tell(facts: &Facts<'_>, person: PersonIx, _: &Finding) -> Words {
    let Some(owner) = facts.lines.craft_owner(person) else { return Words::default() };
    Words {
        headline: phrase!(owner, " owns both the delivery line and the craft line of ", person),
        details: vec![phrase!("delivery owner and craft owner of ", person, " are the same person")],
        remedy: phrase!("Name another craft owner for ", person, "."),
        task: phrase!("name another craft owner for ", person),
    }
}
