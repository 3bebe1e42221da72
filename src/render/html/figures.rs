//! Charts as inline SVG. Each is beside its numbers, so the drawing itself is hidden from screen readers.

use maud::{Markup, html};

use super::super::table::parts::{one_decimal, percent};
use super::heat;
use crate::base::points::MilliPoints;
use crate::report::{Report, Row};

/// `part` of `whole` in thousandths of a drawing's width.
pub(super) fn length(part: i64, whole: i64) -> i64 {
    crate::base::points::rounded_ratio(part.max(0).saturating_mul(1000), whole).min(1000)
}

/// What the score is made of, as one bar.
pub(super) fn made_of(report: &Report<'_>) -> Markup {
    let parts = &report.parts;
    let all = report.score.mp.mp();
    if all == 0 {
        return html! {};
    }
    let pieces = [
        ("fill-principal", "to begin with", parts.principal_mp.mp()),
        ("fill-interest", "interest, for the time since it was due", parts.interest_mp.mp()),
        ("fill-fees", "fees, for deferring it", parts.fees_mp.mp()),
    ];
    let mut from = 0;
    let placed = pieces.map(|(class, _, amount)| {
        let width = length(amount, all);
        let place = (class, from, width);
        from += width;
        place
    });
    html! {
        div class="made-of" {
            svg class="wide" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
                @for (class, from, width) in placed {
                    rect class=(class) x=(from) y="0" width=(width) height="10" {}
                }
            }
            ul class="legend" {
                @for (class, words, amount) in pieces {
                    @if amount > 0 {
                        li { span class={ "key " (class) } {} (one_decimal(amount)) " " (words) }
                    }
                }
            }
        }
    }
}

/// By group, squad and guild; squads by kind where that can be shown.
pub(super) fn where_it_sits(report: &Report<'_>) -> Markup {
    if report.factors.is_empty() {
        return html! {};
    }
    let heat = report.heat();
    html! {
        section aria-labelledby="where" {
            h2 id="where" { "Where it sits" }
            div class="stack" {
                @if let Some(heat) = &heat { (heat::table(heat)) }
                div class="split" {
                    (breakdown("By kind of debt", "Kind", &report.by_group))
                    @if heat.is_none() { (breakdown("By squad", "Squad", &report.by_squad)) }
                    (breakdown("By guild", "Guild", &report.by_guild))
                }
            }
        }
    }
}

fn breakdown(caption: &str, what: &str, rows: &[Row]) -> Markup {
    // Kinds are always of everybody.
    let is_one = |row: &&Row| what != "Kind" && heat::is_one_person(row);
    let (mut first, mut rest): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| !is_one(row));
    let over = first.split_off(first.len().min(heat::MOST));
    rest.extend(over);
    let most = rows.iter().map(|row| row.mp.mp()).max().unwrap_or(0);
    if rows.is_empty() {
        return html! {};
    }
    html! {
        table class="breakdown" {
            caption { (caption) }
            thead { tr {
                th scope="col" { (what) }
                th scope="col" class="number" { "Factors" }
                th scope="col" class="number" { "Points" }
                th scope="col" class="number" { "Share" }
            } }
            tbody {
                @for row in first {
                    tr {
                        th scope="row" {
                            @match row.name.as_ref().or(row.key.as_ref()) {
                                Some(name) => bdi { (name) },
                                None => span class="soft" { "in none" },
                            }
                            (bar(row.mp.mp(), most))
                        }
                        td class="number" { (row.count) }
                        td class="number" { (one_decimal(row.points.0)) }
                        td class="number" { (percent(row.share.0)) }
                    }
                }
                @if !rest.is_empty() {
                    tr {
                        th scope="row" class="soft" { (rest.len()) " more, together" }
                        td class="number" { (rest.iter().map(|row| row.count).sum::<u64>()) }
                        td class="number" { (one_decimal(rest.iter().map(|row| row.mp).sum::<MilliPoints>().mp())) }
                        td {}
                    }
                }
            }
        }
    }
}

fn bar(part: i64, most: i64) -> Markup {
    html! {
        svg class="thin" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            rect class="fill-track" x="0" y="0" width="1000" height="10" {}
            rect class="fill-bar" x="0" y="0" width=(length(part, most)) height="10" {}
        }
    }
}
