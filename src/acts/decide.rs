//! `decide`: a decision is taken.

use super::change::{day, set};
use super::{NoDeed, Request};
use crate::model::Patch;

/// Sets the day on which it was closed.
pub(super) fn deed(request: &mut Request<'_, '_>) -> Result<Patch, NoDeed> {
    let closed = request.day_or_today(request.told.closed, "--closed", "it is decided")?;
    Ok(Patch(vec![set(request.name(), "closed", day(closed))]))
}
