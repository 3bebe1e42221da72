//! How far a run is: one line on the terminal of standard error, where it takes longer than a moment, and gone when it is done.

use std::time::Duration;

use super::env::{Environment, stopwatch};
use super::output::to_stderr;
use crate::base::decimal::count;

/// Nothing is said before.
const AFTER: Duration = Duration::from_millis(500);
/// How often it is said anew.
const EVERY: Duration = Duration::from_millis(100);

/// Back to the first column, and the line emptied.
const CLEAR: &str = "\r\u{1B}[K";

/// The line that says it.
pub(super) struct Progress {
    /// What is counted: `rows`.
    what: &'static str,
    since: Box<dyn Fn() -> Duration>,
    /// When it is said next; none where nobody is there to read it.
    next: Option<Duration>,
    is_shown: bool,
}

impl Progress {
    /// Begins now.
    pub(super) fn new(what: &'static str, environment: &Environment) -> Progress {
        let next = environment.shows_progress.then_some(AFTER);
        Progress { what, since: Box::new(stopwatch()), next, is_shown: false }
    }

    /// So many are done.
    pub(super) fn at(&mut self, done: usize, all: usize) {
        let Some(next) = self.next else { return };
        let now = (self.since)();
        if now >= next {
            self.next = Some(now.saturating_add(EVERY));
            self.is_shown = true;
            to_stderr(&format!("{CLEAR}{} of {} {}", count(done), count(all), self.what));
        }
    }

    /// Takes the line away: something else is said.
    pub(super) fn clear(&mut self) {
        if std::mem::take(&mut self.is_shown) {
            to_stderr(CLEAR);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}
