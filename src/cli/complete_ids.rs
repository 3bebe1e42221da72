//! Completions that know the portfolio: ids, codes, acts and revisions. The shell asks `debt` itself, with `COMPLETE` in the
//! environment; whatever goes wrong meanwhile is no candidate, and nothing is said.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use clap_complete::engine::{
    ArgValueCandidates, ArgValueCompleter, CompletionCandidate, PathCompleter, ValueCompleter,
};
use clap_complete::env::{CompleteEnv, Shells};

use super::args::Input;
use super::config::{Slots, fill_in_silence};
use super::env::Environment;
use super::load::{Errors, from_disk, origins};
use crate::model::{self, Clock, OwnPolicy, ReadOptions};
use crate::render::escape::label;
use crate::render::terms;
use crate::report::candidates::{self, Candidate};
use crate::rules;
use crate::source::git::Repository;
use crate::source::{Code, Diagnostics, Sources, is_yaml};

/// The words that are being completed, for the completers: clap shows them only the one at hand.
static WORDS: OnceLock<Vec<OsString>> = OnceLock::new();

/// Answers a shell that asks; `None` where this is no such question.
pub(super) fn answer(arguments: &[OsString]) -> Option<u8> {
    if !Environment::is_completing() {
        return None;
    }
    let words = arguments.iter().skip_while(|word| *word != "--").skip(1).cloned().collect();
    drop(WORDS.set(words));
    let env = CompleteEnv::with_factory(super::command).completer("debt");
    let answered = env.try_complete(arguments.iter().cloned(), Environment::folder().as_deref());
    match answered {
        Ok(false) => None,
        Ok(true) => Some(super::DONE),
        Err(_) => Some(super::TROUBLE),
    }
}

/// The text that makes a shell ask; none where it cannot.
pub(super) fn registration(shell: &str) -> Option<String> {
    let shells = Shells::builtins();
    let mut bytes = Vec::new();
    shells.completer(shell)?.write_registration("COMPLETE", "debt", "debt", "debt", &mut bytes).ok()?;
    let script = String::from_utf8(bytes).ok()?;
    // Bash takes an id such as `D101:meeting:bo-ana` for three words as long as colons part them.
    let colons = if shell == "bash" { "COMP_WORDBREAKS=${COMP_WORDBREAKS//:/}\n" } else { "" };
    Some(format!("{colons}{}\n", script.trim()))
}

/// Squads.
pub(super) fn squads() -> ArgValueCandidates {
    ArgValueCandidates::new(|| of(|own| candidates::squads(&own.portfolio)))
}

/// Guilds.
pub(super) fn guilds() -> ArgValueCandidates {
    ArgValueCandidates::new(|| of(|own| candidates::guilds(&own.portfolio)))
}

/// People.
pub(super) fn people() -> ArgValueCandidates {
    ArgValueCandidates::new(|| of(|own| candidates::people(&own.portfolio)))
}

/// People, squads and guilds.
pub(super) fn anybody() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        of(|OwnPolicy { portfolio, .. }| {
            let mut all = candidates::people(portfolio);
            all.extend(candidates::squads(portfolio));
            all.extend(candidates::guilds(portfolio));
            all
        })
    })
}

/// Codes of rules.
pub(super) fn codes() -> ArgValueCandidates {
    ArgValueCandidates::new(all_codes)
}

/// Acts that are owed.
pub(super) fn acts() -> ArgValueCandidates {
    ArgValueCandidates::new(|| of(candidates::owed_acts))
}

/// Acts, factors and codes.
pub(super) fn skipped() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let mut all = all_codes();
        all.extend(of(candidates::owed_acts));
        all.extend(of(candidates::factors));
        all
    })
}

/// What `debt explain` takes. Factors come when one is begun: there may be thousands.
pub(super) fn explained() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| {
        let typed = current.to_string_lossy();
        let words = terms::names().map(CompletionCandidate::new);
        let errors = Code::all().map(|code| CompletionCandidate::new(code.word()));
        let begun = typed.contains(':') || all_codes().iter().any(|code| *code.get_value() == *current);
        let factors = if begun { of(candidates::factors) } else { Vec::new() };
        let named = rules::all().map(|rule| CompletionCandidate::new(rule.name));
        let all = all_codes().into_iter().chain(factors).chain(words).chain(named).chain(errors);
        all.filter(|one| one.get_value().to_string_lossy().starts_with(&*typed)).collect()
    })
}

/// What `debt fix` takes: acts, codes, `all`, and paths.
pub(super) fn fixed() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| {
        let typed = current.to_string_lossy();
        let all = [CompletionCandidate::new("all").help(Some("what a program can do by itself".into()))];
        let mut words: Vec<CompletionCandidate> =
            all.into_iter().chain(of(candidates::owed_acts)).chain(all_codes()).collect();
        words.retain(|one| one.get_value().to_string_lossy().starts_with(&*typed));
        words.extend(PathCompleter::any().complete(current));
        words
    })
}

/// What `debt agenda` and `debt digest` take: people, and paths.
pub(super) fn owner_or_path() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| {
        let typed = current.to_string_lossy();
        let mut words = of(|own| candidates::people(&own.portfolio));
        words.retain(|one| one.get_value().to_string_lossy().starts_with(&*typed));
        words.extend(PathCompleter::any().complete(current));
        words
    })
}

/// Revisions of the repository.
pub(super) fn revisions() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let names = Repository::of(Path::new(".")).and_then(|here| here.names()).unwrap_or_default();
        let usual = ["HEAD", "HEAD~1"].into_iter().map(str::to_owned);
        usual.chain(names).map(CompletionCandidate::new).collect()
    })
}

fn all_codes() -> Vec<CompletionCandidate> {
    rules::all().map(|rule| CompletionCandidate::new(rule.code).help(Some(rule.name.into()))).collect()
}

fn of(list: impl FnOnce(&OwnPolicy) -> Vec<Candidate>) -> Vec<CompletionCandidate> {
    let candidate = |one: Candidate| {
        let help = one.name.map(|name| label(&name).into());
        CompletionCandidate::new(one.id).help(help)
    };
    read().map_or_else(Vec::new, |own| list(&own).into_iter().map(candidate).collect())
}

/// The portfolio that the words name, else that of the configuration, else the usual one.
fn read() -> Option<OwnPolicy> {
    let mut input = Input { paths: named(), ..Input::default() };
    fill_in_silence(Slots::of(&mut input, Errors::ForPeople));
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let origins = origins(&input, &mut diagnostics);
    let policy_file = from_disk(&input, &origins, &mut sources, &mut diagnostics);
    let clock = Clock { as_of: None, today: Environment::today().ok()? };
    let catalog = rules::catalog();
    model::read(&sources, ReadOptions { clock, policy_file, catalog: &catalog }, &mut diagnostics)
}

/// Files and folders among the words; not the one before the cursor, which is the program, nor the verb.
fn named() -> Vec<PathBuf> {
    let words = WORDS.get().map_or(&[][..], Vec::as_slice);
    let is_portfolio = |path: &&Path| path.is_dir() || (is_yaml(path) && path.is_file());
    words.iter().skip(2).map(Path::new).filter(is_portfolio).map(Path::to_owned).collect()
}
