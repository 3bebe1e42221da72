//! `move-rating`: somebody else rates a person than their craft owner.

use super::change::set;
use super::{NoDeed, Request, request};
use crate::base::ids::Subject;
use crate::base::message::message;
use crate::model::Patch;

/// Sets `rated_by` to the delivery owner, or to whoever was named.
pub(super) fn deed(request: &mut Request<'_, '_>) -> Result<Patch, NoDeed> {
    let Subject::Person(person) = request.subject() else { return Err(NoDeed::ByHand(Vec::new())) };
    let lines = &request.facts.lines;
    let owner = lines.filter_active(lines.delivery_owner(person));
    let likely = owner.filter(|owner| lines.craft_owner(person) != Some(*owner));
    if likely.is_none() && request.told.to.is_none() {
        return Err(request::untold(("--to", "PERSON"), None));
    }
    let likely = likely.map(|owner| (owner, Some(request.id(owner).to_owned())));
    let rater = request.told_or(request.told.to, ("--to", "PERSON"), likely, |rater| {
        message!(*rater, " agrees to rate them")
    })?;
    Ok(Patch(vec![set(request.name(), "rated_by", request.id(rater))]))
}
