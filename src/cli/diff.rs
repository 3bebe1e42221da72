//! `debt diff`.

use std::path::{Path, PathBuf};

use clap::Args;

use super::args::{IdArgs, PrivacyArgs, day};
use super::check::nobody;
use super::check_base::{BaseLoader, Side};
use super::emit::{Detail, Show, emit};
use super::env::Environment;
use super::load::{Errors, Names, load_policy};
use super::output::ReadFiles;
use super::score::warn;
use super::trouble::Trouble;
use crate::base::day::Day;
use crate::compare::{self, compare};
use crate::model::adopt_ids;
use crate::policy::Policy;
use crate::report::{self, Before, BuildOptions};
use crate::rules;

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  debt diff old.yaml new.yaml\n  debt diff HEAD~5:portfolio.yaml portfolio.yaml\n  debt diff v1.0:teams main:teams --as-of 2026-11-20\n\nIn REV:PATH the path starts at the root of the repository; REV:./PATH starts here.\n\nExit status: 0 whatever changed; 2 if nothing could be scored."
)]
pub(super) struct DiffArgs {
    /// The old portfolio: a file, a folder, - for standard input, or REV:PATH
    #[arg(value_name = "OLD")]
    pub(super) old: PathBuf,
    /// The same forms as OLD
    #[arg(value_name = "NEW")]
    pub(super) new: PathBuf,
    /// The day to score both at; by default NEW's `as_of`, else today in UTC
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(super) as_of: Option<Day>,
    /// A policy file, for a portfolio that has no policy of its own
    #[arg(long, value_name = "FILE")]
    pub(super) policy: Option<PathBuf>,
    #[command(flatten)]
    pub(super) id: IdArgs,
    #[command(flatten)]
    pub(super) show: Show,
    #[command(flatten)]
    pub(super) privacy: PrivacyArgs,
}

pub(super) fn run(args: &DiffArgs, environment: &Environment) -> Result<(), Trouble> {
    let errors = Errors::of(&args.show.format);
    let loader = BaseLoader::new(environment, errors, &args.privacy)?;
    let named = args
        .policy
        .as_deref()
        .map(|path| load_policy(path, &loader.privacy, environment, errors))
        .transpose()?;
    let side = |path: &Path, at_least| match path.to_str() {
        // What exists is a path: a name may contain a colon.
        Some(typed) if typed.contains(':') && !path.exists() => loader.at_revision(typed),
        _ => loader.files(path, at_least),
    };
    let new = side(&args.new, args.as_of)?;
    let day = args.as_of.or(new.portfolio.as_of).unwrap_or(loader.today);
    let mut old: Side = side(&args.old, Some(day))?;
    let merged = adopt_ids(&mut old.portfolio, &new.portfolio);
    let policy = |own: Option<Policy>| {
        own.or_else(|| named.clone()).unwrap_or_else(|| Policy::defaults(&rules::catalog()))
    };
    let (old_policy, new_policy) = (policy(old.policy), policy(new.policy));
    let base = compare::Side { portfolio: &old.portfolio, policy: &old_policy, day: old.day.unwrap_or(day) };
    let head = compare::Side { portfolio: &new.portfolio, policy: &new_policy, day };
    let views = compare::Views::new(Some(base), head);
    let Ok(comparison) = compare(&views) else { return Err(nobody(day, &new.sources, &loader)) };
    let names = Names::new(&args.id, std::slice::from_ref(&args.new));
    let options = BuildOptions {
        sources: &new.sources,
        version: env!("CARGO_PKG_VERSION"),
        privacy: &loader.privacy,
        called: names.called(),
    };
    let mut report = report::build(&comparison.head, options)?;
    let policy_file = args.policy.iter().cloned();
    let read = ReadFiles::of(&new.sources).and(old.sources.paths().map(Into::into)).and(policy_file);
    let before = Before { sources: &old.sources, against: old.against, merged: &merged };
    report.warnings.join(report::merged(before.merged, &report.factors, &new.portfolio));
    report.change = Some(report::change(&comparison, &report.factors, before, None));
    emit(&report, &args.show, Detail::COMPARED, environment, &read)?;
    if errors == Errors::ForPeople {
        warn(&report, environment);
    }
    Ok(())
}
