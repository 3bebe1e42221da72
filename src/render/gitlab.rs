//! `gitlab`: a Code Quality report. It compares two of these by fingerprint, so it needs no change of its own.

use std::io::{self, BufWriter, Write};

use serde::Serialize;

use super::View;
use super::escape::{JsonControls, terminal};
use super::fingerprint::fingerprint;
use super::level::{Level, Levels};
use super::places;
use super::words::shortened;
use crate::report::{FactorRow, Failure, Report};
use crate::source::At;

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: Place,
}

#[derive(Serialize)]
struct Place {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
}

/// Where there is no file GitLab still wants a path.
const NO_FILE: &str = "portfolio.yaml";
/// And for what was read from standard input, one that is no file of the repository.
const PIPED: &str = "<stdin>";

pub(super) fn render(report: &Report<'_>, _: &View, to: &mut dyn Write) -> io::Result<()> {
    let fallback = places::fallback(report);
    let fallback = fallback.map_or_else(|| NO_FILE.to_owned(), |at| path(&at.at));
    let mut levels = Levels::new(report.score.mp);
    write(to, report.factors.rows().map(|row| issue(report, &row, levels.of(&row), &fallback)))
}

/// A run that scored nothing is an issue for each error.
pub(super) fn failed(failure: &Failure, to: &mut dyn Write) -> io::Result<()> {
    let errors = failure.errors.iter().enumerate().map(|(index, wrong)| {
        let help = wrong.help.iter().map(|help| format!(". {}", help.raw()));
        let first = std::iter::once(format!("Nothing could be scored: {}", wrong.message.raw()));
        let place = wrong.at.as_deref().map_or_else(|| NO_FILE.to_owned(), path);
        Issue {
            description: first.chain(help).collect(),
            check_name: format!("error {}", wrong.code),
            fingerprint: fingerprint(
                &failure.portfolio_id,
                &format!("{}:{place}:{}:{index}", wrong.code, wrong.message.raw()),
            ),
            severity: "blocker",
            location: Place {
                path: place,
                lines: Lines { begin: wrong.mark.map_or(1, |(line, _)| line.max(1)) },
            },
        }
    });
    write(to, errors)
}

/// A file's path from the root of the repository, not escaped: GitLab takes it as it is.
fn path(at: &At) -> String {
    places::plain(at).unwrap_or_else(|| PIPED.to_owned())
}

fn write(to: &mut dyn Write, issues: impl Iterator<Item = Issue>) -> io::Result<()> {
    let mut buffered = BufWriter::with_capacity(1 << 16, to);
    buffered.write_all(b"[")?;
    let mut any = false;
    for issue in issues {
        buffered.write_all(if any { b",\n" } else { b"\n" })?;
        issue.serialize(&mut serde_json::Serializer::with_formatter(&mut buffered, JsonControls))?;
        any = true;
    }
    buffered.write_all(if any { b"\n]\n" } else { b"]\n" })?;
    buffered.flush()
}

fn issue(report: &Report<'_>, row: &FactorRow, level: Level, fallback: &str) -> Issue {
    let what = row.evidence.first().map(|fact| terminal(&shortened(fact.raw()))).unwrap_or_default();
    let (path, begin) =
        row.location.as_ref().map_or_else(|| (fallback.to_owned(), 1), |at| (path(&at.at), at.line));
    Issue {
        description: format!("{what} ({} points). {}", row.points, terminal(&shortened(row.remedy.raw()))),
        check_name: format!("{} {}", row.code, row.name),
        fingerprint: fingerprint(&report.portfolio_id, row.id.raw()),
        severity: match level {
            Level::Error => "critical",
            Level::Warning => "major",
            Level::Note => "minor",
        },
        location: Place { path, lines: Lines { begin } },
    }
}
