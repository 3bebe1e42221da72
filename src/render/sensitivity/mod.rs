//! How far a score depends on the weights: in sentences for a person, as JSON, or each change of the policy as a row.

mod csv;
mod table;

use super::own::{self, Own};
use crate::report::sensitivity::SensitivityReport;

/// Every format.
pub const SENSITIVITY_FORMATS: &[Own<SensitivityReport>] = &[
    Own { name: "table", made_for: "a person at a terminal", render: table::render },
    Own { name: "json", made_for: "programs: everything", render: own::json },
    Own { name: "csv", made_for: "spreadsheets: one change of the policy per row", render: csv::render },
];
