//! D401: nobody owns somebody's delivery line.

use super::facts::Facts;
use super::rule::{Act, Answer, Asks, Finding, Group, Rule, Words, page};
use crate::base::ids::{PersonIx, Subject};
use crate::base::phrase::phrase;
use crate::base::points::MilliPoints;
use crate::model::target;
use crate::records::words::Line;

pub(super) const RULE: Rule = Rule {
    code: "D401",
    name: "missing-delivery-owner",
    group: Group::DeliveryLine,
    principal: MilliPoints::new(5_000),
    minutes: 90,
    asks: Asks::People { line: Some(Line::Delivery), ask, tell },
    page: page!(
        "D401-missing-delivery-owner",
        what: "Nobody owns a person's outcomes.",
        why: "Priorities, blockers and the truth about performance reach this person from nowhere or from everywhere.",
        when: "The person has no `delivery_owner`, and no squad with a lead. Unknown for one who leads a squad or owns \
               somebody's delivery line: the portfolio may just end there.",
        formula: "{points}.",
        remedy: "Name a lead for their squad, give them a squad, or name a delivery owner for them.",
    ),
};

fn ask(facts: &Facts<'_>, person: PersonIx, principal: MilliPoints) -> Answer {
    if facts.lines.delivery_owner(person).is_some() {
        return Answer::Clear;
    }
    if facts.lines.leads_squad(person) || facts.owns_delivery(person) {
        return Answer::Unknown;
    }
    let act = match target(facts.portfolio.person(person).squad) {
        Some(squad) => Act::new("name-lead", Subject::Squad(squad)),
        None => Act::new("name-delivery-owner", Subject::Person(person)),
    };
    Answer::Factor(Finding::flat(principal, None, act))
}

fn tell(facts: &Facts<'_>, person: PersonIx, _: &Finding) -> Words {
    let headline = phrase!(person, " has no delivery owner");
    match target(facts.portfolio.person(person).squad) {
        Some(squad) => Words {
            headline,
            details: vec![phrase!("squad ", squad, " has no lead")],
            remedy: phrase!("Name a lead for squad ", squad, "."),
            task: phrase!("name a lead for squad ", squad),
        },
        None => Words {
            headline,
            details: vec![phrase!("no squad and no delivery owner are written for ", person)],
            remedy: phrase!("Give ", person, " a squad, or name a delivery owner."),
            task: phrase!("find ", person, " a squad or a delivery owner"),
        },
    }
}
