//! `debt import … --into`: comments, order and everything a person wrote stay; twice is once; conflicts are shown.

use std::fs;

use super::import_support::{debt, fixture, must_score};

const MINE: &str = "# Our portfolio.\nversion: 1   # the only one\n\npeople:   # everybody\n  # Bo leads.\n  - id: bo          # the lead\n    name: 'Bo L.'\n    squad: a\n    aliases: [bo@example.org]\n\n  - {name: Ana, id: ana@example.org, squad: a}   # in braces\n  # the end of the list\n\n# Squads come next.\nsquads: [{id: a, lead: bo}]\n\nmeetings:\n- owner: bo\n  with: ana@example.org  # no id\n  purpose: delivery\n# The end.\n";

/// Imports into a text; gives the new text and what was said.
fn into(text: &str, arguments: &[&str]) -> (i32, String, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("portfolio.yaml");
    fs::write(&path, text).expect("written");
    let shown = path.display().to_string();
    let mut all = vec!["import"];
    all.extend(arguments);
    all.extend(["--into", &shown]);
    let (status, out, errors) = debt(&all).parts();
    assert_eq!(out, "");
    (status, fs::read_to_string(&path).expect("it is there"), errors.replace(&shown, "portfolio.yaml"))
}

fn path(name: &str) -> String {
    fixture(name).display().to_string()
}

/// Every line of the old text is in the new one, in the same order, as it was or with something added.
fn keeps(old: &str, new: &str) {
    let mut rest = new.chars();
    for character in old.chars() {
        assert!(rest.any(|one| one == character), "lost something of:\n{old}\n---\n{new}");
    }
}

#[test]
fn what_was_written_stays_and_twice_is_once() {
    let (status, text, errors) = into(MINE, &["ics", &path("bo.ics")]);
    assert_eq!(status, 0, "{errors}");
    insta::assert_snapshot!("merged", text);
    insta::assert_snapshot!("said", errors);
    keeps(MINE, &text);
    must_score(&text);
    let (_, again, errors) = into(&text, &["ics", &path("bo.ics")]);
    assert_eq!(again, text, "{errors}");
    assert!(errors.contains("nothing to add to portfolio.yaml"), "{errors}");
}

#[test]
fn named_keys_are_updated_and_others_are_not() {
    let (_, text, _) = into(MINE, &["ics", &path("bo.ics")]);
    let old = text
        .replace("every: weekly\n  last_held: 2026-11-10", "every: 3w   # by hand\n  last_held: 2026-11-10");
    assert_ne!(old, text);
    let (_, same, errors) = into(&old, &["ics", &path("bo.ics")]);
    assert!(errors.contains("`every` is 3w here and weekly in the import"), "{errors}");
    assert!(same.contains("every: 3w   # by hand"), "{same}");
    let (_, new, errors) = into(&same, &["ics", &path("bo.ics"), "--update", "every"]);
    assert_eq!(new, text.replacen("every: weekly\n", "every: weekly   # by hand\n", 1), "{errors}");
}

#[test]
fn last_dates_move_forward_unless_a_person_knows_a_later_one() {
    let (_, text, _) = into(MINE, &["ics", &path("bo.ics")]);
    let held = "last_held: 2026-11-10\n  cancelled_in_a_row: 1";
    let old = text.replace(held, "last_held: 2026-10-05   # by hand\n  cancelled_in_a_row: 4");
    assert_ne!(old, text);
    let (_, new, errors) = into(&old, &["ics", &path("bo.ics")]);
    assert!(!errors.contains("`last_held`"), "{errors}");
    assert_eq!(new, text.replacen("last_held: 2026-11-10\n", "last_held: 2026-11-10   # by hand\n", 1));
    let later = text.replace(held, "last_held: 2026-11-19");
    let (_, new, errors) = into(&later, &["ics", &path("bo.ics")]);
    assert!(
        new.contains("last_held: 2026-11-19\n  since") && !errors.contains("`last_held`"),
        "{new}\n{errors}"
    );
}

#[test]
fn every_way_of_writing_a_portfolio_is_added_to() {
    let csv = path("export.csv");
    for mine in [
        "people: []\n",
        "people:\nname: x\n",
        "people: [{id: x}]",
        "people:\n- id: x",
        "people:\r\n  - id: x\r\n    name: X\r\n",
        "\u{FEFF}people:\n  -   id: x\n      title: >\n        folded\n\n        text\n",
        "{\"people\": [{\"id\": \"x\", \"name\": \"X\"}], \"squads\": [{\"id\": \"y\"}]}",
        "---\npeople:\n  - id: x\n...\n",
        "people: &p\n  - &x {id: x}\n",
    ] {
        let mine_has_people = mine.contains("id");
        let (status, text, errors) = into(mine, &["csv", &csv, "--squads", "department"]);
        if !mine_has_people {
            assert_eq!(status, 2, "a portfolio without people is none: {errors}");
            continue;
        }
        assert_eq!(status, 0, "{mine:?}: {errors}");
        keeps(mine, &text);
        must_score(text.trim_start_matches('\u{FEFF}'));
        assert!(!mine.contains("\r\n") || !text.replace("\r\n", "").contains('\n'), "{text:?}");
        assert_eq!(into(&text, &["csv", &csv, "--squads", "department"]).1, text);
    }
}

#[test]
fn what_would_not_be_valid_is_not_written() {
    let mine = "people:\n  - {id: bo}\n  - {id: x, delivery_owner: '001'}\n";
    let (status, text, errors) = into(mine, &["csv", &path("export.csv")]);
    assert!(
        status == 2 && text == mine && errors.contains("unknown-id") || errors.contains("error"),
        "{errors}"
    );
    let (status, _, errors) =
        into("people:\n  - id: bo\n", &["csv", &path("export.csv"), "--update", "salary"]);
    assert!(status == 2 && errors.contains("possible values"), "{errors}");
}

#[test]
fn the_examples_are_added_to() {
    for name in ["portfolio.yaml", "healthy.yaml", "minimal.yaml"] {
        let example = fs::read_to_string(format!("{}/examples/{name}", env!("CARGO_MANIFEST_DIR")))
            .expect("it is there");
        for arguments in [
            vec!["ics", "bo.ics"],
            vec!["csv", "export.csv"],
            vec!["scim", "users.json"],
            vec!["backstage", "catalog.yaml"],
        ] {
            let file = path(arguments[1]);
            let (status, text, errors) = into(&example, &[arguments[0], &file]);
            assert_eq!(status, 0, "{name} {arguments:?}: {errors}");
            keeps(&example, &text);
            assert_eq!(into(&text, &[arguments[0], &file]).1, text, "{name} {arguments:?}");
        }
    }
}
