//! Paths become a portfolio, its policy and the day to score at; or everything that is wrong is said.

use std::path::Path;

use super::Trouble;
use super::args::Input;
use super::env::Environment;
use super::output::to_stderr;
use super::privacy::chosen;
use crate::base::day::Day;
use crate::model::{self, Clock, OwnPolicy, Portfolio, ReadOptions};
use crate::policy::Policy;
use crate::render::diagnostics;
use crate::report::Privacy;
use crate::rules;
use crate::source::{Diagnostics, FileIx, Origin, Severity, Sources};

/// A portfolio that can be scored.
pub(super) struct Loaded {
    pub(super) sources: Sources,
    pub(super) portfolio: Portfolio,
    pub(super) policy: Policy,
    pub(super) day: Day,
    pub(super) privacy: Privacy,
}

/// How errors are said.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Errors {
    ForPeople,
    AsJson,
}

/// A pinned day further behind the clock than this is worth a word.
const STALE_DAYS: i64 = 31;

/// Reads what was asked for.
pub(super) fn load(input: &Input, environment: &Environment, errors: Errors) -> Result<Loaded, Trouble> {
    let privacy = chosen(&input.privacy)?;
    let mut found = Diagnostics::default();
    let mut sources = Sources::default();
    sources.read(&origins(input)?, &mut found);
    let policy_file = input.policy.as_ref().map(|path| {
        let file = FileIx(u32::try_from(sources.0.len()).unwrap_or(u32::MAX));
        sources.read(&[Origin::Path(path.clone())], &mut found);
        file
    });
    let clock = Clock { as_of: input.as_of, today: environment.today()? };
    let catalog = rules::catalog();
    let read = model::read(&sources, ReadOptions { clock, policy_file, catalog: &catalog }, &mut found);
    let Some(OwnPolicy { portfolio, policy, day }) = read else {
        say(&found, &sources, &privacy, environment, errors);
        return Err(Trouble::Said);
    };
    if input.as_of.is_none() && portfolio.as_of.is_some() && clock.today.days_since(day) > STALE_DAYS {
        let behind = clock.today.days_since(day);
        to_stderr(&format!("{} the portfolio is pinned to {day}, {behind} days ago\n", environment.warning_word()));
    }
    Ok(Loaded { sources, portfolio, policy, day, privacy })
}

/// Says every error on standard error, as far as the privacy lets it be said.
pub(super) fn say(found: &Diagnostics, sources: &Sources, privacy: &Privacy, environment: &Environment, errors: Errors) {
    let seen = privacy.withhold(found, sources);
    let (found, sources) = seen.as_ref().map_or((found, sources), |(found, sources)| (found, sources));
    to_stderr(&match errors {
        Errors::ForPeople => diagnostics::text(found, Severity::Error, sources, environment.err),
        Errors::AsJson => diagnostics::json(found, sources),
    });
    if seen.is_some() && errors == Errors::ForPeople {
        to_stderr(WITHHELD_HINT);
    }
}

/// Below errors that show less than they could.
const WITHHELD_HINT: &str = "\nWhat the files say is withheld here; --privacy names without --no-locations shows it.\n";

fn origins(input: &Input) -> anyhow::Result<Vec<Origin>> {
    let typed = input.origins();
    if !typed.is_empty() {
        return Ok(typed);
    }
    let default = ["portfolio.yaml", "portfolio"].into_iter().map(Path::new).find(|path| path.exists());
    match default {
        Some(path) => Ok(vec![Origin::Path(path.to_owned())]),
        None => anyhow::bail!("there is no portfolio.yaml and no folder portfolio here; `debt init` writes a portfolio to start from"),
    }
}
