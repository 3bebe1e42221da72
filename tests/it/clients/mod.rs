//! What programs find in the hands of their users: two portfolios side by side, folders other than the root, gates that
//! hold and fail, runs that score nothing.

mod comparison;
mod failed;
mod places;
mod tools;
mod two;

use serde_json::Value;

use crate::gate_kit::{ORG, Place, with};

/// A repository in which two 1:1s are new that make a gate fail, each for another reason.
fn both_kinds() -> Option<Place> {
    let place = Place::committed(ORG)?;
    place.write("portfolio.yaml", &rising());
    Some(place)
}

/// A second delivery 1:1 by the wrong person, and one that is both.
fn rising() -> String {
    with(
        ORG,
        "meetings:\n",
        "meetings:\n  - {id: cy-too, owner: cy, with: eve, purpose: delivery}\n  - {id: two, owner: cy, with: ana, purpose: both}\n",
    )
}

/// The lines of a text in the format of Prometheus that are values.
fn samples(text: &str) -> Vec<&str> {
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect()
}

/// The first run of a SARIF log.
fn run_of(text: &str) -> Value {
    serde_json::from_str::<Value>(text).expect("JSON")["runs"][0].clone()
}
