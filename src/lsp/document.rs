//! What editors have open: texts that count instead of what is on the disk, changed range by range.

use std::path::PathBuf;

use gen_lsp_types::{Range, TextDocumentContentChangeEvent as Change};

use super::position::{Encoding, Lines};
use super::uri;

/// A text that is open in an editor.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its address, as the editor writes it.
    pub uri: String,
    /// Its file; none for a buffer without one.
    pub path: Option<PathBuf>,
    /// Counted by the editor.
    pub version: i32,
    /// Its text, without a byte-order mark.
    pub text: String,
    /// Where its lines begin.
    pub lines: Lines,
    has_mark: bool,
}

impl Document {
    /// A text as it was opened.
    pub fn new(uri: String, version: i32, text: String) -> Document {
        let path = uri::path(&uri).map(|path| uri::real(&path));
        let mut document =
            Document { uri, path, version, text: String::new(), lines: Lines::default(), has_mark: false };
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
        let from = self.lines.byte(&self.text, range.start, encoding);
        let to = self.lines.byte(&self.text, range.end, encoding).max(from);
        self.text.replace_range(from..to, new);
        self.lines = Lines::new(&self.text, self.has_mark);
    }

    fn replace_all(&mut self, text: String) {
        self.has_mark = text.starts_with('\u{FEFF}');
        self.text = if self.has_mark { text.trim_start_matches('\u{FEFF}').to_owned() } else { text };
        self.lines = Lines::new(&self.text, self.has_mark);
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
}
