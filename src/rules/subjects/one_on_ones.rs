//! 1:1s: active meetings of two in which one owes the other something.

use super::SubjectKind;
use crate::base::day::Day;
use crate::base::ids::{MeetingIx, PersonIx, Subject};
use crate::model::{Meeting, Portfolio, target};
use crate::records::words::Line;
use crate::rules::facts::Facts;
use crate::rules::facts::OneOnOne;
use crate::rules::pair::Pair;
use crate::rules::rule::{How, Resolution, Told};

/// 1:1s: active meetings of two in which one owes the other something.
#[derive(Debug)]
pub struct OneOnOnes;

/// The position of a subject of this kind.
fn at(subject: Subject) -> Option<MeetingIx> {
    match subject {
        Subject::Meeting(at) => Some(at),
        _ => None,
    }
}

impl SubjectKind for OneOnOnes {
    type Item = OneOnOne;
    const TYPE_NAME: &'static str = "meeting";

    fn item(facts: &Facts<'_>, subject: Subject) -> Option<OneOnOne> {
        facts.one_on_one(at(subject)?)
    }

    fn each(facts: &Facts<'_>, take: &mut dyn FnMut(Subject)) {
        facts.one_on_ones().iter().for_each(|one| take(Subject::Meeting(one.meeting)));
    }

    fn in_scope(facts: &Facts<'_>, _: Option<Line>, subject: Subject) -> bool {
        at(subject).is_some_and(|at| facts.one_on_one(at).is_some())
    }

    fn is_written(_: &Portfolio) -> bool {
        true
    }

    fn about(facts: &Facts<'_>, subject: Subject) -> Option<PersonIx> {
        facts.lines.sides(facts.portfolio.meeting(at(subject)?)).map(|(_, with)| with)
    }

    fn needed(facts: &Facts<'_>, subject: Subject) -> Vec<PersonIx> {
        let Some(meeting) = at(subject).map(|at| facts.portfolio.meeting(at)) else { return Vec::new() };
        let about = facts.lines.sides(meeting).map(|(_, with)| with);
        [about, meeting.owner.target(), target(meeting.with)].into_iter().flatten().collect()
    }

    fn own_day(portfolio: &Portfolio, subject: Subject) -> Option<Day> {
        portfolio.meeting(at(subject)?).since
    }

    fn over_from(portfolio: &Portfolio, subject: Subject) -> Option<Day> {
        portfolio.meeting(at(subject)?).until
    }
}

/// The record of the base and that of the head, where there is one.
pub fn records<'p>(pair: &Pair<'p>, before: MeetingIx) -> Option<(&'p Meeting, &'p Meeting)> {
    let now = at(pair.pairing.in_head(Subject::Meeting(before))?)?;
    Some((pair.base.portfolio.meeting(before), pair.head.portfolio.meeting(now)))
}

/// Whether what a 1:1 is for was taken out of its record: its purpose, or its whole agenda.
fn label_was_taken_out(was: &Meeting, is: &Meeting) -> bool {
    (was.purpose.is_some() && is.purpose.is_none()) || (!was.agenda.is_empty() && is.agenda.is_empty())
}

/// Whether a 1:1 is counted as missed less because its record says less: an earlier day, fewer that were cancelled
/// and none that was held, or a slower cadence.
pub fn is_due_less(was: &Meeting, is: &Meeting) -> bool {
    let slower = was.every.is_some_and(|before| is.every.is_none_or(|now| now > before));
    let uncancelled = is.cancelled_in_a_row < was.cancelled_in_a_row && is.last_held <= was.last_held;
    slower || uncancelled || is.last_held < was.last_held
}

/// What resolves a 1:1 that has the wrong job or the wrong owner. It does one job and has another owner or other
/// jobs than before; or it is over, and others do what it did, of which one is new to it.
pub fn was_put_right(pair: &Pair<'_>, before: OneOnOne) -> Resolution {
    let now = pair.pairing.in_head(Subject::Meeting(before.meeting)).and_then(at);
    let Some(one) = now.and_then(|now| pair.head.one_on_one(now)) else {
        return if was_split(pair, before) {
            Resolution::Repaired(How::Split)
        } else {
            Resolution::Withdrawn(How::Removed)
        };
    };
    if !one.jobs.delivery && !one.jobs.craft {
        return Resolution::Withdrawn(How::Unknown);
    }
    let taken_out = records(pair, before.meeting).is_some_and(|(was, is)| label_was_taken_out(was, is));
    let is_another = one.jobs != before.jobs || !pair.is_same(Some(before.owner), Some(one.owner));
    let one_job = one.jobs.delivery != one.jobs.craft;
    Resolution::repaired_if(one_job && is_another && !taken_out, How::Changed)
}

/// Whether each job of a 1:1 is done by another one with the same person, and one of these is new to it.
fn was_split(pair: &Pair<'_>, before: OneOnOne) -> bool {
    let Some(with) = pair.person(before.with) else { return false };
    let jobs = [Line::Delivery, Line::Craft].into_iter().filter(|line| before.jobs.has(*line));
    if !jobs.clone().all(|line| pair.head.has_one_on_one(line, with)) {
        return false;
    }
    pair.head.one_on_ones_with(with).any(|one| {
        let then = pair.pairing.in_base(Subject::Meeting(one.meeting)).and_then(at);
        let then = then.and_then(|then| pair.base.one_on_one(then));
        jobs.clone().any(|line| one.jobs.has(line) && !then.is_some_and(|then| then.jobs.has(line)))
    })
}

/// What is found in a 1:1 of which nobody had said what it is for, and somebody now has, is only told.
pub fn told_by_label(pair: &Pair<'_>, now: OneOnOne) -> Told {
    let before = pair.pairing.in_base(Subject::Meeting(now.meeting)).and_then(at);
    let Some(was) = before.map(|before| pair.base.portfolio.meeting(before)) else { return Told::Nothing };
    let is = pair.head.portfolio.meeting(now.meeting);
    let unlabelled = was.purpose.is_none() && (is.purpose.is_some() || was.agenda.is_empty());
    Told::all_if(unlabelled)
}
