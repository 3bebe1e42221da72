//! Events as iCalendar text, each with the line that it came from.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::TimeDelta;

use super::{Event, Invited, Page, When, Zone};
use crate::base::day::Day;

/// The text, and for each event its line in it with its line in the file. Where dates are listed one by one up to a day
/// from which to the one asked for there would be more, that day.
pub(super) fn calendar(page: Page, as_of: Day) -> (String, Vec<(u32, u32)>, Option<Day>) {
    let mut out = Writer { text: "BEGIN:VCALENDAR\nVERSION:2.0\n".to_owned(), line: 3, lines: Vec::new() };
    let masters: HashMap<String, Event> = page
        .events
        .iter()
        .filter(|event| event.series.is_none())
        .map(|event| (event.id.clone(), event.clone()))
        .collect();
    let window = page.events.iter().filter_map(|event| Some(event.start.as_ref()?.at)).max();
    let mut is_short = false;
    let mut loose: BTreeMap<String, Vec<Event>> = BTreeMap::new();
    for event in page.events {
        let Some(series) = event.series.clone() else {
            out.event(&event, event.uid.as_deref().unwrap_or(&event.id), &[]);
            continue;
        };
        match masters.get(&series) {
            Some(master) => {
                let uid = master.uid.clone().unwrap_or_else(|| master.id.clone());
                let instance: Vec<String> = event
                    .original
                    .iter()
                    .chain(event.start.iter().filter(|_| event.original.is_none()))
                    .map(|when| stamped("RECURRENCE-ID", when))
                    .collect();
                if !instance.is_empty() {
                    out.event(&Event { recurrence: Vec::new(), ..event }, &uid, &instance);
                }
            }
            None => loose.entry(series).or_default().push(event),
        }
    }
    for (series, mut events) in loose {
        events.sort_by_key(|event| event.start.as_ref().map(|start| start.at));
        let uid = uid_of(&series, &events);
        let Some(first) = events.first().cloned() else { continue };
        if events.len() == 1 {
            out.event(&first, &uid, &[]);
            continue;
        }
        // Who is in it, and what it is called, as the last of its dates has it.
        let last = events.last().cloned().unwrap_or_else(|| first.clone());
        let (more, next) = dates(&events, window.unwrap_or_default());
        is_short |= next.is_some_and(|next| next <= as_of);
        let cancelled = events.iter().all(|event| event.cancelled);
        let whole = Event {
            start: first.start,
            end: first.end,
            line: first.line,
            cancelled,
            title: events
                .iter()
                .rev()
                .find(|event| !event.cancelled)
                .and_then(|event| event.title.clone())
                .or_else(|| last.title.clone()),
            ..last
        };
        out.event(&whole, &uid, &more);
    }
    out.put("END:VCALENDAR");
    let known_until = window.map(|window| Day::from(window.date())).filter(|_| is_short);
    (out.text, out.lines, known_until)
}

/// So many days before the end of a list its missing dates are told.
const MOST_DAYS: i64 = 1_200;

/// The identity of a series whose dates are listed one by one: that of the calendar, where it has one.
fn uid_of(series: &str, events: &[Event]) -> String {
    let uids: Vec<&String> = events.iter().filter_map(|event| event.uid.as_ref()).collect();
    match uids.as_slice() {
        [first, rest @ ..] if rest.iter().all(|one| one == first) => (*first).clone(),
        _ => series.to_owned(),
    }
}

/// The dates of a series that are listed one by one, as a rule with what deviates from it: a list of dates alone would
/// say that it ends with the list. And the next date behind the list.
fn dates(events: &[Event], window: chrono::NaiveDateTime) -> (Vec<String>, Option<Day>) {
    let starts: Vec<&When> = events.iter().filter_map(|event| event.start.as_ref()).collect();
    let (Some(first), Some(last)) = (starts.first(), starts.last()) else { return (Vec::new(), None) };
    let mut gaps: Vec<i64> =
        starts.windows(2).map(|pair| (pair[1].at.date() - pair[0].at.date()).num_days()).collect();
    gaps.sort_unstable();
    let gap = gaps.get(gaps.len() / 2).copied().unwrap_or(0);
    let mut lines: Vec<String> = starts.iter().skip(1).map(|when| stamped("RDATE", when)).collect();
    lines.extend(
        events
            .iter()
            .filter(|event| event.cancelled)
            .filter_map(|event| Some(stamped("EXDATE", event.start.as_ref()?))),
    );
    // Two dates and more are missing: it has ended with the last one.
    let is_over = (window.date() - last.at.date()).num_days() > 2 * gap;
    if gap < 1 || is_over || starts.len() < 3 {
        return (lines, None);
    }
    let rule = match gap {
        28..=31 if gap != 28 => "FREQ=MONTHLY".to_owned(),
        gap if gap % 7 == 0 => format!("FREQ=WEEKLY;INTERVAL={}", gap / 7),
        gap => format!("FREQ=DAILY;INTERVAL={gap}"),
    };
    lines.push(format!("RRULE:{rule}"));
    if rule == "FREQ=MONTHLY" {
        let next = last.at.checked_add_signed(TimeDelta::days(gap));
        return (lines, next.map(|next| Day::from(next.date())));
    }
    // By the rule there would be more than the list has.
    let listed: HashSet<chrono::NaiveDate> = starts.iter().map(|when| when.at.date()).collect();
    // Nobody looks back further: a hostile list may reach over ten thousand years.
    let passed = ((window.date() - first.at.date()).num_days() - MOST_DAYS).max(0) / gap * gap;
    let Some(mut at) = first.at.checked_add_signed(TimeDelta::days(passed)) else { return (lines, None) };
    while at <= window {
        if !listed.contains(&at.date()) {
            lines.push(stamped("EXDATE", &When { at, zone: first.zone.clone() }));
        }
        let Some(next) = at.checked_add_signed(TimeDelta::days(gap)) else { break };
        at = next;
    }
    (lines, Some(Day::from(at.date())).filter(|_| at > window))
}

fn stamped(name: &str, when: &When) -> String {
    let time = when.at.format("%Y%m%dT%H%M%S");
    match &when.zone {
        Zone::Day => format!("{name};VALUE=DATE:{}", when.at.format("%Y%m%d")),
        Zone::Utc => format!("{name}:{time}Z"),
        Zone::Named(zone) => format!("{name};TZID={}:{time}", parameter(zone)),
        Zone::Floating => format!("{name}:{time}"),
    }
}

/// A parameter's value: in quotes, without what would end them.
fn parameter(text: &str) -> String {
    let kept: String = text.chars().filter(|one| !one.is_control() && *one != '"').collect();
    format!("\"{kept}\"")
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | ',' | ';' => out.extend(['\\', character]),
            '\n' => out.push_str("\\n"),
            one if one.is_control() => {}
            one => out.push(one),
        }
    }
    out
}

struct Writer {
    text: String,
    line: u32,
    lines: Vec<(u32, u32)>,
}

impl Writer {
    fn put(&mut self, line: &str) {
        // What comes from a file and is passed on as it is stays on its line.
        self.text.extend(line.chars().filter(|one| !one.is_control()));
        self.text.push('\n');
        self.line = self.line.saturating_add(1);
    }

    fn event(&mut self, event: &Event, uid: &str, more: &[String]) {
        let Some(start) = &event.start else {
            // A cancelled date of a series may have none of its own.
            if let Some(original) = &event.original {
                let start = Some(original.clone());
                self.event(&Event { start, original: None, ..event.clone() }, uid, more);
            }
            return;
        };
        self.lines.push((self.line, event.line));
        self.put("BEGIN:VEVENT");
        self.put(&format!("UID:{}", escaped(uid)));
        self.put(&stamped("DTSTART", start));
        if let Some(end) = &event.end {
            self.put(&stamped("DTEND", end));
        }
        for (name, text) in [("SUMMARY", &event.title), ("DESCRIPTION", &event.description)] {
            if let Some(text) = text {
                self.put(&format!("{name}:{}", escaped(text)));
            }
        }
        if event.private {
            self.put("CLASS:PRIVATE");
        }
        if event.cancelled {
            self.put("STATUS:CANCELLED");
        }
        self.put(&format!("SEQUENCE:{}", event.version));
        for line in event.recurrence.iter().chain(more) {
            self.put(line);
        }
        if let Some(organizer) = &event.organizer {
            self.put(&invited("ORGANIZER", organizer));
        }
        for one in &event.invited {
            self.put(&invited("ATTENDEE", one));
        }
        self.put("END:VEVENT");
    }
}

fn invited(property: &str, one: &Invited) -> String {
    let mut line = property.to_owned();
    if property == "ATTENDEE" {
        if one.resource {
            line.push_str(";CUTYPE=RESOURCE");
        }
        line.push_str(if one.optional { ";ROLE=OPT-PARTICIPANT" } else { ";ROLE=REQ-PARTICIPANT" });
        if let Some(answer) = one.answer {
            line.push_str(&format!(";PARTSTAT={answer}"));
        }
    }
    if let Some(name) = &one.name {
        line.push_str(&format!(";CN={}", parameter(name)));
    }
    if one.address.is_empty() { line + ":" } else { format!("{line}:mailto:{}", one.address) }
}
