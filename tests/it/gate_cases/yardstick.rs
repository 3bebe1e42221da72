//! A policy and the flags of a person are the yardstick: bending it hides nothing.

use super::{COMMITTED, HEALTHY, MIXED, commit_on, edit, judge, step};
use crate::gate_kit::Place;

#[test]
fn since_tomorrow_on_a_new_mixed_1on1() {
    let new = "meetings:\n  - {id: x, owner: bo, with: ana, purpose: both, since: 2026-11-21}\n";
    let Some(verdict) = step(HEALTHY, &edit(HEALTHY, &[("meetings:\n", new)])) else { return };
    verdict.fails(4_000).names("2026-11-21");
}

#[test]
fn new_policy_file_disable_d101_and_a_mixed_1on1() {
    let Some(place) = Place::repository() else { return };
    place.write("portfolio.yaml", HEALTHY);
    commit_on(&place, COMMITTED);
    place.write("policy.yaml", "disable: [D101]\n");
    place.write("portfolio.yaml", &edit(HEALTHY, &[MIXED]));
    judge(&place, &["--policy", "policy.yaml"]).fails(4_000);
    // The same where the policy lies in the portfolio.
    place.write("portfolio.yaml", &format!("{}policy: {{disable: [D101]}}\n", edit(HEALTHY, &[MIXED])));
    judge(&place, &[]).fails(4_000);
}

#[test]
fn exempt_craft_and_a_mixed_1on1_for_the_same_person() {
    let exempt = ("{id: gus, squad: pay", "{id: gus, exempt: {craft: x}, squad: pay");
    let Some(verdict) = step(HEALTHY, &edit(HEALTHY, &[exempt, MIXED])) else { return };
    verdict.fails(4_000);
}
