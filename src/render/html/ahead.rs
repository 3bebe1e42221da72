//! Where the score goes if nothing happens: a column a week, and what grows fastest.

use maud::{Markup, html};

use super::super::table_parts::one_decimal;
use super::super::words::signed;
use super::factors::anchor;
use super::figures::length;
use crate::report::{GrowingRow, Projection, Report};

pub(super) fn section(report: &Report<'_>) -> Markup {
    let ahead = report.factors.projection();
    let (Some((_, now)), Some((last, then))) = (ahead.weeks.first(), ahead.weeks.last()) else {
        return html! {};
    };
    let weeks = ahead.weeks.len().saturating_sub(1);
    let change = then.mp() - now.mp();
    html! {
        section aria-labelledby="ahead" {
            h2 id="ahead" { "If nothing happens" }
            @if weeks == 0 {
                p { "Nobody would be scored a week from now." }
            } @else {
                p {
                    @match change {
                        0 => "Nothing grows by itself: in ",
                        more if more > 0 => { "Time alone adds " strong { (one_decimal(more)) " points" } " in " },
                        _ => { "With what is written today the score falls by " strong { (one_decimal(-change)) " points" } " in " },
                    }
                    (weeks) " weeks, under today\u{2019}s policy and with no new data: from " (one_decimal(now.mp()))
                    " to " (one_decimal(then.mp())) " on " (last.in_full()) "."
                    " No new data also means that a 1:1 counts as missed once its next date has passed."
                }
                div class="stack" {
                    div { (chart(&ahead)) (by_week(&ahead)) }
                    div { (growing(&ahead, weeks)) }
                }
            }
        }
    }
}

/// Columns are so far apart, in units of the drawing; the last tenth is the gap.
const STEP: usize = 100;

fn chart(ahead: &Projection) -> Markup {
    let now = ahead.weeks.first().map_or(0, |(_, score)| score.mp());
    let most = ahead.weeks.iter().map(|(_, score)| score.mp()).max().unwrap_or(0);
    let width = ahead.weeks.len().saturating_mul(STEP);
    let column = |(index, score): (usize, i64)| {
        let (kept, all) = (length(score.min(now), most), length(score, most));
        (index.saturating_mul(STEP), 1000 - all, all - kept, 1000 - kept, kept)
    };
    let columns = ahead.weeks.iter().map(|(_, score)| score.mp()).enumerate().map(column);
    let last = ahead.weeks.last().map_or(0, |(_, score)| score.mp());
    html! {
        figure class="ahead" {
            svg viewBox={ "0 0 " (width) " 1000" } preserveAspectRatio="none" role="img" aria-labelledby="chart-title" focusable="false" {
                title id="chart-title" {
                    "The score by week: " (one_decimal(now)) " points today, " (one_decimal(last)) " after "
                    (ahead.weeks.len().saturating_sub(1)) " weeks. The table below has every week."
                }
                @for (x, top, grown, from, kept) in columns {
                    rect class="fill-bar" x=(x) y=(from) width=(STEP * 9 / 10) height=(kept) {}
                    @if grown > 0 {
                        rect class="fill-grow" x=(x) y=(top) width=(STEP * 9 / 10) height=(grown) {}
                    }
                }
            }
            figcaption {
                div class="ends" aria-hidden="true" {
                    span { "today: " (one_decimal(now)) }
                    span { "in " (ahead.weeks.len().saturating_sub(1)) " weeks: " (one_decimal(last)) }
                }
                ul class="legend" {
                    li { span class="key fill-bar" {} "no more than today" }
                    @if last > now || most > now { li { span class="key fill-grow" {} "added by time" } }
                }
            }
        }
    }
}

fn by_week(ahead: &Projection) -> Markup {
    let now = ahead.weeks.first().map_or(0, |(_, score)| score.mp());
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
                    } }
                    tbody {
                        @for (day, score) in &ahead.weeks {
                            tr {
                                th scope="row" { time datetime=(day) { (day.in_full()) } }
                                td class="number" { (one_decimal(score.mp())) }
                                td class="number" { (signed(score.mp() - now)) }
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
                        @for (group, from, to) in &ahead.groups {
                            tr {
                                th scope="row" { (group) }
                                td class="number" { (one_decimal(from.mp())) }
                                td class="number" { (one_decimal(to.mp())) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn growing(ahead: &Projection, weeks: usize) -> Markup {
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
        @if ahead.more > 0 { p class="soft small" { "and " (ahead.more) " more that grow more slowly" } }
    }
}

fn grower(row: &GrowingRow) -> Markup {
    let to_come = row.from_mp.mp() == 0;
    html! {
        tr {
            th scope="row" {
                @if to_come {
                    (row.words)
                    span class="soft small" {
                        " \u{B7} no debt yet"
                        @if let Some(onset) = row.onset { ", from " (onset.in_full()) " on" }
                    }
                } @else {
                    a href={ "#" (anchor(&row.id)) } { (row.words) }
                }
            }
            td class="number" { (one_decimal(row.from_mp.mp())) }
            td class="number" { (one_decimal(row.to_mp.mp())) }
            td class="number" { strong { (signed(row.to_mp.mp() - row.from_mp.mp())) } }
        }
    }
}
