//! What comes last: what was written off, what could be answered, what is odd in the input.

use maud::{Markup, html};

use super::super::escape::said;
use super::super::table::parts::{one_decimal, percent};
use crate::report::Report;

pub(super) fn written_off(report: &Report<'_>) -> Markup {
    if report.written_off.is_empty() {
        return html! {};
    }
    html! {
        section aria-labelledby="written-off" {
            h2 id="written-off" { "Written off, not in the score" }
            p class="soft" { "Overdue conversations that were dropped, or whose person has left." }
            table {
                thead { tr { th scope="col" { "What" } th scope="col" class="number" { "Points" } } }
                tbody {
                    @for row in &report.written_off {
                        tr { td { (said(&row.words)) } td class="number" { (one_decimal(row.points.0)) } }
                    }
                }
            }
        }
    }
}

pub(super) fn answered(report: &Report<'_>) -> Markup {
    let coverage = &report.coverage;
    let aside = &coverage.set_aside;
    html! {
        section aria-labelledby="answered" {
            h2 id="answered" { "What could be answered" }
            p {
                @match coverage.ratio {
                    Some(ratio) => { (percent(ratio.0)) " of " (coverage.answers) " questions; " (coverage.unknown) " could not be answered from what is written. " }
                    None => "No question was asked: every rule is off. ",
                }
                "A low score with few answers is not good news. Set aside: "
                (aside.exempt) " exempt, " (aside.external) " external, " (aside.away) " away."
            }
            details {
                summary { "By rule" }
                table {
                    thead { tr {
                        th scope="col" { "Rule" }
                        th scope="col" class="number" { "Asked" }
                        th scope="col" class="number" { "Unknown" }
                        th scope="col" class="number" { "Answered" }
                    } }
                    tbody {
                        @for (code, name, answers) in coverage.by_rule.iter().filter(|(_, _, answers)| answers.all > 0) {
                            tr {
                                th scope="row" { (code) " " (name) }
                                td class="number" { (answers.all) }
                                td class="number" { (answers.unknown) }
                                td class="number" { (answers.ratio().map(percent).unwrap_or_default()) }
                            }
                        }
                    }
                }
            }
        }
    }
}

pub(super) fn warnings(report: &Report<'_>) -> Markup {
    if report.warnings.is_empty() {
        return html! {};
    }
    html! {
        section aria-labelledby="warnings" {
            h2 id="warnings" { "Warnings" }
            ul class="plain" {
                @for warning in &report.warnings {
                    li {
                        (said(&warning.message))
                        @if let Some(at) = &warning.location { " " span class="soft small" { (at.file) ":" (at.line) } }
                    }
                }
            }
        }
    }
}
