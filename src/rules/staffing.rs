//! What comes with staffing, through nobody's act: whoever joins after the base's day, whoever takes a line over (the
//! 1:1s and the talks follow), and whoever left long ago and is taken out of the file.

use super::facts::OneOnOne;
use super::pair::Pair;
use super::rule::Told;
use super::subjects::people::{any_line_was_handed_over, line_was_handed_over};
use super::subjects::says_the_same;
use crate::base::ids::{ConversationIx, PersonIx, SquadIx, Subject};
use crate::model::{Link, Meeting, Person, target};
use crate::records::words::{ConversationKind, Line};

/// All of it where the condition stood before somebody came.
pub fn of_newcomer(pair: &Pair<'_>, person: PersonIx) -> Told {
    Told::all_if(pair.starts_later(person))
}

/// A 1:1 that somebody lacks: they are new, or a line has another owner, who has yet to begin it.
pub fn of_missing_one_on_one(pair: &Pair<'_>, person: PersonIx, line: Line) -> Told {
    Told::all_if(pair.starts_later(person) || ended_by_handover(pair, person, line))
}

/// Whether the 1:1s that served a line of somebody ended because a line changed hands. Those with the line's owner of
/// before do; so does one whose record is as before, since a meeting can be a 1:1 only as long as one of the two owns a
/// line of the other. One that another person held, the new owner perhaps, does not end so: whoever ends or relabels it
/// does that.
fn ended_by_handover(pair: &Pair<'_>, person: PersonIx, line: Line) -> bool {
    let Some(before) = pair.in_base(person) else { return false };
    let Some(owner) = pair.base.lines.owner(line, before) else { return false };
    let is_this_line = line_was_handed_over(pair, person, line);
    let mut served = pair.base.one_on_ones_with(before).filter(|one| pair.base.serves(*one, line)).peekable();
    // What served one line is lost with the other one only where there was something.
    if !is_this_line && (served.peek().is_none() || !any_line_was_handed_over(pair, person)) {
        return false;
    }
    served.all(|one| {
        let was = Subject::Meeting(one.meeting);
        let is = pair.pairing.in_head(was);
        (is_this_line && one.owner == owner) || is.is_some_and(|is| says_the_same(pair, was, is))
    })
}

/// A 1:1 that stayed with whoever held it when the line went to somebody else.
pub fn of_old_owners_one_on_one(pair: &Pair<'_>, now: OneOnOne, line: Line) -> Told {
    let Some(was) = pair.record_before(now.meeting) else { return Told::Nothing };
    let owner = pair.base.lines.sides(was).map(|(owner, _)| owner);
    if is_turned(pair, was, now) {
        return Told::All;
    }
    let is_as_before = was.jobs().has(line) && pair.is_same(owner, Some(now.owner));
    Told::all_if(is_as_before && line_was_handed_over(pair, now.with, line))
}

/// A meeting that is a 1:1 only since one of the two took a line of the other over, such as one between peers.
pub fn of_new_one_on_one(pair: &Pair<'_>, now: OneOnOne) -> Told {
    let Some(Subject::Meeting(before)) = pair.pairing.in_base(Subject::Meeting(now.meeting)) else {
        return Told::Nothing;
    };
    let was = pair.base.portfolio.meeting(before);
    let is_as_written = says_the_same(pair, Subject::Meeting(before), Subject::Meeting(now.meeting))
        && is_between_the_same(pair, was, now);
    let took_over = |line| {
        pair.head.lines.owner(line, now.with) == Some(now.owner) && line_was_handed_over(pair, now.with, line)
    };
    let is_new = pair.base.one_on_one(before).is_none();
    Told::all_if(is_as_written && is_new && [Line::Delivery, Line::Craft].into_iter().any(took_over))
}

/// Whether the record of a meeting names the same two people in the same order.
fn is_between_the_same(pair: &Pair<'_>, was: &Meeting, now: OneOnOne) -> bool {
    let is = pair.head.portfolio.meeting(now.meeting);
    pair.is_same(was.owner.target(), is.owner.target()) && pair.is_same(target(was.with), target(is.with))
}

/// Whether a 1:1 is about the other one of the two, as it is read since lines changed hands; its record is the same.
fn is_turned(pair: &Pair<'_>, was: &Meeting, now: OneOnOne) -> bool {
    let is = pair.head.portfolio.meeting(now.meeting);
    let with = pair.base.lines.sides(was).map(|(_, with)| with);
    is_between_the_same(pair, was, now)
        && was.jobs() == is.jobs()
        && with.is_some()
        && !pair.is_same(with, Some(now.with))
}

/// A 1:1 without a label that is one since its owner took a line over; not one whose label was taken off.
pub fn of_new_owners_one_on_one(pair: &Pair<'_>, now: OneOnOne) -> Told {
    let was = pair.record_before(now.meeting);
    let had_label = was.is_some_and(|was| was.purpose.is_some() || !was.agenda.is_empty());
    let took_over = |line| {
        pair.head.lines.owner(line, now.with) == Some(now.owner) && line_was_handed_over(pair, now.with, line)
    };
    Told::all_if(!had_label && [Line::Delivery, Line::Craft].into_iter().any(took_over))
}

/// A performance talk that stayed with whoever owed it when the delivery line went to somebody else.
pub fn of_old_owners_talk(pair: &Pair<'_>, now: ConversationIx) -> Told {
    let Some(was) = pair.record_before(now) else { return Told::Nothing };
    let is = pair.head.portfolio.conversation(now);
    let is_as_before = was.kind == ConversationKind::Performance
        && was.is_open(pair.base_day)
        && pair.is_same(was.owner.target(), is.owner.target());
    let with = is.with.target();
    Told::all_if(is_as_before && with.is_some_and(|with| line_was_handed_over(pair, with, Line::Delivery)))
}

/// Whether somebody leads a squad now whose escalation path is their delivery line, and did not before; the path is
/// the same as before.
pub fn is_heir_of_path(pair: &Pair<'_>, person: PersonIx) -> bool {
    let portfolio = pair.head.portfolio;
    let record = portfolio.person(person);
    if record.delivery_owner.is_some() {
        return false;
    }
    let leads = |squad: &SquadIx| target(portfolio.squad(*squad).lead) == Some(person);
    let through = match target(record.squad) {
        Some(squad) => Some(squad).filter(leads),
        None => portfolio.squad_positions().find(leads),
    };
    let Some(now) = through else { return false };
    let Some(was) = pair.record_before(now) else { return false };
    let is = portfolio.squad(now);
    let another = !pair.is_same(target(was.lead), Some(person));
    another && pair.is_same(target(was.escalates_to), target(is.escalates_to))
}

/// Whether a key of a person's record named a leaver who is in the file no more, and names nobody now: what that
/// changes for others was so before.
pub fn lost_a_leaver(
    pair: &Pair<'_>,
    person: PersonIx,
    key: impl Fn(&Person) -> Option<Link<PersonIx>>,
) -> bool {
    let Some(was) = pair.record_before(person) else { return false };
    let was = target(key(was));
    let is = key(pair.head.portfolio.person(person));
    is.is_none() && was.is_some_and(|was| pair.is_deleted_leaver(was))
}
