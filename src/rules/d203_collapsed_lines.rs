//! D203: one person owns both lines of somebody.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, DebtRule, Finding, Group, How, Meta, Resolution, Told, Wording,
};
use super::subjects::{People, people};
use crate::base::ids::{PersonIx, Subject};
use crate::base::phrase::phrase;
use crate::base::points::MilliPoints;
use crate::records::words::Line;

/// The rule.
pub struct D203;

impl DebtRule for D203 {
    type Subjects = People;
    type State = PersonIx;
    const META: Meta = Meta {
        code: "D203",
        name: "collapsed-lines",
        group: Group::CraftLine,
        principal: MilliPoints::new(4_000),
        cost: Cost::Flat,
        minutes: 90,
        line: Some(Line::Craft),
        uses: &[Line::Delivery, Line::Craft],
        absent: Absent::Silent,
        is_label: false,
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

    fn find(facts: &Facts<'_>, person: PersonIx, principal: MilliPoints) -> Answer<PersonIx> {
        let Some(owner) = facts.lines.craft_owner(person) else { return Answer::Clear };
        let collapsed =
            facts.lines.delivery_owner(person) == Some(owner) && facts.lines.in_scope(Line::Delivery, person);
        Answer::factor_if(collapsed, || {
            let act = Act::new("name-craft-owner", Subject::Person(person));
            Finding::flat(principal, facts.lines.filter_active(Some(owner)), act, owner)
        })
    }

    fn explain(_: &Facts<'_>, person: PersonIx, found: &Finding<PersonIx>) -> Wording {
        let owner = found.state;
        Wording {
            headline: phrase!(owner, " owns both the delivery line and the craft line of ", person),
            details: vec![phrase!("delivery owner and craft owner of ", person, " are the same person")],
            remedy: phrase!("Name another craft owner for ", person, "."),
            task: phrase!("name another craft owner for ", person),
        }
    }

    fn resolved(pair: &Pair<'_>, person: PersonIx, _: &PersonIx, _: Option<&PersonIx>) -> Resolution {
        let owners = pair
            .person(person)
            .and_then(|now| pair.head.lines.delivery_owner(now).zip(pair.head.lines.craft_owner(now)));
        Resolution::repaired_if(owners.is_some_and(|(delivery, craft)| delivery != craft), How::Named)
    }

    fn told(pair: &Pair<'_>, person: PersonIx, _: &PersonIx, _: Option<&PersonIx>) -> Told {
        Told::all_if(people::delivery_was_untold(pair, person))
    }
}
