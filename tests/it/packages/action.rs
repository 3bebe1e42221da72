//! `action.yml`: its own steps are run as a runner does, against repositories made here and a stand-in for GitHub.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::gate_kit::{ORG, Place, with};
use crate::needs;
use crate::run::{self, Ran, program};
use crate::support::{file, root};

const KEY: &str = "a key of sixteen bytes or more";

fn action() -> Value {
    serde_yaml::from_str(&file("action.yml")).expect("YAML")
}

/// The script of the step with this beginning of a name.
fn script(step: &str) -> String {
    let action = action();
    let steps = action["runs"]["steps"].as_array().expect("steps");
    let named = steps.iter().find(|one| one["name"].as_str().is_some_and(|name| name.starts_with(step)));
    named.and_then(|one| one["run"].as_str()).expect("a script").to_owned()
}

fn step(script: &str, place: &Place, environment: &[(&str, &str)]) -> Ran {
    let run = run::bare("bash").args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]);
    let run = run.within(place.path()).env("HOME", place.path()).env("DEBT_TODAY", run::TODAY);
    run.env("GITHUB_ACTION_PATH", root()).envs(environment.iter().copied()).end()
}

/// What a step handed on.
fn outputs(path: &Path) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(path).expect("outputs");
    text.lines()
        .filter_map(|line| line.split_once('='))
        .map(|(key, value)| (key.into(), value.into()))
        .collect()
}

/// The gate in a pull request that changes the portfolio, with these inputs.
fn gate(place: &Place, inputs: &[(&str, &str)]) -> (Ran, BTreeMap<String, String>, PathBuf) {
    let at = |name: &str| place.path().join(name);
    std::fs::write(at("output"), "").expect("written");
    std::fs::write(at("summary.md"), "").expect("written");
    let text = |path: PathBuf| path.to_str().expect("UTF-8").to_owned();
    let (output, summary, reports) = (text(at("output")), text(at("summary.md")), text(at("reports")));
    let mut environment = vec![
        ("DEBT", program().to_str().expect("UTF-8")),
        ("GITHUB_OUTPUT", &output),
        ("GITHUB_STEP_SUMMARY", &summary),
        ("REPORTS", &reports),
        ("PORTFOLIO", ""),
        ("AGAINST", "HEAD^1"),
        ("FAIL_ON", "rise"),
        ("PRIVACY", "pseudonyms"),
        ("SUMMARY", "true"),
        ("DEBT_PSEUDONYM_KEY", KEY),
    ];
    environment.extend(inputs);
    let ran = step(&script("Check that debt"), place, &environment);
    let found = outputs(&at("output"));
    (ran, found, at("summary.md"))
}

fn rising() -> String {
    with(ORG, "meetings:\n", "meetings:\n  - {id: cy-too, owner: cy, with: eve, purpose: delivery}\n")
}

#[test]
fn the_gate_fails_holds_and_says_so() {
    if needs::BASH.there().is_none() || needs::JQ.there().is_none() {
        return;
    }
    for (new, status, word) in [(rising(), 1, "fails"), (with(ORG, "people:", "# said\npeople:"), 0, "holds")]
    {
        let Some(place) = Place::committed(ORG) else { return };
        place.write("portfolio.yaml", &new);
        place.commit("work");
        let (ran, found, summary) = gate(&place, &[]);
        let ran = ran.exits(status);
        assert_eq!(found["status"], word);
        assert_eq!(found["rise"], if status == 1 { "2" } else { "0" });
        assert!(!found["points"].is_empty() && found["grade"].len() == 1, "{found:?}");
        let report: Value =
            serde_json::from_str(&std::fs::read_to_string(&found["report"]).expect("a report"))
                .expect("JSON");
        assert_eq!(report["privacy"], "pseudonyms");
        assert!(std::fs::read_to_string(summary).expect("a summary").starts_with("<!-- debt:report "));
        assert_eq!(ran.out.contains("::error "), status == 1, "{}", ran.out);
    }
}

#[test]
fn inputs_are_passed_on() {
    if needs::BASH.there().is_none() || needs::JQ.there().is_none() {
        return;
    }
    let Some(place) = Place::committed(ORG) else { return };
    place.write("hr/it's one.yaml", &rising());
    place.commit("elsewhere");
    // Paths with spaces, a line each; nothing to compare with; no summary; no key where none is needed.
    let only = [
        ("PORTFOLIO", "hr/it's one.yaml\n"),
        ("AGAINST", "none"),
        ("SUMMARY", "false"),
        ("PRIVACY", "names"),
        ("DEBT_PSEUDONYM_KEY", ""),
    ];
    let (ran, found, summary) = gate(&place, &only);
    ran.exits(0);
    assert_eq!((found["status"].as_str(), found["rise"].as_str()), ("holds", ""));
    assert_eq!(std::fs::read_to_string(summary).expect("there"), "");
    // Several things that fail.
    let (ran, found, _) = gate(&place, &[("FAIL_ON", "introduced loosened")]);
    ran.exits(0);
    assert_eq!(found["status"], "holds");
    // What cannot be scored: no number of an earlier run is taken for a new one.
    let (ran, found, _) = gate(&place, &[("PORTFOLIO", "nothing.yaml")]);
    ran.exits(2);
    assert_eq!(found["status"], "unscored");
    assert!(!found.contains_key("points") && !found.contains_key("report"), "{found:?}");
    // A secret that a fork does not get.
    let (ran, found, _) = gate(&place, &[("DEBT_PSEUDONYM_KEY", "")]);
    ran.exits(2).says("DEBT_PSEUDONYM_KEY");
    assert_eq!(found["status"], "unscored");
    // Text of an input is never a command.
    let (ran, _, _) = gate(&place, &[("AGAINST", "$(touch injected)"), ("FAIL_ON", "rise; touch injected")]);
    assert_eq!(ran.status, 2);
    assert!(!place.path().join("injected").exists());
}

/// `gh` as far as the comment needs it: a list of comments, one that is written, and a log of what was asked.
const GH: &str = r#"#!/bin/sh
echo "$*" >> "$LOG"
case $* in *--paginate*) cat "$COMMENTS" ;; esac
"#;

#[test]
fn one_comment_is_kept_up_to_date() {
    use std::os::unix::fs::PermissionsExt;
    if needs::BASH.there().is_none() || needs::JQ.there().is_none() {
        return;
    }
    let place = Place::plain();
    place.write("bin/gh", GH);
    let gh = place.path().join("bin/gh");
    std::fs::set_permissions(&gh, std::fs::Permissions::from_mode(0o755)).expect("it is ours");
    place.write("report.md", "<!-- debt:report payments -->\n# Holds\n");
    let path = run::path_with(&[&gh]);
    let at = |name: &str| place.path().join(name).display().to_string();
    let comment = |comments: &str| {
        place.write("comments", comments);
        place.write("log", "");
        let environment = [
            ("PATH", path.as_str()),
            ("LOG", &at("log")),
            ("COMMENTS", &at("comments")),
            ("MARKDOWN", &at("report.md")),
            ("GITHUB_REPOSITORY", "org/repo"),
            ("NUMBER", "7"),
        ];
        let ran = step(&script("Comment"), &place, &environment);
        (ran.status, place.read("log"))
    };
    let one = |id: u32, kind: &str, body: &str| {
        serde_json::json!({"id": id, "user": {"type": kind}, "body": body}).to_string()
    };
    // Neither what somebody quoted nor the comment of another portfolio is written over.
    let others = [
        one(1, "User", "<!-- debt:report payments -->\nquoted"),
        one(2, "Bot", "<!-- debt:report hr -->\n# Holds"),
    ];
    let (status, log) = comment(&others.join("\n"));
    assert_eq!(status, 0, "{log}");
    assert!(log.contains("--method POST repos/org/repo/issues/7/comments --field body=@"), "{log}");
    let mine = one(3, "Bot", "<!-- debt:report payments -->\n# Failed");
    let (status, log) = comment(&[&others[0], &others[1], &mine].map(String::as_str).join("\n"));
    assert_eq!(status, 0, "{log}");
    assert!(log.contains("--method PATCH repos/org/repo/issues/comments/3 --field body=@"), "{log}");
    assert!(!log.contains("POST"), "{log}");
    place.write("report.md", "# No marker\n");
    assert_eq!(comment("").0, 2);
}

/// The key of the cache changes with the sources and with nothing else.
#[test]
fn the_cache_is_of_these_sources() {
    if needs::BASH.there().is_none() {
        return;
    }
    let place = Place::plain();
    let output = place.path().join("output");
    let output_text = output.display().to_string();
    let key = || {
        std::fs::write(&output, "").expect("written");
        let environment = [
            ("GITHUB_OUTPUT", output_text.as_str()),
            ("RUNNER_TEMP", "/tmp"),
            ("RUNNER_OS", "Linux"),
            ("RUNNER_ARCH", "X64"),
        ];
        // The toolchain is part of the key, and rustup looks for it in the environment of whoever runs the tests.
        let bash = run::tool("bash").args(["--noprofile", "--norc", "-eo", "pipefail", "-c"]);
        let run = bash.arg(script("Tell the sources")).within(place.path()).env("GITHUB_ACTION_PATH", root());
        run.envs(environment).end().exits(0);
        outputs(&output)
    };
    let found = key();
    assert_eq!(found["debt"], "/tmp/debt-root/bin/debt");
    assert!(found["key"].starts_with("debt-Linux-X64-") && found["key"].len() == 15 + 64, "{found:?}");
    assert_eq!(found, key());
}

/// A text that the binary holds and that is not among its sources would leave an old binary in the cache.
#[test]
fn the_cache_is_of_every_text_in_the_binary() {
    let step = file("packaging/action/sources.sh");
    for entry in walkdir::WalkDir::new(root().join("src")) {
        let entry = entry.expect("readable");
        let source = std::fs::read_to_string(entry.path()).unwrap_or_default();
        for included in source.split("include_str!(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let whole = entry.path().with_file_name(included).canonicalize().expect("it is there");
            let path = whole.strip_prefix(root()).expect("below").to_str().expect("UTF-8").to_owned();
            let is_hashed = path.starts_with("src/") || path.starts_with("schema/") || step.contains(&path);
            assert!(is_hashed, "{} includes {path}", entry.path().display());
        }
    }
}

/// Every input and output has its row in the recipes, and no other has one.
#[test]
fn the_recipes_list_inputs_and_outputs() {
    let (action, page) = (action(), file("docs/recipes/ci.md"));
    for kind in ["inputs", "outputs"] {
        for name in action[kind].as_object().expect(kind).keys() {
            let row = |line: &str| {
                line.starts_with("| `")
                    && line.split('|').nth(1).is_some_and(|cell| cell.contains(&format!("`{name}`")))
            };
            assert!(page.lines().any(row), "docs/recipes/ci.md does not list {name} of the {kind}");
        }
    }
}
