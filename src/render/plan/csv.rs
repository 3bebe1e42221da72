//! `csv`: a row a step under a header. RFC 4180, UTF-8; what is none is an empty cell, lists are joined by blanks.

use std::io::{self, Write};

use super::super::csv::writer;
use super::super::escape::csv;
use super::PlanView;
use crate::base::names::Untrusted;
use crate::report::Report;
use crate::report::plan::{PlanReport, ShareRow};

const COLUMNS: [&str; 12] = [
    "step",
    "act",
    "count",
    "who",
    "who_label",
    "what",
    "minutes",
    "effect_mp",
    "sum_mp",
    "after",
    "resolves",
    "brings",
];

pub(super) fn render(plan: &PlanReport, _: &Report<'_>, _: &PlanView, to: &mut dyn Write) -> io::Result<()> {
    let mut writer = writer(to);
    writer.write_record(COLUMNS)?;
    let text = |text: &Untrusted| csv(text.raw());
    let optional = |one: &Option<Untrusted>| one.as_ref().map(text).unwrap_or_default();
    let ids = |rows: &[ShareRow]| rows.iter().map(|row| text(&row.id)).collect::<Vec<_>>().join(" ");
    for step in &plan.steps {
        writer.write_record([
            step.step.to_string(),
            text(&step.act),
            step.count.to_string(),
            optional(&step.who),
            optional(&step.who_label),
            text(&step.what),
            step.minutes.to_string(),
            step.effect_mp.mp().to_string(),
            step.sum_mp.mp().to_string(),
            optional(&step.after),
            ids(&step.resolves),
            ids(&step.brings),
        ])?;
    }
    writer.flush()
}
