//! `write-agenda`: the agenda of a 1:1 gets a topic of its job.

use super::{NoDeed, Request};
use crate::base::ids::Subject;
use crate::base::message::message;
use crate::model::{Change, Patch};
use crate::records::words::Topic;

/// Appends to `agenda`.
pub(super) fn deed(request: &mut Request<'_, '_>) -> Result<Patch, NoDeed> {
    let jobs = match request.subject() {
        Subject::Meeting(at) => request.facts.one_on_one(at).map(|one| one.jobs),
        _ => None,
    };
    let Some(jobs) = jobs else { return Err(NoDeed::ByHand(Vec::new())) };
    let topic = if jobs.craft && !jobs.delivery { Topic::CareerLane } else { Topic::Commitments };
    let likely = Some((topic, Some(topic.word().to_owned())));
    let topic = request.told_or(request.told.topic, ("--topic", "TOPIC"), likely, |topic| {
        message!("the topic is ", topic.word())
    })?;
    let to = topic.word().into();
    Ok(Patch(vec![Change::Append { append: request.name(), key: "agenda".to_owned(), to }]))
}
