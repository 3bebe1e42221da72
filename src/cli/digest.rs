//! `debt digest`.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::args::Input;
use super::complete_ids::{owner_or_path, people};
use super::emit::{CsvArgs, Piece, write_out};
use super::env::Environment;
use super::load::{Errors, Loaded, load};
use super::output::ReadFiles;
use super::own::{self, HowShown};
use super::person::{alone, person, take_owner, whose};
use super::score::nobody;
use super::trouble::Trouble;
use crate::render::Screen;
use crate::render::own::OwnView;
use crate::render::person::DIGEST_FORMATS;
use crate::report::person::{DigestReport, KeptFactors, digest, digests};
use crate::report::{self, Report};
use crate::score::part::Part;
use crate::score::scorecard;
use crate::source::why;

#[derive(Debug, Args)]
#[command(
    override_usage = "debt digest [OPTIONS] <OWNER|--each> [PATH]...",
    mut_arg("paths", |arg| arg.value_name("OWNER|PATH").add(owner_or_path()).help(WORDS)),
    after_help = "Examples:\n  debt digest bo\n  debt digest bo --since last-week.json --format email | sendmail -t\n  debt digest --each --output-dir digests --format slack\n\nIt is for that person alone, and empty where nothing has changed since the report. Exit status: 0 whatever is in it; 2 where nothing could be scored."
)]
pub(super) struct DigestArgs {
    #[command(flatten)]
    pub(super) input: Input,
    /// Whose digest, instead of OWNER
    #[arg(long, value_name = "PERSON", add = people(), conflicts_with = "each")]
    pub(super) owner: Option<String>,
    /// A file for everybody who has something in theirs
    #[arg(long, requires = "output_dir")]
    pub(super) each: bool,
    /// The folder for these files, each with the id of its person as its name
    #[arg(long, value_name = "FOLDER", requires = "each")]
    pub(super) output_dir: Option<PathBuf>,
    /// An earlier report, as `debt score --format json` wrote it with the same --privacy: what has changed since
    #[arg(long, value_name = "FILE")]
    pub(super) since: Option<PathBuf>,
    /// What to write
    #[arg(long, value_name = "FORMAT", default_value = "markdown", value_parser = formats())]
    pub(super) format: String,
}

/// Help for the positional arguments.
const WORDS: &str = "The person whose digest this is, by id or alias (not with --each); and files, folders (every *.yaml and *.yml under them, merged), or - for standard input. By default the paths of debt.yaml, else portfolio.yaml, else the folder portfolio";

impl DigestArgs {
    /// Tells the owner from the paths.
    pub(super) fn settle(&mut self) {
        if !self.each {
            take_owner(&mut self.owner, &mut self.input.paths);
        }
    }
}

fn formats() -> PossibleValuesParser {
    own::choices(DIGEST_FORMATS)
}

pub(super) fn run(args: &DigestArgs, environment: &Environment) -> Result<(), Trouble> {
    let errors = Errors::of(&args.format);
    if args.owner.is_none() && !args.each {
        return Err(whose("digest", &args.input.paths).into());
    }
    let loaded = load(&args.input, environment, errors)?;
    alone(&loaded)?;
    let owner = args.owner.as_ref().map(|typed| person(typed, &loaded, environment, errors)).transpose()?;
    let since = args.since.as_deref().map(|file| kept(file, &loaded)).transpose()?;
    let Ok(card) = scorecard(&loaded.portfolio, &loaded.policy, loaded.day, Part::default()) else {
        nobody(false, &loaded, environment, errors);
        return Err(Trouble::Reported);
    };
    let mut report = report::build(&card, loaded.options())?;
    report.add_tasks();
    let read = ReadFiles::of(&loaded.sources).and(args.since.iter().cloned());
    if let Some(owner) = owner {
        let digest = digest(&report, owner, since.as_ref(), loaded.options());
        let how = HowShown {
            formats: DIGEST_FORMATS,
            format: &args.format,
            output: &[],
            csv: CsvArgs::default(),
            top: 0,
        };
        return own::show(&digest, &how, environment, &read);
    }
    each(args, &report, &loaded, since.as_ref(), environment, &read)
}

/// A file for each person, never one stream: nobody reads another one's.
fn each(
    args: &DigestArgs,
    report: &Report<'_>,
    loaded: &Loaded,
    since: Option<&KeptFactors>,
    environment: &Environment,
    read: &ReadFiles,
) -> Result<(), Trouble> {
    let Some(folder) = &args.output_dir else {
        return Err(anyhow::anyhow!("--each needs --output-dir").into());
    };
    let format = DIGEST_FORMATS.iter().find(|format| format.name == args.format);
    let format = format.ok_or_else(|| anyhow::anyhow!("no format `{}`", args.format))?;
    let made = fs::create_dir_all(folder);
    made.map_err(|error| anyhow::anyhow!("cannot make {}: {}", folder.display(), why(&error)))?;
    let digests = digests(report, since, loaded.options());
    // An id has no slash, and begins with a letter or a digit.
    let file =
        |digest: &DigestReport| folder.join(format!("{}.{}", digest.owner.id.raw(), ending(&args.format)));
    let files: Vec<PathBuf> = digests.iter().map(file).collect();
    let screen = Screen { width: None, colour: false, drawing: true };
    let pieces = digests.iter().zip(&files).map(|(digest, file)| Piece {
        file,
        write: Box::new(move |to| (format.render)(digest, &OwnView { screen, top: None }, to)),
    });
    write_out(pieces.collect(), |_| Ok(()), environment, read, false)
}

fn ending(format: &str) -> &'static str {
    match format {
        "email" => "eml",
        "markdown" => "md",
        _ => "json",
    }
}

fn kept(file: &std::path::Path, loaded: &Loaded) -> anyhow::Result<KeptFactors> {
    let shown = file.display();
    let text =
        fs::read_to_string(file).map_err(|error| anyhow::anyhow!("cannot read {shown}: {}", why(&error)))?;
    KeptFactors::parse(&text).map_err(|why| {
        // What JSON says of a text may quote it.
        let why = if loaded.privacy.withholds_text() { String::new() } else { format!(": {why}") };
        anyhow::anyhow!("{shown} is not a report that `debt score --format json` wrote{why}")
    })
}
