//! D402: the owner of somebody's delivery line is not there.

use super::facts::Facts;
use super::line_owners::{self, AbsentOwner};
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Answer, Cost, DebtRule, Finding, Group, How, Meta, Missing, Resolution, Told, Wording,
};
use super::staffing;
use super::subjects::{People, people};
use crate::base::ids::PersonIx;
use crate::base::points::MilliPoints;
use crate::records::words::Line;

/// The rule.
pub struct D402;

impl DebtRule for D402 {
    type Subjects = People;
    type State = AbsentOwner;
    const MISSING: Missing = Missing::Owner;
    const META: Meta = Meta {
        code: "D402",
        name: "absent-delivery-owner",
        group: Group::DeliveryLine,
        principal: MilliPoints::new(5_000),
        cost: Cost::Flat,
        minutes: 90,
        line: Some(Line::Delivery),
        absent: Absent::Silent,
        page: page!(
            "D402-absent-delivery-owner",
            what: "The person who owns somebody's outcomes has left, is away for long, or has not started.",
            why: "Commitments run on without anybody to change them, and whoever comes next starts with surprises.",
            when: "The delivery owner is not active: not started, left, or on a leave of {away_grace_days} days or \
                   more.",
            formula: "{points}.",
            remedy: "Name somebody else, at least for the time being.",
        ),
    };

    fn find(facts: &Facts<'_>, person: PersonIx, principal: MilliPoints) -> Answer<AbsentOwner> {
        line_owners::find_absent(facts, Line::Delivery, person, None, principal)
    }

    fn explain(_: &Facts<'_>, person: PersonIx, found: &Finding<AbsentOwner>) -> Wording {
        line_owners::explain_absent(Line::Delivery, person, found)
    }

    fn resolved(pair: &Pair<'_>, person: PersonIx, _: &AbsentOwner, _: Option<&AbsentOwner>) -> Resolution {
        Resolution::repaired_if(people::owner_was_replaced(pair, person, Line::Delivery), How::Named)
    }

    fn told(_: &Pair<'_>, _: PersonIx, _: &AbsentOwner, _: Option<&AbsentOwner>) -> Told {
        Told::Nothing
    }

    fn staffed(pair: &Pair<'_>, person: PersonIx, _: &AbsentOwner, _: Option<&AbsentOwner>) -> Told {
        if staffing::is_heir_of_path(pair, person) {
            return Told::All;
        }
        staffing::of_newcomer(pair, person)
    }
}
