//! Starts a rule, or says what a started one still lacks: `cargo run --example new_rule -- D999 some-name`.
//!
//! It writes the rule's file, its two lines in `src/rules/mod.rs`, its fixtures and a line of the changelog. What is
//! written compiles, and finds nothing until it is filled in. Nothing that is there already is changed.

#![expect(clippy::print_stdout, reason = "a tool for contributors")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The text that a skeleton has where a person must write.
const FILL_IN: &str = "Fill in";

/// A rule that is being written.
struct Draft {
    root: PathBuf,
    code: String,
    name: String,
}

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let (Some(code), Some(name)) = (args.next(), args.next()) else {
        println!("usage: cargo run --example new_rule -- D999 some-name");
        return ExitCode::from(2);
    };
    let is_code = code.len() == 4 && code.starts_with('D') && code[1..].bytes().all(|c| c.is_ascii_digit());
    let is_name =
        !name.is_empty() && name.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-');
    if !is_code || !is_name {
        println!("a code is D and three digits, a name is in lower case with hyphens: D999 some-name");
        return ExitCode::from(2);
    }
    let draft = Draft { root: PathBuf::from(env!("CARGO_MANIFEST_DIR")), code, name };
    if let Some(taken) = draft.taken() {
        println!("{} is the code of src/rules/{taken}: a code is never used a second time", draft.code);
        return ExitCode::from(2);
    }
    let lacks = if draft.path().exists() { Ok(()) } else { draft.start() }.map(|()| draft.lacks());
    match lacks {
        Ok(lacks) if lacks.is_empty() => {
            println!(
                "{} is complete: run `cargo test --test it -- rules generated effects architecture`",
                draft.code
            );
            ExitCode::SUCCESS
        }
        Ok(lacks) => {
            println!("{} still lacks:", draft.code);
            for what in &lacks {
                println!("  - {what}");
            }
            ExitCode::FAILURE
        }
        Err(error) => {
            println!("{error}");
            ExitCode::from(2)
        }
    }
}

impl Draft {
    fn module(&self) -> String {
        format!("{}_{}", self.code.to_lowercase(), self.name.replace('-', "_"))
    }

    /// The file of another rule with this code.
    fn taken(&self) -> Option<String> {
        let files = fs::read_dir(self.root.join("src/rules")).into_iter().flatten().flatten();
        let mut names = files.map(|file| file.file_name().to_string_lossy().into_owned());
        let (code, own) = (format!("{}_", self.code.to_lowercase()), format!("{}.rs", self.module()));
        names.find(|name| name.starts_with(&code) && *name != own)
    }

    fn path(&self) -> PathBuf {
        self.root.join(format!("src/rules/{}.rs", self.module()))
    }

    fn fixtures(&self) -> PathBuf {
        self.root.join(format!("tests/fixtures/rules/{}-{}", self.code, self.name))
    }

    fn filled(&self, text: &str) -> String {
        text.replace("D999", &self.code).replace("some-name", &self.name)
    }

    /// Writes what there is to begin with.
    fn start(&self) -> std::io::Result<()> {
        fs::write(self.path(), self.filled(RULE))?;
        fs::create_dir_all(self.fixtures())?;
        for (name, text) in FIXTURES {
            fs::write(self.fixtures().join(name), self.filled(text))?;
        }
        self.register()?;
        let line = format!("- {} {}, 1 point: {FILL_IN} what it finds.\n", self.code, self.name);
        announce(&self.root.join("CHANGELOG.md"), &line)
    }

    /// The rule's `mod` line and its line in the registry, each after the last rule with a lower code.
    fn register(&self) -> std::io::Result<()> {
        let path = self.root.join("src/rules/mod.rs");
        let text = fs::read_to_string(&path)?;
        let module = self.module();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let is_mod = |line: &String| line.starts_with("mod d") && *line < format!("mod {module};");
        let after = lines.iter().rposition(is_mod).map_or(0, |at| at + 1);
        lines.insert(after, format!("mod {module};"));
        // In a group of its own, which comes before the first group of higher codes.
        let registry = lines.iter().position(|line| line.starts_with("registry!")).unwrap_or(lines.len());
        let code_of =
            |line: &str| line.rsplit_once("::").map(|(_, code)| code.get(..4).unwrap_or(code).to_owned());
        let last =
            lines.iter().enumerate().skip(registry).filter(|(_, line)| {
                code_of(line).is_some_and(|code| code.starts_with('D') && code < self.code)
            });
        let last = last.map(|(at, _)| at).max().unwrap_or(registry);
        let closes = |line: &String| line.trim_start().starts_with(']') || line.trim_end().ends_with("],");
        let end = lines.iter().skip(last).position(closes).map_or(last, |more| last + more);
        lines.insert(end + 1, format!("    [{module}::{}],", self.code));
        fs::write(path, lines.join("\n") + "\n")
    }

    /// What a started rule still lacks.
    fn lacks(&self) -> Vec<String> {
        let mut lacks = Vec::new();
        let read = |path: &Path| fs::read_to_string(path).unwrap_or_default();
        let rule = read(&self.path());
        for (number, line) in rule.lines().enumerate().filter(|(_, line)| line.contains(FILL_IN)) {
            lacks.push(format!("src/rules/{}.rs:{}: {}", self.module(), number + 1, line.trim()));
        }
        let registry = read(&self.root.join("src/rules/mod.rs"));
        for what in [format!("mod {};", self.module()), format!("{}::{}", self.module(), self.code)] {
            if !registry.contains(&what) {
                lacks.push(format!("src/rules/mod.rs: `{what}`"));
            }
        }
        let acts = read(&self.root.join("src/acts/mod.rs"));
        let verbs = rule.split("Act::new(\"").skip(1).filter_map(|rest| rest.split('"').next());
        for verb in verbs.filter(|verb| !acts.contains(&format!("act(\"{verb}\""))) {
            lacks.push(format!("src/acts/mod.rs: the act `{verb}`, in REGISTRY and in a file of its own"));
        }
        let fixtures = self.fixtures();
        let needed = ["found.yaml", "clear.yaml", "resolved.yaml", "expected.txt"];
        let can_be_unknown = rule.contains("Answer::Unknown") || !rule.contains("Absent::Silent,");
        for name in needed.into_iter().chain(can_be_unknown.then_some("unknown.yaml")) {
            let text = read(&fixtures.join(name));
            if text.is_empty() {
                lacks.push(format!("the fixture {name}"));
            } else if text.contains(FILL_IN) {
                lacks.push(format!("the fixture {name}: it is as it was made"));
            }
        }
        let changelog = read(&self.root.join("CHANGELOG.md"));
        if !changelog.lines().any(|line| line.contains(&self.code) && !line.contains(FILL_IN)) {
            lacks.push("CHANGELOG.md, under Scores: what it finds and costs".to_owned());
        }
        for (file, why) in [
            ("docs/rules.md", "its page (DEBT_WRITE=1 cargo test --test it generated)"),
            ("examples/policy.yaml", "its principal (the same command writes it)"),
            ("tests/oracle/catalogue.py", "its row, and its question in a file beside it: the second scorer"),
        ] {
            if !read(&self.root.join(file)).contains(&self.code) {
                lacks.push(format!("{file}: {why}"));
            }
        }
        lacks
    }
}

/// Puts a line into the changelog's first list under **Scores**.
fn announce(path: &Path, line: &str) -> std::io::Result<()> {
    let text = fs::read_to_string(path)?;
    let heading = text.find("### Scores\n").unwrap_or(0);
    let at = text[heading..].find("\n- ").map_or(text.len(), |more| heading + more + 1);
    fs::write(path, format!("{}{line}{}", &text[..at], &text[at..]))
}

const RULE: &str = r#"//! D999: Fill in the fault in a sentence.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, DebtRule, Finding, Group, How, Meta, Resolution, Told, Wording,
};
use super::subjects::People;
use crate::base::ids::{PersonIx, Subject};
use crate::base::message::message;
use crate::base::points::MilliPoints;

/// The rule.
pub struct D999;

impl DebtRule for D999 {
    type Subjects = People;
    type State = ();
    const META: Meta = Meta {
        code: "D999",
        name: "some-name",
        group: Group::Lanes,
        principal: MilliPoints::new(1_000),
        cost: Cost::Flat,
        minutes: 30,
        line: None,
        absent: Absent::Silent,
        page: page!(
            "D999-some-name",
            what: "Fill in what it finds.",
            why: "Fill in why that is debt.",
            when: "Fill in when exactly it applies, and when it is unknown.",
            formula: "{points}.",
            remedy: "Fill in what to do.",
        ),
    };

    fn find(facts: &Facts<'_>, person: PersonIx, principal: MilliPoints) -> Answer<()> {
        // Fill in the condition, and the verb of the act that resolves it: REGISTRY in src/acts/mod.rs lists them.
        Answer::factor_if(false, || {
            let act = Act::new("level-pay", Subject::Person(person));
            Finding::flat(principal, facts.lead_of(person), act, ())
        })
    }

    fn explain(_: &Facts<'_>, person: PersonIx, _: &Finding<()>) -> Wording {
        Wording {
            headline: message!("Fill in what is the case with ", person),
            details: vec![message!("Fill in the facts behind it")],
            remedy: message!("Fill in what to do."),
            task: message!("Fill in the same in a few words"),
        }
    }

    fn resolved(pair: &Pair<'_>, person: PersonIx, _: &(), _: Option<&()>) -> Resolution {
        // Fill in the act that resolves it; that the condition no longer holds is none.
        Resolution::repaired_if(pair.person(person).is_none(), How::Changed)
    }

    fn told(_: &Pair<'_>, _: PersonIx, _: &(), _: Option<&()>) -> Told {
        // Fill in what of it may have existed before, and is only told now.
        Told::Nothing
    }
}
"#;

const PORTFOLIO: &str = "\
as_of: 2026-11-20

people:
  - {id: ana, name: Ana Souza, delivery_owner: bo, craft_owner: cy}   # Fill in the line that matters
  - {id: bo, name: Bo Lind, external: true}
  - {id: cy, name: Cy Okafor, external: true}

meetings:
  - {owner: bo, with: ana, purpose: delivery}
  - {owner: cy, with: ana, purpose: craft}
";

const FIXTURES: [(&str, &str); 4] = [
    ("found.yaml", PORTFOLIO),
    ("clear.yaml", PORTFOLIO),
    ("resolved.yaml", PORTFOLIO),
    (
        "expected.txt",
        "found\nD999:person:ana 1.000\nclear\nresolved\nD999:person:ana repaired changed\nFill in\n",
    ),
];
