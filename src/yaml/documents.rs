//! Foreign YAML: many documents in one text, each handed over as a tree. Knows nothing of portfolios.

use super::document::{Consumer, Reader, Shape};
use super::fault::Fault;
use super::node::Node;
use super::tokens::What;
use crate::base::message::message;
use crate::source::Code;

/// What a stream of documents held.
#[derive(Debug, Default)]
pub struct Documents<'t> {
    /// Every document that is not empty.
    pub trees: Vec<Node<'t>>,
    /// What is odd and was read all the same: tags, duplicate keys, long texts.
    pub faults: Vec<Fault>,
}

/// Reads every document of a text. An error ends the reading; nothing is handed over then.
pub fn read(text: &str) -> Result<Documents<'_>, Fault> {
    let mut faults = Faults::default();
    let mut trees = Vec::new();
    let mut reader = Reader::new(text, 0, &mut faults);
    loop {
        let token = reader.next().map_err(|fault| *fault)?;
        match &token.what {
            What::End => break,
            What::Scalar(text, true) if text.is_empty() || text == "~" => {}
            What::Scalar(..) | What::Map | What::List { .. } => {
                trees.push(reader.node(token, 1).map_err(|fault| *fault)?);
            }
            What::Alias => {
                let message = message!("unknown anchor: no anchor of this name comes before this alias");
                return Err(Fault::new(Code::Alias, message, token.mark));
            }
            _ => {}
        }
    }
    Ok(Documents { trees, faults: faults.0 })
}

#[derive(Default)]
struct Faults(Vec<Fault>);

/// How many faults of a text are kept.
const MOST: usize = 100;

impl<'t> Consumer<'t> for Faults {
    fn section(&mut self, _: &Node<'t>) -> Shape {
        Shape::Skip
    }
    fn item(&mut self, _: Node<'t>) {}
    fn value(&mut self, _: Node<'t>) {}
    fn fault(&mut self, fault: Fault) {
        if self.0.len() < MOST {
            self.0.push(fault);
        }
    }
}
