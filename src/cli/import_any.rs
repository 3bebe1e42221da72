//! `debt import FILE…` without a kind: each file is told by what is in it, and that is said.

use std::collections::BTreeMap;

use clap::{Args, ValueEnum};

use super::audit::{CalendarArgs, ICS};
use super::import_args::{Files, LeaverArgs, ScimSquads, TableArgs};
use super::import_run::{Run, calendars, people_of};
use super::trouble::Trouble;
use crate::base::message::message;
use crate::import::scim::SquadsFrom;
use crate::import::sniff::{self, FileKind};
use crate::import::{Draft, backstage, github, scim};
use crate::source::foreign::{Foreign, WORKBOOK};
use crate::source::{Code, Diagnostic, Place};

/// What is understood where files of every kind may come.
#[derive(Debug, Args)]
pub(super) struct AnyArgs {
    #[command(flatten)]
    pub(super) files: Files,
    #[command(flatten)]
    table: TableArgs,
    /// Where squads come from: department, team, groups (SCIM), or the name of a column
    #[arg(long, value_name = "COLUMN")]
    squads: Option<String>,
    #[command(flatten)]
    leavers: LeaverArgs,
    /// The type of Backstage groups to make guilds from; can be repeated
    #[arg(long, value_name = "TYPE", value_delimiter = ',')]
    guild_type: Vec<String>,
    #[command(flatten)]
    calendars: CalendarArgs,
}

/// Files of a folder that may be something.
const ENDINGS: [&str; 9] = ["csv", "tsv", "txt", WORKBOOK, "xlsm", "json", "scim", "yaml", "yml"];

/// Reads every file as what it is: one draft, and how tables were understood.
pub(super) fn read(args: &AnyArgs, run: &mut Run<'_>) -> Result<(Draft, Vec<String>), Trouble> {
    let endings: Vec<&str> = ENDINGS.iter().chain(ICS).copied().collect();
    let read = run.read(&args.files, &endings, args.table.encoding);
    let mut told = Vec::new();
    let mut by_kind: BTreeMap<FileKind, Vec<Foreign>> = BTreeMap::new();
    for one in read {
        match sniff::kind(&one, run.sources.text(one.file)) {
            Ok(kind) => {
                told.push(format!("{} was read as {}", run.name(&one), kind.name()));
                // Whatever wrote them, calendars are read together.
                let kind = if kind.is_calendar() { FileKind::Calendar } else { kind };
                by_kind.entry(kind).or_default().push(one);
            }
            Err(unknown) => {
                let message = message!("this is ", unknown.what, ", which cannot be imported");
                let place = Place::whole(one.file);
                run.diagnostics
                    .push(Diagnostic::error(Code::UnknownKind, message, place).help(message!(unknown.help)));
            }
        }
    }
    let (mut whole, mut previews) = (Draft { notes: told, ..Draft::default() }, Vec::new());
    // People first: where both know somebody, what a file of people says counts.
    let calendars = by_kind.remove_entry(&FileKind::Calendar);
    let email_aliases = args.files.to.email_aliases || calendars.is_some();
    for (kind, files) in by_kind.into_iter().chain(calendars) {
        let (draft, preview) = one_kind(kind, files, args, email_aliases, run)?;
        whole.join(draft);
        previews.extend(preview);
    }
    Ok((whole, previews))
}

fn one_kind(
    kind: FileKind,
    files: Vec<Foreign>,
    args: &AnyArgs,
    email_aliases: bool,
    run: &mut Run<'_>,
) -> Result<(Draft, Vec<String>), Trouble> {
    let draft = match kind {
        FileKind::Calendar | FileKind::GoogleEvents | FileKind::GraphEvents | FileKind::OutlookEvents => {
            calendars(&args.calendars, args.table.order(), &files, run)?
        }
        FileKind::Csv | FileKind::Workbook => {
            let options = args.table.options(args.squads.as_deref(), email_aliases, args.leavers.left_on);
            let (draft, previews) = people_of(files, args.table.sheet.as_deref(), &options, run);
            return Ok((draft.by("hr"), previews));
        }
        FileKind::Scim | FileKind::Graph => {
            // Any other word names a column of a table.
            let squads = args.squads.as_deref().and_then(|word| ScimSquads::from_str(word, false).ok());
            let squads = squads.map(SquadsFrom::from);
            let options = scim::Options { squads, left: args.leavers.left_on, email_aliases };
            let source = if kind == FileKind::Scim { "scim" } else { "graph" };
            scim::read(&files, &run.sources, options, &mut run.diagnostics).by(source)
        }
        FileKind::Backstage => {
            let options = backstage::Options { guild_types: args.guild_type.clone(), email_aliases };
            backstage::read(&files, &run.sources, &options, &mut run.diagnostics).by("backstage")
        }
        FileKind::Github => github::read(&files, &run.sources, &mut run.diagnostics).by("github"),
    };
    Ok((draft, Vec::new()))
}
