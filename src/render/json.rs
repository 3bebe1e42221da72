//! `json`: the contract for dashboards; one factor at a time, so that memory does not grow with them.

use std::io::{self, BufWriter, Write};

use serde::Serialize;

use super::View;
use super::escape::JsonControls;
use crate::report::Report;

pub(super) fn render(report: &Report<'_>, _: &View<'_>, to: &mut dyn Write) -> io::Result<()> {
    let mut buffered = BufWriter::with_capacity(1 << 16, to);
    let mut serializer = serde_json::Serializer::with_formatter(&mut buffered, Lines::default());
    report.serialize(&mut serializer)?;
    buffered.write_all(b"\n")?;
    buffered.flush()
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
