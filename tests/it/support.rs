//! What every test needs: a text read and scored without a process, and the folders of the checkout.

use std::path::{Path, PathBuf};

use debt::base::day::Day;
use debt::base::names::Untrusted;
use debt::model::{self, Clock, OwnPolicy, ReadOptions};
use debt::source::{Diagnostics, Severity, Source, Sources};
use proptest::prelude::ProptestConfig;
use proptest::test_runner::RngSeed;

use crate::run;

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

/// A document is what its schema says.
pub(crate) fn holds_schema(name: &str, document: &serde_json::Value) {
    let schema = serde_json::from_str(&file(format!("schema/{name}.schema.json"))).expect("JSON");
    let error = jsonschema::validate(&schema, document).err();
    assert!(error.is_none(), "{name}: {error:?}");
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
    Sources(vec![Source {
        name: Untrusted::new("portfolio.yaml"),
        text: text.to_owned(),
        path: None,
        at: None,
    }])
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

/// Standard output of a run that goes well.
pub(crate) fn stdout_of(arguments: &[&str]) -> String {
    run::debt().args(arguments).end().ok()
}

/// So many random cases for each property, unless `PROPTEST_CASES` asks for more or fewer. A failure is not written to a
/// file: whoever mends it keeps what it shows as a case or a fixture. They are the same cases in every run, so that a
/// change is judged by what it changes; `PROPTEST_RNG_SEED` tries others.
pub(crate) fn cases(count: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|count| count.parse().ok());
    let cases = asked.unwrap_or(count);
    ProptestConfig {
        cases,
        max_global_rejects: cases.saturating_mul(50),
        failure_persistence: None,
        rng_seed: seed(),
        ..ProptestConfig::default()
    }
}

/// Where random cases begin.
fn seed() -> RngSeed {
    let asked = std::env::var("PROPTEST_RNG_SEED").ok().and_then(|seed| seed.parse().ok());
    RngSeed::Fixed(asked.unwrap_or(2026))
}
