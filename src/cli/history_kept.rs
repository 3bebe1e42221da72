//! JSON that an earlier run has written: reports for a history, and a history for the trend of a report.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::trouble::Trouble;
use crate::report::Privacy;
use crate::report::history::{self, HistoryReport, HistoryRow, Kept, NotKept};
use crate::source::{is_dash, why};

/// Nothing longer is read as JSON.
const LONGEST: u64 = 1 << 30;

fn text_of(file: &Path) -> anyhow::Result<String> {
    let shown = file.display();
    let opened: Box<dyn Read> = if is_dash(file) {
        Box::new(io::stdin().lock())
    } else {
        let opened = fs::File::open(file);
        Box::new(opened.map_err(|error| anyhow::anyhow!("cannot read {shown}: {}", why(&error)))?)
    };
    let mut text = String::new();
    let read = opened.take(LONGEST).read_to_string(&mut text);
    read.map_err(|error| anyhow::anyhow!("cannot read {shown}: {}", why(&error)))?;
    Ok(text)
}

/// A history of reports as they were kept.
pub(super) fn from_reports(files: &[PathBuf], privacy: &Privacy) -> Result<HistoryReport, Trouble> {
    let mut kept = Vec::new();
    for file in files {
        let text = text_of(file)?;
        let said = |wrong: NotKept| refused(file, wrong, privacy.withholds_text());
        if is_dash(file) {
            for line in text.lines().filter(|line| !line.trim().is_empty()) {
                kept.push(Kept::parse(line).map_err(said)?);
            }
        } else {
            kept.push(Kept::parse(&text).map_err(said)?);
        }
    }
    let first = files.first().map_or(Path::new("-"), PathBuf::as_path);
    Ok(history::from_reports(kept, privacy, env!("CARGO_PKG_VERSION"))
        .map_err(|wrong| refused(first, wrong, privacy.withholds_text()))?)
}

/// The rows of a history that was written as JSON, which must be of this portfolio.
pub(super) fn trend(
    file: &Path,
    portfolio_id: &str,
    withholds_text: bool,
) -> anyhow::Result<Vec<HistoryRow>> {
    let said = |wrong| refused(file, wrong, withholds_text);
    let (id, rows) = history::trend(&text_of(file)?).map_err(said)?;
    if id != portfolio_id {
        return Err(said(NotKept::Other(id)));
    }
    Ok(rows)
}

fn refused(file: &Path, wrong: NotKept, withholds_text: bool) -> anyhow::Error {
    let shown = file.display();
    match wrong {
        // What JSON says of a text may quote it.
        NotKept::Form(_) if withholds_text => {
            anyhow::anyhow!("{shown} is not JSON that `debt` wrote with --format json")
        }
        NotKept::Form(why) => {
            anyhow::anyhow!("{shown} is not JSON that `debt` wrote with --format json: {why}")
        }
        NotKept::Other(_) if withholds_text => {
            anyhow::anyhow!("{shown} is of another portfolio, or was written with another --privacy or key")
        }
        NotKept::Other(id) => anyhow::anyhow!("{shown} is of another portfolio, `{id}`"),
        NotKept::Empty => anyhow::anyhow!("there is no report in {shown}"),
    }
}
