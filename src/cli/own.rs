//! How the document of a verb that has its own is printed, and written to files.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser};

use super::emit::{CsvArgs, deliver, split_target};
use super::env::Environment;
use super::output::ReadFiles;
use super::trouble::Trouble;
use crate::render::own::{Own, OwnView};

/// A format and the file it is written to.
pub(super) type OwnTarget<D> = (&'static Own<D>, PathBuf);

/// The words of these formats, each with what it is for.
pub(super) fn choices<D>(formats: &'static [Own<D>]) -> PossibleValuesParser {
    let value = |format: &Own<D>| PossibleValue::new(format.name).help(format.made_for);
    PossibleValuesParser::new(formats.iter().map(value))
}

/// `FORMAT:FILE`.
pub(super) fn target<D>(formats: &'static [Own<D>], typed: &str) -> Result<OwnTarget<D>, String> {
    let names: Vec<&str> = formats.iter().map(|format| format.name).collect();
    let (name, file) = split_target(typed, &names)?;
    let format = formats.iter().find(|format| format.name == name);
    Ok((format.ok_or_else(|| format!("unknown format `{name}`"))?, file))
}

/// How a document is shown.
pub(super) struct HowShown<'s, D: 'static> {
    pub(super) formats: &'static [Own<D>],
    pub(super) format: &'s str,
    pub(super) output: &'s [OwnTarget<D>],
    pub(super) csv: CsvArgs,
    /// How many rows the table shows; 0 for all.
    pub(super) top: usize,
}

/// Prints a document in one format and writes it to files in others.
pub(super) fn show<D>(
    document: &D,
    how: &HowShown<'_, D>,
    environment: &Environment,
    read: &ReadFiles,
) -> Result<(), Trouble> {
    let main = how.formats.iter().find(|format| format.name == how.format);
    let main = main.ok_or_else(|| anyhow::anyhow!("no format `{}`", how.format))?;
    let top = (how.top > 0).then_some(how.top);
    let targets: Vec<(&Own<D>, &Path)> =
        how.output.iter().map(|(format, file)| (*format, file.as_path())).collect();
    deliver(main, &targets, environment, read, |format, screen, to| {
        how.csv.begin(format.name, to)?;
        (format.render)(document, &OwnView { screen, top }, to)
    })
}
