//! A history of large portfolios: read on all processors at once, and only what changed is read again.

use std::fmt::Write as _;

use serde_json::Value;

use crate::gate_kit::Place;
use crate::run;

/// A portfolio of so many people, some of whom have another level in each version.
fn text(people: usize, version: usize) -> String {
    let mut text = format!(
        "# {version}\nas_of: 2026-11-20\nsquads: [{{id: ledger, lead: p0}}]\nguilds: [{{id: backend, lead: p1}}]\npeople:\n"
    );
    for at in 0..people {
        let level = if at % 1000 == version { version % 9 + 2 } else { 1 };
        let _ = writeln!(text, "  - {{id: p{at}, squad: ledger, guild: backend, level: {level}}}");
    }
    text.push_str("meetings:\n");
    for at in 2..people {
        let held = 1 + (at + version) % 7 % 2;
        let _ = writeln!(
            text,
            "  - {{owner: p0, with: p{at}, purpose: delivery, every: weekly, last_held: 2026-11-0{held}}}"
        );
    }
    text
}

/// What `debt score` says of a revision on a day.
fn score(place: &Place, row: &Value, path: &str) -> Value {
    let revision = row["revision"].as_str().expect("a hash");
    let text = place.git(&["show", &format!("{revision}:{path}")]) + "\n";
    let day = row["day"].as_str().expect("a day");
    let arguments = ["score", "-", "--as-of", day, "--format", "json"];
    run::debt().within(place.path()).args(arguments).stdin(text).end().json()["score"].clone()
}

#[test]
fn every_processor_reads_a_text_that_is_read_on_all() {
    let Some(place) = Place::repository() else { return };
    for version in 0..4 {
        place.write("portfolio.yaml", &text(1_900, version));
        let day = format!("2026-11-{:02}T12:00:00Z", 10 + version);
        let environment = [("GIT_AUTHOR_DATE", day.as_str()), ("GIT_COMMITTER_DATE", day.as_str())];
        place.git(&["add", "--all"]);
        let commit = ["commit", "--quiet", "-m", "c"];
        run::git().within(place.path()).args(commit).envs(environment).end().ok();
    }
    let json = ["history", "--every", "commit", "--format", "json"];
    let report = place.debt(&json).json();
    let rows = report["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), 4);
    for row in &rows[..2] {
        assert_eq!(row["score"], score(&place, row, "portfolio.yaml"), "{row}");
    }
}
