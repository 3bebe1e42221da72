//! A plan as a table for a person, JSON, CSV, a Markdown task list, or HTML with the report below it.

mod csv;
mod html;
mod json;
mod markdown;
mod table;
mod words;

use std::io::{self, Write};

use crate::report::Report;
use crate::report::plan::PlanReport;

pub use super::own::OwnView as PlanView;

/// A format of a plan.
#[derive(Clone, Copy, Debug)]
pub struct PlanFormat {
    /// Its word.
    pub name: &'static str,
    /// For the help.
    pub made_for: &'static str,
    /// Writes a plan of this report.
    pub render: fn(&PlanReport, &Report<'_>, &PlanView, &mut dyn Write) -> io::Result<()>,
}

/// Every format.
pub const PLAN_FORMATS: &[PlanFormat] = &[
    PlanFormat { name: "table", made_for: "a person at a terminal", render: table::render },
    PlanFormat { name: "json", made_for: "programs: every step with its patch", render: json::render },
    PlanFormat { name: "csv", made_for: "spreadsheets: one step per row", render: csv::render },
    PlanFormat { name: "markdown", made_for: "an issue: a list of tasks to tick", render: markdown::render },
    PlanFormat {
        name: "html",
        made_for: "a page to open or send: the plan, and the report below it",
        render: html::render,
    },
];

/// The format with this name.
pub fn plan_format(name: &str) -> Option<&'static PlanFormat> {
    PLAN_FORMATS.iter().find(|format| format.name == name)
}
