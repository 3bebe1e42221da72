//! The second opinion: what our reader takes from a file is what `serde_yaml` (as `yaml_serde`) reads in it, for
//! files it wrote itself and for files in every hand's style. Both are brought into one canonical form: ids for
//! references, defaults filled in, what is null left out.

use std::collections::HashMap;

use debt::base::day::Day;
use debt::base::ids::PersonIx;
use debt::base::names::Name;
use debt::base::points::MilliPoints;
use debt::model::{Link, OwnPolicy, Portfolio};
use debt::parse::words::{Described, Line};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::portfolios::organisations;
use crate::styles::styled;
use crate::support;

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

fn texts(list: &[Name], portfolio: &Portfolio) -> Value {
    list.iter().map(|name| Value::from(portfolio.text(*name))).collect()
}

/// Builds an object, leaving out what is null.
fn object<const N: usize>(entries: [(&str, Value); N]) -> Value {
    let entries = entries.into_iter().filter(|(_, value)| !value.is_null());
    Value::Object(entries.map(|(key, value)| (key.to_owned(), value)).collect::<Map<_, _>>())
}

fn date(day: Option<Day>) -> Value {
    day.map_or(Value::Null, |day| day.to_string().into())
}

/// What our reader took in, in the canonical form.
fn ours(own: &OwnPolicy) -> Value {
    let all = &own.portfolio;
    let name = |name: Option<Name>| name.map_or(Value::Null, |name| all.text(name).into());
    let id = |link: Option<Link<PersonIx>>| {
        let target = link.map(|link| link.target().expect("every reference leads somewhere"));
        target.map_or(Value::Null, |at| all.text(all.person(at).id).into())
    };
    let days = |days: &[Day]| days.iter().map(ToString::to_string).map(Value::from).collect::<Value>();
    let at = |item: Name, aliases: &[Name], rest: Value| {
        let mut rest = rest;
        rest["id"] = all.text(item).into();
        rest["aliases"] = texts(aliases, all);
        rest
    };
    let people = all.people.iter().map(|one| {
        let away = one.away.iter().map(|away| json!({"from": away.from.to_string(), "until": away.until.to_string()}));
        at(one.id, &one.aliases, object([
            ("name", name(one.name)),
            ("squad", one.squad.and_then(Link::target).map_or(Value::Null, |at| all.text(all.squad(at).id).into())),
            ("guild", one.guild.and_then(Link::target).map_or(Value::Null, |at| all.text(all.guild(at).id).into())),
            ("delivery_owner", id(one.delivery_owner)),
            ("craft_owner", id(one.craft_owner)),
            ("rated_by", id(one.rated_by)),
            ("level", one.level.map_or(Value::Null, Value::from)),
            ("track", one.track.map_or(Value::Null, |track| track.word().into())),
            ("started", date(one.started)),
            ("left", date(one.left)),
            ("away", away.collect()),
            ("external", one.external.into()),
            ("exempt", json!([one.exempt_delivery, one.exempt_craft])),
        ]))
    });
    let squads = all.squads.iter().map(|one| {
        let context = one.context.map(|context| json!([
            context.has_success, context.has_constraints, context.has_closed, date(context.reviewed)
        ]));
        at(one.id, &one.aliases, object([
            ("name", name(one.name)),
            ("lead", id(one.lead)),
            ("escalates_to", id(one.escalates_to)),
            ("context", context.unwrap_or_default()),
        ]))
    });
    let guilds = all.guilds.iter().map(|one| {
        let lanes = one.lanes.as_ref().map(|lanes| {
            let mut lanes: Vec<_> = lanes.iter().map(|lane| json!([lane.track.word(), lane.levels.to_vec()])).collect();
            lanes.sort_by_key(ToString::to_string);
            Value::from(lanes)
        });
        at(one.id, &one.aliases, object([
            ("name", name(one.name)),
            ("lead", id(one.lead)),
            ("lanes", lanes.unwrap_or_default()),
        ]))
    });
    let meetings = all.meetings.iter().map(|one| {
        at(one.id, &one.aliases, object([
            ("title", name(one.title)),
            ("kind", one.kind.word().into()),
            ("owner", id(Some(one.owner))),
            ("with", id(one.with)),
            ("purpose", one.purpose.map_or(Value::Null, |purpose| purpose.word().into())),
            ("agenda", sorted(one.agenda.iter().map(|topic| topic.word().into()).collect())),
            ("every", one.every.map_or(Value::Null, Value::from)),
            ("last_held", date(one.last_held)),
            ("cancelled_in_a_row", one.cancelled_in_a_row.into()),
            ("since", date(one.since)),
            ("until", date(one.until)),
        ]))
    });
    let conversations = all.conversations.as_ref().map(|list| list.iter().map(|one| {
        let dropped = one.dropped.map(|dropped| json!([dropped.date.to_string(), all.text(dropped.reason)]));
        at(one.id, &one.aliases, object([
            ("kind", one.kind.word().into()),
            ("owner", id(Some(one.owner))),
            ("with", id(Some(one.with))),
            ("topic", name(one.topic)),
            ("raised", date(Some(one.raised))),
            ("due", date(one.due)),
            ("deferred_to", days(&one.deferred_to)),
            ("held", date(one.held)),
            ("dropped", dropped.unwrap_or_default()),
        ]))
    }).collect::<Value>());
    let decisions = all.decisions.as_ref().map(|list| list.iter().map(|one| {
        at(one.id, &one.aliases, object([
            ("title", name(one.title)),
            ("squad", one.squad.and_then(Link::target).map_or(Value::Null, |at| all.text(all.squad(at).id).into())),
            ("owner", id(Some(one.owner))),
            ("raised", date(Some(one.raised))),
            ("due", date(one.due)),
            ("closed", date(one.closed)),
            ("reopened", days(&one.reopened)),
        ]))
    }).collect::<Value>());
    let promotions = all.promotions.as_ref().map(|list| list.iter().map(|one| {
        at(one.id, &one.aliases, object([
            ("person", id(Some(one.person))),
            ("to", name(Some(one.to))),
            ("decided", date(Some(one.decided))),
            ("signed_off_by", id(one.signed_off_by)),
            ("reviewed", date(one.reviewed)),
        ]))
    }).collect::<Value>());
    let mentorships = all.mentorships.as_ref().map(|list| list.iter().map(|one| {
        at(one.id, &one.aliases, object([
            ("mentor", id(Some(one.mentor))),
            ("mentee", id(Some(one.mentee))),
            ("topic", name(one.topic)),
            ("since", date(one.since)),
            ("until", date(one.until)),
        ]))
    }).collect::<Value>());
    let acknowledgements = all.acknowledgements.iter().map(|one| json!([
        all.text(one.finding), all.text(one.reason), one.named_on.to_string(), one.through.to_string()
    ]));
    object([
        ("name", name(all.name)),
        ("as_of", date(all.as_of)),
        ("describes", all.describes.iter().map(|word| Value::from(word.word())).collect()),
        ("people", people.collect()),
        ("squads", squads.collect()),
        ("guilds", guilds.collect()),
        ("meetings", meetings.collect()),
        ("conversations", conversations.unwrap_or_default()),
        ("decisions", decisions.unwrap_or_default()),
        ("promotions", promotions.unwrap_or_default()),
        ("mentorships", mentorships.unwrap_or_default()),
        ("hr_system", all.hr_system.as_ref().map_or(Value::Null, |one| {
            json!([name(one.name), one.shows_delivery, one.shows_craft])
        })),
        ("acknowledgements", sorted(acknowledgements.collect())),
        ("policy", policy_of(own)),
    ])
}

/// Amounts of the effective policy that random policies change.
fn policy_of(own: &OwnPolicy) -> Value {
    let policy = &own.policy;
    let rule = |index| debt::base::ids::RuleIx::at(index);
    let rules = debt::rules::all().enumerate();
    let principal: Map<_, _> = rules.filter(|(_, one)| one.code != "D301").map(|(index, one)| {
        (one.code.to_owned(), json!([policy.principal(rule(index)).mp(), policy.is_disabled(rule(index))]))
    }).collect();
    let kinds = debt::parse::words::ConversationKind::ALL.iter();
    let kinds: Map<_, _> = kinds.map(|kind| (kind.word().to_owned(), policy.conversation(*kind).mp().into())).collect();
    json!([
        principal, kinds, policy.weekly_bp, policy.cap, policy.deferral_bp, policy.max_deferrals, policy.grace_days,
        policy.max_craft_span, policy.missed_cap, policy.away_grace_days, policy.promotion_window_days,
        policy.reopened_window_days, policy.context_review_days, policy.track_from_level,
        policy.grades.map(MilliPoints::mp),
    ])
}

fn sorted(list: Vec<Value>) -> Value {
    let mut list = list;
    list.sort_by_key(ToString::to_string);
    list.dedup();
    list.into()
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
            let of_people = ["delivery_owner", "craft_owner", "rated_by", "lead", "escalates_to", "owner", "with",
                "person", "signed_off_by", "mentor", "mentee"];
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
    all["acknowledgements"] =
        sorted(rows.iter().map(|one| json!([one["finding"], one["reason"], one["named_on"], one["through"]])).collect());
    all["policy"] = effective_policy(&value["policy"]);
    all
}

/// Sections with what stands for keys that are left out.
type Defaults = &'static [(&'static str, &'static [(&'static str, &'static str)])];
const DEFAULTS: Defaults = &[
    ("people", &[("aliases", "[]"), ("away", "[]"), ("external", "false"), ("exempt", "{}")]),
    ("squads", &[("aliases", "[]")]),
    ("guilds", &[("aliases", "[]")]),
    ("meetings", &[("aliases", "[]"), ("kind", "\"one-on-one\""), ("agenda", "[]"), ("cancelled_in_a_row", "0")]),
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
            item["exempt"] = json!([item["exempt"]["delivery"].is_string(), item["exempt"]["craft"].is_string()]);
        }
        "squads" if item["context"].is_object() => {
            let context = &item["context"];
            item["context"] =
                json!([has_text(&context["success"]), any(&context["constraints"]), any(&context["closed"]), context["reviewed"]]);
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
            let days = [("weekly", 7), ("biweekly", 14), ("monthly", 31), ("quarterly", 92), ("10d", 10), ("3w", 21)];
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
        ("D101", 5.0), ("D102", 1.0), ("D103", 3.0), ("D104", 2.0), ("D201", 5.0), ("D202", 5.0), ("D203", 4.0),
        ("D204", 2.0), ("D205", 0.5), ("D302", 0.5), ("D303", 4.0), ("D304", 1.0), ("D401", 5.0), ("D402", 5.0),
        ("D403", 2.0), ("D404", 5.0), ("D501", 2.0), ("D502", 1.0), ("D503", 1.0), ("D601", 1.0), ("D602", 1.0),
        ("D603", 1.0), ("D701", 3.0), ("D702", 2.0), ("D703", 0.5), ("D801", 2.0),
    ];
    let kinds = [
        ("exit-risk", 6.0), ("performance", 4.0), ("promotion", 4.0), ("role", 3.0), ("pay", 3.0), ("conflict", 3.0),
        ("feedback", 2.0), ("other", 2.0),
    ];
    let times = |value: &Value, default: f64, factor: f64| whole((value.as_f64().unwrap_or(default) * factor).round());
    let disabled = policy["disable"].as_array().cloned().unwrap_or_default();
    let principal: Map<_, _> = points.iter().map(|(code, default)| {
        ((*code).to_owned(), json!([times(&policy["principal"][code], *default, 1e3), disabled.contains(&json!(code))]))
    }).collect();
    let every_kind = policy["principal"]["D301"].as_f64();
    let kinds: Map<_, _> = kinds.iter().map(|(kind, default)| {
        let default = every_kind.unwrap_or(*default);
        ((*kind).to_owned(), times(&policy["conversations"][kind], default, 1e3).into())
    }).collect();
    let count = |key: &str, default: f64| times(&policy[key], default, 1.0);
    let grades = [("a", 0.6), ("b", 1.7), ("c", 4.0), ("d", 8.0)];
    json!([
        principal, kinds,
        times(&policy["interest"]["weekly_percent"], 5.0, 100.0), times(&policy["interest"]["cap"], 5.0, 1.0),
        times(&policy["fees"]["deferral_percent"], 25.0, 100.0), times(&policy["fees"]["max"], 4.0, 1.0),
        count("grace_days", 14.0), count("max_craft_span", 15.0), count("missed_cap", 5.0),
        count("away_grace_days", 30.0), count("promotion_window_days", 365.0), count("reopened_window_days", 180.0),
        count("context_review_days", 90.0), count("track_from_level", 4.0),
        grades.map(|(grade, default)| times(&policy["grades"][grade], default, 1e3)),
    ])
}

/// Both readers on one text; the first difference where there is one.
fn agree(text: &str) -> Result<(), TestCaseError> {
    let sources = support::sources(text);
    let own = support::read(&sources).map_err(|errors| TestCaseError::fail(format!("{errors}\n{text}")))?;
    let second: Value = serde_yaml::from_str(text).map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
    let pretty = |value: &Value| serde_json::to_string_pretty(&without_nulls(value)).expect("it is JSON");
    let (ours, theirs) = (pretty(&ours(&own)), pretty(&theirs(&without_nulls(&second))));
    let difference = ours.lines().zip(theirs.lines()).find(|(ours, theirs)| ours != theirs);
    prop_assert!(ours == theirs, "ours and theirs: {difference:#?}\n{text}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

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
