//! Whatever is imported is valid against the schema and scores without an error; whatever is not says so and ends.

use proptest::prelude::*;

use crate::support::cases;

use super::import_support::{debt_with_input, must_score};

/// Either a portfolio that scores, or status 2 and words.
fn holds(arguments: &[&str], input: &str) {
    let (status, out, errors) = debt_with_input(arguments, input.as_bytes()).parts();
    assert!(!errors.contains("panicked"), "{errors}\n{input}");
    match status {
        0 => must_score(&out),
        2 => assert!(out.is_empty() && errors.contains("error"), "{errors}"),
        other => panic!("{other}: {errors}"),
    }
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z0-9._@-]{1,12}",
        "[a-z]{1,3}",
        "\\PC{0,12}",
        Just("NULL".to_owned()),
        Just("- a: [b] # c".to_owned()),
        Just("\u{202e}\u{7}".to_owned()),
    ]
}

fn cell(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: ProptestConfig::default().failure_persistence, ..cases(24) })]

    #[test]
    fn exports(rows in prop::collection::vec((name(), name(), name(), name(), "(20[01][0-9]-0[1-9]-1[0-9]|)"), 1..8)) {
        let mut text = "id,name,manager,department,hire date\n".to_owned();
        for (id, name, manager, squad, started) in rows {
            text += &format!("{},{},{},{},{started}\n", cell(&id), cell(&name), cell(&manager), cell(&squad));
        }
        holds(&["import", "csv", "-", "--skip-bad-rows", "--squads", "department"], &text);
    }

    #[test]
    fn directories(users in prop::collection::vec((name(), name(), name(), any::<bool>()), 1..6), group in prop::collection::vec(name(), 0..4)) {
        let user = |(id, login, manager, active): (String, String, String, bool)| serde_json::json!({
            "id": id, "userName": login, "displayName": login, "active": active,
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"value": manager}, "department": manager},
        });
        let mut resources: Vec<_> = users.into_iter().map(user).collect();
        resources.push(serde_json::json!({"displayName": "g", "members": group.iter().map(|id| serde_json::json!({"value": id})).collect::<Vec<_>>()}));
        let text = serde_json::json!({"totalResults": 9, "Resources": resources}).to_string();
        holds(&["import", "scim", "-", "--squads", "groups", "--email-aliases"], &text);
    }

    #[test]
    fn catalogues(users in prop::collection::vec((name(), name(), prop::collection::vec(name(), 0..3)), 1..5)) {
        let mut text = String::new();
        for (name, namespace, groups) in users {
            let entity = serde_json::json!({"kind": "User", "metadata": {"name": name, "namespace": namespace}, "spec": {"memberOf": groups}});
            text += &format!("---\n{entity}\n");
            for group in groups {
                text += &format!("---\n{}\n", serde_json::json!({"kind": "Group", "metadata": {"name": group}, "spec": {"type": "team"}}));
            }
        }
        holds(&["import", "backstage", "-"], &text);
    }

    #[test]
    fn calendars(events in prop::collection::vec(("[ab]", "[a-d]@x.org", "[a-d]@x.org", name(), "(FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;INTERVAL=[1-5])?(;COUNT=[1-9])?(;UNTIL=202[5-7]0101)?|[A-Z=;]{0,12})", "202[4-7]0[1-9]1[0-9]", any::<bool>()), 1..8)) {
        let mut text = "BEGIN:VCALENDAR\n".to_owned();
        for (uid, organizer, attendee, title, rule, start, cancelled) in events {
            text += &format!("BEGIN:VEVENT\nUID:{uid}{start}\nDTSTART:{start}T100000Z\nRRULE:{rule}\nSUMMARY:{title}\nORGANIZER:mailto:{organizer}\nATTENDEE;CN={title}:mailto:{attendee}\n");
            text += if cancelled { "STATUS:CANCELLED\nEND:VEVENT\n" } else { "END:VEVENT\n" };
        }
        text += "END:VCALENDAR\n";
        holds(&["import", "ics", "-", "--email-aliases"], &text);
    }

    #[test]
    fn noise(text in "(BEGIN:VEVENT\n|END:VEVENT\n|UID:a\n|RRULE:FREQ=WEEKLY\n|ATTENDEE;CN=\"x:mailto:a@b\n|DTSTART:2026\n| \n|[ -~\n]{0,9}){0,30}") {
        for kind in ["ics", "csv", "scim", "backstage"] {
            holds(&["import", kind, "-"], &text);
        }
    }
}
