//! D201: nobody owns somebody's craft line.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, DebtRule, Finding, Group, How, Meta, Resolution, Told, Wording,
};
use super::subjects::{People, people};
use crate::base::ids::{GuildIx, PersonIx, Subject};
use crate::base::phrase::phrase;
use crate::base::points::MilliPoints;
use crate::model::target;
use crate::records::words::Line;

/// Why somebody has no craft owner.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cause {
    NoGuild,
    NoLead(GuildIx),
    LeadsIt(GuildIx),
}

/// The rule.
pub struct D201;

impl DebtRule for D201 {
    type Subjects = People;
    type State = Cause;
    const META: Meta = Meta {
        code: "D201",
        name: "missing-craft-owner",
        group: Group::CraftLine,
        principal: MilliPoints::new(5_000),
        cost: Cost::Flat,
        minutes: 90,
        line: Some(Line::Craft),
        uses: &[],
        absent: Absent::Silent,
        is_label: false,
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

    fn find(facts: &Facts<'_>, person: PersonIx, principal: MilliPoints) -> Answer<Cause> {
        if facts.lines.craft_owner(person).is_some() {
            return Answer::Clear;
        }
        let guild = target(facts.portfolio.person(person).guild);
        let cause = match guild.map(|guild| (guild, target(facts.portfolio.guild(guild).lead))) {
            None => Cause::NoGuild,
            Some((guild, None)) => Cause::NoLead(guild),
            Some((guild, Some(_))) => Cause::LeadsIt(guild),
        };
        let act = match cause {
            Cause::NoLead(guild) => Act::new("name-lead", Subject::Guild(guild)),
            Cause::NoGuild | Cause::LeadsIt(_) => Act::new("name-craft-owner", Subject::Person(person)),
        };
        Answer::Factor(Finding::flat(principal, facts.lead_of(person), act, cause))
    }

    fn explain(_: &Facts<'_>, person: PersonIx, found: &Finding<Cause>) -> Wording {
        let headline = phrase!(person, " has no craft owner");
        match found.state {
            Cause::NoGuild => Wording {
                headline,
                details: vec![phrase!("no guild and no craft owner are written for ", person)],
                remedy: phrase!("Give ", person, " a guild, or name a craft owner."),
                task: phrase!("find ", person, " a guild or a craft owner"),
            },
            Cause::NoLead(guild) => Wording {
                headline,
                details: vec![phrase!("guild ", guild, " has no lead")],
                remedy: phrase!("Name a lead for guild ", guild, "."),
                task: phrase!("name a lead for guild ", guild),
            },
            Cause::LeadsIt(guild) => Wording {
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

    fn resolved(pair: &Pair<'_>, person: PersonIx, _: &Cause, _: Option<&Cause>) -> Resolution {
        Resolution::repaired_if(people::owner_was_named(pair, person, Line::Craft), How::Named)
    }

    fn told(_: &Pair<'_>, _: PersonIx, _: &Cause, _: Option<&Cause>) -> Told {
        Told::Nothing
    }
}
