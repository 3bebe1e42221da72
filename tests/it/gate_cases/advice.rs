//! What random edits found, each as small as it goes: advice that was followed, a line handed over, an id written or
//! renamed. Nobody pays for what such a change brings along, and nothing hides in it.

use super::{HEALTHY, MIXED, edit, step};

/// Gus is both owners in one: Bo owns his delivery line, and his craft line too.
fn collapsed() -> String {
    edit(HEALTHY, &[("{id: gus, squad: pay, guild: backend}", "{id: gus, squad: pay, craft_owner: bo}")])
}

#[test]
fn d203s_advice_followed_where_the_owner_of_both_lines_signed_a_promotion() {
    let signed = "promotions: [{id: staff, person: gus, to: Staff, decided: 2026-10-01, signed_off_by: bo}]";
    let base = edit(&collapsed(), &[("promotions: []", signed)]);
    // Bo was Gus's craft owner when he signed; that he is not now is no fault of the promotion.
    let head = edit(&base, &[("craft_owner: bo", "craft_owner: cy")]);
    let Some(verdict) = step(&base, &head) else { return };
    verdict.holds(-4_000).part("staffing", 4_000).how("D203:person:gus", "repaired", "named");
}

#[test]
fn a_signature_taken_out_with_a_handover() {
    let signed = "promotions: [{id: staff, person: gus, to: Staff, decided: 2026-10-01, signed_off_by: cy}]";
    let base = edit(HEALTHY, &[("promotions: []", signed)]);
    let head =
        edit(&base, &[("{id: backend, lead: cy}", "{id: backend, lead: dee}"), (", signed_off_by: cy", "")]);
    let Some(verdict) = step(&base, &head) else { return };
    verdict.fails_somehow().some("introduced");
}

#[test]
fn a_missing_1on1_is_excused_where_it_ended_with_its_owner() {
    let handed_over = [("{id: pay, lead: bo}", "{id: pay, lead: dee}")];
    let ended = [
        ("  - {id: bo-ana, owner: bo, with: ana, purpose: delivery}\n", ""),
        ("  - {id: bo-gus, owner: bo, with: gus, purpose: delivery}\n", ""),
    ];
    let head = edit(HEALTHY, &[&handed_over[..], &ended[..]].concat());
    let Some(verdict) = step(HEALTHY, &head) else { return };
    verdict.holds(0).part("staffing", 4_000).none_of(&["introduced"]);
    // Dee held one with Gus already: that a handover makes it hers is no reason to end it.
    let base = edit(HEALTHY, &[("owner: bo, with: gus", "owner: dee, with: gus")]);
    let other = [ended[0], ("  - {id: bo-gus, owner: dee, with: gus, purpose: delivery}\n", "")];
    let Some(verdict) = step(&base, &edit(&base, &[&handed_over[..], &other[..]].concat())) else { return };
    verdict.fails_somehow().part("introduced", 2_000).part("staffing", 2_000);
}

/// Two squads whose leads meet as peers.
fn peers() -> String {
    let people = "  - {id: hal, squad: risk, guild: backend}\nsquads:\n  - {id: risk, lead: dee}\n";
    let meetings = "  - {id: dee-hal, owner: dee, with: hal, purpose: delivery}\n  \
                    - {id: cy-hal, owner: cy, with: hal, purpose: craft}\n  \
                    - {id: peers, kind: peer, owner: bo, with: dee}\nconversations:";
    let base = edit(HEALTHY, &[("squads:\n", people), ("conversations:", meetings)]);
    format!("describes: [peers]\n{base}")
}

#[test]
fn a_peer_meeting_is_not_taken_out_behind_a_hire() {
    // Hal goes and Ivy comes, so that for a moment there is one squad; the base knew two, and that their leads met.
    let head = edit(
        &peers(),
        &[
            (
                "  - {id: hal, squad: risk, guild: backend}\n",
                "  - {id: ivy, squad: risk, guild: backend, started: 2026-11-18}\n",
            ),
            ("  - {id: dee-hal, owner: dee, with: hal, purpose: delivery}\n", ""),
            ("  - {id: cy-hal, owner: cy, with: hal, purpose: craft}\n", ""),
            ("  - {id: peers, kind: peer, owner: bo, with: dee}\n", ""),
        ],
    );
    let Some(verdict) = step(&peers(), &head) else { return };
    verdict.fails(2_000).part("introduced", 2_000).none_of(&["revealed"]);
}

#[test]
fn a_second_squad_of_new_people_tells_that_the_leads_do_not_meet() {
    let base = format!("describes: [peers]\n{HEALTHY}");
    let head = edit(
        &base,
        &[(
            "squads:\n",
            "  - {id: ivy, squad: risk, guild: backend, started: 2026-11-18}\nsquads:\n  - {id: risk, lead: dee}\n",
        )],
    );
    let Some(verdict) = step(&base, &head) else { return };
    verdict.holds(0).part("revealed", 2_000);
}

#[test]
fn a_peer_meeting_that_becomes_a_1on1_as_one_of_them_takes_the_line_over() {
    let peer = "meetings:\n  - {id: cross, kind: peer, owner: dee, with: ana, purpose: both}\n";
    let base = edit(HEALTHY, &[("meetings:\n", peer)]);
    let taken = [
        ("{id: pay, lead: bo}", "{id: pay, lead: dee}"),
        ("owner: bo, with: ana", "owner: dee, with: ana"),
        ("owner: bo, with: gus", "owner: dee, with: gus"),
    ];
    let Some(verdict) = step(&base, &edit(&base, &taken)) else { return };
    verdict.holds(0).part("staffing", 4_000);
    // What was written into it on the way is another matter.
    let other = edit(&base, &[("with: ana, purpose: both", "with: ana, purpose: craft")]);
    let Some(verdict) = step(&other, &edit(&base, &taken)) else { return };
    verdict.fails(4_000);
}

#[test]
fn a_lead_above_whom_nobody_had_to_be_leaves_the_file() {
    let base = format!("describes: [escalations]\n{HEALTHY}");
    let gone = [
        ("  - {id: bo, exempt: {delivery: a director, craft: a director}}\n", ""),
        ("{id: pay, lead: bo}", "{id: pay}"),
        ("  - {id: bo-ana, owner: bo, with: ana, purpose: delivery}\n", ""),
        ("  - {id: bo-gus, owner: bo, with: gus, purpose: delivery}\n", ""),
    ];
    let Some(verdict) = step(&base, &edit(&base, &gone)) else { return };
    verdict.holds(0).none_of(&["introduced"]);
    // A lead who stays and is only taken out of the squad is new debt.
    let Some(verdict) = step(&base, &edit(&base, &gone[1..2])) else { return };
    verdict.fails_somehow();
}

#[test]
fn slowing_down_pays_for_no_split() {
    let old = "with: ana, purpose: both, every: weekly, last_held: 2026-11-05";
    let base = edit(
        HEALTHY,
        &[
            ("with: ana, purpose: delivery", old),
            ("{id: cy-ana, owner: cy, with: ana, purpose: craft}", "{id: bo-dee, owner: bo, with: dee}"),
        ],
    );
    let begun = "meetings:\n  - {id: new, owner: cy, with: ana, purpose: craft, since: 2026-11-15}\n";
    let split = |every: &str| {
        let now = format!("with: ana, purpose: delivery, every: {every}, last_held: 2026-11-05");
        edit(&base, &[(old, &now), ("meetings:\n", begun)])
    };
    let Some(verdict) = step(&base, &split("weekly")) else { return };
    verdict.holds(-6_000).how("D101:meeting:bo-ana", "repaired", "changed");
    let Some(verdict) = step(&base, &split("monthly")) else { return };
    verdict.holds(-2_000).how("D101:meeting:bo-ana", "withdrawn", "rewritten");
    let Some(verdict) = step(&base, &edit(&split("monthly"), &[MIXED])) else { return };
    verdict.fails(2_000);
    // One that ends, and two that begin, each with its own cadence, are a split all the same.
    let replaced = edit(&split("monthly"), &[("{id: bo-ana, owner: bo", "{id: other, owner: bo")]);
    let Some(verdict) = step(&base, &replaced) else { return };
    verdict.holds(-6_000).how("D101:meeting:bo-ana", "repaired", "split");
}

#[test]
fn two_1on1s_that_swap_whom_they_are_with_are_two_that_swap_their_labels() {
    let base = edit(HEALTHY, &[("with: ana, purpose: delivery", "with: ana, purpose: both")]);
    let people = edit(
        &base,
        &[
            ("owner: bo, with: ana, purpose: both", "owner: bo, with: gus, purpose: both"),
            ("{id: bo-gus, owner: bo, with: gus", "{id: bo-gus, owner: bo, with: ana"),
        ],
    );
    let labels = edit(&base, &[("with: ana, purpose: both", "with: ana, purpose: delivery"), MIXED]);
    for head in [people, labels] {
        let Some(verdict) = step(&base, &head) else { return };
        // Ana is better off by 4 points, Gus worse off by 4: a repair pays, and is shown beside what is new.
        verdict.holds(0).part("introduced", 4_000).part("repaired", 4_000);
    }
}

#[test]
fn derived_ids_that_change_places_between_two_1on1s_of_the_same_two() {
    let one = "  - {owner: bo, with: ana, purpose: delivery, every: weekly, last_held: 2026-11-05}\n";
    let two = "  - {id: other, owner: bo, with: ana, every: monthly, last_held: 2026-11-01}\n";
    let old = "  - {id: bo-ana, owner: bo, with: ana, purpose: delivery}\n";
    let base = edit(HEALTHY, &[(old, &format!("{one}{two}"))]);
    let head = edit(
        &base,
        &[
            ("{owner: bo, with: ana, purpose", "{id: weekly, owner: bo, with: ana, purpose"),
            ("{id: other, owner", "{owner"),
        ],
    );
    let Some(verdict) = step(&base, &head) else { return };
    verdict.holds(0).none_of(&["introduced", "repaired", "withdrawn", "revealed"]);
}

#[test]
fn an_acknowledgement_and_its_fee_follow_a_squad_that_is_renamed() {
    let named = |on: &str, through: &str| {
        format!("  - {{factor: 'D601:squad:pay', reason: r, named_on: {on}, through: {through}}}\n")
    };
    let rows = format!(
        "acknowledgements:\n{}{}",
        named("2026-10-01", "2026-10-20"),
        named("2026-10-21", "2026-11-19")
    );
    let base = format!("{}{rows}", edit(HEALTHY, &[("lead: bo}", "lead: bo, context: {}}")]));
    let head = edit(&base, &[("{id: pay, lead", "{id: money, aliases: [pay], lead")])
        .replace("squad: pay,", "squad: money,");
    let Some(verdict) = step(&base, &head) else { return };
    let verdict = verdict.holds(0).none_of(&["introduced", "repaired", "withdrawn", "revealed"]);
    assert_eq!(verdict.amount("to_mp"), 3_750, "one renewal");
    // Taking them out with the new name lets the factor in.
    let Some(verdict) = step(&base, head.split("acknowledgements:").next().unwrap_or_default()) else {
        return;
    };
    verdict.fails(3_000);
}

#[test]
fn whoever_is_external_and_gets_a_lead_is_told_about() {
    let promotion = "promotions: [{id: staff, person: gus, to: Staff, decided: 2026-10-01}]";
    let base = edit(
        HEALTHY,
        &[
            ("{id: gus, squad: pay, guild: backend}", "{id: gus, squad: risk, external: true}"),
            ("squads:\n", "  - {id: eve, squad: risk, guild: backend}\nsquads:\n  - {id: risk}\n"),
            ("meetings:\n", "meetings:\n  - {id: cy-eve, owner: cy, with: eve, purpose: craft}\n"),
            ("promotions: []", promotion),
        ],
    );
    // The advice to Eve's D401. Gus, in the same squad, is scored from now on.
    let named = edit(&base, &[("{id: risk}", "{id: risk, lead: dee}")]);
    let Some(verdict) = step(&base, &named) else { return };
    verdict.holds_at_most(0).some("revealed").none_of(&["introduced"]).how(
        "D401:person:eve",
        "repaired",
        "named",
    );
    // What is new about him is new.
    let mixed = edit(&named, &[("with: gus, purpose: delivery", "with: gus, purpose: both")]);
    let Some(verdict) =
        step(&base, &edit(&mixed, &[("{id: eve, squad: risk", "{id: eve, left: 2026-11-01, squad: risk")]))
    else {
        return;
    };
    verdict.fails_somehow();
}

#[test]
fn a_leaver_handed_over_pays_with_what_was_there_before_they_left() {
    // Nobody holds a Delivery 1:1 with Ana: 2 points. Bo is written as having left, Dee takes over, and a mixed 1:1 comes.
    let base = edit(HEALTHY, &[("  - {id: bo-ana, owner: bo, with: ana, purpose: delivery}\n", "")]);
    let head = edit(
        &base,
        &[
            ("{id: bo, ", "{id: bo, left: 2026-10-01, "),
            ("{id: pay, lead: bo}", "{id: pay, lead: dee}"),
            ("owner: bo, with: gus, purpose: delivery", "owner: dee, with: gus, purpose: both"),
        ],
    );
    let Some(verdict) = step(&base, &head) else { return };
    verdict.fails_somehow();
}
