//! The one place where text of unknown origin is made fit for an output.

use crate::base::names::Label;

/// Characters that change how other characters are shown, or that a terminal obeys: C0, C1, DEL, the direction
/// controls and the separators that look like line ends.
pub fn is_control(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// For a terminal or a log: controls are written out, everything else is left as it is.
pub fn terminal(text: &str) -> String {
    if !text.chars().any(is_control) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        terminal_char(character, &mut shown);
    }
    shown
}

/// One character for a terminal.
pub fn terminal_char(character: char, shown: &mut String) {
    match character {
        '\n' => shown.push_str("\\n"),
        '\r' => shown.push_str("\\r"),
        '\t' => shown.push_str("\\t"),
        control if is_control(control) => shown.push_str(&format!("\\u{{{:X}}}", u32::from(control))),
        other => shown.push(other),
    }
}

/// A label for a terminal.
pub fn label(label: &Label) -> String {
    terminal(label.raw())
}

/// JSON text whose strings hold no raw control: what `serde_json` leaves is written as `\u and four digits`, without loss.
#[derive(Clone, Copy, Debug, Default)]
pub struct JsonControls;

impl serde_json::ser::Formatter for JsonControls {
    fn write_string_fragment<W: ?Sized + std::io::Write>(
        &mut self,
        writer: &mut W,
        text: &str,
    ) -> std::io::Result<()> {
        let mut plain_from = 0;
        for (index, character) in text.char_indices().filter(|(_, character)| is_control(*character)) {
            writer.write_all(&text.as_bytes()[plain_from..index])?;
            write!(writer, "\\u{:04x}", u32::from(character))?;
            plain_from = index + character.len_utf8();
        }
        writer.write_all(&text.as_bytes()[plain_from..])
    }
}

/// A CSV cell of text: controls are written out, and what a spreadsheet would take for a formula gets an
/// apostrophe in front, as one types it there. Ids never begin like that, so joins by id hold.
pub fn csv(text: &str) -> String {
    let shown = terminal(text);
    // Tabs and line ends are written out above, but a formula may stand behind them: they count as its start.
    let starts_formula = |character: char| {
        matches!(
            character,
            '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\u{FF1D}' | '\u{FF0B}' | '\u{FF0D}' | '\u{FF20}'
        )
    };
    if text.trim_start_matches(' ').starts_with(starts_formula) { format!("'{shown}") } else { shown }
}

/// Text inside a line of Markdown: what has a meaning is escaped, and nothing becomes a mention, a reference, a link
/// or an end of the cell.
pub fn markdown(text: &str) -> String {
    let shown = terminal(text);
    let mut out = String::with_capacity(shown.len());
    for (index, character) in shown.char_indices() {
        let (before, after) = (&shown[..index], &shown[index + character.len_utf8()..]);
        match character {
            // Forges look for mentions and references in the text as it is shown, where a backslash is gone: a
            // space without width keeps them apart.
            '@' => out.push_str("@&#8203;"),
            '#' => out.push_str("\\#&#8203;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '!' => out.extend(['\\', character]),
            // A list where they stand first.
            '-' | '+' if before.is_empty() => out.extend(['\\', character]),
            '.' | ')' if before.bytes().all(|byte| byte.is_ascii_digit()) => out.extend(['\\', character]),
            // Addresses that become links without brackets.
            '.' if before
                .get(before.len().saturating_sub(3)..)
                .is_some_and(|end| end.eq_ignore_ascii_case("www")) =>
            {
                out.push_str("\\.");
            }
            ':' if after.starts_with("//") => out.push_str("\\:"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_shown_and_nothing_else_changes() {
        assert_eq!(terminal("Zoë 李 \u{1F600}"), "Zoë 李 \u{1F600}");
        assert_eq!(terminal("a\u{1b}[31mb"), "a\\u{1B}[31mb");
        assert_eq!(terminal("a\u{202e}b\u{85}\n"), "a\\u{202E}b\\u{85}\\n");
    }

    #[test]
    fn json_is_lossless() {
        let text = "a\u{202e}b\u{7f}\u{9b}\"\\\n";
        let mut bytes = Vec::new();
        let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, JsonControls);
        serde::Serialize::serialize(text, &mut serializer).expect("memory takes it");
        assert!(bytes.iter().all(u8::is_ascii_graphic));
        assert_eq!(serde_json::from_slice::<String>(&bytes).expect("it is JSON"), text);
    }
}
