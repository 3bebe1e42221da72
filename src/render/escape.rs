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
