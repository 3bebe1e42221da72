//! The keys of a portfolio that have one value, and values written where a list belongs.

use super::intake::Intake;
use super::linker::Link;
use super::{HrSystem, MeetingsOf};
use crate::base::day::Day;
use crate::base::message::message;
use crate::policy;
use crate::records::portfolio::HrSystemRecord;
use crate::records::read::{Reading, record};
use crate::records::sections::{List, Single};
use crate::records::values::{Id, Text, Whole};
use crate::records::words::{Described, Line};
use crate::source::{Code, Diagnostic, ItemAt, Place, odd};
use crate::yaml::error::unknown_key;
use crate::yaml::node::{Kind, Node};

impl Intake<'_> {
    pub(super) fn single(&mut self, single: Single, node: Node<'_>) {
        let (file, at) = (self.file, self.at(node.mark));
        let reading = Reading::value(single.key(), file);
        match single {
            Single::Version => drop(record::<Whole<1, 1>>(node, reading, self.diagnostics)),
            Single::Name => {
                if let Some(text) = record::<Text<'_>>(node, reading, self.diagnostics) {
                    let name = self.portfolio.names.add(&text.0);
                    let before = *self.portfolio.name.get_or_insert(name);
                    self.agree(single, at, before == name);
                }
            }
            Single::Id => {
                if let Some(id) = record::<Id<'_>>(node, reading, self.diagnostics) {
                    let id = self.portfolio.names.add(&id.0);
                    let before = *self.portfolio.id.get_or_insert(id);
                    self.agree(single, at, before == id);
                }
            }
            // Two calendars make two files: together they hold the 1:1s of both.
            Single::MeetingsOf => {
                if let Some(people) = record::<Vec<Id<'_>>>(node, reading, self.diagnostics) {
                    let portfolio = &mut self.portfolio;
                    let all = portfolio.meetings_of.get_or_insert_default();
                    let names = &mut portfolio.names;
                    all.extend(people.iter().enumerate().map(|(index, id)| MeetingsOf {
                        at,
                        index,
                        person: Link::Written(names.add(&id.0)),
                    }));
                }
            }
            Single::AsOf => {
                if let Some(day) = record::<Day>(node, reading, self.diagnostics) {
                    let before = *self.portfolio.as_of.get_or_insert(day);
                    self.agree(single, at, before == day);
                }
            }
            Single::Describes => {
                if let Some(mut described) = record::<Vec<Described>>(node, reading, self.diagnostics) {
                    described.sort_unstable();
                    described.dedup();
                    let first = !self.once.contains_key(&single);
                    if first {
                        self.portfolio.describes.clone_from(&described);
                    }
                    self.agree(single, at, self.portfolio.describes == described);
                }
            }
            Single::HrSystem => self.hr_system(node, at),
            Single::Policy => {
                let policy = policy::from_node(node, file, self.catalog, self.diagnostics);
                let (before, _) = &*self.policy.get_or_insert_with(|| (policy.clone(), at));
                let alike = *before == policy;
                self.agree(single, at, alike);
            }
        }
    }

    /// Reports a value where a list belongs; often its items, keyed by their ids.
    pub(super) fn no_list(&mut self, list: List, node: Node<'_>) {
        self.portfolio.unread.insert(list);
        let is_item = |value: &Node<'_>| matches!(value.kind, Kind::Map(_)) || value.is_null();
        let first = match &node.kind {
            // With other values it is one item, and only its list is missing.
            Kind::Map(entries) => entries
                .first()
                .filter(|(key, value)| is_item(value) || key.text().is_some_and(odd::is_any_in))
                .and_then(|(key, _)| key.text().map(|text| (key, text))),
            Kind::Scalar(..) | Kind::List(_) => None,
        };
        let Some((key, id)) = first.filter(|_| list != List::Acknowledgements) else {
            // Reading it as a list says so.
            drop(record::<Vec<Text<'_>>>(node, Reading::value(list.key(), self.file), self.diagnostics));
            return;
        };
        if odd::is_any_in(id) {
            self.diagnostics.push(unknown_key(id, &[], Place::exact(self.file, key.mark, key.length)));
            return;
        }
        let message = message!("expected a list, found a mapping");
        let help = message!(
            "`",
            list.key(),
            "` is a list: write `- id: ",
            id.to_owned(),
            "` and the item\u{2019}s other keys below it"
        );
        self.diagnostics.push(Diagnostic::error(Code::WrongValue, message, self.key.clone()).help(help));
    }

    fn hr_system(&mut self, node: Node<'_>, at: ItemAt) {
        let reading = Reading::value(Single::HrSystem.key(), self.file);
        let Some(record) = record::<HrSystemRecord<'_>>(node, reading, self.diagnostics) else { return };
        let HrSystemRecord { name, shows } = record;
        let shows = |line| shows.contains(&line);
        let system = HrSystem {
            at,
            name: name.as_ref().map(|name| self.portfolio.names.add(&name.0)),
            shows_delivery: shows(Line::Delivery),
            shows_craft: shows(Line::Craft),
        };
        let before = self.portfolio.hr_system.get_or_insert_with(|| system.clone());
        let alike = HrSystem { at: before.at, ..system } == *before;
        self.agree(Single::HrSystem, at, alike);
    }
}
