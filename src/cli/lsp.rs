//! `debt lsp`.

use std::path::PathBuf;

use clap::Args;

use super::args::day;
use super::env::Environment;
use super::trouble::Trouble;
use crate::base::day::Day;
use crate::lsp::{Ended, Options, Typed, serve, stdio};
use crate::source::is_dash;

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  debt lsp                                           what an editor starts\n  debt lsp people/ meetings/ --policy policy.yaml\n\nIt speaks the Language Server Protocol over standard input and output. The portfolio of a file is what PATH or debt.yaml names; else the folder `portfolio` that it is in; else the files beside it, where one has people and another has none; else the file by itself. It shows names, to whoever has the file open.\n\nExit status: 0 where the editor ends it in order, else 1."
)]
pub(super) struct LspArgs {
    /// Files and folders that are one portfolio; by default each file's own
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The day to score at; by default the portfolio's `as_of`, else today in UTC
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Day>,
    /// A policy in a file of its own
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// What editors pass; there is no other way
    #[arg(long, hide = true)]
    stdio: bool,
}

pub(super) fn run(args: LspArgs, environment: &Environment) -> Result<(), Trouble> {
    if args.paths.iter().chain(&args.policy).any(|path| is_dash(path)) {
        return Err(anyhow::anyhow!(
            "`-` is standard input, which the editor speaks over; name a file or a folder, such as `debt lsp people/`"
        )
        .into());
    }
    let first = Environment::today()?;
    let options = Options {
        typed: Typed { paths: args.paths, policy: args.policy, reads_config: environment.reads_config },
        as_of: args.as_of,
        // Whatever happens to the clock meanwhile, it was right once.
        today: Box::new(move || Environment::today().unwrap_or(first)),
        version: env!("CARGO_PKG_VERSION"),
    };
    let (connection, threads) = stdio();
    let ended = serve(&connection, options);
    drop(connection);
    threads.finish();
    match ended {
        Ended::InOrder => Ok(()),
        Ended::Abruptly => Err(Trouble::Failed),
    }
}
