//! A factor as one flat row, for `jsonl` and `csv`: the columns, their order and their names are a contract.

use serde::Serialize;

use crate::base::day::Day;
use crate::base::points::{MilliPoints, Thousandths};
use crate::report::{FactorRow, Report};

/// The names of the columns, in order: what `FlatRow` writes.
pub(super) const COLUMNS: [&str; 22] = [
    "portfolio",
    "as_of",
    "id",
    "code",
    "name",
    "group",
    "subject_type",
    "subject_id",
    "subject_label",
    "owner",
    "squad",
    "guild",
    "mp",
    "points",
    "principal_mp",
    "fees_mp",
    "interest_mp",
    "onset",
    "minutes",
    "acknowledged_through",
    "file",
    "line",
];

/// One factor; text as the format wants it.
#[derive(Serialize)]
pub(super) struct FlatRow {
    portfolio: Option<String>,
    as_of: Day,
    id: String,
    code: &'static str,
    name: &'static str,
    group: &'static str,
    subject_type: &'static str,
    subject_id: String,
    subject_label: String,
    owner: Option<String>,
    squad: Option<String>,
    guild: Option<String>,
    mp: MilliPoints,
    points: Thousandths,
    principal_mp: MilliPoints,
    fees_mp: MilliPoints,
    interest_mp: MilliPoints,
    onset: Option<Day>,
    minutes: i64,
    acknowledged_through: Option<Day>,
    file: Option<String>,
    line: Option<u32>,
}

impl FlatRow {
    /// A factor of a report, its text made fit by `text`.
    pub(super) fn new(report: &Report<'_>, row: &FactorRow, text: fn(&str) -> String) -> FlatRow {
        FlatRow {
            portfolio: report.portfolio.as_ref().map(|name| text(name.raw())),
            as_of: report.as_of,
            id: text(row.id.raw()),
            code: row.code,
            name: row.name,
            group: row.group,
            subject_type: row.subject.kind,
            subject_id: text(row.subject.id.raw()),
            subject_label: text(row.subject.label.raw()),
            owner: row.owner.as_ref().map(|owner| text(owner.raw())),
            squad: row.squad.as_ref().map(|squad| text(squad.raw())),
            guild: row.guild.as_ref().map(|guild| text(guild.raw())),
            mp: row.mp,
            points: row.points,
            principal_mp: row.principal_mp,
            fees_mp: row.fees_mp,
            interest_mp: row.interest_mp,
            onset: row.onset,
            minutes: row.minutes,
            acknowledged_through: row.acknowledged.as_ref().map(|acknowledged| acknowledged.through),
            file: row.location.as_ref().map(|location| text(location.file.raw())),
            line: row.location.as_ref().map(|location| location.line),
        }
    }
}
