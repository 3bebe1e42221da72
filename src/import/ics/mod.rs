//! Calendars: finds the 1:1s in iCalendar files. Made for files as they really are: one bad event loses only
//! that event, with its line. Recurrences are never expanded into lists of dates, and no purpose is guessed.

mod copies;
mod event;
mod events;
mod items;
pub mod label;
mod lines;
mod moment;
mod portfolio;
mod rule;
mod series;
mod texts;
mod verdict;

use std::collections::BTreeSet;

pub use events::Skipped;
pub use label::{Evidence, Label};
pub use portfolio::draft;
pub use verdict::{Attendee, CalendarMeeting};

use super::lexicon::Lexicon;
use crate::base::day::Day;
use crate::base::message::{Message, message};
use crate::source::foreign::Foreign;
use crate::source::{Code, Diagnostic, Diagnostics, FileIx, Mark, Place, Severity, Sources};

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
}

/// How calendars are read.
#[derive(Clone, Copy, Debug)]
pub struct Options<'o> {
    /// The day to look back from.
    pub as_of: Day,
    /// Whose calendars these are.
    pub me: Option<&'o str>,
    /// The words that say what a meeting is for.
    pub lexicon: &'o Lexicon,
}

/// Reads all files. What is no calendar is an error; what is broken in one is counted with its line.
pub fn read(
    files: &[Foreign],
    sources: &Sources,
    options: Options<'_>,
    found: &mut Diagnostics,
) -> Calendars {
    let mut calendars = Calendars::default();
    let mut texts = texts::Texts::default();
    let mut budget = series::Budget::new();
    for foreign in files {
        let text = sources.text(foreign.file);
        let scan = events::scan(text, &mut texts);
        if !scan.is_calendar {
            found.push(no_calendar(foreign.file, text));
            continue;
        }
        let mut skipped = scan.passed_over.skipped;
        if let Some(line) = scan.cut_off {
            let place = Place::exact(foreign.file, Mark { line, column: 1 }, 1);
            let message = message!("the calendar ends inside this event: what comes before it was read");
            found.push(
                Diagnostic::warning(Code::CutOff, message, place).help(message!("export the calendar again")),
            );
            skipped.push(Skipped { line, reason: "an event that the end of the file cuts off" });
        }
        let (mut recurring, mut two_party) = (0, 0);
        let first = calendars.found.len();
        for events in scan.found.chunk_by(|one, other| one.uid.is_some() && one.uid == other.uid) {
            let Some((master, changes)) = events::again(text, events, &mut texts) else { continue };
            recurring += 1;
            two_party += usize::from(addresses_of(&master) == 2);
            let series = series::series(&master, &changes, options.as_of, &mut budget);
            calendars.found.extend(verdict::verdict(&series, foreign.file, options.lexicon, &mut texts));
        }
        calendars.found[first..].sort_unstable_by_key(|one| one.line);
        calendars.files.push(FileFacts {
            file: foreign.file,
            events: scan.vevents,
            series: scan.series,
            recurring,
            two_party,
            skipped,
            more_skipped: scan.passed_over.more,
        });
    }
    calendars.incomplete = budget.is_spent();
    if calendars.incomplete {
        let message = message!(
            "the recurrence rules of these calendars take too long to evaluate: some last dates are unknown"
        );
        let help = message!("give fewer calendars at once");
        let warning =
            Diagnostic { severity: Severity::Warning, ..Diagnostic::nowhere(Code::TooManyDays, message) };
        found.push(warning.help(help));
    }
    (calendars.me, calendars.me_told_by) = match options.me {
        Some(me) => (Some(me.trim().to_lowercase()), None),
        None => texts.most_seen().map(|(address, count)| (address.to_owned(), count)).unzip(),
    };
    calendars.found = copies::without(std::mem::take(&mut calendars.found));
    calendars
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
