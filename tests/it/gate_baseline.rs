//! Baselines: the file, what it lets stand, and what is wrong with a file that is no baseline any more.

use crate::gate_kit::{ORG, Place, with};

const FILE: &str = "debt-baseline.txt";

fn written(text: &str) -> Place {
    let place = Place::plain();
    place.write("portfolio.yaml", text);
    place.debt(&["check", "--baseline", FILE, "--update-baseline"]).exits(0);
    place
}

fn check(place: &Place, more: &[&str]) -> crate::run::Ran {
    let mut arguments = vec!["check", "--baseline", FILE];
    arguments.extend(more);
    place.debt(&arguments)
}

#[test]
fn the_file() {
    let text = written(ORG).read(FILE);
    let text: String =
        text.lines().filter(|line| !line.starts_with("# ")).map(|line| format!("{line}\n")).collect();
    let hash = text.lines().find_map(|line| line.strip_prefix("policy ")).expect("a hash").to_owned();
    insta::assert_snapshot!(text.replace(&hash, "HASH"), @r"
    debt-baseline 1
    as_of 2026-11-20
    policy HASH
    D101:meeting:bo-ana 5000
    D102:meeting:bo-gus 1000
    D201:person:gus 5000
    D204:person:bo 2000
    D301:conversation:pay 3000
    D302:meeting:bo-eve 0
    D403:person:bo 2000
    D403:person:cy 2000
    D403:person:gus 2000
    D501:decision:vendor 2000
    end
    ");
    let again = written(&with(ORG, "people:", "# another layout\npeople:"));
    assert_eq!(again.read(FILE), written(ORG).read(FILE));
}

#[test]
fn what_it_lists_stands_and_what_it_lacks_fails() {
    let place = written(ORG);
    check(&place, &[]).exits(0);
    place.write(
        "portfolio.yaml",
        &with(ORG, "with: ana, purpose: both", "with: ana, purpose: both, cancelled_in_a_row: 4"),
    );
    let ran = check(&place, &[]).exits(1);
    assert!(ran.out.contains("D302"), "{}", ran.out);
    place.write(
        "portfolio.yaml",
        &with(ORG, "due: 2026-09-01}", "due: 2026-09-01, deferred_to: [2026-10-01]}"),
    );
    let ran = check(&place, &["--format", "json"]).exits(1);
    let change = &serde_json::from_str::<serde_json::Value>(&ran.out).expect("JSON")["change"];
    assert_eq!(change["introduced_mp"], 750);
    for key in ["from_mp", "recalibrated_mp", "accrued_mp", "rise_base_policy_mp"] {
        assert!(change[key].is_null(), "{key}");
    }
}

#[test]
fn time_alone_fails_nothing() {
    let later = with(
        ORG,
        "conversations:\n",
        "conversations:\n  - {id: soon, kind: exit-risk, owner: bo, with: eve, raised: 2026-11-19}\n",
    );
    let later = with(&later, "{id: eve, squad", "{id: eve, left: 2027-01-01, squad");
    let place = written(&later);
    for day in ["2026-11-20", "2026-12-10", "2027-01-01", "2028-11-20"] {
        check(&place, &["--as-of", day]).exits(0);
        check(&place, &["--as-of", day, "--fail-on", "introduced"]).exits(0);
    }
    // What came up after the file was written is new, whenever it is overdue.
    let new = with(
        &later,
        "conversations:\n",
        "conversations:\n  - {id: new, kind: exit-risk, owner: bo, with: ana, raised: 2026-11-21}\n",
    );
    place.write("portfolio.yaml", &with(&new, "as_of: 2026-11-20", "as_of: 2026-12-20"));
    let ran = check(&place, &[]).exits(1);
    assert!(ran.out.contains("exit-risk talk"), "{}", ran.out);
}

#[test]
fn what_is_fixed_is_stale_until_it_is_pruned() {
    let place = written(ORG);
    place.write("portfolio.yaml", &with(ORG, "purpose: both", "purpose: delivery"));
    let ran = check(&place, &["--fail-on", "introduced", "--tolerance", "2"]).exits(0);
    assert!(ran.out.contains("D101:meeting:bo-ana"), "{}", ran.out);
    let locked = check(&place, &["--locked", "--tolerance", "2"]).exits(1);
    assert!(locked.out.contains("the baseline has 1 entry"), "{}", locked.out);
    let before = place.read(FILE);
    check(&place, &["--prune-baseline", "--tolerance", "2"]).exits(0);
    let after = place.read(FILE);
    assert_eq!(after, before.replace("D101:meeting:bo-ana 5000\n", ""));
    check(&place, &["--locked", "--tolerance", "2"]).exits(0);
    // Pruning adds nothing: the new finding still is one.
    assert!(!after.contains("D204:person:ana"));
}

#[test]
fn renamed_items_are_the_same_items() {
    let place = written(&with(ORG, "{id: bo-ana, owner", "{owner"));
    assert!(place.read(FILE).contains("D101:meeting:bo--ana 5000"));
    let renamed = with(ORG, "{id: bo-ana, owner", "{owner").replace("with: ana", "with: asou");
    place.write("portfolio.yaml", &with(&renamed, "{id: ana,", "{id: asou, aliases: [ana],"));
    check(&place, &["--locked", "--fail-on", "introduced"]).exits(0);
    check(&place, &["--prune-baseline"]).exits(0);
    assert!(place.read(FILE).contains("D101:meeting:bo--asou 5000"));
}

#[test]
fn a_file_that_is_no_baseline_any_more() {
    let place = written(ORG);
    let good = place.read(FILE);
    let cases: &[(&str, String, &str)] = &[
        (
            "conflict",
            good.replace("D201", "<<<<<<< ours\nD201"),
            "merge of this baseline was left unfinished",
        ),
        (
            "conflict end",
            good.replace("end\n", "=======\nend\n"),
            "merge of this baseline was left unfinished",
        ),
        ("newer", good.replace("debt-baseline 1", "debt-baseline 2"), "of version 2"),
        ("cut off", good.replace("end\n", ""), "cut off"),
        ("cut in a line", good[..good.len() - 20].to_owned(), "cut off"),
        ("empty", String::new(), "no baseline"),
        ("other", "{}\n".to_owned(), "no baseline"),
        ("policy", good.replace("policy sha256:", "policy sha256:0"), "another policy"),
        ("negative", good.replace("gus 5000", "gus -5000"), "milli-points"),
        ("fraction", good.replace("gus 5000", "gus 5.0"), "milli-points"),
        ("twice", good.replace("end\n", "D201:person:gus 5000\nend\n"), "stands twice"),
        ("behind the end", format!("{good}D999:person:gus 1\n"), "nothing stands behind"),
        ("no day", good.replace("as_of 2026-11-20\n", ""), "no `as_of`"),
        ("hidden", good.replace("gus 5000", "gus\u{1b} 5000"), "cannot be seen"),
    ];
    for (name, text, message) in cases {
        place.write(FILE, text);
        let ran = check(&place, &[]);
        assert_eq!(ran.status, 2, "{name}: {}", ran.out);
        assert!(ran.err.contains(message), "{name}: {}", ran.err);
        assert!(ran.out.is_empty());
    }
    place.write(FILE, &good.replace('\n', "\r\n"));
    check(&place, &[]).exits(0);
    std::fs::remove_file(place.path().join(FILE)).expect("removed");
    check(&place, &[]).exits(2).says("--update-baseline");
}

#[test]
fn another_policy_needs_another_baseline() {
    let place = written(ORG);
    place.write("portfolio.yaml", &with(ORG, "people:", "policy: {disable: [D101]}\npeople:"));
    check(&place, &[])
        .exits(2)
        .says("another policy")
        .says("debt check --baseline debt-baseline.txt --update-baseline");
    place.write("portfolio.yaml", &with(ORG, "people:", "policy: {grace_days: 14}\npeople:"));
    check(&place, &[]).exits(0);
}

#[test]
fn two_branches_that_touch_different_factors_merge_by_themselves() {
    let Some(place) = Place::committed(ORG) else { return };
    let update = || drop(check(&place, &["--update-baseline"]).exits(0));
    update();
    place.commit("baseline");
    place.git(&["switch", "--quiet", "-c", "one"]);
    let first = with(ORG, "purpose: both", "purpose: delivery, agenda: [blockers]");
    let first =
        with(&first, "{id: cy-eve,", "{id: cy-ana, owner: cy, with: ana, purpose: craft}\n  - {id: cy-eve,");
    place.write("portfolio.yaml", &first);
    check(&place, &["--prune-baseline"]).exits(0);
    place.commit("split");
    place.git(&["switch", "--quiet", "main"]);
    place.write("portfolio.yaml", &with(ORG, "due: 2026-10-01}", "due: 2026-10-01, closed: 2026-11-19}"));
    check(&place, &["--prune-baseline"]).exits(0);
    place.commit("closed");
    place.git(&["merge", "--quiet", "-m", "both", "one"]);
    check(&place, &["--locked"]).exits(0);
}
