//! How wide a text can get in a font that is not known: an upper bound for each character, so that what is drawn stays in
//! its box whatever the reader's fonts are.

use unicode_width::UnicodeWidthChar;

/// The size of the text in pixels.
pub(super) const SIZE: i64 = 13;

/// A text that is not wider than so many pixels; where it is cut it ends in an ellipsis.
pub(super) fn fitted(text: &str, room: i64) -> String {
    let text = &unstacked(text);
    let room = room.saturating_mul(1_000) / SIZE;
    let whole: i64 = text.chars().map(most).sum();
    if whole <= room {
        return text.to_owned();
    }
    let mut taken = most('\u{2026}');
    let mut cut = String::new();
    for character in text.chars() {
        taken += most(character);
        if taken > room {
            break;
        }
        cut.push(character);
    }
    cut.truncate(cut.trim_end().len());
    cut.push('\u{2026}');
    cut
}

/// A text without the marks that would pile up over their letter and out of the box: no language puts more than two there.
fn unstacked(text: &str) -> String {
    let mut piled = 0;
    let keep = |character: &char| {
        let is_mark = matches!(character, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}');
        piled = if is_mark { piled + 1 } else { 0 };
        piled <= 2
    };
    text.chars().filter(keep).collect()
}

/// The most that a character takes in thousandths of the text's size, in the widest of the usual fonts.
fn most(character: char) -> i64 {
    match character {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | '\'' | '|' | '!' | ':' | ';' | ' ' => 420,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' | '/' | '\\' => 450,
        'm' | 'w' | 'W' | 'M' | '@' | '%' | '\u{2026}' => 1_030,
        'a'..='z' | '0'..='9' => 660,
        'A'..='Z'
        | '#'
        | '<'
        | '>'
        | '+'
        | '='
        | '~'
        | '^'
        | '&'
        | '_'
        | '"'
        | '{'
        | '}'
        | '$'
        | '?'
        | '*'
        | '`' => 860,
        '\u{B7}'..='\u{3FF}' => 950,
        // Ligatures that stand for a whole sentence, and signs as wide as a word.
        '\u{FDFA}'..='\u{FDFD}' | '\u{12000}'..='\u{1254F}' => 14_000,
        other => match other.width() {
            None | Some(0) => 0,
            Some(1) => 1_250,
            Some(_) if other < '\u{1F000}' => 1_100,
            Some(_) => 1_450,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::fitted;

    #[test]
    fn long_names_are_cut() {
        assert_eq!(fitted("Ana Souza", 200), "Ana Souza");
        let cut = fitted(&"Wide ".repeat(40), 200);
        assert!(cut.ends_with('\u{2026}') && cut.chars().count() < 30, "{cut}");
        assert!(fitted("\u{FDFD}", 60).starts_with('\u{2026}'));
    }
}
