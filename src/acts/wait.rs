//! `wait`: only time ends it.

use super::{NoDeed, Request};
use crate::base::message::message;
use crate::model::Patch;

/// There is nothing to do.
pub(super) fn deed(_: &mut Request<'_, '_>) -> Result<Patch, NoDeed> {
    Err(NoDeed::ByHand(vec![message!("only time ends it")]))
}
