//! `debt score`.

use std::mem::forget;

use clap::{Args, ValueEnum};

use super::args::Input;
use super::complete_ids::{codes, guilds, people, squads};
use super::emit::{Detail, Show, emit};
use super::env::Environment;
use super::links::link;
use super::load::{Errors, Loaded, load_beside, say};
use super::output::{ReadFiles, to_stderr};
use super::score_for;
use super::trouble::Trouble;
use crate::base::day::Day;
use crate::base::ids::{GuildIx, RuleIx, SquadIx, Subject};
use crate::base::message::{Message, message};
use crate::base::nearest::nearest;
use crate::model::Portfolio;
use crate::render::Breakdown;
use crate::render::escape::{label, terminal, with_paths};
use crate::report::{self, Report};
use crate::rules;
use crate::score::part::Part;
use crate::score::scorecard;
use crate::source::{Code, Diagnostic, Diagnostics, FileIx, Place};

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  debt score team.yaml --by squad\n  debt score people/ meetings/ --as-of 2026-11-20\n  debt score --squad ledger --top 0\n  debt score --output json:report.json --output table:report.txt\n  debt score --each teams/*.yaml > reports.jsonl\n\nExit status: 0 whatever the score is; 2 if nothing could be scored.\nWith --each it is 0: what cannot be scored is a line with its errors."
)]
pub(super) struct ScoreArgs {
    #[command(flatten)]
    pub(super) input: Input,
    #[command(flatten)]
    pub(super) show: Show,
    /// Score only these rules
    #[arg(long, value_name = "CODE,...", value_delimiter = ',', add = codes())]
    pub(super) only: Vec<String>,
    /// Score only this squad: its people and their factors
    #[arg(long, value_name = "ID", add = squads())]
    pub(super) squad: Option<String>,
    /// Score only this guild: its people and their factors
    #[arg(long, value_name = "ID", add = guilds())]
    pub(super) guild: Option<String>,
    /// Show what may be shown to this person: their lines, 1:1s, findings, the talks they owe; no score, and no talk
    /// about them that was not held. As table, json or markdown
    #[arg(long = "for", id = "for", value_name = "PERSON", add = people(), conflicts_with_all = ["only", "squad", "guild"])]
    pub(super) person: Option<String>,
    /// The breakdown that the table shows; by guild, an aggregate pools squads before guilds
    #[arg(long, value_name = "WHAT", value_enum, default_value = "group")]
    pub(super) by: By,
    /// Make each factor a failed test of the format junit, unless it is acknowledged; by default it passes
    #[arg(long)]
    pub(super) junit_fail: bool,
    /// Score each file and folder as a portfolio of its own: a line of JSON for each, one that cannot be scored included
    #[arg(long, requires = "paths", conflicts_with_all = EACH_ALONE)]
    pub(super) each: bool,
    /// Score again whenever a file changes that was read
    #[arg(long)]
    pub(super) watch: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum By {
    Group,
    Rule,
    Squad,
    Guild,
    Owner,
    Coverage,
}

impl From<By> for Breakdown {
    fn from(by: By) -> Breakdown {
        match by {
            By::Group => Breakdown::Group,
            By::Rule => Breakdown::Rule,
            By::Squad => Breakdown::Squad,
            By::Guild => Breakdown::Guild,
            By::Owner => Breakdown::Owner,
            By::Coverage => Breakdown::Coverage,
        }
    }
}

/// What has no meaning where each portfolio is a line.
const EACH_ALONE: [&str; 10] =
    ["format", "output", "csv_bom", "top", "squad", "guild", "by", "junit_fail", "watch", "id"];

/// How many tasks are shown.
const TASKS: usize = 3;

pub(super) fn run(args: &ScoreArgs, environment: &Environment) -> Result<(), Trouble> {
    let errors = Errors::of(&args.show.format);
    if let Some(person) = &args.person {
        return score_for::run(person, (&args.input, &args.show), environment, errors);
    }
    let mut usage = Diagnostics::default();
    let only = rules_named(&args.only, &mut usage);
    let mut loaded = load_beside(&usage, &args.input, environment, errors)?;
    loaded.privacy = loaded.privacy.guilds_first(args.by == By::Guild);
    let loaded = loaded;
    let part = part((&args.squad, &args.guild), only, &loaded.portfolio, &mut usage);
    if usage.errors() > 0 {
        say(&usage, &loaded.sources, &loaded.privacy, environment, errors);
        return Err(Trouble::Reported);
    }
    let Ok(card) = scorecard(&loaded.portfolio, &loaded.policy, loaded.day, part) else {
        nobody(args.squad.is_some() || args.guild.is_some(), &loaded, environment, errors);
        return Err(Trouble::Reported);
    };
    let mut report = report::build(&card, loaded.options())?;
    if args.show.shows_tasks() {
        report.add_tasks();
    }
    let (tasks, paths) = (TASKS, args.input.typed());
    let detail = Detail { by: args.by.into(), tasks, junit_fail: args.junit_fail, paths };
    emit(&report, &args.show, detail, environment, &ReadFiles::of(&loaded.sources))?;
    if errors == Errors::ForPeople {
        warn(&report, environment);
        hint(args, &report, environment);
    }
    // The process ends here: skip freeing a large portfolio.
    if !args.watch {
        forget(report);
        forget(card);
        forget(loaded);
    }
    Ok(())
}

/// The rules behind codes or names.
pub(super) fn rules_named(typed: &[String], usage: &mut Diagnostics) -> Vec<RuleIx> {
    let mut diagnostics = Vec::new();
    for word in typed {
        if let Some(rule) = rules::typed(word) {
            diagnostics.push(rule);
        } else {
            let diagnostic = Diagnostic::nowhere(Code::UnknownRule, message!("unknown rule `", word, "`"));
            usage.push(diagnostic.help(Message::words(nearest_rule(word))));
        }
    }
    diagnostics.sort_unstable();
    diagnostics.dedup();
    diagnostics
}

/// Which rule may be meant.
pub(super) fn nearest_rule(word: &str) -> String {
    let near = nearest(&word.to_uppercase(), rules::all().map(|rule| rule.code))
        .or_else(|| nearest(word, rules::all().map(|rule| rule.name)));
    match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`debt explain` lists them".to_owned(),
    }
}

/// The part behind the ids of a squad and a guild.
pub(super) fn part(
    (squad, guild): (&Option<String>, &Option<String>),
    only: Vec<RuleIx>,
    portfolio: &Portfolio,
    usage: &mut Diagnostics,
) -> Part {
    let mut find = |kind: &'static str, id: &Option<String>| -> Option<Subject> {
        let id = id.as_ref()?;
        let subject = portfolio.find(kind, id);
        if subject.is_none() {
            let diagnostic = Diagnostic::nowhere(Code::UnknownId, message!("unknown ", kind, " `", id, "`"));
            usage.push(match portfolio.nearest_id(kind, id) {
                Some(near) => diagnostic.help(message!("did you mean `", near, "`?")),
                None => diagnostic,
            });
        }
        subject
    };
    let squad: Option<SquadIx> = find("squad", squad).and_then(|subject| match subject {
        Subject::Squad(squad) => Some(squad),
        _ => None,
    });
    let guild: Option<GuildIx> = find("guild", guild).and_then(|subject| match subject {
        Subject::Guild(guild) => Some(guild),
        _ => None,
    });
    Part { only, squad, guild }
}

/// Says that nobody is scored, in the portfolio or in a part of it.
pub(super) fn nobody(in_part: bool, loaded: &Loaded, environment: &Environment, errors: Errors) {
    let diagnostics = nobody_is_scored(in_part, loaded.day);
    say(&diagnostics, &loaded.sources, &loaded.privacy, environment, errors);
}

/// That in words.
pub(super) fn nobody_is_scored(in_part: bool, day: Day) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let within = if in_part { "nobody in this part of the portfolio" } else { "nobody in this portfolio" };
    let message = message!(within, " is scored on ", day, ", so there is nothing to score");
    let help = message!(
        "scored are those who have started, have not left, are not on a long leave and not external"
    );
    diagnostics.push(Diagnostic::error(Code::Nobody, message, Place::whole(FileIx(0))).help(help));
    diagnostics
}

/// How many warnings are printed; the report holds them all.
const WARNINGS: usize = 5;

pub(super) fn warn(report: &Report<'_>, environment: &Environment) {
    for warning in report.warnings.iter().take(WARNINGS) {
        let place = warning.location.as_ref();
        let place = place.map(|at| {
            let text = format!("{}:{}", terminal(at.file.raw()), at.line);
            let text = if environment.err_links { link(at.file.raw(), at.line, &text) } else { text };
            format!(" ({text})")
        });
        let place = place.unwrap_or_default();
        to_stderr(&format!("{} {}{place}\n", environment.warning_word(), label(&warning.message)));
    }
    if let Some(more) = report.warnings.len().checked_sub(WARNINGS).filter(|more| *more > 0) {
        to_stderr(&format!("{} and {more} more: --format json lists them\n", environment.warning_word()));
    }
}

/// How the worst number comes about can be asked for with this very command.
fn hint(args: &ScoreArgs, report: &Report<'_>, environment: &Environment) {
    let Some(worst) = report.factors.rows().next().filter(|_| environment.hints) else { return };
    let explain = with_paths(&format!("debt explain {}", worst.id.raw()), args.input.typed());
    to_stderr(&format!("\n How the first number comes about:\n   {explain}\n"));
    let first = report.tasks.as_ref().and_then(|tasks| tasks.first());
    if let Some(command) = first.and_then(|task| report.factors.command_of(task.act.raw())) {
        let command = with_paths(&command, args.input.typed());
        to_stderr(&format!(" When the first task is done:\n   {command}\n"));
    }
}
