//! Which recurring series are 1:1s, which are candidates, and why. Neither the number of people nor the title is
//! enough by itself, so both count, and the cadence too.

use std::borrow::Cow;
use std::rc::Rc;

use super::event::{Event, Participant};
use super::label::{Evidence, Label, Where, label, read, unread};
use super::lines::unescaped;
use super::moment::Meant;
use super::series::Series;
use super::texts::Texts;
use crate::base::day::Day;
use crate::import::draft::tidy;
use crate::import::lexicon::{Lexicon, Meaning};
use crate::source::FileIx;

/// Somebody on a calendar.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Attendee {
    /// The address, in lower case; where there is none, the name.
    pub address: Rc<str>,
    /// The name.
    pub name: Option<Rc<str>>,
}

/// A recurring series that is a 1:1 or a candidate.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CalendarMeeting {
    /// Where it is.
    pub file: FileIx,
    /// The line of its VEVENT.
    pub line: u32,
    /// What makes two copies the same meeting.
    pub uid: Option<Rc<str>>,
    /// Its title.
    pub title: Box<str>,
    /// The people in it, by address: at most two for a 1:1.
    pub people: Vec<Attendee>,
    /// The position of who called it among them, where that is one of them.
    pub organizer: Option<usize>,
    /// Days between two dates.
    pub every: Option<u16>,
    /// The first day.
    pub since: Option<Day>,
    /// The first day on which it is no more.
    pub ended: Option<Day>,
    /// When it was last held, as far as a calendar can tell.
    pub last_held: Option<Day>,
    /// How many dates were cancelled since.
    pub cancelled_in_a_row: u32,
    /// What it is for.
    pub label: Label,
    /// The words that say so.
    pub evidence: Box<[Evidence]>,
    /// What is odd about it.
    pub notes: Vec<Cow<'static, str>>,
    /// Why it is not counted as a 1:1; empty for one that is.
    pub missing: Vec<Cow<'static, str>>,
}

/// More days between two dates than a quarter has are no 1:1.
const LONGEST_CADENCE: u32 = 100;
/// Longer meetings than this are no 1:1, in minutes.
const LONGEST_MEETING: i64 = 180;

/// What a series is; `None` where nothing speaks for a 1:1.
pub(super) fn verdict(
    series: &Series<'_, '_>,
    file: FileIx,
    lexicon: &Lexicon,
    texts: &mut Texts,
) -> Option<CalendarMeeting> {
    let event = series.master;
    let (mut people, organizer) = people(event, texts);
    let mut reading = read(event, lexicon, texts);
    let evidence = std::mem::take(&mut reading.evidence);
    let says_so = evidence.iter().any(|one| one.meaning == Meaning::OneOnOne);
    if people.len() != 2 && !says_so {
        return None;
    }
    let title = event.summary.as_ref().and_then(|title| tidy(&unescaped(title))).unwrap_or_default();
    let mut notes = Vec::new();
    // Somebody who books for two others is not in the meeting.
    if people.len() == 3
        && let Some(organizer) = &organizer
        && !event.attendees.iter().any(|one| one.address == *organizer)
    {
        people.retain(|one| one.address != *organizer);
        notes.push("called by a third person who is not invited, and so not counted".into());
    }
    people.shrink_to_fit();
    if people.len() == 2 && names_others(&title, &people) {
        notes.push("the title names people other than the two who are invited".into());
    }
    let mut missing = missing(series, &people, &evidence, says_so);
    missing.shrink_to_fit();
    Some(CalendarMeeting {
        file,
        line: event.begins.line,
        uid: event.uid.as_deref().map(Rc::from),
        title: title.into(),
        organizer: organizer.and_then(|organizer| people.iter().position(|one| one.address == organizer)),
        people,
        every: series.every.and_then(|days| u16::try_from(days).ok()).filter(|days| (1..=366).contains(days)),
        since: series.since,
        ended: series.ended,
        last_held: series.last_held,
        cancelled_in_a_row: series.cancelled_in_a_row,
        label: label(&evidence),
        evidence: evidence.into(),
        notes,
        missing,
    })
}

fn missing(
    series: &Series<'_, '_>,
    people: &[Attendee],
    evidence: &[Evidence],
    says_so: bool,
) -> Vec<Cow<'static, str>> {
    let event = series.master;
    let mut missing = Vec::new();
    let mut lacks = |what: Cow<'static, str>| missing.push(what);
    if people.len() > 2 {
        lacks(format!("{} people are invited", people.len()).into());
    }
    match (series.understood, series.every) {
        (false, _) => lacks("its recurrence is not understood".into()),
        (true, None) if series.master.rules.is_empty() => lacks("it has one date only".into()),
        (true, None) => lacks("it recurs several times a day".into()),
        (true, Some(days)) if days < 3 => lacks("it is nearly every working day".into()),
        (true, Some(days)) if days < 5 && !says_so => {
            lacks("it is several times a week, and no word says 1:1".into());
        }
        (true, Some(days)) if days > LONGEST_CADENCE => {
            lacks("it is less often than once a quarter".into());
        }
        (true, Some(_)) => {}
    }
    if event.start.is_some_and(|start| start.meant == Meant::Day) {
        lacks("it lasts whole days".into());
    }
    if let Some(minutes) = event.minutes().filter(|minutes| *minutes > LONGEST_MEETING) {
        lacks(format!("it lasts {} hours", minutes / 60).into());
    }
    let other =
        evidence.iter().find(|one| one.place == Where::Title && one.meaning == Meaning::SomethingElse);
    if let Some(other) = other.filter(|_| !says_so) {
        lacks(format!("the title says \u{201C}{}\u{201D}", other.words).into());
    }
    missing
}

/// The people of an event, each once, by address; and the address of who called it.
fn people(event: &Event<'_>, texts: &mut Texts) -> (Vec<Attendee>, Option<Rc<str>>) {
    let mut attendee = |one: &Participant| {
        let name = one.name.as_deref().and_then(tidy).filter(|name| !name.eq_ignore_ascii_case(&one.address));
        let address = if one.address.is_empty() {
            texts.once(&name.as_ref()?.to_lowercase())
        } else {
            Rc::clone(&one.address)
        };
        Some(Attendee { address, name: name.map(|name| texts.once(&name)) })
    };
    let organizer = event.organizer.as_ref().filter(|one| one.is_person).and_then(&mut attendee);
    let mut all: Vec<Attendee> = event.everybody().filter(|one| one.is_person).filter_map(attendee).collect();
    // The name that is given first, the organiser's before the others'.
    all.sort_by(|one, other| {
        one.address.cmp(&other.address).then_with(|| other.name.is_some().cmp(&one.name.is_some()))
    });
    all.dedup_by(|one, other| one.address == other.address);
    (all, organizer.map(|organizer| organizer.address))
}

/// Whether a title such as `A <> B` names two, and neither is one of these people.
fn names_others(title: &str, people: &[Attendee]) -> bool {
    let sides = ["<>", "\u{2194}", " / ", " x ", " & ", "<->", "/"]
        .iter()
        .find_map(|between| title.split_once(between));
    let Some((left, right)) = sides else { return false };
    let words = |text: &str| -> Vec<String> {
        let plain = deunicode::deunicode(text).to_lowercase();
        plain.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1).map(str::to_owned).collect()
    };
    let known: Vec<String> = people
        .iter()
        .flat_map(|one| {
            words(one.name.as_deref().unwrap_or_default())
                .into_iter()
                .chain(words(one.address.split('@').next().unwrap_or_default()))
        })
        .collect();
    let is_known = |side: &str| {
        words(side).iter().any(|word| {
            known.iter().any(|name| name.starts_with(word.as_str()) || word.starts_with(name.as_str()))
        })
    };
    // Only what is written like a name: one or two words with capitals.
    let is_name = |side: &str| {
        let words: Vec<&str> = side.split_whitespace().collect();
        (1..=2).contains(&words.len())
            && words.iter().all(|word| word.chars().next().is_some_and(char::is_uppercase))
    };
    is_name(left.trim()) && is_name(right.trim()) && !is_known(left) && !is_known(right)
}
