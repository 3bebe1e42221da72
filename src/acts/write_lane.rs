//! `write-lane`: a guild gets a way up for experts who do not manage.

use super::change::set;
use super::level_pay::lanes_with;
use super::{NoDeed, Request};
use crate::base::ids::Subject;
use crate::base::message::message;
use crate::model::Patch;

/// A warrant lane with the levels and the pay of the officer lane.
pub(super) fn deed(request: &mut Request<'_, '_>) -> Result<Patch, NoDeed> {
    let Subject::Guild(at) = request.subject() else { return Err(NoDeed::ByHand(Vec::new())) };
    request.only_assumed(
        vec![message!("write under `lanes` of guild ", at, " a lane with `track: warrant` and its `levels`")],
        message!("the warrant lane has the levels and the pay of the officer lane"),
    )?;
    let lanes = lanes_with(request, at, |_| true);
    Ok(Patch(vec![set(request.name(), "lanes", lanes)]))
}
