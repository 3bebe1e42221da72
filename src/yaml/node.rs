//! The small tree that one item becomes: borrowed text, marks as small integers.

use std::borrow::Cow;

use super::scalar::{self, Plain};
use crate::source::{Mark, Step};

/// A value of YAML with its place.
#[derive(Clone, Debug)]
pub struct Node<'t> {
    /// What it is.
    pub kind: Kind<'t>,
    /// Its first character.
    pub mark: Mark,
    /// How many characters to underline on its first line.
    pub length: u32,
}

/// What a node can be.
#[derive(Clone, Debug)]
pub enum Kind<'t> {
    /// Text, with whether it was written without quotes.
    Scalar(Cow<'t, str>, bool),
    /// A sequence.
    List(Vec<Node<'t>>),
    /// A mapping in the order of the file, each key once.
    Map(Vec<(Node<'t>, Node<'t>)>),
}

impl<'t> Node<'t> {
    /// Which plain scalar it is; quoted ones are text. `None` for lists and mappings.
    pub fn plain(&self) -> Option<Plain> {
        match &self.kind {
            Kind::Scalar(text, true) => Some(scalar::kind(text)),
            Kind::Scalar(_, false) => Some(Plain::Text),
            Kind::List(_) | Kind::Map(_) => None,
        }
    }

    /// Whether it is `null`, which is the same as left out.
    pub fn is_null(&self) -> bool {
        self.plain() == Some(Plain::Null)
    }

    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar(text, _) => Some(text),
            Kind::List(_) | Kind::Map(_) => None,
        }
    }

    /// Whether a mapping gives this key a value.
    pub fn writes(&self, key: &str) -> bool {
        match &self.kind {
            Kind::Map(entries) => {
                entries.iter().any(|(name, value)| name.text() == Some(key) && !value.is_null())
            }
            Kind::List(_) | Kind::Scalar(..) => false,
        }
    }

    /// How a person would call what is written here, in front of its text: `the number `.
    pub fn described(&self) -> (&'static str, Option<&str>) {
        match (&self.kind, self.plain()) {
            (Kind::List(_), _) => ("a list", None),
            (Kind::Map(_), _) => ("a mapping", None),
            (Kind::Scalar(..), Some(Plain::Null)) => ("nothing", None),
            (Kind::Scalar(text, _), Some(Plain::Truth(_))) => ("the truth value ", Some(text)),
            (Kind::Scalar(text, _), Some(Plain::Whole | Plain::Float)) => ("the number ", Some(text)),
            (Kind::Scalar(text, _), _) => ("", Some(text)),
        }
    }

    /// The node at the end of a path of child positions (entries of lists, values of mappings).
    pub fn descend(&self, path: &[usize]) -> &Node<'t> {
        let Some((first, rest)) = path.split_first() else { return self };
        let child = match &self.kind {
            Kind::List(items) => items.get(*first),
            Kind::Map(entries) => entries.get(*first).map(|(_, value)| value),
            Kind::Scalar(..) => None,
        };
        child.map_or(self, |child| child.descend(rest))
    }

    /// The key in front of the node at the end of such a path.
    pub fn key_at(&self, path: &[usize]) -> Option<&Node<'t>> {
        let (last, parents) = path.split_last()?;
        match &self.descend(parents).kind {
            Kind::Map(entries) => entries.get(*last).map(|(key, _)| key),
            Kind::List(_) | Kind::Scalar(..) => None,
        }
    }

    /// Removes the node at the end of such a path. False if there is none.
    pub fn remove(&mut self, path: &[usize]) -> bool {
        let Some((first, rest)) = path.split_first() else { return false };
        match &mut self.kind {
            Kind::List(items) if rest.is_empty() && *first < items.len() => drop(items.remove(*first)),
            Kind::Map(entries) if rest.is_empty() && *first < entries.len() => drop(entries.remove(*first)),
            Kind::List(items) => return items.get_mut(*first).is_some_and(|child| child.remove(rest)),
            Kind::Map(entries) => {
                return entries.get_mut(*first).is_some_and(|(_, child)| child.remove(rest));
            }
            Kind::Scalar(..) => return false,
        }
        true
    }

    /// What is written last in it: itself, where nothing is in it.
    pub fn last(&self) -> &Node<'t> {
        match &self.kind {
            Kind::Scalar(..) => self,
            Kind::List(items) => items.last().map_or(self, Node::last),
            Kind::Map(entries) => entries.last().map_or(self, |(_, value)| value.last()),
        }
    }

    /// The node that symbolic steps lead to, or the nearest one above it; with `key`, the last step's key.
    pub fn follow(&self, path: &[Step], key: bool) -> &Node<'t> {
        let Some((first, rest)) = path.split_first() else { return self };
        match (&self.kind, first) {
            (Kind::Map(entries), Step::Key(wanted)) => {
                let entry = entries.iter().find(|(name, _)| name.text() == Some(wanted));
                match entry {
                    Some((name, _)) if key && rest.is_empty() => name,
                    Some((_, value)) => value.follow(rest, key),
                    None => self,
                }
            }
            (Kind::List(items), Step::Index(index)) => {
                items.get(*index).map_or(self, |item| item.follow(rest, key))
            }
            _ => self,
        }
    }
}
