//! What the tests of imports share: where files are, and how the program is run.

use std::path::PathBuf;

use crate::needs;
use crate::run::{self, Ran};

/// A fixture of ours.
pub(crate) fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import").join(name)
}

/// The folder with other people's files of a kind; says so where it is not there.
pub(crate) fn shared(kind: &str) -> Option<PathBuf> {
    needs::SHARED_DATA.there().map(|folder| folder.join(kind))
}

/// The rows of a table of tab-separated values, as texts by column.
pub(crate) fn rows(folder: &std::path::Path) -> Vec<std::collections::HashMap<String, String>> {
    let text = std::fs::read_to_string(folder.join("expected.tsv")).expect("the samples have it");
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let row = |line: &str| {
        names.iter().zip(line.split('\t')).map(|(name, cell)| ((*name).to_owned(), cell.to_owned())).collect()
    };
    lines.map(row).collect()
}

/// Runs the program in the checkout.
pub(crate) fn debt(arguments: &[&str]) -> Ran {
    run::debt().args(arguments).end()
}

/// Runs the program with this on standard input.
pub(crate) fn debt_with_input(arguments: &[&str], input: &[u8]) -> Ran {
    run::debt().args(arguments).stdin(input).end()
}

/// An import writes a portfolio that is valid and can be scored; gives its text.
pub(crate) fn imported(arguments: &[&str]) -> String {
    let (status, text, errors) = debt(arguments).parts();
    assert_eq!(status, 0, "{arguments:?}: {errors}");
    must_score(&text);
    text
}

/// A portfolio is valid against the schema, and scores without an error.
pub(crate) fn must_score(text: &str) {
    let schema = debt::cli::generate(debt::cli::Document::Portfolio);
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("it is a schema");
    let value: serde_json::Value = serde_yaml::from_str(text).expect("the second reader reads it");
    if let Err(error) = validator.validate(&value) {
        panic!("not valid: {error} at {}\n{text}", error.instance_path());
    }
    let (status, _, errors) = debt_with_input(&["score", "-"], text.as_bytes()).parts();
    assert_eq!(status, 0, "{errors}\n{text}");
}
