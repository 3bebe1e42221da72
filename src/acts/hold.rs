//! `hold`: a conversation or a 1:1 took place.

use super::change::{day, set, unset};
use super::{NoDeed, Request};
use crate::base::ids::Subject;
use crate::base::message::message;
use crate::model::Patch;

/// Sets the day on which it was held; a meeting is no longer cancelled in a row.
pub(super) fn deed(request: &mut Request<'_, '_>) -> Result<Patch, NoDeed> {
    let before = match request.subject() {
        Subject::Meeting(at) => request.portfolio().meeting(at).last_held,
        Subject::Conversation(at) => request.portfolio().conversation(at).held,
        _ => None,
    };
    let held = request.day_or_today(request.told.held, "--held", "it is held")?;
    if let Some(before) = before.filter(|before| held < *before) {
        return Err(NoDeed::First(message!("it was held on ", before, ", which is later")));
    }
    let name = request.name();
    Ok(Patch(match request.subject() {
        Subject::Meeting(at) => {
            let mut changes = vec![set(name.clone(), "last_held", day(held))];
            if request.portfolio().meeting(at).cancelled_in_a_row > 0 {
                changes.push(unset(name, "cancelled_in_a_row"));
            }
            changes
        }
        _ => vec![set(name, "held", day(held))],
    }))
}
