//! `start-peer-1on1`: a squad lead meets another squad's lead.

use super::change::day;
use super::start_one_on_one::new_meeting;
use super::{NoDeed, Request};
use crate::base::ids::{PersonIx, SquadIx, Subject};
use crate::base::message::message;
use crate::model::Patch;
use crate::records::values::Every;
use crate::records::words::MeetingKind;

/// A new meeting of kind `peer`.
pub(super) fn deed(request: &mut Request<'_, '_>) -> Result<Patch, NoDeed> {
    let Subject::Squad(squad) = request.subject() else { return Err(NoDeed::ByHand(Vec::new())) };
    let Some(lead) = request.facts.squad_lead(squad) else {
        return Err(NoDeed::First(message!("squad ", squad, " has no lead who is there")));
    };
    let likely = peer_of(request, squad, lead).map(|peer| (peer, Some(request.id(peer).to_owned())));
    let peer = request
        .told_or(request.told.to, ("--to", "PERSON"), likely, |peer| message!("it is with ", *peer))?;
    let entries = vec![
        ("kind", MeetingKind::Peer.word().into()),
        ("every", request.told.every.unwrap_or(Every::MONTHLY).word().as_str().into()),
        ("since", day(request.told.from.unwrap_or(request.facts.day))),
    ];
    Ok(Patch(vec![new_meeting(request, (lead, peer), entries, None)]))
}

/// The first other lead by id who is on no line with this one.
fn peer_of(request: &Request<'_, '_>, squad: SquadIx, lead: PersonIx) -> Option<PersonIx> {
    let facts = request.facts;
    let others = request.portfolio().squad_positions().filter(|other| *other != squad);
    let leads = others.filter_map(|other| facts.squad_lead(other));
    let above = |one: PersonIx, other: PersonIx| facts.lines.delivery_owner(one) == Some(other);
    leads.filter(|other| *other != lead && !above(lead, *other) && !above(*other, lead)).min()
}
