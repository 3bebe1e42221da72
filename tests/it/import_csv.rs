//! `debt import csv`.

use std::fs;

use super::import_support::{debt, debt_with_input, fixture, imported, rows, shared};

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
        status == 2 && errors.contains("unknown column nmae") && errors.contains("did you mean name?"),
        "{errors}"
    );
    let (status, _, errors) = debt(&["import", "csv", &path("bad_rows.csv"), "--map", "boss=name"]).parts();
    assert!(status == 2 && errors.contains("unknown role `boss`"), "{errors}");
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

/// What an import says, and the portfolio, of a text.
fn of(text: &str, more: &[&str]) -> (i32, String, String) {
    let arguments: Vec<&str> = ["import", "csv", "-"].into_iter().chain(more.iter().copied()).collect();
    debt_with_input(&arguments, text.as_bytes()).parts()
}

#[test]
fn a_column_is_named_in_quotes_and_suggested_in_quotes() {
    let text = "\"No, staff\",Who,Dotted Line\n1,Ines,2\n2,Milo,\n";
    let (status, out, errors) = of(text, &["--map", "id=\"No, staff\",name=Who"]);
    assert!(status == 0 && out.contains("name: Ines") && out.contains("craft_owner: \"2\""), "{errors}");
    let (status, _, errors) = of("No staff,Who\n1,Ines\n", &[]);
    assert!(status == 2 && errors.contains("--map 'id=No staff'"), "{errors}");
    let (status, _, errors) = of("\"No, staff\",Who\n1,Ines\n", &[]);
    assert!(status == 2 && errors.contains("--map 'id=\"No, staff\"'"), "{errors}");
}

#[test]
fn the_header_is_found_below_titles_or_where_it_is_said_to_be() {
    let text = "Acme report\nGenerated 2026-11-20\n\nEmployee ID,Name,Manager\n1,Ines,2\n2,Milo,\nTotal,2,\n";
    let (status, out, errors) = of(text, &[]);
    assert!(
        status == 0 && out.matches("- id:").count() == 2 && out.contains("delivery_owner: \"2\""),
        "{out}{errors}"
    );
    assert!(errors.contains("2 lines above the header") && errors.contains("line 7, a total"), "{errors}");
    let text = "code,who\nid,name\n1,Ines\n";
    let (status, out, errors) = of(text, &["--skip-rows", "1"]);
    assert!(status == 0 && out.contains("name: Ines") && !out.contains("code"), "{out}{errors}");
}

#[test]
fn words_for_nobody_give_nobody() {
    let text = "ID,Name,Manager\n1,Ines,TBD\n2,Milo,Vacant\n3,Lena,(blank)\n4,Remy,#N/A\n5,Noor,1\n";
    let (status, out, errors) = of(text, &[]);
    assert!(status == 0 && !out.contains("external") && out.matches("delivery_owner").count() == 1, "{out}");
    assert!(errors.contains("TBD, Vacant: nobody, so 2 people got no delivery owner"), "{errors}");
    let (_, out, errors) = of("ID,Name,Manager\n1,Ines,No\n2,Milo,Yes\n", &[]);
    assert!(!out.contains("owner") && errors.contains("the column Manager says yes or no"), "{out}{errors}");
}

#[test]
fn managers_who_are_no_rows_are_not_made_up() {
    let text = "ID,Name,Manager\n1,Ines,IL\n2,Milo,IL\n3,Lena,MO\n";
    let (status, out, errors) = of(text, &[]);
    assert!(status == 2 && out.is_empty() && errors.contains("0 of 2 are by id"), "{errors}");
    // Whoever says so is believed.
    let (status, out, _) = of(text, &["--map", "manager=Manager"]);
    assert!(status == 0 && out.matches("external: true").count() == 2, "{out}");
    let (status, out, errors) = of("ID,Name,Manager\n1,Lena Vogt,\n2,Lena Vogt,\n3,Milo,Lena Vogt\n", &[]);
    assert!(
        status == 0 && !out.contains("owner") && errors.contains("two or more people are called Lena Vogt"),
        "{errors}"
    );
}

#[test]
fn a_second_line_and_a_chapter_are_read() {
    let text = "ID,Name,Manager,Dotted Line Manager,Chapter,Level,Path\n1,Ines,2,3,Backend,L4,IC\n2,Milo,,3,Backend,L6,Manager\n3,Lena,,,Backend,7,IC\n";
    let (status, out, errors) = of(text, &["--map", "level=Level,track=Path"]);
    assert_eq!(status, 0, "{errors}");
    insta::assert_snapshot!(out);
    let (_, told, _) = debt_with_input(&["score", "-", "--as-of", "2026-11-20"], out.as_bytes()).parts();
    assert!(!told.contains("no craft owner"), "{told}");
    let (_, _, errors) = of(text, &[]);
    assert!(errors.contains("columns not read: Level, Path"), "{errors}");
    let (status, _, errors) = of(text, &["--map", "level=Name"]);
    assert!(status == 2 && errors.contains("expected a number from 1 to 20"), "{errors}");
}

#[test]
fn whoever_is_gone_without_a_date_is_left_out_or_has_the_day_that_is_said() {
    let text = "ID,Name,Manager ID,Status,Hire Date,Termination Date\n1,Ines,,Active,2019-01-15,2018-01-01\n2,Milo,1,Terminated,2020-01-15,\n3,Lena,2,Purple,2020-01-15,9999-12-31\n";
    let (status, out, errors) = of(text, &[]);
    assert!(status == 0 && !out.contains("Milo") && !out.contains("left:"), "{out}{errors}");
    for said in
        ["Purple (1)", "1 person left before the day", "1 person got no delivery owner: theirs is left out"]
    {
        assert!(errors.contains(said), "{said}: {errors}");
    }
    let (_, out, _) = of(text, &["--left-on", "2026-11-01"]);
    assert!(out.contains("left: 2026-11-01") && out.contains("delivery_owner: \"2\""), "{out}");
}

#[test]
fn no_day_is_before_1900() {
    let (status, out, errors) =
        of("ID,Name,Manager ID,Hire Date\n1,Ines,,3-Feb-24\n2,Milo,1,4-Jan-27\n", &[]);
    assert!(status == 0 && out.contains("2024-02-03") && out.contains("2027-01-04"), "{out}");
    assert!(errors.contains("years of two digits are 1950 to 2049"), "{errors}");
    for (day, said) in
        [("0024-02-03", "date before 1900"), ("03/02/24", "--dates ymd"), ("45992", "2025-12-01")]
    {
        let (status, _, errors) = of(&format!("ID,Name,Hire Date\n1,Ines,{day}\n"), &[]);
        assert!(status == 2 && errors.contains(said), "{day}: {errors}");
    }
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

/// No export may be quadratic: so many rows take seconds in a test, and hours if they were.
#[test]
fn a_hundred_thousand_rows_with_managers_by_name_are_read() {
    use std::fmt::Write;
    let mut text = "Email,Full name,Reports to,Status\n".to_owned();
    for at in 1..=100_000_u32 {
        let boss = if at == 1 { String::new() } else { format!("Given Family{}", at / 8 + 1) };
        writeln!(text, "p{at}@example.org,Given Family{at},{boss},Active").expect("a text");
    }
    let (status, out, errors) = of(&text, &[]);
    assert_eq!(status, 0, "{errors}");
    assert!(out.matches("delivery_owner").count() > 99_000, "{errors}");
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
