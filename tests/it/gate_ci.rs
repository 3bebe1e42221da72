//! `examples/ci/` and the pre-commit hooks do what they say: their own steps are run against repositories made here.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::gate_kit::{ORG, Place, Ran, bare_git, program, with};
use crate::support::{file, root, tool};

fn rising(text: &str) -> String {
    with(text, "meetings:\n", "meetings:\n  - {id: cy-too, owner: cy, with: eve, purpose: delivery}\n")
}

fn yaml(path: &str) -> Value {
    serde_yaml::from_str(&file(path)).expect("YAML")
}

/// Runs a step as its runner does, with this `debt` first on the path.
fn run(step: &str, place: &Place, folder: &str, environment: &[(&str, &str)]) -> Ran {
    let mut command = Command::new("bash");
    let own = program();
    let path = std::env::join_paths(
        std::iter::once(own.parent().expect("a folder").to_owned())
            .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())),
    );
    command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", step]);
    command.current_dir(place.path().join(folder)).env_clear().env("PATH", path.expect("a path"));
    command.env("DEBT_TODAY", "2026-11-20").env("HOME", place.path()).envs(environment.iter().copied());
    Ran::from(command.output().expect("bash runs"))
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
    if tool("bash", "the steps of the GitHub workflow").is_none() {
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
    if tool("bash", "the script of the GitLab job").is_none() {
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
        let Some(checker) = tool("check-jsonschema", path) else { return };
        let run = Command::new(checker).args(["--builtin-schema", schema]).arg(root().join(path)).output();
        Ran::from(run.expect("it runs")).exits(0);
    }
    for (path, what) in [
        (".pre-commit-hooks.yaml", "validate-manifest"),
        ("examples/ci/pre-commit-config.yaml", "validate-config"),
    ] {
        let Some(pre_commit) = tool("pre-commit", path) else { return };
        let run = Command::new(pre_commit).arg(what).arg(root().join(path)).output();
        Ran::from(run.expect("it runs")).exits(0);
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
    let Some(pre_commit) = tool("pre-commit", "the pre-commit hook") else { return };
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
        let folder = |program: &Path| program.parent().expect("a folder").to_owned();
        let rest = std::env::var_os("PATH").unwrap_or_default();
        let path = [folder(&program()), folder(&pre_commit)].into_iter().chain(std::env::split_paths(&rest));
        let path = std::env::join_paths(path).expect("a path");
        let mut git = bare_git();
        git.current_dir(place.path())
            .env("PATH", &path)
            .env("HOME", place.path())
            .env("DEBT_TODAY", "2026-11-20");
        git.args(["add", "--all"]);
        assert!(git.output().expect("git runs").status.success());
        let mut install = Command::new(&pre_commit);
        install.current_dir(place.path()).env("PATH", &path).env("HOME", place.path()).arg("install");
        assert!(install.output().expect("pre-commit runs").status.success());
        let mut git = bare_git();
        git.current_dir(place.path())
            .env("PATH", &path)
            .env("HOME", place.path())
            .env("DEBT_TODAY", "2026-11-20");
        git.args(["commit", "--quiet", "-m", "try"]);
        Ran::from(git.output().expect("git runs"))
    };
    let stopped = commit("portfolio.yaml", &rising(ORG)).exits(1);
    let said = format!("{}{}", stopped.out, stopped.err);
    assert!(said.contains("Decision Debt rises by 2 points"), "{said}");
    commit("portfolio.yaml", &with(ORG, "people:", "# said\npeople:")).exits(0);
    // What is no portfolio does not start the hook.
    let passed = commit("README", "text").exits(0);
    assert!(format!("{}{}", passed.out, passed.err).contains("Skipped"));
}
