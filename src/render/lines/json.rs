//! `json`: the contract; a person on a line.

use std::io::{self, BufWriter, Write};

use serde::Serialize;

use super::super::json::Lines;
use super::LinesView;
use crate::report::lines::LinesReport;

pub(super) fn render(report: &LinesReport, _: &LinesView, to: &mut dyn Write) -> io::Result<()> {
    let mut buffered = BufWriter::with_capacity(1 << 16, to);
    report.serialize(&mut serde_json::Serializer::with_formatter(&mut buffered, Lines::default()))?;
    buffered.write_all(b"\n")?;
    buffered.flush()
}
