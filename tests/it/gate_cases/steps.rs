//! Debt taken out and put back, or hidden and shown, in changes that are judged one by one. What two snapshots can
//! tell is closed; what they cannot is listed in `docs/limits.md`, and this holds the list to what is true.

use super::{HEALTHY, MIXED, commit_on, edit, judge_on};
use crate::gate_kit::Place;
use crate::support::file;

type Edits<'t> = &'t [(&'t str, &'t str)];

/// Changes in a row, each merged on its day; what the gate said to each. The first is merged unseen.
fn walk(steps: &[(&str, Edits<'_>)], more: &[&str]) -> Option<Vec<bool>> {
    let place = Place::repository()?;
    let mut text = HEALTHY.to_owned();
    let mut held = Vec::new();
    for (index, (day, edits)) in steps.iter().enumerate() {
        text = edit(&text, edits);
        place.write("portfolio.yaml", &text);
        if index > 0 {
            held.push(judge_on(&place, day, &[&["--against", "HEAD"], more].concat()).status == 0);
        }
        commit_on(&place, day);
    }
    Some(held)
}

const GUS: &str = "{id: gus, squad: pay, guild: backend}";
const LABELLED: &str = "with: gus, purpose: delivery";
const TALK: &str = "conversations: [{id: t, kind: promotion, owner: bo, with: ana, raised: 2026-09-01";

/// What stays open, by the words that `docs/limits.md` has for it.
const OPEN: &[(&str, &[(&str, Edits<'static>)])] = &[
    ("A false label", &[("2026-11-10", &[MIXED]), ("2026-11-20", &[("with: gus, purpose: both", LABELLED)])]),
    (
        "A talk that never was",
        &[
            ("2026-11-10", &[]),
            (
                "2026-11-15",
                &[(
                    "conversations: []",
                    "conversations: [{id: t, kind: promotion, owner: bo, with: ana, raised: 2026-09-01}]",
                )],
            ),
            (
                "2026-11-20",
                &[
                    (
                        TALK,
                        "conversations: [{id: t, kind: promotion, owner: bo, with: ana, raised: 2026-09-01, held: 2026-11-18",
                    ),
                    MIXED,
                ],
            ),
        ],
    ),
    (
        "A policy loosened in an earlier change",
        &[
            ("2026-11-10", &[]),
            ("2026-11-15", &[("people:\n", "policy: {disable: [D101]}\npeople:\n")]),
            ("2026-11-20", &[MIXED]),
        ],
    ),
    (
        "A line exempted in an earlier change",
        &[
            ("2026-11-10", &[]),
            ("2026-11-15", &[(GUS, "{id: gus, squad: pay, guild: backend, exempt: {craft: x}}")]),
            ("2026-11-20", &[MIXED]),
        ],
    ),
    (
        "A dated item written down late",
        &[
            ("2026-11-10", &[]),
            ("2026-11-15", &[]),
            (
                "2026-11-20",
                &[(
                    "meetings:\n",
                    "meetings:\n  - {id: x, owner: bo, with: ana, purpose: both, since: 2026-11-12}\n",
                )],
            ),
        ],
    ),
    (
        "A false `left`",
        &[
            ("2026-11-10", &[]),
            ("2026-11-15", &[(GUS, "{id: gus, squad: pay, guild: backend, left: 2026-11-14}")]),
            ("2026-11-18", &[MIXED]),
            ("2026-11-20", &[(", left: 2026-11-14", "")]),
        ],
    ),
    (
        "A label taken off and put back",
        &[
            ("2026-11-10", &[(LABELLED, "with: gus, agenda: [commitments], purpose: delivery")]),
            ("2026-11-15", &[("agenda: [commitments], purpose: delivery", "agenda: [commitments]")]),
            ("2026-11-20", &[("agenda: [commitments]", "agenda: [commitments], purpose: both")]),
        ],
    ),
    (
        "A description taken out and put back",
        &[
            (
                "2026-11-10",
                &[(
                    "lead: bo}",
                    "lead: bo, context: {success: s, constraints: [c], closed: [d], reviewed: 2026-11-09}}",
                )],
            ),
            (
                "2026-11-15",
                &[(", context: {success: s, constraints: [c], closed: [d], reviewed: 2026-11-09}", "")],
            ),
            ("2026-11-20", &[("lead: bo}", "lead: bo, context: {}}")]),
        ],
    ),
    (
        "A person taken out and put back",
        &[
            ("2026-11-10", &[]),
            (
                "2026-11-15",
                &[
                    ("  - {id: gus, squad: pay, guild: backend}\n", ""),
                    ("  - {id: bo-gus, owner: bo, with: gus, purpose: delivery}\n", ""),
                    ("  - {id: cy-gus, owner: cy, with: gus, purpose: craft}\n", ""),
                ],
            ),
            (
                "2026-11-20",
                &[
                    ("people:\n", "people:\n  - {id: gus, squad: pay, guild: backend}\n"),
                    ("meetings:\n", "meetings:\n  - {id: bo-gus, owner: bo, with: gus, purpose: both}\n"),
                ],
            ),
        ],
    ),
];

#[test]
fn what_remains_open_is_what_the_docs_list() {
    let docs = file("docs/limits.md");
    let (mut undocumented, mut closed) = (Vec::new(), Vec::new());
    for (words, steps) in OPEN {
        let Some(held) = walk(steps, &[]) else { return };
        if held.contains(&false) {
            closed.push(format!("{words}: {held:?}"));
        }
        if !docs.contains(words) {
            undocumented.push(*words);
        }
    }
    assert!(undocumented.is_empty(), "docs/limits.md lacks {undocumented:?}");
    assert!(closed.is_empty(), "closed by now, so docs/limits.md says too much:\n{}", closed.join("\n"));
}

#[test]
fn small_steps_within_a_tolerance_add_up() {
    let with = |who: &str, topic: &str| format!("owner: bo, with: {who}, agenda: [{topic}]");
    let spoken = ["gus", "ana"].map(|who| with(who, "commitments"));
    // Where there was no agenda, what it lacks would only be told.
    let steps: &[(&str, Edits<'_>)] = &[
        ("2026-11-10", &[("owner: bo, with: gus", &spoken[0]), ("owner: bo, with: ana", &spoken[1])]),
        ("2026-11-12", &[(&spoken[0], &with("gus", "logistics"))]),
        ("2026-11-14", &[(&spoken[1], &with("ana", "logistics"))]),
    ];
    let Some(held) = walk(steps, &["--tolerance", "0.5"]) else { return };
    assert_eq!(held, [true, true]);
    let Some(held) = walk(steps, &[]) else { return };
    assert_eq!(held, [false, false]);
}

/// What looks like the list above and is caught: the change that puts the debt in is the one that fails.
const CAUGHT: &[(&str, &[(&str, Edits<'static>)])] = &[
    (
        "a section taken out, and put back with a mixed 1:1 more",
        &[
            ("2026-11-10", &[]),
            ("2026-11-15", &[("mentorships: []\n", "")]),
            (
                "2026-11-20",
                &[("promotions: []\n", "promotions: []\nmentorships: [{mentor: bo, mentee: ana}]\n")],
            ),
        ],
    ),
    (
        "a held talk whose day is taken out again",
        &[
            (
                "2026-11-10",
                &[(
                    "conversations: []",
                    "conversations: [{id: t, kind: pay, owner: bo, with: ana, raised: 2026-09-01, held: 2026-11-01}]",
                )],
            ),
            ("2026-11-20", &[(", held: 2026-11-01", "")]),
        ],
    ),
    (
        "an acknowledgement merged, then taken out",
        &[
            (
                "2026-11-10",
                &[
                    MIXED,
                    (
                        "people:\n",
                        "acknowledgements: [{factor: 'D101:meeting:bo-gus', reason: r, named_on: 2026-11-09, through: 2026-12-10}]\npeople:\n",
                    ),
                ],
            ),
            (
                "2026-11-20",
                &[(
                    "acknowledgements: [{factor: 'D101:meeting:bo-gus', reason: r, named_on: 2026-11-09, through: 2026-12-10}]\n",
                    "",
                )],
            ),
        ],
    ),
    (
        "an acknowledgement ahead of its factor",
        &[
            ("2026-11-10", &[]),
            (
                "2026-11-15",
                &[(
                    "people:\n",
                    "acknowledgements: [{factor: 'D101:meeting:bo-gus', reason: r, named_on: 2026-11-12, through: 2026-12-10}]\npeople:\n",
                )],
            ),
            ("2026-11-20", &[MIXED]),
        ],
    ),
    (
        "a leave announced, the debt under it, the leave taken back",
        &[
            ("2026-11-10", &[]),
            (
                "2026-11-15",
                &[(
                    GUS,
                    "{id: gus, squad: pay, guild: backend, away: [{from: 2026-12-01, until: 2027-03-01}]}",
                )],
            ),
            ("2026-11-20", &[MIXED]),
        ],
    ),
];

#[test]
fn what_two_snapshots_can_tell_is_caught() {
    let mut passed = Vec::new();
    for (words, steps) in CAUGHT {
        let Some(held) = walk(steps, &[]) else { return };
        if held.last() != Some(&false) {
            passed.push(format!("{words}: {held:?}"));
        }
    }
    assert!(passed.is_empty(), "{}", passed.join("\n"));
}
