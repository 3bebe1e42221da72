//! Nothing of a portfolio gets into any format of the lines under pseudonyms or in an aggregate, and the order of its rows
//! tells nothing.

use debt::render::lines::LINES_FORMATS;

use crate::privacy_portfolio::{MARK, Shape, id, portfolio};
use crate::privacy_run::{clean, debt, folder};

const MODES: [&[&str]; 4] = [
    &["--privacy", "pseudonyms"],
    &["--privacy", "pseudonyms", "--no-locations"],
    &["--privacy", "aggregate", "--min-group", "2"],
    &["--privacy", "aggregate"],
];

#[test]
fn no_text_of_a_portfolio_in_any_format() {
    for seed in [3, 14, 15] {
        let folder = folder(&portfolio(Shape { seed, people: 24, squads: 3, guilds: 3 }));
        let (person, squad) = (id("person", 0), format!("squad:{}", id("squad", 0)));
        for format in LINES_FORMATS {
            let told = debt(folder.path(), &["lines", "--format", format.name]);
            assert!(told.out.contains(MARK), "the search finds the mark where it is: {}", told.err);
            for mode in MODES {
                for who in [&[][..], &[person.as_str()], &[squad.as_str()]] {
                    for line in [&[][..], &["--line", "craft"]] {
                        let arguments = [&["lines"], who, line, &["--format", format.name], mode].concat();
                        let said = debt(folder.path(), &arguments);
                        let is_private = mode[1] == "pseudonyms";
                        assert!(said.status == 0 || !is_private, "{arguments:?}: {}", said.err);
                        clean(&said, format.name);
                    }
                }
                let near = format!("{person}x");
                let said = debt(folder.path(), &[&["lines", &near, "--format", format.name], mode].concat());
                assert_eq!(said.status, 2);
                clean(&said, "nobody of that id");
            }
        }
    }
}

/// Rows, trees and pictures come in the order of what is shown.
#[test]
fn the_order_is_of_what_is_shown() {
    let folder = folder(&portfolio(Shape { seed: 9, people: 30, squads: 4, guilds: 3 }));
    let report = debt(folder.path(), &["lines", "--privacy", "pseudonyms", "--format", "json"]).json();
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    let rows: Vec<_> = report["people"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| (row["squad"].is_null(), text(&row["squad"]), text(&row["id"])))
        .collect();
    assert!(rows.len() > 10 && rows.is_sorted(), "{rows:?}");
    let aside: Vec<_> =
        report["set_aside"].as_array().expect("a list").iter().map(|row| text(&row["id"])).collect();
    assert!(aside.is_sorted());
    let tree = debt(folder.path(), &["lines", "--privacy", "pseudonyms", "--format", "tree"]).out;
    let roots: Vec<&str> = tree.lines().filter_map(|line| line.strip_prefix(" person-")).collect();
    let outside: Vec<&str> = roots.iter().copied().filter(|root| !root.contains('\u{21BA}')).collect();
    assert!(outside.is_sorted(), "{outside:?}");
}

/// In an aggregate no number is of few people, nor is what a number leaves, nor what rows leave of the total.
#[test]
fn an_aggregate_tells_nothing_of_few() {
    for seed in 0..12 {
        let folder = folder(&portfolio(Shape { seed, people: 40, squads: 4, guilds: 3 }));
        for least in [2, 3, 5] {
            let arguments =
                ["lines", "--privacy", "aggregate", "--min-group", &least.to_string(), "--format", "json"];
            let said = debt(folder.path(), &arguments);
            if said.status != 0 {
                continue;
            }
            let report = said.json();
            assert_eq!(
                (&report["people"], &report["blocks"]),
                (&serde_json::json!([]), &serde_json::json!([]))
            );
            let rows = report["by_squad"].as_array().expect("a list");
            for key in ["with_delivery_owner", "with_craft_owner", "with_two_different"] {
                for row in rows {
                    let people = row["people"].as_u64().expect("a number");
                    assert!(people >= least, "{row}");
                    if let Some(count) = row[key].as_u64() {
                        let few = |count: u64| count > 0 && count < least;
                        assert!(!few(count) && !few(people - count), "{row}");
                    }
                }
                let hides = rows.iter().any(|row| row[key].is_null());
                assert!(!hides || report["totals"][key].is_null(), "{}", report["totals"]);
            }
        }
    }
}
