//! `debt diff`.

use std::path::Path;

use super::check::nobody;
use super::check_args::DiffArgs;
use super::check_base::{BaseLoader, Side};
use super::emit::emit;
use super::env::Environment;
use super::load::{Errors, load_policy};
use super::score::warn;
use super::trouble::Trouble;
use crate::compare::{self, compare};
use crate::model::adopt_ids;
use crate::policy::Policy;
use crate::render::Breakdown;
use crate::report::{self, Before, BuildOptions};
use crate::rules;

pub(super) fn run(args: &DiffArgs, environment: &Environment) -> Result<(), Trouble> {
    let errors = Errors::of(&args.show.format);
    let loader = BaseLoader::new(environment, errors, &args.privacy)?;
    let named =
        args.policy.as_deref().map(|path| load_policy(path, &loader.privacy, environment)).transpose()?;
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
    let Ok(comparison) = compare(Some(base), head) else { return Err(nobody(day, &new.sources, &loader)) };
    let options =
        BuildOptions { sources: &new.sources, version: env!("CARGO_PKG_VERSION"), privacy: &loader.privacy };
    let mut report = report::build(&comparison.head, options)?;
    let before = Before { sources: &old.sources, against: old.against, merged: &merged };
    report.warnings.join(report::merged(before.merged, &report.factors, &new.portfolio));
    report.change = Some(report::change(&comparison, &report.factors, before, None));
    emit(&report, &args.show, Breakdown::Group, 0, environment)?;
    if errors == Errors::ForPeople {
        warn(&report, environment);
    }
    Ok(())
}
