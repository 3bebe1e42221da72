//! What editors have open: texts that count instead of what is on the disk, changed range by range.

use std::path::PathBuf;

use gen_lsp_types::{Range, TextDocumentContentChangeEvent as Change};

use super::position::{Encoding, Lines};
use super::uri;

const MARK: char = '\u{FEFF}';

/// A text that is open in an editor.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its address, as the editor writes it.
    pub uri: String,
    /// Its file; none for a buffer without one.
    pub path: Option<PathBuf>,
    /// Counted by the editor.
    pub version: i32,
    /// Its text, without the byte-order marks that it begins with.
    pub text: String,
    /// Where its lines begin.
    pub lines: Lines,
}

impl Document {
    /// A text as it was opened.
    pub fn new(uri: String, version: i32, text: String) -> Document {
        let path = uri::path(&uri).map(|path| uri::real(&path));
        let mut document = Document { uri, path, version, text: String::new(), lines: Lines::default() };
        document.replace_all(text);
        document
    }

    /// Makes changes, one after the other.
    pub fn change(&mut self, version: i32, changes: Vec<Change>, encoding: Encoding) {
        self.version = version;
        for change in changes {
            match change {
                Change::TextDocumentContentChangePartial(part) => {
                    self.replace(part.range, &part.text, encoding);
                }
                Change::TextDocumentContentChangeWholeDocument(whole) => self.replace_all(whole.text),
            }
        }
    }

    fn replace(&mut self, range: Range, new: &str, encoding: Encoding) {
        let marks = self.lines.marks();
        let before = self.lines.marks_before(range.start, encoding);
        let behind = marks - self.lines.marks_before(range.end, encoding).max(before);
        let from = self.lines.byte(&self.text, range.start, encoding);
        let to = self.lines.byte(&self.text, range.end, encoding).max(from);
        let marked = |marks: usize| MARK.to_string().repeat(marks);
        if before == marks {
            self.text.replace_range(from..to, new);
            if !self.text.starts_with(MARK) {
                self.lines.splice(&self.text, from..to, new.len());
                return;
            }
            self.text.insert_str(0, &marked(marks));
        } else {
            // It begins before the text does, or within the marks.
            self.text.replace_range(from..to, &[&*marked(before), new, &*marked(behind)].concat());
        }
        let text = std::mem::take(&mut self.text);
        self.replace_all(text);
    }

    fn replace_all(&mut self, text: String) {
        let rest = text.trim_start_matches(MARK);
        let marks = (text.len() - rest.len()) / MARK.len_utf8();
        self.text = if marks == 0 { text } else { rest.to_owned() };
        self.lines = Lines::below(&self.text, marks);
    }
}

#[cfg(test)]
mod tests {
    use gen_lsp_types::{Position, TextDocumentContentChangePartial};

    use super::*;

    #[test]
    fn changes_are_made_in_order() {
        let mut document =
            Document::new("untitled:a".to_owned(), 1, "\u{FEFF}a: \u{1F600}b\r\nc\n".to_owned());
        let mut change = |from: (u32, u32), to: (u32, u32), text: &str| {
            let position = |(line, character)| Position { line, character };
            let range = Range { start: position(from), end: position(to) };
            let part =
                TextDocumentContentChangePartial { range, text: text.to_owned(), ..Default::default() };
            let change = Change::TextDocumentContentChangePartial(part);
            document.change(2, vec![change], Encoding::Utf16);
            document.text.clone()
        };
        // The mark is one unit of the first line.
        assert_eq!(change((0, 6), (0, 7), "\u{674E}"), "a: \u{1F600}\u{674E}\r\nc\n");
        assert_eq!(change((0, 7), (1, 1), ""), "a: \u{1F600}\u{674E}\n");
        assert_eq!(change((9, 9), (0, 0), "d"), "a: \u{1F600}\u{674E}\nd");
    }

    /// The text as an editor has it, and where the server takes its lines to begin.
    fn seen(document: &Document) -> (String, usize) {
        (MARK.to_string().repeat(document.lines.marks()) + &document.text, document.lines.marks())
    }

    #[test]
    fn byte_order_marks_come_and_go() {
        let mark = |count: usize| MARK.to_string().repeat(count);
        for before in 0..3 {
            for (from, to) in (0..4).flat_map(|from| (from..4).map(move |to| (from, to))) {
                for new in [
                    String::new(),
                    "x".to_owned(),
                    mark(1),
                    mark(2),
                    mark(1) + "x",
                    "x".to_owned() + &mark(1),
                ] {
                    let old = mark(before) + "abc\nd";
                    let mut document = Document::new("untitled:a".to_owned(), 1, old.clone());
                    assert_eq!(seen(&document).1, before);
                    let position = |character| Position { line: 0, character };
                    let range = Range { start: position(from), end: position(to) };
                    document.replace(range, &new, Encoding::Utf16);
                    let units: Vec<char> = old.chars().collect();
                    let at = |at: u32| usize::try_from(at).expect("it is small");
                    let wanted: String = units[..at(from)]
                        .iter()
                        .chain(&new.chars().collect::<Vec<_>>())
                        .chain(&units[at(to)..])
                        .collect();
                    let fresh = Document::new("untitled:a".to_owned(), 1, wanted.clone());
                    assert_eq!(seen(&document), (wanted, seen(&fresh).1));
                    assert_eq!(document.lines.line_of(document.text.len()), 1);
                }
            }
        }
    }
}
