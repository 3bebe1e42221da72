//! Events of Microsoft Graph: `/me/events`, with series, or `/me/calendarView`, with each of their dates.

use serde_json::Value;

use super::json::{Object, day, is_true, object, text, time};
use super::{Event, Invited, Page, When, Zone};

/// Adds an event to the page.
pub(super) fn take(from: &Object, line: u32, page: &mut Page) {
    let Some(id) = text(from, "id").or_else(|| text(from, "iCalUId")) else { return };
    let all_day = is_true(from, "isAllDay");
    let when = |key: &str| {
        let from = object(from, key)?;
        let at = text(from, "dateTime")?;
        if all_day { day(&at) } else { time(&at, text(from, "timeZone").as_deref()) }
    };
    let start = when("start");
    let description = object(from, "body").and_then(|body| text(body, "content"));
    let people = from.get("attendees").and_then(Value::as_array);
    let sensitivity = text(from, "sensitivity").unwrap_or_default();
    let original = text(from, "originalStart").and_then(|at| {
        let zone = text(from, "originalStartTimeZone");
        time(&at, zone.as_deref().or(Some("UTC")))
    });
    page.events.push(Event {
        line,
        id,
        uid: text(from, "iCalUId"),
        series: text(from, "seriesMasterId"),
        title: text(from, "subject"),
        description: description.or_else(|| text(from, "bodyPreview")),
        end: when("end"),
        original: original.or_else(|| start.clone()),
        recurrence: object(from, "recurrence")
            .and_then(|recurrence| rule(recurrence, start.as_ref()))
            .into_iter()
            .collect(),
        start,
        organizer: object(from, "organizer").map(invited),
        invited: people.into_iter().flatten().filter_map(|one| one.as_object().map(invited)).collect(),
        cancelled: is_true(from, "isCancelled"),
        private: matches!(sensitivity.as_str(), "private" | "personal" | "confidential"),
        version: 0,
    });
}

fn invited(from: &Object) -> Invited {
    let mail = object(from, "emailAddress");
    let answer = object(from, "status").and_then(|status| text(status, "response"));
    let kind = text(from, "type").unwrap_or_default();
    Invited {
        address: mail.and_then(|mail| text(mail, "address")).unwrap_or_default(),
        name: mail.and_then(|mail| text(mail, "name")),
        answer: match answer.as_deref() {
            Some("accepted" | "organizer") => Some("ACCEPTED"),
            Some("declined") => Some("DECLINED"),
            Some("tentativelyAccepted") => Some("TENTATIVE"),
            Some("notResponded" | "none") => Some("NEEDS-ACTION"),
            _ => None,
        },
        optional: kind == "optional",
        resource: kind == "resource",
    }
}

/// A recurrence as a rule of iCalendar.
fn rule(recurrence: &Object, start: Option<&When>) -> Option<String> {
    let pattern = object(recurrence, "pattern")?;
    let number = |from: &Object, key: &str| from.get(key).and_then(Value::as_u64).filter(|n| *n > 0);
    let days = || {
        let list = pattern.get("daysOfWeek").and_then(Value::as_array).into_iter().flatten();
        list.filter_map(|day| weekday(day.as_str()?)).collect::<Vec<_>>()
    };
    let (frequency, more) = match text(pattern, "type")?.as_str() {
        "daily" => ("DAILY", String::new()),
        "weekly" if days().is_empty() => ("WEEKLY", String::new()),
        "weekly" => ("WEEKLY", format!(";BYDAY={}", days().join(","))),
        "absoluteMonthly" => match number(pattern, "dayOfMonth") {
            Some(day) => ("MONTHLY", format!(";BYMONTHDAY={day}")),
            None => ("MONTHLY", String::new()),
        },
        "relativeMonthly" => {
            let place = match text(pattern, "index").as_deref() {
                Some("second") => 2,
                Some("third") => 3,
                Some("fourth") => 4,
                Some("last") => -1,
                _ => 1,
            };
            ("MONTHLY", format!(";BYDAY={};BYSETPOS={place}", days().join(",")))
        }
        "absoluteYearly" | "relativeYearly" => ("YEARLY", String::new()),
        _ => return None,
    };
    let mut rule = format!("RRULE:FREQ={frequency}");
    if let Some(interval) = number(pattern, "interval").filter(|interval| *interval > 1) {
        rule.push_str(&format!(";INTERVAL={interval}"));
    }
    rule.push_str(&more);
    let Some(range) = object(recurrence, "range") else { return Some(rule) };
    match text(range, "type").as_deref() {
        Some("endDate") => {
            let end = day(&text(range, "endDate")?)?.at;
            // The last day counts, whatever time it is in the zone of the series.
            let is_day = start.is_some_and(|start| start.zone == Zone::Day);
            let until = if is_day { end.format("%Y%m%d") } else { end.format("%Y%m%dT235959") };
            rule.push_str(&format!(";UNTIL={until}"));
        }
        Some("numbered") => {
            if let Some(count) = number(range, "numberOfOccurrences") {
                rule.push_str(&format!(";COUNT={count}"));
            }
        }
        _ => {}
    }
    Some(rule)
}

fn weekday(word: &str) -> Option<&'static str> {
    Some(match word.to_ascii_lowercase().as_str() {
        "monday" => "MO",
        "tuesday" => "TU",
        "wednesday" => "WE",
        "thursday" => "TH",
        "friday" => "FR",
        "saturday" => "SA",
        "sunday" => "SU",
        _ => return None,
    })
}
