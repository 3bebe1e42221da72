//! The rules: one file each, asked by the driver in `ask.rs`. A rule knows no other rule, no clock, no output.
#![warn(clippy::float_arithmetic, clippy::arithmetic_side_effects)]

pub mod ask;
pub mod facts;
pub mod rule;

mod d101_conflated_1on1;
mod d102_unlabelled_1on1;
mod d103_rated_craft_1on1;
mod d104_wrong_owner_1on1;
mod d201_missing_craft_owner;
mod d202_absent_craft_owner;
mod d203_collapsed_lines;
mod d204_missing_craft_1on1;
mod d205_overloaded_craft_owner;
mod d301_overdue_conversation;
mod d302_lapsed_1on1;
mod d303_unsigned_promotion;
mod d304_misplaced_performance_talk;
mod d401_missing_delivery_owner;
mod d402_absent_delivery_owner;
mod d403_missing_delivery_1on1;
mod d404_hr_hides_a_line;
mod d501_overdue_decision;
mod d502_reopened_decision;
mod d503_missing_escalation_path;
mod d601_missing_context;
mod d602_stale_context;
mod d603_no_peer_line;
mod d701_no_warrant_lane;
mod d702_pay_needs_management;
mod d703_undeclared_track;
mod d801_mentor_owns_rating;

use std::sync::LazyLock;

use crate::base::catalog::{Catalog, CatalogEntry};
use crate::base::ids::RuleIx;
use rule::Rule;

/// Every rule in its box, in the order of codes. Within a box one subject gets at most one of the codes: an
/// unknown, or a rule that is off, goes on to the next.
pub const REGISTRY: &[&[&Rule]] = &[
    &[
        &d101_conflated_1on1::RULE,
        &d102_unlabelled_1on1::RULE,
        &d103_rated_craft_1on1::RULE,
        &d104_wrong_owner_1on1::RULE,
    ],
    &[
        &d201_missing_craft_owner::RULE,
        &d202_absent_craft_owner::RULE,
        &d203_collapsed_lines::RULE,
        &d204_missing_craft_1on1::RULE,
    ],
    &[&d205_overloaded_craft_owner::RULE],
    &[&d301_overdue_conversation::RULE],
    &[&d302_lapsed_1on1::RULE],
    &[&d303_unsigned_promotion::RULE],
    &[&d304_misplaced_performance_talk::RULE],
    &[
        &d401_missing_delivery_owner::RULE,
        &d402_absent_delivery_owner::RULE,
        &d403_missing_delivery_1on1::RULE,
    ],
    &[&d404_hr_hides_a_line::RULE],
    &[&d501_overdue_decision::RULE],
    &[&d502_reopened_decision::RULE],
    &[&d503_missing_escalation_path::RULE],
    &[&d601_missing_context::RULE],
    &[&d602_stale_context::RULE],
    &[&d603_no_peer_line::RULE],
    &[&d701_no_warrant_lane::RULE],
    &[&d702_pay_needs_management::RULE],
    &[&d703_undeclared_track::RULE],
    &[&d801_mentor_owns_rating::RULE],
];

/// Every rule, in the order of codes.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    REGISTRY.iter().flat_map(|rules| rules.iter().copied())
}

/// The rule at a position.
pub fn at(position: RuleIx) -> &'static Rule {
    static ALL: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| all().collect());
    ALL.get(position.index()).copied().unwrap_or(&d101_conflated_1on1::RULE)
}

/// What the floors below must know of the rules.
pub fn catalog() -> Catalog {
    let entry = |rule: &Rule| CatalogEntry {
        code: rule.code,
        name: rule.name,
        subject: rule.asks.subject_type(),
        principal: rule.principal,
        by_kind: matches!(rule.asks, rule::Asks::Conversations { .. }) && rule.principal == crate::base::points::MilliPoints::ZERO,
    };
    Catalog(all().map(entry).collect())
}
