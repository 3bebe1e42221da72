//! D205: a craft owner of too many.

use super::facts::Facts;
use super::line_owners;
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, Counted, DebtRule, Finding, Group, Meta, Resolution, Told, Wording,
};
use super::subjects::People;
use crate::base::ids::{PersonIx, Subject};
use crate::base::message::{counted, message};
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
        absent: Absent::Silent,
        page: page!(
            "D205-overloaded-craft-owner",
            what: "A person is the craft owner of too many people.",
            why: "With too many people, a craft owner can only sign what others say, without a judgement of their \
                  own.",
            when: "The person is craft owner of more than {max_craft_span} scored people whose craft line is in \
                   scope.",
            formula: "{points} for each person over {max_craft_span}.",
            remedy: "Share the guild out: a second lead, or craft owners by name.",
        ),
    };

    fn find(facts: &Facts<'_>, person: PersonIx, principal: MilliPoints) -> Answer<i64> {
        let span = facts.span(Line::Craft, person);
        let over = span.saturating_sub(facts.policy.max_craft_span);
        Answer::factor_if(over > 0, || {
            Finding::each(principal, over, Some(person), Act::new("share-out", Subject::Person(person)), span)
        })
    }

    fn explain(facts: &Facts<'_>, person: PersonIx, found: &Finding<i64>) -> Wording {
        let span = found.state;
        Wording {
            headline: message!(person, " is the craft owner of ", counted(span, "person", "people")),
            details: vec![message!(facts.policy.max_craft_span, " is the most that one can carry well")],
            remedy: message!(
                "Share the people of ",
                person,
                "\u{2019}s craft line out, with a second guild lead or craft owners by name."
            ),
            task: message!("share the craft line of ", counted(span, "person", "people"), " out"),
        }
    }

    fn resolved(pair: &Pair<'_>, person: PersonIx, _: &i64, _: Option<&i64>) -> Resolution {
        line_owners::was_shared_out(pair, Line::Craft, person)
    }

    fn told(pair: &Pair<'_>, person: PersonIx, _: &i64, _: Option<&i64>) -> Told {
        line_owners::told_reports(pair, Line::Craft, person)
    }

    fn staffed(pair: &Pair<'_>, person: PersonIx, _: &i64, _: Option<&i64>) -> Told {
        line_owners::staffed_reports(pair, Line::Craft, person)
    }
}
