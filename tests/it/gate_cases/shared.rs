//! The one-step cases of others, where the folder with them is there: every mismatch in one message.

use super::{commit_on, judge_on};
use crate::gate_kit::Place;
use crate::needs;

#[test]
fn the_one_step_cases_are_judged_as_they_want() {
    let Some(folder) = needs::SHARED_DATA.there() else { return };
    let folder = folder.join("gate");
    let table = std::fs::read_to_string(folder.join("cases.tsv")).expect("readable");
    let Some(place) = Place::repository() else { return };
    let (mut cases, mut wrong) = (0, Vec::new());
    for line in table.lines().skip(1) {
        let row: Vec<&str> = line.splitn(5, '\t').collect();
        let [id, want, committed, as_of, what] = row[..] else { panic!("five columns: {line}") };
        let text =
            |side: &str| std::fs::read_to_string(folder.join(format!("{id}.{side}.yaml"))).expect("readable");
        place.write("portfolio.yaml", &text("base"));
        commit_on(&place, committed);
        place.write("portfolio.yaml", &text("head"));
        let verdict = judge_on(&place, as_of, &["--against", "HEAD"]);
        if verdict.status.to_string() != want {
            wrong.push(format!(
                "{id}: {}, wanted {want}, rise {}: {what}",
                verdict.status, verdict.change["rise_mp"]
            ));
        }
        cases += 1;
    }
    println!("{cases} one-step cases of others");
    assert!(wrong.is_empty(), "{} of {cases}\n{}", wrong.len(), wrong.join("\n"));
}
