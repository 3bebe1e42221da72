//! Where ids are defined and where they are used, in every file of a portfolio, as far as the files can be read.

use std::collections::HashMap;
use std::ops::Range;

use super::parts::{Part, each_scalar, parts};
use crate::base::factor_id::FactorId;
use crate::model::Portfolio;
use crate::model::patch::kind_of;
use crate::model::references::{names_a_factor, referred};
use crate::records::sections::{List, Section};
use crate::source::FileIx;
use crate::yaml::spans::{Quotes, Spanned};

/// An item of a list.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its list.
    pub list: List,
    /// Its file.
    pub file: FileIx,
    /// Its bytes.
    pub at: Range<usize>,
    /// The bytes of its id; none where it is not written.
    pub id_at: Option<Range<usize>>,
    /// Its id; none where it is not written and the portfolio does not read.
    pub id: Option<String>,
    /// Former ids.
    pub aliases: Vec<String>,
    /// What a person calls it.
    pub name: Option<String>,
}

impl Item {
    /// What it is: `person`.
    pub fn kind(&self) -> Option<&'static str> {
        kind_of(self.list)
    }
}

/// A key at the top of a file.
#[derive(Clone, Debug)]
pub struct Top {
    /// Its file.
    pub file: FileIx,
    /// The key.
    pub name: String,
    /// The bytes of the key.
    pub key_at: Range<usize>,
    /// The byte behind its value.
    pub to: usize,
}

/// An id that is used.
#[derive(Clone, Debug)]
pub struct Use {
    /// Its file.
    pub file: FileIx,
    /// The bytes of the scalar, with its quotes; for the id of a factor those of its last part.
    pub at: Range<usize>,
    /// The bytes of the scalar, whatever it is.
    pub whole: Range<usize>,
    /// What kind of item it means.
    pub kind: &'static str,
    /// The id or alias.
    pub id: String,
    /// Whether it is a part of a longer text, the id of a factor.
    pub is_part: bool,
}

/// Every item, and every use of an id.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// The sections, in the order of files and bytes.
    pub tops: Vec<Top>,
    /// The same.
    pub items: Vec<Item>,
    /// The same.
    pub uses: Vec<Use>,
    by_id: HashMap<(&'static str, String), usize>,
}

impl Index {
    /// Of these texts; `portfolio` is what they say, where they do. Its ids count where an item has none of its own.
    pub fn new<'t>(
        texts: impl Iterator<Item = (FileIx, &'t str)>,
        portfolio: Option<&Portfolio>,
        mark: impl Fn(FileIx, crate::source::Mark) -> usize,
    ) -> Index {
        let mut index = Index::default();
        for (file, text) in texts {
            for part in &parts(text) {
                index.take(file, text, part);
            }
        }
        let mut made: HashMap<(FileIx, usize), String> = HashMap::new();
        for subject in portfolio.into_iter().flat_map(Portfolio::subjects) {
            let Some((portfolio, at)) = portfolio.and_then(|all| Some((all, all.subject_at(subject)?)))
            else {
                continue;
            };
            made.insert((at.file, mark(at.file, at.mark)), portfolio.subject_id(subject).to_owned());
        }
        for (at, item) in index.items.iter_mut().enumerate() {
            if item.id.is_none() {
                item.id = made.remove(&(item.file, item.at.start));
            }
            let Some(kind) = kind_of(item.list) else { continue };
            for id in item.id.iter().chain(&item.aliases) {
                index.by_id.entry((kind, id.clone())).or_insert(at);
            }
        }
        index
    }

    fn take(&mut self, file: FileIx, text: &str, part: &Part<'_>) {
        let name = part.name();
        let key_at = part.key.from..part.key.to;
        self.tops.push(Top { file, name: name.to_owned(), to: part.to.max(key_at.end), key_at });
        if let Some(Section::List(list)) = Section::find(name) {
            for item in part.items() {
                self.items.push(item_of(list, file, item));
            }
        }
        let mut use_of = |path: &[&str], node: &Spanned<'_>| {
            let Some(id) = node.text() else { return };
            if let Some(kind) = referred(path) {
                let (at, id) = (node.from..node.to, id.to_owned());
                self.uses.push(Use { file, whole: at.clone(), at, kind, id, is_part: false });
            } else if names_a_factor(path) {
                self.uses.extend(of_factor(file, text, node));
            }
        };
        let mut path = vec![name];
        match &part.value {
            Some(value) => each_scalar(value, &mut path, &mut use_of),
            None => part.items().iter().for_each(|item| each_scalar(item, &mut path, &mut use_of)),
        }
    }

    /// The item with this id or alias.
    pub fn find(&self, kind: &str, id: &str) -> Option<&Item> {
        let kind = crate::base::ids::SUBJECT_TYPES.into_iter().find(|known| *known == kind)?;
        self.items.get(*self.by_id.get(&(kind, id.to_owned()))?)
    }

    /// The items of a kind.
    pub fn of_kind(&self, kind: &str) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |item| item.kind() == Some(kind))
    }

    /// The item that a byte is in; in the line in which an item begins, that one.
    pub fn item_at(&self, file: FileIx, line: &Range<usize>, byte: usize) -> Option<&Item> {
        let has = |item: &&Item| item.file == file && item.at.start <= byte && byte <= item.at.end;
        let begins = |item: &&Item| item.file == file && line.contains(&item.at.start);
        self.items.iter().find(has).or_else(|| self.items.iter().find(begins))
    }

    /// The use of an id at a byte.
    pub fn use_at(&self, file: FileIx, byte: usize) -> Option<&Use> {
        self.uses.iter().find(|one| one.file == file && one.whole.start <= byte && byte <= one.whole.end)
    }

    /// What is meant at a byte: the item that is named there, or the one whose id is there, with the bytes of the id.
    pub fn meant_at(&self, file: FileIx, byte: usize) -> Option<(&Item, Range<usize>)> {
        if let Some(one) = self.use_at(file, byte) {
            return self.find(one.kind, &one.id).map(|item| (item, one.at.clone()));
        }
        let has = |item: &&Item| {
            item.file == file && item.id_at.as_ref().is_some_and(|at| at.start <= byte && byte <= at.end)
        };
        let item = self.items.iter().find(has)?;
        Some((item, item.id_at.clone()?))
    }

    /// Every use of an item.
    pub fn uses_of<'i>(&'i self, item: &'i Item) -> impl Iterator<Item = &'i Use> {
        let is_it = move |one: &&Use| {
            item.kind() == Some(one.kind)
                && (item.id.as_deref() == Some(&*one.id) || item.aliases.contains(&one.id))
        };
        self.uses.iter().filter(is_it)
    }
}

fn item_of(list: List, file: FileIx, node: &Spanned<'_>) -> Item {
    let text = |key: &str| node.get(key).and_then(Spanned::text).map(str::to_owned);
    let id = node.get("id").filter(|id| !id.is_null() && id.text().is_some());
    let aliases = node.get("aliases").map(Spanned::items).unwrap_or_default();
    Item {
        list,
        file,
        at: node.from..node.to,
        id_at: id.map(|id| id.from..id.to),
        id: id.and_then(Spanned::text).map(str::to_owned),
        aliases: aliases.iter().filter_map(Spanned::text).map(str::to_owned).collect(),
        name: ["name", "title", "topic", "to", "factor", "finding"].into_iter().find_map(text),
    }
}

/// The item that the id of a factor names, where the scalar is written as it reads.
fn of_factor(file: FileIx, text: &str, node: &Spanned<'_>) -> Option<Use> {
    let written = node.text()?;
    let FactorId { kind, id, .. } = FactorId::split(written);
    let kind = crate::base::ids::SUBJECT_TYPES.into_iter().find(|known| Some(*known) == kind)?;
    let id = id?;
    let quotes = usize::from(matches!(
        node.shape,
        crate::yaml::spans::Shape::Scalar(_, Quotes::Single | Quotes::Double)
    ));
    let to = node.to.checked_sub(quotes)?;
    let from = to.checked_sub(id.len())?;
    let is_as_read = text.get(from..to) == Some(id);
    let whole = node.from..node.to;
    is_as_read.then(|| Use { file, at: from..to, whole, kind, id: id.to_owned(), is_part: true })
}
