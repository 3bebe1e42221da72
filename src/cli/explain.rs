//! `debt explain`.

use super::Trouble;
use super::args::ExplainArgs;
use super::env::Environment;
use super::load::{Errors, load};
use super::output::text_to_stdout;
use super::score::unknown_rule;
use crate::base::decimal::thousandths;
use crate::base::ids::RuleIx;
use crate::base::nearest::nearest;
use crate::policy::Policy;
use crate::render::escape::{label, terminal};
use crate::render::explain::{markdown, plain};
use crate::report::{self, BuildOptions};
use crate::rules;
use crate::score::factor::Factor;
use crate::score::part::Part;
use crate::score::scorecard;

pub(super) fn run(args: &ExplainArgs, environment: &Environment) -> Result<(), Trouble> {
    if args.markdown {
        return Ok(text_to_stdout(&rules_page())?);
    }
    let Some(what) = &args.what else { return Ok(text_to_stdout(&list())?) };
    if what.contains(':') {
        return factor(what, args, environment);
    }
    let rule = rules::all().position(|rule| rule.code.eq_ignore_ascii_case(what) || rule.name == what);
    let Some(position) = rule.map(RuleIx::at) else { return Err(anyhow::anyhow!(unknown_rule(what)).into()) };
    // The numbers are the policy's of whoever asks, where they name one.
    let policy = if args.input.paths.is_empty() && args.input.policy.is_none() {
        Policy::defaults(&rules::catalog())
    } else {
        load(&args.input, environment, Errors::ForPeople)?.policy
    };
    let width = environment.out.width.unwrap_or(80).clamp(40, 100);
    Ok(text_to_stdout(&plain(rules::at(position), policy.principal(position), &policy, width))?)
}

/// Every rule, a line each.
fn list() -> String {
    let mut out = String::new();
    let mut group = "";
    for rule in rules::all() {
        if rule.group.key() != group {
            group = rule.group.key();
            out.push_str(&format!("{}{group}\n", if out.is_empty() { "" } else { "\n" }));
        }
        out.push_str(&format!("  {}  {:<28} {}\n", rule.code, rule.name, thousandths(rule.principal.mp())));
    }
    out.replace("overdue-conversation         0\n", "overdue-conversation         by kind\n")
}

/// Every rule's page, as `docs/rules.md`.
pub(super) fn rules_page() -> String {
    let policy = Policy::defaults(&rules::catalog());
    let mut out = String::from(
        "# The rules\n\n<!-- Written by `debt explain --markdown`; do not edit. -->\n\nEvery number here is the default policy's. \
         `debt explain CODE` prints a page with the numbers of yours.\n\n",
    );
    for rule in rules::all() {
        out.push_str(&format!("- [{} {}](#{}-{})\n", rule.code, rule.name, rule.code.to_lowercase(), rule.name));
    }
    for (index, rule) in rules::all().enumerate() {
        out.push('\n');
        out.push_str(&markdown(rule, policy.principal(RuleIx::at(index)), &policy));
    }
    out
}

fn factor(id: &str, args: &ExplainArgs, environment: &Environment) -> Result<(), Trouble> {
    let loaded = load(&args.input, environment, Errors::ForPeople)?;
    if !loaded.privacy.shows_each() {
        return Err(anyhow::anyhow!("an aggregate shows no single factor; `debt explain CODE` explains a rule").into());
    }
    let card = scorecard(&loaded.portfolio, &loaded.policy, loaded.day, Part::default())?;
    let options =
        BuildOptions { sources: &loaded.sources, version: env!("CARGO_PKG_VERSION"), privacy: &loaded.privacy };
    let report = report::build(&card, options)?;
    let shown = |factor: &&Factor| report.factors.id(factor);
    // Under pseudonyms both are understood: the id as it is written, and as a report shows it.
    let is_meant = |factor: &&Factor| factor.id(&loaded.portfolio) == id || shown(factor).raw() == id;
    let Some(factor) = card.factors.iter().find(is_meant) else {
        if loaded.privacy.withholds_text() {
            let help = "`debt score --format json` lists them";
            return Err(anyhow::anyhow!("there is no factor with the id that was typed on {}; {help}", loaded.day).into());
        }
        let ids: Vec<String> = card.factors.iter().map(|factor| factor.id(&loaded.portfolio)).collect();
        let near = nearest(id, ids.iter().map(String::as_str));
        let help = near.map_or_else(|| "`debt score --format json` lists them".to_owned(), |near| format!("did you mean `{near}`?"));
        return Err(anyhow::anyhow!("there is no factor `{id}` on {}; {help}", loaded.day).into());
    };
    let row = report.factors.row(factor);
    let mut out = format!("{} on {}\n\n", label(&row.id), loaded.day);
    for fact in &row.evidence {
        out.push_str(&format!("  {}\n", label(fact)));
    }
    if let Some(location) = &row.location {
        out.push_str(&format!("  written in {}, line {}\n", terminal(location.file.raw()), location.line));
    }
    if let Some(onset) = row.onset {
        out.push_str(&format!("  a factor from {onset} on\n"));
    }
    if let Some(acknowledged) = &row.acknowledged {
        out.push_str(&format!("  acknowledged through {}: {}\n", acknowledged.through, label(&acknowledged.reason)));
    }
    out.push('\n');
    for (words, amount) in report::arithmetic(&card, factor) {
        out.push_str(&format!("  {:>10}  {}\n", thousandths(amount), terminal(&words)));
    }
    let who = row.owner_label.as_ref().map_or_else(String::new, |owner| format!("{}: ", label(owner)));
    out.push_str(&format!("\n{who}{}\nAbout {} minutes. `debt explain {}` says what the rule means.\n", label(&row.remedy), row.minutes, row.code));
    Ok(text_to_stdout(&out)?)
}
