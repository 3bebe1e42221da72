//! `debt check`: the gate.

use std::path::Path;

use super::check_args::CheckArgs;
use super::check_base::{Base, BaseLoader, Revision, Side};
use super::emit::emit;
use super::env::Environment;
use super::load::{Errors, Loaded, load};
use super::output::{Pending, to_stderr};
use super::score::warn;
use super::trouble::Trouble;
use crate::base::day::Day;
use crate::base::names::Untrusted;
use crate::base::points::MilliPoints;
use crate::compare::baseline::Baseline;
use crate::compare::gate::{FailOn, Limits, Tolerance, Verdict};
use crate::compare::{self, Comparison, against_baseline, compare};
use crate::model::adopt_ids;
use crate::policy::Policy;
use crate::render::Breakdown;
use crate::render::escape::terminal;
use crate::report::{self, AgainstRow, Before};
use crate::rules;
use crate::score::part::Part;
use crate::score::scorecard;
use crate::source::{Diagnostic, Diagnostics, FileIx, Origin, Place, Said, Sources, said};

pub(super) fn run(args: &CheckArgs, environment: &Environment) -> Result<(), Trouble> {
    let errors = Errors::of(&args.show.format);
    let loader = BaseLoader::new(environment, errors, &args.input.privacy)?;
    let limits = limits(args, &loader)?;
    let at = args.against.clone().map(Revision::At);
    if let Some(revision) = at.or_else(|| args.against_merge_base.clone().map(Revision::MergeBase)) {
        let (loaded, base) = both_sides(args, &revision, environment, errors)?;
        return match base {
            Base::There(side) => against(*side, &loaded, args, &limits, &loader),
            Base::Missing(row) => against_nothing(row, &loaded, args, &limits, &loader),
        };
    }
    let loaded = load(&args.input, environment, errors)?;
    if let Some(file) = &args.baseline {
        return against_file(file, &loaded, args, &limits, &loader);
    }
    let card = scorecard(&loaded.portfolio, &loaded.policy, loaded.day, Part::default());
    let Ok(card) = card else { return Err(nobody(loaded.day, &loaded.sources, &loader)) };
    let verdict = limits.ask(&card, None);
    let mut report = report::build(&card, loaded.options())?;
    report.change = Some(report::gate_only(card.score, &report.factors, &verdict));
    finish(&report, args, &verdict, &loader)
}

/// Reads the base while the head is read. The head's errors are said first, whichever is found first.
fn both_sides(
    args: &CheckArgs,
    revision: &Revision,
    environment: &Environment,
    errors: Errors,
) -> Result<(Loaded, Base), Trouble> {
    std::thread::scope(|scope| {
        let base = scope.spawn(|| -> Result<_, Trouble> {
            let loader = BaseLoader::new(environment, errors, &args.input.privacy)?;
            Ok((loader.base(&args.input, revision, args.allow_missing_base), loader))
        });
        let loaded = load(&args.input, environment, errors);
        let base = base.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        let (base, said) = base?;
        let loaded = loaded?;
        drop(said);
        Ok((loaded, base?))
    })
}

/// Nobody is scored, so there is nothing to check.
pub(super) fn nobody(day: Day, sources: &Sources, loader: &BaseLoader<'_>) -> Trouble {
    let mut diagnostics = Diagnostics::default();
    let message = said!["nobody in this portfolio is scored on ", day, ", so there is nothing to score"];
    let help =
        said!["scored are those who have started, have not left, are not on a long leave and not external"];
    diagnostics.push(Diagnostic::error("nobody", message, Place::whole(FileIx(0))).help(help));
    loader.say(&diagnostics, sources);
    Trouble::Said
}

/// What the gate is asked, or how to ask it.
fn limits(args: &CheckArgs, loader: &BaseLoader<'_>) -> Result<Limits, Trouble> {
    let compares = args.against.is_some() || args.against_merge_base.is_some() || args.baseline.is_some();
    let budget = args.max_score.is_some()
        || args.max_per_person.is_some()
        || args.min_coverage.is_some()
        || args.max_grade.is_some();
    let mut fail_on: Vec<FailOn> = args.fail_on.iter().map(|word| FailOn::from(*word)).collect();
    fail_on.sort_unstable();
    fail_on.dedup();
    if !compares && !budget && fail_on.iter().all(|one| one.compares()) {
        how_to_ask(args, loader);
        return Err(Trouble::Said);
    }
    if let Some(one) = fail_on.iter().find(|one| one.compares() && !compares) {
        return Err(anyhow::anyhow!(
            "--fail-on {} needs something to compare with: add --against REV",
            one.word()
        )
        .into());
    }
    let whole_base = [FailOn::Accrued, FailOn::Loosened];
    if let Some(one) = fail_on.iter().find(|one| whole_base.contains(one) && args.baseline.is_some()) {
        return Err(anyhow::anyhow!(
            "a baseline does not hold what --fail-on {} asks for; --against REV does",
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
        locked: args.locked,
    })
}

/// Three ready lines for whoever has asked nothing yet.
fn how_to_ask(args: &CheckArgs, loader: &BaseLoader<'_>) {
    let mut paths = String::new();
    for path in &args.input.paths {
        paths.push_str(&format!("{} ", path.display()));
    }
    let lines =
        ["--against origin/main", "--max-per-person 4", "--baseline debt-baseline.txt --update-baseline"];
    let lines = lines.map(|line| terminal(&format!("debt check {paths}{line}")));
    let message = "there is nothing to compare with, and no budget";
    if loader.errors == Errors::AsJson {
        let help = Said::words(format!("one of these will do: {}", lines.join("; ")));
        loader.refuse(Diagnostic::nowhere("usage", said![message]).help(help));
        return;
    }
    let word = loader.environment.error_word();
    to_stderr(&format!("{word} {message}; one of these will do:\n\n  {}\n\n", lines.join("\n  ")));
}

fn against(
    mut side: Side,
    loaded: &Loaded,
    args: &CheckArgs,
    limits: &Limits,
    loader: &BaseLoader<'_>,
) -> Result<(), Trouble> {
    let merged = adopt_ids(&mut side.portfolio, &loaded.portfolio);
    // Without a policy of its own the base has the one in the file that was named, which no revision has.
    let otherwise = || {
        if args.input.policy.is_some() { loaded.policy.clone() } else { Policy::defaults(&rules::catalog()) }
    };
    let policy = side.policy.take().unwrap_or_else(otherwise);
    let base =
        compare::Side { portfolio: &side.portfolio, policy: &policy, day: side.day.unwrap_or(loaded.day) };
    let Ok(comparison) = compare(Some(base), head(loaded)) else {
        return Err(nobody(loaded.day, &loaded.sources, loader));
    };
    let before = Before { sources: &side.sources, against: side.against, merged: &merged };
    judged(&comparison, before, loaded, args, limits, loader)
}

fn head(loaded: &Loaded) -> compare::Side<'_> {
    compare::Side { portfolio: &loaded.portfolio, policy: &loaded.policy, day: loaded.day }
}

fn against_nothing(
    row: AgainstRow,
    loaded: &Loaded,
    args: &CheckArgs,
    limits: &Limits,
    loader: &BaseLoader<'_>,
) -> Result<(), Trouble> {
    let Ok(comparison) = compare(None, head(loaded)) else {
        return Err(nobody(loaded.day, &loaded.sources, loader));
    };
    let before = Before { sources: &Sources::default(), against: row, merged: &[] };
    judged(&comparison, before, loaded, args, limits, loader)
}

fn judged(
    comparison: &Comparison<'_>,
    before: Before<'_>,
    loaded: &Loaded,
    args: &CheckArgs,
    limits: &Limits,
    loader: &BaseLoader<'_>,
) -> Result<(), Trouble> {
    let verdict = limits.ask(&comparison.head, Some(comparison));
    let mut report = report::build(&comparison.head, loaded.options())?;
    report.warnings.join(report::merged(before.merged, &report.factors, &loaded.portfolio));
    report.change = Some(report::change(comparison, &report.factors, before, Some(&verdict)));
    finish(&report, args, &verdict, loader)
}

fn finish(
    report: &report::Report<'_>,
    args: &CheckArgs,
    verdict: &Verdict,
    loader: &BaseLoader<'_>,
) -> Result<(), Trouble> {
    emit(report, &args.show, Breakdown::Group, 0, loader.environment)?;
    if loader.errors == Errors::ForPeople {
        warn(report, loader.environment);
    }
    if verdict.reasons.is_empty() { Ok(()) } else { Err(Trouble::Failed) }
}

fn against_file(
    file: &Path,
    loaded: &Loaded,
    args: &CheckArgs,
    limits: &Limits,
    loader: &BaseLoader<'_>,
) -> Result<(), Trouble> {
    if loaded.privacy.withholds_text() && (args.update_baseline || args.prune_baseline) {
        return Err(anyhow::anyhow!(
            "a baseline holds ids as they are written; write it with --privacy names"
        )
        .into());
    }
    let hash = loaded.policy.hash(&rules::catalog());
    if args.update_baseline {
        let card = scorecard(&loaded.portfolio, &loaded.policy, loaded.day, Part::default());
        let Ok(card) = card else { return Err(nobody(loaded.day, &loaded.sources, loader)) };
        let baseline = Baseline::of(&card, hash);
        write(file, &baseline)?;
        let count = baseline.entries.len();
        to_stderr(&format!(
            "wrote {} with {count} factors on {}\n",
            terminal(&file.to_string_lossy()),
            baseline.day
        ));
        return Ok(());
    }
    let baseline = read_baseline(file, &hash, loader)?;
    if baseline.day > loaded.day {
        let message = said![
            "the baseline is of ",
            baseline.day,
            ", which lies after ",
            loaded.day,
            ", the day that is scored"
        ];
        let help = said!["score on that day or later, or write it anew with --update-baseline"];
        return Err(loader.refuse(Diagnostic::nowhere("baseline-later", message).help(help)));
    }
    let Ok((comparison, pruned)) = against_baseline(&baseline, head(loaded)) else {
        return Err(nobody(loaded.day, &loaded.sources, loader));
    };
    if args.prune_baseline && pruned != baseline {
        write(file, &pruned)?;
        to_stderr(&format!(
            "pruned {}: {} factors, {} before\n",
            terminal(&file.to_string_lossy()),
            pruned.entries.len(),
            baseline.entries.len()
        ));
    }
    let name = Untrusted::new(file.to_string_lossy());
    let against = AgainstRow { kind: "baseline", name, as_of: Some(baseline.day), commit: None };
    judged(
        &comparison,
        Before { sources: &Sources::default(), against, merged: &[] },
        loaded,
        args,
        limits,
        loader,
    )
}

fn write(file: &Path, baseline: &Baseline) -> Result<(), Trouble> {
    let text = baseline.to_text();
    Ok(Pending::begin(file)?.finish(|to| to.write_all(text.as_bytes()))?)
}

fn read_baseline(file: &Path, hash: &str, loader: &BaseLoader<'_>) -> Result<Baseline, Trouble> {
    let shown = file.to_string_lossy().into_owned();
    let anew = said!["write it anew: debt check --baseline ", shown.clone(), " --update-baseline"];
    if !file.exists() {
        let message = said!["there is no baseline ", shown];
        return Err(loader.refuse(Diagnostic::nowhere("no-baseline", message).help(anew)));
    }
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    sources.read(&[Origin::Path(file.to_owned())], &mut diagnostics);
    let before = diagnostics.errors();
    let read =
        if before == 0 { Baseline::read(sources.text(FileIx(0)), FileIx(0), &mut diagnostics) } else { None };
    if let Some(baseline) = &read
        && baseline.policy_hash != hash
    {
        let message =
            said!["this baseline was written under another policy, so its amounts mean something else"];
        diagnostics.push(Diagnostic::error("baseline-policy", message, Place::whole(FileIx(0))).help(anew));
    }
    let Some(baseline) = read.filter(|_| diagnostics.errors() == 0) else {
        loader.say(&diagnostics, &sources);
        return Err(Trouble::Said);
    };
    Ok(baseline)
}
