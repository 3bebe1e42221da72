//! The one place where text of unknown origin is made fit for an output.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::PathBuf;

use crate::base::names::{Piece, Untrusted};
use crate::base::shell;

/// Characters that change how other characters are shown, or that a terminal obeys: C0, C1, DEL, the direction
/// controls and the separators that look like line ends.
pub fn is_control(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// For a terminal or a log: controls are written out, everything else is left as it is.
pub fn terminal(text: &str) -> String {
    written_out(text).into_owned()
}

/// The same, borrowed where nothing is to be written out.
fn written_out(text: &str) -> Cow<'_, str> {
    if is_plain(text) || !text.chars().any(is_control) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        terminal_char(character, &mut shown);
    }
    Cow::Owned(shown)
}

/// Whether a text has only visible ASCII and spaces, as nearly all have: eight bytes at a time.
fn is_plain(text: &str) -> bool {
    const EACH: u64 = u64::from_ne_bytes([1; 8]);
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    // The highest bit of a byte is set in one of the three where it is below a space, DEL or no ASCII. Such a byte may set
    // it in its neighbour as well, which changes nothing.
    let odd = |word: u64| word | word.wrapping_sub(EACH * 0x20) | word.wrapping_add(EACH);
    let all = words.iter().fold(0, |all, word| all | odd(u64::from_ne_bytes(*word)));
    all & (EACH * 0x80) == 0 && rest.iter().all(|byte| matches!(byte, b' '..=b'~'))
}

/// One character for a terminal.
pub fn terminal_char(character: char, shown: &mut String) {
    match character {
        '\n' => shown.push_str("\\n"),
        '\r' => shown.push_str("\\r"),
        '\t' => shown.push_str("\\t"),
        control if is_control(control) => {
            // A string takes every character.
            let _ = write!(shown, "\\u{{{:X}}}", u32::from(control));
        }
        other => shown.push(other),
    }
}

/// For a page: as for a terminal, but the two marks that only give a direction are left to do so.
pub fn page(text: &str) -> String {
    if is_plain(text) || !text.chars().any(|character| is_control(character) && !is_mark(character)) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_mark(character) { shown.push(character) } else { terminal_char(character, &mut shown) }
    }
    shown
}

/// A mark without width that is read in a direction and changes none beyond its neighbours.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{200E}' | '\u{200F}')
}

/// A command of `debt` with these paths, as a shell takes them. What is told goes behind them, so that none is taken for
/// its value.
pub fn with_paths(command: &str, paths: &[PathBuf]) -> String {
    let (act, told) = command.split_at(command.find(" --").unwrap_or(command.len()));
    let paths = paths.iter().map(|path| format!(" {}", terminal(&shell::word(&path.display().to_string()))));
    format!("{}{}{}", terminal(act), paths.collect::<Vec<_>>().concat(), terminal(told))
}

/// A label for a terminal.
pub fn label(label: &Untrusted) -> String {
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
        if is_plain(text) {
            return writer.write_all(text.as_bytes());
        }
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
    cell(text).into_owned()
}

/// The same, borrowed where it is written as it is.
pub fn cell(text: &str) -> Cow<'_, str> {
    let shown = written_out(text);
    // Tabs and line ends are written out above, but a formula may stand behind them: they count as its start.
    let starts_formula = |character: char| {
        matches!(
            character,
            '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\u{FF1D}' | '\u{FF0B}' | '\u{FF0D}' | '\u{FF20}'
        )
    };
    if text.trim_start_matches(' ').starts_with(starts_formula) {
        return Cow::Owned(format!("'{shown}"));
    }
    shown
}

/// Text inside a line of Markdown: what has a meaning is escaped, and nothing becomes a mention, a reference, a link
/// or an end of the cell.
pub fn markdown(text: &str) -> String {
    let shown = page(text);
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

/// Text inside HTML, elements and quoted attributes alike; `maud` escapes what is marked as text here.
impl maud::Render for Untrusted {
    fn render_to(&self, buffer: &mut String) {
        // A string takes every character.
        let _ = maud::Escaper::new(buffer).write_str(&page(self.raw()));
    }
}

/// A sentence in HTML; each name that is read from right to left is kept apart from what is around it.
pub fn said(text: &Untrusted) -> maud::Markup {
    said_as(text, str::to_owned)
}

/// The same, with this done to what comes first where that is no such name.
pub fn said_as(text: &Untrusted, first: impl Fn(&str) -> String) -> maud::Markup {
    maud::html! {
        @for (index, piece) in text.pieces().enumerate() {
            @match piece {
                Piece::Words(words) if index == 0 => (page(&first(words))),
                Piece::Words(words) => (page(words)),
                Piece::Name(name) => bdi { (page(name)) },
            }
        }
    }
}

/// The message of a workflow command: it ends only where we end it, and its lines are lines.
pub fn workflow_message(text: &str) -> String {
    let line = |line: &str| terminal(line.trim_end_matches('\r')).replace('%', "%25");
    text.split('\n').map(line).collect::<Vec<_>>().join("%0A")
}

/// A property of a workflow command, on one line.
pub fn workflow_property(text: &str) -> String {
    terminal(text).replace('%', "%25").replace(':', "%3A").replace(',', "%2C")
}

/// Text for XML, before the writer escapes its markup: XML 1.0 knows no controls, not even escaped ones.
pub fn xml(text: &str) -> String {
    let shown = terminal(text);
    if !shown.contains(['\u{FFFE}', '\u{FFFF}']) {
        return shown;
    }
    shown.replace('\u{FFFE}', "\\u{FFFE}").replace('\u{FFFF}', "\\u{FFFF}")
}

/// Text for a picture that is part of a page.
pub fn svg(text: &str) -> String {
    page(text).replace('\u{FFFE}', "\\u{FFFE}").replace('\u{FFFF}', "\\u{FFFF}")
}

/// The value of a gauge's label, before the encoder escapes quotes and backslashes.
pub fn openmetrics(text: &str) -> String {
    terminal(text)
}

/// The text of a SARIF message, in which brackets are links and braces are places to be filled.
pub fn sarif_message(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in terminal(text).chars() {
        match character {
            '\\' | '[' | ']' => out.extend(['\\', character]),
            '{' | '}' => out.extend([character, character]),
            other => out.push(other),
        }
    }
    out
}

/// A path as a relative URI reference with forward slashes; a root or a drive in front is left out.
pub fn relative_uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for part in path.split('/').filter(|part| !part.is_empty() && *part != ".") {
        if !out.is_empty() {
            out.push('/');
        }
        for byte in part.bytes() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'@' => {
                    out.push(char::from(byte));
                }
                other => {
                    // A string takes every character.
                    let _ = write!(out, "%{other:02X}");
                }
            }
        }
    }
    out
}

/// An absolute path as a URI.
pub fn file_uri(path: &str) -> String {
    let path = relative_uri(path);
    // A drive keeps its colon.
    let path = match path.split_once("%3A/") {
        Some((drive, rest)) if drive.len() == 1 => format!("{drive}:/{rest}"),
        _ => path,
    };
    format!("file:///{path}")
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
    fn a_command_can_be_pasted() {
        let paths = [PathBuf::from("a b/it's.yaml"), PathBuf::from("org/hr.yaml")];
        assert_eq!(
            with_paths("debt fix label:meeting:x --as craft", &paths),
            "debt fix label:meeting:x 'a b/it'\\''s.yaml' org/hr.yaml --as craft"
        );
        assert_eq!(with_paths("debt fix hold:meeting:x", &[]), "debt fix hold:meeting:x");
    }

    #[test]
    fn a_page_keeps_the_marks_of_direction_and_names_apart() {
        assert_eq!(page("a\u{200f}b\u{202e}c"), "a\u{200f}b\\u{202E}c");
        let name = "\u{5D3}\u{5DF} <b>";
        let text = format!("talk to {name}, and then more");
        let sentence = Untrusted::sentence(text.clone(), std::iter::once(8..8 + name.len()).collect());
        assert_eq!(said(&sentence).0, "talk to <bdi>\u{5D3}\u{5DF} &lt;b&gt;</bdi>, and then more");
        assert_eq!(said(&Untrusted::new(text.clone())).0, "talk to \u{5D3}\u{5DF} &lt;b&gt;, and then more");
        assert_eq!(sentence, Untrusted::new(text));
    }

    #[test]
    fn what_is_plain_is_so_byte_by_byte() {
        for odd in 0..=255_u8 {
            for at in 0..20 {
                let mut bytes = *b"abc def ~ ghi jkl mn";
                bytes[at] = odd;
                let text = String::from_utf8_lossy(&bytes);
                assert_eq!(is_plain(&text), text.bytes().all(|byte| matches!(byte, b' '..=b'~')), "{text:?}");
            }
        }
    }

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(csv("=1+1"), "'=1+1");
        assert_eq!(csv("  @SUM(A1)"), "'  @SUM(A1)");
        assert_eq!(csv("\t=1"), "'\\t=1");
        assert_eq!(csv("\u{FF1D}1"), "'\u{FF1D}1");
        assert_eq!(csv("bo-ana"), "bo-ana");
    }

    #[test]
    fn markdown_stays_text() {
        assert_eq!(markdown("a|b\\|c"), "a\\|b\\\\\\|c");
        assert_eq!(markdown("@everyone #1"), "@&#8203;everyone \\#&#8203;1");
        assert_eq!(markdown("<b>&amp;"), "&lt;b&gt;&amp;amp;");
        assert_eq!(markdown("1. 1:1 x-y"), "1\\. 1:1 x-y");
        assert_eq!(markdown("https://www.x"), "https\\://www\\.x");
    }

    #[test]
    fn a_workflow_command_ends_where_we_end_it() {
        assert_eq!(workflow_message("100 %\n::error::x"), "100 %25%0A::error::x");
        assert_eq!(workflow_property("a:b,c%0A"), "a%3Ab%2Cc%250A");
    }

    #[test]
    fn uris_are_relative() {
        assert_eq!(relative_uri("./a b/<x>.yaml"), "a%20b/%3Cx%3E.yaml");
        assert_eq!(relative_uri("/etc/x.yaml"), "etc/x.yaml");
        assert_eq!(relative_uri("C:/x.yaml"), "C%3A/x.yaml");
    }

    #[test]
    fn absolute_paths_are_uris_of_files() {
        assert_eq!(file_uri("/tmp/a b.yaml"), "file:///tmp/a%20b.yaml");
        assert_eq!(file_uri("C:/x.yaml"), "file:///C:/x.yaml");
    }

    #[test]
    fn a_message_holds_no_link_and_no_placeholder() {
        assert_eq!(sarif_message("[x](http://y) {0}"), "\\[x\\](http://y) {{0}}");
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
