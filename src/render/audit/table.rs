//! An audit as a table for a person.

use std::io::{self, Write};

use super::{AuditView, held, labelled, other, place, reasons, shown, suggested, title};
use crate::base::message::counted;
use crate::render::Screen;
use crate::render::escape::{label, terminal};
use crate::render::table::parts::{Column, columns, left_and_right};
use crate::report::audit::{AuditReport, OneOnOneRow, Rows};

/// Which of the 1:1s.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Running,
    Ended,
    All,
}

impl Which {
    fn holds(self, row: &OneOnOneRow, report: &AuditReport<'_>) -> bool {
        let has_ended = row.ended.is_some_and(|day| day <= report.as_of);
        match self {
            Which::Running => !has_ended,
            Which::Ended => has_ended,
            Which::All => true,
        }
    }
}

/// Written as they come: a large calendar has many.
fn rows(
    heading: &str,
    (list, which): (&Rows<'_>, Which),
    report: &AuditReport<'_>,
    view: AuditView,
    to: &mut dyn Write,
) -> io::Result<()> {
    let mut list = list.iter().filter(|row| which.holds(row, report)).peekable();
    if list.peek().is_some() {
        writeln!(to, "\n {heading}")?;
    }
    list.try_for_each(|row| one(&row, report, view, to))
}

fn one(row: &OneOnOneRow, report: &AuditReport<'_>, view: AuditView, to: &mut dyn Write) -> io::Result<()> {
    let kinds = [Column::Left, Column::Rest];
    let every = row.every.as_ref().map_or_else(|| "no rhythm".to_owned(), Clone::clone);
    let head = format!(
        "{} with {}: {every}, {}",
        title(row),
        shown(other(row), "somebody the calendar does not name"),
        held(row, report)
    );
    let mut lines = vec![head];
    lines.extend(row.missing.iter().map(|missing| format!("not counted: {}", label(missing))));
    lines.extend(reasons(&row.evidence, view.explain));
    lines.extend((row.label_from == Some("person")).then(|| "a person says so".to_owned()));
    lines.extend(suggested(row));
    lines.extend(what_happened(row));
    lines.extend(row.notes.iter().map(|note| terminal(note)));
    if view.explain {
        let owner = shown(row.owner.as_ref(), "nobody known");
        let guess = if row.owner_guessed { ", a guess: whoever called it" } else { "" };
        lines.push(format!("owner: {owner}{guess}; {}", terminal(&place(row))));
    }
    for (index, line) in lines.into_iter().enumerate() {
        let first = if index == 0 { labelled(row) } else { " ".repeat("unlabelled".len()) };
        if view.screen.width.is_none() {
            // Nothing is wrapped, so no table has to be laid out.
            writeln!(to, "{}", format!("  {first:<10}  {line}").trim_end())?;
            continue;
        }
        for line in columns(&kinds, &[vec![format!("{first:<10}"), line]], 2, room(view.screen)) {
            writeln!(to, "{line}")?;
        }
    }
    Ok(())
}

/// What became of the dates of the last quarter, where not all of them were simply held.
fn what_happened(row: &OneOnOneRow) -> Option<String> {
    let quarter = row.quarter;
    let each = [(quarter.cancelled, "cancelled"), (quarter.declined, "declined"), (quarter.moved, "moved")];
    let odd: Vec<String> =
        each.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    let dates = counted(u32::from(quarter.dates), "date", "dates");
    (!odd.is_empty()).then(|| format!("last 13 weeks: {dates}, {} held; {}", quarter.held, odd.join(", ")))
}

/// What every series was counted as: a sum that adds up.
fn counts(report: &AuditReport<'_>) -> String {
    let counts = report.counts;
    let parts = [
        (counts.one_on_ones, "1:1", "1:1s"),
        (counts.ended, "ended", "ended"),
        (counts.outside, "outside", "outside"),
        (counts.private, "private", "private"),
        (counts.candidates, "candidate", "candidates"),
        (counts.groups, "of more than two", "of more than two"),
        (counts.alone, "of one", "of one"),
        (counts.not_one_on_ones, "said to be no 1:1", "said to be no 1:1"),
        (counts.copies, "seen twice or split", "seen twice or split"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| counted(*count, one, many))
        .collect();
    let by_hand = match counts.by_hand {
        0 => String::new(),
        count => format!(
            " + {count} booked by hand ({})",
            counted(counts.by_hand_events, "single event", "single events")
        ),
    };
    let unnamed = match counts.unnamed {
        0 => String::new(),
        count => format!("; {count} of those outside personal, and not named"),
    };
    let sum = if parts.is_empty() { "nothing else".to_owned() } else { parts.join(" + ") };
    format!("recurring {}{by_hand} = {sum}{unnamed}", counts.recurring)
}

/// Minutes as hours with one decimal.
fn hours(minutes: u64) -> String {
    let tenths = (minutes * 10 + 30) / 60;
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn hours_by_label(report: &AuditReport<'_>) -> Vec<String> {
    if report.hours.iter().all(|row| row.asked == 0 && row.asked_before == 0) {
        return Vec::new();
    }
    let head = ["", "1:1s", "asked for", "held"].map(str::to_owned).to_vec();
    let cells = report.hours.iter().map(|row| {
        vec![
            row.label.to_owned(),
            row.one_on_ones.to_string(),
            format!("{} ({})", hours(row.asked), hours(row.asked_before)),
            format!("{} ({})", hours(row.held), hours(row.held_before)),
        ]
    });
    let all: Vec<Vec<String>> = std::iter::once(head).chain(cells).collect();
    columns(&[Column::Left, Column::Right, Column::Right, Column::Right], &all, 2, 80)
}

pub(super) fn table(report: &AuditReport<'_>, view: AuditView, to: &mut dyn Write) -> io::Result<()> {
    let to = &mut io::BufWriter::with_capacity(1 << 16, to);
    let width = view.screen.width.unwrap_or(80).clamp(60, 100);
    let heading = counted(report.counts.one_on_ones, "recurring 1:1", "recurring 1:1s");
    let mut out = left_and_right(&heading, &report.as_of.in_full(), width);
    out.push(match (&report.me, report.me_told_by) {
        (Some(me), Some(count)) => format!(
            " (taken for the calendar of {}, the address in most events, {count}; --me names another)",
            label(me)
        ),
        (Some(me), None) => format!(" (the calendar of {})", label(me)),
        (None, _) => " (it is unknown whose calendar this is: use --me ADDRESS)".to_owned(),
    });
    out.extend(columns(&[Column::Rest], &[vec![counts(report)]], 1, room(view.screen)));
    writeln!(to, "{}", out.join("\n"))?;
    out.clear();
    rows("What each is for", (&report.one_on_ones, Which::Running), report, view, to)?;
    rows("Ended", (&report.one_on_ones, Which::Ended), report, view, to)?;
    rows("Candidates, with the reason", (&report.candidates, Which::All), report, view, to)?;
    let mut section = |title: &str, list: Vec<String>| {
        if !list.is_empty() {
            out.push(String::new());
            out.push(format!(" {title}"));
            out.extend(list);
        }
    };
    section("Hours a week in the last 13 weeks (and in the 13 before)", hours_by_label(report));
    section("Missing, according to the portfolio", missing(report));
    section("Passed over", passed_over(report));
    section("Do this first", first(report, view.screen));
    out.iter().try_for_each(|line| writeln!(to, "{line}"))?;
    to.flush()
}

fn missing(report: &AuditReport<'_>) -> Vec<String> {
    let line = |row: &crate::report::audit::MissingRow| {
        let (owner, with) = (label(&row.owner_label), label(&row.with_label));
        format!("  {owner} with {with} ({})", row.lines.join(" and "))
    };
    report.missing.iter().flatten().map(line).collect()
}

fn passed_over(report: &AuditReport<'_>) -> Vec<String> {
    let skipped = report.files.iter().filter(|file| !file.skipped.is_empty());
    let line = |file: &crate::report::audit::FileRow| {
        let count = file.skipped.len() + file.more_skipped;
        let first = file
            .skipped
            .first()
            .map_or_else(String::new, |one| format!(", the first at line {}: {}", one.line, one.reason));
        format!("  {}: {count}{first}", label(&file.file))
    };
    skipped.map(line).collect()
}

/// The one action: what to do, what to paste into the invitation, and the sentence to say aloud.
fn first(report: &AuditReport<'_>, screen: Screen) -> Vec<String> {
    let found =
        report.first.as_ref().and_then(|first| Some((first, report.one_on_ones.get(first.one_on_one)?)));
    let Some((first, row)) = found else { return Vec::new() };
    let what = format!(
        "\u{201C}{}\u{201D} with {}: {}.",
        title(&row),
        shown(other(&row), "whoever it is with"),
        first.todo
    );
    let paste = format!("Paste into the invitation: \u{201C}{}\u{201D}", first.paste);
    let say = format!("If that cannot be done this month, say: \u{201C}{}\u{201D}", first.say);
    let lines = [what, paste, say].into_iter();
    lines.flat_map(|line| columns(&[Column::Rest], &[vec![line]], 2, room(screen))).collect()
}

/// Columns to wrap at; none where nobody looks at it as it comes.
fn room(screen: Screen) -> usize {
    screen.width.map_or(usize::from(u16::MAX), |width| width.clamp(60, 100))
}
