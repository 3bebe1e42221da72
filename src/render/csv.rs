//! `csv`: one row per factor under a header, for spreadsheets. RFC 4180, UTF-8; a missing value is an empty cell.

use std::io::{self, Write};

use super::View;
use super::escape;
use super::flat::{COLUMNS, FlatRow};
use crate::report::{FactorRow, Report};

/// Writes rows with the line ends of RFC 4180. The header is a row like the others: it is written even where none follows.
pub(super) fn writer(to: &mut dyn Write) -> csv::Writer<&mut dyn Write> {
    csv::WriterBuilder::new().has_headers(false).terminator(csv::Terminator::CRLF).from_writer(to)
}

pub(super) fn render(report: &Report<'_>, _: &View, to: &mut dyn Write) -> io::Result<()> {
    let mut header = writer(to);
    header.write_record(COLUMNS)?;
    header.flush()?;
    drop(header);
    let write = |rows: &mut dyn Iterator<Item = FactorRow>, to: &mut Vec<u8>| {
        let mut writer = writer(to);
        for row in rows {
            writer.serialize(FlatRow::new(report, &row, escape::cell))?;
        }
        writer.flush()
    };
    report.factors.written(write, |rows| to.write_all(rows))
}
