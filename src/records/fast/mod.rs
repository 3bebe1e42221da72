//! A second, much faster reader for the YAML that people and generators really write: block mappings and lists, plain
//! scalars, quoted ones on one line, flow collections on one line, comments, CRLF; and JSON. It reads an item straight
//! into its record.
//!
//! It only accepts or declines. What it does not fully understand, and every item with an error, is read by the YAML
//! library, whose answers, places and messages are the only ones. So this reader needs no error of its own, and
//! whatever it accepts must be what the library would have said; the tests compare the two.
//!
//! What it declines: tabs and characters that cannot be seen (in the whole chunk), anchors, aliases, tags, block scalars,
//! scalars that go on on the next line, escapes outside JSON, keys that are no plain words, lists within lists, and what
//! is indented in a way that is not one of the two usual ones.

mod block;
mod cursor;
mod flow;
mod json;
mod value;

pub(super) use cursor::Cursor;
pub(super) use json::read as json;
pub use value::Value;

use std::fmt::Display;

/// The reader is not sure; says nothing about why, since nobody is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("left to the YAML library")]
pub struct Declined;

impl serde::de::Error for Declined {
    fn custom<T: Display>(_: T) -> Declined {
        Declined
    }
}
