//! What several verbs understand. What one verb alone understands is in its own file.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::base::day::Day;
use crate::records::values::{EXPECTED_ID, is_id};
use crate::source::Origin;

/// What every verb understands.
#[derive(Debug, Args)]
pub(super) struct Common {
    /// When to use colour
    #[arg(long, value_name = "WHEN", global = true, value_enum, default_value = "auto", display_order = 100)]
    pub(super) color: Color,
    /// Print no hints; errors, warnings and results are still printed
    #[arg(short, long, global = true, display_order = 101)]
    pub(super) quiet: bool,
    /// Read no debt.yaml: the file with defaults for paths, policy and privacy, from here up to the repository's root
    #[arg(long, global = true, display_order = 102)]
    pub(super) no_config: bool,
    /// When places in files are links to them (OSC 8)
    #[arg(long, value_name = "WHEN", global = true, value_enum, default_value = "auto", display_order = 103)]
    pub(super) hyperlinks: Hyperlinks,
    /// Show long output without a pager; else `DEBT_PAGER` or `PAGER`, by default `less -FRXK`, on a terminal only
    #[arg(long, global = true, display_order = 104)]
    pub(super) no_pager: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Hyperlinks {
    /// On terminals that are known to have them, and not over SSH
    Auto,
    /// Always, in output for people
    Always,
    /// Never
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal that supports them; `NO_COLOR`, `FORCE_COLOR`, `CLICOLOR_FORCE` and `CLICOLOR` are obeyed, in this order
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Which portfolio, on which day, under which policy.
#[derive(Debug, Default, Args)]
pub(super) struct Input {
    /// Files, folders (every *.yaml and *.yml under them, merged), or - for standard input. By default
    /// the paths of debt.yaml, else portfolio.yaml, else the folder portfolio
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// The day to score at; by default the portfolio's `as_of`, else today in UTC
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(super) as_of: Option<Day>,
    /// A policy in a file of its own
    #[arg(long, value_name = "FILE")]
    pub(super) policy: Option<PathBuf>,
    #[command(flatten)]
    pub(super) id: IdArgs,
    #[command(flatten)]
    pub(super) privacy: PrivacyArgs,
    /// What came from the configuration.
    #[arg(skip)]
    pub(super) configured: Configured,
}

/// What of the input came from the configuration, `debt.yaml`, and was not typed.
#[derive(Clone, Debug, Default)]
pub(super) struct Configured {
    /// Whether the paths did.
    pub(super) paths: bool,
    /// Whether the policy did.
    pub(super) policy: bool,
}

/// What the portfolio is called.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct IdArgs {
    /// What programs tell this portfolio from others by, instead of its `id`; without either its name, else its file's
    #[arg(long, value_name = "ID", value_parser = id)]
    pub(super) id: Option<String>,
    /// The one of the configuration, for a portfolio without an `id`.
    #[arg(skip)]
    pub(super) configured: Option<String>,
}

fn id(typed: &str) -> Result<String, String> {
    if is_id(typed) { Ok(typed.to_owned()) } else { Err(format!("expected {EXPECTED_ID}")) }
}

/// The heading of these in the help; set on each, since a heading of a group would go on behind it.
const PRIVACY: &str = "Privacy";

/// How much of the people is shown, in results, errors and warnings alike.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct PrivacyArgs {
    /// How much about people every output shows, errors and warnings included; by default what debt.yaml says, else names
    #[arg(long, value_name = "HOW", value_enum, help_heading = PRIVACY)]
    pub(super) privacy: Option<PrivacyMode>,
    /// A file with the key for pseudonyms, at least 16 bytes; by default the key is read from `DEBT_PSEUDONYM_KEY`
    #[arg(long, value_name = "FILE", help_heading = PRIVACY)]
    pub(super) pseudonym_key_file: Option<PathBuf>,
    /// Under --privacy aggregate, pool groups with fewer people than this, and under --privacy roles name no role of
    /// fewer; 5 by default
    #[arg(long, value_name = "PEOPLE", value_parser = clap::value_parser!(u64).range(2..), help_heading = PRIVACY)]
    pub(super) min_group: Option<u64>,
    /// Show no file names and no line numbers
    #[arg(long, help_heading = PRIVACY)]
    pub(super) no_locations: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Default)]
pub(super) enum PrivacyMode {
    /// Everything as it is written
    #[default]
    Names,
    /// Pseudonyms for every id, the same in every run under one key, and no other text of the portfolio
    Pseudonyms,
    /// People by their role, where enough people have it; pseudonyms for ids, and no text but the names of squads and guilds
    Roles,
    /// No person, meeting or conversation: sums, with small groups pooled
    Aggregate,
}

impl Input {
    /// What the paths stand for; nothing where no path is known.
    pub(super) fn origins(&self) -> Vec<Origin> {
        Origin::all(&self.paths)
    }

    /// The paths that were typed, for a command that is shown: those of the configuration need not be typed again.
    pub(super) fn typed(&self) -> &[PathBuf] {
        if self.configured.paths { &[] } else { &self.paths }
    }
}

pub(super) fn day(typed: &str) -> Result<Day, String> {
    Day::parse(typed).ok_or_else(|| "expected a calendar date such as 2026-11-20".to_owned())
}
