//! What `debt fix` does to files: all or none of them, and what is there stays where something is in the way.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use serde_json::Value;

use crate::gate_kit::ORG;
use crate::needs;
use crate::run::{self, Ran};

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("portfolio.yaml"), ORG).expect("a portfolio");
    folder
}

fn fix(place: &Path, arguments: &[&str]) -> Ran {
    run::debt().within(place).arg("fix").args(arguments).end()
}

fn text(place: &Path) -> String {
    fs::read_to_string(place.join("portfolio.yaml")).expect("readable")
}

/// A shell in a folder, `$DEBT` the program.
fn shell(place: &Path, script: &str) -> Ran {
    let run = run::bare("bash").within(place).args(["-c", script]).env("DEBT_TODAY", run::TODAY);
    run.env("DEBT", run::program()).end()
}

#[test]
fn a_second_time_changes_nothing() {
    let folder = folder();
    let place = folder.path();
    let first = fix(place, &["all", "--write"]).exits(0).says("wrote portfolio.yaml");
    assert_eq!(first.out, "");
    let after = text(place);
    assert_ne!(after, ORG);
    let second = fix(place, &["all", "--write"]).exits(0);
    assert!(!second.err.contains("wrote"), "{}", second.err);
    assert_eq!(text(place), after);
    assert_eq!(fix(place, &["all", "--quiet"]).exits(0).err, "");
    assert_eq!(fs::read_dir(place).expect("a folder").count(), 1, "nothing else is left");
}

#[test]
fn what_is_in_the_way() {
    let folder = folder();
    let place = folder.path();
    let path = place.join("portfolio.yaml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("permissions");
    fix(place, &["all", "--write"]).exits(2).says("it is read-only");
    assert_eq!(text(place), ORG);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("permissions");
    // Behind a link the file is written, and the link stays.
    symlink("portfolio.yaml", place.join("link.yaml")).expect("a link");
    fix(place, &["all", "link.yaml", "--write"]).exits(0);
    assert_ne!(text(place), ORG);
    let link = fs::symlink_metadata(place.join("link.yaml")).expect("it is there");
    assert!(link.file_type().is_symlink());
    assert_eq!(fs::metadata(&path).expect("it is there").permissions().mode() & 0o777, 0o640);
}

#[test]
fn standard_input_is_printed_anew() {
    let folder = folder();
    let fix = |arguments: &[&str], input: &str| {
        run::debt().within(folder.path()).arg("fix").args(arguments).stdin(input).end()
    };
    let new = fix(&["all", "-"], ORG).ok();
    self::fix(folder.path(), &["all", "--write"]).exits(0);
    assert_eq!(new, text(folder.path()));
    assert_eq!(fix(&["all", "-"], &new).ok(), new, "what stays as it is, is printed too");
    assert_eq!(fix(&["all", "-", "--write"], ORG).exits(2).out, "");
    fix(&["all", "-", "portfolio.yaml"], ORG).exits(2);
    let json: Value = fix(&["all", "-", "--format", "json"], ORG).json();
    assert_eq!(json["files"][0]["path"], "-");
}

#[test]
fn without_a_terminal_the_acts_are_listed() {
    let folder = folder();
    let listed = fix(folder.path(), &[]).exits(2).says("hold:conversation:pay").says("split:meeting:bo-ana");
    assert_eq!(listed.out, "");
    let json: Value =
        serde_json::from_str(&fix(folder.path(), &["--format", "json"]).exits(2).err).expect("JSON");
    assert_eq!(json["errors"][0]["code"], "usage");
}

/// Who opens the second file waits there: in the meantime somebody changes the first.
#[test]
fn what_changed_meanwhile_is_left_alone() {
    let folder = folder();
    let place = folder.path();
    let script = "mkfifo late.yaml
        \"$DEBT\" fix all portfolio.yaml late.yaml --write 2> said & debt=$!
        exec 3> late.yaml; echo '# mine' >> portfolio.yaml; echo 'name: X' >&3; exec 3>&-
        wait $debt; echo $?";
    if needs::MKFIFO.there().is_none() {
        return;
    }
    let ran = shell(place, script).exits(0);
    let said = fs::read_to_string(place.join("said")).expect("readable");
    assert_eq!(ran.out.trim(), "2", "{said}");
    assert!(said.contains("it has changed meanwhile"), "{said}");
    assert_eq!(text(place), format!("{ORG}# mine\n"));
}

/// A limit on the size of files kills it while it writes: the file is as it was.
#[test]
fn killed_while_it_writes() {
    let folder = folder();
    let place = folder.path();
    let large = format!("{ORG}{}", "# a comment that makes it long\n".repeat(100));
    fs::write(place.join("portfolio.yaml"), &large).expect("written");
    let ran =
        shell(place, "ulimit -c 0; ulimit -f 1; \"$DEBT\" fix all --write 2> /dev/null; echo $?").exits(0);
    assert_ne!(ran.out.trim(), "0");
    assert_eq!(text(place), large);
    // What it left does not count as part of the portfolio.
    fix(place, &["all", ".", "--write"]).exits(0);
    assert_ne!(text(place), large);
}

/// Killed as soon as something of it shows in the folder, again and again: each file is the old one or the new one.
#[test]
fn killed_at_any_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path();
    let (people, meetings) = ORG.split_once("meetings:\n").expect("a section");
    let (meetings, talks) = meetings.split_once("conversations:\n").expect("a section");
    let meetings = format!("meetings:\n{meetings}");
    let talks = format!("conversations:\n{talks}");
    let guilds = "guilds:\n  - {id: backend, lead: cy}\n";
    let people = people.replace(guilds, "");
    let files = [("a.yaml", people.as_str()), ("b.yaml", guilds), ("m.yaml", &meetings), ("t.yaml", &talks)];
    let old = || {
        fs::create_dir_all(place.join("org")).expect("a folder");
        for (name, text) in files {
            fs::write(place.join("org").join(name), text).expect("written");
        }
    };
    let read = |name: &str| fs::read_to_string(place.join("org").join(name)).expect("readable");
    old();
    fix(place, &["all", "org", "--write"]).exits(0);
    let new: Vec<String> = files.iter().map(|(name, _)| read(name)).collect();
    let changed = files.iter().zip(&new).filter(|((_, old), new)| old != new).count();
    assert!(changed >= 1, "only {changed} files change");
    for _ in 0..20 {
        old();
        let script = "\"$DEBT\" fix all org --write 2> /dev/null & debt=$!
            until compgen -G 'org/.debt-*' > /dev/null || ! kill -0 $debt 2> /dev/null; do :; done
            kill -9 $debt 2> /dev/null; wait $debt 2> /dev/null; rm -f org/.debt-*; true";
        shell(place, script).exits(0);
        for ((name, old), new) in files.iter().zip(&new) {
            let now = read(name);
            assert!(now == *old || now == *new, "{name} is half written:\n{now}");
        }
    }
}

/// One talk is owed, and nothing else.
const TALK: &str = "\
as_of: 2026-11-20
people: [{id: bo, external: true}, {id: cy, external: true}, {id: ana, delivery_owner: bo, craft_owner: cy}]
conversations:
  - {id: pay, kind: pay, owner: bo, with: ana, raised: 2026-08-01}
";

/// One question after the other, answered through a terminal.
#[cfg(target_os = "linux")]
fn answered(place: &Path, arguments: &str, answers: &str) -> String {
    let script = needs::SCRIPT.found().expect("looked for before");
    let command = format!(
        "env -i DEBT_TODAY={} TERM=dumb LANG=C.UTF-8 {} fix {arguments}",
        run::TODAY,
        run::program().display()
    );
    let run = run::bare(script).within(place).args(["-q", "-e", "-c", &command, "/dev/null"]);
    // An answer too few would wait for ever.
    run.stdin(answers).limit(std::time::Duration::from_secs(60)).end().out.replace('\r', "")
}

#[test]
#[cfg(target_os = "linux")]
fn asked_on_a_terminal() {
    if needs::SCRIPT.there().is_none() {
        return;
    }
    let folder = folder();
    let place = folder.path();
    fs::write(place.join("portfolio.yaml"), TALK).expect("written");
    // The best act is asked about first; a wrong answer is asked again, and nothing is written before the end.
    let said = answered(place, "", "z\nt\n2027-13-01\n2026-11-18\ny\ny\n");
    for words in ["[t]ell [n]o [a]cknowledge [q]uit", "One of", "expected a calendar date", "Write 1 change"]
    {
        assert!(said.contains(words), "no {words} in\n{said}");
    }
    assert!(text(place).contains("raised: 2026-08-01, held: 2026-11-18}"), "{said}");
    // The input ends: nothing happens.
    fs::write(place.join("portfolio.yaml"), TALK).expect("written");
    answered(place, "", "\u{4}");
    assert_eq!(text(place), TALK);
    // Naming a factor out loud needs a reason that is long enough.
    let said = answered(place, "", "a\nshort\nuntil the reorganisation in January\ny\ny\n");
    assert!(said.contains("10 to 300 characters"), "{said}");
    assert!(text(place).contains("until the reorganisation in January"), "{said}");
}

#[test]
fn a_byte_order_mark_counts_in_places() {
    let folder = folder();
    let place = folder.path();
    let marked = format!("\u{feff}{ORG}");
    fs::write(place.join("portfolio.yaml"), &marked).expect("written");
    let plain = fix(place, &["all", "--format", "json"]).json();
    let mut edited = marked.clone();
    for edit in plain["files"][0]["edits"].as_array().expect("a list").iter().rev() {
        let at = |key: &str| usize::try_from(edit[key].as_u64().expect("a number")).expect("small");
        edited.replace_range(at("from")..at("to"), edit["text"].as_str().expect("a text"));
    }
    fix(place, &["all", "--write"]).exits(0);
    assert_eq!(text(place), edited);
}

#[test]
fn names_with_blanks_are_applied_by_git() {
    if needs::GIT.there().is_none() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path();
    fs::create_dir(place.join("the team")).expect("a folder");
    let path = place.join("the team/é \"1\".yaml");
    fs::write(&path, ORG).expect("written");
    let diff = fix(place, &["all", "./the team"]).ok();
    run::git().within(place).args(["apply", "-"]).stdin(diff).end().exits(0);
    let applied = fs::read_to_string(&path).expect("readable");
    fs::write(&path, ORG).expect("written");
    fix(place, &["all", "the team", "--write"]).exits(0);
    assert_eq!(fs::read_to_string(&path).expect("readable"), applied);
}
