//! A renamed item is the same item, wherever its id is used; and what only looks different is no change.

use serde_json::{Value, json};

use crate::gate_kit::{ORG, Place, with};

fn change(old: &str, new: &str) -> Value {
    let place = Place::plain();
    place.write("old.yaml", old);
    place.write("new.yaml", new);
    let ran = place.debt(&["diff", "old.yaml", "new.yaml", "--format", "json"]).exits(0);
    serde_json::from_str::<Value>(&ran.out).expect("JSON")["change"].clone()
}

/// With ids that are made from the people in them.
fn derived() -> String {
    let text = with(ORG, "{id: bo-ana, owner", "{owner");
    let text = with(&text, "{id: pay, kind", "{kind");
    let text =
        with(&text, "promotions: []", "promotions:\n  - {person: ana, to: Staff, decided: 2026-09-01}");
    with(&text, "mentorships: []", "mentorships:\n  - {mentor: bo, mentee: ana}")
}

#[test]
fn a_renamed_person_keeps_everything() {
    let renamed = derived().replace(": ana,", ": asou,").replace("mentee: ana", "mentee: asou");
    let known = with(&renamed, "{id: asou,", "{id: asou, aliases: [ana],");
    assert_eq!(change(&derived(), &known)["factors"], json!([]));
    // Without the alias somebody left, and somebody else is told: no rise, and both amounts are shown.
    let unknown = change(&derived(), &renamed);
    assert!(unknown["revealed_mp"].as_i64() > Some(0), "{unknown:#}");
    assert!(unknown["staffing_mp"].as_i64() < Some(0), "{unknown:#}");
}

#[test]
fn a_reference_may_still_use_the_former_id() {
    let renamed = with(&derived(), "{id: ana,", "{id: asou, aliases: [ana],");
    assert_eq!(change(&derived(), &renamed)["factors"], json!([]));
}

#[test]
fn renamed_squads_guilds_and_items_keep_everything() {
    let old = with(ORG, "escalates_to: dee}", "escalates_to: dee, context: {success: fast}}");
    let new = old
        .replace("squad: ledger", "squad: books")
        .replace("{id: ledger,", "{id: books, aliases: [ledger],");
    assert_eq!(change(&old, &new)["factors"], json!([]));
    let new = old
        .replace("guild: backend", "guild: servers")
        .replace("{id: backend,", "{id: servers, aliases: [backend],");
    assert_eq!(change(&old, &new)["factors"], json!([]));
    for (id, item) in [("bo-ana", "{id: bo-ana,"), ("pay", "{id: pay,"), ("vendor", "{id: vendor,")] {
        let new = with(&old, item, &format!("{{id: new-name, aliases: [{id}],"));
        assert_eq!(change(&old, &new)["factors"], json!([]), "{id}");
    }
}

#[test]
fn a_derived_id_may_be_replaced_by_a_written_one() {
    let new = with(
        &derived(),
        "{owner: bo, with: ana, purpose",
        "{id: weekly, aliases: [bo--ana], owner: bo, with: ana, purpose",
    );
    assert_eq!(change(&derived(), &new)["factors"], json!([]));
    // And the person renamed on the same day.
    let both = with(&new, "{id: ana,", "{id: asou, aliases: [ana],");
    assert_eq!(change(&derived(), &both)["factors"], json!([]));
}

#[test]
fn an_alias_that_would_merge_two_items_merges_nothing() {
    let old = with(
        ORG,
        "  - {id: gus, squad: ledger}\n",
        "  - {id: gus, squad: ledger}\n  - {id: august, squad: ledger}\n",
    );
    let new = with(ORG, "{id: gus,", "{id: gus, aliases: [august],");
    let change = change(&old, &new);
    let rows = change["factors"].as_array().expect("rows");
    // August is read as having left.
    assert!(
        !rows.is_empty() && rows.iter().all(|row| row["how"] == "removed" && row["who"] == "august"),
        "{rows:?}"
    );
    assert!(change["staffing_mp"].as_i64() < Some(0), "{change:#}");
    assert_eq!(change["introduced_mp"], 0);
    let place = Place::plain();
    place.write("old.yaml", &old);
    place.write("new.yaml", &new);
    place.debt(&["diff", "old.yaml", "new.yaml"]).exits(0).says("august is an alias of the person gus");
}

#[test]
fn acknowledgements_follow_a_rename() {
    let acknowledged = "acknowledgements:\n  - {factor: \"D101:meeting:bo--ana\", reason: soon, named_on: 2026-11-10, through: 2026-12-10}\n";
    let new = with(&derived(), "{id: ana,", "{id: asou, aliases: [ana],") + acknowledged;
    let place = Place::plain();
    place.write("portfolio.yaml", &new);
    let ran = place.debt(&["score", "--format", "json"]).exits(0);
    let report: Value = serde_json::from_str(&ran.out).expect("JSON");
    let factor =
        report["factors"].as_array().expect("rows").iter().find(|row| row["id"] == "D101:meeting:bo--asou");
    assert_eq!(factor.expect("the factor")["acknowledged"]["through"], "2026-12-10");
    let codes: Vec<&Value> =
        report["warnings"].as_array().expect("rows").iter().map(|row| &row["code"]).collect();
    assert!(!codes.contains(&&json!("acknowledgement-stale")), "{codes:?}");
}

#[test]
fn another_order_comments_and_layout_are_no_change() {
    let mut lines: Vec<&str> = ORG.lines().collect();
    let first = lines.iter().position(|line| line.contains("id: bo,")).expect("bo");
    lines[first..first + 5].reverse();
    let new = format!("# a comment\n{}\n\n# another\n", lines.join("\n"));
    assert_eq!(change(ORG, &new)["factors"], json!([]));
    let value: Value = serde_yaml::from_str(ORG).expect("YAML");
    assert_eq!(change(ORG, &value.to_string())["factors"], json!([]));
}

#[test]
fn a_swap_of_equal_weight_passes_rise_and_not_introduced() {
    let place = Place::plain();
    // A promotion talk is held (4 points and some interest less), and another 1:1 becomes conflated (4 points more).
    let old = with(ORG, "kind: pay", "kind: promotion");
    place.write("old.yaml", &old);
    let new = with(&old, "due: 2026-09-01}", "due: 2026-09-01, held: 2026-11-19}");
    let new = with(&new, "with: eve, purpose: delivery", "with: eve, purpose: both");
    let change = change(&old, &new);
    assert_eq!((change["introduced_mp"].as_i64(), change["rise_mp"].as_i64()), (Some(4000), Some(0)));
    let Some(place) = Place::committed(&old) else { return };
    place.write("portfolio.yaml", &new);
    place.debt(&["check", "--against", "main"]).exits(0);
    place.debt(&["check", "--against", "main", "--fail-on", "introduced"]).exits(1);
    place.debt(&["check", "--against", "main", "--fail-on", "introduced", "--tolerance", "4"]).exits(0);
}

#[test]
fn two_who_swap_their_places() {
    // Bo and Cy swap lead of squad and lead of guild: the same meetings are now the wrong owner's.
    let new =
        with(ORG, "lead: bo", "lead: CY").replace("lead: cy", "lead: bo").replace("lead: CY", "lead: cy");
    let change = change(ORG, &new);
    assert!(change["introduced_mp"].as_i64() > Some(0), "{change:#}");
}
