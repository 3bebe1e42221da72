//! `table`: where it goes on one line, then what happens when.

use std::io::{self, Write};

use super::super::escape::label;
use super::super::own::{OwnView, name, put_lines, some_of, sparkline};
use super::super::table::parts::{Column, columns, left_and_right, one_decimal};
use super::super::words::signed;
use super::{ended, owed, words};
use crate::base::message::counted;
use crate::report::outlook::{CourseReport, EventRow, ForecastReport};

/// A line of weeks has at most so many columns.
const MOST_COLUMNS: usize = 26;

pub(super) fn render(report: &ForecastReport, view: &OwnView, to: &mut dyn Write) -> io::Result<()> {
    let weeks = report.to.days_since(report.from).weeks();
    let until = format!("to {}, {}", report.to.in_full(), counted(weeks, "week", "weeks"));
    let mut lines = left_and_right(&label(&name(&report.head)), &until, view.width());
    lines.push(String::new());
    lines.push(" If nothing happens".to_owned());
    course(&report.course, view, &mut lines);
    if let Some(done) = &report.if_done {
        lines.push(String::new());
        let deeds: Vec<String> = report.done.iter().map(label).collect();
        lines.extend(view.sentence(&format!("If {}", deeds.join("; and if "))));
        course(done, view, &mut lines);
    }
    put_lines(&lines, to)
}

fn course(course: &CourseReport, view: &OwnView, lines: &mut Vec<String>) {
    let (Some(first), Some(last)) = (course.days.first(), course.days.last()) else { return };
    let days: Vec<Option<i64>> =
        some_of(&course.days, MOST_COLUMNS).into_iter().map(|row| Some(owed(row))).collect();
    let [from, to] = [first, last].map(|row| one_decimal(owed(row)));
    let left = format!(
        "{from} {} {to} points   {} \u{2192} {}",
        sparkline(&days, view.screen),
        first.grade,
        last.grade
    );
    let mut right = format!("{} by time", signed(owed(last) - owed(first)));
    if last.missed_mp.mp() != 0 {
        right.push_str(&format!(", {} may be missed", one_decimal(last.missed_mp.mp())));
    }
    lines.extend(left_and_right(&left, &right, view.width()));
    lines.extend(ended(course).iter().flat_map(|text| view.sentence(text)));
    let shown = view.top.unwrap_or(usize::MAX).min(course.events.len());
    if shown == 0 {
        return;
    }
    lines.push(String::new());
    let cells = |event: &EventRow| {
        let amount = event.mp.map(|mp| signed(mp.mp())).unwrap_or_default();
        vec![event.day.in_short(first.day), amount, label(&words(event))]
    };
    let rows: Vec<Vec<String>> = course.events.iter().take(shown).map(cells).collect();
    lines.extend(columns(&[Column::Right, Column::Right, Column::Rest], &rows, 1, view.width()));
    let more = course.events.len() - shown;
    if more > 0 {
        lines.push(format!("   and {more} more (--top 0 for all)"));
    }
}
