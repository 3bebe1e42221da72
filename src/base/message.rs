//! Sentences with facts in them. A fact stays what it is (a person, a day, text of a file) until it is shown, so that
//! redaction and escaping can treat each as it must be. Rules, comparisons and diagnostics all speak in these.

use std::borrow::Cow;
use std::fmt::Display;

use super::day::{Day, Days};
use super::decimal;
use super::ids::{DecisionIx, GuildIx, MeetingIx, PersonIx, SquadIx, Subject};
use super::names::Name;
use super::points::MilliPoints;

/// A sentence, part by part. `F` is what it may speak of beside days: facts of a portfolio (`Fact`), where a `String`
/// is our own words, since all text of a portfolio is a `Name`; or quotations from an input that is not a portfolio
/// yet (`Quote`), where a `String` is text of that input.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Message<F = Fact>(pub Vec<Part<F>>);

/// One part of a sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Part<F> {
    /// Our own words; never text of a portfolio or a file.
    Words(Cow<'static, str>),
    /// A day.
    Day(Day),
    /// What may have to be withheld.
    Fact(F),
}

/// Something of a portfolio.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fact {
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
    /// Free text: a title, a topic. Where it is withheld the sentence it belongs to is not told.
    Free(Name),
    /// Free text, and our own words that replace it where it is withheld.
    Called(Name, &'static str),
    /// The identity of a factor as the portfolio writes it, `CODE:TYPE:ID`.
    Finding(Name),
    /// Anything that is scored, by its id.
    Id(Subject),
    /// People who answer to each other in a cycle, each to the next. Told from a person that what is shown decides: a
    /// start by the ids as they are written would tell something about them under pseudonyms.
    Cycle(Box<[PersonIx]>),
}

/// Something of an input.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Quote {
    /// Text of the input, of any length and content.
    Text(String),
    /// The name of a file or folder.
    File(String),
}

/// A sentence from its parts: `message!(person, " has no craft owner")`.
macro_rules! message {
    ($($part:expr),* $(,)?) => {
        $crate::base::message::Message(vec![$($crate::base::message::Part::from($part)),*])
    };
}
pub(crate) use message;

impl<F> Default for Message<F> {
    fn default() -> Message<F> {
        Message(Vec::new())
    }
}

impl<F> Message<F> {
    /// Our own words, put together at run time.
    pub fn words(words: String) -> Message<F> {
        Message(vec![Part::Words(Cow::Owned(words))])
    }

    /// This sentence and then more.
    #[must_use]
    pub fn and(mut self, more: Message<F>) -> Message<F> {
        self.0.extend(more.0);
        self
    }
}

impl Message<Quote> {
    /// The name of a file or folder.
    pub fn file(name: impl Into<String>) -> Message<Quote> {
        Message(vec![Part::Fact(Quote::File(name.into()))])
    }
}

impl<F> From<&'static str> for Part<F> {
    fn from(words: &'static str) -> Part<F> {
        Part::Words(Cow::Borrowed(words))
    }
}

impl<F> From<i64> for Part<F> {
    fn from(number: i64) -> Part<F> {
        Part::Words(Cow::Owned(number.to_string()))
    }
}

impl<F> From<Days> for Part<F> {
    fn from(days: Days) -> Part<F> {
        Part::from(days.count())
    }
}

impl<F> From<MilliPoints> for Part<F> {
    fn from(amount: MilliPoints) -> Part<F> {
        Part::Words(Cow::Owned(decimal::thousandths(amount.mp())))
    }
}

impl<F> From<Day> for Part<F> {
    fn from(day: Day) -> Part<F> {
        Part::Day(day)
    }
}

impl From<String> for Part<Fact> {
    fn from(words: String) -> Part<Fact> {
        Part::Words(Cow::Owned(words))
    }
}

impl From<String> for Part<Quote> {
    fn from(text: String) -> Part<Quote> {
        Part::Fact(Quote::Text(text))
    }
}

impl From<&String> for Part<Quote> {
    fn from(text: &String) -> Part<Quote> {
        Part::Fact(Quote::Text(text.clone()))
    }
}

impl From<Fact> for Part<Fact> {
    fn from(fact: Fact) -> Part<Fact> {
        Part::Fact(fact)
    }
}

impl From<(Name, &'static str)> for Part<Fact> {
    fn from((name, stand_in): (Name, &'static str)) -> Part<Fact> {
        Part::Fact(Fact::Called(name, stand_in))
    }
}

macro_rules! from {
    ($($source:ty => $fact:expr),* $(,)?) => {$(
        impl From<$source> for Part<Fact> {
            fn from(value: $source) -> Part<Fact> {
                Part::Fact($fact(value))
            }
        }
    )*};
}

from! {
    PersonIx => Fact::Person,
    MeetingIx => Fact::Meeting,
    SquadIx => Fact::Squad,
    GuildIx => Fact::Guild,
    DecisionIx => Fact::Decision,
    Name => Fact::Free,
}

/// A list of sentences joined as one reads it aloud: "a", "a and b", "a, b and c".
pub fn listed<F>(mut items: Vec<Message<F>>) -> Message<F> {
    let last = items.pop().unwrap_or_default();
    let mut whole = Message::default();
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            whole.0.push(Part::from(", "));
        }
        whole = whole.and(item);
    }
    if !whole.0.is_empty() {
        whole.0.push(Part::from(" and "));
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
    format!("{} {}", decimal::grouped(&count.to_string()), if count == N::from(1) { one } else { many })
}
