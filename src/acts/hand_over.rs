//! `hand-over`: a 1:1, a conversation or a mentorship goes to whose job it is.

use super::change::{day, set};
use super::{NoDeed, Request, request};
use crate::base::ids::{ConversationIx, MeetingIx, MentorshipIx, PersonIx, Subject};
use crate::base::message::message;
use crate::model::{Change, Patch};
use crate::records::words::Line;
use crate::rules::facts::OneOnOne;
use crate::yaml::value::Value;

/// By what is handed over.
pub(super) fn deed(request: &mut Request<'_, '_>) -> Result<Patch, NoDeed> {
    match request.subject() {
        Subject::Meeting(at) => meeting(request, at),
        Subject::Conversation(at) => conversation(request, at),
        Subject::Mentorship(at) => mentorship(request, at),
        _ => Err(NoDeed::ByHand(Vec::new())),
    }
}

/// A 1:1 goes to the owner of its line; where they hold one for that job already, it ends.
fn meeting(request: &mut Request<'_, '_>, at: MeetingIx) -> Result<Patch, NoDeed> {
    let facts = request.facts;
    let Some(one) = facts.one_on_one(at) else { return Err(NoDeed::ByHand(Vec::new())) };
    let line = if one.jobs.craft { Line::Craft } else { Line::Delivery };
    let owner = facts.lines.filter_active(facts.lines.owner(line, one.with));
    let owner = owner.filter(|owner| *owner != one.owner && *owner != one.with);
    let to = match owner {
        Some(owner) => Some(owner),
        None => request.told_holder(one.with)?,
    };
    let Some(to) = to else { return Err(request::untold(("--to", "PERSON"), None)) };
    let name = request.name();
    if facts.has_own_one_on_one(line, to, one.with) {
        return Ok(Patch(vec![set(name, "until", day(facts.day))]));
    }
    Ok(Patch(handed_over(request, one, request.id(to))))
}

/// The changes that give a 1:1 to somebody else. It keeps its id, so that it stays the same meeting.
pub(super) fn handed_over(request: &Request<'_, '_>, one: OneOnOne, to: &str) -> Vec<Change> {
    let meeting = request.portfolio().meeting(one.meeting);
    let name = super::name_of(request.portfolio(), Subject::Meeting(one.meeting));
    let mut changes = Vec::new();
    if meeting.derived_id {
        changes.push(set(name.clone(), "id", request.portfolio().text(meeting.id)));
    }
    changes.push(set(name.clone(), "owner", to));
    // Where it was written from the other side, that is put right: each of the two could own a line of the other.
    if meeting.owner.target() != Some(one.owner) {
        changes.push(set(name, "with", request.id(one.with)));
    }
    changes
}

/// A conversation goes to the delivery owner of whom it is with.
fn conversation(request: &mut Request<'_, '_>, at: ConversationIx) -> Result<Patch, NoDeed> {
    let facts = request.facts;
    let talk = facts.portfolio.conversation(at);
    let with = talk.with.target();
    let owner = with.and_then(|with| facts.lines.filter_active(facts.lines.delivery_owner(with)));
    let Some(to) = owner else { return Err(NoDeed::First(message!("nobody who is there owns that line"))) };
    let name = request.name();
    let mut changes = Vec::new();
    if talk.derived_id {
        changes.push(set(name.clone(), "id", facts.portfolio.text(talk.id)));
    }
    changes.push(set(name, "owner", request.id(to)));
    Ok(Patch(changes))
}

/// A mentorship ends; whoever was named goes on with it. That nobody does has to be told too: it is not ended unasked.
fn mentorship(request: &mut Request<'_, '_>, at: MentorshipIx) -> Result<Patch, NoDeed> {
    let today = request.facts.day;
    let name = request.name();
    let mut changes = vec![set(name.clone(), "until", day(today))];
    match request.told.to {
        None if request.told.nobody => {}
        None if request.may_assume() => request.assume(message!("nobody else mentors instead")),
        None => return Err(request::untold(("--to", "PERSON|nobody"), None)),
        Some(to) => {
            let portfolio = request.portfolio();
            let mentee = portfolio.mentorship(at).mentee.target();
            if let Some(mentee) = mentee {
                changes.push(mentoring(request, to, mentee, Some(name)));
            }
        }
    }
    Ok(Patch(changes))
}

/// A new mentorship; with an `id` only where the one that would be made is taken.
pub(super) fn mentoring(
    request: &Request<'_, '_>,
    mentor: PersonIx,
    mentee: PersonIx,
    after: Option<String>,
) -> Change {
    let (mentor, mentee) = (request.id(mentor), request.id(mentee));
    let free = request.portfolio().id_unless_free("mentorship", &format!("{mentor}--{mentee}"));
    let mut entries: Vec<(String, Value)> = Vec::new();
    entries.extend(free.map(|id| ("id".to_owned(), Value::Text(id))));
    entries.push(("mentor".to_owned(), mentor.into()));
    entries.push(("mentee".to_owned(), mentee.into()));
    entries.push(("since".to_owned(), day(request.told.from.unwrap_or(request.facts.day))));
    Change::Add { add: "mentorships".to_owned(), item: Value::Map(entries), after }
}
