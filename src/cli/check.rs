//! `debt check`: the gate.

use super::check_args::CheckArgs;
use super::check_base::{BaseLoader, Side};
use super::check_baseline;
use super::check_head;
use super::check_limits::limits;
use super::check_revision::{Base, Wanted};
use super::emit::{Detail, emit};
use super::env::Environment;
use super::load::{Errors, Loaded, load};
use super::output::ReadFiles;
use super::score::warn;
use super::trouble::Trouble;
use crate::base::day::Day;
use crate::base::message::message;
use crate::compare::gate::{Limits, Verdict};
use crate::compare::{self, Comparison, Views, compare};
use crate::model::{Merged, adopt_ids};
use crate::policy::Policy;
use crate::report::{self, AgainstRow, Before};
use crate::rules;
use crate::score::part::Part;
use crate::score::scorecard;
use crate::source::{Code, Diagnostic, Diagnostics, FileIx, Place, Sources};

pub(super) fn run(args: &CheckArgs, environment: &Environment) -> Result<(), Trouble> {
    let errors = Errors::of(&args.show.format);
    let loader = BaseLoader::new(environment, errors, &args.input.privacy)?;
    let limits = limits(args, &loader)?;
    if let Some(against) = &args.against {
        let (loaded, bases) = both_sides(args, against, environment, errors)?;
        let bases = bases.into_iter().map(|base| prepared(base, args, &loaded)).collect();
        return run_gate(bases, &Run { args, loaded: &loaded, limits: &limits, loader: &loader });
    }
    if let Some(file) = &args.baseline {
        return check_baseline::run(file, args, &limits, &loader);
    }
    let loaded = if args.staged {
        check_head::staged(&args.input, environment, errors)?
    } else {
        load(&args.input, environment, errors)?
    };
    let card = scorecard(&loaded.portfolio, &loaded.policy, loaded.day, Part::default());
    let Ok(card) = card else { return Err(nobody(loaded.day, &loaded.sources, &loader)) };
    let verdict = limits.ask(&card, None);
    let mut report = report::build(&card, loaded.options())?;
    report.change = Some(report::gate_only(card.score, &report.factors, &verdict));
    let run = Run { args, loaded: &loaded, limits: &limits, loader: &loader };
    finish(&report, &verdict, &ReadFiles::of(&loaded.sources), &run)
}

/// What the gate is asked about.
pub(super) struct Run<'r> {
    pub(super) args: &'r CheckArgs,
    pub(super) loaded: &'r Loaded,
    pub(super) limits: &'r Limits,
    pub(super) loader: &'r BaseLoader<'r>,
}

/// Reads the base while the head is read. The head's errors are said first, whichever is found first.
fn both_sides(
    args: &CheckArgs,
    against: &str,
    environment: &Environment,
    errors: Errors,
) -> Result<(Loaded, Vec<Base>), Trouble> {
    let wanted =
        Wanted { input: &args.input, against, staged: args.staged, allow_missing: args.allow_missing_base };
    std::thread::scope(|scope| {
        let base = scope.spawn(|| -> Result<_, Trouble> {
            let loader = BaseLoader::new(environment, errors, &args.input.privacy)?;
            Ok((loader.bases(wanted), loader))
        });
        let loaded = if args.staged {
            check_head::staged(&args.input, environment, errors)
        } else {
            check_head::checked_out(&args.input, environment, errors)
        };
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
    let message = message!("nobody in this portfolio is scored on ", day, ", so there is nothing to score");
    let help = message!(
        "scored are those who have started, have not left, are not on a long leave and not external"
    );
    diagnostics.push(Diagnostic::error(Code::Nobody, message, Place::whole(FileIx(0))).help(help));
    loader.say(&diagnostics, sources);
    Trouble::Reported
}

/// A base that is ready to be compared with.
pub(super) struct Prepared {
    side: Option<Side>,
    policy: Policy,
    merged: Vec<Merged>,
    against: Option<AgainstRow>,
}

impl Prepared {
    pub(super) fn new(mut side: Side, otherwise: Policy, loaded: &Loaded) -> Prepared {
        let merged = adopt_ids(&mut side.portfolio, &loaded.portfolio);
        let policy = side.policy.take().unwrap_or(otherwise);
        let against = std::mem::replace(
            &mut side.against,
            AgainstRow { kind: "", name: crate::base::names::Untrusted::new(""), as_of: None, commit: None },
        );
        Prepared { side: Some(side), policy, merged, against: Some(against) }
    }
}

fn prepared(base: Base, args: &CheckArgs, loaded: &Loaded) -> Prepared {
    match base {
        Base::There(side) => {
            // Without a policy of its own the base has the one in the file that was named, where no revision has it.
            let defaults = || Policy::defaults(&rules::catalog());
            let otherwise = if args.input.policy.is_some() { loaded.policy.clone() } else { defaults() };
            Prepared::new(*side, otherwise, loaded)
        }
        Base::Missing(row) => Prepared {
            side: None,
            policy: Policy::defaults(&rules::catalog()),
            merged: Vec::new(),
            against: Some(row),
        },
    }
}

/// Compares with each base, and asks the gate about the one from which the head rises least.
pub(super) fn run_gate(mut bases: Vec<Prepared>, run: &Run<'_>) -> Result<(), Trouble> {
    let verdict = verdict_on(&mut bases, run)?;
    if verdict.reasons.is_empty() { Ok(()) } else { Err(Trouble::Failed) }
}

/// The same, and gives what the gate says.
pub(super) fn verdict_on(bases: &mut [Prepared], run: &Run<'_>) -> Result<Verdict, Trouble> {
    let Run { loaded, loader, .. } = run;
    let mut rows: Vec<Option<AgainstRow>> = bases.iter_mut().map(|base| base.against.take()).collect();
    let head = compare::Side { portfolio: &loaded.portfolio, policy: &loaded.policy, day: loaded.day };
    let mut views: Vec<Views<'_>> = Vec::new();
    for base in bases.iter() {
        let side = base.side.as_ref().map(|side| compare::Side {
            portfolio: &side.portfolio,
            policy: &base.policy,
            day: side.day.unwrap_or(loaded.day),
        });
        views.push(Views::new(side, head));
    }
    let mut least: Option<(usize, Comparison<'_>)> = None;
    for (index, views) in views.iter().enumerate() {
        let Ok(comparison) = compare(views) else {
            return Err(nobody(loaded.day, &loaded.sources, loader));
        };
        if least.as_ref().is_none_or(|(_, other)| comparison.rise().rise < other.rise().rise) {
            least = Some((index, comparison));
        }
    }
    let nothing = || anyhow::anyhow!("no base to compare with");
    let (index, comparison) = least.ok_or_else(nothing)?;
    let base = bases.get(index).ok_or_else(nothing)?;
    let against = rows.get_mut(index).and_then(Option::take).ok_or_else(nothing)?;
    if bases.len() > 1 && loader.environment.notes {
        let line = format!(
            "there are {} commits to compare with; {} gives the smallest rise",
            bases.len(),
            against.name.raw()
        );
        loader.note("note:", &line);
    }
    let none = Sources::default();
    let sources = base.side.as_ref().map_or(&none, |side| &side.sources);
    let before = Before { sources, against, merged: &base.merged };
    let verdict = run.limits.ask(&comparison.head, Some(&comparison));
    let mut report = report::build(&comparison.head, loaded.options())?;
    report.warnings.join(report::merged(before.merged, &report.factors, &loaded.portfolio));
    report.change = Some(report::change(&comparison, &report.factors, before, Some(&verdict)));
    let read = ReadFiles::of(&loaded.sources).and(sources.paths().map(Into::into));
    show(&report, &read, run)?;
    Ok(verdict)
}

fn show(report: &report::Report<'_>, read: &ReadFiles, run: &Run<'_>) -> Result<(), Trouble> {
    let Run { args, loader, .. } = run;
    emit(report, &args.show, Detail::COMPARED, loader.environment, read)?;
    if loader.errors == Errors::ForPeople {
        warn(report, loader.environment);
    }
    Ok(())
}

fn finish(
    report: &report::Report<'_>,
    verdict: &Verdict,
    read: &ReadFiles,
    run: &Run<'_>,
) -> Result<(), Trouble> {
    show(report, read, run)?;
    if verdict.reasons.is_empty() { Ok(()) } else { Err(Trouble::Failed) }
}
