//! `debt sync`: every source of a list, one change, all or nothing.

use super::import_support::{fixture, shared};
use crate::gate_kit::Place;

const HR: &str = "Employee ID,Name,Work Email,Manager ID,Department\n1a,Bo,bo@example.org,,Ledger\n2a,Ana,ana@example.org,1a,Ledger\n";
const LIST: &str = "# HR first: it names the people.\n- {csv: exports/hr.csv, squads: department, email_aliases: true}\n- ics: [exports/bo.ics]\n  me: bo@example.org\n";

fn place() -> Place {
    let place = Place::plain();
    place.write("exports/hr.csv", HR);
    place.write("exports/bo.ics", &std::fs::read_to_string(fixture("bo.ics")).expect("there"));
    place.write("debt.sync.yaml", LIST);
    place.write("portfolio.yaml", "version: 1\npeople:\n  - id: 1a   # Bo\n");
    place
}

#[test]
fn sources_are_shown_as_one_diff_and_written_at_once() {
    let place = place();
    let before = place.read("portfolio.yaml");
    let shown = place.debt(&["sync"]).exits(0);
    assert!(shown.out.starts_with("--- a/portfolio.yaml\n+++ b/portfolio.yaml\n"), "{}", shown.out);
    assert!(
        shown.out.contains("+    name: Ana\n") && shown.out.contains("+    last_held: "),
        "{}",
        shown.out
    );
    shown.says("nothing written; --write does it");
    assert_eq!(place.read("portfolio.yaml"), before);
    let written = place.debt(&["sync", "--write"]).exits(0);
    assert_eq!(written.out, "");
    written.says("wrote portfolio.yaml");
    let after = place.read("portfolio.yaml");
    assert!(after.contains("id: 1a   # Bo") && after.contains("id: 1a--2a"), "{after}");
    let again = place.debt(&["sync", "--write"]).exits(0);
    assert_eq!(again.out, "");
    again.says("nothing new for portfolio.yaml");
    assert_eq!(place.read("portfolio.yaml"), after);
    // A list is never a part of the portfolio in its folder.
    place.debt(&["score", "."]).exits(0);
}

#[test]
fn where_one_source_cannot_be_read_nothing_is_written() {
    let place = place();
    let before = place.read("portfolio.yaml");
    place.write("exports/bo.ics", "no calendar\n");
    let run = place.debt(&["sync", "--write"]).exits(2);
    assert_eq!(run.out, "");
    run.says("not a calendar");
    assert_eq!(place.read("portfolio.yaml"), before);
    // What is gone is named, and closed on request.
    place.write("debt.sync.yaml", "- {csv: exports/hr.csv}\n");
    place.debt(&["sync", "--write"]).exits(0);
    place.write("exports/hr.csv", &HR.replace("2a,Ana,ana@example.org,1a,Ledger\n", ""));
    place.debt(&["sync"]).exits(0).says("\u{201C}Ana\u{201D} is no longer in the export");
    place.debt(&["sync", "--close-gone", "2026-11-10", "--write"]).exits(0);
    assert!(place.read("portfolio.yaml").contains("left: 2026-11-10"));
}

#[test]
fn what_is_wrong_with_the_list_has_its_place() {
    let place = place();
    for (list, says) in [
        ("- {csv: exports/hr.csv, squad: department}\n", "debt.sync.yaml:1:25"),
        ("- {csv: exports/hr.csv, squad: department}\n", "did you mean `squads`?"),
        ("- {ics: a, csv: b}\n", "a source is of one kind"),
        ("- {me: a}\n", "a source is of one kind"),
        ("- {csv: exports/hr.csv, skip_rows: many}\n", "expected a whole number from 0 to 10000"),
        ("\n- csv: exports/hr.csv\n  dates: soon\n", "debt.sync.yaml:2:3"),
        ("- {csv: exports/hr.csv, lexicon: x}\n", "unexpected argument '--lexicon'"),
        ("- {csv: '-'}\n", "standard input is no source of a sync"),
        ("- {csv: ''}\n", "expected the path of a file"),
        ("- {csv: [1]}\n", "write it in quotes"),
        ("- csv\n", "expected a mapping"),
        ("csv: exports/hr.csv\n", "expected a list of sources"),
        ("# nothing\n", "expected a list of sources"),
        ("- {csv: exports/none.csv}\n", "cannot read exports/none.csv"),
        ("- {csv: exports/hr.csv\n", "error[syntax]"),
        ("- {csv: portfolio.yaml}\n", "error"),
    ] {
        place.write("debt.sync.yaml", list);
        let run = place.debt(&["sync", "--write"]).exits(2);
        assert!(run.err.contains(says), "{list}: {}", run.err);
    }
    std::fs::remove_file(place.path().join("debt.sync.yaml")).expect("removed");
    place.debt(&["sync"]).exits(2).says("there is no debt.sync.yaml here");
    place.write("debt.sync.yaml", LIST);
    place.debt(&["sync", "none.yaml"]).exits(2).says("none.yaml");
    place.debt(&["sync", "."]).exits(2).says("is not a file");
}

#[test]
fn the_list_and_the_portfolio_are_found_as_the_configuration_is() {
    let Some(place) = Place::repository() else { return };
    place.write("org/exports/hr.csv", HR);
    place.write("org/mine.yaml", "people: [{id: 1a}]\n");
    place.write("debt.sync.yaml", "- {csv: org/exports/hr.csv}\n");
    place.write("debt.yaml", "paths: [org/mine.yaml]\n");
    place.write("org/deep/x.txt", "");
    let run = place.debt_in("org/deep", &["sync"], &[]).exits(0);
    assert!(run.out.contains("+++ b/../mine.yaml") || run.out.contains("mine.yaml"), "{}", run.out);
    place.write("debt.yaml", "paths: [org, org/mine.yaml]\n");
    place.debt_in("org/deep", &["sync"], &[]).exits(2).says("more than one file");
}

/// Every key that the list takes is an option of some kind of import.
#[test]
fn every_key_is_an_option() {
    let command = debt::cli::command();
    let import = command.find_subcommand("import").expect("a verb");
    let kinds = std::iter::once(import).chain(import.get_subcommands());
    let options: Vec<&str> =
        kinds.flat_map(clap::Command::get_arguments).filter_map(clap::Arg::get_long).collect();
    let schema: serde_json::Value =
        serde_json::from_str(&debt::cli::generate(debt::cli::Document::Sync)).expect("JSON");
    let keys = schema["$defs"]["SyncSource"]["properties"].as_object().expect("keys");
    let kinds = ["files", "ics", "csv", "xlsx", "scim", "graph", "backstage", "github"];
    for key in keys.keys().filter(|key| !kinds.contains(&key.as_str())) {
        assert!(options.contains(&key.replace('_', "-").as_str()), "{key} is no option");
    }
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let list: serde_json::Value = serde_yaml::from_str(LIST).expect("YAML");
    assert!(validator.is_valid(&list));
    let two: serde_json::Value = serde_yaml::from_str("[{ics: a, csv: b}]").expect("YAML");
    assert!(!validator.is_valid(&two));
}

#[test]
fn a_month_of_the_leader_is_one_diff() {
    let Some(folder) = shared("leader") else { return };
    let place = Place::plain();
    for name in ["hr1.csv", "hr2.csv", "cal1.ics", "cal2.ics"] {
        let text = std::fs::read_to_string(folder.join(name)).expect("there");
        place.write(name, &text);
    }
    let list = |number: u8| {
        format!(
            "- {{csv: hr{number}.csv, squads: department, email_aliases: true}}\n- {{ics: cal{number}.ics, me: bo@corp.example}}\n"
        )
    };
    place.write("portfolio.yaml", "people:\n  - id: '002'\n");
    place.write("debt.sync.yaml", &list(1));
    let today = [("DEBT_TODAY", "2026-11-28")];
    place.debt_in(".", &["sync", "--as-of", "2026-10-31", "--write"], &today).exits(0);
    place.write("debt.sync.yaml", &list(2));
    let run = place.debt_in(".", &["sync", "--as-of", "2026-11-27"], &today).exits(0);
    assert!(!run.err.contains("conflict"), "{}", run.err);
    let changed: Vec<&str> = run
        .out
        .lines()
        .filter(|line| {
            line.starts_with('-') && !line.starts_with("---") && !line.starts_with("-# debt import:")
        })
        .collect();
    // Only what happened: dates, a title, a name, an address, a squad, a rhythm, a renamed meeting.
    let keys = ["last_held", "title", "name", "aliases", "squad", "every"];
    for line in &changed {
        assert!(keys.iter().any(|key| line.trim_start_matches(['-', ' ']).starts_with(key)), "{line}");
    }
    assert!(changed.len() > 10, "{}", run.out);
}
