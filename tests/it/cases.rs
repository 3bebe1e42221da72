//! Runs every folder of `tests/cases`; the README there says what is in one and how to add one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use crate::run::{KILLED, debt};

/// No message is longer, whatever the input.
const LONGEST_MESSAGE: usize = 20_000;

/// What a run left behind.
struct Outcome {
    status: String,
    stdout: String,
    stderr: String,
}

#[test]
fn cases() {
    #[expect(clippy::disallowed_methods, reason = "a test may be told to rewrite what it expects")]
    let rewrite = env::var("DEBT_CASES").is_ok_and(|wish| wish == "rewrite");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut folders: Vec<PathBuf> = entries(&root).into_iter().filter(|path| path.is_dir()).collect();
    folders.sort();
    let wrong: Vec<String> = folders.iter().filter_map(|folder| check(folder, rewrite).err()).collect();
    assert!(wrong.is_empty(), "{} of {} cases differ:\n\n{}", wrong.len(), folders.len(), wrong.join("\n"));
}

fn check(folder: &Path, rewrite: bool) -> Result<(), String> {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let command = text(&folder.join("cmd"));
    let arguments: Vec<&str> = command.split_whitespace().collect();
    let place = tempfile::tempdir().expect("a temporary folder");
    copy(&folder.join("input"), place.path());
    let outcome = run(&arguments, place.path(), &folder.join("stdin"));
    let mut differences = Vec::new();
    let mut expect = |part: &str, actual: &str| {
        let file = folder.join(part);
        let expected = text(&file);
        if matches(&expected.lines().collect::<Vec<_>>(), &actual.lines().collect::<Vec<_>>()) {
            return;
        }
        if rewrite {
            fs::create_dir_all(file.parent().unwrap_or(folder)).expect("a folder for what is expected");
            fs::write(&file, actual).expect("what is expected can be written");
        } else {
            differences.push(format!("--- {name}/{part}, expected:\n{expected}\n+++ found:\n{actual}\n"));
        }
    };
    expect("status", &outcome.status);
    expect("stdout", &outcome.stdout);
    expect("stderr", &outcome.stderr);
    let given = files(&folder.join("input"));
    let mut written = files(place.path());
    written.retain(|path, bytes| given.get(path) != Some(bytes));
    for path in files(&folder.join("written")).into_keys().filter(|path| !written.contains_key(path)) {
        expect(&format!("written/{path}"), "");
    }
    for (path, bytes) in &written {
        expect(&format!("written/{path}"), &String::from_utf8_lossy(bytes));
    }
    differences.extend(promises(&name, &arguments, &outcome, place.path(), &folder.join("stdin")));
    if differences.is_empty() { Ok(()) } else { Err(differences.concat()) }
}

/// What holds for every case that ends with status 2, whatever else it expects.
fn promises(name: &str, arguments: &[&str], outcome: &Outcome, place: &Path, stdin: &Path) -> Vec<String> {
    if outcome.status.trim() != "2" {
        return Vec::new();
    }
    let mut broken = Vec::new();
    let mut promise = |holds: bool, what: &str| {
        if !holds {
            broken.push(format!("--- {name}: {what}\n{}\n", outcome.stderr));
        }
    };
    promise(outcome.stdout.is_empty(), "nothing goes to standard output where nothing was scored");
    promise(
        !outcome.stderr.is_empty() && outcome.stderr.len() <= LONGEST_MESSAGE,
        "a message of bounded length",
    );
    let raw = |c: char| (c.is_control() && c != '\n') || ('\u{202A}'..='\u{202E}').contains(&c);
    promise(!outcome.stderr.contains(raw), "no raw control character reaches the terminal");
    let is_usage = outcome.stderr.contains("For more information, try");
    if arguments.first() == Some(&"score") && !is_usage && !arguments.contains(&"--format") {
        let again = run(&[arguments, &["--format", "json"]].concat(), place, stdin);
        let errors: Option<serde_json::Value> = serde_json::from_str(&again.stderr).ok();
        let any = errors.is_some_and(|all| all["errors"].as_array().is_some_and(|list| !list.is_empty()));
        promise(any && again.status == outcome.status, &format!("the same as JSON, not:\n{}", again.stderr));
    }
    broken
}

fn run(arguments: &[&str], place: &Path, stdin: &Path) -> Outcome {
    let mut run = debt().args(arguments).within(place);
    if let Ok(input) = fs::File::open(stdin) {
        run = run.stdin_from(input);
    }
    let (status, stdout, stderr) = run.end().parts();
    let status = if status == KILLED { "killed".to_owned() } else { status.to_string() };
    Outcome { status: status + "\n", stdout, stderr }
}

/// Whether lines are the expected ones; an expected line `...` stands for any number of them.
fn matches(expected: &[&str], actual: &[&str]) -> bool {
    match (expected.split_first(), actual.split_first()) {
        (Some((&"...", rest)), _) => (0..=actual.len()).any(|skipped| matches(rest, &actual[skipped..])),
        (Some((first, expected)), Some((line, actual))) => first == line && matches(expected, actual),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let read =
        fs::read_dir(folder).and_then(|list| list.map(|entry| entry.map(|entry| entry.path())).collect());
    read.unwrap_or_else(|_: io::Error| Vec::new())
}

/// Every file under a folder, by its path with forward slashes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for path in entries(folder) {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.is_dir() {
            found.extend(files(&path).into_iter().map(|(below, bytes)| (format!("{name}/{below}"), bytes)));
        } else {
            found.insert(name, fs::read(&path).unwrap_or_default());
        }
    }
    found
}

fn copy(from: &Path, to: &Path) {
    for (path, bytes) in files(from) {
        let target = to.join(path);
        fs::create_dir_all(target.parent().unwrap_or(to)).expect("a folder for an input");
        fs::write(target, bytes).expect("an input can be copied");
    }
}
