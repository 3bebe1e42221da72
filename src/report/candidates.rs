//! What can be typed about a portfolio: the ids of its items, factors and acts, for completions. They are shown to whoever
//! types them into a command, so they are as written.

use std::collections::BTreeSet;

use crate::acts;
use crate::base::names::{Name, Untrusted};
use crate::model::{OwnPolicy, Portfolio};
use crate::rules;
use crate::score::part::Part;
use crate::score::scorecard;

/// Something that can be typed, and what a person calls it.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// An id.
    pub id: String,
    /// A name, or the name of a rule.
    pub name: Option<Untrusted>,
}

fn item(portfolio: &Portfolio, id: Name, name: Option<Name>) -> Candidate {
    Candidate {
        id: portfolio.text(id).to_owned(),
        name: name.map(|name| Untrusted::new(portfolio.text(name))),
    }
}

/// Everybody.
pub fn people(portfolio: &Portfolio) -> Vec<Candidate> {
    portfolio.people.iter().map(|person| item(portfolio, person.id, person.name)).collect()
}

/// Every squad.
pub fn squads(portfolio: &Portfolio) -> Vec<Candidate> {
    portfolio.squads.iter().map(|squad| item(portfolio, squad.id, squad.name)).collect()
}

/// Every guild.
pub fn guilds(portfolio: &Portfolio) -> Vec<Candidate> {
    portfolio.guilds.iter().map(|guild| item(portfolio, guild.id, guild.name)).collect()
}

/// Every factor, worst first.
pub fn factors(own: &OwnPolicy) -> Vec<Candidate> {
    owed(own, |factor| {
        let id = own.portfolio.subject_id(factor.subject);
        format!("{}:{}:{id}", rules::at(factor.rule).code, factor.subject.type_name())
    })
}

/// Every act that is owed, that of the worst factor first.
pub fn owed_acts(own: &OwnPolicy) -> Vec<Candidate> {
    owed(own, |factor| acts::id_of(&own.portfolio, factor.found.act))
}

fn owed(own: &OwnPolicy, id: impl Fn(&crate::score::factor::Factor) -> String) -> Vec<Candidate> {
    let Ok(card) = scorecard(&own.portfolio, &own.policy, own.day, Part::default()) else {
        return Vec::new();
    };
    let mut seen = BTreeSet::new();
    let all = card.factors.iter().map(|factor| (id(factor), rules::at(factor.rule).name));
    let new = all.filter(|(id, _)| seen.insert(id.clone()));
    new.map(|(id, name)| Candidate { id, name: Some(Untrusted::new(name)) }).collect()
}
