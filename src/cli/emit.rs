//! A report goes to standard output, and to the files that were asked for.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::env::Environment;
use super::output::{Pending, ReadFiles, folder_of, to_stdout};
use crate::render::{self, Breakdown, FORMATS, Format, Screen, View};
use crate::report::Report;

/// How a report is shown.
#[derive(Debug, Args)]
pub(super) struct Show {
    /// What to print
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = formats())]
    pub(super) format: String,
    /// Also write this format to a file, whole or not at all; can be given again
    #[arg(long, value_name = "FORMAT:FILE", value_parser = target)]
    pub(super) output: Vec<Target>,
    /// How many factors the table shows (of each kind, in a change); 0 for all
    #[arg(long, value_name = "N", default_value = "8")]
    pub(super) top: usize,
}

/// A format and the file it is written to.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) format: &'static Format,
    pub(super) file: PathBuf,
}

impl std::fmt::Debug for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

fn formats() -> PossibleValuesParser {
    let value = |format: &Format| clap::builder::PossibleValue::new(format.name).help(format.made_for);
    PossibleValuesParser::new(FORMATS.iter().map(value))
}

fn target(typed: &str) -> Result<Target, String> {
    let names = || FORMATS.iter().map(|format| format.name).collect::<Vec<_>>().join(", ");
    let (name, file) =
        typed.split_once(':').ok_or_else(|| format!("write it as FORMAT:FILE, such as json:{typed}"))?;
    let format = render::format(name).ok_or_else(|| format!("no format `{name}`; there are {}", names()))?;
    if file.is_empty() {
        return Err(format!("the file is missing: write it as {name}:FILE"));
    }
    Ok(Target { format, file: PathBuf::from(file) })
}

impl Show {
    /// Whether any of the formats shows what to do.
    pub(super) fn shows_tasks(&self) -> bool {
        let mut formats = self.output.iter().map(|target| target.format).chain(render::format(&self.format));
        formats.any(|format| format.shows_tasks)
    }
}

/// Prints a report and writes the files that were asked for: all of them, or none where one cannot be written. What
/// the run has read is never among them.
pub(super) fn emit(
    report: &Report<'_>,
    show: &Show,
    by: Breakdown,
    tasks: usize,
    environment: &Environment,
    read: &ReadFiles,
) -> anyhow::Result<()> {
    let top = (show.top > 0).then_some(show.top);
    let main = render::format(&show.format).ok_or_else(|| anyhow::anyhow!("no format `{}`", show.format))?;
    let targets: Vec<(&Format, &Path)> =
        show.output.iter().map(|target| (target.format, target.file.as_path())).collect();
    deliver(main, &targets, environment, read, |format, screen, to| {
        (format.render)(report, &View { screen, by, top, tasks }, to)
    })
}

/// Prints one format and writes the others to files.
pub(super) fn deliver<F: Copy>(
    main: F,
    targets: &[(F, &Path)],
    environment: &Environment,
    read: &ReadFiles,
    render: impl Fn(F, Screen, &mut dyn Write) -> io::Result<()>,
) -> anyhow::Result<()> {
    check_targets(targets)?;
    targets.iter().try_for_each(|(_, file)| read.must_not_be(file))?;
    // Before anything is printed every file is known to be writable.
    let mut files = Vec::new();
    for (format, path) in targets {
        let collected = environment.is_collected(path);
        let file = if collected { Pending::append(path)? } else { Pending::begin(path)? };
        files.push((*format, file));
    }
    let plain = Screen { width: None, colour: false, drawing: true };
    for (format, file) in &mut files {
        file.fill(|to| render(*format, plain, to))?;
    }
    files.into_iter().try_for_each(|(_, file)| file.place())?;
    to_stdout(|to| render(main, environment.out, to))
}

/// Two formats in one file would be the last of them alone.
fn check_targets<F>(targets: &[(F, &Path)]) -> anyhow::Result<()> {
    for (index, (_, file)) in targets.iter().enumerate() {
        let twice = targets[..index].iter().any(|(_, other)| place(other) == place(file));
        if twice && (file.is_file() || !file.exists()) {
            anyhow::bail!("two formats are to be written to {}; name two files", file.display());
        }
    }
    Ok(())
}

/// Where a file is, however its path is spelt; one that is not there yet is in a folder that is.
fn place(file: &Path) -> PathBuf {
    let new = || Some(fs::canonicalize(folder_of(file)).ok()?.join(file.file_name()?));
    fs::canonicalize(file).ok().or_else(new).unwrap_or_else(|| file.to_owned())
}
