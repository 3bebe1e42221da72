//! D102: a 1:1 that nobody has labelled.

use super::facts::{Facts, OneOnOne};
use super::rule::{Act, Answer, Asks, Finding, Group, Rule, Words, page};
use crate::base::ids::Subject;
use crate::base::phrase::phrase;
use crate::base::points::MilliPoints;

pub(super) const RULE: Rule = Rule {
    code: "D102",
    name: "unlabelled-1on1",
    group: Group::OneOnOnes,
    principal: MilliPoints::new(1_000),
    minutes: 10,
    asks: Asks::OneOnOnes { ask, tell },
    page: page!(
        "D102-unlabelled-1on1",
        what: "A recurring 1:1 has neither a purpose nor a topic on its agenda.",
        why: "What nobody has labelled drifts: it becomes a status report, or both jobs at once, and the person on the \
              other side cannot tell which conversation this is.",
        when: "The meeting has no `purpose`, and no topic stands on its agenda.",
        formula: "{points}.",
        remedy: "Label it delivery or craft. If it turns out to be both, split it.",
    ),
};

fn ask(facts: &Facts<'_>, one: OneOnOne, principal: MilliPoints) -> Answer {
    let meeting = facts.portfolio.meeting(one.meeting);
    Answer::factor_if(meeting.purpose.is_none() && meeting.agenda.is_empty(), || {
        Finding::flat(principal, Some(one.owner), Act::new("label", Subject::Meeting(one.meeting)))
    })
}

fn tell(_: &Facts<'_>, one: OneOnOne, _: &Finding) -> Words {
    Words {
        headline: phrase!("nobody has said what ", one.meeting, " is for"),
        details: vec![phrase!("it has no purpose and no topic on its agenda")],
        remedy: phrase!("Label it delivery or craft; if it is both, split it."),
        task: phrase!("label ", one.meeting, " delivery or craft"),
    }
}
