//! Whose 1:1 is it, which ones are missing, and which one to split first. Without a portfolio the organiser
//! of a meeting is taken for its owner; with one its lines decide.

use std::collections::{BTreeSet, HashMap};

use crate::base::day::Day;
use crate::base::ids::{PersonIx, Subject};
use crate::import::ics::{Attendee, CalendarMeeting, Calendars, Label};
use crate::import::labels;
use crate::model::{How, Lines, Portfolio};
use crate::records::words::{Line, Purpose};

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
    /// What it may be for, where nobody has said so yet.
    pub suggestion: Option<Suggestion>,
}

/// What a 1:1 may be for. Never a label by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Suggestion {
    /// The owner owns this line of the other one, by such a key.
    Line(Line, How),
    /// The words that were read say so, and others were not read.
    PartOfTheWords(Label),
}

impl Suggestion {
    /// What it may be for.
    pub fn label(self) -> Label {
        match self {
            Suggestion::Line(Line::Delivery, _) => Label::Delivery,
            Suggestion::Line(Line::Craft, _) => Label::Craft,
            Suggestion::PartOfTheWords(label) => label,
        }
    }

    /// Why, with what the two are called.
    pub fn because(self, owner: &str, with: &str) -> String {
        match self {
            Suggestion::Line(line, How::OwnKey(..)) => {
                format!("{owner} is the {} owner of {with}", line.word())
            }
            Suggestion::Line(_, How::SquadLead(_)) => format!("{owner} leads the squad of {with}"),
            Suggestion::Line(_, How::SquadEscalation(_)) => {
                format!("the squad of {with} escalates to {owner}")
            }
            Suggestion::Line(_, How::GuildLead(_)) => format!("{owner} leads the guild of {with}"),
            Suggestion::PartOfTheWords(_) => "a part of its agenda says so".to_owned(),
        }
    }
}

impl Placed<'_> {
    /// What it is for; nothing where only a part of its agenda says so.
    pub fn label(&self) -> Label {
        if self.found.unread.is_empty() { self.found.label } else { Label::Unlabelled }
    }

    /// What the owner is called.
    pub fn owner_called(&self) -> &str {
        self.owner.map_or("somebody", called)
    }

    /// What the other one of the two is called.
    pub fn below_called(&self) -> &str {
        let other = self.found.people.iter().find(|one| Some(*one) != self.owner);
        other.map_or("somebody", called)
    }

    /// Whether it is still to be held on a day.
    pub fn is_live(&self, day: Day) -> bool {
        self.found.ended.is_none_or(|ended| ended > day)
    }
}

/// By name, where there is one.
pub fn called(one: &Attendee) -> &str {
    one.name.as_deref().unwrap_or(&one.address)
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
    /// The day that it looks back from.
    pub as_of: Day,
}

/// A 1:1 of a portfolio by its title in lower case, with its purpose.
type Titled = (String, Option<Purpose>);

/// Takes what a portfolio says of a pair for the word of a person: where the two have one 1:1 there, or one of this title.
pub fn told_by_portfolio(calendars: &mut Calendars, portfolio: &Portfolio, lines: &Lines) {
    let directory = Directory::new(portfolio, lines);
    let mut purposes: HashMap<(PersonIx, PersonIx), Vec<Titled>> = HashMap::new();
    for at in portfolio.meeting_positions() {
        let meeting = portfolio.meeting(at);
        let Some((one, other)) = lines.sides(meeting) else { continue };
        let title = meeting.title.map(|title| portfolio.text(title).to_lowercase()).unwrap_or_default();
        purposes.entry((one.min(other), one.max(other))).or_default().push((title, meeting.purpose));
    }
    for found in calendars.found.iter_mut().filter(|found| !found.is_told) {
        let [first, second] = found.people.as_slice() else { continue };
        let Some((a, b)) = directory.person(first).zip(directory.person(second)) else { continue };
        let Some(known) = purposes.get(&(a.min(b), a.max(b))) else { continue };
        let title = found.title.to_lowercase();
        let same_title = known.iter().find(|(known, _)| *known == title);
        let only = known.first().filter(|_| known.len() == 1);
        let label = match same_title.or(only).and_then(|(_, purpose)| *purpose) {
            Some(Purpose::Delivery) => Label::Delivery,
            Some(Purpose::Craft) => Label::Craft,
            Some(Purpose::Both) => Label::Conflated,
            None => continue,
        };
        labels::tell(found, label);
    }
}

/// Places every 1:1.
pub fn audit<'f>(calendars: &'f Calendars, day: Day, known: Option<(&Portfolio, &Lines)>) -> Audit<'f> {
    let directory = known.map(|(portfolio, lines)| Directory::new(portfolio, lines));
    let place = |found: &'f CalendarMeeting| placed(found, calendars.me.as_deref(), directory.as_ref());
    let (one_on_ones, candidates): (Vec<_>, Vec<_>) =
        calendars.found.iter().partition(|found| found.missing.is_empty());
    let one_on_ones: Vec<Placed<'f>> = one_on_ones.into_iter().map(place).collect();
    let missing = directory.as_ref().and_then(|directory| directory.missing(calendars, &one_on_ones, day));
    let first = first(&one_on_ones, day);
    let me = directory.as_ref().and_then(|directory| directory.address(calendars.me.as_deref()?));
    Audit {
        candidates: candidates.into_iter().map(place).collect(),
        missing,
        first,
        one_on_ones,
        me,
        as_of: day,
    }
}

/// The conflated 1:1 that is held most often; where there is none, the unlabelled one.
fn first(all: &[Placed<'_>], day: Day) -> Option<usize> {
    let of = |label| {
        let live = all.iter().enumerate().filter(move |(_, one)| one.is_live(day) && one.label() == label);
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
    let suggestion = suggestion(found, directory);
    Placed { found, with, owner, guessed: guessed && owner.is_some(), with_person, owner_person, suggestion }
}

/// Where nobody has said what it is for: the words that were read, else the one line that runs between the two.
fn suggestion(found: &CalendarMeeting, directory: Option<&Directory<'_>>) -> Option<Suggestion> {
    if found.is_told {
        return None;
    }
    if !found.unread.is_empty() {
        return Some(Suggestion::PartOfTheWords(found.label));
    }
    let [first, second] = found.people.as_slice() else { return None };
    let directory = directory.filter(|_| found.label == Label::Unlabelled)?;
    let (a, b) = (directory.person(first)?, directory.person(second)?);
    let of = |owner, with| directory.owns(owner, with).into_iter().map(move |line| (line, with));
    let mut lines = of(a, b).chain(of(b, a));
    let (line, with) = lines.next().filter(|_| lines.next().is_none())?;
    Some(Suggestion::Line(line, directory.lines.how(line, with)?))
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
    fn missing(&self, calendars: &Calendars, all: &[Placed<'_>], day: Day) -> Option<Vec<MissingOneOnOne>> {
        let me = self.address(calendars.me.as_deref()?)?;
        // A private meeting of two may be the one that is asked for: it is not named, and not missed either.
        let private = calendars.private_with.iter().filter_map(|address| self.address(address));
        let met: BTreeSet<PersonIx> = all
            .iter()
            .filter(|one| one.is_live(day))
            .flat_map(|one| &one.found.people)
            .filter_map(|one| self.person(one))
            .chain(private)
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
