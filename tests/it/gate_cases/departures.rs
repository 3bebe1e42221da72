//! People leave, go on leave and come back; nobody pays for that, and nobody hides behind it.

use super::{COMMITTED, HEALTHY, MIXED, commit_on, edit, judge_on, step};
use crate::gate_kit::Place;

#[test]
fn lead_leaves_then_the_key_is_taken_out_then_another_is_named_with_the_1on1s() {
    let Some(place) = Place::repository() else { return };
    let mut text = HEALTHY.to_owned();
    let mut next = |edits: &[(&str, &str)], committed: &str, judged: &str| {
        place.write("portfolio.yaml", &text);
        commit_on(&place, committed);
        text = edit(&text, edits);
        place.write("portfolio.yaml", &text);
        judge_on(&place, judged, &["--against", "HEAD"])
    };
    next(&[("{id: bo, ", "{id: bo, left: 2026-11-15, ")], COMMITTED, "2026-11-20")
        .holds(0)
        .part("staffing", 10_000)
        .none_of(&["introduced", "repaired"]);
    next(&[("{id: pay, lead: bo}", "{id: pay}")], "2026-11-20", "2026-11-21").holds(0).none_of(&[
        "introduced",
        "repaired",
        "withdrawn",
    ]);
    next(
        &[
            ("{id: pay}", "{id: pay, lead: dee}"),
            ("owner: bo, with: ana", "owner: dee, with: ana"),
            ("owner: bo, with: gus", "owner: dee, with: gus"),
        ],
        "2026-11-21",
        "2026-11-22",
    )
    .holds(-10_000)
    .how("D401:person:ana", "repaired", "named");
}

#[test]
fn another_lead_is_named_without_the_1on1s() {
    let base =
        edit(HEALTHY, &[("{id: bo, ", "{id: bo, left: 2026-10-01, "), ("{id: pay, lead: bo}", "{id: pay}")]);
    let Some(verdict) = step(&base, &edit(&base, &[("{id: pay}", "{id: pay, lead: dee}")])) else { return };
    verdict.holds(-6_000);
}

#[test]
fn a_person_who_is_a_leaver_is_deleted_from_the_file() {
    let gone = "  - {id: eve, squad: pay, guild: backend, left: 2026-10-01, exit: {reason: resigned}}\n";
    let base = edit(HEALTHY, &[("people:\n", &format!("people:\n{gone}"))]);
    let Some(verdict) = step(&base, HEALTHY) else { return };
    verdict.holds(0).part("withdrawn", 3_000).none_of(&["introduced", "repaired"]);
}

#[test]
fn a_lead_who_is_a_leaver_is_deleted_with_their_1on1s() {
    let base = edit(HEALTHY, &[("{id: bo, ", "{id: bo, left: 2026-10-01, ")]);
    let head = edit(
        HEALTHY,
        &[
            ("  - {id: bo, exempt: {delivery: a director, craft: a director}}\n", ""),
            ("{id: pay, lead: bo}", "{id: pay}"),
            ("  - {id: bo-ana, owner: bo, with: ana, purpose: delivery}\n", ""),
            ("  - {id: bo-gus, owner: bo, with: gus, purpose: delivery}\n", ""),
        ],
    );
    let Some(verdict) = step(&base, &head) else { return };
    verdict.holds(0).none_of(&["introduced", "repaired"]);
}

#[test]
fn lead_away_until_tomorrow_and_a_mixed_1on1_of_theirs() {
    let away = ("{id: bo, ", "{id: bo, away: [{from: 2026-10-20, until: 2026-11-21}], ");
    let Some(verdict) = step(HEALTHY, &edit(HEALTHY, &[away, MIXED])) else { return };
    verdict.fails(4_000);
}

#[test]
fn back_early_from_leave_with_an_open_talk() {
    let base = edit(
        HEALTHY,
        &[
            ("{id: ana, ", "{id: ana, away: [{from: 2026-09-01, until: 2027-01-01}], "),
            (
                "conversations: []",
                "conversations: [{id: talk, kind: promotion, owner: bo, with: ana, raised: 2026-08-01, due: 2026-08-15}]",
            ),
        ],
    );
    let head = edit(&base, &[("until: 2027-01-01", "until: 2026-11-18")]);
    let Some(verdict) = step(&base, &head) else { return };
    let verdict = verdict.holds(0).none_of(&["introduced", "revealed", "repaired", "withdrawn"]);
    assert_eq!(verdict.amount("staffing_mp"), verdict.amount("to_mp"));
    assert!(verdict.amount("staffing_mp") >= 4_000);
}
