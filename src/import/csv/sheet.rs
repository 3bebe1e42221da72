//! The rows of a delimited file, with the line of each. The delimiter and the header are told by the first rows; a row
//! with more or fewer cells than the header is an error with its place.

use ::csv::{ReaderBuilder, StringRecord};

use super::top::{self, Top};
use crate::base::message::{Message, counted};
use crate::source::{Code, Diagnostic, Diagnostics, FileIx, Mark, Place};

/// A file as rows of cells.
#[derive(Debug)]
pub(super) struct Table {
    /// The names of the columns, on one line each; a blank one is empty.
    pub(super) headers: Vec<String>,
    /// The line of the header.
    pub(super) line: u32,
    /// The rows behind it, blank ones left out.
    pub(super) rows: Vec<Row>,
    /// The delimiter between two cells.
    pub(super) delimiter: char,
    /// What was passed over and is no row: titles above the header, a second header, a total.
    pub(super) passed_over: Vec<String>,
}

/// One row.
#[derive(Debug)]
pub(super) struct Row {
    /// The line it begins on.
    pub(super) line: u32,
    cells: StringRecord,
}

impl Row {
    /// A cell; empty where there is none.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or_default()
    }

    /// Its cells, as they are written.
    pub(super) fn cells(&self) -> impl Iterator<Item = &str> {
        self.cells.iter()
    }
}

/// How a file is laid out, where somebody said so.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Layout<'l> {
    pub(super) delimiter: Option<char>,
    /// So many lines stand above the header.
    pub(super) skip_rows: Option<u32>,
    /// Headers that somebody named, which tell the header row.
    pub(super) named: &'l [&'l str],
    /// Whether rows may end early and go on beyond the header, as those of a workbook do.
    pub(super) is_workbook: bool,
}

/// Reads a text. Rows that do not fit are diagnostics and left out.
pub(super) fn read(text: &str, file: FileIx, layout: Layout<'_>, bad: &mut Diagnostics) -> Table {
    let Top { delimiter, line: header_line, declared, second } = top::look(text, layout);
    let mut lines = Lines { text, byte: 0, line: 1 };
    let mut table =
        Table { headers: Vec::new(), line: 1, rows: Vec::new(), delimiter, passed_over: Vec::new() };
    let mut reader = reader(text, delimiter);
    let mut record = StringRecord::new();
    let (mut above, mut ragged) = (0_usize, Vec::new());
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
        if line < header_line {
            above += 1;
        } else if table.headers.is_empty() {
            table.line = line;
            table.headers =
                record.iter().map(|name| name.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
            while table.headers.last().is_some_and(String::is_empty) {
                table.headers.pop();
            }
        } else if Some(line) == second {
            table.passed_over.push(format!("line {line} repeats the header in other words"));
        } else if fit(&mut record, table.headers.len(), layout.is_workbook) {
            // Rows that fit came after those that did not: these are no footers.
            ragged.drain(..).for_each(|(one, _)| bad.push(one));
            table.rows.push(Row { line, cells: std::mem::take(&mut record) });
        } else {
            let is_note = is_note(&record);
            ragged.push((self::ragged(&record, &table, line, &text[byte.min(text.len())..], file), is_note));
        }
        // What is taken apart again and again would fill the memory of a hostile file.
        if ragged.len() > MOST_FOOTERS {
            ragged.drain(..).for_each(|(one, _)| bad.push(one));
        }
    }
    above = above.saturating_sub(usize::from(declared));
    if above > 0 {
        table.passed_over.insert(0, format!("{} above the header", counted(above, "line", "lines")));
    }
    footer(ragged, &mut table, bad);
    table
}

/// More lines than this below a table are no footer.
const MOST_FOOTERS: usize = 5;

/// Lines of one cell below the last row are no people: *Total: 2*, *Confidential*.
fn footer(ragged: Vec<(Diagnostic, bool)>, table: &mut Table, bad: &mut Diagnostics) {
    let footers = !table.rows.is_empty() && table.headers.len() > 2;
    let mut passed = 0;
    for (diagnostic, is_note) in ragged {
        if footers && is_note { passed += 1 } else { bad.push(diagnostic) }
    }
    if passed > 0 {
        table.passed_over.push(format!("{} below the last row", counted(passed, "line", "lines")));
    }
}

/// Whether a record is one cell of words, which no id is.
fn is_note(record: &StringRecord) -> bool {
    let mut filled = record.iter().map(str::trim).filter(|cell| !cell.is_empty());
    let first = filled.next().unwrap_or_default();
    filled.next().is_none() && first.contains([' ', ':', '\u{a9}'])
}

/// Whether a record has as many cells as the header, blank ones behind them aside, which are taken off.
fn fit(record: &mut StringRecord, wanted: usize, is_workbook: bool) -> bool {
    if record.len() > wanted && (is_workbook || record.iter().skip(wanted).all(|cell| cell.trim().is_empty()))
    {
        record.truncate(wanted);
    }
    while is_workbook && record.len() < wanted {
        record.push_field("");
    }
    record.len() == wanted
}

/// Reads records with any number of cells.
pub(super) fn reader(text: &str, delimiter: char) -> ::csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .from_reader(text.as_bytes())
}

fn ragged(record: &StringRecord, table: &Table, line: u32, rest: &str, file: FileIx) -> Diagnostic {
    let (has, wanted) = (record.len(), table.headers.len());
    let cells = |count: usize| counted(count, "cell", "cells");
    let message = Message::words(format!("this row has {}, and the header has {wanted}", cells(has)));
    let column = if has > wanted { column_of_cell(rest, table.delimiter, wanted) } else { 1 };
    let place = Place::exact(file, Mark { line, column }, 1);
    let help = if record.iter().any(|cell| cell.contains('\n')) {
        "a quote may be opened and not closed in it"
    } else if has > wanted {
        "a cell with the delimiter in it is written in double quotes"
    } else {
        "a row may be cut off, or another delimiter meant: --delimiter names one"
    };
    Diagnostic::error(Code::RaggedRow, message, place).help(Message::words(help.to_owned()))
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
pub(super) struct Lines<'t> {
    pub(super) text: &'t str,
    pub(super) byte: usize,
    pub(super) line: u32,
}

impl Lines<'_> {
    pub(super) fn at(&mut self, byte: usize) -> u32 {
        let ends = self.text.get(self.byte..byte).unwrap_or_default().matches('\n').count();
        self.line = self.line.saturating_add(u32::try_from(ends).unwrap_or(u32::MAX));
        self.byte = byte;
        self.line
    }
}
