//! Links from a place such as `portfolio.yaml:12` to that line of the file, on terminals that know them (OSC 8). They are put
//! into text that is laid out already, since they have no width.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use super::output::ReadFiles;
use crate::render::escape::{relative_uri, terminal};

/// A text that leads to a line of a file; the text alone where there is no such file.
pub(super) fn link(file: &str, line: u32, text: &str) -> String {
    match target(Path::new(file)) {
        Some(target) => linked(&target, &line.to_string(), text),
        None => text.to_owned(),
    }
}

fn linked(target: &str, line: &str, text: &str) -> String {
    format!("\u{1b}]8;;{target}#{line}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\")
}

/// `file:///home/bo/portfolio.yaml`. Terminals on another machine are told apart in `env.rs`.
fn target(file: &Path) -> Option<String> {
    let real = fs::canonicalize(file).ok()?;
    Some(format!("file:///{}", relative_uri(real.to_str()?)))
}

/// The same text with a link at each place in one of these files.
pub(super) fn linked_places(text: &str, files: &ReadFiles) -> String {
    let targets: HashMap<String, String> =
        files.paths().filter_map(|path| Some((terminal(&path.to_string_lossy()), target(path)?))).collect();
    if targets.is_empty() {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (colon, _) in text.match_indices(':') {
        let (before, after) = (text.get(done..colon).unwrap_or_default(), &text[colon + 1..]);
        let line: String = after.chars().take_while(char::is_ascii_digit).collect();
        let file = last_word(before);
        let Some(target) = targets.get(file).filter(|_| !line.is_empty()) else { continue };
        let start = colon - file.len();
        let end = colon + 1 + line.len() + column(&after[line.len()..]);
        out.push_str(&text[done..start]);
        out.push_str(&linked(target, &line, &text[start..end]));
        done = end;
    }
    out.push_str(&text[done..]);
    out
}

/// What stands directly before a colon: a name, without a bracket or a colour before it.
fn last_word(text: &str) -> &str {
    let start = text.rfind(|c: char| c.is_whitespace() || c == '(').map_or(0, |at| at + 1);
    let word = text.get(start..).unwrap_or_default();
    match word.rfind('\u{1b}').and_then(|escape| Some(escape + word[escape..].find('m')? + 1)) {
        Some(after) => &word[after..],
        None => word,
    }
}

/// The bytes of `:12` at the start of a text.
fn column(text: &str) -> usize {
    let digits =
        text.strip_prefix(':').map_or(0, |rest| rest.chars().take_while(char::is_ascii_digit).count());
    if digits > 0 { digits + 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_place_in_a_file_that_was_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a b.yaml");
        let plain = folder.path().join("plain.yaml");
        fs::write(&file, "").expect("written");
        fs::write(&plain, "").expect("written");
        let files = ReadFiles::default().and([plain.clone(), file]);
        let name = plain.display().to_string();
        let text = format!("--> \u{1b}[0m{name}:2:25 and ({name}:7) or {name}: none, other.yaml:3");
        let linked = linked_places(&text, &files);
        assert_eq!(linked.matches("\u{1b}]8;;file:///").count(), 2, "{linked:?}");
        assert!(linked.contains(&format!("#2\u{1b}\\{name}:2:25\u{1b}]8;;\u{1b}\\ and (")), "{linked:?}");
        assert!(linked.ends_with("other.yaml:3"));
    }
}
