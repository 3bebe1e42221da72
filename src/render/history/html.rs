//! `html`: the score by kind of debt over time, under it what each row came of, and every row as a table.

use std::io::{self, Write};

use maud::{Markup, html};

use super::super::html::length;
use super::super::own::{OwnView, page};
use super::super::table::parts::one_decimal;
use super::super::words::signed;
use super::chart::{STEP, drawn, trend};
use super::{amounts, yardstick};
use crate::base::points::MilliPoints;
use crate::report::history::{HistoryChange, HistoryReport, HistoryRow};

pub(super) fn render(report: &HistoryReport, _: &OwnView, to: &mut dyn Write) -> io::Result<()> {
    let content = html! {
        section aria-labelledby="score" {
            h2 id="score" { "The score over time" }
            p class="soft" { (yardstick(report)) "." }
            @if report.shallow { p class="soft" { "This clone is shallow, so history begins where it was cut off." } }
            div class="stack" {
                (trend(&report.rows, "trend-title"))
                (changes(report))
                details { summary { "Every row" } (table(report)) }
            }
        }
    };
    page(&report.head, "History", report.head.as_of, &content, to)
}

/// What each row added and took away, from a line in the middle.
fn changes(report: &HistoryReport) -> Markup {
    let rows = drawn(&report.rows);
    let both = |change: HistoryChange| {
        let sums = [
            change.accrued_mp,
            change.staffing_mp,
            change.introduced_mp,
            change.revealed_mp,
            change.recalibrated_mp,
        ]
        .map(MilliPoints::mp);
        let more: i64 = sums.iter().filter(|mp| **mp > 0).sum();
        let less: i64 = -sums.iter().filter(|mp| **mp < 0).sum::<i64>();
        (more, less + change.repaired_mp.mp() + change.withdrawn_mp.mp())
    };
    let all: Vec<Option<(i64, i64)>> = rows.iter().map(|row| row.change.map(both)).collect();
    let most = all.iter().flatten().map(|(more, less)| *more.max(less)).max().unwrap_or(0);
    if most == 0 {
        return html! {};
    }
    let width = rows.len().saturating_mul(STEP);
    html! {
        figure class="trend" {
            svg viewBox={ "0 0 " (width) " 1000" } preserveAspectRatio="none" role="img" aria-labelledby="changes-title" focusable="false" {
                title id="changes-title" { "What was added above the line, what was taken away below it. The table has every row." }
                @for (at, change) in all.iter().enumerate() {
                    @if let Some((more, less)) = change {
                        @let (up, down) = (length(*more, most) / 2, length(*less, most) / 2);
                        @if up > 0 { rect class="more" x=(at * STEP) y=(500 - up) width=(STEP * 9 / 10) height=(up) {} }
                        @if down > 0 { rect class="less" x=(at * STEP) y="500" width=(STEP * 9 / 10) height=(down) {} }
                    }
                }
            }
            figcaption {
                ul class="legend" {
                    li { span class="key more" {} "added: by time, by people, new, told" }
                    li { span class="key less" {} "taken away: done, gone" }
                }
            }
        }
    }
}

fn table(report: &HistoryReport) -> Markup {
    let heads = ["Time", "Staff", "New", "Told", "Done", "Gone"];
    html! {
        div class="scrolls" tabindex="0" role="region" aria-label="Every row" {
            table {
                thead { tr {
                    th scope="col" { "To" }
                    th scope="col" class="number" { "Points" }
                    th scope="col" class="number" { "Per person" }
                    th scope="col" { "Grade" }
                    @for head in heads { th scope="col" class="number" { (head) } }
                } }
                tbody { @for row in &report.rows { (row_of(row)) } }
            }
        }
    }
}

fn row_of(row: &HistoryRow) -> Markup {
    let parts = row.change.map(amounts);
    html! {
        tr {
            th scope="row" { time datetime=(row.day) { (row.day.in_full()) } @if row.work_tree { " (now)" } }
            @match &row.score {
                Some(score) => {
                    td class="number" { (one_decimal(score.points.0)) }
                    td class="number" { (one_decimal(score.intensity.0)) }
                    td { (score.grade) }
                }
                None => td colspan="3" class="soft" {
                    (row.state)
                    @if let Some(error) = &row.error { ": " (error.message) }
                },
            }
            @for part in 0..6_usize {
                td class="number" { @if let Some(parts) = parts { (signed(parts[part])) } }
            }
        }
    }
}
