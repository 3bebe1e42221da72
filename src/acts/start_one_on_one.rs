//! `start-craft-1on1`, `start-delivery-1on1`: the owner of a line starts a 1:1.

use super::change::day;
use super::{NoDeed, Request};
use crate::base::ids::{PersonIx, Subject};
use crate::base::message::message;
use crate::model::{Change, Patch};
use crate::records::values::Every;
use crate::records::words::{Line, MeetingKind};
use crate::yaml::value::Value;

/// A Craft 1:1 with the craft owner, monthly unless told.
pub(super) fn craft(request: &mut Request<'_, '_>) -> Result<Patch, NoDeed> {
    start(request, Line::Craft)
}

/// A Delivery 1:1 with the delivery owner, weekly unless told.
pub(super) fn delivery(request: &mut Request<'_, '_>) -> Result<Patch, NoDeed> {
    start(request, Line::Delivery)
}

/// How often a 1:1 of a line takes place unless told.
pub(super) fn cadence(line: Line) -> Every {
    match line {
        Line::Delivery => Every::WEEKLY,
        Line::Craft => Every::MONTHLY,
    }
}

fn start(request: &mut Request<'_, '_>, line: Line) -> Result<Patch, NoDeed> {
    let Subject::Person(person) = request.subject() else { return Err(NoDeed::ByHand(Vec::new())) };
    let lines = &request.facts.lines;
    let owner = lines.filter_active(lines.owner(line, person));
    let Some(owner) = owner else {
        return Err(NoDeed::First(message!(
            "nobody who is there owns the ",
            line.word(),
            " line of ",
            person
        )));
    };
    let mut unlabelled = request.facts.one_on_ones_with(person).filter(|one| one.owner == owner);
    let unlabelled = unlabelled.find(|one| !one.jobs.delivery && !one.jobs.craft);
    if let Some(one) = unlabelled.filter(|_| !request.may_assume()) {
        // It may be the one that seems missing: a second one would be made up.
        return Err(NoDeed::First(message!("nobody has said what ", one.meeting, " is for; label it first")));
    }
    let entries = vec![
        ("purpose", Value::from(line.word())),
        ("every", request.told.every.unwrap_or(cadence(line)).word().as_str().into()),
        ("since", day(request.told.from.unwrap_or(request.facts.day))),
    ];
    Ok(Patch(vec![new_meeting(request, (owner, person), entries, last_with(request, person))]))
}

/// A new meeting of two; with an `id` only where the one that would be made is taken.
pub(super) fn new_meeting(
    request: &Request<'_, '_>,
    (owner, with): (PersonIx, PersonIx),
    rest: Vec<(&'static str, Value)>,
    after: Option<String>,
) -> Change {
    let (owner, with) = (request.id(owner), request.id(with));
    let mut entries: Vec<(&str, Value)> = Vec::new();
    let derived = format!("{owner}--{with}");
    entries.extend(request.portfolio().id_unless_free("meeting", &derived).map(|id| ("id", Value::Text(id))));
    entries.extend([("owner", owner.into()), ("with", with.into())]);
    entries.extend(rest);
    let item = entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    Change::Add { add: "meetings".to_owned(), item: Value::Map(item), after }
}

/// The last 1:1 with somebody: a new one is written after it.
fn last_with(request: &Request<'_, '_>, person: PersonIx) -> Option<String> {
    let portfolio = request.portfolio();
    let all = request.facts.one_on_ones_with(person);
    let is_one =
        |one: &crate::rules::facts::OneOnOne| portfolio.meeting(one.meeting).kind == MeetingKind::OneOnOne;
    let last = all.filter(is_one).max_by_key(|one| portfolio.meeting(one.meeting).at)?;
    Some(super::name_of(portfolio, Subject::Meeting(last.meeting)))
}
