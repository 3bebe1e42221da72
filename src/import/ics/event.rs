//! A calendar file as its events: each VEVENT by itself, so that a bad one costs that one. The whole file is gone
//! through once for where recurring series are; the events of one series are then read again from there, so that no
//! more than one series is held at a time.

use std::borrow::Cow;
use std::collections::HashSet;
use std::rc::Rc;

use super::lines::{ContentLine, ContentLines, Start, unescaped};
use super::moment::Moment;
use super::texts::Texts;

/// Somebody or something invited.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Participant {
    /// The address as it is compared: lower case, without `mailto:`. Empty where there is none.
    pub(super) address: Rc<str>,
    /// The name.
    pub(super) name: Option<String>,
    /// Whether it is a person, as far as can be told: no room, no resource, no list, not only informed.
    pub(super) is_person: bool,
}

/// One VEVENT.
#[derive(Debug)]
pub(super) struct Event<'t> {
    pub(super) begins: Start,
    pub(super) uid: Option<Cow<'t, str>>,
    pub(super) summary: Option<Cow<'t, str>>,
    pub(super) description: Option<Cow<'t, str>>,
    pub(super) categories: Vec<Cow<'t, str>>,
    pub(super) organizer: Option<Participant>,
    pub(super) attendees: Vec<Participant>,
    pub(super) start: Option<Moment>,
    pub(super) end: Option<Moment>,
    pub(super) rules: Vec<Cow<'t, str>>,
    pub(super) dates: Vec<Moment>,
    pub(super) excluded: Vec<Moment>,
    pub(super) instance: Option<Moment>,
    pub(super) cancelled: bool,
    pub(super) sequence: i64,
    stamp: Option<Cow<'t, str>>,
}

impl<'t> Event<'t> {
    fn new(begins: Start) -> Event<'t> {
        Event {
            begins,
            uid: None,
            summary: None,
            description: None,
            categories: Vec::new(),
            organizer: None,
            attendees: Vec::new(),
            start: None,
            end: None,
            rules: Vec::new(),
            dates: Vec::new(),
            excluded: Vec::new(),
            instance: None,
            cancelled: false,
            sequence: 0,
            stamp: None,
        }
    }

    /// Whether it carries a recurrence.
    pub(super) fn recurs(&self) -> bool {
        !self.rules.is_empty() || !self.dates.is_empty()
    }

    /// Which of two versions of one event counts: the later one.
    fn version(&self) -> (i64, Option<&str>, bool, u32) {
        (self.sequence, self.stamp.as_deref(), self.cancelled, self.begins.line)
    }

    /// Organiser and attendees, the organiser first.
    pub(super) fn everybody(&self) -> impl Iterator<Item = &Participant> {
        self.organizer.iter().chain(&self.attendees)
    }

    /// How long it lasts, in minutes.
    pub(super) fn minutes(&self) -> Option<i64> {
        Some(self.start?.seconds_to(self.end?) / 60).filter(|minutes| *minutes > 0)
    }

    /// What it changes of its series; `None` where it is no instance.
    fn change(self) -> Option<Change<'t>> {
        Some(Change {
            instance: self.instance?,
            start: self.start,
            cancelled: self.cancelled,
            sequence: self.sequence,
            stamp: self.stamp,
            line: self.begins.line,
        })
    }
}

/// A changed instance of a series: of it only its days count.
#[derive(Debug)]
pub(super) struct Change<'t> {
    pub(super) instance: Moment,
    pub(super) start: Option<Moment>,
    pub(super) cancelled: bool,
    sequence: i64,
    stamp: Option<Cow<'t, str>>,
    line: u32,
}

impl Change<'_> {
    /// Which of two versions of one change counts: the later one.
    pub(super) fn version(&self) -> (i64, Option<&str>, bool, u32) {
        (self.sequence, self.stamp.as_deref(), self.cancelled, self.line)
    }
}

/// Something that was passed over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Skipped {
    /// Its line.
    pub line: u32,
    /// Why.
    pub reason: &'static str,
}

/// So many lines that were passed over are kept; the others are counted.
const MOST_SKIPPED: usize = 200;
/// So deep components inside an event are told apart by name: the standard knows one level.
const DEEPEST: usize = 16;

/// What was passed over.
#[derive(Debug, Default)]
pub(super) struct PassedOver {
    pub(super) skipped: Vec<Skipped>,
    pub(super) more: usize,
}

impl PassedOver {
    fn skip(&mut self, line: u32, reason: &'static str) {
        if self.skipped.len() < MOST_SKIPPED {
            self.skipped.push(Skipped { line, reason });
        } else {
            self.more += 1;
        }
    }
}

/// An event of a recurring series.
#[derive(Debug)]
pub(super) struct InSeries<'t> {
    /// The events of one series have the same; one without it is a series by itself.
    pub(super) uid: Option<Cow<'t, str>>,
    begins: Start,
}

/// A calendar gone through once.
#[derive(Debug, Default)]
pub(super) struct Scan<'t> {
    /// Events with a recurrence and changed instances, those of one series beside each other.
    pub(super) found: Vec<InSeries<'t>>,
    /// How many VEVENTs there are.
    pub(super) vevents: usize,
    /// Distinct UIDs, and events without one.
    pub(super) series: usize,
    pub(super) passed_over: PassedOver,
    /// Whether this is a calendar at all.
    pub(super) is_calendar: bool,
    /// Whether it ends inside an event: that one is lost.
    pub(super) cut_off: Option<u32>,
}

/// Goes through a text.
pub(super) fn scan<'t>(text: &'t str, texts: &mut Texts) -> Scan<'t> {
    let mut scan = Scan::default();
    let mut uids: HashSet<Cow<'t, str>> = HashSet::new();
    let mut events = Events::new(ContentLines::new(text));
    while let Some(event) = events.next(texts) {
        scan.vevents += 1;
        match &event.uid {
            Some(uid) => drop(uids.insert(uid.clone())),
            None => scan.series += 1,
        }
        let people = event.everybody().filter(|one| one.is_person && one.address.contains('@'));
        let mut seen: Vec<&str> = people.map(|one| &*one.address).collect();
        seen.sort_unstable();
        seen.dedup();
        for address in seen {
            texts.count(address);
        }
        if event.recurs() || event.instance.is_some() {
            scan.found.push(InSeries { uid: event.uid, begins: event.begins });
        }
    }
    scan.series += uids.len();
    scan.found.sort_unstable_by(|one, other| (&one.uid, one.begins).cmp(&(&other.uid, other.begins)));
    scan.is_calendar = events.is_calendar;
    scan.cut_off = events.open.map(|event| event.begins.line);
    scan.passed_over = events.passed_over;
    scan
}

/// The events of one series read again: the one with the rule, and what the others change. `None` where none of them
/// has a rule.
pub(super) fn again<'t>(
    text: &'t str,
    series: &[InSeries<'t>],
    texts: &mut Texts,
) -> Option<(Event<'t>, Vec<Change<'t>>)> {
    let mut master: Option<Event<'t>> = None;
    let mut changes = Vec::new();
    for found in series {
        let read = Events::new(ContentLines::from(text, found.begins)).next(texts);
        let Some(mut event) = read else { continue };
        let rank = |event: &Event<'_>| event.instance.is_none();
        if event.recurs() {
            match &mut master {
                Some(known) if (rank(&event), event.version()) > (rank(known), known.version()) => {
                    std::mem::swap(known, &mut event);
                }
                Some(_) => {}
                None => {
                    master = Some(event);
                    continue;
                }
            }
        }
        changes.extend(event.change());
    }
    Some((master?, changes))
}

/// The events of content lines, one by one.
struct Events<'t> {
    lines: ContentLines<'t>,
    open: Option<Event<'t>>,
    /// Components inside the event: their properties are not the event's.
    inside: Vec<String>,
    is_calendar: bool,
    passed_over: PassedOver,
}

impl<'t> Events<'t> {
    fn new(lines: ContentLines<'t>) -> Events<'t> {
        Events {
            lines,
            open: None,
            inside: Vec::new(),
            is_calendar: false,
            passed_over: PassedOver::default(),
        }
    }

    /// The next one that is closed; after the last one `open` is what the end of the text cuts off.
    fn next(&mut self, texts: &mut Texts) -> Option<Event<'t>> {
        while let Some(line) = self.lines.next() {
            let closed = if line.is_broken() {
                if self.open.is_some() || self.is_calendar {
                    self.passed_over.skip(line.line, "a line without a name and a colon");
                }
                None
            } else if line.is("BEGIN") {
                self.begin(line.value().trim())
            } else if line.is("END") {
                self.end(line.value().trim())
            } else {
                if let Some(event) = self.open.as_mut().filter(|_| self.inside.is_empty()) {
                    event.property(line, texts, &mut self.passed_over);
                }
                None
            };
            if closed.is_some() {
                return closed;
            }
        }
        None
    }

    /// A component begins; an event that is still open ends here.
    fn begin(&mut self, name: &str) -> Option<Event<'t>> {
        let is_event = name.eq_ignore_ascii_case("VEVENT");
        self.is_calendar |= is_event || name.eq_ignore_ascii_case("VCALENDAR");
        if !is_event {
            if self.open.is_some() && self.inside.len() < DEEPEST {
                self.inside.push(name.to_ascii_uppercase());
            }
            return None;
        }
        self.inside.clear();
        let unclosed = self.open.replace(Event::new(self.lines.begun()));
        if let Some(event) = &unclosed {
            self.passed_over
                .skip(event.begins.line, "an event that is never closed: read up to the next one");
        }
        unclosed
    }

    /// A component ends; the calendar's end closes an event too.
    fn end(&mut self, name: &str) -> Option<Event<'t>> {
        let calendar_ends = name.eq_ignore_ascii_case("VCALENDAR");
        if !calendar_ends && !name.eq_ignore_ascii_case("VEVENT") {
            if let Some(at) = self.inside.iter().rposition(|open| open.eq_ignore_ascii_case(name)) {
                self.inside.truncate(at);
            }
            return None;
        }
        self.inside.clear();
        let closed = self.open.take();
        if let Some(event) = closed.as_ref().filter(|_| calendar_ends) {
            let reason = "an event that is never closed: read up to the calendar's end";
            self.passed_over.skip(event.begins.line, reason);
        }
        closed
    }
}

impl<'t> Event<'t> {
    fn property(&mut self, line: ContentLine<'t>, texts: &mut Texts, passed_over: &mut PassedOver) {
        let at = line.line;
        let name = line.name();
        // The usual ones first; most lines of a calendar are none of these.
        if name.eq_ignore_ascii_case("UID") {
            let uid = line.into_value();
            let trimmed = match uid {
                Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
                Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
            };
            if !trimmed.is_empty() {
                self.uid = Some(trimmed);
            }
        } else if name.eq_ignore_ascii_case("SUMMARY") {
            self.summary = Some(line.into_value());
        } else if name.eq_ignore_ascii_case("DESCRIPTION") {
            self.description = Some(line.into_value());
        } else if name.eq_ignore_ascii_case("X-ALT-DESC") {
            self.description.get_or_insert(line.into_value());
        } else if name.eq_ignore_ascii_case("CATEGORIES") {
            self.categories.push(line.into_value());
        } else if name.eq_ignore_ascii_case("ATTENDEE") {
            self.attendees.push(participant(&line, texts));
        } else if name.eq_ignore_ascii_case("ORGANIZER") {
            self.organizer = Some(participant(&line, texts));
        } else if name.eq_ignore_ascii_case("RRULE") {
            let rule = line.into_value();
            if rule.trim().is_empty() {
                passed_over.skip(at, "an empty recurrence rule");
            } else {
                self.rules.push(rule);
            }
        } else if name.eq_ignore_ascii_case("STATUS") {
            self.cancelled = line.value().trim().eq_ignore_ascii_case("CANCELLED");
        } else if name.eq_ignore_ascii_case("SEQUENCE") {
            self.sequence = line.value().trim().parse().unwrap_or(0);
        } else if name.eq_ignore_ascii_case("DTSTAMP") {
            self.stamp = Some(line.into_value());
        } else {
            self.moments(&line, passed_over);
        }
    }

    fn moments(&mut self, line: &ContentLine<'t>, passed_over: &mut PassedOver) {
        let zone = || line.parameter("TZID");
        let one = || Moment::parse(line.value(), zone());
        let list = || {
            line.value()
                .split(',')
                .filter(|entry| !entry.trim().is_empty())
                .map(|entry| Moment::parse(entry, zone()))
        };
        if line.is("DTSTART") {
            self.start = one();
            if self.start.is_none() {
                passed_over.skip(line.line, "a DTSTART that is no date: the day of this event is unknown");
            }
        } else if line.is("DTEND") {
            self.end = one();
        } else if line.is("RECURRENCE-ID") {
            self.instance = one();
            if self.instance.is_none() {
                passed_over.skip(line.line, "a RECURRENCE-ID that is no date");
            }
        } else if line.is("RDATE") || line.is("EXDATE") {
            let all: Vec<Option<Moment>> = list().collect();
            if all.contains(&None) {
                passed_over.skip(line.line, "a date in a list that is none");
            }
            let into = if line.is("RDATE") { &mut self.dates } else { &mut self.excluded };
            into.extend(all.into_iter().flatten());
        }
    }
}

fn participant(line: &ContentLine<'_>, texts: &mut Texts) -> Participant {
    let written = line.value().trim();
    let lower = written.to_lowercase();
    // A colon inside an unquoted name comes before it.
    let address = lower.rfind("mailto:").map_or(lower.as_str(), |at| &lower[at + 7..]).trim();
    let address = match line.parameter("EMAIL") {
        Some(mail) if !address.contains('@') && mail.contains('@') => mail.to_lowercase(),
        _ => address.to_owned(),
    };
    let is = |parameter: &str, words: &[&str]| {
        line.parameter(parameter)
            .is_some_and(|value| words.iter().any(|word| value.eq_ignore_ascii_case(word)))
    };
    let a_thing = is("CUTYPE", &["ROOM", "RESOURCE", "GROUP"])
        || is("ROLE", &["NON-PARTICIPANT"])
        || ["@resource.calendar.google.com", "@group.calendar.google.com", "@group.v.calendar.google.com"]
            .iter()
            .any(|end| address.ends_with(end));
    let name =
        line.parameter("CN").map(|name| unescaped(name).trim().to_owned()).filter(|name| !name.is_empty());
    Participant { address: texts.once(&address), name, is_person: !a_thing }
}
