//! `markdown`: a list of tasks to tick in an issue. Each has its act in a comment behind it, so that a bot can tick it.

use std::io::{self, Write};

use super::super::escape::markdown;
use super::super::table::parts::{duration, one_decimal};
use super::super::words::shortened;
use super::PlanView;
use super::words::{bound, left, limits, only_time, reached, remarks, verdict};
use crate::base::names::Untrusted;
use crate::report::Report;
use crate::report::plan::{PlanReport, StepRow};

/// The first line, for whoever updates an issue in place.
const MARKER: &str = "<!-- debt:plan -->";
/// Forges refuse texts a little above this.
const MOST_CHARACTERS: usize = 60_000;

pub(super) fn render(plan: &PlanReport, _: &Report<'_>, _: &PlanView, to: &mut dyn Write) -> io::Result<()> {
    let name = plan.head.portfolio.as_ref().map_or_else(|| "Portfolio".to_owned(), cell);
    let bound = bound(plan).map(|bound| format!(" ({bound})")).unwrap_or_default();
    let mut text = format!(
        "{MARKER}\n\n## Plan for {name}, {}\n\n{}{bound}.\n",
        plan.head.as_of.in_full(),
        markdown(&verdict(plan))
    );
    text.extend(reached(plan).map(|said| format!("{}\n", markdown(&said))));
    text.push('\n');
    let mut characters = text.chars().count();
    for (index, step) in plan.steps.iter().enumerate() {
        let row = task(step);
        characters += row.chars().count();
        if characters > MOST_CHARACTERS {
            text.push_str(&format!("\n\u{2026} and {} more.\n", plan.steps.len() - index));
            break;
        }
        text.push_str(&row);
    }
    let time = only_time(plan).map(|time| format!(" {}", cell(&time))).unwrap_or_default();
    text.push_str(&format!("\n{}{time}\n", markdown(&left(plan))));
    text.extend(limits(plan).iter().map(|limit| format!("{}\n", markdown(limit))));
    to.write_all(text.as_bytes())
}

fn cell(text: &Untrusted) -> String {
    markdown(&shortened(text.raw()))
}

fn task(step: &StepRow) -> String {
    let who = step.who_label.as_ref().map(|who| format!("**{}**: ", cell(who))).unwrap_or_default();
    let remarks: Vec<String> = remarks(step).iter().map(cell).collect();
    let remarks = if remarks.is_empty() { String::new() } else { format!("; {}", remarks.join("; ")) };
    // A comment ends at `-->`; no id has a sign that could end it.
    let act = step.act.raw().replace(['<', '>', '\n', '\r'], "");
    format!(
        "- [ ] {who}{} ({} points, {}{remarks}) <!-- {} -->\n",
        cell(&step.what),
        one_decimal(step.effect_mp.mp()),
        duration(step.minutes),
        super::super::escape::terminal(&act)
    )
}
