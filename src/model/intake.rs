//! Takes the items of all files, one by one, into an unlinked portfolio. What can be checked about an item by
//! itself is checked here.

use std::collections::HashMap;

use serde::Deserialize;

use super::{
    Acknowledgement, Conversation, Decision, Guild, Meeting, Mentorship, Person, Portfolio, Promotion, Squad,
};
use crate::base::catalog::Catalog;
use crate::base::day::Day;
use crate::base::message::{Message, Quote, message};
use crate::base::names::{Name, Names};
use crate::model::linker::Link;
use crate::policy::Policy;
use crate::records::parallel::RecordConsumer;
use crate::records::portfolio::Listed;
use crate::records::read::{Reading, record};
use crate::records::sections::{Item, List, SECTIONS, Section, Single, Written};
use crate::records::values::{Id, Text};
use crate::source::{Code, Diagnostic, Diagnostics, FileIx, ItemAt, Mark, Place, Step};
use crate::yaml::document::{Consumer, Shape};
use crate::yaml::error::unknown_key;
use crate::yaml::fault::Fault;
use crate::yaml::node::Node;

/// What an item needs while it is checked: where to store its texts and its diagnostics.
pub(super) struct ItemContext<'d> {
    pub(super) names: &'d mut Names,
    pub(super) diagnostics: &'d mut Diagnostics,
    /// Whether the key that must not be missing is written; where its value was wrong, that has been said.
    pub(super) is_written: bool,
}

impl ItemContext<'_> {
    pub(super) fn text(&mut self, text: Option<Text<'_>>) -> Option<Name> {
        text.map(|text| self.names.add(&text.0))
    }

    pub(super) fn link<I>(&mut self, id: Option<Id<'_>>) -> Option<Link<I>> {
        id.map(|id| Link::Written(self.names.add(&id.0)))
    }

    /// The written id; one that is to be made from parts is empty until the parts are linked.
    pub(super) fn id(&mut self, id: Option<&Id<'_>>) -> Name {
        self.names.add(id.map_or("", |id| &id.0))
    }

    pub(super) fn aliases(&mut self, aliases: Listed<Id<'_>>) -> Box<[Name]> {
        aliases.into_iter().flatten().map(|alias| self.names.add(&alias.0)).collect()
    }

    /// Reports a second day that is before the first.
    pub(super) fn in_order(
        &mut self,
        at: ItemAt,
        first: (&'static str, Option<Day>),
        second: (&'static str, Option<Day>),
    ) {
        if let (Some(earlier), Some(later)) = (first.1, second.1)
            && later < earlier
        {
            self.out_of_order(at.at(second.0), second.0, later, first.0, earlier);
        }
    }

    /// Reports a day that is before another one.
    pub(super) fn out_of_order(
        &mut self,
        place: Place,
        key: &'static str,
        day: Day,
        first_key: &'static str,
        first: Day,
    ) {
        self.out_of_order_with(place, (key, day), (first_key, first), None);
    }

    /// The same, with what to do about it.
    pub(super) fn out_of_order_with(
        &mut self,
        place: Place,
        (key, day): (&'static str, Day),
        (first_key, first): (&'static str, Day),
        help: Option<Message<Quote>>,
    ) {
        // A day that is missing has been reported as missing.
        if !(day.is_real() && first.is_real()) {
            return;
        }
        let message = message!("`", key, "` (", day, ") is before `", first_key, "` (", first, ")");
        let diagnostic =
            Diagnostic::error(Code::DateOrder, message, place).expected(message!(first, " or later"));
        self.diagnostics.push(Diagnostic { help, ..diagnostic });
    }

    /// Reports days that are not strictly ascending or not after a first day (with `or_equal`, the first may equal it).
    pub(super) fn rising(
        &mut self,
        at: ItemAt,
        key: &'static str,
        days: &[Day],
        first: (&'static str, Day),
        or_equal: bool,
    ) {
        let mut before = first.1;
        let mut what = first.0;
        for (index, day) in days.iter().enumerate() {
            let fits = *day > before || (or_equal && index == 0 && *day == before) || !day.is_real();
            if !fits {
                let message = message!(
                    "the dates of `",
                    key,
                    "` must ascend: ",
                    *day,
                    " is not after `",
                    what,
                    "` (",
                    before,
                    ")"
                );
                let place = at.value([Step::from(key), index.into()]);
                self.diagnostics.push(
                    Diagnostic::error(Code::DateOrder, message, place)
                        .expected(message!("later than ", before)),
                );
            }
            before = *day;
            what = key;
        }
    }
}

/// Everything that was taken in so far.
pub(super) struct Intake<'i> {
    pub(super) portfolio: Portfolio,
    pub(super) policy: Option<(Policy, ItemAt)>,
    pub(super) catalog: &'i Catalog,
    pub(super) diagnostics: &'i mut Diagnostics,
    /// Where each key that a portfolio has once was first written.
    pub(super) once: HashMap<Single, ItemAt>,
    pub(super) file: FileIx,
    /// The section that is being read; none under a key that nobody knows.
    pub(super) section: Option<Section>,
    /// Where its key is.
    pub(super) key: Place,
    /// Where `people` is first written.
    pub(super) people_at: Option<Place>,
}

impl<'i> Intake<'i> {
    pub(super) fn new(catalog: &'i Catalog, diagnostics: &'i mut Diagnostics) -> Intake<'i> {
        Intake {
            portfolio: Portfolio::default(),
            policy: None,
            catalog,
            diagnostics,
            once: HashMap::new(),
            file: FileIx(0),
            section: None,
            key: Place::whole(FileIx(0)),
            people_at: None,
        }
    }

    /// The items that come next are of this file.
    pub(super) fn begin(&mut self, file: FileIx) {
        self.file = file;
    }

    pub(super) fn at(&self, mark: Mark) -> ItemAt {
        ItemAt { file: self.file, mark }
    }

    /// Keeps a value that all files must agree on.
    pub(super) fn agree(&mut self, single: Single, at: ItemAt, same_as_before: bool) {
        match self.once.get(&single) {
            None => drop(self.once.insert(single, at)),
            Some(_) if same_as_before => {}
            Some(first) => {
                let message = message!("two files give different values for `", single.key(), "`");
                let diagnostic = Diagnostic::error(Code::FilesDisagree, message, at.place());
                self.diagnostics
                    .push(diagnostic.also(first.place(), "first here").help(message!("keep one of the two")));
            }
        }
    }

    /// Marks a list as written, though it may be empty.
    pub(super) fn mark_written(&mut self, list: List) {
        let portfolio = &mut self.portfolio;
        portfolio.written.insert(list);
        match list {
            List::Conversations => drop(portfolio.conversations.get_or_insert_default()),
            List::Decisions => drop(portfolio.decisions.get_or_insert_default()),
            List::Promotions => drop(portfolio.promotions.get_or_insert_default()),
            List::Mentorships => drop(portfolio.mentorships.get_or_insert_default()),
            List::People | List::Squads | List::Guilds | List::Meetings | List::Acknowledgements => {}
        }
    }

    /// Takes in one item. `is_written` says whether the key that must not be missing is written.
    fn take(&mut self, item: Item<'_>, mark: Mark, is_written: bool) {
        let at = self.at(mark);
        let portfolio = &mut self.portfolio;
        let mut cx = ItemContext { names: &mut portfolio.names, diagnostics: self.diagnostics, is_written };
        let cx = &mut cx;
        match item {
            Item::Person(record) => portfolio.people.push(Person::from_record(record, at, cx)),
            Item::Squad(record) => portfolio.squads.push(Squad::from_record(record, at, cx)),
            Item::Guild(record) => portfolio.guilds.push(Guild::from_record(record, at, cx)),
            Item::Meeting(record) => portfolio.meetings.push(Meeting::from_record(record, at, cx)),
            Item::Conversation(record) => {
                let talk = Conversation::from_record(record, at, cx);
                portfolio.conversations.get_or_insert_default().push(talk);
            }
            Item::Decision(record) => {
                let decision = Decision::from_record(record, at, cx);
                portfolio.decisions.get_or_insert_default().push(decision);
            }
            Item::Promotion(record) => {
                let promotion = Promotion::from_record(record, at, cx);
                portfolio.promotions.get_or_insert_default().push(promotion);
            }
            Item::Mentorship(record) => {
                let mentorship = Mentorship::from_record(record, at, cx);
                portfolio.mentorships.get_or_insert_default().push(mentorship);
            }
            Item::Acknowledgement(record) => {
                let one = Acknowledgement::from_record(record, at, self.catalog, cx);
                portfolio.acknowledgements.push(one);
            }
        }
    }
}

/// A key at the top that nobody knows.
fn unknown_section(typed: &str, place: Place) -> Diagnostic {
    let diagnostic = unknown_key(typed, SECTIONS, place);
    if typed.starts_with("x-") {
        let help = message!("there are no extension keys; put the anchor where its value is first used");
        return diagnostic.help(help);
    }
    diagnostic
}

/// Reads one item, or the value of one key, into a portfolio that has been read already; as ever, unlinked.
pub(super) fn reread(
    portfolio: &mut Portfolio,
    section: Section,
    node: Node<'static>,
    at: ItemAt,
    (catalog, diagnostics): (&Catalog, &mut Diagnostics),
) {
    let mut intake = Intake::new(catalog, diagnostics);
    intake.portfolio = std::mem::take(portfolio);
    (intake.file, intake.section) = (at.file, Some(section));
    match section {
        Section::List(list) => {
            intake.mark_written(list);
            intake.item(node);
        }
        Section::Single(_) => intake.value(node),
    }
    *portfolio = intake.portfolio;
}

/// An item whose errors are collected.
struct Checked<'c, 't> {
    node: Node<'t>,
    reading: Reading,
    diagnostics: &'c mut Diagnostics,
}

impl<'t> Written<'t> for Checked<'_, 't> {
    fn record<T: Deserialize<'t>>(self) -> Option<T> {
        record(self.node, self.reading, self.diagnostics)
    }
}

impl<'t> Consumer<'t> for Intake<'_> {
    fn section(&mut self, key: &Node<'t>) -> Shape {
        let typed = key.text().unwrap_or_default();
        let known = Section::find(typed);
        if known.is_none() {
            let place = Place::exact(self.file, key.mark, key.length);
            self.diagnostics.push(if self.diagnostics.is_full() {
                Diagnostic::error(Code::UnknownKey, Message::default(), place)
            } else {
                unknown_section(typed, place)
            });
        }
        // A misspelt section is read as the one that is meant, so that its items are not missed elsewhere.
        // Among errors that are only counted nobody looks for it.
        self.section =
            known.or_else(|| if self.diagnostics.is_full() { None } else { Section::nearest(typed) });
        self.key = Place::exact(self.file, key.mark, key.length);
        if self.section == Some(Section::List(List::People)) {
            self.people_at.get_or_insert_with(|| self.key.clone());
        }
        // The value of an unknown key is read and ignored: an anchor in it may be used elsewhere.
        self.section.map_or(Shape::Value, Section::shape)
    }

    fn item(&mut self, node: Node<'t>) {
        let mark = node.mark;
        let Some(Section::List(list)) = self.section else { return };
        let is_written = match list {
            List::Meetings => node.writes("with"),
            List::Decisions => node.writes("closed"),
            List::Acknowledgements => node.writes("factor") || node.writes("finding"),
            List::People => node.writes("left"),
            List::Squads | List::Guilds | List::Conversations | List::Promotions | List::Mentorships => false,
        };
        let reading = Reading::item(list.key(), self.file);
        match list.item(Checked { node, reading, diagnostics: self.diagnostics }) {
            Some(item) => self.take(item, mark, is_written),
            None => drop(self.portfolio.unread.insert(list)),
        }
    }

    fn list(&mut self, _: Option<u32>) {
        if let Some(Section::List(list)) = self.section {
            self.mark_written(list);
        }
    }

    fn value(&mut self, node: Node<'t>) {
        if node.is_null() {
            return;
        }
        match self.section {
            None => {}
            Some(Section::List(list)) => self.no_list(list, node),
            Some(Section::Single(single)) => self.single(single, node),
        }
    }

    fn fault(&mut self, fault: Fault) {
        self.diagnostics.push(fault.diagnose(self.file));
    }
}

impl<'t> RecordConsumer<'t> for Intake<'_> {
    fn record(&mut self, item: Item<'t>, mark: Mark) {
        // Without an error what is written is there.
        self.take(item, mark, false);
    }
}
