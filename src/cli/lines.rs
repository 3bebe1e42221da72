//! `debt lines`.

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser};

use super::args::{Configured, IdArgs, Input, PrivacyArgs, day};
use super::complete_ids::{anybody, guilds, squads};
use super::emit::{CsvArgs, Piece, split_target, write_out};
use super::env::Environment;
use super::load::{Errors, Loaded, load_with_texts, say};
use super::output::ReadFiles;
use super::score::part;
use super::trouble::Trouble;
use crate::base::day::Day;
use crate::base::message::message;
use crate::model::Portfolio;
use crate::records::words::Line;
use crate::render::Screen;
use crate::render::lines::{LINES_FORMATS, LinesFormat, LinesView, lines_format};
use crate::report::lines::{Selection, build};
use crate::score::scorecard;
use crate::source::{Code, Diagnostic, Diagnostics, FileIx, Place};

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  debt lines                                   everybody, by squad\n  debt lines ana                               one person, with where each line comes from\n  debt lines squad:ledger cy --in team.yaml    the people of a squad, and one more\n  debt lines --line craft --format tree        who owns whose craft\n  debt lines --format mermaid --squad ledger   a diagram for a wiki\n\nExit status: 0 when done; 2 where nothing could be shown."
)]
pub(super) struct LinesArgs {
    /// People, squads or guilds by id or alias; `squad:ID` where a person has that id too. By default everybody
    #[arg(value_name = "WHO", add = anybody())]
    who: Vec<String>,
    /// A file, a folder (every *.yaml and *.yml under it, merged), or - for standard input; can be given again. By default
    /// the paths of debt.yaml, else portfolio.yaml, else the folder portfolio
    #[arg(long = "in", value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// Only this line; csv and json hold both
    #[arg(long, value_name = "LINE", value_parser = PossibleValuesParser::new(Line::ALL.iter().map(|line| line.word())))]
    line: Option<String>,
    /// Only the people of this squad
    #[arg(long, value_name = "ID", add = squads())]
    squad: Option<String>,
    /// Only the people of this guild
    #[arg(long, value_name = "ID", add = guilds())]
    guild: Option<String>,
    /// The day to look at; by default the portfolio's `as_of`, else today in UTC
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Day>,
    /// A policy in a file of its own
    #[arg(long, value_name = "FILE")]
    pub(super) policy: Option<PathBuf>,
    /// What to print
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = formats())]
    pub(super) format: String,
    /// Also write this format to a file, whole or not at all; can be given again
    #[arg(long, value_name = "FORMAT:FILE", value_parser = target)]
    output: Vec<LinesTarget>,
    #[command(flatten)]
    csv: CsvArgs,
    #[command(flatten)]
    pub(super) id: IdArgs,
    #[command(flatten)]
    pub(super) privacy: PrivacyArgs,
    /// Show the lines again whenever a file changes that was read
    #[arg(long)]
    pub(super) watch: bool,
    #[arg(skip)]
    pub(super) configured: Configured,
}

/// A format and the file it is written to.
#[derive(Clone, Debug)]
struct LinesTarget {
    format: &'static LinesFormat,
    file: PathBuf,
}

fn formats() -> PossibleValuesParser {
    let value = |format: &LinesFormat| PossibleValue::new(format.name).help(format.made_for);
    PossibleValuesParser::new(LINES_FORMATS.iter().map(value))
}

fn target(typed: &str) -> Result<LinesTarget, String> {
    let names: Vec<&str> = LINES_FORMATS.iter().map(|format| format.name).collect();
    let (name, file) = split_target(typed, &names)?;
    let format = lines_format(name).ok_or_else(|| format!("no format `{name}`"))?;
    Ok(LinesTarget { format, file })
}

pub(super) fn run(args: LinesArgs, environment: &Environment) -> Result<(), Trouble> {
    let errors = Errors::of(&args.format);
    if args.who.iter().any(|word| word == "-") {
        return Err(anyhow::anyhow!("`-` is nobody's id; standard input is read with --in -").into());
    }
    // Whoever is used to other verbs types a file here.
    let is_file = |word: &&String| Path::new(word).extension().is_some() && Path::new(word).is_file();
    if let Some(file) = args.who.iter().find(is_file) {
        return Err(anyhow::anyhow!("people are named here; a file is read with --in {file}").into());
    }
    let LinesArgs {
        who,
        paths,
        line,
        squad,
        guild,
        as_of,
        policy,
        format,
        output,
        csv,
        id,
        privacy,
        configured,
        watch: _,
    } = args;
    let input = Input { paths, as_of, policy, id, privacy, configured };
    let loaded = load_with_texts(&Diagnostics::default(), &input, environment, errors)?;
    let mut usage = Diagnostics::default();
    let part = part((&squad, &guild), Vec::new(), &loaded.portfolio, &mut usage);
    let selection = selection(&who, &loaded.portfolio, &mut usage);
    if usage.errors() > 0 {
        say(&usage, &loaded.sources, &loaded.privacy, environment, errors);
        return Err(Trouble::Reported);
    }
    if !who.is_empty() && loaded.privacy.pools() {
        let word = loaded.privacy.word();
        return Err(
            anyhow::anyhow!("--privacy {word} names nobody; take --squad or --guild instead of WHO").into()
        );
    }
    let Ok(card) = scorecard(&loaded.portfolio, &loaded.policy, loaded.day, part) else {
        return Err(nobody(&loaded, environment, errors));
    };
    let report = build(&card, loaded.options(), &selection)?;
    let line = Line::ALL.iter().copied().find(|one| Some(one.word()) == line.as_deref());
    let format = lines_format(&format).ok_or_else(|| anyhow::anyhow!("no format `{format}`"))?;
    let to_file = LinesView { screen: Screen { width: None, colour: false, drawing: true }, line };
    let to_screen = LinesView { screen: environment.out, line };
    for (format, view) in output.iter().map(|target| (target.format, &to_file)).chain([(format, &to_screen)])
    {
        if let Some(why) = (format.refuse)(&report, view) {
            return Err(anyhow::anyhow!(why).into());
        }
    }
    let (report, to_file) = (&report, &to_file);
    let pieces = output.iter().map(|target| Piece {
        file: &target.file,
        write: Box::new(move |to| {
            csv.begin(target.format.name, to)?;
            (target.format.render)(report, to_file, to)
        }),
    });
    let out = |to: &mut dyn std::io::Write| {
        csv.begin(format.name, to)?;
        (format.render)(report, &to_screen, to)
    };
    let for_people = matches!(format.name, "table" | "tree");
    write_out(pieces.collect(), out, environment, &ReadFiles::of(&loaded.sources), for_people)
}

fn selection(who: &[String], portfolio: &Portfolio, usage: &mut Diagnostics) -> Selection {
    Selection::find(portfolio, who).unwrap_or_else(|missing| {
        for one in missing {
            usage.push(unknown("person, squad or guild", one.typed, one.near));
        }
        Selection::default()
    })
}

fn unknown(kind: &'static str, id: &str, near: Option<String>) -> Diagnostic {
    let message = message!("no ", kind, " has the id \u{201C}", id.to_owned(), "\u{201D}");
    let diagnostic = Diagnostic::nowhere(Code::UnknownId, message);
    match near {
        Some(near) => diagnostic.help(message!("did you mean `", near, "`?")),
        None => diagnostic,
    }
}

fn nobody(loaded: &Loaded, environment: &Environment, errors: Errors) -> Trouble {
    let mut diagnostics = Diagnostics::default();
    let message = message!("nobody here is scored on ", loaded.day, ", so nobody has lines");
    let help = message!(
        "scored are those who have started, have not left, are not on a long leave and not external"
    );
    diagnostics.push(Diagnostic::error(Code::Nobody, message, Place::whole(FileIx(0))).help(help));
    say(&diagnostics, &loaded.sources, &loaded.privacy, environment, errors);
    Trouble::Reported
}
