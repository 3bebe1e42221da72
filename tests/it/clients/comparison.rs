//! What a comparison says first: a gate that holds is green and short, one that fails names what made it fail.

use std::collections::HashSet;

use quick_junit::{Report, TestCaseStatus};
use serde_json::Value;

use super::rising;
use crate::formats::findings::is_junit;
use crate::formats::pages::is_markdown;
use crate::gate_kit::{ORG, Place, with};

const CHECK: [&str; 3] = ["check", "--against", "HEAD"];

fn written(place: &Place, arguments: &[&str], format: &str, status: i32) -> String {
    let all: Vec<&str> = CHECK.iter().chain(arguments).copied().chain(["--format", format]).collect();
    place.debt(&all).exits(status).out
}

fn failed(report: &Report) -> HashSet<String> {
    let cases = report.test_suites.iter().flat_map(|suite| &suite.test_cases);
    let failed = cases.filter(|case| matches!(case.status, TestCaseStatus::NonSuccess { .. }));
    failed.map(|case| case.name.as_str().to_owned()).collect()
}

/// What stands above the fold.
fn unfolded(text: &str) -> Vec<&str> {
    text.lines().take_while(|line| !line.starts_with("<details>")).collect()
}

fn set<const N: usize>(names: [&str; N]) -> HashSet<String> {
    names.into_iter().map(str::to_owned).collect()
}

#[test]
fn nothing_changed_is_three_lines_and_green() {
    let Some(place) = Place::committed(ORG) else { return };
    let text = written(&place, &[], "markdown", 0);
    is_markdown(&text);
    assert_eq!(text.lines().count(), 3, "{text}");
    assert!(text.contains("**The gate holds**: nothing changed"), "{text}");
    assert_eq!(failed(&is_junit(&written(&place, &[], "junit", 0))), HashSet::new());
    // What time alone adds is nobody's change.
    let later = written(&place, &["--as-of", "2026-12-20"], "markdown", 0);
    assert!(later.lines().count() == 3 && later.contains("; time alone "), "{later}");
    let diff = place.debt(&["diff", "portfolio.yaml", "portfolio.yaml", "--format", "markdown"]).ok();
    assert!(diff.lines().count() == 3 && diff.contains("\nNothing changed in"), "{diff}");
}

#[test]
fn a_gate_that_holds_is_short_and_green() {
    let Some(place) = Place::committed(&rising()) else { return };
    let repaired = with(ORG, "owner: bo, with: gus}", "owner: bo, with: gus, purpose: delivery}");
    let loosened = format!("{repaired}policy: {{disable: [D501]}}\n");
    for text in [ORG, &repaired, &loosened] {
        place.write("portfolio.yaml", text);
        let page = written(&place, &[], "markdown", 0);
        is_markdown(&page);
        let above = unfolded(&page);
        assert!((4..=10).contains(&above.len()), "{page}");
        assert!(above[1].starts_with("### \u{2705} The gate holds"), "{page}");
        assert!(above.iter().any(|line| line.contains("repaired") || line.contains("withdrawn")), "{page}");
        assert!(page.trim_end().ends_with("</details>"), "{page}");
        assert_eq!(failed(&is_junit(&written(&place, &[], "junit", 0))), HashSet::new());
    }
    // A budget that holds has nothing to compare with.
    let page = place.debt(&["check", "--max-score", "10000", "--format", "markdown"]).ok();
    assert!(unfolded(&page).len() <= 10, "{page}");
}

#[test]
fn what_makes_it_fail_is_failed_and_nothing_else() {
    let Some(place) = Place::committed(ORG) else { return };
    place.write("portfolio.yaml", &rising());
    let report = is_junit(&written(&place, &[], "junit", 1));
    let expected = set(["the gate holds", "D104:meeting:cy-too", "D101:meeting:two"]);
    assert_eq!(failed(&report), expected);
    let page = written(&place, &[], "markdown", 1);
    is_markdown(&page);
    let above = unfolded(&page).join("\n");
    assert!(above.contains("### \u{274C} The gate failed: Decision Debt rises by"), "{page}");
    assert!(above.contains("(D104)") && above.contains("(D101)"), "{page}");
    // An acknowledgement takes one of them out.
    let named = "acknowledgements:\n  - {factor: D101:meeting:two, reason: until spring, named_on: 2026-11-20, through: 2026-12-01}\n";
    place.write("portfolio.yaml", &format!("{}{named}", rising()));
    let report = is_junit(&written(&place, &[], "junit", 1));
    assert_eq!(failed(&report), set(["the gate holds", "D104:meeting:cy-too"]));
}

#[test]
fn each_reason_fails_what_it_is_about() {
    let Some(place) = Place::committed(ORG) else { return };
    place.write("portfolio.yaml", &rising());
    // A budget is nobody's factor.
    let budget = place.debt(&["check", "--max-score", "3", "--format", "junit"]).exits(1).out;
    assert_eq!(failed(&is_junit(&budget)), set(["the gate holds"]));
    let any = place.debt(&["check", "--fail-on", "any", "--format", "junit"]).exits(1).out;
    let factors = place.debt(&["score", "--format", "json"]).json();
    let all =
        factors["factors"].as_array().expect("factors").iter().map(|row| row["id"].as_str().expect("an id"));
    assert_eq!(failed(&is_junit(&any)), all.chain(["the gate holds"]).map(str::to_owned).collect());
    let over = "acknowledgements:\n  - {factor: D101:meeting:bo-ana, reason: x, named_on: 2026-10-01, through: 2026-10-31}\n";
    place.write("portfolio.yaml", &format!("{ORG}{over}"));
    let lapsed = place.debt(&["check", "--fail-on", "lapsed", "--format", "junit"]).exits(1).out;
    assert_eq!(failed(&is_junit(&lapsed)), set(["the gate holds", "D101:meeting:bo-ana"]));
}

#[test]
fn what_begins_later_or_only_under_the_former_policy_has_a_case() {
    let Some(place) = Place::committed(ORG) else { return };
    place.write("portfolio.yaml", &format!("{}policy: {{disable: [D101]}}\n", rising()));
    let report = is_junit(&written(&place, &[], "junit", 1));
    assert_eq!(failed(&report), set(["the gate holds", "D104:meeting:cy-too", "D101:meeting:two"]));
    assert_eq!(report.test_suites[0].name.as_str(), "portfolio.gate");
    assert_eq!(report.test_suites[0].tests, 2);
}

#[test]
fn a_long_change_is_cut_in_the_folded_part_first() {
    let people: String =
        (0..400).map(|index| format!("  - {{id: p{index}, squad: ledger, guild: backend}}\n")).collect();
    let both = |count: usize| -> String {
        let line = |index| {
            format!(
                "  - {{id: both-{index}, owner: bo, with: p{index}, purpose: both, title: {}}}\n",
                "x".repeat(250)
            )
        };
        (0..count).map(line).collect()
    };
    let org = |count| {
        with(
            &with(
                ORG,
                "  - {id: gus, squad: ledger}\n",
                &format!("  - {{id: gus, squad: ledger}}\n{people}"),
            ),
            "meetings:\n",
            &format!("meetings:\n{}", both(count)),
        )
    };
    let Some(place) = Place::committed(&org(0)) else { return };
    place.write("portfolio.yaml", &org(30));
    let page = written(&place, &[], "markdown", 1);
    is_markdown(&page);
    assert!(page.trim_end().ends_with("</details>"), "{}", page.chars().count());
    let rows = unfolded(&page).iter().filter(|line| line.starts_with("- **")).count();
    let report: Value = serde_json::from_str(&written(&place, &[], "json", 1)).expect("JSON");
    assert_eq!(rows, report["change"]["trips"].as_array().expect("trips").len().min(40));
    assert!(page.contains("\u{2026} and "), "what was cut is counted");
}
