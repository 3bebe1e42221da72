//! Documents that are being typed: half lines, broken structures, and nonsense.

use serde_json::{Value, json};

use super::TEAM;
use super::client::{Client, able, find, folder, position, uri};

/// Everything that can be asked, at every place of a text where something begins or ends.
fn ask_everything(client: &mut Client, file: &str, text: &str) {
    let document = json!({"textDocument": {"uri": file}});
    let whole = json!({"start": {"line": 0, "character": 0}, "end": {"line": 9999, "character": 0}});
    let mut with_range = document.clone();
    with_range["range"] = whole;
    with_range["context"] = json!({"diagnostics": []});
    for method in ["textDocument/documentSymbol", "textDocument/codeLens"] {
        client.ask(method, document.clone());
    }
    for method in ["textDocument/inlayHint", "textDocument/codeAction"] {
        client.ask(method, with_range.clone());
    }
    for byte in (0..=text.len()).filter(|byte| text.is_char_boundary(*byte)).step_by(7) {
        for method in [
            "textDocument/hover",
            "textDocument/completion",
            "textDocument/definition",
            "textDocument/prepareRename",
        ] {
            client.at(method, file, position(text, byte));
        }
    }
}

#[test]
fn half_typed_lines_are_completed_from_what_reads() {
    let (_guard, path) = folder(&[("portfolio.yaml", TEAM)]);
    let file = uri(&path.join("portfolio.yaml"));
    let mut client = Client::start(&path, &[], able());
    client.open(&file, TEAM);
    client.diagnostics(&file);
    for (before, typed, wanted) in [
        ("  - {owner: cy, with: bo,", "  - {owner: c|\n  - {owner: cy, with: bo,", "cy"),
        ("    raised: 2026-08-01\n", "    raised: \n    with|\n", "held: "),
        (
            "  - {id: ledger, name: Ledger, lead: bo, ",
            "  - {id: ledger, name: \"Led, lead: bo}\n  - {id: x, lead: |, ",
            "ana",
        ),
        ("acknowledgements:\n", "mentorships:\n  - mentor: |\nacknowledgements:\n", "dee"),
    ] {
        let cursor = typed.find('|').expect("a cursor");
        let text = TEAM.replace(before, &typed.replace('|', ""));
        assert_ne!(text, TEAM, "no {before}");
        client.replace(&file, &text);
        let byte = text.find(&typed.replace('|', "")).expect("it was typed") + cursor;
        let items = client.at("textDocument/completion", &file, position(&text, byte));
        let all = items.as_array().expect("a list");
        assert!(all.iter().any(|one| one["textEdit"]["newText"] == wanted), "{typed}: {all:?}");
        assert!(client.diagnostics(&file).iter().any(|one| one["severity"] == 1), "{typed}");
    }
    // A definition is found while something else does not read.
    let text = TEAM.replace("purpose: both,", "purpose: both, wi");
    client.replace(&file, &text);
    assert!(client.at("textDocument/definition", &file, find(&text, "lead: b|o")).is_object());
    let (code, said) = client.refused(
        "textDocument/rename",
        json!({"textDocument": {"uri": file}, "position": {"line": 3, "character": 10}, "newName": "b"}),
    );
    assert_eq!((code, said.as_str()), (-32803, "the portfolio has errors; mend them first"));
}

#[test]
fn broken_documents_are_survived() {
    let (_guard, path) = folder(&[]);
    let file = uri(&path.join("portfolio.yaml"));
    let mut client = Client::start(&path, &[], able());
    let deep = format!("people: {}", "[".repeat(5_000));
    let dashes = format!("people:\n  {}", "- ".repeat(3_000));
    let many = format!("people:\n{}", "  - {id: é\u{1F600}, \n".repeat(200));
    let texts = [
        "people:",
        "people: [",
        "people: {",
        "people:\n-",
        "people:\n  - ",
        "people:\n  - id",
        "people: &a [*a]",
        "people: |\n  x\n y",
        "people: \"",
        "people: 'a''",
        "people:\n\t- id: a",
        "? people\n: x",
        "---\n---\npeople: 1",
        "people: [{id: a}]\npeople: [{id: b}]",
        "{\"people\": [{\"id\": \"a\"",
        "people:\n - {id: a\n - {id: b}",
        "\u{FEFF}people:",
        "people:\r- id: a\r",
        "%YAML 1.2\n---\npeople: !!int x",
        "acknowledgements: [{factor: \":::\"}]\npeople: []",
        "people: [{id: a, aliases: [b, b]}]\nsquads: [{id: s, lead: b, context: {closed: [{decision: x}]}}]",
        "\u{0}people:",
        "people:\n  - {id: a, squad: }\n  - id: \n",
        "meetings:\n  - {owner: , with: }\npeople: [{id: a}]\n",
        "policy: {principal: {D10: x}}\npeople: [{id: a}]",
        &deep,
        &dashes,
        &many,
    ];
    for text in texts {
        client.open(&file, text);
        if text.len() < 400 {
            ask_everything(&mut client, &file, text);
        } else {
            client.at("textDocument/hover", &file, (0, 20));
            client.at("textDocument/completion", &file, (0, 20));
        }
        client.close(&file);
    }
    client.open(&file, TEAM);
    assert!(client.diagnostics(&file).iter().any(|one| one["code"] == "D101"));
    assert_eq!(client.end(), 0);
}

#[test]
fn a_document_can_be_cut_anywhere() {
    let (_guard, path) = folder(&[]);
    let file = uri(&path.join("portfolio.yaml"));
    let mut client = Client::start(&path, &[], able());
    client.open(&file, "");
    for byte in (0..TEAM.len()).filter(|byte| TEAM.is_char_boundary(*byte)).step_by(11) {
        let text = &TEAM[..byte];
        client.replace(&file, text);
        let at = position(text, byte);
        let items = client.at("textDocument/completion", &file, at);
        assert!(items.is_array() || items == Value::Null);
        client.at("textDocument/hover", &file, at);
    }
    assert_eq!(client.end(), 0);
}
