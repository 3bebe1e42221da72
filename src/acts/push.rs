//! A conversation is pushed to a new date. That is no act, since it resolves nothing: it is one more deferral, which
//! costs a fee, and interest goes on.

use super::{NoDeed, name_of};
use crate::base::day::Day;
use crate::base::ids::{ConversationIx, Subject};
use crate::base::message::message;
use crate::model::{Change, Patch};
use crate::rules::facts::Facts;

/// Appends a date to `deferred_to`.
///
/// # Errors
/// The conversation is not owed any more, or the date is not after today, the day it was due and the last date.
pub fn push(facts: &Facts<'_>, at: ConversationIx, to: Day) -> Result<Patch, NoDeed> {
    let talk = facts.portfolio.conversation(at);
    if !talk.is_open(facts.day) {
        return Err(NoDeed::First(message!("it is not owed any more")));
    }
    let later_than = |day: Day, what: &'static str| {
        if to > day { Ok(()) } else { Err(NoDeed::First(message!("the new date must be after ", what, day))) }
    };
    later_than(facts.day, "")?;
    later_than(talk.due.unwrap_or(talk.raised), if talk.due.is_some() { "`due`, " } else { "`raised`, " })?;
    if let Some(last) = talk.deferred_to.last() {
        later_than(*last, "the last one, ")?;
    }
    let name = name_of(facts.portfolio, Subject::Conversation(at));
    let to = super::change::day(to);
    Ok(Patch(vec![Change::Append { append: name, key: "deferred_to".to_owned(), to }]))
}
