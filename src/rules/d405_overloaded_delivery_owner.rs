//! D405: a delivery owner of too many.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, Counted, DebtRule, Finding, Group, How, Meta, Resolution, Told, Wording,
};
use super::subjects::People;
use crate::base::ids::{PersonIx, Subject};
use crate::base::message::{counted, message};
use crate::base::points::MilliPoints;
use crate::records::words::Line;

/// The rule.
pub struct D405;

impl DebtRule for D405 {
    type Subjects = People;
    type State = i64;
    const META: Meta = Meta {
        code: "D405",
        name: "overloaded-delivery-owner",
        group: Group::DeliveryLine,
        principal: MilliPoints::new(500),
        cost: Cost::Each(Counted::People),
        minutes: 120,
        line: None,
        uses: &[],
        absent: Absent::Silent,
        is_label: false,
        page: page!(
            "D405-overloaded-delivery-owner",
            what: "Somebody is the delivery owner of more people than one person can serve.",
            why: "Each of them needs a 1:1, the truth about performance, and somebody who removes blockers. With too many, the \
                  conversations that can wait do wait.",
            when: "The person is the delivery owner of more than {max_delivery_span} scored people whose delivery line is looked at.",
            formula: "{points} for each person over {max_delivery_span}.",
            remedy: "Name a second lead for part of the squad, or give some of the people another delivery owner.",
        ),
    };

    fn find(facts: &Facts<'_>, person: PersonIx, principal: MilliPoints) -> Answer<i64> {
        let span = facts.delivery_span(person);
        let over = span.saturating_sub(facts.policy.max_delivery_span);
        let above = facts.lines.filter_active(facts.lines.delivery_owner(person));
        Answer::factor_if(over > 0, || {
            let act = Act::new("share-out-delivery", Subject::Person(person));
            Finding::each(principal, over, Some(above.unwrap_or(person)), act, span)
        })
    }

    fn explain(facts: &Facts<'_>, person: PersonIx, found: &Finding<i64>) -> Wording {
        let people = counted(found.state, "person", "people");
        Wording {
            headline: message!(person, " is the delivery owner of ", people.clone()),
            details: vec![message!(facts.policy.max_delivery_span, " is the most that one can serve well")],
            remedy: message!(
                "Name a second lead for some of ",
                person,
                "\u{2019}s people, or give them another delivery owner."
            ),
            task: message!("share ", person, "\u{2019}s delivery line of ", people, " out"),
        }
    }

    fn resolved(pair: &Pair<'_>, person: PersonIx, _: &i64, _: Option<&i64>) -> Resolution {
        // Somebody of whom this person was the delivery owner, and who went or whose delivery line is exempt now.
        let exempted = |report: PersonIx| {
            let now = pair.person(report)?;
            (!pair.head.lines.in_scope(Line::Delivery, now)).then_some(How::Exempt)
        };
        let mut reports = reports_of(pair.base, person);
        match reports.find_map(|report| pair.went(report).or_else(|| exempted(report))) {
            Some(how) => Resolution::Withdrawn(how),
            None => Resolution::Repaired(How::Changed),
        }
    }

    fn told(pair: &Pair<'_>, person: PersonIx, _: &i64, _: Option<&i64>) -> Told {
        Told::units(reports_of(pair.head, person).filter(|report| pair.is_told(*report)).count())
    }

    fn staffed(pair: &Pair<'_>, person: PersonIx, _: &i64, _: Option<&i64>) -> Told {
        Told::units(reports_of(pair.head, person).filter(|report| pair.starts_later(*report)).count())
    }
}

/// Everybody who counts for a delivery owner.
fn reports_of(facts: &Facts<'_>, owner: PersonIx) -> impl Iterator<Item = PersonIx> {
    facts.portfolio.person_positions().filter(move |report| {
        facts.lines.is_scored(*report)
            && facts.lines.in_scope(Line::Delivery, *report)
            && facts.lines.delivery_owner(*report) == Some(owner)
    })
}
