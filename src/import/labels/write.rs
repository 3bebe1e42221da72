//! Writes a worksheet, or adds to one: what is in it stays as it is, byte by byte.

use super::Told;
use crate::yaml::write::scalar;

/// A 1:1 as a worksheet asks for its label.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// The addresses of those whom the calendar names.
    pub pair: Vec<String>,
    /// Its title.
    pub title: String,
    /// How often.
    pub every: Option<String>,
    /// What it may be for, and why.
    pub suggestion: Option<String>,
    /// What was answered, where somebody was asked.
    pub told: Option<Told>,
}

/// Why a worksheet could not be added to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotExtended;

const HEAD: &str = "# What each 1:1 is for. Fill in `label`:
#   delivery | craft | both | peer | skip-level | not-a-1on1
# Then: debt audit CALENDAR --labels THIS-FILE, or debt import ics CALENDAR --labels THIS-FILE
# What is filled in is never changed; 1:1s that are new are added below.
version: 1
labels:
";
const CSV_HEAD: &str = "person,with,title,every,suggestion,label\r\n";

/// A worksheet with these rows at its end: `old` is what it holds now.
pub fn extended(old: Option<&str>, rows: &[Row], is_csv: bool) -> Result<String, NotExtended> {
    let mut text = match old {
        Some(text) if !text.trim().is_empty() => text.to_owned(),
        _ => (if is_csv { CSV_HEAD } else { HEAD }).to_owned(),
    };
    if rows.is_empty() {
        return Ok(text);
    }
    if !text.ends_with('\n') {
        text.push('\n');
    }
    if is_csv {
        let header = text.lines().next().unwrap_or_default().trim_start_matches('\u{FEFF}').trim_end();
        if header != CSV_HEAD.trim_end() {
            return Err(NotExtended);
        }
        for row in rows {
            text.push_str(&csv_row(row).ok_or(NotExtended)?);
        }
    } else {
        for row in rows {
            text.push_str(&yaml_row(row));
        }
    }
    Ok(text)
}

fn yaml_row(row: &Row) -> String {
    let pair: Vec<String> = row.pair.iter().map(|one| scalar(one)).collect();
    let mut text = format!("  - pair: [{}]\n    title: {}\n", pair.join(", "), scalar(&row.title));
    if let Some(every) = &row.every {
        text.push_str(&format!("    every: {every}\n"));
    }
    if let Some(suggestion) = &row.suggestion {
        text.push_str(&format!("    suggestion: {}\n", scalar(suggestion)));
    }
    let told = row.told.map_or_else(String::new, |told| format!(" {}", told.word()));
    text + &format!("    label:{told}\n")
}

fn csv_row(row: &Row) -> Option<String> {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    // A spreadsheet would run what begins like a formula.
    let safe = |text: &str| {
        if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
    };
    let person = |at: usize| row.pair.get(at).map_or_else(String::new, |one| safe(one));
    let cells = [
        person(0),
        person(1),
        safe(&row.title),
        row.every.clone().unwrap_or_default(),
        row.suggestion.as_deref().map(safe).unwrap_or_default(),
        row.told.map_or_else(String::new, |told| told.word().to_owned()),
    ];
    writer.write_record(cells).ok()?;
    String::from_utf8(writer.into_inner().ok()?).ok()
}

/// The text of a worksheet with this label in the entry that begins on a line, where none is filled in there.
pub fn filled_in(text: &str, line: u32, told: Told, is_csv: bool) -> Option<String> {
    let at = usize::try_from(line).ok()?.checked_sub(1)?;
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let is_empty_label = |line: &str| {
        let rest = line.trim_start().trim_start_matches("- ").strip_prefix("label:");
        rest.is_some_and(|rest| rest.trim().is_empty())
    };
    let is_new_entry = |line: &str| line.trim_start().starts_with("- ");
    let offset = if is_csv {
        lines.get(at)?.trim_end().ends_with(',').then_some(0)?
    } else {
        let entry = lines.get(at..)?.iter().enumerate();
        let mut own = entry.take_while(|(index, line)| *index == 0 || !is_new_entry(line));
        own.find(|(_, line)| is_empty_label(line))?.0
    };
    let target = at + offset;
    let mut new = String::with_capacity(text.len() + 16);
    for (index, line) in lines.iter().enumerate() {
        if index == target {
            let body = line.trim_end();
            let blank = if is_csv { "" } else { " " };
            new.push_str(&format!("{body}{blank}{}{}", told.word(), &line[body.len()..]));
        } else {
            new.push_str(line);
        }
    }
    Some(new)
}
