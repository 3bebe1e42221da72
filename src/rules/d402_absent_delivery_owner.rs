//! D402: the owner of somebody's delivery line is not there.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, DebtRule, Finding, Group, How, Meta, Resolution, Told, Wording,
};
use super::subjects::{People, people};
use crate::base::ids::{PersonIx, SquadIx, Subject};
use crate::base::phrase::phrase;
use crate::base::points::MilliPoints;
use crate::model::target;
use crate::records::words::Line;

/// Who is not there, and the squad through whose lead the line runs, where it does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct State {
    owner: PersonIx,
    through: Option<SquadIx>,
}

/// The rule.
pub struct D402;

impl DebtRule for D402 {
    type Subjects = People;
    type State = State;
    const META: Meta = Meta {
        code: "D402",
        name: "absent-delivery-owner",
        group: Group::DeliveryLine,
        principal: MilliPoints::new(5_000),
        cost: Cost::Flat,
        minutes: 90,
        line: Some(Line::Delivery),
        uses: &[],
        absent: Absent::Silent,
        is_label: false,
        page: page!(
            "D402-absent-delivery-owner",
            what: "The person who owns somebody's outcomes has left, is away for long, or has not started.",
            why: "Commitments run on without anybody to change them, and whoever comes next starts with surprises.",
            when: "The delivery owner is not active: not started, left, or on a leave of {away_grace_days} days or more.",
            formula: "{points}.",
            remedy: "Name somebody else, at least for the time being.",
        ),
    };

    fn find(facts: &Facts<'_>, person: PersonIx, principal: MilliPoints) -> Answer<State> {
        let Some(owner) = facts.lines.delivery_owner(person) else { return Answer::Clear };
        Answer::factor_if(!facts.lines.is_active(owner), || {
            let through = through_squad(facts, person, owner);
            let act = match through {
                Some(squad) => Act::new("name-lead", Subject::Squad(squad)),
                None => Act::new("name-delivery-owner", Subject::Person(person)),
            };
            let to_act = None;
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
            Some(squad) => (
                phrase!("Name a lead for squad ", squad, " in ", owner, "\u{2019}s place."),
                phrase!("name a lead for squad ", squad),
            ),
            None => (
                phrase!("Name another delivery owner for ", person, "."),
                phrase!("name another delivery owner for ", person),
            ),
        };
        Wording {
            headline: phrase!(person, "\u{2019}s delivery owner, ", owner, ", is not there"),
            details: vec![since],
            remedy,
            task,
        }
    }

    fn resolved(pair: &Pair<'_>, person: PersonIx, _: &State, _: Option<&State>) -> Resolution {
        Resolution::repaired_if(people::owner_was_replaced(pair, person, Line::Delivery), How::Named)
    }

    fn told(_: &Pair<'_>, _: PersonIx, _: &State, _: Option<&State>) -> Told {
        Told::Nothing
    }
}

/// The squad through whose lead the line runs, where it does.
fn through_squad(facts: &Facts<'_>, person: PersonIx, owner: PersonIx) -> Option<SquadIx> {
    let record = facts.portfolio.person(person);
    let squad = target(record.squad).filter(|_| record.delivery_owner.is_none())?;
    (target(facts.portfolio.squad(squad).lead) == Some(owner)).then_some(squad)
}
