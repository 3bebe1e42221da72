//! The second opinion: what our reader takes from a file is what `serde_yaml` (as `yaml_serde`) reads in it, for
//! files it wrote itself and for files in every hand's style. Both are brought into one canonical form: ids for
//! references, defaults filled in, what is null left out.

use std::collections::HashMap;

use debt::records::words::{Described, Line};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::as_read::{ours, sorted};
use crate::portfolios::organisations;
use crate::styles::styled;
use crate::support::{self, cases};

/// Drops what is null, at any depth: it is the same as left out.
fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let kept = object.iter().filter(|(_, value)| !value.is_null());
            kept.map(|(key, value)| (key.clone(), without_nulls(value))).collect()
        }
        Value::Array(list) => list.iter().map(without_nulls).collect(),
        other => other.clone(),
    }
}

/// What the second opinion read, in the canonical form. `value` has no nulls.
fn theirs(value: &Value) -> Value {
    let present = |section: &str| present_ids(&value[section]);
    let (people, squads, guilds) = (present("people"), present("squads"), present("guilds"));
    let follow = |item: &mut Value, keys: &[&str], ids: &HashMap<String, String>| {
        for key in keys {
            if let Some(id) = item.get(*key).and_then(Value::as_str).map(|id| ids[id].clone()) {
                item[*key] = id.into();
            }
        }
    };
    let mut all = value.clone();
    all.as_object_mut().expect("keys at the top").remove("version");
    for (section, defaults) in DEFAULTS {
        if value.get(*section).is_none() && !["people", "squads", "guilds", "meetings"].contains(section) {
            continue;
        }
        let mut items = value[*section].as_array().cloned().unwrap_or_default();
        for item in &mut items {
            let of_people = [
                "delivery_owner",
                "craft_owner",
                "rated_by",
                "lead",
                "escalates_to",
                "owner",
                "with",
                "person",
                "signed_off_by",
                "mentor",
                "mentee",
            ];
            follow(item, &of_people, &people);
            follow(item, &["squad"], &squads);
            follow(item, &["guild"], &guilds);
            if item.get("id").is_none() {
                item["id"] = made_id(section, item).into();
            }
            for (key, default) in *defaults {
                if item.get(*key).is_none() {
                    item[*key] = serde_json::from_str(default).expect("a default is JSON");
                }
            }
            canonical(section, item);
        }
        items.sort_by_key(|item| item["id"].as_str().map(str::to_owned));
        all[*section] = items.into();
    }
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let described = Described::ALL.iter().map(|word| Value::from(word.word()));
    all["describes"] = described.filter(|word| list(&value["describes"]).contains(word)).collect();
    let shown = list(&value["hr_system"]["shows"]);
    if let Some(system) = value.get("hr_system") {
        let shows = |line: Line| shown.contains(&json!(line.word()));
        all["hr_system"] = json!([system["name"], shows(Line::Delivery), shows(Line::Craft)]);
    }
    let rows = list(&value["acknowledgements"]);
    all["acknowledgements"] = sorted(
        rows.iter()
            .map(|one| json!([one["factor"], one["reason"], one["named_on"], one["through"]]))
            .collect(),
    );
    all["policy"] = effective_policy(&value["policy"]);
    all
}

/// Sections with what stands for keys that are left out.
type Defaults = &'static [(&'static str, &'static [(&'static str, &'static str)])];
const DEFAULTS: Defaults = &[
    ("people", &[("aliases", "[]"), ("away", "[]"), ("external", "false"), ("exempt", "{}")]),
    ("squads", &[("aliases", "[]")]),
    ("guilds", &[("aliases", "[]")]),
    (
        "meetings",
        &[("aliases", "[]"), ("kind", "\"one-on-one\""), ("agenda", "[]"), ("cancelled_in_a_row", "0")],
    ),
    ("conversations", &[("aliases", "[]"), ("deferred_to", "[]")]),
    ("decisions", &[("aliases", "[]"), ("reopened", "[]")]),
    ("promotions", &[("aliases", "[]")]),
    ("mentorships", &[("aliases", "[]")]),
];

/// Every id and alias of a section, with the present id.
fn present_ids(section: &Value) -> HashMap<String, String> {
    let mut ids = HashMap::new();
    for item in section.as_array().into_iter().flatten() {
        let id = item["id"].as_str().expect("an id").to_owned();
        let aliases = item["aliases"].as_array().into_iter().flatten().filter_map(Value::as_str);
        ids.extend(aliases.map(|alias| (alias.to_owned(), id.clone())));
        ids.insert(id.clone(), id);
    }
    ids
}

fn made_id(section: &str, item: &Value) -> String {
    let keys: &[&str] = match section {
        "meetings" => &["owner", "with"],
        "conversations" => &["owner", "with", "kind", "raised"],
        "promotions" => &["person", "decided"],
        _ => &["mentor", "mentee"],
    };
    keys.iter().filter_map(|key| item.get(*key).and_then(Value::as_str)).collect::<Vec<_>>().join("--")
}

fn canonical(section: &str, item: &mut Value) {
    let has_text = |value: &Value| value.as_str().is_some_and(|text| !text.trim().is_empty());
    let any = |value: &Value| value.as_array().is_some_and(|list| list.iter().any(has_text));
    match section {
        "people" => {
            item.as_object_mut().expect("keys").remove("title");
            item["exempt"] =
                json!([item["exempt"]["delivery"].is_string(), item["exempt"]["craft"].is_string()]);
        }
        "squads" if item["context"].is_object() => {
            let context = &item["context"];
            item["context"] = json!([
                has_text(&context["success"]),
                any(&context["constraints"]),
                any(&context["closed"]),
                context["reviewed"]
            ]);
        }
        "guilds" if item["lanes"].is_array() => {
            let lane = |lane: &Value| {
                let millionths = |pay: &Value| pay.as_f64().map(|pay| (pay * 1e6).round());
                let levels = lane["levels"].as_array().cloned().unwrap_or_default();
                let level = |level: &Value| json!([level["level"], millionths(&level["pay"]).map(whole)]);
                json!([lane["track"], levels.iter().map(level).collect::<Vec<_>>()])
            };
            item["lanes"] = sorted(item["lanes"].as_array().into_iter().flatten().map(lane).collect());
        }
        "meetings" => {
            item["agenda"] = sorted(item["agenda"].as_array().cloned().unwrap_or_default());
            let days = [
                ("weekly", 7),
                ("biweekly", 14),
                ("monthly", 31),
                ("quarterly", 92),
                ("10d", 10),
                ("3w", 21),
            ];
            if let Some((_, days)) = days.iter().find(|(word, _)| item["every"] == *word) {
                item["every"] = json!(days);
            }
        }
        "conversations" if item["dropped"].is_object() => {
            item["dropped"] = json!([item["dropped"]["date"], item["dropped"]["reason"]]);
        }
        _ => {}
    }
    let kept = without_nulls(item);
    *item = kept;
}

#[expect(clippy::cast_possible_truncation, reason = "small and rounded")]
fn whole(number: f64) -> i64 {
    number as i64
}

/// The effective policy by the numbers of the scoring rules, which stand here a second time on purpose.
fn effective_policy(policy: &Value) -> Value {
    let points = [
        ("D101", 5.0),
        ("D102", 1.0),
        ("D103", 3.0),
        ("D104", 2.0),
        ("D201", 5.0),
        ("D202", 5.0),
        ("D203", 4.0),
        ("D204", 2.0),
        ("D205", 0.5),
        ("D302", 0.5),
        ("D303", 4.0),
        ("D304", 1.0),
        ("D401", 5.0),
        ("D402", 5.0),
        ("D403", 2.0),
        ("D404", 5.0),
        ("D501", 2.0),
        ("D502", 1.0),
        ("D503", 1.0),
        ("D601", 1.0),
        ("D602", 1.0),
        ("D603", 1.0),
        ("D701", 3.0),
        ("D702", 2.0),
        ("D703", 0.5),
        ("D801", 2.0),
    ];
    let kinds = [
        ("exit-risk", 6.0),
        ("performance", 4.0),
        ("promotion", 4.0),
        ("role", 3.0),
        ("pay", 3.0),
        ("conflict", 3.0),
        ("feedback", 2.0),
        ("other", 2.0),
    ];
    let times = |value: &Value, default: f64, factor: f64| {
        whole((value.as_f64().unwrap_or(default) * factor).round())
    };
    let disabled = policy["disable"].as_array().cloned().unwrap_or_default();
    let principal: Map<_, _> = points
        .iter()
        .map(|(code, default)| {
            (
                (*code).to_owned(),
                json!([times(&policy["principal"][code], *default, 1e3), disabled.contains(&json!(code))]),
            )
        })
        .collect();
    let every_kind = policy["principal"]["D301"].as_f64();
    let kinds: Map<_, _> = kinds
        .iter()
        .map(|(kind, default)| {
            let default = every_kind.unwrap_or(*default);
            ((*kind).to_owned(), times(&policy["conversations"][kind], default, 1e3).into())
        })
        .collect();
    let count = |key: &str, default: f64| times(&policy[key], default, 1.0);
    let grades = [("a", 0.6), ("b", 1.7), ("c", 4.0), ("d", 8.0)];
    json!([
        principal,
        kinds,
        times(&policy["interest"]["weekly_percent"], 5.0, 100.0),
        times(&policy["interest"]["cap"], 5.0, 1.0),
        times(&policy["fees"]["deferral_percent"], 25.0, 100.0),
        times(&policy["fees"]["max"], 4.0, 1.0),
        count("grace_days", 14.0),
        count("max_craft_span", 15.0),
        count("missed_cap", 5.0),
        count("away_grace_days", 30.0),
        count("promotion_window_days", 365.0),
        count("reopened_window_days", 180.0),
        count("context_review_days", 90.0),
        count("track_from_level", 4.0),
        grades.map(|(grade, default)| times(&policy["grades"][grade], default, 1e3)),
    ])
}

/// Both readers on one text; the first difference where there is one.
fn agree(text: &str) -> Result<(), TestCaseError> {
    let sources = support::sources(text);
    let own = support::read(&sources).map_err(|errors| TestCaseError::fail(format!("{errors}\n{text}")))?;
    let second: Value =
        serde_yaml::from_str(text).map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
    let pretty = |value: &Value| serde_json::to_string_pretty(&without_nulls(value)).expect("it is JSON");
    let (ours, theirs) = (pretty(&ours(&own)), pretty(&theirs(&without_nulls(&second))));
    let difference = ours.lines().zip(theirs.lines()).find(|(ours, theirs)| ours != theirs);
    prop_assert!(ours == theirs, "ours and theirs: {difference:#?}\n{text}");
    Ok(())
}

proptest! {
    #![proptest_config(cases(100))]

    /// Both readers agree on every valid file that `serde_yaml` writes.
    #[test]
    fn readers_agree_on_written_files(organisation in organisations()) {
        agree(&organisation.yaml())?;
    }

    /// And on the same portfolios in every hand's style: flow and block, quoted and plain and literal, with anchors,
    /// aliases and comments.
    #[test]
    fn readers_agree_on_every_style(organisation in organisations(), seed in any::<u64>()) {
        let text = styled(&organisation.0, seed);
        let read: Value = serde_yaml::from_str(&text).map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
        prop_assert!(read == organisation.0, "the style changed what is said:\n{text}");
        agree(&text)?;
    }

    /// JSON is YAML.
    #[test]
    fn readers_agree_on_json(organisation in organisations()) {
        agree(&organisation.0.to_string())?;
        agree(&serde_json::to_string_pretty(&organisation.0).expect("it is JSON"))?;
    }
}

#[test]
fn readers_agree_on_the_examples() {
    for path in support::files_below("examples", &["yaml"]) {
        let text = std::fs::read_to_string(&path).expect("a readable example");
        if text.contains("\npeople:") {
            agree(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        }
    }
}
