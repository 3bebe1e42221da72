//! What the fast reader accepts is what the YAML library says: the same calls with the same places. It says nothing of
//! its own, so all there is to test is that; over what people write, and over 20,000 mutations of it.

use std::cell::Cell;

use debt::records::parallel::How;
use debt::records::sections::Item;
use debt::yaml::node::Node;

use crate::chunks::{LINES, in_pieces, whole};
use crate::corpus::targets::HOW;
use crate::needs;
use crate::support::files_below;

thread_local! {
    /// How many items the library has read on this thread.
    static LEFT: Cell<usize> = const { Cell::new(0) };
}

/// Counts what is left to the library.
const COUNTING: How = How { read: counted, ..HOW };

fn counted<'t>(section: &str, node: &Node<'t>) -> Option<Item<'t>> {
    LEFT.set(LEFT.get() + 1);
    (HOW.read)(section, node)
}

/// How many items of a text are left to the library. Read in one piece, on this thread.
fn left(text: &str) -> usize {
    LEFT.set(0);
    let texts = [text.to_owned()];
    assert!(in_pieces(&texts, text.len() + 1, COUNTING) == whole(&texts), "{text}");
    LEFT.get()
}

/// Whether the library has nothing but an error for a text.
fn is_refused(text: &str) -> bool {
    whole(&[text.to_owned()]).last().is_some_and(|outcome| outcome.starts_with("Err"))
}

#[test]
fn what_it_reads() {
    for item in [
        "- id: x",
        "-   id: x   # c",
        "- id: x\r\n    name: y\r",
        "- id: x\n\n    # c\n# c\n    name: y",
        "- {id: x, name: y}",
        "- { id: x , name: 'y' } # c",
        "- {\"id\":\"x\",\"level\":4}",
        "- id: x\n    name: it's:x",
        "- id: x\n    name: a#b, [c] {d} & e",
        "- id: x\n    name: \"a: b # c\"",
        "- id: x\n    name: 'a \" b'",
        "- id: x\n    name: \u{e9}\u{a0}\u{1f600}",
        "- id: x\n    name:",
        "- id: x\n    name: ~",
        "- id: x\n    level: 4\n    external: true\n    started: 2024-02-01",
        "- id: x\n    aliases:\n    - a\n    - 'b'\n    name: y",
        "- id: x\n    aliases: # c\n      - a\n      - b",
        "- id: x\n    aliases: []",
        "- id: x\n    away:\n      - from: 2026-03-01\n        until: 2026-09-01\n      - {from: 2026-10-01}",
        "- id: x\n    away: [{from: 2026-03-01, until: 2026-09-01}]",
        "- id: x\n    exempt:\n      craft: none here",
    ] {
        let text = format!("name: X\npeople:\n  {item}\n  - id: z\nsquads: []\n");
        assert_eq!(left(&text), 0, "{text}");
        assert_eq!(left(&text.replace('\n', "\r\n").replace("\r\r", "\r")), 0, "{text}");
    }
    for json in [
        "{\"people\": [{\"id\": \"x\", \"name\": \"a\\u00e9\\n\"},\n\n{\"id\":\"y\"}], \"name\": \"X\"}",
        "{\n  \"people\": [\n    {\n      \"id\": \"x\",\n      \"aliases\": [\n        \"a\"\n      ]\n    }\n  ]\n}\n",
        "{\"policy\": {\"a\": [1, -2.5e3, null, {\"b\": true}]}, \"people\": [{\"id\": \"x\"}]}",
    ] {
        assert_eq!(left(json), 0, "{json}");
    }
}

#[test]
fn what_it_leaves_to_the_library() {
    for item in [
        "- # c\n    id: x",
        "-\n    id: x",
        "- id: x\n    id: y",
        "- id: x\n    nmae: y",
        "- name: y",
        "- id: x\n    name: y: z",
        "- id: x\n    name: y:",
        "- id: x\n    name: 12",
        "- id: x\n    name: y\n      z",
        "- id: x\n    name:\n      y",
        "- id: x\n    name: |\n      y",
        "- id: x\n    name: >-\n\n",
        "- id: x\n    name: \"a\\tb\"",
        "- id: x\n    name: 'it''s'",
        "- id: x\n    name: \"a\n      b\"",
        "- id: x\n    \"name\": y",
        "- id: x\n    aliases: [a,\n      b]",
        "- id: x\n    aliases: [a,]",
        "- id: x\n    aliases: [a: b]",
        "- id: x\n    aliases:\n      - - a",
        "- {id: x, name}",
        "- {id: x, name: y}z",
        "- !t {id: x}",
        "- &a {id: x}",
        "- words",
    ] {
        let text = format!("people:\n  {item}\n  - id: z\n");
        assert!(left(&text) > 0 || is_refused(&text), "{text}");
    }
    // A character that is read in its own way leaves the whole piece to the library.
    for odd in ["\t", "\u{feff}", "\u{85}", "\u{2028}", "\u{7f}", "\u{1}"] {
        let text = format!("people:\n  - id: x # {odd}\n");
        assert!(left(&text) > 0 || is_refused(&text), "{odd:?}");
    }
}

#[test]
fn examples_are_read_by_it() {
    for example in files_below("examples", &["yaml"]) {
        let text = std::fs::read_to_string(&example).expect("readable");
        if text.contains("people:") {
            // Flow lists of sections, which are the library's.
            assert!(left(&text) <= 2, "{}", example.display());
        }
    }
}

/// Pseudo-random numbers: splitmix64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let end = u64::try_from(end.max(1)).expect("it fits");
        usize::try_from((mixed ^ (mixed >> 31)) % end).expect("it is less than a usize")
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// The kept corpus, a few items of a section at a time; and the same as JSON.
fn bases() -> Vec<String> {
    let folders = ["examples", "fuzz/corpus", "tests/fixtures", "tests/cases"];
    let files = folders.iter().flat_map(|folder| files_below(folder, &["yaml", "yml", "json"]));
    let mut bases = Vec::new();
    for text in files.filter_map(|file| std::fs::read_to_string(file).ok()) {
        let lines: Vec<&str> = text.lines().take(400).collect();
        let mut key = "";
        for (at, line) in lines.iter().enumerate() {
            if line.ends_with(':') && !line.starts_with([' ', '#', '-']) {
                key = line;
            }
            let begins = line.trim_start().starts_with("- ") && line.len() - line.trim_start().len() <= 4;
            if begins && !key.is_empty() {
                let window = lines[at..].iter().take(9).map(|line| format!("{line}\n")).collect::<String>();
                bases.push(format!("{key}\n{window}"));
            }
        }
    }
    bases.sort_unstable();
    bases.dedup();
    let as_json = |base: &String| {
        let value: serde_json::Value = serde_yaml::from_str(base).ok()?;
        Some([serde_json::to_string(&value).ok()?, serde_json::to_string_pretty(&value).ok()?])
    };
    let json: Vec<String> = bases.iter().step_by(7).filter_map(as_json).flatten().collect();
    bases.extend(json);
    assert!(bases.len() > 500, "{} are too few", bases.len());
    bases
}

const SNIPPETS: &[&str] = &[
    "\"", "'", "#", " #", ":", ": ", "- ", "[", "]", "{", "}", ",", "|", ">", "&a ", "*a", "!t ", "\\",
    "\\n", "\\u00e9", "\t", " ", "  ", "\u{a0}", "\u{feff}", "\u{85}", "\u{2028}", "\u{7}", "\u{e9}", "%",
    "@", "`", "? ", "~", "null", "0x1F", "1e3", "---", "...", "\r", "<<: ", "true", "x: y", "-", "\n",
];

fn mutate(base: &str, dice: &mut Dice) -> String {
    let mut lines: Vec<String> = base.lines().map(str::to_owned).collect();
    for _ in 0..=dice.below(3) {
        let at = dice.below(lines.len());
        let Some(line) = lines.get_mut(at) else { break };
        let inside: Vec<usize> = line.char_indices().map(|(at, _)| at).chain([line.len()]).collect();
        let place = *dice.pick(&inside);
        match dice.below(9) {
            0 => lines.insert(at, (*dice.pick(LINES)).to_owned()),
            1 => drop(lines.remove(at)),
            2 => {
                let other = dice.below(lines.len());
                lines.swap(at, other);
            }
            3 => line.insert_str(0, dice.pick::<&str>(&[" ", "  ", "    "])),
            4 => *line = line.strip_prefix(*dice.pick(&[" ", "  "])).unwrap_or(line).to_owned(),
            5 => drop((place < line.len()).then(|| line.remove(place))),
            6 => {
                let rest = line.split_off(place);
                lines.insert(at + 1, format!("{}{rest}", " ".repeat(dice.below(8))));
            }
            _ => line.insert_str(place, dice.pick::<&str>(SNIPPETS)),
        }
    }
    let end = dice.pick(&["\n", "\n", "\n", "\r\n"]);
    let text = lines.iter().map(|line| format!("{line}{end}")).collect::<String>();
    // The last line may have no end.
    if dice.below(8) == 0 { text.trim_end().to_owned() } else { text }
}

/// `DEBT_MUTATIONS` tries more of them, `DEBT_MUTATIONS_SEED` others.
#[test]
fn mutations_are_what_the_library_says() {
    let asked = |name: &str| std::env::var(name).ok().and_then(|number| number.parse().ok());
    let bases = bases();
    let mut dice = Dice(asked("DEBT_MUTATIONS_SEED").unwrap_or(2026));
    let count = asked("DEBT_MUTATIONS").unwrap_or(20_000);
    let mut read_alone = 0;
    for at in 0..count {
        let base = dice.pick(&bases).clone();
        let texts = [mutate(&base, &mut dice)];
        LEFT.set(0);
        let one = in_pieces(&texts, texts[0].len() + 1, COUNTING);
        let by_the_library = whole(&texts);
        assert!(one == by_the_library, "in one piece:\n{}", texts[0]);
        read_alone += usize::from(LEFT.get() == 0 && one.iter().any(|line| line.starts_with("record")));
        if at % 16 == 0 {
            assert!(in_pieces(&texts, 20, HOW) == by_the_library, "in pieces:\n{}", texts[0]);
        }
    }
    // Else this would test nothing.
    assert!(read_alone > usize::try_from(count).unwrap_or(0) / 10, "only {read_alone} of {count}");
}

/// Each case of the suite as a whole file, as the value of a key of an item, and as an item.
#[test]
fn the_yaml_test_suite() {
    let Some(folder) = needs::YAML_SUITE.there() else { return };
    let mut cases = 0;
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let path = entry.expect("readable").into_path();
        if path.file_name().is_none_or(|name| name != "in.yaml") {
            continue;
        }
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        cases += 1;
        let indented = |by: usize| {
            let line = |line: &str| if line.is_empty() { "\n".into() } else { format!("{:by$}{line}\n", "") };
            text.lines().map(line).collect::<String>()
        };
        let first = text.trim_end();
        for text in [
            text.clone(),
            format!("people:\n  - id: x\n    name:\n{}  - id: z\nsquads:\n  - id: s\n", indented(6)),
            format!("people:\n  - id: x\n    name: {first}\n  - id: z\n"),
            format!("people:\n  - id: x\n    aliases:\n{}    level: 4\n  - id: z\n", indented(4)),
            format!("people:\n  -\n{}  - id: z\nname: X\n", indented(4)),
            format!("people:\n  - {}  - id: z\nname: X\n", indented(4).trim_start()),
            format!("people:\n{}name: X\n", indented(2)),
            format!("people:\n{}name: X\n", indented(0)),
            format!("people:\n  - id: x\n    {}\n    name: y\n", indented(4).trim()),
            format!("name:\n{}people:\n- id: z\n", indented(2)),
            format!("people:\n  - {{id: x, name: {first}}}\n  - id: z\n"),
            format!("people:\n  - id: x\n    aliases: [{first}, b]\n  - id: z\n"),
            format!("{{\"people\": [{{\"id\": \"x\", \"name\": {first}}},\n{{\"id\": \"z\"}}]}}"),
        ] {
            let texts = [text];
            let by_the_library = whole(&texts);
            for size in [texts[0].len() + 1, 1] {
                assert!(in_pieces(&texts, size, HOW) == by_the_library, "{}:\n{}", path.display(), texts[0]);
            }
        }
    }
    assert!(cases > 350, "{} has {cases} cases", folder.display());
}
