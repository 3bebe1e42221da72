//! What people say their 1:1s are for: a worksheet as YAML or CSV, or one label typed for one pair. The key is the pair, so
//! a series that is renamed, moved or split keeps its label; where two people have several, the title tells them apart.

mod read;
mod write;

use std::collections::HashMap;
use std::rc::Rc;

use super::ics::{CalendarMeeting, Label};
use crate::base::message::{Message, message};
use crate::source::{Code, Diagnostic, Diagnostics, Place};

pub use read::{read, typed};
pub use write::{NotExtended, Row, extended, filled_in};

/// What somebody says about a meeting.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Told {
    /// What it is for.
    Label(Label),
    /// It is no 1:1, and not to be shown again.
    NotAOneOnOne,
}

impl Told {
    /// Every word that can be written.
    pub const WORDS: [&'static str; 6] = ["delivery", "craft", "both", "peer", "skip-level", "not-a-1on1"];

    /// What a word says.
    pub fn of(word: &str) -> Option<Told> {
        Some(match word.trim().to_ascii_lowercase().as_str() {
            "delivery" => Told::Label(Label::Delivery),
            "craft" => Told::Label(Label::Craft),
            "both" | "conflated" => Told::Label(Label::Conflated),
            "peer" => Told::Label(Label::Peer),
            "skip-level" => Told::Label(Label::SkipLevel),
            "not-a-1on1" => Told::NotAOneOnOne,
            _ => return None,
        })
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Told::Label(Label::Delivery) => "delivery",
            Told::Label(Label::Craft) => "craft",
            Told::Label(Label::Conflated) => "both",
            Told::Label(Label::Peer) => "peer",
            Told::Label(Label::SkipLevel) => "skip-level",
            Told::Label(Label::Unlabelled) => "",
            Told::NotAOneOnOne => "not-a-1on1",
        }
    }
}

/// An entry of a worksheet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The addresses of the two, in lower case; one of them where the other is whoever the calendar belongs to.
    pub pair: Vec<String>,
    /// The title that the series had.
    pub title: Option<String>,
    /// What it is for; none where nobody has filled it in yet.
    pub told: Option<Told>,
    /// Where it is written; none for one that was typed.
    pub place: Option<Place>,
    /// The line on which the entry begins.
    pub line: Option<u32>,
    /// Whether it is right that no meeting fits: a worksheet that is added to keeps what is gone.
    pub may_be_gone: bool,
}

/// What people say.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    /// Every entry, filled in or not, in the order of reading.
    pub entries: Vec<Entry>,
}

/// Whose calendar it is, as a pair needs it: their addresses become one.
pub type Canonical<'c> = &'c dyn Fn(&str) -> String;

/// Gives meetings the labels that people gave them, and takes out what is no 1:1; how many those are. An entry that fits no
/// meeting, or two that say different things of one, are errors.
pub fn apply(
    labels: &Labels,
    found: &mut Vec<CalendarMeeting>,
    (own, canonical): (Option<&str>, Canonical<'_>),
    diagnostics: &mut Diagnostics,
) -> usize {
    let filled: Vec<Filled<'_>> =
        labels.entries.iter().filter_map(|entry| Filled::new(entry, own, canonical)).collect();
    if filled.is_empty() {
        return 0;
    }
    let before = found.len();
    let mut used = vec![false; filled.len()];
    let keys: Vec<(Vec<Rc<str>>, Box<str>)> =
        found.iter().map(|one| (pair_of(one), one.title.clone())).collect();
    let mut titles: HashMap<&[Rc<str>], Vec<&str>> = HashMap::new();
    for (pair, title) in &keys {
        titles.entry(pair).or_default().push(title);
    }
    let index = Index::new(&filled);
    let mut at = 0;
    found.retain_mut(|one| {
        let (pair, title) = &keys[at];
        at += 1;
        let of_pair = index.about(pair, title, own);
        for at in &of_pair {
            used[*at] = true;
        }
        let others = titles.get(pair.as_slice()).map(Vec::as_slice).unwrap_or_default();
        let Some(told) = told(&of_pair, &filled, title, others, diagnostics) else { return true };
        match told {
            Told::NotAOneOnOne => return false,
            Told::Label(label) => tell(one, label),
        }
        true
    });
    for (entry, _) in filled.iter().zip(used).filter(|(entry, used)| !used && !entry.entry.may_be_gone) {
        diagnostics.push(not_there(entry.entry));
    }
    before - found.len()
}

/// A person's word on what a meeting is for. It also makes a 1:1 of what was nearly one.
pub fn tell(one: &mut CalendarMeeting, label: Label) {
    one.label = label;
    one.is_told = true;
    one.unread = Box::default();
    if one.people.len() == 2 && !one.is_outside {
        one.missing.clear();
    }
}

fn pair_of(one: &CalendarMeeting) -> Vec<Rc<str>> {
    one.people.iter().map(|person| Rc::clone(&person.address)).collect()
}

/// An entry that somebody filled in.
struct Filled<'e> {
    entry: &'e Entry,
    pair: Vec<String>,
    told: Told,
}

impl<'e> Filled<'e> {
    fn new(entry: &'e Entry, own: Option<&str>, canonical: Canonical<'_>) -> Option<Filled<'e>> {
        let told = entry.told?;
        let mut pair: Vec<String> = entry.pair.iter().map(|address| canonical(address)).collect();
        if let ([one], Some(own)) = (pair.as_slice(), own)
            && one != own
        {
            pair.push(own.to_owned());
        }
        pair.sort_unstable();
        pair.dedup();
        Some(Filled { entry, pair, told })
    }

    /// Whether it is about a meeting with somebody whom the calendar does not name: only the title is left to go by.
    fn is_with_nobody(&self, pair: &[Rc<str>], title: &str, own: Option<&str>) -> bool {
        let is_own = |one: &str| own == Some(one);
        self.pair.iter().all(|one| is_own(one)) && pair.iter().all(|one| is_own(one)) && self.has_title(title)
    }

    fn has_title(&self, title: &str) -> bool {
        self.entry.title.as_ref().is_some_and(|own| own.trim().eq_ignore_ascii_case(title.trim()))
    }
}

/// Entries by the people that they name, so that a large calendar need not try each entry of a long list.
struct Index<'f> {
    filled: &'f [Filled<'f>],
    by_pair: HashMap<Vec<&'f str>, Vec<usize>>,
}

impl<'f> Index<'f> {
    fn new(filled: &'f [Filled<'f>]) -> Index<'f> {
        let mut by_pair: HashMap<Vec<&str>, Vec<usize>> = HashMap::new();
        for (at, one) in filled.iter().enumerate() {
            by_pair.entry(one.pair.iter().map(String::as_str).collect()).or_default().push(at);
        }
        Index { filled, by_pair }
    }

    /// The entries that are about these people, in their order. Where it is unknown whose calendar it is, one address is
    /// enough.
    fn about(&self, pair: &[Rc<str>], title: &str, own: Option<&str>) -> Vec<usize> {
        if pair.len() < 2 {
            let entries = self.filled.iter().enumerate();
            return entries
                .filter(|(_, one)| one.is_with_nobody(pair, title, own))
                .map(|(at, _)| at)
                .collect();
        }
        let people: Vec<&str> = pair.iter().map(|one| &**one).collect();
        let named = people.chunks(1).chain([people.as_slice()]);
        let mut about: Vec<usize> =
            named.filter_map(|one| self.by_pair.get(one)).flatten().copied().collect();
        about.sort_unstable();
        about
    }
}

/// What the entries of a pair say of the series with this title.
fn told(
    of_pair: &[usize],
    filled: &[Filled<'_>],
    title: &str,
    titles: &[&str],
    diagnostics: &mut Diagnostics,
) -> Option<Told> {
    let entries = || of_pair.iter().filter_map(|at| filled.get(*at));
    let is_of_another =
        |one: &&Filled<'_>| !one.has_title(title) && titles.iter().any(|other| one.has_title(other));
    let named: Vec<&Filled<'_>> = entries().filter(|one| one.has_title(title)).collect();
    let left: Vec<&Filled<'_>> = entries().filter(|one| !is_of_another(one)).collect();
    let chosen = if named.is_empty() || titles.len() < 2 { left } else { named };
    let (first, rest) = chosen.split_first()?;
    if let Some(other) = rest.iter().find(|other| other.told != first.told) {
        let message = message!("two labels for one pair: ", first.told.word(), " and ", other.told.word());
        let help = message!("keep one of the two; a pair with several 1:1s has an entry for each title");
        diagnostics.push(at(other.entry, Code::Labels, message, first.entry.place.clone()).help(help));
    }
    Some(first.told)
}

fn not_there(entry: &Entry) -> Diagnostic {
    let message = message!("no meeting of two on these calendars is between ", entry.pair.join(" and "));
    at(entry, Code::Labels, message, None)
        .help(message!("take the entry out, or correct the address; --me says whose calendar it is"))
}

fn at(
    entry: &Entry,
    code: Code,
    message: Message<crate::base::message::Quote>,
    first: Option<Place>,
) -> Diagnostic {
    match (&entry.place, first) {
        (Some(place), Some(first)) => {
            Diagnostic::error(code, message, place.clone()).also(first, "the first one is here")
        }
        (Some(place), None) => Diagnostic::error(code, message, place.clone()),
        (None, _) => Diagnostic::nowhere(code, message),
    }
}
