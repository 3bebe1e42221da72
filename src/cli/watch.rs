//! `--watch`: the same run again whenever an input file has changed. Files are looked at twice a second, by name: that sees
//! editors that write a new file in the place of the old one, folders in which files come and go, and file systems that
//! report no changes, alike.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use super::config;
use super::env::Environment;
use super::load::USUAL;
use super::output::{text_to_stdout, to_stderr};
use super::verbs::Verb;
use super::{Cli, parse, run_once};
use crate::base::message::counted;
use crate::source::CONFIG_FILE;
use crate::source::files::{inputs, is_dash};

/// How often files are looked at.
const EVERY: Duration = Duration::from_millis(500);
/// What an editor writes in several steps is left to settle for so long.
const SETTLES: Duration = Duration::from_millis(100);

/// Clears the screen and what was above it, and goes to its first line.
const CLEAR: &str = "\u{1b}[2J\u{1b}[3J\u{1b}[H";

/// What is seen of a file.
#[derive(PartialEq, Eq, Debug)]
struct Seen {
    path: PathBuf,
    /// When it was changed, how long it is, and which file of the disk; none where it is not there.
    state: Option<(Option<SystemTime>, u64, u64)>,
}

/// Runs again and again, until it is ended from outside. Only what cannot be watched at all gives a status.
pub(super) fn run(arguments: &[OsString], environment: &Environment) -> u8 {
    loop {
        let (cli, paths, more) = match parsed(arguments, environment) {
            Ok(parsed) => parsed,
            Err(status) => return status,
        };
        if paths.iter().any(|path| is_dash(path)) {
            let word = environment.error_word();
            to_stderr(&format!("{word} standard input cannot be watched; name files or folders\n"));
            return super::TROUBLE;
        }
        // Before the run, so that what changes meanwhile is seen.
        let before = seen(&paths, &more);
        if environment.out.width.is_some() {
            drop(text_to_stdout(CLEAR));
        }
        run_once(cli.verb, environment);
        if environment.hints {
            let count = before.iter().filter(|one| one.state.is_some()).count();
            let files = counted(i64::try_from(count).unwrap_or(i64::MAX), "file", "files");
            to_stderr(&format!("\nwatching {files}; Ctrl-C ends it\n"));
        }
        until_changed(&before, || seen(&paths, &more));
    }
}

/// What was typed, the paths that are read with it, and other files that decide.
fn parsed(
    arguments: &[OsString],
    environment: &Environment,
) -> Result<(Cli, Vec<PathBuf>, Vec<PathBuf>), u8> {
    let mut probe = parse(arguments)?;
    let mut more = watched_beside(&probe.verb);
    if environment.reads_config {
        more.push(PathBuf::from(CONFIG_FILE));
        more.extend(Environment::find_upwards(CONFIG_FILE).map(|(_, file)| file));
        if let Some(slots) = probe.verb.slots() {
            config::fill_in_silence(slots);
        }
    }
    let slots = probe.verb.slots();
    let (paths, policy) = slots.map_or((Vec::new(), None), |slots| {
        let paths = slots.paths.map(|paths| paths.clone()).unwrap_or_default();
        (paths, slots.policy.and_then(|policy| policy.clone()))
    });
    more.extend(policy);
    let paths = if paths.is_empty() { USUAL.map(PathBuf::from).into() } else { paths };
    Ok((parse(arguments)?, paths, more))
}

/// Files that a verb reads besides its paths and its policy.
fn watched_beside(verb: &Verb) -> Vec<PathBuf> {
    match verb {
        Verb::Check(args) => args.baseline.iter().cloned().collect(),
        _ => Vec::new(),
    }
}

fn seen(paths: &[PathBuf], more: &[PathBuf]) -> Vec<Seen> {
    let mut all: Vec<PathBuf> = inputs(paths);
    all.extend(more.iter().cloned());
    all.into_iter().map(|path| Seen { state: state(&path), path }).collect()
}

fn state(path: &Path) -> Option<(Option<SystemTime>, u64, u64)> {
    let metadata = fs::metadata(path).ok()?;
    #[cfg(unix)]
    let which = std::os::unix::fs::MetadataExt::ino(&metadata);
    #[cfg(not(unix))]
    let which = 0;
    Some((metadata.modified().ok(), metadata.len(), which))
}

/// Waits until something else is seen than before, and the same twice.
fn until_changed(before: &[Seen], look: impl Fn() -> Vec<Seen>) {
    loop {
        sleep(EVERY);
        let mut now = look();
        if now == before {
            continue;
        }
        loop {
            sleep(SETTLES);
            let then = look();
            if then == now {
                return;
            }
            now = then;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_change_is_seen() {
        let folder = tempfile::tempdir().expect("a folder");
        let one = folder.path().join("one.yaml");
        let look = || seen(&[folder.path().to_owned()], &[folder.path().join("policy.yaml")]);
        fs::write(&one, "a").expect("written");
        let mut last = look();
        let mut changed = |what: &str| {
            let now = look();
            assert_ne!(now, last, "{what}");
            last = now;
        };
        fs::write(&one, "ab").expect("written");
        changed("longer");
        let beside = folder.path().join("one.tmp");
        fs::write(&beside, "cd").expect("written");
        fs::rename(&beside, &one).expect("renamed");
        changed("another file in its place");
        fs::write(folder.path().join("two.yml"), "").expect("written");
        changed("one more in the folder");
        fs::remove_file(&one).expect("removed");
        changed("one fewer");
        fs::write(folder.path().join("policy.yaml"), "").expect("written");
        changed("a policy that was missing");
        fs::write(folder.path().join("notes.txt"), "").expect("written");
        assert_eq!(look(), last, "a file that is not read");
    }
}
