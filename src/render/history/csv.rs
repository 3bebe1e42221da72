//! `csv`: a row a day under a header. RFC 4180, UTF-8; what is none is an empty cell.

use std::io::{self, Write};

use super::super::csv::writer;
use super::super::escape::csv;
use super::super::own::OwnView;
use crate::base::points::MilliPoints;
use crate::report::history::{HistoryReport, HistoryRow};

const COLUMNS: [&str; 17] = [
    "day",
    "revision",
    "state",
    "score_mp",
    "then_mp",
    "people",
    "intensity",
    "index",
    "grade",
    "coverage",
    "recalibrated_mp",
    "accrued_mp",
    "staffing_mp",
    "introduced_mp",
    "revealed_mp",
    "repaired_mp",
    "withdrawn_mp",
];

pub(super) fn render(report: &HistoryReport, _: &OwnView, to: &mut dyn Write) -> io::Result<()> {
    let mut writer = writer(to);
    writer.write_record(COLUMNS)?;
    for row in &report.rows {
        writer.write_record(cells(row))?;
    }
    writer.flush()
}

fn cells(row: &HistoryRow) -> Vec<String> {
    let text = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    let thousandths = |number: Option<i64>| number.map(crate::base::decimal::thousandths).unwrap_or_default();
    let score = row.score.as_ref();
    let mut cells = vec![
        row.day.to_string(),
        row.revision.as_ref().map(|revision| csv(revision.raw())).unwrap_or_default(),
        row.state.to_owned(),
        text(score.map(|score| score.mp.mp())),
        text(row.then_mp.map(MilliPoints::mp)),
        score.map(|score| score.people.to_string()).unwrap_or_default(),
        thousandths(score.map(|score| score.intensity.0)),
        thousandths(score.map(|score| score.index.0)),
        score.map(|score| score.grade.to_owned()).unwrap_or_default(),
        thousandths(row.coverage.map(|coverage| coverage.0)),
    ];
    let parts = row.change.map(|change| {
        [
            change.recalibrated_mp,
            change.accrued_mp,
            change.staffing_mp,
            change.introduced_mp,
            change.revealed_mp,
            change.repaired_mp,
            change.withdrawn_mp,
        ]
    });
    cells.extend((0..7).map(|part| text(parts.map(|parts| parts[part].mp()))));
    cells
}
