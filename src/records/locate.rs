//! Symbolic places become lines: a file that has something to be said about is read once more, and only then.

use std::collections::HashMap;

use super::sections::Section;
use crate::source::{FileIx, Mark, Place, Sources, Spot};
use crate::yaml::document::{self, Consumer, Shape};
use crate::yaml::fault::Fault;
use crate::yaml::node::Node;

/// Turns every symbolic place into an exact one.
pub fn resolve(sources: &Sources, places: &mut Vec<&mut Place>) {
    let mut by_file: HashMap<FileIx, Vec<&mut Place>> = HashMap::new();
    for place in places.drain(..) {
        by_file.entry(place.file).or_default().push(place);
    }
    for (file, places) in by_file {
        let mut finder = Finder { wanted: HashMap::new() };
        for place in places {
            if let Spot::Part { item, .. } = place.spot {
                finder.wanted.entry(item).or_default().push(place);
            }
        }
        // A fault later in the file has been reported by the first reading.
        drop(document::read(sources.text(file), &mut finder));
        for place in finder.wanted.into_values().flatten() {
            if let Spot::Part { item, .. } = place.spot {
                place.spot = Spot::Exact(item, 1);
            }
        }
    }
}

struct Finder<'p> {
    wanted: HashMap<Mark, Vec<&'p mut Place>>,
}

impl Finder<'_> {
    fn look(&mut self, node: &Node<'_>) {
        for place in self.wanted.remove(&node.mark).into_iter().flatten() {
            if let Spot::Part { path, key, .. } = &place.spot {
                let part = node.follow(path, *key);
                place.spot = Spot::Exact(part.mark, part.length);
            }
        }
    }
}

impl<'t> Consumer<'t> for Finder<'_> {
    fn section(&mut self, key: &Node<'t>) -> Shape {
        let key = key.text().unwrap_or_default();
        Section::find(key).or_else(|| Section::nearest(key)).map_or(Shape::Items, Section::shape)
    }
    fn item(&mut self, node: Node<'t>) {
        self.look(&node);
    }
    fn value(&mut self, node: Node<'t>) {
        self.look(&node);
    }
    fn fault(&mut self, _: Fault) {}
}
