//! Excel workbooks: the sheet with the people becomes a delimited text, one line for each of its rows, so that what is
//! said about a line is said about the row of that number. What a formula came to is read as it was stored.

use std::io::Cursor;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::csv;
use crate::base::message::{Message, counted, message};
use crate::source::foreign::Foreign;
use crate::source::{Code, Diagnostic, Diagnostics, Place, Sources, binary};

/// A workbook that says it has more bytes than this when unpacked is not unpacked.
const MOST_UNPACKED: u64 = 2 << 30;
/// The text of a sheet is not longer than this.
const MOST_TEXT: usize = 512 << 20;
/// So many cells get the value of the merged ones above them.
const MOST_MERGED: usize = 1_000_000;

type Workbook = Xlsx<Cursor<Vec<u8>>>;

/// A row, and its cells by column.
type Row = (u32, Vec<(u32, String)>);

/// What was seen in a sheet.
#[derive(Debug, Default)]
struct Sheet {
    rows: Vec<Row>,
    /// Cells with a formula whose value is not stored.
    unknown: usize,
    /// Cells that hold an error: `#REF!`.
    errors: usize,
    merged: usize,
}

/// Replaces the empty text of a workbook by that of a sheet; gives what is to be known about it, or nothing where the
/// workbook cannot be read.
pub fn unpack(
    foreign: &mut Foreign,
    wanted: Option<&str>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<String>> {
    let bytes = foreign.workbook.take()?;
    let place = Place::whole(foreign.file);
    if binary::unpacked(&bytes) > MOST_UNPACKED {
        let message = message!("this workbook is larger than 2 GiB when unpacked");
        diagnostics.push(Diagnostic::error(Code::TooLong, message, place));
        return None;
    }
    let read = Xlsx::new(Cursor::new(bytes)).and_then(|mut workbook| choose(&mut workbook, wanted));
    match read {
        Ok(Chosen::Sheet { name, text, notes }) => {
            foreign.encoding = format!("Excel workbook, sheet {name}");
            if let Some(source) = sources.0.get_mut(foreign.file.index()) {
                source.text = text;
            }
            Some(notes)
        }
        Ok(Chosen::None(names)) => {
            let message = match wanted {
                Some(wanted) => {
                    message!("unknown sheet ", wanted.to_owned(), ": the sheets are ", names.join(", "))
                }
                None => message!("this workbook has no sheet with anything in it"),
            };
            diagnostics.push(Diagnostic::error(Code::Empty, message, place));
            None
        }
        Err(error) => {
            diagnostics.push(failed(&error, place));
            None
        }
    }
}

fn failed(error: &XlsxError, place: Place) -> Diagnostic {
    let save = message!("open it in Excel or LibreOffice and save it again as .xlsx or as CSV");
    let message = match error {
        XlsxError::Password => message!("this workbook has a password, so it cannot be read"),
        other => message!("this workbook is damaged: ").and(Message::words(words(&other.to_string()))),
    };
    Diagnostic::error(Code::NotReadable, message, place).help(save)
}

/// The first line of another library's words, without a name or a value from the file that could be long.
fn words(error: &str) -> String {
    error.lines().next().unwrap_or_default().chars().filter(|c| !c.is_control()).take(120).collect()
}

enum Chosen {
    Sheet { name: String, text: String, notes: Vec<String> },
    None(Vec<String>),
}

/// The sheet that was named, or the visible one whose header knows the most of people.
fn choose(workbook: &mut Workbook, wanted: Option<&str>) -> Result<Chosen, XlsxError> {
    let sheets: Vec<_> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .cloned()
        .collect();
    let names = || sheets.iter().map(|sheet| sheet.name.clone()).collect::<Vec<_>>();
    let mut best: Option<(usize, String, String, Vec<String>)> = None;
    let mut others = Vec::new();
    let mut hidden = 0_usize;
    for sheet in &sheets {
        let is_named = wanted == Some(sheet.name.as_str());
        if wanted.is_some() && !is_named {
            continue;
        }
        if sheet.visible != SheetVisible::Visible && !is_named {
            hidden += 1;
            continue;
        }
        let read = sheet_of(workbook, &sheet.name)?;
        let notes = read.notes();
        let text = read.text();
        if text.trim().is_empty() {
            continue;
        }
        let score = csv::words_known(&text);
        match &mut best {
            Some(known) if known.0 >= score => others.push(sheet.name.clone()),
            known => {
                others.extend(known.take().map(|(_, name, ..)| name));
                *known = Some((score, sheet.name.clone(), text, notes));
            }
        }
    }
    let Some((_, name, text, mut notes)) = best else { return Ok(Chosen::None(names())) };
    if !others.is_empty() {
        notes.push(format!(
            "only the sheet {name} was read, not {}; --sheet names another",
            others.join(", ")
        ));
    }
    if hidden > 0 {
        notes.push(format!(
            "{} not read; --sheet names one",
            counted(hidden, "hidden sheet was", "hidden sheets were")
        ));
    }
    Ok(Chosen::Sheet { name, text, notes })
}

fn sheet_of(workbook: &mut Workbook, name: &str) -> Result<Sheet, XlsxError> {
    let merged = workbook.merge_cells_by_sheet_name(name).unwrap_or_default();
    let mut sheet = Sheet::default();
    let mut size = 0;
    let mut cells = workbook.worksheet_cells_reader(name)?;
    while let Some(cell) = cells.next_cell_with_formula_metadata()? {
        let (row, column) = cell.pos;
        let value = match &cell.value {
            DataRef::Error(_) => {
                sheet.errors += 1;
                String::new()
            }
            DataRef::Empty if cell.formula.is_some() => {
                sheet.unknown += 1;
                String::new()
            }
            value => written(value),
        };
        size += value.len() + 1;
        if size > MOST_TEXT {
            break;
        }
        if value.is_empty() {
            continue;
        }
        match sheet.rows.last_mut() {
            Some((last, cells)) if *last == row => cells.push((column, value)),
            _ => sheet.rows.push((row, vec![(column, value)])),
        }
    }
    drop(cells);
    sheet.rows.sort_by_key(|(row, _)| *row);
    for region in merged {
        sheet.fill(region.start, region.end.0);
    }
    Ok(sheet)
}

/// A value as it would stand in a CSV file.
fn written(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTime(span) => span.as_f64().to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

impl Sheet {
    /// A merged cell has its value in its first row only; the rows below it mean the same.
    fn fill(&mut self, start: (u32, u32), last: u32) {
        let at = |rows: &[Row], row: u32| rows.binary_search_by_key(&row, |(row, _)| *row).ok();
        let Some(value) = at(&self.rows, start.0)
            .and_then(|at| self.rows[at].1.iter().find(|(column, _)| *column == start.1))
            .map(|(_, value)| value.clone())
        else {
            return;
        };
        let from = self.rows.partition_point(|(row, _)| *row <= start.0);
        for (_, cells) in self.rows[from..].iter_mut().take_while(|(row, _)| *row <= last) {
            if self.merged < MOST_MERGED && cells.iter().all(|(column, _)| *column != start.1) {
                cells.push((start.1, value.clone()));
                self.merged += 1;
            }
        }
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.merged > 0 {
            notes.push(format!(
                "{} got the value of the merged cell above",
                counted(self.merged, "cell", "cells")
            ));
        }
        if self.unknown > 0 {
            notes.push(format!(
                "{} a formula without a stored result and read as empty: open the workbook, save it, and import it again",
                counted(self.unknown, "cell has", "cells have")
            ));
        }
        if self.errors > 0 {
            notes.push(format!(
                "{} an error such as #REF! and read as empty",
                counted(self.errors, "cell has", "cells have")
            ));
        }
        notes
    }

    /// The sheet as a text, its first row on the first line.
    fn text(mut self) -> String {
        let mut text = String::new();
        let mut line = 0;
        for (row, cells) in &mut self.rows {
            while line < *row {
                text.push('\n');
                line += 1;
            }
            cells.sort_by_key(|(column, _)| *column);
            let mut at = 0;
            for (column, value) in cells {
                while at < *column && text.len() < MOST_TEXT {
                    text.push(',');
                    at += 1;
                }
                quote(value, &mut text);
            }
        }
        text
    }
}

/// A cell on one line, in quotes where the delimiter or a quote is in it.
fn quote(value: &str, text: &mut String) {
    let in_quotes = value.contains([',', '"']);
    if in_quotes {
        text.push('"');
    }
    for character in value.chars() {
        match character {
            '\n' | '\r' => text.push(' '),
            '"' => text.push_str("\"\""),
            other => text.push(other),
        }
    }
    if in_quotes {
        text.push('"');
    }
}
