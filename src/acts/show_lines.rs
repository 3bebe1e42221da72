//! `show-lines`: the HR system shows both lines.

use super::change::set;
use super::{NoDeed, Request};
use crate::base::message::message;
use crate::model::Patch;
use crate::records::words::Line;
use crate::yaml::value::Value;

/// Sets `hr_system.shows`.
pub(super) fn deed(request: &mut Request<'_, '_>) -> Result<Patch, NoDeed> {
    request.only_assumed(
        vec![message!(
            "once the HR system shows both lines, write `shows: [delivery, craft]` in `hr_system`"
        )],
        message!("the HR system shows both lines"),
    )?;
    let both = [Line::Delivery, Line::Craft].map(|line| Value::from(line.word()));
    Ok(Patch(vec![set("portfolio".to_owned(), "hr_system.shows", Value::List(both.to_vec()))]))
}
