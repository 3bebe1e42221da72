//! `json`: the contract for dashboards; a few factors at a time, so that memory does not grow with them.

use std::cell::Cell;
use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::View;
use super::escape::JsonControls;
use crate::report::{FactorRow, Report};

pub(super) fn render(report: &Report<'_>, _: &View, to: &mut dyn Write) -> io::Result<()> {
    let (around, gap) = around(report)?;
    let (before, after) = around.split_at(gap);
    to.write_all(before)?;
    let mut first: &[u8] = b"[";
    report.factors.written(lines, |lines| {
        to.write_all(first)?;
        // The first row has no comma before it.
        to.write_all(lines.get(usize::from(!first.is_empty())..).unwrap_or_default())?;
        first = b"";
        Ok(())
    })?;
    to.write_all(if report.factors.is_empty() { b"[\n  ]" } else { b"\n  ]" })?;
    to.write_all(after.strip_prefix(GAP).unwrap_or(after))?;
    to.write_all(b"\n")?;
    to.flush()
}

/// Factors, each on its line, and a comma before each.
fn lines(rows: &mut dyn Iterator<Item = FactorRow>, to: &mut Vec<u8>) -> io::Result<()> {
    for row in rows {
        to.extend_from_slice(b",\n    ");
        let formatter = Lines { depth: LISTS, ..Lines::default() };
        row.serialize(&mut serde_json::Serializer::with_formatter(&mut *to, formatter))?;
    }
    Ok(())
}

/// The placeholder for the factors until they are written.
const GAP: &[u8] = b"null";

/// The report with a gap in the place of its factors, and where that is: they are made on all processors, and it takes
/// little room without them.
fn around(report: &Report<'_>) -> io::Result<(Vec<u8>, usize)> {
    let (length, gap) = (Cell::new(0), Cell::new(0));
    let mut counted = Counted { bytes: Vec::new(), length: &length };
    let mut serializer = serde_json::Serializer::with_formatter(&mut counted, Lines::default());
    report.serialize_with(&Gap { length: &length, at: &gap }, &mut serializer)?;
    Ok((counted.bytes, gap.get()))
}

/// Bytes that tell how many they are.
struct Counted<'c> {
    bytes: Vec<u8>,
    length: &'c Cell<usize>,
}

impl Write for Counted<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        self.length.set(self.bytes.len());
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Notes how much has been written when its turn comes.
struct Gap<'c> {
    length: &'c Cell<usize>,
    at: &'c Cell<usize>,
}

impl Serialize for Gap<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.at.set(self.length.get());
        serializer.serialize_unit()
    }
}

/// A key of the report a line, and a factor a line: to be read, compared by `diff`, and not five times as long.
#[derive(Default)]
pub(super) struct Lines {
    depth: usize,
    controls: JsonControls,
}

impl Lines {
    fn begin<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool, level: usize) -> io::Result<()> {
        match (first, self.depth <= level) {
            (true, true) => write!(writer, "\n{:indent$}", "", indent = self.depth * 2),
            (true, false) => Ok(()),
            (false, true) => write!(writer, ",\n{:indent$}", "", indent = self.depth * 2),
            (false, false) => writer.write_all(b", "),
        }
    }

    fn end<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        bracket: &[u8],
        level: usize,
        any: bool,
    ) -> io::Result<()> {
        let broken = self.depth <= level && any;
        self.depth = self.depth.saturating_sub(1);
        if broken {
            write!(writer, "\n{:indent$}", "", indent = self.depth * 2)?;
        }
        writer.write_all(bracket)
    }
}

/// Objects are broken into lines at the top, lists one level below.
const OBJECTS: usize = 1;
const LISTS: usize = 2;

impl serde_json::ser::Formatter for Lines {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        writer.write_all(b"[")
    }
    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b"]", LISTS, true)
    }
    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.begin(writer, first, LISTS)
    }
    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        writer.write_all(b"{")
    }
    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b"}", OBJECTS, true)
    }
    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.begin(writer, first, OBJECTS)
    }
    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, text: &str) -> io::Result<()> {
        self.controls.write_string_fragment(writer, text)
    }
}
