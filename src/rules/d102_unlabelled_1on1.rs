//! D102: a 1:1 that nobody has labelled.

use super::facts::{Facts, OneOnOne};
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, DebtRule, Finding, Group, How, Meta, Resolution, Told, Wording,
};
use super::subjects::{OneOnOnes, one_on_ones};
use crate::base::ids::Subject;
use crate::base::phrase::phrase;
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
        principal: MilliPoints::new(1_000),
        cost: Cost::Flat,
        minutes: 10,
        line: None,
        uses: &[],
        absent: Absent::Silent,
        is_label: true,
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

    fn find(facts: &Facts<'_>, one: OneOnOne, principal: MilliPoints) -> Answer<()> {
        let meeting = facts.portfolio.meeting(one.meeting);
        Answer::factor_if(meeting.purpose.is_none() && meeting.agenda.is_empty(), || {
            Finding::flat(principal, Some(one.owner), Act::new("label", Subject::Meeting(one.meeting)), ())
        })
    }

    fn explain(_: &Facts<'_>, one: OneOnOne, _: &Finding<()>) -> Wording {
        Wording {
            headline: phrase!("nobody has said what ", one.meeting, " is for"),
            details: vec![phrase!("it has no purpose and no topic on its agenda")],
            remedy: phrase!("Label it delivery or craft; if it is both, split it."),
            task: phrase!("label ", one.meeting, " delivery or craft"),
        }
    }

    fn resolved(pair: &Pair<'_>, one: OneOnOne, _: &(), _: Option<&()>) -> Resolution {
        let labelled = one_on_ones::records(pair, one.meeting)
            .is_some_and(|(_, is)| is.purpose.is_some() || !is.agenda.is_empty());
        Resolution::repaired_if(labelled, How::Changed)
    }

    fn told(_: &Pair<'_>, _: OneOnOne, _: &(), _: Option<&()>) -> Told {
        Told::Nothing
    }
}
