//! Where the score goes if nothing happens: a column a week, and what grows fastest.

use maud::{Markup, html};

use super::super::escape::said;
use super::super::table::parts::one_decimal;
use super::super::words::signed;
use super::factors::anchor;
use super::figures::length;
use crate::report::{Forecast, ForecastRow, GrowingRow, Report};

pub(super) fn section(report: &Report<'_>) -> Markup {
    let ahead = report.forecast();
    let (Some(now), Some(last)) = (ahead.days.first(), ahead.days.last()) else { return html! {} };
    let weeks = ahead.days.len().saturating_sub(1);
    // A 1:1 is held or not whatever is owed today, so it is told apart.
    let change = (last.mp - last.missed_mp - now.mp).mp();
    html! {
        section aria-labelledby="ahead" {
            h2 id="ahead" { "If nothing happens" }
            @if weeks == 0 {
                p { "Nobody would be scored a week from now." }
            } @else {
                p {
                    @match change {
                        0 => "Nothing grows by itself in ",
                        more if more > 0 => { "Time alone adds " strong { (one_decimal(more)) " points" } " in " },
                        _ => { "With what is written today the score falls by " strong { (one_decimal(-change)) " points" } " in " },
                    }
                    (weeks) " weeks, under today\u{2019}s policy and with no new data: from " (one_decimal(now.mp.mp()))
                    " to " (one_decimal((last.mp - last.missed_mp).mp())) " on " (last.day.in_full()) "."
                    @if last.missed_mp.mp() > 0 {
                        " 1:1s that nobody holds, or writes down, would add another " (one_decimal(last.missed_mp.mp())) "."
                    }
                }
                div class="stack" {
                    div { (chart(ahead)) (by_week(ahead)) }
                    div { (growing(ahead, weeks)) }
                }
            }
        }
    }
}

/// Columns are so far apart, in units of the drawing; the last tenth is the gap.
const STEP: usize = 100;

fn chart(ahead: &Forecast) -> Markup {
    let now = ahead.days.first().map_or(0, |week| week.mp.mp());
    let most = ahead.days.iter().map(|week| week.mp.mp()).max().unwrap_or(0);
    let width = ahead.days.len().saturating_mul(STEP);
    // From the bottom: what is there today, what time adds, 1:1s that count as missed.
    let column = |week: &ForecastRow| {
        let owed = (week.mp - week.missed_mp).mp();
        let tops = [owed.min(now), owed, week.mp.mp()].map(|amount| length(amount, most));
        ["fill-bar", "fill-grow", "fill-missed"].into_iter().zip([
            (0, tops[0]),
            (tops[0], tops[1]),
            (tops[1], tops[2]),
        ])
    };
    let last = ahead.days.last().map_or(0, |week| week.mp.mp());
    let any_missed = ahead.days.iter().any(|week| week.missed_mp.mp() > 0);
    html! {
        figure class="ahead" {
            svg viewBox={ "0 0 " (width) " 1000" } preserveAspectRatio="none" role="img" aria-labelledby="chart-title" focusable="false" {
                title id="chart-title" {
                    "The score by week: " (one_decimal(now)) " points today, " (one_decimal(last)) " after "
                    (ahead.days.len().saturating_sub(1)) " weeks. The table below has every week."
                }
                @for (index, week) in ahead.days.iter().enumerate() {
                    @for (class, (from, to)) in column(week) {
                        @if to > from {
                            rect class=(class) x=(index * STEP) y=(1000 - to) width=(STEP * 9 / 10) height=(to - from) {}
                        }
                    }
                }
            }
            figcaption {
                div class="ends" aria-hidden="true" {
                    span { "today: " (one_decimal(now)) }
                    span { "in " (ahead.days.len().saturating_sub(1)) " weeks: " (one_decimal(last)) }
                }
                ul class="legend" {
                    li { span class="key fill-bar" {} "owed today" }
                    li { span class="key fill-grow" {} "added by time" }
                    @if any_missed { li { span class="key fill-missed" {} "1:1s counted as missed" } }
                }
            }
        }
    }
}

fn by_week(ahead: &Forecast) -> Markup {
    let now = ahead.days.first().map_or(0, |week| week.mp.mp());
    html! {
        details {
            summary { "Week by week, and by kind of debt" }
            div class="split" {
                table {
                    caption { "By week" }
                    thead { tr {
                        th scope="col" { "Day" }
                        th scope="col" class="number" { "Points" }
                        th scope="col" class="number" { "Against today" }
                        th scope="col" class="number" { "Of it 1:1s" }
                    } }
                    tbody {
                        @for week in &ahead.days {
                            tr {
                                th scope="row" { time datetime=(week.day) { (week.day.in_full()) } }
                                td class="number" { (one_decimal(week.mp.mp())) }
                                td class="number" { (signed(week.mp.mp() - now)) }
                                td class="number" { (signed(week.missed_mp.mp())) }
                            }
                        }
                    }
                }
                table {
                    caption { "By kind of debt" }
                    thead { tr {
                        th scope="col" { "Kind" }
                        th scope="col" class="number" { "Today" }
                        th scope="col" class="number" { "At the end" }
                    } }
                    tbody {
                        @for row in &ahead.by_group {
                            tr {
                                th scope="row" { (row.key) }
                                td class="number" { (one_decimal(row.from_mp.mp())) }
                                td class="number" { (one_decimal(row.to_mp.mp())) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn growing(ahead: &Forecast, weeks: usize) -> Markup {
    if ahead.growing.is_empty() {
        return html! {};
    }
    html! {
        table {
            caption { "What grows fastest" }
            thead { tr {
                th scope="col" { "What" }
                th scope="col" class="number" { "Today" }
                th scope="col" class="number" { "In " (weeks) " weeks" }
                th scope="col" class="number" { "More" }
            } }
            tbody { @for row in &ahead.growing { (grower(row)) } }
        }
        @if ahead.growing_left_out > 0 { p class="soft small" { "and " (ahead.growing_left_out) " more that grow more slowly" } }
    }
}

fn grower(row: &GrowingRow) -> Markup {
    let to_come = row.from_mp.mp() == 0;
    html! {
        tr {
            th scope="row" {
                @if to_come {
                    (said(&row.words))
                    span class="soft small" {
                        " \u{B7} no debt yet"
                        @if let Some(onset) = row.onset { ", from " (onset.in_full()) " on" }
                    }
                } @else {
                    a href={ "#" (anchor(&row.id)) } { (said(&row.words)) }
                }
            }
            td class="number" { (one_decimal(row.from_mp.mp())) }
            td class="number" { (one_decimal(row.to_mp.mp())) }
            td class="number" { strong { (signed(row.to_mp.mp() - row.from_mp.mp())) } }
        }
    }
}
