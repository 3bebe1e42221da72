//! D102: a 1:1 that nobody has labelled.

use super::facts::{Facts, OneOnOne};
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, DebtRule, Finding, Group, How, Meta, Resolution, Told, Wording,
};
use super::staffing;
use super::subjects::OneOnOnes;
use crate::base::ids::Subject;
use crate::base::message::message;
use crate::base::points::MilliPoints;

/// The rule.
pub struct D102;

impl DebtRule for D102 {
    type Subjects = OneOnOnes;
    type State = ();
    const META: Meta = Meta {
        code: "D102",
        name: "unlabelled-1on1",
        group: Group::OneOnOnes,
        principal: MilliPoints::new(2_000),
        cost: Cost::Flat,
        minutes: 10,
        line: None,
        absent: Absent::Silent,
        page: page!(
            "D102-unlabelled-1on1",
            what: "A recurring 1:1 has neither a purpose nor a topic on its agenda.",
            why: "A 1:1 without a label drifts: it becomes a status report, or does both jobs at once, and the \
                  other person cannot tell which conversation this is.",
            when: "The meeting has no `purpose`, and its agenda has no topic.",
            formula: "{points}.",
            remedy: "Label it delivery or craft. If it turns out to be both, split it: while a 1:1 is both, it is \
                     not anybody\u{2019}s Craft 1:1.",
        ),
    };

    fn find(facts: &Facts<'_>, one: OneOnOne, principal: MilliPoints) -> Answer<()> {
        let meeting = facts.portfolio.meeting(one.meeting);
        Answer::factor_if(meeting.purpose.is_none() && meeting.agenda.is_empty(), || {
            Finding::flat(principal, Some(one.owner), Act::new("label", Subject::Meeting(one.meeting)), ())
        })
    }

    fn explain(_: &Facts<'_>, one: OneOnOne, _: &Finding<()>) -> Wording {
        Wording {
            headline: message!("nobody has said what ", one.meeting, " is for"),
            details: vec![message!("it has no purpose and no topic on its agenda")],
            remedy: message!("Label it delivery or craft; if it is both, split it."),
            task: message!("label ", one.meeting, " delivery or craft"),
        }
    }

    fn resolved(pair: &Pair<'_>, one: OneOnOne, (): &(), _: Option<&()>) -> Resolution {
        let labelled = pair.records(one.meeting).is_some_and(|(was, is)| {
            (is.purpose.is_some() || !is.agenda.is_empty())
                && !super::subjects::one_on_ones::is_lighter(was, is)
        });
        Resolution::repaired_if(labelled, How::Changed)
    }

    fn told(_: &Pair<'_>, _: OneOnOne, (): &(), _: Option<&()>) -> Told {
        Told::Nothing
    }

    fn staffed(pair: &Pair<'_>, one: OneOnOne, (): &(), _: Option<&()>) -> Told {
        staffing::of_new_owners_one_on_one(pair, one)
    }
}
