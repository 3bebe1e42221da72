//! D101: a 1:1 that tries to be delivery and craft at once.

use super::facts::{Facts, OneOnOne};
use super::meta::page;
use super::pair::Pair;
use super::rule::{Absent, Act, Answer, Cost, DebtRule, Finding, Group, Meta, Resolution, Told, Wording};
use super::staffing;
use super::subjects::{OneOnOnes, one_on_ones};
use crate::base::ids::{PersonIx, Subject};
use crate::base::message::{Message, listed, message};
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
        principal: MilliPoints::new(4_000),
        cost: Cost::Flat,
        minutes: 60,
        line: None,
        absent: Absent::Silent,
        page: page!(
            "D101-conflated-1on1",
            what: "One recurring 1:1 tries to be the Delivery 1:1 and the Craft 1:1 at once.",
            why: "When one meeting does both jobs, people soften what they say about performance because of craft, \
                  and what they say about craft because of the rating. Both conversations are put off, and nobody \
                  notices. For: at General Electric, Meyer, Kay and French (1965) found that people grew defensive \
                  where one appraisal interview both judged and coached, and advised separating the two. Against: \
                  Prince and Lawler (1986) found no harm in discussing salary in a developmental appraisal, and \
                  Boswell and Boudreau (2002) found no effect of separating development from evaluation on \
                  attitudes. The weight is a judgement; docs/evidence.md has both sides.",
            when: "The meeting's purpose and the topics of its agenda together are delivery and craft, and both \
                   lines of the other person are in scope.",
            formula: "{points}.",
            remedy: "Split it into a Delivery 1:1 with the delivery owner and a Craft 1:1 with the craft owner. If \
                     one of the two exists already, take that job off this meeting.",
        ),
    };

    fn find(facts: &Facts<'_>, one: OneOnOne, principal: MilliPoints) -> Answer<()> {
        Answer::factor_if(facts.is_conflated(one), || {
            Finding::flat(principal, Some(one.owner), Act::new("split", Subject::Meeting(one.meeting)), ())
        })
    }

    fn explain(facts: &Facts<'_>, one: OneOnOne, _: &Finding<()>) -> Wording {
        let meeting = facts.portfolio.meeting(one.meeting);
        let mut details = Vec::new();
        if meeting.purpose == Some(Purpose::Both) {
            details.push(message!("its purpose is both"));
        } else if let Some(purpose) = meeting.purpose {
            details.push(message!("its purpose is ", purpose.word()));
        }
        for line in [Line::Delivery, Line::Craft] {
            let topics = meeting.agenda.iter().filter(|topic| topic.line() == Some(line));
            let topics: Vec<Message> = topics.map(|topic| message!(topic.word())).collect();
            if !topics.is_empty() {
                let verb = if topics.len() == 1 { " is " } else { " are " };
                details.push(message!("on its agenda ").and(listed(topics)).and(message!(verb, line.word())));
            }
        }
        Wording {
            headline: message!(one.meeting, " is delivery and craft at once"),
            details,
            remedy: remedy(facts, one),
            task: task(facts, one),
        }
    }

    fn resolved(pair: &Pair<'_>, one: OneOnOne, (): &(), _: Option<&()>) -> Resolution {
        one_on_ones::was_put_right(pair, one)
    }

    fn told(pair: &Pair<'_>, one: OneOnOne, (): &(), _: Option<&()>) -> Told {
        one_on_ones::told_by_label(pair, one)
    }

    fn staffed(pair: &Pair<'_>, one: OneOnOne, (): &(), _: Option<&()>) -> Told {
        staffing::of_new_one_on_one(pair, one)
    }
}

/// What to do. A 1:1 that is there already is not proposed again.
fn remedy(facts: &Facts<'_>, one: OneOnOne) -> Message {
    let with = one.with;
    let owner = |line| facts.lines.filter_active(facts.lines.owner(line, with));
    let has_own = |line| owner(line).filter(|owner| facts.has_own_one_on_one(line, *owner, with));
    match (has_own(Line::Delivery), has_own(Line::Craft)) {
        (Some(delivery), Some(craft)) => {
            return message!(
                "End it: ",
                with,
                " has a Delivery 1:1 with ",
                delivery,
                " and a Craft 1:1 with ",
                craft,
                " already."
            );
        }
        (Some(delivery), None) => return keep_one(one, Line::Craft, delivery, owner(Line::Craft)),
        (None, Some(craft)) => return keep_one(one, Line::Delivery, craft, owner(Line::Delivery)),
        (None, None) => {}
    }
    match (owner(Line::Delivery), owner(Line::Craft)) {
        (Some(delivery), Some(craft)) if delivery != craft => {
            message!("Split it into a Delivery 1:1 with ", delivery, " and a Craft 1:1 with ", craft, ".")
        }
        (Some(delivery), Some(_)) => message!(
            "Split it into a Delivery 1:1 with ",
            delivery,
            " and a Craft 1:1 with somebody who does not own ",
            with,
            "\u{2019}s delivery line."
        ),
        (Some(delivery), None) => message!(
            "Split it into a Delivery 1:1 with ",
            delivery,
            " and a Craft 1:1 with whoever becomes ",
            with,
            "\u{2019}s craft owner."
        ),
        (None, Some(craft)) => message!(
            "Split it into a Craft 1:1 with ",
            craft,
            " and a Delivery 1:1 with whoever becomes ",
            with,
            "\u{2019}s delivery owner."
        ),
        (None, None) => message!(
            "Split it into a Delivery 1:1 and a Craft 1:1, each with whoever becomes the owner of that line of ",
            with,
            "."
        ),
    }
}

/// The same in a few words.
fn task(facts: &Facts<'_>, one: OneOnOne) -> Message {
    let has_own = |line| {
        let owner = facts.lines.filter_active(facts.lines.owner(line, one.with));
        owner.is_some_and(|owner| facts.has_own_one_on_one(line, owner, one.with))
    };
    match (has_own(Line::Delivery), has_own(Line::Craft)) {
        (true, true) => message!("end ", one.meeting),
        (true, false) => message!("take delivery off ", one.meeting),
        (false, true) => message!("take craft off ", one.meeting),
        (false, false) => message!("split ", one.meeting, " into delivery and craft"),
    }
}

/// Keep one job, since the other has a 1:1 of its own with `held_by`; with the owner of the line that stays.
fn keep_one(one: OneOnOne, stays: Line, held_by: PersonIx, owner: Option<PersonIx>) -> Message {
    let (goes, name) = match stays {
        Line::Delivery => (Line::Craft, " has a Craft 1:1 with "),
        Line::Craft => (Line::Delivery, " has a Delivery 1:1 with "),
    };
    let over = match owner.filter(|owner| *owner != one.owner) {
        Some(owner) => message!(", and hand it over to ", owner),
        None => Message::default(),
    };
    message!("Take ", goes.word(), " off it").and(over).and(message!(
        ": ",
        held_by,
        name,
        one.with,
        " already."
    ))
}
