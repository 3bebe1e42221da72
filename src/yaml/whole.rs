//! A small document as one tree: a policy, a configuration.

use super::document::{self, Consumer, Shape};
use super::fault::Fault;
use super::node::{Kind, Node};
use crate::source::{Code, Diagnostics, FileIx, Mark};

/// The tree of a document, and a mapping without keys where it says nothing; none where it is not YAML. What is wrong with
/// it is reported.
pub fn tree<'t>(text: &'t str, file: FileIx, diagnostics: &mut Diagnostics) -> Option<Node<'t>> {
    let mut whole = Whole { entries: Vec::new(), key: None, file, diagnostics };
    if let Err(fault) = document::read(text, &mut whole)
        && fault.code != Code::Empty
    {
        diagnostics.push(fault.diagnose(file));
        return None;
    }
    Some(Node { kind: Kind::Map(whole.entries), mark: Mark { line: 1, column: 1 }, length: 1 })
}

struct Whole<'t, 'f> {
    entries: Vec<(Node<'t>, Node<'t>)>,
    key: Option<Node<'t>>,
    file: FileIx,
    diagnostics: &'f mut Diagnostics,
}

impl<'t> Consumer<'t> for Whole<'t, '_> {
    fn section(&mut self, key: &Node<'t>) -> Shape {
        self.key = Some(key.clone());
        Shape::Value
    }
    fn item(&mut self, node: Node<'t>) {
        self.value(node);
    }
    fn value(&mut self, node: Node<'t>) {
        self.entries.extend(self.key.take().map(|key| (key, node)));
    }
    fn fault(&mut self, fault: Fault) {
        self.diagnostics.push(fault.diagnose(self.file));
    }
}
