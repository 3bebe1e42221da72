//! The command line: a file for each verb, and nothing of the domain.

mod args;
mod agenda;
mod audit;
mod check;
mod check_args;
mod check_base;
mod check_baseline;
mod check_config;
mod check_head;
mod check_limits;
mod check_revision;
mod complete;
mod complete_ids;
mod config;
mod diff;
mod digest;
mod emit;
mod env;
mod explain;
mod failed;
mod fix;
mod fix_ask;
mod fix_told;
mod forecast;
mod history;
mod history_args;
mod history_kept;
mod history_read;
mod history_rows;
mod import;
mod import_any;
mod import_args;
mod import_into;
mod import_run;
mod init;
mod init_ask;
mod lines;
mod links;
mod load;
mod lsp;
mod output;
mod own;
mod pager;
mod person;
mod plan;
mod plan_args;
mod privacy;
mod progress;
mod reference;
mod said;
mod schema;
mod score;
mod score_each;
mod score_for;
mod sensitivity;
mod sync;
mod trouble;
mod verbs;
mod watch;
mod what_if;
mod worksheet;

use std::ffi::OsString;

use clap::{CommandFactory, Parser};

use env::Environment;
use failed::Request;
pub use reference::portfolio_page;
pub use schema::{Document, generate};
use trouble::Trouble;
pub use verbs::Cli;
use verbs::Verb;

/// The verb succeeded; for `check`, the gate holds.
const DONE: u8 = 0;
/// `check` only: the gate failed.
const FAILED: u8 = 1;
/// Usage, input, policy or baseline error: nothing was scored.
const TROUBLE: u8 = 2;

/// Runs the program and gives its exit status.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if let Some(status) = complete_ids::answer(&arguments) {
        return status;
    }
    let Cli { verb, common } = match parse(&arguments) {
        Ok(cli) => cli,
        Err(status) => return status,
    };
    let mut environment = Environment::new(&common);
    if verb.is_watched() {
        // What is shown again by itself is not read page by page.
        environment.pager = None;
        return watch::run(&arguments, &environment);
    }
    run_once(verb, &environment)
}

fn parse(arguments: &[OsString]) -> Result<Cli, u8> {
    Cli::try_parse_from(arguments).map_err(|error| {
        // The reader has closed the pipe, so there is nobody to report the error to.
        drop(error.print());
        u8::try_from(error.exit_code()).unwrap_or(TROUBLE)
    })
}

/// Does what was asked for, and gives the exit status.
fn run_once(mut verb: Verb, environment: &Environment) -> u8 {
    let errors = verb.errors();
    verb.settle();
    let slots = if environment.reads_config { verb.slots() } else { None };
    let configured = slots.map_or(Ok(()), |slots| config::fill(slots, environment));
    let request = Request::of(&verb);
    let outcome = configured.and_then(|()| done(verb, environment));
    match outcome {
        Ok(()) => DONE,
        Err(Trouble::Other(error) | Trouble::Unwritten(error)) if output::is_closed_pipe(&error) => DONE,
        Err(Trouble::Failed) => FAILED,
        Err(Trouble::Unwritten(error)) => {
            load::say_other(&format!("{error:#}"), environment, errors);
            TROUBLE
        }
        Err(trouble) => {
            if let Trouble::Other(error) = trouble {
                load::say_other(&format!("{error:#}"), environment, errors);
            }
            if let Some(request) = request {
                request.fail(environment);
            }
            TROUBLE
        }
    }
}

fn done(verb: Verb, environment: &Environment) -> Result<(), Trouble> {
    match verb {
        Verb::Score(args) if args.each => score_each::run(&args, environment),
        Verb::Score(args) => score::run(&args, environment),
        Verb::Check(args) => check::run(&args, environment),
        Verb::Diff(args) => diff::run(&args, environment),
        Verb::Plan(args) => plan::run(&args, environment),
        Verb::WhatIf(args) => what_if::run(&args, environment),
        Verb::Forecast(args) => forecast::run(&args, environment),
        Verb::History(args) => history::run(&args, environment),
        Verb::Digest(args) => digest::run(&args, environment),
        Verb::Agenda(args) => agenda::run(&args, environment),
        Verb::Sensitivity(args) => sensitivity::run(&args, environment),
        Verb::Explain(args) => explain::run(&args, environment),
        Verb::Lines(args) => lines::run(args, environment),
        Verb::Fix(args) => fix::run(&args, environment),
        Verb::Lsp(args) => lsp::run(args, environment),
        Verb::Init(args) => init::run(&args, environment)?.into_iter().try_for_each(|words| {
            output::text_to_stdout("\n")?;
            let Cli { verb, .. } = Cli::try_parse_from(words).map_err(anyhow::Error::from)?;
            done(verb, environment)
        }),
        Verb::Audit(args) => audit::run(&args, environment),
        Verb::Import(args) => import::run(&args, environment),
        Verb::Sync(args) => sync::run(&args, environment),
        Verb::Schema(args) => schema::run(&args),
        Verb::Completions(args) => complete::completions(&args, command()),
        Verb::Man(args) => complete::man(&args, command(), environment),
    }
}

/// The definition of the command line, for completions, the man page and the help's snapshots.
pub fn command() -> clap::Command {
    Cli::command()
}
