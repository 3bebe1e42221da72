//! D403: a delivery owner and no Delivery 1:1.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, DebtRule, Finding, Group, How, Meta, Missing, Resolution, Told, Wording,
};
use super::staffing;
use super::subjects::{People, people};
use crate::base::ids::{PersonIx, Subject};
use crate::base::message::message;
use crate::base::points::MilliPoints;
use crate::records::words::Line;

/// The rule.
pub struct D403;

impl DebtRule for D403 {
    type Subjects = People;
    type State = PersonIx;
    const MISSING: Missing = Missing::OneOnOne;
    const META: Meta = Meta {
        code: "D403",
        name: "missing-delivery-1on1",
        group: Group::DeliveryLine,
        principal: MilliPoints::new(2_000),
        cost: Cost::Flat,
        minutes: 30,
        line: Some(Line::Delivery),
        absent: Absent::Silent,
        page: page!(
            "D403-missing-delivery-1on1",
            what: "A person has a delivery owner, but no 1:1 about delivery.",
            why: "Blockers and the truth about performance then come up in front of others, or at the end of the \
                  cycle.",
            when: "The person has a delivery owner, and no active 1:1 with them has delivery among its jobs. Clear \
                   in the first {grace_days} days after `started`. Unknown where the portfolio does not claim to \
                   hold the delivery owner\u{2019}s 1:1s: it has no `meetings`, or `meetings_of` does not name \
                   them.",
            formula: "{points}.",
            remedy: "Start a Delivery 1:1.",
        ),
    };

    fn find(facts: &Facts<'_>, person: PersonIx, principal: MilliPoints) -> Answer<PersonIx> {
        let Some(owner) = facts.lines.delivery_owner(person) else { return Answer::Clear };
        if facts.is_new(person) || facts.is_served(Line::Delivery, person) {
            return Answer::Clear;
        }
        if !facts.holds_all_one_on_ones_of(owner) {
            return Answer::Unknown(principal);
        }
        let act = Act::new("start-delivery-1on1", Subject::Person(person));
        Answer::Factor(Finding::flat(principal, facts.lines.filter_active(Some(owner)), act, owner))
    }

    fn explain(_: &Facts<'_>, person: PersonIx, found: &Finding<PersonIx>) -> Wording {
        let owner = found.state;
        let (remedy, task) = match found.owner {
            Some(owner) => (
                message!("Start a Delivery 1:1 between ", owner, " and ", person, "."),
                message!("start a Delivery 1:1 with ", person),
            ),
            None => (
                message!("Find ", person, " a delivery owner who is there, and start a Delivery 1:1."),
                message!("find ", person, " somebody for a Delivery 1:1"),
            ),
        };
        Wording {
            headline: message!(person, " has no Delivery 1:1"),
            details: vec![message!(
                owner,
                " is ",
                person,
                "\u{2019}s delivery owner, and no 1:1 of theirs has delivery on it"
            )],
            remedy,
            task,
        }
    }

    fn resolved(pair: &Pair<'_>, person: PersonIx, _: &PersonIx, _: Option<&PersonIx>) -> Resolution {
        Resolution::repaired_if(people::line_is_served(pair, person, Line::Delivery), How::Changed)
    }

    fn told(pair: &Pair<'_>, person: PersonIx, _: &PersonIx, _: Option<&PersonIx>) -> Told {
        Told::all_if(people::label_told_what_serves(pair, person, Line::Delivery))
    }

    fn staffed(pair: &Pair<'_>, person: PersonIx, _: &PersonIx, _: Option<&PersonIx>) -> Told {
        staffing::of_missing_one_on_one(pair, person, Line::Delivery)
    }
}
