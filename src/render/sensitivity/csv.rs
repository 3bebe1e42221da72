//! `csv`: a row for each change of the policy under a header. RFC 4180, UTF-8; what is none is an empty cell.

use std::io::{self, Write};

use super::super::csv::writer;
use super::super::escape::csv;
use super::super::own::OwnView;
use crate::report::sensitivity::SensitivityReport;

const COLUMNS: [&str; 7] = ["key", "variation", "score_mp", "change_mp", "grade", "first_act", "spearman"];

pub(super) fn render(report: &SensitivityReport, _: &OwnView, to: &mut dyn Write) -> io::Result<()> {
    let mut writer = writer(to);
    writer.write_record(COLUMNS)?;
    for row in &report.one_at_a_time {
        writer.write_record([
            row.key.clone().unwrap_or_default(),
            row.variation.to_owned(),
            row.score_mp.mp().to_string(),
            row.change_mp.mp().to_string(),
            row.grade.to_owned(),
            row.first_act.as_ref().map(|act| csv(act.raw())).unwrap_or_default(),
            row.spearman.map(|alike| alike.to_string()).unwrap_or_default(),
        ])?;
    }
    writer.flush()
}
