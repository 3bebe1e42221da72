//! Whatever the number of processors, the same bytes: a portfolio that is large enough for every stage to be shared out.

use std::fmt::Write;

use crate::run::debt;

/// People without owners, 1:1s that nobody has labelled, talks that wait: thousands of factors, and few of the same amount.
fn organisation(people: usize) -> String {
    let mut text = "version: 1\nas_of: 2026-11-20\nsquads:\n  - id: s\n    lead: p0\npeople:\n".to_owned();
    for at in 0..people {
        let squad = if at % 3 == 0 { "" } else { "\n    squad: s" };
        writeln!(text, "  - id: p{at}\n    name: Person {}{squad}", at % 700).expect("memory takes it");
    }
    text.push_str("meetings:\n");
    for at in 1..people {
        writeln!(
            text,
            "  - owner: p0\n    with: p{at}\n    every: weekly\n    last_held: 2026-10-{:02}",
            1 + at % 30
        )
        .expect("memory takes it");
    }
    text.push_str("conversations:\n");
    for at in (1..people).step_by(5) {
        let day = 1 + at % 28;
        writeln!(
            text,
            "  - kind: performance\n    owner: p0\n    with: p{at}\n    raised: 2026-0{}-{day:02}\n    due: 2026-09-{day:02}",
            1 + at % 8
        )
        .expect("memory takes it");
    }
    text
}

#[test]
fn as_many_processors_as_you_like() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("large.yaml");
    std::fs::write(&file, organisation(5_000)).expect("written");
    for format in ["json", "table", "csv", "html"] {
        let with = |threads: &str| {
            let run = debt().env("RAYON_NUM_THREADS", threads).arg("score").arg(&file);
            run.args(["--format", format]).end().ok()
        };
        let one = with("1");
        assert!(one.len() > 1_000, "{format} is nearly empty");
        for threads in ["2", "7"] {
            assert!(with(threads) == one, "{format} differs on {threads} processors");
        }
    }
}

/// More people than are read in one piece, each with these lines.
fn many(lines: &str) -> String {
    let id = |at: usize| format!("{}\n", lines.replace('$', &at.to_string()));
    (0..270_000 / (lines.len() + 2)).map(id).collect()
}

/// Files that a split could change: what is said about them must not depend on whether they were split.
#[test]
fn odd_files_on_as_many_processors_as_you_like() {
    let plain = many("  - {id: p$, squad: s, name: a person of this name}");
    let squads = "squads:\n  - {id: s, lead: p0}\n";
    let files = [
        ("the mapping at the top begins further right", format!(" people:\n{plain}{squads}")),
        (
            "items less deep",
            format!("people:\n{}{squads}", plain.replacen("  - {id: p2000,", " - {id: p2000,", 1)),
        ),
        ("a section twice", format!("{squads}people:\n{plain}{squads}")),
        (
            "an alias far from its anchor",
            format!("name: &x X\npeople:\n{plain}squads:\n  - {{id: s, lead: p0, name: *x}}\n"),
        ),
        (
            "quotes around what looks like keys",
            format!("name: \"a\npeople:\n  b\"\npeople:\n{plain}{squads}"),
        ),
        ("quotes that are never closed", format!("people:\n{plain}{squads}name: \"a\n")),
        ("a carriage return alone", format!("people:\n{plain}{}", squads.replace(":\n", ":\r"))),
        (
            "texts of nothing but line ends",
            format!("people:\n{}{squads}", many("  - id: p$\n    squad: s\n    name: |+\n\n")),
        ),
        (
            "JSON",
            format!(
                "{{\"people\": [{}{{\"id\": \"x\"}}],\n\"squads\": [{{\"id\": \"s\", \"lead\": \"p0\"}}]}}\n",
                many("{\"id\": \"p$\", \"squad\": \"s\"},")
            ),
        ),
        ("JSON and more", format!("{{\"people\": [{}{{\"id\": \"x\"}}]}}\n]\n", many("{\"id\": \"p$\"},"))),
    ];
    let folder = tempfile::tempdir().expect("a folder");
    for (what, text) in files {
        let file = folder.path().join("portfolio.yaml");
        std::fs::write(&file, text).expect("written");
        let with = |threads: &str| {
            let run = debt().within(folder.path()).env("RAYON_NUM_THREADS", threads);
            let run = run.args(["score", "portfolio.yaml", "--as-of", "2026-11-20", "--format", "csv"]);
            run.end().parts()
        };
        let one = with("1");
        for threads in ["2", "3"] {
            assert!(with(threads) == one, "{what} differs on {threads} processors: {}", one.2);
        }
    }
}
