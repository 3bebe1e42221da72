//! Arithmetic that was not done by the program: a portfolio worked out by hand, and a second scorer in another
//! language over random portfolios.

use crate::needs;
use crate::run;
use crate::support::{file, root, stdout_of};

const PORTFOLIO: &str = "tests/fixtures/arithmetic/portfolio.yaml";

/// `expected.txt` says line by line how each number comes about.
#[test]
fn twenty_nine_factors_worked_out_by_hand() {
    let report: serde_json::Value =
        serde_json::from_str(&stdout_of(&["score", PORTFOLIO, "--format", "json"])).expect("JSON");
    let rows = |list: &str| report[list].as_array().expect("a list").clone();
    let mut said = String::new();
    for row in rows("factors") {
        let id = row["id"].as_str().expect("text");
        let [principal, fees, interest, value] = ["principal_mp", "fees_mp", "interest_mp", "mp"]
            .map(|key| row[key].as_i64().expect("a whole number"));
        said.push_str(&format!("{id} {principal} {fees} {interest} {value}\n"));
    }
    for row in rows("written_off") {
        said.push_str(&format!("written-off {} {}\n", row["id"].as_str().expect("text"), row["mp"]));
    }
    let expected = file("tests/fixtures/arithmetic/expected.txt");
    let lines = expected.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let expected: String =
        lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ") + "\n").collect();
    assert_eq!(said, expected);
}

/// `tests/oracle` is a scorer written from the design alone, in Python: it must find the same factors, to the
/// milli-point, the same coverage and the same people set aside, on each of three days for each portfolio.
#[test]
fn a_second_scorer_agrees_on_random_portfolios() {
    let Some(python) = needs::PYTHON.there() else { return };
    let run = run::tool(python).arg(root().join("tests/oracle/differential.py")).arg(run::program());
    let said = run.args(["120", "1000"]).end().ok();
    assert!(said.contains("360 scorecards"), "{said}");
}
