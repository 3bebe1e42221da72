//! An audit as a table for a person, JSON, CSV or Markdown.

use std::io::{self, Write};

use serde::Serialize;

mod table;

use super::Screen;
use super::escape::{csv, label, markdown};
use super::json::Lines;
use crate::base::day::Days;
use crate::base::names::Untrusted;
use crate::report::audit::{AuditReport, EvidenceRow, OneOnOneRow};

/// How much is shown.
#[derive(Clone, Copy, Debug)]
pub struct AuditView {
    /// What it is shown on.
    pub screen: Screen,
    /// Every word that was matched, not only those that make the label.
    pub explain: bool,
}

/// The words for the formats, the first one by default.
pub const AUDIT_FORMATS: [&str; 4] = ["table", "json", "csv", "markdown"];

/// Writes an audit in a format; an unknown one is the table.
pub fn render(report: &AuditReport<'_>, format: &str, view: AuditView, to: &mut dyn Write) -> io::Result<()> {
    match format {
        "json" => json(report, to),
        "csv" => comma_separated(report, to),
        "markdown" => as_markdown(report, to),
        _ => table::table(report, view, to),
    }
}

fn json(report: &AuditReport<'_>, to: &mut dyn Write) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(&mut *to, Lines::default());
    report.serialize(&mut serializer)?;
    to.write_all(b"\n")
}

fn shown(text: Option<&Untrusted>, or: &str) -> String {
    text.map_or_else(|| or.to_owned(), label)
}

/// Who is on the other side, by name where there is one.
fn other(row: &OneOnOneRow) -> Option<&Untrusted> {
    row.with_name.as_ref().or(row.with.as_ref())
}

fn title(row: &OneOnOneRow) -> String {
    if row.title.raw().is_empty() { "(no title)".to_owned() } else { label(&row.title) }
}

/// `held 13 Nov`, `never held`, `held 13 Nov, 2 cancelled since`.
fn held(row: &OneOnOneRow, report: &AuditReport<'_>) -> String {
    let never = if row.quarter.declined > 0 { "not held" } else { "not held yet" };
    let held =
        row.last_held.map_or_else(|| never.to_owned(), |day| format!("held {}", day.in_short(report.as_of)));
    let cancelled = match row.cancelled_in_a_row {
        0 => String::new(),
        count if row.quarter.declined > 0 => format!(", {count} not held since"),
        count => format!(", {count} cancelled since"),
    };
    let word = if row.ended.is_some_and(|day| day <= report.as_of) { "ended" } else { "ends" };
    let last = row.ended.map(|day| day.minus(Days::new(1)));
    let ended = last.map_or_else(String::new, |day| format!("; {word} {}", day.in_short(report.as_of)));
    held + &cancelled + &ended
}

/// The label as one reads it: `delivery, in part` where some of the agenda was not read.
fn labelled(row: &OneOnOneRow) -> String {
    if row.partly_read.is_empty() { row.label.to_owned() } else { format!("{}, in part", row.label) }
}

/// What it may be for, and what was not read.
fn suggested(row: &OneOnOneRow) -> Vec<String> {
    let mut lines = Vec::new();
    if !row.partly_read.is_empty() {
        let items: Vec<String> = row.partly_read.iter().map(label).collect();
        lines.push(format!("{}, partly read: {}", row.label, items.join(", ")));
    } else if let Some(one) = &row.suggestion {
        lines.push(format!("{}, by the lines? {}", one.label, label(&one.because)));
    }
    lines
}

fn reasons(evidence: &[EvidenceRow], all: bool) -> Vec<String> {
    let counts = evidence.iter().filter(|one| all || one.line.is_some());
    let mut reasons: Vec<String> = counts
        .map(|one| {
            format!(
                "{}: \u{201C}{}\u{201D} in the {}",
                one.line.unwrap_or(one.topic),
                label(&one.words),
                one.place
            )
        })
        .collect();
    reasons.dedup();
    reasons
}

/// Where it is written, as far as that is shown.
fn place(row: &OneOnOneRow) -> String {
    let line = row.line.map_or_else(String::new, |line| format!(":{line}"));
    format!("{}{line}", row.file.raw())
}

const HEADERS: [&str; 25] = [
    "kind",
    "label",
    "title",
    "with",
    "with_name",
    "owner",
    "owner_name",
    "owner_guessed",
    "every",
    "last_held",
    "cancelled_in_a_row",
    "ended",
    "evidence",
    "missing",
    "label_from",
    "suggestion",
    "partly_read",
    "minutes",
    "dates",
    "held",
    "cancelled",
    "declined",
    "moved",
    "notes",
    "place",
];

/// The cells of a row, as texts that are not escaped yet.
fn cells(kind: &str, row: &OneOnOneRow) -> [String; 25] {
    let raw = |text: &Option<Untrusted>| text.as_ref().map_or_else(String::new, |text| text.raw().to_owned());
    let day = |day: Option<crate::base::day::Day>| day.map_or_else(String::new, |day| day.to_string());
    let evidence =
        row.evidence.iter().map(|one| format!("{} ({}, {})", one.words.raw(), one.topic, one.place));
    [
        kind.to_owned(),
        row.label.to_owned(),
        row.title.raw().to_owned(),
        raw(&row.with),
        raw(&row.with_name),
        raw(&row.owner),
        raw(&row.owner_name),
        row.owner_guessed.to_string(),
        row.every.clone().unwrap_or_default(),
        day(row.last_held),
        row.cancelled_in_a_row.to_string(),
        day(row.ended),
        evidence.collect::<Vec<_>>().join("; "),
        row.missing.iter().map(|missing| missing.raw().to_owned()).collect::<Vec<_>>().join("; "),
        row.label_from.unwrap_or_default().to_owned(),
        row.suggestion
            .as_ref()
            .map_or_else(String::new, |one| format!("{} ({})", one.label, one.because.raw())),
        row.partly_read.iter().map(Untrusted::raw).collect::<Vec<_>>().join("; "),
        row.minutes.map_or_else(String::new, |minutes| minutes.to_string()),
        row.quarter.dates.to_string(),
        row.quarter.held.to_string(),
        row.quarter.cancelled.to_string(),
        row.quarter.declined.to_string(),
        row.quarter.moved.to_string(),
        row.notes.join("; "),
        place(row),
    ]
}

fn comma_separated(report: &AuditReport<'_>, to: &mut dyn Write) -> io::Result<()> {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(to);
    writer.write_record(HEADERS)?;
    let all = report
        .one_on_ones
        .iter()
        .map(|row| ("1:1", row))
        .chain(report.candidates.iter().map(|row| ("candidate", row)));
    for (kind, row) in all {
        writer.write_record(cells(kind, &row).map(|cell| csv(&cell)))?;
    }
    writer.flush()
}

fn as_markdown(report: &AuditReport<'_>, to: &mut dyn Write) -> io::Result<()> {
    writeln!(to, "| label | 1:1 | with | every | last held | because |\n|---|---|---|---|---|---|")?;
    for row in report.one_on_ones.iter() {
        let mut because = reasons(&row.evidence, false);
        because.extend(suggested(&row));
        let because = because.join("; ");
        let cells = [
            labelled(&row),
            title(&row),
            shown(other(&row), "nobody the calendar names"),
            row.every.clone().unwrap_or_default(),
            held(&row, report),
            because,
        ];
        writeln!(to, "| {} |", cells.map(|cell| markdown(&cell)).join(" | "))?;
    }
    if let Some((first, row)) =
        report.first.as_ref().and_then(|first| Some((first, report.one_on_ones.get(first.one_on_one)?)))
    {
        writeln!(
            to,
            "\nFirst: **{}**: {}. Paste into the invitation: “{}” If that cannot be done this month, say: “{}”",
            markdown(&title(&row)),
            first.todo,
            first.paste,
            first.say
        )?;
    }
    Ok(())
}
