//! What programs read, under the schemas: one of everything that `tests/clients/reports.sh` writes. The programs that are
//! too heavy for CI are scripts beside it.

use std::collections::BTreeSet;
use std::path::Path;

use debt::cli::{Document, generate};
use serde_json::Value;

use crate::run::{self, debt, program};
use crate::support::root;
use crate::{needs, support};

/// One of everything, in a folder.
fn reports() -> Option<tempfile::TempDir> {
    let bash = needs::BASH.there()?;
    let folder = tempfile::tempdir().expect("a folder");
    let script = root().join("tests/clients/reports.sh");
    run::bare(bash).arg(script).arg(program()).arg(folder.path()).end().ok();
    Some(folder)
}

fn files(folder: &Path) -> Vec<(String, String)> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.expect("readable").path());
    let file = |path: std::path::PathBuf| {
        (path.display().to_string(), std::fs::read_to_string(&path).expect("readable"))
    };
    paths.map(file).collect()
}

#[test]
fn every_document_is_valid_under_its_schema() {
    let Some(out) = reports() else { return };
    for document in Document::all() {
        let schema: Value = serde_json::from_str(&generate(*document)).expect("JSON");
        let validator = jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema");
        let reports = files(&out.path().join(document.word()));
        let is_read = matches!(document, Document::Portfolio | Document::Policy | Document::Config);
        assert_eq!(reports.is_empty(), is_read, "{document:?}");
        for (file, text) in reports {
            let lines: Vec<&str> = if file.ends_with("jsonl") { text.lines().collect() } else { vec![&text] };
            for line in lines {
                let value: Value = serde_json::from_str(line).expect("JSON");
                let errors: Vec<String> = validator.iter_errors(&value).map(|one| one.to_string()).collect();
                assert!(errors.is_empty(), "{file}: {errors:#?}");
            }
        }
    }
    let bytes = |name: &str| std::fs::read(out.path().join("csv").join(name)).expect("there");
    assert_eq!(bytes("bom.csv"), [b"\xEF\xBB\xBF", &bytes("names.csv")[..]].concat());
    // Every schema has an identity and a name of its own.
    let named = |key: &str| -> BTreeSet<String> {
        let schemas = Document::all().iter().map(|one| serde_json::from_str(&generate(*one)).expect("JSON"));
        schemas.map(|schema: Value| schema[key].as_str().expect(key).to_owned()).collect()
    };
    assert_eq!(named("$id").len(), Document::all().len());
    let titles = named("title");
    let is_type =
        |title: &String| title.starts_with("Debt") && title.bytes().all(|b| b.is_ascii_alphabetic());
    assert!(titles.len() == Document::all().len() && titles.iter().all(is_type), "{titles:?}");
    let strict = |program: &Path, script: &str, path: &str| {
        let run = run::tool(program).env("NODE_PATH", path).arg(root().join("tests/clients").join(script));
        let said = run.arg(root().join("schema")).arg(out.path()).end().ok();
        assert!(said.ends_with(" valid\n"), "{said}");
    };
    if let Some(ajv) = needs::AJV.there() {
        let modules = ajv.ancestors().nth(3).expect("a folder of modules").display().to_string();
        strict(Path::new("node"), "ajv.cjs", &modules);
    }
    if let Some(python) = needs::JSONSCHEMA.there() {
        strict(python, "schemas.py", "");
    }
}

#[test]
fn an_explained_factor_is_the_one_of_the_report() {
    let example = "examples/portfolio.yaml";
    let json =
        |arguments: &[&str]| -> Value { serde_json::from_str(&support::stdout_of(arguments)).expect("JSON") };
    let report = json(&["score", example, "--format", "json"]);
    let factors = report["factors"].as_array().expect("a list");
    let codes: BTreeSet<&str> = factors.iter().filter_map(|factor| factor["code"].as_str()).collect();
    for code in codes {
        let explained = json(&["explain", code, example, "--format", "json"]);
        assert_eq!(explained["rule"]["code"], code);
        assert_eq!(explained["policy_hash"], report["policy_hash"]);
        let of_rule: Vec<&Value> = factors.iter().filter(|factor| factor["code"] == code).collect();
        let ids = explained["factors"].as_array().expect("a list").iter().map(|row| &row["id"]);
        assert!(ids.eq(of_rule.iter().map(|factor| &factor["id"])), "{code}");
        let factor = of_rule[0];
        let id = factor["id"].as_str().expect("an id");
        let mut one = json(&["explain", id, example, "--format", "json"])["factor"].take();
        let lines = one["arithmetic"].as_array().expect("a list").clone();
        let amounts: Vec<i64> = lines.iter().map(|line| line["mp"].as_i64().expect("a number")).collect();
        let (value, parts) = amounts.split_last().expect("the last is the value");
        assert_eq!((Some(*value), parts.iter().sum::<i64>()), (factor["mp"].as_i64(), *value), "{id}");
        let row = one.as_object_mut().expect("an object");
        assert!(row.remove("arithmetic").is_some() && row.remove("command").is_some());
        assert_eq!(&one, factor, "{id}");
    }
}

#[test]
fn what_is_not_there_is_explained_as_json_too() {
    let run = |arguments: &[&str]| debt().args(arguments).args(["--format", "json"]).end();
    let none = run(&["explain", "D102:meeting:bo-ana", "examples/portfolio.yaml"]).ok();
    let none: Value = serde_json::from_str(&none).expect("JSON");
    assert_eq!(none["no_factor"]["because"], "excluded");
    assert_eq!(none["no_factor"]["excluded_by"], "D101:meeting:bo-ana");
    assert_eq!((&none["factor"], &none["rule"]["code"]), (&Value::Null, &"D102".into()));
    let errors = run(&["explain", "D101:meeting:nobody", "examples/portfolio.yaml"]).exits(2).err;
    let errors: Value = serde_json::from_str(&errors).expect("JSON");
    assert_eq!(errors["errors"][0]["code"], "failed");
}

#[test]
fn labels_are_withheld_where_names_are() {
    let names = super::rendered("json", super::EXAMPLE);
    assert!(names.contains(r#""owner": "bo", "owner_label": "Bo Lindqvist""#));
    assert!(names.contains(r#""who": "bo", "who_label": "Bo Lindqvist""#));
    let key = debt::report::Key::new(b"sixteen bytes or more").expect("long enough");
    let pseudonyms = debt::report::Privacy::pseudonyms(key);
    let hidden = super::with_private_report(super::EXAMPLE, &pseudonyms, |report, tasks| {
        super::written("json", report, tasks)
    });
    let report: Value = serde_json::from_str(&hidden).expect("JSON");
    for factor in report["factors"].as_array().expect("a list") {
        assert_eq!(factor["owner"], factor["owner_label"]);
    }
    for task in report["tasks"].as_array().expect("a list") {
        assert_eq!(task["who"], task["who_label"]);
    }
}

#[test]
fn unknown_answers_come_most_first() {
    let report: Value = serde_json::from_str(&super::rendered("json", super::EXAMPLE)).expect("JSON");
    let rows = report["coverage"]["unknown_by_rule"].as_array().expect("a list");
    let count = |row: &Value| row["count"].as_i64().expect("a number");
    assert!(rows.len() > 1 && rows.is_sorted_by_key(|row| std::cmp::Reverse(count(row))), "{rows:?}");
    assert_eq!(
        rows.iter().map(count).sum::<i64>(),
        report["coverage"]["unknown"].as_i64().expect("a number")
    );
    assert!(rows.iter().all(|row| row["name"].as_str().is_some_and(|name| !name.is_empty())));
}
