//! The first portfolio, a second team, a calendar, a hire: what a company does in its first months.

use super::{COMMITTED, HEALTHY, JUDGED, commit_on, edit, judge, judge_on, step};
use crate::gate_kit::Place;

/// A mixed 1:1, and somebody without a craft owner: 9 points.
const INDEBTED: &str = "\
people:
  - {id: eli, exempt: {delivery: a director, craft: a director}}
  - {id: fay, squad: risk}
squads:
  - {id: risk, lead: eli}
meetings:
  - {id: eli-fay, owner: eli, with: fay, purpose: both}
conversations: []
decisions: []
promotions: []
mentorships: []
";

#[test]
fn first_portfolio_no_base() {
    let Some(place) = Place::repository() else { return };
    place.write("README", "no portfolio yet");
    commit_on(&place, COMMITTED);
    place.write("portfolio.yaml", INDEBTED);
    let verdict = judge(&place, &[]).holds(0).part("revealed", 9_000).none_of(&["introduced", "withdrawn"]);
    assert_eq!(verdict.score["mp"], 9_000);
    let ran = place.debt(&["check", "--against", "HEAD", "--as-of", JUDGED]).exits(0);
    let first = ran.out.lines().next().unwrap_or_default();
    assert!(first.contains("nothing to compare with"), "{}", ran.out);
}

#[test]
fn a_second_teams_file_no_started() {
    let Some(place) = Place::repository() else { return };
    place.write("portfolio/pay.yaml", &format!("describes: [peers]\n{HEALTHY}"));
    commit_on(&place, COMMITTED);
    place.write("portfolio/risk.yaml", INDEBTED);
    // With the second squad, both leads are asked for a peer meeting: a point each, and each is told now.
    judge(&place, &[]).holds(0).part("revealed", 11_000).none_of(&["introduced", "staffing", "withdrawn"]);
}

#[test]
fn import_of_a_calendar_with_a_mixed_1on1_since_2024() {
    let head = edit(
        HEALTHY,
        &[(
            "meetings:\n",
            "meetings:\n  - {id: cal-7f3a, owner: bo, with: ana, purpose: both, since: 2024-03-01}\n",
        )],
    );
    let Some(verdict) = step(HEALTHY, &head) else { return };
    verdict.holds(0).part("revealed", 4_000).none_of(&["introduced"]).names("2024-03-01");
}

/// Somebody new, whose line in `people` goes on with these keys.
fn hired(base: &str, keys: &str) -> String {
    edit(base, &[("people:\n", &format!("people:\n  - {{id: eve, {keys}}}\n"))])
}

#[test]
fn new_hire_started_after_t_no_craft_owner() {
    let Some(verdict) = step(HEALTHY, &hired(HEALTHY, "squad: pay, started: 2026-11-12")) else { return };
    verdict.fails(5_000).part("introduced", 5_000);
}

#[test]
fn new_hire_with_owners_no_1on1s_yet_second_day() {
    let Some(place) = Place::repository() else { return };
    place.write("portfolio.yaml", HEALTHY);
    commit_on(&place, COMMITTED);
    place.write("portfolio.yaml", &hired(HEALTHY, "squad: pay, guild: backend, started: 2026-11-19"));
    judge(&place, &[]).holds(0).none_of(&["introduced", "staffing", "revealed"]);
    // Three weeks later both 1:1s are missing. A branch that is still open is not to blame either …
    judge_on(&place, "2026-12-10", &["--against", "HEAD"]).holds(0).part("staffing", 4_000);
    // … and once it is merged, time has brought them.
    commit_on(&place, JUDGED);
    judge_on(&place, "2026-12-10", &["--against", "HEAD"]).holds(0).part("accrued", 4_000);
}

#[test]
fn hire_under_a_lead_who_owns_both_lines() {
    let base = edit(HEALTHY, &[("{id: backend, lead: cy}", "{id: backend, lead: bo}")]);
    let head = hired(&base, "squad: pay, guild: backend, started: 2026-11-12");
    let Some(verdict) = step(&base, &head) else { return };
    verdict.holds(0).part("staffing", 4_000).none_of(&["introduced", "revealed"]);
}

#[test]
fn hire_under_a_lead_whose_seat_is_vacant_but_named() {
    let base = edit(
        HEALTHY,
        &[("{id: bo, ", "{id: bo, left: 2026-10-01, "), ("{id: cy, ", "{id: cy, left: 2026-10-01, ")],
    );
    let head = hired(&base, "squad: pay, guild: backend, started: 2026-11-12");
    let Some(verdict) = step(&base, &head) else { return };
    verdict.holds(0).part("staffing", 10_000).none_of(&["introduced", "revealed"]);
}

#[test]
fn second_team_where_the_hr_system_hides_a_line() {
    let base = format!("{HEALTHY}hr_system: {{shows: [delivery]}}\n");
    let Some(place) = Place::repository() else { return };
    place.write("portfolio/pay.yaml", &base);
    commit_on(&place, COMMITTED);
    place.write("portfolio/risk.yaml", INDEBTED);
    judge(&place, &[]).holds(0).part("revealed", 9_100).none_of(&["introduced", "staffing"]);
}
