//! `table`: the whole time in one line of blocks, then a row a day, then what it came of.

use std::io::{self, Write};

use super::super::escape::{label, terminal};
use super::super::own::{OwnView, name, put_lines, some_of, sparkline};
use super::super::table::parts::{Column, columns, left_and_right, one_decimal};
use super::super::words::signed;
use super::{all_changes, amounts, scored, yardstick};
use crate::base::day::Day;
use crate::report::history::{HistoryChange, HistoryReport, HistoryRow};

/// A line of days has at most so many columns.
const MOST_COLUMNS: usize = 52;
/// How many days that could not be read are named.
const MOST_BROKEN: usize = 3;

pub(super) fn render(report: &HistoryReport, view: &OwnView, to: &mut dyn Write) -> io::Result<()> {
    let (Some(first), Some(last)) = (report.rows.first(), report.rows.last()) else { return Ok(()) };
    let when = format!("{} to {}, by {}", first.day.in_short(last.day), last.day.in_full(), report.every);
    let mut lines = left_and_right(&label(&name(&report.head)), &when, view.width());
    lines.extend(view.sentence(&yardstick(report)));
    if report.shallow {
        lines.extend(view.sentence(
            "This clone is shallow, so history begins where it was cut off; `git fetch --unshallow` fetches the rest.",
        ));
    }
    for rename in &report.renames {
        let words =
            format!("{} was {} before {}", rename.to.raw(), rename.from.raw(), short(rename.revision.raw()));
        lines.extend(view.sentence(&terminal(&words)));
    }
    lines.push(String::new());
    lines.extend(line(report, view));
    lines.push(String::new());
    let shown = view.top.unwrap_or(usize::MAX).min(report.rows.len());
    let from = report.rows.len() - shown;
    let why = report.rows.iter().any(|row| row.change.is_some());
    lines.extend(rows(&report.rows[from..], why, last.day, view));
    if from > 0 {
        lines.push(format!("   and {from} earlier (--top 0 for all)"));
    }
    if let Some(sum) = all_changes(report) {
        lines.push(String::new());
        let since = scored(report).next().map(|row| row.day.in_short(last.day)).unwrap_or_default();
        lines.extend(view.sentence(&summed(&sum, &since)));
    }
    let broken = broken(report, last.day);
    if !broken.is_empty() {
        lines.push(String::new());
        lines.extend(broken.iter().flat_map(|text| view.sentence(text)));
    }
    put_lines(&lines, to)
}

fn short(hash: &str) -> &str {
    hash.get(..10).unwrap_or(hash)
}

/// The first and the last score with the line between them.
fn line(report: &HistoryReport, view: &OwnView) -> Vec<String> {
    let scores: Vec<_> = scored(report).filter_map(|row| row.score.as_ref()).collect();
    let (Some(first), Some(last)) = (scores.first(), scores.last()) else { return Vec::new() };
    let value = |row: &HistoryRow| row.score.as_ref().map(|score| score.mp.mp());
    let values: Vec<Option<i64>> = some_of(&report.rows, MOST_COLUMNS).into_iter().map(value).collect();
    let line = sparkline(&values, view.screen);
    let [from, to] = [first, last].map(|score| one_decimal(score.points.0));
    let grades = format!("{} \u{2192} {}", first.grade, last.grade);
    left_and_right(&line, &format!("{from} \u{2192} {to} points   {grades}"), view.width())
}

fn rows(rows: &[HistoryRow], why: bool, near: Day, view: &OwnView) -> Vec<String> {
    let mut heading = vec!["to", "points", "a person", ""];
    let mut kinds = vec![Column::Right, Column::Right, Column::Right, Column::Left];
    if why {
        heading.extend(["time", "staff", "new", "told", "done", "gone"]);
        kinds.extend([Column::Right; 6]);
    }
    let cells = |row: &HistoryRow| {
        let mut cells = vec![row.day.in_short(near)];
        match &row.score {
            Some(score) => {
                cells.push(one_decimal(score.points.0));
                cells.push(one_decimal(score.intensity.0));
                cells.push(format!("{}{}", score.grade, mark(row)));
            }
            None => cells.extend([String::new(), String::new(), state(row).to_owned()]),
        }
        if why {
            cells.extend(parts(row.change));
        }
        cells
    };
    let heading = heading.into_iter().map(str::to_owned).collect();
    let all: Vec<Vec<String>> = std::iter::once(heading).chain(rows.iter().map(cells)).collect();
    let mut lines = columns(&kinds, &all, 1, view.width());
    if rows.iter().any(|row| row.other_yardstick) {
        lines.push(" * another yardstick from here on: another version, or another policy".to_owned());
    }
    lines
}

fn mark(row: &HistoryRow) -> &'static str {
    match (row.work_tree, row.other_yardstick) {
        (true, _) => " now",
        (false, true) => " *",
        (false, false) => "",
    }
}

fn state(row: &HistoryRow) -> &'static str {
    match row.state {
        "broken" => "could not be read",
        "absent" => "was not there",
        "few" => "too few people",
        _ => "nobody was scored",
    }
}

fn parts(change: Option<HistoryChange>) -> Vec<String> {
    let Some(change) = change else { return vec![String::new(); 6] };
    let all = amounts(change).into_iter();
    all.map(|mp| if mp == 0 { "\u{2013}".to_owned() } else { signed(mp) }).collect()
}

fn summed(sum: &HistoryChange, since: &str) -> String {
    let mut words = Vec::new();
    let mut say = |mp: i64, what: &str| {
        if mp != 0 {
            words.push(format!("{} {what}", signed(mp)));
        }
    };
    say(sum.accrued_mp.mp(), "by time");
    say(sum.recalibrated_mp.mp(), "by other exemptions");
    say(sum.staffing_mp.mp(), "by who came and went");
    say(sum.introduced_mp.mp(), "new");
    say(sum.revealed_mp.mp(), "told");
    say(-sum.repaired_mp.mp(), "done");
    say(-sum.withdrawn_mp.mp(), "gone");
    if words.is_empty() {
        return format!("Since {since}: no change.");
    }
    format!("Since {since}: {}.", words.join(", "))
}

fn broken(report: &HistoryReport, near: Day) -> Vec<String> {
    let errors = report.rows.iter().filter_map(|row| Some((row, row.error.as_ref()?)));
    let all: Vec<_> = errors.collect();
    let mut lines: Vec<String> = all
        .iter()
        .take(MOST_BROKEN)
        .map(|(row, error)| {
            let at = error.at.as_ref().map(|at| format!("{}: ", at.raw())).unwrap_or_default();
            let words =
                format!("{}: {at}{} ({})", row.day.in_short(near), error.message.raw(), error.code.word());
            terminal(&words)
        })
        .collect();
    if all.len() > MOST_BROKEN {
        lines.push(format!("and {} more days that could not be read", all.len() - MOST_BROKEN));
    }
    lines
}
