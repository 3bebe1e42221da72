//! `debt import … --into PORTFOLIO`: the portfolio is read, added to, read again, and only then written.

use std::fs;
use std::path::Path;

use super::args::Input;
use super::env::Environment;
use super::load::{Errors, load_with_texts, say};
use super::output::{Pending, to_stderr};
use super::trouble::Trouble;
use crate::base::message::counted;
use crate::import::Draft;
use crate::import::merge::{Into, merge};
use crate::model::{self, Clock, Lines, ReadOptions};
use crate::render::diagnostics;
use crate::render::escape::terminal;
use crate::report::Privacy;
use crate::rules;
use crate::source::{Diagnostics, FileIx, Severity, Sources, is_dash};

pub(super) fn run(
    draft: &Draft,
    path: &Path,
    update: &[String],
    dry_run: bool,
    environment: &Environment,
) -> Result<(), Trouble> {
    let shown = terminal(&path.display().to_string());
    if path.is_dir() || is_dash(path) {
        return Err(anyhow::anyhow!("--into needs one file, and {shown} is not a file").into());
    }
    let input = Input { paths: vec![path.to_owned()], ..Input::default() };
    let loaded = load_with_texts(&Diagnostics::default(), &input, environment, Errors::ForPeople)?;
    let lines = Lines::new(&loaded.portfolio, &loaded.policy, loaded.day);
    let text = loaded.sources.text(FileIx(0));
    let mut diagnostics = Diagnostics::default();
    let into = Into { text, file: FileIx(0), portfolio: &loaded.portfolio, lines: &lines, update };
    let merged = merge(draft, into, &mut diagnostics);
    let warnings = diagnostics::text(&diagnostics, Severity::Warning, &loaded.sources, environment.err);
    to_stderr(if warnings.trim().is_empty() { "" } else { &warnings });
    let Some(merged) = merged else {
        say(&diagnostics, &loaded.sources, &Privacy::names(), environment, Errors::ForPeople);
        return Err(Trouble::Reported);
    };
    must_read(&merged.text, path, environment)?;
    let changed = merged.text != text;
    if changed && !dry_run {
        // The mark at the file's beginning is not part of its text, and stays.
        let mark = fs::read(path).is_ok_and(|bytes| bytes.starts_with(b"\xEF\xBB\xBF"));
        Pending::begin(path)?.finish(|to| {
            to.write_all(if mark { b"\xEF\xBB\xBF" } else { b"" })?;
            to.write_all(merged.text.as_bytes())
        })?;
    }
    let what = match (changed, dry_run) {
        (false, _) => "nothing to add to",
        (true, true) => "would change",
        (true, false) => "changed",
    };
    let conflicts = match merged.conflicts {
        0 => String::new(),
        1 => ", 1 conflict left as it is".to_owned(),
        many => format!(", {many} conflicts left as they are"),
    };
    to_stderr(&format!(
        "{what} {shown}: {} and {} added, {} updated{conflicts}\n",
        counted(merged.added_items, "item", "items"),
        counted(merged.added_keys, "key", "keys"),
        counted(merged.updated, "value", "values"),
    ));
    Ok(())
}

/// Says what is wrong with the merged portfolio, where anything is; nothing is written then.
fn must_read(text: &str, path: &Path, environment: &Environment) -> Result<(), Trouble> {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    sources.add(format!("{} as it would be", path.display()), Ok(text.as_bytes().to_vec()), &mut diagnostics);
    let catalog = rules::catalog();
    let clock = Clock { as_of: None, today: Environment::today()? };
    if model::read(&sources, ReadOptions { clock, policy_file: None, catalog: &catalog }, &mut diagnostics)
        .is_none()
    {
        say(&diagnostics, &sources, &Privacy::names(), environment, Errors::ForPeople);
        return Err(anyhow::anyhow!("nothing was written: the merged portfolio would not be valid").into());
    }
    Ok(())
}
