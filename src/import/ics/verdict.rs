//! Which recurring series are 1:1s, which are candidates, and why. Neither the number of people nor the title is
//! enough by itself, so both count, and the cadence too.

use std::borrow::Cow;
use std::rc::Rc;

use super::label::{Evidence, Label, Where, label, read, unread};
use super::lines::unescaped;
use super::moment::Meant;
use super::names::{names_both, names_others};
use super::room::{Attendee, Me, Room};
use super::series::{Quarter, Series};
use super::tally::Kind;
use super::texts::Texts;
use crate::base::day::Day;
use crate::import::draft::tidy;
use crate::import::lexicon::{Lexicon, Meaning};
use crate::source::FileIx;

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
    /// What became of its dates in the last quarter and in the one before.
    pub quarters: [Quarter; 2],
    /// How long it lasts, in minutes.
    pub minutes: Option<u16>,
    /// What it is for.
    pub label: Label,
    /// Whether a person says so; else words do.
    pub is_told: bool,
    /// The words that say so.
    pub evidence: Box<[Evidence]>,
    /// Items of its agenda that say nothing that is known: its label holds for a part of it only.
    pub unread: Box<[Box<str>]>,
    /// Whether somebody from outside is in it.
    pub is_outside: bool,
    /// What is odd about it.
    pub notes: Vec<Cow<'static, str>>,
    /// Why it is not counted as a 1:1; empty for one that is.
    pub missing: Vec<Cow<'static, str>>,
}

/// More days between two dates than a quarter has are no 1:1.
const LONGEST_CADENCE: u32 = 100;
/// Longer meetings than this are no 1:1, in minutes.
const LONGEST_MEETING: i64 = 180;

/// What a series is: a 1:1, a candidate, or what it is counted as.
#[expect(clippy::large_enum_variant, reason = "it is taken apart at once")]
pub(super) enum Verdict {
    Meeting(CalendarMeeting),
    Counted(Kind),
}

/// What a series is.
pub(super) fn verdict(
    series: &Series<'_, '_>,
    mut room: Room,
    file: FileIx,
    me: &Me,
    (lexicon, texts): (&Lexicon, &mut Texts),
) -> Verdict {
    let event = series.master;
    if event.is_private {
        return Verdict::Counted(Kind::Private);
    }
    let mut reading = read(event, lexicon, texts);
    let evidence = std::mem::take(&mut reading.evidence);
    let title = event.summary.as_ref().and_then(|title| tidy(&unescaped(title))).unwrap_or_default();
    let names_me = room.people.len() < 2 && me.address().is_some_and(|own| names_both(&title, own));
    let says_so = names_me || evidence.iter().any(|one| one.meaning == Meaning::OneOnOne);
    let in_title = |meaning| evidence.iter().any(|one| one.place == Where::Title && one.meaning == meaning);
    let is_personal = in_title(Meaning::Personal) && !in_title(Meaning::OneOnOne);
    match (room.people.len(), room.outside.is_some(), is_personal) {
        (2, true, true) => return Verdict::Counted(Kind::Outside),
        (0..=2, _, true) => return Verdict::Counted(Kind::Private),
        (2, _, _) => {}
        (count, _, _) if !says_so => {
            return Verdict::Counted(if count > 2 { Kind::Group } else { Kind::Alone });
        }
        _ => {}
    }
    let people = std::mem::take(&mut room.people);
    let mut notes = room.notes;
    if people.len() == 2 && names_others(&title, &people) {
        notes.push("the title names people other than the two who are invited".into());
    }
    if room.is_declined {
        notes.push("one of the two has declined the whole series: it is not held".into());
    }
    notes.shrink_to_fit();
    let mut missing = missing(series, &people, &evidence, says_so);
    if room.outside.is_some() {
        missing.insert(0, "it is with somebody outside the organisation".into());
    }
    missing.shrink_to_fit();
    let label = label(&evidence);
    Verdict::Meeting(CalendarMeeting {
        file,
        line: event.begins.line,
        uid: event.uid.as_deref().map(Rc::from),
        title: title.into(),
        organizer: room
            .organizer
            .and_then(|organizer| people.iter().position(|one| one.address == organizer)),
        people,
        every: series.every.and_then(|days| u16::try_from(days).ok()).filter(|days| (1..=366).contains(days)),
        since: series.since,
        ended: series.ended,
        last_held: series.last_held,
        cancelled_in_a_row: series.cancelled_in_a_row,
        quarters: series.quarters,
        minutes: event.minutes().and_then(|minutes| u16::try_from(minutes).ok()),
        label,
        is_told: false,
        evidence: evidence.into(),
        unread: unread(label, reading).into(),
        is_outside: room.outside.is_some(),
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
