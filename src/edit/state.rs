//! A file that is being edited, with what its text must say in the end: worked out from what it says and the changes,
//! and not from the edits.

use std::collections::BTreeMap;

use super::document::{self, Document};
use super::keys::{self, Odd};
use crate::base::message::{Message, Quote, message};
use crate::model::patch::PatchError;
use crate::records::sections::List;
use crate::source::{Code, FileIx, Mark, Place};
use crate::yaml::spans::Spanned;
use crate::yaml::value::Value;

/// Why an edit is not made.
pub(super) struct Trouble {
    pub(super) code: Code,
    pub(super) place: Option<Place>,
    pub(super) why: Message<Quote>,
}

impl From<PatchError> for Trouble {
    fn from(error: PatchError) -> Trouble {
        let why = match error {
            PatchError::Unknown(why) => why,
            PatchError::Invalid(all) => all.into_iter().next().unwrap_or_default(),
        };
        Trouble { code: Code::CannotFix, place: None, why }
    }
}

/// A file that is being edited.
pub(super) struct State {
    pub(super) document: Document,
    /// What its text must say in the end.
    pub(super) expected: Value,
    /// The items of each section as they are now, each by its index at the beginning; none for a new one.
    pub(super) items: BTreeMap<&'static str, Vec<Option<usize>>>,
}

impl State {
    pub(super) fn new(text: &str, file: FileIx) -> Result<State, Trouble> {
        let document = Document::new(text);
        let tree = document.tree().map_err(|_| unreadable(file))?;
        let (expected, mut items) = (tree.value(), BTreeMap::new());
        for list in List::ALL {
            let count = tree.get(list.key()).map_or(0, |list| list.items().len());
            items.insert(list.key(), (0..count).map(Some).collect());
        }
        drop(tree);
        Ok(State { document, expected, items })
    }

    /// Lets an edit be made to the text as it is now.
    pub(super) fn edit(
        &mut self,
        file: FileIx,
        edit: impl FnOnce(&str, &Spanned<'_>) -> keys::Splices,
    ) -> Result<bool, Trouble> {
        let tree = self.document.tree().map_err(|_| unreadable(file))?;
        let splices =
            edit(&self.document.text, &tree).map_err(|odd| odd_place(&self.document.text, file, odd))?;
        drop(tree);
        let is_any = !splices.is_empty();
        self.document.apply(splices);
        Ok(is_any)
    }

    /// Holds the text against what it must say.
    pub(super) fn check(&self, file: FileIx) -> Result<(), Trouble> {
        let says = self.document.tree().map(|tree| tree.value().canonical());
        if says.is_ok_and(|says| says == self.expected.canonical()) {
            return Ok(());
        }
        let why = message!("the edited text would not say what it should; nothing was written");
        Err(Trouble { code: Code::InternalFix, place: Some(Place::whole(file)), why })
    }

    /// What an item, or the whole file, must say; made where it is not there.
    pub(super) fn expected_item(&mut self, place: Option<(&'static str, usize)>) -> Option<&mut Value> {
        let Some((section, index)) = place else { return Some(&mut self.expected) };
        let Value::List(items) = expected_list(&mut self.expected, section)? else { return None };
        items.get_mut(index)
    }
}

pub(super) fn expected_list<'e>(expected: &'e mut Value, section: &str) -> Option<&'e mut Value> {
    let Value::Map(entries) = expected else { return None };
    entries.iter_mut().find(|(key, _)| key == section).map(|(_, value)| value)
}

pub(super) fn unreadable(file: FileIx) -> Trouble {
    let why = message!("the text cannot be read to be edited");
    Trouble { code: Code::CannotFix, place: Some(Place::whole(file)), why }
}

pub(super) fn odd_place(text: &str, file: FileIx, Odd(at, why): Odd) -> Trouble {
    let before = &text[..at.min(text.len())];
    let start = document::line_start(before, before.len());
    let lines = before.matches('\n').count() + before.replace("\r\n", "\n").matches('\r').count();
    let small = |count: usize| u32::try_from(count).unwrap_or(u32::MAX).saturating_add(1);
    let mark = Mark { line: small(lines), column: small(before[start..].chars().count()) };
    Trouble { code: Code::CannotFix, place: Some(Place::exact(file, mark, 1)), why: message!(why) }
}

pub(super) fn gone(name: &str) -> Trouble {
    Trouble { code: Code::CannotFix, place: None, why: message!("there is no ", name.to_owned()) }
}
