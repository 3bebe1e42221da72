//! The same within braces and brackets, over as many lines as they take.

use super::{At, Context};

/// A mapping or list in braces or brackets.
struct Level {
    is_map: bool,
    path: Vec<String>,
    given: Vec<String>,
    /// The key whose value comes.
    key: Option<String>,
}

/// A reader of what is in braces.
struct Flow<'t> {
    text: &'t str,
    levels: Vec<Level>,
    /// Where the word begins that is being read.
    word: usize,
    at: usize,
    /// Nothing that is part of the value has fewer columns, where it does not close it.
    indent: usize,
    /// Whether it is the whole file, which has no columns to keep to.
    is_root: bool,
}

/// The byte behind a value in braces, read as far as the columns of its lines let it be one.
pub(super) fn end(text: &str, from: usize, indent: usize) -> usize {
    let mut flow = Flow::new(text, from, indent, Vec::new());
    while flow.step(text.len()) {}
    flow.at
}

/// What is being typed at a byte of it.
pub(super) fn context(text: &str, from: usize, byte: usize, base: Vec<String>) -> Option<Context> {
    let line = text.get(..from)?.rfind('\n').map_or(0, |end| end + 1);
    let indent = text.get(line..)?.len() - text.get(line..)?.trim_start_matches(' ').len();
    let mut flow = Flow::new(text, from, indent, base);
    while flow.step(byte) {}
    if flow.at < byte {
        return None;
    }
    let depth = flow.levels.len();
    let level = flow.levels.last()?;
    let word = flow.word.min(byte);
    let typed = text.get(word..byte)?;
    let from = word + (typed.len() - typed.trim_start().len());
    let (path, is_map, key) = (level.path.clone(), level.is_map, level.key.clone());
    if !is_map || key.is_some() {
        let (at, path) = match key {
            Some(key) => (At::Value(key), path),
            None => path.split_last().map(|(key, path)| (At::Entry(key.clone()), path.to_vec()))?,
        };
        return Some(Context { path, given: Vec::new(), at, typed: from..byte });
    }
    // What the mapping has behind it.
    let mut given = level.given.clone();
    flow.word = byte;
    while flow.levels.len() >= depth && flow.step(text.len()) {
        if let Some(level) = flow.levels.get(depth - 1) {
            given.clone_from(&level.given);
        }
    }
    Some(Context { path, given, at: At::Key, typed: from..byte })
}

impl<'t> Flow<'t> {
    fn new(text: &'t str, from: usize, indent: usize, base: Vec<String>) -> Flow<'t> {
        let root = Level { is_map: false, path: base, given: Vec::new(), key: None };
        let is_blank =
            |line: &str| line.trim().is_empty() || line.starts_with('#') || line.starts_with("---");
        let is_root = text.get(..from).unwrap_or_default().lines().all(is_blank);
        let mut flow = Flow { text, levels: vec![root], word: from, at: from, indent, is_root };
        flow.step(text.len());
        flow
    }

    fn open(&mut self, is_map: bool) {
        let Some(top) = self.levels.last() else { return };
        let path = top.path.iter().chain(&top.key).cloned().collect();
        // Deeper than this nothing is a portfolio.
        if self.levels.len() < 64 {
            self.levels.push(Level { is_map, path, given: Vec::new(), key: None });
        }
    }

    /// Reads one character, quoted text, or comment; false at the end of the value, or where `to` is reached.
    fn step(&mut self, to: usize) -> bool {
        if self.at >= to {
            return false;
        }
        let rest = self.text.get(self.at..).unwrap_or_default();
        let Some(character) = rest.chars().next() else { return false };
        let before = self.text.get(..self.at).and_then(|text| text.chars().next_back());
        let is_begun = !self.text.get(self.word..self.at).unwrap_or_default().trim().is_empty();
        match character {
            '{' | '[' if !is_begun => self.open(character == '{'),
            '}' | ']' => {
                self.levels.pop();
                if let Some(top) = self.levels.last_mut() {
                    top.key = None;
                }
            }
            ',' => {
                if let Some(top) = self.levels.last_mut() {
                    top.key = None;
                }
            }
            ':' => return self.colon(rest, to),
            '"' | '\'' if !is_begun => return self.quoted(rest, character, to),
            '#' if before.is_none_or(char::is_whitespace) => {
                let end = rest.find('\n').unwrap_or(rest.len());
                if self.at + end >= to {
                    // Nothing is typed in a comment.
                    return false;
                }
                self.at += end;
                return true;
            }
            '\n' if self.is_over(rest) => return false,
            _ => {
                self.at += character.len_utf8();
                return true;
            }
        }
        self.at += 1;
        self.word = self.at;
        self.levels.len() > 1
    }

    fn colon(&mut self, rest: &str, to: usize) -> bool {
        let is_json = self.text.get(..self.at).is_some_and(|text| text.ends_with('"'));
        let ends = |next: char| next.is_whitespace() || matches!(next, ',' | '}' | ']');
        let is_last = self.at + 1 == to;
        let is_key = is_json || is_last || rest[1..].chars().next().is_none_or(ends);
        if is_key && let Some(top) = self.levels.last_mut().filter(|top| top.is_map && top.key.is_none()) {
            let word = self.text.get(self.word..self.at).unwrap_or_default();
            let key = word.trim().trim_matches(['"', '\'']).to_owned();
            top.given.push(key.clone());
            top.key = Some(key);
            self.word = self.at + 1;
        }
        self.at += 1;
        true
    }

    fn quoted(&mut self, rest: &str, quote: char, to: usize) -> bool {
        let mut characters = rest.char_indices().skip(1);
        while let Some((at, character)) = characters.next() {
            if self.at + at >= to || character == '\n' {
                // What is typed is the text within the quotes, with its first one.
                self.at = (self.at + at).min(to);
                return character == '\n' && self.at < to;
            }
            if character == '\\' && quote == '"' {
                characters.next();
            } else if character == quote {
                self.at += at + 1;
                return true;
            }
        }
        self.at = to.min(self.text.len());
        false
    }

    /// Whether the next line is no part of the value: it was not closed, and something else begins.
    fn is_over(&self, rest: &str) -> bool {
        let line = rest[1..].split('\n').next().unwrap_or_default();
        let content = line.trim();
        let indent = line.len() - line.trim_start_matches(' ').len();
        !self.is_root && !content.is_empty() && indent <= self.indent && !content.starts_with(['}', ']'])
    }
}
