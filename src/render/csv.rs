//! `csv`: one row per factor under a header, for spreadsheets. RFC 4180, UTF-8; a missing value is an empty cell.

use std::io::{self, Write};

use super::View;
use super::escape;
use super::flat::{COLUMNS, FlatRow};
use crate::report::Report;

pub(super) fn render(report: &Report<'_>, _: &View, to: &mut dyn Write) -> io::Result<()> {
    // The header is written even without rows, so not together with the first one.
    let mut writer =
        csv::WriterBuilder::new().has_headers(false).terminator(csv::Terminator::CRLF).from_writer(to);
    writer.write_record(COLUMNS)?;
    report.factors.each(|row| FlatRow::new(report, row, escape::csv), |row| writer.serialize(row))?;
    writer.flush()
}
