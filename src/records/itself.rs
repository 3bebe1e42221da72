//! What a portfolio calls itself where it cannot be read otherwise: its id and its name, from texts with errors in them.

use super::sections::{Section, Single, Written};
use super::values::{Id, Text};
use crate::yaml::document::{self, Consumer, Shape};
use crate::yaml::fault::Fault;
use crate::yaml::node::Node;

/// What a portfolio calls itself.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Itself {
    /// The id.
    pub id: Option<String>,
    /// The name.
    pub name: Option<String>,
}

/// The first id and the first name in some texts, as far as they can be read.
pub fn itself<'t>(texts: impl Iterator<Item = &'t str>) -> Itself {
    let mut finder = Finder::default();
    for text in texts {
        // Its errors have been reported.
        drop(document::read(text, &mut finder));
    }
    finder.found
}

#[derive(Default)]
struct Finder {
    single: Option<Single>,
    found: Itself,
}

impl<'t> Consumer<'t> for Finder {
    fn section(&mut self, key: &Node<'t>) -> Shape {
        self.single = match Section::find(key.text().unwrap_or_default()) {
            Some(Section::Single(single @ (Single::Id | Single::Name))) => Some(single),
            Some(Section::Single(_) | Section::List(_)) | None => None,
        };
        if self.single.is_some() { Shape::Value } else { Shape::Skip }
    }

    fn item(&mut self, _: Node<'t>) {}

    fn value(&mut self, node: Node<'t>) {
        if self.single == Some(Single::Id) && self.found.id.is_none() {
            self.found.id = (&node).record::<Id<'_>>().map(|id| id.0.into_owned());
        } else if self.single == Some(Single::Name) && self.found.name.is_none() {
            self.found.name = (&node).record::<Text<'_>>().map(|text| text.0.into_owned());
        }
    }

    fn fault(&mut self, _: Fault) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_before_an_error_is_told() {
        let text = "name: Payments\nid: pay\npeople: [{id: ana, nonsense: 1}]\nid: again\nmeetings: [\n";
        let expected = Itself { id: Some("pay".to_owned()), name: Some("Payments".to_owned()) };
        assert_eq!(itself(std::iter::once(text)), expected);
        assert_eq!(itself(["id: [1]\n", "- a list"].into_iter()), Itself::default());
    }
}
