//! Bytes of a text as the protocol's positions, and back: lines from 0, columns in the units that were agreed on.

use std::cell::OnceCell;

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

/// A line of more bytes than this is walked from the nearest of its places, which are this far from each other.
const STEP: usize = 256;

/// A place within a long line.
#[derive(Clone, Copy, Debug)]
struct Place {
    byte: usize,
    /// What there is before it in its line.
    characters: usize,
    units: usize,
}

/// Where the lines of a text begin. A byte-order mark is no part of the text, and counts in the first line of an editor.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    starts: Vec<usize>,
    marks: usize,
    /// Those of all long lines, found when one is asked for.
    places: OnceCell<Vec<Place>>,
}

/// Whether a line begins at this byte, which is not the first.
fn begins(bytes: &[u8], at: usize) -> bool {
    bytes[at - 1] == b'\n' || (bytes[at - 1] == b'\r' && bytes.get(at) != Some(&b'\n'))
}

impl Lines {
    /// Those of a text; `has_mark` says that a byte-order mark was taken off it.
    pub fn new(text: &str, has_mark: bool) -> Lines {
        Lines::below(text, usize::from(has_mark))
    }

    /// Those of a text that so many byte-order marks were taken off.
    pub fn below(text: &str, marks: usize) -> Lines {
        let bytes = text.as_bytes();
        let behind = memchr::memchr2_iter(b'\n', b'\r', bytes).map(|end| end + 1);
        let starts = std::iter::once(0).chain(behind.filter(|at| begins(bytes, *at))).collect();
        Lines { starts, marks, places: OnceCell::new() }
    }

    /// The byte-order marks that were taken off the text.
    pub fn marks(&self) -> usize {
        self.marks
    }

    /// How many of them are before a position.
    pub fn marks_before(&self, position: Position, encoding: Encoding) -> usize {
        let units = usize::try_from(position.character).unwrap_or(usize::MAX);
        if position.line > 0 { self.marks } else { self.marks.min(units / encoding.units("\u{FEFF}")) }
    }

    /// Follows a change: these bytes became so many, and the text is this now. Only what is new is read.
    pub fn splice(&mut self, text: &str, old: std::ops::Range<usize>, new: usize) {
        let bytes = text.as_bytes();
        let end = old.start + new;
        // Whether a line begins at a byte depends on that and on the one before it.
        let first = self.starts.partition_point(|start| *start < old.start.max(1));
        let behind = self.starts.partition_point(|start| *start <= old.end).max(first);
        let found: Vec<usize> =
            (old.start.max(1)..=end.min(bytes.len())).filter(|at| begins(bytes, *at)).collect();
        for start in self.starts.iter_mut().skip(behind) {
            *start = *start - old.end + end;
        }
        self.starts.splice(first..behind, found);
        self.places = OnceCell::new();
    }

    /// The places within the long lines of the text.
    fn places(&self, text: &str) -> &[Place] {
        self.places.get_or_init(|| {
            let mut places = Vec::new();
            for (line, from) in self.starts.iter().enumerate() {
                let to = self.starts.get(line + 1).copied().unwrap_or(text.len());
                if to.saturating_sub(*from) <= STEP {
                    continue;
                }
                let (mut units, mut wanted) = (0, STEP);
                let content = text.get(*from..to).unwrap_or_default();
                for (characters, (at, character)) in content.char_indices().enumerate() {
                    if at >= wanted {
                        places.push(Place { byte: from + at, characters, units });
                        wanted = at + STEP;
                    }
                    units += character.len_utf16();
                }
            }
            places
        })
    }

    /// The last place in a part of a line that is not behind what is looked for.
    fn nearest(
        &self,
        text: &str,
        line: &std::ops::Range<usize>,
        is_before: impl Fn(&Place) -> bool,
    ) -> Place {
        let first = Place { byte: line.start, characters: 0, units: 0 };
        if line.len() <= STEP {
            return first;
        }
        let places = self.places(text);
        let from = places.partition_point(|place| place.byte < line.start);
        let to = places.partition_point(|place| place.byte <= line.end);
        let mine = places.get(from..to).unwrap_or_default();
        let at = mine.partition_point(is_before);
        at.checked_sub(1).and_then(|at| mine.get(at)).copied().unwrap_or(first)
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
        if line == 0 { self.marks * encoding.units("\u{FEFF}") } else { 0 }
    }

    /// The position of a byte.
    pub fn position(&self, text: &str, byte: usize, encoding: Encoding) -> Position {
        let line = self.line_of(byte);
        let from = self.starts.get(line).copied().unwrap_or_default();
        let byte = byte.min(text.len());
        let column = match encoding {
            Encoding::Utf8 => byte.saturating_sub(from),
            Encoding::Utf16 => {
                let near = self.nearest(text, &(from..byte), |place| place.byte <= byte);
                near.units + encoding.units(text.get(near.byte..byte).unwrap_or_default())
            }
        };
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Position { line: number(line), character: number(column + self.mark_units(line, encoding)) }
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
        if encoding == Encoding::Utf8 {
            let at = bytes.start.saturating_add(wanted).min(bytes.end);
            return (bytes.start..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(bytes.start);
        }
        let near = self.nearest(text, &bytes, |place| place.units <= wanted);
        let mut units = near.units;
        for (at, character) in text.get(near.byte..bytes.end).unwrap_or_default().char_indices() {
            units += character.len_utf16();
            if units > wanted {
                return near.byte + at;
            }
        }
        bytes.end
    }

    /// The byte at a mark of the reader, whose columns are characters.
    pub fn byte_of(&self, text: &str, mark: Mark) -> usize {
        let line = usize::try_from(mark.line).unwrap_or(usize::MAX).saturating_sub(1);
        let bytes = self.line(text, line);
        let characters = usize::try_from(mark.column).unwrap_or(1).saturating_sub(1);
        let near = self.nearest(text, &bytes, |place| place.characters <= characters);
        let mut rest = text.get(near.byte..bytes.end).unwrap_or_default().char_indices();
        rest.nth(characters - near.characters).map_or(bytes.end, |(at, _)| near.byte + at)
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

    #[test]
    fn long_lines_are_walked_from_a_place_within() {
        let long = "ab\u{674E}\u{1F600}é".repeat(500);
        let text = format!("{long}\r\nshort\n{long}");
        let lines = Lines::new(&text, false);
        let mut starts = (0, 0, 0, 0);
        for (byte, character) in text.char_indices() {
            let (line, from, characters, units) = starts;
            let number = |number: usize| u32::try_from(number).expect("it is small");
            for (encoding, column) in [(Encoding::Utf16, units), (Encoding::Utf8, byte - from)] {
                let position = Position { line, character: number(column) };
                assert_eq!(lines.position(&text, byte, encoding), position);
                if !character.is_control() {
                    assert_eq!(lines.byte(&text, position, encoding), byte);
                }
            }
            if !character.is_control() {
                let mark = Mark { line: line + 1, column: number(characters + 1) };
                assert_eq!(lines.byte_of(&text, mark), byte);
            }
            starts = match character {
                '\n' => (line + 1, byte + 1, 0, 0),
                _ => (line, from, characters + 1, units + character.len_utf16()),
            };
        }
    }

    #[test]
    fn lines_follow_every_change() {
        let texts = ["", "a", "\n", "\r", "\r\n", "a\rb\n\nc\r\n\r", "\n\r\n", "a\r\nb"];
        for old in texts {
            for (from, to) in (0..=old.len()).flat_map(|from| (from..=old.len()).map(move |to| (from, to))) {
                for new in ["", "x", "\n", "\r", "\r\n", "\n\rx", "x\r"] {
                    let mut lines = Lines::new(old, false);
                    let mut text = old.to_owned();
                    text.replace_range(from..to, new);
                    lines.splice(&text, from..to, new.len());
                    assert_eq!(lines.starts, Lines::new(&text, false).starts, "{old:?} {from}..{to} {new:?}");
                }
            }
        }
    }
}
