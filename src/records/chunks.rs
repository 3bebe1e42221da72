//! Where a text can be split into chunks, by its lines alone: before a top-level key, or before an item of the list below
//! one. Knows no more YAML than that; `parallel.rs` checks whether the split was right.

use std::hash::BuildHasher;

use memchr::memchr2;

/// A part of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chunk<'t> {
    /// Its lines.
    pub text: &'t str,
    /// How many lines come before it.
    pub lines_before: u32,
    /// The key of the list that the previous chunk ended in, if this one continues that list; else it begins with a
    /// top-level key.
    pub continues: Option<&'t str>,
}

/// The chunks of a text, in order. An `Err` comes last: the rest of the text cannot be split safely.
#[derive(Clone, Debug)]
pub struct Chunks<'t> {
    /// What has not been split off yet.
    rest: &'t str,
    lines_before: u32,
    continues: Option<&'t str>,
    /// The top-level key that was met last.
    key: &'t str,
    list: List,
    begun: bool,
    least: usize,
    /// Whether it depends on the lines of an item if the text is split before it, so that a change somewhere moves no split
    /// elsewhere.
    by_content: bool,
}

/// The text cannot be split safely here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotSplittable;

/// A chunk is held in memory as a tree, so a longer one is not worth reading in parallel.
const TOO_LONG: usize = 2 * 1024 * 1024;

/// How long chunks by content are: at least, and before any item will do.
const LEAST_BY_CONTENT: usize = 1024;
const MOST_BY_CONTENT: usize = 16 * 1024;

/// One line in eight.
fn is_chosen(line: &str) -> bool {
    foldhash::fast::FixedState::default().hash_one(line) % 8 == 0
}

/// The list whose items are met: only its key so far, then the column of its dashes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum List {
    None,
    Awaited,
    At(usize),
}

impl<'t> Chunks<'t> {
    /// Splits a text into chunks of at least this length; the last of a list and of the text may be shorter.
    pub fn new(text: &'t str, least: usize) -> Chunks<'t> {
        Chunks {
            rest: text,
            lines_before: 0,
            continues: None,
            key: "",
            list: List::None,
            begun: false,
            least,
            by_content: false,
        }
    }

    /// Splits a text into short chunks, nearly all of which stay the same where the text is changed in a few lines.
    pub fn by_content(text: &'t str) -> Chunks<'t> {
        Chunks { by_content: true, ..Chunks::new(text, LEAST_BY_CONTENT) }
    }

    /// Whether the text may be split before an item that begins with this line, this far from the last split.
    fn may_split(&self, line: &str, at: usize) -> bool {
        at >= self.least && (!self.by_content || at >= MOST_BY_CONTENT || is_chosen(line))
    }

    fn end(&mut self) -> NotSplittable {
        self.rest = "";
        NotSplittable
    }

    /// Splits off the text before a byte, with its number of lines.
    fn split_off(
        &mut self,
        at: usize,
        lines: u32,
        continues: Option<&'t str>,
    ) -> Option<Result<Chunk<'t>, NotSplittable>> {
        let (text, rest) = self.rest.split_at_checked(at)?;
        let chunk = Chunk { text, lines_before: self.lines_before, continues: self.continues };
        self.rest = rest;
        self.lines_before = self.lines_before.saturating_add(lines);
        self.continues = continues;
        Some(Ok(chunk))
    }
}

impl<'t> Iterator for Chunks<'t> {
    type Item = Result<Chunk<'t>, NotSplittable>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let mut at = 0;
        let mut lines = 0;
        while at < self.rest.len() {
            let Some((line, length)) = line(&self.rest[at..]) else { return Some(Err(self.end())) };
            let long = at >= self.least;
            if at > TOO_LONG {
                return Some(Err(self.end()));
            }
            match look(line) {
                Some(Look::Blank) => {}
                Some(Look::DocumentStart) if !self.begun => {}
                None | Some(Look::DocumentStart) => return Some(Err(self.end())),
                // A chunk that continues a list ends with the list.
                Some(Look::Key { .. }) if at > 0 && self.begun && (long || self.continues.is_some()) => {
                    return self.split_off(at, lines, None);
                }
                Some(Look::Key { alone, key }) => {
                    self.begun = true;
                    self.key = key;
                    self.list = if alone { List::Awaited } else { List::None };
                }
                // The mapping at the top may begin further right, which a piece cannot know.
                Some(Look::Dash(_) | Look::Other) if !self.begun => return Some(Err(self.end())),
                Some(Look::Dash(column)) => match self.list {
                    List::Awaited => self.list = List::At(column),
                    List::At(same) if same == column && self.may_split(line, at) => {
                        return self.split_off(at, lines, Some(self.key));
                    }
                    List::At(_) | List::None => {}
                },
                Some(Look::Other) => {
                    if self.list == List::Awaited {
                        self.list = List::None;
                    }
                }
            }
            at += length;
            lines += 1;
        }
        self.split_off(at, lines, None)
    }
}

/// What a line looks like.
enum Look<'t> {
    /// Empty, or a comment.
    Blank,
    /// `---`
    DocumentStart,
    /// A key at the first column, alone on its line or with a value.
    Key { alone: bool, key: &'t str },
    /// An item of a list, after this many spaces.
    Dash(usize),
    /// Anything that is indented.
    Other,
}

/// The first line, and how long it is with its end; `None` for a lone CR: it ends a line
/// too, and lines would be miscounted.
fn line(text: &str) -> Option<(&str, usize)> {
    let bytes = text.as_bytes();
    match memchr2(b'\n', b'\r', bytes) {
        None => Some((text, text.len())),
        Some(end) if bytes[end] == b'\n' => Some((&text[..end], end + 1)),
        Some(end) => match bytes.get(end + 1) {
            Some(b'\n') => Some((&text[..end], end + 2)),
            None => Some((&text[..end], end + 1)),
            Some(_) => None,
        },
    }
}

/// `None` for what does not occur in a plain portfolio, or not in the first column.
fn look(line: &str) -> Option<Look<'_>> {
    let column = line.bytes().take_while(|byte| *byte == b' ').count();
    let content = &line[column..];
    match content.as_bytes().first() {
        None | Some(b'#') => return Some(Look::Blank),
        // A key with its value elsewhere.
        Some(b'-' | b'?') if content.trim_start_matches(['-', ' ']).starts_with('?') => return None,
        Some(b'-') if content == "-" || content.starts_with("- ") => return Some(Look::Dash(column)),
        Some(_) if column > 0 => return Some(Look::Other),
        Some(_) => {}
    }
    if content.trim_end_matches(' ') == "---" {
        return Some(Look::DocumentStart);
    }
    let (key, value) = content.split_once(':')?;
    let word = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let spaced = value.is_empty() || value.starts_with(' ');
    let value = value.trim_start_matches(' ');
    (word && spaced).then_some(Look::Key { alone: value.is_empty() || value.starts_with('#'), key })
}

#[cfg(test)]
mod tests {
    use super::*;

    type Begin<'t> = (&'t str, u32, Option<&'t str>);

    fn begins<'t>(text: &'t str, least: usize) -> Result<Vec<Begin<'t>>, NotSplittable> {
        let chunks: Vec<Chunk<'_>> = Chunks::new(text, least).collect::<Result<_, _>>()?;
        assert_eq!(chunks.iter().map(|chunk| chunk.text).collect::<String>(), text);
        let first = |chunk: &Chunk<'t>| chunk.text.lines().next().unwrap_or_default();
        Ok(chunks.iter().map(|chunk| (first(chunk), chunk.lines_before, chunk.continues)).collect())
    }

    #[test]
    fn splits_are_before_keys_and_items() {
        let text = "# made\n---\nname: X\npeople: # all\n\n  - id: a\n    away:\n      - {}\n  - id: b\nsquads:\n- id: s\n- id: t\n";
        let all = [
            ("# made", 0, None),
            ("people: # all", 3, None),
            ("  - id: b", 8, Some("people")),
            ("squads:", 9, None),
            ("- id: t", 11, Some("squads")),
        ];
        assert_eq!(begins(text, 1).as_deref(), Ok(all.as_slice()));
        // A larger minimum gives fewer chunks, but a continued list still ends its chunk.
        assert_eq!(begins(text, 40).map(|chunks| chunks.len()), Ok(3));
        assert_eq!(begins(text, text.len()).map(|chunks| chunks.len()), Ok(1));
    }

    #[test]
    fn unusual_lines_are_not_split() {
        for unusual in [
            "? a\n",
            "  - ? a\n",
            "%YAML 1.2\n",
            "...\n",
            "---\n",
            "\tx\n",
            "\"q\": 1\n",
            "a: 1\rb: 2\n",
            "&a b: 1\n",
            "x:y\n",
            "{\n",
        ] {
            let text = format!("name: X\npeople:\n  - id: a\n  - id: b\n{unusual}");
            assert_eq!(begins(&text, 1), Err(NotSplittable), "{unusual}");
        }
        for first in [" people:\n", " x: y\n", "- a\n", "  - a\n", "# c\n\n people:\n", "---\n people:\n"] {
            let text = format!("{first} - id: a\n - id: b\nsquads:\n- id: s\n");
            assert_eq!(begins(&text, 1), Err(NotSplittable), "{first}");
        }
        let long = format!("name: X\npeople: [\n{}]\n", "  {id: a},\n".repeat(TOO_LONG / 10));
        assert_eq!(begins(&long, 10), Err(NotSplittable));
    }
}
