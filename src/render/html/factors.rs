//! Every factor, worst first: what is the case, what to do, and on demand how the amount comes about.

use std::io::{self, Write};

use maud::{Markup, html};

use super::super::fingerprint::fingerprint_within;
use super::super::table::parts::{duration, one_decimal, percent};
use super::put;
use crate::base::decimal::thousandths;
use crate::base::names::Untrusted;
use crate::report::{FactorRow, Report, Row};

/// The place of a factor in the page.
pub(super) fn anchor(id: &Untrusted) -> String {
    format!("factor-{}", fingerprint_within(id))
}

/// From this many rows on, a browser draws only what it shows.
const MANY: usize = 400;

/// The section is written as it comes: nobody holds the whole list.
pub(super) fn write(report: &Report<'_>, to: &mut impl Write) -> io::Result<()> {
    to.write_all(b"<section aria-labelledby=\"all\">")?;
    put(to, &html! { h2 id="all" { (heading(report)) } })?;
    if report.factors.is_empty() {
        return to.write_all(b"<p>No debt was found in what the portfolio says.</p></section>");
    }
    put(to, &tools(report))?;
    let class = if report.factors.len() > MANY { "factors many" } else { "factors" };
    write!(to, "<ol id=\"factors\" class=\"{class}\">")?;
    let made = |row: &FactorRow, lines: &[(String, i64)]| factor(row, lines, report);
    report.factors.each_with_arithmetic(made, |item| put(to, &item))?;
    to.write_all(b"</ol></section>")
}

/// Whether a row stands for more than one factor.
fn is_aggregate(report: &Report<'_>) -> bool {
    report.factors.len() < report.factors.count()
}

/// What the rows are.
pub(super) fn heading(report: &Report<'_>) -> &'static str {
    if is_aggregate(report) { "Every rule that found something" } else { "Every factor" }
}

/// Hidden until the script has shown that it runs.
fn tools(report: &Report<'_>) -> Markup {
    html! {
        form id="tools" class="tools" role="search" aria-label="Filter and sort the factors" hidden {
            div {
                label for="words" { "Find" }
                input id="words" name="words" type="search" autocomplete="off";
            }
            (choice("group", "Kind", &report.by_group))
            @if !is_aggregate(report) { (choice("squad", "Squad", &report.by_squad)) }
            div {
                label for="order" { "Order" }
                select id="order" name="order" {
                    option value="worst" { "worst first" }
                    option value="time" { "most interest first" }
                    option value="oldest" { "longest waiting first" }
                    option value="quickest" { "quickest to do first" }
                    option value="owner" { "by who can act" }
                }
            }
            output name="status" for="words group squad order" {}
        }
    }
}

fn choice(name: &str, words: &str, rows: &[Row]) -> Markup {
    if rows.len() < 2 {
        return html! {};
    }
    html! {
        div {
            label for=(name) { (words) }
            select id=(name) name=(name) {
                option value="" { "all" }
                @for row in rows {
                    // The value begins with a sign of its own, so that "none" is not "all".
                    option value={ "=" @if let Some(key) = &row.key { (key) } } {
                        @match row.name.as_ref().or(row.key.as_ref()) {
                            Some(name) => (name),
                            None => "none",
                        }
                    }
                }
            }
        }
    }
}

fn factor(row: &FactorRow, lines: &[(String, i64)], report: &Report<'_>) -> Markup {
    let interest = (row.interest_mp.mp() > 0).then(|| row.interest_mp.mp());
    let mut evidence = row.evidence.iter();
    let headline = evidence.next();
    html! {
        li id=(anchor(&row.id)) data-mp=(row.mp.mp()) data-group=(row.group) data-squad=[row.squad.as_ref()]
            data-owner=[row.owner_label.as_ref()] data-interest=[interest] data-onset=[row.onset] data-minutes=(row.minutes) {
            p class="amount" { (one_decimal(row.points.0)) small { "points" } }
            div {
                h3 { @if let Some(headline) = headline { (headline) } @else { (row.subject.label) } }
                @if evidence.len() > 0 {
                    ul class="evidence" { @for fact in evidence { li { (fact) } } }
                }
                p class="remedy" {
                    @if let Some(owner) = &row.owner_label { strong { (owner) } ": " }
                    (row.remedy)
                    @if row.minutes > 0 { " " span class="soft" { "About " (duration(row.minutes)) "." } }
                }
                @if let Some(acknowledged) = &row.acknowledged {
                    p class="noted" {
                        "Acknowledged through " (acknowledged.through.in_full()) ": " (acknowledged.reason)
                    }
                }
                (arithmetic(row, lines, report))
            }
        }
    }
}

fn arithmetic(row: &FactorRow, lines: &[(String, i64)], report: &Report<'_>) -> Markup {
    html! {
        details {
            summary {
                "How " (one_decimal(row.points.0)) " comes about"
                span class="soft" { " \u{B7} " (row.code) " " (row.name) }
            }
            @if !lines.is_empty() {
                table {
                    tbody {
                        @for (index, (words, amount)) in lines.iter().enumerate() {
                            tr class=[(index + 1 == lines.len()).then_some("total")] {
                                th scope="row" { (words) }
                                td class="number" { (thousandths(*amount)) }
                            }
                        }
                    }
                }
            }
            dl class="pairs" {
                dt { "Share" } dd { (percent(row.share.0)) " of " (one_decimal(report.score.points.0)) " points" }
                dt { "Kind" } dd { (row.group) }
                @if let Some(squad) = &row.squad { dt { "Squad" } dd { (squad) } }
                @if let Some(guild) = &row.guild { dt { "Guild" } dd { (guild) } }
                @if let Some(onset) = row.onset { dt { "Debt since" } dd { (onset.in_full()) } }
                @if let Some(location) = &row.location {
                    dt { "Written in" } dd class="code" { (location.file) ":" (location.line) }
                }
                dt { "Id" } dd class="code" { (row.id) }
            }
        }
    }
}
