//! `debt check --baseline`: compares with the portfolio in a baseline file, and rewrites the file if the gate holds.

use std::fs;
use std::path::Path;

use super::Trouble;
use super::check::{Prepared, Run, nobody, verdict_on};
use super::check_args::CheckArgs;
use super::check_base::{BaseLoader, Side, Texts};
use super::check_head;
use super::check_limits::update_command;
use super::env::workspaces;
use super::load::{Loaded, load_with_texts};
use super::output::{Pending, ReadFiles, read_with, to_stderr};
use crate::base::day::Day;
use crate::base::message::{Message, message};
use crate::base::names::Untrusted;
use crate::compare::baseline::{self, Found};
use crate::compare::gate::Limits;
use crate::policy::Policy;
use crate::render::escape::terminal;
use crate::report::AgainstRow;
use crate::rules;
use crate::score::part::Part;
use crate::score::scorecard;
use crate::source::git::Repository;
use crate::source::snapshot::path_in_repository;
use crate::source::{Code, Diagnostic, Diagnostics, FileIx, Origin, Place};

pub(super) fn run(
    file: &Path,
    args: &CheckArgs,
    limits: &Limits,
    loader: &BaseLoader<'_>,
) -> Result<(), Trouble> {
    if loader.privacy.withholds_text() && args.update_baseline {
        return Err(anyhow::anyhow!(
            "a baseline holds the portfolio as it is written; write it with --privacy names"
        )
        .into());
    }
    let (environment, errors) = (loader.environment, loader.errors);
    let mut loaded = if args.staged {
        check_head::staged(&args.input, environment, errors)?
    } else {
        load_with_texts(&Diagnostics::default(), &args.input, environment, errors)?
    };
    let text = args.update_baseline.then(|| canonical(file, args, &loaded)).transpose()?;
    // Nothing is left to be said about their lines.
    loaded.sources.forget_texts();
    let loaded = loaded;
    let found = found(file)?;
    if let Some(text) = &text {
        if found == Found::Other {
            return Err(loader.refuse(no_baseline(file)));
        }
        let new = !file.exists() || found == Found::Empty;
        if new || (args.force && read(file, args, &loaded, loader, Quietly::Yes).is_err()) {
            let card = scorecard(&loaded.portfolio, &loaded.policy, loaded.day, Part::default());
            if card.is_err() {
                return Err(nobody(loaded.day, &loaded.sources, loader));
            }
            return write(file, text);
        }
    }
    let side = read(file, args, &loaded, loader, Quietly::No)?;
    let otherwise = Policy::defaults(&rules::catalog());
    let mut bases = [Prepared::new(side, otherwise, &loaded)];
    let verdict = verdict_on(&mut bases, &Run { args, loaded: &loaded, limits, loader })?;
    let holds = verdict.reasons.is_empty();
    match text {
        Some(text) if holds || args.force => write(file, &text),
        Some(_) => {
            let shown = terminal(&file.to_string_lossy());
            to_stderr(&format!("{shown} is unchanged; --force lets the baseline rise\n"));
            Err(Trouble::Failed)
        }
        None if holds => Ok(()),
        None => Err(Trouble::Failed),
    }
}

/// What the baseline is to be. Says at once where its place is one that this run reads.
fn canonical(file: &Path, args: &CheckArgs, loaded: &Loaded) -> Result<String, Trouble> {
    ReadFiles::of(&loaded.sources).must_not_be(file)?;
    let usual = [Path::new("portfolio").to_owned()];
    let typed = if args.input.paths.is_empty() { &usual[..] } else { &args.input.paths[..] };
    if let Some(path) = read_with(file, typed) {
        return Err(anyhow::anyhow!(
            "{} would be read as part of the portfolio in {}; write the baseline beside that folder",
            file.display(),
            path.display()
        )
        .into());
    }
    let real = |path: &Path| path.canonicalize().ok();
    let policy_file = args.input.policy.as_deref().and_then(real);
    let texts = loaded.sources.0.iter().filter(|source| {
        let path = source.path.as_deref().and_then(real);
        path.is_none() || path != policy_file
    });
    // A commit dates the file; where there is none it says its day itself.
    let as_of = Repository::of(super::output::folder_of(file)).is_err().then_some(loaded.day);
    let texts = texts.map(|source| source.text.as_str());
    Ok(baseline::write(texts, &loaded.policy, &rules::catalog(), as_of))
}

/// What is at the path of the baseline.
fn found(file: &Path) -> Result<Found, Trouble> {
    if !file.exists() {
        return Ok(Found::Empty);
    }
    let bytes = fs::read(file)
        .map_err(|error| anyhow::anyhow!("cannot read {}: {}", file.display(), crate::source::why(&error)))?;
    Ok(baseline::recognise(&String::from_utf8_lossy(&bytes)))
}

fn no_baseline(file: &Path) -> Diagnostic {
    let message = Message::file(file.to_string_lossy())
        .and(message!(" is not a baseline, so it is not replaced; a baseline begins with `# debt-baseline`"));
    Diagnostic::nowhere(Code::NoBaseline, message).help(message!("name a file that does not exist yet"))
}

fn write(file: &Path, text: &str) -> Result<(), Trouble> {
    let shown = terminal(&file.to_string_lossy());
    if fs::read(file).is_ok_and(|bytes| bytes == text.as_bytes()) {
        to_stderr(&format!("{shown} is up to date\n"));
        return Ok(());
    }
    Pending::begin(file)?.finish(|to| to.write_all(text.as_bytes()))?;
    to_stderr(&format!("wrote {shown}\n"));
    Ok(())
}

/// Whether errors are said.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quietly {
    Yes,
    No,
}

/// Lines that git leaves where two sides of a merge disagree.
const CONFLICTS: [&str; 4] = ["<<<<<<< ", "=======", ">>>>>>> ", "||||||| "];

/// Reads a baseline, or any portfolio in its place.
fn read(
    file: &Path,
    args: &CheckArgs,
    loaded: &Loaded,
    loader: &BaseLoader<'_>,
    quietly: Quietly,
) -> Result<Side, Trouble> {
    let mut texts = Texts::default();
    let wrong = |diagnostic: Diagnostic, texts: &mut Texts| {
        texts.diagnostics.push(diagnostic);
        if quietly == Quietly::No {
            loader.say(&texts.diagnostics, &texts.sources);
        }
        Trouble::Reported
    };
    let update = update_command(args);
    if !file.exists() {
        let message = message!("there is no baseline ").and(Message::file(file.to_string_lossy()));
        let help = Message::words("write it: ".to_owned()).and(Message::file(update));
        return Err(wrong(Diagnostic::nowhere(Code::NoBaseline, message).help(help), &mut texts));
    }
    texts.sources.read(&[Origin::Path(file.to_owned())], &mut texts.diagnostics);
    texts.sources.locate(&workspaces());
    let place = Place::whole(FileIx(0));
    let text = texts.sources.text(FileIx(0));
    let anew = |how: &str| Message::words(format!("{how}: ")).and(Message::file(format!("{update} --force")));
    let problem = if text.lines().any(|line| CONFLICTS.iter().any(|mark| line.starts_with(mark))) {
        Some((
            Code::BaselineConflict,
            "unresolved merge conflict in this baseline",
            "merge the portfolio, then write it anew",
        ))
    } else {
        match baseline::recognise(text) {
            Found::Old => {
                let message =
                    "this baseline was written by debt 0.1.0, which stored amounts instead of a portfolio";
                Some((
                    Code::BaselineVersion,
                    message,
                    "check the portfolio with --against once, then write it anew",
                ))
            }
            Found::Empty => Some((Code::NoBaseline, "this baseline is empty", "write it")),
            Found::Baseline | Found::Other => None,
        }
    };
    if let Some((code, message, how)) = problem {
        let diagnostic = Diagnostic::error(code, message!(message), place).help(anew(how));
        return Err(wrong(diagnostic, &mut texts));
    }
    let committed = day_of(file, loader);
    let at_least = committed.unwrap_or(loader.today).max(loader.today).max(loaded.day);
    let (sources, own) = texts.read(at_least).map_err(|unread| {
        if quietly == Quietly::No {
            loader.say(&unread.diagnostics, &unread.sources);
        }
        Trouble::Reported
    })?;
    // A day that the file does not say itself is no later than the one that is scored.
    let day = own.portfolio.as_of.unwrap_or_else(|| committed.unwrap_or(loader.today).min(loaded.day));
    let name = Untrusted::new(file.to_string_lossy());
    Ok(Side {
        sources,
        day: Some(day),
        policy: own.has_policy.then_some(own.policy),
        against: AgainstRow { kind: "baseline", name, as_of: Some(day), commit: None },
        portfolio: own.portfolio,
    })
}

/// The day of the last commit that changed the file; none outside a repository, or where it has been changed since.
fn day_of(file: &Path, loader: &BaseLoader<'_>) -> Option<Day> {
    let (repository, inside) = path_in_repository(file).ok()?;
    let day = repository.day_of(&inside).ok()??;
    if repository.is_shallow().unwrap_or(false) && loader.environment.notes {
        let line =
            format!("this clone is shallow, so the baseline may be older than {day}; git fetch --unshallow");
        loader.note("note:", &line);
    }
    Some(day)
}
