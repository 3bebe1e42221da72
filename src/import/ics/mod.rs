//! Calendars: finds the 1:1s in iCalendar files. Made for files as they really are: one bad event loses only
//! that event, with its line. Recurrences are never expanded into lists of dates, and no purpose is guessed.

mod by_hand;
mod called_off;
mod copies;
mod event;
mod events;
mod items;
pub mod label;
mod lines;
mod moment;
mod names;
mod nobody;
mod portfolio;
mod room;
mod rule;
mod series;
mod tally;
mod texts;
mod verdict;
pub(super) mod zone;

use std::collections::BTreeSet;
use std::rc::Rc;

pub use events::Skipped;
pub use label::{Evidence, Label};
pub use portfolio::draft;
pub use room::Attendee;
pub use series::{QUARTER, Quarter};
pub use tally::{Kind, Tally};
pub use verdict::CalendarMeeting;

use super::labels::{self, Labels};
use super::lexicon::Lexicon;
use crate::base::day::Day;
use crate::base::message::{Message, message};
use crate::source::foreign::Foreign;
use crate::source::{Code, Diagnostic, Diagnostics, FileIx, Mark, Place, Severity, Sources};
use events::Scan;
use room::Me;
use series::{Budget, Held};
use texts::Texts;
use verdict::Verdict;

/// What one file holds, in numbers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FileFacts {
    /// The file.
    pub file: FileIx,
    /// How many VEVENTs.
    pub events: usize,
    /// Distinct UIDs among them; one without a UID counts as its own.
    pub series: usize,
    /// Those with a recurrence.
    pub recurring: usize,
    /// Recurring ones with exactly two addresses among organiser and attendees.
    pub two_party: usize,
    /// What was passed over.
    pub skipped: Vec<Skipped>,
    /// How much more was passed over.
    pub more_skipped: usize,
}

/// All calendars of a run.
#[derive(Debug, Default)]
pub struct Calendars {
    /// Each file in numbers.
    pub files: Vec<FileFacts>,
    /// 1:1s and what is nearly one, in the order of files and lines; each meeting once.
    pub found: Vec<CalendarMeeting>,
    /// Whose calendars these are: who was named, else the address in most events; nobody where that is a tie.
    pub me: Option<String>,
    /// In how many events that address occurs, if it was not named.
    pub me_told_by: Option<u32>,
    /// Whether some last dates are not known, since the rules took too many days to follow.
    pub incomplete: bool,
    /// What every series was counted as.
    pub tally: Tally,
    /// With whom there is a meeting of two that is private: it is not named, nor is it missing.
    pub private_with: Vec<Rc<str>>,
}

/// How calendars are read.
#[derive(Clone, Copy, Debug)]
pub struct Options<'o> {
    /// The day to look back from.
    pub as_of: Day,
    /// Whose calendars these are, by all their addresses.
    pub me: &'o [String],
    /// Domains of the organisation besides those of these addresses.
    pub internal: &'o [String],
    /// The words that say what a meeting is for.
    pub lexicon: &'o Lexicon,
    /// What people say that it is for.
    pub labels: &'o Labels,
}

/// Reads all files. What is no calendar is an error; what is broken in one is counted with its line.
pub fn read(
    files: &[Foreign],
    sources: &Sources,
    options: Options<'_>,
    found: &mut Diagnostics,
) -> Calendars {
    let mut texts = Texts::default();
    let mut scans = Vec::new();
    for foreign in files {
        let text = sources.text(foreign.file);
        let scan = events::scan(text, &mut texts);
        if !scan.is_calendar {
            found.push(no_calendar(foreign.file, text));
            continue;
        }
        if let Some(line) = scan.cut_off {
            let place = Place::exact(foreign.file, Mark { line, column: 1 }, 1);
            let message = message!("the calendar ends inside this event: what comes before it was read");
            found.push(
                Diagnostic::warning(Code::CutOff, message, place).help(message!("export the calendar again")),
            );
        }
        scans.push((foreign.file, scan));
    }
    // Who is inside is known when all files have been gone through.
    let me = Me::new(&options, &texts);
    let mut reader =
        Reader { sources, options, me, texts, budget: Budget::new(), calendars: Calendars::default() };
    let mut booked = Vec::new();
    for (file, scan) in scans {
        booked.extend(reader.file(file, scan));
    }
    reader.by_hand(booked);
    reader.end(found)
}

/// Calendars while they are read.
struct Reader<'r> {
    sources: &'r Sources,
    options: Options<'r>,
    me: Me,
    texts: Texts,
    budget: Budget,
    calendars: Calendars,
}

impl Reader<'_> {
    /// The series of a file; gives its single events of two.
    fn file(&mut self, file: FileIx, scan: Scan<'_>) -> Vec<by_hand::Booked> {
        let text = self.sources.text(file);
        let mut skipped = scan.passed_over.skipped;
        if let Some(line) = scan.cut_off {
            skipped.push(Skipped { line, reason: "an event that the end of the file cuts off" });
        }
        let (mut recurring, mut two_party) = (0, 0);
        let first = self.calendars.found.len();
        for events in scan.found.chunk_by(|one, other| one.uid.is_some() && one.uid == other.uid) {
            let Some((master, changes)) = events::again(text, events, &mut self.texts) else { continue };
            recurring += 1;
            two_party += usize::from(addresses_of(&master) == 2);
            let room = room::room(&master, &self.me, &mut self.texts);
            let me = &self.me;
            let is_one_of_them = |address: &Rc<str>| {
                let address = me.canonical(address);
                room.people.iter().any(|one| one.address == *address)
            };
            let held = Held { is_one_of_them: &is_one_of_them, is_declined: room.is_declined };
            let series = series::series(&master, &changes, &held, self.options.as_of, &mut self.budget);
            self.judge(&series, room, file);
        }
        self.calendars.found[first..].sort_unstable_by_key(|one| one.line);
        self.calendars.tally.recurring += recurring;
        self.calendars.tally.single += scan.series - recurring.min(scan.series);
        self.calendars.files.push(FileFacts {
            file,
            events: scan.vevents,
            series: scan.series,
            recurring,
            two_party,
            skipped,
            more_skipped: scan.passed_over.more,
        });
        by_hand::booked(scan.singles, file, &self.me).collect()
    }

    fn judge(&mut self, series: &series::Series<'_, '_>, room: room::Room, file: FileIx) {
        if series.master.is_private && room.people.len() == 2 {
            let others = room.people.iter().map(|one| &one.address).filter(|one| !self.me.is_me(one));
            self.calendars.private_with.extend(others.cloned());
        }
        match verdict::verdict(series, room, file, &self.me, (self.options.lexicon, &mut self.texts)) {
            Verdict::Meeting(meeting) => self.calendars.found.push(meeting),
            Verdict::Counted(kind) => self.calendars.tally.count(kind),
        }
    }

    /// Meetings that are booked by hand each time; what is no 1:1 among them stays single events.
    fn by_hand(&mut self, booked: Vec<by_hand::Booked>) {
        for group in by_hand::meetings(booked) {
            let as_of = self.options.as_of;
            let dates = by_hand::Dates::of(&group, self.sources, &self.me, as_of, &mut self.texts);
            let Some(dates) = dates else { continue };
            let mut room = room::room(&dates.last, &self.me, &mut self.texts);
            room.is_declined = false;
            room.notes.push(format!("booked by hand: {} single events, read as one", dates.count).into());
            let words = (self.options.lexicon, &mut self.texts);
            match verdict::verdict(&dates.series(), room, dates.file, &self.me, words) {
                Verdict::Meeting(mut meeting) if meeting.missing.is_empty() => {
                    // Each of its events has an identity of its own.
                    meeting.uid = None;
                    self.calendars.found.push(meeting);
                    self.calendars.tally.booked(dates.count);
                }
                Verdict::Meeting(_) | Verdict::Counted(_) => {}
            }
        }
        // No two begin on the same line, so the order is one; a stable sort would take memory for half of them.
        self.calendars.found.sort_unstable_by_key(|one| (one.file, one.line));
    }

    fn end(mut self, found: &mut Diagnostics) -> Calendars {
        let mut calendars = std::mem::take(&mut self.calendars);
        calendars.incomplete = self.budget.is_spent();
        if calendars.incomplete {
            let message = message!(
                "the recurrence rules of these calendars take too long to evaluate: some last dates are unknown"
            );
            let help = message!("give fewer calendars at once");
            let warning =
                Diagnostic { severity: Severity::Warning, ..Diagnostic::nowhere(Code::TooManyDays, message) };
            found.push(warning.help(help));
        }
        calendars.me = self.me.address().map(ToString::to_string);
        calendars.me_told_by = match self.options.me {
            [] => self.texts.most_seen().map(|(_, count)| count),
            _ => None,
        };
        calendars.found = copies::without(std::mem::take(&mut calendars.found));
        let own = calendars.me.clone();
        let canonical = |address: &str| self.me.canonical(&Rc::from(address)).to_string();
        calendars.tally.not_one_on_ones =
            labels::apply(self.options.labels, &mut calendars.found, (own.as_deref(), &canonical), found);
        calendars.tally.settle(&calendars.found, self.options.as_of);
        calendars
    }
}

/// Distinct addresses among organiser and attendees, rooms and all.
fn addresses_of(event: &event::Event<'_>) -> usize {
    event
        .everybody()
        .map(|one| &*one.address)
        .filter(|address| !address.is_empty())
        .collect::<BTreeSet<_>>()
        .len()
}

fn no_calendar(file: FileIx, text: &str) -> Diagnostic {
    let first = text.lines().zip(1_u32..).find(|(line, _)| !line.trim().is_empty());
    let Some((_, line)) = first else {
        return Diagnostic::error(Code::Empty, message!("this file is empty"), Place::whole(file));
    };
    let message = message!("not a calendar: it has neither BEGIN:VCALENDAR nor BEGIN:VEVENT");
    Diagnostic::error(Code::NoCalendar, message, Place::exact(file, Mark { line, column: 1 }, 1))
        .help(Message::words("export it as iCalendar (.ics)".to_owned()))
}
