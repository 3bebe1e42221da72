//! Bytes of a text as the protocol's positions, and back: lines from 0, columns in the units that were agreed on.

use gen_lsp_types::{Position, Range};

use crate::source::Mark;

/// The unit that columns are counted in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Encoding {
    /// Bytes, where the client offers it.
    Utf8,
    /// Units of UTF-16, which every client has.
    #[default]
    Utf16,
}

impl Encoding {
    fn units(self, text: &str) -> usize {
        match self {
            Encoding::Utf8 => text.len(),
            Encoding::Utf16 => text.chars().map(char::len_utf16).sum(),
        }
    }
}

/// Where the lines of a text begin. A byte-order mark is no part of the text, and counts in the first line of an editor.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    starts: Vec<usize>,
    has_mark: bool,
}

impl Lines {
    /// Those of a text; `has_mark` says that a byte-order mark was taken off it.
    pub fn new(text: &str, has_mark: bool) -> Lines {
        let bytes = text.as_bytes();
        let is_end = |at: &usize| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n');
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes).filter(is_end);
        Lines { starts: std::iter::once(0).chain(ends.map(|end| end + 1)).collect(), has_mark }
    }

    /// The bytes of a line, counted from 0, without its end.
    pub fn line(&self, text: &str, line: usize) -> std::ops::Range<usize> {
        let Some(&from) = self.starts.get(line) else { return text.len()..text.len() };
        let to = self.starts.get(line + 1).copied().unwrap_or(text.len());
        let content = text.get(from..to).unwrap_or_default();
        let content = content.strip_suffix('\n').unwrap_or(content);
        let content = content.strip_suffix('\r').unwrap_or(content);
        from..from + content.len()
    }

    /// The line that a byte is in, counted from 0.
    pub fn line_of(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start <= byte).saturating_sub(1)
    }

    fn mark_units(&self, line: usize, encoding: Encoding) -> usize {
        let has_mark = self.has_mark && line == 0;
        if has_mark { encoding.units("\u{FEFF}") } else { 0 }
    }

    /// The position of a byte.
    pub fn position(&self, text: &str, byte: usize, encoding: Encoding) -> Position {
        let line = self.line_of(byte);
        let from = self.starts.get(line).copied().unwrap_or_default();
        let before = text.get(from..byte.min(text.len())).unwrap_or_default();
        let column = encoding.units(before) + self.mark_units(line, encoding);
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Position { line: number(line), character: number(column) }
    }

    /// The positions of the first byte and of the one behind the last.
    pub fn range(&self, text: &str, bytes: std::ops::Range<usize>, encoding: Encoding) -> Range {
        let end = bytes.end.max(bytes.start);
        Range { start: self.position(text, bytes.start, encoding), end: self.position(text, end, encoding) }
    }

    /// The byte at a position; where there is no such column the end of the line, and where there is no such line the end of
    /// the text. Never within a character.
    pub fn byte(&self, text: &str, position: Position, encoding: Encoding) -> usize {
        let line = usize::try_from(position.line).unwrap_or(usize::MAX);
        let bytes = self.line(text, line);
        let wanted = usize::try_from(position.character).unwrap_or(usize::MAX);
        let wanted = wanted.saturating_sub(self.mark_units(line, encoding));
        let content = text.get(bytes.clone()).unwrap_or_default();
        let mut units = 0;
        for (at, character) in content.char_indices() {
            let width = match encoding {
                Encoding::Utf8 => character.len_utf8(),
                Encoding::Utf16 => character.len_utf16(),
            };
            if units + width > wanted {
                return bytes.start + at;
            }
            units += width;
        }
        bytes.end
    }

    /// The byte at a mark of the reader, whose columns are characters.
    pub fn byte_of(&self, text: &str, mark: Mark) -> usize {
        let line = usize::try_from(mark.line).unwrap_or(usize::MAX).saturating_sub(1);
        let bytes = self.line(text, line);
        let characters = usize::try_from(mark.column).unwrap_or(1).saturating_sub(1);
        let content = text.get(bytes.clone()).unwrap_or_default();
        content.char_indices().nth(characters).map_or(bytes.end, |(at, _)| bytes.start + at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_in_the_agreed_units() {
        let text = "a: \u{1F600}\u{674E}x\r\nb: é\rc";
        let lines = Lines::new(text, false);
        let at = |byte, encoding| {
            let position = lines.position(text, byte, encoding);
            (position.line, position.character)
        };
        let x = text.find('x').expect("an x");
        assert_eq!((at(x, Encoding::Utf16), at(x, Encoding::Utf8)), ((0, 6), (0, 10)));
        let c = text.find('c').expect("a c");
        assert_eq!(at(c, Encoding::Utf16), (2, 0));
        for encoding in [Encoding::Utf16, Encoding::Utf8] {
            for (byte, character) in text.char_indices().filter(|(_, c)| !c.is_control()) {
                let position = lines.position(text, byte, encoding);
                assert_eq!(lines.byte(text, position, encoding), byte, "{character}");
            }
        }
    }

    #[test]
    fn what_is_outside_is_taken_for_the_nearest() {
        let text = "a: \u{1F600}\nb";
        let lines = Lines::new(text, false);
        let byte = |line, character| lines.byte(text, Position { line, character }, Encoding::Utf16);
        assert_eq!(byte(0, 4), 3, "within a character");
        assert_eq!((byte(0, 99), byte(9, 0), byte(1, 1)), (7, 9, 9));
        assert_eq!(Lines::new("", false).byte("", Position { line: 3, character: 3 }, Encoding::Utf8), 0);
    }

    #[test]
    fn a_byte_order_mark_counts_in_the_first_line_only() {
        let text = "a: b\nc";
        let lines = Lines::new(text, true);
        assert_eq!(lines.position(text, 3, Encoding::Utf16), Position { line: 0, character: 4 });
        assert_eq!(lines.position(text, 5, Encoding::Utf16), Position { line: 1, character: 0 });
        assert_eq!(lines.byte(text, Position { line: 0, character: 4 }, Encoding::Utf16), 3);
    }
}
