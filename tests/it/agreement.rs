//! The schema accepts what the reader accepts: an editor must not colour what is read, nor pass what is refused.
//! Each line is one value at one place, with what both must say of it. What no schema can say (references, orders
//! of dates, decimals of a number) is left to the reader.

use debt::cli::{Document, generate};

use crate::support::{read, sources};

const ACCEPTED: &str = "
meetings: [{owner: ana, with: bo, every: 1d}]
meetings: [{owner: ana, with: bo, every: 007d}]
meetings: [{owner: ana, with: bo, every: 366d}]
meetings: [{owner: ana, with: bo, every: 52w}]
meetings: [{owner: ana, with: bo, every: quarterly}]
meetings: [{owner: ana, with: bo, every: null, purpose: null, agenda: null, title: null, id: null}]
meetings: [{owner: ana, kind: other, with: null}]
meetings: [{owner: ana, with: bo, cancelled_in_a_row: 4294967295}]
meetings: null
meetings: []
describes: null
describes: [context, context]
hr_system: null
hr_system: {shows: []}
squads: [{id: ledger, context: {}}]
squads: [{id: ledger, context: {constraints: [x, ''], closed: null}}]
guilds: [{id: web, lanes: [{track: warrant, levels: [{level: 1, pay: 1.5}, {level: 20, pay: null}]}]}]
conversations: [{owner: ana, with: bo, kind: pay, raised: 2026-01-01, dropped: {date: 2026-01-02, reason: ''}}]
acknowledgements: [{factor: 'D101:meeting:x', reason: x, named_on: 2026-11-01, through: 2026-11-02}]
policy: {}
policy: null
policy: {principal: {D101: null, D102: 0, D103: 1000}, disable: null}
policy: {interest: {weekly_percent: 100, cap: 100}, fees: {max: 0}, missed_cap: 2}
policy: {grades: {a: 0, b: 1, c: 2, d: 3}}
";

const REFUSED: &str = "
people: []
meetings: [{owner: ana, with: bo, every: 0d}]
meetings: [{owner: ana, with: bo, every: 367d}]
meetings: [{owner: ana, with: bo, every: 53w}]
meetings: [{owner: ana, with: bo, every: 7}]
meetings: [{owner: ana, with: bo, cancelled_in_a_row: 4294967296}]
meetings: [{owner: ana, with: bo, cancelled_in_a_row: -1}]
meetings: [{owner: ana, with: bo, purpose: Both}]
meetings: [{owner: ana, with: bo, agenda: blockers}]
meetings: {}
meetings: [null]
describes: context
hr_system: {}
hr_system: {shows: null}
hr_system: {name: PeopleBase}
version: 2
name: 12
squads: [{id: ledger, context: {constraints: [null]}}]
squads: [{id: ledger, context: {reviewed: 2026-02-30}}]
squads: [{id: ledger, context: {reviewed: 20261001}}]
squads: [{id: -ledger}]
squads: [{id: 12}]
guilds: [{id: web, lanes: [{levels: []}]}]
guilds: [{id: web, lanes: [{track: warrant, levels: [{level: 21}]}]}]
guilds: [{id: web, lanes: [{track: warrant, levels: [{level: 1, pay: -1}]}]}]
conversations: [{owner: ana, with: bo, kind: Pay, raised: 2026-01-01}]
conversations: [{owner: ana, with: bo, kind: pay, raised: 2026-01-01, dropped: {date: 2026-01-02}}]
acknowledgements: [{factor: 'D101:person:x', reason: x, named_on: 2026-11-01, through: 2026-11-02}]
acknowledgements: [{factor: 'D977:meeting:x', reason: x, named_on: 2026-11-01, through: 2026-11-02}]
acknowledgements: [{factor: 'D101:meeting:', reason: x, named_on: 2026-11-01, through: 2026-11-02}]
policy: {principal: {D977: 5}}
policy: {principal: {D101: 1001}}
policy: {interest: {cap: 0}}
policy: {missed_cap: 1}
policy: {disable: [d101]}
";

#[test]
fn schema_and_reader_agree() {
    let schema: serde_json::Value = serde_json::from_str(&generate(Document::Portfolio)).expect("JSON");
    let schema = jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema");
    let mut wrong = Vec::new();
    for (lines, expected) in [(ACCEPTED, true), (REFUSED, false)] {
        for line in lines.lines().filter(|line| !line.is_empty()) {
            let people = if line.starts_with("people") { "" } else { "people: [{id: ana}, {id: bo}]\n" };
            let text = format!("as_of: 2026-11-20\n{people}{line}\n");
            let value: serde_json::Value = serde_yaml::from_str(&text).expect("YAML");
            let said = (schema.is_valid(&value), read(&sources(&text)).is_ok());
            if said != (expected, expected) {
                wrong.push(format!("{line}: schema {}, reader {}", said.0, said.1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
