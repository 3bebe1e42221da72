//! Calendars that are no iCalendar files: events of Google's API and of Microsoft Graph, and Outlook's export as CSV. Each
//! is written down as iCalendar and read as that, so that all calendars are judged by the same code.

mod google;
mod graph;
mod json;
mod outlook;
mod written;

pub use outlook::is_outlook;

use chrono::NaiveDateTime;

use super::dates::Order;
use super::ics::Calendars;
use super::sniff::{self, FileKind};
use crate::base::day::Day;
use crate::base::message::message;
use crate::source::foreign::Foreign;
use crate::source::{Code, Diagnostic, Diagnostics, FileIx, Place, Sources};

/// When something is, as it is written.
#[derive(Clone, PartialEq, Eq, Debug)]
struct When {
    at: NaiveDateTime,
    zone: Zone,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Zone {
    /// A whole day.
    Day,
    Utc,
    Named(String),
    Floating,
}

/// Somebody invited.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Invited {
    address: String,
    name: Option<String>,
    /// As `PARTSTAT` has it.
    answer: Option<&'static str>,
    optional: bool,
    resource: bool,
}

/// An event, whoever wrote it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Event {
    /// Where it is in its file.
    line: u32,
    id: String,
    uid: Option<String>,
    /// The id of the series that it is an instance of.
    series: Option<String>,
    title: Option<String>,
    description: Option<String>,
    start: Option<When>,
    end: Option<When>,
    /// When it would have been by its series.
    original: Option<When>,
    /// Lines of iCalendar: `RRULE:…`, `EXDATE…`.
    recurrence: Vec<String>,
    organizer: Option<Invited>,
    invited: Vec<Invited>,
    cancelled: bool,
    private: bool,
    /// Which of two versions is the later one.
    version: u64,
}

/// The events of a file, and what is to be known about it.
#[derive(Debug, Default)]
struct Page {
    events: Vec<Event>,
    /// Whether it says that it goes on elsewhere.
    goes_on: bool,
}

/// Which line of a file each line of its iCalendar text came from.
#[derive(Debug, Default)]
pub struct Origins(Vec<(FileIx, Vec<(u32, u32)>)>);

impl Origins {
    /// Gives what was found the lines of the files that people have.
    pub fn restore(&self, calendars: &mut Calendars) {
        for (file, lines) in &self.0 {
            let original = |line: u32| {
                let after = lines.partition_point(|(written, _)| *written <= line);
                after.checked_sub(1).and_then(|at| lines.get(at)).map_or(1, |(_, original)| *original)
            };
            for one in calendars.found.iter_mut().filter(|one| one.file == *file) {
                one.line = original(one.line);
            }
            for facts in calendars.files.iter_mut().filter(|facts| facts.file == *file) {
                for skipped in &mut facts.skipped {
                    skipped.line = original(skipped.line);
                }
            }
        }
    }
}

/// Turns the files that are such calendars into iCalendar; other files stay as they are.
pub fn converted(
    files: &[Foreign],
    sources: &mut Sources,
    (order, as_of): (Option<Order>, Day),
    diagnostics: &mut Diagnostics,
) -> Origins {
    let mut origins = Origins::default();
    for foreign in files.iter().filter(|foreign| !foreign.is_workbook) {
        let text = sources.text(foreign.file);
        let kind = sniff::kind(foreign, text);
        let page = match kind {
            Ok(FileKind::GoogleEvents) => json::read(text, google::take),
            Ok(FileKind::GraphEvents) => json::read(text, graph::take),
            Ok(FileKind::OutlookEvents) => outlook::read(text, order),
            Ok(_) | Err(_) => continue,
        };
        let page = match page {
            Ok(page) => page,
            Err(wrong) => {
                diagnostics.push(wrong.diagnostic(foreign.file));
                continue;
            }
        };
        warn(&page, foreign.file, diagnostics);
        let (text, lines, known_until) = written::calendar(page, as_of);
        if let Some(last) = known_until {
            let last = last.to_string();
            let message = message!("this list ends on ", last.clone(), ": what was held from then to ")
                .and(message!(as_of.to_string(), " is not known"));
            let help = message!("export it up to that day, or look back from its end: --as-of ", last);
            let place = Place::whole(foreign.file);
            diagnostics.push(Diagnostic::error(Code::WrongValue, message, place).help(help));
        }
        if let Some(source) = sources.0.get_mut(foreign.file.index()) {
            source.text = text;
        }
        origins.0.push((foreign.file, lines));
    }
    origins
}

/// What is wrong with a file.
struct Wrong {
    code: Code,
    place: Option<(u32, u32)>,
    message: String,
    help: &'static str,
}

impl Wrong {
    fn diagnostic(self, file: FileIx) -> Diagnostic {
        let place = match self.place {
            Some((line, column)) => Place::exact(file, crate::source::Mark { line, column }, 1),
            None => Place::whole(file),
        };
        Diagnostic::error(self.code, message!(self.message), place).help(message!(self.help))
    }
}

fn warn(page: &Page, file: FileIx, diagnostics: &mut Diagnostics) {
    if page.goes_on {
        let message = message!("this list goes on elsewhere: the events that follow are missing");
        let help = message!("fetch every page, and give all files at once");
        diagnostics.push(Diagnostic::warning(Code::MissingPages, message, Place::whole(file)).help(help));
    }
}
