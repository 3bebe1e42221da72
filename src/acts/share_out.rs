//! `share-out`, `share-out-delivery`: somebody who owns too many lines gives some of them up.

use super::change::{outsider, set};
use super::hand_over::handed_over;
use super::{NoDeed, Request};
use crate::base::ids::{PersonIx, Subject};
use crate::base::message::message;
use crate::model::Patch;
use crate::records::words::Line;

/// The craft line.
pub(super) fn craft(request: &mut Request<'_, '_>) -> Result<Patch, NoDeed> {
    share_out(request, Line::Craft)
}

/// The delivery line.
pub(super) fn delivery(request: &mut Request<'_, '_>) -> Result<Patch, NoDeed> {
    share_out(request, Line::Delivery)
}

/// As many people as are over the span, the last by id, go to somebody new, who takes over their 1:1s of that line.
fn share_out(request: &mut Request<'_, '_>, line: Line) -> Result<Patch, NoDeed> {
    let Subject::Person(owner) = request.subject() else { return Err(NoDeed::ByHand(Vec::new())) };
    let key = match line {
        Line::Delivery => "delivery_owner",
        Line::Craft => "craft_owner",
    };
    request.only_assumed(
        vec![message!(
            "write `",
            key,
            "` for some of the people whose ",
            line.word(),
            " line ",
            owner,
            " owns"
        )],
        message!("the last of them by id go to somebody new from outside"),
    )?;
    let facts = request.facts;
    let count = usize::try_from(request.count()).unwrap_or_default();
    let lines = &facts.lines;
    let is_theirs = |person: &PersonIx| {
        lines.is_scored(*person) && lines.in_scope(line, *person) && lines.owner(line, *person) == Some(owner)
    };
    let mut people: Vec<PersonIx> = facts.portfolio.person_positions().filter(is_theirs).collect();
    people.reverse();
    people.truncate(count);
    let newcomer = request.free_outsider();
    let mut changes = vec![outsider(&newcomer)];
    for person in people {
        changes.push(set(super::name_of(facts.portfolio, Subject::Person(person)), key, newcomer.as_str()));
        let theirs = facts.one_on_ones_with(person).filter(|one| one.owner == owner && one.jobs.has(line));
        for one in theirs.filter(|one| !(one.jobs.delivery && one.jobs.craft)) {
            changes.extend(handed_over(request, one, &newcomer));
        }
    }
    Ok(Patch(changes))
}
