//! `jsonl`: one factor per line, for log pipelines. The columns of `csv`, with null for missing values.

use std::io::{self, BufWriter, Write};

use serde::Serialize;

use super::View;
use super::escape::JsonControls;
use super::flat::FlatRow;
use crate::report::{FactorRow, Report};

pub(super) fn render(report: &Report<'_>, _: &View, to: &mut dyn Write) -> io::Result<()> {
    let mut buffered = BufWriter::with_capacity(1 << 16, to);
    let line = |row: &FactorRow| {
        let mut line = Vec::new();
        let flat = FlatRow::new(report, row, str::to_owned);
        flat.serialize(&mut serde_json::Serializer::with_formatter(&mut line, JsonControls))?;
        line.push(b'\n');
        Ok(line)
    };
    report.factors.each(line, |line: serde_json::Result<_>| buffered.write_all(&line?))?;
    buffered.flush()
}
