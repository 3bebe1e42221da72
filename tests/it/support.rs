//! What every test needs: a text read and scored without a process, and the folders of the checkout.

use std::path::{Path, PathBuf};

use debt::base::day::Day;
use debt::base::names::Untrusted;
use debt::model::{self, Clock, OwnPolicy, ReadOptions};
use debt::source::{Diagnostics, Severity, Source, Sources};

/// A day from its text.
pub(crate) fn day(text: &str) -> Day {
    Day::parse(text).expect("a date")
}

/// The checkout.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The whole text of a file of the checkout.
pub(crate) fn file(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every file below a folder of the checkout with one of these endings, in order.
pub(crate) fn files_below(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let walk = walkdir::WalkDir::new(root().join(folder)).sort_by_file_name();
    let files = walk.into_iter().map(|entry| entry.expect("a readable folder").into_path());
    let wanted = |path: &PathBuf| path.extension().is_some_and(|end| endings.iter().any(|one| end == *one));
    files.filter(wanted).collect()
}

/// A text as the only file of a run.
pub(crate) fn sources(text: &str) -> Sources {
    Sources(vec![Source { name: Untrusted::new("portfolio.yaml"), text: text.to_owned(), path: None }])
}

/// Reads one text; the clock stands at 20 November 2026. The errors in a line each where there are any.
pub(crate) fn read(sources: &Sources) -> Result<OwnPolicy, String> {
    let mut found = Diagnostics::default();
    let clock = Clock { as_of: None, today: day("2026-11-20") };
    let catalog = debt::rules::catalog();
    let read = model::read(sources, ReadOptions { clock, policy_file: None, catalog: &catalog }, &mut found);
    read.ok_or_else(|| {
        let errors = found.sorted(Severity::Error);
        errors.iter().map(|error| format!("{}: {:?}\n", error.code, error.message)).collect()
    })
}

/// The program, with the clock standing still and nothing of the surroundings let in.
pub(crate) fn debt() -> assert_cmd::Command {
    let mut command = assert_cmd::Command::new(assert_cmd::cargo::cargo_bin!("debt"));
    command.current_dir(root()).env_clear().env("DEBT_TODAY", "2026-11-20");
    command
}

/// Standard output of a run that goes well.
pub(crate) fn stdout_of(arguments: &[&str]) -> String {
    let run = debt().args(arguments).assert().success();
    String::from_utf8(run.get_output().stdout.clone()).expect("UTF-8")
}

/// Says what a test skips, past the test harness, which would keep it to itself.
pub(crate) fn skipped(what: &str, why: &str) {
    let line = format!("skipped: {what} ({why})\n");
    drop(std::io::Write::write_all(&mut std::io::stderr(), line.as_bytes()));
}

/// What a test needs is missing: what is skipped is said, or, where `DEBT_REQUIRE_TOOLS` is set as in CI, it fails.
pub(crate) fn missing(needed: &str, for_what: &str) {
    assert!(std::env::var_os("DEBT_REQUIRE_TOOLS").is_none(), "{needed} is missing, which {for_what} needs");
    skipped(for_what, &format!("{needed} is not installed"));
}

/// A program that a test needs and that may be missing.
pub(crate) fn tool(name: &str, for_what: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file());
    if found.is_none() {
        missing(name, for_what);
    }
    found
}

/// The folder with other people's files, which is never part of this repository: `DEBT_SHARED_DATA`, else
/// `../shared/data` beside the checkout. Says what is skipped where it is not there, in CI too.
pub(crate) fn shared_data(for_what: &str) -> Option<PathBuf> {
    let named = std::env::var_os("DEBT_SHARED_DATA").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| root().join("../shared/data"));
    if !folder.is_dir() {
        skipped(for_what, "the folder of shared data is not there");
        return None;
    }
    Some(folder)
}
