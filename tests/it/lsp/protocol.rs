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
