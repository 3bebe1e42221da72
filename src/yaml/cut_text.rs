//! Texts that a `#` cuts short: what follows ` #` is a comment, though `issue #42` was hardly meant as one.

use memchr::memmem;

use super::scalar::{self, Plain};
use super::tokens::{Token, Tokens, What};
use crate::base::day::Day;
use crate::source::Mark;

/// Where the texts begin that are followed by ` #` and at once by a character that is no blank. Nothing where the
/// text is no YAML.
pub fn find(text: &str) -> Vec<Mark> {
    if !is_suspicious(text) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut lines = Lines::new(text);
    let mut tokens = Tokens::new(text, 0);
    // Of a key and its value on one line it is the value that is cut: the last text of the line.
    while let Ok(Token { what, mark, length, .. }) = tokens.next() {
        match what {
            What::End => break,
            What::Scalar(value, true) if is_words(&value) => {
                let line = lines.get(mark.line);
                let end = (mark.column as usize).saturating_add(length as usize).saturating_sub(1);
                if length > 1 && found.len() < MOST && is_cut(line, end) {
                    found.push(mark);
                }
            }
            _ => {}
        }
    }
    found
}

/// The most of them that are reported.
const MOST: usize = 20;
/// Longer lines are not checked.
const LONGEST_LINE: usize = 4_000;

/// Nearly no text has this at all.
fn is_suspicious(text: &str) -> bool {
    let bytes = text.as_bytes();
    memmem::find_iter(bytes, " #").any(|at| {
        let is_cutting = is_cutting(bytes.get(at + 2).copied());
        let before = || bytes[..at].iter().rev().take_while(|byte| **byte != b'\n').any(|byte| *byte != b' ');
        is_cutting && before()
    })
}

fn is_cutting(next: Option<u8>) -> bool {
    next.is_some_and(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'#' | b'!' | b'-' | b'='))
}

/// Whether a plain scalar is text: not a number, a truth value or a day.
fn is_words(value: &str) -> bool {
    scalar::kind(value) == Plain::Text && Day::parse(value).is_none()
}

fn is_cut(line: &str, end: usize) -> bool {
    if line.len() > LONGEST_LINE {
        return false;
    }
    let rest: String = line.chars().skip(end).collect();
    let comment = rest.trim_start_matches(' ');
    comment.len() < rest.len() && comment.starts_with('#') && is_cutting(comment.as_bytes().get(1).copied())
}

/// The lines of a text, asked for in their order.
struct Lines<'t> {
    /// From the present line on.
    rest: &'t str,
    line: &'t str,
    number: u32,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Lines<'t> {
        Lines { rest: text, line: first_line(text), number: 1 }
    }

    fn get(&mut self, wanted: u32) -> &'t str {
        while self.number < wanted {
            self.rest = end_of_line(self.rest).map_or("", |end| &self.rest[end..]);
            self.line = first_line(self.rest);
            self.number += 1;
        }
        self.line
    }
}

fn first_line(text: &str) -> &str {
    text.split(['\n', '\r']).next().unwrap_or_default()
}

/// How long the first line is with its end.
fn end_of_line(text: &str) -> Option<usize> {
    let at = text.find(['\n', '\r'])?;
    Some(if text[at..].starts_with("\r\n") { at + 2 } else { at + 1 })
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn only_texts_that_are_cut() {
        let lines = |text| find(text).iter().map(|mark| mark.line).collect::<Vec<_>>();
        assert_eq!(lines("a:\n  topic: Discuss issue #42 with Gus\n"), [2]);
        assert_eq!(lines("topic: one #1\r\nnext: two #2\r\n"), [1, 2]);
        for fine in [
            "a: text # a comment\n",
            "a: 'issue #42'\n",
            "a: |\n  issue #42\n",
            "a: 2026-11-20 #x\n",
            "a: 5 #x\n",
            "  #x\na: b\n",
            "a: b#c\n",
            "a: text ##\n",
        ] {
            assert!(find(fine).is_empty(), "{fine}");
        }
    }
}
