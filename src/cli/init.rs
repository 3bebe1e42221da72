//! `debt init`.

use std::path::PathBuf;

use clap::Args;

use super::env::Environment;
use super::output::{Pending, text_to_stdout, to_stderr};
use super::schema::{Document, generate};
use super::trouble::Trouble;
use crate::base::day::Day;
use crate::source::is_dash;

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  debt init\n  debt init teams/payments.yaml\n  debt init -        print it instead"
)]
pub(super) struct InitArgs {
    /// The file to write; it must not exist yet. - prints it instead
    #[arg(value_name = "FILE", default_value = "portfolio.yaml")]
    pub(super) file: PathBuf,
}

/// The starter, with days that are filled in on the day it is written.
const STARTER: &str = include_str!("starter.yaml");
/// The schema's file beside it, as the starter's first line names it.
const SCHEMA_FILE: &str = "portfolio.schema.json";

pub(super) fn run(args: &InitArgs, environment: &Environment) -> Result<(), Trouble> {
    let text = starter(Environment::today()?);
    if is_dash(&args.file) {
        return Ok(text_to_stdout(&text)?);
    }
    let shown = args.file.display();
    if args.file.symlink_metadata().is_ok() {
        return Err(anyhow::anyhow!("{shown} exists, and is left as it is; name another file").into());
    }
    Pending::begin(&args.file)?.finish(|to| to.write_all(text.as_bytes()))?;
    let schema = args.file.with_file_name(SCHEMA_FILE);
    let with_schema = schema.symlink_metadata().is_err();
    if with_schema {
        Pending::begin(&schema)?.finish(|to| to.write_all(generate(Document::Portfolio).as_bytes()))?;
    }
    let and = if with_schema { format!(" and {} (for editors)", schema.display()) } else { String::new() };
    if environment.notes {
        to_stderr(&format!("wrote {shown}{and}\nnow: debt score {shown}\n"));
    }
    Ok(())
}

/// The starter with its days: some weeks ago, seen from today.
fn starter(today: Day) -> String {
    let ago = |days: i64| {
        let epoch = Day::from_epoch_days(0).unwrap_or(today);
        Day::from_epoch_days(today.days_since(epoch) - days).unwrap_or(today).to_string()
    };
    [("{week_ago}", 7), ("{month_ago}", 30), ("{season_ago}", 90)]
        .into_iter()
        .fold(STARTER.to_owned(), |text, (name, days)| text.replace(name, &ago(days)))
}
