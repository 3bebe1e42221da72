//! Several files of one portfolio, its configuration, and files that are none.

use serde_json::json;

use super::client::{Client, able, edited, find, folder, place, uri};

const PEOPLE: &str = "people:\n  - {id: bo, squad: ledger}\n  - {id: ana, squad: ledger}\n";
const SQUADS: &str = "squads:\n  - {id: ledger, lead: bo}\n";
const MEETINGS: &str = "meetings:\n  - {id: weekly, owner: bo, with: ana, purpose: both}\n";

#[test]
fn files_of_a_folder_are_one_portfolio() {
    let files =
        [("team/people.yaml", PEOPLE), ("team/squads.yaml", SQUADS), ("team/meetings.yaml", MEETINGS)];
    let (_guard, path) = folder(&files);
    let [people, squads, meetings] = files.map(|(name, _)| uri(&path.join(name)));
    let mut client = Client::start(&path, &[], able());
    client.open(&meetings, MEETINGS);
    let all = client.diagnostics(&meetings);
    assert!(
        all.iter().any(|one| one["code"] == "D101") && all.iter().all(|one| one["severity"] != 1),
        "{all:?}"
    );
    client.ask("textDocument/codeLens", json!({"textDocument": {"uri": meetings}}));
    assert!(client.said.contains_key(&people), "what is owed elsewhere is said there");
    let definition = client.at("textDocument/definition", &meetings, find(MEETINGS, "owner: b|o"));
    assert_eq!(
        (&definition["uri"], &definition["range"]["start"]),
        (&json!(people), &json!({"line": 1, "character": 9}))
    );
    let mut params = place(&meetings, find(MEETINGS, "owner: b|o"));
    params["newName"] = json!("bob");
    let edit = client.ask("textDocument/rename", params);
    let changes = edit["documentChanges"].as_array().expect("a list");
    let of = |uri: &str| changes.iter().find(|one| one["textDocument"]["uri"] == uri).expect("it is changed");
    let text = |uri: &str, text: &str| edited(text, of(uri)["edits"].as_array().expect("a list"));
    assert_eq!(
        text(&people, PEOPLE),
        PEOPLE.replace("{id: bo, squad: ledger}", "{id: bob, squad: ledger, aliases: [bo]}")
    );
    assert_eq!(text(&squads, SQUADS), SQUADS.replace("lead: bo", "lead: bob"));
    assert_eq!(text(&meetings, MEETINGS), MEETINGS.replace("owner: bo", "owner: bob"));
    assert!(
        of(&people)["textDocument"]["version"].is_null() && of(&meetings)["textDocument"]["version"] == 1
    );

    // What is changed and not saved in one counts in the others.
    client.open(&squads, SQUADS);
    client.replace(&squads, "squads:\n  - {id: ledger, lead: nobody}\n");
    assert!(client.diagnostics(&squads).iter().any(|one| one["code"] == "unknown-id"));
}

#[test]
fn a_file_that_nobody_has_saved_is_part_of_its_folder() {
    let (_guard, path) = folder(&[("portfolio/people.yaml", PEOPLE), ("portfolio/squads.yaml", SQUADS)]);
    let mut client = Client::start(&path, &[], able());
    let file = uri(&path.join("portfolio/meetings.yaml"));
    client.open(&file, MEETINGS);
    let all = client.diagnostics(&file);
    assert!(
        all.iter().any(|one| one["code"] == "D101") && all.iter().all(|one| one["severity"] != 1),
        "{all:?}"
    );
    client.close(&file);
    while client.said[&file].1 != Vec::<serde_json::Value>::new() {
        client.next();
    }
}

#[test]
fn a_configuration_names_files_and_policy() {
    let config = "paths: [org/a.yaml, org/b.yaml]\npolicy: policy.yaml\n";
    let (_guard, path) = folder(&[
        (".git/HEAD", ""),
        ("debt.yaml", config),
        ("policy.yaml", "principal: {D101: 30}\n"),
        ("org/a.yaml", PEOPLE),
        ("org/b.yaml", &(MEETINGS.to_owned() + SQUADS)),
        ("org/c.yaml", "people: [{id: bo}]\n"),
    ]);
    let mut client = Client::start(&path, &[], able());
    let (file, text) = (uri(&path.join("org/b.yaml")), MEETINGS.to_owned() + SQUADS);
    client.open(&file, &text);
    let all = client.diagnostics(&file);
    let conflated = all.iter().find(|one| one["code"] == "D101").expect("a factor");
    assert!(conflated["message"].as_str().expect("words").starts_with("30 points"), "{conflated}");
    // A policy that is being changed counts at once.
    let policy = uri(&path.join("policy.yaml"));
    client.open(&policy, "principal: {D101: 7}\n");
    client.diagnostics(&policy);
    client.replace(&policy, "principal: {D101: 1000000000}\n");
    assert!(client.diagnostics(&policy).iter().any(|one| one["severity"] == 1));

    let mut plain = Client::start(&path, &["--no-config"], able());
    plain.open(&file, &text);
    let all = plain.diagnostics(&file);
    assert!(all.iter().all(
        |one| one["code"] != "D101" || one["message"].as_str().is_some_and(|said| said.starts_with("4 "))
    ));
    let typed =
        ["org/a.yaml", "org/b.yaml", "--policy", "policy.yaml", "--no-config", "--as-of", "2026-12-01"];
    let mut typed = Client::start(&path, &typed, able());
    typed.open(&file, &text);
    let all = typed.diagnostics(&file);
    assert!(
        all.iter().any(|one| one["message"].as_str().is_some_and(|said| said.starts_with("30 points"))),
        "{all:?}"
    );
    let items = typed.at("textDocument/completion", &file, (1, 61));
    drop(items);
}

#[test]
fn what_is_no_portfolio_is_left_alone() {
    let compose = "version: 3\nname: shop\nservices:\n  web: {image: x}\n";
    let (_guard, path) = folder(&[("compose.yaml", compose), ("debt.yaml", "paths: [x.yaml]\n")]);
    let mut client = Client::start(&path, &[], able());
    let file = uri(&path.join("compose.yaml"));
    client.open(&file, compose);
    let config = uri(&path.join("debt.yaml"));
    client.open(&config, "paths: [x.yaml]\n");
    for uri in [&file, &config] {
        assert!(client.at("textDocument/hover", uri, (0, 1)).is_null());
        assert!(client.at("textDocument/completion", uri, (2, 4)).is_null());
        assert!(!client.said.contains_key(uri));
    }
    // A buffer without a file is one as soon as it looks like one.
    let buffer = "untitled:Untitled-1";
    client.open(buffer, "");
    client.replace(buffer, "people: [{id: a, sqad: x}]\n");
    let all = client.diagnostics(buffer);
    assert_eq!(all[0]["code"], "unknown-key");
    client.replace(buffer, "notes: nothing\n");
    while client.said[buffer].1 != Vec::<serde_json::Value>::new() {
        client.next();
    }
}

#[test]
fn what_has_no_end_is_not_read() {
    let refused = crate::run::debt().args(["lsp", "-", "people/"]).end();
    assert!(refused.parts().2.contains("such as `debt lsp people/`"));
    if cfg!(windows) {
        return;
    }
    let (_outside, elsewhere) = folder(&[("big/x.yaml", "people: [{id: eve}]\n")]);
    let config = format!("paths: [org, in.yaml, {}]\npolicy: /dev/stdin\n", elsewhere.display());
    let (_guard, path) = folder(&[(".git/HEAD", ""), ("debt.yaml", &config), ("org/a.yaml", PEOPLE)]);
    crate::run::bare("mkfifo").arg(path.join("in.yaml")).end().ok();
    let mut client = Client::start(&path, &[], able());
    let file = uri(&path.join("org/a.yaml"));
    client.open(&file, PEOPLE);
    let said: Vec<String> = client.diagnostics(&file).iter().map(|one| one["message"].to_string()).collect();
    for pipe in ["in.yaml", "/dev/stdin"] {
        let why = format!("{pipe} is neither a file nor a folder");
        assert!(said.iter().any(|one| one.contains(&why)), "{said:?}");
    }
    assert!(!client.said.keys().any(|uri| uri.contains("big")), "what is outside is not read");
}

#[test]
fn a_folder_with_the_usual_name_has_other_things_too() {
    let compose = "version: 3\nname: shop\nservices:\n  web: {image: x}\n";
    let (_guard, path) = folder(&[
        ("portfolio/shop/.git/HEAD", ""),
        ("portfolio/shop/compose.yaml", compose),
        ("portfolio/shop/portfolio/compose.yaml", compose),
        ("portfolio/shop/portfolio/people.yaml", PEOPLE),
        ("portfolio/shop/portfolio/squads.yaml", SQUADS),
        ("portfolio/shop/portfolio/day.yaml", "as_of: 2026-11-20\n"),
    ]);
    let mut client = Client::start(&path, &[], able());
    let of = |name: &str| uri(&path.join("portfolio/shop").join(name));
    for name in ["compose.yaml", "portfolio/compose.yaml"] {
        client.open(&of(name), compose);
        assert!(client.at("textDocument/hover", &of(name), (0, 1)).is_null());
    }
    let people = of("portfolio/people.yaml");
    client.open(&people, PEOPLE);
    let all = client.diagnostics(&people);
    assert!(all.iter().all(|one| one["severity"] != 1), "{all:?}");
    assert!(!client.said.keys().any(|uri| uri.contains("compose")), "{:?}", client.said);
    let squad = client.at("textDocument/definition", &people, find(PEOPLE, "squad: l|edger"));
    assert_eq!(squad["uri"], json!(of("portfolio/squads.yaml")));
}

#[test]
fn a_file_that_is_named_and_not_saved_is_read_once() {
    let (_guard, path) = folder(&[("a.yaml", SQUADS)]);
    let mut client = Client::start(&path, &["a.yaml", "b.yaml"], able());
    let file = uri(&path.join("b.yaml"));
    client.open(&file, PEOPLE);
    let all = client.diagnostics(&file);
    assert!(all.iter().all(|one| one["severity"] != 1), "{all:?}");
}

#[test]
fn a_section_that_is_there_twice_has_its_own_items() {
    let text = "people:\n  - {id: a}\n\npeople:\n  - {id: b}\n  - {id: c}\n";
    let (_guard, path) = folder(&[("a.yaml", text)]);
    let mut client = Client::start(&path, &[], able());
    let file = uri(&path.join("a.yaml"));
    client.open(&file, text);
    let all = client.ask("textDocument/documentSymbol", json!({"textDocument": {"uri": file}}));
    let items = |at: usize| all[at]["children"].as_array().map(Vec::len);
    assert_eq!((items(0), items(1)), (Some(1), Some(2)), "{all}");
}

#[test]
fn a_menu_about_many_items_has_an_end() {
    let meetings = (0..60).map(|at| format!("  - {{id: m{at}, owner: bo, with: ana, every: weekly}}\n"));
    let text = format!("{PEOPLE}{SQUADS}meetings:\n{}", meetings.collect::<String>());
    let (_guard, path) = folder(&[("a.yaml", &text)]);
    let mut client = Client::start(&path, &[], able());
    let file = uri(&path.join("a.yaml"));
    client.open(&file, &text);
    let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}});
    let params = json!({"textDocument": {"uri": file}, "context": {"diagnostics": []}, "range": range});
    let all = client.ask("textDocument/codeAction", params);
    let count = all.as_array().map_or(0, Vec::len);
    assert!((1..=24).contains(&count), "{count}");
}
