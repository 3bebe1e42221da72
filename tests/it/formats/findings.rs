//! `sarif`, `github`, `gitlab`, `junit`, `openmetrics`: read by the clients they are for.

use std::collections::HashSet;

use debt::render::{Breakdown, Screen, View};
use debt::report::FactorRow;
use quick_junit::{NonSuccessKind, Report, TestCaseStatus};
use serde_json::Value;

use super::hostile::portfolio;
use super::{CLEAN, EXAMPLE, HEALTHY, compared, rendered, with_report};
use crate::{needs, run};

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

fn results(text: &str) -> Vec<Value> {
    json(text)["runs"][0]["results"].as_array().expect("results").clone()
}

/// What its schema says, where that is at hand.
pub(crate) fn is_sarif(text: &str) {
    let Some(folder) = needs::SHARED_DATA.there() else { return };
    let Ok(schema) = std::fs::read_to_string(folder.join("schemas/sarif-2.1.0.schema.json")) else { return };
    let validator =
        jsonschema::options().should_validate_formats(true).build(&json(&schema)).expect("a schema");
    let errors: Vec<String> =
        validator.iter_errors(&json(text)).take(5).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
}

#[test]
fn sarif_is_what_its_schema_says() {
    is_sarif(&compared("sarif", &portfolio(), true));
    is_sarif(&rendered("sarif", EXAMPLE));
    is_sarif(&rendered("sarif", CLEAN));
}

#[test]
fn sarif_keeps_its_promises() {
    let text = rendered("sarif", EXAMPLE);
    let rules = json(&text)["runs"][0]["tool"]["driver"]["rules"].clone();
    for (index, rule) in rules.as_array().expect("rules").iter().enumerate() {
        assert_eq!(rule["helpUri"], format!("sarif:/runs/0/tool/driver/rules/{index}/help"));
        let help = rule["help"]["text"].as_str().expect("help");
        assert!(
            help.len() > 100 && !help.contains(['{', '}']),
            "a number of the policy is not filled in: {help}"
        );
    }
    let levels: Vec<String> = results(&text).iter().map(|result| result["level"].to_string()).collect();
    let count = |level: &str| levels.iter().filter(|found| **found == format!("\"{level}\"")).count();
    assert_eq!((count("error"), count("warning"), count("note")), (12, 30, 8));
    for result in results(&text) {
        let location = &result["locations"][0]["physicalLocation"];
        assert_eq!(location["artifactLocation"]["uri"], "teams/portfolio.yaml");
        assert_eq!(
            rules[usize::try_from(result["ruleIndex"].as_u64().expect("a rule")).expect("small")]["id"],
            result["ruleId"]
        );
        assert!(result.get("baselineState").is_none());
    }
    let acknowledged =
        results(&text).into_iter().find(|result| result.get("suppressions").is_some()).expect("one");
    assert_eq!(
        (acknowledged["level"].as_str(), acknowledged["ruleId"].as_str()),
        (Some("note"), Some("D101"))
    );
}

#[test]
fn a_fingerprint_is_the_finding_and_nothing_else() {
    let prints = |text: &str| -> Vec<(String, String)> {
        let print =
            |result: &Value, name: &str| result["partialFingerprints"][name].as_str().expect("it").to_owned();
        let mut all: Vec<_> = results(text)
            .iter()
            .map(|result| (print(result, "debt/v1"), print(result, "primaryLocationLineHash")))
            .collect();
        all.sort();
        all
    };
    let before = prints(&rendered("sarif", EXAMPLE));
    assert_eq!(before.iter().collect::<HashSet<_>>().len(), before.len());
    // Another day, other lines, other amounts.
    let after = prints(&rendered(
        "sarif",
        &format!("\n\n# moved\n{}", EXAMPLE.replace("as_of: 2026-11-20", "as_of: 2026-11-23")),
    ));
    assert_eq!(before, after);
}

#[test]
fn code_scanning_gets_no_more_than_it_takes() {
    // Nobody owns either line of anybody: two factors each.
    let people: Vec<String> = (0..12_600).map(|index| format!("{{id: p{index}}}")).collect();
    let portfolio = format!("as_of: 2026-11-20\npeople: [{}]\n", people.join(", "));
    let text = rendered("sarif", &portfolio);
    assert_eq!(results(&text).len(), 25_000);
    let said = &json(&text)["runs"][0]["invocations"][0]["toolExecutionNotifications"][1];
    let expected = "200 more factors, the smallest, are left out: code scanning takes 25000 results";
    assert_eq!((said["level"].as_str(), said["message"]["text"].as_str()), (Some("warning"), Some(expected)));
}

#[test]
fn sarif_says_what_a_change_did() {
    let states: Vec<Value> = results(&compared("sarif", EXAMPLE, true))
        .iter()
        .map(|result| result["baselineState"].clone())
        .collect();
    assert_eq!(
        (&states[0], &states[1], &states[2]),
        (&Value::from("new"), &Value::from("updated"), &Value::from("unchanged"))
    );
    let said =
        json(&compared("sarif", EXAMPLE, true))["runs"][0]["invocations"][0]["toolExecutionNotifications"]
            .clone();
    assert!(
        said[1]["level"] == "error"
            && said[1]["message"]["text"].as_str().expect("text").starts_with("The gate failed")
    );
}

#[test]
fn a_message_of_sarif_holds_no_link() {
    for result in results(&rendered("sarif", &portfolio())) {
        let text = result["message"]["text"].as_str().expect("text").replace("\\[", "").replace("\\]", "");
        assert!(!text.contains(['[', ']']), "{text}");
    }
}

#[test]
fn github_commands_are_only_ours() {
    // What left with somebody is a notice of its own.
    for (text, notices) in [
        (rendered("github", &portfolio()), 1),
        (rendered("github", EXAMPLE), 1),
        (compared("github", &portfolio(), true), 2),
    ] {
        let commands: Vec<&str> = text
            .lines()
            .map(|line| line.split([' ', ':']).find(|word| !word.is_empty()).expect("a word"))
            .collect();
        let count = |wanted: &str| commands.iter().filter(|command| **command == wanted).count();
        assert!(count("error") <= 10 && count("warning") <= 10, "{commands:?}");
        assert_eq!((count("notice"), commands.last()), (notices, Some(&"notice")));
        assert_eq!(count("error") + count("warning") + count("notice"), commands.len(), "{commands:?}");
        for line in text.lines() {
            let (properties, message) = line[2..].split_once("::").expect("a command");
            assert!(properties.matches('=').count() >= 1 && !message.contains('\r'));
        }
    }
    assert_eq!(rendered("github", CLEAN).lines().count(), 1);
    insta::assert_snapshot!(compared("github", EXAMPLE, true));
    let holds = compared("github", EXAMPLE, false);
    assert!(!holds.contains("::error"), "{holds}");
    let rest = rendered("github", EXAMPLE);
    assert!(rest.ends_with("; 30 more not shown here\n"), "{rest}");
}

#[test]
fn gitlab_takes_it() {
    assert_eq!(rendered("gitlab", CLEAN), "[]\n");
    let issues = json(&rendered("gitlab", &portfolio()));
    let issues = issues.as_array().expect("a list");
    let prints: HashSet<&str> =
        issues.iter().map(|issue| issue["fingerprint"].as_str().expect("text")).collect();
    assert_eq!(prints.len(), issues.len());
    for issue in issues {
        assert!(["critical", "major", "minor"].contains(&issue["severity"].as_str().expect("text")));
        assert!(issue["location"]["lines"]["begin"].as_u64().expect("a line") >= 1);
        assert!(issue["description"].as_str().is_some() && issue["check_name"].as_str().is_some());
        assert_eq!(issue["location"]["path"], "teams/portfolio.yaml");
    }
}

/// What nextest reads; each case once, and every count right.
pub(crate) fn is_junit(text: &str) -> Report {
    let report = Report::deserialize_from_str(text).expect("JUnit");
    let mut names = HashSet::new();
    for suite in &report.test_suites {
        let failed = suite.test_cases.iter().filter(|case| failed(&case.status)).count();
        assert_eq!((suite.tests, suite.failures), (suite.test_cases.len(), failed), "{:?}", suite.name);
        for case in &suite.test_cases {
            assert!(names.insert((case.classname.clone(), case.name.clone())), "{:?} twice", case.name);
        }
    }
    assert_eq!(report.tests, names.len());
    assert_eq!(report.failures, report.test_suites.iter().map(|suite| suite.failures).sum::<usize>());
    report
}

/// The names of the cases that came out like this.
fn named(report: &Report, is: impl Fn(&TestCaseStatus) -> bool) -> HashSet<String> {
    let cases = report.test_suites.iter().flat_map(|suite| &suite.test_cases);
    cases.filter(|case| is(&case.status)).map(|case| case.name.as_str().to_owned()).collect()
}

fn passed(status: &TestCaseStatus) -> bool {
    matches!(status, TestCaseStatus::Success { .. })
}

fn skipped(status: &TestCaseStatus) -> bool {
    matches!(status, TestCaseStatus::Skipped { .. })
}

fn failed(status: &TestCaseStatus) -> bool {
    matches!(status, TestCaseStatus::NonSuccess { kind: NonSuccessKind::Failure, .. })
}

#[test]
fn in_junit_a_factor_passes_where_no_gate_is_asked() {
    // Every rule fires in the example, and few do in the healthy one: a rule that found nothing is a case that passed.
    for (text, some_are_quiet) in [(EXAMPLE, false), (HEALTHY, true)] {
        let report = is_junit(&rendered("junit", text));
        assert_eq!(report.failures, 0);
        let (factors, fired) = with_report(text, |report, _| {
            let id = |row: &FactorRow| (row.id.raw().to_owned(), row.acknowledged.is_some());
            let rule = |row: &FactorRow| format!("{} {}", row.code, row.name);
            let rows: Vec<FactorRow> = report.factors.rows().collect();
            (rows.iter().map(id).collect::<Vec<_>>(), rows.iter().map(rule).collect::<HashSet<_>>())
        });
        let all = debt::rules::all().map(|rule| format!("{} {}", rule.code, rule.name));
        let quiet: HashSet<String> = all.filter(|rule| !fired.contains(rule)).collect();
        assert_eq!(!quiet.is_empty(), some_are_quiet);
        let bare = factors.iter().filter(|(_, named)| !named).map(|(id, _)| id.clone());
        assert_eq!(named(&report, passed), bare.chain(quiet).collect());
        let acknowledged = factors.iter().filter(|(_, named)| *named).map(|(id, _)| id.clone());
        assert_eq!(named(&report, skipped), acknowledged.collect());
    }
    let text = rendered("junit", EXAMPLE);
    assert!(text.contains("<system-out>9.543 points: "), "{text}");
    assert!(text.contains("<skipped message=\"acknowledged through 2026-12-11, 21 days left: "), "{text}");
}

#[test]
fn junit_fails_each_factor_where_that_is_asked() {
    let (text, factors) = with_report(EXAMPLE, |report, _| {
        let screen = Screen { width: None, colour: false, drawing: true };
        let view = View { junit_fail: true, ..View::whole(screen, Breakdown::Group) };
        let mut bytes = Vec::new();
        let format = debt::render::format("junit").expect("it is there");
        (format.render)(report, &view, &mut bytes).expect("memory takes it");
        let bare = report.factors.rows().filter(|row| row.acknowledged.is_none());
        let bare = bare.map(|row| row.id.raw().to_owned()).collect::<HashSet<_>>();
        (String::from_utf8(bytes).expect("UTF-8"), bare)
    });
    assert_eq!(named(&is_junit(&text), failed), factors);
}

#[test]
fn in_junit_what_makes_the_gate_fail_is_failed_and_nothing_else() {
    let report = is_junit(&compared("junit", &portfolio(), true));
    let worst = with_report(&portfolio(), |report, _| {
        report.factors.rows().next().expect("a factor").id.raw().to_owned()
    });
    assert_eq!(named(&report, failed), HashSet::from(["the gate holds".to_owned(), worst]));
    let gate = &report.test_suites[0];
    assert_eq!(gate.name.as_str().rsplit('.').next(), Some("gate"));
    assert_eq!((gate.tests, gate.failures), (1, 1));
    let holds = is_junit(&compared("junit", EXAMPLE, false));
    assert_eq!(holds.failures, 0);
    assert!(named(&holds, passed).contains("the gate holds"));
    for suite in &holds.test_suites {
        assert!(suite.name.as_str().starts_with("northquay."));
        for case in &suite.test_cases {
            assert_eq!(case.classname.as_ref(), Some(&suite.name));
        }
    }
}

#[test]
fn a_clean_run_has_a_passing_case() {
    let report = is_junit(&rendered("junit", CLEAN));
    assert!(report.tests > 0 && report.failures == 0);
    let off: Vec<&str> = debt::rules::all().map(|rule| rule.code).collect();
    let nothing = format!("{CLEAN}policy: {{disable: [{}]}}\n", off.join(", "));
    assert_eq!(is_junit(&rendered("junit", &nothing)).tests, 1);
}

/// What promtool finds nothing to say of.
pub(crate) fn is_metrics(text: &str) {
    let Some(promtool) = needs::PROMTOOL.there() else { return };
    let ran = run::tool(promtool).args(["check", "metrics"]).stdin(text).end().exits(0);
    assert_eq!(ran.err, "");
}

#[test]
fn promtool_finds_nothing_to_say() {
    is_metrics(&rendered("openmetrics", EXAMPLE));
    is_metrics(&compared("openmetrics", &portfolio(), true));
    is_metrics(&rendered("openmetrics", CLEAN));
}

#[test]
fn the_gauges_are_the_contract() {
    let text = compared("openmetrics", EXAMPLE, true);
    assert!(text.ends_with("# EOF\n"));
    let names: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("# TYPE ")).collect();
    let expected = [
        "debt_up",
        "debt_as_of_timestamp_seconds",
        "debt_score_points",
        "debt_points_per_person_points",
        "debt_index_ratio",
        "debt_coverage_ratio",
        "debt_people",
        "debt_factors",
        "debt_group_points",
        "debt_rule_points",
        "debt_squad_points",
        "debt_guild_points",
        "debt_change_points",
        "debt_rise_points",
        "debt_gate_failed",
    ];
    assert_eq!(names, expected.map(|name| format!("{name} gauge")));
    let value = |name: &str| {
        text.lines().find_map(|line| line.strip_prefix(name)).expect("a gauge").trim().to_owned()
    };
    let one = "{portfolio=\"northquay\"} ";
    assert_eq!(value(&format!("debt_up{one}")), "1.0");
    assert_eq!(value(&format!("debt_as_of_timestamp_seconds{one}")), "1795132800.0");
    assert_eq!(value(&format!("debt_score_points{one}")), "123.844");
    assert_eq!(value(&format!("debt_index_ratio{one}")), "0.591");
    assert_eq!(value(&format!("debt_gate_failed{one}")), "1.0");
    assert_eq!(value("debt_change_points{portfolio=\"northquay\",part=\"repaired\"} "), "-3.0");
    // Each group and each rule has its series, whether it found anything or not.
    let clean = rendered("openmetrics", CLEAN);
    let zeros =
        |name: &str| clean.lines().filter(|line| line.starts_with(name) && line.ends_with(" 0.0")).count();
    assert_eq!(zeros("debt_rule_points{"), debt::rules::all().count());
    assert_eq!(zeros("debt_group_points{"), 8);
    // No timestamp, nobody, no factor.
    assert!(
        text.lines().filter(|line| !line.starts_with('#')).all(|line| line
            .rsplit("} ")
            .next()
            .expect("a value")
            .split(' ')
            .count()
            <= 2)
    );
    assert!(!text.contains("Souza") && !text.contains("ana") && !text.contains("D301:"));
}
