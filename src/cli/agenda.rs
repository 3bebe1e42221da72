//! `debt agenda`.

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::args::Input;
use super::complete_ids::people;
use super::emit::CsvArgs;
use super::env::Environment;
use super::load::{Errors, load};
use super::output::ReadFiles;
use super::own::{self, HowShown, OwnTarget};
use super::person::person;
use super::score::nobody;
use super::trouble::Trouble;
use crate::render::person::AGENDA_FORMATS;
use crate::report::person::{AgendaReport, agenda};
use crate::score::part::Part;
use crate::score::scorecard;

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  debt agenda --owner bo\n  debt agenda team.yaml --owner bo --with ana\n  debt agenda --owner bo --format ics > next.ics\n\nIt is for that person alone. Exit status: 0 whatever is on it; 2 where nothing could be read."
)]
pub(super) struct AgendaArgs {
    #[command(flatten)]
    pub(super) input: Input,
    /// Whose 1:1s
    #[arg(long, value_name = "PERSON", add = people(), required = true)]
    pub(super) owner: String,
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

fn formats() -> PossibleValuesParser {
    own::choices(AGENDA_FORMATS)
}

fn output(typed: &str) -> Result<OwnTarget<AgendaReport>, String> {
    own::target(AGENDA_FORMATS, typed)
}

pub(super) fn run(args: &AgendaArgs, environment: &Environment) -> Result<(), Trouble> {
    let errors = Errors::of(&args.format);
    let loaded = load(&args.input, environment, errors)?;
    let who = |typed: &String| person(typed, &loaded, environment, errors);
    let owner = who(&args.owner)?;
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
