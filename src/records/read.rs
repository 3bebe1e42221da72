//! One tree into one record: an error is recorded, what caused it is taken out, and the tree is read again,
//! until it reads. So one misspelt key does not hide the others.

use serde::Deserialize;

use super::values::EXPECTED_ID;
use super::{near_miss, shape};
use crate::base::message::Message;
use crate::base::nearest::meant;
use crate::source::{Code, Diagnostic, Diagnostics, FileIx, Place};
use crate::yaml::de::{Missing, NodeDe};
use crate::yaml::error::{ReadError, What};
use crate::yaml::node::Node;

/// The most errors of one item: each takes another reading, so the rest of the item is not read.
const MOST_ERRORS: usize = 50;

/// What is being read: a section's value, or an item of it.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    /// The key of the section.
    pub(super) section: &'static str,
    /// Whether one item of its list is read.
    pub(super) is_item: bool,
    file: FileIx,
}

impl Reading {
    /// The value of a section.
    pub fn value(section: &'static str, file: FileIx) -> Reading {
        Reading { section, is_item: false, file }
    }

    /// One item of a section.
    pub fn item(section: &'static str, file: FileIx) -> Reading {
        Reading { section, is_item: true, file }
    }

    /// Reports an error; without words if it is only counted.
    fn report(self, error: &ReadError, root: &Node<'_>, diagnostics: &mut Diagnostics) {
        diagnostics.push(if diagnostics.is_full() {
            Diagnostic::error(Code::WrongValue, Message::default(), Place::whole(self.file))
        } else {
            self.diagnose(error, root)
        });
    }

    /// The error with what to type instead, if that is known.
    fn diagnose(self, error: &ReadError, root: &Node<'_>) -> Diagnostic {
        let mut diagnostic = error.diagnose(root, self.file);
        let What::Expected(expected, _) = &error.what else { return diagnostic };
        let path = error.path_down();
        let node = root.descend(&path);
        let nearly = near_miss::instead_of(node, expected);
        diagnostic.help = nearly.or_else(|| shape::instead_of(self, root, &path)).or(diagnostic.help);
        if expected == EXPECTED_ID {
            diagnostic.instead_of_id = node.text().map(|text| (text.to_owned(), None));
        }
        diagnostic
    }
}

/// Reads a record from its tree. `None` if the whole is something else. After an error the record is
/// there to be checked further, not to be scored.
pub fn record<'t, T: Deserialize<'t>>(
    mut node: Node<'t>,
    reading: Reading,
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    let mut missing: Missing = Vec::new();
    let mut taken_out: Vec<(crate::source::Mark, String)> = Vec::new();
    for _ in 0..MOST_ERRORS {
        let error = match T::deserialize(NodeDe::new(&node, &missing)) {
            // With placeholders for what is missing: the error is recorded, and the rest is still to be checked.
            Ok(record) => return Some(record),
            Err(error) => error,
        };
        let path = error.path_down();
        if let What::MissingKey(key) = error.what {
            let lacking = node.descend(&path).mark;
            // A key whose value was wrong has been reported, and it is there.
            if !taken_out.iter().any(|(mark, taken)| *mark == lacking && taken == key) {
                reading.report(&error, &node, diagnostics);
            }
            missing.push((lacking, key));
            continue;
        }
        reading.report(&error, &node, diagnostics);
        if let Some((key, (_, parents))) = node.key_at(&path).and_then(Node::text).zip(path.split_last()) {
            let parent = node.descend(parents).mark;
            taken_out.push((parent, key.to_owned()));
            // Nor is the key missing that a misspelt one was meant as.
            if let What::UnknownKey(_, known) = &error.what
                && !diagnostics.is_full()
            {
                taken_out.extend(meant(key, known).map(|key| (parent, key.to_owned())));
            }
        }
        if !node.remove(&path) {
            return None;
        }
    }
    let message =
        Message::words(format!("more than {MOST_ERRORS} errors in one item; the rest of it was not read"));
    diagnostics.push(Diagnostic::error(
        Code::TooManyErrors,
        message,
        Place::exact(reading.file, node.mark, 1),
    ));
    None
}
