//! The rules: one file each, asked by the driver in `driver.rs`. A rule knows no other rule, no clock, no output, and
//! everything about itself; `rule.rs` says what that is. What is common to a kind of subject is in `subjects/`.
#![warn(clippy::float_arithmetic, clippy::arithmetic_side_effects)]

pub mod driver;
pub mod facts;
mod finding;
pub mod line_owners;
mod meta;
pub mod pair;
mod registry;
mod resolution;
pub mod rule;
pub mod staffing;
pub mod subjects;

mod d101_conflated_1on1;
mod d102_unlabelled_1on1;
mod d103_rated_craft_1on1;
mod d104_wrong_owner_1on1;
mod d105_silent_1on1;
mod d201_missing_craft_owner;
mod d202_absent_craft_owner;
mod d203_collapsed_lines;
mod d204_missing_craft_1on1;
mod d205_overloaded_craft_owner;
mod d301_overdue_conversation;
mod d302_lapsed_1on1;
mod d303_unsigned_promotion;
mod d304_misplaced_performance_talk;
mod d305_unspoken_exit;
mod d306_promoted_over_a_talk;
mod d401_missing_delivery_owner;
mod d402_absent_delivery_owner;
mod d403_missing_delivery_1on1;
mod d404_hr_hides_a_line;
mod d405_overloaded_delivery_owner;
mod d501_overdue_decision;
mod d502_reopened_decision;
mod d503_missing_escalation_path;
mod d504_unescalated_decision;
mod d601_missing_context;
mod d602_stale_context;
mod d603_no_peer_line;
mod d604_closed_and_open;
mod d701_no_warrant_lane;
mod d702_pay_needs_management;
mod d703_undeclared_track;
mod d704_absorbed_warrant;
mod d801_mentor_owns_rating;
mod d802_unmentored_guild;

use std::ops::Range;
use std::sync::LazyLock;

use crate::base::catalog::{Catalog, CatalogEntry};
use crate::base::ids::RuleIx;
use registry::{ask, registry};
use rule::{Cost, Rule};

// Every rule in its exclusive group, in the order of codes. Within a group one subject gets at most one of the
// codes: an unknown, or a rule that is off, goes on to the next.
registry! {
    [
        d101_conflated_1on1::D101,
        d102_unlabelled_1on1::D102,
        d103_rated_craft_1on1::D103,
        d104_wrong_owner_1on1::D104,
        d105_silent_1on1::D105,
    ],
    [
        d201_missing_craft_owner::D201,
        d202_absent_craft_owner::D202,
        d203_collapsed_lines::D203,
        d204_missing_craft_1on1::D204,
    ],
    [d205_overloaded_craft_owner::D205],
    [d301_overdue_conversation::D301],
    [d302_lapsed_1on1::D302],
    [d303_unsigned_promotion::D303],
    [d304_misplaced_performance_talk::D304],
    [d305_unspoken_exit::D305],
    [d306_promoted_over_a_talk::D306],
    [
        d401_missing_delivery_owner::D401,
        d402_absent_delivery_owner::D402,
        d403_missing_delivery_1on1::D403,
    ],
    [d404_hr_hides_a_line::D404],
    [d405_overloaded_delivery_owner::D405],
    [d501_overdue_decision::D501],
    [d502_reopened_decision::D502],
    [d503_missing_escalation_path::D503],
    [d504_unescalated_decision::D504],
    [d601_missing_context::D601],
    [d602_stale_context::D602],
    [d603_no_peer_line::D603],
    [d604_closed_and_open::D604],
    [d701_no_warrant_lane::D701],
    [d702_pay_needs_management::D702],
    [d703_undeclared_track::D703],
    [d704_absorbed_warrant::D704],
    [d801_mentor_owns_rating::D801],
    [d802_unmentored_guild::D802],
}

/// Every rule, in the order of codes.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    REGISTRY.iter().flat_map(|rules| rules.iter().copied())
}

/// The rule at a position.
pub fn at(position: RuleIx) -> &'static Rule {
    static ALL: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| all().collect());
    ALL.get(position.index()).copied().unwrap_or(REGISTRY[0][0])
}

/// The rule that has this code.
pub fn with_code(code: &str) -> Option<RuleIx> {
    all().position(|rule| rule.code == code).map(RuleIx::at)
}

/// The rule that is typed like this: its code in either case, or its name.
pub fn typed(word: &str) -> Option<RuleIx> {
    all().position(|rule| rule.code.eq_ignore_ascii_case(word) || rule.name == word).map(RuleIx::at)
}

/// The rule whose cost goes by the kind of conversation.
pub fn by_kind() -> Option<RuleIx> {
    all().position(|rule| rule.cost == Cost::ByKind).map(RuleIx::at)
}

/// The rules of the exclusive group of one, itself among them.
pub fn exclusive_group(rule: RuleIx) -> Range<usize> {
    static GROUPS: LazyLock<Vec<Range<usize>>> = LazyLock::new(|| {
        let mut groups: Vec<Range<usize>> = Vec::new();
        for rules in REGISTRY {
            let first = groups.len();
            let next = first.saturating_add(rules.len());
            groups.resize(next, first..next);
        }
        groups
    });
    GROUPS.get(rule.index()).cloned().unwrap_or_default()
}

/// What the modules below must know of the rules.
pub fn catalog() -> Catalog {
    let entry = |rule: &Rule| CatalogEntry {
        code: rule.code,
        name: rule.name,
        subject: rule.subject_type(),
        principal: rule.principal,
        by_kind: rule.cost == Cost::ByKind,
    };
    Catalog(all().map(entry).collect())
}
