//! Other weights change how much, never whether: each run is a score under a policy that can be printed, and drawn again
//! in another language.

use serde_json::Value;

use crate::needs;
use crate::run::{self, debt};
use crate::support::{holds_schema, root, stdout_of};

const EXAMPLE: &str = "examples/portfolio.yaml";

fn json(arguments: &[&str]) -> Value {
    debt().args([&["sensitivity", EXAMPLE, "--format", "json"], arguments].concat()).end().json()
}

#[test]
fn without_a_spread_nothing_changes() {
    let report = json(&["--spread", "0", "--runs", "20"]);
    holds_schema("sensitivity", &report);
    let today = debt().args(["score", EXAMPLE, "--format", "json"]).end().json();
    for key in ["mp", "p5_mp", "median_mp", "p95_mp"] {
        assert_eq!(report["score"][key], today["score"]["mp"], "{key}");
    }
    assert_eq!(report["spearman"], serde_json::json!({"least": 1, "p5": 1, "median": 1}));
    for group in report["groups"].as_array().expect("groups") {
        assert_eq!((&group["p5_rank"], &group["p95_rank"]), (&group["rank"], &group["rank"]));
    }
    // The acts are the tasks of the score, in their order.
    let tasks = today["tasks"].as_array().expect("tasks").iter().filter(|task| task["effect_mp"] != 0);
    let tasks: Vec<_> = tasks.map(|task| (&task["act"], &task["effect_mp"], &task["minutes"])).collect();
    let acts = report["acts"].as_array().expect("acts").iter();
    let acts: Vec<_> = acts.map(|act| (&act["act"], &act["effect_mp"], &act["minutes"])).collect();
    assert_eq!(acts, tasks);
    let firsts: Vec<_> =
        report["acts"].as_array().expect("acts").iter().map(|act| &act["first_3_runs"]).collect();
    assert!(firsts.iter().take(3).all(|runs| **runs == 20) && firsts.iter().skip(3).all(|runs| **runs == 0));
}

#[test]
fn a_run_is_the_score_under_the_policy_that_can_be_printed() {
    let folder = tempfile::tempdir().expect("a folder");
    let policy = folder.path().join("policy.yaml");
    let policy_name = policy.to_str().expect("UTF-8");
    for seed in ["1", "2", "77", "18446744073709551615"] {
        let report = json(&["--runs", "1", "--seed", seed]);
        let printed = stdout_of(&["sensitivity", EXAMPLE, "--show-policy", "1", "--seed", seed]);
        std::fs::write(&policy, printed).expect("written");
        let score = debt().args(["score", EXAMPLE, "--policy", policy_name, "--format", "json"]).end().json();
        assert_eq!(report["score"]["median_mp"], score["score"]["mp"], "{seed}");
        let grade = report["grades"].as_array().expect("grades").iter().find(|grade| grade["runs"] == 1);
        assert_eq!(grade.expect("one")["grade"], score["score"]["grade"]);
    }
}

#[test]
fn one_change_at_a_time_is_the_score_under_that_policy() {
    let report = json(&["--runs", "1"]);
    let rows = report["one_at_a_time"].as_array().expect("rows");
    assert!(rows.len() > 20);
    let under = |policy: &str| {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("policy.yaml");
        std::fs::write(&path, policy).expect("written");
        let path = path.to_str().expect("UTF-8");
        debt().args(["score", EXAMPLE, "--policy", path, "--format", "json"]).end().json()
    };
    for (key, variation, policy) in [
        (Some("D201"), "half", "principal: {D201: 2.5}\n"),
        (Some("D201"), "half-more", "principal: {D201: 7.5}\n"),
        (Some("conversations.promotion"), "half-more", "conversations: {promotion: 6}\n"),
        (Some("interest.weekly_percent"), "half", "interest: {weekly_percent: 2.5}\n"),
        (Some("D101"), "off", "disable: [D101]\n"),
        (None, "no-interest", "interest: {weekly_percent: 0}\n"),
    ] {
        let row = rows.iter().find(|row| row["key"].as_str() == key && row["variation"] == variation);
        let row = row.unwrap_or_else(|| panic!("{key:?} {variation}"));
        let score = under(policy);
        assert_eq!(
            (&row["score_mp"], &row["grade"]),
            (&score["score"]["mp"], &score["score"]["grade"]),
            "{row}"
        );
        if variation != "off" {
            assert_eq!(row["first_act"], score["tasks"][0]["act"], "{row}");
        }
    }
}

/// The same draws in Python, each scored by the second scorer.
#[test]
fn another_language_draws_and_scores_the_same() {
    let Some(python) = needs::PYTHON.there() else { return };
    let run = run::tool(python).arg(root().join("tests/oracle/sensitivity.py")).arg(run::program());
    let said = run.args(["3", "0", "200"]).end().ok();
    assert!(said.contains("600 runs compared, 0 differences"), "{said}");
}

#[test]
fn the_same_bytes_on_any_number_of_processors() {
    let once = |threads: &str| {
        let arguments = ["sensitivity", EXAMPLE, "--format", "json", "--runs", "300"];
        debt().args(arguments).env("RAYON_NUM_THREADS", threads).end().ok()
    };
    assert_eq!(once("1"), once("2"));
}

#[test]
fn as_a_person_sees_it() {
    insta::assert_snapshot!("sensitivity_table", stdout_of(&["sensitivity", EXAMPLE]));
    let csv = stdout_of(&["sensitivity", EXAMPLE, "--runs", "1", "--format", "csv"]);
    assert!(csv.starts_with("key,variation,score_mp,change_mp,grade,first_act,spearman\r\n"));
    let one =
        "as_of: 2026-11-20\npeople: [{id: ana, squad: a}, {id: bo, squad: a}]\nsquads: [{id: a, lead: bo}]\n";
    let report = debt().args(["sensitivity", "-", "--format", "json"]).stdin(one).end().json();
    assert_eq!((&report["spearman"], &report["groups"]), (&Value::Null, &serde_json::json!([])));
}
