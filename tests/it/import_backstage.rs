//! `debt import backstage`.

use std::fs;

use super::import_support::{debt, debt_with_input, fixture, imported, rows, shared};

#[test]
fn a_catalogue_becomes_people_and_squads() {
    let path = fixture("catalog.yaml").display().to_string();
    let text = imported(&["import", "backstage", &path, "--guild-type", "chapter", "--email-aliases"]);
    insta::assert_snapshot!(text);
    let (_, _, errors) = debt(&["import", "backstage", &path]).parts();
    insta::assert_snapshot!(errors.replace(&path, "catalog.yaml"));
}

#[test]
fn the_order_of_documents_and_files_changes_nothing() {
    let text = fs::read_to_string(fixture("catalog.yaml")).expect("it is there");
    let whole = imported(&["import", "backstage", &fixture("catalog.yaml").display().to_string()]);
    let folder = tempfile::tempdir().expect("a folder");
    for (index, document) in text.split("---\n").collect::<Vec<_>>().into_iter().rev().enumerate() {
        fs::write(folder.path().join(format!("{index:02}.yaml")), document).expect("written");
    }
    assert_eq!(imported(&["import", "backstage", &folder.path().display().to_string()]), whole);
}

#[test]
fn what_is_no_catalogue_is_refused() {
    for (input, expected) in [
        ("", "this is no catalogue"),
        ("kind: Group\nmetadata: {name: a}\n", "beside the 1 of `kind: Group`"),
        ("a: [\n", "this is not YAML"),
        ("a: &a [*a]\n", "inside the value it repeats"),
        (&"[".repeat(10_000), "nest"),
    ] {
        let (status, out, errors) = debt_with_input(&["import", "backstage", "-"], input.as_bytes()).parts();
        assert_eq!((status, out.as_str()), (2, ""), "{errors}");
        assert!(errors.contains(expected), "{input:.20}: {errors}");
    }
}

#[test]
fn the_samples_are_read_as_a_careful_person_would() {
    use debt::import::backstage::{Options, read};
    use debt::source::foreign::{self, HowToRead};
    use debt::source::{Diagnostics, Origin, Sources};
    let Some(folder) = shared("backstage") else { return };
    for row in rows(&folder) {
        let name = &row["file"];
        let (mut sources, mut found) = (Sources::default(), Diagnostics::default());
        let how = HowToRead { endings: &["yaml"], encoding: None };
        let files = foreign::read(&mut sources, &[Origin::Path(folder.join(name))], how, &mut found);
        let draft = read(&files, &sources, &Options::default(), &mut found);
        for (what, column) in [
            ("documents", "documents"),
            ("users", "users"),
            ("groups", "groups"),
            ("memberOf_refs", "memberOf_refs"),
            ("refs_resolved", "refs_resolved_in_file"),
        ] {
            assert_eq!(draft.counted(what).to_string(), row[column], "{what} of {name}");
        }
        imported(&["import", "backstage", &folder.join(name).display().to_string()]);
    }
}
