//! `debt plan`.

use std::path::Path;

use super::emit::deliver;
use super::env::Environment;
use super::load::{Errors, Loaded, load_beside, say};
use super::output::ReadFiles;
use super::plan_args::PlanArgs;
use super::score::{nobody, part, rules_named, warn};
use super::trouble::Trouble;
use crate::analysis::plan::{Keep, Skip, owner};
use crate::base::message::message;
use crate::render::escape::with_paths;
use crate::render::plan::{PlanFormat, PlanView, plan_format};
use crate::report;
use crate::report::plan::{Wanted, build};
use crate::score::part::Part;
use crate::score::{Scorecard, scorecard};
use crate::source::{Code, Diagnostic, Diagnostics};

pub(super) fn run(args: &PlanArgs, environment: &Environment) -> Result<(), Trouble> {
    let errors = Errors::of(&args.format);
    let mut usage = Diagnostics::default();
    let only = rules_named(&args.only, &mut usage);
    let loaded = load_beside(&usage, &args.input, environment, errors)?;
    refuse_single(args, &loaded)?;
    let part = part((&args.squad, &args.guild), only, &loaded.portfolio, &mut usage);
    let Ok(card) = scorecard(&loaded.portfolio, &loaded.policy, loaded.day, Part::default()) else {
        nobody(false, &loaded, environment, errors);
        return Err(Trouble::Reported);
    };
    let keep = Keep {
        owners: owners(&args.owner, &loaded, &mut usage),
        skip: skipped(&args.skip, &card, &mut usage),
        part,
        acknowledged: args.include_acknowledged,
    };
    if usage.errors() > 0 {
        say(&usage, &loaded.sources, &loaded.privacy, environment, errors);
        return Err(Trouble::Reported);
    }
    let wanted = Wanted { budget: args.budget, until: args.until, keep, ..Wanted::default() };
    let mut plan = build(&card, &wanted, loaded.options())?;
    plan.command = plan.command.map(|command| with_paths(&command, args.input.typed()));
    let report = report::build(&card, loaded.options())?;
    let main = plan_format(&args.format).ok_or_else(|| anyhow::anyhow!("no format `{}`", args.format))?;
    let targets: Vec<(&PlanFormat, &Path)> =
        args.output.iter().map(|(format, file)| (*format, file.as_path())).collect();
    let top = (args.top > 0).then_some(args.top);
    deliver(main, &targets, environment, &ReadFiles::of(&loaded.sources), |format, screen, to| {
        args.csv.begin(format.name, to)?;
        (format.render)(&plan, &report, &PlanView { screen, top }, to)
    })?;
    if errors == Errors::ForPeople {
        warn(&report, environment);
    }
    Ok(())
}

/// In an aggregate nothing is asked about one person, one act or one factor: two plans that differ by one would tell.
fn refuse_single(args: &PlanArgs, loaded: &Loaded) -> anyhow::Result<()> {
    let single = !args.owner.is_empty() || args.skip.iter().any(|skip| skip.contains(':'));
    if single && !loaded.privacy.shows_each() {
        anyhow::bail!(
            "an aggregate shows no single person, act or factor: --owner and --skip with one cannot be used"
        );
    }
    Ok(())
}

fn owners(typed: &[String], loaded: &Loaded, usage: &mut Diagnostics) -> Vec<Option<String>> {
    let mut owners = Vec::new();
    for word in typed {
        match owner(&loaded.portfolio, word) {
            Ok(owner) => owners.push(owner),
            Err(near) => {
                unknown(
                    Diagnostic::nowhere(Code::UnknownId, message!("nobody has the id `", word, "`")),
                    near,
                    usage,
                );
            }
        }
    }
    owners
}

fn skipped(typed: &[String], card: &Scorecard<'_>, usage: &mut Diagnostics) -> Vec<Skip> {
    let mut all = Vec::new();
    for word in typed {
        match Skip::parse(card, word) {
            Ok(skip) => all.push(skip),
            Err(near) => {
                let message = message!("no act, factor or rule `", word, "`");
                unknown(Diagnostic::nowhere(Code::UnknownId, message), near, usage);
            }
        }
    }
    all
}

/// Adds that an id is unknown, with the nearest one.
pub(super) fn unknown(diagnostic: Diagnostic, near: Option<String>, usage: &mut Diagnostics) {
    usage.push(match near {
        Some(near) => diagnostic.help(message!("did you mean `", near, "`?")),
        None => diagnostic,
    });
}
