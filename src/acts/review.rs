//! `review`, `review-context`, `review-exit`: a promotion, a squad's context or a leaving was reviewed.

use super::change::{day, set};
use super::{NoDeed, Request};
use crate::model::Patch;

/// A promotion.
pub(super) fn promotion(request: &mut Request<'_, '_>) -> Result<Patch, NoDeed> {
    reviewed(request, "reviewed")
}

/// The context of a squad.
pub(super) fn context(request: &mut Request<'_, '_>) -> Result<Patch, NoDeed> {
    reviewed(request, "context.reviewed")
}

/// How somebody left.
pub(super) fn exit(request: &mut Request<'_, '_>) -> Result<Patch, NoDeed> {
    reviewed(request, "exit.reviewed")
}

fn reviewed(request: &mut Request<'_, '_>, key: &str) -> Result<Patch, NoDeed> {
    let reviewed = request.day_or_today(request.told.reviewed, "--reviewed", "it is reviewed")?;
    Ok(Patch(vec![set(request.name(), key, day(reviewed))]))
}
