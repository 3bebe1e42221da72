//! `examples/ci/` and the pre-commit hooks do what they say: their own steps are run against repositories made here.

use serde_json::Value;

use crate::gate_kit::{ORG, Place, with};
use crate::needs;
use crate::run::{self, Ran, Run, path_with, program};
use crate::support::{file, root};

fn rising(text: &str) -> String {
    with(text, "meetings:\n", "meetings:\n  - {id: cy-too, owner: cy, with: eve, purpose: delivery}\n")
}

fn yaml(path: &str) -> Value {
    serde_yaml::from_str(&file(path)).expect("YAML")
}

/// Runs a step as its runner does, with this `debt` first on the path.
fn run(step: &str, place: &Place, folder: &str, environment: &[(&str, &str)]) -> Ran {
    let run = run::bare("bash").args(["--noprofile", "--norc", "-eo", "pipefail", "-c", step]);
    let run = run.within(place.path().join(folder)).env("PATH", path_with(&[program()]));
    run.env("DEBT_TODAY", run::TODAY).env("HOME", place.path()).envs(environment.iter().copied()).end()
}

/// A pull request as the checkout of GitHub leaves it: its merge with `main`, two commits deep.
fn pull_request(new: &str) -> Option<Place> {
    let place = Place::committed(ORG)?;
    place.git(&["switch", "--quiet", "-c", "work"]);
    place.write("portfolio.yaml", new);
    place.commit("work");
    place.git(&["switch", "--quiet", "main"]);
    place.commit("meanwhile");
    place.git(&["merge", "--quiet", "--no-ff", "-m", "merged", "work"]);
    let url = format!("file://{}", place.path().display());
    place.git(&["clone", "--quiet", "--depth=2", "--branch=main", &url, "checkout"]);
    Some(place)
}

#[test]
fn the_github_workflow() {
    if needs::BASH.there().is_none() {
        return;
    }
    let workflow = yaml("examples/ci/github-actions.yml");
    let steps = |job: &str| workflow["jobs"][job]["steps"].as_array().expect("steps").clone();
    let last = |job: &str| steps(job).last().expect("a step")["run"].as_str().expect("a script").to_owned();
    assert_eq!(steps("rise")[0]["with"]["fetch-depth"], 2);
    for (new, status) in [(rising(ORG), 1), (with(ORG, "people:", "# said\npeople:"), 0)] {
        let Some(place) = pull_request(&new) else { return };
        let summary = place.path().join("summary.md");
        let environment = [("GITHUB_STEP_SUMMARY", summary.to_str().expect("UTF-8"))];
        let ran = run(&last("rise"), &place, "checkout", &environment).exits(status);
        let summary = std::fs::read_to_string(&summary).expect("a summary");
        assert!(summary.starts_with("<!-- debt:report -->"), "{summary}");
        // Beside its line stands what rose, and nothing does where nothing rose.
        let beside = "::error file=portfolio.yaml,line=15,col=5,title=D104 introduced";
        assert_eq!(ran.out.contains(beside), status == 1, "{}", ran.out);
        assert_eq!(summary.contains("The gate failed: Decision Debt rises by"), status == 1, "{summary}");
        run(&last("lapsed"), &place, "checkout", &environment).exits(0);
    }
}

#[test]
fn the_gitlab_job() {
    if needs::BASH.there().is_none() {
        return;
    }
    let job = &yaml("examples/ci/gitlab-ci.yml")["decision-debt"];
    let lines = |key: &str| -> Vec<String> {
        let list = job[key].as_array().expect("a list");
        list.iter().map(|line| line.as_str().expect("a line").to_owned()).collect()
    };
    let script = [lines("before_script"), lines("script")].concat().join("\n");
    for (new, status) in [(rising(ORG), 1), (ORG.to_owned(), 0)] {
        let Some(place) = Place::committed(ORG) else { return };
        let base = place.git(&["rev-parse", "HEAD"]);
        place.write("portfolio.yaml", &new);
        place.commit("work");
        run(&script, &place, ".", &[("CI_MERGE_REQUEST_DIFF_BASE_SHA", &base)]).exits(status);
        let report: Value = serde_json::from_str(&place.read("gl-code-quality-report.json")).expect("JSON");
        let codes = report.as_array().expect("a list").iter().map(|row| row["check_name"].as_str());
        let risen = codes.flatten().any(|name| name.starts_with("D104 "));
        assert_eq!(risen, status == 1, "{report:#}");
    }
}

#[test]
fn the_files_are_valid_under_the_published_schemas() {
    for (path, schema) in [
        ("examples/ci/github-actions.yml", "vendor.github-workflows"),
        ("examples/ci/gitlab-ci.yml", "vendor.gitlab-ci"),
    ] {
        let Some(checker) = needs::CHECK_JSONSCHEMA.there() else { return };
        run::tool(checker).args(["--builtin-schema", schema]).arg(root().join(path)).end().ok();
    }
    for (path, what) in [
        (".pre-commit-hooks.yaml", "validate-manifest"),
        ("examples/ci/pre-commit-config.yaml", "validate-config"),
    ] {
        let Some(pre_commit) = needs::PRE_COMMIT.there() else { return };
        run::tool(pre_commit).arg(what).arg(root().join(path)).end().ok();
    }
    // The example names a hook that there is.
    let hooks = yaml(".pre-commit-hooks.yaml");
    let ids: Vec<&Value> = hooks.as_array().expect("a list").iter().map(|hook| &hook["id"]).collect();
    let used = yaml("examples/ci/pre-commit-config.yaml")["repos"][0]["hooks"][0]["id"].clone();
    assert!(ids.contains(&&used));
}

/// A repository of hooks as pre-commit clones it.
fn hooks() -> Place {
    let place = Place::repository().expect("git is there");
    place.write(".pre-commit-hooks.yaml", &file(".pre-commit-hooks.yaml"));
    place.commit("hooks");
    place.git(&["tag", "v1"]);
    place
}

#[test]
fn the_hook_under_the_real_pre_commit() {
    let Some(pre_commit) = needs::PRE_COMMIT.there() else { return };
    let Some(place) = Place::committed(ORG) else { return };
    let hooks = hooks();
    // The hook that builds `debt` differs from this one by its language alone.
    let manifest = yaml(".pre-commit-hooks.yaml");
    for key in ["entry", "args", "files", "pass_filenames"] {
        assert_eq!(manifest[0][key], manifest[1][key], "{key}");
    }
    let config = format!(
        "repos:\n  - repo: {}\n    rev: v1\n    hooks:\n      - id: debt-check-system\n",
        hooks.path().display()
    );
    place.write(".pre-commit-config.yaml", &config);
    place.commit("configured");
    let commit = |name: &str, text: &str| {
        place.write(name, text);
        let path = path_with(&[program(), pre_commit]);
        let here = |run: Run| run.within(place.path()).env("PATH", &path).env("HOME", place.path());
        here(run::git()).args(["add", "--all"]).end().ok();
        here(run::tool(pre_commit)).arg("install").end().ok();
        let git = here(run::git()).env("DEBT_TODAY", run::TODAY);
        git.args(["commit", "--quiet", "-m", "try"]).end()
    };
    let stopped = commit("portfolio.yaml", &rising(ORG)).exits(1);
    let said = format!("{}{}", stopped.out, stopped.err);
    assert!(said.contains("Decision Debt rises by 2 points"), "{said}");
    commit("portfolio.yaml", &with(ORG, "people:", "# said\npeople:")).exits(0);
    // What is no portfolio does not start the hook.
    let passed = commit("README", "text").exits(0);
    assert!(format!("{}{}", passed.out, passed.err).contains("Skipped"));
}
