//! 1:1s: active meetings of two in which one owes the other something.

use super::SubjectKind;
use crate::base::day::{Day, Days};
use crate::base::ids::{MeetingIx, PersonIx, Position, Subject};
use crate::model::{Meeting, Portfolio, counted_days};
use crate::records::words::Line;
use crate::rules::facts::Facts;
use crate::rules::facts::OneOnOne;
use crate::rules::pair::Pair;
use crate::rules::rule::{How, Resolution, Told};

/// 1:1s: active meetings of two in which one owes the other something.
#[derive(Debug)]
pub struct OneOnOnes;

impl SubjectKind for OneOnOnes {
    type Item = OneOnOne;
    const TYPE_NAME: &'static str = "meeting";

    fn item(facts: &Facts<'_>, subject: Subject) -> Option<OneOnOne> {
        facts.one_on_one(MeetingIx::of(subject)?)
    }

    fn each(facts: &Facts<'_>, take: &mut dyn FnMut(Subject)) {
        facts.one_on_ones().iter().for_each(|one| take(Subject::Meeting(one.meeting)));
    }

    fn in_scope(facts: &Facts<'_>, _: Option<Line>, subject: Subject) -> bool {
        MeetingIx::of(subject).is_some_and(|at| facts.one_on_one(at).is_some())
    }

    fn is_written(_: &Portfolio) -> bool {
        true
    }

    fn about(facts: &Facts<'_>, subject: Subject) -> Option<PersonIx> {
        facts.lines.sides(facts.portfolio.meeting(MeetingIx::of(subject)?)).map(|(_, with)| with)
    }

    fn own_day(portfolio: &Portfolio, subject: Subject) -> Option<Day> {
        portfolio.meeting(MeetingIx::of(subject)?).since
    }
}

/// Whether what a 1:1 is for was taken out of its record: its purpose, or its whole agenda.
pub fn label_was_taken_out(was: &Meeting, is: &Meeting) -> bool {
    (was.purpose.is_some() && is.purpose.is_none()) || (!was.agenda.is_empty() && is.agenda.is_empty())
}

/// Whether a 1:1 is counted as missed less because its record says less: an earlier day, fewer that were cancelled
/// and none that was held, or a slower cadence.
pub fn is_due_less(was: &Meeting, is: &Meeting) -> bool {
    let slower = was.every.is_some_and(|before| is.every.is_none_or(|now| now > before));
    let uncancelled = is.cancelled_in_a_row < was.cancelled_in_a_row && is.last_held <= was.last_held;
    slower || uncancelled || is.last_held < was.last_held
}

/// Whether the record of a 1:1 was made lighter, in any respect: nothing that is found in it is repaired by that.
pub fn is_lighter(was: &Meeting, is: &Meeting) -> bool {
    label_was_taken_out(was, is) || is_due_less(was, is)
}

/// What resolves a 1:1 that has the wrong job or the wrong owner. It does one job and has another owner or other
/// jobs than before; or it is over, and others do what it did, of which one is new to it.
pub fn was_put_right(pair: &Pair<'_>, before: OneOnOne) -> Resolution {
    let now = pair.in_head(before.meeting);
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
    if pair.records(before.meeting).is_some_and(|(was, is)| is_lighter(was, is)) {
        // Another id: the 1:1 is gone, and those that do its jobs now have a calendar of their own.
        let id = |side: &Facts<'_>, at| side.portfolio.subject_id(Subject::Meeting(at)).to_owned();
        let is_replaced = id(pair.base, before.meeting) != id(pair.head, one.meeting);
        return Resolution::repaired_if(is_replaced && was_split(pair, before), How::Split);
    }
    let is_another = one.jobs != before.jobs || !pair.is_same(Some(before.owner), Some(one.owner));
    let one_job = one.jobs.delivery != one.jobs.craft;
    Resolution::repaired_if(one_job && is_another, How::Changed)
}

/// Whether each job of a 1:1 is done by another one with the same person, and one of these is new to it.
fn was_split(pair: &Pair<'_>, before: OneOnOne) -> bool {
    let Some(with) = pair.in_head(before.with) else { return false };
    let jobs = [Line::Delivery, Line::Craft].into_iter().filter(|line| before.jobs.has(*line));
    if !jobs.clone().all(|line| pair.head.is_served(line, with)) {
        return false;
    }
    pair.head.one_on_ones_with(with).any(|one| {
        let then = pair.in_base(one.meeting);
        let then = then.and_then(|then| pair.base.one_on_one(then));
        jobs.clone()
            .any(|line| pair.head.serves(one, line) && !then.is_some_and(|then| pair.base.serves(then, line)))
    })
}

/// What is found in a 1:1 of which nobody had said what it is for, and somebody now has, is only told.
pub fn told_by_label(pair: &Pair<'_>, now: OneOnOne) -> Told {
    let before = pair.in_base(now.meeting);
    let Some(was) = before.map(|before| pair.base.portfolio.meeting(before)) else { return Told::Nothing };
    let is = pair.head.portfolio.meeting(now.meeting);
    let unlabelled = was.purpose.is_none() && (is.purpose.is_some() || was.agenda.is_empty());
    Told::all_if(unlabelled)
}

/// How often a 1:1 was missed, and how that is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Missed {
    /// Cancelled in a row.
    pub cancelled: i64,
    /// Missed by the calendar.
    pub by_time: i64,
    /// The day from which missed ones are counted, and the days from one to the next.
    pub calendar: Option<(Day, Days)>,
}

impl Missed {
    /// The larger of the two.
    pub fn most(self) -> i64 {
        self.cancelled.max(self.by_time)
    }
}

/// How often a 1:1 was missed; none where that cannot be told.
pub fn missed(facts: &Facts<'_>, one: OneOnOne) -> Option<Missed> {
    let meeting = facts.portfolio.meeting(one.meeting);
    let cancelled = i64::from(meeting.cancelled_in_a_row);
    let every = meeting.every.map(|days| Days::new(i64::from(days)));
    let calendar = meeting.last_held.or(meeting.since).zip(every);
    let until_now = calendar.filter(|(from, _)| *from <= facts.day);
    if cancelled < 2 && until_now.is_none() {
        return None;
    }
    let by_time = until_now.map_or(0, |(from, every)| {
        let days = counted_days(from, facts.day, &facts.with_leaves([one.owner, one.with]));
        // Today's may yet be held.
        days.count().saturating_sub(1).max(0).div_euclid(every.count().max(1))
    });
    Some(Missed { cancelled, by_time, calendar })
}

/// Missed meetings beyond the first, up to the cap: `max(0, min(n, missed_cap) − 1)`.
pub fn missed_units(missed: i64, missed_cap: i64) -> i64 {
    missed.min(missed_cap).saturating_sub(1).max(0)
}

/// After this many days without an entry, a calendar is not kept any more, however long the cadence of its meetings.
const SLEEPS_AFTER: Days = Days::new(28);

/// Whether a 1:1 was missed as far as the file goes, and the file sleeps: nothing that its owner held of late is
/// written, so that nothing follows from this one not being there.
pub fn is_asleep(facts: &Facts<'_>, one: OneOnOne, missed: Missed) -> bool {
    let Some((_, every)) = missed.calendar else { return false };
    if missed.cancelled >= 2 || missed.by_time < 2 {
        return false;
    }
    let near = every.twice().min(SLEEPS_AFTER);
    facts.last_held(one.owner).is_none_or(|last| facts.day.days_since(last) > near)
}

/// Whether a 1:1 of the base is none any more.
pub fn ended(pair: &Pair<'_>, before: MeetingIx) -> bool {
    let now = pair.in_head(before);
    now.and_then(|now| pair.head.one_on_one(now)).is_none()
}

/// Whether a 1:1 of the head is one of the base that had no agenda.
pub fn had_no_agenda(pair: &Pair<'_>, now: OneOnOne) -> bool {
    pair.record_before(now.meeting).is_some_and(|was| was.agenda.is_empty())
}
