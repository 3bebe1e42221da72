//! D201: nobody owns somebody's craft line.

use super::facts::Facts;
use super::rule::{Act, Answer, Asks, Finding, Group, Rule, Words, page};
use crate::base::ids::{PersonIx, Subject};
use crate::base::phrase::phrase;
use crate::base::points::MilliPoints;
use crate::model::target;
use crate::records::words::Line;

pub(super) const RULE: Rule = Rule {
    code: "D201",
    name: "missing-craft-owner",
    group: Group::CraftLine,
    principal: MilliPoints::new(5_000),
    minutes: 90,
    asks: Asks::People { line: Some(Line::Craft), ask, tell },
    page: page!(
        "D201-missing-craft-owner",
        what: "Nobody owns a person's craft and career.",
        why: "Without an owner the craft line runs through the delivery line by default: standards, feedback and promotion \
              wait for a quiet week that does not come, and the person finds out elsewhere what they are worth.",
        when: "The person has no `craft_owner`, and no guild whose lead is somebody else.",
        formula: "{points}.",
        remedy: "Name a lead for their guild, give them a guild, or name a craft owner for them.",
    ),
};

/// What would give the person a craft owner: a lead for their guild, where that is what is missing.
fn act(facts: &Facts<'_>, person: PersonIx) -> Act {
    let guild = target(facts.portfolio.person(person).guild);
    let leaderless = guild.filter(|guild| target(facts.portfolio.guild(*guild).lead).is_none());
    match leaderless {
        Some(guild) => Act::new("name-lead", Subject::Guild(guild)),
        None => Act::new("name-craft-owner", Subject::Person(person)),
    }
}

fn ask(facts: &Facts<'_>, person: PersonIx, principal: MilliPoints) -> Answer {
    Answer::factor_if(facts.lines.craft_owner(person).is_none(), || {
        Finding::flat(principal, facts.lead_of(person), act(facts, person))
    })
}

fn tell(facts: &Facts<'_>, person: PersonIx, _: &Finding) -> Words {
    let guild = target(facts.portfolio.person(person).guild);
    let headline = phrase!(person, " has no craft owner");
    match guild.map(|guild| (guild, target(facts.portfolio.guild(guild).lead))) {
        None => Words {
            headline,
            details: vec![phrase!("no guild and no craft owner are written for ", person)],
            remedy: phrase!("Give ", person, " a guild, or name a craft owner."),
            task: phrase!("find ", person, " a guild or a craft owner"),
        },
        Some((guild, None)) => Words {
            headline,
            details: vec![phrase!("guild ", guild, " has no lead")],
            remedy: phrase!("Name a lead for guild ", guild, "."),
            task: phrase!("name a lead for guild ", guild),
        },
        Some((guild, Some(_))) => Words {
            headline,
            details: vec![phrase!(
                person,
                " leads guild ",
                guild,
                ", which has no other member, and has nobody above"
            )],
            remedy: phrase!("Name a craft owner for ", person, "."),
            task: phrase!("name a craft owner for ", person),
        },
    }
}
