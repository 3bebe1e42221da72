//! A baseline: the portfolio that a gate compares with, in a file that is committed. It is a portfolio in canonical
//! form like any other, with its effective policy; its first line says what it is, so that no other file is taken for
//! one and replaced.

use crate::base::catalog::Catalog;
use crate::base::day::Day;
use crate::policy::Policy;
use crate::records::canonical::{self, Frame};

/// How the first line begins. A comment, so that `debt score` reads the file.
const FIRST: &str = "# debt-baseline ";
/// The first line, as it is written.
const HEADING: [&str; 2] = [
    "debt-baseline 2: the portfolio that `debt check --baseline` compares with, in canonical form.",
    "Written by --update-baseline; after a merge that conflicts here, take either side and write it anew.",
];
/// How a baseline of 0.1.0 begins, which held amounts and no portfolio.
const OF_0_1: &str = "debt-baseline ";

/// What kind of file was found where a baseline is expected.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Found {
    /// Nothing is in it.
    Empty,
    /// A baseline of this version.
    Baseline,
    /// A baseline of 0.1.0.
    Old,
    /// Anything else; a portfolio perhaps.
    Other,
}

/// What a text is, by its first line.
pub fn recognise(text: &str) -> Found {
    if text.trim().is_empty() {
        Found::Empty
    } else if text.starts_with(FIRST) {
        Found::Baseline
    } else if text.starts_with(OF_0_1) {
        Found::Old
    } else {
        Found::Other
    }
}

/// A baseline of the texts of a portfolio that was read without an error. `as_of` is for a file that no commit dates.
pub fn write<'t>(
    texts: impl Iterator<Item = &'t str>,
    policy: &Policy,
    catalog: &Catalog,
    as_of: Option<Day>,
) -> String {
    canonical::write(texts, Frame { heading: &HEADING, as_of, policy: &policy.to_yaml(catalog) })
}
