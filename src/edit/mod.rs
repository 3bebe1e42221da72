//! Edits to the text of a portfolio: bytes are replaced where a change is made, and every comment, line end, quote and
//! blank elsewhere stays. What cannot be edited so is refused, with the place and the change in words.

pub mod comments;
pub mod diff;
mod document;
pub mod files;
mod items;
mod keys;
pub(crate) mod outline;
mod state;
mod style;

use std::collections::BTreeMap;

pub use document::Splice;

use crate::base::message::{Message, Quote, message};
use crate::base::names::Untrusted;
use crate::model::patch::{Change, Patch, Target, kind_of, path, target};
use crate::model::{self, Portfolio, ReadOptions};
use crate::records::sections::{List, SECTIONS, Section};
use crate::source::{Code, Diagnostic, Diagnostics, FileIx, ItemAt, Mark, Place, Source, Sources};
use crate::yaml::spans::{self, Shape, Spanned};
use crate::yaml::value::Value;
use keys::{Editor, Odd, refused};
use state::{State, Trouble, expected_list, gone, unreadable};

/// The files that a patch changes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edited {
    /// In the order in which they were read; those that stay as they are, are not among them.
    pub files: Vec<EditedFile>,
}

/// A file that a patch changes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EditedFile {
    /// Which one.
    pub file: FileIx,
    /// What is replaced, in the order of the file and in the bytes that were read.
    pub splices: Vec<Splice>,
    /// Its new text.
    pub text: String,
}

/// Why a text is not edited.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CannotFix {
    /// `cannot-fix`; `internal-fix` where an edit came out wrong, which is a bug.
    pub code: Code,
    /// Where.
    pub place: Option<Place>,
    /// Why.
    pub why: Message<Quote>,
    /// The patch in words, a change each.
    pub by_hand: Vec<Message<Quote>>,
}

impl CannotFix {
    /// As an error to be shown: the help says what to do by hand.
    pub fn diagnostic(&self) -> Diagnostic {
        let mut help = message!("by hand: ");
        for (index, change) in self.by_hand.iter().enumerate() {
            let glue = if index > 0 { message!("; ") } else { Message::default() };
            help = help.and(glue).and(change.clone());
        }
        let error = Diagnostic::nowhere(self.code, self.why.clone()).help(help);
        Diagnostic { place: self.place.clone(), ..error }
    }
}

/// Makes a patch to the text that a portfolio was read from. The portfolio is the one without the patch.
pub fn apply(sources: &Sources, portfolio: &Portfolio, patch: &Patch) -> Result<Edited, CannotFix> {
    let mut edit = Edit { sources, portfolio, files: BTreeMap::new() };
    let refuse = |trouble: Trouble| CannotFix {
        code: trouble.code,
        place: trouble.place,
        why: trouble.why,
        by_hand: patch.0.iter().map(Change::in_words).collect(),
    };
    for change in &patch.0 {
        edit.change(change).map_err(refuse)?;
    }
    let mut files = Vec::new();
    for (file, state) in edit.files {
        state.check(file).map_err(refuse)?;
        let splices = state.document.splices();
        if !splices.is_empty() {
            files.push(EditedFile { file, splices, text: state.document.text });
        }
    }
    Ok(Edited { files })
}

/// A text with these replacements; `None` if they overlap or leave the text.
pub fn spliced(text: &str, splices: &[Splice]) -> Option<String> {
    let (mut new, mut at) = (String::with_capacity(text.len()), 0);
    for splice in splices {
        new.push_str(text.get(at..splice.from)?);
        new.push_str(&splice.text);
        at = splice.to;
    }
    new.push_str(text.get(at..)?);
    Some(new)
}

/// Replacements that were made one after the other, each in the text of those before, as one list in the bytes of the
/// text at the beginning.
pub fn composed(text: &str, steps: &[Vec<Splice>]) -> Vec<Splice> {
    let mut document = document::Document::new(text);
    for step in steps {
        document.apply(step.clone());
    }
    document.splices()
}

/// The sources with what was edited, under their names.
pub fn edited_sources(sources: &Sources, edited: &Edited) -> Sources {
    let source = |(index, source): (usize, &Source)| {
        let new = edited.files.iter().find(|file| file.file.index() == index);
        let text = new.map_or_else(|| source.text.clone(), |file| file.text.clone());
        Source {
            name: Untrusted::new(source.name.raw()),
            text,
            path: source.path.clone(),
            at: source.at.clone(),
        }
    };
    Sources(sources.0.iter().enumerate().map(source).collect())
}

/// The last look before anything is shown: whether the new text reads without an error, and says what the patched
/// portfolio says. The errors are about `edited_sources`.
pub fn verify(
    edited: &Sources,
    options: ReadOptions<'_>,
    patched: &Portfolio,
    diagnostics: &mut Diagnostics,
) -> bool {
    let read = model::read(edited, options, diagnostics);
    read.is_some_and(|read| read.portfolio.dump() == patched.dump())
}

struct Edit<'e> {
    sources: &'e Sources,
    portfolio: &'e Portfolio,
    files: BTreeMap<FileIx, State>,
}

impl Edit<'_> {
    fn state(&mut self, file: FileIx) -> Result<&mut State, Trouble> {
        match self.files.entry(file) {
            std::collections::btree_map::Entry::Occupied(there) => Ok(there.into_mut()),
            std::collections::btree_map::Entry::Vacant(free) => {
                Ok(free.insert(State::new(self.sources.text(file), file)?))
            }
        }
    }

    fn change(&mut self, change: &Change) -> Result<(), Trouble> {
        if let Change::Add { add, item, after } = change {
            return self.add(Change::list(add)?, item, after.as_deref());
        }
        let Some(name) = change.subject() else { return Ok(()) };
        let place = match target(name)? {
            Target::Portfolio => None,
            Target::Item(list, id) => Some((list, self.item_at(list, id, name)?)),
        };
        let file = match place {
            Some((_, at)) => at.file,
            None => self.portfolio.hr_system.as_ref().map_or(FileIx(0), |system| system.at.file),
        };
        let list = place.map(|(list, _)| list);
        let original = match place {
            Some((list, at)) => Some(self.index(list, at)?),
            None => None,
        };
        let state = self.state(file)?;
        let index = match (list, original) {
            (Some(list), Some(original)) => {
                let items = &state.items[list.key()];
                Some(items.iter().position(|one| *one == Some(original)).ok_or_else(|| gone(name))?)
            }
            _ => None,
        };
        let at = list.map(List::key).zip(index);
        if let (Change::Remove { .. }, Some((section, index))) = (change, at) {
            state.edit(file, |text, root| remove_item(text, root, section, index))?;
            if let Some(Value::List(items)) = expected_list(&mut state.expected, section) {
                items.remove(index);
            }
            state.items.entry(section).or_default().remove(index);
            return Ok(());
        }
        if let Some(expected) = state.expected_item(at) {
            change.amend(expected)?;
        }
        // Entries are taken out of a list one by one, each from the text without those before.
        while state.edit(file, |text, root| amend_item(text, root, list, at, change))? {
            if !matches!(change, Change::Strip { .. }) {
                break;
            }
        }
        Ok(())
    }

    fn item_at(&self, list: List, id: &str, name: &str) -> Result<ItemAt, Trouble> {
        let found = kind_of(list).and_then(|kind| self.portfolio.find(kind, id));
        found.and_then(|subject| self.portfolio.subject_at(subject)).ok_or_else(|| gone(name))
    }

    /// Which item of its section, counted within its file, is at a place.
    fn index(&self, list: List, at: ItemAt) -> Result<usize, Trouble> {
        let text = self.sources.text(at.file);
        let tree = spans::tree(text).map_err(|_| unreadable(at.file))?;
        let byte = byte_of(text, at.mark);
        let items = tree.get(list.key()).map(Spanned::items).unwrap_or_default();
        items.iter().position(|item| item.from == byte).ok_or_else(|| Trouble {
            code: Code::CannotFix,
            place: Some(at.place()),
            why: message!("this item is written in a way that cannot be edited"),
        })
    }

    fn add(&mut self, list: List, item: &Value, after: Option<&str>) -> Result<(), Trouble> {
        let after = after.and_then(|name| match target(name) {
            Ok(Target::Item(there, id)) if there == list => self.item_at(list, id, name).ok(),
            _ => None,
        });
        let original = match after {
            Some(at) => Some(self.index(list, at)?),
            None => None,
        };
        let file = after.map_or_else(|| self.file_with(list), |at| at.file);
        let section = list.key();
        let state = self.state(file)?;
        let items = state.items.entry(section).or_default();
        let index = original.and_then(|original| items.iter().position(|one| *one == Some(original)));
        let behind = index.map_or(items.len(), |index| index + 1);
        state.edit(file, |text, root| {
            let order = |path: &[&str]| list.fields(path);
            Editor { text, order: &order }.add(root, (section, SECTIONS), index, item)
        })?;
        state.items.entry(section).or_default().insert(behind, None);
        if let Value::Map(entries) = &mut state.expected
            && !entries.iter().any(|(key, _)| key == section)
        {
            entries.push((section.to_owned(), Value::List(Vec::new())));
        }
        if let Some(there) = expected_list(&mut state.expected, section) {
            if there.is_null() {
                *there = Value::List(Vec::new());
            }
            if let Value::List(items) = there {
                items.insert(behind.min(items.len()), item.clone());
            }
        }
        Ok(())
    }

    /// The file that has a section with items in it, else one with the section, else the one with the people.
    fn file_with(&self, list: List) -> FileIx {
        let places = |list: List| self.portfolio.all_items(list).iter().max().map(|at| at.file);
        let has = |source: &&(usize, &Source)| {
            spans::tree(&source.1.text).is_ok_and(|tree| tree.get(list.key()).is_some())
        };
        let by_section = || {
            let all: Vec<(usize, &Source)> = self.sources.0.iter().enumerate().collect();
            all.iter().find(has).map(|(index, _)| FileIx(u32::try_from(*index).unwrap_or(u32::MAX)))
        };
        places(list).or_else(by_section).or_else(|| places(List::People)).unwrap_or(FileIx(0))
    }
}

/// Makes a change to an item, or to the portfolio's own keys.
fn amend_item(
    text: &str,
    root: &Spanned<'_>,
    list: Option<List>,
    at: Option<(&str, usize)>,
    change: &Change,
) -> keys::Splices {
    let order = |path: &[&str]| match list {
        Some(list) => list.fields(path),
        None => match path.split_first() {
            None => SECTIONS,
            Some((key, rest)) => Section::find(key).map(|section| section.fields(rest)).unwrap_or_default(),
        },
    };
    let editor = Editor { text, order: &order };
    let item = match at {
        Some((section, index)) => root.get(section).and_then(|list| list.items().get(index)),
        None => Some(root),
    };
    let Some(item) = item.filter(|item| matches!(item.shape, Shape::Map { .. })) else {
        let from = item.map_or(root.from, |item| item.from);
        return Err(refused(text, item.unwrap_or(root)).unwrap_or(Odd(from, "this is no mapping of keys")));
    };
    // Of the portfolio itself only the value that is changed matters.
    let part = if at.is_some() { Some(item) } else { item.get("hr_system") };
    if let Some(odd) = part.and_then(|part| refused(text, part)) {
        return Err(odd);
    }
    match change {
        Change::Set { key, to, .. } => editor.set(item, &[], &path(key), to),
        Change::Unset { key, .. } => editor.unset(item, &path(key)),
        Change::Append { key, to, .. } => editor.append(item, &path(key), to),
        Change::Strip { key, items, .. } => editor.strip_one(item, &path(key), items),
        Change::Add { .. } | Change::Remove { .. } => Ok(Vec::new()),
    }
}

fn remove_item(text: &str, root: &Spanned<'_>, section: &str, index: usize) -> keys::Splices {
    let item = root.get(section).and_then(|list| list.items().get(index));
    if let Some(odd) = item.and_then(|item| refused(text, item)) {
        return Err(odd);
    }
    Editor { text, order: &|_| &[] }.remove(root, section, index)
}

/// The byte at a mark of a text.
fn byte_of(text: &str, mark: Mark) -> usize {
    let mut start = 0;
    for _ in 1..mark.line {
        start = document::next_line(text, document::line_end(text, start));
    }
    let characters = usize::try_from(mark.column).unwrap_or(1).saturating_sub(1);
    text[start..].char_indices().nth(characters).map_or(text.len(), |(at, _)| start + at)
}
