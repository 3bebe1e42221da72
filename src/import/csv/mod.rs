//! An HR export as CSV: which encoding, delimiter and columns it has, and the people in it. Only the columns that are
//! recognised or mapped are read: no salary, birthday, telephone or postal address gets into a portfolio.

mod columns;
mod header;
mod known;
mod lines;
mod names;
mod notes;
mod owners;
mod people;
mod presence;
mod role;
mod rows;
mod settle;
mod sheet;
mod top;
mod words;

use super::draft::Draft;
use crate::base::message::{Message, message};
use crate::base::shell;
use crate::source::foreign::Foreign;
use crate::source::{Code, Diagnostic, Diagnostics, Mark, Place, Severity, Sources};
use columns::{Columns, Mapping};
pub use people::HowToImport;
use role::Role;
use rows::Reading;
use sheet::{Layout, Table};

pub use columns::Mapping as ColumnMapping;
pub use role::Role as ColumnRole;

/// How a CSV file is read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The delimiter between two cells; by default detected from the first rows.
    pub delimiter: Option<char>,
    /// How many lines stand above the header; by default it is found by its words.
    pub skip_rows: Option<u32>,
    /// What somebody said about the columns.
    pub mapping: Mapping,
    /// Rows with errors are skipped, and the rest is imported.
    pub skip_bad_rows: bool,
    /// Dates and aliases.
    pub how: HowToImport,
}

/// A file as it was understood.
#[derive(Debug)]
pub struct Import {
    /// What it says.
    pub draft: Draft,
    /// How it was understood, for `--dry-run`.
    pub preview: Vec<String>,
}

/// How many headers of a text's first rows are known: a table of people has two or more.
pub fn words_known(text: &str) -> usize {
    top::words(text)
}

/// Reads one file. Errors are in `diagnostics`; there is a preview even then.
pub fn read(
    foreign: &Foreign,
    sources: &mut Sources,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Import {
    let file = foreign.file;
    let mut bad = Diagnostics::default();
    let named: Vec<&str> = options.mapping.map.iter().map(|(_, name)| name.as_str()).collect();
    let layout = Layout {
        delimiter: options.delimiter.or(foreign.is_workbook.then_some(',')),
        skip_rows: options.skip_rows,
        named: &named,
        is_workbook: foreign.is_workbook,
    };
    let table = sheet::read(sources.text(file), file, layout, &mut bad);
    let mut columns = columns::find(&table, &options.mapping, file, diagnostics);
    settle::names(&table, &mut columns);
    let id_from = settle::ids(&table, &mut columns);
    let preview = preview(foreign, &table, &columns);
    cover(foreign, &table, &columns, sources);
    let before = diagnostics.errors();
    if table.headers.is_empty() {
        diagnostics.push(Diagnostic::error(Code::Empty, message!("this file is empty"), Place::whole(file)));
    } else if id_from.is_none() {
        diagnostics.push(no_id(&table, file));
    }
    let Some(id_from) = id_from.filter(|_| diagnostics.errors() == 0) else {
        debug_assert!(diagnostics.errors() >= before, "errors are never taken back");
        return Import { draft: Draft::default(), preview };
    };
    let orders = [Role::Started, Role::Left].map(|role| settle::order(&table, columns.of(role)));
    let is_workbook = foreign.is_workbook;
    let reading =
        Reading { columns: &columns, table: &table, file, how: options.how, id_from, orders, is_workbook };
    let mut draft = reading.draft(&mut bad, diagnostics);
    notes::of_columns(foreign, &table, &columns, options, &mut draft);
    let skipped = bad.errors();
    for diagnostic in bad.sorted(Severity::Error) {
        let severity = if options.skip_bad_rows { Severity::Warning } else { Severity::Error };
        diagnostics.push(Diagnostic { severity, ..diagnostic.clone() });
    }
    if skipped > 0 && !options.skip_bad_rows {
        let help = message!("correct the rows, or skip them with --skip-bad-rows");
        diagnostics.push(
            Diagnostic::nowhere(Code::BadRows, message!("nothing was imported: some rows have errors"))
                .help(help),
        );
    } else if skipped > 0 {
        draft.notes.push(format!("{skipped} rows with errors were skipped"));
    }
    Import { draft, preview }
}

fn no_id(table: &Table, file: crate::source::FileIx) -> Diagnostic {
    let message = message!(
        "no column was recognised as the id of a person; the columns are ",
        table.headers.join(", ")
    );
    let first = table.headers.iter().find(|header| !header.is_empty()).cloned().unwrap_or_default();
    let help = format!(
        "name it: --map {}; --skip-rows N says that the header is below line N",
        quoted("id", &first)
    );
    let place = Place::exact(file, Mark { line: table.line, column: 1 }, 1);
    Diagnostic::error(Code::NoIdColumn, message, place).help(Message::words(help))
}

/// `ROLE=COLUMN` as a shell and `--map` take it.
fn quoted(role: &str, column: &str) -> String {
    let column = if column.contains([',', '"']) {
        format!("\"{}\"", column.replace('"', "\"\""))
    } else {
        column.to_owned()
    };
    shell::word(&format!("{role}={column}"))
}

/// Covers what is not read in the text that diagnostics show lines of: a salary belongs in no log either.
fn cover(foreign: &Foreign, table: &Table, columns: &Columns, sources: &mut Sources) {
    let Some(source) = sources.0.get_mut(foreign.file.index()) else { return };
    let mut rows = table.rows.iter().peekable();
    let mut covered = String::with_capacity(source.text.len());
    for (line, number) in source.text.split_inclusive('\n').zip(1_u32..) {
        let Some(row) = rows.next_if(|row| row.line == number) else {
            covered.push_str(line);
            continue;
        };
        for index in 0..row.cells().count() {
            if index > 0 {
                covered.push(table.delimiter);
            }
            covered.push_str(columns.shown(index, row));
        }
        covered.push('\n');
    }
    source.text = covered;
}

/// So many rows are shown.
const FIRST_ROWS: usize = 5;

/// How a file is understood, in lines: encoding, delimiter, the mapping, and the first rows of what is read.
fn preview(foreign: &Foreign, table: &Table, columns: &Columns) -> Vec<String> {
    let delimiter = match table.delimiter {
        '\t' => "a tab".to_owned(),
        other => format!("`{other}`"),
    };
    let mut lines = vec![format!("encoding   {}", foreign.encoding)];
    if !foreign.is_workbook {
        lines.push(format!("delimiter  {delimiter}"));
    }
    if table.line > 1 {
        lines.push(format!("header     on line {}", table.line));
    }
    lines.push(format!("rows       {}", table.rows.len()));
    let mut read: Vec<(Role, usize)> = Vec::new();
    for (role, column) in columns.all() {
        lines.push(format!(
            "{:<10} from the column {}",
            role.word(),
            table.headers.get(column).map_or("", String::as_str)
        ));
        read.push((role, column));
    }
    let unread = notes::unread(table, columns);
    if !unread.is_empty() {
        lines.push(format!("not read   {}", unread.join(", ")));
    }
    lines.push(String::new());
    for row in table.rows.iter().take(FIRST_ROWS) {
        let cells = read.iter().map(|(role, column)| format!("{} {}", role.word(), row.cell(*column)));
        lines.push(format!("line {}: {}", row.line, cells.collect::<Vec<_>>().join(" | ")));
    }
    lines
}
