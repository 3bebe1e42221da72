//! A report goes to standard output, and to the files that were asked for.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::env::Environment;
use super::history_kept::trend;
use super::output::{Pending, ReadFiles, folder_of};
use super::pager::page;
use super::trouble::Trouble;
use crate::render::{self, Breakdown, FORMATS, Format, Screen, View};
use crate::report::Report;
use crate::report::history::HistoryRow;

/// How a report is shown.
#[derive(Debug, Args)]
pub(super) struct Show {
    /// What to print
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = formats())]
    pub(super) format: String,
    /// Also write this format to a file (never a partial one); can be repeated
    #[arg(long, value_name = "FORMAT:FILE", value_parser = target)]
    pub(super) output: Vec<Target>,
    #[command(flatten)]
    pub(super) csv: CsvArgs,
    /// How many factors the table shows (in a comparison, of each kind); 0 for all
    #[arg(long, value_name = "N", default_value = "8")]
    pub(super) top: usize,
    /// Show this as the trend of the format html: what `debt history --format json` wrote
    #[arg(long, value_name = "FILE")]
    pub(super) history: Option<PathBuf>,
}

/// How CSV is written.
#[derive(Clone, Copy, Debug, Default, Args)]
pub(super) struct CsvArgs {
    /// Begin CSV with a byte-order mark, so that Excel shows accents
    ///
    /// Without it a double click in Excel garbles names with accents; other programs need no mark. Where Excel takes a comma
    /// for the decimal sign, 9.54 becomes a text or a day: use the columns in mp, which are whole numbers (thousandths).
    #[arg(long)]
    csv_bom: bool,
}

impl CsvArgs {
    /// Writes what comes before a format.
    pub(super) fn begin(self, format: &str, to: &mut dyn Write) -> io::Result<()> {
        if self.csv_bom && format == "csv" { to.write_all(BYTE_ORDER_MARK) } else { Ok(()) }
    }
}

/// U+FEFF in UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// What of a report is shown, beside how.
#[derive(Clone, Copy)]
pub(super) struct Detail<'d> {
    /// Which breakdown.
    pub(super) by: Breakdown,
    /// How many tasks.
    pub(super) tasks: usize,
    /// Whether each factor is a failed test.
    pub(super) junit_fail: bool,
    /// The paths that were typed, for commands that one can paste.
    pub(super) paths: &'d [PathBuf],
}

impl Detail<'_> {
    /// For a comparison.
    pub(super) const COMPARED: Detail<'static> =
        Detail { by: Breakdown::Group, tasks: 0, junit_fail: false, paths: &[] };
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
    let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
    let (name, file) = split_target(typed, &names)?;
    let format = render::format(name).ok_or_else(|| format!("unknown format `{name}`"))?;
    Ok(Target { format, file })
}

/// `FORMAT:FILE` in two, where it is one of these formats.
pub(super) fn split_target<'t>(typed: &'t str, names: &[&str]) -> Result<(&'t str, PathBuf), String> {
    let (name, file) =
        typed.split_once(':').ok_or_else(|| format!("write it as FORMAT:FILE, such as json:{typed}"))?;
    if !names.contains(&name) {
        return Err(format!("unknown format `{name}`, expected one of: {}", names.join(", ")));
    }
    if file.is_empty() {
        return Err(format!("the file is missing: write it as {name}:FILE"));
    }
    Ok((name, PathBuf::from(file)))
}

/// What writes a format.
pub(super) type WriteFormat<'p> = dyn Fn(&mut dyn Write) -> io::Result<()> + 'p;

/// A file that is to be written, and what writes it.
pub(super) struct Piece<'p> {
    pub(super) file: &'p Path,
    pub(super) write: Box<WriteFormat<'p>>,
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
    detail: Detail<'_>,
    environment: &Environment,
    read: &ReadFiles,
) -> Result<(), Trouble> {
    let Detail { by, tasks, junit_fail, paths } = detail;
    let top = (show.top > 0).then_some(show.top);
    let trend: Arc<[HistoryRow]> = match &show.history {
        Some(file) => trend(file, report.portfolio_id.raw(), report.privacy != "names")?.into(),
        None => [].into(),
    };
    // What is shown of it is read as well, and never written over.
    let kept = ReadFiles::default().and(show.history.iter().cloned());
    show.output.iter().try_for_each(|target| kept.must_not_be(&target.file))?;
    let view = |screen| View {
        screen,
        by,
        top,
        tasks,
        junit_fail,
        paths: paths.to_vec(),
        trend: Arc::clone(&trend),
    };
    let plain = Screen { width: None, colour: false, drawing: true };
    let format =
        render::format(&show.format).ok_or_else(|| anyhow::anyhow!("unknown format `{}`", show.format))?;
    let piece = |target| {
        let Target { format, file }: &Target = target;
        let write = move |to: &mut dyn Write| {
            show.csv.begin(format.name, to)?;
            (format.render)(report, &view(plain), to)
        };
        Piece { file, write: Box::new(write) }
    };
    let pieces = show.output.iter().map(piece).collect();
    let out = |to: &mut dyn Write| {
        show.csv.begin(format.name, to)?;
        (format.render)(report, &view(environment.out), to)
    };
    write_out(pieces, out, environment, read, format.name == "table")?;
    environment.remember(|said| said.delivered = true);
    Ok(())
}

/// Writes files, all of them, or none where one cannot be written, and then standard output. What the run has read is
/// never among them. Where standard output is `for_people`, places in files become links.
pub(super) fn write_out(
    pieces: Vec<Piece<'_>>,
    out: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    environment: &Environment,
    read: &ReadFiles,
    for_people: bool,
) -> Result<(), Trouble> {
    written(pieces, out, environment, read, for_people).map_err(Trouble::Unwritten)
}

fn written(
    pieces: Vec<Piece<'_>>,
    out: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    environment: &Environment,
    read: &ReadFiles,
    for_people: bool,
) -> anyhow::Result<()> {
    check_targets(&pieces)?;
    pieces.iter().try_for_each(|piece| read.must_not_be(piece.file))?;
    read.must_not_be_stdout()?;
    // Before anything is printed every file is known to be writable.
    let mut files = Vec::new();
    for piece in pieces {
        files.push((piece.write, begin(piece.file, environment)?));
    }
    for (write, file) in &mut files {
        file.fill(|to| write(to))?;
    }
    files.into_iter().try_for_each(|(_, file)| file.place())?;
    page(environment, Some(read).filter(|_| for_people), out)
}

/// Begins a file: behind what it holds where the steps of a job share it.
pub(super) fn begin(file: &Path, environment: &Environment) -> anyhow::Result<Pending> {
    if environment.is_collected(file) { Pending::append(file) } else { Pending::begin(file) }
}

/// Prints one format of a verb of its own and writes the others to files, as `write_out` does.
pub(super) fn deliver<F: Copy>(
    main: F,
    targets: &[(F, &Path)],
    environment: &Environment,
    read: &ReadFiles,
    render: impl Fn(F, Screen, &mut dyn Write) -> io::Result<()>,
) -> Result<(), Trouble> {
    let plain = Screen { width: None, colour: false, drawing: true };
    let render = &render;
    let mut pieces = Vec::new();
    for (format, file) in targets.iter().copied() {
        pieces.push(Piece { file, write: Box::new(move |to: &mut dyn Write| render(format, plain, to)) });
    }
    write_out(pieces, |to: &mut dyn Write| render(main, environment.out, to), environment, read, false)
}

/// Two formats in one file would be the last of them alone.
fn check_targets(targets: &[Piece<'_>]) -> anyhow::Result<()> {
    for (index, target) in targets.iter().enumerate() {
        let twice = targets[..index].iter().any(|other| place(other.file) == place(target.file));
        if twice && (target.file.is_file() || !target.file.exists()) {
            anyhow::bail!("two formats are to be written to {}; name two files", target.file.display());
        }
    }
    Ok(())
}

/// Where a file is, however its path is spelt; one that is not there yet is in a folder that is.
fn place(file: &Path) -> PathBuf {
    let new = || Some(fs::canonicalize(folder_of(file)).ok()?.join(file.file_name()?));
    fs::canonicalize(file).ok().or_else(new).unwrap_or_else(|| file.to_owned())
}
