//! `debt sync`: every source of `debt.sync.yaml` is imported into the portfolio, one after the other, as one change.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::{Args, Parser};

use super::args::day;
use super::env::Environment;
use super::import::{self, ImportArgs};
use super::import_into::{Growing, done};
use super::import_run::Run;
use super::load::{Errors, say};
use super::output::{ReadFiles, text_to_stdout, to_stderr};
use super::trouble::Trouble;
use crate::base::day::Day;
use crate::base::message::{Message, message};
use crate::import::merge::Counts;
use crate::records::sync::{SyncSource, from_text};
use crate::render::escape::terminal;
use crate::render::fix::shown;
use crate::report::Privacy;
use crate::source::{Code, Diagnostic, Diagnostics, FileIx, Origin, Place, SYNC_FILE, Sources};

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  debt sync                          what the week has brought, as a diff\n  debt sync --write\n  debt sync portfolio.yaml --sources exports/debt.sync.yaml\n  debt sync --close-gone 2026-11-27 --write\n\ndebt.sync.yaml is a list, and its files are relative to it:\n  - {csv: hr.csv, squads: department, email_aliases: true}\n  - {ics: bo.ics, me: bo@example.org}\n\nWithout --write nothing is changed: a diff is printed that `git apply` takes. docs/sync.md says what moves and what stays.\n\nExit status: 0 where it is done or would be, 2 where nothing is."
)]
pub(super) struct SyncArgs {
    /// The portfolio, one file; by default that of debt.yaml, else portfolio.yaml
    #[arg(value_name = "PORTFOLIO")]
    portfolio: Option<PathBuf>,
    /// The paths of the configuration, for where none is typed.
    #[arg(skip)]
    pub(super) configured_paths: Vec<PathBuf>,
    /// The list of sources; by default debt.sync.yaml here or in a folder above, up to the root of the repository
    #[arg(long, value_name = "FILE")]
    sources: Option<PathBuf>,
    /// Write the portfolio, unless a source cannot be read or the file has changed meanwhile
    #[arg(long)]
    write: bool,
    /// Write this day as the end of the people and 1:1s that are gone; without it they are named
    #[arg(long, value_name = "DATE", value_parser = day)]
    close_gone: Option<Day>,
    /// The day to look back from on calendars; by default today in UTC
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Day>,
}

/// `debt import` with its own words, as one source spells them.
#[derive(Debug, Parser)]
#[command(name = "debt import", disable_help_flag = true)]
struct OneSource {
    #[command(flatten)]
    import: ImportArgs,
}

/// The portfolio where nothing says another.
const DEFAULT: &str = "portfolio.yaml";

pub(super) fn run(args: &SyncArgs, environment: &Environment) -> Result<(), Trouble> {
    let path = portfolio(args)?;
    let (list, sources, found) = listed(args, environment)?;
    let folder = list.parent().unwrap_or(Path::new(""));
    let mut growing = Growing::read(&path, environment)?;
    ReadFiles::of(&sources).must_not_be(&path)?;
    let mut told = Vec::new();
    for source in &found {
        let import = arguments(source, folder, args.as_of, &sources, environment)?;
        let counts = one(&import.import, args.close_gone, &path, &mut growing, environment)?;
        told.push(format!("{}: {}\n", terminal(&source.paths.join(", ")), done(counts)));
    }
    if growing.is_changed() && args.write {
        growing.write()?;
    } else if growing.is_changed() {
        text_to_stdout(&shown(&growing.diff(), environment.out))?;
    }
    if environment.notes {
        let path = terminal(&path.display().to_string());
        told.push(match (growing.is_changed(), args.write) {
            (false, _) => format!("nothing new for {path}\n"),
            (true, true) => format!("wrote {path}\n"),
            (true, false) => "nothing written; --write does it\n".to_owned(),
        });
        to_stderr(&told.concat());
    }
    Ok(())
}

fn portfolio(args: &SyncArgs) -> Result<PathBuf, Trouble> {
    match (&args.portfolio, args.configured_paths.as_slice()) {
        (Some(path), _) => Ok(path.clone()),
        (None, []) => Ok(PathBuf::from(DEFAULT)),
        (None, [path]) if !path.is_dir() => Ok(path.clone()),
        (None, _) => Err(anyhow::anyhow!(
            "the portfolio of debt.yaml is more than one file; name the one to add to: debt sync FILE"
        )
        .into()),
    }
}

/// The list of sources: its path, its text, and what it says.
fn listed(
    args: &SyncArgs,
    environment: &Environment,
) -> Result<(PathBuf, Sources, Vec<SyncSource>), Trouble> {
    let found = args.sources.clone().or_else(|| Environment::find_upwards(SYNC_FILE).map(|(_, file)| file));
    let Some(path) = found else {
        return Err(anyhow::anyhow!(
            "there is no {SYNC_FILE} here; write a line for each source, such as `- {{ics: bo.ics, me: bo@example.org}}`"
        )
        .into());
    };
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    sources.read(&[Origin::Path(path.clone())], &mut diagnostics);
    let found = if diagnostics.errors() == 0 {
        from_text(sources.text(FileIx(0)), FileIx(0), &mut diagnostics)
    } else {
        Vec::new()
    };
    if diagnostics.errors() > 0 {
        say(&diagnostics, &sources, &Privacy::names(), environment, Errors::ForPeople);
        return Err(Trouble::Reported);
    }
    Ok((path, sources, found))
}

/// A source as the command that it stands for. What is wrong with its words is said at its place.
fn arguments(
    source: &SyncSource,
    folder: &Path,
    as_of: Option<Day>,
    sources: &Sources,
    environment: &Environment,
) -> Result<OneSource, Trouble> {
    let mut words: Vec<OsString> = vec!["debt import".into()];
    words.extend(source.kind.map(OsString::from));
    for (key, value) in &source.options {
        let mut word = OsString::from(format!("--{key}"));
        if let Some(value) = value {
            // A file that is named is relative to the list, too.
            let path = matches!(*key, "labels" | "lexicon").then(|| folder.join(value));
            word.push("=");
            word.push(path.map_or_else(|| OsString::from(value), PathBuf::into_os_string));
        }
        words.push(word);
    }
    if let Some(day) = as_of.filter(|_| matches!(source.kind, None | Some("ics"))) {
        words.push(format!("--as-of={day}").into());
    }
    words.push("--".into());
    words.extend(source.paths.iter().map(|path| folder.join(path).into_os_string()));
    OneSource::try_parse_from(words).map_err(|error| {
        let text = error.to_string();
        let what = text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
        let kind = source.kind.map(|kind| format!(" {kind}")).unwrap_or_default();
        let help = Message::words(format!("debt import{kind} --help lists what it takes"));
        let place = Place::exact(FileIx(0), source.mark, 1);
        let mut diagnostics = Diagnostics::default();
        diagnostics.push(Diagnostic::error(Code::WrongValue, message!(what), place).help(help));
        say(&diagnostics, sources, &Privacy::names(), environment, Errors::ForPeople);
        Trouble::Reported
    })
}

fn one(
    import: &ImportArgs,
    close_gone: Option<Day>,
    path: &Path,
    growing: &mut Growing<'_>,
    environment: &Environment,
) -> Result<Counts, Trouble> {
    let mut run = Run::new(environment);
    let understood = import::read(import, &mut run)?;
    run.say()?;
    ReadFiles::of(&run.sources).must_not_be(path)?;
    growing.add(&understood.draft, &understood.to.update, close_gone)
}
