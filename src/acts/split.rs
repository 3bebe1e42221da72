//! `split`: a 1:1 that is delivery and craft at once becomes two.

use super::change::{day, set};
use super::start_one_on_one::{cadence, new_meeting};
use super::{NoDeed, Request, request};
use crate::base::ids::{PersonIx, Subject};
use crate::model::{Change, Patch};
use crate::records::values::Every;
use crate::records::words::{Line, Purpose, Topic};
use crate::rules::facts::OneOnOne;
use crate::yaml::value::Value;

/// Keeps one job on it; the other goes to the owner of that line, in a new 1:1 unless there is one already.
pub(super) fn deed(request: &mut Request<'_, '_>) -> Result<Patch, NoDeed> {
    let one = match request.subject() {
        Subject::Meeting(at) => request.facts.one_on_one(at),
        _ => None,
    };
    let Some(one) = one else { return Err(NoDeed::ByHand(Vec::new())) };
    let lines = &request.facts.lines;
    let owns = |line| lines.owner(line, one.with) == Some(one.owner);
    let (stays, goes) = if owns(Line::Craft) && !owns(Line::Delivery) {
        (Line::Craft, Line::Delivery)
    } else {
        (Line::Delivery, Line::Craft)
    };
    let meeting = request.portfolio().meeting(one.meeting);
    let stripped: Vec<Topic> =
        meeting.agenda.iter().copied().filter(|topic| topic.line() == Some(goes)).collect();
    let topics: Vec<Value> = stripped.iter().map(|topic| topic.word().into()).collect();
    let name = request.name();
    let purpose = purpose_of(stays);
    let mut changes = Vec::new();
    if meeting.purpose != Some(purpose) {
        changes.push(set(name.clone(), "purpose", purpose.word()));
    }
    if !topics.is_empty() {
        changes.push(Change::Strip { strip: name.clone(), key: "agenda".to_owned(), items: topics.clone() });
    }
    if let Some(other) = other_owner(request, one, goes)? {
        let every = meeting.every.map_or_else(|| cadence(goes), |days| slower(goes, Every(days)));
        let mut entries = vec![("purpose", Value::from(purpose_of(goes).word()))];
        if !topics.is_empty() {
            entries.push(("agenda", Value::List(topics)));
        }
        entries.push(("every", request.told.every.unwrap_or(every).word().as_str().into()));
        entries.push(("since", day(request.told.from.unwrap_or(request.facts.day))));
        changes.push(new_meeting(request, (other, one.with), entries, Some(name)));
    }
    Ok(Patch(changes))
}

/// Who holds the new 1:1; nobody where there is one already, or where nobody owns that line. Where that has to be told
/// it is asked for.
fn other_owner(request: &mut Request<'_, '_>, one: OneOnOne, line: Line) -> Result<Option<PersonIx>, NoDeed> {
    let facts = request.facts;
    let owner = facts.lines.filter_active(facts.lines.owner(line, one.with));
    if let Some(owner) = owner {
        let has_one = facts
            .one_on_ones_with(one.with)
            .any(|other| other.meeting != one.meeting && other.owner == owner && other.jobs.has(line));
        if has_one {
            return Ok(None);
        }
    }
    let other = owner.filter(|owner| *owner != one.owner && *owner != one.with);
    let other = match other {
        Some(other) => Some(other),
        None => request.told_holder(one.with)?,
    };
    match other {
        Some(other) => Ok(Some(other)),
        None if request.may_assume() => Ok(None),
        None => Err(request::untold(("--to", "PERSON"), None)),
    }
}

fn purpose_of(line: Line) -> Purpose {
    match line {
        Line::Delivery => Purpose::Delivery,
        Line::Craft => Purpose::Craft,
    }
}

/// A Craft 1:1 need not be weekly where the one that was split was.
fn slower(line: Line, every: Every) -> Every {
    match line {
        Line::Craft if every.0 <= 14 => cadence(Line::Craft),
        Line::Craft | Line::Delivery => every,
    }
}
