//! `html`: a column a week, what happens when, and every week as a table.

use std::io::{self, Write};

use maud::{Markup, html};

use super::super::escape::said;
use super::super::html::length;
use super::super::own::{OwnView, page};
use super::super::table::parts::one_decimal;
use super::super::words::signed;
use super::{ended, owed, words};
use crate::report::outlook::{CourseReport, CourseRow, ForecastReport};

pub(super) fn render(report: &ForecastReport, _: &OwnView, to: &mut dyn Write) -> io::Result<()> {
    let content = html! {
        (course(&report.course, "nothing", &html! { "If nothing happens" }))
        @if let Some(done) = &report.if_done {
            (course(done, "done", &html! {
                "If "
                @for (index, deed) in report.done.iter().enumerate() {
                    @if index > 0 { "; and if " }
                    (said(deed))
                }
            }))
        }
        p class="soft small" {
            "This is arithmetic, no prophecy: what is written today, scored on later days. 1:1s that count as missed may well "
            "be held, only nobody can have written that down yet."
        }
    };
    page(&report.head, "Forecast", report.from, &content, to)
}

fn course(course: &CourseReport, id: &str, heading: &Markup) -> Markup {
    let (Some(first), Some(last)) = (course.days.first(), course.days.last()) else { return html! {} };
    html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (heading) }
            p {
                "From " (one_decimal(owed(first))) " to " strong { (one_decimal(owed(last))) " points" } " on "
                (last.day.in_full()) " (" (first.grade) " to " (last.grade) "): " (signed(last.interest_mp.mp())) " interest, "
                (signed(last.begins_mp.mp())) " begins, " (signed(-last.ends_mp.mp())) " ends by itself. "
                @if last.missed_mp.mp() != 0 { (one_decimal(last.missed_mp.mp())) " more if no 1:1 is held. " }
                @if let Some(why) = ended(course) { (why) }
            }
            div class="stack" {
                (chart(course, id))
                @if !course.events.is_empty() { (events(course)) }
                details { summary { "Every week" } (weeks(course)) }
            }
        }
    }
}

/// Columns are so far apart, in units of the drawing; the last tenth is the gap.
const STEP: usize = 100;

fn chart(course: &CourseReport, id: &str) -> Markup {
    let most = course.days.iter().map(|row| row.mp.mp().max(owed(row))).max().unwrap_or(0);
    let first = course.days.first().map_or(0, owed);
    let width = course.days.len().saturating_mul(STEP);
    let column = |row: &CourseRow| {
        let tops = [owed(row).min(first), owed(row), row.mp.mp().max(owed(row))].map(|mp| length(mp, most));
        ["fill-bar", "fill-grow", "fill-missed"].into_iter().zip([
            (0, tops[0]),
            (tops[0], tops[1]),
            (tops[1], tops[2]),
        ])
    };
    let title = format!("chart-{id}");
    html! {
        figure class="ahead" {
            svg viewBox={ "0 0 " (width) " 1000" } preserveAspectRatio="none" role="img" aria-labelledby=(title) focusable="false" {
                title id=(title) { "The score by week; the table below has every week." }
                @for (index, row) in course.days.iter().enumerate() {
                    @for (class, (from, to)) in column(row) {
                        @if to > from {
                            rect class=(class) x=(index * STEP) y=(1000 - to) width=(STEP * 9 / 10) height=(to - from) {}
                        }
                    }
                }
            }
            figcaption {
                ul class="legend" {
                    li { span class="key fill-bar" {} "owed today" }
                    li { span class="key fill-grow" {} "added by time" }
                    li { span class="key fill-missed" {} "1:1s counted as missed" }
                }
            }
        }
    }
}

fn events(course: &CourseReport) -> Markup {
    html! {
        table {
            caption { "What happens when" }
            thead { tr {
                th scope="col" { "Day" }
                th scope="col" { "What" }
                th scope="col" class="number" { "Points" }
            } }
            tbody {
                @for event in &course.events {
                    tr {
                        td { time datetime=(event.day) { (event.day.in_full()) } }
                        td { (said(&words(event))) }
                        td class="number" { @if let Some(mp) = event.mp { (signed(mp.mp())) } }
                    }
                }
            }
        }
    }
}

fn weeks(course: &CourseReport) -> Markup {
    html! {
        table {
            thead { tr {
                th scope="col" { "Day" }
                th scope="col" class="number" { "Points" }
                th scope="col" class="number" { "Interest" }
                th scope="col" class="number" { "Begins" }
                th scope="col" class="number" { "Ends" }
                th scope="col" class="number" { "Missed" }
                th scope="col" { "Grade" }
            } }
            tbody {
                @for row in &course.days {
                    tr {
                        th scope="row" { time datetime=(row.day) { (row.day.in_full()) } }
                        td class="number" { (one_decimal(row.mp.mp())) }
                        td class="number" { (signed(row.interest_mp.mp())) }
                        td class="number" { (signed(row.begins_mp.mp())) }
                        td class="number" { (signed(-row.ends_mp.mp())) }
                        td class="number" { (signed(row.missed_mp.mp())) }
                        td { (row.grade) }
                    }
                }
            }
        }
    }
}
