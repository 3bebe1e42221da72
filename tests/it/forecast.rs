//! A forecast is arithmetic: each day is the score of that day, and each event the difference that it makes.

use std::collections::BTreeMap;

use debt::base::day::{Day, Days};
use proptest::prelude::*;
use serde_json::Value;

use crate::portfolios::organisations;
use crate::run::debt;
use crate::support::{cases, day, file, holds_schema, stdout_of};

const EXAMPLE: &str = "examples/portfolio.yaml";

fn json(arguments: &[&str]) -> Value {
    debt().args([arguments, &["--format", "json"]].concat()).end().json()
}

fn mp(value: &Value) -> i64 {
    value.as_i64().expect("an amount")
}

/// The report of a text on a day.
fn scored(text: &str, on: &str) -> Value {
    debt().args(["score", "-", "--as-of", on, "--format", "json"]).stdin(text).end().json()
}

fn factor(report: &Value, id: &Value) -> i64 {
    let factors = report["factors"].as_array().expect("a list");
    factors.iter().find(|factor| factor["id"] == *id).map_or(0, |factor| mp(&factor["mp"]))
}

/// Every row is the score of its day, the columns sum to it, and each event is what its factor changes by.
fn holds(text: &str, weeks: &str) -> Value {
    let arguments = ["forecast", "-", "--weeks", weeks, "--format", "json"];
    let ran = debt().args(arguments).stdin(text).end();
    let forecast = ran.json();
    holds_schema("forecast", &forecast);
    let days = forecast["days"].as_array().expect("a list");
    // Events share their days with rows and with each other.
    let mut known = BTreeMap::new();
    let mut scored =
        |on: &str| -> Value { known.entry(on.to_owned()).or_insert_with(|| scored(text, on)).clone() };
    for row in days {
        let on = row["day"].as_str().expect("a day");
        let score = scored(on);
        assert_eq!((&row["mp"], &row["grade"]), (&score["score"]["mp"], &score["score"]["grade"]), "{on}");
        let sum = ["interest_mp", "begins_mp", "missed_mp"].map(|key| mp(&row[key])).into_iter().sum::<i64>();
        assert_eq!(mp(&row["mp"]), mp(&days[0]["mp"]) + sum - mp(&row["ends_mp"]), "{on}");
    }
    for event in forecast["events"].as_array().expect("a list") {
        let on = event["day"].as_str().expect("a day");
        let before = day(on).minus(Days::new(1)).to_string();
        if ["begins", "ends"].iter().any(|kind| event["kind"] == **kind) {
            let (was, is) = (scored(&before), scored(on));
            let change = factor(&is, &event["factor"]) - factor(&was, &event["factor"]);
            // Interest of the one day is no event, where the factor goes on.
            let apart = (change - mp(&event["mp"])).abs();
            let goes_on = factor(&was, &event["factor"]) > 0 && factor(&is, &event["factor"]) > 0;
            assert!(apart == 0 || goes_on, "{event}: {change}");
        }
    }
    forecast
}

#[test]
fn each_day_is_the_score_of_that_day() {
    for example in [EXAMPLE, "examples/healthy.yaml", "examples/minimal.yaml"] {
        holds(&file(example), "20");
    }
}

proptest! {
    #![proptest_config(cases(4))]

    #[test]
    fn each_day_of_any_portfolio(organisation in organisations()) {
        holds(&organisation.yaml(), "6");
    }
}

#[test]
fn who_comes_or_goes_is_measured_against_coming_or_going_a_day_later() {
    let forecast = holds(&file(EXAMPLE), "8");
    let events = forecast["events"].as_array().expect("a list");
    let back = events.iter().find(|event| event["kind"] == "back").expect("Ravi is back");
    let on = back["day"].as_str().expect("a day");
    let later = file(EXAMPLE).replace("until: 2027-01-11", "until: 2027-01-12");
    assert_ne!(later, file(EXAMPLE));
    // None of the 1:1s counts as missed on that day in either.
    let difference = mp(&scored(&file(EXAMPLE), on)["score"]["mp"]) - mp(&scored(&later, on)["score"]["mp"]);
    assert_eq!(mp(&back["mp"]), difference);
}

#[test]
fn budgets_grades_and_acknowledgements_have_their_day() {
    let forecast = json(&["forecast", EXAMPLE, "--weeks", "30", "--max-score", "120", "--max-grade", "C"]);
    let events = forecast["events"].as_array().expect("a list");
    let budget = events.iter().find(|event| event["kind"] == "budget").expect("120 points are passed");
    let on = day(budget["day"].as_str().expect("a day"));
    let check = |on: Day| {
        let on = on.to_string();
        debt().args(["check", EXAMPLE, "--max-score", "120", "--as-of", &on]).end().status
    };
    assert_eq!((check(on.minus(Days::new(1))), check(on)), (0, 1), "the gate says the same");
    let lapses = events.iter().find(|event| event["kind"] == "lapses").expect("one ends");
    assert_eq!((lapses["day"].as_str(), &lapses["mp"]), (Some("2026-12-12"), &Value::Null));
    let text = file(EXAMPLE);
    for event in events.iter().filter(|event| event["kind"] == "grade") {
        let on = event["day"].as_str().expect("a day");
        let before = day(on).minus(Days::new(1)).to_string();
        let grade = |on: &str| scored(&text, on)["score"]["grade"].as_str().expect("a grade").to_owned();
        assert_eq!(
            event["what"].as_str(),
            Some(format!("the grade goes from {} to {}", grade(&before), grade(on)).as_str())
        );
    }
}

#[test]
fn what_is_done_first_stands_beside_nothing() {
    let act = "label:meeting:nia-kofi";
    let forecast = json(&["forecast", EXAMPLE, "--do", act, "--on", "2026-12-24"]);
    let what_if = json(&["what-if", EXAMPLE, "--do", act, "--on", "2026-12-24"]);
    let last = forecast["if_done"]["days"].as_array().expect("days").last().expect("one").clone();
    assert_eq!((last["day"].as_str(), &last["mp"]), (Some("2026-12-24"), &what_if["score"]["mp"]));
    assert_eq!(forecast["days"][0]["mp"], json(&["score", EXAMPLE])["score"]["mp"]);
    assert_eq!(forecast["done"].as_array().map(Vec::len), Some(1));
}

#[test]
fn it_ends_where_nobody_is_scored() {
    let text = "as_of: 2026-11-20\npeople: [{id: ana, left: 2026-12-01}]\n";
    let forecast = debt().args(["forecast", "-", "--format", "json"]).stdin(text).end().json();
    assert_eq!(forecast["nobody_from"], "2026-12-01");
    assert_eq!(forecast["days"].as_array().map(Vec::len), Some(2));
}

#[test]
fn as_a_person_sees_it() {
    insta::assert_snapshot!("forecast_table", stdout_of(&["forecast", EXAMPLE, "--weeks", "8"]));
    let two = ["forecast", EXAMPLE, "--weeks", "8", "--do", "label:meeting:nia-kofi", "--max-score", "120"];
    insta::assert_snapshot!("forecast_do", stdout_of(&two));
    insta::assert_snapshot!(
        "forecast_csv",
        stdout_of(&["forecast", EXAMPLE, "--weeks", "3", "--format", "csv"])
    );
    let page = stdout_of(&["forecast", EXAMPLE, "--format", "html"]);
    assert!(page.contains("If nothing happens") && page.contains("What happens when"));
}

#[test]
fn what_cannot_be_forecast_is_said() {
    let before = debt().args(["forecast", EXAMPLE, "--on", "2026-11-20"]).end().exits(2);
    before.says("--on 2026-11-20 is not after 2026-11-20, the day of the portfolio");
    let far = debt().args(["forecast", EXAMPLE, "--on", "2056-11-20"]).end().exits(2);
    far.says("more than 520 weeks");
    let unknown = debt().args(["forecast", EXAMPLE, "--do", "label:meeting:nia-kofy"]).end().exits(2);
    unknown.says("did you mean `label:meeting:nia-kofi`?");
    let aggregate = ["forecast", EXAMPLE, "--do", "label:meeting:nia-kofi", "--privacy", "aggregate"];
    debt().args(aggregate).end().exits(2).says("single people");
}
