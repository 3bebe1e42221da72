//! `name-lead`, `name-craft-owner`, `name-delivery-owner`, `name-escalation`: somebody is named.

use super::change::set;
use super::{NoDeed, Request};
use crate::model::Patch;

/// The lead of a squad or guild.
pub(super) fn lead(request: &mut Request<'_, '_>) -> Result<Patch, NoDeed> {
    name(request, "lead")
}

/// Somebody's craft owner.
pub(super) fn craft(request: &mut Request<'_, '_>) -> Result<Patch, NoDeed> {
    name(request, "craft_owner")
}

/// Somebody's delivery owner.
pub(super) fn delivery(request: &mut Request<'_, '_>) -> Result<Patch, NoDeed> {
    name(request, "delivery_owner")
}

/// Who closes what a squad cannot.
pub(super) fn escalation(request: &mut Request<'_, '_>) -> Result<Patch, NoDeed> {
    name(request, "escalates_to")
}

fn name(request: &mut Request<'_, '_>, key: &str) -> Result<Patch, NoDeed> {
    let mut changes = Vec::new();
    let who = request.somebody(&mut changes)?;
    changes.push(set(request.name(), key, who.as_str()));
    Ok(Patch(changes))
}
