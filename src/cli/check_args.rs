//! The arguments of `debt check`.

use std::path::PathBuf;

use clap::Args;

use super::args::Input;
use super::complete_ids::revisions;
use super::emit::Show;
use crate::base::decimal;
use crate::base::points::MilliPoints;
use crate::compare::gate::{FailOn, Tolerance};
use crate::score::headline;

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  debt check --against origin/main\n  debt check teams/ --against main:people/ --fail-on rise,loosened\n  debt check --staged --against HEAD        in a hook\n  debt check --max-per-person 4 --min-coverage '80%'\n  debt check --baseline debt-baseline.yaml --update-baseline\n\nExit status: 0 if the gate holds, 1 if it fails, 2 if nothing could be scored."
)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub(super) struct CheckArgs {
    /// Compare with the portfolio and policy at this git revision, or where HEAD and it parted: origin/main, HEAD~1,
    /// a hash. REV:PATH where it had another path
    #[arg(long, value_name = "REV[:PATH]", group = "base", allow_hyphen_values = true, add = revisions())]
    pub(super) against: Option<String>,
    /// What fails: rise (introduced less repaired; the default), introduced, revealed, accrued, lapsed, loosened,
    /// any. Can be given again
    #[arg(long, value_name = "WHAT", value_enum, value_delimiter = ',', hide_possible_values = true)]
    pub(super) fail_on: Vec<FailOnWord>,
    /// The highest score, in points
    #[arg(long, value_name = "POINTS", value_parser = points)]
    pub(super) max_score: Option<MilliPoints>,
    /// The highest score per scored person, in points
    #[arg(long, value_name = "POINTS", value_parser = points)]
    pub(super) max_per_person: Option<MilliPoints>,
    /// The worst grade, A to E
    #[arg(long, value_name = "GRADE", value_parser = grade)]
    pub(super) max_grade: Option<&'static str>,
    /// Hold the budgets against the high end of the range: one unit of debt for each question not answered
    #[arg(long)]
    pub(super) at_worst: bool,
    /// The lowest coverage (the share of questions that can be answered), such as 80%
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    pub(super) min_coverage: Option<i64>,
    /// Accept a rise up to this: points, or a share of the base's score, such as 2%
    #[arg(long, value_name = "POINTS|PERCENT", value_parser = tolerance)]
    pub(super) tolerance: Option<Tolerance>,
    /// Check what is staged instead of the files on the disk, for hooks
    #[arg(long)]
    pub(super) staged: bool,
    /// Gone since 0.1.0: --against does this by itself
    #[arg(long, value_name = "BRANCH", hide = true, allow_hyphen_values = true)]
    pub(super) against_merge_base: Option<String>,
    /// Where the portfolio at the revision cannot be read, nor any before it, compare with nothing
    #[arg(long)]
    pub(super) allow_missing_base: bool,
    /// Compare with the portfolio in this file instead of a revision
    #[arg(long, value_name = "FILE", group = "base")]
    pub(super) baseline: Option<PathBuf>,
    /// Write the baseline anew where the gate holds, or where there is none
    #[arg(long, requires = "baseline", conflicts_with = "locked")]
    pub(super) update_baseline: bool,
    /// Write it where the gate fails, too, or where what is there cannot be read
    #[arg(long, requires = "update_baseline")]
    pub(super) force: bool,
    /// Gone since 0.1.0
    #[arg(long, hide = true)]
    pub(super) prune_baseline: bool,
    /// Fail where debt is lower than the baseline says
    #[arg(long, requires = "baseline")]
    pub(super) locked: bool,
    /// Check again whenever a file changes that was read
    #[arg(long, conflicts_with_all = ["staged", "update_baseline"])]
    pub(super) watch: bool,
    #[command(flatten)]
    pub(super) input: Input,
    #[command(flatten)]
    pub(super) show: Show,
}

/// What can fail, as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum FailOnWord {
    /// What is introduced, less what is repaired
    Rise,
    /// Anything new or larger, even if as much was repaired
    Introduced,
    /// What is new or larger only because it is told now
    Revealed,
    /// What time alone added
    Accrued,
    /// An acknowledgement that has run out
    Lapsed,
    /// A rule, threshold or section that is more lenient than before
    Loosened,
    /// Any factor at all
    Any,
}

impl From<FailOnWord> for FailOn {
    fn from(word: FailOnWord) -> FailOn {
        match word {
            FailOnWord::Rise => FailOn::Rise,
            FailOnWord::Introduced => FailOn::Introduced,
            FailOnWord::Revealed => FailOn::Revealed,
            FailOnWord::Accrued => FailOn::Accrued,
            FailOnWord::Lapsed => FailOn::Lapsed,
            FailOnWord::Loosened => FailOn::Loosened,
            FailOnWord::Any => FailOn::Any,
        }
    }
}

fn points(typed: &str) -> Result<MilliPoints, String> {
    match decimal::parse(typed, 3) {
        Ok(mp) if mp >= 0 => Ok(MilliPoints::new(mp)),
        _ => Err("expected points from 0, with at most three decimals, such as 12.5".to_owned()),
    }
}

/// Basis points.
fn percent(typed: &str) -> Result<i64, String> {
    match decimal::parse(typed.strip_suffix('%').unwrap_or(typed).trim_end(), 2) {
        Ok(bp) if (0..=10_000).contains(&bp) => Ok(bp),
        _ => Err("expected a percentage from 0 to 100, with at most two decimals, such as 80%".to_owned()),
    }
}

fn tolerance(typed: &str) -> Result<Tolerance, String> {
    if typed.ends_with('%') {
        return percent(typed).map(Tolerance::Share);
    }
    points(typed)
        .map(Tolerance::Points)
        .map_err(|_| "expected points such as 5, or a percentage such as 2%".to_owned())
}

fn grade(typed: &str) -> Result<&'static str, String> {
    headline::grade_named(typed).ok_or_else(|| "expected a grade from A to E".to_owned())
}
