//! What people see of a history: the run that docs/history.md shows, and how far it is while it takes long.

use crate::gate_kit::Place;
use crate::generated::is_current;
use crate::needs;
use crate::run;
use crate::support::{file, root};
#[cfg(target_os = "linux")]
use crate::terminal::on_a_terminal;

/// The repository of examples/history.sh is made, and the page shows what is printed of it.
#[test]
#[cfg(not(windows))]
fn the_page_shows_what_is_printed() {
    let (Some(bash), Some(_)) = (needs::BASH.there(), needs::GIT.there()) else { return };
    let place = Place::plain();
    let script = root().join("examples/history.sh");
    let made = run::bare(bash).arg(script).arg(place.path()).env("HOME", place.path());
    made.envs(run::GIT_AS_NOBODY).end().ok();
    let typed = "history --why";
    let arguments: Vec<&str> = typed.split(' ').collect();
    let shown = place.debt_in(".", &arguments, &[("DEBT_TODAY", "2026-11-22")]).ok();
    let page = file("docs/history.md");
    let command = format!("```console\n$ debt {typed}\n");
    let (head, rest) = page.split_once(&command).expect("the page shows the command");
    let (_, tail) = rest.split_once("```").expect("a block ends");
    is_current("docs/history.md", &format!("{head}{command}{shown}```{tail}"));
}

/// Somebody who waits sees how far it is, on a terminal only, and the line is gone before the result.
#[test]
#[cfg(target_os = "linux")]
fn progress_is_shown_after_half_a_second() {
    use std::time::{Duration, Instant};

    let Some(place) = Place::repository() else { return };
    let people: String =
        (0..60).map(|at| format!("  - {{id: p{at}, squad: ledger, guild: backend}}\n")).collect();
    let groups = "squads: [{id: ledger, lead: p0}]\nguilds: [{id: backend, lead: p1}]\n";
    place.write("portfolio.yaml", &format!("{groups}people:\n{people}"));
    place.git(&["add", "--all"]);
    let long_ago =
        [("GIT_AUTHOR_DATE", "2020-01-01T12:00:00Z"), ("GIT_COMMITTER_DATE", "2020-01-01T12:00:00Z")];
    run::git().within(place.path()).args(["commit", "--quiet", "-m", "c"]).envs(long_ago).end().ok();
    let history = "history --every day --since 2020-01-01 --format openmetrics";
    let shown = |more: &str| {
        let begun = Instant::now();
        let said = on_a_terminal(place.path(), 24, "TERM=xterm PAGER=cat", &format!("{history} {more}"))?;
        Some((said, begun.elapsed()))
    };
    let of_all = " of 2\u{202f}516 rows";
    let Some((said, took)) = shown("") else { return };
    if took > Duration::from_secs(2) {
        let (before, after) = said.rsplit_once(of_all).expect("it says how far it is");
        assert!(before.starts_with("\r\u{1b}[K") && after.starts_with("\r\u{1b}[K# "), "{said:.200}");
    }
    let (quiet, _) = shown("--quiet").expect("it was there");
    assert!(!quiet.contains(of_all));
    let dumb = on_a_terminal(place.path(), 24, "TERM=dumb PAGER=cat", history).expect("it was there");
    assert!(!dumb.contains(of_all));
}
