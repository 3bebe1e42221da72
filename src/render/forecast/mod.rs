//! A forecast as a table for a person, JSON, CSV, or a page.

mod csv;
mod html;
mod table;

use super::own::{self, Own};
use crate::base::names::Untrusted;
use crate::report::outlook::{CourseReport, CourseRow, EventRow, ForecastReport};

/// Every format.
pub const FORECAST_FORMATS: &[Own<ForecastReport>] = &[
    Own { name: "table", made_for: "a person at a terminal", render: table::render },
    Own { name: "json", made_for: "programs: every week and every event", render: own::json },
    Own { name: "csv", made_for: "spreadsheets: one week per row", render: csv::render },
    Own {
        name: "html",
        made_for: "a page to open or send: the course and what happens when",
        render: html::render,
    },
];

/// What is owed by a row without 1:1s that only count as missed.
fn owed(row: &CourseRow) -> i64 {
    (row.mp - row.missed_mp).mp()
}

/// An event in words, with what its kind means where that is not plain.
fn words(event: &EventRow) -> Untrusted {
    match event.kind {
        "ends" => {
            Untrusted::new(format!("{}: no longer counts, though nobody did anything", event.what.raw()))
        }
        "lapses" => Untrusted::new(format!("{}: check --fail-on lapsed fails", event.what.raw())),
        _ => event.what.clone(),
    }
}

/// Why a course ends early; nothing where it does not.
fn ended(course: &CourseReport) -> Option<String> {
    let day = course.nobody_from?;
    Some(format!("Nobody would be scored from {} on, so it ends there.", day.in_full()))
}
