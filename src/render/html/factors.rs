//! Every factor, worst first: what is the case, what to do, and on demand how the amount comes about. `script.js` makes
//! the same elements from the data of `rows.rs`; a test in a browser compares the two.

use std::io::{self, Write};

use maud::{Markup, html};

use super::super::escape::{page, said};
use super::super::fingerprint::fingerprint_within;
use super::super::table::parts::{duration, one_decimal, percent};
use super::{copy, put, rows, tools};
use crate::base::decimal::thousandths;
use crate::base::names::Untrusted;
use crate::report::{FactorRow, Report};

/// The place of a factor in the page.
pub(super) fn anchor(id: &Untrusted) -> String {
    format!("factor-{}", fingerprint_within(id))
}

/// From this many rows on, a browser draws only what it shows.
const MANY: usize = 400;

/// The section is written as it comes: nobody holds the whole list.
pub(super) fn write(report: &Report<'_>, to: &mut impl Write) -> io::Result<()> {
    to.write_all(b"<section aria-labelledby=\"all\" class=\"all\">")?;
    put(to, &html! { h2 id="all" { (heading(report)) } })?;
    if report.factors.is_empty() {
        return to.write_all(b"<p>No debt was found in what the portfolio says.</p></section>");
    }
    put(to, &tools::form(report))?;
    let (on_demand, page) = (rows::on_demand(report), rows::PAGE);
    let class = if report.factors.len() > MANY { "factors many" } else { "factors" };
    write!(to, "<ol id=\"factors\" class=\"{class}\" data-page=\"{page}\">")?;
    let made = |row: &FactorRow, lines: &[(String, i64)]| factor(row, lines, report);
    let most = if on_demand { page } else { usize::MAX };
    report.factors.first_with_arithmetic(most, made, |item| put(to, &item))?;
    to.write_all(b"</ol>")?;
    if on_demand {
        rows::write(report, to)?;
    }
    to.write_all(b"</section>")
}

/// Whether a row stands for more than one factor.
pub(super) fn is_aggregate(report: &Report<'_>) -> bool {
    report.factors.len() < report.factors.count()
}

/// What the rows are.
pub(super) fn heading(report: &Report<'_>) -> &'static str {
    if is_aggregate(report) { "Every rule that found something" } else { "Every factor" }
}

fn factor(row: &FactorRow, lines: &[(String, i64)], report: &Report<'_>) -> Markup {
    let interest = (row.interest_mp.mp() > 0).then(|| row.interest_mp.mp());
    let mut evidence = row.evidence.iter();
    let headline = evidence.next();
    html! {
        li id=(anchor(&row.id)) data-mp=(row.mp.mp()) data-group=(row.group) data-code=(row.code) data-squad=[row.squad.as_ref()]
            data-guild=[row.guild.as_ref()] data-owner=[row.owner.as_ref()] data-interest=[interest] data-onset=[row.onset]
            data-minutes=(row.minutes) {
            p class="amount" { (one_decimal(row.points.0)) small { "points" } }
            div {
                h3 { @if let Some(headline) = headline { (said(headline)) } @else { (row.subject.label) } }
                @if evidence.len() > 0 {
                    ul class="evidence" { @for fact in evidence { li { (said(fact)) } } }
                }
                p class="remedy" {
                    @if let Some(owner) = &row.owner_label { strong { bdi { (owner) } } ": " }
                    (said(&row.remedy))
                    @if row.minutes > 0 { " " span class="soft" { "About " (duration(row.minutes)) "." } }
                }
                @if let Some(acknowledged) = &row.acknowledged {
                    p class="noted" {
                        "Acknowledged through " (acknowledged.through.in_full()) ": " bdi { (acknowledged.reason) }
                    }
                }
                p class="handles" {
                    a class="code" href={ "#" (anchor(&row.id)) } { (row.id) } " "
                    (copy::link(&page(row.id.raw()))) " " (copy::text("Copy id", "", &page(row.id.raw())))
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
            }
        }
    }
}
