//! `table`: what it comes to first, then the steps with who can do them, then what is left.

use std::io::{self, Write};

use super::super::escape::{label, terminal};
use super::super::own::put_lines;
use super::super::table::parts::{Column, columns, duration, left_and_right, one_decimal, width_of};
use super::super::table::shortened;
use super::PlanView;
use super::words::{bound, left, limits, only_time, reached, remarks, verdict};
use crate::base::message::counted;
use crate::report::Report;
use crate::report::plan::{PlanReport, StepRow};

/// Names of who can do it are cut here.
const LONGEST_WHO: usize = 20;

pub(super) fn render(
    plan: &PlanReport,
    _: &Report<'_>,
    view: &PlanView,
    to: &mut dyn Write,
) -> io::Result<()> {
    let width = view.width();
    let longest = if view.screen.width.is_some() { LONGEST_WHO } else { usize::MAX };
    let sentence = |text: &str| view.sentence(text);
    let name = plan.head.portfolio.as_ref().map_or_else(|| "Portfolio".to_owned(), label);
    let people = counted(plan.head.people, "person", "people");
    let mut lines = left_and_right(&name, &format!("{people}   {}", plan.head.as_of.in_full()), width);
    lines.push(String::new());
    let verdict = terminal(&verdict(plan));
    let bound = bound(plan).map(|bound| format!("({bound})"));
    match bound {
        Some(bound) if width_of(&verdict) + width_of(&bound) + 4 <= width => {
            lines.extend(left_and_right(&verdict, &bound, width));
        }
        bound => {
            lines.extend(sentence(&verdict));
            lines.extend(bound.iter().flat_map(|bound| sentence(bound)));
        }
    }
    lines.extend(reached(plan).iter().flat_map(|text| sentence(text)));
    let shown = view.top.unwrap_or(usize::MAX).min(plan.steps.len());
    if shown > 0 {
        lines.push(String::new());
        let heading = ["", "removes", "takes", "who", "what"].map(str::to_owned).to_vec();
        let rows = plan.steps.iter().take(shown).map(|step| cells(step, longest));
        let rows: Vec<Vec<String>> = std::iter::once(heading).chain(rows).collect();
        let kinds = [Column::Right, Column::Right, Column::Right, Column::Left, Column::Rest];
        lines.extend(columns(&kinds, &rows, 1, width));
        if shown < plan.steps.len() {
            lines.extend(sentence(&format!("({shown} of {}; --top 0 for all)", plan.steps.len())));
        }
    }
    lines.push(String::new());
    let time = only_time(plan).map(|time| format!(" {}", label(&time)));
    lines.extend(sentence(&(left(plan) + &time.unwrap_or_default())));
    lines.extend(limits(plan).iter().flat_map(|text| sentence(text)));
    if let Some(command) = &plan.command {
        lines.push(String::new());
        // A command stays on one line, to be copied.
        let before = " When the first is done:";
        if width_of(before) + 1 + width_of(command) <= width {
            lines.push(format!("{before} {command}"));
        } else {
            lines.extend([before.to_owned(), format!("   {command}")]);
        }
    }
    put_lines(&lines, to)
}

fn cells(step: &StepRow, longest: usize) -> Vec<String> {
    let who = step.who_label.as_ref().map_or_else(|| "\u{2013}".to_owned(), label);
    let remarks = remarks(step);
    let what = std::iter::once(label(&step.what)).chain(remarks.iter().map(label));
    vec![
        step.step.to_string(),
        one_decimal(step.effect_mp.mp()),
        duration(step.minutes),
        shortened(&who, longest),
        what.collect::<Vec<_>>().join("\n"),
    ]
}
