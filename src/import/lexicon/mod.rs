//! The words that tell what a meeting is for: a file for each language is compiled in, and a file of one's own is added.
//! Matching is on words without case and accents; a word that begins or ends with `*` stands for every word that ends or
//! begins so, for compounds and inflections. Of several phrases the one with the most words counts, then the one with the most
//! letters; a phrase listed under `nothing` hides the words in it.

mod reader;
mod words;

use std::collections::HashMap;

use crate::records::words::{Line, Topic};
use crate::source::{Diagnostics, FileIx};
use words::words;
pub(crate) use words::{folded, is_cjk};

const COMPILED_IN: [(&str, &str); 13] = [
    ("da", include_str!("da.yaml")),
    ("de", include_str!("de.yaml")),
    ("en", include_str!("en.yaml")),
    ("es", include_str!("es.yaml")),
    ("fr", include_str!("fr.yaml")),
    ("it", include_str!("it.yaml")),
    ("ja", include_str!("ja.yaml")),
    ("ko", include_str!("ko.yaml")),
    ("nl", include_str!("nl.yaml")),
    ("pl", include_str!("pl.yaml")),
    ("pt", include_str!("pt.yaml")),
    ("sv", include_str!("sv.yaml")),
    ("zh", include_str!("zh.yaml")),
];

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
    /// It is nobody else's business.
    Personal,
    /// It changes what the words around it say.
    Turn(Turn),
    /// It only looks like one of the above.
    Nothing,
}

/// What a word does to those around it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Turn {
    /// What follows in its clause is not meant.
    Not,
    /// What comes before in its sentence is not meant.
    NotBefore,
    /// What follows is meant again.
    But,
    /// The next part of the sentence is as this one.
    Or,
}

#[derive(Clone, Debug)]
enum Pattern {
    Is(String),
    Begins(String),
    Ends(String),
}

impl Pattern {
    fn fits(&self, word: &str) -> bool {
        match self {
            Pattern::Is(whole) => whole == word,
            Pattern::Begins(start) => word.starts_with(start.as_str()),
            Pattern::Ends(end) => word.ends_with(end.as_str()),
        }
    }

    fn letters(&self) -> usize {
        match self {
            Pattern::Is(text) | Pattern::Begins(text) | Pattern::Ends(text) => text.len(),
        }
    }
}

#[derive(Clone, Debug)]
struct Phrase {
    words: Vec<Pattern>,
    meaning: Meaning,
    counts_in: Place,
}

/// What a text is: a phrase that says little counts only where little else is said.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Place {
    /// Prose.
    Anywhere,
    /// A title or categories.
    Title,
    /// An item of an agenda.
    Item,
}

impl Phrase {
    /// What decides between two that fit: how many words, then how many letters are named.
    fn weight(&self) -> (usize, usize, bool) {
        let letters = self.words.iter().map(Pattern::letters).sum();
        (self.words.len(), letters, self.meaning == Meaning::Nothing)
    }
}

/// So many letters of a word that is given in part are looked up.
const LOOKED_UP: usize = 3;

/// Phrases by their first word, or by the beginning or end of it.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    whole: HashMap<String, Vec<Phrase>>,
    by_start: HashMap<String, Vec<Phrase>>,
    by_end: HashMap<String, Vec<Phrase>>,
}

/// A phrase that was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Match {
    /// What it means.
    pub meaning: Meaning,
    /// The words as they stand in the text.
    pub words: String,
}

impl Lexicon {
    /// The one that is compiled in.
    pub fn new() -> Lexicon {
        let mut lexicon = Lexicon::default();
        for (_, text) in COMPILED_IN {
            lexicon.add(text, FileIx(0), &mut Diagnostics::default());
        }
        lexicon
    }

    /// Adds the phrases of a file; what is wrong with it is a diagnostic.
    pub fn add(&mut self, text: &str, file: FileIx, found: &mut Diagnostics) {
        reader::read(self, text, file, found);
    }

    fn insert(&mut self, phrase: Phrase) {
        let (index, key) = match phrase.words.first() {
            Some(Pattern::Is(word)) => (&mut self.whole, word.clone()),
            Some(Pattern::Begins(start)) => (&mut self.by_start, start[..LOOKED_UP].to_owned()),
            Some(Pattern::Ends(end)) => (&mut self.by_end, end[end.len() - LOOKED_UP..].to_owned()),
            None => return,
        };
        index.entry(key).or_default().push(phrase);
    }

    /// The phrases that may begin with a word.
    fn beginning_with(&self, word: &str) -> impl Iterator<Item = &Phrase> {
        let start = word.get(..LOOKED_UP).and_then(|start| self.by_start.get(start));
        let end = word.len().checked_sub(LOOKED_UP).and_then(|from| word.get(from..));
        let end = end.and_then(|end| self.by_end.get(end));
        self.whole.get(word).into_iter().chain(start).chain(end).flatten()
    }

    /// Everything in a text that means something, in the order of the text.
    pub fn find(&self, text: &str, place: Place) -> Vec<Match> {
        let words = words(text);
        let mut matches = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let fits = |phrase: &&Phrase| {
                phrase.counts_in <= place
                    && words.len() - at >= phrase.words.len()
                    && phrase.words.iter().zip(&words[at..]).all(|(wanted, word)| wanted.fits(&word.folded))
            };
            let found = self.beginning_with(&words[at].folded).filter(fits);
            let Some(phrase) = found.max_by_key(|phrase| phrase.weight()) else {
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
                && phrase.words.iter().any(|word| word.fits("1:1"));
            if holds_1on1 {
                matches.push(Match { meaning: Meaning::OneOnOne, words: "1:1".to_owned() });
            }
            at = end;
        }
        matches
    }
}

#[cfg(test)]
mod tests {
    use super::{COMPILED_IN, Lexicon, Meaning, Place};
    use crate::source::{Diagnostics, FileIx};

    fn is_one_on_one(text: &str) -> bool {
        Lexicon::new().find(text, Place::Title).iter().any(|one| one.meaning == Meaning::OneOnOne)
    }

    #[test]
    fn the_compiled_in_one_reads_without_an_error() {
        let mut found = Diagnostics::default();
        for (_, text) in COMPILED_IN {
            Lexicon::default().add(text, FileIx(0), &mut found);
        }
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
        let found = |text: &str| {
            Lexicon::new().find(text, Place::Title).into_iter().map(|one| one.words).collect::<Vec<_>>()
        };
        assert_eq!(found("Performance testing"), Vec::<String>::new());
        assert_eq!(found("PERFORMANCE  review!"), ["PERFORMANCE  review"]);
        assert_eq!(
            found("Prioritäten, PRIORITES et Beförderung"),
            ["Prioritäten", "PRIORITES", "Beförderung"]
        );
        assert_eq!(found("Craft 1:1 mit Zoë"), ["Craft 1:1", "1:1"]);
    }
}
