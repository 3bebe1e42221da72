//! Text that comes from a portfolio: kept once, handed out as small numbers, and never printed from here.

use std::collections::HashMap;

use string_interner::{DefaultSymbol, StringInterner, Symbol, backend::StringBackend};

/// Text of a portfolio. It has no `Display`: it reaches an output only through `render/escape.rs`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Untrusted(String);

impl Untrusted {
    /// Wraps text of unknown origin.
    pub fn new(text: impl Into<String>) -> Untrusted {
        Untrusted(text.into())
    }

    /// The text as it was written, controls and all. Only to be compared, measured or escaped.
    pub fn raw(&self) -> &str {
        &self.0
    }
}

/// A text of the portfolio, as a number that `Names` can turn back.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Name(DefaultSymbol);

impl Name {
    /// A number below `Names::len`, for tables by name.
    pub fn index(self) -> usize {
        self.0.to_usize()
    }
}

/// A table by small numbers of ours, such as names and positions: nobody outside chooses them, so that they need not
/// be hashed as if somebody did. Its order means nothing, as that of any table.
pub type FastMap<K, V> = HashMap<K, V, foldhash::fast::FixedState>;

/// Every id, name and other text of a portfolio, each once.
#[derive(Clone, Debug, Default)]
pub struct Names(StringInterner<StringBackend<DefaultSymbol>>);

impl Names {
    /// The name for this text, new or known.
    pub fn add(&mut self, text: &str) -> Name {
        Name(self.0.get_or_intern(text))
    }

    /// The name for this text where it is known.
    pub fn find(&self, text: &str) -> Option<Name> {
        self.0.get(text).map(Name)
    }

    /// The text behind a name.
    pub fn text(&self, name: Name) -> &str {
        self.0.resolve(name.0).unwrap_or_default()
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
