//! A JSON file with events: each with its line, whatever list they are in.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use serde::de::IgnoredAny;
use serde_json::{Deserializer, Map, Value};

use super::{Page, When, Wrong, Zone};
use crate::import::ics;
use crate::source::Code;

pub(super) type Object = Map<String, Value>;

/// Reads a file; `take` adds what an object is to the page. It is given the object and its line.
pub(super) fn read(text: &str, take: fn(&Object, u32, &mut Page)) -> Result<Page, Wrong> {
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).max(1);
        return Err(Wrong {
            code: Code::Syntax,
            place: Some((number(error.line()), number(error.column()))),
            message: "invalid JSON".to_owned(),
            help: "fetch the file again: it may be cut off",
        });
    }
    let mut page = Page::default();
    let mut walk = Walk { text, at: 0, seen: 0, line: 1, take, page: &mut page };
    walk.value();
    Ok(page)
}

/// Walks through a valid text, so that only one element is held at a time, with its line.
struct Walk<'w> {
    text: &'w str,
    at: usize,
    /// Up to here lines are counted.
    seen: usize,
    line: u32,
    take: fn(&Object, u32, &mut Page),
    page: &'w mut Page,
}

/// The keys of lists of events.
const LISTS: [&str; 2] = ["items", "value"];

impl Walk<'_> {
    fn peek(&mut self) -> Option<u8> {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        self.text.as_bytes().get(self.at).copied()
    }

    fn line_here(&mut self) -> u32 {
        let passed = self.text[self.seen..self.at].matches('\n').count();
        self.line = self.line.saturating_add(u32::try_from(passed).unwrap_or(u32::MAX));
        self.seen = self.at;
        self.line
    }

    fn next_value(&mut self) -> Option<Value> {
        let mut stream = Deserializer::from_str(self.text.get(self.at..)?).into_iter::<Value>();
        let value = stream.next()?.ok()?;
        self.at += stream.byte_offset();
        Some(value)
    }

    /// The whole, or a list in it.
    fn value(&mut self) {
        match self.peek() {
            Some(b'[') => self.list(),
            Some(b'{') => {
                let start = self.at;
                let mut others = Object::new();
                let mut is_list = false;
                self.at += 1;
                while self.peek().is_some_and(|byte| byte != b'}') {
                    let Some(Value::String(key)) = self.next_value() else { return };
                    if self.peek() != Some(b':') {
                        return;
                    }
                    self.at += 1;
                    if LISTS.contains(&key.as_str()) && self.peek() == Some(b'[') {
                        is_list = true;
                        self.list();
                    } else if let Some(value) = self.next_value() {
                        others.insert(key, value);
                    } else {
                        return;
                    }
                    if self.peek() == Some(b',') {
                        self.at += 1;
                    }
                }
                self.at += 1;
                self.page.goes_on |=
                    others.contains_key("nextPageToken") || others.contains_key("@odata.nextLink");
                if !is_list {
                    let end = std::mem::replace(&mut self.at, start);
                    let line = self.line_here();
                    self.at = end;
                    (self.take)(&others, line, self.page);
                }
            }
            _ => {}
        }
    }

    fn list(&mut self) {
        self.at += 1;
        while self.peek().is_some_and(|byte| byte != b']') {
            let line = self.line_here();
            let Some(value) = self.next_value() else { return };
            self.element(&value, line);
            if self.peek() == Some(b',') {
                self.at += 1;
            }
        }
        self.at += 1;
    }

    fn element(&mut self, value: &Value, line: u32) {
        let Value::Object(object) = value else { return };
        // A list of pages.
        let inner = LISTS.iter().find_map(|key| object.get(*key)?.as_array());
        match inner {
            Some(items) => {
                self.page.goes_on |=
                    object.contains_key("nextPageToken") || object.contains_key("@odata.nextLink");
                for item in items {
                    self.element(item, line);
                }
            }
            None => (self.take)(object, line, self.page),
        }
    }
}

/// A text of an object; nothing where it is blank.
pub(super) fn text(object: &Object, key: &str) -> Option<String> {
    object.get(key)?.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

pub(super) fn object<'o>(object: &'o Object, key: &str) -> Option<&'o Object> {
    object.get(key)?.as_object()
}

pub(super) fn is_true(object: &Object, key: &str) -> bool {
    object.get(key).and_then(Value::as_bool).unwrap_or(false)
}

pub(super) fn day(text: &str) -> Option<When> {
    let date = NaiveDate::parse_from_str(text.get(..10)?, "%Y-%m-%d").ok()?;
    Some(When { at: date.and_time(NaiveTime::MIN), zone: Zone::Day })
}

/// `2026-01-06T10:00:00+01:00` in a named zone, or without an offset where the zone says what it means.
pub(super) fn time(text: &str, zone: Option<&str>) -> Option<When> {
    let named = zone.and_then(ics::zone::Zone::named);
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        return Some(match (named, zone) {
            (Some(named), Some(zone)) if zone != "UTC" => {
                let utc = instant.naive_utc();
                let east = TimeDelta::seconds(i64::from(named.offset_at(utc)));
                let at = utc.checked_add_signed(east).unwrap_or(utc);
                When { at, zone: Zone::Named(zone.to_owned()) }
            }
            _ => When { at: instant.naive_utc(), zone: Zone::Utc },
        });
    }
    let at = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok()?;
    let zone = match zone {
        Some("UTC" | "Etc/UTC" | "Etc/GMT") => Zone::Utc,
        Some(zone) => Zone::Named(zone.to_owned()),
        None => Zone::Floating,
    };
    Some(When { at, zone })
}
