//! `debt import`.

use std::io::{BufWriter, Write};

use clap::{Args, Subcommand};

use super::audit::{CalendarArgs, ICS};
use super::env::Environment;
use super::import_any::{self, AnyArgs};
use super::import_args::{DatesArgs, Destination, Files, LeaverArgs, ScimSquads, TableArgs};
use super::import_run::{Run, calendars, people_of};
use super::output::{ReadFiles, text_to_stdout, to_stderr, to_stdout};
use super::trouble::Trouble;
use crate::base::message::{counted, message};
use crate::import::{Draft, backstage, github, scim, write};
use crate::render::escape::terminal;
use crate::source::foreign::WORKBOOK;
use crate::source::{Code, Diagnostic};

#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Examples:\n  debt import employees.csv calendar.ics > portfolio.yaml     each file is recognised\n  debt import csv employees.csv --dry-run     how the file is understood\n  debt import csv employees.csv --squads department > portfolio.yaml\n  debt import xlsx org.xlsx --sheet People\n  debt import scim users.json groups.json | debt score -\n  debt import backstage catalog/ --guild-type chapter\n  debt import csv hr-december.csv --into portfolio.yaml     month after month\n  debt import ics bo.ics --me bo@example.org --into portfolio.yaml --dry-run"
)]
pub(super) struct ImportArgs {
    /// What the files are; left out, they are recognised
    #[command(subcommand)]
    kind: Option<Kind>,
    #[command(flatten)]
    any: AnyArgs,
}

#[derive(Debug, Subcommand)]
enum Kind {
    /// Calendars (iCalendar, Google or Graph JSON, Outlook CSV): people and the 1:1s between them
    Ics(IcsArgs),
    /// An HR export: people, and who manages them
    Csv(TablesArgs),
    /// An Excel workbook: people, and who manages them
    Xlsx(TablesArgs),
    /// SCIM 2.0 users and groups: people, and who manages them
    Scim(ScimArgs),
    /// Users of Microsoft Graph: people, and who manages them
    Graph(ScimArgs),
    /// A Backstage catalogue: people and squads
    Backstage(BackstageArgs),
    /// Teams of a GitHub organisation, from its APIs or Peribolos: people and squads
    Github(GithubArgs),
}

#[derive(Debug, Args)]
struct IcsArgs {
    #[command(flatten)]
    files: Files,
    #[command(flatten)]
    calendars: CalendarArgs,
    #[command(flatten)]
    dates: DatesArgs,
}

#[derive(Debug, Args)]
struct TablesArgs {
    #[command(flatten)]
    files: Files,
    #[command(flatten)]
    table: TableArgs,
    /// Where squads come from: department, team, or the name of a column
    #[arg(long, value_name = "COLUMN")]
    squads: Option<String>,
    #[command(flatten)]
    leavers: LeaverArgs,
}

#[derive(Debug, Args)]
struct ScimArgs {
    #[command(flatten)]
    files: Files,
    /// Where squads come from; without it there are none
    #[arg(long, value_enum)]
    squads: Option<ScimSquads>,
    #[command(flatten)]
    leavers: LeaverArgs,
}

#[derive(Debug, Args)]
struct BackstageArgs {
    #[command(flatten)]
    files: Files,
    /// The type of groups to make guilds from; can be repeated
    #[arg(long, value_name = "TYPE", value_delimiter = ',')]
    guild_type: Vec<String>,
}

#[derive(Debug, Args)]
struct GithubArgs {
    #[command(flatten)]
    files: Files,
}

pub(super) fn run(args: &ImportArgs, environment: &Environment) -> Result<(), Trouble> {
    let mut run = Run::new(environment);
    let Understood { to, verb, draft, preview } = read(args, &mut run)?;
    finish(to, verb, &draft, &preview, &run)
}

/// What the files of an import say, and what is to become of it.
pub(super) struct Understood<'a> {
    pub(super) to: &'a Destination,
    verb: &'static str,
    pub(super) draft: Draft,
    preview: Vec<String>,
}

/// Reads the files of an import. What is wrong with them is in the run's diagnostics.
pub(super) fn read<'a>(args: &'a ImportArgs, run: &mut Run<'_>) -> Result<Understood<'a>, Trouble> {
    let (files, verb, draft, preview) = match &args.kind {
        None => {
            let (draft, preview) = import_any::read(&args.any, run)?;
            (&args.any.files, "debt import", draft, preview)
        }
        Some(Kind::Ics(args)) => {
            let read = run.read(&args.files, ICS, None);
            let draft = calendars(&args.calendars, args.dates.order(), &read, run)?;
            (&args.files, "debt import ics", draft, Vec::new())
        }
        Some(Kind::Csv(args)) => {
            let (draft, preview) = tables(args, &["csv", "tsv", "txt"], run);
            (&args.files, "debt import csv", draft.by("hr"), preview)
        }
        Some(Kind::Xlsx(args)) => {
            let (draft, preview) = tables(args, &[WORKBOOK, "xlsm"], run);
            (&args.files, "debt import xlsx", draft.by("hr"), preview)
        }
        Some(Kind::Scim(args)) => {
            (&args.files, "debt import scim", directory(args, run).by("scim"), Vec::new())
        }
        Some(Kind::Graph(args)) => {
            (&args.files, "debt import graph", directory(args, run).by("graph"), Vec::new())
        }
        Some(Kind::Backstage(args)) => {
            let read = run.read(&args.files, &["yaml", "yml", "json"], None);
            let options = backstage::Options {
                guild_types: args.guild_type.clone(),
                email_aliases: args.files.to.email_aliases,
            };
            let draft = backstage::read(&read, &run.sources, &options, &mut run.diagnostics);
            (&args.files, "debt import backstage", draft.by("backstage"), Vec::new())
        }
        Some(Kind::Github(args)) => {
            let read = run.read(&args.files, &["yaml", "yml", "json"], None);
            let draft = github::read(&read, &run.sources, &mut run.diagnostics);
            (&args.files, "debt import github", draft.by("github"), Vec::new())
        }
    };
    if run.diagnostics.errors() == 0 && draft.insiders() == 0 {
        let message = message!("no people were found, so there is nothing to import");
        run.diagnostics.push(Diagnostic::nowhere(Code::Nobody, message));
    }
    let draft = match &files.to.source {
        Some(name) => draft.named(name),
        None => draft,
    };
    Ok(Understood { to: &files.to, verb, draft, preview })
}

fn tables(args: &TablesArgs, endings: &[&str], run: &mut Run<'_>) -> (Draft, Vec<String>) {
    let read = run.read(&args.files, endings, args.table.encoding);
    let options =
        args.table.options(args.squads.as_deref(), args.files.to.email_aliases, args.leavers.left_on);
    people_of(read, args.table.sheet.as_deref(), &options, run)
}

fn directory(args: &ScimArgs, run: &mut Run<'_>) -> Draft {
    let read = run.read(&args.files, &["json", "scim"], None);
    let options = scim::Options {
        squads: args.squads.map(scim::SquadsFrom::from),
        left: args.leavers.left_on,
        email_aliases: args.files.to.email_aliases,
    };
    scim::read(&read, &run.sources, options, &mut run.diagnostics)
}

/// Says what there is to say, and writes the portfolio.
fn finish(
    files: &Destination,
    verb: &str,
    draft: &Draft,
    preview: &[String],
    run: &Run<'_>,
) -> Result<(), Trouble> {
    if files.dry_run && !preview.is_empty() {
        let lines: Vec<String> = preview.iter().map(|line| terminal(line) + "\n").collect();
        // Beside a diff, which git is to take, the rest is said aside.
        match &files.into {
            Some(_) => to_stderr(&lines.concat()),
            None => text_to_stdout(&lines.concat())?,
        }
    }
    run.say()?;
    let unknown = draft.unknown();
    let read = ReadFiles::of(&run.sources);
    read.must_not_be_stdout()?;
    if let Some(path) = &files.into {
        read.must_not_be(path)?;
        super::import_into::run(draft, path, files, run.environment)?;
    } else if !files.dry_run {
        to_stdout(|to| {
            let mut to = BufWriter::new(to);
            write::portfolio(draft, verb, &unknown, &mut to)?;
            to.flush()
        })?;
    }
    if run.environment.notes {
        to_stderr(&told(draft, &unknown));
    }
    Ok(())
}

/// What was read, what to know about it, and what is not known.
fn told(draft: &Draft, unknown: &[String]) -> String {
    let mut made = vec![counted(draft.insiders(), "person", "people")];
    let outside = draft.people.len() - draft.insiders();
    let others = [
        (outside, "outside", "outside"),
        (draft.squads.len(), "squad", "squads"),
        (draft.guilds.len(), "guild", "guilds"),
        (draft.meetings.len(), "meeting", "meetings"),
    ];
    made.extend(
        others
            .into_iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, one, many)| counted(count, one, many)),
    );
    let mut out = format!("imported: {}\n", made.join(", "));
    for note in &draft.notes {
        out.push_str(&format!("note: {}\n", terminal(note)));
    }
    for line in unknown {
        out.push_str(&format!("not known: {line}\n"));
    }
    out
}
