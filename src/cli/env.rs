//! The only reader of the clock, the environment and the terminal.
#![expect(clippy::disallowed_methods, reason = "this is the one place")]

use std::env;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anstream::AutoStream;
use terminal_size::terminal_size_of;

use super::args::{Color, Common, Hyperlinks};
use super::said::Said;
use crate::base::day::Day;
use crate::render::Screen;

/// What the surroundings allow.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Environment {
    /// Standard output.
    pub(super) out: Screen,
    /// Standard error.
    pub(super) err: Screen,
    /// Whether hints are wanted.
    pub(super) hints: bool,
    /// Whether standard error is a terminal on which a line can be written over, and nobody asked for quiet.
    pub(super) shows_progress: bool,
    /// Whether notes beside a result are wanted, on a terminal or not.
    pub(super) notes: bool,
    /// Whether somebody is there to be asked.
    pub(super) asks: bool,
    /// What this run has said is wrong, for the formats that say it too.
    said: Mutex<Said>,
    /// The rows of the terminal that standard output is; none where it is none.
    pub(super) height: Option<usize>,
    /// What shows long output; none where it is shown as it is.
    pub(super) pager: Option<Pager>,
    /// Whether places in files are links on standard output.
    pub(super) out_links: bool,
    /// The same on standard error.
    pub(super) err_links: bool,
    /// Whether a configuration is read where there is one.
    pub(super) reads_config: bool,
}

/// What shows long output.
#[derive(Clone, Debug)]
pub(super) struct Pager {
    /// As it is written in the environment.
    pub(super) command: String,
    /// Whether `LESS` is set, so that ours does not replace it.
    pub(super) has_less: bool,
    /// Whether `LV` is.
    pub(super) has_lv: bool,
}

impl Environment {
    pub(super) fn new(common: &Common) -> Environment {
        match common.color {
            Color::Auto => forced_colour().into_iter().for_each(anstream::ColorChoice::write_global),
            Color::Always => anstream::ColorChoice::Always.write_global(),
            Color::Never => anstream::ColorChoice::Never.write_global(),
        }
        let colour = |choice| !matches!(choice, anstream::ColorChoice::Never);
        let (out, err) = (io::stdout(), io::stderr());
        let drawing =
            |terminal: bool| terminal && env::var_os("TERM").is_none_or(|term| term != "dumb") && is_utf8();
        let is_dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
        let links = |terminal: bool| match common.hyperlinks {
            Hyperlinks::Auto => terminal && !is_dumb && has_hyperlinks(),
            Hyperlinks::Always => true,
            Hyperlinks::Never => false,
        };
        let pages = out.is_terminal() && !is_dumb && !common.no_pager;
        Environment {
            height: out.is_terminal().then(|| rows(terminal_size_of(&out))),
            pager: if pages { pager() } else { None },
            out_links: links(out.is_terminal()),
            err_links: links(err.is_terminal()),
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
            shows_progress: !common.quiet && err.is_terminal() && !is_dumb,
            notes: !common.quiet,
            asks: io::stdin().is_terminal() && err.is_terminal(),
            said: Mutex::default(),
            reads_config: !common.no_config,
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

    /// A file in the working folder or the nearest folder above it, up to the root of the repository: the folder that holds
    /// it, relative to the working folder, and the file. Without a repository only the working folder is looked into: what
    /// lies above belongs to somebody else.
    pub(super) fn find_upwards(name: &str) -> Option<(PathBuf, PathBuf)> {
        let here = env::current_dir().ok()?;
        let root = here.ancestors().position(|folder| folder.join(".git").exists()).unwrap_or(0);
        let folders = here.ancestors().take(root + 1);
        let depth = folders.into_iter().position(|folder| folder.join(name).is_file())?;
        let folder: PathBuf = std::iter::repeat_n("..", depth).collect();
        let file = folder.join(name);
        Some((folder, file))
    }

    /// Whether a shell asks for completions.
    pub(super) fn is_completing() -> bool {
        env::var_os("COMPLETE").is_some_and(|shell| !shell.is_empty() && shell != "0")
    }

    /// The working folder.
    pub(super) fn folder() -> Option<PathBuf> {
        env::current_dir().ok()
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

/// Starts a clock, which says how long that is ago.
pub(super) fn stopwatch() -> impl Fn() -> Duration {
    let begun = Instant::now();
    move || begun.elapsed()
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

/// `FORCE_COLOR`, unless `NO_COLOR` says otherwise: `0` and `false` for no colour, anything else for colour. What else
/// there is in the environment anstream knows.
fn forced_colour() -> Option<anstream::ColorChoice> {
    let set = |name| env::var_os(name).filter(|value| !value.is_empty());
    if set("NO_COLOR").is_some() {
        return None;
    }
    let is_off = |value: &std::ffi::OsStr| value == "0" || value == "false";
    let forced = set("FORCE_COLOR")?;
    Some(if is_off(&forced) { anstream::ColorChoice::Never } else { anstream::ColorChoice::Always })
}

/// The pager that is asked for, as git asks: `DEBT_PAGER`, else `PAGER`, else less. An empty one, and `cat`, is none.
fn pager() -> Option<Pager> {
    let named = ["DEBT_PAGER", "PAGER"].iter().find_map(|name| env::var(name).ok());
    let command = named.unwrap_or_else(|| "less".to_owned());
    let is_set = |name| env::var_os(name).is_some();
    let pager = Pager { command, has_less: is_set("LESS"), has_lv: is_set("LV") };
    (!matches!(pager.command.trim(), "" | "cat")).then_some(pager)
}

/// Terminals that name themselves in `TERM_PROGRAM` or `TERM` and are known to have hyperlinks.
const WITH_HYPERLINKS: [&str; 14] = [
    "iTerm.app",
    "WezTerm",
    "wezterm",
    "vscode",
    "ghostty",
    "xterm-ghostty",
    "xterm-kitty",
    "alacritty",
    "alacritty-direct",
    "foot",
    "foot-extra",
    "contour",
    "rio",
    "Hyper",
];

/// Whether the terminal is known to have hyperlinks. Others may show them as garbage, and over SSH they would lead to a file
/// of another machine.
fn has_hyperlinks() -> bool {
    let is = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    if ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT", "CI"].iter().any(|name| is(name)) {
        return false;
    }
    let number = |name: &str| env::var(name).ok().and_then(|value| value.parse::<u64>().ok()).unwrap_or(0);
    let named = ["TERM_PROGRAM", "TERM"]
        .iter()
        .any(|name| env::var(name).is_ok_and(|value| WITH_HYPERLINKS.contains(&value.as_str())));
    // Inside tmux and screen the terminal behind them is still in the environment, and they may not pass links on.
    let is_nested = is("TMUX") || is("STY");
    let by_version =
        number("VTE_VERSION") >= 5_000 || number("KONSOLE_VERSION") >= 201_200 || is("WT_SESSION");
    !is_nested && (named || by_version)
}

fn rows(size: Option<(terminal_size::Width, terminal_size::Height)>) -> usize {
    let height = size.map_or(24, |(_, terminal_size::Height(height))| usize::from(height));
    if height == 0 { 24 } else { height }
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
