//! What a meeting is for, by the words in its title, categories and description; with each word that says so.

use std::rc::Rc;

use super::event::Event;
use super::lines::unescaped;
use super::texts::Texts;
use crate::import::lexicon::{Lexicon, Match, Meaning};
use crate::records::words::{Line, Purpose, Topic};

/// What a 1:1 is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Label {
    /// The delivery line only.
    Delivery,
    /// The craft line only.
    Craft,
    /// Both at once.
    Conflated,
    /// No word says.
    Unlabelled,
}

impl Label {
    /// Every label.
    pub const ALL: [Label; 4] = [Label::Delivery, Label::Craft, Label::Conflated, Label::Unlabelled];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Label::Delivery => "delivery",
            Label::Craft => "craft",
            Label::Conflated => "conflated",
            Label::Unlabelled => "unlabelled",
        }
    }

    /// As a portfolio says it.
    pub fn purpose(self) -> Option<Purpose> {
        match self {
            Label::Delivery => Some(Purpose::Delivery),
            Label::Craft => Some(Purpose::Craft),
            Label::Conflated => Some(Purpose::Both),
            Label::Unlabelled => None,
        }
    }
}

/// A part of an event that people read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Where {
    /// Its title.
    Title,
    /// Its categories.
    Categories,
    /// Its description.
    Description,
}

impl Where {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Where::Title => "title",
            Where::Categories => "categories",
            Where::Description => "description",
        }
    }
}

/// A word that says what a meeting is for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Evidence {
    /// Where it is.
    pub place: Where,
    /// As it is written there.
    pub words: Rc<str>,
    /// What it means.
    pub meaning: Meaning,
}

impl Evidence {
    /// The topic or purpose by its word.
    pub fn topic(&self) -> &'static str {
        match self.meaning {
            Meaning::Purpose(line) => line.word(),
            Meaning::Topic(topic) => topic.word(),
            Meaning::OneOnOne => "1:1",
            Meaning::SomethingElse => "something else",
            Meaning::Nothing => "nothing",
        }
    }

    fn line(&self) -> Option<Line> {
        match self.meaning {
            Meaning::Purpose(line) => Some(line),
            Meaning::Topic(topic) => topic.line(),
            Meaning::OneOnOne | Meaning::SomethingElse | Meaning::Nothing => None,
        }
    }
}

/// How many bytes of a description are read; what follows is nearly always boilerplate.
const MOST_DESCRIPTION: usize = 4_000;
/// How many bytes of a title or of categories are read: real ones have fewer, and files may be hostile.
const MOST_TITLE: usize = 1_000;
/// How many lines of categories are read.
const MOST_CATEGORIES: usize = 10;
/// From a line with one of these on, a description is about how to join.
const BOILERPLATE: [&str; 12] = [
    "join zoom",
    "zoom.us/",
    "microsoft teams",
    "teams.microsoft.com",
    "meet.google.com",
    "join with google meet",
    "meeting id:",
    "dial-in",
    "webex",
    "-::~",
    "________",
    "to join the video meeting",
];

/// Everything that the words of an event say.
pub(super) fn evidence(event: &Event<'_>, lexicon: &Lexicon, texts: &mut Texts) -> Vec<Evidence> {
    let mut all = Vec::new();
    let mut add = |place, found: Vec<Match>| {
        all.extend(found.into_iter().map(|one| Evidence {
            place,
            words: texts.once(&one.words),
            meaning: one.meaning,
        }));
    };
    if let Some(title) = &event.summary {
        add(Where::Title, lexicon.find(&unescaped(clipped(title, MOST_TITLE)), true));
    }
    for categories in event.categories.iter().take(MOST_CATEGORIES) {
        add(Where::Categories, lexicon.find(&unescaped(clipped(categories, MOST_TITLE)), true));
    }
    if let Some(description) = &event.description {
        add(Where::Description, lexicon.find(&readable(description), false));
    }
    all
}

/// The beginning of a text, at most this many bytes.
fn clipped(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// A description as a person reads it: without tags, and without how to join.
fn readable(description: &str) -> String {
    let text = unescaped(clipped(description, MOST_DESCRIPTION));
    let mut readable = String::with_capacity(text.len());
    let mut in_tag = false;
    for (index, character) in text.char_indices() {
        match character {
            '<' if text[index + 1..]
                .starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!') =>
            {
                in_tag = true;
            }
            '>' if in_tag => {
                in_tag = false;
                readable.push(' ');
            }
            other if !in_tag => readable.push(other),
            _ => {}
        }
    }
    let is_about_joining = |line: &&str| {
        let line = line.to_lowercase();
        BOILERPLATE.iter().any(|start| line.contains(start))
    };
    readable.lines().take_while(|line| !is_about_joining(line)).collect::<Vec<_>>().join("\n")
}

/// What the words together make of a meeting.
pub fn label(evidence: &[Evidence]) -> Label {
    let says = |line| evidence.iter().any(|one| one.line() == Some(line));
    match (says(Line::Delivery), says(Line::Craft)) {
        (true, true) => Label::Conflated,
        (true, false) => Label::Delivery,
        (false, true) => Label::Craft,
        (false, false) => Label::Unlabelled,
    }
}

/// The label of a title alone.
pub fn of_title(title: &str, lexicon: &Lexicon) -> Label {
    let found = lexicon.find(title, true);
    label(
        &found
            .into_iter()
            .map(|one| Evidence { place: Where::Title, words: one.words.into(), meaning: one.meaning })
            .collect::<Vec<_>>(),
    )
}

/// The topics among them, in the order of the design, each once.
pub fn topics(evidence: &[Evidence]) -> Vec<Topic> {
    let named = |topic: &&Topic| evidence.iter().any(|one| one.meaning == Meaning::Topic(**topic));
    Topic::ALL.iter().filter(named).copied().collect()
}
