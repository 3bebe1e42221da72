//! What lets a build pass and what does not: work pays for new debt, quitting pays for nothing, and telling the truth
//! costs nothing. Every case is a change to one small portfolio, checked through `debt diff` and its report.

use serde_json::Value;

use crate::gate_kit::{ORG, Place, with};

/// New debt of two points: Cy holds a Delivery 1:1 that is Bo's. It fails by itself.
const NEW_DEBT: (&str, &str) =
    ("meetings:\n", "meetings:\n  - {id: cy-too, owner: cy, with: eve, purpose: delivery}\n");

/// The change from one text to another.
fn change(old: &str, new: &str) -> Value {
    let place = Place::plain();
    place.write("old.yaml", old);
    place.write("new.yaml", new);
    let ran = place.debt(&["diff", "old.yaml", "new.yaml", "--format", "json"]).exits(0);
    let change = serde_json::from_str::<Value>(&ran.out).expect("JSON")["change"].clone();
    let sum = |key: &str| change[key].as_i64().expect("a number");
    let parts = sum("recalibrated_mp")
        + sum("accrued_mp")
        + sum("staffing_mp")
        + sum("introduced_mp")
        + sum("revealed_mp")
        - sum("repaired_mp")
        - sum("withdrawn_mp");
    assert_eq!(sum("to_mp") - sum("from_mp"), parts);
    change
}

fn row<'c>(change: &'c Value, id: &str) -> &'c Value {
    let rows = change["factors"].as_array().expect("rows");
    rows.iter().find(|row| row["id"] == id).unwrap_or_else(|| panic!("no {id} in {change:#}"))
}

fn kind_and_how(change: &Value, id: &str) -> String {
    let row = row(change, id);
    format!("{} {}", row["kind"].as_str().expect("a kind"), row["how"].as_str().unwrap_or("-"))
}

/// A change that takes `id` out of the score without work: it is withdrawn, and new debt fails beside it.
#[track_caller]
fn pays_for_nothing(id: &str, how: &str, old: &str, new: &str) {
    let change = change(old, new);
    assert_eq!(kind_and_how(&change, id), format!("withdrawn {how}"));
    assert_eq!(change["repaired_mp"], 0, "{change:#}");
    let beside = self::change(old, &with(new, NEW_DEBT.0, NEW_DEBT.1));
    assert!(beside["rise_mp"].as_i64().expect("a number") > 0, "{beside:#}");
}

/// A change in somebody's life takes `id` out of the score: that is staffing and said so by name, and new debt fails beside
/// it.
#[track_caller]
fn is_staffing(id: &str, old: &str, new: &str) {
    let change = change(old, new);
    assert_eq!(row(&change, id)["kind"], "staffing", "{change:#}");
    assert!(row(&change, id)["who"].is_string(), "{change:#}");
    assert_ne!(change["staffing_mp"], 0, "{change:#}");
    assert_eq!(change["repaired_mp"], 0, "{change:#}");
    assert_eq!(change["rise_mp"], 0, "{change:#}");
    let beside = self::change(old, &with(new, NEW_DEBT.0, NEW_DEBT.1));
    assert!(beside["rise_mp"].as_i64().expect("a number") > 0, "{beside:#}");
}

/// An exemption takes `id` out of the score: the yardstick changed, and new debt fails beside it.
#[track_caller]
fn is_recalibrated(id: &str, old: &str, new: &str) {
    let change = change(old, new);
    let rows = change["factors"].as_array().expect("rows");
    assert!(!rows.iter().any(|row| row["id"] == id), "{change:#}");
    assert_ne!(change["recalibrated_mp"], 0, "{change:#}");
    assert_eq!(change["repaired_mp"], 0, "{change:#}");
    let beside = self::change(old, &with(new, NEW_DEBT.0, NEW_DEBT.1));
    assert!(beside["rise_mp"].as_i64().expect("a number") > 0, "{beside:#}");
}

/// A change that is work: it is repaired, and pays for new debt of its weight.
#[track_caller]
fn pays(id: &str, how: &str, old: &str, new: &str) {
    let change = change(old, new);
    assert_eq!(kind_and_how(&change, id), format!("repaired {how}"));
    assert!(change["rise_mp"].as_i64().expect("a number") < 0, "{change:#}");
}

/// A change that only tells more: nothing is introduced.
#[track_caller]
fn fails_nothing(id: &str, old: &str, new: &str) {
    let change = change(old, new);
    assert_eq!(kind_and_how(&change, id), "revealed -");
    assert_eq!(change["introduced_mp"], 0, "{change:#}");
}

#[test]
fn new_debt_alone_rises() {
    let change = change(ORG, &with(ORG, NEW_DEBT.0, NEW_DEBT.1));
    assert_eq!(kind_and_how(&change, "D104:meeting:cy-too"), "introduced -");
    assert!(change["rise_mp"].as_i64().expect("a number") > 0);
}

#[test]
fn leaving_lets_nothing_pass() {
    let left = with(ORG, "{id: ana, squad", "{id: ana, left: 2026-11-10, squad");
    is_staffing("D101:meeting:bo-ana", ORG, &left);
    is_staffing("D301:conversation:pay", ORG, &left);
    let gus = with(ORG, "{id: gus, squad", "{id: gus, left: 2026-11-10, squad");
    is_staffing("D201:person:gus", ORG, &gus);
}

#[test]
fn the_owner_of_a_meeting_leaving_lets_nothing_pass() {
    let left = with(ORG, "{id: bo, squad", "{id: bo, left: 2026-11-10, squad");
    let change = change(ORG, &left);
    assert_ne!(change["staffing_mp"], 0, "{change:#}");
    assert_eq!(change["repaired_mp"], 0, "{change:#}");
}

#[test]
fn going_away_lets_nothing_pass() {
    let away = with(ORG, "{id: ana, squad", "{id: ana, away: [{from: 2026-11-01, until: 2027-03-01}], squad");
    is_staffing("D101:meeting:bo-ana", ORG, &away);
    is_staffing("D301:conversation:pay", ORG, &away);
}

#[test]
fn a_short_leave_written_in_later_lets_nothing_pass() {
    let away = with(ORG, "{id: ana, squad", "{id: ana, away: [{from: 2026-10-01, until: 2026-10-20}], squad");
    is_staffing("D301:conversation:pay", ORG, &away);
    let eve = with(ORG, "{id: eve, squad", "{id: eve, away: [{from: 2026-10-10, until: 2026-11-05}], squad");
    is_staffing("D302:meeting:bo-eve", ORG, &eve);
}

#[test]
fn being_external_lets_nothing_pass() {
    // Without a squad nobody owns Gus's delivery, so that he can be outside at all.
    let old = with(ORG, "{id: gus, squad: ledger}", "{id: gus}");
    let new = with(&old, "{id: gus}", "{id: gus, external: true}");
    is_recalibrated("D201:person:gus", &old, &new);
}

#[test]
fn exempting_lets_nothing_pass() {
    let exempt = with(ORG, "{id: ana, squad", "{id: ana, exempt: {craft: so be it}, squad");
    is_recalibrated("D101:meeting:bo-ana", ORG, &exempt);
    let gus = with(ORG, "{id: gus, squad", "{id: gus, exempt: {craft: so be it}, squad");
    is_recalibrated("D201:person:gus", ORG, &gus);
    let change = change(ORG, &gus);
    assert_eq!(change["loosened"][0]["kind"], "exempt-added");
}

#[test]
fn dropping_lets_nothing_pass() {
    let dropped =
        with(ORG, "due: 2026-09-01}", "due: 2026-09-01, dropped: {date: 2026-11-19, reason: tired}}");
    pays_for_nothing("D301:conversation:pay", "dropped", ORG, &dropped);
}

#[test]
fn a_later_due_day_lets_nothing_pass() {
    pays_for_nothing(
        "D301:conversation:pay",
        "rewritten",
        ORG,
        &with(ORG, "due: 2026-09-01", "due: 2026-12-24"),
    );
    pays_for_nothing(
        "D301:conversation:pay",
        "rewritten",
        ORG,
        &with(ORG, "due: 2026-09-01", "due: 2026-10-01"),
    );
    pays_for_nothing(
        "D501:decision:vendor",
        "rewritten",
        ORG,
        &with(ORG, "due: 2026-10-01", "due: 2026-12-24"),
    );
}

#[test]
fn a_later_raised_day_or_a_lighter_kind_lets_nothing_pass() {
    let no_due = with(ORG, ", due: 2026-09-01}", "}");
    let later = with(&no_due, "ana, raised: 2026-08-01", "ana, raised: 2026-11-18");
    pays_for_nothing("D301:conversation:pay", "rewritten", &no_due, &later);
    pays_for_nothing("D301:conversation:pay", "rewritten", ORG, &with(ORG, "kind: pay", "kind: other"));
}

#[test]
fn taking_out_deferrals_or_reopenings_lets_nothing_pass() {
    let deferred = with(ORG, "due: 2026-09-01}", "due: 2026-09-01, deferred_to: [2026-10-01]}");
    pays_for_nothing("D301:conversation:pay", "rewritten", &deferred, ORG);
    let closed = with(ORG, "due: 2026-10-01}", "due: 2026-10-01, closed: 2026-10-05}");
    let reopened =
        with(&closed, "closed: 2026-10-05}", "closed: 2026-10-05, reopened: [2026-10-06, 2026-10-07]}");
    let once = with(&reopened, "[2026-10-06, 2026-10-07]", "[2026-10-06]");
    pays_for_nothing("D502:decision:vendor", "rewritten", &reopened, &once);
    pays_for_nothing("D502:decision:vendor", "rewritten", &reopened, &closed);
}

#[test]
fn closing_and_reopening_on_one_day_lets_nothing_pass() {
    let again = with(ORG, "due: 2026-10-01}", "due: 2026-10-01, closed: 2026-11-19, reopened: [2026-11-20]}");
    let change = change(ORG, &again);
    assert_eq!(kind_and_how(&change, "D501:decision:vendor"), "withdrawn rewritten");
    assert_eq!(change["repaired_mp"], 0);
}

#[test]
fn lowering_what_was_cancelled_lets_nothing_pass() {
    let old = with(ORG, "with: gus}", "with: gus, cancelled_in_a_row: 4}");
    let new = with(&old, "cancelled_in_a_row: 4", "cancelled_in_a_row: 0");
    pays_for_nothing_here("D302:meeting:bo-gus", &old, &new);
    let held =
        with(&new, "cancelled_in_a_row: 0", "cancelled_in_a_row: 0, every: weekly, last_held: 2026-11-19");
    pays("D302:meeting:bo-gus", "held", &old, &held);
}

fn pays_for_nothing_here(id: &str, old: &str, new: &str) {
    let change = change(old, new);
    assert!(kind_and_how(&change, id).starts_with("withdrawn"), "{change:#}");
    assert_eq!(change["repaired_mp"], 0);
}

#[test]
fn deleting_lets_nothing_pass() {
    let meeting = with(ORG, "  - {id: bo-ana, owner: bo, with: ana, purpose: both}\n", "");
    let change = change(ORG, &meeting);
    assert_eq!(kind_and_how(&change, "D101:meeting:bo-ana"), "withdrawn removed");
    assert_eq!(change["repaired_mp"], 0);
    let talk = with(
        ORG,
        "  - {id: pay, kind: pay, owner: bo, with: ana, raised: 2026-08-01, due: 2026-09-01}\n",
        "  []\n",
    );
    pays_for_nothing("D301:conversation:pay", "removed", ORG, &talk);
    let person = with(ORG, "  - {id: gus, squad: ledger}\n", "");
    let person = with(&person, "  - {id: bo-gus, owner: bo, with: gus}\n", "");
    // Whoever is in the file no more is read as having left.
    is_staffing("D201:person:gus", ORG, &person);
}

#[test]
fn a_1on1_that_is_called_something_else_or_has_ended_lets_nothing_pass() {
    let ended = with(ORG, "purpose: both", "purpose: both, until: 2026-11-01");
    assert_eq!(kind_and_how(&change(ORG, &ended), "D101:meeting:bo-ana"), "withdrawn removed");
}

#[test]
fn an_answer_that_is_unknown_now_lets_nothing_pass() {
    let unknown = with(ORG, "every: weekly, last_held: 2026-10-01", "every: weekly");
    pays_for_nothing("D302:meeting:bo-eve", "rewritten", ORG, &unknown);
}

#[test]
fn taking_a_label_off_lets_nothing_pass() {
    // Both jobs are done elsewhere as well, so that only the label is at stake.
    let others = "  - {id: own, owner: bo, with: ana, purpose: delivery}
  - {id: craft, owner: cy, with: ana, purpose: craft}
";
    let old = with(ORG, "meetings:\n", &format!("meetings:\n{others}"));
    let new = with(&old, ", with: ana, purpose: both}", ", with: ana}");
    // In the same exclusive group the smaller D102 is what remains.
    pays_for_nothing("D101:meeting:bo-ana", "unknown", &old, &new);
}

#[test]
fn leading_a_made_up_guild_lets_nothing_pass() {
    let guild =
        with(ORG, "  - {id: backend, lead: cy}\n", "  - {id: backend, lead: cy}\n  - {id: own, lead: ana}\n");
    let new =
        with(&guild, "{id: eve, squad: ledger, guild: backend}", "{id: eve, squad: ledger, guild: own}");
    let change = change(ORG, &new);
    // A member of somebody else's guild keeps a craft line, whoever they lead.
    assert!(
        !change["factors"].as_array().expect("rows").iter().any(|row| row["id"] == "D101:meeting:bo-ana")
    );
    // Whoever also splits the meeting has worked on it.
    let split = with(&new, "with: ana, purpose: both", "with: ana, purpose: delivery");
    let change = self::change(ORG, &split);
    assert_eq!(kind_and_how(&change, "D101:meeting:bo-ana"), "repaired changed");
}

#[test]
fn reports_who_quit_do_not_make_a_craft_owner_less_loaded() {
    let old = with(ORG, "guilds:", "policy: {max_craft_span: 2}\nguilds:");
    let left = with(&old, "{id: eve, squad", "{id: eve, left: 2026-11-10, squad");
    let change = change(&old, &left);
    assert_eq!(change["rise_mp"], 0, "{change:#}");
    assert_eq!(change["repaired_mp"], 0, "{change:#}");
}

#[test]
fn removing_a_line_owner_does_not_repair_a_missing_1on1() {
    // Ana has no Craft 1:1 of her own once hers is only about delivery; without a craft owner that is not asked.
    let old = with(ORG, "purpose: both", "purpose: delivery");
    let new = with(&old, "{id: ana, squad: ledger, guild: backend}", "{id: ana, squad: ledger}");
    let change = change(&old, &new);
    assert_eq!(kind_and_how(&change, "D201:person:ana"), "introduced -");
}

#[test]
fn holding_pays() {
    pays(
        "D301:conversation:pay",
        "held",
        ORG,
        &with(ORG, "due: 2026-09-01}", "due: 2026-09-01, held: 2026-11-19}"),
    );
    // What time added to a lapsed 1:1 is interest, which is repaired and pays for nothing.
    let held = change(ORG, &with(ORG, "last_held: 2026-10-01", "last_held: 2026-11-19"));
    assert_eq!(kind_and_how(&held, "D302:meeting:bo-eve"), "repaired held");
    assert_eq!(held["rise_mp"], 0);
}

#[test]
fn closing_pays() {
    pays(
        "D501:decision:vendor",
        "closed",
        ORG,
        &with(ORG, "due: 2026-10-01}", "due: 2026-10-01, closed: 2026-11-19}"),
    );
}

#[test]
fn splitting_pays() {
    let split = with(
        ORG,
        "purpose: both}",
        "purpose: delivery}\n  - {id: cy-ana, owner: cy, with: ana, purpose: craft}",
    );
    pays("D101:meeting:bo-ana", "changed", ORG, &split);
    let beside = change(
        ORG,
        &with(
            &split,
            "  - {id: bo-gus, owner: bo, with: gus}\n",
            "  - {id: bo-gus, owner: bo, with: gus, purpose: both}\n",
        ),
    );
    assert_eq!(kind_and_how(&beside, "D101:meeting:bo-gus"), "revealed -");
}

#[test]
fn naming_an_owner_pays() {
    // What remains of the group is a missing Craft 1:1.
    pays(
        "D201:person:gus",
        "named",
        ORG,
        &with(ORG, "{id: gus, squad: ledger}", "{id: gus, squad: ledger, guild: backend}"),
    );
}

#[test]
fn reviewing_pays() {
    let old =
        with(ORG, "promotions: []", "promotions:\n  - {id: up, person: ana, to: Staff, decided: 2026-09-01}");
    let new = with(&old, "decided: 2026-09-01", "decided: 2026-09-01, reviewed: 2026-11-19");
    pays("D303:promotion:up", "reviewed", &old, &new);
}

#[test]
fn another_name_under_a_promotion_pays_for_nothing() {
    let with_signer = |signer: &str| {
        let promotion =
            "promotions:\n  - {id: up, person: ana, to: Staff, decided: 2026-09-01, signed_off_by: SIGNER}";
        with(ORG, "promotions: []", &promotion.replace("SIGNER", signer))
    };
    let (bo, cy) = (with_signer("bo"), with_signer("cy"));
    pays_for_nothing("D303:promotion:up", "rewritten", &bo, &cy);
    // Where nobody had signed it off, somebody now has.
    let unsigned = with(&bo, ", signed_off_by: bo", "");
    pays("D303:promotion:up", "changed", &unsigned, &cy);
}

#[test]
fn a_slower_cadence_pays_for_nothing() {
    let slower = with(ORG, "every: weekly", "every: quarterly");
    pays_for_nothing("D302:meeting:bo-eve", "rewritten", ORG, &slower);
    // Neither does it where the 1:1 was held as well: the record was made lighter in the same change.
    let held = with(&slower, "last_held: 2026-10-01", "last_held: 2026-11-18");
    pays_for_nothing("D302:meeting:bo-eve", "rewritten", ORG, &held);
    let held = change(ORG, &with(ORG, "last_held: 2026-10-01", "last_held: 2026-11-18"));
    assert_eq!(kind_and_how(&held, "D302:meeting:bo-eve"), "repaired held");
}

#[test]
fn a_split_with_new_ids_pays() {
    let split = "with: ana, purpose: both, until: 2026-11-20}\n  - {id: d, owner: bo, with: ana, purpose: delivery}\n  - {id: c, owner: cy, with: ana, purpose: craft}";
    pays("D101:meeting:bo-ana", "split", ORG, &with(ORG, "with: ana, purpose: both}", split));
}

#[test]
fn labelling_fails_nothing() {
    let labelled = with(ORG, "owner: bo, with: gus}", "owner: bo, with: gus, purpose: both}");
    fails_nothing("D101:meeting:bo-gus", ORG, &labelled);
    let by_agenda =
        with(ORG, "owner: bo, with: gus}", "owner: bo, with: gus, agenda: [blockers, career-lane]}");
    fails_nothing("D101:meeting:bo-gus", ORG, &by_agenda);
}

#[test]
fn describing_fails_nothing() {
    fails_nothing(
        "D601:squad:ledger",
        ORG,
        &with(ORG, "escalates_to: dee}", "escalates_to: dee, context: {success: fast}}"),
    );
    fails_nothing("D601:squad:ledger", ORG, &with(ORG, "people:", "describes: [context]\npeople:"));
    fails_nothing("D701:guild:backend", ORG, &with(ORG, "lead: cy}", "lead: cy, lanes: []}"));
    fails_nothing(
        "D404:portfolio:portfolio",
        ORG,
        &with(ORG, "people:", "hr_system: {shows: [delivery]}\npeople:"),
    );
    let level = with(ORG, "{id: ana, squad", "{id: ana, level: 6, squad");
    fails_nothing("D703:person:ana", ORG, &level);
    let cadence = with(ORG, "with: gus}", "with: gus, every: weekly, last_held: 2026-09-01}");
    fails_nothing("D302:meeting:bo-gus", ORG, &cadence);
}

#[test]
fn describing_a_whole_section_fails_nothing() {
    let without = with(ORG, "promotions: []\n", "");
    let new =
        with(ORG, "promotions: []", "promotions:\n  - {id: up, person: ana, to: Staff, decided: 2026-09-01}");
    fails_nothing("D303:promotion:up", &without, &new);
    let empty = change(ORG, &new);
    // It was decided before the base, so that it is told, too.
    assert_eq!(kind_and_how(&empty, "D303:promotion:up"), "revealed -");
}

#[test]
fn writing_down_an_old_talk_fails_nothing() {
    let old_talk =
        "conversations:\n  - {id: exit, kind: exit-risk, owner: bo, with: eve, raised: 2026-06-01}";
    fails_nothing("D301:conversation:exit", ORG, &with(ORG, "conversations:", old_talk));
    let old_call = "decisions:\n  - {id: old, owner: dee, raised: 2026-06-01}";
    fails_nothing("D501:decision:old", ORG, &with(ORG, "decisions:", old_call));
}

#[test]
fn a_talk_that_came_up_since_does_rise() {
    let new_talk = "conversations:\n  - {id: exit, kind: exit-risk, owner: bo, with: eve, raised: 2026-11-21, due: 2026-11-22}";
    let new = with(ORG, "conversations:", new_talk);
    let new = with(&new, "as_of: 2026-11-20", "as_of: 2026-12-20");
    assert_eq!(kind_and_how(&change(ORG, &new), "D301:conversation:exit"), "introduced -");
}
