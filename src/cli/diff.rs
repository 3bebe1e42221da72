//! `debt diff`.

use std::path::Path;

use super::Trouble;
use super::check::nobody;
use super::check_args::DiffArgs;
use super::check_base::{Desk, Side};
use super::emit::emit;
use super::env::Environment;
use super::load::{Errors, say};
use super::score::warn;
use crate::compare::{self, compare};
use crate::model::adopt_ids;
use crate::policy::{self, Policy};
use crate::report::{self, Before, BuildOptions};
use crate::rules;
use crate::source::{Diagnostics, FileIx, Origin, Sources};

pub(super) fn run(args: &DiffArgs, environment: &Environment) -> Result<(), Trouble> {
    let errors = if args.show.format == "json" { Errors::AsJson } else { Errors::ForPeople };
    let desk = Desk { environment, errors, today: environment.today()? };
    let named = args.policy.as_deref().map(|path| named_policy(path, &desk)).transpose()?;
    let side = |path: &Path, at_least| match path.to_str() {
        // What is there is a path; a colon may stand in a name.
        Some(typed) if typed != "-" && typed.contains(':') && !path.exists() => desk.at_revision(typed),
        _ => desk.files(path, at_least),
    };
    let new = side(&args.new, args.as_of)?;
    let day = args.as_of.or(new.portfolio.as_of).unwrap_or(desk.today);
    let mut old: Side = side(&args.old, Some(day))?;
    adopt_ids(&mut old.portfolio, &new.portfolio);
    let policy = |own: Option<Policy>| {
        own.or_else(|| named.clone()).unwrap_or_else(|| Policy::defaults(&rules::catalog()))
    };
    let (old_policy, new_policy) = (policy(old.policy), policy(new.policy));
    let base = compare::Side { portfolio: &old.portfolio, policy: &old_policy, day: old.day.unwrap_or(day) };
    let head = compare::Side { portfolio: &new.portfolio, policy: &new_policy, day };
    let Ok(comparison) = compare(Some(base), head) else { return Err(nobody(day, &new.sources, &desk)) };
    let options = BuildOptions { sources: &new.sources, version: env!("CARGO_PKG_VERSION") };
    let mut report = report::build(&comparison.head, options);
    let before = Before { sources: &old.sources, against: old.against };
    report.change = Some(report::change(&comparison, &report.factors, before, None));
    emit(&report, &args.show, environment)?;
    if errors == Errors::ForPeople {
        warn(&report, environment);
    }
    Ok(())
}

/// A policy in a file of its own.
fn named_policy(path: &Path, desk: &Desk<'_>) -> Result<Policy, Trouble> {
    let (mut sources, mut found) = (Sources::default(), Diagnostics::default());
    sources.read(&[Origin::Path(path.to_owned())], &mut found);
    let policy = policy::from_text(sources.text(FileIx(0)), FileIx(0), &rules::catalog(), &mut found);
    if found.errors() > 0 {
        say(&found, &sources, desk.environment, desk.errors);
        return Err(Trouble::Said);
    }
    Ok(policy)
}
