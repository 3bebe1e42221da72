//! A draft merged into a portfolio that is there: by id and alias, meetings by their two people as well. The text is
//! only ever added to, at places that the parser gave; what differs is a conflict that is shown and left as it is,
//! unless the key was named to be taken from the import. The same import twice changes nothing the second time.

mod edits;

use std::collections::{BTreeMap, HashMap};

use super::draft::{Draft, Item, Value};
use super::renamed::meeting_id;
use super::write;
use crate::base::ids::{PersonIx, Subject};
use crate::base::message::{Message, message};
use crate::edit::outline::{Outline, texts, value};
use crate::model::{Lines, Portfolio};
use crate::source::{Code, Diagnostic, Diagnostics, FileIx, Place};
use crate::yaml::node::Node;
use edits::{lost, quoted};

/// What a merge did.
#[derive(Debug)]
pub struct Merged {
    /// The new text; the same as before where nothing was to be added.
    pub text: String,
    /// How many items were added.
    pub added_items: usize,
    /// How many keys were added to items that were there.
    pub added_keys: usize,
    /// How many values were replaced, since their key was named.
    pub updated: usize,
    /// How many values differ and were left.
    pub conflicts: usize,
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
    /// Keys whose value the import may replace.
    pub update: &'i [String],
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
    let mut merger =
        Merger { into, outline, edits: Vec::new(), diagnostics, counts: [0; 4], renamed: BTreeMap::new() };
    merger.complete(draft);
    for (section, items) in draft.sections() {
        merger.section(section, items.collect());
    }
    let [added_items, added_keys, updated, conflicts] = merger.counts;
    let text = merger.applied();
    if let Some(lost) = lost(into.text, &text, into.update) {
        let message = message!("nothing was written: merging would have changed ", lost);
        diagnostics.push(Diagnostic::error(Code::Merge, message, Place::whole(into.file)));
    }
    (diagnostics.errors() == 0).then_some(Merged { text, added_items, added_keys, updated, conflicts })
}

/// Replaces these bytes of the text; where they are none, it inserts.
pub(super) struct Edit {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) text: String,
}

pub(super) const ADDED_ITEMS: usize = 0;
pub(super) const ADDED_KEYS: usize = 1;
const UPDATED: usize = 2;
const CONFLICTS: usize = 3;

pub(super) struct Merger<'m> {
    pub(super) into: Into<'m>,
    pub(super) outline: Outline<'m>,
    pub(super) edits: Vec<Edit>,
    pub(super) diagnostics: &'m mut Diagnostics,
    pub(super) counts: [usize; 4],
    /// Ids of the import that are other ids here, by kind.
    renamed: BTreeMap<(&'static str, String), String>,
}

/// The kind of what a key refers to.
fn refers_to(key: &str) -> Option<&'static str> {
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

impl Merger<'_> {
    fn section(&mut self, section: &'static str, items: Vec<Item>) {
        let kind = kind_of(section);
        let found_here = |merger: &Merger<'_>, item: &Item| match kind {
            "meeting" => merger.meeting(item),
            _ => merger.known(kind, item),
        };
        // Whom it is about is settled for all before any of them is compared: they refer to each other.
        if kind != "meeting" {
            for item in &items {
                if let Some(here) = found_here(self, item) {
                    self.renamed.insert((kind, item.id.clone()), here);
                }
            }
        }
        let by_id: HashMap<String, usize> = match self.outline.section(section) {
            Some((_, present)) => present
                .items
                .iter()
                .enumerate()
                .map(|(index, node)| (self.id_of(kind, node), index))
                .collect(),
            None => HashMap::new(),
        };
        let mut fresh = Vec::new();
        for item in items {
            let (item, id) = (self.in_terms_of_here(item.clone()), self.meeting_id_here(&item));
            // By the id of the import, else by the one that it would have here.
            let renamed = Item { id, ..item.clone() };
            let at = |item: &Item| found_here(self, item).and_then(|here| by_id.get(&here).copied());
            match at(&item).or_else(|| at(&renamed)) {
                Some(index) => self.compare(section, index, &item),
                None => fresh.push(renamed),
            }
        }
        if !fresh.is_empty() {
            self.add_items(section, &fresh);
        }
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

    /// A meeting by its id, else the one 1:1 of the same two people.
    fn meeting(&self, item: &Item) -> Option<String> {
        if let Some(id) = self.known("meeting", item) {
            return Some(id);
        }
        let portfolio = self.into.portfolio;
        let person = |key: &str| {
            let id = item.keys.iter().find_map(|(name, value)| match value {
                Value::Text(id) if *name == key => Some(id),
                _ => None,
            });
            match portfolio.find("person", id?)? {
                Subject::Person(person) => Some(person),
                _ => None,
            }
        };
        let (owner, with) = (person("owner")?, person("with")?);
        let is_same = |at: &crate::base::ids::MeetingIx| {
            let sides = self.into.lines.sides(portfolio.meeting(*at));
            sides == Some((owner, with)) || sides == Some((with, owner))
        };
        let mut same = portfolio.meeting_positions().filter(is_same);
        // A second 1:1 of the two is another one.
        let only = same.next().filter(|_| same.next().is_none() && !item.id.ends_with("--2"))?;
        Some(portfolio.text(portfolio.meeting(only).id).to_owned())
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
    fn here(&self, kind: &'static str, id: &str) -> String {
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

    /// The id of a meeting that is made of its people's ids, with their ids here.
    fn meeting_id_here(&self, item: &Item) -> String {
        let side = |key: &str| {
            item.keys.iter().find_map(|(name, value)| match value {
                Value::Text(id) if *name == key => Some(id.as_str()),
                _ => None,
            })
        };
        let Some((owner, with)) = side("owner").zip(side("with")) else { return item.id.clone() };
        let here =
            |id: &str| self.renamed.get(&("person", id.to_owned())).cloned().unwrap_or_else(|| id.to_owned());
        meeting_id(&item.id, [owner, with], [&here(owner), &here(with)])
    }

    fn compare(&mut self, section: &'static str, index: usize, item: &Item) {
        let Some((_, present)) = self.outline.section(section) else { return };
        let Some(node) = present.items.get(index).cloned() else { return };
        let mut fresh: Vec<(&'static str, Value)> = Vec::new();
        let turned = section == "meetings" && self.is_turned(&node, item);
        let mut purpose_differs = false;
        for (key, new) in &item.keys {
            let skipped = *key == "external"
                // The topics would decide against the purpose that a person wrote.
                || (*key == "agenda" && purpose_differs)
                || (turned && matches!(*key, "owner" | "with"))
                || (*key == "delivery_owner" && value(&node, key).is_none() && self.owner_is_told(&node, new));
            let new = if *key == "aliases" { self.new_aliases(new) } else { Some(new.clone()) };
            let (Some(new), false) = (new, skipped) else { continue };
            match value(&node, key) {
                None => fresh.push((key, new)),
                Some(old) if self.is_same(key, old, &new) => {}
                Some(old) => {
                    self.differs(key, old, &new);
                    purpose_differs |= *key == "purpose";
                }
            }
        }
        // What is no more than nothing is not written, and may still be news.
        let is_reset =
            section == "meetings" && !item.keys.iter().any(|(key, _)| *key == "cancelled_in_a_row");
        if let Some(old) =
            value(&node, "cancelled_in_a_row").filter(|old| is_reset && old.text() != Some("0"))
        {
            self.differs("cancelled_in_a_row", old, &Value::Word("0".to_owned()));
        }
        if !fresh.is_empty() {
            self.add_keys(&node, &fresh);
        }
    }

    /// Whether owner and with stand the other way round.
    fn is_turned(&self, node: &Node<'_>, item: &Item) -> bool {
        let old = |key| value(node, key).and_then(Node::text).map(|id| self.here("person", id));
        let new = |key: &str| {
            item.keys.iter().find_map(|(name, value)| match value {
                Value::Text(id) if *name == key => Some(self.here("person", id)),
                _ => None,
            })
        };
        old("owner").is_some() && old("owner") == new("with") && old("with") == new("owner")
    }

    /// Whether the squad's lead says already who owns delivery; a conflict where it says otherwise.
    fn owner_is_told(&mut self, node: &Node<'_>, new: &Value) -> bool {
        let find = |id: &str| -> Option<PersonIx> {
            match self.into.portfolio.find("person", id)? {
                Subject::Person(person) => Some(person),
                _ => None,
            }
        };
        let me = value(node, "id").and_then(Node::text).and_then(find);
        let Some(told) = me.and_then(|me| self.into.lines.delivery_owner(me)) else { return false };
        let Value::Text(id) = new else { return false };
        if find(id) != Some(told) {
            let told = self.into.portfolio.text(self.into.portfolio.person(told).id).to_owned();
            self.conflict("delivery_owner", node, &told, id);
        }
        true
    }

    /// The aliases that nobody has here yet: one that is somebody else's would make two people one.
    fn new_aliases(&self, new: &Value) -> Option<Value> {
        let Value::List(list) = new else { return None };
        let is_free = |alias: &&String| self.into.portfolio.find("person", alias).is_none();
        let free: Vec<String> = list.iter().filter(is_free).cloned().collect();
        (!free.is_empty()).then_some(Value::List(free))
    }

    fn is_same(&self, key: &str, old: &Node<'_>, new: &Value) -> bool {
        match new {
            Value::List(list) => {
                let old = texts(old);
                list.iter().all(|entry| old.contains(entry))
            }
            Value::Text(new) => {
                let Some(old) = old.text() else { return false };
                old == new || refers_to(key).is_some_and(|kind| self.here(kind, old) == self.here(kind, new))
            }
            Value::Word(new) if key == "every" => {
                let days = |text: &str| crate::records::values::Every::parse(text);
                old.text().is_some_and(|old| days(old) == days(new))
            }
            Value::Word(new) => old.text() == Some(new),
        }
    }

    fn differs(&mut self, key: &'static str, old: &Node<'_>, new: &Value) {
        let written = match new {
            Value::Text(text) | Value::Word(text) => text.clone(),
            Value::List(list) => list.join(", "),
        };
        let is_scalar =
            old.text().is_some() && self.outline.end_of_scalar(old) > self.outline.offset(old.mark);
        if self.into.update.iter().any(|update| update == key) && is_scalar {
            let (from, to) = (self.outline.offset(old.mark), self.outline.end_of_scalar(old));
            let json = self.outline.text[from..].starts_with('"');
            self.edits.push(Edit {
                from,
                to,
                text: if json { quoted(&written) } else { write::written(new) },
            });
            self.counts[UPDATED] += 1;
        } else {
            self.conflict(key, old, &texts(old).join(", "), &written);
        }
    }

    fn conflict(&mut self, key: &'static str, at: &Node<'_>, old: &str, new: &str) {
        self.counts[CONFLICTS] += 1;
        let message = message!(
            "`",
            key,
            "` is ",
            old.to_owned(),
            " here and ",
            new.to_owned(),
            " in the import: left as it is"
        );
        let help = Message::words(format!("if the import is right, change it by hand or use --update {key}"));
        self.diagnostics.push(
            Diagnostic::warning(Code::Conflict, message, Place::exact(self.into.file, at.mark, at.length))
                .help(help),
        );
    }
}
