//! `csv`: one row per factor under a header, for spreadsheets. RFC 4180, UTF-8; a missing value is an empty cell.

use std::io::{self, Write};

use super::View;
use super::escape;
use super::flat::{COLUMNS, FlatRow};
use crate::report::Report;

/// Writes rows with the line ends of RFC 4180. The header is a row like the others: it is written even where none follows.
pub(super) fn writer(to: &mut dyn Write) -> csv::Writer<&mut dyn Write> {
    csv::WriterBuilder::new().has_headers(false).terminator(csv::Terminator::CRLF).from_writer(to)
}

pub(super) fn render(report: &Report<'_>, _: &View, to: &mut dyn Write) -> io::Result<()> {
    let mut writer = writer(to);
    writer.write_record(COLUMNS)?;
    report.factors.each(|row| FlatRow::new(report, row, escape::csv), |row| writer.serialize(row))?;
    writer.flush()
}
