//! D205: a craft owner of too many.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, Counted, DebtRule, Finding, Group, How, Meta, Resolution, Told, Wording,
};
use super::subjects::People;
use crate::base::day::Day;
use crate::base::ids::{PersonIx, Subject};
use crate::base::phrase::{counted, phrase};
use crate::base::points::MilliPoints;
use crate::records::words::Line;

/// The rule.
pub struct D205;

impl DebtRule for D205 {
    type Subjects = People;
    type State = i64;
    const META: Meta = Meta {
        code: "D205",
        name: "overloaded-craft-owner",
        group: Group::CraftLine,
        principal: MilliPoints::new(500),
        cost: Cost::Each(Counted::People),
        minutes: 120,
        line: None,
        uses: &[],
        absent: Absent::Silent,
        is_label: false,
        page: page!(
            "D205-overloaded-craft-owner",
            what: "Somebody is the craft owner of more people than one can know.",
            why: "Beyond a certain number a craft owner signs what others say: the line is there, the judgement is not.",
            when: "The person is craft owner of more than {max_craft_span} scored people whose craft line is looked at.",
            formula: "{points} for each person over {max_craft_span}.",
            remedy: "Share the guild out: a second lead, or craft owners by name.",
        ),
    };

    fn find(facts: &Facts<'_>, person: PersonIx, principal: MilliPoints) -> Answer<i64> {
        let span = facts.craft_span(person);
        let over = span.saturating_sub(facts.policy.max_craft_span);
        Answer::factor_if(over > 0, || {
            Finding::each(principal, over, Some(person), Act::new("share-out", Subject::Person(person)), span)
        })
    }

    fn explain(facts: &Facts<'_>, person: PersonIx, found: &Finding<i64>) -> Wording {
        let span = found.state;
        Wording {
            headline: phrase!(person, " is the craft owner of ", counted(span, "person", "people")),
            details: vec![phrase!(facts.policy.max_craft_span, " is the most that one can carry well")],
            remedy: phrase!(
                "Share the people of ",
                person,
                "\u{2019}s craft line out, with a second guild lead or craft owners by name."
            ),
            task: phrase!("share the craft line of ", counted(span, "person", "people"), " out"),
        }
    }

    fn resolved(pair: &Pair<'_>, person: PersonIx, _: &i64, _: Option<&i64>) -> Resolution {
        // Somebody of whom this person was the craft owner, and who went or whose craft line is exempt now.
        let mine = |report: &PersonIx| {
            pair.base.lines.is_scored(*report) && pair.base.lines.craft_owner(*report) == Some(person)
        };
        let mut reports = pair.base.portfolio.person_positions().filter(mine);
        match reports.find_map(|report| pair.went(report).or_else(|| pair.exempted(report))) {
            Some(how) => Resolution::Withdrawn(how),
            None => Resolution::Repaired(How::Changed),
        }
    }

    fn told(pair: &Pair<'_>, person: PersonIx, _: &i64, _: Option<&i64>) -> Told {
        let mine = |report: &PersonIx| {
            pair.head.lines.is_scored(*report)
                && pair.head.lines.in_scope(Line::Craft, *report)
                && pair.head.lines.craft_owner(*report) == Some(person)
        };
        let reports = pair.head.portfolio.person_positions().filter(mine);
        Told::units(reports.filter(|report| pair.is_told(*report)).count())
    }

    fn resolved_since(_: &Facts<'_>, _: PersonIx, _: Day) -> Resolution {
        Resolution::REWRITTEN
    }
}
