//! What is told now was there before: it is shown, with its day where it has one, and never held against anybody.

use super::{COMMITTED, HEALTHY, JUDGED, MIXED, commit_on, edit, judge, judge_on, step};
use crate::gate_kit::Place;

#[test]
fn escalates_to_named_so_that_the_lead_has_a_delivery_owner() {
    let base = edit(
        HEALTHY,
        &[
            ("{id: bo, exempt: {delivery: a director, craft: a director}}", "{id: bo, craft_owner: dee}"),
            ("meetings:\n", "meetings:\n  - {id: dee-bo, owner: dee, with: bo, purpose: craft}\n"),
        ],
    );
    let head = edit(&base, &[("{id: pay, lead: bo}", "{id: pay, lead: bo, escalates_to: dee}")]);
    let Some(verdict) = step(&base, &head) else { return };
    // Dee is now both of Bo's owners, and holds no Delivery 1:1 with Bo.
    verdict.holds(0).part("revealed", 6_000).none_of(&["introduced", "staffing"]);
}

/// Gus's Delivery 1:1 without a label, with this agenda.
fn unlabelled(agenda: &str) -> String {
    edit(HEALTHY, &[("with: gus, purpose: delivery", &format!("with: gus, agenda: [{agenda}]"))])
}

#[test]
fn agenda_wellbeing_no_purpose_becomes_purpose_both() {
    let base = unlabelled("wellbeing");
    let head = edit(&base, &[("agenda: [wellbeing]", "agenda: [wellbeing], purpose: both")]);
    let Some(verdict) = step(&base, &head) else { return };
    verdict.holds_at_most(0).part("revealed", 4_000).none_of(&["introduced"]);
}

#[test]
fn agenda_blockers_no_purpose_becomes_purpose_both() {
    let base = unlabelled("blockers");
    let head = edit(&base, &[("agenda: [blockers]", "agenda: [blockers], purpose: both")]);
    let Some(verdict) = step(&base, &head) else { return };
    verdict.holds_at_most(0).some("revealed").none_of(&["introduced"]);
}

/// Not a row of the table: "labelling never fails". The label also tells that the 1:1 never served craft (D204).
#[test]
fn agenda_career_lane_no_purpose_becomes_purpose_both() {
    let base = edit(HEALTHY, &[("with: gus, purpose: craft", "with: gus, agenda: [career-lane]")]);
    let head = edit(&base, &[("agenda: [career-lane]", "agenda: [career-lane], purpose: both")]);
    let Some(verdict) = step(&base, &head) else { return };
    verdict.holds_at_most(0).some("revealed");
}

#[test]
fn promotion_of_last_year_written_down() {
    let old = "promotions: [{id: staff, person: ana, to: Staff, decided: 2025-12-01, signed_off_by: bo}]";
    let Some(verdict) = step(HEALTHY, &edit(HEALTHY, &[("promotions: []", old)])) else { return };
    verdict.holds(0).part("revealed", 4_000).none_of(&["introduced"]).names("2025-12-01");
}

/// A repository with a baseline that was written and committed on this day.
fn with_baseline(base: &str, day: &str) -> Option<Place> {
    let place = Place::repository()?;
    place.write("portfolio.yaml", base);
    commit_on(&place, day);
    place.debt(&["check", "--as-of", day, "--baseline", "baseline.yaml", "--update-baseline"]).exits(0);
    commit_on(&place, day);
    Some(place)
}

#[test]
fn baseline_of_1_november_a_mixed_1on1_since_12_november_added() {
    let Some(place) = with_baseline(HEALTHY, "2026-11-01") else { return };
    let new = "meetings:\n  - {id: x, owner: bo, with: ana, purpose: both, since: 2026-11-12}\n";
    place.write("portfolio.yaml", &edit(HEALTHY, &[("meetings:\n", new)]));
    judge_on(&place, JUDGED, &["--baseline", "baseline.yaml"]).fails(4_000).part("introduced", 4_000);
}

#[test]
fn baseline_context_added() {
    let Some(place) = with_baseline(HEALTHY, "2026-11-01") else { return };
    place.write(
        "portfolio.yaml",
        &edit(HEALTHY, &[("{id: pay, lead: bo}", "{id: pay, lead: bo, context: {}}")]),
    );
    judge_on(&place, JUDGED, &["--baseline", "baseline.yaml"]).holds(0).part("revealed", 3_000);
}

#[test]
fn base_does_not_read_head_mends_it() {
    let Some(place) = Place::repository() else { return };
    place.write("portfolio.yaml", HEALTHY);
    commit_on(&place, "2026-11-01");
    place.write("portfolio.yaml", &edit(HEALTHY, &[("purpose: delivery", "purpose: delivry")]));
    commit_on(&place, COMMITTED);
    place.write("portfolio.yaml", HEALTHY);
    let verdict = judge(&place, &[]).holds(0);
    assert!(verdict.err.contains("warning"), "{}", verdict.err);
    // It is a comparison all the same, with the last one that reads.
    place.write("portfolio.yaml", &edit(HEALTHY, &[MIXED]));
    judge(&place, &[]).fails(4_000);
}
