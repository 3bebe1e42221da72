//! `debt score --for PERSON`: what may be shown to one person.

use super::args::Input;
use super::emit::Show;
use super::env::Environment;
use super::load::{Errors, load};
use super::output::ReadFiles;
use super::own::{self, HowShown, OwnTarget};
use super::person::person;
use super::trouble::Trouble;
use crate::base::ids::Subject;
use crate::render::person::PERSON_FORMATS;
use crate::report::lines::Selection;
use crate::report::person::{OwnPart, own_part};
use crate::score::part::Part;
use crate::score::tally;

pub(super) fn run(
    typed: &str,
    (input, show): (&Input, &Show),
    environment: &Environment,
    errors: Errors,
) -> Result<(), Trouble> {
    let output = show.output.iter().map(|target| own_format(target.format.name, &target.file));
    let output = output.collect::<anyhow::Result<Vec<OwnTarget<OwnPart>>>>()?;
    let format = own_format(&show.format, std::path::Path::new(""))?.0.name;
    let loaded = load(input, environment, errors)?;
    let at = person(typed, &loaded, environment, errors)?;
    let card = tally(&loaded.portfolio, &loaded.policy, loaded.day, Part::default());
    let id = loaded.portfolio.subject_id(Subject::Person(at)).to_owned();
    let selection = Selection::find(&loaded.portfolio, &[id]).unwrap_or_default();
    let part = own_part(&card, at, &selection, loaded.options())?;
    let part = part.ok_or_else(|| anyhow::anyhow!("nothing can be shown of one person alone"))?;
    let how = HowShown { formats: PERSON_FORMATS, format, output: &output, csv: show.csv, top: show.top };
    own::show(&part, &how, environment, &ReadFiles::of(&loaded.sources))
}

fn own_format(name: &str, file: &std::path::Path) -> anyhow::Result<OwnTarget<OwnPart>> {
    let format = PERSON_FORMATS.iter().find(|format| format.name == name);
    let format = format
        .ok_or_else(|| anyhow::anyhow!("--for PERSON is shown as table, json or markdown, not as {name}"))?;
    Ok((format, file.to_owned()))
}
