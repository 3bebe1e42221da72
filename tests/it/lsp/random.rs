//! Random edits: a server that saw each of them says what one says that is shown the text as it is in the end.

use serde_json::{Value, json};

use super::TEAM;
use super::client::{Client, able, folder, position, uri};

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides.max(1)).expect("it is small")).expect("it is smaller")
    }
}

/// What people and accidents type.
const TYPED: [&str; 25] = [
    "",
    "",
    "",
    "\n",
    "\r\n",
    " ",
    "  ",
    "\u{1F600}",
    "\u{674E}",
    "bo",
    "cy",
    ", purpose: craft",
    "- {id: x}\n",
    "\n    track: officer",
    ":",
    "#",
    "\"",
    "{",
    "}",
    "[",
    "]",
    "é",
    "name: a",
    "2026-11-20",
    "\u{FEFF}",
];

/// What leaves a text as it reads.
const GENTLE: [&str; 5] = [" # \u{674E}\u{96F7}", "\n# \u{1F600}", "\n", "\r\n", "  "];

const SEQUENCES: usize = 200;

fn everything(client: &mut Client, file: &str, at: (usize, usize)) -> Vec<Value> {
    let document = json!({"textDocument": {"uri": file}});
    let mut range = document.clone();
    range["range"] = json!({"start": {"line": 0, "character": 0}, "end": {"line": 999, "character": 0}});
    vec![
        json!(client.diagnostics(file)),
        client.ask("textDocument/documentSymbol", document.clone()),
        client.ask("textDocument/codeLens", document),
        client.ask("textDocument/inlayHint", range),
        client.at("textDocument/hover", file, at),
        client.at("textDocument/definition", file, at),
    ]
}

#[test]
fn incremental_and_fresh_answers_agree() {
    let (_guard, path) = folder(&[]);
    let file = uri(&path.join("portfolio.yaml"));
    let mut eager = able();
    eager["general"] = json!({"positionEncodings": ["utf-16"]});
    let mut seen = Client::start(&path, &[], eager.clone());
    let mut fresh = Client::start(&path, &[], eager);
    let mut dice = Dice(0x2026_1120);
    seen.open(&file, TEAM);
    let mut reads = 0;
    for sequence in 0..SEQUENCES {
        // One in four begins anew: most texts that were changed for long do not read.
        let mark = if sequence % 4 == 0 { "\u{FEFF}" } else { "" };
        let mut text = mark.to_owned() + TEAM;
        seen.replace(&file, &text);
        let mut batch = Vec::new();
        for _ in 0..=dice.roll(4) {
            let boundary =
                |byte: usize, text: &str| (0..=byte).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let is_gentle = dice.roll(5) > 0;
            let (from, to, new) = if is_gentle {
                // At the end of a line, something that is no part of the data.
                let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
                let at = ends.get(dice.roll(ends.len())).copied().unwrap_or(0);
                let at = if text[..at].ends_with('\r') { at - 1 } else { at };
                (at, at, GENTLE[dice.roll(GENTLE.len())])
            } else {
                let from = boundary(dice.roll(text.len() + 1), &text);
                let to = (from + dice.roll(12) * dice.roll(3)).min(text.len());
                (from, boundary(to, &text).max(from), TYPED[dice.roll(TYPED.len())])
            };
            let place = |byte: usize| {
                let (line, character) = position(&text, byte);
                json!({"line": line, "character": character})
            };
            // Half of a line end is changed by no editor.
            let is_within = |byte: usize| {
                byte > 0 && text.as_bytes().get(byte) == Some(&b'\n') && text.as_bytes()[byte - 1] == b'\r'
            };
            if is_within(from) || is_within(to) {
                continue;
            }
            let range = json!({"start": place(from), "end": place(to)});
            batch.push(json!({"range": range, "text": new}));
            text.replace_range(from..to, new);
            if dice.roll(2) > 0 {
                seen.change(&file, json!(std::mem::take(&mut batch)));
            }
        }
        seen.change(&file, json!(batch));
        let at = position(
            &text,
            (0..=dice.roll(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0),
        );
        fresh.open(&file, &text);
        let (ours, theirs) = (everything(&mut seen, &file, at), everything(&mut fresh, &file, at));
        fresh.close(&file);
        assert_eq!(ours, theirs, "sequence {sequence}:\n{text}");
        reads += usize::from(ours[0].as_array().expect("a list").iter().all(|one| one["severity"] != 1));
    }
    assert!((SEQUENCES / 10..SEQUENCES).contains(&reads), "{reads} of {SEQUENCES} read");
}
