//! D402: the owner of somebody's delivery line is not there.

use super::facts::Facts;
use super::rule::{Act, Answer, Asks, Finding, Group, Rule, Words, page};
use crate::base::ids::{PersonIx, SquadIx, Subject};
use crate::base::phrase::phrase;
use crate::base::points::MilliPoints;
use crate::model::target;
use crate::records::words::Line;

pub(super) const RULE: Rule = Rule {
    code: "D402",
    name: "absent-delivery-owner",
    group: Group::DeliveryLine,
    principal: MilliPoints::new(5_000),
    minutes: 90,
    asks: Asks::People { line: Some(Line::Delivery), ask, tell },
    page: page!(
        "D402-absent-delivery-owner",
        what: "The person who owns somebody's outcomes has left, is away for long, or has not started.",
        why: "Commitments run on without anybody to change them, and whoever comes next starts with surprises.",
        when: "The delivery owner is not active: not started, left, or on a leave of {away_grace_days} days or more.",
        formula: "{points}.",
        remedy: "Name somebody else, at least for the time being.",
    ),
};

/// The squad through whose lead the line runs, where it does.
fn through_squad(facts: &Facts<'_>, person: PersonIx, owner: PersonIx) -> Option<SquadIx> {
    let record = facts.portfolio.person(person);
    let squad = target(record.squad).filter(|_| record.delivery_owner.is_none())?;
    (target(facts.portfolio.squad(squad).lead) == Some(owner)).then_some(squad)
}

fn ask(facts: &Facts<'_>, person: PersonIx, principal: MilliPoints) -> Answer {
    let Some(owner) = facts.lines.delivery_owner(person) else { return Answer::Clear };
    Answer::factor_if(!facts.lines.is_active(owner), || {
        let act = match through_squad(facts, person, owner) {
            Some(squad) => Act::new("name-lead", Subject::Squad(squad)),
            None => Act::new("name-delivery-owner", Subject::Person(person)),
        };
        Finding::flat(principal, None, act).since(facts.missing_since(owner))
    })
}

fn tell(facts: &Facts<'_>, person: PersonIx, found: &Finding) -> Words {
    let Some(owner) = facts.lines.delivery_owner(person) else { return Words::default() };
    let since = match found.onset {
        Some(day) => phrase!(owner, " has not been there since ", day),
        None => phrase!(owner, " has not started yet"),
    };
    let (remedy, task) = match through_squad(facts, person, owner) {
        Some(squad) => (
            phrase!("Name a lead for squad ", squad, " in ", owner, "\u{2019}s place."),
            phrase!("name a lead for squad ", squad),
        ),
        None => (
            phrase!("Name another delivery owner for ", person, "."),
            phrase!("name another delivery owner for ", person),
        ),
    };
    Words {
        headline: phrase!(person, "\u{2019}s delivery owner, ", owner, ", is not there"),
        details: vec![since],
        remedy,
        task,
    }
}
