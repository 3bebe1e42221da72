//! The only reader of the clock, the environment and the terminal.
#![expect(clippy::disallowed_methods, reason = "this is the one place")]

use std::env;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{SystemTime, UNIX_EPOCH};

use anstream::AutoStream;
use terminal_size::terminal_size_of;

use super::args::{Color, Common};
use super::said::Said;
use crate::base::day::Day;
use crate::render::Screen;

/// What the surroundings allow.
pub(super) struct Environment {
    /// Standard output.
    pub(super) out: Screen,
    /// Standard error.
    pub(super) err: Screen,
    /// Whether hints are wanted.
    pub(super) hints: bool,
    /// Whether notes beside a result are wanted, on a terminal or not.
    pub(super) notes: bool,
    /// Whether somebody is there to be asked.
    pub(super) asks: bool,
    /// What this run has said is wrong, for the formats that say it too.
    said: Mutex<Said>,
}

impl Environment {
    pub(super) fn new(common: &Common) -> Environment {
        match common.color {
            Color::Auto => {}
            Color::Always => anstream::ColorChoice::Always.write_global(),
            Color::Never => anstream::ColorChoice::Never.write_global(),
        }
        let colour = |choice| !matches!(choice, anstream::ColorChoice::Never);
        let (out, err) = (io::stdout(), io::stderr());
        let drawing =
            |terminal: bool| terminal && env::var_os("TERM").is_none_or(|term| term != "dumb") && is_utf8();
        Environment {
            out: Screen {
                width: out.is_terminal().then(|| columns(terminal_size_of(&out))),
                colour: colour(AutoStream::choice(&out)),
                drawing: drawing(out.is_terminal()),
            },
            err: Screen {
                width: err.is_terminal().then(|| columns(terminal_size_of(&err))),
                colour: colour(AutoStream::choice(&err)),
                drawing: drawing(err.is_terminal()),
            },
            hints: !common.quiet && err.is_terminal(),
            notes: !common.quiet,
            asks: io::stdin().is_terminal() && err.is_terminal(),
            said: Mutex::default(),
        }
    }

    /// Keeps something about what this run says. Two sides of a comparison are read at the same time.
    pub(super) fn remember(&self, keep: impl FnOnce(&mut Said)) {
        // Only a panic while it is held could spoil it, and that ends the run.
        if let Ok(mut said) = self.said.lock() {
            keep(&mut said);
        }
    }

    /// What was kept.
    pub(super) fn take_said(&self) -> Said {
        self.said.lock().map(|mut said| std::mem::take(&mut *said)).unwrap_or_default()
    }

    /// `error:` as standard error shows it.
    pub(super) fn error_word(&self) -> String {
        self.word("error", anstyle::AnsiColor::Red)
    }

    /// `warning:` as standard error shows it.
    pub(super) fn warning_word(&self) -> String {
        self.word("warning", anstyle::AnsiColor::Yellow)
    }

    fn word(&self, word: &str, colour: anstyle::AnsiColor) -> String {
        let style = colour.on_default().bold();
        if self.err.colour { format!("{style}{word}:{style:#}") } else { format!("{word}:") }
    }

    /// Whether a file collects what the steps of a job say, so that one step must not replace what another wrote.
    #[expect(clippy::unused_self, reason = "whoever asks has been given the surroundings")]
    pub(super) fn is_collected(&self, file: &Path) -> bool {
        let Some(summary) = env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else {
            return false;
        };
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        real(Path::new(&summary)) == real(file)
    }

    /// Today in UTC, or the day in `DEBT_TODAY`, for whoever must have it stand still.
    pub(super) fn today() -> anyhow::Result<Day> {
        if let Some(text) = env::var_os("DEBT_TODAY") {
            let day = text.to_str().and_then(Day::parse);
            return day.ok_or_else(|| {
                anyhow::anyhow!("invalid DEBT_TODAY, expected a calendar date such as 2026-11-20")
            });
        }
        let seconds = match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
            Err(before) => i64::try_from(before.duration().as_secs()).map_or(i64::MIN, |seconds| -seconds),
        };
        let day = Day::from_epoch_days(seconds.div_euclid(86_400));
        day.ok_or_else(|| anyhow::anyhow!("this machine's clock shows no valid date; give one with --as-of"))
    }
}

/// The index that git hands to its hooks: another one than usual where only some files are committed.
pub(super) fn index_file() -> Option<PathBuf> {
    env::var_os("GIT_INDEX_FILE").filter(|path| !path.is_empty()).map(PathBuf::from)
}

/// The folders that CI services name as the checkout.
pub(super) fn workspaces() -> Vec<PathBuf> {
    let named = ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"].into_iter().filter_map(env::var_os);
    named.filter(|path| !path.is_empty()).map(PathBuf::from).collect()
}

/// Where the key of pseudonyms is looked for.
pub(super) const KEY_VARIABLE: &str = "DEBT_PSEUDONYM_KEY";

/// The key that pseudonyms are made with, where the environment has one.
pub(super) fn pseudonym_key() -> Option<Vec<u8>> {
    env::var_os(KEY_VARIABLE).map(std::ffi::OsString::into_encoded_bytes)
}

fn columns(size: Option<(terminal_size::Width, terminal_size::Height)>) -> usize {
    let width = size.map_or(80, |(terminal_size::Width(width), _)| usize::from(width));
    if width == 0 { 80 } else { width }
}

/// Whether the locale says that text is UTF-8.
fn is_utf8() -> bool {
    let set = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()));
    let Some(locale) = set else { return cfg!(windows) };
    let locale = locale.to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}
