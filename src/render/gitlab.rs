//! `gitlab`: a Code Quality report. It compares two of these by fingerprint, so it needs no change of its own.

use std::io::{self, BufWriter, Write};

use serde::Serialize;

use super::View;
use super::escape::{JsonControls, relative_uri, terminal};
use super::fingerprint::fingerprint;
use super::level::{Level, Levels};
use super::words::{fallback_file, shortened};
use crate::report::{FactorRow, Report};

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

pub(super) fn render(report: &Report<'_>, _: &View, to: &mut dyn Write) -> io::Result<()> {
    let mut buffered = BufWriter::with_capacity(1 << 16, to);
    let elsewhere = fallback_file(report);
    let mut levels = Levels::new(report.score.mp);
    buffered.write_all(b"[")?;
    for (index, row) in report.factors.rows().enumerate() {
        buffered.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        let issue = issue(&row, levels.of(&row), &elsewhere);
        issue.serialize(&mut serde_json::Serializer::with_formatter(&mut buffered, JsonControls))?;
    }
    buffered.write_all(if report.factors.is_empty() { b"]\n" } else { b"\n]\n" })?;
    buffered.flush()
}

fn issue(row: &FactorRow, level: Level, elsewhere: &str) -> Issue {
    let what = row.evidence.first().map(|fact| terminal(&shortened(fact.raw()))).unwrap_or_default();
    let (file, begin) = row.location.as_ref().map_or((elsewhere, 1), |at| (at.file.raw(), at.line));
    Issue {
        description: format!("{what} ({} points). {}", row.points, terminal(&shortened(row.remedy.raw()))),
        check_name: format!("{} {}", row.code, row.name),
        fingerprint: fingerprint(&row.id),
        severity: match level {
            Level::Error => "critical",
            Level::Warning => "major",
            Level::Note => "minor",
        },
        location: Place { path: relative_uri(file), lines: Lines { begin } },
    }
}
