//! Paths become a portfolio, its policy and the day to score at; or everything that is wrong is said.

use std::path::{Path, PathBuf};

use super::args::{IdArgs, Input};
use super::env::{Environment, workspaces};
use super::links::linked_places;
use super::output::{ReadFiles, to_stderr};
use super::privacy::chosen;
use super::trouble::Trouble;
use crate::base::day::{Day, Days};
use crate::base::message::{Message, message};
use crate::model::{self, Clock, OwnPolicy, Portfolio, ReadOptions};
use crate::policy::{self, Policy};
use crate::records::itself::itself;
use crate::render::diagnostics;
use crate::render::escape::terminal;
use crate::report::{BuildOptions, Called, Privacy};
use crate::rules;
use crate::source::{Code, Diagnostic, Diagnostics, FileIx, Origin, Severity, Sources, is_dash};

/// A portfolio that can be scored.
pub(super) struct Loaded {
    pub(super) sources: Sources,
    pub(super) portfolio: Portfolio,
    pub(super) policy: Policy,
    pub(super) day: Day,
    pub(super) privacy: Privacy,
    pub(super) names: Names,
}

/// What a portfolio is called besides what it says itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    typed: Option<String>,
    configured: Option<String>,
    stem: Option<String>,
}

impl Names {
    /// By what was typed: an id, and the paths that are read.
    pub(super) fn new(id: &IdArgs, paths: &[PathBuf]) -> Names {
        let stem = |path: &PathBuf| {
            let typed = path.to_string_lossy();
            // Behind a revision there is a path too.
            let name = if path.exists() { &*typed } else { typed.rsplit(':').next().unwrap_or_default() };
            let name = Path::new(name);
            let stem = if path.is_dir() { name.file_name() } else { name.file_stem() };
            stem.filter(|_| !is_dash(path)).map(|stem| stem.to_string_lossy().into_owned())
        };
        Names { typed: id.id.clone(), configured: id.configured.clone(), stem: paths.first().and_then(stem) }
    }

    pub(super) fn called(&self) -> Called<'_> {
        Called {
            typed: self.typed.as_deref(),
            configured: self.configured.as_deref(),
            stem: self.stem.as_deref(),
        }
    }
}

impl Loaded {
    /// What its report is made with.
    pub(super) fn options(&self) -> BuildOptions<'_> {
        BuildOptions {
            sources: &self.sources,
            version: env!("CARGO_PKG_VERSION"),
            privacy: &self.privacy,
            called: self.names.called(),
        }
    }
}

/// How errors are said.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Errors {
    ForPeople,
    AsJson,
}

impl Errors {
    /// As JSON where the result is JSON.
    pub(super) fn of(format: &str) -> Errors {
        if format == "json" { Errors::AsJson } else { Errors::ForPeople }
    }
}

/// A pinned day further behind the clock than this is worth a word.
const STALE_DAYS: Days = Days::new(31);

/// Reads what was asked for.
pub(super) fn load(input: &Input, environment: &Environment, errors: Errors) -> Result<Loaded, Trouble> {
    load_beside(&Diagnostics::default(), input, environment, errors)
}

/// The same; what is wrong with the other arguments is said together with what is wrong with the input.
pub(super) fn load_beside(
    usage: &Diagnostics,
    input: &Input,
    environment: &Environment,
    errors: Errors,
) -> Result<Loaded, Trouble> {
    let mut loaded = load_with_texts(usage, input, environment, errors)?;
    // Nothing is left to be said about their lines.
    loaded.sources.forget_texts();
    Ok(loaded)
}

/// The same, with the texts still there.
pub(super) fn load_with_texts(
    usage: &Diagnostics,
    input: &Input,
    environment: &Environment,
    errors: Errors,
) -> Result<Loaded, Trouble> {
    load_from(usage, input, environment, errors, |sources, diagnostics| {
        let origins = origins(input, diagnostics);
        from_disk(input, &origins, sources, diagnostics)
    })
}

/// Reads these files and folders, and the policy behind them: which of the sources that is, where one was named.
pub(super) fn from_disk(
    input: &Input,
    origins: &[Origin],
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<FileIx> {
    sources.read_beside(input.policy.as_deref(), origins, diagnostics);
    let path = input.policy.as_ref()?;
    let file = FileIx(u32::try_from(sources.0.len()).unwrap_or(u32::MAX));
    read_policy(path, sources, diagnostics);
    Some(file)
}

/// The same from texts that `read` brings: it says which of them is the policy.
pub(super) fn load_from(
    usage: &Diagnostics,
    input: &Input,
    environment: &Environment,
    errors: Errors,
    read: impl FnOnce(&mut Sources, &mut Diagnostics) -> Option<FileIx>,
) -> Result<Loaded, Trouble> {
    let privacy = chosen(&input.privacy)?;
    let clock = Clock { as_of: input.as_of, today: Environment::today()? };
    let names = Names::new(&input.id, &input.paths);
    let loaded = match read_as(clock, privacy.clone(), names, read) {
        Ok(loaded) => loaded,
        Err(Unread { mut diagnostics, sources }) => {
            usage.iter().for_each(|one| diagnostics.push(one.clone()));
            say(&diagnostics, &sources, &privacy, environment, errors);
            return Err(Trouble::Reported);
        }
    };
    let day = loaded.day;
    if input.as_of.is_none() && loaded.portfolio.as_of.is_some() && clock.today.days_since(day) > STALE_DAYS {
        let behind = clock.today.days_since(day);
        to_stderr(&format!("{} `as_of` is {day}, {behind} days ago\n", environment.warning_word()));
    }
    Ok(loaded)
}

/// What is wrong with texts that are no portfolio.
pub(super) struct Unread {
    pub(super) diagnostics: Diagnostics,
    pub(super) sources: Sources,
}

/// Reads texts that `read` brings, and says nothing.
pub(super) fn read_as(
    clock: Clock,
    privacy: Privacy,
    names: Names,
    read: impl FnOnce(&mut Sources, &mut Diagnostics) -> Option<FileIx>,
) -> Result<Loaded, Unread> {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let policy_file = read(&mut sources, &mut diagnostics);
    sources.locate(&workspaces());
    let catalog = rules::catalog();
    let read = model::read(&sources, ReadOptions { clock, policy_file, catalog: &catalog }, &mut diagnostics);
    match read {
        Some(OwnPolicy { portfolio, policy, day, .. }) => {
            Ok(Loaded { sources, portfolio, policy, day, privacy, names })
        }
        None => Err(Unread { diagnostics, sources }),
    }
}

/// Reads the one file that a policy is.
pub(super) fn read_policy(path: &Path, sources: &mut Sources, diagnostics: &mut Diagnostics) {
    policy::file::add_to(sources, path, &|_| None, diagnostics);
}

/// Reads a policy by itself.
pub(super) fn load_policy(
    path: &Path,
    privacy: &Privacy,
    environment: &Environment,
    errors: Errors,
) -> Result<Policy, Trouble> {
    let mut diagnostics = Diagnostics::default();
    let mut sources = Sources::default();
    read_policy(path, &mut sources, &mut diagnostics);
    sources.locate(&workspaces());
    let policy = policy::from_text(sources.text(FileIx(0)), FileIx(0), &rules::catalog(), &mut diagnostics);
    if diagnostics.errors() > 0 {
        say(&diagnostics, &sources, privacy, environment, errors);
        return Err(Trouble::Reported);
    }
    Ok(policy)
}

/// Says on standard error what has no place in a file.
pub(super) fn say_other(sentence: &str, environment: &Environment, errors: Errors) {
    match errors {
        Errors::ForPeople => {
            to_stderr(&format!("{} {}\n", environment.error_word(), terminal(sentence)));
            environment.remember(|said| said.add_sentence(sentence));
        }
        Errors::AsJson => {
            let mut diagnostics = Diagnostics::default();
            diagnostics.push(Diagnostic::nowhere(Code::Failed, Message::words(sentence.to_owned())));
            say(&diagnostics, &Sources::default(), &Privacy::names(), environment, errors);
        }
    }
}

/// Says every error on standard error, as far as the privacy lets it be said.
pub(super) fn say(
    diagnostics: &Diagnostics,
    sources: &Sources,
    privacy: &Privacy,
    environment: &Environment,
    errors: Errors,
) {
    let said = said_as(diagnostics, sources, privacy, environment, errors);
    let links = environment.err_links && errors == Errors::ForPeople && privacy.shows_locations();
    to_stderr(&if links { linked_places(&said, &ReadFiles::of(sources)) } else { said });
}

/// Says every warning on standard error; nothing where there is none.
pub(super) fn warn(diagnostics: &Diagnostics, sources: &Sources, environment: &Environment) {
    let warnings = diagnostics::text(diagnostics, Severity::Warning, sources, environment.err);
    if !warnings.trim().is_empty() {
        to_stderr(&warnings);
    }
}

/// Every error as it is said on standard error.
pub(super) fn said_as(
    diagnostics: &Diagnostics,
    sources: &Sources,
    privacy: &Privacy,
    environment: &Environment,
    errors: Errors,
) -> String {
    let seen = privacy.withhold(diagnostics, sources);
    let itself = itself(sources.0.iter().map(|source| &*source.text));
    let read = sources.paths().map(Path::to_owned).collect();
    let (diagnostics, sources) =
        seen.as_ref().map_or((diagnostics, sources), |(diagnostics, sources)| (diagnostics, sources));
    environment.remember(|said| said.add(diagnostics::listed(diagnostics, sources), itself, read));
    let mut said = match errors {
        Errors::ForPeople => diagnostics::text(diagnostics, Severity::Error, sources, environment.err),
        Errors::AsJson => diagnostics::json(diagnostics, sources),
    };
    if seen.is_some() && errors == Errors::ForPeople {
        said.push_str(WITHHELD_HINT);
    }
    said
}

/// Below errors that show less than they could.
const WITHHELD_HINT: &str =
    "\nThe content of the files is hidden; use --privacy names without --no-locations to see it.\n";

/// What is read where no path is named: the first of the usual places that there is.
pub(super) const USUAL: [&str; 2] = ["portfolio.yaml", "portfolio"];

pub(super) fn origins(input: &Input, diagnostics: &mut Diagnostics) -> Vec<Origin> {
    let typed = input.origins();
    if !typed.is_empty() {
        return typed;
    }
    let default = USUAL.into_iter().map(Path::new).find(|path| path.exists());
    if default.is_none() {
        let message = message!("there is no portfolio.yaml and no folder portfolio here");
        let help = message!("name a file or a folder; `debt init` writes a portfolio to start from");
        diagnostics.push(Diagnostic::nowhere(Code::NoPortfolio, message).help(help));
    }
    default.map(|path| Origin::Path(path.to_owned())).into_iter().collect()
}
