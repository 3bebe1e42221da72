//! D405: a delivery owner of too many.

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
        absent: Absent::Silent,
        page: page!(
            "D405-overloaded-delivery-owner",
            what: "A person is the delivery owner of too many people.",
            why: "Each of them needs a 1:1, the truth about performance, and somebody who removes blockers. With \
                  too many, the conversations that can wait do wait.",
            when: "The person is the delivery owner of more than {max_delivery_span} scored people whose delivery \
                   line is in scope.",
            formula: "{points} for each person over {max_delivery_span}.",
            remedy: "Name a second lead for part of the squad, or give some of the people another delivery owner.",
        ),
    };

    fn find(facts: &Facts<'_>, person: PersonIx, principal: MilliPoints) -> Answer<i64> {
        let span = facts.span(Line::Delivery, person);
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
        line_owners::was_shared_out(pair, Line::Delivery, person)
    }

    fn told(pair: &Pair<'_>, person: PersonIx, _: &i64, _: Option<&i64>) -> Told {
        line_owners::told_reports(pair, Line::Delivery, person)
    }

    fn staffed(pair: &Pair<'_>, person: PersonIx, _: &i64, _: Option<&i64>) -> Told {
        line_owners::staffed_reports(pair, Line::Delivery, person)
    }
}
