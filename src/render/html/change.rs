//! The change against what was compared: the gate's verdict, the exact parts, and each factor that changed.

use maud::{Markup, html};

use super::super::escape::said;
use super::super::table::parts::one_decimal;
use super::super::words::{
    BESIDE, LOOSENED, TO_ACKNOWLEDGE, WRITE_THE_DAY, acknowledged, against, asked_about, beside_the_day,
    by_part, how, parts, signed, supposed, under_former_policy,
};
use super::factors::anchor;
use crate::base::names::Untrusted;
use crate::report::{Change, ChangedRow, GateRow, Report};

pub(super) fn section(report: &Report<'_>) -> Markup {
    let Some(change) = &report.change else { return html! {} };
    html! {
        section aria-labelledby="change" {
            h2 id="change" { (heading(change)) }
            @if let Some(supposed) = supposed(change) { p { strong { (supposed) } } }
            @if let Some(gate) = &change.gate { (verdict(gate)) }
            @if change.against.is_some() { (amounts(report, change)) }
            @if change.factors.len() + under_former_policy(change).count() > 0 { (factors(report, change)) }
            (beside(report, change))
            @if !change.loosened.is_empty() {
                p { strong { (LOOSENED) } }
                ul { @for row in &change.loosened { li { (said(&row.message)) } } }
            }
            (to_acknowledge(change))
        }
    }
}

/// What the section is called: with nothing to compare with, only budgets are asked.
pub(super) fn heading(change: &Change) -> &'static str {
    if change.against.is_some() { "The change" } else { "The gate" }
}

fn verdict(gate: &GateRow) -> Markup {
    let class = if gate.failed { "gate gate-failed" } else { "gate" };
    html! {
        div class=(class) {
            p { strong { @if gate.failed { "The gate failed" } @else { "The gate holds" } } }
            @if !gate.reasons.is_empty() {
                ul { @for reason in &gate.reasons { li { (reason) } } }
            }
            p class="small soft" {
                "It checks " (gate.fail_on.join(", "))
                @if gate.tolerance_mp.mp() > 0 { " and accepts up to " (one_decimal(gate.tolerance_mp.mp())) " points" }
                "."
            }
        }
    }
}

fn amounts(report: &Report<'_>, change: &Change) -> Markup {
    // An element escapes it; as a label it has its controls shown too.
    let compared =
        Untrusted::new(format!("Compared{}. ", against(report, change, |name| name.raw().to_owned())));
    html! {
        table class="parts" {
            caption { "How the score changed" }
            thead { tr {
                th scope="col" { "Part" }
                th scope="col" { "Because" }
                th scope="col" class="number" { "Points" }
            } }
            tbody {
                @if let Some(from) = change.from_mp {
                    tr { th scope="row" { "before" } td {} td class="number" { (one_decimal(from.mp())) } }
                }
                @for (word, meaning, amount) in parts(change) {
                    tr { th scope="row" { (word) } td { (meaning) } td class="number" { (signed(amount)) } }
                }
                tr class="total" { th scope="row" { "now" } td {} td class="number" { (one_decimal(change.to_mp.mp())) } }
            }
        }
        p class="small soft" {
            (compared) "The rise (principal and fees; interest neither counts nor pays) is " strong { (signed(change.rise_mp.mp())) }
            @if change.acknowledged_mp.mp() > 0 { "; " (one_decimal(change.acknowledged_mp.mp())) " of it is acknowledged" }
            "."
        }
    }
}

fn beside(report: &Report<'_>, change: &Change) -> Markup {
    let all = beside_the_day(report, change);
    html! {
        @if !all.is_empty() {
            p { strong { (BESIDE) } }
            ul { @for (trip, why) in &all { li { (signed(trip.mp.mp())) " " (trip.id) ": " (why) } } }
        }
    }
}

fn to_acknowledge(change: &Change) -> Markup {
    let Some(yaml) = &change.to_acknowledge else { return html! {} };
    html! {
        details {
            summary { (TO_ACKNOWLEDGE) }
            @if let Some(day) = asked_about(change) {
                p class="small" { "Did any of it exist before " (day) "? " (WRITE_THE_DAY) }
            }
            pre class="code" { code { (yaml.raw()) } }
        }
    }
}

/// The page says what changed most; the rest is in the list of factors.
const MOST: usize = 100;

fn factors(report: &Report<'_>, change: &Change) -> Markup {
    html! {
        table {
            caption { "What changed" }
            thead { tr {
                th scope="col" { "What" }
                th scope="col" class="number" { "Before" }
                th scope="col" class="number" { "Now" }
                th scope="col" class="number" { "Points" }
            } }
            tbody {
                @for row in under_former_policy(change).take(MOST) {
                    (changed(report, row, ", under the previous policy"))
                }
                @for row in by_part(change).into_iter().take(MOST) { (changed(report, row, "")) }
            }
        }
        @if change.factors.len() > MOST { p class="soft small" { "and " (change.factors.len() - MOST) " more" } }
    }
}

fn changed(report: &Report<'_>, row: &ChangedRow, under: &str) -> Markup {
    html! {
        tr {
            th scope="row" {
                @if let Some(stands) = row.stands.as_ref().filter(|_| under.is_empty()) { a href={ "#" (anchor(stands)) } { (said(&row.words)) } } @else { (said(&row.words)) }
                span class="soft small" { " \u{B7} " (row.kind) @if let Some(how) = how(row) { ", " (how) } (under) }
                @if let Some(remedy) = &row.remedy {
                    p class="small" { @if let Some(owner) = &row.owner_label { strong { bdi { (owner) } } ": " } (said(remedy)) }
                }
                @if let Some(named) = &row.acknowledged { p class="small" { (acknowledged(report, named)) } }
            }
            td class="number" { (one_decimal(row.from_mp.mp())) }
            td class="number" { (one_decimal(row.to_mp.mp())) }
            td class="number" { strong { (signed(row.to_mp.mp() - row.from_mp.mp())) } }
        }
    }
}
