//! What the page is made of: tasks with their commands, squads by kind, the lines, names in their own direction, and
//! factors that are drawn on demand.

use data_encoding::BASE64;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use debt::base::points::MilliPoints;
use debt::render::escape::page;
use debt::report::{Key, Privacy};

use super::pages::{is_page, parsed, text_of, walk};
use super::{CLEAN, EXAMPLE, compared, rendered, with_private_report, with_report, written};
use crate::formats::hostile::{seen, texts};

/// A company with more factors than a page holds: nobody has a craft owner.
pub(super) fn large() -> String {
    let texts: Vec<String> = texts().into_iter().map(|text| text.chars().take(60).collect()).collect();
    let name = |at: usize| format!("{} {at}", texts[at % texts.len()]);
    let person = |at: usize| {
        json!({"id": format!("p{at}"), "name": name(at), "squad": format!("s{}", at % 40), "guild": format!("g{}", at % 3),
               "delivery_owner": "boss"})
    };
    let mut people: Vec<Value> = (0..1_200).map(person).collect();
    people.push(json!({"id": "boss", "external": true}));
    let squads: Vec<Value> = (0..40).map(|at| json!({"id": format!("s{at}"), "name": name(at)})).collect();
    let guilds: Vec<Value> = (0..3).map(|at| json!({"id": format!("g{at}")})).collect();
    let talk = |at: usize| json!({"id": format!("c{at}"), "kind": "feedback", "owner": format!("p{at}"), "with": "p0", "raised": "2026-08-01"});
    let talks: Vec<Value> = (1..9).map(talk).collect();
    json!({"name": "Large", "as_of": "2026-11-20", "people": people, "squads": squads, "guilds": guilds, "conversations": talks})
        .to_string()
        .chars()
        .map(seen)
        .collect()
}

fn count(text: &str, part: &str) -> usize {
    text.matches(part).count()
}

#[test]
fn many_factors_are_data_that_is_drawn_on_demand() {
    let text = rendered("html", &large());
    let all = with_report(&large(), |report, _| report.factors.count());
    assert!(all > 1_000);
    assert_eq!(count(&text, "<li id=\"factor-"), 100);
    assert!(text.contains(&format!("These are the first 100 of {all}.")));
    let (_, data) = text.split_once("<script type=\"application/json\" id=\"rows\">").expect("data");
    let (data, _) = data.split_once("</script>").expect("the script ends");
    // Nothing in it begins an element, a comment or the end of the script, or is a line end to an old parser.
    assert!(!data.contains(['<', '\u{2028}', '\u{2029}']));
    let data: Value = serde_json::from_str(data).expect("JSON");
    let rows = data["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), all);
    let sum: i64 = rows.iter().filter_map(|row| row["mp"].as_i64()).sum();
    with_report(&large(), |report, _| assert_eq!(report.score.mp, MilliPoints::new(sum)));
    for (row, said) in rows.iter().zip(with_report(&large(), |report, _| {
        report.factors.rows().map(|row| row.remedy).collect::<Vec<_>>()
    })) {
        let remedy = match &row["remedy"] {
            Value::Array(pieces) => pieces.iter().filter_map(Value::as_str).collect(),
            one => one.as_str().expect("text").to_owned(),
        };
        assert_eq!(remedy, page(said.raw()));
    }
}

/// Without the data the page is a page like any other.
#[test]
fn a_large_page_holds_only_our_elements() {
    let text = rendered("html", &large());
    assert_eq!(parsed(&text).errors.borrow().len(), 0);
    let mut elements = 0;
    walk(&parsed(&text).document, &mut |_, _| elements += 1);
    assert!(elements < 10_000, "{elements} elements");
}

/// The policy of the page lets run and apply exactly what is in it.
#[test]
fn the_policy_is_of_this_style_and_this_script() {
    for text in [rendered("html", EXAMPLE), rendered("html", &large()), rendered("html", CLEAN)] {
        for (kind, element) in [("style", "<style>"), ("script", "<script>")] {
            let (_, content) = text.split_once(element).expect(element);
            let (content, _) = content.split_once(&format!("</{kind}>")).expect("it ends");
            let hash = BASE64.encode(&Sha256::digest(content.as_bytes()));
            assert!(text.contains(&format!("{kind}-src 'sha256-{hash}'")), "{kind}");
        }
    }
}

#[test]
fn tasks_are_first_and_come_with_a_command() {
    let text = rendered("html", EXAMPLE);
    let places = ["id=\"do\"", "id=\"where\"", "id=\"heat\"", "id=\"lines\"", "id=\"ahead\"", "id=\"all\""];
    let found: Vec<usize> = places.iter().map(|id| text.find(id).expect(id)).collect();
    assert!(found.is_sorted(), "{found:?}");
    assert!(text.contains("data-copy=\"debt fix "));
    let text = compared("html", EXAMPLE, true);
    assert!(text.find("id=\"do\"") < text.find("id=\"change\""));
    // Pseudonyms cannot be typed.
    let key = Key::new(b"0123456789abcdef0123456789abcdef").expect("a key");
    let text = with_private_report(EXAMPLE, &Privacy::pseudonyms(key), |report, tasks| {
        written("html", report, tasks)
    });
    assert!(text.contains("id=\"do\"") && !text.contains("debt fix "));
}

/// Cells are exact: each squad's add up to its row, each kind's to its own.
#[test]
fn squads_by_kind_add_up() {
    with_report(EXAMPLE, |report, _| {
        let heat = report.heat().expect("squads and kinds");
        for (row, cells) in &heat.squads {
            assert_eq!(cells.iter().copied().sum::<MilliPoints>(), row.mp);
        }
        for (at, all) in heat.all.iter().enumerate() {
            assert_eq!(heat.squads.iter().map(|(_, cells)| cells[at]).sum::<MilliPoints>(), *all);
        }
    });
    with_private_report(EXAMPLE, &Privacy::aggregate(5, None), |report, tasks| {
        assert!(report.heat().is_none());
        let text = written("html", report, tasks);
        assert!(
            text.contains("By squad<") && !text.contains("id=\"heat\"") && !text.contains("id=\"lines\"")
        );
    });
}

/// Squads of one person are one row: nobody has a row, a shade or a bar.
#[test]
fn nobody_has_a_bar() {
    let person = |at: usize| json!({"id": format!("p{at}"), "squad": format!("s{}", at.min(2)), "guild": format!("g{}", at.min(2))});
    let group = |kind: &str, at: usize| json!({"id": format!("{kind}{at}"), "name": format!("{kind} of {}", ["one", "one too", "four"][at])});
    let groups = |kind: &str| (0..3).map(|at| group(kind, at)).collect::<Vec<_>>();
    let yaml = json!({"as_of": "2026-11-20", "people": (0..6).map(person).collect::<Vec<_>>(),
                      "squads": groups("s"), "guilds": groups("g"), "hr_system": {"name": "H", "shows": []}});
    let text = rendered("html", &yaml.to_string());
    let (_, tables) = text.split_once("id=\"where\"").expect("tables");
    let (tables, _) = tables.split_once("id=\"lines\"").expect("the next section");
    assert!(tables.contains("s of four") && tables.contains("g of four"), "{tables}");
    assert!(!tables.contains("of one"), "{tables}");
    assert_eq!(count(tables, "2 more, together"), 2);
}

#[test]
fn the_lines_are_drawn_where_they_can_be_read() {
    assert!(rendered("html", EXAMPLE).contains("<svg class=\"lines\""));
    let text = rendered("html", &large());
    assert!(!text.contains("<svg class=\"lines\"") && text.contains("would not be readable"));
}

/// A name from right to left, with a mark in it, beside numbers and between our words.
#[test]
fn names_are_in_their_own_direction() {
    let name = "\u{5E9}\u{5DC}\u{5D5}\u{5DD}\u{200F} (2)";
    let yaml = json!({"as_of": "2026-11-20", "people": [
        {"id": "ana", "name": name, "squad": "s", "delivery_owner": "bo"},
        {"id": "bo", "name": "Bo", "squad": "s", "exempt": {"delivery": "founder"}},
    ], "squads": [{"id": "s", "name": name}]});
    let yaml: String = yaml.to_string().chars().map(seen).collect();
    let text = rendered("html", &yaml);
    assert!(text.contains(&format!("<h3><bdi>{name}</bdi> has no craft owner</h3>")), "{text}");
    is_page(&text);
    let mut shown = String::new();
    text_of(&parsed(&text).document, &mut shown);
    assert!(!shown.contains("\\u{200F}"));
}
