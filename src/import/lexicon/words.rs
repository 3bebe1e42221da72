//! A text as words: letters and digits, lower case, without accents. Chinese, Japanese and Korean are written without
//! blanks between words, so each of their characters is a word, and a phrase is found inside a run of them.

/// A word of a text: folded, and where it is.
pub(super) struct Word {
    pub(super) folded: String,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The words of a text. `1:1`, `1-1`, `1on1` and the like are the one word `1:1`.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let mut characters = text.char_indices().peekable();
    while let Some((start, character)) = characters.next() {
        if !character.is_alphanumeric() {
            continue;
        }
        if let Some(end) = one_on_one_at(text, start) {
            while characters.next_if(|(at, _)| *at < end).is_some() {}
            found.push(Word { folded: "1:1".to_owned(), start, end });
            continue;
        }
        let mut end = start + character.len_utf8();
        if is_cjk(character) {
            found.push(Word { folded: character.to_string(), start, end });
            continue;
        }
        let goes_on = |next: char| (next.is_alphanumeric() && !is_cjk(next)) || is_mark(next);
        while let Some((at, next)) = characters.next_if(|(_, next)| goes_on(*next)) {
            end = at + next.len_utf8();
        }
        let word = &text[start..end];
        found.push(Word { folded: folded(word), start, end });
    }
    found
}

/// A word in small letters of ASCII.
pub(crate) fn folded(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    deunicode::deunicode(&word.to_lowercase()).to_ascii_lowercase()
}

/// Accents that stand by themselves behind their letter.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36F}')
}

/// Whether it belongs to a script that puts no blanks between words, or puts them where one likes.
pub(crate) fn is_cjk(character: char) -> bool {
    matches!(character,
        '\u{1100}'..='\u{11FF}' | '\u{3040}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}')
}

/// Ways to write it.
const SPELLINGS: [&str; 17] = [
    "1-on-1",
    "1 on 1",
    "1-2-1",
    "1on1",
    "1:1s",
    "1-1s",
    "1x1",
    "1 x 1",
    "1 : 1",
    "1 - 1",
    "1to1",
    "1-to-1",
    "1:1",
    "1-1",
    "1/1",
    "1\u{2013}1",
    "121",
];

/// Where `1:1` or one of its spellings begins here as a word of its own: where it ends.
fn one_on_one_at(text: &str, start: usize) -> Option<usize> {
    if !text[start..].starts_with('1') {
        return None;
    }
    let is_letter = |c: char| c.is_alphanumeric() && !is_cjk(c);
    let before = text[..start].chars().next_back();
    // 21:1:1, 3.1-1, v1/1 and negative numbers are something else.
    if before.is_some_and(|c| is_letter(c) || matches!(c, ':' | '.' | ',' | '-' | '\u{2013}')) {
        return None;
    }
    let rest = &text[start..];
    let found = SPELLINGS.iter().find(|spelling| {
        rest.get(..spelling.len()).is_some_and(|start| start.eq_ignore_ascii_case(spelling))
    })?;
    let end = start + found.len();
    let after = text[end..].chars().next();
    let second = text[end..].chars().nth(1);
    let goes_on = after.is_some_and(|c| {
        is_letter(c) || (matches!(c, ':' | '.' | '-' | '/') && second.is_some_and(|c| c.is_ascii_digit()))
    });
    // `1/1` is New Year and `121` a number, unless more says otherwise; `1-1` needs two people, which callers check.
    (!goes_on && *found != "121" && *found != "1/1").then_some(end)
}
