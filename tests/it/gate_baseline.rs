//! Baselines: the portfolio itself in canonical form, what it lets stand, and what is wrong with a file that is none.

use crate::gate_kit::{ORG, Place, with};
use crate::run::Ran;

const FILE: &str = "debt-baseline.yaml";

fn written(text: &str) -> Place {
    let place = Place::plain();
    place.write("portfolio.yaml", text);
    check(&place, &["--update-baseline"]).exits(0);
    place
}

fn check(place: &Place, more: &[&str]) -> Ran {
    let mut arguments = vec!["check", "--baseline", FILE];
    arguments.extend(more);
    place.debt(&arguments)
}

fn rising(text: &str) -> String {
    with(text, "meetings:\n", "meetings:\n  - {id: cy-too, owner: cy, with: eve, purpose: delivery}\n")
}

#[test]
fn the_file_is_a_portfolio_in_canonical_form() {
    let place = written(ORG);
    let text = place.read(FILE);
    assert!(text.starts_with("# debt-baseline 2: "), "{text}");
    let (portfolio, policy) = text.split_once("policy:\n").expect("a policy");
    insta::assert_snapshot!(portfolio.lines().skip(2).take(16).collect::<Vec<_>>().join("\n"), @r"
    version: 1
    as_of: 2026-11-20
    people:
      # ana
      - {id: ana, squad: ledger, guild: backend}
      #
      # bo
      - {id: bo, squad: ledger, guild: backend}
      #
      # cy
      - {id: cy, squad: ledger, guild: backend}
      #
      # dee
      - {id: dee, external: true}
      #
      # eve
    ");
    assert!(policy.contains("    D101: 4\n") && policy.contains("  missed_cap: 5\n"), "{policy}");
    // It scores as the portfolio does.
    let score = |path: &str| place.debt(&["score", path, "--format", "csv"]).exits(0).out;
    let rows = |csv: String| csv.lines().count();
    assert_eq!(rows(score(FILE)), rows(score("portfolio.yaml")));
    // Another order and layout, or several files, make the same bytes.
    let mut lines: Vec<&str> = ORG.lines().collect();
    let first = lines.iter().position(|line| line.contains("id: bo,")).expect("bo");
    lines[first..first + 5].reverse();
    assert_eq!(written(&format!("# a comment\n{}\n", lines.join("\n"))).read(FILE), text);
}

/// Every key that a portfolio can have, as the example has them, is in the file; and it is its own canonical form.
#[test]
fn every_key_of_the_example_is_kept() {
    let place = written(&crate::support::file("examples/portfolio.yaml"));
    let text = place.read(FILE);
    let keys = |text: &str| {
        let value: serde_json::Value = serde_yaml::from_str(text).expect("YAML");
        let mut keys = std::collections::BTreeSet::new();
        collect(&value, &mut keys);
        keys
    };
    let wanted = keys(&crate::support::file("examples/portfolio.yaml"));
    let kept = keys(&text);
    let lost: Vec<&String> = wanted.difference(&kept).collect();
    assert!(lost.is_empty(), "{lost:?}\n{text}");
    place.write("portfolio.yaml", &text);
    place.debt(&["check", "--baseline", "again.yaml", "--update-baseline"]).exits(0);
    assert_eq!(place.read("again.yaml"), text);
}

fn collect(value: &serde_json::Value, keys: &mut std::collections::BTreeSet<String>) {
    match value {
        serde_json::Value::Object(object) => {
            for (key, value) in object {
                keys.insert(key.clone());
                collect(value, keys);
            }
        }
        serde_json::Value::Array(list) => list.iter().for_each(|value| collect(value, keys)),
        _ => {}
    }
}

#[test]
fn what_it_holds_stands_and_what_is_new_fails() {
    let place = written(ORG);
    check(&place, &[]).exits(0);
    place.write("portfolio.yaml", &rising(ORG));
    let ran = check(&place, &[]).exits(1);
    assert!(ran.out.contains("D104"), "{}", ran.out);
    // As against a revision, a talk that is no longer held is new debt.
    let place = written(&with(ORG, "due: 2026-09-01}", "due: 2026-09-01, held: 2026-11-19}"));
    place.write("portfolio.yaml", ORG);
    let ran = check(&place, &[]).exits(1);
    assert!(ran.out.contains("D301"), "{}", ran.out);
}

#[test]
fn time_alone_fails_nothing() {
    let place = written(&with(ORG, "as_of: 2026-11-20\n", ""));
    for day in ["2026-11-20", "2026-12-10", "2027-01-01", "2028-11-20"] {
        check(&place, &["--as-of", day]).exits(0);
        check(&place, &["--as-of", day, "--fail-on", "introduced"]).exits(0);
    }
    check(&place, &["--as-of", "2027-01-01", "--fail-on", "accrued"]).exits(1);
}

#[test]
fn it_is_written_where_the_gate_holds_and_else_only_by_force() {
    let place = written(ORG);
    let before = place.read(FILE);
    place.write("portfolio.yaml", &rising(ORG));
    check(&place, &["--update-baseline"]).exits(1).says("--force lets the baseline rise");
    assert_eq!(place.read(FILE), before);
    check(&place, &["--update-baseline", "--force"]).exits(0).says("wrote");
    assert!(place.read(FILE).contains("cy-too"));
    check(&place, &["--update-baseline"]).exits(0).says("up to date");
    place.write("portfolio.yaml", ORG);
    check(&place, &["--update-baseline"]).exits(0);
    assert_eq!(place.read(FILE), before);
}

#[test]
fn locked_fails_where_debt_is_lower_and_says_what_lowers_it() {
    let place = written(ORG);
    check(&place, &["--locked"]).exits(0);
    place.write("portfolio.yaml", &with(ORG, "due: 2026-10-01}", "due: 2026-10-01, closed: 2026-11-19}"));
    check(&place, &[]).exits(0);
    let ran = check(&place, &["--locked"]).exits(1);
    let flat = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("debt check --baseline debt-baseline.yaml --update-baseline"), "{}", ran.out);
    check(&place, &["--update-baseline"]).exits(0);
    check(&place, &["--locked"]).exits(0);
}

#[test]
fn what_is_no_baseline_is_never_replaced() {
    let place = Place::plain();
    place.write("portfolio.yaml", ORG);
    for (name, text) in [("notes.txt", "dear diary\n"), ("other.yaml", ORG), ("binary", "\u{0}\u{1}")] {
        place.write(name, text);
        for force in [&[][..], &["--force"]] {
            let mut arguments = vec!["check", "--baseline", name, "--update-baseline"];
            arguments.extend(force);
            place.debt(&arguments).exits(2).says("is not replaced");
            assert_eq!(place.read(name), text);
        }
    }
    // An empty file is as good as none.
    place.write(FILE, "");
    check(&place, &["--update-baseline"]).exits(0);
    check(&place, &[]).exits(0);
}

#[test]
fn a_file_that_is_no_baseline_any_more() {
    let place = written(ORG);
    let good = place.read(FILE);
    let old = "debt-baseline 1\n# Debt that the gate lets stand\nas_of 2026-11-20\npolicy sha256:0\nend\n";
    let cases: &[(&str, String, &str)] = &[
        ("conflict", good.replace("  # bo\n", "<<<<<<< ours\n  # bo\n"), "unresolved merge conflict"),
        ("of 0.1.0", old.to_owned(), "written by debt 0.1.0"),
        ("empty", String::new(), "empty"),
        ("cut off", good[..good.len() - 20].to_owned(), "error"),
        ("unknown key", good.replace("squad: ledger", "sqad: ledger"), "did you mean `squad`?"),
        ("hidden", good.replace("id: ana", "id: ana\u{1b}"), "invisible character"),
    ];
    for (name, text, message) in cases {
        place.write(FILE, text);
        let ran = check(&place, &[]);
        assert_eq!(ran.status, 2, "{name}: {}", ran.out);
        assert!(ran.err.contains(message), "{name}: {}", ran.err);
        assert!(ran.out.is_empty());
    }
    // What is said is what helps.
    place.write(FILE, old);
    check(&place, &["--update-baseline"]).exits(2).says("--update-baseline --force");
    check(&place, &["--update-baseline", "--force"]).exits(0);
    assert_eq!(place.read(FILE), good);
    place.write(FILE, &good.replace('\n', "\r\n"));
    check(&place, &[]).exits(0);
    std::fs::remove_file(place.path().join(FILE)).expect("removed");
    check(&place, &[]).exits(2).says("--update-baseline");
}

#[test]
fn the_policy_before_is_in_the_file() {
    let place = written(ORG);
    place.write("portfolio.yaml", &with(&rising(ORG), "people:", "policy: {disable: [D104]}\npeople:"));
    let ran = check(&place, &[]).exits(1);
    assert!(ran.out.contains("under the previous policy"), "{}", ran.out);
    check(&place, &["--fail-on", "loosened"]).exits(1);
}

#[test]
fn inside_a_repository_a_commit_dates_it() {
    let text = with(ORG, "as_of: 2026-11-20\n", "");
    let Some(place) = Place::committed(&text) else { return };
    check(&place, &["--update-baseline"]).exits(0);
    assert!(!place.read(FILE).contains("as_of"));
    place.commit("baseline");
    let ran = check(&place, &["--as-of", "2026-12-24", "--format", "json"]).exits(0);
    let change = &serde_json::from_str::<serde_json::Value>(&ran.out).expect("JSON")["change"];
    assert_eq!(change["against"]["as_of"], "2026-11-20");
    // What came up after that day is new.
    let new = with(
        &text,
        "conversations:\n",
        "conversations:\n  - {id: new, kind: exit-risk, owner: bo, with: ana, raised: 2026-11-21}\n",
    );
    place.write("portfolio.yaml", &new);
    let ran = check(&place, &["--as-of", "2026-12-24"]).exits(1);
    assert!(ran.out.contains("exit-risk talk"), "{}", ran.out);
}

#[test]
fn it_is_written_beside_the_portfolio_and_not_into_it() {
    let place = Place::plain();
    place.write("portfolio/all.yaml", ORG);
    place
        .debt(&["check", "--baseline", "portfolio/b.yaml", "--update-baseline"])
        .exits(2)
        .says("beside that folder");
    place.debt(&["check", "--baseline", "portfolio/all.yaml", "--update-baseline"]).exits(2);
    assert_eq!(place.read("portfolio/all.yaml"), ORG);
    check(&place, &["--update-baseline"]).exits(0);
    check(&place, &["--update-baseline", "--privacy", "aggregate"]).exits(2).says("--privacy names");
}

/// Two branches from one baseline, each with its change and the baseline written anew, merged by git.
fn merged(one: &str, other: &str) -> Option<Place> {
    let place = Place::committed(ORG)?;
    let update = || drop(check(&place, &["--update-baseline", "--force"]).exits(0));
    update();
    place.commit("baseline");
    place.git(&["switch", "--quiet", "-c", "one"]);
    place.write("portfolio.yaml", one);
    update();
    // The portfolio's own lines are its authors' business: here only the baseline is to merge.
    place.git(&["checkout", "--quiet", "main", "--", "portfolio.yaml"]);
    place.commit("one");
    place.git(&["switch", "--quiet", "main"]);
    place.write("portfolio.yaml", other);
    update();
    place.git(&["checkout", "--quiet", "HEAD", "--", "portfolio.yaml"]);
    place.commit("other");
    place.git(&["merge", "--quiet", "-m", "both", "one"]);
    Some(place)
}

#[test]
fn branches_that_change_different_items_merge_by_themselves() {
    let bo = "  - {id: bo, squad: ledger, guild: backend}\n";
    let cases = [
        // Neighbours, in the order of ids.
        (
            "neighbours",
            with(ORG, "{id: bo,", "{id: bo, level: 5,"),
            with(ORG, "{id: cy,", "{id: cy, level: 6,"),
        ),
        (
            "one comes",
            with(ORG, bo, &format!("{bo}  - {{id: bob, squad: ledger}}\n")),
            with(ORG, "{id: bo,", "{id: bo, level: 5,"),
        ),
        (
            "the same gap",
            with(ORG, bo, &format!("{bo}  - {{id: bob, squad: ledger}}\n")),
            with(ORG, "{id: cy,", "{id: cy, level: 5,"),
        ),
        (
            "one goes",
            with(ORG, "  - {id: cy-eve, owner: cy, with: eve, purpose: craft}\n", ""),
            with(ORG, "with: gus}", "with: gus, purpose: delivery}"),
        ),
        (
            "next to what goes",
            with(ORG, "  - {id: bo-gus, owner: bo, with: gus}\n", ""),
            with(ORG, "purpose: craft}", "purpose: craft, every: monthly}"),
        ),
        (
            "sections",
            with(ORG, "due: 2026-09-01}", "due: 2026-09-01, held: 2026-11-19}"),
            with(ORG, "due: 2026-10-01}", "due: 2026-10-01, closed: 2026-11-19}"),
        ),
    ];
    for (name, one, other) in cases {
        let Some(place) = merged(&one, &other) else { return };
        let text = place.read(FILE);
        assert!(!text.contains("<<<<"), "{name}: {text}");
        place.debt(&["score", FILE, "--as-of", "2026-11-20"]).exits(0);
        // What git made of both is what debt writes of both.
        place.write("portfolio.yaml", &text);
        let before = text.clone();
        check(&place, &["--update-baseline", "--force"]).exits(0);
        assert_eq!(place.read(FILE), before, "{name}");
    }
}

#[test]
fn what_was_read_is_never_written() {
    let place = Place::plain();
    place.write("portfolio.yaml", ORG);
    place.write("policy.yaml", "grace_days: 14\n");
    place.write("sub/README", "");
    check(&place, &["--update-baseline"]).exits(0);
    let baseline = place.read(FILE);
    std::fs::hard_link(place.path().join("portfolio.yaml"), place.path().join("hard.yaml")).expect("linked");
    let mut spellings = vec!["portfolio.yaml", "./portfolio.yaml", "sub/../portfolio.yaml", "hard.yaml"];
    if cfg!(unix) {
        #[cfg(unix)]
        std::os::unix::fs::symlink("portfolio.yaml", place.path().join("soft.yaml")).expect("linked");
        spellings.push("soft.yaml");
    }
    let absolute = place.path().join("portfolio.yaml").to_string_lossy().into_owned();
    spellings.push(&absolute);
    for spelling in spellings {
        let target = format!("json:{spelling}");
        let both = ["--output", "json:first.json", "--output", &target];
        for verb in [&["score"][..], &["check", "--max-score", "1000"], &["check", "--baseline", FILE]] {
            let arguments = [verb, &both].concat();
            place.debt(&arguments).exits(2).says("this run has read");
            assert!(!place.path().join("first.json").exists(), "all or none");
        }
        place.debt(&["check", "--baseline", spelling, "--update-baseline"]).exits(2);
        assert_eq!(place.read("portfolio.yaml"), ORG);
    }
    for (target, arguments) in [
        ("policy.yaml", &["score", "--policy", "policy.yaml"][..]),
        (FILE, &["check", "--baseline", FILE]),
        (FILE, &["check", "--baseline", FILE, "--update-baseline"]),
        ("old.yaml", &["diff", "old.yaml", "portfolio.yaml"]),
    ] {
        place.write("old.yaml", ORG);
        let target = format!("json:./{target}");
        let arguments = [arguments, &["--output", &target]].concat();
        place.debt(&arguments).exits(2).says("this run has read");
    }
    assert_eq!(place.read("policy.yaml"), "grace_days: 14\n");
    assert_eq!(place.read(FILE), baseline);
}
