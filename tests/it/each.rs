//! `debt score --each`: many portfolios in one process, and each line says what a single run says.

use serde_json::Value;

use crate::gate_kit::Place;
use crate::run::{self, Ran};
use crate::support::file;

fn fleet() -> Place {
    let place = Place::plain();
    place.write("large.yaml", &file("examples/portfolio.yaml"));
    place.write("small.yaml", &file("examples/minimal.yaml"));
    place.write("folder/people.yaml", "as_of: 2026-11-20\npeople: [{id: ana, squad: ledger}]\n");
    place.write("folder/squads.yaml", "squads: [{id: ledger}]\n");
    place.write("broken.yaml", "people: [{id: ana, squad: nope}]\n");
    place.write("empty.yaml", "");
    place.write("nobody.yaml", "as_of: 2026-11-20\npeople: [{id: ana, external: true}]\n");
    place
}

const PATHS: [&str; 7] =
    ["large.yaml", "broken.yaml", "folder", "empty.yaml", "small.yaml", "missing.yaml", "nobody.yaml"];

fn lines(ran: Ran) -> Vec<Value> {
    ran.ok().lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn each_line_is_what_a_single_run_says() {
    let place = fleet();
    let ran = place.debt(&[&["score", "--each"], &PATHS[..]].concat());
    assert_eq!(ran.err, "", "what cannot be scored is a line");
    let lines = lines(ran);
    assert_eq!(lines.len(), PATHS.len());
    for (number, (path, line)) in PATHS.iter().zip(&lines).enumerate() {
        assert_eq!((line["number"].as_u64(), line["path"].as_str()), (Some(number as u64 + 1), Some(*path)));
        let single = place.debt(&["score", "--format", "json", path]);
        let json = |text: &str| serde_json::from_str::<Value>(text).unwrap_or(Value::Null);
        assert_eq!(line["report"], json(&single.out), "{path}");
        assert_eq!(line["errors"], json(&single.err), "{path}");
        assert_ne!(line["report"].is_null(), line["errors"].is_null(), "{path}");
    }
}

/// The report of a line is a single run's without the breaks between lines: no key is in another place.
#[test]
fn the_text_of_a_report_is_the_same() {
    let place = fleet();
    let line = place.debt(&["score", "--each", "small.yaml"]).ok();
    let single = place.debt(&["score", "--format", "json", "small.yaml"]).ok();
    let tight =
        |text: &str| text.split('\n').map(str::trim_start).collect::<Vec<_>>().join("").replace(", ", ",");
    assert!(tight(&line).contains(&tight(single.trim_end())));
}

/// More than one thread makes at a time, and in the order in which they were typed.
#[test]
fn many_are_in_their_order() {
    let place = fleet();
    let paths: Vec<&str> = PATHS.iter().copied().cycle().take(300).collect();
    let ran = |threads: &str| {
        let arguments = [&["score", "--each", "--only", "D301,D101"], &paths[..]].concat();
        place.debt_in(".", &arguments, &[("RAYON_NUM_THREADS", threads)]).ok()
    };
    let many = ran("4");
    assert_eq!(many, ran("1"));
    assert_eq!(many.lines().count(), 300);
}

#[test]
fn nobody_is_named_who_should_not_be() {
    let place = fleet();
    place.write("debt.yaml", "privacy: pseudonyms\n");
    let key = [("DEBT_PSEUDONYM_KEY", "a key of sixteen bytes or more")];
    let typed = [&["score", "--each"], &PATHS[..]].concat();
    let pseudonyms = place.debt_in(".", &typed, &key).ok();
    let roles = place.debt_in(".", &[&typed[..], &["--privacy", "roles"]].concat(), &key).ok();
    let aggregate = place.debt_in(".", &[&typed[..], &["--privacy", "aggregate"]].concat(), &key).ok();
    for text in [&pseudonyms, &roles, &aggregate] {
        for name in ["Ana", "Lindqvist", "nope", "ana-promotion"] {
            assert!(!text.contains(name), "{name}");
        }
        assert_eq!(text.lines().count(), PATHS.len());
    }
    assert!(
        pseudonyms.contains("\"large.yaml\"") && !roles.contains(".yaml") && !aggregate.contains(".yaml")
    );
    // Too few people for an aggregate is a line as well.
    let small: Value = serde_json::from_str(aggregate.lines().nth(4).expect("a line")).expect("JSON");
    assert_eq!(small["errors"]["errors"][0]["code"], "failed");
}

#[test]
fn what_has_no_meaning_is_refused() {
    let place = fleet();
    place.debt(&["score", "--each"]).exits(2).says("<PATH>");
    for more in [
        &["--format", "json"][..],
        &["--watch"],
        &["--squad", "ledger"],
        &["--output", "json:x"],
        &["--id", "x"],
    ] {
        let ran = place.debt(&[&["score", "--each", "small.yaml"], more].concat()).exits(2);
        assert!(ran.err.contains("cannot be used with"), "{}", ran.err);
    }
    place.debt(&["score", "--each", "small.yaml", "--only", "D999"]).exits(2).says("unknown rule");
    // A policy that cannot be read is wrong for each of them.
    let ran = place.debt(&["score", "--each", "small.yaml", "large.yaml", "--policy", "empty.yaml"]);
    let policy = place.debt(&["score", "small.yaml", "--policy", "empty.yaml"]);
    assert_eq!(lines(ran).iter().all(|line| line["report"].is_null()), policy.status == 2);
    // Standard input is a portfolio too.
    let typed = run::debt().within(place.path()).args(["score", "--each", "small.yaml", "-"]);
    let both = lines(typed.stdin(place.read("small.yaml")).end());
    assert_eq!(both[0]["report"]["score"], both[1]["report"]["score"]);
}
