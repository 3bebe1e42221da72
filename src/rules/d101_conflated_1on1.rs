//! D101: a 1:1 that tries to be delivery and craft at once.

use super::facts::{Facts, OneOnOne};
use super::meta::page;
use super::pair::Pair;
use super::rule::{Absent, Act, Answer, Cost, DebtRule, Finding, Group, Meta, Resolution, Told, Wording};
use super::subjects::{OneOnOnes, one_on_ones};
use crate::base::ids::Subject;
use crate::base::phrase::{Phrase, listed, phrase};
use crate::base::points::MilliPoints;
use crate::records::words::{Line, Purpose};

/// The rule.
pub struct D101;

impl DebtRule for D101 {
    type Subjects = OneOnOnes;
    type State = ();
    const META: Meta = Meta {
        code: "D101",
        name: "conflated-1on1",
        group: Group::OneOnOnes,
        principal: MilliPoints::new(5_000),
        cost: Cost::Flat,
        minutes: 60,
        line: None,
        uses: &[Line::Delivery, Line::Craft],
        absent: Absent::Silent,
        is_label: false,
        page: page!(
            "D101-conflated-1on1",
            what: "One recurring 1:1 tries to be the Delivery 1:1 and the Craft 1:1 at once.",
            why: "Where one meeting carries both jobs, performance is told softly because craft is on the table, and craft \
                  is told softly because the rating is. Both conversations are put off, and nobody notices.",
            when: "The meeting's purpose and the topics of its agenda together are delivery and craft, and both lines of \
                   the other person are looked at.",
            formula: "{points}.",
            remedy: "Split it into a Delivery 1:1 with the delivery owner and a Craft 1:1 with the craft owner.",
        ),
    };

    fn find(facts: &Facts<'_>, one: OneOnOne, principal: MilliPoints) -> Answer<()> {
        let both_looked_at =
            [Line::Delivery, Line::Craft].iter().all(|line| facts.lines.in_scope(*line, one.with));
        Answer::factor_if(one.jobs.delivery && one.jobs.craft && both_looked_at, || {
            Finding::flat(principal, Some(one.owner), Act::new("split", Subject::Meeting(one.meeting)), ())
        })
    }

    fn explain(facts: &Facts<'_>, one: OneOnOne, _: &Finding<()>) -> Wording {
        let meeting = facts.portfolio.meeting(one.meeting);
        let mut details = Vec::new();
        if meeting.purpose == Some(Purpose::Both) {
            details.push(phrase!("its purpose is both"));
        } else if let Some(purpose) = meeting.purpose {
            details.push(phrase!("its purpose is ", purpose.word()));
        }
        for line in [Line::Delivery, Line::Craft] {
            let topics = meeting.agenda.iter().filter(|topic| topic.line() == Some(line));
            let topics: Vec<Phrase> = topics.map(|topic| phrase!(topic.word())).collect();
            if !topics.is_empty() {
                let verb = if topics.len() == 1 { " is " } else { " are " };
                details.push(phrase!("on its agenda ").and(listed(topics)).and(phrase!(verb, line.word())));
            }
        }
        let delivery = facts.lines.filter_active(facts.lines.delivery_owner(one.with));
        let craft = facts.lines.filter_active(facts.lines.craft_owner(one.with));
        let remedy = match (delivery, craft) {
            (Some(delivery), Some(craft)) if delivery != craft => {
                phrase!("Split it into a Delivery 1:1 with ", delivery, " and a Craft 1:1 with ", craft, ".")
            }
            (Some(delivery), Some(_)) => phrase!(
                "Split it into a Delivery 1:1 with ",
                delivery,
                " and a Craft 1:1 with somebody who does not own ",
                one.with,
                "\u{2019}s delivery line."
            ),
            (Some(delivery), None) => phrase!(
                "Split it into a Delivery 1:1 with ",
                delivery,
                " and a Craft 1:1 with whoever becomes ",
                one.with,
                "\u{2019}s craft owner."
            ),
            (None, Some(craft)) => phrase!(
                "Split it into a Craft 1:1 with ",
                craft,
                " and a Delivery 1:1 with whoever becomes ",
                one.with,
                "\u{2019}s delivery owner."
            ),
            (None, None) => phrase!(
                "Split it into a Delivery 1:1 and a Craft 1:1, each with whoever becomes the owner of that line of ",
                one.with,
                "."
            ),
        };
        Wording {
            headline: phrase!(one.meeting, " is delivery and craft at once"),
            details,
            remedy,
            task: phrase!("split ", one.meeting, " into delivery and craft"),
        }
    }

    fn resolved(pair: &Pair<'_>, one: OneOnOne, _: &(), _: Option<&()>) -> Resolution {
        one_on_ones::was_put_right(pair, one)
    }

    fn told(pair: &Pair<'_>, one: OneOnOne, _: &(), _: Option<&()>) -> Told {
        one_on_ones::told_by_label(pair, one)
    }
}
