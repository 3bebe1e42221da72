//! An audit as a table for a person, JSON, CSV or Markdown.

use std::io::{self, Write};

use serde::Serialize;

use super::Screen;
use super::escape::{csv, label, markdown, terminal};
use super::json::Lines;
use super::table::parts::{Column, columns, left_and_right};
use crate::base::message::counted;
use crate::base::names::Untrusted;
use crate::report::audit::{AuditReport, EvidenceRow, OneOnOneRow, Rows};

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
        _ => table(report, view, to),
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
    let held = row
        .last_held
        .map_or_else(|| "not held yet".to_owned(), |day| format!("held {}", day.in_short(report.as_of)));
    let cancelled = match row.cancelled_in_a_row {
        0 => String::new(),
        count => format!(", {count} cancelled since"),
    };
    let word = if row.ended.is_some_and(|day| day <= report.as_of) { "ended" } else { "ends" };
    let ended = row.ended.map_or_else(String::new, |day| format!("; {word} {}", day.in_short(report.as_of)));
    held + &cancelled + &ended
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

/// Written as they come: a large calendar has many.
fn rows(
    heading: &str,
    list: &Rows<'_>,
    report: &AuditReport<'_>,
    view: AuditView,
    to: &mut dyn Write,
) -> io::Result<()> {
    let kinds = [Column::Left, Column::Rest];
    if !list.is_empty() {
        writeln!(to, "\n {heading}")?;
    }
    for row in list.iter() {
        let every = row.every.as_ref().map_or_else(|| "no rhythm".to_owned(), Clone::clone);
        let head = format!(
            "{} with {}: {every}, {}",
            title(&row),
            shown(other(&row), "somebody the calendar does not name"),
            held(&row, report)
        );
        let mut lines = vec![head];
        lines.extend(row.missing.iter().map(|missing| format!("not counted: {}", label(missing))));
        lines.extend(reasons(&row.evidence, view.explain));
        lines.extend(row.notes.iter().map(|note| terminal(note)));
        if view.explain {
            let owner = shown(row.owner.as_ref(), "nobody known");
            let guess = if row.owner_guessed { ", a guess: whoever called it" } else { "" };
            lines.push(format!("owner: {owner}{guess}; {}", terminal(&place(&row))));
        }
        for (index, line) in lines.into_iter().enumerate() {
            let first = if index == 0 { row.label.to_owned() } else { " ".repeat("unlabelled".len()) };
            if view.screen.width.is_none() {
                // Nothing is wrapped, so no table has to be laid out.
                writeln!(to, "{}", format!("  {first:<10}  {line}").trim_end())?;
                continue;
            }
            for line in columns(&kinds, &[vec![format!("{first:<10}"), line]], 2, room(view.screen)) {
                writeln!(to, "{line}")?;
            }
        }
    }
    Ok(())
}

fn table(report: &AuditReport<'_>, view: AuditView, to: &mut dyn Write) -> io::Result<()> {
    let to = &mut io::BufWriter::with_capacity(1 << 16, to);
    let width = view.screen.width.unwrap_or(80).clamp(60, 100);
    let live = report.one_on_ones.iter().filter(|row| row.ended.is_none_or(|day| day > report.as_of)).count();
    let heading = counted(live, "recurring 1:1", "recurring 1:1s");
    let mut out = left_and_right(&heading, &report.as_of.in_full(), width);
    out.push(match (&report.me, report.me_told_by) {
        (Some(me), Some(count)) => format!(
            " (taken for the calendar of {}, the address in most events, {count}; --me names another)",
            label(me)
        ),
        (Some(me), None) => format!(" (the calendar of {})", label(me)),
        (None, _) => " (it is unknown whose calendar this is: use --me ADDRESS)".to_owned(),
    });
    writeln!(to, "{}", out.join("\n"))?;
    out.clear();
    rows("What each is for", &report.one_on_ones, report, view, to)?;
    rows("Candidates, with the reason", &report.candidates, report, view, to)?;
    let mut section = |title: &str, list: Vec<String>| {
        if !list.is_empty() {
            out.push(String::new());
            out.push(format!(" {title}"));
            out.extend(list);
        }
    };
    let missing = report.missing.iter().flatten();
    section(
        "Missing, according to the portfolio",
        missing
            .map(|row| {
                let (owner, with) = (label(&row.owner_label), label(&row.with_label));
                format!("  {owner} with {with} ({})", row.lines.join(" and "))
            })
            .collect(),
    );
    let skipped = report.files.iter().filter(|file| !file.skipped.is_empty());
    let skipped = skipped.map(|file| {
        let count = file.skipped.len() + file.more_skipped;
        let first = file
            .skipped
            .first()
            .map_or_else(String::new, |one| format!(", the first at line {}: {}", one.line, one.reason));
        format!("  {}: {count}{first}", label(&file.file))
    });
    section("Passed over", skipped.collect());
    let first =
        report.first.as_ref().and_then(|first| Some((first, report.one_on_ones.get(first.one_on_one)?)));
    section(
        "Do this first",
        first.map_or_else(Vec::new, |(first, row)| {
            let what = format!(
                "\u{201C}{}\u{201D} with {}: {}.",
                title(&row),
                shown(other(&row), "whoever it is with"),
                first.todo
            );
            let mut lines = columns(&[Column::Rest], &[vec![what]], 2, room(view.screen));
            lines.extend(columns(
                &[Column::Rest],
                &[vec![format!("If that cannot be done this month, say: \u{201C}{}\u{201D}", first.say)]],
                2,
                room(view.screen),
            ));
            lines
        }),
    );
    out.iter().try_for_each(|line| writeln!(to, "{line}"))?;
    to.flush()
}

/// Columns to wrap at; none where nobody looks at it as it comes.
fn room(screen: Screen) -> usize {
    screen.width.map_or(usize::from(u16::MAX), |width| width.clamp(60, 100))
}

/// Where it is written, as far as that is shown.
fn place(row: &OneOnOneRow) -> String {
    let line = row.line.map_or_else(String::new, |line| format!(":{line}"));
    format!("{}{line}", row.file.raw())
}

const HEADERS: [&str; 15] = [
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
    "place",
];

/// The cells of a row, as texts that are not escaped yet.
fn cells(kind: &str, row: &OneOnOneRow) -> [String; 15] {
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
        let because = reasons(&row.evidence, false).join("; ");
        let cells = [
            row.label.to_owned(),
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
            "\nFirst: **{}**: {}. If that cannot be done this month, say: “{}”",
            markdown(&title(&row)),
            first.todo,
            first.say
        )?;
    }
    Ok(())
}
