//! An HR export as CSV: which encoding, delimiter and columns it has, and the people in it. Only the columns that are
//! mapped are read: no salary, birthday, telephone or postal address gets into a portfolio.

mod columns;
mod people;
mod sheet;

use super::draft::Draft;
use crate::base::message::message;
use crate::source::foreign::Foreign;
use crate::source::{Code, Diagnostic, Diagnostics, Mark, Place, Severity, Sources};
use columns::{Columns, Mapping, Role};
pub use people::HowToImport;
use people::People;
use sheet::Table;

pub use columns::{Mapping as ColumnMapping, Role as ColumnRole};

/// How a CSV file is read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The delimiter between two cells; by default detected from the first rows.
    pub delimiter: Option<char>,
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

/// Reads one file. Errors are in `found`; there is a preview even then.
pub fn read(
    foreign: &Foreign,
    sources: &mut Sources,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Import {
    let file = foreign.file;
    let mut bad = Diagnostics::default();
    let table = sheet::read(sources.text(file), file, options.delimiter, &mut bad);
    let columns = columns::find(&table, &options.mapping, file, diagnostics);
    let preview = preview(foreign, &table, &columns);
    cover(foreign, &table, &columns, sources);
    let top = Place::exact(file, Mark { line: 1, column: 1 }, 1);
    if table.headers.is_empty() {
        diagnostics.push(Diagnostic::error(Code::Empty, message!("this file is empty"), Place::whole(file)));
    } else if columns.of(Role::Id).or(columns.of(Role::Email)).is_none() {
        let message = message!(
            "no column was recognised as the id of a person; the columns are ",
            table.headers.join(", ")
        );
        let first = table.headers.iter().find(|header| !header.is_empty()).cloned().unwrap_or_default();
        diagnostics.push(
            Diagnostic::error(Code::NoIdColumn, message, top).help(message!("name it: --map id=", first)),
        );
    }
    if diagnostics.errors() > 0 {
        return Import { draft: Draft::default(), preview };
    }
    let people = People { columns: &columns, table: &table, file, how: options.how };
    let mut draft = people.draft(&mut bad, diagnostics);
    say_more(foreign, &table, &columns, options, &mut draft);
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

fn say_more(foreign: &Foreign, table: &Table, columns: &Columns, options: &Options, draft: &mut Draft) {
    if foreign.damaged {
        draft.notes.push(format!(
            "some bytes are not valid {} and were replaced; use --encoding to name another encoding",
            foreign.encoding
        ));
    }
    let managers = [Role::ManagerId, Role::ManagerEmail, Role::ManagerName, Role::ManagerPosition];
    if managers.iter().all(|role| columns.of(*role).is_none()) {
        draft.notes.push(
            "no column names managers: nobody has a delivery owner yet; --map manager=COLUMN names one"
                .to_owned(),
        );
    }
    if columns.of(Role::Squad).is_none() {
        let likely = |header: &&String| {
            matches!(header.to_lowercase().as_str(), "department" | "team" | "team_id" | "squad")
        };
        if let Some(header) = table.headers.iter().find(likely) {
            draft.notes.push(format!("no squads were made; --squads {header} makes them of that column"));
        }
    }
    if columns.of(Role::Email).is_some() && columns.of(Role::Id).is_some() && !options.how.email_aliases {
        draft.notes.push("mail addresses were left out; --email-aliases keeps them, so that calendars find the same people".to_owned());
    }
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
        for index in 0..row.cells.len() {
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
    let mut lines = vec![
        format!("encoding   {}", foreign.encoding),
        format!("delimiter  {delimiter}"),
        format!("rows       {}", table.rows.len()),
    ];
    let mut read: Vec<(Role, usize)> = Vec::new();
    for role in Role::all() {
        if let Some(column) = columns.of(role) {
            lines.push(format!(
                "{:<10} from the column {}",
                role.word(),
                table.headers.get(column).map_or("", String::as_str)
            ));
            read.push((role, column));
        }
    }
    let unread: Vec<&str> = table
        .headers
        .iter()
        .enumerate()
        .filter(|(index, _)| !columns.is_read(*index))
        .map(|(_, name)| name.as_str())
        .collect();
    if !unread.is_empty() {
        lines.push(format!("not read   {}", unread.join(", ")));
    }
    lines.push(String::new());
    for row in table.rows.iter().take(FIRST_ROWS) {
        let cells = read.iter().map(|(role, column)| {
            format!("{} {}", role.word(), row.cells.get(*column).map_or("", String::as_str))
        });
        lines.push(format!("line {}: {}", row.line, cells.collect::<Vec<_>>().join(" | ")));
    }
    lines
}
