//! Who owns delivery for somebody, which an export tells in two ways: by a key of its own, or by the squad's lead.

use std::collections::BTreeSet;

use super::compare::{Fate, Here};
use super::meetings::told;
use super::{Merger, record};
use crate::base::ids::{PersonIx, Subject};
use crate::edit::outline::value;
use crate::import::draft::{Item, Value};
use crate::yaml::node::Node;

/// Who leads a squad afterwards, and whether an import said so.
struct Lead {
    id: String,
    by_import: bool,
}

impl Merger<'_> {
    pub(super) fn delivery_owner(
        &mut self,
        here: &Here<'_>,
        node: &Node<'_>,
        item: &Item,
        fresh: &mut Vec<(&'static str, Value)>,
        kept: &mut BTreeSet<record::Digest>,
    ) {
        let own = told(item, "delivery_owner").map(str::to_owned);
        let by_squad = || told(item, "squad").and_then(|squad| self.leads.get(squad).cloned());
        let Some(new) = own.clone().or_else(|| by_squad().filter(|lead| lead != here.id)) else { return };
        let value_of = Value::Text(new.clone());
        let digest = record::of_value("delivery_owner", &value_of);
        match value(node, "delivery_owner") {
            Some(old) => match self.fate(here, "delivery_owner", old, &value_of) {
                Fate::Same => {
                    kept.insert(digest);
                }
                Fate::Take if self.replace("delivery_owner", old, &value_of) => {
                    let before = self.digests("delivery_owner", old);
                    kept.retain(|one| !before.contains(one));
                    kept.insert(digest);
                }
                Fate::OfAnother => self.counts.of_others += 1,
                Fate::Take | Fate::Conflict => {
                    let was = old.text().unwrap_or_default().to_owned();
                    self.conflict("delivery_owner", old, &was, &new);
                }
            },
            None if own.is_some() => match self.lead_afterwards(here, node, item) {
                Some(lead) if lead.id == new => {}
                Some(lead) if !lead.by_import => self.conflict("delivery_owner", node, &lead.id, &new),
                _ => {
                    kept.insert(digest);
                    fresh.push(("delivery_owner", value_of));
                }
            },
            None => {}
        }
    }

    /// Who owns delivery by the squad once the merge is done.
    fn lead_afterwards(&self, here: &Here<'_>, node: &Node<'_>, item: &Item) -> Option<Lead> {
        let portfolio = self.into.portfolio;
        let now = value(node, "squad");
        let new = told(item, "squad").map(|squad| Value::Text(squad.to_owned()));
        let moves = match (now, &new) {
            (Some(now), Some(new)) => self.fate(here, "squad", now, new) == Fate::Take,
            (None, Some(_)) => true,
            (_, None) => false,
        };
        let squad_by_import = moves || now.is_some_and(|now| self.is_of_an_import(here, "squad", now));
        let squad = if moves { told(item, "squad") } else { now.and_then(Node::text) };
        let squad = squad.map(|squad| self.here("squad", squad));
        let Some(squad) = squad else {
            let me = portfolio.find("person", here.id)?;
            return self.owner_now(me).map(|id| Lead { id, by_import: false });
        };
        let there = Here { section: "squads", id: &squad, sources: here.sources };
        let node = self.node("squads", &squad);
        let old = node.as_ref().and_then(|node| value(node, "lead"));
        let new = self.leads.get(&squad).cloned();
        let changes = match (old, &new) {
            (Some(old), Some(new)) => self.fate(&there, "lead", old, &Value::Text(new.clone())) == Fate::Take,
            (None, Some(_)) => true,
            (_, None) => false,
        };
        if !moves && !changes {
            let by_import =
                squad_by_import && old.is_some_and(|old| self.is_of_an_import(&there, "lead", old));
            let me = portfolio.find("person", here.id)?;
            return self.owner_now(me).map(|id| Lead { id, by_import });
        }
        let id = if changes { new } else { old.and_then(Node::text).map(|id| self.here("person", id)) };
        let by_import =
            squad_by_import && (changes || old.is_some_and(|old| self.is_of_an_import(&there, "lead", old)));
        id.filter(|id| id != here.id).map(|id| Lead { id, by_import })
    }

    fn owner_now(&self, me: Subject) -> Option<String> {
        let Subject::Person(me) = me else { return None };
        let owner: PersonIx = self.into.lines.delivery_owner(me)?;
        Some(self.into.portfolio.text(self.into.portfolio.person(owner).id).to_owned())
    }
}
