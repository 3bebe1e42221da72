//! The house keeps its floors: a file uses only floors below its own, and what belongs in one place stays there.

use std::path::Path;

use debt::source::Code;

use crate::support::{files_below, root};

/// The floors, bottom up. Those in one row do not know each other.
const FLOORS: &[&[&str]] = &[
    &["base"],
    &["source"],
    &["yaml"],
    &["records"],
    &["policy"],
    &["model"],
    &["rules"],
    &["score"],
    &["compare"],
    &["acts"],
    &["edit"],
    &["analysis", "import"],
    &["report"],
    &["render"],
    &["lsp"],
    &["cli"],
];

/// The longest file that a person reads in one sitting, in lines.
const LONGEST: usize = 400;

fn floor_of(name: &str) -> Option<usize> {
    FLOORS.iter().position(|row| row.contains(&name))
}

/// Every source file with its floor's name, its path in the checkout and its text.
fn sources() -> Vec<(String, String, String)> {
    let read = |path: std::path::PathBuf| {
        let short = path.strip_prefix(root()).expect("below").to_string_lossy().replace('\\', "/");
        let floor = short.trim_start_matches("src/").split('/').next().unwrap_or_default().to_owned();
        (floor, short, std::fs::read_to_string(&path).expect("readable"))
    };
    files_below("src", &["rs"]).into_iter().map(read).collect()
}

#[test]
fn a_floor_knows_only_those_below() {
    let mut wrong = Vec::new();
    for (floor, path, text) in sources() {
        let Some(own) = floor_of(&floor) else { continue };
        for (number, line) in text.lines().enumerate() {
            for used in line.split("crate::").skip(1) {
                let name: String =
                    used.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                let allowed = floor_of(&name).is_none_or(|other| other < own || name == floor);
                if !allowed {
                    wrong.push(format!("{path}:{}: {floor} uses {name}", number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_folder_of_the_source_is_a_floor() {
    for entry in std::fs::read_dir(root().join("src")).expect("a folder") {
        let entry = entry.expect("readable");
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            assert!(floor_of(&name).is_some(), "src/{name} is no floor");
        }
    }
}

/// Where alone something may stand: what to look for, and the paths that may have it.
const PLACES: &[(&str, &[&str])] = &[
    ("clap", &["src/cli/"]),
    ("comfy_table", &["src/render/table"]),
    ("anyhow", &["src/cli/", "src/main.rs"]),
    ("std::process::Command", &["src/source/git.rs", "src/cli/pager.rs"]),
    ("std::process::exit", &[]),
    ("SystemTime", &["src/cli/env.rs", "src/cli/watch.rs"]),
    ("std::env", &["src/cli/env.rs", "src/main.rs"]),
    (
        "f64",
        &[
            "src/score/headline.rs",
            "src/base/points.rs",
            "src/yaml/de.rs",
            "src/render/",
            "src/records/fast/value.rs",
            "src/records/fields.rs",
        ],
    ),
    ("f32", &["src/yaml/de.rs", "src/records/fast/value.rs", "src/records/fields.rs"]),
    ("unsafe", &[]),
];

#[test]
fn what_belongs_in_one_place_stays_there() {
    let mut wrong = Vec::new();
    for (_, path, text) in sources() {
        for (what, allowed) in PLACES {
            let used = |line: &str| {
                let code = line.split("//").next().unwrap_or_default();
                let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
                code.match_indices(what)
                    .any(|(at, _)| !code[..at].ends_with(word) && !code[at + what.len()..].starts_with(word))
            };
            if text.lines().any(used) && !allowed.iter().any(|start| path.starts_with(start)) {
                wrong.push(format!("{path} has {what}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether a text has a rule's code at a place: `D` and three digits.
fn is_code(text: &str, at: usize) -> bool {
    let code = text.as_bytes().get(at..at + 4);
    code.is_some_and(|code| code[0] == b'D' && code[1..].iter().all(u8::is_ascii_digit))
}

#[test]
fn no_module_but_rules_names_a_rule() {
    let mut wrong = Vec::new();
    for (_, path, text) in sources().into_iter().filter(|(floor, _, _)| floor != "rules") {
        // Tests name the rules they try, and the schema shows some as examples.
        let shipped = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        for (number, line) in shipped.lines().enumerate() {
            if line.trim_start().starts_with("#[schemars(extend(") && line.contains("\"examples\" = ") {
                continue;
            }
            let code = line.split("//").next().unwrap_or_default();
            // In strings an example may name one, as help and messages do; one that begins with a code compares it.
            let mut in_string = false;
            let mut named = false;
            for (at, c) in code.char_indices() {
                if c == '"' {
                    in_string = !in_string;
                    named |= in_string && is_code(code, at + 1);
                } else if !in_string && is_code(code, at) {
                    named = true;
                }
            }
            if named {
                wrong.push(format!("{path}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "a rule is named outside rules/:\n{}", wrong.join("\n"));
}

/// Where a diagnostic or warning is made, its code is a `Code` and never its word: then the list in the docs is whole.
#[test]
fn codes_of_diagnostics_are_no_strings() {
    let quoted: Vec<String> = Code::all()
        .map(Code::word)
        .filter(|word| word.contains('-'))
        .map(|word| format!("\"{word}\""))
        .collect();
    // The placeholder of a text that is too long, and arguments of git.
    let other_use = |path: &str, word: &str| {
        path == "src/yaml/document.rs" && word == "\"too-long\""
            || path == "src/source/git.rs" && word == "\"partial-clone\""
    };
    let mut wrong = Vec::new();
    for (_, path, text) in sources().into_iter().filter(|(_, path, _)| !path.starts_with("src/source/code/"))
    {
        for word in quoted.iter().filter(|word| text.contains(*word) && !other_use(&path, word)) {
            wrong.push(format!("{path} has {word}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Codes are words in kebab case, each given once, each made somewhere, and each with texts that are sentences.
#[test]
fn codes_of_diagnostics_are_whole() {
    let mut seen = std::collections::HashSet::new();
    let all: String = sources().into_iter().map(|(_, _, text)| text).collect();
    for code in Code::all() {
        let (word, page) = (code.word(), code.page());
        assert!(word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{word}");
        assert!(seen.insert(word), "{word} is given twice");
        assert!(
            page.meaning.ends_with('.') && page.fix.ends_with('.') && !page.example.ends_with('.'),
            "{word}"
        );
        assert!(matches!(page.severity, "error" | "warning"), "{word}");
        assert!(all.contains(&format!("Code::{code:?}")), "nothing is reported as {word}");
    }
}

/// The example of a code has the words of a message: some piece of text in the source that is no name and no number.
#[test]
fn examples_of_codes_are_messages() {
    let others = sources().into_iter().filter(|(_, path, _)| !path.starts_with("src/source/code/"));
    let words: std::collections::HashSet<String> = others
        .flat_map(|(_, _, text)| {
            let pieces = text.split(['"', '{', '}', '\\']).map(str::to_owned);
            pieces.filter(|piece: &String| piece.len() >= 8 && piece.contains(' ')).collect::<Vec<_>>()
        })
        .collect();
    let said = |example: &str| words.iter().any(|words| example.contains(words.as_str()));
    let without: Vec<Code> = Code::all().filter(|code| !said(code.page().example)).collect();
    assert_eq!(without, [], "these examples are no messages of the program");
}

#[test]
fn tests_start_processes_in_one_way() {
    let may = ["tests/it/run.rs", "tests/it/architecture.rs"];
    for path in
        files_below("tests", &["rs"]).into_iter().filter(|path| !may.iter().any(|may| path.ends_with(may)))
    {
        let text = std::fs::read_to_string(&path).expect("readable");
        for other in ["process::Command", "process::{", "assert_cmd"] {
            assert!(
                !text.contains(other),
                "{} has {other}: tests/it/run.rs starts processes",
                path.display()
            );
        }
    }
}

/// `.ci/tools` installs everything that a test needs, but for what every Debian has.
#[test]
fn what_tests_need_is_installed() {
    let tools = std::fs::read_to_string(root().join(".ci/tools")).expect("readable");
    for need in crate::needs::ALL.into_iter().filter(|need| need.is_tool()) {
        let is_everywhere = ["bash", "mkfifo", "script"].contains(&need.name);
        let words = need.name.split(' ').filter(|word| !["with", "and"].contains(word));
        let lacks: Vec<&str> = words.filter(|word| !tools.contains(word)).collect();
        assert!(is_everywhere || lacks.is_empty(), ".ci/tools does not install {lacks:?}");
    }
}

#[test]
fn renderers_never_see_the_portfolio() {
    for (_, path, text) in sources().into_iter().filter(|(floor, _, _)| floor == "render") {
        for floor in ["crate::model", "crate::score"] {
            assert!(!text.contains(floor), "{path} uses {floor}");
        }
    }
}

/// Positions follow the ids as they are written, so a verb that walks items could print pseudonyms in the order of the
/// ids behind them. It gets rows from `report::Ordered` alone, which only `report/order.rs` makes.
#[test]
fn verbs_walk_no_items() {
    let mut wrong = Vec::new();
    for (_, path, text) in sources().into_iter().filter(|(floor, _, _)| floor == "cli") {
        for items in [
            "card.factors",
            "card.warnings",
            "card.written_off",
            "_positions()",
            "portfolio.people",
            "portfolio.squads",
            "portfolio.guilds",
            "portfolio.meetings",
            "portfolio.conversations",
            "portfolio.decisions",
            "portfolio.promotions",
            "portfolio.mentorships",
            "portfolio.acknowledgements",
            "Speaker",
        ] {
            if text.contains(items) {
                wrong.push(format!("{path} has {items}"));
            }
        }
    }
    for (_, path, text) in sources().into_iter().filter(|(floor, _, _)| floor == "report") {
        if path != "src/report/order.rs" && text.contains("Ordered(Vec") {
            wrong.push(format!("{path} makes an order"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Files of one folder form no circle either: `cli/args.rs` knows no verb, and a verb only what it needs.
#[test]
fn verbs_import_in_no_circle() {
    let files: Vec<_> = sources().into_iter().filter(|(floor, _, _)| floor == "cli").collect();
    let name = |path: &str| {
        let stem = Path::new(path).file_stem().and_then(|stem| stem.to_str());
        stem.filter(|stem| *stem != "mod").unwrap_or_default().to_owned()
    };
    let names: Vec<String> = files.iter().map(|(_, path, _)| name(path)).collect();
    let imports = |at: usize| {
        let used = |name: &String| !name.is_empty() && files[at].2.contains(&format!("super::{name}::"));
        names.iter().enumerate().filter(move |(_, name)| used(name)).map(|(at, _)| at).collect::<Vec<_>>()
    };
    let circles = debt::base::cycles::cycles(files.len(), imports);
    let circles: Vec<Vec<&String>> =
        circles.into_iter().map(|circle| circle.into_iter().map(|at| &names[at]).collect()).collect();
    assert!(circles.is_empty(), "{circles:?}");
}

#[test]
fn files_are_short_and_say_what_lives_in_them() {
    for (_, path, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= LONGEST, "{path} has {lines} lines");
        assert!(text.starts_with("//! "), "{path} does not say what lives in it");
        for drawer in ["utils", "util", "helpers", "common", "misc"] {
            assert_ne!(Path::new(&path).file_stem().and_then(|stem| stem.to_str()), Some(drawer));
        }
    }
}

#[test]
fn nothing_is_left_for_later() {
    for (_, path, text) in sources() {
        for word in ["TODO", "FIXME", "XXX", "unimplemented!", "todo!", ".unwrap()"] {
            assert!(!text.contains(word), "{path} has {word}");
        }
    }
}

#[test]
fn what_starts_a_rule_uses_what_rules_use() {
    let template = include_str!("../../benches/new_rule.rs").split("const RULE").nth(1).expect("it has one");
    let rules: String = sources()
        .into_iter()
        .filter(|(_, path, _)| path.starts_with("src/rules/d"))
        .map(|(_, _, text)| text)
        .collect();
    let uses = template.lines().filter(|line| line.starts_with("use "));
    let unknown: Vec<&str> = uses.filter(|line| !rules.lines().any(|known| known == *line)).collect();
    assert!(unknown.is_empty(), "benches/new_rule.rs starts a rule that does not compile: {unknown:?}");
}
