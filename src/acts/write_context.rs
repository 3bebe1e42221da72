//! `write-context`: a squad learns what it needs to decide by itself.

use super::change::{day, set};
use super::{NoDeed, Request};
use crate::base::ids::Subject;
use crate::base::message::message;
use crate::model::Patch;
use crate::yaml::value::Value;

/// Stands for text that somebody writes.
const SOME_TEXT: &str = "-";

/// All three texts, and the day of the review.
pub(super) fn deed(request: &mut Request<'_, '_>) -> Result<Patch, NoDeed> {
    let Subject::Squad(at) = request.subject() else { return Err(NoDeed::ByHand(Vec::new())) };
    request.only_assumed(
        vec![message!(
            "write under `context` of squad ",
            at,
            ": `success` in a sentence, `constraints` and `closed` as lists, and `reviewed` with the day"
        )],
        message!("success, constraints and what is closed are written, and reviewed today"),
    )?;
    let name = request.name();
    let context = request.portfolio().squad(at).context;
    let mut changes = Vec::new();
    if !context.is_some_and(|context| context.has_success) {
        changes.push(set(name.clone(), "context.success", SOME_TEXT));
    }
    for (key, is_there) in [
        ("context.constraints", context.is_some_and(|context| context.has_constraints)),
        ("context.closed", context.is_some_and(|context| context.has_closed)),
    ] {
        if !is_there {
            changes.push(set(name.clone(), key, Value::List(vec![SOME_TEXT.into()])));
        }
    }
    changes.push(set(name, "context.reviewed", day(request.facts.day)));
    Ok(Patch(changes))
}
