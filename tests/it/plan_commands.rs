//! What `debt plan` prints to be typed can be pasted into a shell as it is.

use std::collections::BTreeSet;

use crate::run::{bare, debt, path_with, program};
use crate::support::{file, root};

/// The command of the first step of each of these plans, without what only a shell sees.
fn commands(place: &std::path::Path, plans: &[Vec<String>]) -> BTreeSet<String> {
    let of = |plan: &Vec<String>| {
        let table = debt().within(place).arg("plan").args(plan).end().ok();
        let (_, command) = table.split_once("When the first is done:")?;
        Some(command.trim().to_owned())
    };
    plans.iter().filter_map(of).collect()
}

/// For everybody who can do something, and for every rule.
fn plans(before: &[&str]) -> Vec<Vec<String>> {
    let example: serde_json::Value =
        serde_yaml::from_str(&file("examples/portfolio.yaml")).expect("the example");
    let people = example["people"].as_array().expect("a list").iter();
    let people = people.map(|one| one["id"].as_str().expect("an id").to_owned()).chain(["nobody".to_owned()]);
    let owners = people.map(|id| ["--owner".to_owned(), id]);
    let codes = debt::rules::all().map(|rule| ["--only".to_owned(), rule.code.to_owned()]);
    let with = |last: [String; 2]| before.iter().map(|word| (*word).to_owned()).chain(last).collect();
    owners.chain(codes).map(with).collect()
}

#[test]
fn every_command_of_a_plan_can_be_pasted() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path();
    std::fs::copy(root().join("examples/portfolio.yaml"), place.join("portfolio.yaml")).expect("copied");
    let commands = commands(place, &plans(&[]));
    assert!(commands.len() > 15, "{commands:#?}");
    let (mut done, mut asked) = (0, 0);
    for command in &commands {
        let shell = bare("sh").within(place).env("PATH", path_with(&[program()]));
        let ran = shell.env("DEBT_TODAY", crate::run::TODAY).args(["-c", command]).end();
        // Somebody has to be named, or one of several things chosen: then it says what.
        if command.ends_with(" PERSON") || command.ends_with('\'') || command.ends_with(" TOPIC") {
            let option = command.split(' ').find(|word| word.starts_with("--")).expect("an option");
            assert_eq!(ran.status, 2, "{command}: {}", ran.err);
            let says = ran.err.contains(option) || ran.err.contains("\u{201C}PERSON");
            assert!(says, "{command}: {}", ran.err);
            asked += 1;
        } else {
            assert_eq!(ran.status, 0, "{command}: {}", ran.err);
            assert!(ran.out.starts_with("--- a/portfolio.yaml"), "{command}: {}", ran.out);
            done += 1;
        }
    }
    println!("{done} do it, {asked} ask");
    assert!(done > asked, "{commands:#?}");
}

/// The paths of the plan are those of the command, in quotes where a shell needs them.
#[test]
fn a_command_is_about_the_same_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path();
    let name = "Ana's team.yaml";
    std::fs::copy(root().join("examples/portfolio.yaml"), place.join(name)).expect("copied");
    let plans = vec![[name, "--only", "D301"].map(str::to_owned).to_vec()];
    let command = commands(place, &plans).pop_first().expect("a command");
    assert_eq!(command, "debt fix hold:conversation:ana-promotion 'Ana'\\''s team.yaml' --held");
    let shell = bare("sh").within(place).env("PATH", path_with(&[program()]));
    let diff = shell.env("DEBT_TODAY", crate::run::TODAY).args(["-c", &command]).end().ok();
    assert!(diff.contains("+    held: 2026-11-20"), "{diff}");
}

/// Where ids are withheld nobody could do it by the one that is shown.
#[test]
fn no_command_where_ids_are_withheld() {
    for privacy in ["pseudonyms", "aggregate"] {
        let plan = ["plan", "examples/portfolio.yaml", "--only", "D301", "--privacy", privacy];
        let table = debt().env("DEBT_PSEUDONYM_KEY", "k".repeat(32)).args(plan).end().ok();
        assert!(table.contains("removes") && !table.contains("debt fix"), "{table}");
    }
}
