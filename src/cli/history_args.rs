//! What can be typed behind `debt history`.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};

use super::args::{Configured, IdArgs, Input, PrivacyArgs};
use super::complete_ids::{codes, guilds, revisions, squads};
use super::emit::CsvArgs;
use super::own::{self, OwnTarget};
use crate::analysis::history as days;
use crate::render::history::HISTORY_FORMATS;
use crate::report::history::HistoryReport;

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  debt history                                   the last 26 weeks\n  debt history team.yaml --every month --since 2025-01-01 --why\n  debt history --squad ledger --every quarter\n  debt history --format html > history.html\n  debt history --reports reports/*.json\n\nEach day is scored anew from the text that the repository had then, under today's rules and one policy. Exit status: 0 when done; 2 where nothing could be scored."
)]
pub(super) struct HistoryArgs {
    /// Files or folders in a git repository. By default the paths of debt.yaml, else portfolio.yaml, else the folder
    /// portfolio
    #[arg(value_name = "PATH", conflicts_with = "reports")]
    pub(super) paths: Vec<PathBuf>,
    /// No day before this one, or before this revision; without it the last 26 rows, by commit all
    #[arg(long, value_name = "DATE|REV", add = revisions(), allow_hyphen_values = false)]
    pub(super) since: Option<String>,
    /// The last revision; by default HEAD and what is on the disk, up to today
    #[arg(long, value_name = "REV", add = revisions())]
    pub(super) until: Option<String>,
    /// How often there is a row; weeks end on Sunday, and the last row is the last day
    #[arg(long, value_name = "PERIOD", value_enum, default_value = "week")]
    pub(super) every: Every,
    /// Show what each row came of: time, people, what is new, told, done and gone
    #[arg(long)]
    pub(super) why: bool,
    /// Only this squad: its people and their factors
    #[arg(long, value_name = "ID", add = squads())]
    pub(super) squad: Option<String>,
    /// Only this guild: its people and their factors
    #[arg(long, value_name = "ID", add = guilds())]
    pub(super) guild: Option<String>,
    /// Only these rules
    #[arg(long, value_name = "CODE,...", value_delimiter = ',', add = codes())]
    pub(super) only: Vec<String>,
    /// The policy of every row; by default that of the last revision
    #[arg(long, value_name = "FILE")]
    pub(super) policy: Option<PathBuf>,
    /// Do not look for former names of the paths
    #[arg(long)]
    pub(super) no_follow: bool,
    /// Stop at the first revision that cannot be read
    #[arg(long)]
    pub(super) strict: bool,
    /// Take the numbers of JSON reports that were kept instead; - reads JSON Lines of them
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(super) reports: Vec<PathBuf>,
    /// How many rows the table shows, the last ones; 0 for all
    #[arg(long, value_name = "N", default_value = "12")]
    pub(super) top: usize,
    /// What to print
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = formats())]
    pub(super) format: String,
    /// Also write this format to a file, whole or not at all; can be given again
    #[arg(long, value_name = "FORMAT:FILE", value_parser = output)]
    pub(super) output: Vec<OwnTarget<HistoryReport>>,
    #[command(flatten)]
    pub(super) csv: CsvArgs,
    #[command(flatten)]
    pub(super) id: IdArgs,
    #[command(flatten)]
    pub(super) privacy: PrivacyArgs,
    #[arg(skip)]
    pub(super) configured: Configured,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Every {
    Day,
    Week,
    Month,
    Quarter,
    /// Each day on which a revision changed the portfolio
    Commit,
}

impl From<Every> for days::Every {
    fn from(every: Every) -> days::Every {
        match every {
            Every::Day => days::Every::Day,
            Every::Week => days::Every::Week,
            Every::Month => days::Every::Month,
            Every::Quarter => days::Every::Quarter,
            Every::Commit => days::Every::Commit,
        }
    }
}

fn formats() -> PossibleValuesParser {
    own::choices(HISTORY_FORMATS)
}

fn output(typed: &str) -> Result<OwnTarget<HistoryReport>, String> {
    own::target(HISTORY_FORMATS, typed)
}

impl HistoryArgs {
    /// What is read, as other verbs call it.
    pub(super) fn input(&self) -> Input {
        Input {
            paths: self.paths.clone(),
            as_of: None,
            policy: self.policy.clone(),
            id: self.id.clone(),
            privacy: self.privacy.clone(),
            configured: self.configured.clone(),
        }
    }

    /// Whether any of the formats shows what each row came of; only of the whole that can be told.
    pub(super) fn wants_changes(&self) -> bool {
        let names = self.output.iter().map(|(format, _)| format.name).chain([self.format.as_str()]);
        self.why || names.into_iter().any(|name| matches!(name, "json" | "csv" | "html"))
    }

    /// Whether it is of a part of the portfolio.
    pub(super) fn is_of_a_part(&self) -> bool {
        self.squad.is_some() || self.guild.is_some() || !self.only.is_empty()
    }
}
