//! Input that is out to do harm: any bytes, valid files with anything done to them, and files made to be slow, deep
//! or large. None panics, hangs, takes memory out of proportion or fills a log.

use std::io;

use debt::model::{self, Clock, ReadOptions};
use debt::render::{self, Breakdown, Screen, View, diagnostics};
use debt::report::{self, BuildOptions, Called};
use debt::score::part::Part;
use debt::score::scorecard;
use debt::source::{Diagnostics, Severity, Sources};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::portfolios::{day, organisations};
use crate::run::{self, TODAY};
use crate::support::cases;

/// No message is longer.
const LONGEST_MESSAGE: usize = 20_000;

/// The whole way from bytes to what is printed, without a process. The status, and what a terminal would be sent.
fn run(bytes: Vec<u8>) -> (u8, String) {
    let mut found = Diagnostics::default();
    let mut sources = Sources::default();
    sources.add("hostile.yaml".to_owned(), Ok(bytes), &mut found);
    let catalog = debt::rules::catalog();
    let clock = Clock { as_of: None, today: day(0) };
    assert_eq!(day(0).to_string(), TODAY);
    let screen = Screen { width: None, colour: false, drawing: false };
    let read = model::read(&sources, ReadOptions { clock, policy_file: None, catalog: &catalog }, &mut found);
    let Some(own) = read else {
        assert!(found.errors() > 0, "what is not read has an error");
        let text = diagnostics::text(&found, Severity::Error, &sources, screen);
        let json = diagnostics::json(&found, &sources);
        let errors: serde_json::Value = serde_json::from_str(&json).expect("the errors are JSON");
        assert!(errors["errors"].as_array().is_some_and(|list| !list.is_empty()));
        assert!(
            text.len() <= LONGEST_MESSAGE && json.len() <= LONGEST_MESSAGE,
            "{} and {}",
            text.len(),
            json.len()
        );
        return (2, text);
    };
    let Ok(card) = scorecard(&own.portfolio, &own.policy, own.day, Part::default()) else {
        return (2, "nobody".to_owned());
    };
    let privacy = debt::report::Privacy::names();
    let report = report::build(
        &card,
        BuildOptions { sources: &sources, version: "0", privacy: &privacy, called: Called::default() },
    )
    .expect("names show every portfolio");
    for format in render::FORMATS {
        let view = View { tasks: 3, ..View::whole(screen, Breakdown::Group) };
        (format.render)(&report, &view, &mut io::sink()).expect("a sink takes everything");
    }
    (0, String::new())
}

/// What breaks files.
const TOKENS: [&str; 34] = [
    "*a",
    "&a ",
    "<<: *a",
    "!!str ",
    "!x ",
    "\t",
    "\n---\n",
    "\n...\n",
    "[",
    "]",
    "{",
    "}",
    ": ",
    "- ",
    "? ",
    "|\n",
    ">-\n",
    "#",
    "'",
    "\"",
    "\\",
    "\0",
    "\u{FEFF}",
    "\u{202E}",
    "\u{1F600}",
    "\r",
    "%YAML 1.2\n",
    "999999999999999999999999",
    "-1",
    "0x1F",
    "9999-12-31",
    "0001-01-01",
    "null",
    "\n",
];

/// One thing done to a text: where, what kind of thing, and with what.
type Change = (prop::sample::Index, u8, prop::sample::Index, u8);

fn mutate(bytes: &mut Vec<u8>, (at, kind, other, byte): Change) {
    let (at, other) = (at.index(bytes.len() + 1), other.index(bytes.len() + 1));
    let (from, to) = (at.min(other), at.max(other));
    match kind % 6 {
        0 => bytes.insert(at, byte),
        1 if at < bytes.len() => bytes[at] = byte,
        2 => bytes.truncate(from.max(20)),
        3 => drop(bytes.drain(from..to.min(from + usize::from(byte)))),
        4 => {
            let piece = bytes[from..to.min(from + 60)].to_vec();
            bytes.splice(to..to, piece);
        }
        _ => drop(bytes.splice(at..at, TOKENS[usize::from(byte) % TOKENS.len()].bytes())),
    }
}

fn controls(text: &str) -> bool {
    text.chars().any(|c| (c.is_control() && c != '\n') || ('\u{202A}'..='\u{202E}').contains(&c))
}

proptest! {
    #![proptest_config(cases(300))]

    /// Any bytes end with 0 or 2.
    #[test]
    fn any_bytes(bytes in vec(any::<u8>(), 0..400)) {
        let (_, text) = run(bytes);
        prop_assert!(!controls(&text), "{text}");
    }

    /// So does any text of the pieces that YAML is made of.
    #[test]
    fn any_tokens(tokens in vec(0..TOKENS.len() + 20, 0..60)) {
        let words = ["people", "id", "ana", "meetings", "owner", "with", "squads", "lead", "raised", "2026-01-01", "policy"];
        let text: String = tokens.iter().map(|index| TOKENS.get(*index).copied().unwrap_or(words[*index % words.len()])).collect();
        let (_, text) = run(text.into_bytes());
        prop_assert!(!controls(&text), "{text}");
    }

    /// So does a valid file with anything done to it.
    #[test]
    fn mutated_files(organisation in organisations(), changes in vec(any::<Change>(), 1..6)) {
        let mut bytes = organisation.yaml().into_bytes();
        for change in changes {
            mutate(&mut bytes, change);
        }
        let (_, text) = run(bytes);
        prop_assert!(!controls(&text), "{text}");
    }
}

/// Runs the program on one file with at most 2 seconds of a processor and so many megabytes of address space.
#[cfg(unix)]
fn limited(name: &str, text: &[u8], megabytes: usize) -> (i32, String, String) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("portfolio.yaml");
    std::fs::write(&file, text).expect("a hostile file");
    let limits = format!("ulimit -t {SECONDS}; ulimit -v {}; exec \"$0\" \"$@\"", megabytes * 1024);
    let run = run::bare("sh").args(["-c", &limits]).arg(run::program()).args(["score", "portfolio.yaml"]);
    let ran = run.within(folder.path()).env("DEBT_TODAY", TODAY).env("RAYON_NUM_THREADS", "2").end();
    assert_ne!(ran.status, run::KILLED, "{name}");
    ran.parts()
}

/// The program without optimisation, and with the checks of a debug build, is several times slower.
#[cfg(unix)]
const SECONDS: u32 = if cfg!(debug_assertions) { 10 } else { 2 };

#[cfg(unix)]
fn refused(name: &str, text: impl AsRef<[u8]>) -> String {
    let text = text.as_ref();
    // What the program takes with an empty file, and 16 times the hostile one. For each of its two threads the
    // allocator sets 128 MB of addresses aside before it keeps the half.
    let threads = 2 * 128 + 4;
    let (status, stdout, stderr) = limited(name, text, 100 + threads + 16 * text.len() / 1_000_000);
    assert_eq!(status, 2, "{name}: {}", stderr.chars().take(600).collect::<String>());
    assert_eq!(stdout, "", "{name}");
    assert!(!stderr.is_empty() && stderr.len() <= LONGEST_MESSAGE, "{name}: {} bytes", stderr.len());
    assert!(stderr.contains("portfolio.yaml"), "{name}: {stderr}");
    assert!(!controls(&stderr), "{name}");
    stderr
}

#[cfg(unix)]
#[test]
fn deep_nesting() {
    for (open, close) in [("[", "]"), ("{a: ", "}"), ("[{a: ", "}]")] {
        for head in ["", "people: ", "people:\n  - id: ", "unknown: ", "policy: ", "hr_system: "] {
            for closed in [true, false] {
                let end = if closed { close.repeat(60_000) } else { String::new() };
                let text = format!("{head}{}{end}\n", open.repeat(60_000));
                refused(&format!("{head}{open} 60,000 deep"), text);
            }
        }
    }
    let mut keys = String::new();
    for depth in 0..3_000 {
        keys.push_str(&format!("{}a:\n", " ".repeat(depth)));
    }
    refused("block keys 3,000 deep", &keys);
    refused(
        "block keys 3,000 deep below a section",
        format!("people:\n{}", keys.replace('\n', "\n ").replacen('a', " a", 1)),
    );
    refused("block lists 3,000 deep", format!("people: \n{}x\n", "- ".repeat(3_000)));
    refused("explicit keys 3,000 deep", format!("{}x\n", "? ".repeat(3_000)));
}

#[cfg(unix)]
#[test]
fn long_lines() {
    const LONG: usize = 3_000_000;
    let people = |item: &str| format!("people: [{}]\n", vec![item; LONG / item.len() / 2].join(","));
    let one_line = refused("50,000 errors on one line", people("{id: ana, nmae: x}"));
    assert!(one_line.contains("did you mean `name`?") && one_line.contains("more"), "{one_line}");
    refused(
        "one error at the end of a line",
        format!(
            "people: [{{id: ana}}, {}, {{id: bo, nmae: x}}]",
            ["{id: \"\"}"; 3].join(",") + &" ".repeat(LONG)
        ),
    );
    for (name, text) in [
        ("a long scalar", "a".repeat(LONG)),
        ("a long key", format!("{}: 1\n", "a".repeat(LONG))),
        ("a long id", format!("people: [{{id: {}}}]\n", "a".repeat(LONG))),
        ("a long name", format!("people: [{{id: ana, name: \"{}\"}}]\n", "a".repeat(LONG))),
        ("a long escaped name", format!("people: [{{id: ana, nmae: \"{}\"}}]\n", "\\u202e".repeat(LONG / 6))),
        ("a long number", format!("people: [{{id: ana, level: {}}}]\n", "9".repeat(LONG))),
        ("a long date", format!("people: [{{id: ana, started: {}}}]\n", "9".repeat(LONG))),
        (
            "a long finding",
            format!(
                "people: [{{id: ana}}]\nacknowledgements: [{{factor: \"{}\", reason: x, named_on: 2026-01-01, through: 2026-01-02}}]\n",
                "D1:".repeat(20_000)
            ),
        ),
        ("a long comment", format!("#{}", "x".repeat(LONG))),
        ("a long tag", format!("people: !{} []", "x".repeat(LONG))),
        ("a long anchor", format!("people: &{} []", "x".repeat(LONG))),
        ("a long alias", format!("people: *{}", "x".repeat(LONG))),
        ("brackets", "[".repeat(LONG)),
        ("braces", "{".repeat(LONG)),
        ("dashes", "- ".repeat(LONG / 2)),
        ("questions", "? ".repeat(LONG / 2)),
        ("anchors", "&a ".repeat(LONG / 3)),
        ("bangs", "!".repeat(LONG)),
        ("quotes", "'".repeat(LONG + 1)),
        ("line ends", "\n".repeat(LONG)),
        ("carriage returns", "\r".repeat(LONG)),
        ("tabs", "\t".repeat(LONG)),
        ("documents", "---\n".repeat(LONG / 4)),
        ("colons", ": ".repeat(LONG / 2)),
        ("percents", "%".repeat(LONG)),
        ("blanks", " ".repeat(LONG)),
    ] {
        refused(name, text);
    }
}

#[cfg(unix)]
#[test]
fn aliases_without_end() {
    let mut laughs = "a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (name, before) in ('b'..='j').zip('a'..='i') {
        laughs.push_str(&format!("{name}: &{name} [{}]\n", vec![format!("*{before}"); 9].join(", ")));
    }
    refused("a thousand million laughs", &laughs);
    let below: String = laughs.lines().map(|line| format!("  {line}\n")).collect();
    refused("laughs in a policy", format!("people: [{{id: ana}}]\npolicy:\n{below}"));
    let items: String = laughs.lines().map(|line| format!("  - {{{line}}}\n")).collect();
    refused("laughs in people", format!("people:\n{items}"));
    let many = format!("people:\n  - {{id: ana, aliases: &a [{}]}}\n", vec!["x1"; 900].join(","));
    refused("many aliases of one list", many + &"  - {id: bo, aliases: *a}\n".repeat(5_000));
    refused("an alias of itself", "people: [&a {id: ana, aliases: *a}]\n");
    refused("an alias of its section", "people: &a [{id: ana, aliases: *a}]\n");
    refused("an alias of everything", "&a people: [{id: ana, exempt: *a}]\n");
}

#[cfg(unix)]
#[test]
fn many_errors() {
    let many = |item: &dyn Fn(usize) -> String, count: usize| (0..count).map(item).collect::<String>();
    let people = |item: &dyn Fn(usize) -> String, count| format!("people:\n{}", many(item, count));
    refused(
        "an unknown key for each of 40,000 people",
        people(&|index| format!("  - {{id: p{index}, x{index}: 1}}\n"), 40_000),
    );
    refused(
        "an unknown squad for each",
        people(&|index| format!("  - {{id: p{index}, squad: s{index}}}\n"), 40_000),
    );
    refused("one id for all", people(&|_| "  - {id: p}\n".to_owned(), 40_000));
    refused("one alias for all", people(&|index| format!("  - {{id: p{index}, aliases: [z]}}\n"), 40_000));
    refused(
        "the last id as everybody's alias",
        people(&|index| format!("  - {{id: p{index:06}, aliases: [p039999]}}\n"), 40_000),
    );
    refused("40,000 unknown sections", many(&|index| format!("k{index}: 1\n"), 40_000));
    refused(
        "40,000 unknown keys in one item",
        format!("people:\n  - id: ana\n{}", many(&|index| format!("    k{index}: 1\n"), 40_000)),
    );
    let late = many(&|index| format!("    k{index}: 1\n"), 40_000) + &"    z: 1\n".repeat(40_000);
    refused("40,000 times a late key", format!("people:\n  - id: ana\n{late}"));
    refused(
        "40,000 unknown rules",
        format!("people: [{{id: ana}}]\npolicy:\n  disable:\n{}", "    - D977\n".repeat(40_000)),
    );
    refused(
        "40,000 unknown codes",
        format!(
            "people: [{{id: ana}}]\npolicy:\n  principal:\n{}",
            many(&|index| format!("    X{index}: 1\n"), 40_000)
        ),
    );
    refused(
        "40,000 topics that are none",
        format!(
            "people: [{{id: a}}, {{id: b}}]\nmeetings:\n  - owner: a\n    with: b\n    agenda:\n{}",
            "      - x\n".repeat(40_000)
        ),
    );
    refused(
        "40,000 dates that do not rise",
        format!(
            "people: [{{id: a}}, {{id: b}}]\nconversations:\n  - kind: pay\n    owner: a\n    with: b\n    raised: 2026-01-01\n    deferred_to:\n{}",
            "      - 2026-01-01\n".repeat(40_000)
        ),
    );
    refused(
        "40,000 levels",
        format!(
            "people: [{{id: a}}]\nguilds:\n  - id: g\n    lanes:\n      - track: warrant\n        levels:\n{}",
            "          - {level: 4}\n".repeat(40_000)
        ),
    );
    refused(
        "40,000 leaves that overlap",
        format!(
            "people:\n  - id: a\n    away:\n{}",
            "      - {from: 2026-01-01, until: 2026-01-02}\n".repeat(40_000)
        ),
    );
}

/// Nothing is wrong with these but their size.
#[cfg(unix)]
#[test]
fn valid_and_out_to_be_slow() {
    let leave =
        |index: i64| format!("      - {{from: {}, until: {}}}\n", day(-2 * index), day(1 - 2 * index));
    let leaves: String = (0..3_000).map(leave).collect();
    let meetings: String = (0..1_000)
        .map(|index| {
            format!("  - {{id: m{index}, owner: a, with: b, every: weekly, last_held: 2010-07-01}}\n")
        })
        .collect();
    let text =
        format!("people:\n  - id: a\n    away:\n{leaves}  - id: b\n    away:\n{leaves}meetings:\n{meetings}");
    let circle: String = (0..30_000)
        .map(|index| format!("  - {{id: p{index}, delivery_owner: p{}}}\n", (index + 1) % 30_000))
        .collect();
    let pair: String = (0..30_000)
        .map(|index| format!("  - {{id: m{index}, owner: a, with: b, purpose: delivery}}\n"))
        .collect();
    for (name, text) in [
        ("many leaves and many meetings", text),
        ("a circle of 30,000", format!("people:\n{circle}")),
        ("30,000 1:1s of two people", format!("people: [{{id: a}}, {{id: b}}]\nmeetings:\n{pair}")),
    ] {
        let megabytes = 150 + 40 * text.len() / 1_000_000;
        let (status, _, stderr) = limited(name, text.as_bytes(), megabytes);
        assert_eq!(status, 0, "{name}: {}", stderr.chars().take(600).collect::<String>());
        assert!(stderr.len() <= LONGEST_MESSAGE, "{name}: {} bytes", stderr.len());
    }
}
