//! What the gate is asked, or how to ask it.

use super::Trouble;
use super::check_args::CheckArgs;
use super::check_base::BaseLoader;
use super::load::Errors;
use super::output::to_stderr;
use crate::base::message::{Message, message};
use crate::base::points::MilliPoints;
use crate::compare::gate::{FailOn, Limits, Tolerance};
use crate::render::escape::terminal;
use crate::source::{Code, Diagnostic};

/// What the gate is asked, or how to ask it.
pub(super) fn limits(args: &CheckArgs, loader: &BaseLoader<'_>) -> Result<Limits, Trouble> {
    gone(args)?;
    let compares = args.against.is_some() || args.baseline.is_some();
    let budget = args.max_score.is_some()
        || args.max_per_person.is_some()
        || args.min_coverage.is_some()
        || args.max_grade.is_some();
    // A share of answered questions has no high end: only a score has.
    if args.at_worst && args.max_score.is_none() && args.max_per_person.is_none() && args.max_grade.is_none()
    {
        return Err(anyhow::anyhow!(
            "--at-worst holds a budget against the high end of the range, and none is given: add --max-score, --max-per-person or --max-grade"
        )
        .into());
    }
    let mut fail_on: Vec<FailOn> = args.fail_on.iter().map(|word| FailOn::from(*word)).collect();
    fail_on.sort_unstable();
    fail_on.dedup();
    if !compares && !budget && fail_on.iter().all(|one| one.compares()) {
        how_to_ask(args, loader);
        return Err(Trouble::Reported);
    }
    if let Some(one) = fail_on.iter().find(|one| one.compares() && !compares) {
        return Err(anyhow::anyhow!(
            "--fail-on {} needs something to compare with: add --against REV",
            one.word()
        )
        .into());
    }
    if fail_on.is_empty() && compares {
        fail_on.push(FailOn::Rise);
    }
    Ok(Limits {
        fail_on,
        tolerance: args.tolerance.unwrap_or(Tolerance::Points(MilliPoints::ZERO)),
        max_score: args.max_score,
        max_per_person: args.max_per_person,
        min_coverage: args.min_coverage,
        max_grade: args.max_grade,
        at_worst: args.at_worst,
        locked: args.locked.then(|| update_command(args)),
    })
}

/// The command that writes the baseline as it is now.
pub(super) fn update_command(args: &CheckArgs) -> String {
    let mut command = String::from("debt check");
    for path in &args.input.paths {
        command.push_str(&format!(" {}", path.display()));
    }
    if let Some(policy) = &args.input.policy {
        command.push_str(&format!(" --policy {}", policy.display()));
    }
    let file = args.baseline.as_ref().map(|file| file.display().to_string()).unwrap_or_default();
    command.push_str(&format!(" --baseline {file} --update-baseline"));
    command
}

/// Options that 0.1.0 had, with what is typed instead.
fn gone(args: &CheckArgs) -> Result<(), Trouble> {
    if let Some(branch) = &args.against_merge_base {
        return Err(anyhow::anyhow!(
            "--against-merge-base is gone: --against {branch} compares with where HEAD and {branch} parted"
        )
        .into());
    }
    if args.prune_baseline {
        return Err(anyhow::anyhow!(
            "--prune-baseline is gone: --update-baseline lowers the baseline where the gate holds"
        )
        .into());
    }
    Ok(())
}

/// Three ready lines for whoever has asked nothing yet.
fn how_to_ask(args: &CheckArgs, loader: &BaseLoader<'_>) {
    let mut paths = String::new();
    for path in &args.input.paths {
        paths.push_str(&format!("{} ", path.display()));
    }
    let lines =
        ["--against origin/main", "--max-per-person 4", "--baseline debt-baseline.yaml --update-baseline"];
    let lines = lines.map(|line| terminal(&format!("debt check {paths}{line}")));
    let message = "no base to compare with, and no budget";
    if loader.errors == Errors::AsJson {
        let help = Message::words(format!("one of these will do: {}", lines.join("; ")));
        loader.refuse(Diagnostic::nowhere(Code::Usage, message!(message)).help(help));
        return;
    }
    let word = loader.environment.error_word();
    to_stderr(&format!("{word} {message}; one of these will do:\n\n  {}\n\n", lines.join("\n  ")));
}
