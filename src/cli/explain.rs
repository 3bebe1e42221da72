//! `debt explain`.

use clap::Args;

use super::args::Input;
use super::complete_ids::explained;
use super::env::Environment;
use super::links::link;
use super::load::{Errors, Loaded, load, load_policy};
use super::output::to_stdout;
use super::pager::page_text;
use super::privacy::chosen;
use super::score::nearest_rule;
use super::trouble::Trouble;
use crate::base::decimal::{thousandths, thousandths_in_full};
use crate::base::ids::RuleIx;
use crate::base::nearest::nearest;
use crate::policy::Policy;
use crate::render::escape::{label, terminal, with_paths};
use crate::render::explain::{list_of_terms, markdown, of_code, plain, terms_as_markdown, when};
use crate::render::explanation::Explanation;
use crate::render::terms;
use crate::report::{self, Explained, NoDebt, NoFactor, Report};
use crate::rules;
use crate::rules::rule::Cost;
use crate::score::part::Part;
use crate::score::scorecard;
use crate::source::Code;

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  debt explain\n  debt explain D101\n  debt explain lapsed-1on1\n  debt explain warrant\n  debt explain D301:conversation:ana-promotion team.yaml\n  debt explain D101 --format json"
)]
pub(super) struct ExplainArgs {
    /// A rule's code or name, a term such as `warrant`, the code of an error such as `unknown-id`, or a factor's id;
    /// without one, the list of rules
    #[arg(value_name = "CODE|NAME|TERM|FACTOR-ID", add = explained())]
    pub(super) what: Option<String>,
    #[command(flatten)]
    pub(super) input: Input,
    /// What to print
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = ["text", "json"])]
    pub(super) format: String,
    /// Print every rule's page as Markdown
    #[arg(long, hide = true)]
    pub(super) markdown: bool,
}

pub(super) fn run(args: &ExplainArgs, environment: &Environment) -> Result<(), Trouble> {
    if args.markdown {
        return Ok(page_text(environment, &rules_page())?);
    }
    let width = environment.out.width.unwrap_or(80).clamp(40, 100);
    let out = Output { json: args.format == "json", width, environment };
    let Some(what) = &args.what else {
        let policy = Policy::defaults(&rules::catalog());
        return out.put(list, || Explanation::of_rules(&policy, VERSION));
    };
    if what.contains(':') {
        return factor(what, args, environment, out);
    }
    let Some(position) = rules::typed(what) else {
        return term(what, out);
    };
    // The numbers are the policy's of whoever asks, where they name one.
    let page = |policy: &Policy, width| plain(rules::at(position), policy.principal(position), policy, width);
    let policy = match (args.input.paths.is_empty(), &args.input.policy) {
        (true, None) => Policy::defaults(&rules::catalog()),
        (true, Some(file)) => {
            load_policy(file, &chosen(&args.input.privacy)?, environment, Errors::of(&args.format))?
        }
        (false, _) => {
            let loaded = load(&args.input, environment, Errors::of(&args.format))?;
            let part = Part { only: vec![position], ..Part::default() };
            let card = scorecard(&loaded.portfolio, &loaded.policy, loaded.day, part)?;
            let report = report::build(&card, loaded.options())?;
            return out.put(
                |width| page(&loaded.policy, width) + "\n" + &factors_of(&report, &loaded),
                || Explanation::of_rule(position, &loaded.policy, VERSION).with_factors(&report),
            );
        }
    };
    out.put(|width| page(&policy, width), || Explanation::of_rule(position, &policy, VERSION))
}

/// The version of the program.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// For a person, wrapped to a width, or as JSON.
#[derive(Clone, Copy)]
struct Output<'e> {
    json: bool,
    width: usize,
    environment: &'e Environment,
}

impl Output<'_> {
    /// Prints one of both.
    fn put(
        self,
        text: impl FnOnce(usize) -> String,
        json: impl FnOnce() -> Explanation,
    ) -> Result<(), Trouble> {
        if self.json {
            return Ok(to_stdout(|to| json().write(to))?);
        }
        Ok(page_text(self.environment, &text(self.width))?)
    }
}

/// What a word of the glossary, or a code of an error or warning, means.
fn term(word: &str, out: Output<'_>) -> Result<(), Trouble> {
    if let Some(term) = terms::find(word) {
        return out.put(|width| term.page(width), || Explanation::of_term(&term, VERSION));
    }
    if let Some(code) = Code::all().find(|code| code.word() == word) {
        return out.put(|width| of_code(code, width), || Explanation::of_code(code, VERSION));
    }
    let near = match nearest(word, terms::names().chain(Code::all().map(Code::word))) {
        Some(near) if !word.starts_with(['D', 'd']) => format!("did you mean `{near}`?"),
        Some(_) | None => nearest_rule(word),
    };
    Err(anyhow::anyhow!("unknown rule, term or code `{word}`; {near}").into())
}

/// Every factor of one rule in a portfolio, with the id that `explain` takes.
fn factors_of(report: &Report<'_>, loaded: &Loaded) -> String {
    if report.factors.is_empty() {
        return format!("On {} this portfolio has no such factor.\n", loaded.day);
    }
    let mut out = format!("On {} this portfolio has\n\n", loaded.day);
    for row in report.factors.rows() {
        out.push_str(&format!("  {:>10}  {}\n", thousandths_in_full(row.mp.mp()), label(&row.id)));
    }
    out
}

/// Every rule, a line each, and the terms that their pages use.
fn list(width: usize) -> String {
    let mut out = String::new();
    let mut group = "";
    for rule in rules::all() {
        if rule.group.key() != group {
            group = rule.group.key();
            out.push_str(&format!("{}{group}\n", if out.is_empty() { "" } else { "\n" }));
        }
        // What a conversation costs goes by its kind.
        let cost = match rule.cost {
            Cost::ByKind => "by kind".to_owned(),
            Cost::Flat | Cost::Each(_) => thousandths(rule.principal.mp()),
        };
        out.push_str(&format!("  {}  {:<28} {cost}\n", rule.code, rule.name));
    }
    out.push('\n');
    out.push_str(&list_of_terms(width));
    out
}

/// Every rule's page, as `docs/rules.md`.
pub(super) fn rules_page() -> String {
    let policy = Policy::defaults(&rules::catalog());
    let mut out = String::from(
        "# The rules\n\n<!-- Written by `debt explain --markdown`; do not edit. -->\n\nEvery number here is the default policy's. \
         `debt explain CODE` prints a page with the numbers of yours.\n\n",
    );
    for rule in rules::all() {
        out.push_str(&format!(
            "- [{} {}](#{}-{})\n",
            rule.code,
            rule.name,
            rule.code.to_lowercase(),
            rule.name
        ));
    }
    out.push('\n');
    out.push_str(&terms_as_markdown());
    for (index, rule) in rules::all().enumerate() {
        out.push('\n');
        out.push_str(&markdown(rule, policy.principal(RuleIx::at(index)), &policy));
    }
    out
}

/// Where the ids of factors are.
const LISTED: &str = "`debt score --format json` lists them";

/// Why a rule finds nothing about a subject, and when it would.
fn no_debt(id: &str, rule: RuleIx, why: &NoDebt, loaded: &Loaded, width: usize) -> String {
    let code = rules::at(rule).code;
    let why = match why {
        NoDebt::Off => format!("No factor: the policy switches {code} off."),
        NoDebt::OutOfScope => format!("No factor: {code} does not apply to it on that day."),
        NoDebt::Excluded(other) => {
            format!("No factor: {} applies first, and the two exclude each other.", label(other))
        }
        NoDebt::Unknown => {
            "Unknown: the portfolio lacks what the rule needs, which widens the range.".to_owned()
        }
        NoDebt::Clear => "Clear: the rule was asked, and found no debt.".to_owned(),
    };
    let when = when(rules::at(rule), loaded.policy.principal(rule), &loaded.policy, width);
    format!(
        "{} on {}\n\n  {why}\n\n{when}\n`debt explain {code}` says what the rule means.\n",
        terminal(id),
        loaded.day
    )
}

fn factor(id: &str, args: &ExplainArgs, environment: &Environment, out: Output<'_>) -> Result<(), Trouble> {
    let loaded = load(&args.input, environment, Errors::of(&args.format))?;
    if !loaded.privacy.shows_each() {
        return Err(anyhow::anyhow!(
            "an aggregate shows no single factor; `debt explain CODE` explains a rule"
        )
        .into());
    }
    let card = scorecard(&loaded.portfolio, &loaded.policy, loaded.day, Part::default())?;
    let report = report::build(&card, loaded.options())?;
    let of = |rule| Explanation::of_rule(rule, &loaded.policy, VERSION).within(&report);
    match report.factors.explain(id) {
        Ok(explained) => {
            let command = explained.command.as_ref().map(|command| with_paths(command, args.input.typed()));
            if out.json {
                let rule = rules::with_code(explained.row.code).unwrap_or_else(|| RuleIx::at(0));
                return Ok(to_stdout(|to| of(rule).with_factor(explained, command).write(to))?);
            }
            Ok(page_text(environment, &factor_page(&explained, command.as_deref(), &loaded, environment))?)
        }
        Err(NoFactor::NoDebt(rule, why)) => {
            if out.json {
                return Ok(to_stdout(|to| of(rule).without_factor(id, why).write(to))?);
            }
            Ok(page_text(environment, &no_debt(id, rule, &why, &loaded, out.width))?)
        }
        Err(NoFactor::Withheld) => {
            let day = loaded.day;
            Err(anyhow::anyhow!("unknown factor id on {day}; {LISTED}").into())
        }
        Err(NoFactor::Unknown(near)) => {
            let help = near.map_or_else(|| LISTED.to_owned(), |near| format!("did you mean `{near}`?"));
            Err(anyhow::anyhow!("unknown factor `{id}` on {}; {help}", loaded.day).into())
        }
    }
}

/// One factor for a person.
fn factor_page(
    explained: &Explained,
    command: Option<&str>,
    loaded: &Loaded,
    environment: &Environment,
) -> String {
    let Explained { row, arithmetic, .. } = explained;
    let mut out = format!("{} on {}\n\n", label(&row.id), loaded.day);
    for fact in &row.evidence {
        out.push_str(&format!("  {}\n", label(fact)));
    }
    if let Some(location) = &row.location {
        let text = format!("{}, line {}", terminal(location.file.raw()), location.line);
        let is_link = environment.out_links;
        let text = if is_link { link(location.file.raw(), location.line, &text) } else { text };
        out.push_str(&format!("  written in {text}\n"));
    }
    if let Some(onset) = row.onset {
        out.push_str(&format!("  a factor from {onset} on\n"));
    }
    if let Some(acknowledged) = &row.acknowledged {
        out.push_str(&format!(
            "  acknowledged through {}: {}\n",
            acknowledged.through,
            label(&acknowledged.reason)
        ));
    }
    out.push('\n');
    for (words, amount) in arithmetic {
        out.push_str(&format!("  {:>10}  {}\n", thousandths_in_full(*amount), terminal(words)));
    }
    let who = match &row.owner_label {
        // What only time ends is nobody's to do, and the remedy says so.
        _ if row.minutes == 0 => String::new(),
        Some(owner) => format!("  {} can do that, in about {} minutes.\n", label(owner), row.minutes),
        None => format!("  That takes about {} minutes.\n", row.minutes),
    };
    let command = command.map(|command| format!("  Then: {command}\n")).unwrap_or_default();
    out.push_str(&format!(
        "\n  {}\n{who}{command}\n`debt explain {}` says what the rule means.\n",
        label(&row.remedy),
        row.code
    ));
    out
}
