//! What verbs about one person have in common.

use std::path::{Path, PathBuf};

use super::env::Environment;
use super::load::{Errors, Loaded, say};
use super::plan::unknown;
use super::trouble::Trouble;
use crate::base::ids::{PersonIx, Subject};
use crate::base::message::message;
use crate::records::values::is_id;
use crate::source::{Code, Diagnostic, Diagnostics, is_yaml};

/// Takes the owner out of words of which the others are paths: the one word that is an id by its form and no file. A folder
/// may have the name of a person, so it is one of the paths only beside another such word.
pub(super) fn take_owner(owner: &mut Option<String>, words: &mut Vec<PathBuf>) {
    if owner.is_some() {
        return;
    }
    let is_owner = |word: &Path| word.to_str().is_some_and(is_id) && !is_yaml(word) && !word.is_file();
    let mut found: Vec<usize> = (0..words.len()).filter(|at| is_owner(&words[*at])).collect();
    if found.len() > 1 {
        found.retain(|at| !words[*at].exists());
    }
    if let [at] = *found {
        *owner = words.remove(at).to_str().map(str::to_owned);
    }
}

/// Says what to type where it is not said whose agenda or digest is asked for.
pub(super) fn whose(verb: &str, words: &[PathBuf]) -> anyhow::Error {
    let path = words.iter().find(|word| word.exists());
    let path = path.map_or_else(String::new, |path| format!(" {}", path.display()));
    anyhow::anyhow!(
        "whose {verb}? type the id of one person: debt {verb} PERSON{path}; or --owner PERSON where a folder has that name"
    )
}

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
