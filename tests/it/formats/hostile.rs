//! Text that tries to be something else, in every place of a portfolio that takes text; and what no format lets by.

use debt::render::FORMATS;
use debt::report::{Key, Privacy};
use serde_json::{Value, json};

use super::{compared, rendered, with_private_report, written};

/// Formulas, markup, commands, controls, and a lot of it.
pub(crate) fn texts() -> Vec<String> {
    let mut texts: Vec<String> = [
        "=HYPERLINK(\"http://evil.example\",\"x\")",
        "+1+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(1,2)",
        "\t=1+1",
        "a|b\\|c\\",
        "`code` ```fence",
        "<script>alert(1)</script>",
        "</title></style></script><img src=x onerror=alert(1)>",
        "\" onmouseover=\"alert(1)\" x=\"",
        "' onfocus='alert(1)' autofocus='",
        "]]><x/><![CDATA[",
        "--> <!-- --!>",
        "::error::pwned",
        "\r\n::error file=a.rs,line=1::pwned",
        "%0A::warning::pwned%0D",
        "a:b,c",
        "\u{1b}[31mred\u{1b}[0m\u{9b}1m",
        "\u{202e}drow\u{2066}x\u{200f}",
        "nul\u{0}one\u{1}del\u{7f}nel\u{85}ls\u{2028}bom\u{feff}",
        "\u{fffe}\u{ffff}\u{10ffff}",
        "@everyone @octocat/team #1 !2 GH-3 org/repo#4",
        "![x](http://evil.example/x.png) [l](javascript:alert(1)) <http://evil.example>",
        "see http://evil.example or www.evil.example or a@evil.example",
        "{0} {{1}} ${{ secrets.X }} \\{",
        "# heading\n\n- list\n\n| a |\n|---|",
        "1. one",
        "~~gone~~ **bold** __under__ $x^2$",
        "&lt;b&gt; &amp; &#60; &NotEqual;",
        "quote\" and 'apostrophe' and back\\slash",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.push("long ".repeat(2_000));
    texts.push("\u{1F600}".repeat(2_500));
    texts.push("x".repeat(10_000));
    texts
}

/// A portfolio that says each of them wherever text can stand. JSON is YAML; what cannot be seen is written out in it,
/// since the reader refuses it raw.
pub(super) fn portfolio() -> String {
    let texts = texts();
    let ids: Vec<String> = (0..texts.len()).map(|index| format!("p{index}")).collect();
    let all = || texts.iter().zip(&ids).enumerate();
    let mut people: Vec<Value> = vec![json!({"id": "boss", "external": true})];
    people.extend(all().map(|(index, (text, id))| json!({"id": id, "name": text, "title": text, "squad": format!("s{index}"), "guild": format!("g{index}")})));
    let named = |prefix: &str| -> Vec<Value> {
        all()
            .map(|(index, (text, id))| json!({"id": format!("{prefix}{index}"), "name": text, "lead": id}))
            .collect()
    };
    let acknowledged = all().map(|(index, (text, _))| {
        json!({"factor": format!("D101:meeting:m{index}"), "reason": text, "named_on": "2026-11-19", "through": "2026-12-10"})
    });
    json!({
        "name": texts.concat().chars().take(20_000).collect::<String>(),
        "as_of": "2026-11-20",
        "describes": ["context", "escalations", "peers", "lanes"],
        "people": people,
        "squads": named("s"),
        "guilds": named("g"),
        "meetings": all().map(|(index, (text, id))| json!({"id": format!("m{index}"), "title": text, "owner": "boss", "with": id, "purpose": "both"})).collect::<Vec<_>>(),
        "conversations": all().map(|(index, (text, id))| json!({"id": format!("c{index}"), "topic": text, "kind": "feedback", "owner": "boss", "with": id, "raised": "2026-08-01"})).collect::<Vec<_>>(),
        "decisions": all().map(|(index, (text, _))| json!({"id": format!("d{index}"), "title": text, "owner": "boss", "raised": "2026-08-01"})).collect::<Vec<_>>(),
        "promotions": all().map(|(index, (text, id))| json!({"id": format!("r{index}"), "to": text, "person": id, "decided": "2026-08-01"})).collect::<Vec<_>>(),
        "mentorships": all().map(|(index, (text, id))| json!({"id": format!("o{index}"), "topic": text, "mentor": "boss", "mentee": id, "since": "2026-08-01"})).collect::<Vec<_>>(),
        "hr_system": {"name": texts.concat(), "shows": []},
        "acknowledgements": acknowledged.collect::<Vec<_>>(),
    })
    .to_string()
    .chars()
    .map(seen)
    .collect()
}

/// What cannot be seen is written out, as JSON does it.
pub(crate) fn seen(character: char) -> String {
    match u32::from(character) {
        code @ (0x7f..=0x9f
        | 0x200e..=0x200f
        | 0x2028..=0x202e
        | 0x2066..=0x2069
        | 0xfeff
        | 0xfffe
        | 0xffff) => {
            format!("\\u{code:04x}")
        }
        _ => character.to_string(),
    }
}

/// What would be obeyed or would hide something, wherever it is shown.
fn is_obeyed(character: char) -> bool {
    (character.is_control() && character != '\n')
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Every way to show people.
pub(super) fn privacies() -> [Privacy; 5] {
    let key = || Key::new(b"sixteen bytes or more").expect("long enough");
    let pseudonyms = Privacy::pseudonyms(key());
    [
        Privacy::names(),
        pseudonyms.clone(),
        pseudonyms.without_locations(),
        Privacy::roles(2, key()),
        Privacy::aggregate(5, None),
    ]
}

#[test]
fn every_privacy_is_taken_by_every_client() {
    let portfolio = portfolio();
    for privacy in privacies() {
        let written = |format: &str| {
            with_private_report(&portfolio, &privacy, |report, tasks| written(format, report, tasks))
        };
        is_report(&written("json"));
        super::findings::is_junit(&written("junit"));
        super::findings::is_sarif(&written("sarif"));
        super::findings::is_metrics(&written("openmetrics"));
        super::pages::is_page(&written("html"));
        super::pages::is_markdown(&written("markdown"));
        super::rows::is_table(&written("csv"));
    }
}

#[test]
fn no_format_lets_a_control_by() {
    let portfolio = portfolio();
    for format in FORMATS {
        let private = privacies().map(|privacy| {
            with_private_report(&portfolio, &privacy, |report, tasks| written(format.name, report, tasks))
        });
        for text in private.into_iter().chain([compared(format.name, &portfolio, true)]) {
            let text = if format.name == "csv" { text.replace("\r\n", "\n") } else { text };
            // A page shows names in their own direction.
            let is_page = ["html", "markdown"].contains(&format.name);
            let is_left = |character: char| is_page && matches!(character, '\u{200e}' | '\u{200f}');
            let obeyed = |character: &char| is_obeyed(*character) && !is_left(*character);
            let found: Vec<char> = text.chars().filter(obeyed).collect();
            assert!(found.is_empty(), "{}: {found:?}", format.name);
        }
    }
}

/// Valid under the report's schema; gives it.
fn is_report(text: &str) -> Value {
    let schema: Value =
        serde_json::from_str(&debt::cli::generate(debt::cli::Document::Report)).expect("a schema");
    let validator = jsonschema::validator_for(&schema).expect("a schema that can be used");
    let report: Value = serde_json::from_str(text).expect("JSON");
    let errors: Vec<String> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    report
}

#[test]
fn json_is_what_the_schema_says_and_loses_nothing() {
    let portfolio = portfolio();
    for text in [rendered("json", &portfolio), compared("json", &portfolio, true)] {
        let report = is_report(&text);
        let factors = report["factors"].as_array().expect("factors");
        let labels: Vec<&str> =
            factors.iter().filter_map(|factor| factor["subject"]["label"].as_str()).collect();
        assert!(texts().iter().all(|text| labels.contains(&text.as_str())));
    }
}
