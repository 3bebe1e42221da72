//! Reading as the program does it, with the fast reader first: records that are counted and dropped. On this thread.

use debt::records::parallel::{self, How, RecordConsumer};
use debt::records::sections::Item;
use debt::source::Mark;
use debt::yaml::document::{Consumer, Shape};
use debt::yaml::fault::Fault;
use debt::yaml::node::Node;

#[derive(Default)]
struct Count(usize);

impl<'t> Consumer<'t> for Count {
    fn section(&mut self, key: &Node<'t>) -> Shape {
        (How::PORTFOLIO.shape_of)(key.text().unwrap_or_default()).unwrap_or(Shape::Skip)
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
    parallel::ahead(std::iter::once(text), text.len().max(1), How::PORTFOLIO, |ahead| {
        ahead.read_next(&mut count)
    })
    .expect("a portfolio");
    count.0
}
