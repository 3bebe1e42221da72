//! Where a finding is for a program that looks from the root of the repository, from wherever `debt` was started.

use serde_json::Value;

use super::run_of;
use crate::gate_kit::{ORG, Place, with};
use crate::run;

const FILE: &str = "org/h r/portfolio.yaml";

fn repository() -> Option<Place> {
    let place = Place::repository()?;
    place.write(FILE, ORG);
    place.commit("first");
    place.write(FILE, &with(ORG, "owner: bo, with: gus}", "owner: bo, with: gus, purpose: both}"));
    Some(place)
}

/// The paths that a run in a folder names, each once: in annotations, in Code Quality and in SARIF.
fn named(place: &Place, folder: &str, arguments: &[&str]) -> [Vec<String>; 3] {
    let written = |format: &str| {
        let all: Vec<&str> = arguments.iter().copied().chain(["--format", format]).collect();
        place.debt_in(folder, &all, &[]).out
    };
    let github = written("github");
    let github =
        github.lines().filter_map(|line| Some(line.split_once("file=")?.1.split_once(',')?.0.to_owned()));
    let gitlab: Vec<Value> = serde_json::from_str(&written("gitlab")).expect("JSON");
    let gitlab = gitlab.iter().map(|issue| issue["location"]["path"].as_str().expect("a path").to_owned());
    let results = run_of(&written("sarif"))["results"].as_array().expect("results").clone();
    let sarif = results.iter().filter_map(|result| {
        let file = &result["locations"][0]["physicalLocation"]["artifactLocation"];
        let base = file["uriBaseId"].as_str().unwrap_or_default();
        Some(format!("{base}{}", file["uri"].as_str()?))
    });
    let mut all = [github.collect(), gitlab.collect(), sarif.collect::<Vec<String>>()];
    for one in &mut all {
        one.sort();
        one.dedup();
    }
    all
}

#[test]
fn from_every_folder_of_the_repository() {
    let Some(place) = repository() else { return };
    let expected =
        [vec![FILE.to_owned()], vec![FILE.to_owned()], vec!["%SRCROOT%org/h%20r/portfolio.yaml".to_owned()]];
    let gate = ["check", "--against", "HEAD"];
    for (folder, path) in [(".", FILE), ("org", "./h r/portfolio.yaml"), ("org/h r", "portfolio.yaml")] {
        assert_eq!(named(&place, folder, &["score", path]), expected, "{folder}");
        let mut gate = gate.to_vec();
        gate.push(path);
        assert_eq!(named(&place, folder, &gate), expected, "{folder}");
    }
    // What is staged is there too.
    place.git(&["add", "--all"]);
    assert_eq!(named(&place, "org/h r", &["check", "--staged", "--against", "HEAD"]), expected);
    // From outside, by its absolute path.
    let absolute = place.path().join(FILE);
    let absolute = absolute.to_str().expect("UTF-8");
    let elsewhere = Place::plain();
    assert_eq!(named(&elsewhere, ".", &["score", absolute]), expected);
    // JUnit names it as GitLab does, and JSON as it was typed.
    let junit = place.debt_in("org", &["score", "h r/portfolio.yaml", "--format", "junit"], &[]).ok();
    assert!(junit.contains("file=\"org/h r/portfolio.yaml\""), "{junit}");
    let json = place.debt_in("org", &["score", "h r/portfolio.yaml", "--format", "json"], &[]).json();
    assert_eq!(json["factors"][0]["location"]["file"], "h r/portfolio.yaml");
}

#[test]
fn sarif_says_where_the_root_is() {
    let Some(place) = repository() else { return };
    let root = place.path().canonicalize().expect("there");
    let bases = |arguments: &[&str]| {
        let key = [("DEBT_PSEUDONYM_KEY", "a key of sixteen bytes or more")];
        let all: Vec<&str> = ["score", FILE, "--format", "sarif"].iter().chain(arguments).copied().collect();
        run_of(&place.debt_in(".", &all, &key).ok())["originalUriBaseIds"].clone()
    };
    assert_eq!(bases(&[])["%SRCROOT%"]["uri"], format!("file://{}/", root.display()));
    // A home folder names somebody.
    let private = bases(&["--privacy", "pseudonyms"]);
    assert!(
        private["%SRCROOT%"]["description"].is_object() && private["%SRCROOT%"]["uri"].is_null(),
        "{private}"
    );
    assert!(bases(&["--privacy", "pseudonyms", "--no-locations"]).is_null());
}

#[test]
fn outside_of_a_repository_a_path_stays_what_it_is() {
    let place = Place::plain();
    place.write("h r/portfolio.yaml", ORG);
    let folder = place.path().canonicalize().expect("there");
    let relative = "h r/portfolio.yaml".to_owned();
    let expected = [vec![relative.clone()], vec![relative], vec!["h%20r/portfolio.yaml".to_owned()]];
    assert_eq!(named(&place, ".", &["score", "h r/portfolio.yaml"]), expected);
    let absolute = folder.join("h r/portfolio.yaml").to_str().expect("UTF-8").to_owned();
    let uri = format!("file://{}", absolute.replace(' ', "%20"));
    let expected = [vec![absolute.clone()], vec![absolute.clone()], vec![uri]];
    assert_eq!(named(&place, "h r", &["score", &absolute]), expected);
    // A CI service says where its checkout is.
    let known = place.debt_in(
        ".",
        &["score", &absolute, "--format", "github"],
        &[("GITHUB_WORKSPACE", folder.to_str().expect("UTF-8"))],
    );
    assert!(known.ok().contains("file=h r/portfolio.yaml,"));
}

#[test]
fn standard_input_is_nowhere() {
    let written = |format: &str| run::debt().args(["score", "-", "--format", format]).stdin(ORG).end().ok();
    let github = written("github");
    assert!(github.contains("::error title=") && !github.contains("file="), "{github}");
    let run = run_of(&written("sarif"));
    assert!(run["originalUriBaseIds"].is_null());
    for result in run["results"].as_array().expect("results") {
        assert!(result["locations"][0]["physicalLocation"].is_null(), "{result}");
        assert!(result["locations"][0]["logicalLocations"].is_array(), "{result}");
    }
    assert!(!written("junit").contains(" file="));
}
