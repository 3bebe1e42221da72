//! By roles no text of a portfolio is shown but the names of its squads and guilds, nobody has a role that few have, and
//! an audit of a calendar names nobody either.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use debt::render::FORMATS;
use debt::render::lines::LINES_FORMATS;
use debt::render::plan::PLAN_FORMATS;
use proptest::prelude::*;
use serde_json::Value;

use crate::privacy_portfolio::{MARK, Shape, id, opened, shapes};
use crate::privacy_run::{KEY, clean, debt, debt_with, folder, score_in_every_format};
use crate::support::cases;

const MODES: [&[&str]; 3] = [
    &["--privacy", "roles"],
    &["--privacy", "roles", "--min-group", "2"],
    &["--privacy", "roles", "--no-locations"],
];

proptest! {
    #![proptest_config(cases(2))]

    #[test]
    fn no_text_but_the_names_of_squads_and_guilds(shape in shapes()) {
        let folder = folder(&opened(shape));
        fs::write(folder.path().join("old.yaml"), opened(Shape { seed: shape.seed ^ 1, ..shape })).expect("a file");
        for mode in MODES {
            let by = ["group", "squad", "guild", "owner", "coverage"][usize::try_from(shape.seed % 5).expect("small")];
            let said = score_in_every_format(folder.path(), &[mode, &["--top", "0", "--by", by]].concat());
            prop_assert_eq!(said.status, 0, "{}", said.err);
            prop_assert_eq!(said.files.len(), FORMATS.len());
            clean(&said, "score");
            if mode.len() > 2 {
                continue;
            }
            for format in FORMATS {
                let diff = ["diff", "old.yaml", "portfolio.yaml", "--format", format.name];
                clean(&debt(folder.path(), &[&diff[..], mode].concat()), "diff");
            }
            for format in PLAN_FORMATS {
                let plan = ["plan", "--budget", "20m", "--top", "0", "--format", format.name];
                clean(&debt(folder.path(), &[&plan[..], mode].concat()), "plan");
            }
            for format in LINES_FORMATS {
                clean(&debt(folder.path(), &[&["lines", "--format", format.name], mode].concat()), "lines");
            }
            let person = id("person", 0);
            for what in [
                &["lines", &person][..],
                &["what-if", "--leaves", &person],
                &["score", "--squad", &id("squad", 0)],
                &["score", "--squad", "Squad0"],
            ] {
                clean(&debt(folder.path(), &[what, mode].concat()), what[0]);
            }
        }
    }

    #[test]
    fn every_factor_can_be_explained(shape in shapes()) {
        let folder = folder(&opened(shape));
        let report = debt(folder.path(), &["score", "--format", "json", "--privacy", "roles"]).json();
        for factor in report["factors"].as_array().expect("a list").iter().step_by(9) {
            let id = factor["id"].as_str().expect("text");
            let said = debt(folder.path(), &["explain", id, "portfolio.yaml", "--privacy", "roles"]);
            prop_assert_eq!(said.status, 0, "{}", said.err);
            clean(&said, "explain");
        }
    }
}

/// Who is called what: from the owners and the people of a report by roles, joined with that of names by what both say.
fn called(folder: &std::path::Path, least: &str) -> BTreeMap<String, BTreeSet<String>> {
    let score = |mode: &[&str]| debt(folder, &[&["score", "--format", "json"], mode].concat()).json();
    let named = score(&["--privacy", "names"]);
    let roles = score(&["--privacy", "roles", "--min-group", least]);
    let key = debt::report::Key::new(KEY.as_bytes()).expect("long enough");
    let mut by_id: BTreeMap<String, &Value> = BTreeMap::new();
    for factor in roles["factors"].as_array().expect("a list") {
        by_id.insert(factor["id"].as_str().expect("text").to_owned(), factor);
    }
    let mut called: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for factor in named["factors"].as_array().expect("a list") {
        let kind = factor["subject"]["type"].as_str().expect("text");
        let id = factor["subject"]["id"].as_str().expect("text");
        let hidden = format!("{}:{kind}:{}", factor["code"].as_str().expect("text"), key.pseudonym(kind, id));
        let Some(role) = by_id.get(&hidden) else { continue };
        if kind == "person" {
            let label = role["subject"]["label"].as_str().expect("text").to_owned();
            called.entry(label).or_default().insert(id.to_owned());
        }
        if let (Some(owner), Some(role)) = (factor["owner"].as_str(), role["owner"].as_str()) {
            called.entry(role.to_owned()).or_default().insert(owner.to_owned());
        }
    }
    called
}

/// Squads of these sizes, each with a lead from outside; nobody has a craft owner, so each is the subject of a factor.
fn squads(sizes: &[usize]) -> String {
    let mut text = "as_of: 2026-11-20\npeople:\n".to_owned();
    for (squad, size) in sizes.iter().enumerate() {
        text.push_str(&format!("  - {{id: lead{squad}}}\n"));
        (0..*size).for_each(|one| text.push_str(&format!("  - {{id: p{squad}-{one}, squad: s{squad}}}\n")));
    }
    text.push_str("squads:\n");
    for squad in 0..sizes.len() {
        text.push_str(&format!("  - {{id: s{squad}, name: Squad {squad}, lead: lead{squad}}}\n"));
    }
    text
}

#[test]
fn a_role_of_few_is_somebody() {
    let folder = folder(&squads(&[6, 3]));
    let all = called(folder.path(), "5");
    assert_eq!(all["a member of squad Squad 0"].len(), 6, "{all:?}");
    // The three of the small squad and the two leads: five.
    assert!(all["somebody"].contains("p1-0"), "{all:?}");
    assert!(!all.contains_key("a squad lead") && !all.contains_key("a member of squad Squad 1"), "{all:?}");
    let low = called(folder.path(), "2");
    assert_eq!(low["a member of squad Squad 1"].len(), 3, "{low:?}");
    // One more lead, and two are still too few for a word of their own; five are enough.
    let folder = crate::privacy_run::folder(&squads(&[5, 5, 5, 5, 5]));
    let all = called(folder.path(), "5");
    assert!(all.keys().any(|role| role == "a squad lead") || !all.contains_key("somebody"), "{all:?}");
    // A single person without a role would be known by it.
    let folder = crate::privacy_run::folder(
        &squads(&[6, 6]).replace("  - {id: lead1}\n", "").replace("lead1", "lead0"),
    );
    let all = called(folder.path(), "5");
    assert!(all["somebody"].len() >= 6, "the one lead and a whole squad: {all:?}");
}

#[test]
fn no_place_no_booking_and_no_order_that_tells() {
    let folder = folder(&opened(Shape { seed: 3, people: 30, squads: 3, guilds: 2 }));
    let report = debt(folder.path(), &["score", "--format", "json", "--privacy", "roles"]).json();
    assert_eq!((&report["privacy"], &report["min_group"]), (&Value::from("roles"), &Value::from(5)));
    for factor in report["factors"].as_array().expect("a list") {
        for key in ["location", "squad", "guild"] {
            assert!(factor[key].is_null(), "{key} in {factor}");
        }
    }
    let key: Vec<&Value> =
        report["factors"].as_array().expect("a list").iter().map(|one| &one["mp"]).collect();
    assert!(key.is_sorted_by_key(|mp| std::cmp::Reverse(mp.as_i64())));
    let owners: Vec<&str> =
        report["by_owner"].as_array().expect("a list").iter().filter_map(|row| row["key"].as_str()).collect();
    assert!(owners.is_sorted() && owners.iter().collect::<BTreeSet<_>>().len() == owners.len(), "{owners:?}");
    for row in report["by_squad"].as_array().expect("a list").iter().filter(|row| row["key"] != "others") {
        assert!(row["people"].as_u64().is_none_or(|people| people == 0 || people >= 5), "{row}");
    }
    // The same ids as under pseudonyms, so that trends join.
    let ids = |mode: &str| -> BTreeSet<String> {
        let report = debt(folder.path(), &["score", "--format", "json", "--privacy", mode]).json();
        let factors = report["factors"].as_array().expect("a list").clone();
        factors.iter().map(|one| one["id"].as_str().expect("text").to_owned()).collect()
    };
    assert_eq!(ids("roles"), ids("pseudonyms"));
}

#[test]
fn needs_a_key_and_enough_people_in_a_part() {
    let folder = folder(&squads(&[8, 3]));
    let refused = debt_with(folder.path(), &["score", "--privacy", "roles"], None);
    assert_eq!((refused.status, refused.out.as_str()), (2, ""));
    assert!(refused.err.contains("pseudonyms need a key"), "{}", refused.err);
    let few = debt(folder.path(), &["score", "--privacy", "roles", "--squad", "s1"]);
    assert_eq!(few.status, 2);
    assert!(few.err.contains("fewer than 5 people are in this part"), "{}", few.err);
    assert_eq!(debt(folder.path(), &["score", "--privacy", "roles", "--squad", "s0"]).status, 0);
    // A whole of few people has no roles, and says nothing that its readers do not know.
    let small = crate::privacy_run::folder(&squads(&[2]));
    let said = debt(small.path(), &["score", "--privacy", "roles"]);
    assert_eq!(said.status, 0, "{}", said.err);
    assert!(!said.out.contains("member"), "{}", said.out);
}

const CALENDAR: &str = "BEGIN:VCALENDAR\r\n@EVENTS@END:VCALENDAR\r\n";

fn event(number: u32, title: &str, with: &str) -> String {
    let mark = MARK;
    format!(
        "BEGIN:VEVENT\r\nUID:{mark}{number}\r\nDTSTART:202609{:02}T090000Z\r\nDTEND:202609{:02}T093000Z\r\n\
         RRULE:FREQ=WEEKLY\r\nSUMMARY:{mark} {title}\r\nDESCRIPTION:{mark} notes\r\nORGANIZER;CN={mark} Bo:mailto:{mark}bo@x.example\r\n\
         ATTENDEE;CN={mark} Bo:mailto:{mark}bo@x.example\r\nATTENDEE;CN={mark} {with}:mailto:{mark}{with}@x.example\r\nEND:VEVENT\r\n",
        number % 20 + 1,
        number % 20 + 1
    )
}

#[test]
fn an_audit_names_nobody() {
    let folder = folder(&format!(
        "as_of: 2026-11-20\npeople:\n  - {{id: {MARK}bo}}\n  - {{id: {MARK}ana, delivery_owner: {MARK}bo}}\n  - {{id: {MARK}gus, delivery_owner: {MARK}bo}}\n"
    ));
    let events = [
        (1, "1:1 career and roadmap", "ana"),
        (2, "1:1", "zoe"),
        (3, "lunch", "eve"),
        (4, "1:1 deadlines", "cy"),
    ];
    let events: String = events.iter().map(|(number, title, with)| event(*number, title, with)).collect();
    fs::write(folder.path().join(format!("{MARK}bo.ics")), CALENDAR.replace("@EVENTS@", &events))
        .expect("written");
    let calendar = format!("{MARK}bo.ics");
    let audit = |more: &[&str]| debt(folder.path(), &[&["audit", calendar.as_str()], more].concat());
    assert!(audit(&[]).out.contains(MARK), "the search finds the mark where it is");
    for format in debt::render::audit::AUDIT_FORMATS {
        for mode in [
            &["--privacy", "pseudonyms"][..],
            &["--privacy", "pseudonyms", "--portfolio", "portfolio.yaml"],
            &["--privacy", "pseudonyms", "--no-locations"],
            &["--privacy", "roles", "--portfolio", "portfolio.yaml"],
        ] {
            let said = audit(&[mode, &["--format", format, "--explain"]].concat());
            assert_eq!(said.status, 0, "{}", said.err);
            clean(&said, "audit");
        }
    }
    let json =
        audit(&["--privacy", "pseudonyms", "--portfolio", "portfolio.yaml", "--format", "json"]).json();
    let key = debt::report::Key::new(KEY.as_bytes()).expect("long enough");
    let ana = key.pseudonym("person", &format!("{MARK}ana"));
    let rows = json["one_on_ones"].as_array().expect("a list");
    assert!(rows.iter().any(|row| row["with"] == ana.as_str()), "whoever the portfolio knows joins: {json}");
    let order: Vec<(&str, &str)> = rows
        .iter()
        .map(|row| (row["label"].as_str().expect("text"), row["with"].as_str().unwrap_or_default()))
        .collect();
    assert!(order.is_sorted(), "{order:?}");
    // The one to do first is the same one, wherever its row is now.
    let plain = audit(&["--portfolio", "portfolio.yaml", "--format", "json"]).json();
    let first = |report: &Value| {
        let at =
            usize::try_from(report["first"]["one_on_one"].as_u64().expect("there is one")).expect("small");
        report["one_on_ones"][at]["label"].clone()
    };
    assert_eq!(first(&plain), first(&json));
    for (mode, says) in [
        (&["--privacy", "aggregate"][..], "there is no aggregate of it"),
        (&["--privacy", "roles"], "name it with --portfolio"),
    ] {
        let refused = audit(mode);
        assert_eq!(refused.status, 2);
        assert!(refused.err.contains(says), "{}", refused.err);
    }
}
