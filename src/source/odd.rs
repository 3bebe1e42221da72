//! Characters that look like YAML's punctuation and are not: what a word processor, a chat or a web page puts there; and
//! the marks of a merge that was left unfinished. Errors that come from them are named for what they are.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use memchr::{memchr2, memmem};

use super::code::Code;
use super::diagnostic::{Diagnostic, Diagnostics, Severity};
use super::files::Sources;
use super::place::{FileIx, Mark, Place, Spot};
use crate::base::message::{Message, message};

/// What a character looks like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Like {
    Space,
    Nothing,
    Quote,
    Hyphen,
    Other(&'static str),
}

/// What a character is called and what it looks like; nothing for one that is what it looks like.
fn odd(character: char) -> Option<(&'static str, Like)> {
    Some(match character {
        '\u{A0}' => ("non-breaking space", Like::Space),
        '\u{202F}' => ("narrow non-breaking space", Like::Space),
        '\u{2007}' => ("figure space", Like::Space),
        '\u{2002}' | '\u{2003}' | '\u{2009}' | '\u{200A}' => ("typographic space", Like::Space),
        '\u{3000}' => ("full-width space", Like::Space),
        '\u{200B}' => ("zero-width space", Like::Nothing),
        '\u{200C}' => ("zero-width non-joiner", Like::Nothing),
        '\u{200D}' => ("zero-width joiner", Like::Nothing),
        '\u{2060}' => ("word joiner", Like::Nothing),
        '\u{AD}' => ("soft hyphen", Like::Nothing),
        '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{AB}' | '\u{BB}' => {
            ("typographic quote", Like::Quote)
        }
        '\u{FF02}' | '\u{FF07}' => ("full-width quote", Like::Quote),
        '\u{2010}' => ("typographic hyphen", Like::Hyphen),
        '\u{2011}' => ("non-breaking hyphen", Like::Hyphen),
        '\u{2012}' | '\u{2013}' => ("en dash", Like::Hyphen),
        '\u{2014}' | '\u{2015}' => ("em dash", Like::Hyphen),
        '\u{2212}' => ("minus sign", Like::Hyphen),
        '\u{FF0D}' => ("full-width hyphen", Like::Hyphen),
        '\u{FF1A}' => ("full-width colon", Like::Other(":")),
        '\u{FF0C}' => ("full-width comma", Like::Other(",")),
        '\u{FF03}' => ("full-width number sign", Like::Other("#")),
        '\u{FF3B}' | '\u{3010}' => ("full-width bracket", Like::Other("[")),
        '\u{FF3D}' | '\u{3011}' => ("full-width bracket", Like::Other("]")),
        '\u{FF5B}' => ("full-width brace", Like::Other("{")),
        '\u{FF5D}' => ("full-width brace", Like::Other("}")),
        _ => return None,
    })
}

/// Whether any of a text's characters is not what it looks like.
pub fn is_any_in(text: &str) -> bool {
    text.chars().any(|character| odd(character).is_some())
}

/// Longer lines are not checked: a line may be as long as the file.
const LONGEST_LINE: usize = 4_000;

/// Gives errors that come from such characters or marks their own words, and takes out what only follows from them.
pub fn explain(sources: &Sources, diagnostics: &mut Diagnostics) {
    diagnostics.review(|all| {
        let conflicts: BTreeMap<FileIx, Mark> = files_of(&all)
            .into_iter()
            .filter_map(|file| conflict(sources.text(file)).map(|mark| (file, mark)))
            .collect();
        let of_conflict =
            |one: &Diagnostic| one.place.as_ref().is_some_and(|place| conflicts.contains_key(&place.file));
        let mut all: Vec<Diagnostic> = all.into_iter().filter(|one| !of_conflict(one)).collect();
        name_characters(sources, &mut all);
        all.extend(conflicts.iter().map(|(file, mark)| unfinished_merge(*file, *mark)));
        all
    });
}

fn files_of(all: &[Diagnostic]) -> BTreeSet<FileIx> {
    let errors = all.iter().filter(|one| one.severity == Severity::Error);
    errors.filter_map(|one| one.place.as_ref()).map(|place| place.file).collect()
}

fn unfinished_merge(file: FileIx, mark: Mark) -> Diagnostic {
    let message = message!("unresolved merge conflict in this file");
    let help =
        message!("keep one of the two sides, and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`");
    Diagnostic::error(Code::MergeConflict, message, Place::exact(file, mark, 7)).help(help)
}

/// The first mark of an unfinished merge: all three must be there, in their order.
fn conflict(text: &str) -> Option<Mark> {
    let first = line_with(text, "<<<<<<<", 0)?;
    line_with(text, "=======", first).and_then(|middle| line_with(text, ">>>>>>>", middle))?;
    let lines = memchr::memchr_iter(b'\n', &text.as_bytes()[..first]).count();
    Some(Mark { line: u32::try_from(lines).unwrap_or(u32::MAX).saturating_add(1), column: 1 })
}

/// Where a line begins with these characters and a blank or its end.
fn line_with(text: &str, begin: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let starts = memmem::find_iter(&bytes[from..], begin).map(|at| at + from);
    let mut starts = starts.filter(|at| *at == 0 || matches!(bytes[at - 1], b'\n' | b'\r'));
    starts.find(|at| matches!(bytes.get(at + begin.len()), None | Some(b' ' | b'\n' | b'\r')))
}

/// Where an error is, exactly.
fn exact(one: &Diagnostic) -> Option<(FileIx, Mark, u32)> {
    match one.place.as_ref()? {
        Place { file, spot: Spot::Exact(mark, length) } if one.severity == Severity::Error => {
            Some((*file, *mark, *length))
        }
        Place { .. } => None,
    }
}

/// Errors about the text as YAML, which say little about what is wrong where.
fn is_syntax(code: Code) -> bool {
    matches!(code, Code::Syntax | Code::NotAMapping)
}

fn name_characters(sources: &Sources, all: &mut Vec<Diagnostic>) {
    let mut wanted: BTreeMap<FileIx, BTreeSet<u32>> = BTreeMap::new();
    for (file, mark, _) in all.iter().filter_map(exact) {
        wanted.entry(file).or_default().extend([mark.line.saturating_sub(1), mark.line]);
    }
    let lines: BTreeMap<(FileIx, u32), &str> = wanted
        .iter()
        .flat_map(|(file, numbers)| {
            lines(sources.text(*file), numbers).into_iter().map(|(number, line)| ((*file, number), line))
        })
        .collect();
    let line = |file, number| lines.get(&(file, number)).copied().unwrap_or_default();
    let mut named: HashSet<(FileIx, Mark)> = HashSet::new();
    for one in all.iter_mut() {
        let Some((file, mark, length)) = exact(one) else { continue };
        let found = if is_syntax(one.code) {
            let at = |number: u32| in_syntax(line(file, number)).map(|(column, odd)| (number, column, odd));
            at(mark.line).or_else(|| at(mark.line.saturating_sub(1)))
        } else {
            in_span(line(file, mark.line), mark.column, length).map(|(column, odd)| (mark.line, column, odd))
        };
        if let Some((line, column, character)) = found {
            *one = named_for(file, Mark { line, column }, character);
            named.insert((file, Mark { line, column }));
        }
    }
    // A key that is none because of such a character is missing as well, and a mapping without its colon is a text
    // that may go on over lines; and two errors may come from one character.
    let columns: HashMap<(FileIx, u32), u32> =
        named.iter().map(|(file, mark)| ((*file, mark.line), mark.column)).collect();
    let follows = |one: &Diagnostic| {
        let Some((file, mark, length)) = exact(one) else { return false };
        let is_of_the_whole = one.code == Code::MissingKey || (one.code == Code::WrongValue && length == 1);
        is_of_the_whole && columns.get(&(file, mark.line)).is_some_and(|column| mark.column <= *column)
    };
    all.retain(|one| match exact(one) {
        Some((file, mark, _)) if one.code == CODE => named.remove(&(file, mark)),
        _ => !follows(one),
    });
}

const CODE: Code = Code::OddCharacter;

fn named_for(file: FileIx, mark: Mark, character: char) -> Diagnostic {
    let (name, like) = odd(character).unwrap_or(("tab in the indentation", Like::Space));
    let code = format!("U+{:04X}", u32::from(character));
    let (message, help) = match like {
        Like::Space if character == '\t' => (name.to_owned(), "indent with spaces".to_owned()),
        Like::Space => (format!("{name} ({code}) in place of a plain one"), "type a plain space".to_owned()),
        Like::Nothing => (format!("{name} ({code}), which cannot be seen"), "remove it".to_owned()),
        Like::Quote => (
            format!("{name} {character} ({code}), which is no quote in YAML"),
            "type a straight quote: `\"` or `'`".to_owned(),
        ),
        Like::Hyphen => (
            format!("{name} {character} ({code}) in place of a hyphen"),
            "type a plain hyphen: `-`".to_owned(),
        ),
        Like::Other(plain) => {
            (format!("{name} {character} ({code}) in place of `{plain}`"), format!("type a plain `{plain}`"))
        }
    };
    Diagnostic::error(CODE, Message::words(message), Place::exact(file, mark, 1)).help(Message::words(help))
}

/// The first odd character among those that an error is about. A quote inside a word is an apostrophe.
fn in_span(line: &str, column: u32, length: u32) -> Option<(u32, char)> {
    let first = column.saturating_sub(1) as usize;
    let characters = line.chars().enumerate().skip(first).take(length as usize);
    let is_odd = |at: usize, character: char| match odd(character)?.1 {
        Like::Quote => (at == first).then_some(()),
        Like::Space | Like::Nothing | Like::Hyphen | Like::Other(_) => Some(()),
    };
    let mut odd_ones = characters.filter(|(at, character)| is_odd(*at, *character).is_some());
    odd_ones
        .next()
        .map(|(at, character)| (u32::try_from(at).unwrap_or(u32::MAX).saturating_add(1), character))
}

/// The first odd character of a line where YAML would look for one of its own: a tab or a space in the indentation,
/// a quote or a dash at the start of a text, a colon or a bracket anywhere.
fn in_syntax(line: &str) -> Option<(u32, char)> {
    let mut starts = true;
    let mut indents = true;
    for (at, character) in line.chars().enumerate() {
        let is_meant = match odd(character).map(|(_, like)| like) {
            None => indents && character == '\t',
            Some(Like::Space | Like::Nothing | Like::Other(_)) => true,
            Some(Like::Quote | Like::Hyphen) => starts,
        };
        if is_meant {
            return Some((u32::try_from(at).unwrap_or(u32::MAX).saturating_add(1), character));
        }
        indents &= character == ' ';
        starts = matches!(character, ':' | ',' | '-' | '[' | '{') || (starts && character == ' ');
    }
    None
}

/// These lines of a text, from 1, where they are not too long.
fn lines<'t>(text: &'t str, wanted: &BTreeSet<u32>) -> Vec<(u32, &'t str)> {
    let mut found = Vec::new();
    let (mut start, mut number) = (0, 1_u32);
    let last = wanted.last().copied().unwrap_or_default();
    while start <= text.len() && number <= last {
        let rest = &text.as_bytes()[start..];
        let length = memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        if wanted.contains(&number) && length <= LONGEST_LINE {
            found.push((number, &text[start..start + length]));
        }
        let end = if rest[length..].starts_with(b"\r\n") { 2 } else { 1 };
        start += length + end;
        number += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_a_merge_come_in_their_order() {
        let text = "a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> topic\n";
        assert_eq!(conflict(text), Some(Mark { line: 2, column: 1 }));
        assert_eq!(conflict("<<<<<<< HEAD\na: 1\n=======\n"), None);
        assert_eq!(conflict("a: <<<<<<< \n=======\n>>>>>>>"), None);
    }

    #[test]
    fn apostrophes_are_no_quotes() {
        assert_eq!(in_syntax("title: Don\u{2019}t: this"), None);
        assert_eq!(in_syntax("title: \u{2018}a: b\u{2019}"), Some((8, '\u{2018}')));
        assert_eq!(in_syntax(" \t- id: a"), Some((2, '\t')));
        assert_eq!(in_span("  id: \u{201C}ana\u{201D}", 7, 5), Some((7, '\u{201C}')));
        assert_eq!(in_span("owner: O\u{2019}Brien", 8, 7), None);
        assert_eq!(in_span("as_of: 2026\u{2013}11\u{2013}20", 8, 10), Some((12, '\u{2013}')));
    }

    #[test]
    fn lines_of_every_end() {
        let wanted = BTreeSet::from([1, 3, 4]);
        assert_eq!(lines("a\r\nb\rc\nd", &wanted), [(1, "a"), (3, "c"), (4, "d")]);
    }
}
