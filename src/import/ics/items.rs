//! A title or a description taken apart as a reader does: lines, sentences, and the parts of a list. Each is read by
//! itself, so that one can say which items of an agenda say nothing that is known.

use super::label::{Evidence, Where};
use super::texts::Texts;
use crate::import::lexicon::{Lexicon, Match, Meaning, Place, Turn, is_cjk};
use crate::records::words::Topic;

/// Items with more words than this are prose.
const LONGEST_ITEM: usize = 8;
/// The same for scripts without blanks between words, in characters.
const LONGEST_RUN: usize = 18;

/// What a text says, and which items of a list in it say nothing that is known.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) evidence: Vec<Evidence>,
    /// How many items it has.
    pub(super) items: usize,
    pub(super) unread: Vec<Box<str>>,
}

impl Reading {
    /// Whether so many items are read that what they say can be taken for the whole: two thirds.
    pub(super) fn is_read(&self) -> bool {
        (self.items - self.unread.len()) * 3 >= self.items * 2
    }
}

/// Reads a title: every word counts, and nothing in it is an item.
pub(super) fn title(text: &str, place: Where, lexicon: &Lexicon, texts: &mut Texts) -> Vec<Evidence> {
    let mut all = Vec::new();
    for sentence in sentences(text) {
        let mut said = Sentence::default();
        for part in parts(sentence) {
            said.read(part, lexicon, Place::Title);
        }
        all.extend(said.matches.into_iter().map(|one| evidence(&one, place, texts)));
    }
    all
}

/// Reads a description: an item of a list as a title, prose only for phrases that say enough by themselves.
pub(super) fn description(text: &str, lexicon: &Lexicon, texts: &mut Texts) -> Reading {
    let mut reading = Reading::default();
    let all: Vec<Vec<&str>> = text.lines().flat_map(sentences).map(parts).collect();
    let is_list = all.iter().flatten().filter(|part| is_short(part)).count() > 1;
    for sentence in &all {
        let mut said = Sentence::default();
        let mut unread = Vec::new();
        for part in sentence {
            let is_item = is_list && is_short(part);
            let is_read = said.read(part, lexicon, if is_item { Place::Item } else { Place::Anywhere });
            reading.items += usize::from(is_item);
            if is_item && !is_read {
                unread.push(*part);
            }
        }
        if said.is_denied {
            // The whole of it is not meant, so nothing in it waits to be read.
            unread.clear();
        }
        reading.unread.extend(unread.into_iter().map(Box::from));
        let about = |one: &&Match| !matches!(one.meaning, Meaning::SomethingElse | Meaning::Personal);
        let matches = said.matches.iter().filter(about);
        reading.evidence.extend(matches.map(|one| evidence(one, Where::Description, texts)));
    }
    reading
}

fn evidence(one: &Match, place: Where, texts: &mut Texts) -> Evidence {
    Evidence { place, words: texts.once(&one.words), meaning: one.meaning }
}

/// What a sentence says so far: negation reaches from one part of it into the next.
#[derive(Default)]
struct Sentence {
    matches: Vec<Match>,
    /// Whether a `not` is still in force.
    is_negated: bool,
    /// Whether it ended by saying that all of it is not meant.
    is_denied: bool,
}

impl Sentence {
    /// Reads a part; whether it says something that is known.
    fn read(&mut self, part: &str, lexicon: &Lexicon, place: Place) -> bool {
        let found = lexicon.find(part, place);
        let goes_on = found.iter().any(|one| one.meaning == Meaning::Turn(Turn::Or));
        self.is_negated &= goes_on;
        let mut is_read = self.is_negated;
        for one in found {
            match one.meaning {
                Meaning::Turn(Turn::Not) => {
                    self.is_negated |= negates(&one.words, part);
                    is_read |= self.is_negated;
                }
                Meaning::Turn(Turn::NotBefore) => {
                    self.matches.retain(|one| one.meaning == Meaning::OneOnOne);
                    self.is_denied = true;
                    is_read = true;
                }
                Meaning::Turn(Turn::But) => self.is_negated = false,
                Meaning::Turn(Turn::Or) | Meaning::Nothing => {}
                Meaning::Topic(Topic::Other) => is_read = true,
                Meaning::Purpose(_)
                | Meaning::Topic(_)
                | Meaning::OneOnOne
                | Meaning::SomethingElse
                | Meaning::Personal => {
                    is_read = true;
                    if !self.is_negated || one.meaning == Meaning::OneOnOne {
                        self.matches.push(one);
                    }
                }
            }
        }
        is_read
    }
}

/// `no` denies in English and Spanish at the beginning of a sentence; inside one it is Portuguese for `in the`.
fn negates(word: &str, part: &str) -> bool {
    !word.eq_ignore_ascii_case("no") || part.trim_start().starts_with(word)
}

/// The sentences of a line: up to a full stop, a colon or a dash that stands by itself.
fn sentences(line: &str) -> Vec<&str> {
    let line = without_bullet(line);
    let mut all = Vec::new();
    let mut from = 0;
    for (at, character) in line.char_indices() {
        let after = &line[at + character.len_utf8()..];
        let ends = match character {
            '\u{3002}' | '\u{FF01}' | '\u{FF1F}' | '\u{FF1B}' | '\u{FF1A}' | '|' | '\u{2022}'
            | '\u{30FB}' | '\u{B7}' => true,
            '.' | '!' | '?' | ';' | ':' => after.is_empty() || after.starts_with(char::is_whitespace),
            '-' | '\u{2013}' | '\u{2014}' => {
                line[..at].ends_with(' ') && after.starts_with(' ') && !is_one_on_one(&line[..at], after)
            }
            _ => false,
        } && !(character == ':' && is_one_on_one(&line[..at], after));
        if ends {
            all.push(&line[from..at]);
            from = at + character.len_utf8();
        }
    }
    all.push(&line[from..]);
    all.retain(|sentence| sentence.contains(char::is_alphanumeric));
    all
}

/// Whether what stands around a sign is the two halves of `1 - 1`.
fn is_one_on_one(before: &str, after: &str) -> bool {
    before.trim_end().ends_with('1') && after.trim_start().starts_with('1')
}

/// The parts of a sentence between commas.
fn parts(sentence: &str) -> Vec<&str> {
    let parts = sentence.split([',', '\u{FF0C}', '\u{3001}', '\u{FF64}']).map(str::trim);
    parts.filter(|part| part.contains(char::is_alphanumeric)).collect()
}

fn without_bullet(line: &str) -> &str {
    let line = line.trim();
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let numbered =
        (1..=2).contains(&digits) && line[digits..].starts_with(['.', ')', '\u{3001}', '\u{FF0E}']);
    // Not `1.1`, nor `1) 2`.
    let line = if numbered { &line[digits..] } else { line };
    line.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | '\u{BF}' | '\u{A1}'))
        .trim_end()
}

/// Whether it is as short as an item of an agenda, and no address.
fn is_short(part: &str) -> bool {
    let run = part.chars().filter(|c| is_cjk(*c)).count();
    run <= LONGEST_RUN
        && part.split_whitespace().count() <= LONGEST_ITEM
        && !part.contains("//")
        && !part.contains('@')
        && !part.starts_with("www.")
        && part.contains(char::is_alphabetic)
}
