//! What happens where the surroundings fail: each has a stated outcome, in docs/limits.md too.
#![cfg(unix)]

use std::fs;
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::time::Duration;

use tempfile::TempDir;

use crate::needs;
use crate::run::{self, KILLED, debt};
use crate::support::root;

/// Runs in a folder of its own; standard output, standard error and the exit status.
fn run(folder: &Path, arguments: &[&str]) -> (String, String, i32) {
    let (status, out, err) =
        debt().within(folder).args(arguments).limit(Duration::from_secs(20)).end().parts();
    assert_ne!(status, KILLED, "{err}");
    (out, err, status)
}

fn folder() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    fs::copy(root().join("examples/minimal.yaml"), folder.path().join("portfolio.yaml")).expect("copied");
    folder
}

/// Nothing was scored, and this was said.
fn refused(folder: &Path, arguments: &[&str], says: &str) {
    let (out, err, status) = run(folder, arguments);
    assert_eq!((out.as_str(), status), ("", 2), "{err}");
    assert!(err.contains(says), "{err}");
}

#[test]
fn a_full_disk() {
    let Some(device) = needs::FULL_DISK.there() else { return };
    let folder = folder();
    refused(folder.path(), &["score", "--output", "json:/dev/full"], "No space left");
    let full = fs::OpenOptions::new().write(true).open(device).expect("a device");
    let run = debt().args(["score", "examples/minimal.yaml"]).stdout_to(full).end();
    run.exits(2).says("cannot write to standard output");
}

/// A process that is killed while it writes leaves the old file whole.
fn killed_while_it_writes(file: &str, old: &str, arguments: &str) {
    let Some(shell) = needs::BASH.there() else { return };
    let folder = folder();
    fs::write(folder.path().join(file), old).expect("written");
    // Larger files than 1 KiB kill the process that writes them.
    let (debt, examples) = (run::program(), root().join("examples"));
    let script = format!("ulimit -f 1; EXAMPLES='{}'; '{}' {arguments}", examples.display(), debt.display());
    let run = run::bare(shell).args(["-c", &script]).env("DEBT_TODAY", run::TODAY).within(folder.path());
    run.end().exits(KILLED);
    assert_eq!(fs::read_to_string(folder.path().join(file)).expect("readable"), old);
}

#[test]
fn killed_while_it_writes_a_report() {
    let arguments = "score \"$EXAMPLES/portfolio.yaml\" --output json:report.json";
    killed_while_it_writes("report.json", "the old report", arguments);
}

#[test]
fn killed_while_it_updates_a_baseline() {
    let old = "debt-baseline 1\n# of an older version, and a person has written in it\n";
    let arguments = "check \"$EXAMPLES/portfolio.yaml\" --baseline baseline.txt --update-baseline --force";
    killed_while_it_writes("baseline.txt", old, arguments);
}

#[test]
fn killed_while_it_adds_to_a_portfolio() {
    let people: String =
        (0..100).map(|at| format!("  - id: person-{at}\n    name: Somebody {at}\n")).collect();
    let old = format!("version: 1\npeople:\n{people}");
    let arguments = "import csv <(printf 'id,name\\nnew,New\\n') --into into.yaml";
    killed_while_it_writes("into.yaml", &old, arguments);
}

/// What was there when it was read is what counts, cut or whole; never a panic, never half of it taken for all.
#[test]
fn a_file_that_shrinks_and_grows_while_it_is_read() {
    let folder = folder();
    let file = folder.path().join("large.yaml");
    let people: String = (0..40_000).map(|at| format!("  - id: person-{at}\n")).collect();
    let text = format!("version: 1\nas_of: 2026-11-20\npeople:\n{people}");
    fs::write(&file, &text).expect("written");
    let is_over = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over.load(std::sync::atomic::Ordering::Relaxed) {
                let open = fs::OpenOptions::new().write(true).open(&file).expect("it is ours");
                open.set_len(text.len() as u64 / 3).expect("cut");
                fs::write(&file, &text).expect("written");
            }
        });
        for _ in 0..5 {
            let (out, err, status) = run(folder.path(), &["score", "large.yaml"]);
            assert!((status == 0) == err.is_empty() && (status == 2) == out.is_empty(), "{status}: {err}");
            assert!(!err.contains("panicked"), "{err}");
        }
        is_over.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}

#[test]
fn a_reader_that_has_seen_enough() {
    let run =
        debt().args(["score", "examples/portfolio.yaml", "--format", "json"]).stops_reading_after(0).end();
    assert_eq!(run.exits(0).err, "");
}

/// What a terminal of this kind is given.
#[cfg(target_os = "linux")]
fn on_a_terminal(script: &Path, surroundings: &str) -> String {
    let debt = run::program().display();
    let command = format!("env -i DEBT_PAGER=cat {surroundings} {debt} score examples/minimal.yaml");
    let text = run::bare(script).args(["-q", "-e", "-c", &command, "/dev/null"]).end().ok();
    assert!(text.contains("Decision Debt"), "{text}");
    text
}

#[test]
#[cfg(target_os = "linux")]
fn terminals_that_can_do_little() {
    let Some(script) = needs::SCRIPT.there() else { return };
    let usual = on_a_terminal(script, "TERM=xterm-256color LANG=C.UTF-8");
    assert!(usual.contains('\u{1b}') && !usual.is_ascii(), "{usual}");
    for little in ["TERM=dumb LANG=C.UTF-8", "TERM=dumb"] {
        let text = on_a_terminal(script, little);
        assert!(!text.contains('\u{1b}'), "{little}: {text}");
    }
    for without_locale in ["TERM=xterm-256color", "TERM=xterm-256color LANG=C"] {
        let text = on_a_terminal(script, without_locale);
        assert!(!text.contains('\u{2588}'), "{without_locale}: {text}");
    }
}

#[test]
fn no_permission() {
    if needs::PERMISSIONS.there().is_none() {
        return;
    }
    let folder = folder();
    let file = folder.path().join("portfolio.yaml");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).expect("it is ours");
    refused(folder.path(), &["score"], "permission denied");
}

#[test]
fn a_folder_where_a_file_should_be() {
    let folder = folder();
    fs::create_dir(folder.path().join("out")).expect("made");
    refused(folder.path(), &["score", "--output", "json:out"], "it is a folder");
    refused(folder.path(), &["score", "--output", "json:missing/report.json"], "no such file or folder");
    refused(folder.path(), &["score", "out"], "contains no *.yaml or *.yml file");
}

#[test]
fn links_that_lead_round() {
    let folder = folder();
    symlink("b.yaml", folder.path().join("a.yaml")).expect("made");
    symlink("a.yaml", folder.path().join("b.yaml")).expect("made");
    refused(folder.path(), &["score", "a.yaml"], "--> a.yaml");
    fs::create_dir_all(folder.path().join("teams/sub")).expect("made");
    fs::copy(folder.path().join("portfolio.yaml"), folder.path().join("teams/one.yaml")).expect("copied");
    symlink("..", folder.path().join("teams/sub/up")).expect("made");
    refused(folder.path(), &["score", "teams"], "a symbolic link leads back to a folder above it");
}

/// A link to a file of the folder is that file once, not twice.
#[test]
fn a_file_that_is_reached_twice() {
    let folder = folder();
    symlink("portfolio.yaml", folder.path().join("again.yaml")).expect("made");
    let (once, ..) = run(folder.path(), &["score", "portfolio.yaml"]);
    let (twice, err, status) = run(folder.path(), &["score", "portfolio.yaml", "again.yaml"]);
    assert_eq!((twice, err.as_str(), status), (once, "", 0));
}

#[test]
fn a_pipe_with_a_name() {
    let Some(mkfifo) = needs::MKFIFO.there() else { return };
    let folder = folder();
    let pipe = folder.path().join("pipe");
    run::bare(mkfifo).arg(&pipe).end().ok();
    let text = fs::read(folder.path().join("portfolio.yaml")).expect("readable");
    let writer = std::thread::spawn(move || {
        fs::OpenOptions::new().write(true).open(pipe).and_then(|mut pipe| pipe.write_all(&text))
    });
    let (out, _, status) = run(folder.path(), &["score", "pipe"]);
    writer.join().expect("no panic").expect("written");
    assert_eq!(status, 0);
    assert!(out.contains("4 people"));
}

#[test]
fn a_device_that_never_ends() {
    if !Path::new("/dev/zero").exists() {
        return;
    }
    let folder = folder();
    refused(folder.path(), &["score", "/dev/zero"], "U+0000");
    refused(folder.path(), &["score", "--policy", "/dev/zero"], "U+0000");
}

/// The days of a clock that was never set, and of one that has run over 32 bits.
#[test]
fn clocks_that_are_wrong() {
    let folder = folder();
    let on = |day: &str, arguments: &[&str]| {
        let ran = debt().within(folder.path()).env("DEBT_TODAY", day).args(arguments).end();
        (ran.err, ran.status)
    };
    // The portfolio is pinned, so the clock changes nothing but a warning.
    assert_eq!(on("1970-01-01", &["score"]), (String::new(), 0));
    let (err, status) = on("2106-02-08", &["score"]);
    assert!(err.contains("`as_of` is 2026-11-20") && status == 0, "{err}");
    let pinned = fs::read_to_string(folder.path().join("portfolio.yaml")).expect("readable");
    let unpinned = pinned.replace("as_of: 2026-11-20\n", "");
    fs::write(folder.path().join("unpinned.yaml"), unpinned).expect("written");
    // Everything in it lies in a future that cannot have happened.
    let (err, status) = on("1970-01-01", &["score", "unpinned.yaml"]);
    assert!(err.contains("is after 1970-01-01") && status == 2, "{err}");
    // Nobody has written anything down for 80 years: that is no evidence of what was held since.
    let (err, status) = on("2106-02-08", &["score", "unpinned.yaml"]);
    assert_eq!((err.lines().count(), status), (1, 0), "{err}");
    assert!(err.starts_with("warning: no meeting of bo is written as held since 16 Nov 2026"), "{err}");
    let (err, status) = on("yesterday", &["score"]);
    assert!(err.contains("invalid DEBT_TODAY") && status == 2, "{err}");
}
