//! `label`: say what a 1:1 is for.

use super::change::set;
use super::{As, NoDeed, Request, Told};
use crate::base::ids::Subject;
use crate::base::message::message;
use crate::model::Patch;
use crate::records::words::{Line, Purpose};
use crate::rules::facts::OneOnOne;

/// Sets `purpose`, or `kind` where it is no 1:1 of a line.
pub(super) fn deed(request: &mut Request<'_, '_>) -> Result<Patch, NoDeed> {
    let one = match request.subject() {
        Subject::Meeting(at) => request.facts.one_on_one(at),
        _ => None,
    };
    let likely = one
        .and_then(|one| likely(request, one))
        .map(|purpose| (As::Purpose(purpose), Some(purpose.word().to_owned())));
    let told = request.told_or(
        request.told.purpose,
        ("--as", "delivery|craft|both|peer|other"),
        likely,
        |purpose| match purpose {
            As::Purpose(purpose) => message!("its purpose is ", purpose.word()),
            As::Kind(kind) => message!("it is a ", kind.word(), " meeting"),
        },
    )?;
    let name = request.name();
    Ok(Patch(vec![match told {
        As::Purpose(purpose) => set(name, "purpose", purpose.word()),
        As::Kind(kind) => set(name, "kind", kind.word()),
    }]))
}

/// It may turn out to be both: then it is a 1:1 to be split.
pub(super) fn both() -> (&'static str, Told) {
    (Purpose::Both.word(), Told { purpose: Some(As::Purpose(Purpose::Both)), ..Told::default() })
}

/// The line that its owner owns of the other; delivery where that is both, craft where they mentor them.
fn likely(request: &Request<'_, '_>, one: OneOnOne) -> Option<Purpose> {
    let lines = &request.facts.lines;
    let owns = |line| lines.owner(line, one.with) == Some(one.owner);
    if owns(Line::Delivery) {
        Some(Purpose::Delivery)
    } else if owns(Line::Craft) || request.facts.is_mentoring(one.owner, one.with) {
        Some(Purpose::Craft)
    } else {
        None
    }
}
