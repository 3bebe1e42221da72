//! What is for one person alone tells nobody's talk but to whoever owes it: a talk about somebody is told to them once it
//! was held. Letters, blocks and calendars are what their readers take.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::Value;

use crate::gate_kit::with;
use crate::needs;
use crate::portfolios::organisations;
use crate::run::{self, debt};
use crate::support::{cases, file, holds_schema, stdout_of};

const EXAMPLE: &str = "examples/portfolio.yaml";

/// Every text in a document.
fn texts(value: &Value, all: &mut Vec<String>) {
    match value {
        Value::String(text) => all.push(text.clone()),
        Value::Array(list) => list.iter().for_each(|one| texts(one, all)),
        Value::Object(object) => object.values().for_each(|one| texts(one, all)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Asks for everything that is for one person, and finds no talk in it that they may not know of.
fn tells_no_talk(text: &str) {
    let baseline = debt().args(["score", "-", "--format", "json"]).stdin(text).end();
    if baseline.status != 0 {
        return;
    }
    let report = baseline.json();
    let portfolio: Value = serde_yaml::from_str(text).expect("YAML");
    let list = |section: &str| portfolio[section].as_array().cloned().unwrap_or_default();
    let factors = report["factors"].as_array().expect("a list");
    for person in list("people") {
        let person = person["id"].as_str().expect("an id").to_owned();
        // Whoever can act on a factor knows of it.
        let acts: BTreeSet<&str> = factors
            .iter()
            .filter(|factor| factor["owner"] == person.as_str())
            .filter_map(|factor| factor["subject"]["id"].as_str())
            .collect();
        let secret: Vec<&str> = factors
            .iter()
            .filter(|factor| factor["subject"]["type"] == "conversation")
            .filter_map(|factor| factor["subject"]["id"].as_str())
            .filter(|id| !acts.contains(id) && !id.starts_with(&format!("{person}--")))
            .filter(|id| {
                let talk = list("conversations").into_iter().find(|talk| talk["id"] == **id);
                talk.is_none_or(|talk| talk["owner"] != person.as_str())
            })
            .collect();
        for arguments in [
            &["score", "-", "--for", &person, "--format", "json"][..],
            &["agenda", "-", "--owner", &person, "--format", "json"],
            &["digest", "-", "--owner", &person, "--format", "json"],
        ] {
            let ran = debt().args(arguments).stdin(text).end();
            if ran.status != 0 {
                continue;
            }
            let document = ran.json();
            let mut all = Vec::new();
            texts(&document, &mut all);
            for id in &secret {
                let is_told = |text: &&String| **text == **id || text.ends_with(&format!(":{id}"));
                assert_eq!(all.iter().find(is_told), None, "{arguments:?} tells of {id}");
            }
        }
    }
}

#[test]
fn nobody_is_told_of_a_talk_before_it_is_held() {
    tells_no_talk(&file(EXAMPLE));
    tells_no_talk(&file("examples/minimal.yaml"));
    let org = |held: &str| {
        format!(
            "as_of: 2026-11-20\npeople: [{{id: ana, squad: a}}, {{id: bo, squad: a}}]\nsquads: [{{id: a, lead: bo}}]\nmeetings: []\nconversations: [{{id: t, kind: pay, owner: bo, with: ana, topic: the secret, raised: 2026-08-01{held}}}]\npromotions: [{{person: ana, to: Senior, decided: 2026-11-01}}]\n"
        )
    };
    let shown = |text: &str, person: &str| {
        let arguments = ["score", "-", "--for", person, "--format", "json"];
        let document = debt().args(arguments).stdin(text).end().json();
        holds_schema("person", &document);
        document
    };
    let before = shown(&org(""), "ana");
    assert!(!before.to_string().contains("secret") && !before.to_string().contains("\"pay\""));
    // A promotion beside an open talk would tell of it.
    let codes = |document: &Value| document["findings"].to_string().contains("promotion");
    assert!(!codes(&before), "{before}");
    assert_eq!(shown(&org(""), "bo")["owes"][0]["kind"], "pay");
    let after = shown(&org(", held: 2026-11-10"), "ana");
    assert_eq!((&after["held"][0]["kind"], &after["held"][0]["held"]), (&"pay".into(), &"2026-11-10".into()));
    assert!(codes(&after));
    // No score and no grade.
    for key in ["score", "grade", "mp", "points"] {
        assert!(before.get(key).is_none() && before["findings"][0].get(key).is_none(), "{key}");
    }
}

proptest! {
    #![proptest_config(cases(3))]

    #[test]
    fn nobody_in_any_portfolio_is(organisation in organisations()) {
        tells_no_talk(&organisation.yaml());
    }
}

#[test]
fn an_agenda_has_what_belongs_on_it() {
    let agenda = debt().args(["agenda", EXAMPLE, "--owner", "bo", "--format", "json"]).end().json();
    holds_schema("agenda", &agenda);
    let rows = agenda["one_on_ones"].as_array().expect("rows");
    let with = |id: &str| rows.iter().find(|row| row["with"] == id).expect("a row");
    assert_eq!((&with("ana")["job"], with("ana")["say"].is_null()), (&"both".into(), false));
    assert!(
        with("ana")["owed"]
            .as_array()
            .is_some_and(|owed| owed.iter().any(|talk| talk["kind"] == "promotion"))
    );
    let days: Vec<_> = rows.iter().filter_map(|row| row["next"].as_str()).collect();
    assert!(days.is_sorted());
    let one =
        debt().args(["agenda", EXAMPLE, "--owner", "bo", "--with", "ana", "--format", "json"]).end().json();
    assert!(one["one_on_ones"].as_array().is_some_and(|rows| rows.iter().all(|row| row["with"] == "ana")));
    insta::assert_snapshot!("agenda_bo", stdout_of(&["agenda", EXAMPLE, "--owner", "bo"]));
    let ics = stdout_of(&["agenda", EXAMPLE, "--owner", "bo", "--format", "ics"]);
    assert_eq!(ics, stdout_of(&["agenda", EXAMPLE, "--owner", "bo", "--format", "ics"]));
    let lines: Vec<&str> = ics.split("\r\n").collect();
    let count = |start: &str| lines.iter().filter(|line| line.starts_with(start)).count();
    assert_eq!((count("BEGIN:VEVENT"), count("SUMMARY:1:1")), (days.len(), days.len()));
    assert!(!ics.contains("Ana") && lines.iter().all(|line| line.len() <= 75));
    let uids: BTreeSet<&&str> = lines.iter().filter(|line| line.starts_with("UID:")).collect();
    assert_eq!(uids.len(), days.len());
    // Our own reader takes it.
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("next.ics");
    std::fs::write(&path, &ics).expect("written");
    debt().args(["audit"]).arg(&path).end().exits(0);
}

#[test]
fn a_digest_is_empty_where_nothing_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let kept = folder.path().join("kept.json");
    std::fs::write(&kept, stdout_of(&["score", EXAMPLE, "--format", "json"])).expect("written");
    let kept = kept.to_str().expect("UTF-8");
    for format in ["markdown", "email", "slack"] {
        let same = stdout_of(&["digest", EXAMPLE, "--owner", "bo", "--since", kept, "--format", format]);
        assert_eq!(same, "", "{format}");
    }
    // A week later something is new.
    let later = ["digest", EXAMPLE, "--as-of", "2026-11-27", "--since", kept, "--format", "json", "--owner"];
    let yuki = debt().args([&later[..], &["yuki"]].concat()).end().json();
    holds_schema("digest", &yuki);
    assert_eq!(yuki["changed"]["new"][0]["id"], "D301:conversation:ben-feedback");
    let digest = debt().args(["digest", EXAMPLE, "--owner", "bo", "--format", "json"]).end().json();
    let plan = debt().args(["score", EXAMPLE, "--format", "json"]).end().json();
    let first = plan["tasks"].as_array().expect("tasks").iter().find(|task| task["who"] == "bo");
    assert_eq!(digest["acts"][0]["act"], first.expect("one")["act"]);
    insta::assert_snapshot!("digest_bo", stdout_of(&["digest", EXAMPLE, "--owner", "bo"]));
    let out = folder.path().join("out");
    let each = ["digest", EXAMPLE, "--each", "--format", "slack", "--output-dir"];
    let ran = debt().args(each).arg(&out).end().exits(0);
    assert_eq!(ran.out, "");
    let files: Vec<_> =
        std::fs::read_dir(&out).expect("a folder").map(|one| one.expect("one").file_name()).collect();
    assert!(files.contains(&"bo.json".into()) && files.len() > 5, "{files:?}");
    debt().args(["digest", EXAMPLE, "--each"]).end().exits(2).says("--output-dir");
    debt()
        .args(["digest", EXAMPLE, "--owner", "bo", "--privacy", "aggregate"])
        .end()
        .exits(2)
        .says("nobody alone");
}

/// Whose it is may be typed as a word: an id is told from a path by its form, and from a folder by what else is typed.
#[test]
fn the_owner_is_a_word_among_paths() {
    let folder = tempfile::tempdir().expect("a folder");
    let there = folder.path();
    std::fs::create_dir(there.join("bo")).expect("made");
    for name in ["portfolio.yaml", "team.yaml", "data", "bo/one.yaml"] {
        std::fs::write(there.join(name), file(EXAMPLE)).expect("written");
    }
    let run = |arguments: &[&str]| debt().within(there).args(arguments).end();
    for verb in ["agenda", "digest"] {
        let wanted = run(&[verb, "team.yaml", "--owner", "bo"]).ok();
        // `bo` is a folder as well, and `data` a file without an ending.
        for words in [
            &["bo"][..],
            &["bo", "team.yaml"],
            &["team.yaml", "bo"],
            &["bo", "data"],
            &["--owner", "bo", "bo"],
        ] {
            assert_eq!(run(&[&[verb], words].concat()).ok(), wanted, "{words:?}");
        }
        std::fs::write(there.join("debt.yaml"), "paths: [team.yaml]\n").expect("written");
        std::fs::rename(there.join("portfolio.yaml"), there.join("other.yaml")).expect("renamed");
        assert_eq!(run(&[verb, "bo"]).ok(), wanted, "the paths of debt.yaml are filled in");
        std::fs::rename(there.join("other.yaml"), there.join("portfolio.yaml")).expect("renamed");
        std::fs::remove_file(there.join("debt.yaml")).expect("removed");
        assert_eq!(run(&[verb, "bo", "--no-config"]).ok(), wanted);
        let whose = format!("whose {verb}? type the id of one person: debt {verb} PERSON");
        run(&[verb]).exits(2).says(&whose);
        run(&[verb, "ana", "cy"]).exits(2).says(&whose);
        run(&[verb, "data"]).exits(2).says(&format!("{whose} data"));
        run(&[verb, "team.yaml"]).exits(2).says(&format!("{whose} team.yaml"));
        run(&[verb, "boo"]).exits(2).says("nobody has the id `boo`");
    }
    run(&["digest", "--each", "--owner", "bo", "--output-dir", "out"]).exits(2).says("cannot be used with");
}

#[test]
fn slack_takes_the_blocks() {
    let long =
        file(EXAMPLE).replace("name: Northquay Payments", &format!("name: \"{}\"", "<@U1> *x* ".repeat(60)));
    for text in [file(EXAMPLE), long] {
        let message =
            debt().args(["digest", "-", "--owner", "bo", "--format", "slack"]).stdin(text).end().json();
        let blocks = message["blocks"].as_array().expect("blocks");
        assert!((2..=50).contains(&blocks.len()));
        let length = |value: &Value| value.as_str().expect("text").chars().count();
        for block in blocks {
            let most = if block["type"] == "header" { 150 } else { 3000 };
            assert!(length(&block["text"]["text"]) <= most);
            assert!(["plain_text", "mrkdwn"].iter().any(|kind| block["text"]["type"] == **kind));
        }
        let mrkdwn = blocks[1]["text"]["text"].as_str().expect("text");
        assert!(!mrkdwn.contains("<@"), "{mrkdwn}");
    }
}

/// Python's `email` reads the letter, and finds both parts with the same words.
#[test]
fn a_letter_is_read_back() {
    let Some(python) = needs::PYTHON.there() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("letter.eml");
    let text = with(&file(EXAMPLE), "{id: bo,", "{id: bo, aliases: [bo@example.org],");
    let letter = debt().args(["digest", "-", "--owner", "bo", "--format", "email"]).stdin(text).end().ok();
    std::fs::write(&path, &letter).expect("written");
    assert!(letter.split("\r\n").all(|line| line.len() <= 78 && line.is_ascii()));
    let script = "import sys, email, email.policy\n\
        letter = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)\n\
        assert not letter.defects, letter.defects\n\
        plain = letter.get_body(('plain',)).get_content()\n\
        page = letter.get_body(('html',)).get_content()\n\
        assert 'What you can do' in plain and 'What you can do' in page\n\
        print(letter['subject'], '|', letter['to'], '|', letter['date'])\n";
    let said = run::tool(python).args(["-c", script]).arg(&path).end().ok();
    assert!(said.starts_with("Your week in Northquay Payments, 20 November 2026 |"), "{said}");
    assert!(said.contains("Fri, 20 Nov 2026 00:00:00 +0000"), "{said}");
}

#[test]
fn as_a_person_sees_it() {
    insta::assert_snapshot!("for_ana", stdout_of(&["score", EXAMPLE, "--for", "ana"]));
    insta::assert_snapshot!(
        "for_bo_markdown",
        stdout_of(&["score", EXAMPLE, "--for", "bo", "--format", "markdown"])
    );
    debt().args(["score", EXAMPLE, "--for", "anna"]).end().exits(2).says("did you mean `ana`?");
    debt()
        .args(["score", EXAMPLE, "--for", "ana", "--format", "sarif"])
        .end()
        .exits(2)
        .says("table, json or markdown");
    debt().args(["score", EXAMPLE, "--for", "ana", "--privacy", "roles"]).end().exits(2);
}
