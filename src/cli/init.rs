//! `debt init`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::Args;

use super::env::Environment;
use super::init_ask::ask;
use super::output::{Pending, text_to_stdout, to_stderr};
use super::schema::{Document, text as schema_text};
use super::trouble::Trouble;
use crate::base::day::Day;
use crate::source::is_dash;

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  debt init\n  debt init teams/payments.yaml\n  debt init -        print it instead\n  debt init --interview                  asks about one squad, then scores it\n  debt init --interview ledger.yaml < answers.txt\n\nThe interview asks at most 12 questions, a line each: the squad, its people, who leads it, who owns whose craft, what the 1:1s\nare for, and the talks that are put off. Answers can be piped. Nothing that exists is written over."
)]
pub(super) struct InitArgs {
    /// The file to write, which must not exist yet; - prints to standard output
    #[arg(value_name = "FILE", default_value = "portfolio.yaml")]
    pub(super) file: PathBuf,
    /// Ask about one squad, write what is told, score it, and show what to do in an hour
    #[arg(long)]
    interview: bool,
}

/// The starter, with days that are filled in on the day it is written.
const STARTER: &str = include_str!("starter.yaml");
/// The schema's file beside it, as the starter's first line names it.
const SCHEMA_FILE: &str = "portfolio.schema.json";

/// Writes the portfolio; gives the commands that are to follow.
pub(super) fn run(args: &InitArgs, environment: &Environment) -> Result<Vec<Vec<OsString>>, Trouble> {
    let today = Environment::today()?;
    let shown = args.file.display();
    // Before anything is asked.
    if !is_dash(&args.file) && args.file.symlink_metadata().is_ok() {
        return Err(anyhow::anyhow!("{shown} already exists; name another file").into());
    }
    let text = if args.interview {
        let schema = (!is_dash(&args.file)).then_some(SCHEMA_FILE);
        ask(today, environment)?.portfolio(today, schema)
    } else {
        starter(today)
    };
    if is_dash(&args.file) {
        text_to_stdout(&text)?;
        return Ok(Vec::new());
    }
    Pending::begin(&args.file)?.finish(|to| to.write_all(text.as_bytes()))?;
    let schema = args.file.with_file_name(SCHEMA_FILE);
    let with_schema = schema.symlink_metadata().is_err();
    if with_schema {
        Pending::begin(&schema)?.finish(|to| to.write_all(schema_text(Document::Portfolio).as_bytes()))?;
    }
    let and = if with_schema { format!(" and {} (for editors)", schema.display()) } else { String::new() };
    if environment.notes {
        let now = if args.interview { String::new() } else { format!("now: debt score {shown}\n") };
        to_stderr(&format!("wrote {shown}{and}\n{now}"));
    }
    Ok(if args.interview { shown_at_once(&args.file) } else { Vec::new() })
}

/// The commands that show what was written: its score, and an hour's plan.
fn shown_at_once(file: &Path) -> Vec<Vec<OsString>> {
    let command = |words: &[&str]| {
        ["debt"].iter().chain(words).map(OsString::from).chain(["--".into(), file.into()]).collect()
    };
    vec![command(&["score"]), command(&["plan", "--budget", "1h"])]
}

/// The starter with its days: some weeks ago, seen from today.
fn starter(today: Day) -> String {
    let ago = |days: i64| {
        let epoch = Day::from_epoch_days(0).unwrap_or(today);
        Day::from_epoch_days(today.days_since(epoch).count() - days).unwrap_or(today).to_string()
    };
    [("{week_ago}", 7), ("{month_ago}", 30), ("{season_ago}", 90)]
        .into_iter()
        .fold(STARTER.to_owned(), |text, (name, days)| text.replace(name, &ago(days)))
}
