//! The trend as inline SVG: a column a day, stacked by group of rules, on the page of a history and in a report.

use maud::{Markup, html};

use super::super::html::length;
use super::super::own::some_of;
use super::super::table::parts::one_decimal;
use crate::report::history::HistoryRow;
use crate::rules::rule::Group;

/// What the classes of the trend look like.
pub(in crate::render) const TREND_STYLE: &str = include_str!("trend.css");

/// Columns are so far apart, in units of the drawing.
pub(super) const STEP: usize = 100;
/// Of more rows only as many are drawn; the table has them all.
const MOST_COLUMNS: usize = 400;

/// Rows that are drawn: the last one is always among them.
pub(super) fn drawn(rows: &[HistoryRow]) -> Vec<&HistoryRow> {
    some_of(rows, MOST_COLUMNS)
}

/// The score from row to row.
pub(in crate::render) fn trend(rows: &[HistoryRow], id: &str) -> Markup {
    let drawn = drawn(rows);
    let scores = || drawn.iter().filter_map(|row| row.score.as_ref());
    let most = scores().map(|score| score.mp.mp()).max().unwrap_or(0);
    let (Some(first), Some(last)) = (scores().next(), scores().next_back()) else { return html! {} };
    let width = drawn.len().saturating_mul(STEP);
    let groups: Vec<&str> =
        Group::ALL.map(Group::key).into_iter().filter(|group| has(&drawn, group)).collect();
    let days = [drawn.first(), drawn.last()].map(|row| row.map(|row| row.day));
    html! {
        figure class="trend" {
            svg viewBox={ "0 0 " (width) " 1000" } preserveAspectRatio="none" role="img" aria-labelledby=(id) focusable="false" {
                title id=(id) {
                    "The score over time: from " (one_decimal(first.points.0)) " to " (one_decimal(last.points.0))
                    " points, by kind of debt. The table has every day."
                }
                @for (at, row) in drawn.iter().enumerate() {
                    @if row.score.is_none() { rect class="gap" x=(at * STEP) y="0" width=(STEP) height="1000" {} }
                    @for (group, from, to) in column(row, &groups, most) {
                        @if to > from {
                            rect class={ "group-" (group) } x=(at * STEP) y=(1000 - to) width=(STEP) height=(to - from) {}
                        }
                    }
                    @if row.other_yardstick {
                        line class="cut" x1=(at * STEP) x2=(at * STEP) y1="0" y2="1000" {}
                    }
                }
            }
            figcaption {
                div class="ends" aria-hidden="true" {
                    @for (day, score) in days.iter().zip([first, last]) {
                        @if let Some(day) = day { span { (day.in_full()) ": " (one_decimal(score.points.0)) } }
                    }
                }
                ul class="legend" {
                    @for (at, group) in groups.iter().enumerate() {
                        li { span class={ "key group-" (at) } {} (group) }
                    }
                }
                @if rows.iter().any(|row| row.other_yardstick) {
                    p class="soft small" { "Where the line is broken, another version or another policy measured: both sides cannot be compared." }
                }
            }
        }
    }
}

fn has(rows: &[&HistoryRow], group: &str) -> bool {
    rows.iter().flat_map(|row| row.by_group.iter()).any(|sum| is_of(sum, group))
}

fn is_of(sum: &crate::report::history::SumRow, group: &str) -> bool {
    sum.key.as_ref().is_some_and(|key| key.raw() == group)
}

/// How much of a score a group is, in milli-points.
pub(super) fn sum_of(row: &HistoryRow, group: &str) -> i64 {
    row.by_group.iter().find(|sum| is_of(sum, group)).map_or(0, |sum| sum.mp.mp())
}

/// The pieces of a column from the bottom: the position of the group, and where it begins and ends.
fn column(row: &HistoryRow, groups: &[&str], most: i64) -> Vec<(usize, i64, i64)> {
    let mut below = 0;
    let piece = |(at, group): (usize, &&str)| {
        let from = length(below, most);
        below += sum_of(row, group);
        (at, from, length(below, most))
    };
    groups.iter().enumerate().map(piece).collect()
}
