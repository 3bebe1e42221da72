//! D202: the owner of somebody's craft line is not there.

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

/// Who is not there, and the guild through whose lead the line runs, where it does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct State {
    owner: PersonIx,
    through: Option<GuildIx>,
}

/// The rule.
pub struct D202;

impl DebtRule for D202 {
    type Subjects = People;
    type State = State;
    const META: Meta = Meta {
        code: "D202",
        name: "absent-craft-owner",
        group: Group::CraftLine,
        principal: MilliPoints::new(5_000),
        cost: Cost::Flat,
        minutes: 90,
        line: Some(Line::Craft),
        uses: &[],
        absent: Absent::Silent,
        is_label: false,
        page: page!(
            "D202-absent-craft-owner",
            what: "The person who owns somebody's craft and career has left, is away for long, or has not started.",
            why: "On paper the line has an owner, so nobody looks for one; in truth every craft conversation waits.",
            when: "The craft owner is not active: not started, left, or on a leave of {away_grace_days} days or more.",
            formula: "{points}.",
            remedy: "Name somebody else, at least for the time being.",
        ),
    };

    fn find(facts: &Facts<'_>, person: PersonIx, principal: MilliPoints) -> Answer<State> {
        let Some(owner) = facts.lines.craft_owner(person) else { return Answer::Clear };
        Answer::factor_if(!facts.lines.is_active(owner), || {
            let through = through_guild(facts, person);
            let act = match through {
                Some(guild) => Act::new("name-lead", Subject::Guild(guild)),
                None => Act::new("name-craft-owner", Subject::Person(person)),
            };
            let to_act = facts.lead_of(person);
            Finding::flat(principal, to_act, act, State { owner, through }).since(facts.missing_since(owner))
        })
    }

    fn explain(_: &Facts<'_>, person: PersonIx, found: &Finding<State>) -> Wording {
        let State { owner, through } = found.state;
        let since = match found.onset {
            Some(day) => phrase!(owner, " has not been there since ", day),
            None => phrase!(owner, " has not started yet"),
        };
        let (remedy, task) = match through {
            Some(guild) => (
                phrase!("Name a lead for guild ", guild, " in ", owner, "\u{2019}s place."),
                phrase!("name a lead for guild ", guild),
            ),
            None => (
                phrase!("Name another craft owner for ", person, "."),
                phrase!("name another craft owner for ", person),
            ),
        };
        Wording {
            headline: phrase!(person, "\u{2019}s craft owner, ", owner, ", is not there"),
            details: vec![since],
            remedy,
            task,
        }
    }

    fn resolved(pair: &Pair<'_>, person: PersonIx, _: &State, _: Option<&State>) -> Resolution {
        Resolution::repaired_if(people::owner_was_replaced(pair, person, Line::Craft), How::Named)
    }

    fn told(_: &Pair<'_>, _: PersonIx, _: &State, _: Option<&State>) -> Told {
        Told::Nothing
    }
}

/// The guild through whose lead the line runs, where it does.
fn through_guild(facts: &Facts<'_>, person: PersonIx) -> Option<GuildIx> {
    let record = facts.portfolio.person(person);
    target(record.guild).filter(|_| record.craft_owner.is_none())
}
