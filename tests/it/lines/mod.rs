//! `debt lines`: what it shows of a portfolio with every kind of owner, in every format, and what it withholds.

mod drawn;
mod privacy;

use std::fs;

use debt::cli::{Document, generate};
use serde_json::Value;

use crate::needs;
use crate::run::{self, Ran};
use crate::support::{file, root};

const EXAMPLE: &str = "examples/portfolio.yaml";

/// Every state of an owner and of a 1:1: two circles, an absent owner, exemptions, a craft line that ends, one that is
/// not known, and nobody.
const EVERY_STATE: &str = "tests/fixtures/lines/every-state.yaml";

fn lines(arguments: &[&str]) -> Ran {
    run::debt().arg("lines").args(arguments).end()
}

#[test]
fn the_example_at_80_columns() {
    insta::assert_snapshot!("example-table", lines(&["--in", EXAMPLE]).ok());
    insta::assert_snapshot!("example-block", lines(&["ana", "ravi", "--in", EXAMPLE]).ok());
}

#[test]
fn every_state_at_80_columns() {
    insta::assert_snapshot!("states-table", lines(&["--in", EVERY_STATE]).ok());
    insta::assert_snapshot!("states-craft", lines(&["--in", EVERY_STATE, "--line", "craft"]).ok());
    insta::assert_snapshot!("states-delivery-tree", lines(&["--in", EVERY_STATE, "--format", "tree"]).ok());
    let craft = ["--in", EVERY_STATE, "--format", "tree", "--line", "craft"];
    insta::assert_snapshot!("states-craft-tree", lines(&craft).ok());
    insta::assert_snapshot!("states-block", lines(&["lu", "--in", EVERY_STATE]).ok());
    for format in ["csv", "markdown", "mermaid", "svg", "json"] {
        let said = lines(&["--in", EVERY_STATE, "--format", format]).ok();
        insta::assert_snapshot!(format!("states-{format}"), said.replace("\r\n", "\n"));
    }
    for ran in [lines(&["--in", EVERY_STATE]), lines(&["--in", EXAMPLE])] {
        assert!(ran.ok().lines().all(|line| line.chars().count() <= 80), "every line fits 80 columns");
    }
}

#[test]
fn the_json_is_valid_under_its_schema() {
    let schema: Value = serde_json::from_str(&generate(Document::Lines)).expect("JSON");
    let schema = jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema");
    for arguments in [
        &["--in", EXAMPLE][..],
        &["ana", "--in", EXAMPLE],
        &["--in", EVERY_STATE],
        &["--in", EXAMPLE, "--squad", "ledger"],
        &["--in", EXAMPLE, "--privacy", "aggregate", "--min-group", "2"],
    ] {
        let report = lines(&[arguments, &["--format", "json"]].concat()).json();
        let errors: Vec<String> = schema.iter_errors(&report).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{arguments:?}: {errors:#?}");
    }
}

#[test]
fn a_picture_is_xml_and_the_same_every_time() {
    let picture = || lines(&["--in", EXAMPLE, "--format", "svg"]).ok();
    let text = picture();
    let mut reader = quick_xml::Reader::from_str(&text);
    let mut texts = 0;
    loop {
        match reader.read_event().expect("well-formed XML") {
            quick_xml::events::Event::Eof => break,
            quick_xml::events::Event::Start(start) if start.name().as_ref() == "text" => texts += 1,
            _ => {}
        }
    }
    assert!(texts > 24, "{texts} texts");
    assert_eq!(text, picture());
}

fn ids(ran: Ran) -> Vec<String> {
    let report = ran.json();
    let people = report["people"].as_array().expect("a list").iter();
    people.map(|person| person["id"].as_str().expect("text").to_owned()).collect()
}

#[test]
fn people_squads_and_guilds_are_named() {
    let json = |who: &[&str]| ids(lines(&[who, &["--in", EXAMPLE, "--format", "json"]].concat()));
    assert_eq!(json(&["nhassan"]), ["noor"], "an alias");
    assert_eq!(json(&["person:noor", "ana"]), ["ana", "noor"]);
    assert_eq!(json(&["payouts"]), ["dara", "hana", "ivo", "mateo", "tess"]);
    assert_eq!(json(&["payouts"]), json(&["squad:payouts"]));
    assert_eq!(json(&["guild:data", "--squad", "payouts"]), ["mateo"]);
    // A person is meant before a squad of the same id.
    let both = "people: [{id: x, squad: x}, {id: y, squad: x}]\nsquads: [{id: x}]\nas_of: 2026-11-20\n";
    let of = |who: &str| {
        let run = run::debt().args(["lines", who, "--in", "-", "--format", "json"]).stdin(both);
        ids(run.end())
    };
    assert_eq!(of("x"), ["x"]);
    assert_eq!(of("squad:x"), ["x", "y"]);
}

#[test]
fn who_is_not_there_is_said_with_the_nearest() {
    let ran = lines(&["anna", "squad:ledgr", "guild:dat", "zzzzzzzz", "--in", EXAMPLE]).exits(2);
    insta::assert_snapshot!("who-unknown", ran.err);
    lines(&["-"]).exits(2).says("standard input is read with --in -");
    lines(&[EXAMPLE]).exits(2).says("a file is read with --in examples/portfolio.yaml");
    lines(&["--squad", "ledgr", "--in", EXAMPLE]).exits(2).says("did you mean `ledger`?");
    lines(&["ana", "--in", EXAMPLE, "--privacy", "aggregate"])
        .exits(2)
        .says("--privacy aggregate names nobody");
    let gone = "people: [{id: x, left: 2026-01-01}]\nas_of: 2026-11-20\n";
    run::debt().args(["lines", "--in", "-"]).stdin(gone).end().exits(2).says("nobody here is scored");
}

#[test]
fn what_would_not_be_drawn_is_refused() {
    let people = |count: usize| {
        let people: String =
            (0..count).map(|at| format!("  - {{id: p{at}, squad: s{}}}\n", at % 2)).collect();
        format!("as_of: 2026-11-20\nsquads: [{{id: s0, lead: p0}}, {{id: s1, lead: p0}}]\npeople:\n{people}")
    };
    let draw = |count: usize, arguments: &[&str]| {
        run::debt().args(["lines", "--in", "-"]).args(arguments).stdin(people(count)).end()
    };
    let mermaid = ["--format", "mermaid", "--line", "delivery"];
    draw(401, &mermaid).exits(0);
    draw(402, &mermaid).exits(2).says("401 lines").says("--squad ID");
    draw(402, &[&mermaid[..], &["--squad", "s1"]].concat()).exits(0);
    draw(402, &["--output", "mermaid:/dev/null"]).exits(2).says("--squad ID");
    let long = format!(
        "people:\n{}",
        (0..300).map(|at| format!("  - {{id: p{at}, name: {}}}\n", "n".repeat(150))).collect::<String>()
    );
    let run = run::debt().args(["lines", "--in", "-", "--format", "mermaid"]).stdin(long);
    run.end().exits(2).says("characters").says("45000");
    draw(400, &["--format", "svg"]).exits(0);
    draw(401, &["--format", "svg"]).exits(2).says("a picture of 401 people").says("--squad ID");
    assert!(!draw(401, &["--format", "html"]).ok().contains("<svg"), "a page goes without");
}

#[test]
fn long_chains_and_circles_are_drawn() {
    let chain = |count: usize| {
        let person = |at: usize| format!("  - {{id: p{at:05}, delivery_owner: p{:05}}}\n", (at + 1) % count);
        format!("as_of: 2026-11-20\npeople:\n{}", (0..count).map(person).collect::<String>())
    };
    let run = run::debt().args(["lines", "--in", "-", "--format", "tree"]).stdin(chain(20_000));
    let tree = run.end().ok();
    assert_eq!(tree.matches('\u{21BA}').count(), 20_000, "each once, and marked");
    assert!(tree.lines().all(|line| line.chars().count() < 120));
}

#[test]
fn files_are_written_beside_the_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let (json, svg) = (folder.path().join("l.json"), folder.path().join("l.svg"));
    let output = |format: &str, file: &std::path::Path| format!("{format}:{}", file.display());
    let table =
        lines(&["--in", EXAMPLE, "--output", &output("json", &json), "--output", &output("svg", &svg)]);
    assert_eq!(table.ok(), lines(&["--in", EXAMPLE]).ok());
    assert_eq!(
        fs::read_to_string(json).expect("written"),
        lines(&["--in", EXAMPLE, "--format", "json"]).ok()
    );
    assert_eq!(fs::read_to_string(svg).expect("written"), lines(&["--in", EXAMPLE, "--format", "svg"]).ok());
    lines(&["--in", EXAMPLE, "--output", "sarif:x"])
        .exits(2)
        .says("unknown format `sarif`, expected one of: table, tree");
}

/// `tests/oracle/lines.py` reads who owns which line by itself; `DEBT_LINES` is how many portfolios.
#[test]
fn a_second_reading_agrees_on_random_portfolios() {
    let Some(python) = needs::PYTHON.there() else { return };
    let count = std::env::var("DEBT_LINES").unwrap_or_else(|_| "40".to_owned());
    let run = run::tool(python).arg(root().join("tests/oracle/lines.py")).arg(run::program());
    let said = run.args([count.as_str(), "2000"]).end().ok();
    assert!(said.contains(&format!("{count} portfolios")) && said.contains(" 0 differences"), "{said}");
}

/// What docs/lines.md shows is what is printed.
#[test]
fn the_page_shows_what_is_printed() {
    let page = file("docs/lines.md");
    let mut wanted = String::new();
    let mut blocks = page.split("```console\n");
    wanted.push_str(blocks.next().unwrap_or_default());
    for block in blocks {
        let (block, rest) = block.split_once("```").expect("a block ends");
        let first = block.lines().next().unwrap_or_default();
        let typed = first.strip_prefix("$ debt ").expect("a block begins with its command");
        let output = run::debt().args(typed.split_whitespace()).end().ok();
        wanted.push_str(&format!("```console\n{first}\n{output}```{rest}"));
    }
    if std::env::var_os("DEBT_WRITE").is_some() {
        fs::write(root().join("docs/lines.md"), &wanted).expect("written");
    }
    assert!(
        page == wanted || std::env::var_os("DEBT_WRITE").is_some(),
        "docs/lines.md is not current: DEBT_WRITE=1"
    );
}
