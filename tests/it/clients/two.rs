//! Two portfolios whose squads, people and factors have the same ids, in one textfile folder, one upload, one job, one
//! database, one pull request: nothing mixes.

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;

use serde_json::Value;

use super::{run_of, samples};
use crate::formats::findings::{is_junit, is_metrics};
use crate::gate_kit::{ORG, Place, with};
use crate::{needs, run};

/// `a.yaml` and `b.yaml` are called alike and have the same items; only their ids and a meeting differ.
fn both() -> Place {
    let place = Place::plain();
    let less = with(ORG, "  - {id: bo-ana, owner: bo, with: ana, purpose: both}\n", "");
    place.write("a.yaml", &format!("id: team-a\nname: Team\n{ORG}"));
    place.write("b.yaml", &format!("id: team-b\nname: Team\n{less}"));
    place
}

fn each(place: &Place, format: &str) -> [String; 2] {
    ["a.yaml", "b.yaml"].map(|file| place.debt(&["score", file, "--format", format]).ok())
}

/// What both have, which is nothing.
fn shared(all: [HashSet<String>; 2]) -> Vec<String> {
    assert!(all.iter().all(|one| !one.is_empty()));
    all[0].intersection(&all[1]).cloned().collect()
}

const NOTHING: [String; 0] = [];

#[test]
fn in_one_textfile_folder() {
    let texts = each(&both(), "openmetrics");
    for (text, id) in texts.iter().zip(["team-a", "team-b"]) {
        is_metrics(text);
        let label = format!("{{portfolio=\"{id}\"");
        assert!(samples(text).iter().all(|line| line.contains(&label)), "{text}");
    }
    let series = |text: &String| -> HashSet<String> {
        samples(text).iter().map(|line| line.rsplit_once(' ').expect("a value").0.to_owned()).collect()
    };
    assert_eq!(shared([series(&texts[0]), series(&texts[1])]), NOTHING);
    // A collector refuses a gauge that two files describe differently.
    let mut described: BTreeMap<String, String> = BTreeMap::new();
    for line in texts.iter().flat_map(|text| text.lines()) {
        let mut words = line.splitn(4, ' ');
        let (Some("#"), Some(kind @ ("HELP" | "TYPE")), Some(name)) =
            (words.next(), words.next(), words.next())
        else {
            continue;
        };
        let other = described.insert(format!("{kind} {name}"), line.to_owned());
        assert!(other.is_none_or(|other| other == line), "{line}");
    }
}

#[test]
fn in_one_upload() {
    let texts = each(&both(), "sarif");
    let category =
        |text: &String| run_of(text)["automationDetails"]["id"].as_str().expect("an id").to_owned();
    assert_eq!([category(&texts[0]), category(&texts[1])], ["debt/team-a/", "debt/team-b/"]);
    let prints = |text: &String| -> HashSet<String> {
        let results = run_of(text)["results"].as_array().expect("results").clone();
        results
            .iter()
            .flat_map(|result| result["partialFingerprints"].as_object().expect("prints").values())
            .map(Value::to_string)
            .collect()
    };
    assert_eq!(shared([prints(&texts[0]), prints(&texts[1])]), NOTHING);
    let texts = each(&both(), "gitlab");
    let prints = |text: &String| -> HashSet<String> {
        let issues: Vec<Value> = serde_json::from_str(text).expect("JSON");
        issues.iter().map(|issue| issue["fingerprint"].to_string()).collect()
    };
    assert_eq!(shared([prints(&texts[0]), prints(&texts[1])]), NOTHING);
}

#[test]
fn in_one_job() {
    let texts = each(&both(), "junit");
    let cases = |text: &String| -> HashSet<String> {
        let report = is_junit(text);
        let suites = report.test_suites.iter().map(|suite| suite.name.as_str().to_owned());
        let cases = report.test_suites.iter().flat_map(|suite| &suite.test_cases);
        let class = |case: &quick_junit::TestCase| {
            case.classname.as_ref().map_or_else(String::new, |class| class.as_str().to_owned())
        };
        suites.chain(cases.map(|case| format!("{} {}", class(case), case.name.as_str()))).collect()
    };
    assert_eq!(shared([cases(&texts[0]), cases(&texts[1])]), NOTHING);
}

#[test]
fn in_one_pull_request() {
    let texts = each(&both(), "markdown");
    let marker = |text: &String| text.lines().next().expect("a line").to_owned();
    let markers = [marker(&texts[0]), marker(&texts[1])];
    assert_eq!(markers, ["<!-- debt:report team-a -->", "<!-- debt:report team-b -->"]);
}

#[test]
fn in_one_database() {
    let Some(python) = needs::DUCKDB.there() else { return };
    let place = both();
    std::fs::create_dir(place.path().join("reports")).expect("made");
    for (file, day) in [("a", "2026-11-20"), ("b", "2026-11-20"), ("a", "2026-11-27"), ("b", "2026-11-27")] {
        let output = format!("json:reports/{file}-{day}.json");
        place.debt(&["score", &format!("{file}.yaml"), "--as-of", day, "--output", &output]).ok();
    }
    let part = ["score", "a.yaml", "--squad", "ledger", "--output", "json:reports/part.json"];
    place.debt(&part).ok();
    let script = "import duckdb, sys\n\
                  base = duckdb.connect()\n\
                  base.execute(open(sys.argv[1]).read())\n\
                  rows = lambda query: [print(*row) for row in base.execute(query).fetchall()]\n\
                  rows('select portfolio_id, count(*), min(mp) > 0 from by_week group by 1 order by 1')\n\
                  rows('select portfolio_id, max(reports), count(distinct id) = count(*) from longest group by 1 order by 1')\n";
    let queries = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/dashboards/trend.sql");
    let said = run::tool(python).within(place.path()).args(["-c", script]).arg(queries).end().ok();
    let expected = "team-a 2 True\nteam-a/squad:ledger 1 True\nteam-b 2 True\n\
                    team-a 2 True\nteam-a/squad:ledger 1 True\nteam-b 2 True\n";
    assert_eq!(said, expected);
}

fn id_of(place: &Place, arguments: &[&str]) -> String {
    let all: Vec<&str> = ["score", "--format", "json"].iter().chain(arguments).copied().collect();
    place.debt(&all).json()["portfolio_id"].as_str().expect("an id").to_owned()
}

#[test]
fn the_id_is_what_was_typed_else_written_else_a_name() {
    let place = both();
    place.write("Team C.yaml", &format!("name: Équipe C\n{ORG}"));
    place.write("Team D.yaml", ORG);
    place.write("folder/one.yaml", ORG);
    place.write("portfolio.yaml", ORG);
    assert_eq!(id_of(&place, &["a.yaml"]), "team-a");
    assert_eq!(id_of(&place, &["a.yaml", "--id", "other"]), "other");
    assert_eq!(id_of(&place, &["Team C.yaml"]), "equipe-c");
    assert_eq!(id_of(&place, &["Team D.yaml"]), "team-d");
    assert_eq!(id_of(&place, &["folder"]), "folder");
    assert_eq!(id_of(&place, &[]), "portfolio");
    let piped = run::debt().args(["score", "-", "--format", "json"]).stdin(ORG).end().json();
    assert_eq!(piped["portfolio_id"], "portfolio");
    let refused = place.debt(&["score", "--id", "a/b"]).exits(2);
    assert!(refused.err.contains("expected an id"), "{}", refused.err);
}

#[test]
fn a_part_is_in_the_identity() {
    let place = both();
    let part = ["a.yaml", "--guild", "backend", "--squad", "ledger", "--only", "lapsed-1on1,d101"];
    assert_eq!(id_of(&place, &part), "team-a/squad:ledger/guild:backend/only:D101+D302");
    let other = place.debt(&["diff", "a.yaml", "b.yaml", "--format", "json"]).json();
    assert_eq!(other["portfolio_id"], "team-b");
    let plan = place.debt(&["plan", "a.yaml", "--squad", "ledger", "--format", "json"]).json();
    assert_eq!(plan["portfolio_id"], "team-a/squad:ledger");
    let lines = place.debt(&["lines", "--in", "b.yaml", "--format", "json"]).json();
    assert_eq!(lines["portfolio_id"], "team-b");
}

#[test]
fn two_files_of_one_portfolio_have_one_id() {
    let place = Place::plain();
    place.write("p/people.yaml", &format!("id: one\n{ORG}"));
    place.write("p/more.yaml", "id: two\npeople: [{id: zoe}]\n");
    let ran = place.debt(&["score", "p"]).exits(2);
    for words in ["`id`", "p/people.yaml:1:", "p/more.yaml:1:"] {
        assert!(ran.err.contains(words), "{words} in {}", ran.err);
    }
    place.write("p/more.yaml", "id: one\npeople: [{id: zoe}]\n");
    assert_eq!(id_of(&place, &["p"]), "one");
}

#[test]
fn privacy_leaves_two_portfolios_apart() {
    let place = both();
    let key = [("DEBT_PSEUDONYM_KEY", "a key of sixteen bytes or more")];
    let metrics = |arguments: &[&str], environment: &[(&str, &str)]| {
        let all: Vec<&str> = ["score", "--format", "openmetrics"].iter().chain(arguments).copied().collect();
        let text = place.debt_in(".", &all, environment).ok();
        let first = samples(&text)[0].to_owned();
        assert!(!text.contains("team-") && !text.contains("ledger"), "{text}");
        first
    };
    for privacy in ["pseudonyms", "aggregate"] {
        let of = |file: &str| metrics(&[file, "--privacy", privacy], &key);
        assert!(of("a.yaml").starts_with("debt_up{portfolio=\"portfolio-"), "{}", of("a.yaml"));
        assert_ne!(of("a.yaml"), of("b.yaml"));
        assert_eq!(of("a.yaml"), of("a.yaml"));
    }
    // Without a key only what was typed is shown.
    let bare = metrics(&["a.yaml", "--privacy", "aggregate"], &[]);
    assert_eq!(bare, "debt_up{portfolio=\"portfolio\"} 1.0");
    let typed = metrics(&["a.yaml", "--privacy", "aggregate", "--id", "west"], &[]);
    assert_eq!(typed, "debt_up{portfolio=\"west\"} 1.0");
}
