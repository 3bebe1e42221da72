//! What the server knows of the format is what the format is.

use debt::model::references::{names_a_factor, referred};
use debt::records::keys::{Key, keys};

use crate::support::{read, sources};

/// Every key of the format with the path to it.
fn all_keys(path: &[String], out: &mut Vec<(Vec<String>, Key)>) {
    let borrowed: Vec<&str> = path.iter().map(String::as_str).collect();
    for key in keys(&borrowed) {
        let inner: Vec<String> = path.iter().chain([&key.name]).cloned().collect();
        if key.holds.is_mapping && inner.len() < 6 {
            all_keys(&inner, out);
        }
        out.push((inner, key));
    }
}

/// The items that the examples of the schema name.
const BASE: &str = "\
people: [{id: bo}, {id: ana}, {id: cy}, {id: dee}, {id: gus}, {id: eve}, PEOPLE]
squads: [{id: ledger}, SQUADS]
guilds: [{id: backend}, GUILDS]
decisions: [{id: vendor-switch, owner: dee, raised: 2026-09-01}, DECISIONS]
";

/// A portfolio in which only the key at this path leads nowhere.
fn nowhere(path: &[&str]) -> String {
    let value = path.iter().skip(2).rev().fold("nowhere".to_owned(), |inner, key| match *key {
        "decision" => format!("[{{decision: {inner}}}]"),
        key => format!("{{{key}: {inner}}}"),
    });
    let (section, key) = (path[0], path.get(1).copied().unwrap_or_default());
    if key.is_empty() {
        return BASE
            .replace(", PEOPLE", "")
            .replace(", SQUADS", "")
            .replace(", GUILDS", "")
            .replace(", DECISIONS", "")
            + &format!("{section}: [nowhere]\n");
    }
    let required =
        keys(&[section]).into_iter().filter(|one| one.is_required && one.name != key && one.name != "id");
    let mut item: Vec<String> = vec!["id: new".to_owned(), format!("{key}: {value}")];
    item.extend(required.map(|one| format!("{}: {}", one.name, one.example.expect("an example"))));
    let item = format!("{{{}}}", item.join(", "));
    let mark = section.to_uppercase();
    let mut text = BASE.replace(&mark, &item);
    if !BASE.contains(&mark) {
        text.push_str(&format!("{section}: [{item}]\n"));
    }
    ["PEOPLE", "SQUADS", "GUILDS", "DECISIONS"]
        .iter()
        .fold(text, |text, mark| text.replace(&format!(", {mark}"), ""))
}

#[test]
fn every_id_of_the_format_is_followed_as_the_linker_follows_it() {
    let mut all = Vec::new();
    all_keys(&[], &mut all);
    assert!(all.len() > 100, "{}", all.len());
    let mut followed = 0;
    for (path, key) in all {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let is_own = matches!(path.last(), Some(&("id" | "aliases")));
        let kind = referred(&path);
        assert_eq!(kind.is_some(), key.holds.is_id && !is_own, "{path:?}");
        let Some(kind) = kind else { continue };
        followed += 1;
        let text = nowhere(&path);
        let errors = read(&sources(&text)).expect_err(&text);
        let of_links: Vec<&str> = errors.lines().filter(|line| line.starts_with("unknown-id")).collect();
        assert!(of_links.len() == 1 && of_links[0].contains(&format!("\"{kind}\"")), "{path:?}: {errors}");
    }
    assert_eq!(followed, 20);
    assert!(names_a_factor(&["acknowledgements", "factor"]));
}
