//! `debt import FILE…`: what a file is is found out and said, and what cannot be read is named.

use std::fs;

use super::import_support::{debt, debt_with_input, fixture, imported};

fn path(name: &str) -> String {
    fixture(name).display().to_string()
}

/// The portfolio of a file whose kind nobody named, and what was said.
fn read(name: &str, more: &[&str]) -> (String, String) {
    let file = path(name);
    let arguments: Vec<&str> = ["import", &file].into_iter().chain(more.iter().copied()).collect();
    let text = imported(&arguments);
    let (_, _, said) = debt(&arguments).parts();
    (text, said.replace(&file, name))
}

#[test]
fn every_kind_is_recognised_and_said() {
    for (name, kind) in [
        ("export.csv", "a table of people (CSV)"),
        ("people.xlsx", "an Excel workbook"),
        ("users.json", "SCIM users and groups"),
        ("bulk.json", "SCIM users and groups"),
        ("users_graph.json", "Microsoft Graph users"),
        ("catalog.yaml", "a Backstage catalogue"),
        ("catalog_api.json", "a Backstage catalogue"),
        ("peribolos.yaml", "teams of a GitHub organisation"),
        ("teams.json", "teams of a GitHub organisation"),
        ("bo.ics", "a calendar"),
    ] {
        let (_, said) = read(name, &[]);
        assert!(said.contains(&format!("{name} was read as {kind}")), "{name}: {said}");
    }
    // Several kinds at once are one portfolio.
    let text = imported(&["import", &path("users_graph.json"), &path("teams.json")]);
    assert!(text.contains("milo@example.org") && text.contains("id: ledger"), "{text}");
}

#[test]
fn a_workbook_is_read_as_its_people_see_it() {
    let (text, said) = read("people.xlsx", &[]);
    insta::assert_snapshot!(format!("{text}\n{said}"));
    assert!(!text.contains("99999"), "a salary was copied");
    let file = path("people.xlsx");
    let text = imported(&["import", "xlsx", &file, "--sheet", "Leavers"]);
    assert!(text.contains("Noor Gone"), "{text}");
    let (status, _, errors) = debt(&["import", "xlsx", &file, "--sheet", "Nope"]).parts();
    assert!(status == 2 && errors.contains("the sheets are Notes, People, Old, Leavers"), "{errors}");
    let (status, _, errors) = debt(&["import", "csv", &file]).parts();
    assert!(status == 2 && errors.contains("this is an Excel workbook"), "{errors}");
}

#[test]
fn directories_leave_out_who_is_gone() {
    let (text, said) = read("users_graph.json", &[]);
    insta::assert_snapshot!(format!("{text}\n{said}"));
    assert!(!text.contains("555"), "a telephone number was copied");
    let (text, _) = read("bulk.json", &["--squads", "groups"]);
    assert!(text.contains("delivery_owner: ines") && text.contains("squad: payments"), "{text}");
    assert!(!text.contains("bulkId"), "{text}");
}

#[test]
fn teams_become_squads_and_nobody_leads_them() {
    let (text, said) = read("peribolos.yaml", &[]);
    insta::assert_snapshot!(format!("{text}\n{said}"));
    let (text, _) = read("teams.json", &[]);
    assert!(text.contains("name: Lena Vogt\n    squad: ledger") && !text.contains("lead:"), "{text}");
    let (text, _) = read("catalog_api.json", &[]);
    assert_eq!(text.matches("squad: ledger").count(), 2, "{text}");
}

#[test]
fn what_cannot_be_read_is_named_for_what_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let ole = |stream: &str| {
        let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    let workbook = fs::read(fixture("people.xlsx")).expect("it is there");
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("a.pdf", b"%PDF-1.7\n".to_vec(), "a PDF document"),
        ("a.png", b"\x89PNG\r\n\x1a\n".to_vec(), "a picture (PNG)"),
        ("a.zip", b"PK\x03\x04hr.csv".to_vec(), "a ZIP archive"),
        ("a.numbers", b"PK\x03\x04Index/Document.iwa".to_vec(), "Numbers"),
        ("a.xls", ole("Workbook"), "an old Excel workbook (.xls)"),
        ("b.xlsx", ole("EncryptedPackage"), "with a password"),
        ("c.xlsx", workbook[..workbook.len() / 2].to_vec(), "this workbook is damaged"),
        ("a.vcf", b"BEGIN:VCARD\n".to_vec(), "contacts"),
        ("a.ldif", b"dn: cn=a\n".to_vec(), "LDIF"),
        ("a.html", b"<!DOCTYPE html><p>Sign in".to_vec(), "a web page"),
        ("a.yaml", b"version: 1\npeople: []\n".to_vec(), "a portfolio already"),
        ("a.txt", b"Dear all,\n".to_vec(), "a text that is no calendar"),
        ("empty.csv", Vec::new(), "an empty file"),
        ("a.json", b"{\"a\": 1}".to_vec(), "JSON of a kind"),
        ("b.csv", b"a,b\n1,2\n".to_vec(), "columns are not known"),
    ];
    for (name, bytes, what) in cases {
        let file = folder.path().join(name);
        fs::write(&file, bytes).expect("written");
        let (status, out, errors) = debt(&["import", &file.display().to_string()]).parts();
        assert_eq!((status, out.as_str()), (2, ""), "{name}: {errors}");
        assert!(errors.contains(what) && errors.contains("help:"), "{name}: {errors}");
    }
    let (status, _, errors) = debt(&["import"]).parts();
    assert!(status == 2 && errors.contains("FILE"), "{errors}");
}

#[test]
fn a_damaged_workbook_costs_nothing_but_itself() {
    let workbook = fs::read(fixture("people.xlsx")).expect("it is there");
    // A byte here and there, by a fixed rule: whatever comes of it, it ends in words.
    for step in 0..24_usize {
        let mut bytes = workbook.clone();
        let at = step * 997 % bytes.len();
        bytes[at] ^= 1 << (step % 8);
        let (status, _, errors) = debt_with_input(&["import", "xlsx", "-"], &bytes).parts();
        assert!((status == 0 || status == 2) && !errors.contains("panicked"), "byte {at}: {errors}");
    }
}
