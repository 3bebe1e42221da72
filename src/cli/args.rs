//! What can be typed.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::emit::Show;
use super::load::Errors;
use crate::base::day::Day;
use crate::render::{Breakdown, FORMATS};
use crate::source::Origin;

/// Scores Decision Debt: the hard conversations that are put off where one meeting or one person tries to be both
/// manager and mentor.
#[derive(Debug, Parser)]
#[command(
    name = "debt",
    version,
    after_help = "Examples:\n  debt init                        write a portfolio to start from\n  debt score                       score portfolio.yaml, or the folder portfolio\n  debt score --format json | jq    the same for a machine\n  debt explain D101                what a rule means and what it costs"
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(super) verb: Verb,
    /// What every verb understands.
    #[command(flatten)]
    pub(super) common: Common,
}

/// What every verb understands.
#[derive(Debug, Args)]
pub(super) struct Common {
    /// When to use colour
    #[arg(long, value_name = "WHEN", global = true, value_enum, default_value = "auto", display_order = 100)]
    pub(super) color: Color,
    /// No hints and no progress; errors, warnings and results stay
    #[arg(short, long, global = true, display_order = 101)]
    pub(super) quiet: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal that has them; `NO_COLOR` and `CLICOLOR_FORCE` are obeyed
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Score a portfolio: how much debt, what makes it up, and what to do next
    Score(ScoreArgs),
    /// Fail when debt rises against a git revision or a baseline, or is over a budget
    Check(super::check_args::CheckArgs),
    /// Show the change between two portfolios in exact parts
    Diff(super::check_args::DiffArgs),
    /// Explain a rule, or one factor with its arithmetic
    Explain(ExplainArgs),
    /// Write a commented portfolio to start from
    Init(InitArgs),
    /// Label every recurring 1:1 on a calendar: delivery, craft, conflated or unlabelled
    Audit(super::audit::AuditArgs),
    /// Make a portfolio from files people already have: calendars, an HR export, SCIM, a Backstage catalogue
    Import(super::import::ImportArgs),
    /// Print a JSON Schema, for editors and validators
    Schema(SchemaArgs),
    /// Print completions for a shell
    Completions(CompletionsArgs),
    /// Print the man page
    Man(ManArgs),
}

impl Verb {
    /// How errors are said: as JSON where the result is JSON.
    pub(super) fn errors(&self) -> Errors {
        match self {
            Verb::Score(args) => Verb::errors_of(&args.show.format),
            Verb::Check(args) => Verb::errors_of(&args.show.format),
            Verb::Diff(args) => Verb::errors_of(&args.show.format),
            Verb::Audit(args) => Verb::errors_of(&args.format),
            Verb::Import(_)
            | Verb::Explain(_)
            | Verb::Init(_)
            | Verb::Schema(_)
            | Verb::Completions(_)
            | Verb::Man(_) => Errors::ForPeople,
        }
    }

    /// The same, from a verb's `--format`.
    pub(super) fn errors_of(format: &str) -> Errors {
        if format == "json" { Errors::AsJson } else { Errors::ForPeople }
    }
}

/// Which portfolio, on which day, under which policy.
#[derive(Debug, Args)]
pub(super) struct Input {
    /// Files, folders (every *.yaml and *.yml under them, merged), or - for standard input. By default
    /// portfolio.yaml, else the folder portfolio
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// The day to score at; by default the portfolio's `as_of`, else today in UTC
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(super) as_of: Option<Day>,
    /// A policy in a file of its own
    #[arg(long, value_name = "FILE")]
    pub(super) policy: Option<PathBuf>,
    #[command(flatten)]
    pub(super) privacy: PrivacyArgs,
}

/// The heading of these in the help; set on each, since a heading of a group would go on behind it.
const PRIVACY: &str = "Privacy";

/// How much of the people is shown, in results, errors and warnings alike.
#[derive(Debug, Default, Args)]
pub(super) struct PrivacyArgs {
    /// How much of the people every output shows, errors and warnings too
    #[arg(long, value_name = "HOW", value_enum, default_value = "names", help_heading = PRIVACY)]
    pub(super) privacy: PrivacyMode,
    /// The key that pseudonyms are made with, at least 16 bytes; by default the one in `DEBT_PSEUDONYM_KEY`
    #[arg(long, value_name = "FILE", help_heading = PRIVACY)]
    pub(super) pseudonym_key_file: Option<PathBuf>,
    /// Pool groups of fewer people under --privacy aggregate; 5 by default
    #[arg(long, value_name = "PEOPLE", value_parser = clap::value_parser!(u64).range(2..), help_heading = PRIVACY)]
    pub(super) min_group: Option<u64>,
    /// Show no files and no lines
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
    /// No person, meeting or conversation: sums, with small groups pooled
    Aggregate,
}

impl Input {
    /// What the paths stand for; nothing where none was typed.
    pub(super) fn origins(&self) -> Vec<Origin> {
        Origin::all(&self.paths)
    }
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  debt score team.yaml --by squad\n  debt score people/ meetings/ --as-of 2026-11-20\n  debt score --squad ledger --top 0\n  debt score --output json:report.json --output table:report.txt\n\nExit status: 0 whatever the score; 2 where nothing could be scored."
)]
pub(super) struct ScoreArgs {
    #[command(flatten)]
    pub(super) input: Input,
    #[command(flatten)]
    pub(super) show: Show,
    /// Only these rules; the score is then theirs
    #[arg(long, value_name = "CODE,...", value_delimiter = ',')]
    pub(super) only: Vec<String>,
    /// Only the people of this squad and what is booked there
    #[arg(long, value_name = "ID")]
    pub(super) squad: Option<String>,
    /// Only the people of this guild and what is booked there
    #[arg(long, value_name = "ID")]
    pub(super) guild: Option<String>,
    /// The breakdown that the table shows; by guild, an aggregate rather pools squads than guilds
    #[arg(long, value_name = "WHAT", value_enum, default_value = "group")]
    pub(super) by: By,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum By {
    Group,
    Rule,
    Squad,
    Guild,
    Owner,
    Coverage,
}

impl From<By> for Breakdown {
    fn from(by: By) -> Breakdown {
        match by {
            By::Group => Breakdown::Group,
            By::Rule => Breakdown::Rule,
            By::Squad => Breakdown::Squad,
            By::Guild => Breakdown::Guild,
            By::Owner => Breakdown::Owner,
            By::Coverage => Breakdown::Coverage,
        }
    }
}

/// A format and the file it is written to.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) format: &'static crate::render::Format,
    pub(super) file: PathBuf,
}

impl std::fmt::Debug for crate::render::Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

pub(super) fn formats() -> PossibleValuesParser {
    let value =
        |format: &crate::render::Format| clap::builder::PossibleValue::new(format.name).help(format.made_for);
    PossibleValuesParser::new(FORMATS.iter().map(value))
}

pub(super) fn target(typed: &str) -> Result<Target, String> {
    let names = || FORMATS.iter().map(|format| format.name).collect::<Vec<_>>().join(", ");
    let (name, file) =
        typed.split_once(':').ok_or_else(|| format!("write it as FORMAT:FILE, such as json:{typed}"))?;
    let format =
        crate::render::format(name).ok_or_else(|| format!("no format `{name}`; there are {}", names()))?;
    if file.is_empty() {
        return Err(format!("the file is missing: write it as {name}:FILE"));
    }
    Ok(Target { format, file: PathBuf::from(file) })
}

pub(super) fn day(typed: &str) -> Result<Day, String> {
    Day::parse(typed).ok_or_else(|| "expected a calendar date such as 2026-11-20".to_owned())
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  debt explain\n  debt explain D101\n  debt explain lapsed-1on1\n  debt explain D301:conversation:ana-promotion team.yaml"
)]
pub(super) struct ExplainArgs {
    /// A rule's code or name, or a factor's id; without one, the list of rules
    #[arg(value_name = "CODE|NAME|FACTOR-ID")]
    pub(super) what: Option<String>,
    #[command(flatten)]
    pub(super) input: Input,
    /// Print every rule's page as Markdown
    #[arg(long, hide = true)]
    pub(super) markdown: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  debt init\n  debt init teams/payments.yaml\n  debt init -        print it instead"
)]
pub(super) struct InitArgs {
    /// The file to write; it must not exist yet. - prints it instead
    #[arg(value_name = "FILE", default_value = "portfolio.yaml")]
    pub(super) file: PathBuf,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  debt schema portfolio > portfolio.schema.json")]
pub(super) struct SchemaArgs {
    /// Of what
    #[arg(value_enum)]
    pub(super) document: super::Document,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  debt completions bash > ~/.local/share/bash-completion/completions/debt")]
pub(super) struct CompletionsArgs {
    /// For which shell
    #[arg(value_enum)]
    pub(super) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  debt man > debt.1\n  debt man score > debt-score.1")]
pub(super) struct ManArgs {
    /// The verb; by default the program
    #[arg(value_name = "VERB")]
    pub(super) verb: Option<String>,
}
