//! The top of a delimited file: which delimiter it has, and on which line its header is. Reports have titles above it,
//! Excel writes `sep=;`, PowerShell `#TYPE`, and some systems a second header in other words.

use ::csv::StringRecord;

use super::header::{meaning, plain};
use super::role::Role;
use super::sheet::{Layout, Lines, reader};

/// What the first records say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Top {
    pub(super) delimiter: char,
    /// The line of the header.
    pub(super) line: u32,
    /// Whether the first line only declares something: `sep=;`, `#TYPE`.
    pub(super) declared: bool,
    /// The line of a second header.
    pub(super) second: Option<u32>,
}

/// What may stand between two cells, the likeliest first.
const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];
/// So many records tell the delimiter and the header.
const LOOKED_AT: usize = 30;
/// So many cells of a record are looked at: no header is found by the ten-thousandth.
const CELLS: usize = 400;

/// Looks at the first records.
pub(super) fn look(text: &str, layout: Layout<'_>) -> Top {
    let first = text.lines().next().unwrap_or_default();
    let separator = separator(first);
    let declared = separator.is_some() || first.trim_start_matches('"').starts_with("#TYPE ");
    let delimiters: Vec<char> =
        layout.delimiter.or(separator).map_or(DELIMITERS.to_vec(), |delimiter| vec![delimiter]);
    let mut best: Option<((usize, usize, usize), Top)> = None;
    for delimiter in delimiters {
        let records = records(text, delimiter);
        let above = layout.skip_rows.unwrap_or(u32::from(declared));
        let (score, line, second) = header(&records, above, layout);
        let (alike, cells) = mode(&records, line);
        let top = Top { delimiter, line, declared, second };
        let whole = (score, alike, cells);
        if best.is_none_or(|(known, _)| whole > known) {
            best = Some((whole, top));
        }
    }
    best.map_or(Top { delimiter: ',', line: 1, declared, second: None }, |(_, top)| top)
}

/// How many roles the header of a text names.
pub(super) fn words(text: &str) -> usize {
    let top = look(text, Layout::default());
    let records = records(text, top.delimiter);
    records.iter().find(|(line, _)| *line >= top.line).map_or(0, |(_, record)| roles(record).len())
}

/// The delimiter of Excel's first line: `sep=;`.
fn separator(line: &str) -> Option<char> {
    let rest = line.trim_start_matches('"').trim();
    let rest = rest.get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")).map(|_| &rest[4..])?;
    let delimiter = rest.trim_end_matches('"').chars().next().unwrap_or('\t');
    delimiter.is_ascii().then_some(delimiter).filter(|delimiter| !delimiter.is_ascii_alphanumeric())
}

/// The first records that are not blank, each with its line.
fn records(text: &str, delimiter: char) -> Vec<(u32, StringRecord)> {
    let mut lines = Lines { text, byte: 0, line: 1 };
    let mut found = Vec::new();
    for record in reader(text, delimiter).into_records().take(LOOKED_AT * 2).flatten() {
        let byte = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
        let ends =
            text[byte.min(text.len())..].bytes().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        let line = lines.at(byte + ends);
        if record.iter().any(|cell| !cell.trim().is_empty()) && found.len() < LOOKED_AT {
            found.push((line, record));
        }
    }
    found
}

/// How many of the records from the header on have as many cells as most of them, and how many cells these are; a
/// delimiter that gives one cell divides nothing.
fn mode(records: &[(u32, StringRecord)], from: u32) -> (usize, usize) {
    let lengths: Vec<usize> =
        records.iter().filter(|(line, _)| *line >= from).map(|(_, record)| record.len()).collect();
    let alike = |length: usize| lengths.iter().filter(|other| **other == length).count();
    let header = lengths.first().copied().unwrap_or(0);
    if header < 2 { (0, 0) } else { (alike(header), header) }
}

/// The score of the header, its line, and that of a second one.
fn header(records: &[(u32, StringRecord)], above: u32, layout: Layout<'_>) -> (usize, u32, Option<u32>) {
    let below: Vec<&(u32, StringRecord)> = records.iter().filter(|(line, _)| *line > above).collect();
    let Some((first, record)) = below.first().map(|(line, record)| (*line, record)) else {
        return (0, above + 1, None);
    };
    let own = score(record, layout.named);
    let mut best = (own, first, 0);
    if layout.skip_rows.is_none() {
        for (at, (line, record)) in below.iter().enumerate().skip(1) {
            let one = score(record, layout.named);
            if one > best.0 && one >= 2 && !has_data(record) {
                best = (one, *line, at);
            }
        }
        // A title alone in its row stands above the header even where no word of the header is known.
        if best.0 == 0 && filled(record) == 1 {
            let wide = below.iter().enumerate().find(|(_, (_, record))| filled(record) > 1);
            best = wide.map_or(best, |(at, (line, _))| (0, *line, at));
        }
    }
    let second = below.get(best.2 + 1).filter(|(_, record)| best.0 >= 3 && repeats(record, best.0));
    (best.0, best.1, second.map(|(line, _)| *line))
}

/// Whether a record is a second header: nearly as many known words as the first, and nothing that looks like data.
fn repeats(record: &StringRecord, first: usize) -> bool {
    let known = roles(record).len();
    known >= 3 && known * 3 >= first * 2 && known * 2 >= filled(record) && !has_data(record)
}

fn filled(record: &StringRecord) -> usize {
    record.iter().filter(|cell| !cell.trim().is_empty()).count()
}

/// Whether a record has what no header has: an address, a number, a date.
fn has_data(record: &StringRecord) -> bool {
    record.iter().take(CELLS).map(str::trim).any(|cell| {
        cell.contains('@')
            || (cell.starts_with(|c: char| c.is_ascii_digit())
                && cell.chars().all(|c| c.is_ascii_digit() || matches!(c, '/' | '-' | '.' | ':' | ' ')))
    })
}

fn roles(record: &StringRecord) -> Vec<Role> {
    let mut roles: Vec<Role> =
        record.iter().take(CELLS).filter_map(meaning).map(|meaning| meaning.role).collect();
    roles.sort_unstable();
    roles.dedup();
    roles
}

/// How much a record looks like a header: roles that are recognised, and headers that somebody named.
fn score(record: &StringRecord, named: &[&str]) -> usize {
    let is_there = |name: &&&str| record.iter().take(CELLS).any(|cell| plain(cell) == plain(name));
    roles(record).len() + 2 * named.iter().filter(is_there).count()
}
