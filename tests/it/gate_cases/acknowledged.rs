//! A conflict that was named out loud passes while it is named, and pays for nothing afterwards.

use super::{HEALTHY, MIXED, edit, step};

const NAMED: &str = "\
acknowledgements:
  - {factor: 'D101:meeting:bo-gus', reason: a second lead joins, named_on: 2026-11-09, through: 2026-12-10}
";

/// The mixed 1:1 with Gus is there, and acknowledged.
fn acknowledged() -> String {
    format!("{}{NAMED}", edit(HEALTHY, &[MIXED]))
}

#[test]
fn acknowledged_merged_untouched() {
    let Some(verdict) = step(&acknowledged(), &acknowledged()) else { return };
    verdict.holds(0).none_of(&["introduced", "withdrawn"]);
}

#[test]
fn acknowledged_in_the_same_change() {
    let named = edit(&acknowledged(), &[("named_on: 2026-11-09", "named_on: 2026-11-19")]);
    let Some(verdict) = step(HEALTHY, &named) else { return };
    verdict.holds(0);
}

#[test]
fn acknowledged_merged_line_deleted_factor_stands() {
    let Some(verdict) = step(&acknowledged(), &edit(HEALTHY, &[MIXED])) else { return };
    verdict.fails(4_000).none_of(&["introduced", "repaired"]);
}

#[test]
fn acknowledged_merged_split_another_mixed_1on1_added() {
    let split = edit(HEALTHY, &[("with: ana, purpose: delivery", "with: ana, purpose: both")]);
    let Some(verdict) = step(&acknowledged(), &split) else { return };
    verdict.fails(4_000);
    // Whether the line is still there makes no difference.
    let Some(verdict) = step(&acknowledged(), &format!("{split}{NAMED}")) else { return };
    verdict.fails(4_000);
}
