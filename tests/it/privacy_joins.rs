//! The same id has the same pseudonym under the same key: in every format, on every day, in every run; and nothing
//! else about a pseudonymous report depends on how the ids are written.

use std::collections::BTreeSet;
use std::fs;

use debt::base::ids::SUBJECT_TYPES;
use debt::base::names::Untrusted;
use debt::base::points::MilliPoints;
use debt::report::{Change, ChangedRow, Key, Ordered, Privacy};
use serde_json::Value;

use crate::privacy_portfolio::{MARK, Shape, id, portfolio};
use crate::privacy_run::{KEY, Said, debt, debt_with, folder, score_in_every_format};

const SHAPE: Shape = Shape { seed: 3, people: 30, squads: 4, guilds: 3 };

fn ids(report: &Value) -> Vec<String> {
    let factors = report["factors"].as_array().expect("a list");
    factors.iter().map(|factor| factor["id"].as_str().expect("text").to_owned()).collect()
}

/// What a factor's id must be under the key of the tests.
fn pseudonymous(id: &str) -> String {
    let key = Key::new(KEY.as_bytes()).expect("long enough");
    let parts: Vec<&str> = id.splitn(3, ':').collect();
    if parts[1] == "portfolio" {
        id.to_owned()
    } else {
        format!("{}:{}:{}", parts[0], parts[1], key.pseudonym(parts[1], parts[2]))
    }
}

/// Every pseudonym in some text.
fn pseudonyms(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    let is_one = |word: &&str| {
        let parts = word.split_once('-');
        parts.is_some_and(|(kind, rest)| {
            SUBJECT_TYPES.contains(&kind)
                && rest.len() == 12
                && rest.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'v'))
        })
    };
    words.filter(is_one).map(str::to_owned).collect()
}

fn in_mode(folder: &tempfile::TempDir, more: &[&str]) -> Said {
    debt(folder.path(), &[&["score", "--format", "json", "--privacy", "pseudonyms"], more].concat())
}

#[test]
fn the_same_on_every_day_and_in_every_run() {
    let folder = folder(&portfolio(SHAPE));
    for day in ["2026-11-20", "2026-12-18"] {
        let named: BTreeSet<String> =
            ids(&debt(folder.path(), &["score", "--format", "json", "--as-of", day]).json())
                .iter()
                .map(|id| pseudonymous(id))
                .collect();
        let shown = in_mode(&folder, &["--as-of", day]);
        assert_eq!(ids(&shown.json()).into_iter().collect::<BTreeSet<_>>(), named);
        assert_eq!(in_mode(&folder, &["--as-of", day]).out, shown.out, "the same bytes");
    }
}

#[test]
fn the_same_in_every_format() {
    let folder = folder(&portfolio(SHAPE));
    let report = in_mode(&folder, &[]);
    let known = pseudonyms(&report.out);
    assert!(known.len() > 60, "people, meetings, talks, squads and guilds");
    let worst = report.json()["factors"][0]["owner"].as_str().expect("text").to_owned();
    let said = score_in_every_format(folder.path(), &["--privacy", "pseudonyms", "--top", "0"]);
    for (place, text) in said.all() {
        // `openmetrics` names squads and guilds, and no person.
        let shown = pseudonyms(text);
        let strange: Vec<_> = shown
            .difference(&known)
            .filter(|word| {
                !word.starts_with("meeting-")
                    && !word.starts_with("decision-")
                    && !word.starts_with("person-")
            })
            .collect();
        assert!(strange.is_empty(), "{place}: {strange:?}");
        if ["table", "json", "jsonl", "csv", "stdout"].contains(&place) {
            assert!(shown.contains(&worst), "{place} names {worst}");
        }
    }
}

#[test]
fn another_key_another_pseudonym() {
    let folder = folder(&portfolio(SHAPE));
    let arguments = ["score", "--format", "json", "--privacy", "pseudonyms"];
    let (one, other) = (
        debt_with(folder.path(), &arguments, Some(KEY)),
        debt_with(folder.path(), &arguments, Some("quite another key")),
    );
    assert_eq!(pseudonyms(&one.out).intersection(&pseudonyms(&other.out)).count(), 0);
}

#[test]
fn a_key_from_a_file_is_the_same_key() {
    let folder = folder(&portfolio(SHAPE));
    let arguments = ["score", "--privacy", "pseudonyms"];
    let from_variable = debt(folder.path(), &arguments).out;
    for (name, bytes) in
        [("bare", KEY.to_owned()), ("line", format!("{KEY}\n")), ("dos", format!("{KEY}\r\n"))]
    {
        fs::write(folder.path().join(name), bytes).expect("a file");
        let arguments = [&arguments[..], &["--pseudonym-key-file", name]].concat();
        assert_eq!(debt_with(folder.path(), &arguments, None).out, from_variable, "{name}");
        assert_eq!(
            debt_with(folder.path(), &arguments, Some("the file that is named wins")).out,
            from_variable
        );
    }
}

#[test]
fn what_is_no_key_is_an_error() {
    let folder = folder(&portfolio(SHAPE));
    fs::write(folder.path().join("empty"), "\n").expect("a file");
    fs::write(folder.path().join("short"), "fifteen bytes !\n").expect("a file");
    fs::write(folder.path().join("long"), "x".repeat(70_000)).expect("a file");
    let cases: [(&[&str], Option<&str>, &str); 9] = [
        (&["--privacy", "pseudonyms"], None, "pseudonyms need a key"),
        (&["--privacy", "pseudonyms"], Some(""), "DEBT_PSEUDONYM_KEY is not a valid key: it is empty"),
        (&["--privacy", "pseudonyms"], Some("fifteen bytes !"), "it has 15 bytes"),
        (
            &["--privacy", "pseudonyms", "--pseudonym-key-file", "empty"],
            Some(KEY),
            "empty is not a valid key: it is empty",
        ),
        (&["--privacy", "pseudonyms", "--pseudonym-key-file", "short"], Some(KEY), "it has 15 bytes"),
        (&["--privacy", "pseudonyms", "--pseudonym-key-file", "long"], Some(KEY), "more than 65536 bytes"),
        (
            &["--privacy", "pseudonyms", "--pseudonym-key-file", "gone"],
            Some(KEY),
            "cannot read the key file gone",
        ),
        (&["--pseudonym-key-file", "long"], None, "no effect with --privacy names"),
        (&["--privacy", "pseudonyms", "--min-group", "5"], Some(KEY), "no effect with --privacy pseudonyms"),
    ];
    for (arguments, key, says) in cases {
        let said = debt_with(folder.path(), &[&["score"], arguments].concat(), key);
        assert_eq!((said.status, said.out.as_str()), (2, ""), "{arguments:?}");
        assert!(said.err.contains(says), "{arguments:?}: {}", said.err);
        assert!(
            !said.err.contains("fifteen bytes !") && !said.err.contains(KEY),
            "a key is never shown: {}",
            said.err
        );
    }
    assert_eq!(debt(folder.path(), &["score", "--privacy", "aggregate", "--min-group", "1"]).status, 2);
}

/// Ties stand in the order of what is shown, and owners in that order altogether: nobody is ranked. In the order of the written ids, whoever knows the names would only have
/// to sort them.
#[test]
fn the_order_tells_nothing_of_the_names() {
    let folder = folder(&portfolio(SHAPE));
    let report = in_mode(&folder, &[]).json();
    for (list, key) in [("factors", "id"), ("by_squad", "key"), ("by_guild", "key"), ("written_off", "id")] {
        let rows: Vec<(i64, String)> = report[list]
            .as_array()
            .expect("a list")
            .iter()
            .map(|row| {
                // What is booked nowhere comes last among equals.
                let ranks = list != "by_owner";
                let mp = row["mp"].as_i64().expect("a number");
                (if ranks { -mp } else { 0 }, row[key].as_str().unwrap_or("~").to_owned())
            })
            .collect();
        assert!(rows.is_sorted(), "{list}: {rows:?}");
        assert!(!rows.is_empty(), "{list} has rows to be in order");
    }
    // Nobody is ranked: rows by owner are in the order of what they show.
    let owners: Vec<&str> = report["by_owner"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| row["key"].as_str().unwrap_or("~"))
        .collect();
    assert!(owners.is_sorted() && owners.len() > 1, "{owners:?}");
}

/// A cycle is told from the person whose pseudonym comes first, so that its start says nothing about the written ids.
#[test]
fn a_cycle_begins_by_what_is_shown() {
    let person = |at: usize| format!("  - {{id: p{at}, delivery_owner: p{}}}\n", (at + 1) % 5);
    let folder = folder(&format!("people:\n{}", (0..5).map(person).collect::<String>()));
    let mut begins = BTreeSet::new();
    for key in ["a first key of the tests", "a second key of the tests", "the third key of the tests"] {
        let arguments = ["score", "--format", "json", "--privacy", "pseudonyms"];
        let report = debt_with(folder.path(), &arguments, Some(key)).json();
        let warnings = report["warnings"].as_array().expect("a list");
        let cycle = warnings.iter().find(|one| one["code"] == "owners-in-a-circle").expect("a cycle");
        let key = Key::new(key.as_bytes()).expect("long enough");
        let shown: Vec<String> = (0..5).map(|at| key.pseudonym("person", &format!("p{at}"))).collect();
        let first = (0..5).min_by_key(|at| &shown[*at]).expect("five");
        let people: Vec<&str> = (0..=5).map(|step| shown[(first + step) % 5].as_str()).collect();
        assert_eq!(cycle["message"], format!("cycle of delivery owners: {}", people.join(" answers to ")));
        begins.insert(first);
    }
    assert!(begins.len() > 1, "these keys all begin with p{begins:?}");
}

#[test]
fn files_and_lines_stay_unless_they_are_not_wanted() {
    let folder = folder(&portfolio(SHAPE));
    let report = in_mode(&folder, &[]).json();
    let located = |report: &Value| {
        let lists = ["factors", "warnings"].map(|list| report[list].as_array().expect("a list").clone());
        lists.concat().iter().filter(|row| !row["location"].is_null()).count()
    };
    assert!(located(&report) > 20);
    assert!(!report["warnings"].as_array().expect("a list").is_empty());
    assert_eq!(located(&in_mode(&folder, &["--no-locations"]).json()), 0);
    assert_eq!(located(&debt(folder.path(), &["score", "--format", "json", "--no-locations"]).json()), 0);
}

#[test]
fn an_explanation_understands_both_ids() {
    let folder = folder(&portfolio(SHAPE));
    let named = ids(&debt(folder.path(), &["score", "--format", "json"]).json()).remove(0);
    let explain =
        |id: &str| debt(folder.path(), &["explain", id, "portfolio.yaml", "--privacy", "pseudonyms"]);
    let (by_id, by_pseudonym) = (explain(&named), explain(&pseudonymous(&named)));
    assert_eq!(by_id.status, 0, "{}", by_id.err);
    assert_eq!(by_id.out, by_pseudonym.out);
    assert!(by_id.out.starts_with(&pseudonymous(&named)));
}

#[test]
fn an_acknowledgement_of_a_former_id_is_of_the_present_one() {
    let folder = folder(&portfolio(SHAPE));
    let text = fs::read_to_string(folder.path().join("portfolio.yaml")).expect("it is there");
    assert!(text.contains(&format!("D101:meeting:{MARK}-m-2")));
    let shown = pseudonymous(&format!("D101:meeting:{}", id("meeting", 2)));
    let warnings = in_mode(&folder, &[]).json()["warnings"].to_string();
    assert!(warnings.contains(&shown), "{shown} in {warnings}");
}

/// What whoever works a change out hands over, and what is left of it.
#[test]
fn a_change_is_shown_by_what_it_shows() {
    let row = |id: &str, to: i64| ChangedRow {
        id: Untrusted::new(id),
        from_mp: MilliPoints::ZERO,
        to_mp: MilliPoints::new(to),
        dates_from: None,
        interest_mp: debt::base::points::MilliPoints::ZERO,
        kind: "introduced",
        how: None,
        who: None,
        who_label: None,
        stands: None,
        acknowledged: None,
        words: Untrusted::new(""),
        code: "D101",
        task: None,
        owner_label: None,
        remedy: None,
        location: None,
    };
    let change = || Change {
        supposed: Ordered::none(),
        against: None,
        factors_base_policy: Ordered::none(),
        loosened: Ordered::none(),
        from_mp: None,
        to_mp: MilliPoints::new(9),
        recalibrated_mp: None,
        staffing_mp: debt::base::points::MilliPoints::ZERO,
        introduced_interest_mp: debt::base::points::MilliPoints::ZERO,
        revealed_interest_mp: debt::base::points::MilliPoints::ZERO,
        repaired_interest_mp: debt::base::points::MilliPoints::ZERO,
        withdrawn_interest_mp: debt::base::points::MilliPoints::ZERO,
        trips: Ordered::none(),
        to_acknowledge: None,
        accrued_mp: None,
        introduced_mp: MilliPoints::new(9),
        revealed_mp: MilliPoints::ZERO,
        repaired_mp: MilliPoints::ZERO,
        withdrawn_mp: MilliPoints::ZERO,
        acknowledged_mp: MilliPoints::ZERO,
        rise_mp: MilliPoints::new(9),
        rise_base_policy_mp: None,
        gate: None,
        factors: Ordered::sorted(vec![row("b", 3), row("a", 3), row("c", 4)]),
    };
    let shown = |privacy: &Privacy| -> Vec<String> {
        change().shown(privacy).factors.iter().map(|row| row.id.raw().to_owned()).collect()
    };
    let key = Key::new(KEY.as_bytes()).expect("long enough");
    assert_eq!(shown(&Privacy::pseudonyms(key.clone())), ["c", "a", "b"]);
    let aggregate = Privacy::aggregate(5, Some(key));
    assert!(shown(&aggregate).is_empty());
}
