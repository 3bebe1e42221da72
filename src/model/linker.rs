//! References by name become positions; what leads nowhere becomes an error with the nearest id.

use crate::base::message::{Message, Quote, message};
use crate::base::names::{FastMap, Name, Names};
use crate::base::nearest::nearest;
use crate::base::parallel;
use crate::source::{Code, Diagnostic, Diagnostics, ItemAt, Place};
use crate::yaml::de::STAND_IN;

/// A reference to an item of another section: as written at first, resolved before anybody else sees it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Link<I> {
    /// The id or alias as written.
    Written(Name),
    /// The item.
    To(I),
}

impl<I: Copy> Link<I> {
    /// The item that is meant.
    pub fn target(self) -> Option<I> {
        match self {
            Link::To(item) => Some(item),
            Link::Written(_) => None,
        }
    }
}

/// The item behind an optional reference.
pub fn target<I: Copy>(link: Option<Link<I>>) -> Option<I> {
    link.and_then(Link::target)
}

/// The ids and aliases of one section.
pub(super) struct Index<I> {
    /// What one item is called: `person`.
    pub(super) what: &'static str,
    by_name: FastMap<Name, usize>,
    position: fn(usize) -> I,
    /// Whether every item of the section could be read, so that what is not here is nowhere.
    is_complete: bool,
}

/// An item of a section, as far as its identity goes.
pub(super) trait Identified {
    fn id(&self) -> Name;
    fn at(&self) -> ItemAt;
    fn aliases(&self) -> &[Name];
    /// Whether its id was made from its parts, since none is written.
    fn is_derived(&self) -> bool {
        false
    }
}

/// `Identified` for a type with the fields `id`, `at` and `aliases`, and where named one for derived ids.
macro_rules! identified {
    ($type:ty $(, $derived:ident)?) => {
        impl $crate::model::linker::Identified for $type {
            fn id(&self) -> $crate::base::names::Name {
                self.id
            }
            fn at(&self) -> $crate::source::ItemAt {
                self.at
            }
            fn aliases(&self) -> &[$crate::base::names::Name] {
                &self.aliases
            }
            $(fn is_derived(&self) -> bool {
                self.$derived
            })?
        }
    };
}
pub(super) use identified;

/// Sorts a section by id, so that positions follow ids whatever the order of the file, and indexes it.
pub(super) fn sorted<T: Identified + Send + Sync, I: Copy>(
    what: &'static str,
    items: &mut [T],
    position: fn(usize) -> I,
    names: &Names,
    diagnostics: &mut Diagnostics,
) -> Index<I> {
    // Of two with one id the one that was read first stays the first.
    parallel::sort_by_cached_key(items, |item| {
        let id = names.text(item.id());
        (beginning(id), id)
    });
    let mut by_name: FastMap<Name, usize> = FastMap::default();
    by_name.reserve(items.len());
    for (index, item) in items.iter().enumerate() {
        if names.text(item.id()) == STAND_IN {
            continue;
        }
        if let std::collections::hash_map::Entry::Vacant(e) = by_name.entry(item.id()) {
            e.insert(index);
        } else {
            let first = index.checked_sub(1).map(|before| &items[before]);
            twice(what, names.text(item.id()), item, first.map(Identified::at), diagnostics);
        }
    }
    for (index, item) in items.iter().enumerate() {
        for (which, alias) in item.aliases().iter().enumerate() {
            if let Some(holder) = by_name.insert(*alias, index) {
                let text = names.text(*alias).to_owned();
                let whose = match (holder == index, item.id() == *alias) {
                    (true, true) => message!("this ", what, "\u{2019}s own id"),
                    (true, false) => message!("a duplicate: it is listed twice here"),
                    (false, _) => message!("an id or alias of another ", what),
                };
                let message = message!("the alias \u{201C}", text, "\u{201D} is ").and(whose);
                let place = item.at().value([crate::source::Step::from("aliases"), which.into()]);
                let mut diagnostic = Diagnostic::error(Code::DuplicateId, message, place);
                diagnostic.also = (holder != index).then(|| (items[holder].at().place(), "also here"));
                diagnostics.push(diagnostic.help(message!("use each id or alias only once in a section")));
            }
        }
    }
    Index { what, by_name, position, is_complete: true }
}

/// The first bytes of an id as one number: what often tells two ids apart, without a look at the texts. No more bytes,
/// since memory is at its highest while the texts that were read and these keys are there.
fn beginning(id: &str) -> u64 {
    let mut bytes = [0; 8];
    bytes.iter_mut().zip(id.bytes()).for_each(|(to, from)| *to = from);
    u64::from_be_bytes(bytes)
}

fn twice(
    what: &'static str,
    id: &str,
    item: &impl Identified,
    first: Option<ItemAt>,
    diagnostics: &mut Diagnostics,
) {
    let message =
        message!("two ").and(plural(what)).and(message!(" have the id \u{201C}", id.to_owned(), "\u{201D}"));
    let place = if item.is_derived() { item.at().place() } else { item.at().at("id") };
    let help = if item.is_derived() {
        message!("both items have this id by default; give one of them an `id`")
    } else {
        message!("give one of the two another id")
    };
    let mut diagnostic = Diagnostic::error(Code::DuplicateId, message, place).help(help);
    diagnostic.also = first.map(|first| (first.place(), "first here"));
    diagnostics.push(diagnostic);
}

/// The index of the item with this id or alias in a section that is sorted by id.
pub(super) fn find<T: Identified>(names: &Names, items: &[T], id: &str) -> Option<usize> {
    let by_id = items.binary_search_by(|item| names.text(item.id()).cmp(id)).ok();
    by_id.or_else(|| {
        let alias = names.find(id)?;
        items.iter().position(|item| item.aliases().contains(&alias))
    })
}

fn plural(what: &'static str) -> Message<Quote> {
    Message::words(if what == "person" { "people".to_owned() } else { format!("{what}s") })
}

impl<I: Copy> Index<I> {
    /// The same, of a section that may not have been read in full.
    pub(super) fn complete(self, is_complete: bool) -> Index<I> {
        Index { is_complete, ..self }
    }

    /// What has this id or alias.
    pub(super) fn find(&self, name: Name) -> Option<I> {
        self.by_name.get(&name).map(|index| (self.position)(*index))
    }
}

/// Resolves references and reports the ones that lead nowhere.
pub(super) struct Linker<'l> {
    pub(super) names: &'l Names,
    pub(super) diagnostics: &'l mut Diagnostics,
    /// What else an id may be, for the message: the names of all sections' items.
    pub(super) others: FastMap<Name, &'static str>,
    /// Comparisons with known ids that may still be made for near misses.
    pub(super) near_misses: usize,
}

impl Linker<'_> {
    /// Resolves one reference, or reports it at its place.
    pub(super) fn link<I: Copy>(
        &mut self,
        link: &mut Link<I>,
        index: &Index<I>,
        place: impl FnOnce() -> Place,
    ) {
        let Link::Written(name) = *link else { return };
        if let Some(item) = index.find(name) {
            *link = Link::To(item);
            return;
        }
        let text = self.names.text(name).to_owned();
        if text == STAND_IN || !index.is_complete {
            return;
        }
        let message = message!("unknown ", index.what, " `", &text, "`");
        let mut diagnostic = Diagnostic::error(Code::UnknownId, message, place())
            .expected(message!("expected the id of a ", index.what));
        diagnostic.instead_of_id = Some((text.clone(), Some(index.what)));
        if let Some(other) = self.others.get(&name) {
            diagnostic = diagnostic.help(message!("\u{201C}", text, "\u{201D} is a ", *other));
        } else if self.near_misses >= index.by_name.len() {
            self.near_misses -= index.by_name.len();
            let mut ids: Vec<&str> = index.by_name.keys().map(|id| self.names.text(*id)).collect();
            ids.sort_unstable();
            if let Some(near) = nearest(&text, ids) {
                diagnostic = diagnostic.help(message!("did you mean `", near.to_owned(), "`?"));
            }
        }
        self.diagnostics.push(diagnostic);
    }

    /// Resolves an optional reference under one key of an item.
    pub(super) fn optional<I: Copy>(
        &mut self,
        link: &mut Option<Link<I>>,
        index: &Index<I>,
        at: ItemAt,
        key: &str,
    ) {
        if let Some(link) = link {
            self.link(link, index, || at.at(key));
        }
    }
}

/// How many comparisons for near misses a run may make.
pub(super) const MOST_NEAR_MISSES: usize = 200_000;
