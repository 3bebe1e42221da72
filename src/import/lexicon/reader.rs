//! Reads a file of words.

use super::words::words;
use super::{LOOKED_UP, Lexicon, Meaning, Pattern, Phrase, Place as CountsIn, Turn};
use crate::base::message::message;
use crate::base::nearest::nearest;
use crate::records::words::{Line, Topic};
use crate::source::{Code, Diagnostic, Diagnostics, FileIx, Place};
use crate::yaml::documents;
use crate::yaml::node::{Kind, Node};

/// Adds the phrases of a text; what is wrong with it is a diagnostic.
pub(super) fn read(lexicon: &mut Lexicon, text: &str, file: FileIx, found: &mut Diagnostics) {
    let documents = match documents::read(text) {
        Ok(documents) => documents,
        Err(fault) => return found.push(fault.diagnose(file)),
    };
    for fault in documents.faults {
        found.push(fault.diagnose(file));
    }
    for tree in &documents.trees {
        let mut reader = Reader { lexicon, file, found };
        reader.top(tree);
    }
}

struct Reader<'r> {
    lexicon: &'r mut Lexicon,
    file: FileIx,
    found: &'r mut Diagnostics,
}

/// Sections of phrases by language, with what they mean and where they count.
const LISTS: [(&str, Meaning, CountsIn); 8] = [
    ("one-on-one", Meaning::OneOnOne, CountsIn::Anywhere),
    ("something-else", Meaning::SomethingElse, CountsIn::Title),
    ("personal", Meaning::Personal, CountsIn::Title),
    ("not", Meaning::Turn(Turn::Not), CountsIn::Anywhere),
    ("not-before", Meaning::Turn(Turn::NotBefore), CountsIn::Anywhere),
    ("but", Meaning::Turn(Turn::But), CountsIn::Anywhere),
    ("or", Meaning::Turn(Turn::Or), CountsIn::Anywhere),
    ("nothing", Meaning::Nothing, CountsIn::Anywhere),
];

impl Reader<'_> {
    fn top(&mut self, tree: &Node<'_>) {
        for (key, value) in self.entries(tree) {
            match key.text().unwrap_or_default() {
                "version" if value.text() == Some("1") => {}
                "version" => self.error(value, "the only version is 1", &[]),
                "purposes" => {
                    for (name, value) in self.entries(value) {
                        let line = Line::ALL.iter().find(|line| Some(line.word()) == name.text());
                        match line {
                            Some(line) => self.places(value, Meaning::Purpose(*line)),
                            None => self.error(name, "unknown line", &["delivery", "craft"]),
                        }
                    }
                }
                "topics" => {
                    for (name, value) in self.entries(value) {
                        let topic = Topic::ALL.iter().find(|topic| Some(topic.word()) == name.text());
                        match topic {
                            Some(topic) => self.places(value, Meaning::Topic(*topic)),
                            None => self.error(
                                name,
                                "unknown topic",
                                &Topic::ALL.iter().map(|topic| topic.word()).collect::<Vec<_>>(),
                            ),
                        }
                    }
                }
                section => {
                    let list = LISTS.iter().find(|(name, ..)| *name == section);
                    if let Some((_, meaning, place)) = list {
                        self.languages(value, *meaning, *place);
                    } else {
                        let lists = LISTS.iter().map(|(name, ..)| *name);
                        let known: Vec<&str> =
                            ["version", "purposes", "topics"].into_iter().chain(lists).collect();
                        self.error(key, "unknown section", &known);
                    }
                }
            }
        }
    }

    fn places(&mut self, node: &Node<'_>, meaning: Meaning) {
        for (place, value) in self.entries(node) {
            match place.text() {
                Some("anywhere") => self.languages(value, meaning, CountsIn::Anywhere),
                Some("title") => self.languages(value, meaning, CountsIn::Title),
                Some("item") => self.languages(value, meaning, CountsIn::Item),
                _ => self.error(place, "unknown key", &["anywhere", "title", "item"]),
            }
        }
    }

    /// Phrases by language; a language is only a heading.
    fn languages(&mut self, node: &Node<'_>, meaning: Meaning, counts_in: CountsIn) {
        for (_, list) in self.entries(node) {
            let Kind::List(items) = &list.kind else {
                self.error(list, "expected a list of phrases", &[]);
                continue;
            };
            for item in items {
                match phrase(item.text().unwrap_or_default()) {
                    Ok(words) if words.is_empty() => {
                        self.error(item, "a phrase holds at least one word", &[]);
                    }
                    Ok(words) => self.lexicon.insert(Phrase { words, meaning, counts_in }),
                    Err(TooShort) => self.error(item, "a word with `*` names at least three letters", &[]),
                }
            }
        }
    }

    fn entries<'n, 't>(&mut self, node: &'n Node<'t>) -> &'n [(Node<'t>, Node<'t>)] {
        if let Kind::Map(entries) = &node.kind {
            return entries;
        }
        self.error(node, "expected a mapping with keys", &[]);
        &[]
    }

    fn error(&mut self, node: &Node<'_>, what: &'static str, words: &[&'static str]) {
        let diagnostic =
            Diagnostic::error(Code::Lexicon, message!(what), Place::exact(self.file, node.mark, node.length));
        let near = node.text().and_then(|typed| nearest(typed, words.iter().copied()));
        self.found.push(match near {
            Some(near) => diagnostic.help(message!("did you mean ", near.to_owned(), "?")),
            None => diagnostic,
        });
    }
}

/// A part of a word that would fit nearly everything.
struct TooShort;

/// The words of a phrase: `*gesprach` is every word that ends so, `priorit*` every word that begins so.
fn phrase(text: &str) -> Result<Vec<Pattern>, TooShort> {
    let pattern = |word: super::words::Word| {
        let (before, after) = (text[..word.start].ends_with('*'), text[word.end..].starts_with('*'));
        if (before || after) && (word.folded.len() < LOOKED_UP || !word.folded.is_ascii()) {
            return Err(TooShort);
        }
        Ok(match (before, after) {
            (true, _) => Pattern::Ends(word.folded),
            (false, true) => Pattern::Begins(word.folded),
            (false, false) => Pattern::Is(word.folded),
        })
    };
    words(text).into_iter().map(pattern).collect()
}
