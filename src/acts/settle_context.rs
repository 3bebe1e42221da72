//! `settle-context`: what a squad's context calls closed and is open comes off the list.

use super::{NoDeed, Request};
use crate::base::ids::{DecisionIx, Subject};
use crate::base::message::message;
use crate::model::{Change, Patch};
use crate::yaml::value::Value;

/// Strips the open decisions from `context.closed`; where nothing would remain, they have to be decided.
pub(super) fn deed(request: &mut Request<'_, '_>) -> Result<Patch, NoDeed> {
    let Subject::Squad(at) = request.subject() else { return Err(NoDeed::ByHand(Vec::new())) };
    let portfolio = request.portfolio();
    let squad = portfolio.squad(at);
    let open: Vec<DecisionIx> = request.facts.closed_and_open(at).collect();
    if open.len() == squad.closed_decisions.len() && squad.closed_words == 0 {
        let decide =
            |decision: &DecisionIx| message!("decide ", *decision, ", and write when under `closed`");
        return Err(NoDeed::ByHand(open.iter().map(decide).collect()));
    }
    let entry = |decision: &DecisionIx| {
        let id = portfolio.subject_id(Subject::Decision(*decision));
        super::change::map([("decision", Value::from(id))])
    };
    let items = open.iter().map(entry).collect();
    Ok(Patch(vec![Change::Strip { strip: request.name(), key: "context.closed".to_owned(), items }]))
}
