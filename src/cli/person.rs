//! What verbs about one person have in common.

use super::env::Environment;
use super::load::{Errors, Loaded, say};
use super::plan::unknown;
use super::trouble::Trouble;
use crate::base::ids::{PersonIx, Subject};
use crate::base::message::message;
use crate::source::{Code, Diagnostic, Diagnostics};

/// A person by an id or an alias. Where people are pooled nobody stands alone.
pub(super) fn person(
    typed: &str,
    loaded: &Loaded,
    environment: &Environment,
    errors: Errors,
) -> Result<PersonIx, Trouble> {
    alone(loaded)?;
    if let Some(Subject::Person(person)) = loaded.portfolio.find("person", typed) {
        return Ok(person);
    }
    let mut diagnostics = Diagnostics::default();
    let diagnostic =
        Diagnostic::nowhere(Code::UnknownId, message!("nobody has the id `", typed.to_owned(), "`"));
    unknown(diagnostic, loaded.portfolio.nearest_id("person", typed), &mut diagnostics);
    say(&diagnostics, &loaded.sources, &loaded.privacy, environment, errors);
    Err(Trouble::Reported)
}

/// Refuses what is for one person alone where people are shown only together.
pub(super) fn alone(loaded: &Loaded) -> anyhow::Result<()> {
    if loaded.privacy.pools() {
        let word = loaded.privacy.word();
        anyhow::bail!(
            "--privacy {word} shows nobody alone, and this is for one person; use pseudonyms or names"
        );
    }
    Ok(())
}
