//! `jsonl`: a factor a line, for log pipelines. The columns of `csv`, with null for what is none.

use std::io::{self, BufWriter, Write};

use serde::Serialize;

use super::View;
use super::escape::JsonControls;
use super::flat::FlatRow;
use crate::report::Report;

pub(super) fn render(report: &Report<'_>, _: &View<'_>, to: &mut dyn Write) -> io::Result<()> {
    let mut buffered = BufWriter::with_capacity(1 << 16, to);
    report.factors.each_row(|row| {
        let flat = FlatRow::new(report, &row, str::to_owned);
        flat.serialize(&mut serde_json::Serializer::with_formatter(&mut buffered, JsonControls))?;
        buffered.write_all(b"\n")
    })?;
    buffered.flush()
}
