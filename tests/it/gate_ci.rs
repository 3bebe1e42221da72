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

const KEY: (&str, &str) = ("DEBT_PSEUDONYM_KEY", "a key of sixteen bytes or more");

/// A pull request as the checkout of GitHub leaves it: its merge with `main`, which has gone on meanwhile.
fn pull_request(new: &str) -> Option<Place> {
    let place = Place::committed(ORG)?;
    place.git(&["switch", "--quiet", "-c", "work"]);
    place.write("portfolio.yaml", new);
    place.commit("work");
    place.git(&["switch", "--quiet", "main"]);
    place.write("elsewhere", "meanwhile");
    place.commit("meanwhile");
    place.git(&["merge", "--quiet", "--no-ff", "-m", "merged", "work"]);
    let url = format!("file://{}", place.path().display());
    place.git(&["clone", "--quiet", "--branch=main", &url, "checkout"]);
    Some(place)
}

/// Nobody who reads a log learns whose talk it is.
fn names_nobody(text: &str) {
    for name in ["bo", "ana", "eve", "gus", "cy"] {
        let words = text.split(|character: char| !character.is_alphanumeric());
        assert!(!words.into_iter().any(|word| word == name), "{name} in {text}");
    }
}

#[test]
fn the_github_workflow() {
    if needs::BASH.there().is_none() {
        return;
    }
    let workflow = yaml("examples/ci/github-actions.yml");
    // It can be required: it always reports, in a merge queue too.
    let trigger = workflow["on"].as_object().expect("triggers");
    assert!(trigger.contains_key("merge_group"));
    assert!(trigger["pull_request"].is_null(), "no filter at the trigger");
    let steps = |job: &str| workflow["jobs"][job]["steps"].as_array().expect("steps").clone();
    let script = |step: &Value| step["run"].as_str().expect("a script").to_owned();
    let last = |job: &str| script(steps(job).last().expect("a step"));
    assert_eq!(steps("rise")[0]["with"]["fetch-depth"], 0);
    let base = workflow["jobs"]["rise"]["env"]["BASE"].as_str().expect("a base");
    assert!(base.contains("merge_group.base_sha") && base.contains("'HEAD^1'"), "{base}");
    for (new, status) in [(rising(ORG), 1), (with(ORG, "people:", "# said\npeople:"), 0)] {
        let Some(place) = pull_request(&new) else { return };
        let file = |name: &str| place.path().join(name).to_string_lossy().into_owned();
        let (summary, output) = (file("summary.md"), file("output"));
        let queue = place.git(&["rev-parse", "main~2"]);
        for base in ["HEAD^1", &queue] {
            std::fs::write(&summary, "# Our heading\n").expect("written");
            std::fs::write(&output, "").expect("written");
            let environment =
                [("GITHUB_STEP_SUMMARY", summary.as_str()), ("GITHUB_OUTPUT", &output), ("BASE", base), KEY];
            run(&script(&steps("rise")[1]), &place, "checkout", &environment).exits(0);
            assert_eq!(std::fs::read_to_string(&output).expect("read"), "run=true\n");
            let ran = run(&last("rise"), &place, "checkout", &environment).exits(status);
            let text = std::fs::read_to_string(&summary).expect("a summary");
            assert!(
                text.starts_with("# Our heading\n") && text.contains("\n<!-- debt:report portfolio-"),
                "{text}"
            );
            names_nobody(&ran.out);
            names_nobody(&text);
            // Beside its line stands what rose, and nothing does where nothing rose.
            let beside = "::error file=portfolio.yaml,line=15,col=5,title=D104 introduced";
            assert_eq!(ran.out.contains(beside), status == 1, "{}", ran.out);
            assert_eq!(text.contains("The gate failed: Decision Debt rises by"), status == 1, "{text}");
            run(&last("lapsed"), &place, "checkout", &environment).exits(0);
        }
        // What does not touch the portfolio needs no check, and says so.
        std::fs::write(&output, "").expect("written");
        place.git_in("checkout", &["commit", "--quiet", "--allow-empty", "-m", "nothing"]);
        let environment = [("GITHUB_OUTPUT", output.as_str()), ("BASE", "HEAD^1")];
        run(&script(&steps("rise")[1]), &place, "checkout", &environment).exits(0);
        assert_eq!(std::fs::read_to_string(&output).expect("read"), "run=false\n");
    }
}

#[test]
fn the_weekly_sync() {
    if needs::BASH.there().is_none() {
        return;
    }
    let workflow = yaml("examples/ci/weekly-sync.yml");
    let steps = workflow["jobs"]["sync"]["steps"].as_array().expect("steps").clone();
    let script = |name: &str| {
        let step = steps.iter().find(|step| step["name"] == name).expect("a step");
        step["run"].as_str().expect("a script").to_owned()
    };
    let Some(place) = Place::repository() else { return };
    place.write("portfolio.yaml", "version: 1\npeople:\n  - id: bo\n    aliases: [bo@example.org]\n");
    place.write("debt.sync.yaml", "- {csv: exports/hr.csv}\n");
    place.commit("begin");
    let before = place.read("portfolio.yaml");
    let temp = place.path().to_string_lossy().into_owned();
    let environment = [("RUNNER_TEMP", temp.as_str())];
    let export = "Employee ID,Name,Work Email\nbo,Bo,bo@example.org\nana,Ana,ana@example.org\n";
    place.write("exports/hr.csv", "no table\n");
    let ran = run(&script("Bring the portfolio up to date"), &place, ".", &environment).exits(1);
    assert!(ran.out.contains("debt sync failed") && place.read("portfolio.yaml") == before, "{}", ran.out);
    place.write("exports/hr.csv", export);
    let ran = run(&script("Bring the portfolio up to date"), &place, ".", &environment).exits(0);
    names_nobody(&ran.out);
    names_nobody(&ran.err);
    assert!(place.read("portfolio.yaml").contains("name: Ana") && !place.path().join("exports").exists());
    // A week that has brought nothing ends without a branch.
    place.commit("done");
    run(&script("Open a pull request"), &place, ".", &[]).exits(0);
    assert_eq!(place.git(&["branch", "--show-current"]).trim(), "main");
}

#[test]
fn the_first_pull_request_with_a_portfolio() {
    if needs::BASH.there().is_none() {
        return;
    }
    let workflow = yaml("examples/ci/github-actions.yml");
    let steps = workflow["jobs"]["rise"]["steps"].as_array().expect("steps");
    let script = steps.last().expect("a step")["run"].as_str().expect("a script");
    let Some(place) = Place::repository() else { return };
    place.commit("empty");
    place.write("portfolio.yaml", ORG);
    place.commit("the first portfolio");
    let summary = place.path().join("summary.md");
    let summary = summary.to_str().expect("UTF-8");
    run(script, &place, ".", &[("GITHUB_STEP_SUMMARY", summary), ("BASE", "HEAD^1"), KEY]).exits(0);
}

#[test]
fn the_gitlab_job() {
    if needs::BASH.there().is_none() {
        return;
    }
    let file = yaml("examples/ci/gitlab-ci.yml");
    let lines = |job: &str, key: &str| -> Vec<String> {
        let list = file[job][key].as_array().expect("a list");
        list.iter().map(|line| line.as_str().expect("a line").to_owned()).collect()
    };
    let script =
        |job: &str| [lines(".decision-debt", "before_script"), lines(job, "script")].concat().join("\n");
    let report = |place: &Place| -> Value {
        serde_json::from_str(&place.read("clone/gl-code-quality-report.json")).expect("JSON")
    };
    for (new, status) in [(rising(ORG), 1), (ORG.to_owned(), 0)] {
        let Some(place) = Place::committed(ORG) else { return };
        place.git(&["switch", "--quiet", "-c", "work"]);
        place.write("portfolio.yaml", &new);
        place.commit("work");
        place.git(&["switch", "--quiet", "main"]);
        // What others do meanwhile is not charged to the branch, in no kind of pipeline.
        place.write("portfolio.yaml", &with(ORG, "with: eve, purpose: craft", "with: eve, purpose: both"));
        place.commit("somebody else");
        place.git(&["switch", "--quiet", "-c", "merged"]);
        place.git(&["merge", "--quiet", "--no-ff", "-m", "merged", "work"]);
        let url = format!("file://{}", place.path().display());
        for pipeline in ["work", "merged"] {
            place.git(&["clone", "--quiet", "--branch", pipeline, &url, "clone"]);
            let environment = [("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"), KEY];
            let ran = run(&script("decision-debt"), &place, "clone", &environment).exits(status);
            names_nobody(&ran.out);
            let report = report(&place);
            names_nobody(&report.to_string());
            let codes = report.as_array().expect("a list").iter().map(|row| row["check_name"].as_str());
            let risen = codes.flatten().any(|name| name.starts_with("D104 "));
            assert_eq!(risen, status == 1, "{pipeline}: {report:#}");
            std::fs::remove_dir_all(place.path().join("clone")).expect("removed");
        }
        place.git(&["clone", "--quiet", "--branch", "main", &url, "clone"]);
        run(&script("decision-debt-of-the-default-branch"), &place, "clone", &[KEY]).exits(0);
        assert!(!report(&place).as_array().expect("a list").is_empty());
    }
}

#[test]
fn the_plain_hook() {
    let Some(place) = Place::repository() else { return };
    let commit = |arguments: &[&str]| {
        let path = crate::run::path_with(&[crate::run::program()]);
        let git =
            crate::run::git().within(place.path()).env("PATH", path).env("DEBT_TODAY", crate::run::TODAY);
        git.args(["commit", "--quiet", "-m", "try"]).args(arguments).end()
    };
    place.write(".git/hooks/pre-commit", &file("examples/ci/pre-commit.sh"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let hook = place.path().join(".git/hooks/pre-commit");
        std::fs::set_permissions(hook, std::fs::Permissions::from_mode(0o755)).expect("executable");
    }
    place.write("portfolio.yaml", ORG);
    place.git(&["add", "--all"]);
    commit(&[]).exits(0);
    // What is staged counts, not what lies on the disk; with -a and with a path as well.
    place.write("portfolio.yaml", &rising(ORG));
    place.git(&["add", "--all"]);
    place.write("portfolio.yaml", ORG);
    commit(&[]).exits(1);
    place.git(&["reset", "--quiet"]);
    place.write("portfolio.yaml", &rising(ORG));
    commit(&["-a"]).exits(1);
    commit(&["portfolio.yaml"]).exits(1);
    place.write("README", "no portfolio");
    place.git(&["add", "README"]);
    commit(&[]).exits(0);
    // A merge brings in what others did: the merge itself adds nothing.
    place.git(&["switch", "--quiet", "-c", "work"]);
    place.write("portfolio.yaml", &with(ORG, "{id: ana,", "{id: ana, name: Ana,"));
    commit(&["-a"]).exits(0);
    place.git(&["switch", "--quiet", "main"]);
    place.write("portfolio.yaml", &rising(&with(ORG, "{id: ana,", "{id: ana, title: Engineer,")));
    commit(&["-a", "--no-verify"]).exits(0);
    place.git(&["switch", "--quiet", "work"]);
    let merge = crate::run::git().within(place.path()).args(["merge", "--quiet", "--no-commit", "main"]);
    let (status, ..) = merge.end().parts();
    assert_ne!(status, 0, "a conflict");
    place.write("portfolio.yaml", &rising(&with(ORG, "{id: ana,", "{id: ana, name: Ana, title: Engineer,")));
    place.git(&["add", "--all"]);
    commit(&[]).exits(0);
}

#[test]
fn the_files_are_valid_under_the_published_schemas() {
    for (path, schema) in [
        ("examples/ci/github-actions.yml", "vendor.github-workflows"),
        ("examples/ci/weekly-sync.yml", "vendor.github-workflows"),
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
    let used = yaml("examples/ci/pre-commit-config.yaml")["repos"][0]["hooks"].clone();
    assert!(used.as_array().expect("hooks").iter().all(|hook| ids.contains(&&hook["id"])));
}

#[test]
fn the_hook_of_a_monorepo() {
    let config = yaml("examples/ci/pre-commit-config.yaml");
    let hook = &config["repos"][0]["hooks"][1];
    let arguments: Vec<&str> = hook["args"]
        .as_array()
        .expect("arguments")
        .iter()
        .map(|word| word.as_str().expect("a word"))
        .collect();
    let path = *arguments.last().expect("a path");
    // The pattern is about the file that the command reads, and about no other.
    assert_eq!(hook["files"], format!("^{}$", path.replace('.', "\\.")));
    let Some(place) = Place::repository() else { return };
    place.write(path, ORG);
    place.write("portfolio.yaml", ORG);
    place.commit("two of them");
    let check = || place.debt(&[&["check"], &arguments[..]].concat());
    // What is staged counts, and only of the one that is named.
    place.write(path, &rising(ORG));
    place.write("portfolio.yaml", &rising(ORG));
    place.git(&["add", "portfolio.yaml"]);
    check().exits(0);
    place.git(&["add", path]);
    check().exits(1);
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
    assert!(said.contains("Decision Debt rises by 2.0 points"), "{said}");
    commit("portfolio.yaml", &with(ORG, "people:", "# said\npeople:")).exits(0);
    // What is no portfolio does not start the hook, and neither does one that it does not read.
    let elsewhere = commit("hr/portfolio.yaml", &rising(ORG)).exits(0);
    assert!(format!("{}{}", elsewhere.out, elsewhere.err).contains("Skipped"));
    let passed = commit("README", "text").exits(0);
    assert!(format!("{}{}", passed.out, passed.err).contains("Skipped"));
}
