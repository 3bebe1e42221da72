//! Text that comes from a portfolio: kept once, handed out as small numbers, and never printed from here.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};
use std::ops::Range;

use string_interner::{DefaultSymbol, StringInterner, Symbol, backend::StringBackend};

/// Text of a portfolio. It has no `Display`: it reaches an output only through `render/escape.rs`.
#[derive(Clone, Debug)]
pub struct Untrusted {
    text: String,
    /// Where in a sentence the names are that are read from right to left; a page shows each in a direction of its own.
    names: Box<[Range<usize>]>,
}

impl Untrusted {
    /// Wraps text of unknown origin.
    pub fn new(text: impl Into<String>) -> Untrusted {
        Untrusted { text: text.into(), names: Box::default() }
    }

    /// A sentence with names at these places, one after the other.
    pub fn sentence(text: String, names: Vec<Range<usize>>) -> Untrusted {
        Untrusted { text, names: names.into_boxed_slice() }
    }

    /// The text as written, control characters included. Use it only to compare, measure or escape.
    pub fn raw(&self) -> &str {
        &self.text
    }

    /// The sentence piece by piece: what is around names that have a direction of their own, and those names.
    pub fn pieces(&self) -> impl Iterator<Item = Piece<'_>> {
        let ends = self.names.iter().map(|name| name.end);
        let around = std::iter::once(0).chain(ends).zip(self.names.iter().map(|name| name.start));
        let last = self.names.last().map_or(0, |name| name.end);
        let names = self.names.iter().map(|name| Piece::Name(self.part(name.clone())));
        let words = around.map(|(from, to)| Piece::Words(self.part(from..to)));
        let both = words.zip(names).flat_map(|(words, name)| [words, name]);
        both.chain([Piece::Words(self.part(last..self.text.len()))]).filter(|piece| !piece.text().is_empty())
    }

    fn part(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }
}

/// A piece of a sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Piece<'t> {
    /// Words, and names that are read as they are.
    Words(&'t str),
    /// A name that is read from right to left.
    Name(&'t str),
}

impl<'t> Piece<'t> {
    /// Its text.
    pub fn text(self) -> &'t str {
        match self {
            Piece::Words(text) | Piece::Name(text) => text,
        }
    }
}

/// Whether a name has letters or marks that are read from right to left: beside others it would change their order.
pub fn is_right_to_left(name: &str) -> bool {
    let is_one = |character: char| {
        matches!(
            character,
            '\u{590}'..='\u{8FF}'
                | '\u{200E}'
                | '\u{200F}'
                | '\u{FB1D}'..='\u{FDFF}'
                | '\u{FE70}'..='\u{FEFE}'
                | '\u{10800}'..='\u{10FFF}'
                | '\u{1E800}'..='\u{1EFFF}'
        )
    };
    !name.is_ascii() && name.chars().any(is_one)
}

// Where the names are follows from the text, as far as anything compares it.
impl PartialEq for Untrusted {
    fn eq(&self, other: &Untrusted) -> bool {
        self.text == other.text
    }
}

impl Eq for Untrusted {}

impl PartialOrd for Untrusted {
    fn partial_cmp(&self, other: &Untrusted) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Untrusted {
    fn cmp(&self, other: &Untrusted) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl Hash for Untrusted {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
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

/// A hash map with a fast hash, for keys that no input can choose (names, positions), so it needs no hash that is
/// hardened against chosen keys. Like any hash map it has no meaningful order.
pub type FastMap<K, V> = HashMap<K, V, foldhash::fast::FixedState>;

/// The same as a set.
pub type FastSet<K> = HashSet<K, foldhash::fast::FixedState>;

/// Every id, name and other text of a portfolio, each once.
#[derive(Clone, Debug, Default)]
pub struct Names(StringInterner<StringBackend<DefaultSymbol>>);

/// About how many bytes of a portfolio come to one name.
const BYTES_TO_A_NAME: usize = 160;

impl Names {
    /// Reserves memory for the names of texts of this total length.
    pub fn of_texts(bytes: usize) -> Names {
        Names(StringInterner::with_capacity(bytes / BYTES_TO_A_NAME))
    }

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

    /// Every text with its name.
    pub fn all(&self) -> impl Iterator<Item = (Name, &str)> {
        self.0.iter().map(|(symbol, text)| (Name(symbol), text))
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
