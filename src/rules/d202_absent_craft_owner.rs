//! D202: the owner of somebody's craft line is not there.

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
pub struct D202;

impl DebtRule for D202 {
    type Subjects = People;
    type State = AbsentOwner;
    const MISSING: Missing = Missing::Owner;
    const META: Meta = Meta {
        code: "D202",
        name: "absent-craft-owner",
        group: Group::CraftLine,
        principal: MilliPoints::new(5_000),
        cost: Cost::Flat,
        minutes: 90,
        line: Some(Line::Craft),
        absent: Absent::Silent,
        page: page!(
            "D202-absent-craft-owner",
            what: "The person who owns somebody's craft and career has left, is away for long, or has not started.",
            why: "On paper the line has an owner, so nobody looks for another. Meanwhile every craft conversation \
                  waits.",
            when: "The craft owner is not active: not started, left, or on a leave of {away_grace_days} days or \
                   more.",
            formula: "{points}.",
            remedy: "Name somebody else, at least for the time being.",
        ),
    };

    fn find(facts: &Facts<'_>, person: PersonIx, principal: MilliPoints) -> Answer<AbsentOwner> {
        line_owners::find_absent(facts, Line::Craft, person, facts.lead_of(person), principal)
    }

    fn explain(_: &Facts<'_>, person: PersonIx, found: &Finding<AbsentOwner>) -> Wording {
        line_owners::explain_absent(Line::Craft, person, found)
    }

    fn resolved(pair: &Pair<'_>, person: PersonIx, _: &AbsentOwner, _: Option<&AbsentOwner>) -> Resolution {
        Resolution::repaired_if(people::owner_was_replaced(pair, person, Line::Craft), How::Named)
    }

    fn told(_: &Pair<'_>, _: PersonIx, _: &AbsentOwner, _: Option<&AbsentOwner>) -> Told {
        Told::Nothing
    }

    fn staffed(pair: &Pair<'_>, person: PersonIx, _: &AbsentOwner, _: Option<&AbsentOwner>) -> Told {
        staffing::of_newcomer(pair, person)
    }
}
