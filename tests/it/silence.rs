//! What a file that says less comes to: nobody edits it for weeks, it never spoke of 1:1s, or a key is taken out. A score
//! may fall by that, but then the range, the coverage or the rule's page tells.

use std::fmt::Write as _;

use debt::base::points::MilliPoints;
use debt::score::part::Part;
use debt::score::{range, scorecard};
use serde_json::Value;

use crate::run;
use crate::support::{day, file, read, sources};

/// Five people with nothing open, on the day they wrote their file.
const TEAM: &str = "
people:
  - {id: ana, squad: pay, guild: web, level: 3, track: warrant}
  - {id: gus, squad: pay, guild: web, level: 3, track: warrant}
  - {id: eve, squad: pay, guild: web, level: 3, track: warrant}
  - {id: bo, squad: pay, guild: web, level: 5, track: officer, delivery_owner: dee}
  - {id: cy, squad: pay, guild: web, level: 5, track: officer, craft_owner: kim}
  - {id: dee, external: true}
  - {id: kim, external: true}
squads:
  - id: pay
    lead: bo
    escalates_to: dee
    context: {success: paid in a minute, constraints: [no card data], closed: [one database], reviewed: 2026-11-01}
guilds:
  - id: web
    lead: cy
    lanes:
      - {track: warrant, levels: [{level: 3, pay: 100}, {level: 5, pay: 130}]}
      - {track: officer, levels: [{level: 3, pay: 100}, {level: 5, pay: 130}]}
meetings:
  - {owner: bo, with: ana, purpose: delivery, every: weekly, last_held: 2026-11-18}
  - {owner: bo, with: gus, purpose: delivery, every: weekly, last_held: 2026-11-18}
  - {owner: bo, with: eve, purpose: delivery, every: weekly, last_held: 2026-11-18}
  - {owner: bo, with: cy, purpose: delivery, every: weekly, last_held: 2026-11-18}
  - {owner: dee, with: bo, purpose: delivery, every: biweekly, last_held: 2026-11-12}
  - {owner: cy, with: ana, purpose: craft, every: biweekly, last_held: 2026-11-13}
  - {owner: cy, with: gus, purpose: craft, every: biweekly, last_held: 2026-11-13}
  - {owner: cy, with: eve, purpose: craft, every: biweekly, last_held: 2026-11-13}
  - {owner: cy, with: bo, purpose: craft, every: biweekly, last_held: 2026-11-13}
  - {owner: kim, with: cy, purpose: craft, every: monthly, last_held: 2026-11-13}
conversations: []
decisions: []
promotions: []
mentorships: [{mentor: cy, mentee: ana}]
";

fn report(text: &str, as_of: &str) -> Value {
    run::debt().args(["score", "-", "--format", "json", "--as-of", as_of]).stdin(text).end().json()
}

fn number(report: &Value, path: &str) -> i64 {
    report.pointer(path).and_then(Value::as_i64).unwrap_or_else(|| panic!("{path} in {report}"))
}

#[test]
fn a_file_that_nobody_edits_gets_less_certain_and_hardly_worse() {
    let fresh = report(TEAM, "2026-11-20");
    assert_eq!(number(&fresh, "/score/mp"), 0, "{fresh}");
    let mut unknown = number(&fresh, "/coverage/unknown");
    let mut width = number(&fresh, "/range/high_mp") - number(&fresh, "/score/mp");
    // After 4, 10 and 26 weeks.
    for later in ["2026-12-18", "2027-01-29", "2027-05-21"] {
        let report = report(TEAM, later);
        let grade = report["score"]["grade"].as_str().expect("a grade");
        assert!(grade <= "B", "{grade} on {later}: {report}");
        let (now, wide) = (
            number(&report, "/coverage/unknown"),
            number(&report, "/range/high_mp") - number(&report, "/score/mp"),
        );
        assert!(now >= unknown && wide >= width, "{later}: {now} unknown, {wide} wide");
        (unknown, width) = (now, wide);
    }
    assert!(unknown > number(&fresh, "/coverage/unknown"), "it is known to sleep");
    let (_, table, warnings) =
        run::debt().args(["score", "-", "--as-of", "2027-01-29"]).stdin(TEAM).end().parts();
    let said = format!("{table}{warnings}");
    assert!(said.contains("18 Nov") || said.contains("2026-11-18"), "since when it sleeps:\n{said}");
}

#[test]
fn five_employees_say_nothing_about_1on1s() {
    let export = "id,name,manager\n1,Dee,\n2,Ana,1\n3,Bo,1\n4,Cy,1\n5,Eli,1\n";
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("people.csv");
    std::fs::write(&path, export).expect("writable");
    let drafted = run::debt().args(["import", "csv"]).arg(&path).end().ok();
    let report = report(&drafted, "2026-11-20");
    for factor in report["factors"].as_array().expect("a list") {
        let code = factor["code"].as_str().expect("a code");
        assert!(!["D204", "D403", "D603"].contains(&code), "{factor}");
    }
}

/// What the example comes to.
struct Measure {
    score: MilliPoints,
    high: MilliPoints,
    unknown: i64,
    all: i64,
}

fn measure(text: &str) -> Result<Measure, String> {
    let own = read(&sources(text))?;
    let card = scorecard(&own.portfolio, &own.policy, day("2026-11-20"), Part::default());
    let card = card.map_err(|nobody| nobody.to_string())?;
    let answers = card.coverage.total();
    Ok(Measure { score: card.score, high: range::high(&card), unknown: answers.unknown, all: answers.all })
}

/// Every path to a key of an item of a list, and to a key at the top: `meetings.purpose`, `squads.context.closed`.
fn keys(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                if !found.contains(&path) {
                    found.push(path.clone());
                }
                keys(value, &path, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| keys(item, path, found)),
        _ => {}
    }
}

/// Takes a key out wherever its path leads.
fn take_out(value: &mut Value, path: &[&str]) {
    match (value, path) {
        (Value::Array(items), _) => items.iter_mut().for_each(|item| take_out(item, path)),
        (Value::Object(entries), [key]) => drop(entries.remove(*key)),
        (Value::Object(entries), [key, rest @ ..]) => {
            if let Some(value) = entries.get_mut(*key) {
                take_out(value, rest);
            }
        }
        _ => {}
    }
}

/// Keys without which less debt is seen and no number tells, each with a rule whose page says that it cannot be seen.
const TOLD_BY_A_PAGE: &[(&str, &str)] = &[
    ("conversations.deferred_to", "D301"),
    ("decisions.reopened", "D502"),
    ("guilds.lanes.levels", "D702"),
    ("meetings.agenda", "D105"),
    ("mentorships.until", "D802"),
    ("people.left", "D305"),
    ("people.rated_by", "D103"),
    ("promotions.to_track", "D704"),
];

/// The table that shows it is written to `target/keys-taken-out.txt`.
#[test]
fn a_key_that_is_taken_out_is_missed() {
    let text = file("examples/portfolio.yaml");
    let value: Value = serde_yaml::from_str(&text).expect("YAML");
    let whole = measure(&text).expect("it reads");
    let mut paths = Vec::new();
    keys(&value, "", &mut paths);
    let mut table = format!("{:<34} {:>9} {:>9} {:>9}\n", "without", "score", "high", "answered");
    let mut silent = Vec::new();
    for path in &paths {
        let mut less = value.clone();
        take_out(&mut less, &path.split('.').collect::<Vec<_>>());
        let text = serde_yaml::to_string(&less).expect("YAML");
        // A key that must not be missing, or that others refer to, is missed by an error.
        let Ok(now) = measure(&text) else {
            let _ = writeln!(table, "{path:<34} an error tells");
            continue;
        };
        let answered = |one: &Measure| (one.all - one.unknown) * 10_000 / one.all.max(1);
        let (score, high) = ((now.score - whole.score).mp(), (now.high - whole.high).mp());
        let _ =
            writeln!(table, "{path:<34} {score:>+9} {high:>+9} {:>+9}", answered(&now) - answered(&whole));
        let told = high >= 0 || now.unknown > whole.unknown || answered(&now) < answered(&whole);
        let by_a_page = TOLD_BY_A_PAGE.iter().any(|(known, _)| known == path);
        if score < 0 && !told && !by_a_page {
            silent.push(format!("{path}: {score:+} mp"));
        }
    }
    drop(std::fs::write(crate::support::root().join("target/keys-taken-out.txt"), &table));
    for (key, code) in TOLD_BY_A_PAGE {
        let rule = debt::rules::all().find(|rule| rule.code == *code).expect("a rule");
        assert!(rule.page.when.contains("cannot be seen"), "{key}: the page of {code} says why not");
    }
    assert!(silent.is_empty(), "nothing tells that these are missing:\n{}\n\n{table}", silent.join("\n"));
}
