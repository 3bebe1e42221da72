//! Staffing is shown by name in every format, and its rows sum to its amount; each row's sentence speaks of the state
//! that it is about.

use serde_json::Value;

use super::{COMMITTED, HEALTHY, JUDGED, MIXED, Verdict, commit_on, edit, judge, judge_on, step};
use crate::gate_kit::Place;
use crate::run::Ran;

/// Bo owes Ana a talk.
fn owed() -> String {
    let talk = "conversations: [{id: talk, kind: promotion, owner: bo, with: ana, raised: 2026-10-01}]";
    edit(HEALTHY, &[("conversations: []", talk)])
}

/// Ana and what is about her are in the file no more.
fn without_ana() -> String {
    HEALTHY.lines().filter(|line| !line.contains("ana")).map(|line| format!("{line}\n")).collect()
}

fn committed(text: &str) -> Option<Place> {
    let place = Place::repository()?;
    place.write("portfolio.yaml", text);
    commit_on(&place, COMMITTED);
    Some(place)
}

fn shown(place: &Place, more: &[&str]) -> Ran {
    place.debt(&[&["check", "--against", "HEAD", "--as-of", JUDGED], more].concat())
}

/// The only row about a factor that is staffing.
#[track_caller]
fn row(verdict: &Verdict, id: &str) -> Value {
    let rows = verdict.change["factors"].as_array().expect("rows");
    let found: Vec<&Value> = rows.iter().filter(|row| row["id"] == id && row["kind"] == "staffing").collect();
    assert_eq!(found.len(), 1, "{rows:#?}");
    found[0].clone()
}

#[track_caller]
fn how(verdict: &Verdict, id: &str, how: &str, who: impl Into<Value>) {
    let row = row(verdict, id);
    assert_eq!((&row["how"], &row["who"]), (&Value::from(how), &who.into()), "{row:#}");
}

#[test]
fn what_left_with_somebody_is_named_in_every_format() {
    let Some(place) = committed(&owed()) else { return };
    place.write("portfolio.yaml", &without_ana());
    let verdict = judge(&place, &[]).holds(0);
    let left = row(&verdict, "D301:conversation:talk");
    assert_eq!(left["to_mp"], 0);
    assert_eq!(left["from_mp"].as_i64(), Some(-verdict.amount("staffing_mp")), "{left:#}");
    how(&verdict, "D301:conversation:talk", "removed", "ana");
    for format in ["table", "github", "markdown", "html", "sarif"] {
        let ran = shown(&place, &["--format", format]).exits(0);
        for words in ["bo owes ana the promotion talk", "removed", "D301"] {
            let rule_is_linked = words == "D301" && ["markdown", "html"].contains(&format);
            assert!(rule_is_linked || ran.out.contains(words), "{format} lacks {words}:\n{}", ran.out);
        }
    }
}

#[test]
fn names_are_withheld_there_too() {
    let Some(place) = committed(&owed()) else { return };
    place.write("portfolio.yaml", &without_ana());
    let key = [("DEBT_PSEUDONYM_KEY", "a key of sixteen bytes or more")];
    for format in ["table", "github", "markdown", "html", "sarif", "json"] {
        let more = ["check", "--against", "HEAD", "--as-of", JUDGED, "--format", format, "--privacy"];
        let ran = place.debt_in(".", &[&more[..], &["pseudonyms"]].concat(), &key).exits(0);
        // The rules in SARIF come with examples, in which there is an Ana.
        let said = ran.out.split_once("\"invocations\"").map_or(ran.out.as_str(), |(_, said)| said);
        let words = said.split(|one: char| !one.is_alphanumeric());
        assert!(!words.clone().any(|word| word == "ana"), "{format}:\n{}", ran.out);
        assert!(words.clone().any(|word| word == "removed"), "{format}:\n{}", ran.out);
    }
    let more = ["--format", "json", "--privacy", "aggregate", "--min-group", "2"];
    let report: Value = serde_json::from_str(&shown(&place, &more).exits(0).out).expect("JSON");
    assert!(report["change"]["factors"].as_array().expect("rows").is_empty());
    assert_ne!(report["change"]["staffing_mp"], 0);
}

#[test]
fn who_left_joined_went_away_or_came_back_is_said() {
    let left = edit(HEALTHY, &[("{id: bo, ", "{id: bo, left: 2026-11-15, ")]);
    let Some(verdict) = step(HEALTHY, &left) else { return };
    how(&verdict.holds(0), "D402:person:ana", "left", "bo");
    let away = edit(&owed(), &[("{id: ana, ", "{id: ana, away: [{from: 2026-09-01, until: 2027-01-01}], ")]);
    let Some(verdict) = step(&owed(), &away) else { return };
    how(&verdict.holds(0), "D301:conversation:talk", "away", "ana");
    let Some(verdict) = step(&away, &owed()) else { return };
    how(&verdict.holds(0), "D301:conversation:talk", "returned", "ana");
    let both = edit(HEALTHY, &[("{id: backend, lead: cy}", "{id: backend, lead: bo}")]);
    let hired = ("people:\n", "people:\n  - {id: eve, squad: pay, guild: backend, started: 2026-11-12}\n");
    let Some(verdict) = step(&both, &edit(&both, &[hired])) else { return };
    how(&verdict.holds(0), "D203:person:eve", "joined", Value::Null);
    let handed = edit(HEALTHY, &[("{id: pay, lead: bo}", "{id: pay, lead: dee}")]);
    let Some(verdict) = step(HEALTHY, &handed) else { return };
    how(&verdict.holds(0), "D104:meeting:bo-ana", "handed-over", Value::Null);
}

/// Nobody owned Ana's delivery line. Now Dee does, and has no 1:1 with her yet.
#[test]
fn a_row_speaks_of_the_state_that_it_is_about() {
    let base = edit(
        HEALTHY,
        &[
            ("{id: ana, squad: pay, guild: backend}", "{id: ana, guild: backend}"),
            ("  - {id: bo-ana, owner: bo, with: ana, purpose: delivery}\n", ""),
        ],
    );
    let named = ("{id: ana, guild: backend}", "{id: ana, guild: backend, delivery_owner: dee}");
    let Some(place) = committed(&base) else { return };
    place.write("portfolio.yaml", &edit(&base, &[named]));
    let verdict = judge(&place, &[]).holds(-3_000);
    verdict.how("D401:person:ana", "repaired", "named");
    let table = shown(&place, &[]).exits(0).out;
    assert!(table.contains("ana has no delivery owner"), "{table}");
    assert!(!table.contains("ana has no Delivery 1:1"), "{table}");
    // What is left of it is there as before, and code scanning is told so.
    let sarif: Value =
        serde_json::from_str(&shown(&place, &["--format", "sarif"]).exits(0).out).expect("JSON");
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    let rest = results.iter().find(|result| result["ruleId"] == "D403").expect("what is left");
    assert_eq!(rest["baselineState"], "updated");
}

#[test]
fn the_acknowledgement_to_paste_is_in_markdown_html_and_json_and_lets_the_change_pass() {
    let Some(place) = committed(HEALTHY) else { return };
    let head = edit(HEALTHY, &[MIXED]);
    place.write("portfolio.yaml", &head);
    let verdict = judge(&place, &[]).fails(4_000);
    let yaml = verdict.change["to_acknowledge"].as_str().expect("YAML").to_owned();
    assert!(yaml.starts_with("acknowledgements:\n  - factor: D101:meeting:bo-gus\n"), "{yaml}");
    let asked = "Did any of it exist before 2026-11-10?";
    let markdown = shown(&place, &["--format", "markdown"]).exits(1).out;
    assert!(markdown.contains(&format!("\n```yaml\n{yaml}```\n\n</details>\n")), "{markdown}");
    let html = shown(&place, &["--format", "html"]).exits(1).out;
    assert!(html.contains("  - factor: D101:meeting:bo-gus\n"), "{html}");
    let table = shown(&place, &[]).exits(1).out;
    for text in [markdown, html, table] {
        assert!(text.contains(asked) && text.contains("named_on: 2026-11-20"), "{text}");
    }
    let key = [("DEBT_PSEUDONYM_KEY", "a key of sixteen bytes or more")];
    let withheld =
        ["check", "--against", "HEAD", "--as-of", JUDGED, "--format", "markdown", "--privacy", "pseudonyms"];
    assert!(!place.debt_in(".", &withheld, &key).exits(1).out.contains("```yaml"));
    place.write("portfolio.yaml", &format!("{head}{}", yaml.replace("why it waits", "until spring")));
    let verdict = judge_on(&place, JUDGED, &["--against", "HEAD"]).holds(0);
    assert!(verdict.change["to_acknowledge"].is_null());
    for format in ["markdown", "html", "table"] {
        let text = shown(&place, &["--format", format]).exits(0).out;
        assert!(!text.contains(asked) && !text.contains("To accept it until a day"), "{text}");
    }
}

#[test]
fn acknowledgements_in_force_are_listed_where_nothing_changed() {
    let named = "acknowledgements:\n  - {factor: D101:meeting:bo-gus, reason: until spring, named_on: 2026-11-09, through: 2026-12-01}\n";
    let Some(place) = committed(&format!("{}{named}", edit(HEALTHY, &[MIXED]))) else { return };
    let text = shown(&place, &[]).exits(0).out;
    assert!(text.contains("Acknowledged for now") && text.contains("11 days left: until spring"), "{text}");
    assert!(!shown(&place, &["--privacy", "aggregate", "--min-group", "2"]).exits(0).out.contains("spring"));
}

/// What begins later is shown where a pull request is read, too.
#[test]
fn what_begins_later_is_in_markdown_and_html() {
    let Some(place) = committed(HEALTHY) else { return };
    let later = edit(
        HEALTHY,
        &[(
            "meetings:\n",
            "meetings:\n  - {id: soon, owner: bo, with: gus, purpose: both, since: 2026-11-21}\n",
        )],
    );
    place.write("portfolio.yaml", &later);
    for format in ["table", "markdown", "html"] {
        let text = shown(&place, &["--format", format]).exits(1).out;
        assert!(text.contains("Counts as new, too") && text.contains("begins on 21 Nov"), "{text}");
    }
}
