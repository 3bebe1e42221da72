//! A history as a table with a line of blocks, JSON, CSV, a page, or samples to fill Prometheus with.

mod chart;
mod csv;
mod html;
mod openmetrics;
mod table;

pub(super) use chart::{TREND_STYLE, trend};

use super::own::{self, Own};
use crate::report::history::{HistoryChange, HistoryReport, HistoryRow};

/// Every format.
pub const HISTORY_FORMATS: &[Own<HistoryReport>] = &[
    Own {
        name: "table",
        made_for: "a person at a terminal; with --why the parts of each change",
        render: table::render,
    },
    Own { name: "json", made_for: "programs: every row with the parts of its change", render: own::json },
    Own { name: "csv", made_for: "spreadsheets: one day per row", render: csv::render },
    Own {
        name: "html",
        made_for: "a page to open or send: the score by group, and the changes",
        render: html::render,
    },
    Own {
        name: "openmetrics",
        made_for: "Prometheus: samples with their days, for promtool tsdb create-blocks-from openmetrics",
        render: openmetrics::render,
    },
];

/// Rows with a score.
fn scored(report: &HistoryReport) -> impl Iterator<Item = &HistoryRow> {
    report.rows.iter().filter(|row| row.score.is_some())
}

/// All changes together; none where no row has one.
fn all_changes(report: &HistoryReport) -> Option<HistoryChange> {
    report.rows.iter().filter_map(|row| row.change).reduce(HistoryChange::and)
}

/// A change as six amounts that sum to it, in milli-points: time with the other yardstick of exemptions, people, what is new,
/// what was told; and below zero what was done and what is gone.
fn amounts(change: HistoryChange) -> [i64; 6] {
    [
        (change.accrued_mp + change.recalibrated_mp).mp(),
        change.staffing_mp.mp(),
        change.introduced_mp.mp(),
        change.revealed_mp.mp(),
        -change.repaired_mp.mp(),
        -change.withdrawn_mp.mp(),
    ]
}

/// By what the numbers are measured, and of what they are.
fn yardstick(report: &HistoryReport) -> String {
    if !report.recomputed {
        return "as it was reported; nothing is recomputed".to_owned();
    }
    let hash = report.head.policy_hash.strip_prefix("sha256:").unwrap_or(&report.head.policy_hash);
    let broken = report.rows.iter().filter(|row| row.state == "broken").count();
    let broken = match broken {
        0 => String::new(),
        1 => ", 1 day could not be read".to_owned(),
        many => format!(", {many} days could not be read"),
    };
    format!(
        "recomputed with debt {}, policy {} ({}{broken}); what was reported then may differ",
        report.head.tool.version,
        hash.get(..8).unwrap_or(hash),
        crate::base::message::counted(
            i64::try_from(report.revisions).unwrap_or(i64::MAX),
            "revision",
            "revisions"
        ),
    )
}
