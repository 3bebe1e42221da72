//! A draft merged into a portfolio that is there: people by id and alias, meetings by their two people. Comments, order
//! and layout stay. What an import wrote moves forward with the next one; what a person wrote since is a conflict, which
//! is shown and left as it is unless its key was named. The same import twice changes nothing the second time.

mod compare;
mod complete;
mod edits;
mod gone;
mod meetings;
mod owner;
pub mod record;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use super::draft::{Draft, DraftGroup, Item, Value};
use crate::base::day::Day;
use crate::base::message::message;
use crate::edit::outline::{Outline, value};
use crate::model::{Lines, Portfolio};
use crate::source::{Code, Diagnostic, Diagnostics, FileIx, Place};
use crate::yaml::node::Node;
pub use compare::UPDATABLE;
use edits::lost;

/// What a merge did.
#[derive(Debug)]
pub struct Merged {
    /// The new text; the same as before where nothing was to be done.
    pub text: String,
    /// What was done.
    pub counts: Counts,
}

/// What a merge did, in numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Items that were added.
    pub added_items: usize,
    /// Keys that were added to items that were there, and entries to their lists.
    pub added_keys: usize,
    /// Values that were replaced or taken out.
    pub updated: usize,
    /// Values that somebody wrote and that differ: left.
    pub conflicts: usize,
    /// Values that another source wrote and that differ: left.
    pub of_others: usize,
    /// What was named as gone.
    pub gone: usize,
    /// What was gone and got an end.
    pub closed: usize,
}

/// The portfolio to merge into, as text and as it is understood.
#[derive(Clone, Copy, Debug)]
pub struct Into<'i> {
    /// Its text.
    pub text: &'i str,
    /// Its file, for the places of conflicts.
    pub file: FileIx,
    /// What it says.
    pub portfolio: &'i Portfolio,
    /// Who owns what in it.
    pub lines: &'i Lines,
    /// Keys whose value the import may replace, whoever wrote it.
    pub update: &'i [String],
    /// The day on which who and what is gone has ended; without it they are named.
    pub close_gone: Option<Day>,
}

/// Merges. Conflicts are warnings in `diagnostics`. A text that cannot be added to without reformatting it is an
/// error, and nothing is to be written.
pub fn merge(draft: &Draft, into: Into<'_>, diagnostics: &mut Diagnostics) -> Option<Merged> {
    let outline = match Outline::new(into.text) {
        Ok(outline) => outline,
        Err(fault) => {
            diagnostics.push(fault.diagnose(into.file));
            return None;
        }
    };
    let record: record::Lines = record::read(into.text)
        .into_iter()
        .filter_map(|(mut key, digests)| {
            let subject = into.portfolio.find(kind_of(key.section), &key.id)?;
            into.portfolio.subject_id(subject).clone_into(&mut key.id);
            Some((key, digests))
        })
        .collect();
    let known_sources = record.keys().map(|key| key.source.clone()).collect();
    let mut merger = Merger {
        into,
        draft,
        outline,
        record,
        known_sources,
        edits: Vec::new(),
        diagnostics,
        counts: Counts::default(),
        renamed: BTreeMap::new(),
        written: BTreeMap::new(),
        matched: HashSet::new(),
        touched: BTreeSet::new(),
        leads: HashMap::new(),
        places: HashMap::new(),
    };
    merger.settle();
    merger.complete();
    for (section, items) in draft.sections() {
        merger.section(section, items.collect());
    }
    merger.gone(into.close_gone);
    let (counts, touched) = (merger.counts, std::mem::take(&mut merger.touched));
    let mut remembered = std::mem::take(&mut merger.record);
    for (key, digests) in std::mem::take(&mut merger.written) {
        if merger.matched.contains(&(key.section, key.id.clone())) {
            remembered.insert(key, digests);
        } else {
            // What was gone and got an end is remembered beside the rest.
            remembered.entry(key).or_default().extend(digests);
        }
    }
    let text = record::rewritten(&merger.applied(), &remembered);
    if let Some(lost) = lost(into.text, &text, &touched) {
        let message = message!("nothing was written: merging would have changed ", lost);
        diagnostics.push(Diagnostic::error(Code::Merge, message, Place::whole(into.file)));
    }
    (diagnostics.errors() == 0).then_some(Merged { text, counts })
}

/// Replaces these bytes of the text; where they are none, it inserts.
pub(super) struct Edit {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) text: String,
}

pub(super) struct Merger<'m> {
    pub(super) into: Into<'m>,
    pub(super) draft: &'m Draft,
    pub(super) outline: Outline<'m>,
    /// What earlier imports wrote.
    pub(super) record: record::Lines,
    /// Who wrote that.
    pub(super) known_sources: BTreeSet<String>,
    pub(super) edits: Vec<Edit>,
    pub(super) diagnostics: &'m mut Diagnostics,
    pub(super) counts: Counts,
    /// Ids of the import that are other ids here, by kind.
    pub(super) renamed: BTreeMap<(&'static str, String), String>,
    /// What this import has written.
    pub(super) written: record::Lines,
    /// Items of the text that the import has, and new ones.
    pub(super) matched: HashSet<(&'static str, String)>,
    /// Keys of which some value was replaced.
    pub(super) touched: BTreeSet<&'static str>,
    /// The leads that the import gives squads, both by their ids here.
    pub(super) leads: HashMap<String, String>,
    /// Where the items of each section are in the text, by id.
    pub(super) places: HashMap<&'static str, HashMap<String, usize>>,
}

/// The kind of what a key refers to.
pub(super) fn refers_to(key: &str) -> Option<&'static str> {
    match key {
        "delivery_owner" | "craft_owner" | "rated_by" | "lead" | "owner" | "with" => Some("person"),
        "squad" => Some("squad"),
        "guild" => Some("guild"),
        _ => None,
    }
}

fn kind_of(section: &str) -> &'static str {
    match section {
        "people" => "person",
        "squads" => "squad",
        "guilds" => "guild",
        _ => "meeting",
    }
}

impl<'m> Merger<'m> {
    /// Whom and what the import is about is settled before anything is compared: its items refer to each other.
    fn settle(&mut self) {
        for (section, items) in self.draft.sections() {
            let kind = kind_of(section);
            let nodes = self.outline.section(section).map(|(_, present)| present.items.as_slice());
            let by_id = nodes.unwrap_or_default().iter().enumerate();
            let by_id = by_id.map(|(index, node)| (self.id_of(kind, node), index)).collect();
            self.places.insert(section, by_id);
            if kind == "meeting" {
                continue;
            }
            for item in items {
                if let Some(here) = self.known(kind, &item) {
                    self.renamed.insert((kind, item.id), here);
                }
            }
        }
        let here = |kind, id: &str| {
            self.renamed.get(&(kind, id.to_owned())).cloned().unwrap_or_else(|| id.to_owned())
        };
        let lead = |(id, group): (&Rc<str>, &DraftGroup)| {
            Some((here("squad", id), here("person", group.lead.as_deref()?)))
        };
        self.leads = self.draft.squads.iter().filter_map(lead).collect();
    }

    fn section(&mut self, section: &'static str, items: Vec<Item>) {
        let kind = kind_of(section);
        let originals: Vec<String> = items.iter().map(|item| item.id.clone()).collect();
        let items: Vec<Item> = items.into_iter().map(|item| self.in_terms_of_here(item)).collect();
        let found: Vec<Option<String>> = if kind == "meeting" {
            self.meetings(&items)
        } else {
            items.iter().map(|item| self.renamed.get(&(kind, item.id.clone())).cloned()).collect()
        };
        let mut fresh: Vec<Item> = Vec::new();
        let mut taken = BTreeSet::new();
        for ((mut item, here), original) in items.into_iter().zip(found).zip(originals) {
            let sources = self.draft.sources_of(section, &original);
            let there = here.filter(|here| self.places[section].contains_key(here));
            if let Some(here) = there {
                self.matched.insert((section, here.clone()));
                self.compare(section, &here, &sources, &item);
                continue;
            }
            if kind == "meeting" {
                self.name_meeting(&mut item, &taken);
                taken.insert(item.id.clone());
            }
            self.matched.insert((section, item.id.clone()));
            self.remember(section, &item.id, &sources, &record::of_item(&item));
            fresh.push(item);
        }
        if !fresh.is_empty() {
            self.add_items(section, &fresh);
        }
    }

    pub(super) fn remember(
        &mut self,
        section: &'static str,
        id: &str,
        sources: &[String],
        digests: &BTreeSet<record::Digest>,
    ) {
        for source in sources {
            let key = record::Key { source: source.clone(), section, id: id.to_owned() };
            self.written.entry(key).or_default().extend(digests);
        }
    }

    /// An item of the text.
    pub(super) fn node(&self, section: &'static str, id: &str) -> Option<Node<'m>> {
        let index = self.places.get(section)?.get(id)?;
        self.outline.section(section)?.1.items.get(*index).cloned()
    }

    /// The id that something of the import has here, by its id or one of its aliases.
    fn known(&self, kind: &'static str, item: &Item) -> Option<String> {
        let aliases = item.keys.iter().find_map(|(key, value)| match value {
            Value::List(list) if *key == "aliases" => Some(list.as_slice()),
            _ => None,
        });
        let names = std::iter::once(&item.id).chain(aliases.unwrap_or_default());
        names
            .filter_map(|name| self.into.portfolio.find(kind, name))
            .map(|subject| self.into.portfolio.subject_id(subject).to_owned())
            .next()
    }

    /// The id of an item as the model knows it: written, or derived from the people in it.
    fn id_of(&self, kind: &str, node: &Node<'_>) -> String {
        if let Some(id) = value(node, "id").and_then(Node::text) {
            return id.to_owned();
        }
        let person = |key| value(node, key).and_then(Node::text).map(|id| self.here("person", id));
        match (kind, person("owner"), person("with")) {
            ("meeting", Some(owner), Some(with)) => format!("{owner}--{with}"),
            ("meeting", Some(owner), None) => owner,
            _ => String::new(),
        }
    }

    /// A reference as the id that it means: references may be aliases.
    pub(super) fn here(&self, kind: &'static str, id: &str) -> String {
        self.into
            .portfolio
            .find(kind, id)
            .map_or_else(|| id.to_owned(), |subject| self.into.portfolio.subject_id(subject).to_owned())
    }

    fn in_terms_of_here(&self, mut item: Item) -> Item {
        for (key, value) in &mut item.keys {
            if let (Some(kind), Value::Text(id)) = (refers_to(key), value)
                && let Some(here) = self.renamed.get(&(kind, id.clone()))
            {
                id.clone_from(here);
            }
        }
        item
    }
}
