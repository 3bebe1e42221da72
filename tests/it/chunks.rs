//! What is read in pieces on all processors is what is read in one go: the same calls in the same order, with the
//! same places, and the same verdict; whatever the file looks like.

use proptest::prelude::*;

use debt::records::parallel::{self, How};
use debt::yaml::document;

use crate::corpus::targets::{HOW, Protocol};
use crate::support::cases;

pub(crate) fn whole(texts: &[String]) -> Vec<String> {
    let mut protocol = Protocol::default();
    for text in texts {
        let outcome = document::read(text, &mut protocol);
        protocol.lines.push(format!("{outcome:?}"));
    }
    protocol.lines
}

pub(crate) fn in_pieces(texts: &[String], chunk: usize, how: How) -> Vec<String> {
    let mut protocol = Protocol::default();
    parallel::ahead(texts.iter().map(String::as_str), chunk, how, |ahead| {
        for _ in texts {
            let outcome = ahead.read_next(&mut protocol);
            protocol.lines.push(format!("{outcome:?}"));
        }
    });
    protocol.lines
}

fn assert_same(texts: &[String]) {
    let whole = whole(texts);
    for chunk in [1, 20, 60, 4_000] {
        let pieces = in_pieces(texts, chunk, HOW);
        let differ = pieces.iter().zip(&whole).find(|(one, other)| one != other);
        assert!(
            pieces == whole,
            "in pieces of {chunk} differs {differ:#?}:\n{}",
            texts.join("\n<next file>\n")
        );
    }
}

/// Lines that look like what they are not, by what stands before them.
pub(crate) const LINES: &[&str] = &[
    "people:",
    " people:",
    " - id: a",
    "  - id: x # c",
    "  - id: 'x'",
    "  - id: 12",
    "  - # c",
    "  - {id: x, name: \"y\"} # c",
    "  - {id: x, aliases: [a, 'b'], external: true}",
    "  - {\"id\":\"x\",\"level\":4}",
    "    aliases:",
    "    aliases: # c",
    "    aliases: [a, b,]",
    "    - a",
    "      - b",
    "    level: 4",
    "    level: ",
    "    external: true",
    "    started: 2024-02-01",
    "    name: it's: x",
    "    name: a #b",
    "    name: a#b # c",
    "    name: \u{e9}\u{2028}x",
    "    name: \u{feff}x",
    "    name: caf\u{e9} \u{1f600}",
    "    away:",
    "      - from: 2026-03-01",
    "        until: 2026-09-01",
    "    exempt:",
    "      craft: none here",
    "    context: {success: x, closed: [\"y\", {decision: z}]}",
    "{",
    "\"people\": [",
    "{\"id\": \"x\", \"name\": \"a\\u00e9\\n\"},",
    "{\"id\": \"x\"}",
    "], \"name\": \"X\",",
    "\"policy\": {\"a\": [1, {\"b\": null}]}",
    "{\"people\": [{\"id\": \"a\"}], \"name\": \"X\"}",
    "squads:",
    "a:",
    "name: X",
    "policy:",
    "people: # all of them",
    "people: some words",
    "name: \"open",
    "unknown: 1",
    "people: [x, {y: z}]",
    "people: [",
    "squads: &all",
    "people: *all",
    "policy: {a: 1}",
    "people: |",
    "policy: >-",
    "a: \"",
    "name: '",
    "  - id: x",
    "  - id: y",
    "  - words",
    "  -",
    "  - - nested",
    "  - |",
    "  - >",
    "  - \"open",
    "  - 'open",
    "  - closed\"",
    "  - closed'",
    "  - \"",
    "  - [",
    "  - ]",
    "  - {a: b,",
    "  - }",
    "  - &one x",
    "  - *one",
    "  - !t x",
    "  - ? x",
    "  - : y",
    "- id: z",
    "- words",
    "-",
    "- \"",
    "- |",
    "-words",
    "    id: v",
    "    name: |",
    "    more: >",
    "    more: \"open",
    "    - deep",
    "      - deeper",
    "     text",
    "    ]",
    "    }",
    "    \"",
    "    '",
    "    name: x",
    "    <<: *one",
    "    - ]",
    " - one",
    "   - three",
    " text",
    "\ttab",
    "\t",
    "  \t",
    "    name: x\t# c",
    "    \tname: x",
    "  -\tid: x",
    "  \ttab",
    "  # comment",
    "# comment",
    "",
    "   ",
    "---",
    "--- x",
    "...",
    "%YAML 1.2",
    "? x",
    ": y",
    "\"people\": x",
    "key with blanks: x",
    "people:x",
    "x",
    "]",
    "}",
    "\"",
    "'",
    "#",
    "  text: - x",
    "  policy:",
    "    a: b: c",
    "a: b: c",
];

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn pieces_are_the_whole(files in prop::collection::vec(
        (prop::collection::vec(prop::sample::select(LINES), 1..14), prop::sample::select(&["\n", "\r\n", "\n", "\r"][..])),
        1..3,
    )) {
        let text = |(lines, end): (Vec<&str>, &str)| lines.iter().map(|line| format!("{line}{end}")).collect::<String>();
        assert_same(&files.into_iter().map(text).collect::<Vec<_>>());
    }

    /// Mostly right, so that much is handed over in pieces before something odd comes.
    #[test]
    fn pieces_are_the_whole_where_one_line_is_odd(
        items in prop::collection::vec(0_usize..4, 4..24), odd in prop::sample::select(LINES), at in 0_usize..40,
    ) {
        let mut lines = vec!["name: X", "people:"];
        for item in items {
            lines.extend([["  - id: x", "    name: y"], ["  - {id: x}", "  # c"], ["  - words", ""], ["  - |", "     - text"]][item]);
        }
        lines.extend(["squads:", "- id: x", "- id: y", "policy: {a: 1}"]);
        lines.insert(at.min(lines.len()), odd);
        assert_same(&[lines.iter().map(|line| format!("{line}\n")).collect::<String>()]);
    }
}

#[test]
fn lines_that_deceive() {
    let files = [
        // A key within quotes, and then an item that belongs to the list before.
        "squads:\n    - id: x\n      name: \"foo\npeople:\n  - \"\n  - id: z\n",
        "squads:\n- id: x\n  name: \"foo\npeople:\n  - \"\n  - id: z\n",
        "people:\n  - id: x\n    name: \"foo\nsquads:\n  - \"\n    more: y\n  - id: z\n",
        "people: [\"\nsquads:\n        - \"]\n        - id: z\n",
        // Items that are text.
        "people:\n  - |\n   - one\n   - two\n  - id: a\n",
        "people: words\n  - more words\n  - and more\n",
        "people:\n  words\n  - more\n  - and more\n",
        // An anchor in one piece, its alias in another.
        "people:\n  - &a {id: x}\n  - *a\n  - *a\n",
        "people:\n  - id: x\n  - *a\n",
        // The same section twice, far apart.
        "people:\n  - id: x\n  - id: y\nsquads:\n  - id: s\n  - id: t\npeople:\n  - id: z\n",
        // A list that ends and goes on less deep.
        "people:\n    - id: x\n    - id: y\n  - id: z\n",
        "people:\n  - id: x\n  - id: y\n - id: z\n",
        // Documents, directives, marks.
        "---\npeople:\n  - id: x\n  - id: y\n...\n",
        "%YAML 1.2\n---\npeople:\n  - id: x\n  - id: y\n",
        "people:\n  - id: x\n  - id: y\n---\npeople:\n  - id: z\n",
        "people:\r\n  - id: x\r\n  - id: y\r\nsquads:\r\n- id: s\r\n- id: t\r\n",
        "people:\r  - id: x\n  - id: y\n  - id: z\n",
        // Two different lists of one file: read in pieces to the end.
        "# c\nname: X\npeople: # c\n\n  # c\n  - id: x\n    name: >-\n      a\n\n      b\n  # c\n  - {id: y}\n\nsquads:\n- a\n-\n- c",
        // A text of nothing but line ends, which is placed by what follows it.
        "people:\n  - |+\n\n  - id: x\n  - >-\n\n\n  - id: y\n",
        "people:\n- id: x\n  name:\n  - |+\n\n\n- id: y\nname: |+\n\n\nsquads:\n- id: s\n",
        // The mapping at the top begins further right than a key behind it.
        " people:\n  - id: x\n  - id: y\nsquads:\n  - id: s\n",
        "",
        "people:",
        "people:\n  -",
    ];
    for file in files {
        assert_same(&[file.to_owned()]);
    }
    assert_same(&files.map(str::to_owned));
}
