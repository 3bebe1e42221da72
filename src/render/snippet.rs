//! The line of a file that a diagnostic is about, made fit to be shown: cropped around the place, controls visible.

use std::collections::HashMap;
use std::ops::Range;

use super::escape::terminal_char;
use crate::source::{FileIx, Mark, Sources};

/// So many characters of a line are shown.
const WINDOW: usize = 120;
/// So many of them stand before the place.
const BEFORE: usize = 40;

/// Lines of files, found again quickly.
pub struct Snippets<'s> {
    sources: &'s Sources,
    starts: HashMap<FileIx, Vec<usize>>,
}

/// A line as it is shown, and the bytes of it that are meant.
#[derive(Debug, PartialEq, Eq)]
pub struct Shown {
    /// The line.
    pub line: String,
    /// The bytes to underline.
    pub span: Range<usize>,
}

impl<'s> Snippets<'s> {
    /// Lines of these sources.
    pub fn new(sources: &'s Sources) -> Snippets<'s> {
        Snippets { sources, starts: HashMap::new() }
    }

    /// Whether there are lines to show: none in an empty file, or where the text is withheld.
    pub fn has_text(&self, file: FileIx) -> bool {
        !self.sources.text(file).is_empty()
    }

    /// The line at a mark; `None` where the file has no such line.
    pub fn show(&mut self, file: FileIx, mark: Mark, length: u32) -> Option<Shown> {
        let text = self.sources.text(file);
        if text.is_empty() {
            return None;
        }
        let starts = self.starts.entry(file).or_insert_with(|| line_starts(text));
        let number = usize::try_from(mark.line).ok()?;
        let start = *starts.get(number.checked_sub(1)?)?;
        // Up to the next line, not searched for: a line may be as long as the file.
        let end = starts.get(number).copied().unwrap_or(text.len());
        let line = text[start..end].trim_end_matches(['\n', '\r']);
        Some(shown(
            line,
            usize::try_from(mark.column).unwrap_or(1).saturating_sub(1),
            usize::try_from(length).unwrap_or(1),
        ))
    }
}

/// Where each line begins; YAML ends lines with LF, CR LF or CR.
fn line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends = bytes
        .iter()
        .enumerate()
        .filter(|(index, byte)| **byte == b'\n' || (**byte == b'\r' && bytes.get(index + 1) != Some(&b'\n')));
    std::iter::once(0).chain(ends.map(|(index, _)| index + 1)).collect()
}

fn shown(line: &str, column: usize, length: usize) -> Shown {
    let fits = line.chars().nth(WINDOW).is_none();
    let from = if fits { 0 } else { column.saturating_sub(BEFORE) };
    let mut text = String::new();
    if from > 0 {
        text.push('\u{2026}');
    }
    let (mut start, mut end) = (None, None);
    let mut characters = line.chars().enumerate().skip(from);
    for (index, character) in characters.by_ref().take(WINDOW) {
        if index == column {
            start = Some(text.len());
        }
        match character {
            // What cannot be told from a blank, or not be seen at all.
            '\u{A0}' | '\u{AD}' | '\u{2000}'..='\u{200D}' | '\u{202F}' | '\u{2060}' | '\u{3000}' => {
                text.push_str(&format!("\\u{{{:X}}}", u32::from(character)));
            }
            other => terminal_char(other, &mut text),
        }
        if index + 1 == column + length {
            end = Some(text.len());
        }
    }
    let cut = characters.next().is_some();
    let start = start.unwrap_or(text.len());
    let end = end.unwrap_or(text.len()).max(start);
    if cut {
        text.push('\u{2026}');
    }
    Shown { line: text, span: start..end }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crops_and_underlines() {
        assert_eq!(shown("  name: b\u{1b}o", 8, 3), Shown { line: "  name: b\\u{1B}o".into(), span: 8..16 });
        let long = format!("{}x{}", "a".repeat(500), "b".repeat(500));
        let shown = shown(&long, 500, 1);
        assert_eq!(&shown.line[shown.span.clone()], "x");
        assert!(shown.line.chars().count() <= WINDOW + 2);
        assert_eq!(super::shown("abc", 3, 1).span, 3..3);
    }

    #[test]
    fn every_line_end() {
        assert_eq!(line_starts("a\nb\r\nc\rd"), [0, 2, 5, 7]);
    }
}
