//! What a meeting is for, by the words in its title, categories and description; with each word that says so.

use std::rc::Rc;

use super::event::Event;
use super::items::{self, Reading};
use super::lines::unescaped;
use super::texts::Texts;
use crate::import::lexicon::{Lexicon, Meaning};
use crate::records::words::{Line, MeetingKind, Purpose, Topic};

/// What a 1:1 is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Label {
    /// The delivery line only.
    Delivery,
    /// The craft line only.
    Craft,
    /// Both at once.
    Conflated,
    /// Of two equals: only a person can say so.
    Peer,
    /// With somebody two levels down: only a person can say so.
    SkipLevel,
    /// No word says.
    Unlabelled,
}

impl Label {
    /// Every label.
    pub const ALL: [Label; 6] =
        [Label::Delivery, Label::Craft, Label::Conflated, Label::Peer, Label::SkipLevel, Label::Unlabelled];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Label::Delivery => "delivery",
            Label::Craft => "craft",
            Label::Conflated => "conflated",
            Label::Peer => "peer",
            Label::SkipLevel => "skip-level",
            Label::Unlabelled => "unlabelled",
        }
    }

    /// As a portfolio says it.
    pub fn purpose(self) -> Option<Purpose> {
        match self {
            Label::Delivery => Some(Purpose::Delivery),
            Label::Craft => Some(Purpose::Craft),
            Label::Conflated => Some(Purpose::Both),
            Label::Peer | Label::SkipLevel | Label::Unlabelled => None,
        }
    }

    /// The kind of meeting that it makes.
    pub fn kind(self) -> MeetingKind {
        match self {
            Label::Delivery | Label::Craft | Label::Conflated | Label::Unlabelled => MeetingKind::OneOnOne,
            Label::Peer => MeetingKind::Peer,
            Label::SkipLevel => MeetingKind::SkipLevel,
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
            Meaning::Personal => "personal",
            Meaning::Turn(_) | Meaning::Nothing => "nothing",
        }
    }

    /// The line that it speaks for.
    pub fn line(&self) -> Option<Line> {
        match self.meaning {
            Meaning::Purpose(line) => Some(line),
            Meaning::Topic(topic) => topic.line(),
            Meaning::OneOnOne
            | Meaning::SomethingElse
            | Meaning::Personal
            | Meaning::Turn(_)
            | Meaning::Nothing => None,
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

/// Everything that the words of an event say: its title, its categories and each item of its description.
pub(super) fn read(event: &Event<'_>, lexicon: &Lexicon, texts: &mut Texts) -> Reading {
    let mut reading = Reading::default();
    if let Some(description) = &event.description {
        reading = items::description(&readable(description), lexicon, texts);
    }
    let mut first = Vec::new();
    if let Some(title) = &event.summary {
        let text = unescaped(clipped(title, MOST_TITLE));
        first.extend(items::title(&text, Where::Title, lexicon, texts));
    }
    for categories in event.categories.iter().take(MOST_CATEGORIES) {
        let text = unescaped(clipped(categories, MOST_TITLE));
        first.extend(items::title(&text, Where::Categories, lexicon, texts));
    }
    first.append(&mut reading.evidence);
    reading.evidence = first;
    reading
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

/// The label of a title and a description alone, and the items of the description that say nothing that is known: where
/// there are any, the label is not a clean one.
pub fn of_words(title: &str, description: &str, lexicon: &Lexicon) -> (Label, Vec<Box<str>>) {
    let mut texts = Texts::default();
    let mut reading = items::description(&readable(description), lexicon, &mut texts);
    reading.evidence.extend(items::title(title, Where::Title, lexicon, &mut texts));
    let label = label(&reading.evidence);
    (label, unread(label, reading))
}

/// The items that keep a label from being a clean one; none where enough of them are read.
pub(super) fn unread(label: Label, reading: Reading) -> Vec<Box<str>> {
    let is_clean = match label {
        Label::Delivery | Label::Craft => reading.is_read(),
        Label::Conflated | Label::Peer | Label::SkipLevel | Label::Unlabelled => true,
    };
    if is_clean { Vec::new() } else { reading.unread }
}

/// The label of a title alone.
pub fn of_title(title: &str, lexicon: &Lexicon) -> Label {
    of_words(title, "", lexicon).0
}

/// The topics among them, in the order of the design, each once.
pub fn topics(evidence: &[Evidence]) -> Vec<Topic> {
    let named = |topic: &&Topic| {
        **topic != Topic::Other && evidence.iter().any(|one| one.meaning == Meaning::Topic(**topic))
    };
    Topic::ALL.iter().filter(named).copied().collect()
}
