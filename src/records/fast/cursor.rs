//! Where the fast reader is in a text: lines, their indentation, keys and scalars.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memchr2, memchr3};

use super::Declined;
use crate::source::Mark;
use crate::yaml::document::MAX_SCALAR;

/// A place in a text of nothing but ordinary characters. Between two values it is at the first character of a line
/// that says something, or at the end.
#[derive(Clone, Copy, Debug)]
pub(in crate::records) struct Cursor<'t> {
    text: &'t str,
    /// The next byte.
    pub(super) at: usize,
    /// The number of its line, from 1.
    pub(in crate::records) line: u32,
    line_start: usize,
    /// Up to where the columns of this line have been counted, and the column there: lines of JSON can be very long.
    counted: (usize, u32),
}

/// A scalar as it is written, and whether that is without quotes.
pub(super) type Scalar<'t> = (Cow<'t, str>, bool);

impl<'t> Cursor<'t> {
    /// At the first line of a text that says something, with this many lines before the text. `None` where the text
    /// has a character that is read in its own way.
    pub(in crate::records) fn new(text: &'t str, lines_before: u32) -> Option<Cursor<'t>> {
        if !is_ordinary(text) {
            return None;
        }
        let mut cursor =
            Cursor { text, at: 0, line: lines_before.saturating_add(1), line_start: 0, counted: (0, 0) };
        cursor.settle();
        Some(cursor)
    }

    /// How many spaces the line begins with; `None` at the end.
    pub(in crate::records) fn indent(&self) -> Option<usize> {
        (self.at < self.text.len()).then(|| self.column())
    }

    /// How many bytes of the line come before the next one; as many characters, where those are spaces and dashes.
    pub(super) fn column(&self) -> usize {
        self.at - self.line_start
    }

    /// The place of the next character.
    pub(in crate::records) fn mark(&mut self) -> Mark {
        let (from, before) = self.counted;
        let more = self.text[from..self.at].chars().count();
        let column = before.saturating_add(u32::try_from(more).unwrap_or(u32::MAX));
        self.counted = (self.at, column);
        Mark { line: self.line, column: column.saturating_add(1) }
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn peek_second(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at + 1).copied()
    }

    /// Passes over one ASCII character.
    pub(super) fn step(&mut self) {
        self.at += 1;
    }

    pub(super) fn skip_spaces(&mut self) {
        while self.peek() == Some(b' ') {
            self.at += 1;
        }
    }

    /// Passes over spaces and line ends.
    pub(super) fn skip_blank(&mut self) {
        loop {
            match self.peek() {
                Some(b' ' | b'\r') => self.at += 1,
                Some(b'\n') => self.new_line(self.at + 1),
                _ => return,
            }
        }
    }

    /// Whether the line is an item of a list: a dash and something behind it.
    pub(in crate::records) fn is_at_dash(&self) -> bool {
        self.peek() == Some(b'-') && matches!(self.peek_second(), Some(b' ' | b'\n' | b'\r') | None)
    }

    /// Passes over a line that is `---` alone.
    pub(in crate::records) fn skip_document_start(&mut self) {
        if self.column() == 0 && self.rest_of_line().trim_end_matches(' ') == "---" {
            self.next_line();
        }
    }

    fn new_line(&mut self, start: usize) {
        self.at = start;
        self.line = self.line.saturating_add(1);
        self.line_start = start;
        self.counted = (start, 0);
    }

    /// Goes to the next line that says something.
    pub(in crate::records) fn next_line(&mut self) {
        match memchr(b'\n', &self.text.as_bytes()[self.at..]) {
            Some(end) => {
                self.new_line(self.at + end + 1);
                self.settle();
            }
            None => self.at = self.text.len(),
        }
    }

    /// From the beginning of a line to the first character that says something, comments and empty lines passed over.
    fn settle(&mut self) {
        loop {
            self.skip_spaces();
            match self.peek() {
                Some(b'\n') => self.new_line(self.at + 1),
                Some(b'\r') => self.at += 1,
                Some(b'#') => match memchr(b'\n', &self.text.as_bytes()[self.at..]) {
                    Some(end) => self.new_line(self.at + end + 1),
                    None => self.at = self.text.len(),
                },
                _ => return,
            }
        }
    }

    /// Ends a value: nothing but a comment may follow on its line.
    pub(super) fn end_line(&mut self) -> Result<(), Declined> {
        let before = self.at;
        self.skip_spaces();
        match self.peek() {
            None => {}
            Some(b'#') if self.at == before => return Err(Declined),
            Some(b'\n') => {
                self.new_line(self.at + 1);
                self.settle();
            }
            Some(b'\r' | b'#') => self.next_line(),
            Some(_) => return Err(Declined),
        }
        Ok(())
    }

    /// Whether the line ends here, but for a comment.
    pub(in crate::records) fn is_at_line_end(&self) -> bool {
        match self.peek() {
            Some(b'#') => self.text[..self.at].ends_with(' '),
            next => matches!(next, None | Some(b'\n' | b'\r')),
        }
    }

    fn rest_of_line(&self) -> &'t str {
        let rest = &self.text[self.at..];
        let end = memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        rest[..end].trim_end_matches('\r')
    }

    /// How long the plain word here is that a colon follows, and a space or the end of the line after it.
    fn key_length(&self) -> Option<usize> {
        let rest = &self.text.as_bytes()[self.at..];
        let length = rest.iter().position(|byte| !byte.is_ascii_alphabetic() && *byte != b'_')?;
        let is_key = length > 0
            && rest.get(length) == Some(&b':')
            && matches!(rest.get(length + 1), None | Some(b' ' | b'\n' | b'\r'));
        is_key.then_some(length)
    }

    /// Whether a key comes next.
    pub(super) fn is_at_key(&self) -> bool {
        self.key_length().is_some()
    }

    /// Takes a key, its colon, and the spaces behind it.
    pub(in crate::records) fn key(&mut self) -> Result<&'t str, Declined> {
        let length = self.key_length().ok_or(Declined)?;
        let key = &self.text[self.at..self.at + length];
        self.at += length + 1;
        self.skip_spaces();
        Ok(key)
    }

    /// Takes a scalar that ends on this line.
    pub(super) fn scalar(&mut self) -> Result<Scalar<'t>, Declined> {
        match self.peek() {
            Some(b'"') => self.double_quoted(false),
            Some(b'\'') => self.single_quoted(),
            _ => self.plain(),
        }
    }

    /// Takes a text in double quotes. With escapes only in JSON, whose own reader says what they stand for.
    pub(super) fn double_quoted(&mut self, is_json: bool) -> Result<Scalar<'t>, Declined> {
        let inside = &self.text.as_bytes()[self.at + 1..];
        let (mut end, mut has_escapes) = (0, false);
        loop {
            let rest = inside.get(end..).ok_or(Declined)?;
            end += memchr3(b'"', b'\\', b'\n', rest).ok_or(Declined)?;
            match inside[end] {
                b'"' => break,
                b'\\' if is_json => (end, has_escapes) = (end + 2, true),
                _ => return Err(Declined),
            }
        }
        if !has_escapes {
            return self.quoted(&self.text[self.at + 1..][..end]);
        }
        let text: String = serde_json::from_str(&self.text[self.at..][..end + 2]).map_err(|_| Declined)?;
        self.at += end + 2;
        within_limit(&text)?;
        Ok((Cow::Owned(text), false))
    }

    /// Takes a text in single quotes, with none of them in it.
    pub(super) fn single_quoted(&mut self) -> Result<Scalar<'t>, Declined> {
        let inside = &self.text[self.at + 1..];
        let end = memchr2(b'\'', b'\n', inside.as_bytes()).ok_or(Declined)?;
        // Two of them stand for one.
        if inside.as_bytes()[end] == b'\n' || inside.as_bytes().get(end + 1) == Some(&b'\'') {
            return Err(Declined);
        }
        self.quoted(&inside[..end])
    }

    fn quoted(&mut self, inside: &'t str) -> Result<Scalar<'t>, Declined> {
        self.at += inside.len() + 2;
        within_limit(inside)?;
        Ok((Cow::Borrowed(inside), false))
    }

    /// Takes a scalar without quotes: up to the end of the line, or a comment.
    fn plain(&mut self) -> Result<Scalar<'t>, Declined> {
        // Most are short: one search for all three is faster than one for each.
        let end = self.end_of_plain(|byte| matches!(byte, b'\n' | b'#'), |before| before == Some(&b' '))?;
        let line = &self.text.as_bytes()[self.at..][..end];
        self.unquoted(line.strip_suffix(b"\r").map_or(end, <[u8]>::len))
    }

    /// Takes a scalar without quotes in a flow collection: up to a comma, a bracket or the end of the line. In JSON it is
    /// a number or a word.
    pub(super) fn plain_in_flow(&mut self, is_json: bool) -> Result<Scalar<'t>, Declined> {
        let ends = |byte| matches!(byte, b',' | b'[' | b']' | b'{' | b'}' | b'#' | b'\n' | b'\r');
        let end = self.end_of_plain(ends, |_| true)?;
        let rest = &self.text.as_bytes()[self.at..];
        let is_in_word =
            |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-' | b' ');
        if rest.get(end) == Some(&b'#')
            || is_json && (rest.first() == Some(&b'.') || !rest[..end].iter().all(is_in_word))
        {
            return Err(Declined);
        }
        self.unquoted(end)
    }

    /// How many bytes come before one that ends a plain scalar; a `#` only behind what `begins_comment`. What follows a
    /// colon and a space would be a value, and what ends in a colon a key.
    fn end_of_plain(
        &self,
        ends: impl Fn(u8) -> bool,
        begins_comment: impl Fn(Option<&u8>) -> bool,
    ) -> Result<usize, Declined> {
        let rest = &self.text.as_bytes()[self.at..];
        let mut end = 0;
        loop {
            let found = rest[end..].iter().position(|byte| *byte == b':' || ends(*byte));
            end = found.map_or(rest.len(), |at| end + at);
            match rest.get(end) {
                Some(b':') => match rest.get(end + 1) {
                    None | Some(b' ' | b'\r') => return Err(Declined),
                    Some(next) if ends(*next) => return Err(Declined),
                    Some(_) => {}
                },
                Some(b'#') if !begins_comment(end.checked_sub(1).and_then(|before| rest.get(before))) => {}
                _ => return Ok(end),
            }
            end += 1;
        }
    }

    /// Takes that many bytes as a scalar without quotes; spaces at their end are none of it.
    fn unquoted(&mut self, length: usize) -> Result<Scalar<'t>, Declined> {
        let text = self.text[self.at..][..length].trim_end_matches(' ');
        if text.is_empty() || text.len() > MAX_SCALAR || !self.is_at_plain() {
            return Err(Declined);
        }
        self.at += text.len();
        Ok((Cow::Borrowed(text), true))
    }

    /// Whether what comes next can be nothing but a plain scalar. A dash begins one where a number or a word follows.
    fn is_at_plain(&self) -> bool {
        match self.peek() {
            Some(b'-') => self.peek_second().is_some_and(|next| next.is_ascii_alphanumeric() || next == b'.'),
            Some(
                b'?' | b':' | b',' | b'[' | b']' | b'{' | b'}' | b'#' | b'&' | b'*' | b'!' | b'|' | b'>'
                | b'\'' | b'"' | b'%' | b'@' | b'`',
            )
            | None => false,
            Some(_) => true,
        }
    }

    /// The lines from this one up to, not including, the next one that `ends` says ends them.
    pub(in crate::records) fn lines_until(&mut self, ends: impl Fn(&Cursor<'t>) -> bool) -> &'t str {
        let from = self.line_start;
        loop {
            self.next_line();
            if self.indent().is_none() {
                return &self.text[from..];
            }
            if ends(self) {
                return &self.text[from..self.line_start];
            }
        }
    }
}

fn within_limit(text: &str) -> Result<(), Declined> {
    if text.len() <= MAX_SCALAR { Ok(()) } else { Err(Declined) }
}

/// Whether a text has only characters that stand for themselves wherever they are: no control characters, no marks of a
/// line or of an order of bytes. A CR is one before an LF.
fn is_ordinary(text: &str) -> bool {
    let bytes = text.as_bytes();
    let seen = |byte: u8| (byte >= b' ' && byte != 0x7F) || byte == b'\n' || byte == b'\r';
    let odd = ['\u{2028}', '\u{2029}', '\u{FEFF}', '\u{FFFE}', '\u{FFFF}'];
    // What the control characters and the odd ones that are no ASCII begin with.
    let leads = |byte: u8| matches!(byte, 0xC2 | 0xE2 | 0xEF);
    // Without a way out on the first one, so that many bytes are looked at in one step.
    bytes.iter().fold(true, |all, byte| all & seen(*byte))
        && memchr_iter(b'\r', bytes).all(|at| bytes.get(at + 1) == Some(&b'\n'))
        && (!bytes.iter().fold(false, |any, byte| any | leads(*byte))
            || !text.chars().any(|one| one.is_control() && !one.is_ascii() || odd.contains(&one)))
}
