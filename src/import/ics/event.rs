//! A calendar file as its events: each VEVENT by itself, so that a bad one costs that one. Only what a recurring
//! meeting needs is kept; of other events only that they are there.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;

use super::lines::{ContentLine, ContentLines, unescaped};
use super::moment::Moment;

/// Somebody or something invited.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Participant {
    /// The address as it is compared: lower case, without `mailto:`. Empty where there is none.
    pub(super) address: Rc<str>,
    /// The name.
    pub(super) name: Option<Rc<str>>,
    /// Whether it is a person, as far as can be told: no room, no resource, no list, not only informed.
    pub(super) is_person: bool,
}

/// One VEVENT of a recurring series: the one with the rule, or a changed instance.
#[derive(Debug, Default)]
pub(super) struct Event<'t> {
    pub(super) line: u32,
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

impl Event<'_> {
    /// Whether it carries a recurrence.
    pub(super) fn recurs(&self) -> bool {
        !self.rules.is_empty() || !self.dates.is_empty()
    }

    /// Which of two versions of one event counts: the later one.
    pub(super) fn version(&self) -> (i64, Option<&str>, bool, u32) {
        (self.sequence, self.stamp.as_deref(), self.cancelled, self.line)
    }

    /// Organiser and attendees, the organiser first.
    pub(super) fn everybody(&self) -> impl Iterator<Item = &Participant> {
        self.organizer.iter().chain(&self.attendees)
    }

    /// How long it lasts, in minutes.
    pub(super) fn minutes(&self) -> Option<i64> {
        Some(self.start?.seconds_to(self.end?) / 60).filter(|minutes| *minutes > 0)
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

/// A calendar as its events.
#[derive(Debug, Default)]
pub(super) struct Scan<'t> {
    /// Events of recurring series, in the order of the file.
    pub(super) events: Vec<Event<'t>>,
    /// How many VEVENTs there are.
    pub(super) vevents: usize,
    /// Distinct UIDs, and events without one.
    pub(super) series: usize,
    pub(super) skipped: Vec<Skipped>,
    pub(super) more_skipped: usize,
    /// In how many events each address stands.
    pub(super) addresses: BTreeMap<String, u32>,
    /// Addresses and names, each once: the same few people stand in most events.
    texts: HashSet<Rc<str>>,
    /// Whether this is a calendar at all.
    pub(super) is_calendar: bool,
    /// Whether it ends inside an event: that one is lost.
    pub(super) cut_off: Option<u32>,
}

/// Reads a text.
pub(super) fn scan(text: &str) -> Scan<'_> {
    let mut scan = Scan::default();
    let mut uids: HashSet<Cow<'_, str>> = HashSet::new();
    let mut open: Option<Event<'_>> = None;
    // Components inside an event: their properties are not the event's.
    let mut inside: Vec<String> = Vec::new();
    for line in ContentLines::new(text) {
        if line.is_broken() {
            if open.is_some() || scan.is_calendar {
                scan.skip(line.line, "a line without a name and a colon");
            }
            continue;
        }
        if line.is("BEGIN") {
            let name = line.value().trim().to_ascii_uppercase();
            scan.is_calendar |= name == "VCALENDAR" || name == "VEVENT";
            if name == "VEVENT" {
                if let Some(event) = open.take() {
                    scan.skip(event.line, "an event that is never closed: read up to the next one");
                    scan.close(event, &mut uids);
                }
                inside.clear();
                open = Some(Event { line: line.line, ..Event::default() });
            } else if open.is_some() {
                inside.push(name);
            }
        } else if line.is("END") {
            let name = line.value().trim().to_ascii_uppercase();
            if name == "VEVENT" || name == "VCALENDAR" {
                if let Some(event) = open.take() {
                    if name == "VCALENDAR" {
                        scan.skip(event.line, "an event that is never closed: read up to the calendar's end");
                    }
                    scan.close(event, &mut uids);
                }
                inside.clear();
            } else if let Some(at) = inside.iter().rposition(|open| *open == name) {
                inside.truncate(at);
            }
        } else if let Some(event) = open.as_mut().filter(|_| inside.is_empty()) {
            scan.property(event, line);
        }
    }
    scan.cut_off = open.map(|event| event.line);
    scan.series += uids.len();
    scan
}

impl<'t> Scan<'t> {
    fn skip(&mut self, line: u32, reason: &'static str) {
        if self.skipped.len() < MOST_SKIPPED {
            self.skipped.push(Skipped { line, reason });
        } else {
            self.more_skipped += 1;
        }
    }

    fn close(&mut self, event: Event<'t>, uids: &mut HashSet<Cow<'t, str>>) {
        self.vevents += 1;
        match &event.uid {
            Some(uid) => drop(uids.insert(uid.clone())),
            None => self.series += 1,
        }
        let mut seen: Vec<&str> = event
            .everybody()
            .filter(|one| one.is_person && one.address.contains('@'))
            .map(|one| &*one.address)
            .collect();
        seen.sort_unstable();
        seen.dedup();
        for address in seen {
            match self.addresses.get_mut(address) {
                Some(count) => *count += 1,
                None => drop(self.addresses.insert(address.to_owned(), 1)),
            }
        }
        if event.recurs() || event.instance.is_some() {
            let mut event = event;
            event.attendees.shrink_to_fit();
            event.rules.shrink_to_fit();
            event.dates.shrink_to_fit();
            event.excluded.shrink_to_fit();
            event.categories.shrink_to_fit();
            if !event.recurs() {
                // Of a changed instance only its days count.
                event = Event {
                    description: None,
                    categories: Vec::new(),
                    attendees: Vec::new(),
                    organizer: None,
                    ..event
                };
            }
            self.events.push(event);
        }
    }

    fn property(&mut self, event: &mut Event<'t>, line: ContentLine<'t>) {
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
                event.uid = Some(trimmed);
            }
        } else if name.eq_ignore_ascii_case("SUMMARY") {
            event.summary = Some(line.into_value());
        } else if name.eq_ignore_ascii_case("DESCRIPTION") {
            event.description = Some(line.into_value());
        } else if name.eq_ignore_ascii_case("X-ALT-DESC") {
            event.description.get_or_insert(line.into_value());
        } else if name.eq_ignore_ascii_case("CATEGORIES") {
            event.categories.push(line.into_value());
        } else if name.eq_ignore_ascii_case("ATTENDEE") {
            event.attendees.push(participant(&line, &mut self.texts));
        } else if name.eq_ignore_ascii_case("ORGANIZER") {
            event.organizer = Some(participant(&line, &mut self.texts));
        } else if name.eq_ignore_ascii_case("RRULE") {
            let rule = line.into_value();
            if rule.trim().is_empty() {
                self.skip(at, "an empty recurrence rule");
            } else {
                event.rules.push(rule);
            }
        } else if name.eq_ignore_ascii_case("STATUS") {
            event.cancelled = line.value().trim().eq_ignore_ascii_case("CANCELLED");
        } else if name.eq_ignore_ascii_case("SEQUENCE") {
            event.sequence = line.value().trim().parse().unwrap_or(0);
        } else if name.eq_ignore_ascii_case("DTSTAMP") {
            event.stamp = Some(line.into_value());
        } else {
            self.moments(event, &line);
        }
    }

    fn moments(&mut self, event: &mut Event<'t>, line: &ContentLine<'t>) {
        let zone = || line.parameter("TZID");
        let one = || Moment::parse(line.value(), zone());
        let list = || {
            line.value()
                .split(',')
                .filter(|entry| !entry.trim().is_empty())
                .map(|entry| Moment::parse(entry, zone()))
        };
        if line.is("DTSTART") {
            event.start = one();
            if event.start.is_none() {
                self.skip(line.line, "a DTSTART that is no date: the day of this event is unknown");
            }
        } else if line.is("DTEND") {
            event.end = one();
        } else if line.is("RECURRENCE-ID") {
            event.instance = one();
            if event.instance.is_none() {
                self.skip(line.line, "a RECURRENCE-ID that is no date");
            }
        } else if line.is("RDATE") || line.is("EXDATE") {
            let all: Vec<Option<Moment>> = list().collect();
            if all.contains(&None) {
                self.skip(line.line, "a date in a list that is none");
            }
            let into = if line.is("RDATE") { &mut event.dates } else { &mut event.excluded };
            into.extend(all.into_iter().flatten());
        }
    }
}

fn participant(line: &ContentLine<'_>, texts: &mut HashSet<Rc<str>>) -> Participant {
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
    let mut once = |text: &str| {
        if let Some(known) = texts.get(text) {
            return Rc::clone(known);
        }
        let new: Rc<str> = Rc::from(text);
        texts.insert(Rc::clone(&new));
        new
    };
    Participant { address: once(&address), name: name.map(|name| once(&name)), is_person: !a_thing }
}
