//! D204: a craft owner and no Craft 1:1.

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
pub struct D204;

impl DebtRule for D204 {
    type Subjects = People;
    type State = PersonIx;
    const META: Meta = Meta {
        code: "D204",
        name: "missing-craft-1on1",
        group: Group::CraftLine,
        principal: MilliPoints::new(2_000),
        cost: Cost::Flat,
        minutes: 30,
        line: Some(Line::Craft),
        uses: &[],
        absent: Absent::Silent,
        is_label: false,
        page: page!(
            "D204-missing-craft-1on1",
            what: "Somebody has a craft owner, and no 1:1 in which craft is talked about.",
            why: "A line without a meeting is a name on a chart. Skill, lane and promotion come up when something has already \
                  gone wrong.",
            when: "The person has a craft owner, and no active 1:1 with them has craft among its jobs.",
            formula: "{points}.",
            remedy: "Start a Craft 1:1; once a month is enough to begin with.",
        ),
    };

    fn find(facts: &Facts<'_>, person: PersonIx, principal: MilliPoints) -> Answer<PersonIx> {
        let Some(owner) = facts.lines.craft_owner(person) else { return Answer::Clear };
        Answer::factor_if(!facts.has_one_on_one(Line::Craft, person), || {
            let act = Act::new("start-craft-1on1", Subject::Person(person));
            Finding::flat(principal, facts.lines.filter_active(Some(owner)), act, owner)
        })
    }

    fn explain(_: &Facts<'_>, person: PersonIx, found: &Finding<PersonIx>) -> Wording {
        let owner = found.state;
        Wording {
            headline: phrase!(person, " has no Craft 1:1"),
            details: vec![phrase!(
                owner,
                " is ",
                person,
                "\u{2019}s craft owner, and no 1:1 of theirs has craft on it"
            )],
            remedy: phrase!("Start a Craft 1:1 between ", owner, " and ", person, "."),
            task: phrase!("start a Craft 1:1 with ", person),
        }
    }

    fn resolved(pair: &Pair<'_>, person: PersonIx, _: &PersonIx, _: Option<&PersonIx>) -> Resolution {
        Resolution::repaired_if(people::line_is_served(pair, person, Line::Craft), How::Changed)
    }

    fn told(_: &Pair<'_>, _: PersonIx, _: &PersonIx, _: Option<&PersonIx>) -> Told {
        Told::Nothing
    }
}
