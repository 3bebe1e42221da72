//! The protocol itself: what a server must do whatever it is sent.

use serde_json::{Value, json};

use super::TEAM;
use super::client::{Client, able, find, folder, uri};

#[test]
fn it_begins_and_ends_in_order() {
    let (_guard, path) = folder(&[]);
    let mut early = Client::raw(&path, &[]);
    let (code, _) = early.refused("textDocument/hover", json!({}));
    assert_eq!(code, -32002, "nothing is answered before it is initialized");
    let server = early.initialize(able());
    assert_eq!(server["serverInfo"]["name"], "debt");
    let (code, _) = early.refused("initialize", json!({"capabilities": {}}));
    assert_eq!(code, -32600, "once is enough");
    assert_eq!(early.end(), 0);
    assert_eq!(Client::start(&path, &["--stdio"], able()).hang_up(), 1, "nobody told it to end");
    let mut abrupt = Client::start(&path, &[], able());
    abrupt.tell("exit", Value::Null);
    assert_eq!(abrupt.status(), 1, "an exit without a shutdown");
    let mut never = Client::raw(&path, &[]);
    never.tell("exit", Value::Null);
    assert_eq!(never.status(), 1);
    let mut late = Client::start(&path, &[], able());
    late.ask("shutdown", Value::Null);
    let (code, _) = late.refused("textDocument/hover", json!({}));
    assert_eq!(code, -32600, "nothing is answered after it");
}

#[test]
fn what_it_does_not_understand_does_no_harm() {
    let (_guard, path) = folder(&[("portfolio.yaml", TEAM)]);
    let file = uri(&path.join("portfolio.yaml"));
    let mut client = Client::start(&path, &[], able());
    assert_eq!(client.refused("textDocument/moniker", json!({})).0, -32601, "no such request");
    assert_eq!(client.refused("textDocument/hover", json!({"textDocument": 5})).0, -32602);
    assert_eq!(client.refused("textDocument/hover", json!([])).0, -32602);
    assert_eq!(client.refused("workspace/executeCommand", json!({"command": "rm"})).0, -32602);
    client.tell("textDocument/didChange", json!({"textDocument": {"uri": file}}));
    client.tell(
        "textDocument/didChange",
        json!({"textDocument": {"uri": "file:///nowhere", "version": 1}, "contentChanges": []}),
    );
    client.tell("textDocument/didClose", json!({"textDocument": {"uri": "file:///nowhere"}}));
    client.tell("$/setTrace", json!({"value": "off"}));
    client.tell("no/such", Value::Null);
    for bytes in [
        "Content-Length: 3\r\n\r\n{x}",
        "Content-Length: 4\r\n\r\nnull",
        "Content-Length: many\r\n\r\n",
        "nonsense\r\n\r\n",
        "Content-Length: 2\r\n\r\n[]",
    ] {
        client.send(bytes.as_bytes());
        let answer = client.next();
        assert_eq!((&answer["id"], &answer["error"]["code"]), (&Value::Null, &json!(-32700)), "{bytes}");
    }
    client.send(b"Content-Length: 3\r\n\r\n\xFF\xFE\xFD");
    assert_eq!(client.next()["error"]["code"], -32700);
    // And it goes on.
    client.open(&file, TEAM);
    assert!(!client.diagnostics(&file).is_empty());
    for wild in [(0, 9999), (9999, 0), (u32::MAX as usize, u32::MAX as usize)] {
        client.at("textDocument/hover", &file, wild);
        client.at("textDocument/completion", &file, wild);
        client.at("textDocument/definition", &file, wild);
        client.at("textDocument/prepareRename", &file, wild);
    }
    assert_eq!(client.end(), 0);
}

#[test]
fn a_request_can_be_cancelled_and_changes_that_wait_are_one_look() {
    let (_guard, path) = folder(&[("portfolio.yaml", TEAM)]);
    let file = uri(&path.join("portfolio.yaml"));
    let mut client = Client::start(&path, &[], able());
    client.open(&file, TEAM);
    client.diagnostics(&file);
    let place = json!({"textDocument": {"uri": file}, "position": {"line": 3, "character": 10}});
    for round in 0..20 {
        // What comes in one piece waits together, most of the time.
        let hover = client.begin("textDocument/hover", place.clone());
        client.tell("$/cancelRequest", json!({"id": hover}));
        let answer = client.answer(hover);
        let is_either = answer["error"]["code"] == -32800 || answer.get("result").is_some();
        assert!(is_either, "{round}: {answer}");
    }
    let mut last = 0;
    for _ in 0..50 {
        last = client.change(&file, json!([{"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}, "text": "# x\n"}]));
    }
    let mut looks = 0;
    while client.said[&file].0 != Some(last) {
        looks += usize::from(client.next()["method"] == "textDocument/publishDiagnostics");
    }
    assert!(looks < 50, "{looks} looks for 50 changes");
}

#[test]
fn columns_are_in_the_agreed_units() {
    let (_guard, path) = folder(&[("portfolio.yaml", TEAM)]);
    let file = uri(&path.join("portfolio.yaml"));
    let (line, character) = find(TEAM, "squad: |ledger, guild: backend, track: officer");
    assert_eq!(character, 45, "the emoji counts twice");
    let mut sixteen = Client::raw(&path, &[]);
    assert_eq!(sixteen.initialize(able())["capabilities"]["positionEncoding"], "utf-16");
    sixteen.open(&file, TEAM);
    assert!(sixteen.at("textDocument/definition", &file, (line, character)).is_object());
    let mut able = able();
    able["general"] = json!({"positionEncodings": ["utf-8", "utf-16"]});
    let mut eight = Client::raw(&path, &[]);
    assert_eq!(eight.initialize(able)["capabilities"]["positionEncoding"], "utf-8");
    eight.open(&file, TEAM);
    // Four bytes instead of two units.
    let definition = eight.at("textDocument/definition", &file, (line, character + 2));
    assert_eq!(definition["range"]["start"], json!({"line": 11, "character": 9}));
    // Behind two characters of three bytes each.
    let wanted = find(TEAM, "squad: |ledger, guild: backend, track: warrant").1;
    for (client, column) in [(&mut sixteen, wanted), (&mut eight, wanted + 4)] {
        let place = json!({"line": 4, "character": column});
        assert!(client.at("textDocument/definition", &file, (4, column)).is_object());
        client.change(&file, json!([{"range": {"start": place, "end": place}, "text": "\u{674E}"}]));
        let wrong =
            client.diagnostics(&file).into_iter().find(|one| one["severity"] == 1).expect("no such squad");
        assert_eq!(wrong["range"]["start"], place);
    }
}

#[test]
fn lines_end_as_they_do() {
    let text = TEAM.replace('\n', "\r\n");
    let (_guard, path) = folder(&[("portfolio.yaml", &text)]);
    let file = uri(&path.join("portfolio.yaml"));
    let mut client = Client::start(&path, &[], able());
    client.open(&file, &text);
    let labelled = client.diagnostics(&file).into_iter().find(|one| one["code"] == "D102").expect("a factor");
    assert_eq!(
        labelled["range"],
        json!({"start": {"line": 17, "character": 4}, "end": {"line": 17, "character": 74}})
    );
    let params = json!({"textDocument": {"uri": file}, "position": {"line": 17, "character": 10}, "newName": "bo-cy-2"});
    let edit = client.ask("textDocument/rename", params);
    assert_eq!(edit["documentChanges"][0]["edits"].as_array().map(Vec::len), Some(2));
    // A line that is typed at the end of another.
    let end = json!({"line": 7, "character": 17});
    client.change(&file, json!([{"range": {"start": end, "end": end}, "text": "\r\n    track: officer"}]));
    let all = client.diagnostics(&file);
    assert!(all.iter().all(|one| one["severity"] != 1), "{all:?}");
    let items = client.at("textDocument/completion", &file, (8, 11));
    assert_eq!(items[0]["label"], "warrant");
}

#[test]
fn a_byte_order_mark_is_one_unit_of_the_first_line() {
    let text = format!("\u{FEFF}{TEAM}");
    let (_guard, path) = folder(&[("portfolio.yaml", &text)]);
    let file = uri(&path.join("portfolio.yaml"));
    let mut client = Client::start(&path, &[], able());
    client.open(&file, &text);
    assert!(client.diagnostics(&file).iter().all(|one| one["severity"] != 1));
    let hover = client.at("textDocument/hover", &file, (0, 3));
    assert_eq!(hover["range"]["start"], json!({"line": 0, "character": 1}));
}

#[test]
fn it_can_be_killed_and_started_again() {
    let (_guard, path) = folder(&[("portfolio.yaml", TEAM)]);
    let file = uri(&path.join("portfolio.yaml"));
    let mut first = Client::start(&path, &[], able());
    first.open(&file, TEAM);
    let before = first.diagnostics(&file);
    first.kill();
    let mut second = Client::start(&path, &[], able());
    second.open(&file, TEAM);
    assert_eq!(second.diagnostics(&file), before);
    assert_eq!(second.end(), 0);
}

#[test]
fn files_are_watched_where_a_client_can() {
    let (_guard, path) = folder(&[
        ("portfolio/people.yaml", "people: [{id: a}]\n"),
        ("portfolio/squads.yaml", "squads: [{id: s, lead: a}]\n"),
    ]);
    let mut able = able();
    able["workspace"]["didChangeWatchedFiles"] = json!({"dynamicRegistration": true});
    let mut client = Client::start(&path, &[], able);
    let file = uri(&path.join("portfolio/people.yaml"));
    client.open(&file, "people: [{id: a}]\n");
    assert!(client.diagnostics(&file).iter().all(|one| one["severity"] != 1));
    let asked =
        client.heard.iter().find(|one| one["method"] == "client/registerCapability").expect("a request");
    assert_eq!(asked["params"]["registrations"][0]["method"], "workspace/didChangeWatchedFiles");
    let other = path.join("portfolio/squads.yaml");
    std::fs::write(&other, "squads: [{id: s, lead: b}]\n").expect("it can be written");
    client.tell("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": uri(&other), "type": 2}]}));
    while client
        .said
        .get(&uri(&other))
        .is_none_or(|(_, said)| !said.iter().any(|one| one["code"] == "unknown-id"))
    {
        client.next();
    }
}

#[test]
fn a_file_that_stays_as_it_is_is_not_spoken_of_again() {
    let (people, squads) = ("people: [{id: a}]\n", "squads: [{id: s, lead: a}]\n");
    let (_guard, path) = folder(&[("portfolio/people.yaml", people), ("portfolio/squads.yaml", squads)]);
    let mut client = Client::start(&path, &[], able());
    let file = uri(&path.join("portfolio/people.yaml"));
    let other = uri(&path.join("portfolio/squads.yaml"));
    client.open(&file, people);
    client.diagnostics(&file);
    // Whatever was said about the other one in the first look has come before this.
    client.ask("textDocument/documentSymbol", json!({"textDocument": {"uri": file}}));
    let before = client.said.remove(&other);
    for _ in 0..3 {
        client.replace(&file, people);
        client.diagnostics(&file);
        client.ask("textDocument/documentSymbol", json!({"textDocument": {"uri": file}}));
    }
    assert_eq!(client.said.get(&other), None, "before: {before:?}");
    // One that is opened anew is, even if it is the same.
    for _ in 0..2 {
        client.close(&file);
        client.open(&file, people);
        client.diagnostics(&file);
    }
    assert_eq!(client.end(), 0);
}

#[test]
fn half_a_character_counts_as_one() {
    let (_guard, path) = folder(&[("portfolio.yaml", TEAM)]);
    let file = uri(&path.join("portfolio.yaml"));
    let mut client = Client::start(&path, &[], able());
    client.open(&file, TEAM);
    let place = json!({"line": 3, "character": 22});
    let version = client.change(&file, json!([{"range": {"start": place, "end": place}, "text": "x"}]));
    let params = json!({
        "textDocument": {"uri": file, "version": version + 1},
        "contentChanges": [{"range": {"start": place, "end": place}, "text": "HALF"}],
    });
    let body = json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": params});
    let body = body.to_string().replace("HALF", "\\ud83d");
    client.send(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    // Counted by the client, too.
    client.change(&file, json!([]));
    let text = TEAM.replacen("name: \"Bo", "name: \"\u{FFFD}xBo", 1);
    let at = find(&text, "squad: |ledger, guild: backend, track: officer");
    assert_eq!(at.1, 47);
    assert!(client.at("textDocument/definition", &file, at).is_object());
    let before = find(&text, "squad|: ledger, guild: backend, track: officer");
    assert!(client.at("textDocument/definition", &file, (before.0, before.1 - 2)).is_null());
    assert_eq!(client.end(), 0);
}

#[test]
fn a_document_that_cannot_be_followed_is_let_go() {
    let (_guard, path) = folder(&[("portfolio.yaml", TEAM)]);
    let file = uri(&path.join("portfolio.yaml"));
    let mut client = Client::start(&path, &[], able());
    let far =
        json!({"start": {"line": 3_000_000_000_000_u64, "character": 0}, "end": {"line": 0, "character": 0}});
    for (version, change) in [
        (json!(3_000_000_000_u64), json!({"text": TEAM})),
        (Value::Null, json!({"text": TEAM})),
        (json!(2), json!({"text": 5})),
        (json!(2), json!({"range": far, "text": "x"})),
    ] {
        client.open(&file, TEAM);
        let at = find(TEAM, "lead: b|o");
        assert!(client.at("textDocument/definition", &file, at).is_object());
        client.heard.clear();
        let document = json!({"uri": file, "version": version});
        client.tell("textDocument/didChange", json!({"textDocument": document, "contentChanges": [change]}));
        assert!(client.at("textDocument/definition", &file, at).is_null(), "{version} {change}");
        let said = client.heard.iter().find(|one| one["method"] == "window/showMessage").expect("it says so");
        assert!(said["params"]["message"].as_str().is_some_and(|words| words.contains(&file)), "{said}");
    }
    client.open(&file, TEAM);
    assert!(!client.diagnostics(&file).is_empty());
    assert_eq!(client.end(), 0);
}

#[test]
fn a_frame_without_a_length_loses_nothing_behind_it() {
    let (_guard, path) = folder(&[("portfolio.yaml", TEAM)]);
    let file = uri(&path.join("portfolio.yaml"));
    let mut client = Client::start(&path, &[], able());
    client.send(b"Content-Length: x\r\n\r\n{\"jsonrpc\": \"2.0\", \"method\": \"initialized\"}");
    client.open(&file, TEAM);
    assert!(!client.diagnostics(&file).is_empty());
    for id in [Value::Null, json!(1.5)] {
        let body = json!({"jsonrpc": "2.0", "id": id, "method": "textDocument/hover"}).to_string();
        client.send(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
        let answer = client.next();
        assert_eq!((&answer["id"], &answer["error"]["code"]), (&id, &json!(-32600)));
    }
    client.send(b"Content-Length: 99999999999\r\n\r\n{}");
    assert_eq!(client.next()["error"]["code"], -32700);
    assert_eq!(client.status(), 1, "nobody knows where the next message begins");
}

#[test]
fn files_that_are_opened_together_are_one_portfolio_at_once() {
    let names: Vec<String> = (0..30).map(|at| format!("portfolio/p{at}.yaml")).collect();
    let texts: Vec<String> = (0..30).map(|at| format!("people: [{{id: p{at}}}]\n")).collect();
    let files: Vec<(&str, &str)> =
        names.iter().zip(&texts).map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let (_guard, path) = folder(&files);
    let mut client = Client::start(&path, &[], able());
    for (name, text) in &files {
        client.open(&uri(&path.join(name)), text);
    }
    let last = uri(&path.join("portfolio/p29.yaml"));
    client.replace(&last, "people: [{id: p29}]\nsquads: [{id: s, lead: p0}]\n");
    let definition = client.at("textDocument/definition", &last, (1, 24));
    assert_eq!(definition["uri"], uri(&path.join("portfolio/p0.yaml")));
    for (name, _) in &files {
        client.close(&uri(&path.join(name)));
    }
    assert!(client.at("textDocument/definition", &last, (1, 24)).is_null());
    assert_eq!(client.end(), 0);
}
