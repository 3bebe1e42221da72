//! `csv` and `jsonl`: the contract of the columns, read by the `csv` crate, `DuckDB` and `jq`.

use serde_json::Value;

use super::hostile::{portfolio, privacies, texts};
use super::{CLEAN, EXAMPLE, rendered, with_private_report, with_report, written};
use crate::{needs, run};

const COLUMNS: &str = "portfolio,portfolio_id,as_of,grade,people,id,code,name,group,subject_type,subject_id,subject_label,sentence,remedy,\
                       owner,owner_label,squad,guild,mp,points,principal_mp,fees_mp,interest_mp,onset,minutes,\
                       acknowledged_through,file,line";
const NUMBERS: [&str; 8] =
    ["people", "mp", "points", "principal_mp", "fees_mp", "interest_mp", "minutes", "line"];

fn records(text: &str) -> (Vec<String>, Vec<csv::StringRecord>) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    (header, reader.records().collect::<Result<_, _>>().expect("every row has every column"))
}

#[test]
fn the_columns_of_csv() {
    let text = rendered("csv", EXAMPLE);
    assert_eq!(text.lines().next(), Some(COLUMNS));
    assert_eq!(rendered("csv", CLEAN), format!("{COLUMNS}\r\n"));
    let (header, rows) = records(&text);
    let at = header.iter().position(|name| name == "mp").expect("mp");
    let sum: i64 = rows.iter().map(|row| row[at].parse::<i64>().expect("a number")).sum();
    assert_eq!(sum, with_report(EXAMPLE, |report, _| report.score.mp.mp()));
    insta::assert_snapshot!(text.lines().take(5).collect::<Vec<_>>().join("\n"));
}

#[test]
fn jsonl_has_the_same_columns_in_the_same_order() {
    let text = rendered("jsonl", EXAMPLE);
    let first = text.lines().next().expect("a line");
    let expected =
        COLUMNS.split(',').map(|name| first.find(&format!("\"{name}\":")).expect(name)).collect::<Vec<_>>();
    assert!(expected.is_sorted(), "{first}");
    let rows: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let sum: i64 = rows.iter().map(|row| row["mp"].as_i64().expect("a number")).sum();
    assert_eq!(sum, with_report(EXAMPLE, |report, _| report.score.mp.mp()));
    assert_eq!(rendered("jsonl", CLEAN), "");
}

/// Rows in which no cell is a formula and no number is text.
pub(super) fn is_table(text: &str) -> usize {
    let (header, rows) = records(text);
    for row in &rows {
        for (name, cell) in header.iter().zip(row) {
            if NUMBERS.contains(&name.as_str()) {
                assert!(cell.parse::<f64>().is_ok() || (name == "line" && cell.is_empty()), "{name}: {cell}");
            } else {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{name}: {cell}");
            }
        }
    }
    rows.len()
}

#[test]
fn no_cell_is_a_formula_and_no_number_is_text() {
    assert!(is_table(&rendered("csv", &portfolio())) > texts().len() * 5);
}

#[test]
fn duckdb_reads_both() {
    let Some(python) = needs::DUCKDB.there() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let portfolio = portfolio();
    let script = "import duckdb, sys\n\
                  for source in [\"read_csv('r.csv')\", \"read_json('r.jsonl', format='newline_delimited')\"]:\n\
                  \x20   row = duckdb.sql(f\"select sum(mp)::bigint, count(*), count(distinct id), typeof(any_value(as_of)), \
                  typeof(any_value(mp)), sum(mp = principal_mp + fees_mp + interest_mp)::bigint from {source}\").fetchall()[0]\n\
                  \x20   print(*row)\n";
    for privacy in privacies() {
        let (score, count) = with_private_report(&portfolio, &privacy, |report, tasks| {
            for name in ["csv", "jsonl"] {
                let file = folder.path().join(format!("r.{name}"));
                std::fs::write(file, written(name, report, tasks)).expect("written");
            }
            (report.score.mp.mp(), report.factors.len())
        });
        let said = run::tool(python).within(&folder).args(["-c", script]).end().ok();
        let expected = format!("{score} {count} {count} DATE BIGINT {count}\n");
        assert_eq!(said, expected.repeat(2), "{}", privacy.word());
    }
}

#[test]
fn jq_reads_jsonl() {
    let Some(jq) = needs::JQ.there() else { return };
    let text = rendered("jsonl", &portfolio());
    let sum = run::tool(jq).args(["-s", "map(.mp) | add"]).stdin(text).end().ok();
    assert_eq!(sum.trim(), with_report(&portfolio(), |report, _| report.score.mp.mp()).to_string());
}
