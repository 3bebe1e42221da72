//! `debt import ics`, and how calendars are read.

use std::fs;
use std::time::{Duration, Instant};

use super::import_support::{debt, debt_with_input, fixture, imported, must_score, rows, shared};

fn audit(calendar: &str) -> serde_json::Value {
    let (status, out, errors) =
        debt_with_input(&["audit", "-", "--format", "json"], calendar.as_bytes()).parts();
    assert_eq!(status, 0, "{errors}");
    serde_json::from_str(&out).expect("it is JSON")
}

/// A calendar of one weekly 1:1 since 5 January 2026 (a Monday), with these lines more.
fn weekly(more: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART;TZID=Europe/Berlin:20260105T100000\nRRULE:FREQ=WEEKLY\nSUMMARY:1:1\nORGANIZER:mailto:bo@x.org\nATTENDEE:mailto:ana@x.org\n{more}END:VEVENT\nEND:VCALENDAR\n"
    )
}

fn first(calendar: &str) -> serde_json::Value {
    let report = audit(calendar);
    let all = report["one_on_ones"].as_array().expect("a list");
    assert_eq!(all.len(), 1, "{report:#}");
    all[0].clone()
}

#[test]
fn a_calendar_becomes_people_and_meetings() {
    let path = fixture("bo.ics").display().to_string();
    insta::assert_snapshot!(imported(&["import", "ics", &path]));
}

#[test]
fn last_held_comes_from_what_really_happened() {
    let held = |more: &str| {
        let row = first(&weekly(more));
        (
            row["last_held"].as_str().unwrap_or_default().to_owned(),
            row["cancelled_in_a_row"].as_i64().unwrap_or(-1),
        )
    };
    assert_eq!(held(""), ("2026-11-16".to_owned(), 0));
    assert_eq!(
        held("EXDATE;TZID=Europe/Berlin:20261116T100000,20261109T100000\n"),
        ("2026-11-02".to_owned(), 2)
    );
    // In UTC and in another zone.
    assert_eq!(
        held("EXDATE:20261116T090000Z\nEXDATE;TZID=America/New_York:20261109T040000\n"),
        ("2026-11-02".to_owned(), 2)
    );
    assert_eq!(held("EXDATE;VALUE=DATE:20261116\n"), ("2026-11-09".to_owned(), 1));
    let changed = |lines: &str| format!("END:VEVENT\nBEGIN:VEVENT\nUID:a\n{lines}");
    // Moved is not cancelled: earlier, later, and to a day that is still to come.
    assert_eq!(
        held(&changed(
            "RECURRENCE-ID;TZID=Europe/Berlin:20261116T100000\nDTSTART;TZID=Europe/Berlin:20261113T100000\n"
        )),
        ("2026-11-13".to_owned(), 0)
    );
    assert_eq!(
        held(&changed(
            "RECURRENCE-ID;TZID=Europe/Berlin:20261116T100000\nDTSTART;TZID=Europe/Berlin:20261119T100000\n"
        )),
        ("2026-11-19".to_owned(), 0)
    );
    assert_eq!(
        held(&changed(
            "RECURRENCE-ID;TZID=Europe/Berlin:20261116T100000\nDTSTART;TZID=Europe/Berlin:20261121T100000\n"
        )),
        ("2026-11-09".to_owned(), 0)
    );
    assert_eq!(
        held(&changed("RECURRENCE-ID:20261116T090000Z\nDTSTART:20261116T090000Z\nSTATUS:CANCELLED\n")),
        ("2026-11-09".to_owned(), 1)
    );
    // Of two versions of one change the later counts.
    assert_eq!(held(&changed("SEQUENCE:2\nRECURRENCE-ID:20261116T090000Z\nDTSTART:20261116T090000Z\nEND:VEVENT\nBEGIN:VEVENT\nUID:a\nSEQUENCE:1\nRECURRENCE-ID:20261116T090000Z\nSTATUS:CANCELLED\n")).1, 0);
}

#[test]
fn the_end_of_a_series_is_seen() {
    let ended = |rule: &str| first(&weekly("").replace("FREQ=WEEKLY", rule))["ended"].clone();
    assert_eq!(ended("FREQ=WEEKLY"), serde_json::Value::Null);
    assert_eq!(ended("FREQ=WEEKLY;COUNT=3"), "2026-01-20");
    assert_eq!(ended("FREQ=WEEKLY;COUNT=4000000000"), serde_json::Value::Null);
    assert_eq!(ended("FREQ=WEEKLY;UNTIL=20260119T090000Z"), "2026-01-20");
    // An end before the time of day takes its own day away.
    assert_eq!(ended("FREQ=WEEKLY;UNTIL=20260119T085959Z"), "2026-01-19");
    assert_eq!(ended("FREQ=WEEKLY;UNTIL=20271231"), "2028-01-01");
    assert_eq!(first(&weekly("STATUS:CANCELLED\n"))["ended"], "2026-11-20");
}

#[test]
fn two_people_alone_make_no_1on1() {
    let candidate = |calendar: &str| {
        let report = audit(calendar);
        assert_eq!(report["one_on_ones"].as_array().map(Vec::len), Some(0), "{report:#}");
        report["candidates"][0]["missing"][0].as_str().map(str::to_owned)
    };
    let plain = weekly("").replace("SUMMARY:1:1", "SUMMARY:Sync");
    assert_eq!(first(&plain)["label"], "unlabelled");
    assert_eq!(
        candidate(&plain.replace("WEEKLY", "DAILY;BYDAY=MO,TU,WE,TH,FR")).as_deref(),
        Some("it is nearly every working day")
    );
    assert_eq!(
        candidate(&plain.replace("WEEKLY", "WEEKLY;BYDAY=MO,TH")).as_deref(),
        Some("it is several times a week, and no word says 1:1")
    );
    assert_eq!(
        candidate(&plain.replace("WEEKLY", "YEARLY")).as_deref(),
        Some("it is less often than once a quarter")
    );
    assert_eq!(
        candidate(&plain.replace("WEEKLY", "MINUTELY")).as_deref(),
        Some("it recurs several times a day")
    );
    assert_eq!(
        candidate(&plain.replace("WEEKLY", "WEEKLY;UNTL=20270101")).as_deref(),
        Some("its recurrence is not understood")
    );
    assert_eq!(
        candidate(&plain.replace(";TZID=Europe/Berlin:20260105T100000", ";VALUE=DATE:20260105")).as_deref(),
        Some("it lasts whole days")
    );
    assert_eq!(
        candidate(&plain.replace("UID:a\n", "UID:a\nDTEND;TZID=Europe/Berlin:20260105T180000\n")).as_deref(),
        Some("it lasts 8 hours")
    );
    assert_eq!(
        candidate(&plain.replace("SUMMARY:Sync", "SUMMARY:Team retro")).as_deref(),
        Some("the title says \u{201C}retro\u{201D}")
    );
    assert_eq!(
        candidate(&weekly("ATTENDEE:mailto:cy@x.org\nATTENDEE:mailto:dee@x.org\n")).as_deref(),
        Some("4 people are invited")
    );
    // A list is nobody: the other one is unknown, and neither dropped nor invented.
    let with_list =
        weekly("ATTENDEE;CUTYPE=GROUP:mailto:team@x.org\n").replace("ATTENDEE:mailto:ana@x.org\n", "");
    assert_eq!(first(&with_list)["with"], serde_json::Value::Null);
    assert_eq!(
        audit(&with_list.replace("SUMMARY:1:1", "SUMMARY:Sync"))["one_on_ones"].as_array().map(Vec::len),
        Some(0)
    );
}

#[test]
fn rooms_lists_and_whoever_is_informed_do_not_count() {
    for thing in [
        "ATTENDEE;CUTYPE=ROOM:mailto:r@x.org",
        "ATTENDEE;CUTYPE=RESOURCE:mailto:r@x.org",
        "ATTENDEE;ROLE=NON-PARTICIPANT:mailto:r@x.org",
        "ATTENDEE:mailto:x@resource.calendar.google.com",
        "ATTENDEE;CN=ANA:MAILTO:ANA@X.ORG",
    ] {
        assert_eq!(first(&weekly(&format!("{thing}\n")))["label"], "unlabelled", "{thing}");
    }
    let row = first(&weekly("ATTENDEE:mailto:cy@x.org\n"));
    assert_eq!(
        (&row["owner"], &row["notes"][0]),
        (&serde_json::Value::Null, &"called by a third person who is not invited, and so not counted".into())
    );
    // Without an address the name is what there is.
    let row =
        first(&weekly("").replace("ATTENDEE:mailto:ana@x.org", "ATTENDEE;CN=\"Souza, Ana\":invalid:nomail"));
    assert_eq!(row["with_name"], "Souza, Ana");
}

#[test]
fn a_title_that_names_others_is_said() {
    let row = first(&weekly("").replace("SUMMARY:1:1", "SUMMARY:Nia <> Gus"));
    assert_eq!(row["notes"][0], "the title names people other than the two who are invited");
    let row = first(&weekly("").replace("SUMMARY:1:1", "SUMMARY:Ana <> Bo"));
    assert_eq!(row["notes"].as_array().map(Vec::len), Some(0));
}

#[test]
fn an_edit_of_this_and_following_is_one_relationship() {
    let second = "END:VEVENT\nBEGIN:VEVENT\nUID:b\nDTSTART;TZID=Europe/Berlin:20261202T100000\nRRULE:FREQ=WEEKLY\nSUMMARY:1:1\nORGANIZER:mailto:bo@x.org\nATTENDEE:mailto:ana@x.org\n";
    let row = first(&weekly(second).replacen("FREQ=WEEKLY", "FREQ=WEEKLY;UNTIL=20261118T000000Z", 1));
    assert_eq!((&row["last_held"], &row["ended"]), (&"2026-11-16".into(), &serde_json::Value::Null));
}

#[test]
fn zones_by_any_name_and_none() {
    for zone in [
        ";TZID=\"W. Europe Standard Time\"",
        ";TZID=Customized Time Zone",
        ";TZID=",
        "",
        ";TZID=/mozilla.org/20050126_1/Europe/Berlin",
    ] {
        let row = first(&weekly("").replace(";TZID=Europe/Berlin", zone));
        assert_eq!(row["last_held"], "2026-11-16", "{zone}");
    }
}

#[test]
fn order_line_ends_folding_and_case_change_nothing() {
    let text = fs::read_to_string(fixture("bo.ics")).expect("it is there");
    let portfolio = |text: &str| {
        let output = debt_with_input(&["import", "ics", "-"], text.as_bytes());
        let (status, out, errors) = output.parts();
        assert_eq!(status, 0, "{errors}");
        out
    };
    let whole = portfolio(&text);
    assert_eq!(portfolio(&text.replace('\n', "\r\n")), whole);
    assert_eq!(portfolio(&text.replace('\n', "\r")), whole);
    assert_eq!(portfolio(&format!("\u{FEFF}{text}")), whole);
    assert_eq!(portfolio(&text.replace("\n ", "")), whole);
    assert_eq!(
        portfolio(
            &text
                .replace("mailto:", "MAILTO:")
                .replace("@example.org", "@EXAMPLE.ORG")
                .replace("UID:bo-ana@EXAMPLE", "UID:bo-ana@example")
                .replace("BEGIN:VEVENT", "begin:vevent")
        ),
        whole
    );
    let head = "BEGIN:VCALENDAR\n";
    let mut events: Vec<&str> = text.split("BEGIN:VEVENT\n").skip(1).collect();
    events.reverse();
    let turned: String = events
        .iter()
        .map(|event| format!("BEGIN:VEVENT\n{}", event.replace("END:VCALENDAR\n", "")))
        .collect();
    assert_eq!(portfolio(&format!("{head}{turned}END:VCALENDAR\n")), whole);
    // Both sides of the same meetings are one.
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.ics"), &text).expect("written");
    fs::write(folder.path().join("b.ics"), &text).expect("written");
    assert_eq!(imported(&["import", "ics", &folder.path().display().to_string()]), whole);
}

/// A copy in a later file that knows more takes the place of the first one, in the order of files as before.
#[test]
fn copies_change_no_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let other = weekly("").replace("UID:a", "UID:other").replace("ana@x.org", "cy@x.org");
    let both = format!("{}{other}", weekly("").replace("ATTENDEE:mailto:ana@x.org\n", ""));
    let files = [("a.ics", both), ("b.ics", weekly("ATTENDEE:mailto:ana@x.org\n"))].map(|(name, text)| {
        let file = folder.path().join(name).display().to_string();
        fs::write(&file, text).expect("written");
        file
    });
    let (status, out, errors) = debt(&["audit", &files[0], &files[1], "--format", "csv"]).parts();
    assert_eq!(status, 0, "{errors}");
    let places: Vec<&str> = out.lines().skip(1).filter_map(|line| line.rsplit('/').next()).collect();
    assert_eq!(places, ["a.ics:11", "b.ics:2"]);
}

/// However deep its components are, what stands in them is not the event's.
#[test]
fn deep_components_are_passed_over() {
    let deep = "BEGIN:X\n".repeat(40) + &"END:X\n".repeat(39) + "ATTENDEE:mailto:cy@x.org\nEND:X\n";
    assert_eq!(first(&weekly(&deep)), first(&weekly("")));
}

#[test]
fn broken_calendars_give_what_can_be_had() {
    let text = fs::read_to_string(fixture("bo.ics")).expect("it is there");
    let cut = text.find("UID:unknown").expect("it is there");
    let (status, out, errors) = debt_with_input(&["import", "ics", "-"], &text.as_bytes()[..cut]).parts();
    assert!(
        status == 0
            && out.contains("bo@example.org--gus@example.org")
            && errors.contains("the calendar ends inside this event"),
        "{errors}"
    );
    for (input, expected) in [
        ("", "this file is empty"),
        ("hello\nworld\n", "not a calendar"),
        ("\n\nPK\u{3}\u{4}\n", "<stdin>:3:1"),
    ] {
        let (status, out, errors) = debt_with_input(&["audit", "-"], input.as_bytes()).parts();
        assert!(status == 2 && out.is_empty() && errors.contains(expected), "{errors}");
    }
    // An event without its calendar, and one that is never closed.
    let bare = weekly("").replace("BEGIN:VCALENDAR\n", "").replace("END:VCALENDAR\n", "");
    assert_eq!(first(&bare)["label"], "unlabelled");
    let open = weekly("").replacen("END:VEVENT\n", "", 1);
    assert_eq!(
        audit(&open)["files"][0]["skipped"][0]["reason"],
        "an event that is never closed: read up to the calendar's end"
    );
    let no_date = weekly("").replace("20260105T100000", "soon");
    let report = audit(&no_date);
    assert_eq!(report["candidates"][0]["missing"][0], "its recurrence is not understood");
    assert_eq!(report["files"][0]["skipped"][0]["line"], 4);
}

#[test]
fn no_rule_however_long_takes_long() {
    let start = Instant::now();
    for rule in [
        "SECONDLY",
        "MINUTELY;INTERVAL=1",
        "DAILY;COUNT=4294967295",
        "YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "MONTHLY;BYMONTHDAY=31;BYMONTH=2",
        "WEEKLY;INTERVAL=4294967295",
        "DAILY;UNTIL=99991231",
        "YEARLY;BYDAY=-53MO",
        "MONTHLY;BYDAY=99999999999MO",
        "DAILY;BYMONTHDAY=-2147483648",
    ] {
        for day in ["00010101T000000", "16040101T000000Z", "99991231T235959"] {
            let text =
                weekly("").replace("FREQ=WEEKLY", &format!("FREQ={rule}")).replace("20260105T100000", day);
            audit(&text);
        }
    }
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

/// Where the rules of a run take too many days to follow, that is said, in JSON too.
#[test]
fn what_was_not_followed_is_said() {
    assert_eq!(audit(&weekly(""))["incomplete"], false);
    let event = |at: usize| {
        format!(
            "BEGIN:VEVENT\nUID:u{at}\nDTSTART:19000101T000000Z\nRRULE:FREQ=DAILY;COUNT=40000;BYDAY=MO,TU\nSUMMARY:1:1\nEND:VEVENT\n"
        )
    };
    let many: String = (0..2_000).map(event).collect();
    assert_eq!(audit(&format!("BEGIN:VCALENDAR\n{many}END:VCALENDAR\n"))["incomplete"], true);
}

#[test]
fn the_samples_are_read_as_a_careful_person_would() {
    let Some(folder) = shared("ics") else { return };
    for row in rows(&folder) {
        let name = &row["file"];
        let path = folder.join(name).display().to_string();
        let start = Instant::now();
        let (status, out, errors) = debt(&["audit", &path, "--format", "json"]).parts();
        assert!(start.elapsed() < Duration::from_secs(2), "{name} took {:?}", start.elapsed());
        assert_eq!(status, 0, "{name}: {errors}");
        let report: serde_json::Value = serde_json::from_str(&out).expect("it is JSON");
        let file = &report["files"][0];
        for (key, column) in [
            ("events", "vevents"),
            ("series", "series"),
            ("recurring", "recurring"),
            ("two_party", "two_party"),
        ] {
            assert_eq!(file[key].to_string(), row[column], "{key} of {name}");
        }
        assert_eq!(
            report["one_on_ones"].as_array().map_or(99, Vec::len).to_string(),
            row["one_on_ones"],
            "1:1s of {name}"
        );
        let (status, text, errors) = debt(&["import", "ics", &path]).parts();
        assert_eq!(status, 2, "no 1:1 and so nobody in {name}: {errors}{text}");
        assert!(errors.contains("no 1:1"), "{errors}");
    }
}

#[test]
fn a_large_calendar_takes_time_by_its_size() {
    let calendar = |count: usize| {
        let event = |index: usize| {
            let rule = if index.is_multiple_of(6) { "RRULE:FREQ=WEEKLY\n" } else { "" };
            format!(
                "BEGIN:VEVENT\nUID:{index}\nDTSTART:20260105T100000Z\n{rule}SUMMARY:Sync {index}\nORGANIZER:mailto:p{}@x.org\nATTENDEE:mailto:me@x.org\nEND:VEVENT\n",
                index % 300
            )
        };
        format!("BEGIN:VCALENDAR\n{}END:VCALENDAR\n", (0..count).map(event).collect::<String>())
    };
    let took = |count: usize| {
        let text = calendar(count);
        let start = Instant::now();
        assert_eq!(audit(&text)["files"][0]["events"], count);
        start.elapsed()
    };
    // Eight times the events: far from sixty-four times the time, on however busy a machine.
    let (few, many) = (took(2_500), took(20_000));
    assert!(many < few * 32 + Duration::from_secs(5), "{few:?} and {many:?}");
}

#[test]
fn a_whole_office_scores() {
    must_score(&imported(&["import", "ics", &fixture("bo.ics").display().to_string(), "--email-aliases"]));
}
