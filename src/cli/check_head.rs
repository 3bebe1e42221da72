//! The head of `debt check`: what is on the disk, with what a sparse checkout leaves out read from the index; or what is
//! staged.

use super::Trouble;
use super::args::Input;
use super::check_revision::{Whereabouts, whereabouts};
use super::env::{Environment, index_file};
use super::load::{Errors, Loaded, from_disk, load_from, origins, read_policy};
use super::output::to_stderr;
use super::privacy::chosen;
use crate::base::day::Day;
use crate::base::message::{Message, message};
use crate::render::escape::terminal;
use crate::source::git::{Entry, Refusal};
use crate::source::snapshot::{Snapshot, path_in_repository};
use crate::source::{Code, Diagnostic, Diagnostics, FileIx, Origin, Sources};

/// Reads what is on the disk, and from the index what a sparse checkout leaves out.
pub(super) fn checked_out(
    input: &Input,
    environment: &Environment,
    errors: Errors,
) -> Result<Loaded, Trouble> {
    let today = Environment::today()?;
    let shows_names = chosen(&input.privacy)?.shows_locations();
    load_from(&Diagnostics::default(), input, environment, errors, |sources, diagnostics| {
        // Where git cannot be asked, reading the other side says why.
        let left_out = left_out(input).ok().filter(|(_, entries)| !entries.is_empty());
        let Some((here, entries)) = left_out else {
            let origins = origins(input, diagnostics);
            return from_disk(input, &origins, sources, diagnostics);
        };
        let there = |origin: &Origin| match origin {
            Origin::Path(path) => path.exists() && !(path.is_dir() && is_bare_folder(path)),
            Origin::Stdin => true,
        };
        let typed = if input.paths.is_empty() {
            origins(input, &mut Diagnostics::default())
        } else {
            input.origins()
        };
        let typed: Vec<Origin> = typed.into_iter().filter(there).collect();
        let policy = from_disk(input, &typed, sources, diagnostics);
        // The policy is the last of them; what comes now moves nothing.
        if let Err(wrong) = from_index(here, &entries, today, sources, diagnostics) {
            diagnostics.push(*wrong);
        }
        say_left_out(&entries, shows_names);
        policy
    })
}

/// Whether a folder has no YAML file of its own on the disk, so that reading it would be an error.
fn is_bare_folder(path: &std::path::Path) -> bool {
    let mut diagnostics = Diagnostics::default();
    let mut sources = Sources::default();
    sources.read(&[Origin::Path(path.to_owned())], &mut diagnostics);
    sources.0.is_empty()
}

fn left_out(input: &Input) -> Result<(Whereabouts, Vec<Entry>), Refusal> {
    let here = whereabouts(input)?;
    let entries = here.repository.not_checked_out(&here.paths)?;
    Ok((here, entries))
}

fn from_index(
    here: Whereabouts,
    entries: &[Entry],
    today: Day,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<(), Refusal> {
    let mut staged = here.repository.staged(None, today)?;
    for entry in entries {
        staged.read(&entry.path, sources, diagnostics)?;
    }
    Ok(())
}

fn say_left_out(entries: &[Entry], shows_names: bool) {
    let names: Vec<_> = entries.iter().map(|entry| String::from_utf8_lossy(&entry.path)).collect();
    let names = if shows_names { format!(": {}", names.join(", ")) } else { String::new() };
    let count =
        crate::base::message::counted(i64::try_from(entries.len()).unwrap_or(i64::MAX), "file", "files");
    to_stderr(&format!("note: this checkout is sparse; {count} read from the index{}\n", terminal(&names)));
}

/// Reads what is staged.
pub(super) fn staged(input: &Input, environment: &Environment, errors: Errors) -> Result<Loaded, Trouble> {
    let today = Environment::today()?;
    load_from(&Diagnostics::default(), input, environment, errors, |sources, diagnostics| {
        let policy = whereabouts(input).and_then(|here| {
            let snapshot = here.repository.clone().staged(index_file().as_deref(), today)?;
            read_staged(input, snapshot, &here.paths, sources, diagnostics)
        });
        policy.unwrap_or_else(|wrong| {
            diagnostics.push(*wrong);
            None
        })
    })
}

fn read_staged(
    input: &Input,
    mut snapshot: Snapshot,
    paths: &[Vec<u8>],
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Result<Option<FileIx>, Refusal> {
    let any = input.paths.is_empty();
    let mut found = false;
    for path in paths {
        if any && found {
            break;
        }
        let there = snapshot.read(path, sources, diagnostics)?;
        found |= there;
        if !there && !any {
            let message = Message::file(snapshot.shown(path)).and(message!(" is not staged"));
            diagnostics.push(
                Diagnostic::nowhere(Code::NotStaged, message)
                    .help(message!("git add it; without --staged the files on the disk are checked")),
            );
        }
    }
    if any && !found {
        let message = message!("no portfolio.yaml and no folder portfolio is staged here");
        let help = message!("name a file or a folder; `git ls-files` lists what is there");
        diagnostics.push(Diagnostic::nowhere(Code::NoPortfolio, message).help(help));
    }
    let Some(policy) = &input.policy else { return Ok(None) };
    let file = FileIx(u32::try_from(sources.0.len()).unwrap_or(u32::MAX));
    let staged = match path_in_repository(policy) {
        Ok((repository, inside)) if snapshot.is_of(&repository) => {
            snapshot.read(&inside, sources, diagnostics)?
        }
        _ => false,
    };
    if !staged {
        read_policy(policy, sources, diagnostics);
    }
    Ok(Some(file))
}
