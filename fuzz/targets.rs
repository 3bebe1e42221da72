//! What each fuzz target does with its bytes. `tests/it/corpus.rs` runs the kept ones through the same functions.
#![allow(dead_code, reason = "each target uses one of them")]

use debt::base::day::Day;
use debt::model::{self, Clock, ReadOptions};
use debt::render::{self, Breakdown, Screen, View};
use debt::report::{self, BuildOptions};
use debt::score::part::Part;
use debt::score::scorecard;
use debt::source::{Diagnostics, FileIx, Severity, Sources};

const SCREEN: Screen = Screen { width: Some(60), colour: false, drawing: true };

/// Says every error, which must never be long and never hold a raw control.
fn say(found: &Diagnostics, sources: &Sources) {
    for severity in [Severity::Error, Severity::Warning] {
        let text = render::diagnostics::text(found, severity, sources, SCREEN);
        assert!(text.len() < 25_000, "a message of {} bytes", text.len());
        assert!(text.chars().all(|character| character == '\n' || !render::escape::is_control(character)));
    }
    let json = render::diagnostics::json(found, sources);
    assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok(), "{json}");
}

/// Text → portfolio → score → every format; sums are exact whatever comes in.
pub(super) fn read_score(data: &[u8]) {
    let mut sources = Sources::default();
    let mut found = Diagnostics::default();
    sources.add("fuzz.yaml".to_owned(), Ok(data.to_vec()), &mut found);
    let today = Day::parse("2026-11-20");
    let Some(today) = today else { return };
    let catalog = debt::rules::catalog();
    let options = ReadOptions { clock: Clock { as_of: None, today }, policy_file: None, catalog: &catalog };
    let read = model::read(&sources, options, &mut found);
    assert_eq!(read.is_none(), found.errors() > 0, "half accepted");
    let Some(read) = read else { return say(&found, &sources) };
    let Ok(card) = scorecard(&read.portfolio, &read.policy, read.day, Part::default()) else { return };
    let values: i64 = card.factors.iter().map(|factor| factor.value().mp()).sum();
    assert_eq!(values, card.score.mp());
    let report = report::build(&card, BuildOptions { sources: &sources, version: "0" });
    let tasks = report::tasks(&card, &report.factors, 3);
    let view = View { screen: SCREEN, by: Breakdown::Owner, top: None, tasks: &tasks };
    for format in render::FORMATS {
        let mut bytes = Vec::new();
        assert!((format.render)(&report, &view, &mut bytes).is_ok(), "{}", format.name);
        assert!(std::str::from_utf8(&bytes).is_ok(), "{}", format.name);
    }
}

/// Text → policy, alone.
pub(super) fn policy(data: &[u8]) {
    let mut sources = Sources::default();
    let mut found = Diagnostics::default();
    sources.add("policy.yaml".to_owned(), Ok(data.to_vec()), &mut found);
    let catalog = debt::rules::catalog();
    let read = debt::policy::from_text(sources.text(FileIx(0)), FileIx(0), &catalog, &mut found);
    if found.errors() > 0 {
        return say(&found, &sources);
    }
    // Whatever was read has a hash, and grades that rise.
    assert_eq!(read.hash(&catalog).len(), "sha256:".len() + 64);
    assert!(read.grades.windows(2).all(|pair| pair[0] < pair[1]));
}
