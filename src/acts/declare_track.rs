//! `declare-track`: somebody says which way up they choose.

use super::change::set;
use super::{NoDeed, Request};
use crate::base::message::message;
use crate::model::Patch;
use crate::records::words::Track;

/// Sets `track`, by the person's own word.
pub(super) fn deed(request: &mut Request<'_, '_>) -> Result<Patch, NoDeed> {
    // Which one it is does not change what the act comes to, so it says nothing about the person.
    let likely = Some((Track::Warrant, None));
    let track = request.told_or(request.told.track, ("--track", "warrant|officer"), likely, |track| {
        message!("they choose the ", track.word(), " track")
    })?;
    Ok(Patch(vec![set(request.name(), "track", track.word())]))
}
