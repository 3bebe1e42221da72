//! The dashboards of examples/dashboards, run on real output.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::PathBuf;

use serde_json::Value;

use super::{CLEAN, EXAMPLE, compared, rendered, with_report};
use crate::{needs, run};

fn example(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/dashboards").join(name)
}

fn on(day: &str) -> String {
    EXAMPLE.replace("as_of: 2026-11-20", &format!("as_of: {day}"))
}

#[test]
fn duckdb_shows_the_trend() {
    let Some(python) = needs::DUCKDB.there() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("reports")).expect("a folder");
    // Two in one week: the later speaks for it.
    let days = ["2026-11-20", "2026-11-23", "2026-11-27", "2026-12-04"];
    for day in days {
        std::fs::write(folder.path().join(format!("reports/{day}.json")), rendered("json", &on(day)))
            .expect("written");
    }
    let script = "import duckdb, sys\n\
                  base = duckdb.connect()\n\
                  base.execute(open(sys.argv[1]).read())\n\
                  rows = lambda query: [print(*row) for row in base.execute(query).fetchall()]\n\
                  rows('select week, mp, against_last, same_policy from by_week order by week')\n\
                  rows('select week, sum(mp)::bigint from by_squad_and_week group by week order by week')\n\
                  rows('select reports, first_seen, first_mp, mp, id, owner from longest limit 1')\n\
                  rows('select count(*), min(day), min_by(mp, day), max(day), min(more) from ahead')\n";
    let run = run::tool(python).within(&folder).args(["-c", script]).arg(example("trend.sql"));
    let said = run.end().ok();
    let score = |day: &str| with_report(&on(day), |report, _| report.score.mp.mp());
    let (first, second, third) = (score(days[0]), score(days[2]), score(days[3]));
    let worst =
        with_report(&on(days[3]), |report, _| report.factors.rows().next().expect("a factor").mp.mp());
    let expected = format!(
        "2026-11-16 {first} None None\n2026-11-23 {second} {} True\n2026-11-30 {third} {} True\n\
         2026-11-16 {first}\n2026-11-23 {second}\n2026-11-30 {third}\n\
         4 2026-11-20 9543 {worst} D301:conversation:ana-promotion Bo Lindqvist\n\
         13 2026-12-04 {third} 2027-02-26 0\n",
        second - first,
        third - second
    );
    assert_eq!(said, expected);
}

#[test]
fn jq_answers_every_question() {
    let Some(_) = needs::JQ.there() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("report.json"), compared("json", EXAMPLE, true)).expect("written");
    let questions = std::fs::read_to_string(example("questions.sh")).expect("there");
    let mut answers = String::new();
    for line in questions.lines().filter(|line| line.starts_with("jq ")) {
        answers.push_str(&run::bare("sh").within(&folder).args(["-c", line]).end().ok());
        answers.push('\n');
    }
    insta::assert_snapshot!(answers);
}

#[test]
fn grafana_asks_for_gauges_that_there_are() {
    let dashboard: Value =
        serde_json::from_str(&std::fs::read_to_string(example("grafana.json")).expect("there"))
            .expect("JSON");
    let gauges = compared("openmetrics", EXAMPLE, true);
    let names: BTreeSet<&str> =
        gauges.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next()).collect();
    let panels = dashboard["panels"].as_array().expect("panels");
    let targets = panels.iter().flat_map(|panel| panel["targets"].as_array().expect("targets"));
    let mut rules = String::from("groups:\n- name: dashboard\n  rules:\n");
    let mut asked = BTreeSet::new();
    for (index, target) in targets.enumerate() {
        let expression = target["expr"].as_str().expect("an expression");
        let words =
            expression.split(|character: char| !(character.is_ascii_alphanumeric() || character == '_'));
        asked.extend(words.filter(|word| word.starts_with("debt_")).map(str::to_owned));
        writeln!(rules, "  - {{record: 'panel:{index}', expr: {}}}", Value::from(expression))
            .expect("a string");
        // A label of a legend is one that the gauges have.
        for label in target["legendFormat"].as_str().expect("a legend").split("{{").skip(1) {
            let label = label.split("}}").next().expect("a label");
            let is_label =
                [format!("{{{label}="), format!(",{label}=")].iter().any(|way| gauges.contains(way));
            assert!(is_label, "{label}");
        }
    }
    let unknown: Vec<_> = asked.iter().filter(|name| !names.contains(name.as_str())).collect();
    assert!(unknown.is_empty() && asked.len() > 8, "{unknown:?}");
    let Some(promtool) = needs::PROMTOOL.there() else { return };
    let file = tempfile::NamedTempFile::with_suffix(".yaml").expect("a file");
    std::fs::write(file.path(), rules).expect("written");
    run::tool(promtool).args(["check", "rules"]).arg(file.path()).end().ok();
}

/// The expression of the panel with this title, for every portfolio.
fn panel(title: &str) -> String {
    let text = std::fs::read_to_string(example("grafana.json")).expect("there");
    let dashboard: Value = serde_json::from_str(&text).expect("JSON");
    let panels = dashboard["panels"].as_array().expect("panels").clone();
    let panel = panels.iter().find(|panel| panel["title"].as_str() == Some(title)).expect("the panel");
    panel["targets"][0]["expr"].as_str().expect("an expression").replace("$portfolio", ".*")
}

#[test]
fn prometheus_finds_what_four_weeks_changed() {
    let Some(promtool) = needs::PROMTOOL.there() else { return };
    // One portfolio loses all its debt, the other one gets it: the same groups, each from zero and to zero.
    let clean = format!("id: other\n{CLEAN}");
    let example = EXAMPLE.replace("id: northquay ", "id: other ");
    let pairs = [
        (
            rendered("openmetrics", EXAMPLE),
            rendered("openmetrics", &CLEAN.replace("as_of:", "id: northquay\nas_of:")),
        ),
        (rendered("openmetrics", &clean), rendered("openmetrics", &example)),
    ];
    let mut rules = String::from("evaluation_interval: 1d\ntests:\n- interval: 1d\n  input_series:\n");
    let mut expected = String::new();
    for (before, after) in &pairs {
        let of = |text: &str| -> Vec<(String, f64)> {
            let groups = text.lines().filter(|line| line.starts_with("debt_group_points{"));
            let value = |line: &str| {
                line.rsplit_once(' ').map(|(name, value)| (name.to_owned(), value.parse().expect("a number")))
            };
            groups.filter_map(value).collect()
        };
        for ((name, before), (same, after)) in of(before).into_iter().zip(of(after)) {
            assert_eq!(name, same);
            // From another machine since the eleventh day, which changes nothing.
            let on = |machine: &str, values: &str| {
                format!(
                    "  - series: {}\n    values: '{values}'\n",
                    Value::from(name.replace('{', &format!("{{instance=\"{machine}\",")))
                )
            };
            rules.push_str(&on("old", &format!("{before}x10 stale")));
            rules.push_str(&on("new", &format!("_x10 {before}x18 {after}x30")));
            let labels = name.trim_start_matches("debt_group_points");
            writeln!(expected, "    - {{labels: {}, value: {}}}", Value::from(labels), after - before)
                .expect("a string");
        }
    }
    assert!(expected.lines().count() == 16 && expected.contains("value: -"), "{expected}");
    let query = Value::from(panel("Change in four weeks, by group of rules"));
    writeln!(
        rules,
        "  promql_expr_test:\n  - expr: {query}\n    eval_time: 50d\n    exp_samples:\n{expected}"
    )
    .expect("a string");
    let file = tempfile::NamedTempFile::with_suffix(".yaml").expect("a file");
    std::fs::write(file.path(), rules).expect("written");
    run::tool(promtool).args(["test", "rules"]).arg(file.path()).end().ok();
}
