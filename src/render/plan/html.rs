//! `html`: the report with the plan first.

use std::io::{self, Write};

use maud::{Markup, html};

use super::super::escape::{said, said_as};
use super::super::html::render_behind;
use super::super::table::capitalised;
use super::super::table::parts::{duration, one_decimal};
use super::super::{Breakdown, View};
use super::PlanView;
use super::words::{bound, left, limits, only_time, reached, remarks, verdict};
use crate::base::names::Untrusted;
use crate::report::Report;
use crate::report::plan::{PlanReport, StepRow};

pub(super) fn render(
    plan: &PlanReport,
    report: &Report<'_>,
    view: &PlanView,
    to: &mut dyn Write,
) -> io::Result<()> {
    let all = View::whole(view.screen, Breakdown::Group);
    render_behind(&section(plan), report, &all, to)
}

fn section(plan: &PlanReport) -> Markup {
    html! {
        section aria-labelledby="plan" {
            h2 id="plan" { "The plan" }
            p {
                (Untrusted::new(verdict(plan)))
                @if let Some(bound) = bound(plan) { " (" (bound) ")" }
                "."
                @if let Some(reached) = reached(plan) { " " (reached) }
            }
            @if !plan.steps.is_empty() {
                ol class="do" { @for step in &plan.steps { (item(step)) } }
            }
            p class="soft" {
                (left(plan))
                @if let Some(time) = only_time(plan) { " " (time) }
                @for limit in limits(plan) { " " (limit) }
            }
        }
    }
}

fn item(step: &StepRow) -> Markup {
    html! {
        li {
            @match &step.who_label {
                Some(who) => { strong { bdi { (who) } } ": " (said(&step.what)) }
                None => (said_as(&step.what, capitalised)),
            }
            @for remark in remarks(step) { " (" (remark) ")" }
            p class="meta" {
                "removes " (one_decimal(step.effect_mp.mp())) " points, takes about " (duration(step.minutes))
            }
        }
    }
}
