//! Programs that are clients of the formats. Where one is missing its tests are skipped, and say so; with
//! `DEBT_REQUIRE_TOOLS` set they fail instead.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use crate::support::{missing, shared_data, tool};

fn there(program: &str, arguments: &[&str]) -> bool {
    let run = Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    run.is_ok_and(|status| status.success())
}

/// A program, where it is there.
pub(super) fn program(name: &'static str, test: &str) -> Option<&'static str> {
    tool(name, test).map(|_| name)
}

/// Python with some modules, where they are there.
pub(super) fn python(modules: &[&str], test: &str) -> Option<&'static str> {
    if there("python3", &["-c", &format!("import {}", modules.join(", "))]) {
        return Some("python3");
    }
    missing(&format!("python3 with {}", modules.join(" and ")), test);
    None
}

/// Chromium, where it is there.
pub(super) fn chromium(test: &str) -> Option<&'static str> {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let found = names.into_iter().find(|name| there(name, &["--version"]));
    if found.is_none() {
        missing("chromium", test);
    }
    found
}

/// A file among the data of other people, where they are there.
pub(super) fn shared(path: &str, test: &str) -> Option<String> {
    std::fs::read_to_string(shared_data(test)?.join(path)).ok()
}

/// Runs a program with a text on its standard input.
pub(super) fn fed(command: &mut Command, text: &str) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut input = child.stdin.take().expect("it reads");
    let text = text.to_owned();
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = child.wait_with_output().expect("it ends");
    // Whoever has seen enough may close its end.
    drop(writer.join());
    output
}

/// What a program said, where it ended well.
pub(super) fn said(output: &Output) -> String {
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{}\n{out}\n{err}", output.status);
    out.into_owned()
}
