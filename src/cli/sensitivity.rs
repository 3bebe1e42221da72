//! `debt sensitivity`.

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};

use super::args::Input;
use super::emit::CsvArgs;
use super::env::Environment;
use super::load::{Errors, load};
use super::output::{ReadFiles, text_to_stdout};
use super::own::{self, HowShown, OwnTarget};
use super::score::nobody;
use super::trouble::Trouble;
use crate::analysis::sensitivity::{Asked, Grouping, drawn};
use crate::policy::weights;
use crate::render::sensitivity::SENSITIVITY_FORMATS;
use crate::report::sensitivity::{SensitivityReport, build};
use crate::rules;
use crate::score::part::Part;
use crate::score::scorecard;

/// No more runs than this: they say nothing more.
const MOST_RUNS: u64 = 100_000;

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  debt sensitivity\n  debt sensitivity team.yaml --spread 25 --by guild\n  debt sensitivity --show-policy 7 > policy.yaml    the weights of run 7\n\nThe same seed draws the same weights everywhere. Exit status: 0 whatever comes of it; 2 where nothing could be scored."
)]
pub(super) struct SensitivityArgs {
    #[command(flatten)]
    pub(super) input: Input,
    /// Whose order is looked at
    #[arg(long, value_name = "WHAT", value_enum, default_value = "squad")]
    pub(super) by: By,
    /// By how many per cent each weight may be another one
    #[arg(long, value_name = "PERCENT", default_value = "50", value_parser = clap::value_parser!(i64).range(0..=100))]
    pub(super) spread: i64,
    /// How often weights are drawn
    #[arg(long, value_name = "N", default_value = "1000", value_parser = clap::value_parser!(u64).range(1..=MOST_RUNS))]
    pub(super) runs: u64,
    /// What they are drawn from
    #[arg(long, value_name = "N", default_value = "1")]
    pub(super) seed: u64,
    /// Print the policy of this run, from 1, and nothing else
    #[arg(long, value_name = "RUN", value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) show_policy: Option<u64>,
    /// How many changes of the policy the table shows; 0 for all
    #[arg(long, value_name = "N", default_value = "8")]
    pub(super) top: usize,
    /// What to print
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = formats())]
    pub(super) format: String,
    /// Also write this format to a file, whole or not at all; can be given again
    #[arg(long, value_name = "FORMAT:FILE", value_parser = output)]
    pub(super) output: Vec<OwnTarget<SensitivityReport>>,
    #[command(flatten)]
    pub(super) csv: CsvArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum By {
    Squad,
    Guild,
}

fn formats() -> PossibleValuesParser {
    own::choices(SENSITIVITY_FORMATS)
}

fn output(typed: &str) -> Result<OwnTarget<SensitivityReport>, String> {
    own::target(SENSITIVITY_FORMATS, typed)
}

pub(super) fn run(args: &SensitivityArgs, environment: &Environment) -> Result<(), Trouble> {
    let errors = Errors::of(&args.format);
    let loaded = load(&args.input, environment, errors)?;
    if let Some(run) = args.show_policy {
        let catalog = rules::catalog();
        let policy = drawn(&loaded.policy, &weights(&catalog), (args.seed, run), args.spread);
        // As a file of its own: the two spaces that its keys have in a portfolio are taken away.
        let mut lines = String::new();
        for line in policy.to_yaml(&catalog).lines() {
            lines.push_str(line.strip_prefix("  ").unwrap_or(line));
            lines.push('\n');
        }
        return Ok(text_to_stdout(&lines)?);
    }
    let Ok(card) = scorecard(&loaded.portfolio, &loaded.policy, loaded.day, Part::default()) else {
        nobody(false, &loaded, environment, errors);
        return Err(Trouble::Reported);
    };
    let by = match args.by {
        By::Squad => Grouping::Squad,
        By::Guild => Grouping::Guild,
    };
    let asked = Asked { by, spread: args.spread, runs: args.runs, seed: args.seed };
    let report = build(&card, asked, loaded.options())?;
    let how = HowShown {
        formats: SENSITIVITY_FORMATS,
        format: &args.format,
        output: &args.output,
        csv: args.csv,
        top: args.top,
    };
    own::show(&report, &how, environment, &ReadFiles::of(&loaded.sources))
}
