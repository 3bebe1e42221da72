//! What takes more than one run, or more than files: pipes, devices, permissions, and what `init` writes.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use serde_json::Value;

use crate::needs;
use crate::run::{self, Ran, Run};

const PEOPLE: &str = "as_of: 2026-11-20\npeople: [{id: ana}, {id: bo}]\n";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("portfolio.yaml"), PEOPLE).expect("a portfolio");
    folder
}

fn debt(place: &Path, arguments: &[&str]) -> Run {
    run::debt().within(place).args(arguments)
}

fn run(place: &Path, arguments: &[&str]) -> Ran {
    debt(place, arguments).end()
}

fn stdout(place: &Path, arguments: &[&str]) -> String {
    run(place, arguments).ok()
}

fn json(place: &Path, arguments: &[&str]) -> Value {
    run(place, arguments).json()
}

#[test]
fn what_init_writes_is_scored_and_names_its_schema() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    run(folder.path(), &["init"]).exits(0);
    let text = fs::read_to_string(folder.path().join("portfolio.yaml")).expect("it was written");
    let schema = text.strip_prefix("# yaml-language-server: $schema=").and_then(|rest| rest.lines().next());
    let schema = fs::read_to_string(folder.path().join(schema.expect("the line that editors read")))
        .expect("the schema");
    assert_eq!(schema, stdout(folder.path(), &["schema", "portfolio"]));
    let schema: Value = serde_json::from_str(&schema).expect("it is JSON");
    let data: Value = serde_yaml::from_str(&text).expect("it is YAML");
    assert!(jsonschema::is_valid(&schema, &data));
    let ran = run(folder.path(), &["score", "--format", "json"]);
    assert_eq!(ran.err, "");
    let report = ran.json();
    assert!(report["score"]["mp"].as_i64() > Some(0) && report["warnings"] == serde_json::json!([]));
    // A second time it is left as it is.
    fs::write(folder.path().join("portfolio.yaml"), "mine").expect("a file of one's own");
    run(folder.path(), &["init"]).exits(2);
    assert_eq!(fs::read_to_string(folder.path().join("portfolio.yaml")).expect("it is there"), "mine");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let folder = folder();
    let many: String = (0..20_000).map(|index| format!("  - {{id: p{index}}}\n")).collect();
    fs::write(folder.path().join("portfolio.yaml"), format!("people:\n{many}")).expect("a portfolio");
    for arguments in [
        &["score", "--top", "0"][..],
        &["score", "--format", "json"],
        &["explain", "D101"],
        &["schema", "report"],
    ] {
        let ran = debt(folder.path(), arguments).stops_reading_after(1).end().exits(0);
        assert_eq!((ran.out.len(), ran.err.as_str()), (1, ""), "{arguments:?}");
    }
}

#[test]
fn devices_and_pipes_are_read_and_written() {
    let folder = folder();
    let report = stdout(folder.path(), &["score", "--format", "json"]);
    let again = stdout(folder.path(), &["score", "--format", "json", "--output", "json:/dev/null"]);
    assert_eq!(report, again);
    assert!(fs::metadata("/dev/null").is_ok_and(|device| !device.is_file()), "the device is still one");
    run(folder.path(), &["score", "/dev/null"]).exits(2);
    let twice = stdout(folder.path(), &["score", "--format", "json", "--output", "json:/dev/stdout"]);
    assert_eq!(twice.matches("\"schema_version\"").count(), 2);
    // As `debt score <(…)` gives it: a pipe by its path.
    let input = "exec \"$0\" score --format json /dev/fd/3 3<<END\npeople: [{id: ana}, {id: bo}]\nas_of: 2026-11-20\nEND\n";
    run::bare("sh").args(["-c", input]).arg(run::program()).end().ok();
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let folder = folder();
    let place = folder.path();
    let listed = || {
        let mut names: Vec<String> = fs::read_dir(place)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    };
    run(place, &["score", "--output", "json:out.json", "--output", "table:out.txt"]).exits(0);
    assert_eq!(listed(), ["out.json", "out.txt", "portfolio.yaml"], "no temporary file is left");
    let written = fs::read_to_string(place.join("out.json")).expect("it was written");
    assert_eq!(written, stdout(place, &["score", "--format", "json"]));
    // Permissions stay, and behind a link the file itself is written.
    fs::set_permissions(place.join("out.json"), fs::Permissions::from_mode(0o640)).expect("permissions");
    std::os::unix::fs::symlink("out.json", place.join("link.json")).expect("a link");
    run(place, &["score", "--output", "json:link.json"]).exits(0);
    let link = fs::symlink_metadata(place.join("link.json")).expect("it is there");
    assert!(link.file_type().is_symlink());
    let mode = fs::metadata(place.join("out.json")).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    // Where one of two cannot be written, or the input is broken, neither is.
    fs::remove_file(place.join("out.txt")).expect("it is there");
    run(place, &["score", "--output", "table:out.txt", "--output", "json:no/out.json"]).exits(2);
    fs::write(place.join("broken.yaml"), "people: [{idd: x}]").expect("a file");
    run(place, &["score", "broken.yaml", "--output", "table:out.txt"]).exits(2);
    assert_eq!(listed(), ["broken.yaml", "link.json", "out.json", "portfolio.yaml"]);
}

#[test]
fn what_may_not_be_read_or_written_is_said() {
    if needs::PERMISSIONS.there().is_none() {
        return;
    }
    let folder = folder();
    let place = folder.path();
    fs::create_dir(place.join("closed")).expect("a folder");
    fs::write(place.join("secret.yaml"), PEOPLE).expect("a file");
    fs::set_permissions(place.join("closed"), fs::Permissions::from_mode(0o555)).expect("permissions");
    fs::set_permissions(place.join("secret.yaml"), fs::Permissions::from_mode(0o000)).expect("permissions");
    for (arguments, words) in [
        (&["score", "--output", "json:closed/out.json"][..], "cannot write closed/out.json"),
        (&["init", "closed/portfolio.yaml"], "cannot write closed/portfolio.yaml"),
        (&["score", "secret.yaml"], "secret.yaml"),
    ] {
        let ran = run(place, arguments).exits(2).says(words).says("not allowed");
        assert!(ran.out.is_empty());
    }
}

#[test]
fn options_of_the_table() {
    let folder = folder();
    let place = folder.path();
    let all = stdout(place, &["score", "--top", "0"]);
    let one = stdout(place, &["score", "--top", "1"]);
    let factors = |text: &str| text.matches("D201").count() + text.matches("D401").count();
    assert_eq!((factors(&all), factors(&one)), (4, 1), "{all}\n{one}");
    for (by, word) in [
        ("group", "craft line"),
        ("rule", "missing-craft-owner"),
        ("squad", "none"),
        ("guild", "none"),
        ("owner", "nobody"),
        ("coverage", "D301"),
    ] {
        let shown = stdout(place, &["score", "--by", by]).to_lowercase();
        assert!(shown.contains(&word.to_lowercase()), "--by {by}: {shown}");
    }
    // Colour only where it is asked for; JSON never has any.
    for (arguments, coloured) in [
        (&["score"][..], false),
        (&["score", "--color", "never"], false),
        (&["score", "--color", "always"], true),
        (&["score", "--color", "always", "--format", "json"], false),
    ] {
        assert_eq!(stdout(place, arguments).contains('\u{1b}'), coloured, "{arguments:?}");
    }
    let with =
        |name: &str, value: &str| debt(place, &["score"]).env(name, value).end().ok().contains('\u{1b}');
    assert!(with("CLICOLOR_FORCE", "1") && !with("NO_COLOR", "1"));
    // A file is never coloured, and a pipe is never told what to do next.
    stdout(place, &["score", "--color", "always", "--output", "table:out.txt"]);
    assert!(!fs::read_to_string(place.join("out.txt")).expect("it was written").contains('\u{1b}'));
    assert_eq!(run(place, &["score"]).err, "");
    assert_eq!(stdout(place, &["score"]), stdout(place, &["score", "--quiet"]));
}

#[test]
fn the_day_is_asked_for_pinned_or_today() {
    let folder = folder();
    let place = folder.path();
    let day = |arguments: &[&str]| {
        json(place, &[&["score", "--format", "json"], arguments].concat())["as_of"].clone()
    };
    assert_eq!(day(&[]), "2026-11-20");
    assert_eq!(day(&["--as-of", "2027-03-01"]), "2027-03-01");
    fs::write(place.join("loose.yaml"), "people: [{id: ana}]").expect("a file");
    assert_eq!(day(&["loose.yaml"]), "2026-11-20");
    let run =
        |day: &str| debt(place, &["score", "loose.yaml", "--format", "json"]).env("DEBT_TODAY", day).end();
    assert_eq!(run("2027-01-02").json()["as_of"], "2027-01-02");
    run("today").exits(2);
}
