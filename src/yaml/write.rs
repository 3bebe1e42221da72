//! Text as YAML that reads back as the same text: the other direction of `scalar.rs`. Escapes what YAML does not
//! take raw, so that no text of a foreign file can become a key, a comment or a control.

use super::scalar::{self, Plain};

/// A scalar: as it is where nothing in it means anything to YAML, else in double quotes. Fit for block and flow
/// lists alike.
pub fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// Words that older readers of YAML take for truth values.
const TRUTHS: [&str; 6] = ["yes", "no", "on", "off", "y", "n"];

fn is_plain(text: &str) -> bool {
    let ordinary = |character: char| character.is_alphanumeric() || " ._@-/()+'&;".contains(character);
    text.starts_with(char::is_alphanumeric)
        && !text.ends_with(' ')
        && text.chars().all(ordinary)
        && scalar::kind(text) == Plain::Text
        && !TRUTHS.contains(&text.to_ascii_lowercase().as_str())
        // What looks like a number or a day to some reader: `001`, `1e3`, `2024-01-01`.
        && text.contains(|character: char| character.is_alphabetic() && !"eExXoO".contains(character))
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            shown if is_shown(shown) => out.push(shown),
            other if u32::from(other) <= 0xFFFF => out.push_str(&format!("\\u{:04X}", u32::from(other))),
            other => out.push_str(&format!("\\U{:08X}", u32::from(other))),
        }
    }
    out.push('"');
    out
}

/// Whether a character is seen as what it is.
fn is_shown(character: char) -> bool {
    let hidden = matches!(
        character,
        '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}'
    );
    !character.is_control() && !hidden
}

#[cfg(test)]
mod tests {
    use super::scalar;

    #[test]
    fn plain_where_it_is_safe() {
        for plain in
            ["ana", "Ana Souza", "a.b@example.org", "Inés", "李", "Bo / Ana", "EMP001", "O'Neil & Sons"]
        {
            assert_eq!(scalar(plain), plain);
        }
        for (text, written) in [
            ("", r#""""#),
            ("001", r#""001""#),
            ("1e3", r#""1e3""#),
            ("No", r#""No""#),
            ("null", r#""null""#),
            ("2024-01-01", r#""2024-01-01""#),
            ("a: b", r#""a: b""#),
            ("a #b", r#""a #b""#),
            ("- a", r#""- a""#),
            ("[a]", r#""[a]""#),
            ("a, b", r#""a, b""#),
            ("say \"a\\b\"\n", r#""say \"a\\b\"\n""#),
            ("\u{1b}[31m\u{202e}\u{85}", r#""\u001B[31m\u202E\u0085""#),
            (" a", r#"" a""#),
        ] {
            assert_eq!(scalar(text), written);
        }
    }
}
