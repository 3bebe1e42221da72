//! What a reader hands over, in the order of the file: sections, and their items as records where they have no error.

use std::collections::VecDeque;

use super::fast;
use super::sections::{Item, Section, Written};
use crate::source::Mark;
use crate::yaml::document::{Consumer, Shape};
use crate::yaml::fault::Fault;
use crate::yaml::node::Node;

/// What a document is made of.
#[derive(Clone, Copy, Debug)]
pub struct How {
    /// Which shape a section has by its key; none for an unknown key.
    pub shape_of: fn(&str) -> Option<Shape>,
    /// Reads an item of a section, if it can be read at once and has no error.
    pub read: for<'t> fn(&str, &Node<'t>) -> Option<Item<'t>>,
    /// The same where the fast reader stands before the item.
    pub read_fast: for<'t> fn(&str, fast::Value<'_, 't>) -> Option<Item<'t>>,
}

impl How {
    /// How portfolios are read.
    pub const PORTFOLIO: How = How {
        shape_of: |section| Section::find(section).map(Section::shape),
        read: |section, node| item(section, node),
        read_fast: |section, value| item(section, value),
    };
}

fn item<'t>(section: &str, written: impl Written<'t>) -> Option<Item<'t>> {
    match Section::find(section)? {
        Section::List(list) => list.item(written),
        Section::Single(_) => None,
    }
}

/// Takes items that have been read into records as well.
pub trait RecordConsumer<'t>: Consumer<'t> {
    /// One item of the section that was read without an error, with its first character.
    fn record(&mut self, item: Item<'t>, mark: Mark);
}

/// One thing that is handed over.
#[expect(clippy::large_enum_variant, reason = "nearly all of them are records")]
pub(super) enum Call<'t> {
    Section(Node<'t>, Shape),
    List(Option<u32>),
    Item(Node<'t>),
    Record(Item<'t>, Mark),
    Value(Node<'t>),
}

/// How much has been delivered.
#[derive(Default)]
pub(super) struct Delivered {
    calls: usize,
    shapes: VecDeque<Shape>,
}

impl Delivered {
    /// Hands over a call, and counts it.
    pub(super) fn deliver<'t>(&mut self, call: Call<'t>, to: &mut dyn RecordConsumer<'t>) {
        match call {
            Call::List(line) => to.list(line),
            Call::Item(node) => to.item(node),
            Call::Record(item, mark) => to.record(item, mark),
            Call::Value(node) => to.value(node),
            Call::Section(key, shape) => {
                to.section(&key);
                self.shapes.push_back(shape);
            }
        }
        self.calls += 1;
    }

    /// Whether nothing has been delivered.
    pub(super) fn is_nothing(&self) -> bool {
        self.calls == 0
    }

    /// Whether the next call has been delivered already.
    fn has_next(&mut self) -> bool {
        let has = self.calls > 0;
        self.calls = self.calls.saturating_sub(1);
        has
    }
}

/// Delivers what has not been delivered yet.
pub(super) struct Rest<'c, 't> {
    pub(super) delivered: Delivered,
    pub(super) to: &'c mut dyn RecordConsumer<'t>,
}

impl<'t> Consumer<'t> for Rest<'_, 't> {
    fn section(&mut self, key: &Node<'t>) -> Shape {
        if self.delivered.has_next() {
            self.delivered.shapes.pop_front().unwrap_or(Shape::Skip)
        } else {
            self.to.section(key)
        }
    }
    fn list(&mut self, line: Option<u32>) {
        if !self.delivered.has_next() {
            self.to.list(line);
        }
    }
    fn item(&mut self, node: Node<'t>) {
        if !self.delivered.has_next() {
            self.to.item(node);
        }
    }
    fn value(&mut self, node: Node<'t>) {
        if !self.delivered.has_next() {
            self.to.value(node);
        }
    }
    fn fault(&mut self, fault: Fault) {
        self.to.fault(fault);
    }
}
