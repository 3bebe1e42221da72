//! What pays for new debt, and what does not: only an act does, and never with the interest that time added.

use super::{HEALTHY, MIXED, edit, step};

/// The healthy portfolio with these conversations.
fn talks(list: &str) -> String {
    edit(HEALTHY, &[("conversations: []", &format!("conversations:\n{list}"))])
}

const PROMOTION: &str =
    "  - {id: talk, kind: promotion, owner: bo, with: ana, raised: 2026-09-01, due: 2026-09-15}\n";

#[test]
fn file_without_meetings_a_guild_is_taken_out_of_a_person() {
    let (before, rest) = HEALTHY.split_once("meetings:\n").expect("both");
    let (_, after) = rest.split_once("conversations:").expect("both");
    let base = format!("{before}conversations:{after}");
    let head = edit(&base, &[("{id: ana, squad: pay, guild: backend}", "{id: ana, squad: pay}")]);
    let Some(verdict) = step(&base, &head) else { return };
    verdict.fails(5_000).part("introduced", 5_000).none_of(&["revealed"]);
}

#[test]
fn overdue_talk_deleted_a_lighter_one_of_another_kind_added() {
    let lighter =
        "  - {id: other, kind: feedback, owner: bo, with: ana, raised: 2026-11-12, due: 2026-11-14}\n";
    let Some(verdict) = step(&talks(PROMOTION), &talks(lighter)) else { return };
    verdict.fails(2_000).some("withdrawn").none_of(&["repaired"]);
}

#[test]
fn signed_off_by_bo_rewritten_to_cy_and_a_mixed_1on1_added() {
    let signed = "promotions: [{id: staff, person: ana, to: Staff, decided: 2026-10-01, signed_off_by: bo}]";
    let base = edit(HEALTHY, &[("promotions: []", signed)]);
    let head = edit(&base, &[("signed_off_by: bo", "signed_off_by: cy"), MIXED]);
    let Some(verdict) = step(&base, &head) else { return };
    verdict.fails(4_000).part("withdrawn", 4_000).how("D303:promotion:staff", "withdrawn", "rewritten");
}

#[test]
fn every_weekly_to_quarterly_on_a_lapsed_1on1_and_the_label_taken_off_one_without_an_agenda() {
    let (ana, gus) = ("with: ana, purpose: delivery", "with: gus, purpose: delivery");
    // Bo held the other one last week, so the file is awake and Ana's is lapsed.
    let base = edit(
        HEALTHY,
        &[
            (ana, "with: ana, purpose: delivery, every: weekly, last_held: 2026-10-01"),
            (gus, "with: gus, purpose: delivery, every: biweekly, last_held: 2026-11-09"),
        ],
    );
    let head = edit(&base, &[("every: weekly", "every: quarterly"), (gus, "with: gus")]);
    let Some(verdict) = step(&base, &head) else { return };
    verdict.fails_somehow().none_of(&["repaired"]);
}

/// A talk got out of the way: nothing paid, and the whole amount is shown.
#[track_caller]
fn withdrawn(head: &str, how: &str) {
    let Some(verdict) = step(&talks(PROMOTION), head) else { return };
    let verdict =
        verdict.holds(0).none_of(&["introduced", "repaired"]).how("D301:conversation:talk", "withdrawn", how);
    // 4 points, and 9 weeks of interest.
    assert!(verdict.amount("withdrawn_mp") > 4_000, "{}", verdict.change);
    assert_eq!(verdict.amount("to_mp"), 0, "{}", verdict.change);
}

#[test]
fn talk_deleted() {
    withdrawn(HEALTHY, "removed");
}

#[test]
fn raised_moved_later() {
    let moved = edit(PROMOTION, &[("raised: 2026-09-01, due: 2026-09-15", "raised: 2026-11-08")]);
    withdrawn(&talks(&moved), "rewritten");
}

#[test]
fn due_moved_later() {
    withdrawn(&talks(&edit(PROMOTION, &[("due: 2026-09-15", "due: 2026-12-15")])), "rewritten");
}

#[test]
fn exit_risk_talk_held_two_new_mixed_1on1s() {
    let talk = "  - {id: talk, kind: exit-risk, owner: bo, with: ana, raised: 2026-01-01, due: 2026-01-10}\n";
    let base = talks(talk);
    let head = edit(
        &base,
        &[
            ("due: 2026-01-10", "due: 2026-01-10, held: 2026-11-19"),
            ("with: ana, purpose: delivery", "with: ana, purpose: both"),
            MIXED,
        ],
    );
    let Some(verdict) = step(&base, &head) else { return };
    assert_eq!(verdict.amount("from_mp"), 30_000, "6 points of principal, 24 of interest");
    verdict.fails(2_000).part("introduced", 8_000).part("repaired", 30_000).how(
        "D301:conversation:talk",
        "repaired",
        "held",
    );
}
