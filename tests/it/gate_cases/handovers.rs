//! 1:1s that change hands, ids or shape: the same item, or the repair that somebody made.

use super::{COMMITTED, HEALTHY, commit_on, edit, judge, step};
use crate::gate_kit::Place;

#[test]
fn new_lead_takes_over_1on1s_with_derived_ids_all_lapsed() {
    let lapsed = "every: weekly, last_held: 2026-09-01, cancelled_in_a_row: 6";
    let base = edit(
        HEALTHY,
        &[
            (
                "{id: bo-ana, owner: bo, with: ana, purpose: delivery",
                &format!("{{owner: bo, with: ana, purpose: delivery, {lapsed}"),
            ),
            (
                "{id: bo-gus, owner: bo, with: gus, purpose: delivery",
                &format!("{{owner: bo, with: gus, purpose: delivery, {lapsed}"),
            ),
        ],
    );
    let head = edit(
        &base,
        &[
            ("{id: pay, lead: bo}", "{id: pay, lead: dee}"),
            ("owner: bo, with: ana", "owner: dee, with: ana"),
            ("owner: bo, with: gus", "owner: dee, with: gus"),
        ],
    );
    let Some(verdict) = step(&base, &head) else { return };
    let verdict = verdict.holds(0).none_of(&["introduced", "revealed", "repaired", "withdrawn"]);
    assert_eq!(verdict.amount("to_mp"), 4_000, "two 1:1s, four units each");
}

/// Bo's talk with Gus two levels down is a 1:1 only because Bo owns a line of his; it served the craft line.
const TWO_LEVELS_DOWN: (&str, &str) = (
    "{id: cy-gus, owner: cy, with: gus, purpose: craft}",
    "{id: down, kind: skip-level, owner: bo, with: gus, agenda: [craft-feedback, promotion]}",
);
/// Dee leads the squad, and holds its Delivery 1:1s.
const ANOTHER_LEAD: [(&str, &str); 3] = [
    ("{id: pay, lead: bo}", "{id: pay, lead: dee}"),
    ("owner: bo, with: ana", "owner: dee, with: ana"),
    ("{id: bo-gus, owner: bo, with: gus", "{id: bo-gus, owner: dee, with: gus"),
];

#[test]
fn another_lead_and_a_talk_two_levels_down_that_was_a_craft_1on1() {
    let base = edit(HEALTHY, &[TWO_LEVELS_DOWN]);
    let Some(verdict) = step(&base, &edit(&base, &ANOTHER_LEAD)) else { return };
    let verdict = verdict.none_of(&["introduced"]).part("staffing", 2_000);
    let rows = verdict.change["factors"].as_array().expect("a list");
    assert!(rows.iter().any(|row| row["id"] == "D204:person:gus" && row["how"] == "handed-over"), "{rows:?}");
}

#[test]
fn another_lead_and_a_craft_1on1_taken_out() {
    let base = edit(HEALTHY, &[TWO_LEVELS_DOWN]);
    let head = edit(&edit(&base, &ANOTHER_LEAD), &[(&format!("  - {}\n", TWO_LEVELS_DOWN.1), "")]);
    let Some(verdict) = step(&base, &head) else { return };
    verdict.part("introduced", 2_000);
}

/// Ana moved to Nia's squad, and Bo still holds her Delivery 1:1.
const MOVED: &str = "\
people:
  - {id: bo, exempt: {delivery: a director, craft: a director}}
  - {id: nia, exempt: {delivery: a director, craft: a director}}
  - {id: cy, exempt: {delivery: a director, craft: a director}}
  - {id: ana, squad: risk, guild: backend}
squads: [{id: pay, lead: bo}, {id: risk, lead: nia}]
guilds: [{id: backend, lead: cy}]
meetings:
  - {owner: bo, with: ana, purpose: delivery}
  - {owner: cy, with: ana, purpose: craft}
conversations: []
decisions: []
promotions: []
mentorships: []
";

#[test]
fn d104s_advice_followed_owner_changed_derived_id() {
    let head = edit(MOVED, &[("owner: bo, with: ana", "owner: nia, with: ana")]);
    let Some(verdict) = step(MOVED, &head) else { return };
    let verdict = verdict.holds(-2_000).part("repaired", 2_000).none_of(&["introduced", "withdrawn"]);
    let rows = verdict.change["factors"].as_array().expect("a list");
    assert!(rows.iter().any(|row| row["kind"] == "repaired" && row["how"] == "changed"), "{rows:?}");
}

/// Ana's only 1:1 is a mixed one under a derived id: 4 points, and 2 for the Craft 1:1 that she lacks.
fn conflated() -> String {
    edit(
        HEALTHY,
        &[
            (
                "{id: bo-ana, owner: bo, with: ana, purpose: delivery}",
                "{owner: bo, with: ana, purpose: both}",
            ),
            ("  - {id: cy-ana, owner: cy, with: ana, purpose: craft}\n", ""),
        ],
    )
}

#[test]
fn a_1on1_gets_an_id() {
    let base = conflated();
    let head = edit(&base, &[("{owner: bo, with: ana", "{id: weekly, owner: bo, with: ana")]);
    let Some(verdict) = step(&base, &head) else { return };
    verdict.holds(0).none_of(&["introduced", "revealed", "repaired", "withdrawn"]);
}

#[test]
fn owner_and_with_swapped_as_the_warning_says() {
    let base = edit(&conflated(), &[("owner: bo, with: ana", "owner: ana, with: bo")]);
    let Some(verdict) = step(&base, &conflated()) else { return };
    verdict.holds(0).none_of(&["introduced", "revealed", "repaired", "withdrawn"]);
}

#[test]
fn split_both_ends_a_delivery_and_a_craft_1on1_begin_new_ids() {
    let base = conflated();
    let begun = "  - {id: x1, owner: bo, with: ana, purpose: delivery, since: 2026-11-15}\n  \
                 - {id: x2, owner: cy, with: ana, purpose: craft, since: 2026-11-15}\n";
    let ended = "  - {owner: bo, with: ana, purpose: both, until: 2026-11-15}\n";
    let old = "  - {owner: bo, with: ana, purpose: both}\n";
    let Some(verdict) = step(&base, &edit(&base, &[(old, &format!("{ended}{begun}"))])) else { return };
    verdict.holds(-6_000).part("repaired", 6_000).how("D101:meeting:bo--ana", "repaired", "split");
    // The same where the old one is taken out instead of ended.
    let Some(verdict) = step(&base, &edit(&base, &[(old, begun)])) else { return };
    verdict.holds(-6_000).part("repaired", 6_000).none_of(&["introduced"]);
}

#[test]
fn two_files_swap_with_on_a_mixed_1on1() {
    let Some(place) = Place::repository() else { return };
    let (org, meetings) = HEALTHY.split_once("meetings:\n").expect("both");
    place.write("portfolio/org.yaml", org);
    let meetings = format!("meetings:\n  - {{id: m1, owner: bo, with: ana, purpose: both}}\n{meetings}");
    place.write("portfolio/meetings.yaml", &meetings);
    commit_on(&place, COMMITTED);
    let swapped = edit(&meetings, &[("{id: m1, owner: bo, with: ana", "{id: m1, owner: bo, with: gus")]);
    place.write("portfolio/meetings.yaml", &swapped);
    judge(&place, &[]).fails(4_000).part("withdrawn", 4_000).none_of(&["repaired"]);
}
