//! The words that tell what a meeting is for: compiled in, extended by a file of one's own. Matching is on whole words
//! without case and accents, the longest phrase first. A phrase listed under `nothing` hides the words in it.

use std::collections::HashMap;

use crate::base::message::message;
use crate::base::nearest::nearest;
use crate::records::words::{Line, Topic};
use crate::source::{Code, Diagnostic, Diagnostics, FileIx, Place};
use crate::yaml::documents;
use crate::yaml::node::{Kind, Node};

const COMPILED_IN: &str = include_str!("lexicon.yaml");

/// What a phrase means.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Meaning {
    /// The meeting names its own line.
    Purpose(Line),
    /// A topic of an agenda.
    Topic(Topic),
    /// It is between two people.
    OneOnOne,
    /// It is no 1:1 whoever is in it.
    SomethingElse,
    /// It only looks like one of the above.
    Nothing,
}

#[derive(Clone, Debug)]
struct Phrase {
    words: Vec<String>,
    meaning: Meaning,
    only_in_titles: bool,
}

/// Phrases by their first word, the longest first.
#[derive(Clone, Debug, Default)]
pub struct Lexicon(HashMap<String, Vec<Phrase>>);

/// A phrase that was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Match {
    /// What it means.
    pub meaning: Meaning,
    /// The words as they stand in the text.
    pub words: String,
}

/// A word of a text: folded, and where it is.
struct Word {
    folded: String,
    start: usize,
    end: usize,
}

/// A text as words: letters and digits, lower case, without accents. `1:1`, `1-1`, `1on1` and the like are the one
/// word `1:1`.
fn words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let mut characters = text.char_indices().peekable();
    while let Some((start, character)) = characters.next() {
        if !character.is_alphanumeric() {
            continue;
        }
        if let Some(end) = one_on_one_at(text, start) {
            while characters.next_if(|(at, _)| *at < end).is_some() {}
            found.push(Word { folded: "1:1".to_owned(), start, end });
            continue;
        }
        let mut end = start + character.len_utf8();
        while let Some((at, next)) = characters.next_if(|(_, next)| next.is_alphanumeric() || is_mark(*next))
        {
            end = at + next.len_utf8();
        }
        let word = &text[start..end];
        let folded = if word.is_ascii() {
            word.to_ascii_lowercase()
        } else {
            deunicode::deunicode(&word.to_lowercase()).to_ascii_lowercase()
        };
        found.push(Word { folded, start, end });
    }
    found
}

/// Accents that stand by themselves behind their letter.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36F}')
}

/// Ways to write it.
const SPELLINGS: [&str; 17] = [
    "1-on-1",
    "1 on 1",
    "1-2-1",
    "1on1",
    "1:1s",
    "1-1s",
    "1x1",
    "1 x 1",
    "1 : 1",
    "1 - 1",
    "1to1",
    "1-to-1",
    "1:1",
    "1-1",
    "1/1",
    "1\u{2013}1",
    "121",
];

/// Where `1:1` or one of its spellings begins here as a word of its own: where it ends.
fn one_on_one_at(text: &str, start: usize) -> Option<usize> {
    let before = text[..start].chars().next_back();
    // 21:1:1, 3.1-1, v1/1 and negative numbers are something else.
    if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, ':' | '.' | ',' | '-' | '\u{2013}')) {
        return None;
    }
    let rest = &text[start..];
    let found = SPELLINGS.iter().find(|spelling| {
        rest.get(..spelling.len()).is_some_and(|start| start.eq_ignore_ascii_case(spelling))
    })?;
    let end = start + found.len();
    let after = text[end..].chars().next();
    let second = text[end..].chars().nth(1);
    let goes_on = after.is_some_and(|c| {
        c.is_alphanumeric()
            || (matches!(c, ':' | '.' | '-' | '/') && second.is_some_and(|c| c.is_ascii_digit()))
    });
    // `1/1` is New Year and `121` a number, unless more says otherwise; `1-1` needs two people, which callers check.
    (!goes_on && *found != "121" && *found != "1/1").then_some(end)
}

impl Lexicon {
    /// The one that is compiled in.
    pub fn new() -> Lexicon {
        let mut lexicon = Lexicon::default();
        lexicon.add(COMPILED_IN, FileIx(0), &mut Diagnostics::default());
        lexicon
    }

    /// Adds the phrases of a file; what is wrong with it is a diagnostic.
    pub fn add(&mut self, text: &str, file: FileIx, found: &mut Diagnostics) {
        let documents = match documents::read(text) {
            Ok(documents) => documents,
            Err(fault) => return found.push(fault.diagnose(file)),
        };
        found_faults(documents.faults, file, found);
        for tree in &documents.trees {
            let mut reader = Reader { lexicon: self, file, found };
            reader.top(tree);
        }
        self.0
            .values_mut()
            .for_each(|phrases| phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len())));
    }

    /// Everything in a text that means something, in the order of the text.
    pub fn find(&self, text: &str, in_title: bool) -> Vec<Match> {
        let words = words(text);
        let mut matches = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let fits = |phrase: &&Phrase| {
                (in_title || !phrase.only_in_titles)
                    && words.len() - at >= phrase.words.len()
                    && phrase.words.iter().zip(&words[at..]).all(|(wanted, word)| *wanted == word.folded)
            };
            let Some(phrase) = self.0.get(&words[at].folded).and_then(|phrases| phrases.iter().find(fits))
            else {
                at += 1;
                continue;
            };
            let end = at + phrase.words.len();
            if phrase.meaning != Meaning::Nothing {
                matches.push(Match {
                    meaning: phrase.meaning,
                    words: text[words[at].start..words[end - 1].end].to_owned(),
                });
            }
            // `Craft 1:1` says both what it is for and that it is a 1:1.
            let holds_1on1 = phrase.words.len() > 1
                && phrase.meaning != Meaning::OneOnOne
                && phrase.words.iter().any(|word| word == "1:1");
            if holds_1on1 {
                matches.push(Match { meaning: Meaning::OneOnOne, words: "1:1".to_owned() });
            }
            at = end;
        }
        matches
    }
}

fn found_faults(faults: Vec<crate::yaml::fault::Fault>, file: FileIx, found: &mut Diagnostics) {
    for fault in faults {
        found.push(fault.diagnose(file));
    }
}

struct Reader<'r> {
    lexicon: &'r mut Lexicon,
    file: FileIx,
    found: &'r mut Diagnostics,
}

const SECTIONS: [&str; 6] = ["version", "purposes", "topics", "one-on-one", "something-else", "nothing"];

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
                "one-on-one" => self.languages(value, Meaning::OneOnOne, false),
                "something-else" => self.languages(value, Meaning::SomethingElse, true),
                "nothing" => self.languages(value, Meaning::Nothing, false),
                _ => self.error(key, "unknown section", &SECTIONS),
            }
        }
    }

    fn places(&mut self, node: &Node<'_>, meaning: Meaning) {
        for (place, value) in self.entries(node) {
            match place.text() {
                Some("anywhere") => self.languages(value, meaning, false),
                Some("title") => self.languages(value, meaning, true),
                _ => self.error(place, "unknown key", &["anywhere", "title"]),
            }
        }
    }

    /// Phrases by language; a language is only a heading.
    fn languages(&mut self, node: &Node<'_>, meaning: Meaning, only_in_titles: bool) {
        for (_, list) in self.entries(node) {
            let Kind::List(items) = &list.kind else {
                self.error(list, "expected a list of phrases", &[]);
                continue;
            };
            for item in items {
                let words: Vec<String> =
                    item.text().map(words).unwrap_or_default().into_iter().map(|word| word.folded).collect();
                match words.first().cloned() {
                    Some(first) => self.lexicon.0.entry(first).or_default().push(Phrase {
                        words,
                        meaning,
                        only_in_titles,
                    }),
                    None => self.error(item, "a phrase holds at least one word", &[]),
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

#[cfg(test)]
mod tests {
    use super::{COMPILED_IN, Lexicon, Meaning};
    use crate::source::{Diagnostics, FileIx};

    fn is_one_on_one(text: &str) -> bool {
        Lexicon::new().find(text, true).iter().any(|one| one.meaning == Meaning::OneOnOne)
    }

    #[test]
    fn the_compiled_in_one_reads_without_an_error() {
        let mut found = Diagnostics::default();
        Lexicon::default().add(COMPILED_IN, FileIx(0), &mut found);
        assert_eq!(found.errors(), 0, "{found:?}");
    }

    #[test]
    fn a_1on1_is_a_word_of_its_own() {
        for yes in [
            "1:1 Ana",
            "Ana 1-1",
            "1-on-1",
            "1on1!",
            "Weekly 1:1s",
            "(1:1)",
            "Ana/Bo 1:1",
            "1x1 con Ana",
            "Tête-à-tête",
            "T\u{e9}te a\u{300} te\u{302}te",
            "4-Augen-Gespräch",
        ] {
            assert!(is_one_on_one(yes), "{yes}");
        }
        for no in
            ["21-10", "11:1", "21:1", "1:10", "1:1:1", "v1-1", "10-1-1", "1/1", "room 121", "1.1-1", "1:1.5"]
        {
            assert!(!is_one_on_one(no), "{no}");
        }
    }

    #[test]
    fn the_longest_phrase_counts_and_covers() {
        let found =
            |text: &str| Lexicon::new().find(text, true).into_iter().map(|one| one.words).collect::<Vec<_>>();
        assert_eq!(found("Performance testing"), Vec::<String>::new());
        assert_eq!(found("PERFORMANCE  review!"), ["PERFORMANCE  review"]);
        assert_eq!(
            found("Prioritäten, PRIORITES et Beförderung"),
            ["Prioritäten", "PRIORITES", "Beförderung"]
        );
        assert_eq!(found("Craft 1:1 mit Zoë"), ["Craft 1:1", "1:1"]);
    }
}
