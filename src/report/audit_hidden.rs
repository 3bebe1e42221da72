//! What an audit shows where names are withheld: people by pseudonym or by role, no title, no word of an invitation.

use super::audit::{EvidenceRow, OneOnOneRow};
use super::privacy::Privacy;
use super::speak::Speaker;
use super::withheld::WITHHELD;
use crate::base::day::Day;
use crate::base::ids::PersonIx;
use crate::base::names::Untrusted;
use crate::import::audit::Placed;
use crate::import::draft::cadence;
use crate::import::ics::Attendee;
use crate::model::Portfolio;
use crate::source::FileIx;

/// Says who is who, where names are withheld.
pub(super) struct Hidden<'h> {
    privacy: &'h Privacy,
    speaker: Option<Speaker<'h>>,
}

impl<'h> Hidden<'h> {
    /// None where names are shown.
    pub(super) fn new(
        privacy: &'h Privacy,
        portfolio: Option<&'h Portfolio>,
        day: Day,
    ) -> Option<Hidden<'h>> {
        let speaker = portfolio.map(|portfolio| Speaker::new(portfolio, day, privacy));
        privacy.withholds_text().then_some(Hidden { privacy, speaker })
    }

    /// Somebody as the portfolio's reports call them, else a pseudonym of the address.
    pub(super) fn who(&self, person: Option<PersonIx>, address: &str) -> Untrusted {
        if let Some((speaker, person)) = self.speaker.as_ref().zip(person) {
            return speaker.key(person);
        }
        Untrusted::new(match self.privacy.key() {
            Some(key) if self.privacy.least_of_a_role().is_none() => key.pseudonym("address", address),
            _ => "somebody".to_owned(),
        })
    }

    /// A file is often called like the person whose calendar it is.
    pub(super) fn file(file: FileIx) -> Untrusted {
        Untrusted::new(format!("calendar {}", file.index() + 1))
    }

    /// Whether a line of it may be named.
    pub(super) fn shows_lines(&self) -> bool {
        self.privacy.shows_locations()
    }

    pub(super) fn row(&self, one: &Placed<'_>) -> OneOnOneRow {
        let who = |person, side: Option<&Attendee>| side.map(|side| self.who(person, &side.address));
        let found = one.found;
        OneOnOneRow {
            file: Hidden::file(found.file),
            line: self.shows_lines().then_some(found.line),
            title: Untrusted::new(WITHHELD),
            with: who(one.with_person, one.with),
            with_name: None,
            owner: who(one.owner_person, one.owner),
            owner_name: None,
            owner_guessed: one.guessed,
            every: found.every.map(cadence),
            last_held: found.last_held,
            cancelled_in_a_row: found.cancelled_in_a_row,
            ended: found.ended,
            label: found.label.word(),
            evidence: found.evidence.iter().map(evidence).collect(),
            notes: found.notes.iter().map(ToString::to_string).collect(),
            missing: found.missing.iter().map(|missing| Untrusted::new(lack(missing))).collect(),
        }
    }
}

/// What a word speaks for, without the word.
fn evidence(one: &crate::import::ics::Evidence) -> EvidenceRow {
    EvidenceRow { words: Untrusted::new(WITHHELD), ..super::audit::evidence(one) }
}

/// Why something is no 1:1, without what its title says.
fn lack(missing: &str) -> &str {
    if missing.contains('\u{201C}') { "the title says something else" } else { missing }
}
