//! Events of the Google Calendar API: `events.list`, with series or with each of their dates.

use super::json::{Object, day, is_true, object, text, time};
use super::{Event, Invited, Page, When};

/// Adds an event to the page.
pub(super) fn take(from: &Object, line: u32, page: &mut Page) {
    let kind = text(from, "eventType");
    // Birthdays, places of work and times out of office are nobody's meetings.
    if kind.is_some_and(|kind| kind != "default" && kind != "fromGmail") {
        return;
    }
    let Some(id) = text(from, "id").or_else(|| text(from, "iCalUID")) else { return };
    let people = from.get("attendees").and_then(|list| list.as_array());
    let visibility = text(from, "visibility").unwrap_or_default();
    page.events.push(Event {
        line,
        id,
        uid: text(from, "iCalUID"),
        series: text(from, "recurringEventId"),
        title: text(from, "summary"),
        description: text(from, "description"),
        start: when(from, "start"),
        end: when(from, "end"),
        original: when(from, "originalStartTime"),
        recurrence: from
            .get("recurrence")
            .and_then(|list| list.as_array())
            .into_iter()
            .flatten()
            .filter_map(|line| line.as_str().map(str::to_owned))
            .collect(),
        organizer: object(from, "organizer").map(invited),
        invited: people.into_iter().flatten().filter_map(|one| one.as_object().map(invited)).collect(),
        cancelled: text(from, "status").as_deref() == Some("cancelled"),
        private: matches!(visibility.as_str(), "private" | "confidential"),
        version: from.get("sequence").and_then(serde_json::Value::as_u64).unwrap_or(0),
    });
}

fn when(from: &Object, key: &str) -> Option<When> {
    let from = object(from, key)?;
    match text(from, "date") {
        Some(date) => day(&date),
        None => time(&text(from, "dateTime")?, text(from, "timeZone").as_deref()),
    }
}

fn invited(from: &Object) -> Invited {
    Invited {
        address: text(from, "email").unwrap_or_default(),
        name: text(from, "displayName"),
        answer: match text(from, "responseStatus").as_deref() {
            Some("accepted") => Some("ACCEPTED"),
            Some("declined") => Some("DECLINED"),
            Some("tentative") => Some("TENTATIVE"),
            Some("needsAction") => Some("NEEDS-ACTION"),
            _ => None,
        },
        optional: is_true(from, "optional"),
        resource: is_true(from, "resource"),
    }
}
