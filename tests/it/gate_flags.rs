//! What can be asked of the gate besides a rise: budgets, time, acknowledgements, loosening.

use serde_json::Value;

use crate::gate_kit::{ORG, Place, with};

fn rising(text: &str) -> String {
    with(text, "meetings:\n", "meetings:\n  - {id: cy-too, owner: cy, with: eve, purpose: delivery}\n")
}

fn acknowledged(text: &str, finding: &str, named_on: &str, through: &str) -> String {
    format!(
        "{text}acknowledgements:\n  - {{factor: \"{finding}\", reason: Cy joins soon, named_on: {named_on}, through: {through}}}\n"
    )
}

#[test]
fn nothing_asked_is_a_usage_error_with_lines_to_copy() {
    let place = Place::plain();
    place.write("portfolio.yaml", ORG);
    let ran = place.debt(&["check", "portfolio.yaml"]).exits(2);
    assert!(ran.out.is_empty());
    let lines: Vec<&str> =
        ran.err.lines().filter(|line| line.starts_with("  debt check portfolio.yaml ")).collect();
    assert_eq!(lines.len(), 3, "{}", ran.err);
    for (arguments, message) in [
        (&["--fail-on", "rise"][..], "needs something to compare with"),
        (&["--fail-on", "loosened"], "no base to compare with"),
        (&["--fail-on", "revealed"], "no base to compare with"),
        (&["--force"], "--update-baseline"),
        (&["--baseline", "b", "--prune-baseline"], "--update-baseline lowers"),
        (&["--max-score=-1"], "points"),
        (&["--max-score", "1.2345"], "points"),
        (&["--tolerance", "101%"], "percentage"),
        (&["--min-coverage", "101"], "percentage"),
        (&["--max-grade", "F"], "grade"),
        (&["--locked"], "--baseline"),
        (&["--against", "main", "--baseline", "b"], "cannot be used with"),
    ] {
        let mut all = vec!["check", "portfolio.yaml"];
        all.extend(arguments);
        let ran = place.debt(&all).exits(2);
        let either = ran.err.contains(message) || ran.err.contains("no base to compare with");
        assert!(either, "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn the_first_screen_of_the_help() {
    let place = Place::plain();
    let help = place.debt(&["check", "--help"]).exits(0).out;
    let first: Vec<&str> = help.lines().take(24).collect();
    for option in ["--against", "--fail-on", "--max-score"] {
        assert!(
            first.iter().any(|line| line.contains(option)),
            "{option} is not on the first screen:\n{help}"
        );
    }
}

#[test]
fn budgets() {
    let place = Place::plain();
    place.write("portfolio.yaml", ORG);
    let report: Value = serde_json::from_str(&place.debt(&["score", "--format", "json"]).out).expect("JSON");
    let mp = report["score"]["mp"].as_i64().expect("a number");
    let exact = format!("{}.{:03}", mp / 1000, mp % 1000);
    let below = format!("{}.{:03}", (mp - 1) / 1000, (mp - 1) % 1000);
    place.debt(&["check", "--max-score", &exact]).exits(0);
    let ran = place.debt(&["check", "--max-score", &below]).exits(1);
    assert!(ran.out.contains("Factors, worst first"), "{}", ran.out);
    place.debt(&["check", "--max-per-person", "100"]).exits(0);
    place.debt(&["check", "--max-per-person", "0.001"]).exits(1);
    place.debt(&["check", "--min-coverage", "1%"]).exits(0);
    place.debt(&["check", "--min-coverage", "100%"]).exits(1);
    let grade = report["score"]["grade"].as_str().expect("a grade");
    place.debt(&["check", "--max-grade", grade]).exits(0);
    place.debt(&["check", "--max-grade", "a"]).exits(1);
    place.debt(&["check", "--fail-on", "any"]).exits(1);
    // More than one reason is said at once.
    let both = place.debt(&["check", "--max-score", "1", "--max-grade", "A"]).exits(1);
    assert!(both.out.contains("and the grade is"), "{}", both.out);
    let json = place.debt(&["check", "--max-score", "1", "--format", "json"]).exits(1);
    let report: Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(report["change"]["gate"]["failed"], true);
    assert!(report["change"]["against"].is_null());
}

#[test]
fn a_tolerance_lets_exactly_so_much_pass() {
    let Some(place) = Place::committed(ORG) else { return };
    place.write("portfolio.yaml", &rising(ORG));
    let check =
        |tolerance: &str| place.debt(&["check", "--against", "main", "--tolerance", tolerance]).status;
    assert_eq!((check("2"), check("1.999"), check("0")), (0, 1, 1));
    // A percentage is of principal and fees: 2 points are some eight percent of them.
    let base = place.debt(&["score", "--format", "json"]).exits(0).json();
    let parts = &base["parts"];
    let weight = |key: &str| parts[key].as_i64().expect("a number");
    let whole = weight("principal_mp") + weight("fees_mp") - 2_000;
    let percent = 2_000 * 10_000 / whole + 1;
    let shown = |bp: i64| format!("{}.{:02}%", bp / 100, bp % 100);
    assert_eq!((check(&shown(percent)), check(&shown(percent - 1))), (0, 1));
}

#[test]
fn time_alone_fails_only_where_it_is_asked_to() {
    let text = with(ORG, "as_of: 2026-11-20\n", "");
    let Some(place) = Place::committed(&text) else { return };
    for day in ["2026-11-20", "2026-11-21", "2027-03-01", "2030-01-01", "2026-08-05"] {
        place.debt(&["check", "--against", "main", "--as-of", day]).exits(0);
        place.debt(&["check", "--against", "main", "--as-of", day, "--fail-on", "introduced"]).exits(0);
    }
    let arguments = ["check", "--against", "main", "--as-of", "2027-03-01", "--fail-on", "accrued"];
    let ran = place.debt(&arguments).exits(1);
    assert!(ran.out.contains("time alone adds"), "{}", ran.out);
    place.debt(&["check", "--against", "main", "--fail-on", "accrued"]).exits(0);
}

#[test]
fn an_acknowledged_factor_passes_while_it_holds_and_is_shown() {
    let text = with(ORG, "as_of: 2026-11-20\n", "");
    let Some(place) = Place::committed(&text) else { return };
    let new = acknowledged(&rising(&text), "D104:meeting:cy-too", "2026-11-20", "2026-12-10");
    place.write("portfolio.yaml", &new);
    let ran = place.debt(&["check", "--against", "main"]).exits(0);
    for shown in ["of which 2.0 acknowledged", "acknowledged through 10 Dec, 20 days left: Cy joins soon"] {
        assert!(ran.out.contains(shown), "{}", ran.out);
    }
    let change = place.change(&["--against", "main"]);
    assert_eq!(
        (change["introduced_mp"].as_i64(), change["acknowledged_mp"].as_i64()),
        (Some(2000), Some(2000))
    );
    assert_eq!(change["factors"][0]["acknowledged"]["through"], "2026-12-10");
    place.debt(&["check", "--against", "main", "--fail-on", "introduced"]).exits(0);
    // The last day holds; a warning comes from 15 days before it, and the day after it fails.
    let on = |day: &str, more: &[&str]| {
        let mut all = vec!["check", "--against", "main", "--as-of", day];
        all.extend(more);
        place.debt(&all)
    };
    assert!(!on("2026-11-24", &[]).exits(0).err.contains("ends in"));
    on("2026-11-25", &[]).exits(0).says("ends in 15 days");
    on("2026-12-10", &[]).exits(0);
    on("2026-12-11", &[]).exits(1).says("ran out 1 day ago");
    on("2026-12-10", &["--fail-on", "lapsed"]).exits(0);
    let lapsed = on("2026-12-11", &["--fail-on", "lapsed"]).exits(1);
    assert!(lapsed.out.contains("an acknowledgement has run out: D104:meeting:cy-too"), "{}", lapsed.out);
}

#[test]
fn an_acknowledgement_counts_for_budgets_and_lapses_without_a_base() {
    let place = Place::plain();
    let base: Value = {
        place.write("portfolio.yaml", ORG);
        serde_json::from_str(&place.debt(&["score", "--format", "json"]).out).expect("JSON")
    };
    let mp = base["score"]["mp"].as_i64().expect("a number");
    let most = format!("{}.{:03}", mp / 1000, mp % 1000);
    place.write(
        "portfolio.yaml",
        &acknowledged(&rising(ORG), "D104:meeting:cy-too", "2026-11-20", "2026-12-10"),
    );
    place.debt(&["check", "--max-score", &most]).exits(0);
    place.write(
        "portfolio.yaml",
        &acknowledged(&rising(ORG), "D104:meeting:cy-too", "2026-10-01", "2026-10-30"),
    );
    place.debt(&["check", "--max-score", &most]).exits(1);
    place.debt(&["check", "--fail-on", "lapsed"]).exits(1);
    // One whose factor is gone is stale, which is a warning and no lapse.
    place.write("portfolio.yaml", &acknowledged(ORG, "D104:meeting:cy-eve", "2026-10-01", "2026-10-30"));
    place.debt(&["check", "--fail-on", "lapsed"]).exits(0).says("not there (any more)");
}

#[test]
fn loosening_is_listed_by_name_and_never_improves() {
    let Some(place) = Place::committed(&with(ORG, "people:", "describes: [context]\npeople:")) else {
        return;
    };
    let cases = [
        ("people:", "policy: {disable: [D101]}\npeople:", "D101 (conflated-1on1) is switched off"),
        ("people:", "policy: {principal: {D101: 3}}\npeople:", "D101 (conflated-1on1) costs 3 points, not 4"),
        ("people:", "policy: {conversations: {pay: 1}}\npeople:", "an overdue pay talk costs 1 point, not 3"),
        ("people:", "policy: {interest: {weekly_percent: 1}}\npeople:", "interest a week is 1 %, not 5 %"),
        ("people:", "policy: {grace_days: 30}\npeople:", "grace_days is 30, not 14"),
        ("people:", "policy: {missed_cap: 3}\npeople:", "missed_cap is 3, not 5"),
        ("people:", "policy: {grades: {a: 1}}\npeople:", "grade A goes up to 1 point a person, not 0.6"),
        ("{id: gus,", "{id: gus, exempt: {craft: so}, ", "gus’s craft line is exempt now"),
        ("describes: [context]\n", "", "no longer says that it describes context"),
        ("mentorships: []\n", "", "the section `mentorships` is no longer there"),
    ];
    let text = place.read("portfolio.yaml");
    for (old, new, words) in cases {
        place.write("portfolio.yaml", &with(&text, old, new));
        let ran = place.debt(&["check", "--against", "main"]).exits(0);
        let flat: String = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains(words), "no \u{201C}{words}\u{201D} in {}", ran.out);
        let failed = place.debt(&["check", "--against", "main", "--fail-on", "loosened"]).exits(1);
        assert!(failed.out.contains("more lenient than before"), "{}", failed.out);
        let change = place.change(&["--against", "main"]);
        assert_eq!(change["repaired_mp"], 0, "{words}");
    }
    place.write("portfolio.yaml", &text);
    place.debt(&["check", "--against", "main", "--fail-on", "loosened"]).exits(0);
    // Stricter is not looser.
    place.write(
        "portfolio.yaml",
        &with(&text, "people:", "policy: {principal: {D101: 9}, grace_days: 7}\npeople:"),
    );
    place.debt(&["check", "--against", "main", "--fail-on", "loosened"]).exits(0);
}

#[test]
fn a_rule_switched_off_with_what_it_finds_hides_nothing() {
    let Some(place) = Place::committed(ORG) else { return };
    let new = with(&rising(ORG), "people:", "policy: {disable: [D104]}\npeople:");
    place.write("portfolio.yaml", &new);
    let ran = place.debt(&["check", "--against", "main"]).exits(1);
    assert!(ran.out.contains("New or larger under the previous policy"), "{}", ran.out);
    place.debt(&["check", "--against", "main", "--tolerance", "2"]).exits(0);
}

#[test]
fn files_are_written_beside_the_verdict() {
    let Some(place) = Place::committed(ORG) else { return };
    place.write("portfolio.yaml", &rising(ORG));
    place
        .debt(&["check", "--against", "main", "--output", "json:out.json", "--output", "table:out.txt"])
        .exits(1);
    let report: Value = serde_json::from_str(&place.read("out.json")).expect("JSON");
    assert_eq!(report["change"]["rise_mp"], 2000);
    assert!(place.read("out.txt").starts_with(" Failed"));
}

#[test]
fn at_worst_needs_a_budget() {
    let place = Place::plain();
    place.write("portfolio.yaml", ORG);
    for arguments in [&["check", "--at-worst"][..], &["check", "--at-worst", "--min-coverage", "1%"]] {
        place.debt(arguments).exits(2).says("add --max-score, --max-per-person or --max-grade");
    }
    place.debt(&["check", "--at-worst", "--max-score", "1000"]).exits(0);
}
