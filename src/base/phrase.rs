//! Sentences with facts filled in. The facts stay what they are (a person, a day, free text), so that
//! redaction and escaping can treat each as it must be.

use std::fmt::Display;

use super::day::Day;
use super::ids::{DecisionIx, GuildIx, MeetingIx, PersonIx, SquadIx, Subject};
use super::names::Name;
use super::points::MilliPoints;

/// One piece of a sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// Our own words.
    Words(&'static str),
    /// Our own words, put together at run time; never text of the portfolio.
    Composed(String),
    /// A whole number.
    Number(i64),
    /// A day, read beside the day that is scored.
    Day(Day),
    /// An amount.
    Points(MilliPoints),
    /// A person, by name or id.
    Person(PersonIx),
    /// A meeting, by title or id.
    Meeting(MeetingIx),
    /// A squad, by name or id.
    Squad(SquadIx),
    /// A guild, by name or id.
    Guild(GuildIx),
    /// A decision, by title or id.
    Decision(DecisionIx),
    /// Free text of the portfolio: a title, a topic. Where it is withheld the fact it belongs to is not told.
    Free(Name),
    /// Free text of the portfolio, and our own words that stand in for it where it is withheld.
    Called(Name, &'static str),
    /// The identity of a factor as the portfolio writes it, `CODE:TYPE:ID`.
    Finding(Name),
    /// Anything that is scored, by its id.
    Id(Subject),
}

/// A sentence, piece by piece.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Phrase(pub Vec<Piece>);

impl Phrase {
    /// This sentence and then more.
    #[must_use]
    pub fn and(mut self, more: Phrase) -> Phrase {
        self.0.extend(more.0);
        self
    }
}

impl From<(Name, &'static str)> for Piece {
    fn from((name, stand_in): (Name, &'static str)) -> Piece {
        Piece::Called(name, stand_in)
    }
}

/// A sentence from its pieces: `phrase!(Person(p), " has no craft owner")`.
macro_rules! phrase {
    ($($piece:expr),* $(,)?) => {
        $crate::base::phrase::Phrase(vec![$($crate::base::phrase::Piece::from($piece)),*])
    };
}
pub(crate) use phrase;

macro_rules! from {
    ($($source:ty => $piece:expr),* $(,)?) => {$(
        impl From<$source> for Piece {
            fn from(value: $source) -> Piece {
                $piece(value)
            }
        }
    )*};
}

from! {
    &'static str => Piece::Words,
    String => Piece::Composed,
    i64 => Piece::Number,
    Day => Piece::Day,
    MilliPoints => Piece::Points,
    PersonIx => Piece::Person,
    MeetingIx => Piece::Meeting,
    SquadIx => Piece::Squad,
    GuildIx => Piece::Guild,
    DecisionIx => Piece::Decision,
    Name => Piece::Free,
}

/// A list of phrases joined as one reads it aloud: "a", "a and b", "a, b and c".
pub fn listed(mut items: Vec<Phrase>) -> Phrase {
    let last = items.pop().unwrap_or_default();
    let mut whole = Phrase::default();
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            whole.0.push(Piece::Words(", "));
        }
        whole = whole.and(item);
    }
    if !whole.0.is_empty() {
        whole.0.push(Piece::Words(" and "));
    }
    whole.and(last)
}

/// `once`, `twice`, `5 times`.
pub fn times(count: i64) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        more => format!("{more} times"),
    }
}

/// `1 week`, `13 weeks`: a count with its noun.
pub fn counted<N: Copy + Display + PartialEq + From<u8>>(count: N, one: &str, many: &str) -> String {
    format!("{count} {}", if count == N::from(1) { one } else { many })
}
