//! Each feature by its name.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::TEAM;
use super::client::{Client, able, edited, find, folder, place, uri};

/// A server with the team open.
struct Team {
    _folder: tempfile::TempDir,
    path: PathBuf,
    file: String,
    client: Client,
}

fn team_of(text: &str, capabilities: Value) -> Team {
    let (guard, path) = folder(&[("portfolio.yaml", text)]);
    let file = uri(&path.join("portfolio.yaml"));
    let mut client = Client::start(&path, &[], capabilities);
    client.open(&file, text);
    Team { _folder: guard, path, file, client }
}

fn team() -> Team {
    team_of(TEAM, able())
}

impl Team {
    fn hover(&mut self, wanted: &str) -> String {
        let hover = self.client.at("textDocument/hover", &self.file, find(TEAM, wanted));
        hover["contents"]["value"].as_str().unwrap_or_default().to_owned()
    }

    /// What can be typed where the `|` is.
    fn completes(&mut self, before: &str, typed: &str) -> Vec<String> {
        let (typed, cursor) = typed.split_once('|').map(|(a, b)| (format!("{a}{b}"), a)).expect("a cursor");
        let text = TEAM.replace(before, &typed);
        assert_ne!(text, TEAM, "no {before}");
        self.client.replace(&self.file, &text);
        let byte = text.find(&typed).expect("it was typed") + cursor.len();
        let at = super::client::position(&text, byte);
        let items = self.client.at("textDocument/completion", &self.file, at);
        let all = items.as_array().cloned().unwrap_or_default();
        all.iter().map(|item| item["textEdit"]["newText"].as_str().expect("an edit").to_owned()).collect()
    }

    fn whole(&self) -> Value {
        json!({
            "textDocument": {"uri": self.file},
            "context": {"diagnostics": []},
            "range": {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}},
        })
    }
}

/// `line:character-line:character`
fn shown(range: &Value) -> String {
    let one = |end: &str| format!("{}:{}", range[end]["line"], range[end]["character"]);
    format!("{}-{}", one("start"), one("end"))
}

/// The place of a text, as `shown` writes it.
fn at(text: &str, wanted: &str) -> String {
    let (line, from) = find(text, wanted);
    let word = wanted.split_once('|').map_or(wanted, |(_, after)| after);
    format!("{line}:{from}-{line}:{}", from + word.encode_utf16().count())
}

#[test]
fn diagnostics_are_errors_warnings_factors_and_hints() {
    let mut team = team();
    let all = team.client.diagnostics(&team.file);
    let of = |code: &str| all.iter().find(|one| one["code"] == code).unwrap_or_else(|| panic!("no {code}"));
    let labelled = of("D102");
    assert_eq!(labelled["severity"], 3, "a factor is information");
    assert_eq!(labelled["source"], "debt");
    assert_eq!(labelled["data"], json!({"factor": "D102:meeting:bo-cy", "act": "label:meeting:bo-cy"}));
    let message = labelled["message"].as_str().expect("words");
    assert!(
        message.starts_with("2 points: Nobody has said what Bo \u{1F600} Lindqvist\u{2019}s 1:1"),
        "{message}"
    );
    // From the item to the end of its line.
    assert_eq!(
        shown(&labelled["range"]),
        at(TEAM, "|{id: bo-cy, owner: bo, with: cy, every: weekly, last_held: 2026-11-18}")
    );
    assert_eq!(of("acknowledgement-ends-soon")["severity"], 2);
    let hint = of("unknown");
    assert_eq!(hint["severity"], 4, "what is not known is a hint");
    assert!(hint["message"].as_str().expect("words").starts_with("too little is written here to ask D703"));

    // Nothing is saved, and everything else waits until it reads.
    let text = TEAM.replace("with: ana, purpose: both", "with: anna, purpose: bth");
    team.client.replace(&team.file, &text);
    let all = team.client.diagnostics(&team.file);
    let codes: Vec<_> =
        all.iter().map(|one| (one["code"].as_str().expect("a word"), one["severity"].as_u64())).collect();
    assert_eq!(codes, [("unknown-word", Some(1)), ("unknown-id", Some(1))]);
    assert_eq!(shown(&all[0]["range"]), at(&text, "purpose: |bth"));
    assert_eq!(shown(&all[1]["range"]), at(&text, "with: |anna"));
    assert!(all[1]["message"].as_str().expect("words").contains("ana"), "{}", all[1]);
}

#[test]
fn an_id_that_is_used_twice_leads_to_the_first() {
    let mut team = team_of(&TEAM.replace("{id: cy,", "{id: bo,"), able());
    let all = team.client.diagnostics(&team.file);
    let twice = all.iter().find(|one| one["code"] == "duplicate-id").expect("an error");
    let related = &twice["relatedInformation"][0];
    assert_eq!(
        (related["message"].as_str(), &related["location"]["uri"]),
        (Some("first here"), &json!(team.file))
    );
}

#[test]
fn hover_shows_points_with_their_arithmetic() {
    let mut team = team();
    let said = team.hover("id: ana-pro|motion");
    assert!(said.contains("**D301 overdue-conversation**: 7.543 points"), "{said}");
    assert!(
        said.contains("     4.000  principal\n     3.543  interest: 13 full weeks since 2026-08-15"),
        "{said}"
    );
    assert!(said.contains("Then: `debt fix hold:conversation:ana-promotion --held`"), "{said}");
    assert!(team.hover("factor: D101:mee|ting").contains("**D101 conflated-1on1**: 4 points"));
}

#[test]
fn hover_shows_keys_words_terms_and_ids() {
    let mut team = team();
    let said = team.hover("purp|ose: both");
    assert!(said.contains("What it is for; leaving it out means that nobody has labelled it."), "{said}");
    assert!(said.contains("One of `delivery`, `craft`, `both`."), "{said}");
    assert!(team.hover("purpose: bo|th").starts_with("`both`: Both at once: two jobs in one meeting."));
    let said = team.hover("track: warr|ant");
    assert!(
        said.contains("`warrant`: For experts who do not manage.") && said.contains("**track**: The way up"),
        "{said}"
    );
    let said = team.hover("lead: c|y");
    assert!(said.contains("person `cy`: **\u{674E}\u{96F7}**"), "{said}");
    assert!(team.hover("peo|ple:").contains("Everybody on a line"));
    assert_eq!(team.hover("# Not lab|elled"), "");
}

#[test]
fn completion_offers_keys_that_are_not_there() {
    let mut team = team();
    let keys = team.completes("    name: Ana\n", "    name: Ana\n    |\n");
    assert_eq!(keys[..3], ["title: ", "delivery_owner: ", "craft_owner: "]);
    assert!(!keys.contains(&"guild: ".to_owned()), "it is given below");
    let keys = team.completes("every: weekly, last_held: 2026-11-18}\n  #", "every: weekly, |}\n  #");
    assert!(keys.contains(&"last_held: ".to_owned()) && !keys.contains(&"purpose: ".to_owned()), "{keys:?}");
    let top = team.completes("version: 1\n", "|\n");
    assert_eq!(top[..2], ["version: ", "id: "]);
    assert!(team.completes("meetings:\n", "meetings:\n  |\n")[0].starts_with("- owner"));
}

#[test]
fn completion_offers_words_ids_days_and_factors() {
    let mut team = team();
    assert_eq!(team.completes("purpose: both", "purpose: |"), ["delivery", "craft", "both"]);
    assert_eq!(team.completes("purpose: both", "purpose:|"), [" delivery", " craft", " both"]);
    assert!(team.completes("purpose: both", "agenda: [|]").contains(&"career-lane".to_owned()));
    assert_eq!(team.completes("purpose: both", "agenda: |")[0], "[blockers]");
    assert_eq!(team.completes("    owner: bo\n", "    owner: |\n"), ["ana", "bo", "cy", "dee"]);
    assert_eq!(team.completes("    squad: ledger\n", "    squad: l|\n"), ["ledger"]);
    assert_eq!(team.completes("    guild: backend\n", "    guild: |\n"), ["backend"]);
    let days = ["2026-11-20", "2026-11-27", "2026-12-18"];
    assert_eq!(team.completes("due: 2026-08-15", "due: |"), days, "from the day that is scored");
    let factors = team.completes("factor: D101:meeting:bo-ana", "factor: |");
    assert_eq!(
        factors[0], "D301:conversation:ana-promotion",
        "the worst first, from the last time that it read"
    );
    assert!(team.completes("# Not labelled yet.", "# Not labelled ye|").is_empty());
}

#[test]
fn completion_begins_a_portfolio() {
    let (_guard, path) = folder(&[]);
    let mut client = Client::start(&path, &[], able());
    for (text, is_offered) in [("", true), ("peo", true), ("services:\n  web: 1\n", false)] {
        let file = uri(&path.join("new.yaml"));
        client.open(&file, text);
        let items =
            client.at("textDocument/completion", &file, (text.matches('\n').count(), text.len().min(3)));
        assert_eq!(
            items.as_array().is_some_and(|all| all.iter().any(|one| one["label"] == "people")),
            is_offered
        );
        client.close(&file);
    }
}

#[test]
fn definition_and_references_lead_to_ids() {
    let mut team = team();
    let definition =
        team.client.at("textDocument/definition", &team.file, find(TEAM, "owner: b|o, with: ana"));
    assert_eq!((shown(&definition["range"]), &definition["uri"]), (at(TEAM, "{id: |bo"), &json!(team.file)));
    let of_factor = team.client.at("textDocument/definition", &team.file, find(TEAM, "D101:meet|ing"));
    assert_eq!(shown(&of_factor["range"]), at(TEAM, "{id: |bo-ana"));
    let mut params = place(&team.file, find(TEAM, "{id: c|y"));
    params["context"] = json!({"includeDeclaration": true});
    let all = team.client.ask("textDocument/references", params.clone());
    let places: Vec<String> =
        all.as_array().expect("a list").iter().map(|one| shown(&one["range"])).collect();
    let wanted = ["{id: |cy,", "lead: |cy}", "with: |cy,", "owner: |cy,"]
        .map(|wanted| at(TEAM, wanted.trim_end_matches([',', '}'])));
    assert_eq!(places, wanted);
    params["context"] = json!({"includeDeclaration": false});
    assert_eq!(team.client.ask("textDocument/references", params).as_array().map(Vec::len), Some(3));
    let nothing = team.client.at("textDocument/definition", &team.file, find(TEAM, "ver|sion"));
    assert!(nothing.is_null());
}

#[test]
fn rename_changes_every_use_and_keeps_the_old_id_as_an_alias() {
    let mut team = team();
    let prepared = team.client.at("textDocument/prepareRename", &team.file, find(TEAM, "with: a|na"));
    assert_eq!(
        (prepared["placeholder"].as_str(), shown(&prepared["range"])),
        (Some("ana"), at(TEAM, "with: |ana"))
    );
    let mut params = place(&team.file, find(TEAM, "with: a|na"));
    params["newName"] = json!("anna");
    let edit = team.client.ask("textDocument/rename", params.clone());
    let changes = &edit["documentChanges"][0];
    assert_eq!(changes["textDocument"], json!({"uri": team.file, "version": 1}));
    let text = edited(TEAM, changes["edits"].as_array().expect("a list"));
    assert!(
        text.contains("id: anna\n    name: Ana\n    squad: ledger\n    guild: backend\n    aliases: [ana]\n"),
        "{text}"
    );
    assert_eq!(text.matches("with: anna").count(), 2);
    assert!(text.contains("factor: D101:meeting:bo-ana\n"), "another item is called so");
    // The same debt as before, and it can be taken back.
    let before = team.client.diagnostics(&team.file).len();
    team.client.replace(&team.file, &text);
    assert_eq!(team.client.diagnostics(&team.file).len(), before);
    let mut back = place(&team.file, find(&text, "id: an|na"));
    back["newName"] = json!("ana");
    let edit = team.client.ask("textDocument/rename", back);
    let again = edited(&text, edit["documentChanges"][0]["edits"].as_array().expect("a list"));
    assert!(again.contains("id: ana\n") && again.contains("aliases: [anna]\n"), "{again}");
}

#[test]
fn rename_follows_the_id_of_a_factor_and_refuses_what_is_unsafe() {
    let mut team = team();
    let mut params = place(&team.file, find(TEAM, "{id: bo-a|na"));
    params["newName"] = json!("weekly-bo");
    let edit = team.client.ask("textDocument/rename", params.clone());
    let text = edited(TEAM, edit["documentChanges"][0]["edits"].as_array().expect("a list"));
    assert!(
        text.contains("factor: D101:meeting:weekly-bo\n") && text.contains("aliases: [bo-ana]}"),
        "{text}"
    );
    for (name, why) in [("bo-cy", "another meeting has the id"), ("a b", "expected"), ("", "expected")] {
        params["newName"] = json!(name);
        let (code, said) = team.client.refused("textDocument/rename", params.clone());
        assert_eq!(code, -32803, "{said}");
        assert!(said.contains(why), "{said}");
    }
    // Nothing is named here, and this one is made of the people in it.
    let nothing = team.client.at("textDocument/prepareRename", &team.file, find(TEAM, "ver|sion"));
    assert!(nothing.is_null());
}

#[test]
fn symbols_are_sections_with_their_items() {
    let mut team = team();
    let document = json!({"textDocument": {"uri": team.file}});
    let all = team.client.ask("textDocument/documentSymbol", document.clone());
    let names: Vec<&str> =
        all.as_array().expect("a list").iter().filter_map(|one| one["name"].as_str()).collect();
    assert_eq!(
        names,
        ["version", "as_of", "people", "squads", "guilds", "meetings", "conversations", "acknowledgements"]
    );
    let bo = &all[2]["children"][0];
    assert_eq!(
        (bo["name"].as_str(), bo["detail"].as_str()),
        (Some("bo"), Some("Bo \u{1F600} Lindqvist, 2 points"))
    );
    assert_eq!(shown(&bo["selectionRange"]), at(TEAM, "{id: |bo"));
    assert_eq!(all[5]["children"][2]["name"], "cy--bo", "an id that is not written");

    let mut simple = team_of(TEAM, json!({}));
    let flat =
        simple.client.ask("textDocument/documentSymbol", json!({"textDocument": {"uri": simple.file}}));
    assert!(
        flat.as_array()
            .expect("a list")
            .iter()
            .any(|one| one["name"] == "bo" && one["containerName"] == "people")
    );
}

#[test]
fn actions_are_deeds_of_fix() {
    let mut team = team();
    let whole = team.whole();
    let all = team.client.ask("textDocument/codeAction", whole);
    let all = all.as_array().expect("a list").clone();
    let told: Vec<_> = all
        .iter()
        .filter(|one| one["data"]["act"] == "label:meeting:bo-cy")
        .map(|one| &one["data"]["told"][1])
        .collect();
    assert_eq!(
        told,
        ["delivery", "craft", "both"],
        "the likely one first, and none that would change nothing"
    );
    let split = all.iter().find(|one| one["data"]["act"] == "split:meeting:bo-ana").expect("an action");
    assert_eq!(split["isPreferred"], true, "a program can do it by itself");
    for action in &all {
        let made = team.client.ask("codeAction/resolve", action.clone());
        let edits = made["edit"]["documentChanges"][0]["edits"].as_array().expect("edits");
        let text = edited(TEAM, edits);
        // What `debt fix` writes, byte for byte.
        let act = action["data"]["act"].as_str().expect("an act");
        let told: Vec<&str> =
            action["data"]["told"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let folder = team.path.join("fixed");
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join("portfolio.yaml"), TEAM).expect("it can be written");
        let arguments = [&["fix", act, "--write", "--quiet"], &told[..]].concat();
        crate::run::debt().args(arguments).within(&folder).end().ok();
        assert_eq!(
            text,
            std::fs::read_to_string(folder.join("portfolio.yaml")).expect("it is there"),
            "{act}"
        );
    }
    let mut one = team.whole();
    one["range"] = json!({"start": {"line": 17, "character": 9}, "end": {"line": 17, "character": 9}});
    let here = team.client.ask("textDocument/codeAction", one);
    assert_eq!(here.as_array().map(Vec::len), Some(3), "only about the item under the cursor");
}

#[test]
fn what_fix_refuses_is_no_action() {
    // An anchor makes what the item says depend on more than its own bytes.
    let text = TEAM.replace(
        "with: cy, every: weekly, last_held: 2026-11-18}\n  - {owner",
        "with: &c cy, every: weekly}\n  - {owner",
    );
    let mut simple = team_of(&text, json!({}));
    let whole = simple.whole();
    let all = simple.client.ask("textDocument/codeAction", whole);
    let all = all.as_array().expect("a list");
    assert!(
        all.iter().all(|one| one["data"].is_null() && one["edit"]["changes"].is_object()),
        "made at once"
    );
    assert!(!all.iter().any(|one| one["title"].as_str().expect("words").starts_with("label")), "{all:?}");
    let mut able = team_of(&text, able());
    let whole = able.whole();
    let all = able.client.ask("textDocument/codeAction", whole);
    let label =
        all.as_array().expect("a list").iter().find(|one| one["data"]["act"] == "label:meeting:bo-cy");
    if let Some(label) = label.cloned() {
        let (code, _) = able.client.refused("codeAction/resolve", label);
        assert_eq!(code, -32803);
    }
}

#[test]
fn inlay_hints_show_points_and_lenses_show_squads() {
    let mut team = team();
    let whole = team.whole();
    let hints = team.client.ask("textDocument/inlayHint", whole);
    let hints = hints.as_array().expect("a list");
    let (line, _) = find(TEAM, "id: ana-promotion");
    let talk = hints.iter().find(|one| one["position"]["line"] == line).expect("a hint");
    assert_eq!((talk["label"].as_str(), &talk["position"]["character"]), (Some("7.543 points"), &json!(21)));
    assert_eq!(hints.len(), 6);
    let mut part = team.whole();
    part["range"]["end"] = json!({"line": 4, "character": 0});
    assert_eq!(team.client.ask("textDocument/inlayHint", part).as_array().map(Vec::len), Some(1));

    let lenses = team.client.ask("textDocument/codeLens", json!({"textDocument": {"uri": team.file}}));
    let command = lenses[0]["command"].clone();
    assert_eq!(command["title"], "3 people, 6 factors, 19.543 points");
    let shown = json!({"command": command["command"], "arguments": command["arguments"]});
    assert!(team.client.ask("workspace/executeCommand", shown).is_null());
    let message = team.client.heard.last().expect("a message");
    let words = message["params"]["message"].as_str().expect("words");
    assert!(words.starts_with("ledger: 3 people, 6 factors, 19.543 points\nD301 7.543 points: "), "{words}");
}
