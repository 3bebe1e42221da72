//! Runs the YAML test suite against the two parsers: `cargo run --release -p debt-benches --example conformance -- FOLDER`, where FOLDER
//! is a checkout of the `data` branch of github.com/yaml/yaml-test-suite. Events are compared without their styles.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A parser: the events of a text as the suite writes them, or an error.
type Parser = fn(&str) -> Result<Vec<String>, String>;

const PARSERS: [(&str, Parser); 3] = [
    ("granit-parser", |text| granit(text, false)),
    ("granit-parser, strict", |text| granit(text, true)),
    ("saphyr-parser", saphyr),
];

fn main() -> io::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    let mut cases = Vec::new();
    collect(Path::new(&folder), &mut cases)?;
    cases.sort();
    let mut out = io::stdout().lock();
    for (name, parser) in PARSERS {
        let mut counts = [[0_usize; 2]; 2];
        let mut wrong = Vec::new();
        for case in &cases {
            let text = fs::read_to_string(case.join("in.yaml"))?;
            let valid = !case.join("error").exists();
            let events = parser(&text);
            let right = match (&events, valid) {
                (Ok(events), true) => *events == expected(&fs::read_to_string(case.join("test.event"))?),
                (Ok(_), false) | (Err(_), true) => false,
                (Err(_), false) => true,
            };
            counts[usize::from(valid)][usize::from(right)] += 1;
            if !right {
                wrong.push(case.strip_prefix(&folder).unwrap_or(case).display().to_string());
            }
        }
        let [invalid, valid] = counts;
        writeln!(
            out,
            "{name}: {} of {} valid, {} of {} invalid",
            valid[1],
            valid[0] + valid[1],
            invalid[1],
            invalid[0] + invalid[1]
        )?;
        writeln!(out, "  wrong: {}", wrong.join(" "))?;
    }
    Ok(())
}

fn collect(folder: &Path, cases: &mut Vec<PathBuf>) -> io::Result<()> {
    if folder.join("in.yaml").exists() {
        cases.push(folder.to_owned());
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        // `name` and `tags` list the same cases again.
        if entry.file_type()?.is_dir() && name != "name" && name != "tags" && name != ".git" {
            collect(&entry.path(), cases)?;
        }
    }
    Ok(())
}

/// The suite's events without anchors, tags and styles of collections and documents; a scalar keeps its text.
fn expected(text: &str) -> Vec<String> {
    text.lines().map(simplified).collect()
}

fn simplified(line: &str) -> String {
    let mut words = line.split(' ');
    let kind = words.next().unwrap_or_default();
    if kind != "=VAL" {
        return kind.to_owned();
    }
    let value = line.match_indices([' ']).map(|(at, _)| &line[at + 1..]);
    let value = value.into_iter().find(|rest| rest.starts_with([':', '\'', '"', '|', '>']));
    format!("=VAL {}", value.unwrap_or_default().get(1..).unwrap_or_default())
}

fn escaped(text: &str) -> String {
    let one = |character: char| match character {
        '\\' => "\\\\".to_owned(),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        '\u{8}' => "\\b".to_owned(),
        other => other.to_string(),
    };
    format!("=VAL {}", text.chars().map(one).collect::<String>())
}

macro_rules! events {
    ($events:expr, $module:ident) => {{
        let mut written = Vec::new();
        for event in $events {
            use $module::Event;
            let (event, span) = event.map_err(|error| error.to_string())?;
            written.push(match event {
                Event::StreamStart => "+STR".to_owned(),
                Event::StreamEnd => "-STR".to_owned(),
                Event::DocumentStart(..) => "+DOC".to_owned(),
                Event::DocumentEnd => "-DOC".to_owned(),
                Event::MappingStart(..) => "+MAP".to_owned(),
                Event::MappingEnd => "-MAP".to_owned(),
                Event::SequenceStart(..) => "+SEQ".to_owned(),
                Event::SequenceEnd => "-SEQ".to_owned(),
                Event::Alias(..) => "=ALI".to_owned(),
                // One of the two parsers reports a missing value as `~`.
                Event::Scalar(..) if span.start.index() == span.end.index() => escaped(""),
                Event::Scalar(text, ..) => escaped(&text),
                _ => continue,
            });
        }
        Ok(written)
    }};
}

fn granit(text: &str, strict: bool) -> Result<Vec<String>, String> {
    let options = granit_parser::options! { strict_indentation: strict };
    events!(granit_parser::Parser::new_from_str_with_options(text, options), granit_parser)
}

fn saphyr(text: &str) -> Result<Vec<String>, String> {
    events!(saphyr_parser::Parser::new_from_str(text), saphyr_parser)
}
