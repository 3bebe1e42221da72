//! What is a 1:1 and what is none, who is in the room, and what happened: on made-up calendars, and on the leader's calendar of
//! the shared data as its README says.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use serde_json::Value;

use super::import_support::{debt, debt_with_input, fixture, shared};

const ME: &str = "bo@corp.example";

fn audited(calendar: &str, more: &[&str]) -> Value {
    let arguments = [&["audit", "-", "--format", "json", "--me", ME][..], more].concat();
    let (status, out, errors) = debt_with_input(&arguments, calendar.as_bytes()).parts();
    assert_eq!(status, 0, "{errors}");
    serde_json::from_str(&out).expect("it is JSON")
}

fn list<'v>(report: &'v Value, key: &str) -> &'v [Value] {
    report[key].as_array().map_or(&[], Vec::as_slice)
}

/// One event since Tuesday, 6 January 2026, with these lines.
fn event(uid: &str, title: &str, day: &str, lines: &str) -> String {
    format!(
        "BEGIN:VEVENT\nUID:{uid}\nDTSTART;TZID=Europe/Berlin:{day}T100000\nDTEND;TZID=Europe/Berlin:{day}T103000\nSUMMARY:{title}\n{lines}END:VEVENT\n"
    )
}

fn calendar(events: &str) -> String {
    format!("BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n")
}

fn attendee(address: &str) -> String {
    format!("ATTENDEE;PARTSTAT=ACCEPTED:mailto:{address}\n")
}

/// What is counted must be the sum of its parts.
fn must_add_up(report: &Value) {
    let counts = &report["counts"];
    let of = |key: &str| counts[key].as_u64().expect("a number");
    let parts = [
        "one_on_ones",
        "ended",
        "outside",
        "private",
        "candidates",
        "groups",
        "alone",
        "not_one_on_ones",
        "copies",
    ];
    assert_eq!(of("recurring") + of("by_hand"), parts.iter().map(|part| of(part)).sum::<u64>(), "{counts:#}");
}

#[test]
fn of_a_hundred_meetings_of_two_that_are_none_hardly_one_is_called_a_1on1() {
    let text = fs::read_to_string(fixture("labels/no_one_on_ones.tsv")).expect("it is there");
    let mut events = String::new();
    for (at, line) in text.lines().skip(1).enumerate() {
        let (title, other) = line.split_once('\t').expect("two columns");
        let lines = format!("RRULE:FREQ=WEEKLY\nORGANIZER:mailto:{ME}\n{}{}", attendee(ME), attendee(other));
        events.push_str(&event(&format!("n{at}"), title, "20260106", &lines));
    }
    let report = audited(&calendar(&events), &[]);
    must_add_up(&report);
    assert_eq!(report["counts"]["recurring"], 100);
    let called: Vec<&str> =
        list(&report, "one_on_ones").iter().filter_map(|row| row["title"].as_str()).collect();
    assert!(called.len() <= 5, "{called:#?}");
    // And none of them makes a person but these.
    let (_, portfolio, _) =
        debt_with_input(&["import", "ics", "-", "--me", ME], calendar(&events).as_bytes()).parts();
    assert_eq!(portfolio.matches("- id: ").count(), if called.is_empty() { 0 } else { called.len() * 2 + 1 });
}

/// The events of a 1:1 that is written down in such a way.
fn one_on_one(at: usize, how: &str, title: &str, other: &str, rule: &str) -> String {
    let other = format!("{other}@corp.example");
    let (both, rule) = (attendee(ME) + &attendee(&other), format!("RRULE:FREQ={rule}\n"));
    let called_by = |who: &str| format!("ORGANIZER:mailto:{who}\n");
    let lines = match how {
        "plain" => called_by(ME) + &both,
        "assistant" => called_by("desk@corp.example") + &both,
        "bot" => called_by(ME) + &both + &attendee("fred@fireflies.ai"),
        "room" => called_by(ME) + &both + &attendee("room-4@corp.example"),
        "export" => attendee(&other),
        "optional" => called_by(&other) + &both + "ATTENDEE;ROLE=OPT-PARTICIPANT:mailto:hr@corp.example\n",
        "hand" => {
            let days = [
                "20261001", "20261008", "20261015", "20261022", "20261029", "20261105", "20261112",
                "20261119",
            ];
            let each = |(part, day): (usize, &&str)| {
                event(&format!("p{at}-{part}"), title, day, &(called_by(ME) + &both))
            };
            return days.iter().enumerate().map(each).collect();
        }
        _ => String::new(),
    };
    event(&format!("p{at}"), title, "20260106", &(rule + &lines))
}

#[test]
fn of_sixty_1on1s_hardly_one_is_missed_and_each_with_its_reason() {
    let text = fs::read_to_string(fixture("labels/one_on_ones.tsv")).expect("it is there");
    let events: String = text
        .lines()
        .skip(1)
        .enumerate()
        .map(|(at, line)| {
            let cells: Vec<&str> = line.split('\t').collect();
            one_on_one(at, cells[0], cells[1], cells[2], cells[3])
        })
        .collect();
    let report = audited(&calendar(&events), &[]);
    must_add_up(&report);
    let found = list(&report, "one_on_ones").len();
    assert!(found >= 55, "{found}: {:#}\n{:#}", report["counts"], report["candidates"]);
    // What is missed is counted by its reason.
    let counts = &report["counts"];
    let missed =
        ["alone", "candidates", "private", "groups"].iter().map(|key| counts[key].as_u64().unwrap_or(0));
    assert_eq!(missed.sum::<u64>(), 60 - found as u64);
}

#[test]
fn two_addresses_of_one_person_and_further_domains_are_inside() {
    let lines = |other: &str| {
        format!(
            "RRULE:FREQ=WEEKLY\nORGANIZER:mailto:bo@old.example\n{}{}",
            attendee("bo@old.example"),
            attendee(other)
        )
    };
    let text = calendar(
        &(event("a", "Ana / Bo", "20260106", &lines("ana@corp.example"))
            + &event("b", "Cem / Bo", "20260106", &lines("cem@sub.corp.example"))
            + &event("c", "Dia", "20260106", &lines("dia@sister.example"))),
    );
    let counts = |more: &[&str]| {
        let report = audited(&text, more);
        must_add_up(&report);
        let of = |key: &str| report["counts"][key].as_u64().expect("a number");
        (of("one_on_ones"), of("outside"))
    };
    assert_eq!(counts(&["--me", "bo@old.example"]), (2, 1));
    assert_eq!(counts(&["--me", "bo@old.example", "--internal", "sister.example"]), (3, 0));
    let report = audited(&text, &["--me", "bo@old.example"]);
    assert_eq!(list(&report, "one_on_ones")[0]["owner"], ME);
}

#[test]
fn called_off_declined_and_moved_dates() {
    let both =
        format!("RRULE:FREQ=WEEKLY\nORGANIZER:mailto:{ME}\n{}{}", attendee(ME), attendee("ana@corp.example"));
    let change = |day: &str, title: &str, lines: &str| {
        event("a", title, day, &format!("RECURRENCE-ID;TZID=Europe/Berlin:{day}T100000\n{lines}"))
    };
    let row = |changes: &str| {
        let report = audited(&calendar(&(event("a", "Ana / Bo", "20260106", &both) + changes)), &[]);
        list(&report, "one_on_ones")[0].clone()
    };
    for title in ["Canceled: Ana / Bo", "Abgesagt: Ana / Bo", "Annulé : Ana / Bo", "【中止】1on1"] {
        let row = row(&change("20261117", title, ""));
        assert_eq!(
            (&row["last_held"], &row["cancelled_in_a_row"]),
            (&"2026-11-10".into(), &1.into()),
            "{title}"
        );
    }
    let declined = "ATTENDEE;PARTSTAT=DECLINED:mailto:ana@corp.example\n";
    let found = row(&change("20261117", "Ana / Bo", declined));
    assert_eq!((&found["last_held"], &found["quarter"]["declined"]), (&"2026-11-10".into(), &1.into()));
    // A room or a third person who declines ends nothing.
    let found = row(&change("20261117", "Ana / Bo", "ATTENDEE;PARTSTAT=DECLINED:mailto:zoe@corp.example\n"));
    assert_eq!(found["last_held"], "2026-11-17");
    assert_eq!(found["quarter"]["dates"], 13);
    assert_eq!(found["quarter_before"]["held"], 13);
}

/// The rows of the leader's calendar by title.
fn by_title<'v>(report: &'v Value, key: &str) -> BTreeMap<&'v str, &'v Value> {
    list(report, key).iter().filter_map(|row| Some((row["title"].as_str()?, row))).collect()
}

#[test]
fn the_leaders_calendar_is_read_as_its_readme_says() {
    let Some(folder) = shared("leader") else { return };
    let path = |name: &str| folder.join(name).display().to_string();
    let (calendar, org) = (path("leader-calendar.ics"), path("leader-org.yaml"));
    let arguments =
        ["audit", &calendar, "--me", ME, "--portfolio", &org, "--as-of", "2026-11-20", "--format", "json"];
    let (status, out, errors) = debt(&arguments).parts();
    assert_eq!(status, 0, "{errors}");
    let report: Value = serde_json::from_str(&out).expect("it is JSON");
    must_add_up(&report);
    let rows = by_title(&report, "one_on_ones");
    let is =
        |title: &str, key: &str, expected: Value| assert_eq!(rows[title][key], expected, "{key} of {title}");
    let suggested =
        |title: &str, label: &str| assert_eq!(rows[title]["suggestion"]["label"], label, "{title}");
    let noted = |title: &str, words: &str| {
        assert!(rows[title]["notes"].to_string().contains(words), "{title}: {}", rows[title]["notes"]);
    };
    is("Ana / Bo", "every", "weekly".into());
    is("Ana / Bo", "last_held", "2026-11-17".into());
    is("Ana / Bo", "label", "unlabelled".into());
    suggested("Ana / Bo", "delivery");
    is("Bo <> Cem", "last_held", "2026-10-27".into());
    is("Bo <> Cem", "cancelled_in_a_row", 3.into());
    suggested("Bo <> Cem", "delivery");
    is("Dia / Bo", "last_held", "2026-11-17".into());
    assert_eq!(rows["Dia / Bo"]["quarter"]["moved"], 4);
    is("Eli / Bo", "last_held", Value::Null);
    noted("Eli / Bo", "declined");
    is("1:1 Fay", "last_held", "2026-10-27".into());
    is("1:1 Fay", "cancelled_in_a_row", 3.into());
    suggested("1:1 Fay", "delivery");
    is("Gus / Bo", "owner", "gus@corp.example".into());
    is("Gus / Bo", "suggestion", Value::Null);
    is("Bo & Hana: mentoring", "label", "craft".into());
    is("Bo & Hana: mentoring", "every", "monthly".into());
    is("Bo & Hana: mentoring", "owner", "hana@corp.example".into());
    is("Ivo/Bo", "label", "conflated".into());
    is("Jan & Bo catch-up", "every", "biweekly".into());
    is("Jan & Bo catch-up", "label", "unlabelled".into());
    is("Kim / Bo sync", "suggestion", Value::Null);
    is("Max / Bo", "with", "max@corp.example".into());
    noted("Lea / Bo", "third person");
    is("Ned / Bo", "last_held", "2026-11-17".into());
    is("Ned / Bo", "every", "weekly".into());
    noted("Ned / Bo", "by hand");
    is("Pia / Bo", "label", "unlabelled".into());
    is("Pia / Bo growth", "label", "craft".into());
    is("Pia / Bo growth", "every", "monthly".into());
    is("Ola / Bo", "ended", "2026-07-01".into());
    assert_eq!(rows.len(), 16, "{:?}", rows.keys());
    let counts = &report["counts"];
    for (key, count) in [
        ("recurring", 21),
        ("single", 7),
        ("by_hand", 1),
        ("by_hand_events", 7),
        ("one_on_ones", 15),
        ("ended", 1),
        ("outside", 3),
        ("private", 2),
        ("groups", 1),
        ("candidates", 0),
        ("alone", 0),
        ("copies", 0),
    ] {
        assert_eq!(counts[key], count, "{key}");
    }
    assert!(
        !out.contains("Therapy") && !out.contains("Quin") && !out.contains("quiet"),
        "private series are named"
    );
    let missing: Vec<String> = list(&report, "missing")
        .iter()
        .map(|row| format!("{} {} {}", row["owner"], row["with"], row["lines"]))
        .collect();
    assert_eq!(missing, ["\"bo\" \"zed\" [\"delivery\"]"]);
}

/// The table says the same in words, and an import agrees on who is a person.
#[test]
fn the_leaders_calendar_becomes_a_table_and_a_portfolio() {
    let Some(folder) = shared("leader") else { return };
    let path = |name: &str| folder.join(name).display().to_string();
    let (calendar, org) = (path("leader-calendar.ics"), path("leader-org.yaml"));
    let (_, table, _) =
        debt(&["audit", &calendar, "--me", ME, "--portfolio", &org, "--as-of", "2026-11-20"]).parts();
    for said in [
        "recurring 21 + 1 booked by hand (7 single events) = 15 1:1s + 1 ended + 3 outside + 2 private",
        " Ended\n",
        "3 not held since",
        "Paste into the invitation",
    ] {
        assert!(table.contains(said), "{said}:\n{table}");
    }
    let (status, portfolio, errors) =
        debt(&["import", "ics", &calendar, "--me", ME, "--as-of", "2026-11-20"]).parts();
    assert_eq!(status, 0, "{errors}");
    let mut people = String::new();
    for name in [
        "ana", "bo", "cem", "dia", "eli", "fay", "gus", "hana", "ivo", "jan", "kim", "lea", "max", "ned",
        "ola", "pia",
    ] {
        writeln!(people, "{name}").expect("memory takes it");
    }
    let imported: String = portfolio
        .split("\nmeetings:")
        .next()
        .unwrap_or_default()
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- id: "))
        .filter_map(|id| id.strip_suffix("@corp.example"))
        .map(|id| format!("{id}\n"))
        .collect();
    assert_eq!(imported, people);
    assert!(portfolio.contains("meetings_of: [bo@corp.example]") && portfolio.contains("since: 2026-01-06"));
    for stranger in ["acme", "clinic", "music", "quin", "quiet"] {
        assert!(!portfolio.contains(stranger), "{stranger}");
    }
}
