//! D103: a Craft 1:1 held by whoever owns the rating.

use super::facts::{Facts, OneOnOne};
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, DebtRule, Finding, Group, How, Meta, Resolution, Told, Wording,
};
use super::staffing;
use super::subjects::{OneOnOnes, one_on_ones, people};
use crate::base::ids::Subject;
use crate::base::message::{Message, message};
use crate::base::points::MilliPoints;
use crate::records::words::Line;

/// The rule.
pub struct D103;

impl DebtRule for D103 {
    type Subjects = OneOnOnes;
    type State = ();
    const META: Meta = Meta {
        code: "D103",
        name: "rated-craft-1on1",
        group: Group::OneOnOnes,
        principal: MilliPoints::new(2_000),
        cost: Cost::Flat,
        minutes: 45,
        line: None,
        absent: Absent::Silent,
        page: page!(
            "D103-rated-craft-1on1",
            what: "A Craft 1:1 is held by the person who owns the other's performance rating.",
            why: "Honest feedback on craft needs a place that is separate from the rating. Here, every weakness \
                  that is named can come back in the rating, so none is named. For: Meyer, Kay and French (1965) \
                  concluded that one person cannot be judge and counsellor in the same interview. Against: Boswell \
                  and Boudreau (2002) separated the two by person and in time; attitudes did not change, and people \
                  in the separated group said that they were less likely to use development in the future. \
                  docs/evidence.md has both sides.",
            when: "The meeting's job is craft only, the craft line of the other person is in scope, the meeting's \
                   owner rates that person, and the craft owner is not also the delivery owner (that is D203). \
                   Unknown if they have no rater. Another rater than the delivery owner cannot be seen without \
                   `rated_by`.",
            formula: "{points}.",
            remedy: "Hand it over to the craft owner. If the craft owner holds it already, let the delivery owner \
                     rate.",
        ),
    };

    fn find(facts: &Facts<'_>, one: OneOnOne, principal: MilliPoints) -> Answer<()> {
        let lines = &facts.lines;
        let craft = lines.craft_owner(one.with);
        let collapsed = craft.is_some() && craft == lines.delivery_owner(one.with);
        let is_craft = one.jobs.craft && !one.jobs.delivery;
        if !is_craft || !lines.in_scope(Line::Craft, one.with) || collapsed {
            return Answer::Clear;
        }
        match lines.rated_by(one.with) {
            None => Answer::Unknown(principal),
            rater => Answer::factor_if(rater == Some(one.owner), || {
                let act = if is_owner(facts, one) {
                    Act::new("move-rating", Subject::Person(one.with))
                } else {
                    Act::new("hand-over", Subject::Meeting(one.meeting))
                };
                Finding::flat(principal, Some(one.owner), act, ())
            }),
        }
    }

    fn explain(facts: &Facts<'_>, one: OneOnOne, _: &Finding<()>) -> Wording {
        let (remedy, task) =
            if is_owner(facts, one) { move_rating(facts, one) } else { hand_over(facts, one) };
        Wording {
            headline: message!(
                one.meeting,
                " is about craft, and ",
                one.owner,
                " also owns ",
                one.with,
                "\u{2019}s rating"
            ),
            details: vec![message!("its jobs are craft only, and ", one.with, " is rated by ", one.owner)],
            remedy,
            task,
        }
    }

    fn resolved(pair: &Pair<'_>, one: OneOnOne, (): &(), _: Option<&()>) -> Resolution {
        if is_owner(pair.base, one) && was_rating_moved(pair, one) {
            return Resolution::Repaired(How::Changed);
        }
        one_on_ones::was_put_right(pair, one)
    }

    fn told(pair: &Pair<'_>, one: OneOnOne, (): &(), _: Option<&()>) -> Told {
        let is_old = pair.in_base(one.meeting).is_some();
        if is_old && people::delivery_was_untold(pair, one.with) {
            return Told::All;
        }
        one_on_ones::told_by_label(pair, one)
    }

    fn staffed(pair: &Pair<'_>, one: OneOnOne, (): &(), _: Option<&()>) -> Told {
        Told::all_if(staffing::lost_a_leaver(pair, one.with, |person| person.rated_by))
    }
}

/// Whether somebody else rates now, and the Craft 1:1 stayed what it was.
fn was_rating_moved(pair: &Pair<'_>, before: OneOnOne) -> bool {
    let Some(now) = pair.in_head(before.meeting) else { return false };
    pair.head.one_on_one(now).is_some_and(|one| {
        let rater = pair.head.lines.rated_by(one.with);
        let is_same = one.jobs == before.jobs && pair.is_same(Some(before.owner), Some(one.owner));
        is_same && rater.is_some_and(|rater| rater != one.owner)
    })
}

/// Whether the 1:1 is held by the owner of the line that it is about: then it is the rating that is misplaced.
fn is_owner(facts: &Facts<'_>, one: OneOnOne) -> bool {
    facts.lines.craft_owner(one.with) == Some(one.owner)
}

/// Remedy and task where somebody else should rate.
fn move_rating(facts: &Facts<'_>, one: OneOnOne) -> (Message, Message) {
    let delivery = facts.lines.filter_active(facts.lines.delivery_owner(one.with));
    match delivery.filter(|delivery| *delivery != one.owner) {
        Some(delivery) => (
            message!(
                "Have ",
                delivery,
                ", who owns ",
                one.with,
                "\u{2019}s delivery line, rate ",
                one.with,
                "."
            ),
            message!("have ", delivery, " rate ", one.with),
        ),
        None => (
            message!("Have somebody rate ", one.with, " who does not own the craft line."),
            message!("have somebody else rate ", one.with),
        ),
    }
}

/// Remedy and task where somebody else should hold it.
fn hand_over(facts: &Facts<'_>, one: OneOnOne) -> (Message, Message) {
    let Some(craft) = facts.lines.filter_active(facts.lines.craft_owner(one.with)) else {
        return (
            message!("Hand it over to somebody who does not rate ", one.with, "."),
            message!("hand ", one.meeting, " over to somebody who does not rate ", one.with),
        );
    };
    if facts.has_own_one_on_one(Line::Craft, craft, one.with) {
        return (
            message!("Take craft off it: ", craft, " has a Craft 1:1 with ", one.with, " already."),
            message!("take craft off ", one.meeting),
        );
    }
    (
        message!("Hand it over to ", craft, ", who owns ", one.with, "\u{2019}s craft line."),
        message!("hand ", one.meeting, " over to ", craft),
    )
}
