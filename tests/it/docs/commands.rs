//! Every command with `debt` that the README and the recipes show is run, each in a fresh copy of a folder that has what
//! they speak of: a portfolio under version control, a calendar, an export of people.

use std::path::Path;

use crate::gate_kit::Place;
use crate::needs;
use crate::run::{self, path_with, program};
use crate::support::file;

const PAGES: [&str; 7] = [
    "README.md",
    "docs/installing.md",
    "docs/works-council.md",
    "docs/recipes/ci.md",
    "docs/recipes/data.md",
    "docs/recipes/leaders.md",
    "docs/recipes/privacy.md",
];

/// What ends with another status than 0, and why.
const OTHERWISE: [(&str, i32); 2] = [
    // Outside of a terminal it lists what can be done.
    ("debt fix", 2),
    // It asks on a terminal only.
    ("debt audit calendar.ics --worksheet labels.yaml --ask", 2),
];

/// What is typed in an interview.
const ANSWERS: &str = "Ledger\nBo Lind, Ana\n\nCy: Ana\nb\n\n\nAna promotion 2026-08-03\n\n";

/// Commands in blocks of shell, and those that a table says to type: a span of code that begins with `debt`.
fn commands(page: &str) -> Vec<String> {
    let (mut found, mut block) = (Vec::new(), None);
    for line in page.lines() {
        match block {
            None => block = line.strip_prefix("```"),
            Some(_) if line == "```" => block = None,
            Some("sh") if line.starts_with("debt ") => found.push(line.to_owned()),
            Some(_) => {}
        }
        if block.is_none() && line.starts_with("| ") {
            let spans = line.split('`').skip(1).step_by(2);
            found.extend(spans.filter(|span| span.starts_with("debt ")).map(str::to_owned));
        }
    }
    found
}

/// What the pages speak of.
fn workshop() -> Option<Place> {
    let example = file("examples/portfolio.yaml");
    let place = Place::committed(&example)?;
    place.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    let changed = example.replace("reopened: 2", "reopened: 1");
    for (name, text) in [("old.yaml", &example), ("new.yaml", &changed), ("team.yaml", &example)] {
        place.write(name, text);
    }
    place.write("employees.csv", &file("tests/cases/import-several-kinds/input/employees.csv"));
    place.write("calendar.ics", &file("tests/cases/import-several-kinds/input/calendar.ics"));
    place.write(
        "debt.sync.yaml",
        "- {csv: employees.csv, email_aliases: true}\n- {ics: calendar.ics, me: bo@example.org}\n",
    );
    // One portfolio in several files, and somebody in a file beside the portfolio.
    place.write(
        "people/all.yaml",
        "as_of: 2026-11-20\npeople: [{id: ana, squad: ledger}]\nsquads: [{id: ledger}]\n",
    );
    place.write("meetings.yaml", "meetings: []\n");
    place.write("people.yaml", "people: [{id: zed, name: Zed, squad: ledger, guild: backend}]\n");
    Some(place)
}

fn copied(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.expect("readable");
        let target = to.join(entry.path().strip_prefix(from).expect("below"));
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(&target).expect("made");
        } else {
            std::fs::copy(entry.path(), &target).expect("copied");
        }
    }
}

#[test]
fn every_command_runs() {
    if needs::BASH.there().is_none() || needs::JQ.there().is_none() {
        return;
    }
    let Some(workshop) = workshop() else { return };
    let (mut wrong, mut count) = (Vec::new(), 0);
    for page in PAGES {
        for command in commands(&file(page)) {
            let here = tempfile::tempdir().expect("a folder");
            copied(workshop.path(), here.path());
            if command.starts_with("debt init") {
                std::fs::remove_file(here.path().join("portfolio.yaml")).expect("it was there");
            }
            let script = format!("set -o pipefail; {command}");
            let shell = run::bare("bash").args(["--noprofile", "--norc", "-c", &script]).within(here.path());
            let shell =
                shell.env("PATH", path_with(&[program()])).env("HOME", here.path()).envs(run::GIT_AS_NOBODY);
            let shell = shell
                .env("DEBT_TODAY", run::TODAY)
                .env("DEBT_PSEUDONYM_KEY", "a key of sixteen bytes or more");
            // What is read from standard input is the portfolio, or answers.
            let is_asked = typed(&command) == "debt init --interview";
            let read = if is_asked { ANSWERS.to_owned() } else { file("examples/portfolio.yaml") };
            let ran = shell.stdin(read).end();
            count += 1;
            let wanted = OTHERWISE.iter().find(|(other, _)| typed(&command) == *other);
            if ran.status != wanted.map_or(0, |(_, status)| *status) {
                wrong.push(format!("{page}: {command}\nended with {}: {}{}", ran.status, ran.out, ran.err));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 60, "only {count} commands were found");
}

/// A command without the comment behind it.
fn typed(command: &str) -> &str {
    command.split('#').next().unwrap_or_default().trim()
}
