//! Reports from users of comparable gates that are about the comparison, with inputs of our own: whether an id is
//! written decides nothing, whoever inherits debt has not caused it, and a baseline judges as a revision does.

use super::{COMMITTED, HEALTHY, JUDGED, commit_on, edit, judge, judge_on, step};
use crate::gate_kit::Place;

/// Ana moved to Nia's squad; Bo still holds the Delivery 1:1, which has lapsed. The placeholder is for an id.
const LAPSED: &str = "\
people:
  - {id: ana, squad: risk, guild: backend}
  - {id: bo, squad: pay, guild: backend}
  - {id: nia, squad: risk, guild: backend}
  - {id: cy, guild: backend, delivery_owner: ines}
  - {id: ines, external: true}
squads: [{id: pay, lead: bo, escalates_to: ines}, {id: risk, lead: nia, escalates_to: ines}]
guilds: [{id: backend, lead: cy}]
meetings:
  - {ID owner: bo, with: ana, purpose: delivery, every: weekly, last_held: 2026-09-16, cancelled_in_a_row: 3}
  - {owner: cy, with: ana, purpose: craft, every: monthly, last_held: 2026-11-09}
";

#[test]
fn following_the_remedy_holds_with_and_without_an_id() {
    for id in ["", "id: m1,"] {
        let base = LAPSED.replace("ID", id);
        let head = edit(&base, &[("owner: bo, with: ana", "owner: nia, with: ana")]);
        let Some(verdict) = step(&base, &head) else { return };
        // The lapsed 1:1 stays one factor; that it had the wrong owner is repaired.
        verdict.holds(-2_000).part("repaired", 2_000).none_of(&["introduced", "withdrawn"]);
    }
}

#[test]
fn a_new_lead_inherits_lapsed_1on1s() {
    let people: String = (0..8).map(|n| format!("  - {{id: p{n}, squad: pay, guild: backend}}\n")).collect();
    let held = "purpose: delivery, every: weekly, last_held: 2026-09-01, cancelled_in_a_row: 6";
    let meetings: String = (0..8).map(|n| format!("  - {{owner: bo, with: p{n}, {held}}}\n")).collect();
    let base = format!(
        "people:\n{people}  - {{id: bo, squad: pay, guild: backend}}\n  - {{id: dee, squad: pay, guild: backend}}\n  \
         - {{id: ines, external: true}}\n  - {{id: cy, guild: backend, delivery_owner: ines}}\n\
         squads: [{{id: pay, lead: bo, escalates_to: ines}}]\nguilds: [{{id: backend, lead: cy}}]\nmeetings:\n{meetings}"
    );
    let head = base.replace("lead: bo", "lead: dee").replace("owner: bo", "owner: dee");
    let Some(verdict) = step(&base, &head) else { return };
    let verdict = verdict.holds(0).none_of(&["introduced", "withdrawn"]);
    assert_eq!(verdict.amount("from_mp"), verdict.amount("to_mp"));
}

/// Ana's talk was held on the day before the base, or is still owed.
fn talk(held: &str) -> String {
    let talk = format!("[{{kind: promotion, owner: bo, with: ana, raised: 2026-10-01{held}}}]");
    edit(HEALTHY, &[("conversations: []", &format!("conversations: {talk}"))])
}

#[test]
fn a_held_talk_that_is_unheld_fails_against_a_revision_and_a_baseline_alike() {
    let Some(place) = Place::repository() else { return };
    place.write("portfolio.yaml", &talk(", held: 2026-11-09"));
    commit_on(&place, COMMITTED);
    place.debt(&["check", "--as-of", COMMITTED, "--baseline", "baseline.yaml", "--update-baseline"]).exits(0);
    commit_on(&place, COMMITTED);
    place.write("portfolio.yaml", &talk(""));
    judge(&place, &[]).fails(4_000);
    judge_on(&place, JUDGED, &["--baseline", "baseline.yaml"]).fails(4_000);
}

#[test]
fn a_deletion_is_shown_in_the_table_and_the_annotations() {
    let Some(place) = Place::repository() else { return };
    place.write("portfolio.yaml", &talk(""));
    commit_on(&place, COMMITTED);
    place.write("portfolio.yaml", HEALTHY);
    judge(&place, &[]).holds(0).some("withdrawn").how(
        "D301:conversation:bo--ana--promotion--2026-10-01",
        "withdrawn",
        "removed",
    );
    for format in ["table", "github", "markdown", "html"] {
        let ran = place.debt(&["check", "--against", "HEAD", "--as-of", JUDGED, "--format", format]).exits(0);
        assert!(ran.out.to_lowercase().contains("withdrawn"), "{format}:\n{}", ran.out);
    }
}
