//! D403: a delivery owner and no Delivery 1:1.

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
pub struct D403;

impl DebtRule for D403 {
    type Subjects = People;
    type State = PersonIx;
    const META: Meta = Meta {
        code: "D403",
        name: "missing-delivery-1on1",
        group: Group::DeliveryLine,
        principal: MilliPoints::new(2_000),
        cost: Cost::Flat,
        minutes: 30,
        line: Some(Line::Delivery),
        uses: &[],
        absent: Absent::Silent,
        is_label: false,
        page: page!(
            "D403-missing-delivery-1on1",
            what: "Somebody has a delivery owner, and no 1:1 in which delivery is talked about.",
            why: "Blockers and the truth about performance then come up in front of others, or at the end of the cycle.",
            when: "The person has a delivery owner, and no active 1:1 with them has delivery among its jobs.",
            formula: "{points}.",
            remedy: "Start a Delivery 1:1.",
        ),
    };

    fn find(facts: &Facts<'_>, person: PersonIx, principal: MilliPoints) -> Answer<PersonIx> {
        let Some(owner) = facts.lines.delivery_owner(person) else { return Answer::Clear };
        Answer::factor_if(!facts.has_one_on_one(Line::Delivery, person), || {
            let act = Act::new("start-delivery-1on1", Subject::Person(person));
            Finding::flat(principal, facts.lines.filter_active(Some(owner)), act, owner)
        })
    }

    fn explain(_: &Facts<'_>, person: PersonIx, found: &Finding<PersonIx>) -> Wording {
        let owner = found.state;
        Wording {
            headline: phrase!(person, " has no Delivery 1:1"),
            details: vec![phrase!(
                owner,
                " is ",
                person,
                "\u{2019}s delivery owner, and no 1:1 of theirs has delivery on it"
            )],
            remedy: phrase!("Start a Delivery 1:1 between ", owner, " and ", person, "."),
            task: phrase!("start a Delivery 1:1 with ", person),
        }
    }

    fn resolved(pair: &Pair<'_>, person: PersonIx, _: &PersonIx, _: Option<&PersonIx>) -> Resolution {
        Resolution::repaired_if(people::line_is_served(pair, person, Line::Delivery), How::Changed)
    }

    fn told(_: &Pair<'_>, _: PersonIx, _: &PersonIx, _: Option<&PersonIx>) -> Told {
        Told::Nothing
    }
}
