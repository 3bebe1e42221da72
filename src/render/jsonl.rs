//! `jsonl`: one factor per line, for log pipelines. The columns of `csv`, with null for missing values.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::View;
use super::escape::JsonControls;
use super::flat::FlatRow;
use crate::report::{FactorRow, Report};

pub(super) fn render(report: &Report<'_>, _: &View, to: &mut dyn Write) -> io::Result<()> {
    let write = |rows: &mut dyn Iterator<Item = FactorRow>, to: &mut Vec<u8>| {
        for row in rows {
            let flat = FlatRow::new(report, &row, Cow::Borrowed);
            flat.serialize(&mut serde_json::Serializer::with_formatter(&mut *to, JsonControls))?;
            to.push(b'\n');
        }
        Ok(())
    };
    report.factors.written(write, |lines| to.write_all(lines))?;
    to.flush()
}
