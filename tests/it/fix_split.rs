//! `split` where what looks like the way out is none: another 1:1 that is both as well, and somebody whose line the other
//! one owns.

use serde_json::Value;

use crate::run::{self, Ran};

const BEGIN: &str = "as_of: 2026-11-20
people:
  - {id: lead, squad: s}
  - {id: c, squad: s, guild: g, away: AWAY}
  - {id: p, squad: s, guild: g, craft_owner: w}
  - {id: w, squad: s, guild: g}
  - {id: x, squad: s, guild: g}
squads:
  - {id: s, lead: lead}
guilds:
  - {id: g, lead: c}
meetings:
  - {id: m6, owner: x, with: w, purpose: both, every: weekly, last_held: 2026-11-19}
";
/// The craft owner's own 1:1 is both, too.
const OWN: &str = "  - {id: m7, owner: c, with: w, purpose: both, every: weekly, last_held: 2026-11-19}\n";

fn debt(text: &str, arguments: &[&str]) -> Ran {
    run::debt().args(arguments).arg("-").stdin(text).end()
}

/// Splitting the craft owner's own makes it the Craft 1:1, so that is what resolves that there is none; the other one
/// is split all the same, and nobody gets a second Craft 1:1.
#[test]
fn of_two_the_craft_owners_own_becomes_the_craft_one_on_one() {
    let text = BEGIN.replace("AWAY", "[]") + OWN;
    let report: Value = debt(&text, &["score", "--format", "json"]).json();
    let tasks = report["tasks"].as_array().expect("a list");
    let of = |act: &str| &tasks.iter().find(|task| task["act"] == act).expect("a task")["factors"];
    assert_eq!(of("split:meeting:m7"), &serde_json::json!(["D101:meeting:m7", "D204:person:w"]));
    assert_eq!(of("split:meeting:m6"), &serde_json::json!(["D101:meeting:m6"]));
    let other = debt(&text, &["fix", "split:meeting:m6"]).ok();
    assert_eq!(other, text.replace("x, with: w, purpose: both", "x, with: w, purpose: delivery"));
    let own = debt(&text, &["fix", "split:meeting:m7"]).ok();
    assert_eq!(own, text.replace("c, with: w, purpose: both", "c, with: w, purpose: craft") + ADDED);
}

/// What goes is delivery, to the lead.
const ADDED: &str = "  - {owner: lead, with: w, purpose: delivery, every: weekly, since: 2026-11-20}\n";

/// A 1:1 of two is held by whoever owns a line of the other: it would say nothing about a line of w.
#[test]
fn nobody_holds_it_whose_line_the_other_one_owns() {
    let text = BEGIN.replace("AWAY", "[{from: 2026-01-01}]");
    debt(&text, &["fix", "split:meeting:m6"]).exits(2).says("--to PERSON");
    let turned = debt(&text, &["fix", "split:meeting:m6", "--to", "p"]).exits(2);
    assert_eq!(turned.out, "");
    turned.says("w owns a line of p, so a 1:1 of the two is about p; name somebody else");
    let new = debt(&text, &["fix", "split:meeting:m6", "--to", "lead"]).ok();
    assert!(
        new.ends_with("  - {owner: lead, with: w, purpose: craft, every: monthly, since: 2026-11-20}\n"),
        "{new}"
    );
}
