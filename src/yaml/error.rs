//! What can be wrong with one node, as the reader of records meets it; and how it is said.

use std::fmt;

use serde::de;

use super::node::Node;
use crate::base::message::{Message, Quote, message};
use crate::base::nearest::meant;
use crate::source::{Code, Diagnostic, FileIx, Place};

/// The error of the deserializer: what, and the way down to the node.
#[derive(Debug)]
pub struct ReadError {
    /// What is wrong.
    pub what: What,
    /// Child positions from the node up to the root, innermost first.
    pub path: Vec<usize>,
}

/// What is wrong.
#[derive(Debug)]
pub enum What {
    /// A key that the record does not have.
    UnknownKey(String, &'static [&'static str]),
    /// A word that is none of these.
    UnknownWord(String, &'static [&'static str]),
    /// A required key that is not there.
    MissingKey(&'static str),
    /// Something else was expected. `true`: a number or truth value that quotes would turn into text.
    Expected(String, bool),
    /// In words.
    Other(String),
}

impl ReadError {
    fn new(what: What) -> ReadError {
        ReadError { what, path: Vec::new() }
    }

    /// Something else was expected here; `quotable` where quotes would make it right.
    pub fn expected(what: &dyn de::Expected, quotable: bool) -> ReadError {
        ReadError::new(What::Expected(what.to_string(), quotable))
    }

    /// The same error, seen from one node further up.
    #[must_use]
    pub fn under(mut self, child: usize) -> ReadError {
        self.path.push(child);
        self
    }

    /// Child positions from the root down.
    pub fn path_down(&self) -> Vec<usize> {
        self.path.iter().rev().copied().collect()
    }

    /// As a diagnostic, with the tree it came from.
    pub fn diagnose(&self, root: &Node<'_>, file: FileIx) -> Diagnostic {
        let path = self.path_down();
        let node = root.descend(&path);
        let at = |node: &Node<'_>| Place::exact(file, node.mark, node.length);
        match &self.what {
            What::UnknownKey(key, known) => {
                let key_node = root.key_at(&path).unwrap_or(node);
                unknown_key(key, known, at(key_node))
            }
            What::UnknownWord(word, known) => {
                let message = message!("unknown value `", word, "`");
                near(Code::UnknownWord, message, word, known, at(node))
            }
            What::MissingKey(key) => {
                let message = message!("missing key `", *key, "`");
                Diagnostic::error(Code::MissingKey, message, at(node))
                    .expected(message!("needs `", *key, "`"))
            }
            What::Expected(expected, quotable) => wrong_value(node, expected, *quotable, at(node)),
            What::Other(words) => {
                Diagnostic::error(Code::WrongValue, Message::words(words.clone()), at(node))
            }
        }
    }
}

/// An unknown key, with the nearest known one.
pub fn unknown_key(key: &str, known: &[&str], place: Place) -> Diagnostic {
    let message = message!("unknown key `", key.to_owned(), "`");
    near(Code::UnknownKey, message, key, known, place)
}

fn near(code: Code, message: Message<Quote>, typed: &str, known: &[&str], place: Place) -> Diagnostic {
    let (message, expected) = match few(known) {
        Some(few) => (message.and(message!(", ")).and(few.clone()), few),
        None => (message, Message::words(format!("expected one of: {}", known.join(", ")))),
    };
    let diagnostic = Diagnostic::error(code, message, place).expected(expected);
    match meant(typed, known) {
        Some(word) => diagnostic.help(Message::words(format!("did you mean `{word}`?"))),
        None => diagnostic,
    }
}

/// Two or three words, for the message itself; more are a list of their own.
fn few(known: &[&str]) -> Option<Message<Quote>> {
    Some(Message::words(match known {
        [one] => format!("expected `{one}`"),
        [one, other] => format!("expected `{one}` or `{other}`"),
        [one, two, three] => format!("expected `{one}`, `{two}` or `{three}`"),
        _ => return None,
    }))
}

/// What is expected where a truth value is.
pub(super) const TRUTH: &str = "true or false";

/// The truth value behind the words of older YAML.
fn truth_meant(text: &str) -> Option<&'static str> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "y" | "on" | "true" => Some("true"),
        "no" | "n" | "off" | "false" => Some("false"),
        _ => None,
    }
}

fn wrong_value(node: &Node<'_>, expected: &str, quotable: bool, place: Place) -> Diagnostic {
    let (kind, text) = node.described();
    let mut message = Message::words(format!("expected {expected}, found {kind}"));
    if let Some(text) = text {
        let (open, close) = if kind.is_empty() { ("\u{201C}", "\u{201D}") } else { ("", "") };
        message = message.and(message!(open, text.to_owned(), close));
    }
    let diagnostic = Diagnostic::error(Code::WrongValue, message, place)
        .expected(Message::words(format!("expected {expected}")));
    if let Some(truth) = text.filter(|_| expected == TRUTH).and_then(truth_meant) {
        return diagnostic.help(message!("write `", truth, "`"));
    }
    match text {
        Some(text) if quotable => diagnostic.help(message!("write it in quotes: \"", text.to_owned(), "\"")),
        _ => diagnostic,
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.what)
    }
}

impl std::error::Error for ReadError {}

impl de::Error for ReadError {
    fn custom<T: fmt::Display>(message: T) -> ReadError {
        ReadError::new(What::Other(message.to_string()))
    }
    fn invalid_type(_: de::Unexpected<'_>, expected: &dyn de::Expected) -> ReadError {
        ReadError::expected(expected, false)
    }
    fn invalid_value(_: de::Unexpected<'_>, expected: &dyn de::Expected) -> ReadError {
        ReadError::expected(expected, false)
    }
    fn unknown_variant(word: &str, known: &'static [&'static str]) -> ReadError {
        ReadError::new(What::UnknownWord(word.to_owned(), known))
    }
    fn unknown_field(key: &str, known: &'static [&'static str]) -> ReadError {
        ReadError::new(What::UnknownKey(key.to_owned(), known))
    }
    fn missing_field(key: &'static str) -> ReadError {
        ReadError::new(What::MissingKey(key))
    }
}
