//! The rows of a delimited file, with the line of each. The delimiter is told by the first rows; a row with more or
//! fewer cells than the header is an error with its place.

use ::csv::{ReaderBuilder, StringRecord};

use crate::base::message::counted;
use crate::source::{Diagnostic, Diagnostics, FileIx, Mark, Place, Said};

/// A file as rows of cells.
#[derive(Debug)]
pub(super) struct Table {
    /// The names of the columns, on one line each; a blank one is empty.
    pub(super) headers: Vec<String>,
    /// The rows behind it, blank ones left out.
    pub(super) rows: Vec<Row>,
    /// What stands between two cells.
    pub(super) delimiter: char,
}

/// One row.
#[derive(Debug)]
pub(super) struct Row {
    /// The line it begins on.
    pub(super) line: u32,
    /// As many cells as there are headers.
    pub(super) cells: Vec<String>,
}

/// What may stand between two cells, the likeliest first.
const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];
/// So many records tell which it is.
const LOOKED_AT: usize = 30;

/// Reads a text. Rows that do not fit are diagnostics and left out.
pub(super) fn read(text: &str, file: FileIx, delimiter: Option<char>, bad: &mut Diagnostics) -> Table {
    let delimiter = delimiter.unwrap_or_else(|| likeliest(text));
    let mut lines = Lines { text, byte: 0, line: 1 };
    let mut table = Table { headers: Vec::new(), rows: Vec::new(), delimiter };
    let mut reader = reader(text, delimiter);
    let mut record = StringRecord::new();
    // Reading from memory that is UTF-8, with any number of cells: there is nothing left to go wrong.
    while reader.read_record(&mut record).unwrap_or(false) {
        let byte = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
        // The position may be that of blank lines before the record.
        let byte = byte
            + text[byte.min(text.len())..].bytes().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        let line = lines.at(byte);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if table.headers.is_empty() {
            table.headers =
                record.iter().map(|name| name.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        } else if record.len() == table.headers.len() {
            table.rows.push(Row { line, cells: record.iter().map(str::to_owned).collect() });
        } else {
            bad.push(ragged(&record, &table, line, &text[byte..], file));
        }
    }
    table
}

fn reader(text: &str, delimiter: char) -> ::csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .from_reader(text.as_bytes())
}

/// The delimiter under which most of the first records have as many cells as the first; where several do, the one
/// that gives the most cells.
fn likeliest(text: &str) -> char {
    let score = |delimiter: char| {
        let mut counts = reader(text, delimiter)
            .into_records()
            .take(LOOKED_AT)
            .filter_map(|record| Some(record.ok()?.len()));
        let first = counts.next().unwrap_or(0);
        let alike = counts.filter(|count| *count == first).count();
        if first < 2 { (0, 0) } else { (alike + 1, first) }
    };
    let best = DELIMITERS.iter().rev().max_by_key(|delimiter| score(**delimiter));
    best.copied().unwrap_or(',')
}

fn ragged(record: &StringRecord, table: &Table, line: u32, rest: &str, file: FileIx) -> Diagnostic {
    let (has, wanted) = (record.len(), table.headers.len());
    let cells = |count: usize| counted(count, "cell", "cells");
    let message = Said::words(format!("this row has {}, and the header has {wanted}", cells(has)));
    let column = if has > wanted { column_of_cell(rest, table.delimiter, wanted) } else { 1 };
    let place = Place::exact(file, Mark { line, column }, 1);
    let help = if record.iter().any(|cell| cell.contains('\n')) {
        "a quote may be opened and not closed in it"
    } else if has > wanted {
        "a cell with the delimiter in it is written in double quotes"
    } else {
        "a row may be cut off, or another delimiter meant: --delimiter names one"
    };
    Diagnostic::error("ragged-row", message, place).help(Said::words(help.to_owned()))
}

/// The column at which the cell of this position begins; 1 where it is not on the row's first line.
fn column_of_cell(rest: &str, delimiter: char, cell: usize) -> u32 {
    let (mut quoted, mut cells) = (false, 0);
    for (index, character) in rest.chars().enumerate() {
        match character {
            '"' => quoted = !quoted,
            '\n' | '\r' => break,
            other if other == delimiter && !quoted => {
                cells += 1;
                if cells == cell {
                    return u32::try_from(index + 2).unwrap_or(1);
                }
            }
            _ => {}
        }
    }
    1
}

/// Counts lines as the places of diagnostics do, going forward only.
struct Lines<'t> {
    text: &'t str,
    byte: usize,
    line: u32,
}

impl Lines<'_> {
    fn at(&mut self, byte: usize) -> u32 {
        let ends = self.text.get(self.byte..byte).unwrap_or_default().matches('\n').count();
        self.line = self.line.saturating_add(u32::try_from(ends).unwrap_or(u32::MAX));
        self.byte = byte;
        self.line
    }
}
