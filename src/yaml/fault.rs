//! What is wrong with the YAML itself, found while the tree is built; and how it is said.

use granit_parser::ScanError;

use super::node::Node;
use crate::base::message::{Message, Quote, message};
use crate::source::{Code, Diagnostic, FileIx, Mark, Place};

/// One thing that is wrong.
#[derive(Debug)]
pub struct Fault {
    /// The code of the diagnostic.
    pub code: Code,
    /// What is wrong.
    pub message: Message<Quote>,
    /// What to do.
    pub help: Option<Message<Quote>>,
    /// Where.
    pub mark: Mark,
    /// How many characters.
    pub length: u32,
    /// The place it clashes with.
    pub also: Option<Mark>,
}

impl Fault {
    /// A fault of one character.
    pub fn new(code: Code, message: Message<Quote>, mark: Mark) -> Fault {
        Fault { code, message, help: None, mark, length: 1, also: None }
    }

    /// With what to do.
    #[must_use]
    pub fn help(mut self, help: Message<Quote>) -> Fault {
        self.help = Some(help);
        self
    }

    /// As a diagnostic.
    pub fn diagnose(self, file: FileIx) -> Diagnostic {
        let mut diagnostic =
            Diagnostic::error(self.code, self.message, Place::exact(file, self.mark, self.length));
        diagnostic.help = self.help;
        diagnostic.also = self.also.map(|mark| (Place::exact(file, mark, self.length), "first here"));
        diagnostic
    }
}

/// What to write if there is no portfolio at all.
pub(super) fn what_to_write() -> Message<Quote> {
    message!("a portfolio begins with `people:`; `debt init` writes one to start from")
}

pub(super) fn not_a_mapping(what: &'static str, mark: Mark) -> Fault {
    let message = message!("expected keys such as `people:` at the top, found ", what);
    Fault::new(Code::NotAMapping, message, mark).help(what_to_write())
}

pub(super) fn key_must_be_text(key: &Node<'_>) -> Fault {
    Fault::new(Code::WrongValue, message!("expected a text as key"), key.mark)
}

pub(super) fn duplicate_key(key: &Node<'_>, first: Mark) -> Fault {
    let name = key.text().unwrap_or_default().to_owned();
    let mut fault = Fault::new(Code::DuplicateKey, message!("duplicate key `", name, "`"), key.mark);
    fault.length = key.length;
    fault.also = Some(first);
    fault.help(message!("keep one of the two"))
}

/// A file holds one document; a `---` at its end begins another, empty one.
pub(super) fn second_document(mark: Mark, is_empty: bool) -> Fault {
    let (message, help) = if is_empty {
        (message!("this `---` begins a second document, which is empty"), message!("remove the `---`"))
    } else {
        let help = message!("write one document per file; the files of a folder are merged");
        (message!("a second document begins here"), help)
    };
    Fault { length: 3, ..Fault::new(Code::SecondDocument, message, mark).help(help) }
}

pub(super) fn syntax(error: &ScanError) -> Fault {
    let marker = error.marker();
    let mark = Mark { line: clipped(marker.line()).max(1), column: clipped(marker.col()).saturating_add(1) };
    let info = error.info();
    let fault = Fault::new(Code::Syntax, Message::words(format!("invalid YAML: {info}")), mark);
    if info.contains("tab") {
        fault.help(message!("indent with spaces, not with tabs"))
    } else if info.contains("mapping values") || info.contains("simple key") {
        fault.help(message!("put a text that contains `: ` or ` #` in quotes, and align the keys of an item"))
    } else if info.contains("recursion") {
        fault.help(message!("use fewer levels of nesting"))
    } else if info.contains("illegal placement") || info.contains("flow") {
        fault.help(message!("close each `[` with `]` and each `{` with `}`"))
    } else if info.contains("unclosed quote") {
        fault.help(message!("add the closing quote of the text that begins here"))
    } else if info.contains("unknown anchor") {
        fault.help(message!("write the value out; put a text that begins with `*` or `&` in quotes"))
    } else {
        fault
    }
}

pub(super) fn clipped(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
