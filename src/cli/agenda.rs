//! `debt agenda`.

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::args::Input;
use super::complete_ids::{owner_or_path, people};
use super::emit::CsvArgs;
use super::env::Environment;
use super::load::{Errors, load};
use super::output::ReadFiles;
use super::own::{self, HowShown, OwnTarget};
use super::person::{person, take_owner, whose};
use super::score::nobody;
use super::trouble::Trouble;
use crate::render::person::AGENDA_FORMATS;
use crate::report::person::{AgendaReport, agenda};
use crate::score::part::Part;
use crate::score::scorecard;

#[derive(Debug, Args)]
#[command(
    override_usage = "debt agenda [OPTIONS] <OWNER> [PATH]...",
    mut_arg("paths", |arg| arg.value_name("OWNER|PATH").add(owner_or_path()).help(WORDS)),
    after_help = "Examples:\n  debt agenda bo\n  debt agenda bo team.yaml --with ana\n  debt agenda bo --format ics > next.ics\n\nIt is for that person alone. Exit status: 0 whatever is on it; 2 where nothing could be read."
)]
pub(super) struct AgendaArgs {
    #[command(flatten)]
    pub(super) input: Input,
    /// Whose 1:1s, instead of OWNER
    #[arg(long, value_name = "PERSON", add = people())]
    pub(super) owner: Option<String>,
    /// Only the 1:1s with this person
    #[arg(long, value_name = "PERSON", add = people())]
    pub(super) with: Option<String>,
    /// What to print
    #[arg(long, value_name = "FORMAT", default_value = "markdown", value_parser = formats())]
    pub(super) format: String,
    /// Also write this format to a file, whole or not at all; can be given again
    #[arg(long, value_name = "FORMAT:FILE", value_parser = output)]
    pub(super) output: Vec<OwnTarget<AgendaReport>>,
}

/// Help for the positional arguments.
const WORDS: &str = "The person whose 1:1s these are, by id or alias; and files, folders (every *.yaml and *.yml under them, merged), or - for standard input. By default the paths of debt.yaml, else portfolio.yaml, else the folder portfolio";

impl AgendaArgs {
    /// Tells the owner from the paths.
    pub(super) fn settle(&mut self) {
        take_owner(&mut self.owner, &mut self.input.paths);
    }
}

fn formats() -> PossibleValuesParser {
    own::choices(AGENDA_FORMATS)
}

fn output(typed: &str) -> Result<OwnTarget<AgendaReport>, String> {
    own::target(AGENDA_FORMATS, typed)
}

pub(super) fn run(args: &AgendaArgs, environment: &Environment) -> Result<(), Trouble> {
    let errors = Errors::of(&args.format);
    let typed = args.owner.as_ref().ok_or_else(|| whose("agenda", &args.input.paths))?;
    let loaded = load(&args.input, environment, errors)?;
    let who = |typed: &String| person(typed, &loaded, environment, errors);
    let owner = who(typed)?;
    let with = args.with.as_ref().map(who).transpose()?;
    let Ok(card) = scorecard(&loaded.portfolio, &loaded.policy, loaded.day, Part::default()) else {
        nobody(false, &loaded, environment, errors);
        return Err(Trouble::Reported);
    };
    let report = agenda(&card, owner, with, loaded.options())?;
    let how = HowShown {
        formats: AGENDA_FORMATS,
        format: &args.format,
        output: &args.output,
        csv: CsvArgs::default(),
        top: 0,
    };
    own::show(&report, &how, environment, &ReadFiles::of(&loaded.sources))
}
