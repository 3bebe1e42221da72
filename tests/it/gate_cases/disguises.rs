//! New debt in other clothes: variants of the table's rows that an engine could let through one by one.

use super::{HEALTHY, MIXED, edit, step};

const BO: &str = "{id: bo, ";
const GUS: &str = "{id: gus, ";

#[test]
fn a_date_of_a_person_covers_no_new_debt() {
    for (who, dates) in [
        (GUS, "left: 2026-11-20, "),
        (GUS, "started: 2026-11-21, "),
        (GUS, "away: [{from: 2026-10-20, until: 2026-11-21}], "),
        (GUS, "away: [{from: 2026-11-19}], "),
        (BO, "left: 2026-11-20, "),
        (BO, "started: 2026-11-21, "),
    ] {
        let Some(verdict) = step(HEALTHY, &edit(HEALTHY, &[(who, &format!("{who}{dates}")), MIXED])) else {
            return;
        };
        assert_eq!(verdict.amount("rise_mp"), 4_000, "{who} {dates}");
        verdict.fails_somehow();
    }
}

#[test]
fn a_date_of_a_meeting_covers_no_new_debt() {
    for dates in ["since: 2026-11-21", "since: 2027-03-01", "until: 2026-11-21", "until: 2027-03-01"] {
        let new = format!("meetings:\n  - {{id: x, owner: bo, with: ana, purpose: both, {dates}}}\n");
        let Some(verdict) = step(HEALTHY, &edit(HEALTHY, &[("meetings:\n", &new)])) else { return };
        assert_eq!(verdict.amount("rise_mp"), 4_000, "{dates}");
        verdict.fails_somehow();
    }
}

#[test]
fn a_mentorship_with_the_rater_that_begins_soon() {
    for since in ["", ", since: 2026-11-15", ", since: 2026-11-21", ", since: 2027-02-01"] {
        let new = format!("mentorships: [{{mentor: bo, mentee: ana{since}}}]");
        let Some(verdict) = step(HEALTHY, &edit(HEALTHY, &[("mentorships: []", &new)])) else { return };
        verdict.fails(2_000);
    }
}

#[test]
fn a_deferral_is_the_same_under_a_new_id() {
    let talk = "{id: talk, kind: promotion, owner: bo, with: ana, raised: 2026-09-01, due: 2026-09-15}";
    let base = edit(HEALTHY, &[("conversations: []", &format!("conversations: [{talk}]"))]);
    for (id, raised) in [("talk", "2026-09-01"), ("another", "2026-09-01"), ("talk", "2026-09-02")] {
        let deferred = format!(
            "{{id: {id}, kind: promotion, owner: bo, with: ana, raised: {raised}, due: 2026-09-15, deferred_to: [2026-12-01]}}"
        );
        let Some(verdict) = step(&base, &edit(&base, &[(talk, &deferred)])) else { return };
        // A quarter of 4 points.
        verdict.fails(1_000);
    }
}

#[test]
fn what_is_taken_out_pays_for_nothing() {
    let base = edit(
        HEALTHY,
        &[("with: ana, purpose: delivery", "with: ana, purpose: both, agenda: [commitments, career-lane]")],
    );
    for lighter in ["agenda: [commitments, career-lane]", "purpose: delivery, agenda: [commitments]", ""] {
        let old = "purpose: both, agenda: [commitments, career-lane]";
        let head = edit(&base, &[(old, lighter), MIXED]);
        let Some(verdict) = step(&base, &head) else { return };
        let paid = lighter.starts_with("purpose: delivery");
        assert_eq!(verdict.amount("rise_mp") > 0, !paid, "{lighter}: {}", verdict.change);
    }
}

#[test]
fn words_of_what_is_described_pay_for_nothing() {
    let base = format!("describes: [context, escalations]\n{HEALTHY}");
    let head = edit(HEALTHY, &[MIXED]);
    let Some(verdict) = step(&base, &head) else { return };
    verdict.fails(4_000);
    let nobody = format!("meetings_of: []\n{}", edit(HEALTHY, &[MIXED]));
    let Some(verdict) = step(HEALTHY, &nobody) else { return };
    verdict.fails(4_000);
}
