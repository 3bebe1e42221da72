//! What is for one person alone: their own part, their agenda, their digest.

mod agenda;
mod digest;
mod email;
mod ics;
mod own_part;
mod slack;

use super::own::{self, Own};
use crate::report::person::{AgendaReport, DigestReport, OwnPart};

/// Formats of one person's own part.
pub const PERSON_FORMATS: &[Own<OwnPart>] = &[
    Own { name: "table", made_for: "a person at a terminal", render: own_part::table },
    Own { name: "json", made_for: "programs", render: own::json },
    Own { name: "markdown", made_for: "a note or a message", render: own_part::markdown },
];

/// Formats of an agenda.
pub const AGENDA_FORMATS: &[Own<AgendaReport>] = &[
    Own { name: "markdown", made_for: "a file of notes", render: agenda::render },
    Own { name: "json", made_for: "programs", render: own::json },
    Own { name: "ics", made_for: "a calendar: days with neutral titles and stable ids", render: ics::render },
];

/// Formats of a digest.
pub const DIGEST_FORMATS: &[Own<DigestReport>] = &[
    Own { name: "markdown", made_for: "a note or a message", render: digest::render },
    Own { name: "json", made_for: "programs", render: own::json },
    Own { name: "email", made_for: "sendmail: a letter with a text and an HTML part", render: email::render },
    Own { name: "slack", made_for: "Slack: blocks for a message", render: slack::render },
];

/// What a 1:1 is called by its job.
fn job(word: &str) -> &'static str {
    match word {
        "delivery" => "Delivery 1:1",
        "craft" => "Craft 1:1",
        "both" => "1:1 for both jobs",
        _ => "1:1 without a label",
    }
}
