//! Whose 1:1 is it, which ones are missing, and which one to split first. Without a portfolio the organiser
//! of a meeting is taken for its owner; with one its lines decide.

use std::collections::{BTreeSet, HashMap};

use crate::base::day::Day;
use crate::base::ids::{PersonIx, Subject};
use crate::import::ics::{Attendee, CalendarMeeting, Calendars, Label};
use crate::model::{Lines, Portfolio};
use crate::records::words::Line;

/// A 1:1 with its two sides.
#[derive(Debug)]
pub struct Placed<'f> {
    /// What was found on the calendar.
    pub found: &'f CalendarMeeting,
    /// The other person, seen from whose calendar it is; else from whoever owns it.
    pub with: Option<&'f Attendee>,
    /// Whose job it is to hold it.
    pub owner: Option<&'f Attendee>,
    /// Whether that is only a guess, from who called it.
    pub guessed: bool,
    /// The other person in the portfolio, where there is one that knows them.
    pub with_person: Option<PersonIx>,
    /// Whose job it is, in the portfolio.
    pub owner_person: Option<PersonIx>,
}

impl Placed<'_> {
    /// Whether it is still to be held on a day.
    pub fn is_live(&self, day: Day) -> bool {
        self.found.ended.is_none_or(|ended| ended > day)
    }
}

/// A 1:1 that a portfolio asks for and no calendar shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MissingOneOnOne {
    /// Whose job it is.
    pub owner: PersonIx,
    /// With whom.
    pub with: PersonIx,
    /// For which lines.
    pub lines: Vec<Line>,
}

/// What an audit finds.
#[derive(Debug)]
pub struct Audit<'f> {
    /// The 1:1s.
    pub one_on_ones: Vec<Placed<'f>>,
    /// What nearly is one.
    pub candidates: Vec<Placed<'f>>,
    /// What a portfolio asks for and is not there; `None` where it cannot be told.
    pub missing: Option<Vec<MissingOneOnOne>>,
    /// The position of the 1:1 to split first, or to label where none is conflated.
    pub first: Option<usize>,
    /// Whose calendars these are, in the portfolio.
    pub me: Option<PersonIx>,
}

/// Places every 1:1.
pub fn audit<'f>(calendars: &'f Calendars, day: Day, known: Option<(&Portfolio, &Lines)>) -> Audit<'f> {
    let directory = known.map(|(portfolio, lines)| Directory::new(portfolio, lines));
    let place = |found| placed(found, calendars.me.as_deref(), directory.as_ref());
    let (one_on_ones, candidates): (Vec<_>, Vec<_>) =
        calendars.found.iter().partition(|found| found.missing.is_empty());
    let one_on_ones: Vec<Placed<'f>> = one_on_ones.into_iter().map(place).collect();
    let missing = directory
        .as_ref()
        .and_then(|directory| directory.missing(calendars.me.as_deref()?, &one_on_ones, day));
    let first = first(&one_on_ones, day);
    let me = directory.as_ref().and_then(|directory| directory.address(calendars.me.as_deref()?));
    Audit { candidates: candidates.into_iter().map(place).collect(), missing, first, one_on_ones, me }
}

/// The conflated 1:1 that is held most often; where there is none, the unlabelled one.
fn first(all: &[Placed<'_>], day: Day) -> Option<usize> {
    let of = |label| {
        let live =
            all.iter().enumerate().filter(move |(_, one)| one.is_live(day) && one.found.label == label);
        live.min_by_key(|(_, one)| one.found.every.unwrap_or(u16::MAX)).map(|(index, _)| index)
    };
    of(Label::Conflated).or_else(|| of(Label::Unlabelled))
}

fn placed<'f>(found: &'f CalendarMeeting, me: Option<&str>, directory: Option<&Directory<'_>>) -> Placed<'f> {
    let organizer = found.organizer.and_then(|at| found.people.get(at));
    let (owner, guessed) = match directory.and_then(|directory| directory.owner(found)) {
        Some(owner) => (Some(owner), false),
        None => (organizer, true),
    };
    let is_me = |one: &&Attendee| me.is_some_and(|me| *one.address == *me);
    let with = if found.people.iter().any(|one| is_me(&one)) {
        found.people.iter().find(|one| !is_me(one))
    } else {
        found.people.iter().find(|one| Some(*one) != owner)
    };
    let known = |one: Option<&Attendee>| directory.and_then(|directory| directory.person(one?));
    let (with_person, owner_person) = (known(with), known(owner));
    Placed { found, with, owner, guessed: guessed && owner.is_some(), with_person, owner_person }
}

/// The people of a portfolio by what calendars call them.
struct Directory<'p> {
    portfolio: &'p Portfolio,
    lines: &'p Lines,
    by_name: HashMap<String, Option<PersonIx>>,
}

impl<'p> Directory<'p> {
    fn new(portfolio: &'p Portfolio, lines: &'p Lines) -> Directory<'p> {
        let mut by_name: HashMap<String, Option<PersonIx>> = HashMap::new();
        let mut add = |name: &str, person| {
            let entry = by_name.entry(name.to_lowercase()).or_insert(Some(person));
            if *entry != Some(person) {
                *entry = None;
            }
        };
        for person in portfolio.person_positions() {
            let one = portfolio.person(person);
            let names = one.name.into_iter().chain(one.aliases.iter().copied()).chain([one.id]);
            names.for_each(|name| add(portfolio.text(name), person));
        }
        Directory { portfolio, lines, by_name }
    }

    /// By address, by the part before its `@`, by name: whatever names one person only.
    fn person(&self, one: &Attendee) -> Option<PersonIx> {
        let by = |text: &str| self.by_name.get(&text.to_lowercase()).copied().flatten();
        let exact = || match self.portfolio.find("person", &one.address) {
            Some(Subject::Person(person)) => Some(person),
            _ => None,
        };
        let local = || one.address.split_once('@').and_then(|(local, _)| by(local));
        exact().or_else(|| by(&one.address)).or_else(|| by(one.name.as_ref()?)).or_else(local)
    }

    fn address(&self, address: &str) -> Option<PersonIx> {
        self.person(&Attendee { address: address.into(), name: None })
    }

    fn owns(&self, owner: PersonIx, of: PersonIx) -> Vec<Line> {
        Line::ALL.iter().copied().filter(|line| self.lines.owner(*line, of) == Some(owner)).collect()
    }

    fn owner<'f>(&self, found: &'f CalendarMeeting) -> Option<&'f Attendee> {
        let [first, second] = found.people.as_slice() else { return None };
        let (a, b) = (self.person(first)?, self.person(second)?);
        match (self.owns(a, b).is_empty(), self.owns(b, a).is_empty()) {
            (false, true) => Some(first),
            (true, false) => Some(second),
            _ => None,
        }
    }

    /// What the lines of whoever the calendar belongs to ask for: with those above, and with those they own a line of.
    fn missing(&self, me: &str, all: &[Placed<'_>], day: Day) -> Option<Vec<MissingOneOnOne>> {
        let me = self.address(me)?;
        let met: BTreeSet<PersonIx> = all
            .iter()
            .filter(|one| one.is_live(day))
            .flat_map(|one| &one.found.people)
            .filter_map(|one| self.person(one))
            .collect();
        let scored = self.portfolio.person_positions().filter(|person| self.lines.is_scored(*person));
        let mut pairs: Vec<(PersonIx, PersonIx)> =
            scored.filter(|person| *person != me).map(|person| (me, person)).collect();
        let above: BTreeSet<PersonIx> = Line::ALL
            .iter()
            .filter_map(|line| self.lines.filter_active(self.lines.owner(*line, me)))
            .collect();
        pairs.extend(above.into_iter().map(|owner| (owner, me)));
        let missing = pairs.into_iter().filter_map(|(owner, with)| {
            let other = if owner == me { with } else { owner };
            let mut lines = self.owns(owner, with);
            lines.retain(|line| self.lines.in_scope(*line, with));
            (!lines.is_empty() && !met.contains(&other)).then_some(MissingOneOnOne { owner, with, lines })
        });
        Some(missing.collect())
    }
}
