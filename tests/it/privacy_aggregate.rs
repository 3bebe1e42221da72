//! An aggregate tells of no group under the smallest one, not by subtraction either, and would read the same if those
//! who stand together in it changed places.

use std::collections::BTreeMap;
use std::fmt::Write;

use proptest::prelude::*;
use serde_json::Value;

use crate::privacy_portfolio::{Shape, id, portfolio};
use crate::privacy_run::{debt, debt_with, folder};
use crate::support::cases;

fn rows<'r>(report: &'r Value, list: &str) -> &'r Vec<Value> {
    report[list].as_array().expect(list)
}

fn number(value: &Value) -> u64 {
    value.as_u64().expect("a whole number")
}

fn sum(report: &Value, list: &str, key: &str) -> u64 {
    rows(report, list).iter().map(|row| number(&row[key])).sum()
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn no_group_under_the_smallest(
        seed in any::<u64>(), people in 12_u64..60, squads in 1_u64..8, guilds in 1_u64..8, least in 2_u64..8,
        guilds_first in any::<bool>(),
    ) {
        let folder = folder(&portfolio(Shape { seed, people, squads, guilds }));
        let smallest = least.to_string();
        let by = if guilds_first { "guild" } else { "squad" };
        let arguments = ["score", "--format", "json", "--privacy", "aggregate", "--min-group", &smallest, "--by", by];
        let said = debt(folder.path(), &arguments);
        if said.status == 2 {
            prop_assert!(said.err.contains("fewer than") && said.out.is_empty(), "{}", said.err);
            return Ok(());
        }
        let report = said.json();
        let named = debt(folder.path(), &["score", "--format", "json"]).json();
        let (all, mp, count) = (number(&report["score"]["people"]), number(&report["score"]["mp"]), rows(&named, "factors").len() as u64);
        for list in ["by_squad", "by_guild"] {
            for row in rows(&report, list) {
                let people = number(&row["people"]);
                prop_assert!(people >= least || (row["key"] == "others" && people == 0), "{list}: {row}");
            }
            // Nobody is outside of the rows, so that nobody can be told by taking the rows from the total.
            prop_assert_eq!((sum(&report, list, "people"), sum(&report, list, "mp"), sum(&report, list, "count")), (all, mp, count));
        }
        for list in ["by_rule", "by_group", "factors"] {
            prop_assert_eq!((sum(&report, list, "mp"), sum(&report, list, "count")), (mp, count));
        }
        one_row_a_rule(&report, &named)?;
        let aside = &report["coverage"]["set_aside"];
        for key in ["exempt", "external", "away"] {
            prop_assert!(aside[key].is_null() || number(&aside[key]) >= least, "{aside}");
        }
        let unknown = report["coverage"]["unknown_by_rule"].as_object().expect("an object");
        prop_assert!(unknown.iter().all(|(key, count)| key == "others" || number(count) >= least));
    }
}

fn one_row_a_rule(report: &Value, named: &Value) -> Result<(), TestCaseError> {
    let mut codes: BTreeMap<&str, u64> = BTreeMap::new();
    for factor in rows(named, "factors") {
        *codes.entry(factor["code"].as_str().expect("text")).or_default() += 1;
    }
    let shown: BTreeMap<&str, u64> = rows(report, "factors")
        .iter()
        .map(|row| (row["code"].as_str().expect("text"), number(&row["count"])))
        .collect();
    prop_assert_eq!(rows(report, "factors").len(), codes.len());
    prop_assert_eq!(shown, codes);
    for row in rows(report, "factors") {
        for key in ["onset", "owner", "squad", "guild", "acknowledged", "location"] {
            prop_assert!(row[key].is_null(), "{key} in {row}");
        }
        prop_assert_eq!(&row["subject"]["type"], "portfolio");
    }
    prop_assert!(rows(report, "by_owner").is_empty());
    prop_assert!(rows(report, "warnings").iter().all(|row| row["location"].is_null()));
    Ok(())
}

/// Squads of these sizes, each over all of so many guilds, and one overdue talk with one of them.
fn with_a_talk(sizes: &[usize], guilds: usize, with: (usize, usize)) -> String {
    let mut out = "people:\n  - {id: boss, external: true}\n".to_owned();
    for (squad, size) in sizes.iter().enumerate() {
        for one in 0..*size {
            writeln!(out, "  - {{id: p{squad}-{one}, squad: s{squad}, guild: g{}}}", one % guilds)
                .expect("a string takes it");
        }
    }
    out.push_str("squads:\n");
    (0..sizes.len())
        .for_each(|squad| writeln!(out, "  - {{id: s{squad}, lead: boss}}").expect("a string takes it"));
    out.push_str("guilds:\n");
    (0..guilds)
        .for_each(|guild| writeln!(out, "  - {{id: g{guild}, lead: boss}}").expect("a string takes it"));
    write!(
        out,
        "conversations:\n  - {{kind: pay, owner: boss, with: p{}-{}, raised: 2026-05-01}}\n",
        with.0, with.1
    )
    .expect("a string takes it");
    out
}

fn bytes(text: &str, more: &[&str]) -> String {
    let folder = folder(text);
    // With a key, squads and guilds keep their keys whatever their order: numbers would hide a difference.
    let said =
        debt(folder.path(), &[&["score", "--format", "json", "--privacy", "aggregate"], more].concat());
    assert_eq!(said.status, 0, "{}", said.err);
    said.out
}

#[test]
fn who_stands_together_can_change_places() {
    // 8 people, and two squads of 3 that are pooled.
    let talk = |with| bytes(&with_a_talk(&[8, 3, 3], 1, with), &[]);
    assert_eq!(talk((1, 0)), talk((1, 2)));
    assert_eq!(talk((1, 0)), talk((2, 1)));
    assert_eq!(talk((0, 0)), talk((0, 7)));
    assert_ne!(talk((0, 0)), talk((1, 0)), "squads of enough people are told apart");
    // Squads over two guilds, four people in each mix: the guilds are pooled, so the mix cannot be told.
    let talk = |with, more: &[&str]| bytes(&with_a_talk(&[8, 8], 2, with), more);
    assert_eq!(talk((0, 0), &[]), talk((0, 1), &[]));
    assert_eq!(talk((0, 0), &["--by", "guild"]), talk((1, 0), &["--by", "guild"]));
    assert_ne!(talk((0, 0), &["--by", "guild"]), talk((0, 1), &["--by", "guild"]));
    // Ten in each squad, five in each mix: enough, and both are shown.
    let talk = |with| bytes(&with_a_talk(&[10, 10], 2, with), &[]);
    assert_ne!(talk((0, 0)), talk((0, 1)));
    assert_eq!(talk((0, 0)), talk((0, 2)));
}

#[test]
fn too_few_people_are_no_aggregate() {
    let refused = |text: &str, more: &[&str], says: &str| {
        let folder = folder(text);
        let said = debt(folder.path(), &[&["score", "--privacy", "aggregate"], more].concat());
        assert_eq!((said.status, said.out.as_str()), (2, ""), "{more:?}");
        assert!(said.err.contains(says), "{}", said.err);
    };
    refused(&with_a_talk(&[4], 1, (0, 0)), &[], "fewer than 5 people are scored");
    let text = with_a_talk(&[12, 4], 1, (0, 0));
    refused(&text, &["--squad", "s1"], "fewer than 5 people are scored");
    refused(&text, &["--squad", "s0"], "fewer than 5 people are outside");
    refused(&text, &["--min-group", "17"], "fewer than 17 people are scored");
    assert!(!bytes(&text, &["--squad", "s0", "--min-group", "4"]).is_empty());
}

#[test]
fn who_has_left_is_known() {
    let written_off = |left: usize| {
        let mut text = "people:\n  - {id: boss, external: true}\n".to_owned();
        for one in 0..20 {
            let gone = if one < left { ", left: 2026-10-09" } else { "" };
            writeln!(text, "  - {{id: p{one}, delivery_owner: boss{gone}}}").expect("a string takes it");
        }
        text.push_str("conversations:\n");
        (0..left).for_each(|one| {
            writeln!(text, "  - {{kind: pay, owner: boss, with: p{one}, raised: 2026-05-01}}")
                .expect("a string takes it");
        });
        let report: Value = serde_json::from_str(&bytes(&text, &[])).expect("it is JSON");
        report["written_off"].as_array().expect("a list").clone()
    };
    assert!(written_off(4).is_empty(), "one row of few would say that those who left had been owed a talk");
    let rows = written_off(5);
    assert_eq!((rows.len(), &rows[0]["on"], &rows[0]["how"]), (1, &Value::Null, &Value::Null));
}

#[test]
fn numbered_without_a_key_and_joined_with_one() {
    let folder = folder(&portfolio(Shape { seed: 5, people: 60, squads: 3, guilds: 1 }));
    let arguments = ["score", "--format", "json", "--privacy", "aggregate"];
    let keys = |report: &Value| -> Vec<String> {
        rows(report, "by_squad").iter().filter_map(|row| row["key"].as_str().map(str::to_owned)).collect()
    };
    let numbered = keys(&debt_with(folder.path(), &arguments, None).json());
    assert!(numbered.contains(&"squad-1".to_owned()), "{numbered:?}");
    let known: Vec<String> = {
        let key = debt::report::Key::new(crate::privacy_run::KEY.as_bytes()).expect("long enough");
        (0..3).map(|squad| key.pseudonym("squad", &id("squad", squad))).collect()
    };
    let joined = keys(&debt(folder.path(), &arguments).json());
    assert!(joined.iter().filter(|key| *key != "others").all(|key| known.contains(key)), "{joined:?}");
    assert!(joined.len() > 1);
}

#[test]
fn every_mode_keeps_the_contract() {
    let schema: Value =
        serde_json::from_str(&debt::cli::generate(debt::cli::Document::Report)).expect("it is JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let folder = folder(&portfolio(Shape { seed: 9, people: 30, squads: 3, guilds: 3 }));
    for mode in ["names", "pseudonyms", "aggregate"] {
        for more in [&[][..], &["--no-locations"]] {
            let report =
                debt(folder.path(), &[&["score", "--format", "json", "--privacy", mode], more].concat())
                    .json();
            let errors: Vec<String> = validator
                .iter_errors(&report)
                .map(|error| format!("{} at {}", error, error.instance_path()))
                .collect();
            assert!(errors.is_empty(), "{mode}: {errors:?}");
            assert_eq!(report["privacy"], mode);
            let by_squad = &rows(&report, "by_squad")[0];
            assert!(by_squad["people"].is_u64(), "{by_squad}");
        }
    }
}
