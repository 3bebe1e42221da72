//! `debt import csv`.

use std::fs;

use super::import_support::{debt, fixture, imported, rows, shared};

fn path(name: &str) -> String {
    fixture(name).display().to_string()
}

#[test]
fn an_export_becomes_people_squads_and_lines() {
    let text = imported(&["import", "csv", &path("export.csv"), "--squads", "department", "--email-aliases"]);
    insta::assert_snapshot!(text);
    for secret in ["99999", "1980", "55555", "Salary"] {
        assert!(!text.contains(secret), "{secret} was copied");
    }
}

#[test]
fn a_dry_run_shows_how_the_file_is_understood() {
    let (status, out, _) = debt(&["import", "csv", &path("export.csv"), "--dry-run"]).parts();
    assert_eq!(status, 0);
    insta::assert_snapshot!(out.replace(&path("export.csv"), "export.csv"));
}

#[test]
fn rows_that_do_not_read_are_all_named_and_nothing_is_imported() {
    let (status, out, errors) = debt(&["import", "csv", &path("bad_rows.csv")]).parts();
    assert_eq!((status, out.as_str()), (2, ""));
    insta::assert_snapshot!(errors.replace(&path("bad_rows.csv"), "bad_rows.csv"));
    let text = imported(&["import", "csv", &path("bad_rows.csv"), "--skip-bad-rows"]);
    insta::assert_snapshot!(text);
}

#[test]
fn what_is_mapped_must_be_there() {
    let (status, _, errors) = debt(&["import", "csv", &path("bad_rows.csv"), "--map", "id=nmae"]).parts();
    assert!(
        status == 2 && errors.contains("there is no column nmae") && errors.contains("did you mean name?"),
        "{errors}"
    );
    let (status, _, errors) = debt(&["import", "csv", &path("bad_rows.csv"), "--map", "boss=name"]).parts();
    assert!(status == 2 && errors.contains("no role `boss`"), "{errors}");
}

#[test]
fn dates_delimiters_and_encodings_can_be_set() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.csv");
    fs::write(&file, b"id|name|hire date\nx|Zo\xEB|03/04/2025\n").expect("written");
    let file = file.display().to_string();
    let text =
        imported(&["import", "csv", &file, "--dates", "dmy", "--delimiter", "|", "--encoding", "latin1"]);
    assert!(text.contains("started: 2025-04-03") && text.contains("name: Zoë"), "{text}");
    let text = imported(&["import", "csv", &file, "--dates", "mdy"]);
    assert!(text.contains("started: 2025-03-04") && text.contains("name: Zoë"), "{text}");
}

#[test]
fn hostile_files_end_in_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let quote = b"id,name\n1,\"never closed\n2,x\n".as_slice();
    let zeros = vec![0_u8; 4096];
    let wide = ["id", &",".repeat(100_000), "\n1", &",".repeat(100_000)].concat();
    let twice = b"id,id\n1,2\n".as_slice();
    let names = "id,name\nx,\"\u{1b}[31m- {a: [b]}\u{202e}\"\n".as_bytes();
    for (name, bytes) in [
        ("empty", b"".as_slice()),
        ("zeros", &zeros),
        ("quote", quote),
        ("twice", twice),
        ("wide", wide.as_bytes()),
        ("names", names),
    ] {
        let file = folder.path().join(name);
        fs::write(&file, bytes).expect("written");
        let (status, out, errors) = debt(&["import", "csv", &file.display().to_string()]).parts();
        assert!(status == 2 || status == 0, "{name}: {status}");
        assert!(
            !errors.contains('\u{1b}') && !errors.contains("panicked") && !out.contains('\u{1b}'),
            "{name}: {errors}"
        );
    }
    let (status, _, errors) = debt(&["import", "csv", "no-such-file.csv"]).parts();
    assert!(status == 2 && errors.contains("cannot read no-such-file.csv"), "{errors}");
}

#[test]
fn the_samples_are_read_as_a_careful_person_would() {
    use debt::import::csv::{ColumnMapping, ColumnRole, Options, read};
    use debt::source::foreign::{self, HowToRead};
    use debt::source::{Diagnostics, Origin, Sources};
    let Some(folder) = shared("csv") else { return };
    for row in rows(&folder) {
        let name = &row["file"];
        if name == "expected.tsv" {
            continue;
        }
        let (mut sources, mut found) = (Sources::default(), Diagnostics::default());
        let how = HowToRead { endings: &["csv"], encoding: None };
        let files = foreign::read(&mut sources, &[Origin::Path(folder.join(name))], how, &mut found);
        let header: String = sources.text(files[0].file).lines().next().unwrap_or_default().to_owned();
        let first = header.split([',', ';']).next().unwrap_or_default();
        // A file that names no id is read by its first column.
        let map = if first.contains("id") { Vec::new() } else { vec![(ColumnRole::Id, first.to_owned())] };
        let options = Options { mapping: ColumnMapping { map, squads: None }, ..Options::default() };
        let import = read(&files[0], &mut sources, &options, &mut found);
        assert_eq!(found.errors(), 0, "{name}");
        for what in ["rows", "distinct_ids", "with_manager", "roots", "dangling_managers"] {
            if let Ok(expected) = row[what].parse::<usize>() {
                assert_eq!(import.draft.counted(what), expected, "{what} of {name}");
            }
        }
        let encoding = files[0].encoding.to_lowercase();
        assert!(row["encoding"].split(' ').all(|word| encoding.contains(word)), "{name}: {encoding}");
        let delimiter =
            if row["delimiter"] == "tab" { "a tab".to_owned() } else { format!("`{}`", row["delimiter"]) };
        assert!(
            import.preview.iter().any(|line| line.starts_with("delimiter") && line.ends_with(&delimiter)),
            "{name}"
        );
        let path = folder.join(name).display().to_string();
        imported(&["import", "csv", &path, "--map", &format!("id={first}")]);
    }
}
