//! A calendar file as its events: each VEVENT by itself, so that a bad one costs that one. The whole file is gone
//! through once for where recurring series are; the events of one series are then read again from there, so that no
//! more than one series is held at a time.

use std::borrow::Cow;
use std::collections::HashSet;
use std::rc::Rc;

use super::event::{Change, Event, Participant};
use super::lines::{ContentLines, Start};
use super::moment::Meant;
use super::texts::Texts;
use crate::base::day::Day;

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
    pub(super) fn skip(&mut self, line: u32, reason: &'static str) {
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

/// A single event of two people, or of one who is listed.
#[derive(Debug)]
pub(super) struct Single {
    /// Their addresses; twice the same where only one is listed.
    pub(super) pair: [Rc<str>; 2],
    pub(super) day: Day,
    pub(super) begins: Start,
}

/// A calendar gone through once.
#[derive(Debug, Default)]
pub(super) struct Scan<'t> {
    /// Events with a recurrence and changed instances, those of one series beside each other.
    pub(super) found: Vec<InSeries<'t>>,
    /// Events of two that do not recur: many of them may be one meeting that is booked by hand.
    pub(super) singles: Vec<Single>,
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
        let people = event.everybody().filter(|one| one.is_person() && one.address.contains('@'));
        let mut seen: Vec<&str> = people.map(|one| &*one.address).collect();
        seen.sort_unstable();
        seen.dedup();
        for address in seen {
            texts.count(address);
        }
        if event.recurs() || event.instance.is_some() {
            scan.found.push(InSeries { uid: event.uid, begins: event.begins });
        } else if let Some(single) = single(&event) {
            scan.singles.push(single);
        }
    }
    scan.series += uids.len();
    scan.found.sort_unstable_by(|one, other| (&one.uid, one.begins).cmp(&(&other.uid, other.begins)));
    scan.is_calendar = events.is_calendar;
    scan.cut_off = events.open.map(|event| event.begins.line);
    scan.passed_over = events.passed_over;
    scan
}

/// What a single event says of a meeting that may be booked by hand each time.
fn single(event: &Event<'_>) -> Option<Single> {
    let start = event.start.filter(|start| start.meant != Meant::Day && !event.is_private)?;
    let is_known = |one: &&Participant| one.is_person() && one.address.contains('@');
    let mut people: Vec<&Rc<str>> = event.attendees.iter().filter(is_known).map(|one| &one.address).collect();
    if people.len() < 2 {
        people.extend(event.organizer.iter().filter(is_known).map(|one| &one.address));
    }
    people.sort_unstable();
    people.dedup();
    let pair = match people.as_slice() {
        [one] => [one, one],
        [one, other] => [one, other],
        _ => return None,
    };
    Some(Single {
        pair: pair.map(|one| Rc::clone(one)),
        day: start.day_in(start.meant),
        begins: event.begins,
    })
}

/// One event read again.
pub(super) fn at<'t>(text: &'t str, begins: Start, texts: &mut Texts) -> Option<Event<'t>> {
    Events::new(ContentLines::from(text, begins)).next(texts)
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
        let Some(mut event) = at(text, found.begins, texts) else { continue };
        let rank = |event: &Event<'_>| event.instance.is_none();
        if event.recurs() {
            match &mut master {
                Some(known) if (rank(&event), &event.version) > (rank(known), &known.version) => {
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
    /// How many more are open than are told apart.
    deeper: usize,
    is_calendar: bool,
    passed_over: PassedOver,
}

impl<'t> Events<'t> {
    fn new(lines: ContentLines<'t>) -> Events<'t> {
        Events {
            lines,
            open: None,
            inside: Vec::new(),
            deeper: 0,
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
            } else if self.open.is_some() {
                self.deeper = self.deeper.saturating_add(1);
            }
            return None;
        }
        self.leave_all();
        let unclosed = self.open.replace(Event::new(self.lines.begun()));
        if let Some(event) = &unclosed {
            self.passed_over
                .skip(event.begins.line, "an event that is never closed: read up to the next one");
        }
        unclosed
    }

    fn leave_all(&mut self) {
        self.inside.clear();
        self.deeper = 0;
    }

    /// A component ends; the calendar's end closes an event too.
    fn end(&mut self, name: &str) -> Option<Event<'t>> {
        let calendar_ends = name.eq_ignore_ascii_case("VCALENDAR");
        if !calendar_ends && !name.eq_ignore_ascii_case("VEVENT") {
            if self.deeper > 0 {
                self.deeper -= 1;
            } else if let Some(at) = self.inside.iter().rposition(|open| open.eq_ignore_ascii_case(name)) {
                self.inside.truncate(at);
            }
            return None;
        }
        self.leave_all();
        let closed = self.open.take();
        if let Some(event) = closed.as_ref().filter(|_| calendar_ends) {
            let reason = "an event that is never closed: read up to the calendar's end";
            self.passed_over.skip(event.begins.line, reason);
        }
        closed
    }
}
