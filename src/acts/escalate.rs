//! `escalate`: a decision is handed up.

use super::change::{day, set};
use super::{NoDeed, Request};
use crate::model::Patch;

/// Sets the day on which it was handed up.
pub(super) fn deed(request: &mut Request<'_, '_>) -> Result<Patch, NoDeed> {
    let escalated = request.day_or_today(request.told.escalated, "--escalated", "it is escalated")?;
    Ok(Patch(vec![set(request.name(), "escalated", day(escalated))]))
}
