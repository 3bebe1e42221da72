//! The command line as a whole: the verbs, each with the arguments of its own file.

use clap::{Parser, Subcommand};

use super::args::Common;
use super::config::Slots;
use super::load::Errors;

/// Scores Decision Debt: the hard conversations that are put off where one meeting or one person tries to be both
/// manager and mentor.
#[derive(Debug, Parser)]
#[command(
    name = "debt",
    version,
    after_help = "Examples:\n  debt init                        write a portfolio to start from\n  debt score                       score portfolio.yaml, or the folder portfolio\n  debt score --format json | jq    the same for a machine\n  debt explain D101                what a rule means and what it costs"
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(super) verb: Verb,
    /// What every verb understands.
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Score a portfolio: how much debt, what makes it up, and what to do next
    Score(super::score::ScoreArgs),
    /// Fail when debt rises against a git revision or a baseline, or is over a budget
    Check(super::check_args::CheckArgs),
    /// Show the change between two portfolios in exact parts
    Diff(super::diff::DiffArgs),
    /// Say what to do in which order, for a budget of time or a target
    Plan(super::plan_args::PlanArgs),
    /// Show what the score would be if something were done, changed, or somebody left
    WhatIf(super::what_if::WhatIfArgs),
    /// Show what time adds in the weeks to come, and what happens when, if nothing is done
    Forecast(super::forecast::ForecastArgs),
    /// Show the score over the history of the portfolio in git, and what each step came of
    History(super::history_args::HistoryArgs),
    /// Say what one person can do this week, and what has changed for them
    Digest(super::digest::DigestArgs),
    /// Say what belongs on the next 1:1s of one person
    Agenda(super::agenda::AgendaArgs),
    /// Show how far the score, the order of squads and the first acts depend on the weights
    Sensitivity(super::sensitivity::SensitivityArgs),
    /// Explain a rule, a term, or one factor with its arithmetic
    Explain(super::explain::ExplainArgs),
    /// Show who owns delivery and who owns craft of whom, and which 1:1 carries each line
    Lines(super::lines::LinesArgs),
    /// Record what was done, or what a program can do, in the portfolio's own text
    Fix(super::fix::FixArgs),
    /// Serve editors: errors and factors while one types, hover, completion, renames, fixes
    Lsp(super::lsp::LspArgs),
    /// Write a commented portfolio to start from
    Init(super::init::InitArgs),
    /// Label every recurring 1:1 on a calendar: delivery, craft, conflated or unlabelled
    Audit(super::audit::AuditArgs),
    /// Make a portfolio from files people already have: calendars, an HR export, SCIM, a Backstage catalogue
    Import(super::import::ImportArgs),
    /// Bring the portfolio up to date from the calendars and exports that debt.sync.yaml lists
    Sync(super::sync::SyncArgs),
    /// Print a JSON Schema, for editors and validators
    Schema(super::schema::SchemaArgs),
    /// Print completions for a shell
    Completions(super::complete::CompletionsArgs),
    /// Print the man page, or write one for each verb
    Man(super::complete::ManArgs),
}

impl Verb {
    /// How errors are shown: as JSON where the result is JSON.
    pub(super) fn errors(&self) -> Errors {
        match self {
            Verb::Score(args) => Errors::of(&args.show.format),
            Verb::Check(args) => Errors::of(&args.show.format),
            Verb::Diff(args) => Errors::of(&args.show.format),
            Verb::Lines(args) => Errors::of(&args.format),
            Verb::Plan(args) => Errors::of(&args.format),
            Verb::WhatIf(args) => Errors::of(&args.show.format),
            Verb::Forecast(args) => Errors::of(&args.format),
            Verb::History(args) => Errors::of(&args.format),
            Verb::Digest(args) => Errors::of(&args.format),
            Verb::Agenda(args) => Errors::of(&args.format),
            Verb::Sensitivity(args) => Errors::of(&args.format),
            Verb::Audit(args) => Errors::of(&args.format),
            Verb::Fix(args) => Errors::of(&args.format),
            Verb::Explain(args) => Errors::of(&args.format),
            Verb::Import(_)
            | Verb::Lsp(_)
            | Verb::Sync(_)
            | Verb::Init(_)
            | Verb::Schema(_)
            | Verb::Completions(_)
            | Verb::Man(_) => Errors::ForPeople,
        }
    }

    /// Whether it is done again whenever its input changes.
    pub(super) fn is_watched(&self) -> bool {
        match self {
            Verb::Score(args) => args.watch,
            Verb::Check(args) => args.watch,
            Verb::Plan(args) => args.watch,
            Verb::Lines(args) => args.watch,
            Verb::Diff(_)
            | Verb::WhatIf(_)
            | Verb::Forecast(_)
            | Verb::History(_)
            | Verb::Digest(_)
            | Verb::Agenda(_)
            | Verb::Sensitivity(_)
            | Verb::Audit(_)
            | Verb::Fix(_)
            | Verb::Import(_)
            | Verb::Sync(_)
            | Verb::Explain(_)
            | Verb::Lsp(_)
            | Verb::Init(_)
            | Verb::Schema(_)
            | Verb::Completions(_)
            | Verb::Man(_) => false,
        }
    }

    /// Tells words apart that only together say what they are: before the configuration fills in what is missing.
    pub(super) fn settle(&mut self) {
        match self {
            Verb::Digest(args) => args.settle(),
            Verb::Agenda(args) => args.settle(),
            Verb::Score(_)
            | Verb::Check(_)
            | Verb::Diff(_)
            | Verb::Plan(_)
            | Verb::WhatIf(_)
            | Verb::Forecast(_)
            | Verb::History(_)
            | Verb::Sensitivity(_)
            | Verb::Explain(_)
            | Verb::Lsp(_)
            | Verb::Lines(_)
            | Verb::Fix(_)
            | Verb::Init(_)
            | Verb::Audit(_)
            | Verb::Import(_)
            | Verb::Sync(_)
            | Verb::Schema(_)
            | Verb::Completions(_)
            | Verb::Man(_) => {}
        }
    }

    /// What the configuration may fill in; none where a verb reads none.
    pub(super) fn slots(&mut self) -> Option<Slots<'_>> {
        let errors = self.errors();
        let of = |input| Some(Slots::of(input, errors));
        match self {
            Verb::Score(args) => of(&mut args.input),
            Verb::Check(args) => of(&mut args.input),
            Verb::Plan(args) => of(&mut args.input),
            Verb::WhatIf(args) => of(&mut args.input),
            Verb::Forecast(args) => of(&mut args.input),
            Verb::Digest(args) => of(&mut args.input),
            Verb::Agenda(args) => of(&mut args.input),
            Verb::Sensitivity(args) => of(&mut args.input),
            // A rule or a term is explained without a portfolio.
            Verb::Explain(args) => {
                let is_factor = args.what.as_ref().is_some_and(|what| what.contains(':'));
                let slots = Slots::of(&mut args.input, errors);
                Some(if is_factor { slots } else { Slots { paths: None, ..slots } })
            }
            Verb::Diff(args) => Some(Slots {
                paths: None,
                policy: Some(&mut args.policy),
                privacy: Some(&mut args.privacy),
                id: Some(&mut args.id),
                configured: None,
                errors,
            }),
            Verb::History(args) => Some(Slots {
                paths: if args.reports.is_empty() { Some(&mut args.paths) } else { None },
                policy: Some(&mut args.policy),
                privacy: Some(&mut args.privacy),
                id: Some(&mut args.id),
                configured: Some(&mut args.configured),
                errors,
            }),
            Verb::Lines(args) => Some(Slots {
                paths: Some(&mut args.paths),
                policy: Some(&mut args.policy),
                privacy: Some(&mut args.privacy),
                id: Some(&mut args.id),
                configured: Some(&mut args.configured),
                errors,
            }),
            Verb::Fix(args) => Some(Slots {
                paths: Some(&mut args.configured_paths),
                policy: Some(&mut args.policy),
                privacy: None,
                id: None,
                configured: None,
                errors,
            }),
            Verb::Sync(args) => Some(Slots {
                paths: Some(&mut args.configured_paths),
                policy: None,
                privacy: None,
                id: None,
                configured: None,
                errors,
            }),
            Verb::Audit(args) => Some(Slots {
                paths: None,
                policy: None,
                privacy: Some(&mut args.privacy),
                id: None,
                configured: None,
                errors,
            }),
            Verb::Import(_)
            | Verb::Lsp(_)
            | Verb::Init(_)
            | Verb::Schema(_)
            | Verb::Completions(_)
            | Verb::Man(_) => None,
        }
    }
}
