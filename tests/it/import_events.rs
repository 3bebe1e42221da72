//! Calendars that are no iCalendar files say the same as the iCalendar file of the same meetings.

use serde_json::{Value, json};

use super::import_support::{debt, must_score};

/// Ana every Tuesday, moved once, called off once and declined by nobody; Cy once a month for craft; the team; a room.
const ICS: &str = "BEGIN:VCALENDAR
BEGIN:VEVENT
UID:a
DTSTART;TZID=Europe/Berlin:20260106T100000
DTEND;TZID=Europe/Berlin:20260106T103000
RRULE:FREQ=WEEKLY;BYDAY=TU
SUMMARY:Ana / Bo
ORGANIZER;CN=Bo Lind:mailto:bo@example.org
ATTENDEE;CN=Bo Lind:mailto:bo@example.org
ATTENDEE;CN=Ana Souza:mailto:ana@example.org
ATTENDEE;CUTYPE=RESOURCE:mailto:room@example.org
END:VEVENT
BEGIN:VEVENT
UID:a
RECURRENCE-ID;TZID=Europe/Berlin:20261110T100000
DTSTART;TZID=Europe/Berlin:20261111T100000
SUMMARY:Ana / Bo
END:VEVENT
BEGIN:VEVENT
UID:a
RECURRENCE-ID;TZID=Europe/Berlin:20261117T100000
DTSTART;TZID=Europe/Berlin:20261117T100000
STATUS:CANCELLED
END:VEVENT
BEGIN:VEVENT
UID:c
DTSTART:20260108T140000Z
DTEND:20260108T150000Z
RRULE:FREQ=MONTHLY;BYDAY=2TH
SUMMARY:Craft: Cy & Bo
DESCRIPTION:growth\\, skills; and more
ORGANIZER;CN=Cy Mensah:mailto:cy@example.org
ATTENDEE;CN=Bo Lind:mailto:bo@example.org
ATTENDEE;CN=Cy Mensah:mailto:cy@example.org
END:VEVENT
END:VCALENDAR
";

fn google() -> Value {
    let at = |day: &str, hour: &str| json!({"dateTime": format!("{day}T{hour}:00+01:00"), "timeZone": "Europe/Berlin"});
    let person =
        |name: &str, mail: &str| json!({"email": mail, "displayName": name, "responseStatus": "accepted"});
    let (bo, ana, cy) = (
        person("Bo Lind", "bo@example.org"),
        person("Ana Souza", "ana@example.org"),
        person("Cy Mensah", "cy@example.org"),
    );
    let room = json!({"email": "room@example.org", "resource": true, "responseStatus": "accepted"});
    json!({"kind": "calendar#events", "summary": "bo@example.org", "timeZone": "Europe/Berlin", "items": [
        {"kind": "calendar#event", "id": "a1", "iCalUID": "a", "status": "confirmed", "summary": "Ana / Bo",
         "start": at("2026-01-06", "10:00"), "end": at("2026-01-06", "10:30"),
         "recurrence": ["RRULE:FREQ=WEEKLY;BYDAY=TU"], "organizer": bo, "attendees": [bo, ana, room]},
        {"kind": "calendar#event", "id": "a1_x", "recurringEventId": "a1", "status": "confirmed", "summary": "Ana / Bo",
         "originalStartTime": at("2026-11-10", "10:00"), "start": at("2026-11-11", "10:00")},
        {"kind": "calendar#event", "id": "a1_y", "recurringEventId": "a1", "status": "cancelled",
         "originalStartTime": at("2026-11-17", "10:00")},
        {"kind": "calendar#event", "id": "c1", "iCalUID": "c", "summary": "Craft: Cy & Bo",
         "description": "growth, skills; and more", "recurrence": ["RRULE:FREQ=MONTHLY;BYDAY=2TH"],
         "start": {"dateTime": "2026-01-08T14:00:00Z"}, "end": {"dateTime": "2026-01-08T15:00:00Z"},
         "organizer": cy, "attendees": [bo, cy]},
        {"kind": "calendar#event", "id": "o", "eventType": "outOfOffice", "summary": "Away",
         "start": {"date": "2026-01-08"}, "end": {"date": "2026-01-09"}},
    ]})
}

fn graph() -> Value {
    let at = |day: &str, hour: &str| json!({"dateTime": format!("{day}T{hour}:00.0000000"), "timeZone": "W. Europe Standard Time"});
    let utc =
        |day: &str, hour: &str| json!({"dateTime": format!("{day}T{hour}:00.0000000"), "timeZone": "UTC"});
    let mail = |name: &str, mail: &str| json!({"emailAddress": {"name": name, "address": mail}});
    let person = |name: &str, address: &str, kind: &str| {
        let mut one = mail(name, address);
        one["type"] = kind.into();
        one["status"] = json!({"response": "accepted"});
        one
    };
    let people = |other: Value| json!([person("Bo Lind", "bo@example.org", "required"), other]);
    let mut with_ana = people(person("Ana Souza", "ana@example.org", "required"));
    with_ana.as_array_mut().expect("a list").push(person("Room", "room@example.org", "resource"));
    json!({"@odata.context": "…", "value": [
        {"id": "1", "iCalUId": "a", "type": "seriesMaster", "subject": "Ana / Bo", "start": at("2026-01-06", "10:00"),
         "end": at("2026-01-06", "10:30"), "isAllDay": false, "organizer": mail("Bo Lind", "bo@example.org"), "attendees": with_ana,
         "recurrence": {"pattern": {"type": "weekly", "interval": 1, "daysOfWeek": ["tuesday"]},
                        "range": {"type": "noEnd", "startDate": "2026-01-06"}}},
        {"id": "2", "seriesMasterId": "1", "type": "exception", "subject": "Ana / Bo", "originalStart": "2026-11-10T09:00:00Z",
         "start": at("2026-11-11", "10:00"), "end": at("2026-11-11", "10:30")},
        {"id": "3", "seriesMasterId": "1", "type": "exception", "subject": "Ana / Bo", "isCancelled": true,
         "originalStart": "2026-11-17T09:00:00Z", "start": at("2026-11-17", "10:00"), "end": at("2026-11-17", "10:30")},
        {"id": "4", "iCalUId": "c", "type": "seriesMaster", "subject": "Craft: Cy & Bo", "body": {"contentType": "text", "content": "growth, skills; and more"},
         "start": utc("2026-01-08", "14:00"), "end": utc("2026-01-08", "15:00"), "organizer": mail("Cy Mensah", "cy@example.org"),
         "attendees": people(person("Cy Mensah", "cy@example.org", "required")),
         "recurrence": {"pattern": {"type": "relativeMonthly", "interval": 1, "daysOfWeek": ["thursday"], "index": "second"},
                        "range": {"type": "noEnd", "startDate": "2026-01-08"}}},
    ]})
}

fn file(folder: &tempfile::TempDir, name: &str, text: &str) -> String {
    let path = folder.path().join(name);
    std::fs::write(&path, text).expect("written");
    path.display().to_string()
}

/// The portfolio without its first line, which names the command.
fn imported(arguments: &[&str]) -> (String, String) {
    let all: Vec<&str> = ["import"].iter().chain(arguments).copied().collect();
    let (status, text, errors) = debt(&all).parts();
    assert_eq!(status, 0, "{errors}");
    must_score(&text);
    (text.split_once('\n').map_or_else(String::new, |(_, rest)| rest.to_owned()), errors)
}

#[test]
fn events_of_apis_say_what_the_calendar_file_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let calendar = file(&folder, "bo.ics", ICS);
    let (expected, _) = imported(&["ics", &calendar]);
    for day in [
        "last_held: 2026-11-11",
        "cancelled_in_a_row: 1",
        "every: weekly",
        "every: monthly",
        "purpose: craft",
    ] {
        assert!(expected.contains(day), "{expected}");
    }
    for (name, value, kind) in [
        ("google.json", google(), "events of the Google Calendar API"),
        ("graph.json", graph(), "events of Microsoft Graph"),
    ] {
        // On one line, on many, as a list of pages, and as a bare list.
        let bare = value.get("items").or_else(|| value.get("value")).expect("a list").clone();
        let texts = [
            value.to_string(),
            serde_json::to_string_pretty(&value).expect("JSON"),
            json!([value.clone()]).to_string(),
            bare.to_string(),
        ];
        for text in texts {
            let events = file(&folder, name, &text);
            let (found, said) = imported(&[&events]);
            assert_eq!(found, expected, "{name}: {said}");
            assert!(said.contains(&format!("was read as {kind}")), "{said}");
            assert_eq!(imported(&["ics", &events]).0, expected);
        }
        let pretty = serde_json::to_string_pretty(&value).expect("JSON");
        let events = file(&folder, name, &pretty);
        let audit = debt(&["audit", &events, "--format", "json"]).json();
        let line = audit["one_on_ones"][0]["line"].as_u64();
        let line = line.map_or(0, |line| usize::try_from(line).unwrap_or(0));
        let at: Vec<&str> = pretty.lines().skip(line.saturating_sub(1)).take(80).collect();
        assert_eq!(at.first().map(|line| line.trim()), Some("{"), "line {line} of {audit}");
        assert!(at.join("\n").contains("Ana / Bo") || at.join("\n").contains("Cy & Bo"), "{at:?}");
        // A page of several is said to be one, and a file that is cut off has its place.
        let mut page = value.clone();
        page["nextPageToken"] = "x".into();
        let part = file(&folder, name, &page.to_string());
        assert!(imported(&[&part]).1.contains("this list goes on elsewhere"));
        let cut = file(&folder, name, &pretty[..pretty.len() / 2]);
        let (status, _, errors) = debt(&["audit", &cut]).parts();
        assert!(status == 2 && errors.contains("invalid JSON"), "{errors}");
    }
}

#[test]
fn series_that_are_listed_date_by_date_are_series() {
    let folder = tempfile::tempdir().expect("a folder");
    // 13 October to 17 November, Tuesdays, one of them called off; a series that ended in October.
    let days = ["10-13", "10-20", "10-27", "11-03", "11-10", "11-17"];
    let event = |series: &str, title: &str, day: &str, cancelled: bool, with: &str| {
        json!({"id": format!("{series}{day}"), "seriesMasterId": series, "type": "occurrence", "subject": title, "isCancelled": cancelled,
            "start": {"dateTime": format!("2026-{day}T09:00:00.0000000"), "timeZone": "UTC"},
            "end": {"dateTime": format!("2026-{day}T09:30:00.0000000"), "timeZone": "UTC"},
            "organizer": {"emailAddress": {"address": "bo@example.org"}},
            "attendees": [{"type": "required", "emailAddress": {"address": with}}]})
    };
    let mut all: Vec<Value> =
        days.iter().map(|day| event("1", "Ana / Bo", day, *day == "11-17", "ana@example.org")).collect();
    all.extend(["09-01", "09-08", "09-15"].map(|day| event("2", "Old", day, false, "gus@example.org")));
    all.push(event("3", "Once", "11-12", false, "kim@example.org"));
    let events = file(&folder, "view.json", &json!({"value": all}).to_string());
    let (text, said) = imported(&["ics", &events, "--as-of", "2026-11-20"]);
    assert!(text.contains("last_held: 2026-11-10\n    cancelled_in_a_row: 1"), "{text}\n{said}");
    assert!(text.contains("every: weekly") && !text.contains("kim@"), "{text}");
    assert!(text.contains("until: 2026-09-16"), "{text}");
    // What is not in the list is not known.
    let (status, _, said) = debt(&["import", "ics", &events, "--as-of", "2026-12-20"]).parts();
    assert!(status == 2 && said.contains("this list ends on 2026-11-17"), "{said}");
}

const OUTLOOK: &str = "\"Subject\",\"Start Date\",\"Start Time\",\"End Date\",\"End Time\",\"All day event\",\"Meeting Organizer\",\"Required Attendees\",\"Optional Attendees\",\"Description\",\"Private\",\"Sensitivity\"\n";

fn outlook(rows: &[(&str, &str, &str)]) -> String {
    let row = |(title, day, people): &(&str, &str, &str)| {
        format!(
            "\"{title}\",\"{day}\",\"10:00:00 AM\",\"{day}\",\"10:30:00 AM\",\"False\",\"Bo Lind\",\"{people}\",\"\",\"risks, blockers\npriorities\",\"False\",\"Normal\"\n"
        )
    };
    OUTLOOK.to_owned() + &rows.iter().map(row).collect::<String>()
}

#[test]
fn an_outlook_calendar_is_read_by_names() {
    let folder = tempfile::tempdir().expect("a folder");
    let people = "Bo Lind; Ana Souza";
    let mut rows: Vec<(&str, &str, &str)> = ["10/27/2026", "11/3/2026", "11/10/2026", "11/17/2026"]
        .map(|day| ("Ana / Bo delivery", day, people))
        .to_vec();
    rows.push(("Team", "11/12/2026", "Bo Lind; Ana Souza; Gus"));
    let calendar = file(&folder, "outlook.csv", &outlook(&rows));
    let (text, said) = imported(&[&calendar, "--as-of", "2026-11-20"]);
    assert!(said.contains("was read as an Outlook calendar (CSV)"), "{said}");
    assert!(text.contains("name: Ana Souza") && text.contains("purpose: delivery"), "{text}");
    assert!(text.contains("last_held: 2026-11-17") && text.contains("every: weekly"), "{text}");
    let audit = debt(&["audit", &calendar, "--as-of", "2026-11-20"]).exits(0);
    assert!(audit.out.contains("Ana / Bo delivery"), "{}", audit.out);
    // A date that can be two days is asked about, and not guessed.
    let two =
        file(&folder, "two.csv", &outlook(&[("Ana", "3/4/2026", people), ("Ana", "10/4/2026", people)]));
    let (status, _, errors) = debt(&["audit", &two]).parts();
    assert!(
        status == 2 && errors.contains("3/4/2026 can be two days") && errors.contains("--dates"),
        "{errors}"
    );
    debt(&["audit", &two, "--dates", "dmy", "--as-of", "2026-11-20"]).exits(0);
    let none = file(&folder, "none.csv", &outlook(&[("Ana", "soon", people)]));
    let (status, _, errors) = debt(&["audit", &none]).parts();
    assert!(
        status == 2 && errors.contains("none.csv:2:1") && errors.contains("`soon` is no day"),
        "{errors}"
    );
}

#[test]
fn hostile_events_end_in_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let nested = format!(
        "{{\"value\": [{}1{}], \"subject\": \"x\", \"attendees\": []}}",
        "[".repeat(500),
        "]".repeat(500)
    );
    for (index, text) in [
        "{\"kind\": \"calendar#events\", \"items\": null}".to_owned(),
        "{\"kind\": \"calendar#events\", \"items\": [1, \"x\", null, {}, {\"id\": 5}]}".to_owned(),
        "[{\"kind\": \"calendar#event\", \"id\": \"a\\nBEGIN:VEVENT\", \"summary\": \"x\\r\\nEND:VCALENDAR\", \"recurrence\": [\"RRULE:FREQ=WEEKLY\\nEND:VEVENT\"], \"start\": {\"dateTime\": \"2026-01-06T10:00:00Z\"}, \"attendees\": [{\"email\": \"a@b.c\", \"displayName\": \"\\\";:\\u0000\"}]}]".to_owned(),
        "[{\"kind\": \"calendar#event\", \"id\": \"a\", \"start\": {\"dateTime\": \"9999999-13-45T99:99:99Z\", \"timeZone\": \"\\u0007\"}}]".to_owned(),
        nested,
    ]
    .into_iter()
    .enumerate()
    {
        let events = file(&folder, &format!("{index}.json"), &text);
        let run = debt(&["audit", &events]);
        assert!(matches!(run.status, 0 | 2) && !run.err.contains("panicked"), "{text}: {}", run.err);
    }
}
