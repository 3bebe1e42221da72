//! `debt import`.

use std::io::{BufWriter, Write};
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand, ValueEnum};

use super::args::day;
use super::audit::{CalendarArgs, ICS};
use super::env::Environment;
use super::load::{Errors, say};
use super::output::{text_to_stdout, to_stderr, to_stdout};
use super::trouble::Trouble;
use crate::base::day::Day;
use crate::base::phrase::counted;
use crate::import::csv::{ColumnMapping, ColumnRole, HowToImport};
use crate::import::dates::Order;
use crate::import::scim::SquadsFrom;
use crate::import::{Draft, backstage, csv, ics, scim, write};
use crate::render::diagnostics;
use crate::render::escape::terminal;
use crate::report::Privacy;
use crate::source::foreign::{self, Foreign, HowToRead};
use crate::source::{Diagnostic, Diagnostics, Origin, Severity, Sources, said};

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  debt import csv employees.csv --dry-run     how the file is understood\n  debt import csv employees.csv --squads department > portfolio.yaml\n  debt import scim users.json groups.json | debt score -\n  debt import backstage catalog/ --guild-type chapter"
)]
pub(super) struct ImportArgs {
    /// What the files are
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Debug, Subcommand)]
enum Kind {
    /// Calendars: people and the 1:1s between them
    Ics(IcsArgs),
    /// An HR export: people, and who manages them
    Csv(CsvArgs),
    /// SCIM 2.0 users and groups: people, and who manages them
    Scim(ScimArgs),
    /// A Backstage catalogue: people and squads
    Backstage(BackstageArgs),
}

/// What every kind of import understands.
#[derive(Debug, Args)]
struct Files {
    /// Files, folders, or - for standard input
    #[arg(value_name = "FILE", required = true)]
    paths: Vec<PathBuf>,
    /// Add to this portfolio instead of printing one; what differs is shown and left as it is
    #[arg(long, value_name = "PORTFOLIO")]
    into: Option<PathBuf>,
    /// Keys to take from the import where they differ, such as `last_held,cancelled_in_a_row`
    #[arg(long, value_name = "KEY,...", value_delimiter = ',', requires = "into", value_parser = PossibleValuesParser::new(UPDATABLE))]
    update: Vec<String>,
    /// Say how the files are understood, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Keep mail addresses as aliases, so that other files find the same people
    #[arg(long)]
    email_aliases: bool,
}

/// Keys that `--update` can take from an import.
const UPDATABLE: [&str; 14] = [
    "name",
    "title",
    "squad",
    "guild",
    "delivery_owner",
    "started",
    "left",
    "lead",
    "purpose",
    "every",
    "last_held",
    "cancelled_in_a_row",
    "since",
    "until",
];

#[derive(Debug, Args)]
struct IcsArgs {
    #[command(flatten)]
    files: Files,
    #[command(flatten)]
    calendars: CalendarArgs,
}

#[derive(Debug, Args)]
struct CsvArgs {
    #[command(flatten)]
    files: Files,
    /// Which column means what, such as id=EmployeeID,manager=Boss
    #[arg(long, value_name = "ROLE=COLUMN,...", value_delimiter = ',', value_parser = mapping)]
    map: Vec<(ColumnRole, String)>,
    /// Make squads of this: department, team, or the name of a column
    #[arg(long, value_name = "COLUMN")]
    squads: Option<String>,
    /// What stands between two cells, one character or `tab`; by default told by the first rows
    #[arg(long, value_name = "CHARACTER", value_parser = delimiter)]
    delimiter: Option<char>,
    /// The encoding, such as utf-8, utf-16le or windows-1252; by default told by the bytes
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<&'static encoding_rs::Encoding>,
    /// Which number of 03/04/2025 is the day
    #[arg(long, value_enum)]
    dates: Option<Dates>,
    /// Leave out rows that do not read, and import the rest
    #[arg(long)]
    skip_bad_rows: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Dates {
    /// The day first
    Dmy,
    /// The month first
    Mdy,
}

#[derive(Debug, Args)]
struct ScimArgs {
    #[command(flatten)]
    files: Files,
    /// Make squads of this; without it there are none
    #[arg(long, value_enum)]
    squads: Option<ScimSquads>,
    /// The day on which inactive users left; without it they are left out
    #[arg(long, value_name = "DATE", value_parser = day)]
    left_on: Option<Day>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ScimSquads {
    /// Groups, which are access lists as often as teams
    Groups,
    /// The department of the enterprise extension
    Department,
}

#[derive(Debug, Args)]
struct BackstageArgs {
    #[command(flatten)]
    files: Files,
    /// Groups of this type are guilds; can be given again
    #[arg(long, value_name = "TYPE", value_delimiter = ',')]
    guild_type: Vec<String>,
}

fn mapping(typed: &str) -> Result<(ColumnRole, String), String> {
    let words = || ColumnRole::words().collect::<Vec<_>>().join(", ");
    let (role, column) =
        typed.split_once('=').ok_or_else(|| format!("write it as ROLE=COLUMN; roles are {}", words()))?;
    let role =
        ColumnRole::of_word(role.trim()).ok_or_else(|| format!("no role `{role}`; there are {}", words()))?;
    Ok((role, column.to_owned()))
}

fn delimiter(typed: &str) -> Result<char, String> {
    let mut characters = typed.chars();
    match (typed, characters.next(), characters.next()) {
        ("tab" | "\\t", ..) => Ok('\t'),
        (_, Some(one), None) if one.is_ascii() && !one.is_ascii_alphanumeric() && one != '"' => Ok(one),
        _ => Err("one ASCII character such as ; or the word tab".to_owned()),
    }
}

fn encoding(typed: &str) -> Result<&'static encoding_rs::Encoding, String> {
    foreign::encoding(typed).ok_or_else(|| format!("no encoding `{typed}`; there are utf-8, utf-16le, utf-16be, windows-1252 and the others that the web knows"))
}

/// What an import is made of while it runs.
struct Run<'r> {
    environment: &'r Environment,
    sources: Sources,
    diagnostics: Diagnostics,
}

impl Run<'_> {
    fn read(
        &mut self,
        files: &Files,
        endings: &[&str],
        encoding: Option<&'static encoding_rs::Encoding>,
    ) -> Vec<Foreign> {
        let origins = Origin::all(&files.paths);
        foreign::read(&mut self.sources, &origins, HowToRead { endings, encoding }, &mut self.diagnostics)
    }
}

pub(super) fn run(args: &ImportArgs, environment: &Environment) -> Result<(), Trouble> {
    let mut run = Run { environment, sources: Sources::default(), diagnostics: Diagnostics::default() };
    let (files, verb, draft, preview) = match &args.kind {
        Kind::Ics(args) => {
            let read = run.read(&args.files, ICS, None);
            let calendars = args.calendars.read(&read, &mut run.sources, &mut run.diagnostics)?;
            if run.diagnostics.errors() == 0
                && !calendars.found.iter().any(|one| one.missing.is_empty() && one.people.len() == 2)
            {
                let message = said![
                    "there is no 1:1 between two known people in these calendars: nothing to make a portfolio of"
                ];
                run.diagnostics.push(
                    Diagnostic::nowhere("nobody", message).help(said!["debt audit shows what was looked at"]),
                );
            }
            if run.diagnostics.iter().next().is_none() {
                // Nothing is to be said about lines of them: a large calendar need not be held twice.
                run.sources.forget_texts();
            }
            (&args.files, "debt import ics", ics::draft(calendars), Vec::new())
        }
        Kind::Csv(args) => {
            let (draft, preview) = import_csv(args, &mut run);
            (&args.files, "debt import csv", draft, preview)
        }
        Kind::Scim(args) => {
            let read = run.read(&args.files, &["json", "scim"], None);
            let squads = args.squads.map(|squads| match squads {
                ScimSquads::Groups => SquadsFrom::Groups,
                ScimSquads::Department => SquadsFrom::Department,
            });
            let options =
                scim::Options { squads, left: args.left_on, email_aliases: args.files.email_aliases };
            (
                &args.files,
                "debt import scim",
                scim::read(&read, &run.sources, options, &mut run.diagnostics),
                Vec::new(),
            )
        }
        Kind::Backstage(args) => {
            let read = run.read(&args.files, &["yaml", "yml"], None);
            let options = backstage::Options {
                guild_types: args.guild_type.clone(),
                email_aliases: args.files.email_aliases,
            };
            (
                &args.files,
                "debt import backstage",
                backstage::read(&read, &run.sources, &options, &mut run.diagnostics),
                Vec::new(),
            )
        }
    };
    if run.diagnostics.errors() == 0 && draft.insiders() == 0 {
        let message = said!["there is nobody in it: nothing to make a portfolio of"];
        run.diagnostics.push(Diagnostic::nowhere("nobody", message));
    }
    finish(files, verb, &draft, &preview, &run)
}

fn import_csv(args: &CsvArgs, run: &mut Run<'_>) -> (Draft, Vec<String>) {
    let read = run.read(&args.files, &["csv", "tsv", "txt"], args.encoding);
    let order = args.dates.map(|dates| match dates {
        Dates::Dmy => Order::DayFirst,
        Dates::Mdy => Order::MonthFirst,
    });
    let options = csv::Options {
        delimiter: args.delimiter,
        mapping: ColumnMapping { map: args.map.clone(), squads: args.squads.clone() },
        skip_bad_rows: args.skip_bad_rows,
        how: HowToImport { order, email_aliases: args.files.email_aliases },
    };
    let mut whole = Draft::default();
    let mut previews = Vec::new();
    for one in &read {
        let import = csv::read(one, &mut run.sources, &options, &mut run.diagnostics);
        let name = run.sources.name(one.file).map_or("", |name| name.raw());
        previews.push(format!("file       {name}"));
        previews.extend(import.preview);
        whole.join(import.draft);
    }
    (whole, previews)
}

/// Says what there is to say, and writes the portfolio.
fn finish(
    files: &Files,
    verb: &str,
    draft: &Draft,
    preview: &[String],
    run: &Run<'_>,
) -> Result<(), Trouble> {
    if files.dry_run && !preview.is_empty() {
        let lines: Vec<String> = preview.iter().map(|line| terminal(line) + "\n").collect();
        text_to_stdout(&lines.concat())?;
    }
    if run.diagnostics.errors() > 0 {
        // Warnings about what was not imported would only hide them.
        say(&run.diagnostics, &run.sources, &Privacy::names(), run.environment, Errors::ForPeople);
        return Err(Trouble::Said);
    }
    let warnings = diagnostics::text(&run.diagnostics, Severity::Warning, &run.sources, run.environment.err);
    if !warnings.trim().is_empty() {
        to_stderr(&warnings);
    }
    let unknown = draft.unknown();
    if let Some(path) = &files.into {
        super::import_into::run(draft, path, &files.update, files.dry_run, run.environment)?;
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
