//! `debt fix`.

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::args::{Input, day};
use super::complete_ids::fixed;
use super::env::Environment;
use super::fix_ask::ask;
use super::fix_told::ToldArgs;
use super::load::{Errors, Loaded, load_with_texts, say};
use super::output::{to_stderr, to_stdout};
use super::trouble::Trouble;
use crate::analysis::fix::{Refusal, Session, Skipped, What};
use crate::base::day::Day;
use crate::base::message::message;
use crate::edit::files::{Replacement, write_all};
use crate::model::{Clock, OwnPolicy, ReadOptions};
use crate::render::escape::terminal;
use crate::render::fix::{FIX_FORMATS, candidates, diff, json, lines, text};
use crate::report::fix::{FixReport, fix};
use crate::report::{Privacy, asked, refused};
use crate::rules;
use crate::source::{Code, Diagnostic, Diagnostics, FileIx, is_dash};

#[derive(Debug, Args)]
#[command(
    override_usage = "debt fix [WHAT[,WHAT...]] [PATH]... [OPTIONS]",
    after_help = "Examples:\n  debt fix                                  on a terminal: one act after the other\n  debt fix all | git apply                  what a program can do by itself\n  debt fix all --write\n  debt fix hold:conversation:ana-promotion --held\n  debt fix hold:conversation:ana-promotion --held 2026-11-18 --write\n  debt fix label:meeting:nia-kofi --as delivery\n  debt fix D101:meeting:nia-pia --acknowledge --reason 'until the reorganisation'\n\nWithout --write nothing is changed: a diff is printed that `git apply` takes.\n\nExit status: 0 where it is done or would be, 2 where nothing is."
)]
pub(super) struct FixArgs {
    /// What to fix: an act or a factor by its id, a code for all its acts, or `all`; then the files and folders of
    /// the portfolio, or - for standard input
    #[arg(value_name = "WHAT|PATH", add = fixed())]
    words: Vec<PathBuf>,
    /// Write the files: all of them, or none where one cannot be written or has changed meanwhile
    #[arg(long)]
    write: bool,
    #[command(flatten)]
    told: ToldArgs,
    /// The day to score at; by default the portfolio's `as_of`, else today in UTC
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Day>,
    /// A policy in a file of its own
    #[arg(long, value_name = "FILE")]
    pub(super) policy: Option<PathBuf>,
    /// The paths of the configuration, for where none is typed.
    #[arg(skip)]
    pub(super) configured_paths: Vec<PathBuf>,
    /// What to print
    #[arg(long, value_name = "FORMAT", default_value = "diff", value_parser = PossibleValuesParser::new(FIX_FORMATS))]
    pub(super) format: String,
}

impl FixArgs {
    /// What is named, and the paths: each is told from the other by its form.
    fn named(&self) -> (Vec<What>, Vec<PathBuf>) {
        let (mut whats, mut paths) = (Vec::new(), Vec::new());
        for word in &self.words {
            let parts = word.to_str().map(|text| text.split(',').map(What::parse).collect());
            match parts {
                Some(Some(parts)) => {
                    let parts: Vec<What> = parts;
                    whats.extend(parts);
                }
                Some(None) | None => paths.push(word.clone()),
            }
        }
        (whats, paths)
    }
}

pub(super) fn run(args: &FixArgs, environment: &Environment) -> Result<(), Trouble> {
    let errors = Errors::of(&args.format);
    let (whats, mut paths) = args.named();
    if paths.is_empty() {
        paths.clone_from(&args.configured_paths);
    }
    let is_piped = paths.iter().any(|path| is_dash(path));
    if is_piped && args.write {
        return Err(anyhow::anyhow!(
            "standard input cannot be written: leave --write out, and the new text is printed"
        )
        .into());
    }
    if is_piped && paths.len() > 1 {
        return Err(anyhow::anyhow!("`-` cannot be read together with other paths here").into());
    }
    let input = Input { paths, as_of: args.as_of, policy: args.policy.clone(), ..Input::default() };
    let loaded = load_with_texts(&Diagnostics::default(), &input, environment, errors)?;
    let catalog = rules::catalog();
    let clock = Clock { as_of: args.as_of, today: Environment::today()? };
    // The policy is read behind all other files.
    let last = loaded.sources.0.len().saturating_sub(1);
    let policy_file = args.policy.is_some().then(|| FileIx(u32::try_from(last).unwrap_or(u32::MAX)));
    let Loaded { sources, portfolio, policy, day, names, .. } = loaded;
    let own = OwnPolicy { portfolio, policy, day, has_policy: false };
    let mut session = Session::new(sources, own, ReadOptions { clock, policy_file, catalog: &catalog });
    let words = args.told.words(day);
    let mut write = args.write;
    let skipped = if !whats.is_empty() {
        let skipped =
            session.run(&whats, &words).map_err(|why| explain(&session, &why, environment, errors))?;
        must_be_done(&session, &whats, &skipped, environment, errors)?;
        skipped
    } else if environment.asks && !is_piped {
        write = ask(&mut session, write, environment)?;
        if !write && environment.out.width.is_some() {
            to_stderr("nothing written\n");
            return Ok(());
        }
        Vec::new()
    } else {
        return Err(name_one(&session, environment, errors));
    };
    let report = fix(&session, &skipped, write, env!("CARGO_PKG_VERSION"), names.called())
        .map_err(|why| explain(&session, &why, environment, errors))?;
    if write {
        write_files(&session, environment, errors)?;
    }
    if environment.notes
        && errors == Errors::ForPeople
        && report.acts.iter().any(|row| is_push(row.act.raw()))
    {
        // The price is said before what is bought.
        to_stderr(&lines(&report, environment.err));
        return print(args, &report, &session, is_piped, write, environment);
    }
    print(args, &report, &session, is_piped, write, environment)?;
    if environment.notes && errors == Errors::ForPeople {
        to_stderr(&lines(&report, environment.err));
        to_stderr(&ending(&report, is_piped));
    }
    Ok(())
}

fn is_push(act: &str) -> bool {
    act.starts_with("push:")
}

fn print(
    args: &FixArgs,
    report: &FixReport,
    session: &Session<'_>,
    is_piped: bool,
    written: bool,
    environment: &Environment,
) -> Result<(), Trouble> {
    Ok(to_stdout(|to| match args.format.as_str() {
        "json" => json(report, to),
        _ if is_piped => text(report, session.original().text(FileIx(0)), to),
        _ if written => Ok(()),
        _ => diff(report, environment.out, to),
    })?)
}

/// What became of the files.
fn ending(report: &FixReport, is_piped: bool) -> String {
    let names: Vec<String> = report.files.iter().map(|file| terminal(file.path.raw())).collect();
    match (report.written, is_piped || names.is_empty()) {
        (true, false) => format!("wrote {}\n", names.join(", ")),
        (false, false) => "nothing written; --write does it\n".to_owned(),
        (_, true) => String::new(),
    }
}

fn write_files(session: &Session<'_>, environment: &Environment, errors: Errors) -> Result<(), Trouble> {
    let edits = session.edits().map_err(|why| explain(session, &why, environment, errors))?;
    let path =
        |file: FileIx| session.original().0.get(file.index()).and_then(|source| source.path.as_deref());
    let files: Vec<Replacement<'_>> = edits
        .iter()
        .map(|edit| {
            let path = path(edit.file).unwrap_or(Path::new("-"));
            Replacement { path, before: edit.before, after: edit.after }
        })
        .collect();
    Ok(write_all(&files)?)
}

/// Says why something is not done.
fn explain(session: &Session<'_>, why: &Refusal, environment: &Environment, errors: Errors) -> Trouble {
    let privacy = Privacy::names();
    match why {
        // These errors are about a text that is not there yet.
        Refusal::NotHappened(both) => say(&both.0, &both.1, &privacy, environment, errors),
        _ => say(&refused(session, why), session.sources(), &privacy, environment, errors),
    }
    Trouble::Reported
}

/// What was named by a code and needs a person is not done in silence: with `all` it is.
fn must_be_done(
    session: &Session<'_>,
    whats: &[What],
    skipped: &[Skipped],
    environment: &Environment,
    errors: Errors,
) -> Result<(), Trouble> {
    if !session.done().is_empty() || skipped.is_empty() || whats.contains(&What::All) {
        return Ok(());
    }
    let mut all = Diagnostics::default();
    for one in skipped {
        refused(session, &one.why).iter().for_each(|error| all.push(error.clone()));
    }
    say(&all, session.sources(), &Privacy::names(), environment, errors);
    Err(Trouble::Reported)
}

/// Without a terminal nobody can be asked.
fn name_one(session: &Session<'_>, environment: &Environment, errors: Errors) -> Trouble {
    let rows = asked(session);
    let mut all = Diagnostics::default();
    let message = message!("nothing is named that is to be fixed");
    let help = message!("name an act such as `debt fix hold:conversation:ana-promotion --held`, or `all`");
    all.push(Diagnostic::nowhere(Code::Usage, message).help(help));
    say(&all, session.sources(), &Privacy::names(), environment, errors);
    if errors == Errors::ForPeople {
        let list = candidates(&rows, environment.err);
        to_stderr(&if list.is_empty() {
            "\nThere is nothing to do.\n".to_owned()
        } else {
            format!("\nWhat can be done, with the points that it takes away:\n\n{list}")
        });
    }
    Trouble::Reported
}
