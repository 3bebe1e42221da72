//! Each rule in its folder of fixtures: it fires, it just does not fire, it is unknown, it is resolved. And the registry is guarded.

use std::collections::BTreeSet;
use std::path::Path;

use debt::base::decimal::thousandths_in_full;
use debt::compare::{Of, Side, Views, compare};
use debt::model::adopt_ids;
use debt::rules;
use debt::rules::rule::{Absent, Rule};
use debt::score::part::Part;
use debt::score::scorecard;

use crate::support::{file, files_below, read, root, sources};

/// Whether a rule can answer that it does not know, as its file says.
fn can_be_unknown(rule: &Rule) -> bool {
    let source = file(format!("src/rules/{}_{}.rs", rule.code.to_lowercase(), rule.name.replace('-', "_")));
    source.contains("Answer::Unknown") || rule.absent != Absent::Silent
}

fn folder(rule: &Rule) -> String {
    format!("tests/fixtures/rules/{}-{}", rule.code, rule.name)
}

/// What a rule says of a fixture, in the words of `expected.txt`.
fn said_of(rule: &Rule, path: &str) -> String {
    let sources = sources(&file(path));
    let read = read(&sources).unwrap_or_else(|errors| panic!("{path}:\n{errors}"));
    let card =
        scorecard(&read.portfolio, &read.policy, read.day, Part::default()).expect("somebody is scored");
    let mut said = String::new();
    let mut also = BTreeSet::new();
    for factor in &card.factors {
        let code = rules::at(factor.rule).code;
        if code == rule.code {
            let amount = thousandths_in_full(factor.value().mp());
            said.push_str(&format!("{} {amount}\n", factor.id(&read.portfolio)));
        } else {
            also.insert(code);
        }
    }
    if !also.is_empty() {
        said.push_str(&format!("also {}\n", also.into_iter().collect::<Vec<_>>().join(" ")));
    }
    let position = rules::all().position(|one| one.code == rule.code).expect("registered");
    let unknown = card.coverage.by_rule[position].unknown;
    if unknown > 0 {
        said.push_str(&format!("unknown {unknown}\n"));
    }
    said
}

/// What a comparison of `found.yaml` with `resolved.yaml` says of a rule: `ID repaired how`.
fn said_of_change(rule: &Rule) -> String {
    let folder = folder(rule);
    let both = ["found", "resolved"].map(|name| sources(&file(format!("{folder}/{name}.yaml"))));
    let [mut old, new] =
        both.each_ref().map(|sources| read(sources).unwrap_or_else(|errors| panic!("{folder}:\n{errors}")));
    adopt_ids(&mut old.portfolio, &new.portfolio);
    let base = Side { portfolio: &old.portfolio, policy: &old.policy, day: old.day };
    let head = Side { portfolio: &new.portfolio, policy: &new.policy, day: new.day };
    let views = Views::new(Some(base), head);
    let comparison = compare(&views).expect("somebody is scored");
    let before = comparison.base.as_ref().expect("somebody was scored");
    let mut said = String::new();
    for changed in &comparison.changed {
        let Of::Base(at) = changed.of else { continue };
        let factor = &before.factors[at];
        if rules::at(factor.rule).code == rule.code {
            let (kind, how) = (changed.kind.word(), changed.how.expect("a way").word());
            said.push_str(&format!("{} {kind} {how}\n", factor.id(&old.portfolio)));
        }
    }
    said
}

#[test]
fn every_fixture_says_what_is_expected() {
    let mut wrong = String::new();
    for rule in rules::all() {
        let folder = folder(rule);
        let mut said = String::new();
        for name in ["found", "clear", "unknown"] {
            let path = format!("{folder}/{name}.yaml");
            if root().join(&path).exists() {
                said.push_str(&format!("{name}\n{}", said_of(rule, &path)));
            }
        }
        said.push_str(&format!("resolved\n{}", said_of_change(rule)));
        let expected = file(format!("{folder}/expected.txt"));
        if said != expected {
            wrong.push_str(&format!("{folder}\nexpected\n{expected}\nsaid\n{said}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn found_fires_and_clear_does_not() {
    for rule in rules::all() {
        let fires = |name: &str| {
            said_of(rule, &format!("{}/{name}.yaml", folder(rule))).contains(&format!("{}:", rule.code))
        };
        assert!(fires("found"), "{} does not fire on its own fixture", rule.code);
        assert!(!fires("clear"), "{} fires where it should not", rule.code);
    }
}

#[test]
fn what_each_rule_advises_repairs_it() {
    for rule in rules::all() {
        let is_repaired = said_of_change(rule).contains(" repaired ");
        // What takes nobody's time only ends with time.
        assert_eq!(is_repaired, rule.minutes > 0, "{}", rule.code);
    }
}

#[test]
fn every_rule_that_can_be_unknown_has_such_a_fixture() {
    assert!(rules::all().any(can_be_unknown), "no rule can be unknown");
    for rule in rules::all() {
        let there = root().join(folder(rule)).join("unknown.yaml").exists();
        assert_eq!(there, can_be_unknown(rule), "{}", rule.code);
        if there {
            assert!(
                said_of(rule, &format!("{}/unknown.yaml", folder(rule))).contains("unknown "),
                "{}",
                rule.code
            );
        }
    }
}

#[test]
fn fixtures_are_short_and_say_which_line_matters() {
    for path in files_below("tests/fixtures/rules", &["yaml"]) {
        let text = std::fs::read_to_string(&path).expect("readable");
        assert!(text.lines().count() <= 30, "{} is longer than 30 lines", path.display());
        assert!(
            text.lines().any(|line| line.contains(" # ") || line.starts_with("# ")),
            "{} says nowhere what matters in it",
            path.display()
        );
    }
}

#[test]
fn registry_files_and_folders_agree() {
    let registered: BTreeSet<String> = rules::all()
        .map(|rule| format!("{}_{}", rule.code.to_lowercase(), rule.name.replace('-', "_")))
        .collect();
    let names = |folder: &str| -> BTreeSet<String> {
        let entries = std::fs::read_dir(root().join(folder)).expect("a folder");
        entries.map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned()).collect()
    };
    let is_rule =
        |name: &String| name.starts_with('d') && name[1..].starts_with(|digit: char| digit.is_ascii_digit());
    let files: BTreeSet<String> = names("src/rules")
        .into_iter()
        .filter(is_rule)
        .map(|name| name.trim_end_matches(".rs").to_owned())
        .collect();
    assert_eq!(files, registered);
    let folders: BTreeSet<String> =
        names("tests/fixtures/rules").into_iter().map(|name| name.to_lowercase().replace('-', "_")).collect();
    assert_eq!(folders, registered);
}

#[test]
fn codes_are_unique_and_in_order() {
    let codes: Vec<&str> = rules::all().map(|rule| rule.code).collect();
    assert!(codes.len() > 30 && codes.is_sorted_by(|one, next| one < next), "{codes:?}");
}

/// The changelog names every rule that there ever was as `D101 conflated-1on1`, so a code that is taken out of the
/// registry can never come back under another name.
#[test]
fn a_code_is_never_used_again() {
    let changelog = file("CHANGELOG.md");
    let words = changelog.split(|c: char| c.is_whitespace() || ",:.;".contains(c));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let is_code = |word: &str| word.len() == 4 && word.starts_with('D') && word[1..].parse::<u16>().is_ok();
    let named: BTreeSet<(&str, &str)> = words
        .windows(2)
        .map(|pair| (pair[0], pair[1]))
        .filter(|(code, name)| is_code(code) && name.contains('-'))
        .collect();
    for rule in rules::all() {
        let names: Vec<&str> =
            named.iter().filter(|(code, _)| *code == rule.code).map(|(_, name)| *name).collect();
        assert_eq!(names, [rule.name], "{} in CHANGELOG.md", rule.code);
    }
}

#[test]
fn every_page_is_whole() {
    for rule in rules::all() {
        let page = &rule.page;
        for text in [page.what, page.why, page.when, page.formula, page.remedy] {
            assert!(text.ends_with('.') && !text.contains("  "), "{}: {text}", rule.code);
        }
        for text in [page.what, page.why, page.remedy] {
            assert!(!text.contains('{'), "{}: shown where no policy is at hand: {text}", rule.code);
        }
        // Nothing but time takes nobody's time.
        let sources = sources(&file(format!("{}/found.yaml", folder(rule))));
        let read = read(&sources).unwrap_or_else(|errors| panic!("{errors}"));
        let card = scorecard(&read.portfolio, &read.policy, read.day, Part::default()).expect("scored");
        let mut found = card.factors.iter().filter(|one| rules::at(one.rule).code == rule.code);
        assert!(found.all(|one| (rule.minutes == 0) == (one.found.act.verb == "wait")), "{}", rule.code);
        assert!(rule.minutes >= 0);
        assert!(Path::new(&folder(rule)).is_relative());
    }
}
