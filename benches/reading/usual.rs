//! Reading as the program does it, with the fast reader first: records that are counted and dropped. On this thread.

use debt::records::parallel::{self, How, RecordConsumer};
use debt::records::sections::{Item, Section, Written};
use debt::source::Mark;
use debt::yaml::document::{Consumer, Shape};
use debt::yaml::fault::Fault;
use debt::yaml::node::Node;

const HOW: How = How {
    shape_of: |section| Section::find(section).map(Section::shape),
    read: |section, node| item(section, node),
    read_fast: |section, value| item(section, value),
};

fn item<'t>(section: &str, written: impl Written<'t>) -> Option<Item<'t>> {
    match Section::find(section)? {
        Section::List(list) => list.item(written),
        Section::Single(_) => None,
    }
}

#[derive(Default)]
struct Count(usize);

impl<'t> Consumer<'t> for Count {
    fn section(&mut self, key: &Node<'t>) -> Shape {
        (HOW.shape_of)(key.text().unwrap_or_default()).unwrap_or(Shape::Skip)
    }
    fn item(&mut self, _: Node<'t>) {}
    fn value(&mut self, _: Node<'t>) {}
    fn fault(&mut self, _: Fault) {}
}

impl<'t> RecordConsumer<'t> for Count {
    fn record(&mut self, _: Item<'t>, _: Mark) {
        self.0 += 1;
    }
}

/// How many records a text has.
pub(crate) fn read(text: &str) -> usize {
    let mut count = Count::default();
    // A text shorter than two chunks is read on this thread.
    parallel::ahead(std::iter::once(text), text.len().max(1), HOW, |ahead| ahead.read_next(&mut count))
        .expect("a portfolio");
    count.0
}
