//! Random edits in five kinds: nothing changed, something happened in a life, something old is told, advice was
//! followed, new debt was made. The first four never fail the gate, the last one always does, whatever honest change
//! goes with it. `tests/oracle/edits.py` makes them and knows nothing of how two portfolios are compared.
//!
//! `DEBT_EDITS=5000` runs that many; `DEBT_EDITS_SEED` begins elsewhere; `DEBT_EDITS_KEEP` names a folder to keep them in.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::gate_kit::Place;
use crate::support::root;
use crate::{needs, run};

/// How many run where nothing is said.
const COUNT: usize = 300;

/// One in so many is also judged by `check` in a repository, which must come to the same.
const BY_CHECK: usize = 10;

/// One edit, as the generator describes it.
struct Edit {
    id: String,
    kind: String,
    name: String,
    together: String,
    words: String,
}

fn number(variable: &str, otherwise: usize) -> usize {
    std::env::var(variable)
        .map_or(otherwise, |text| text.parse().unwrap_or_else(|_| panic!("{variable} is a number")))
}

/// So many edits in this folder.
fn generate(folder: &Path, count: usize) -> Option<Vec<Edit>> {
    run::tool(needs::PYTHON.there()?)
        .arg(root().join("tests/oracle/edits.py"))
        .args(["--count", &count.to_string()])
        .args(["--seed", &number("DEBT_EDITS_SEED", 0).to_string(), "--out"])
        .arg(folder)
        .end()
        .exits(0);
    let table = std::fs::read_to_string(folder.join("cases.tsv")).expect("written");
    let edits = table.lines().map(|line| {
        let [id, kind, name, together, _, _, words] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("seven columns: {line}")
        };
        let own = str::to_owned;
        Edit { id: own(id), kind: own(kind), name: own(name), together: own(together), words: own(words) }
    });
    Some(edits.collect())
}

/// The head of an edit: a file, or a folder.
fn head_of(folder: &Path, edit: &Edit) -> PathBuf {
    let file = folder.join(format!("{}.head.yaml", edit.id));
    if file.is_file() { file } else { folder.join(format!("{}.head", edit.id)) }
}

/// The rise that `debt diff` reports, or what went wrong: also where staffing is not told by name, all of it.
fn rise(folder: &Path, edit: &Edit) -> Result<i64, String> {
    let base = folder.join(format!("{}.base.yaml", edit.id));
    let diff = run::debt().env("DEBT_TODAY", "2029-01-01").args(["diff", "--format", "json"]);
    let ran = diff.args([base, head_of(folder, edit)]).end();
    let report: Value =
        serde_json::from_str(&ran.out).map_err(|_| ran.err.chars().take(400).collect::<String>())?;
    let change = &report["change"];
    let rows = change["factors"].as_array().ok_or_else(|| "no `factors`".to_owned())?;
    let amount = |row: &Value, key: &str| row[key].as_i64().unwrap_or_default();
    let staffing = rows.iter().filter(|row| row["kind"] == "staffing");
    let sum: i64 = staffing.map(|row| amount(row, "to_mp") - amount(row, "from_mp")).sum();
    if sum != amount(change, "staffing_mp") {
        return Err(format!("the rows of staffing sum to {sum}, and it is {}", change["staffing_mp"]));
    }
    change["rise_mp"].as_i64().ok_or_else(|| "no `rise_mp`".to_owned())
}

/// All edits, on all processors.
fn rises(folder: &Path, edits: &[Edit]) -> Vec<Result<i64, String>> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let size = edits.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let parts: Vec<_> = edits
            .chunks(size)
            .map(|part| scope.spawn(move || part.iter().map(|edit| rise(folder, edit)).collect::<Vec<_>>()))
            .collect();
        parts.into_iter().flat_map(|part| part.join().expect("no panic")).collect()
    })
}

#[test]
fn honest_edits_hold_and_harmful_ones_fail() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let folder = std::env::var_os("DEBT_EDITS_KEEP").map_or_else(|| folder.path().to_owned(), PathBuf::from);
    let Some(edits) = generate(&folder, number("DEBT_EDITS", COUNT)) else { return };
    let (mut counts, mut wrong) = (BTreeMap::<(&str, &str), (usize, usize)>::new(), Vec::new());
    for (edit, rise) in edits.iter().zip(rises(&folder, &edits)) {
        let harmful = edit.kind == "harmful";
        let right = rise.as_ref().is_ok_and(|rise| (*rise > 0) == harmful);
        let count = counts.entry((&edit.kind, &edit.name)).or_default();
        count.0 += 1;
        if !right {
            count.1 += 1;
            let Edit { id, kind, name, together, words } = edit;
            wrong.push(format!("{id} {kind} {name} {together}: {rise:?}: {words}"));
        }
    }
    let table: String = counts
        .iter()
        .map(|((kind, name), (all, wrong))| format!("{kind:8} {name:28}{all:6} edits{wrong:6} wrong\n"))
        .collect();
    println!("{table}");
    assert!(!edits.is_empty(), "no edits were made");
    assert!(wrong.is_empty(), "{} of {}\n{table}\n{}", wrong.len(), edits.len(), wrong.join("\n"));
}

#[test]
fn check_in_a_repository_comes_to_the_same_as_diff() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let Some(edits) = generate(folder.path(), COUNT / BY_CHECK) else { return };
    let Some(place) = Place::repository() else { return };
    // Every day is in the files, so that one commit serves all of them.
    let some: Vec<&Edit> = edits.iter().filter(|edit| head_of(folder.path(), edit).is_file()).collect();
    let text = |path: PathBuf| std::fs::read_to_string(path).expect("readable");
    for edit in &some {
        place
            .write(&format!("{}.yaml", edit.id), &text(folder.path().join(format!("{}.base.yaml", edit.id))));
    }
    place.commit("the bases");
    let mut wrong = Vec::new();
    for edit in &some {
        let name = format!("{}.yaml", edit.id);
        place.write(&name, &text(head_of(folder.path(), edit)));
        let ran = place.debt_in(
            ".",
            &["check", "--against", "HEAD", "--format", "json", &name],
            &[("DEBT_TODAY", "2029-01-01")],
        );
        let rise = rise(folder.path(), edit);
        let expected = rise.as_ref().map_or(2, |rise| i32::from(*rise > 0));
        if ran.status != expected {
            wrong.push(format!("{}: exit {}, diff says {rise:?}: {}", edit.id, ran.status, ran.err));
        }
    }
    assert!(!some.is_empty(), "every edit is a folder");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
