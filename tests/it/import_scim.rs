//! `debt import scim`.

use super::import_support::{debt, debt_with_input, fixture, imported, rows, shared};

#[test]
fn users_become_people_and_their_managers_owners() {
    let path = fixture("users.json").display().to_string();
    let text = imported(&["import", "scim", &path]);
    insta::assert_snapshot!(text);
    for secret in ["555-0100", "hunter2", "xample.org/"] {
        assert!(!text.contains(secret), "{secret} was copied");
    }
    let (_, _, errors) =
        debt(&["import", "scim", &path, "--squads", "groups", "--left-on", "2026-11-01"]).parts();
    insta::assert_snapshot!(errors.replace(&path, "users.json"));
    let text = imported(&[
        "import",
        "scim",
        &path,
        "--squads",
        "groups",
        "--left-on",
        "2026-11-01",
        "--email-aliases",
    ]);
    insta::assert_snapshot!(text);
    let text = imported(&["import", "scim", &path, "--squads", "department"]);
    assert!(text.contains("- id: payments\n    name: Payments\n"), "{text}");
}

#[test]
fn what_is_no_scim_is_refused() {
    for (input, expected) in [
        ("", "this is not JSON"),
        ("{", "this is not JSON"),
        ("[]", "no User and no Group"),
        ("null", "no User and no Group"),
        (r#"{"response": {"response": {}}}"#, "no User and no Group"),
        (&format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)), "this is not JSON"),
    ] {
        let (status, out, errors) = debt_with_input(&["import", "scim", "-"], input.as_bytes()).parts();
        assert_eq!((status, out.as_str()), (2, ""), "{errors}");
        assert!(errors.contains(expected), "{errors}");
    }
}

#[test]
fn the_samples_are_read_as_a_careful_person_would() {
    use debt::import::scim::{Options, read};
    use debt::source::foreign::{self, HowToRead};
    use debt::source::{Diagnostics, Origin, Sources};
    let Some(folder) = shared("scim") else { return };
    for row in rows(&folder) {
        let name = &row["file"];
        let (mut sources, mut found) = (Sources::default(), Diagnostics::default());
        let how = HowToRead { endings: &["json"], encoding: None };
        let files = foreign::read(&mut sources, &[Origin::Path(folder.join(name))], how, &mut found);
        let draft = read(&files, &sources, Options::default(), &mut found);
        for what in [
            "users",
            "groups",
            "users_with_manager",
            "managers_resolvable",
            "member_refs",
            "members_resolvable",
        ] {
            assert_eq!(draft.counted(what).to_string(), row[what], "{what} of {name}");
        }
        let path = folder.join(name).display().to_string();
        if row["users"] == "0" {
            assert_eq!(debt(&["import", "scim", &path]).parts().0, 2, "{name}");
        } else {
            let text = imported(&["import", "scim", &path]);
            assert!(!text.contains("bruce") && !text.contains("t1me"), "a password was copied");
        }
    }
}
