//! D202: the owner of somebody's craft line is not there.

use super::facts::Facts;
use super::rule::{Act, Answer, Asks, Finding, Group, Rule, Words, page};
use crate::base::ids::{PersonIx, Subject};
use crate::base::phrase::phrase;
use crate::base::points::MilliPoints;
use crate::model::target;
use crate::records::words::Line;

pub(super) const RULE: Rule = Rule {
    code: "D202",
    name: "absent-craft-owner",
    group: Group::CraftLine,
    principal: MilliPoints::new(5_000),
    minutes: 90,
    asks: Asks::People { line: Some(Line::Craft), ask, tell },
    page: page!(
        "D202-absent-craft-owner",
        what: "The person who owns somebody's craft and career has left, is away for long, or has not started.",
        why: "On paper the line has an owner, so nobody looks for one; in truth every craft conversation waits.",
        when: "The craft owner is not active: not started, left, or on a leave of {away_grace_days} days or more.",
        formula: "{points}.",
        remedy: "Name somebody else, at least for the time being.",
    ),
};

/// The guild through whose lead the line runs, where it does.
fn through_guild(facts: &Facts<'_>, person: PersonIx) -> Option<crate::base::ids::GuildIx> {
    let record = facts.portfolio.person(person);
    target(record.guild).filter(|_| record.craft_owner.is_none())
}

fn ask(facts: &Facts<'_>, person: PersonIx, principal: MilliPoints) -> Answer {
    let Some(owner) = facts.lines.craft_owner(person) else { return Answer::Clear };
    Answer::factor_if(!facts.lines.is_active(owner), || {
        let act = match through_guild(facts, person) {
            Some(guild) => Act::new("name-lead", Subject::Guild(guild)),
            None => Act::new("name-craft-owner", Subject::Person(person)),
        };
        Finding::flat(principal, facts.lead_of(person), act).since(facts.missing_since(owner))
    })
}

fn tell(facts: &Facts<'_>, person: PersonIx, found: &Finding) -> Words {
    let Some(owner) = facts.lines.craft_owner(person) else { return Words::default() };
    let since = match found.onset {
        Some(day) => phrase!(owner, " has not been there since ", day),
        None => phrase!(owner, " has not started yet"),
    };
    let (remedy, task) = match through_guild(facts, person) {
        Some(guild) => (
            phrase!("Name a lead for guild ", guild, " in ", owner, "\u{2019}s place."),
            phrase!("name a lead for guild ", guild),
        ),
        None => (
            phrase!("Name another craft owner for ", person, "."),
            phrase!("name another craft owner for ", person),
        ),
    };
    Words {
        headline: phrase!(person, "\u{2019}s craft owner, ", owner, ", is not there"),
        details: vec![since],
        remedy,
        task,
    }
}
