//! A run that scores nothing says so in every format of CI, and nothing of an earlier run is left to be taken for it.

use quick_junit::{NonSuccessKind, TestCaseStatus, XmlString};
use serde_json::Value;

use super::{run_of, samples};
use crate::formats::findings::{is_junit, is_metrics, is_sarif};
use crate::gate_kit::{ORG, Place, with};
use crate::run;

const CI: [&str; 6] = ["junit", "sarif", "gitlab", "openmetrics", "github", "markdown"];

fn broken() -> Place {
    let place = Place::plain();
    let text = with(ORG, "owner: bo, with: gus}", "owner: bo, with: gus, porpoise: craft}");
    place.write("portfolio.yaml", &format!("id: payments\n{text}"));
    place
}

#[test]
fn each_format_of_ci_has_its_form() {
    let place = broken();
    for format in CI {
        let ran = place.debt(&["score", "--format", format]).exits(2);
        assert!(ran.err.contains("unknown-key"), "{format}: {}", ran.err);
        // The same in a file, beside a table that has no such form.
        let file = format!("{format}:out");
        let other = place.debt(&["score", "--output", &file]).exits(2);
        assert_eq!((other.out.as_str(), place.read("out")), ("", ran.out.clone()), "{format}");
        assert!(format == "openmetrics" || ran.out.contains("porpoise"), "{format}: {}", ran.out);
        std::fs::remove_file(place.path().join("out")).expect("removed");
    }
}

#[test]
fn junit_has_one_case_with_an_error() {
    let report = is_junit(&broken().debt(&["score", "--format", "junit"]).exits(2).out);
    assert_eq!((report.tests, report.failures, report.errors), (1, 0, 1));
    let case = &report.test_suites[0].test_cases[0];
    assert_eq!(case.classname.as_ref().map(XmlString::as_str), Some("payments.input"));
    let TestCaseStatus::NonSuccess { kind, ty, description, .. } = &case.status else { panic!("it passed") };
    assert_eq!((kind, ty.as_ref().map(XmlString::as_str)), (&NonSuccessKind::Error, Some("unknown-key")));
    let text = description.as_ref().expect("a text").as_str();
    assert!(text.starts_with("portfolio.yaml:19:40: [unknown-key] unknown key `porpoise`"), "{text}");
}

#[test]
fn sarif_has_a_notification_at_its_line() {
    let text = broken().debt(&["score", "--format", "sarif"]).exits(2).out;
    is_sarif(&text);
    let run = run_of(&text);
    assert_eq!(run["automationDetails"]["id"], "debt/payments/");
    assert_eq!(run["results"], Value::Array(Vec::new()));
    let invocation = &run["invocations"][0];
    assert_eq!(
        (&invocation["executionSuccessful"], &invocation["exitCode"]),
        (&Value::from(false), &Value::from(2))
    );
    let said = &invocation["toolExecutionNotifications"][0];
    assert_eq!(
        (&said["level"], &said["descriptor"]["id"]),
        (&Value::from("error"), &Value::from("unknown-key"))
    );
    assert_eq!(said["locations"][0]["physicalLocation"]["region"]["startLine"], 19);
}

#[test]
fn gitlab_and_github_show_it_beside_its_line() {
    let place = broken();
    let issues: Vec<Value> =
        serde_json::from_str(&place.debt(&["score", "--format", "gitlab"]).exits(2).out).expect("JSON");
    assert_eq!(issues.len(), 1);
    let at = &issues[0]["location"];
    assert_eq!((&at["path"], &at["lines"]["begin"]), (&Value::from("portfolio.yaml"), &Value::from(19)));
    assert_eq!(issues[0]["severity"], "blocker");
    let github = place.debt(&["score", "--format", "github"]).exits(2).out;
    let first = "::error file=portfolio.yaml,line=19,col=40,title=Decision Debt%3A unknown-key::unknown key `porpoise`%0A";
    assert!(github.starts_with(first), "{github}");
    assert!(github.ends_with("\n::notice title=Decision Debt::Nothing could be scored\n"), "{github}");
}

#[test]
fn a_gauge_of_yesterday_is_not_taken_for_one_of_today() {
    let place = broken();
    let whole = place.read("portfolio.yaml");
    let run = ["score", "--output", "openmetrics:debt.prom"];
    place.write("portfolio.yaml", &format!("id: payments\n{ORG}"));
    place.debt(&run).ok();
    assert!(place.read("debt.prom").contains("debt_up{portfolio=\"payments\"} 1.0\n"));
    place.write("portfolio.yaml", &whole);
    place.debt(&run).exits(2);
    let text = place.read("debt.prom");
    is_metrics(&text);
    assert_eq!(samples(&text), ["debt_up{portfolio=\"payments\"} 0.0"]);
    // Where there is no file at all, and with a part of it.
    std::fs::remove_file(place.path().join("portfolio.yaml")).expect("removed");
    let part: Vec<&str> = run.into_iter().chain(["--id", "payments", "--squad", "ledger"]).collect();
    place.debt(&part).exits(2);
    assert_eq!(samples(&place.read("debt.prom")), ["debt_up{portfolio=\"payments/squad:ledger\"} 0.0"]);
}

#[test]
fn every_verb_that_reports_has_them() {
    let place = broken();
    place.write("good.yaml", ORG);
    let runs: [&[&str]; 4] = [
        &["check", "--max-score", "3"],
        &["check", "--baseline", "no-such-baseline", "good.yaml"],
        &["diff", "good.yaml", "portfolio.yaml"],
        &["what-if", "--do", "label:meeting:bo-gus"],
    ];
    for arguments in runs {
        let all: Vec<&str> = arguments.iter().copied().chain(["--format", "junit"]).collect();
        let report = is_junit(&place.debt(&all).exits(2).out);
        assert_eq!((report.tests, report.errors), (1, 1), "{arguments:?}");
    }
}

#[test]
fn what_was_read_is_never_written_over() {
    let place = broken();
    let before = place.read("portfolio.yaml");
    for arguments in [
        &["score", "--output", "junit:portfolio.yaml"][..],
        &["score", "--as-of", "2026-11-20", "--output", "markdown:./portfolio.yaml", "portfolio.yaml"],
        &["check", "--max-score", "3", "--policy", "portfolio.yaml", "--output", "sarif:portfolio.yaml"],
        &["score", ".", "--output", "openmetrics:new.yaml"],
    ] {
        place.debt(arguments).exits(2);
        assert_eq!(place.read("portfolio.yaml"), before, "{arguments:?}");
    }
    assert!(!place.path().join("new.yaml").exists());
}

#[test]
fn errors_show_no_more_than_the_privacy_lets_them() {
    let place = broken();
    let key = [("DEBT_PSEUDONYM_KEY", "a key of sixteen bytes or more")];
    for format in CI {
        let ran =
            place.debt_in(".", &["score", "--privacy", "pseudonyms", "--format", format], &key).exits(2);
        assert!(!ran.out.contains("porpoise") && !ran.out.contains("payments"), "{format}: {}", ran.out);
        let hidden = ["score", "--privacy", "pseudonyms", "--no-locations", "--format", format];
        let ran = place.debt_in(".", &hidden, &key).exits(2);
        assert!(
            !ran.out.contains("line=19") && !ran.out.contains("portfolio.yaml:19"),
            "{format}: {}",
            ran.out
        );
        // Without the key nothing is read, and nothing is told.
        let ran = place.debt(&["score", "--privacy", "pseudonyms", "--format", format]).exits(2);
        assert!(!ran.out.is_empty() && !ran.out.contains("payments"), "{format}: {}", ran.out);
    }
}

#[test]
fn standard_input_has_no_file() {
    let ran =
        run::debt().args(["score", "-", "--format", "github"]).stdin("people: [{id: ana, nam: x}]\n").end();
    assert!(ran.out.starts_with("::error title=Decision Debt%3A unknown-key::"), "{}", ran.out);
}
