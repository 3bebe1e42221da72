//! What `debt fix` did: a diff, JSON, and lines beside them that say what each act came to.

use std::io::{self, Write};

use serde::Serialize;

use super::Screen;
use super::escape::{label, terminal};
use super::json::Lines;
use super::table::parts::{Column, columns, duration, one_decimal};
use crate::base::message::counted;
use crate::report::fix::{AskRow, FixReport, FixedRow};

/// The words for the formats, the first one by default.
pub const FIX_FORMATS: [&str; 2] = ["diff", "json"];

/// As JSON.
pub fn json(report: &FixReport, to: &mut dyn Write) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(&mut *to, Lines::default());
    report.serialize(&mut serializer)?;
    to.write_all(b"\n")
}

/// Every file as a unified diff.
pub fn diff(report: &FixReport, screen: Screen, to: &mut dyn Write) -> io::Result<()> {
    report.files.iter().try_for_each(|file| to.write_all(shown(&file.diff, screen).as_bytes()))
}

/// The new text of the only file there is, as it was where nothing changes.
pub fn text(report: &FixReport, as_read: &str, to: &mut dyn Write) -> io::Result<()> {
    let text = report.files.first().map_or(as_read, |file| &file.text);
    to.write_all(text.as_bytes())
}

/// A diff as a screen shows it: what goes red and what comes green, as git does.
pub fn shown(diff: &str, screen: Screen) -> String {
    if !screen.colour {
        return diff.to_owned();
    }
    let mut out = String::new();
    for line in diff.split_inclusive('\n') {
        let (content, end) = line.strip_suffix('\n').map_or((line, ""), |content| (content, "\n"));
        let colour = match content.as_bytes() {
            [b'-', b'-', b'-', ..] | [b'+', b'+', b'+', ..] => None,
            [b'-', ..] => Some(anstyle::AnsiColor::Red),
            [b'+', ..] => Some(anstyle::AnsiColor::Green),
            [b'@', ..] => Some(anstyle::AnsiColor::Cyan),
            _ => None,
        };
        match colour.map(anstyle::AnsiColor::on_default) {
            Some(style) => out.push_str(&format!("{style}{content}{style:#}{end}")),
            None => out.push_str(line),
        }
    }
    out
}

/// `split nia-pia: 117.3 → 112.3 points. Ask Yuki Mori and Pia Rossi first.`
pub fn done_line(row: &FixedRow) -> String {
    let act = terminal(row.act.raw());
    let name = match act.split_once(':') {
        // A factor is named in full: its code says what it is about.
        Some(("acknowledge", factor)) => format!("acknowledge {factor}"),
        Some((verb, subject)) => {
            format!("{verb} {}", subject.split_once(':').map_or(subject, |(_, id)| id))
        }
        None => act.clone(),
    };
    let (from, to) = row.scores;
    let points = format!("{} \u{2192} {} points", one_decimal(from.mp()), one_decimal(to.mp()));
    let note = row.note.as_ref().map(|note| format!(". {}.", label(note))).unwrap_or_default();
    format!("{name}: {points}{note}")
}

/// So many acts that are left are named.
const LEFT: usize = 8;

/// A line for each act that was done, the comments to look at, and what is left for a person.
pub fn lines(report: &FixReport, screen: Screen) -> String {
    let mut out = String::new();
    let done: Vec<&FixedRow> = report.acts.iter().filter(|row| row.done).collect();
    for row in &done {
        out.push_str(&format!("{}\n", done_line(row)));
    }
    if done.len() > 1 {
        let (from, to) = (one_decimal(report.from_mp.mp()), one_decimal(report.to_mp.mp()));
        out.push_str(&format!(
            "{} together: {from} \u{2192} {to} points\n",
            counted(done.len(), "act", "acts")
        ));
    }
    for file in &report.files {
        out.push_str(&comments(&terminal(file.path.raw()), &file.comments));
    }
    let left: Vec<&FixedRow> = report.acts.iter().filter(|row| !row.done).collect();
    if left.is_empty() {
        return out;
    }
    if done.is_empty() {
        out.push_str("Nothing here can be done by itself.\n");
    }
    out.push_str(&format!("Not done, {}:\n", counted(left.len(), "act", "acts")));
    let shown = left.iter().take(LEFT);
    let rows = shown.map(|row| {
        let why = row.why_not.as_ref().map(label).unwrap_or_default();
        vec![terminal(row.act.raw()), why]
    });
    out.push_str(&in_columns(&rows.collect::<Vec<_>>(), screen));
    if let Some(more) = left.len().checked_sub(LEFT).filter(|more| *more > 0) {
        out.push_str(&format!("  and {more} more; `debt fix` on a terminal asks about each\n"));
    }
    out
}

/// Where a person may have to change a comment, too.
fn comments(path: &str, lines: &[u32]) -> String {
    match lines {
        [] => String::new(),
        [line] => format!("{path}:{line} comments on what changed\n"),
        [first, rest @ ..] => {
            let rest: Vec<String> = rest.iter().map(u32::to_string).collect();
            format!("{path}:{first}, {} comment on what changed\n", rest.join(", "))
        }
    }
}

fn in_columns(rows: &[Vec<String>], screen: Screen) -> String {
    let width = screen.width.unwrap_or(WIDE);
    let longest = rows.iter().map(|row| row[0].chars().count()).max().unwrap_or_default();
    // Where there is no room beside long ids, the reason goes below.
    if longest + 24 > width {
        let pairs = rows.iter().map(|row| format!("  {}\n      {}", row[0], row[1]));
        return pairs.collect::<Vec<_>>().join("\n") + "\n";
    }
    columns(&[Column::Left, Column::Rest], rows, 2, width).join("\n") + "\n"
}

/// How wide a text is that nobody looks at as it comes.
const WIDE: usize = 160;

/// The acts that could be named, best first.
pub fn candidates(rows: &[AskRow], screen: Screen) -> String {
    let row = |row: &AskRow| {
        let effect = row.effect.map_or_else(String::new, |effect| one_decimal(effect.mp()));
        vec![effect, label(&row.act), row.tells.clone()]
    };
    let rows: Vec<Vec<String>> = rows.iter().map(row).collect();
    let kinds = [Column::Right, Column::Left, Column::Rest];
    if rows.is_empty() {
        return String::new();
    }
    columns(&kinds, &rows, 2, screen.width.unwrap_or(WIDE)).join("\n") + "\n"
}

/// The head of a question about an act.
pub fn question(row: &AskRow, number: usize, screen: Screen) -> String {
    let effect = match row.effect {
        Some(effect) => format!("{} points, {}", one_decimal(effect.mp()), duration(row.minutes)),
        None => duration(row.minutes),
    };
    let who = row.who.as_ref().map(|who| format!("{}: ", label(who))).unwrap_or_default();
    let text = format!("{number}. {who}{} ({effect})", label(&row.what));
    let width = screen.width.unwrap_or(80).clamp(40, 100);
    let lines = super::explain::wrapped(&text, width.saturating_sub(1));
    format!("\n{}\n   {}\n", lines.join("\n   "), label(&row.act))
}
