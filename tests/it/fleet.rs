//! `examples/fleet/`: many portfolios, each of its own, by GNU parallel and by `DuckDB`: the bytes of single runs, and what
//! cannot be scored is a row. Spark is tried by `tests/clients/fleet.py`.
#![cfg(unix)]

use std::collections::BTreeMap;

use serde_json::Value;

use crate::gate_kit::Place;
use crate::needs;
use crate::run::{self, debt, program, tool};
use crate::support::{file, root};

/// A portfolio more than the machine has cores, one in a folder, and three that cannot be scored.
fn fleet() -> Place {
    let place = Place::plain();
    let example = file("examples/portfolio.yaml");
    for number in 1..=4 {
        let text = example.replace("id: northquay ", &format!("id: team-{number} "));
        place.write(&format!("all/team-{number}.yaml"), &text);
    }
    place.write("all/it's a folder/part.yaml", &file("examples/minimal.yaml"));
    place.write("all/broken.yaml", "people: [{id: ana, squad: nope}]\n");
    place.write("all/empty.yaml", "");
    place.write("all/not utf-8.yaml", "people: [\n");
    // A configuration of one portfolio is not that of the fleet.
    place.write("debt.yaml", "policy: one-line\n");
    place
}

/// What a single run prints for each, or nothing where it fails.
fn single(place: &Place) -> BTreeMap<String, Option<String>> {
    let entries = std::fs::read_dir(place.path().join("all")).expect("a folder");
    let paths = entries.map(|entry| format!("all/{}", entry.expect("readable").file_name().display()));
    let report = |path: &String| {
        let ran = debt().within(place.path()).args(["score", "--no-config", "--format", "json", path]).end();
        (ran.status == 0).then_some(ran.out)
    };
    paths.map(|path| (path.clone(), report(&path))).collect()
}

#[test]
fn by_parallel() {
    if needs::PARALLEL.there().is_none() || needs::JQ.there().is_none() {
        return;
    }
    let place = fleet();
    let script = root().join("examples/fleet/parallel.sh");
    let run = tool("sh")
        .arg(script)
        .arg("all")
        .within(place.path())
        .env("DEBT", program())
        .env("DEBT_TODAY", run::TODAY);
    let lines = run.env("HOME", place.path()).end().ok();
    let rows: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let found: BTreeMap<String, Option<String>> = rows
        .iter()
        .map(|row| {
            (row["path"].as_str().expect("a path").to_owned(), row["report"].as_str().map(str::to_owned))
        })
        .collect();
    let single = single(&place);
    assert_eq!(found, single);
    assert_eq!(rows.len(), 8, "each has a row");
    for row in rows.iter().filter(|row| row["status"] != 0) {
        let errors: Value = serde_json::from_str(row["errors"].as_str().expect("errors")).expect("JSON");
        assert!(row["status"] == 2 && errors["errors"][0]["message"].is_string(), "{row}");
    }
    // The tables of what it wrote.
    let Some(python) = needs::DUCKDB.there() else { return };
    place.write("reports.jsonl", &lines);
    let tables = root().join("examples/fleet/tables.sql");
    let ask = "import duckdb, sys\nduckdb.sql(open(sys.argv[1]).read())\n\
        print(*duckdb.sql(\"select count(*), count(mp), sum(mp)::bigint from 'scores/**/*.parquet'\").fetchall()[0])\n\
        print(*duckdb.sql(\"select count(distinct path), sum(mp)::bigint from 'factors/**/*.parquet'\").fetchall()[0])";
    let said = tool(python).args(["-c", ask]).arg(tables).within(place.path()).end().ok();
    let said: Vec<&str> = said.lines().rev().take(2).collect();
    let sum = sum_of(&single);
    assert_eq!(said, [format!("5 {sum}"), format!("8 5 {sum}")], "factors add up to scores");
}

#[test]
fn by_duckdb() {
    let Some(python) = needs::DUCKDB.there() else { return };
    let place = fleet();
    let run = tool(python).arg(root().join("examples/fleet/duck.py")).args(["all", "out", "--top", "3"]);
    let run = run.within(place.path()).env("DEBT", program()).env("DEBT_TODAY", run::TODAY);
    assert_eq!(
        run.env("HOME", place.path()).end().exits(0).err,
        "8 portfolios, 3 of them could not be scored\n"
    );
    let ask = "import duckdb, json\n\
        print(json.dumps(dict(duckdb.sql(\"select path, report from 'out/reports/*.parquet'\").fetchall())))\n\
        print(*duckdb.sql(\"select sum(mp)::bigint from 'out/scores/**/*.parquet'\").fetchall()[0])\n\
        print(*duckdb.sql(\"select sum(mp)::bigint from 'out/factors/**/*.parquet'\").fetchall()[0])\n\
        print(*duckdb.sql(\"select first_error from 'out/scores/**/*.parquet' where path = 'all/broken.yaml'\").fetchall()[0])";
    let said = tool(python).args(["-c", ask]).within(place.path()).end().ok();
    let said: Vec<&str> = said.lines().collect();
    let found: BTreeMap<String, Option<String>> = serde_json::from_str(said[0]).expect("JSON");
    let single = single(&place);
    assert_eq!(found, single);
    let sum = sum_of(&single).to_string();
    assert_eq!(said[1..], [sum.as_str(), &sum, "unknown-id: unknown squad `nope`"]);
}

fn sum_of(reports: &BTreeMap<String, Option<String>>) -> i64 {
    let reports = reports.values().flatten();
    let score = |text: &String| serde_json::from_str::<Value>(text).expect("JSON")["score"]["mp"].as_i64();
    reports.filter_map(score).sum()
}
