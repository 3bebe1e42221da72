//! The lines as others draw them: the picture and the page in Chromium, the diagram by Mermaid itself, all with names that
//! try to be something else.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::{EVERY_STATE, EXAMPLE};
use crate::formats::hostile::{seen, texts};
use crate::support::file;
use crate::{needs, run};

/// People with hostile names, some of them read from right to left, in squads with such names, who own each other's lines.
fn hostile() -> String {
    let mut names: Vec<String> = texts().into_iter().map(|text| text.chars().take(70).collect()).collect();
    names.extend(
        [
            "end",
            "end\nsubgraph x",
            "\"] --> p1[\"",
            "a[b](c){d}<e>((f))",
            "%%{init: {'theme': 'dark'}}%%",
            "%% comment",
            "#quot; #35; #amp; &amp; &quot;",
            "`**bold**` _x_ **y**",
            "1. list",
            "- item",
            "$$x^2$$",
            "fa:fa-user x",
            "click p1 call alert()",
            "style p1 fill:#f00;",
            "\u{5E9}\u{5DC}\u{5D5}\u{5DD} \u{5DB}\u{5D4}\u{5DF}",
            "\u{645}\u{62D}\u{645}\u{62F} \u{628}\u{646} \u{639}\u{628}\u{62F} \u{627}\u{644}\u{631}\u{62D}\u{645}\u{646} \u{627}\u{644}\u{639}\u{631}\u{628}\u{64A}",
            "\u{674E}\u{5C0F}\u{9F99} \u{738B}\u{5927}\u{660E} \u{5F20}\u{4E09}\u{4E30} \u{674E}\u{56DB}",
            "\u{92A}\u{94D}\u{930}\u{93F}\u{92F}\u{93E} \u{936}\u{930}\u{94D}\u{92E}\u{93E}",
            "\u{FDFD}\u{FDFD}",
            "WWWWWWWWWWWWWWWWWWWWWWWW MMMM",
            "\u{1F469}\u{200D}\u{1F469}\u{200D}\u{1F467} \u{1F3F3}\u{FE0F}\u{200D}\u{1F308}",
            "Z\u{351}\u{36B}\u{343}a\u{334}\u{315}l\u{321}g\u{322}o",
        ]
        .map(str::to_owned),
    );
    let squads: Vec<Value> = (0..4)
        .map(|at| json!({"id": format!("s{at}"), "name": names[at * 7 + 3], "lead": format!("p{at}")}))
        .collect();
    let guilds: Vec<Value> =
        (0..3).map(|at| json!({"id": format!("g{at}"), "lead": format!("p{}", at + 9)})).collect();
    let person = |(at, name): (usize, &String)| json!({"id": format!("p{at}"), "name": name, "squad": format!("s{}", at % 4), "guild": format!("g{}", at % 3)});
    let people: Vec<Value> = names.iter().enumerate().map(person).collect();
    json!({"as_of": "2026-11-20", "name": names[7], "people": people, "squads": squads, "guilds": guilds})
        .to_string()
        .chars()
        .map(seen)
        .collect()
}

/// A folder that is kept, so that a person can look at what is in it.
fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lines");
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// The example, every state and the hostile one, in a format.
fn drawn(format: &str) -> Vec<PathBuf> {
    let inputs = [("example", file(EXAMPLE)), ("states", file(EVERY_STATE)), ("hostile", hostile())];
    let draw = |(name, text): (&str, String)| {
        let run = run::debt().args(["lines", "--in", "-", "--format", format]).stdin(text);
        let path = folder().join(format!("{name}.{format}"));
        fs::write(&path, run.end().ok()).expect("written");
        path
    };
    inputs.into_iter().map(draw).collect()
}

fn browser(kind: &str) -> Option<run::Run> {
    let (chromium, python) = (needs::CHROMIUM.there()?, needs::BROWSER.there()?);
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/lines/browser.py");
    let pictures = folder().join("pictures");
    Some(run::tool(python).arg(script).arg(chromium).arg(pictures).arg(kind))
}

#[test]
fn chromium_draws_the_picture() {
    let Some(run) = browser("svg") else { return };
    assert_eq!(run.args(drawn("svg")).end().ok(), "3 svg, nothing to say\n");
}

#[test]
fn chromium_opens_the_page() {
    let Some(run) = browser("html") else { return };
    let mut pages = drawn("html");
    let block = folder().join("block.html");
    let ran = run::debt().args(["lines", "ana", "cy", "--in", EXAMPLE, "--format", "html"]).end();
    fs::write(&block, ran.ok()).expect("written");
    pages.push(block);
    assert_eq!(run.args(pages).end().ok(), "4 html, nothing to say\n");
}

/// Mermaid parses each diagram, and draws every label as the names read.
#[test]
fn mermaid_draws_the_diagram() {
    let (Some(mermaid), Some(run)) = (needs::MERMAID.there(), browser("mermaid")) else { return };
    let mut run = run.arg(mermaid);
    for path in drawn("mermaid") {
        let text = fs::read_to_string(&path).expect("written");
        let labels: Vec<String> = text.lines().filter_map(label).collect();
        let arrows = text.lines().filter(|line| line.contains(" --> p") || line.contains(" -.-> p")).count();
        let wanted = path.with_extension("json");
        fs::write(&wanted, json!({"labels": labels, "arrows": arrows}).to_string()).expect("written");
        run = run.arg(path).arg(wanted);
    }
    assert_eq!(run.end().ok(), "3 mermaid, nothing to say\n");
}

/// The label of a line of a diagram, as it is to be read: our entities turned back, independently of what wrote them.
fn label(line: &str) -> Option<String> {
    let inner = line.split_once("[\"")?.1.strip_suffix("\"]")?;
    let mut out = String::new();
    let mut rest = inner;
    while let Some((before, after)) = rest.split_once('#') {
        let (entity, after) = after.split_once(';').expect("an entity ends");
        out.push_str(before);
        out.push(match entity {
            "quot" => '"',
            number => char::from_u32(number.parse().expect("a number")).expect("a character"),
        });
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}
