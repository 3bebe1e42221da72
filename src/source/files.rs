//! Files, folders and standard input become texts that are known to be UTF-8 without hidden characters.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::at::At;
use super::bytes;
use super::code::Code;
use super::diagnostic::{Diagnostic, Diagnostics};
use super::place::{FileIx, Mark, Place};
use crate::base::message::{Message, Quote, message};
use crate::base::names::Untrusted;

/// One text with the name it is shown under.
#[derive(Debug)]
pub struct Source {
    /// The path as typed, with forward slashes; `<stdin>` for standard input.
    pub name: Untrusted,
    /// Its text, without a byte-order mark.
    pub text: String,
    /// The file that it was read from, where it was one.
    pub path: Option<PathBuf>,
    /// Where programs find it, once somebody has looked.
    pub at: Option<Arc<At>>,
}

/// Every text of a run.
#[derive(Debug, Default)]
pub struct Sources(pub Vec<Source>);

/// What a path of the command line means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Origin {
    /// A file, or a folder with every `*.yaml` and `*.yml` under it.
    Path(PathBuf),
    /// Standard input.
    Stdin,
}

/// The text of a file that an editor has changed and not saved; none where the disk has what counts.
pub type Overlay<'o> = dyn Fn(&Path) -> Option<String> + 'o;

/// The file that configures runs, and is never part of a portfolio.
pub const CONFIG_FILE: &str = "debt.yaml";

/// The list of what is imported week after week; never part of a portfolio either.
pub const SYNC_FILE: &str = "debt.sync.yaml";

/// Whether a path on the command line is `-`: standard input, or standard output for what is written.
pub fn is_dash(path: &Path) -> bool {
    path.as_os_str() == "-"
}

impl From<&Path> for Origin {
    fn from(path: &Path) -> Origin {
        if is_dash(path) { Origin::Stdin } else { Origin::Path(path.to_owned()) }
    }
}

impl Origin {
    /// What each of these paths means.
    pub fn all(paths: &[PathBuf]) -> Vec<Origin> {
        paths.iter().map(|path| Origin::from(path.as_path())).collect()
    }
}

impl Sources {
    /// The text of a file.
    pub fn text(&self, file: FileIx) -> &str {
        self.0.get(file.index()).map_or("", |source| &source.text)
    }

    /// The name of a file.
    pub fn name(&self, file: FileIx) -> Option<&Untrusted> {
        self.0.get(file.index()).map(|source| &source.name)
    }

    /// Reads all of these; what cannot be read is a diagnostic, and the rest is read all the same. A file that
    /// is reached twice is read once.
    pub fn read(&mut self, origins: &[Origin], diagnostics: &mut Diagnostics) {
        self.read_beside(None, origins, diagnostics);
    }

    /// The same without the file of a policy, which may lie in the folder of the portfolio.
    pub fn read_beside(&mut self, policy: Option<&Path>, origins: &[Origin], diagnostics: &mut Diagnostics) {
        self.read_over(policy, origins, &|_| None, diagnostics);
    }

    /// The same, with texts that count instead of what is on the disk.
    pub fn read_over(
        &mut self,
        policy: Option<&Path>,
        origins: &[Origin],
        overlay: &Overlay<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        let mut seen: HashSet<PathBuf> =
            policy.and_then(|path| fs::canonicalize(path).ok()).into_iter().collect();
        for (index, origin) in origins.iter().enumerate() {
            match origin {
                Origin::Stdin if origins[..index].contains(&Origin::Stdin) => {}
                Origin::Stdin => {
                    let outcome = bytes::to_end(io::stdin().lock(), Vec::new());
                    let file = self.add("<stdin>".to_owned(), outcome, diagnostics);
                    if let Some(source) = self.0.get_mut(file.index()) {
                        source.at = Some(Arc::new(At::Nowhere));
                    }
                }
                Origin::Path(path) if path.is_dir() => {
                    let files = files_under(path, &YAML, diagnostics);
                    if files.is_empty() {
                        let message = message!("the folder ")
                            .and(Message::file(shown(path)))
                            .and(message!(" contains no *.yaml or *.yml file"));
                        diagnostics.push(Diagnostic::nowhere(Code::Empty, message));
                    }
                    for file in files {
                        self.add_once(&file, &mut seen, overlay, diagnostics);
                    }
                }
                Origin::Path(path) => self.add_once(path, &mut seen, overlay, diagnostics),
            }
        }
    }

    fn add_once(
        &mut self,
        path: &Path,
        seen: &mut HashSet<PathBuf>,
        overlay: &Overlay<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        if let Ok(real) = fs::canonicalize(path)
            && !seen.insert(real)
        {
            return;
        }
        let text = overlay(path).map(|text| Ok(text.into_bytes()));
        let file = self.add(shown(path), text.unwrap_or_else(|| bytes::of_file(path)), diagnostics);
        if let Some(source) = self.0.get_mut(file.index()) {
            source.path = Some(path.to_owned());
        }
    }

    /// The files that were read.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.0.iter().filter_map(|source| source.path.as_deref())
    }

    /// Lets go of the texts, and keeps what they are called: what has been read without an error needs no more.
    pub fn forget_texts(&mut self) {
        for source in &mut self.0 {
            source.text = String::new();
        }
    }

    /// Lets go of the text of one file.
    pub fn forget_text(&mut self, file: FileIx) {
        if let Some(source) = self.0.get_mut(file.index()) {
            source.text = String::new();
        }
    }

    /// Adds one text from its bytes, or says why it is none.
    pub fn add(&mut self, name: String, bytes: io::Result<Vec<u8>>, diagnostics: &mut Diagnostics) -> FileIx {
        let file = FileIx(u32::try_from(self.0.len()).unwrap_or(u32::MAX));
        let text = match bytes {
            Ok(bytes) => text_of(bytes, file, diagnostics),
            Err(error) => {
                let message = message!("this file cannot be read: ").and(Message::words(bytes::why(&error)));
                diagnostics.push(Diagnostic::error(Code::Unreadable, message, Place::whole(file)));
                String::new()
            }
        };
        self.0.push(Source { name: Untrusted::new(name), text, path: None, at: None });
        file
    }
}

pub(super) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

/// Every file with one of these endings under a folder, in the order of their paths; hidden files and folders, and
/// the configuration, are passed over.
pub(super) fn files_under(folder: &Path, endings: &[&str], diagnostics: &mut Diagnostics) -> Vec<PathBuf> {
    let hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
    let walk = walkdir::WalkDir::new(folder)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !hidden(entry.file_name()));
    let mut files = Vec::new();
    for entry in walk {
        match entry {
            Ok(entry) if entry.file_type().is_file() => {
                let ending = entry.path().extension().unwrap_or_default().to_ascii_lowercase();
                let is_config = entry.file_name() == CONFIG_FILE || entry.file_name() == SYNC_FILE;
                if !is_config && endings.iter().any(|wanted| ending == *wanted) {
                    files.push(entry.into_path());
                }
            }
            Ok(_) => {}
            Err(error) => {
                let path = error.path().map(shown).unwrap_or_default();
                let why = if error.loop_ancestor().is_some() {
                    "a symbolic link leads back to a folder above it".to_owned()
                } else {
                    error.io_error().map_or_else(String::new, bytes::why)
                };
                let message = message!("cannot read ")
                    .and(Message::file(path))
                    .and(message!(": "))
                    .and(Message::words(why));
                diagnostics.push(Diagnostic::nowhere(Code::Unreadable, message));
            }
        }
    }
    files
}

/// Whether a file in a folder of a portfolio is a part of it, by its ending.
pub fn is_yaml(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default();
    YAML.iter().any(|yaml| ending.eq_ignore_ascii_case(yaml))
}

/// The endings of a portfolio's files.
const YAML: [&str; 2] = ["yaml", "yml"];

/// Every file that is read for these paths, in order; a path that is neither a file nor a folder stands for itself.
pub fn inputs(paths: &[PathBuf]) -> Vec<PathBuf> {
    let files = |path: &PathBuf| {
        if path.is_dir() { files_under(path, &YAML, &mut Diagnostics::default()) } else { vec![path.clone()] }
    };
    paths.iter().flat_map(files).collect()
}

/// Checks that bytes are UTF-8 text that shows what it holds.
fn text_of(mut bytes: Vec<u8>, file: FileIx, diagnostics: &mut Diagnostics) -> String {
    let mut refuse = |code, message: Message<Quote>, place: Place, help: Message<Quote>| {
        diagnostics.push(Diagnostic::error(code, message, place).help(help));
        String::new()
    };
    let whole = Place::whole(file);
    if bytes.len() > bytes::LARGEST {
        return refuse(
            Code::TooLarge,
            message!("this file is larger than 4 GiB"),
            whole,
            message!("split it into several files of one folder"),
        );
    }
    if let Some((code, message, help)) = placeholder(&bytes) {
        return refuse(code, message!(message), whole, message!(help));
    }
    if let Some(name) = other_encoding(&bytes) {
        let message =
            message!("this file is ").and(Message::words(name.to_owned())).and(message!(", not UTF-8"));
        return refuse(Code::NotUtf8, message, whole, message!("save it as UTF-8"));
    }
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3);
    }
    match String::from_utf8(bytes) {
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let mark = mark_at(&String::from_utf8_lossy(&bytes[..valid]));
            let byte = bytes.get(valid).copied().unwrap_or_default();
            let message = Message::words(format!("invalid UTF-8: unexpected byte 0x{byte:02X}"));
            let help = message!("save it as UTF-8; it may be Latin-1 or Windows-1252 now");
            diagnostics
                .push(Diagnostic::error(Code::NotUtf8, message, Place::exact(file, mark, 1)).help(help));
            // For the snippet only: nothing is read from a file with an error of this kind.
            String::from_utf8_lossy(&bytes).into_owned()
        }
        Ok(text) => match hidden_character(&text) {
            Some((offset, character)) => {
                let mark = mark_at(&text[..offset]);
                let message = Message::words(format!("invisible character U+{:04X}", u32::from(character)));
                let help = Message::words(format!(
                    "remove it, or write it as \"\\u{:04X}\" in double quotes if it is meant",
                    u32::from(character)
                ));
                // The text is kept for the snippet; nothing is read from a file with an error of this kind.
                diagnostics.push(
                    Diagnostic::error(Code::HiddenCharacter, message, Place::exact(file, mark, 1)).help(help),
                );
                text
            }
            None => text,
        },
    }
}

/// A placeholder of a file that is elsewhere or encrypted: its code, what it is, and how to get the file itself.
fn placeholder(bytes: &[u8]) -> Option<(Code, &'static str, &'static str)> {
    if bytes.starts_with(b"version https://git-lfs.github.com/spec/") {
        let message = "this is a pointer of Git LFS, not the file itself";
        return Some((Code::LfsPointer, message, "git lfs pull; in a CI job check out with LFS"));
    }
    let locked = bytes.starts_with(b"\0GITCRYPT\0");
    locked.then_some((Code::Encrypted, "this file is encrypted by git-crypt", "git-crypt unlock"))
}

/// The name of the encoding that the first bytes show, where it is not UTF-8.
fn other_encoding(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] => Some("UTF-32 (little-endian)"),
        [0, 0, 0xFE, 0xFF, ..] => Some("UTF-32 (big-endian)"),
        [0xFF, 0xFE, ..] => Some("UTF-16 (little-endian)"),
        [0xFE, 0xFF, ..] => Some("UTF-16 (big-endian)"),
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => {
            Some("UTF-16 (little-endian, without a mark)")
        }
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => {
            Some("UTF-16 (big-endian, without a mark)")
        }
        _ => None,
    }
}

/// How many bytes are checked in one pass.
const BLOCK: usize = 256;

/// The first character that YAML does not allow raw, or that makes the text look other than it is.
fn hidden_character(text: &str) -> Option<(usize, char)> {
    // Bytes first: the text is large and has none of these nearly always.
    let suspicious =
        |byte: &u8| matches!(byte, 0..=0x08 | 0x0B | 0x0C | 0x0E..=0x1F | 0x7F | 0xC2 | 0xE2 | 0xEF);
    let mut from = 0;
    while let Some(rest) = text.as_bytes().get(from..).filter(|rest| !rest.is_empty()) {
        let block = &rest[..rest.len().min(BLOCK)];
        // Without an early exit many bytes are checked in one step.
        if !block.iter().fold(false, |any, byte| any | suspicious(byte)) {
            from += block.len();
            continue;
        }
        let offset = from + block.iter().position(suspicious)?;
        let character = text[offset..].chars().next()?;
        if is_hidden(character) {
            return Some((offset, character));
        }
        from = offset + character.len_utf8();
    }
    None
}

fn is_hidden(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' | '\u{85}' => false,
        // Embeddings, overrides and isolates; the plain direction marks are part of honest names.
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' => true,
        other => other.is_control(),
    }
}

fn mark_at(before: &str) -> Mark {
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let clipped = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Mark { line: clipped(line), column: clipped(column) }
}

/// Whether a file has been refused before reading began, so that nothing is to be read from it.
pub fn is_refused(file: FileIx, diagnostics: &Diagnostics) -> bool {
    diagnostics.iter().any(|one| {
        one.place.as_ref().is_some_and(|place| place.file == file)
            && matches!(
                one.code,
                Code::HiddenCharacter
                    | Code::NotUtf8
                    | Code::TooLarge
                    | Code::Unreadable
                    | Code::LfsPointer
                    | Code::Encrypted
            )
    })
}
