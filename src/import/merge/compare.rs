//! An item of the import beside the same item of the text, key by key: what is new is added, what an import wrote moves
//! forward, what a person wrote is a conflict.

use std::collections::BTreeSet;

use super::edits::quoted;
use super::meetings::told;
use super::{Edit, Merger, record, refers_to};
use crate::base::day::Day;
use crate::base::ids::Subject;
use crate::base::message::message;
use crate::edit::outline::{texts, value};
use crate::import::draft::{Item, Value};
use crate::import::write;
use crate::records::values::Every;
use crate::source::{Code, Diagnostic, Place};
use crate::yaml::node::{Kind, Node};

/// Keys that `--update` can take from an import.
pub const UPDATABLE: [&str; 18] = [
    "name",
    "title",
    "squad",
    "guild",
    "delivery_owner",
    "craft_owner",
    "rated_by",
    "level",
    "track",
    "started",
    "left",
    "lead",
    "purpose",
    "every",
    "last_held",
    "cancelled_in_a_row",
    "since",
    "until",
];

/// An item of the text, and which sources of the import have it.
pub(super) struct Here<'h> {
    pub(super) section: &'static str,
    pub(super) id: &'h str,
    pub(super) sources: &'h [String],
}

/// What becomes of a value that is there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// The import says the same.
    Same,
    /// The import's takes its place.
    Take,
    /// Another source wrote it, and is to be asked.
    OfAnother,
    /// A person wrote it.
    Conflict,
}

impl Merger<'_> {
    pub(super) fn compare(&mut self, section: &'static str, id: &str, sources: &[String], item: &Item) {
        let Some((_, present)) = self.outline.section(section) else { return };
        let index = self.places[section][id];
        let Some(node) = present.items.get(index).cloned() else { return };
        let here = Here { section, id, sources };
        let mut kept = self.kept(&here, &node, item);
        let conflicts = self.counts.conflicts;
        let mut fresh: Vec<(&'static str, Value)> = Vec::new();
        let is_turned = section == "meetings" && self.is_turned(&node, item);
        let mut purpose_differs = false;
        for (key, new) in &item.keys {
            let is_skipped = matches!(*key, "external" | "delivery_owner" | "last_held" | "cancelled_in_a_row")
                // The topics would decide against the purpose that a person wrote.
                || (*key == "agenda" && purpose_differs)
                || (is_turned && matches!(*key, "owner" | "with"));
            if is_skipped {
                continue;
            }
            if *key == "aliases" {
                self.aliases(&node, new, &mut fresh);
                continue;
            }
            let digest = record::of_value(key, new);
            match value(&node, key) {
                // What an import wrote and a person took out stays out, unless it is an end.
                None if !matches!(*key, "until" | "left") && self.is_own(&here, digest) => {
                    kept.insert(digest);
                }
                None => {
                    kept.insert(digest);
                    fresh.push((key, new.clone()));
                }
                Some(old) => {
                    let is_ours = self.settle_value(&here, key, old, new);
                    purpose_differs |= *key == "purpose" && !is_ours;
                    if is_ours {
                        kept.insert(digest);
                    }
                }
            }
        }
        match section {
            "people" => self.delivery_owner(&here, &node, item, &mut fresh, &mut kept),
            "meetings" => {
                self.held(&here, &node, item, &mut fresh, &mut kept);
                self.goes_on(&here, &node, item, &mut kept);
            }
            _ => {}
        }
        if section == "people" && value(&node, "left").is_some() {
            self.is_back(&here, &node, item, &mut kept);
        }
        if self.counts.conflicts > conflicts {
            // What a person has changed may be changed back.
            for source in sources {
                kept.extend(self.remembered(&here, source).into_iter().flatten());
            }
        }
        self.remember(section, id, sources, &kept);
        if !fresh.is_empty() {
            self.counts.added_keys += fresh.len();
            self.add_keys(section, &node, &fresh);
        }
    }

    /// Digests of what the sources wrote once and the import no longer tells, where it is still there as it was; and
    /// of the series' identity.
    fn kept(&self, here: &Here<'_>, node: &Node<'_>, item: &Item) -> BTreeSet<record::Digest> {
        let mut kept: BTreeSet<record::Digest> =
            item.uid.as_deref().map(record::of_uid).into_iter().collect();
        let Kind::Map(entries) = &node.kind else { return kept };
        for (key, old) in entries {
            let is_told = |key: &&str| item.keys.iter().any(|(told, _)| told == key);
            let Some(key) = key.text().filter(|key| !is_told(key)) else { continue };
            kept.extend(self.digests(key, old).into_iter().filter(|digest| self.is_own(here, *digest)));
        }
        kept
    }

    /// What a value that is there may be remembered as: a reference by every name of what it means.
    pub(super) fn digests(&self, key: &str, old: &Node<'_>) -> Vec<record::Digest> {
        let portfolio = self.into.portfolio;
        let written = texts(old).join(",");
        let mut all = vec![record::of_text(key, &written)];
        let subject = refers_to(key).and_then(|kind| portfolio.find(kind, &written));
        let aliases = match subject {
            Some(Subject::Person(at)) => Some(&portfolio.person(at).aliases),
            Some(Subject::Squad(at)) => Some(&portfolio.squad(at).aliases),
            Some(Subject::Guild(at)) => Some(&portfolio.guild(at).aliases),
            _ => None,
        };
        all.extend(subject.map(|subject| record::of_text(key, portfolio.subject_id(subject))));
        let aliases = aliases.into_iter().flatten();
        all.extend(aliases.map(|alias| record::of_text(key, portfolio.text(*alias))));
        all
    }

    /// Whether a source of this import wrote this.
    fn is_own(&self, here: &Here<'_>, digest: record::Digest) -> bool {
        here.sources.iter().any(|source| self.is_remembered(here, source, &[digest]))
    }

    fn is_remembered(&self, here: &Here<'_>, source: &str, digests: &[record::Digest]) -> bool {
        let known = self.remembered(here, source);
        known.is_some_and(|known| digests.iter().any(|digest| known.contains(digest)))
    }

    fn remembered(&self, here: &Here<'_>, source: &str) -> Option<&BTreeSet<record::Digest>> {
        let key = record::Key { source: source.to_owned(), section: here.section, id: here.id.to_owned() };
        self.record.get(&key)
    }

    /// Whether any import wrote this value.
    pub(super) fn is_of_an_import(&self, here: &Here<'_>, key: &str, old: &Node<'_>) -> bool {
        let digests = self.digests(key, old);
        self.known_sources.iter().any(|source| self.is_remembered(here, source, &digests))
    }

    /// What becomes of a value. A source replaces what it wrote itself; files of people also replace what a calendar
    /// wrote, and never the other way round.
    pub(super) fn fate(&self, here: &Here<'_>, key: &str, old: &Node<'_>, new: &Value) -> Fate {
        if self.is_same(key, old, new) {
            return Fate::Same;
        }
        if self.into.update.iter().any(|update| update == key) {
            return Fate::Take;
        }
        let digests = self.digests(key, old);
        let wrote: Vec<&String> =
            self.known_sources.iter().filter(|source| self.is_remembered(here, source, &digests)).collect();
        let is_own = wrote.iter().any(|source| here.sources.contains(source));
        let by_file = wrote.iter().any(|source| !record::is_calendar(source));
        let from_calendar = here.sources.iter().all(|source| record::is_calendar(source));
        match (wrote.is_empty(), from_calendar) {
            // How a calendar spells a name is nothing to argue about.
            (_, true) if key == "name" && !is_own => Fate::Same,
            (true, _) => Fate::Conflict,
            (false, true) if key == "name" && by_file => Fate::Same,
            (false, true) if is_own && (here.section == "meetings" || !by_file) => Fate::Take,
            (false, false) if is_own || !by_file => Fate::Take,
            (false, _) => Fate::OfAnother,
        }
    }

    /// Whether a value is as the import has it afterwards.
    fn settle_value(&mut self, here: &Here<'_>, key: &'static str, old: &Node<'_>, new: &Value) -> bool {
        match self.fate(here, key, old, new) {
            Fate::Same => return self.is_same(key, old, new),
            Fate::Take if self.replace(key, old, new) => return true,
            Fate::OfAnother => self.counts.of_others += 1,
            Fate::Take | Fate::Conflict => self.conflict(key, old, &texts(old).join(", "), &plain(new)),
        }
        false
    }

    /// The last date and what was cancelled since move forward without asking. A later day that a person wrote stays.
    fn held(
        &mut self,
        here: &Here<'_>,
        node: &Node<'_>,
        item: &Item,
        fresh: &mut Vec<(&'static str, Value)>,
        kept: &mut BTreeSet<record::Digest>,
    ) {
        let day = |text: Option<&str>| text.and_then(Day::parse);
        let old = value(node, "last_held");
        let (was, is) = (day(old.and_then(Node::text)), day(told(item, "last_held")));
        let is_asked = self.into.update.iter().any(|key| key == "last_held");
        let by_import = old.is_some_and(|old| self.is_of_an_import(here, "last_held", old));
        let forward = match (was, is) {
            (Some(was), Some(is)) => is >= was || by_import || is_asked,
            (Some(_), None) => by_import,
            (None, _) => true,
        };
        // Whoever wrote that it has ended knows of no date after that.
        let ended = day(value(node, "until").and_then(Node::text));
        if !forward || (was < is && ended.zip(is).is_some_and(|(ended, is)| is > ended)) {
            return;
        }
        if let Some(is) = is {
            let new = Value::Word(is.to_string());
            kept.insert(record::of_value("last_held", &new));
            match old {
                None => fresh.push(("last_held", new)),
                Some(old) if was != Some(is) => drop(self.replace("last_held", old, &new)),
                Some(_) => {}
            }
        }
        let is = told(item, "cancelled_in_a_row").unwrap_or("0");
        let old = value(node, "cancelled_in_a_row");
        let new = Value::Word(is.to_owned());
        match old {
            None if is == "0" => {}
            None => fresh.push(("cancelled_in_a_row", new)),
            Some(old) if old.text() != Some(is) => drop(self.replace("cancelled_in_a_row", old, &new)),
            Some(_) => {}
        }
    }

    /// An end that an import wrote and the calendar has no longer goes: the series goes on.
    fn goes_on(
        &mut self,
        here: &Here<'_>,
        node: &Node<'_>,
        item: &Item,
        kept: &mut BTreeSet<record::Digest>,
    ) {
        if told(item, "until").is_none() {
            self.take_back(here, node, "until", kept);
        }
    }

    /// Who has left by an import, and is in a later one without a day, is back.
    fn is_back(
        &mut self,
        here: &Here<'_>,
        node: &Node<'_>,
        item: &Item,
        kept: &mut BTreeSet<record::Digest>,
    ) {
        let from_files = !here.sources.iter().all(|source| record::is_calendar(source));
        if from_files && told(item, "left").is_none() {
            self.take_back(here, node, "left", kept);
        }
    }

    fn take_back(
        &mut self,
        here: &Here<'_>,
        node: &Node<'_>,
        key: &'static str,
        kept: &mut BTreeSet<record::Digest>,
    ) {
        let Some(old) = value(node, key) else { return };
        let digests = self.digests(key, old);
        if digests.iter().any(|digest| self.is_own(here, *digest)) && self.take_out(node, key) {
            kept.retain(|digest| !digests.contains(digest));
        }
    }

    /// Whether owner and with stand the other way round.
    fn is_turned(&self, node: &Node<'_>, item: &Item) -> bool {
        let old = |key| value(node, key).and_then(Node::text).map(|id| self.here("person", id));
        let new = |key: &str| told(item, key).map(|id| self.here("person", id));
        old("owner").is_some() && old("owner") == new("with") && old("with") == new("owner")
    }

    /// Aliases add up; one that is somebody else's would make two people one.
    fn aliases(&mut self, node: &Node<'_>, new: &Value, fresh: &mut Vec<(&'static str, Value)>) {
        let Value::List(list) = new else { return };
        let is_free = |alias: &&String| self.into.portfolio.find("person", alias).is_none();
        let free: Vec<String> = list.iter().filter(is_free).cloned().collect();
        match value(node, "aliases") {
            _ if free.is_empty() => {}
            None => fresh.push(("aliases", Value::List(free))),
            Some(old) if self.append(old, &free) => self.counts.added_keys += free.len(),
            Some(old) => self.conflict("aliases", old, &texts(old).join(", "), &free.join(", ")),
        }
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
                old.text().is_some_and(|old| Every::parse(old) == Every::parse(new))
            }
            Value::Word(new) => old.text() == Some(new),
        }
    }

    /// Puts the import's value in place of one on a line; false where it is written in another way.
    pub(super) fn replace(&mut self, key: &'static str, old: &Node<'_>, new: &Value) -> bool {
        let from = self.outline.offset(old.mark);
        let to = match new {
            Value::List(_) => self.end_of_flow_list(old),
            _ => Some(self.outline.end_of_scalar(old)).filter(|to| old.text().is_some() && *to > from),
        };
        let Some(to) = to else { return false };
        let json = self.outline.text[from..].starts_with('"') && old.text().is_some();
        let text = if json { quoted(&plain(new)) } else { write::written(new) };
        self.edits.push(Edit { from, to, text });
        self.touched.insert(key);
        self.counts.updated += 1;
        true
    }

    pub(super) fn conflict(&mut self, key: &'static str, at: &Node<'_>, old: &str, new: &str) {
        self.counts.conflicts += 1;
        let message = message!("`", key, "` is ", old.to_owned()).and(message!(
            " here and ",
            new.to_owned(),
            " in the import: left as it is"
        ));
        // Never a key that the command would refuse.
        let help = if UPDATABLE.contains(&key) {
            message!("if the import is right, change it by hand or use --update ", key)
        } else {
            message!("if the import is right, change it by hand")
        };
        let place = Place::exact(self.into.file, at.mark, at.length);
        self.diagnostics.push(Diagnostic::warning(Code::Conflict, message, place).help(help));
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) | Value::Word(text) => text.clone(),
        Value::List(list) => list.join(", "),
    }
}
