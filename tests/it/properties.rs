//! What must always hold, each as one test over random portfolios. Source: the scoring rules, "What must always hold".

use std::collections::{BTreeMap, HashMap, HashSet};

use debt::base::day::Day;
use debt::base::names::Untrusted;
use debt::base::points::MilliPoints;
use debt::model::{self, Clock, OwnPolicy, ReadOptions};
use debt::render::{self, Breakdown, Screen, View};
use debt::report::{self, BuildOptions, Called};
use debt::rules;
use debt::score::factor::Factor;
use debt::score::part::Part;
use debt::score::{Scorecard, breakdown, headline, range, scorecard};
use debt::source::{Diagnostics, Severity, Source, Sources};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::portfolios::{Organisation, day, organisations};
use crate::run::TODAY;
use crate::support::cases;

/// Reads texts, one a file; the errors in a line each where there are any.
fn read(texts: &[String]) -> Result<(Sources, OwnPolicy), String> {
    let file = |(index, text): (usize, &String)| Source {
        name: Untrusted::new(format!("{index}.yaml")),
        text: text.clone(),
        path: None,
        at: None,
    };
    let sources = Sources(texts.iter().enumerate().map(file).collect());
    let mut found = Diagnostics::default();
    let clock = Clock { as_of: None, today: Day::parse(TODAY).expect("a day") };
    let catalog = rules::catalog();
    match model::read(&sources, ReadOptions { clock, policy_file: None, catalog: &catalog }, &mut found) {
        Some(own) => Ok((sources, own)),
        None => Err(found.sorted(Severity::Error).iter().map(|one| format!("{one:?}\n")).collect()),
    }
}

fn read_one(organisation: &Organisation) -> OwnPolicy {
    let (_, own) = read(&[organisation.yaml()]).expect("it is valid by construction");
    own
}

fn card(own: &OwnPolicy, day: Day) -> Option<Scorecard<'_>> {
    scorecard(&own.portfolio, &own.policy, day, Part::default()).ok()
}

/// The score today.
fn score(organisation: &Organisation) -> MilliPoints {
    let own = read_one(organisation);
    card(&own, own.day).expect("the first person is always scored").score
}

fn code(factor: &Factor) -> &'static str {
    rules::at(factor.rule).code
}

fn rendered(organisation: &[String], format: &str) -> String {
    let (sources, own) = read(organisation).expect("it is valid by construction");
    let card = card(&own, own.day).expect("the first person is always scored");
    let privacy = debt::report::Privacy::names();
    let report = report::build(
        &card,
        BuildOptions { sources: &sources, version: "0", privacy: &privacy, called: Called::default() },
    )
    .expect("names show every portfolio");
    let screen = Screen { width: Some(80), colour: false, drawing: true };
    let mut bytes = Vec::new();
    let view = View { tasks: 3, ..View::whole(screen, Breakdown::Group) };
    (render::format(format).expect("a format").render)(&report, &view, &mut bytes).expect("memory takes it");
    String::from_utf8(bytes).expect("UTF-8")
}

/// Whether two texts are the same, with the first line that is not.
fn same_lines(one: &str, other: &str) -> Result<(), TestCaseError> {
    let differing = one.lines().zip(other.lines()).find(|(one, other)| one != other);
    prop_assert!(one == other, "{differing:#?}");
    Ok(())
}

/// Without places: in which file and line something stands may change.
fn without_places(report: &str) -> String {
    fn clean(value: &mut Value) {
        match value {
            Value::Object(object) => {
                object.remove("location");
                object.values_mut().for_each(clean);
            }
            Value::Array(list) => list.iter_mut().for_each(clean),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let mut value = serde_json::from_str(report).expect("it is JSON");
    clean(&mut value);
    serde_json::to_string_pretty(&value).expect("it is JSON")
}

/// Every list under a key, with what it belongs to, whose order says nothing.
const UNORDERED: [&str; 17] = [
    "describes",
    "people",
    "squads",
    "guilds",
    "meetings",
    "conversations",
    "decisions",
    "promotions",
    "mentorships",
    "acknowledgements",
    "away",
    "aliases",
    "agenda",
    "lanes",
    "levels",
    "shows",
    "disable",
];

/// The same portfolio in another order, cut into two files.
fn shuffled(organisation: &Value, seed: u64) -> Vec<String> {
    fn shuffle(value: &mut Value, seed: &mut u64) {
        match value {
            Value::Object(object) => {
                for (key, value) in object.iter_mut() {
                    if let (true, Value::Array(list)) = (UNORDERED.contains(&key.as_str()), &mut *value) {
                        for index in (1..list.len()).rev() {
                            *seed = seed
                                .wrapping_mul(6_364_136_223_846_793_005)
                                .wrapping_add(1_442_695_040_888_963_407);
                            list.swap(index, usize::try_from(*seed >> 33).expect("it fits") % (index + 1));
                        }
                    }
                    shuffle(value, seed);
                }
            }
            Value::Array(list) => list.iter_mut().for_each(|value| shuffle(value, seed)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let mut seed = seed;
    let mut first = organisation.clone();
    shuffle(&mut first, &mut seed);
    let mut second = serde_json::Map::new();
    for (key, value) in first.as_object_mut().expect("keys at the top").iter_mut() {
        // A section that is written in neither file stays unwritten; single values stand in the first alone.
        if let (true, Value::Array(list)) = (key != "describes", value) {
            let rest = list.split_off(list.len() / 2);
            second.insert(key.clone(), rest.into());
        }
    }
    vec![first.to_string(), Value::from(second).to_string()]
}

/// The days in the data that start, end or excuse something after today.
fn turning_days(value: &Value) -> Vec<Day> {
    let mut days = Vec::new();
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                let turns = ["started", "left", "from", "until", "since"].contains(&key.as_str());
                days.extend(value.as_str().filter(|_| turns).and_then(Day::parse));
                days.extend(turning_days(value));
            }
        }
        Value::Array(list) => days.extend(list.iter().flat_map(turning_days)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    days
}

/// The items of a section.
fn items<'o>(organisation: &'o mut Value, section: &str) -> &'o mut [Value] {
    organisation[section].as_array_mut().map_or(&mut [], Vec::as_mut_slice)
}

/// The same with every id changed, as another organisation beside the first.
fn copied(organisation: &Value, prefix: &str) -> Value {
    fn rename(value: &mut Value, key: &str, ids: &[&str], prefix: &str) {
        match value {
            Value::Object(object) => {
                object.iter_mut().for_each(|(key, value)| rename(value, key, ids, prefix));
            }
            Value::Array(list) => list.iter_mut().for_each(|value| rename(value, key, ids, prefix)),
            Value::String(text) if ids.contains(&key) || key == "aliases" => text.insert_str(0, prefix),
            // `CODE:TYPE:ID`: an acknowledgement is of the copy's own.
            Value::String(text) if key == "factor" => {
                let at = text.rfind(':').expect("a factor has an id") + 1;
                text.insert_str(at, prefix);
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let ids = [
        "id",
        "squad",
        "guild",
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
    let mut copy = organisation.clone();
    rename(&mut copy, "", &ids, prefix);
    copy
}

proptest! {
    #![proptest_config(cases(100))]

    /// Contributions and every breakdown sum to the score, exactly.
    #[test]
    fn contributions_and_breakdowns_sum_to_the_score(organisation in organisations()) {
        let own = read_one(&organisation);
        let card = card(&own, own.day).expect("the first person is always scored");
        let sum = |amounts: &mut dyn Iterator<Item = MilliPoints>| amounts.sum::<MilliPoints>();
        prop_assert_eq!(sum(&mut card.factors.iter().map(Factor::value)), card.score);
        let parts = |one: &Factor| one.amounts.principal + one.amounts.fees + one.amounts.interest;
        prop_assert_eq!(sum(&mut card.factors.iter().map(parts)), card.score);
        prop_assert!(card.factors.iter().all(|one| one.amounts.interest >= MilliPoints::ZERO));
        let (factors, facts) = (&card.factors, &card.facts);
        prop_assert_eq!(sum(&mut breakdown::by(factors, |one| Some(one.rule)).iter().map(|one| one.sum)), card.score);
        prop_assert_eq!(sum(&mut breakdown::by(factors, |one| Some(breakdown::group(one))).iter().map(|one| one.sum)), card.score);
        let squads = breakdown::by(factors, |one| breakdown::squad(facts, one));
        let guilds = breakdown::by(factors, |one| breakdown::guild(facts, one));
        prop_assert_eq!(sum(&mut squads.iter().map(|one| one.sum)), card.score);
        prop_assert_eq!(sum(&mut guilds.iter().map(|one| one.sum)), card.score);
        prop_assert_eq!(sum(&mut breakdown::by(factors, |one| one.found.owner).iter().map(|one| one.sum)), card.score);
        // The score of a part is its line in the breakdown; each rule, subject and code stands once.
        for slice in &squads {
            let Some(squad) = slice.key else { continue };
            if let Ok(part) = scorecard(&own.portfolio, &own.policy, own.day, Part { squad: Some(squad), ..Part::default() }) {
                prop_assert_eq!(part.score, slice.sum);
            }
        }
        let mut keys: Vec<_> = factors.iter().map(Factor::key).collect();
        keys.sort_unstable();
        keys.dedup();
        prop_assert_eq!(keys.len(), factors.len());
    }

    /// The order of lists and of files in the portfolio changes nothing but the places reported.
    #[test]
    fn order_changes_nothing_but_places(organisation in organisations(), seed in any::<u64>()) {
        let before = rendered(&[organisation.yaml()], "json");
        let mut files = shuffled(&organisation.0, seed);
        if seed % 2 == 0 {
            files.reverse();
        }
        same_lines(&without_places(&before), &without_places(&rendered(&files, "json")))?;
        same_lines(&rendered(&[organisation.yaml()], "table"), &rendered(&files, "table"))?;
    }

    /// The same input, policy and day give the same bytes, on every run.
    #[test]
    fn same_input_same_bytes(organisation in organisations()) {
        for format in render::FORMATS {
            let texts = [organisation.yaml()];
            same_lines(&rendered(&texts, format.name), &rendered(&texts, format.name))?;
        }
    }

    /// A later day never lowers a factor, where no date that starts, ends or excuses something lies between the two
    /// days; those whose windows close, and D302 where it falls asleep, apart.
    #[test]
    fn a_later_day_never_lowers_a_factor(organisation in organisations(), later in 1_i64..700) {
        let own = read_one(&organisation);
        let (before, mut after) = (day(0), day(later));
        for turning in turning_days(&organisation.0) {
            if before < turning && turning <= after {
                let last = turning.days_since(before).count() - 1;
                after = day(last);
            }
        }
        let (first, second) = (card(&own, before).expect("scored"), card(&own, after).expect("scored"));
        let then: HashMap<_, _> = second.factors.iter().map(|one| (one.key(), one.value())).collect();
        let windows_close = ["D303", "D305", "D306", "D502", "D704"];
        let falls_asleep = |one: &Factor| code(one) == "D302" && second.unknown.iter().any(|unknown| unknown.key() == one.key());
        for factor in first.factors.iter().filter(|one| !windows_close.contains(&code(one)) && !falls_asleep(one)) {
            let value = then.get(&factor.key()).copied();
            prop_assert!(value.is_some_and(|value| value >= factor.value()), "{} on {after}: {value:?}", factor.id(&own.portfolio));
        }
    }

    /// Adding a deferral never lowers the score.
    #[test]
    fn a_deferral_never_lowers_the_score(organisation in organisations(), which in any::<prop::sample::Index>()) {
        let mut more = organisation.clone();
        let talks = items(&mut more.0, "conversations");
        prop_assume!(!talks.is_empty());
        let talk = &mut talks[which.index(talks.len())];
        let dates = talk["deferred_to"].as_array().cloned().unwrap_or_default();
        let last = dates.last().unwrap_or(if talk["due"].is_string() { &talk["due"] } else { &talk["raised"] });
        let next = Day::parse(last.as_str().expect("a date")).expect("a date").day_after();
        talk["deferred_to"] = [dates, vec![json!(next.to_string())]].concat().into();
        prop_assert!(score(&more) >= score(&organisation));
    }

    /// One more missed meeting never lowers the score.
    #[test]
    fn a_missed_meeting_never_lowers_the_score(organisation in organisations(), which in any::<prop::sample::Index>()) {
        let mut more = organisation.clone();
        let meetings = items(&mut more.0, "meetings");
        prop_assume!(!meetings.is_empty());
        let meeting = &mut meetings[which.index(meetings.len())];
        meeting["cancelled_in_a_row"] = (meeting["cancelled_in_a_row"].as_u64().unwrap_or(0) + 1).into();
        prop_assert!(score(&more) >= score(&organisation));
    }

    /// Under the default policy, and where both lines of the person are looked at, neither does a craft topic on a
    /// delivery 1:1 nor a delivery topic on a craft 1:1.
    #[test]
    fn a_second_job_on_a_1on1_never_lowers_the_score(organisation in organisations(), last in any::<bool>()) {
        use debt::records::words::Line;
        let mut organisation = organisation;
        organisation.0.as_object_mut().expect("keys").remove("policy");
        let own = read_one(&organisation);
        let card = card(&own, own.day).expect("the first person is always scored");
        let lines = &card.facts.lines;
        let single = |one: &&debt::rules::facts::OneOnOne| one.jobs.delivery != one.jobs.craft
            && lines.in_scope(Line::Delivery, one.with) && lines.in_scope(Line::Craft, one.with);
        let singles: Vec<_> = card.facts.one_on_ones().iter().filter(single).collect();
        let chosen = if last { singles.last() } else { singles.first() };
        prop_assume!(chosen.is_some());
        let one = chosen.expect("there is one");
        // Items are found again by where they stand: the writer puts each on lines of its own.
        let line = own.portfolio.meeting(one.meeting).at.mark;
        let mut at: Vec<_> = own.portfolio.meetings.iter().map(|meeting| meeting.at.mark).collect();
        at.sort_unstable();
        let index = at.iter().position(|mark| *mark == line).expect("it is there");
        let mut more = organisation.clone();
        let meeting = &mut items(&mut more.0, "meetings")[index];
        let topic = if one.jobs.delivery { "skill-depth" } else { "blockers" };
        let agenda = meeting["agenda"].as_array().cloned().unwrap_or_default();
        meeting["agenda"] = [agenda, vec![json!(topic)]].concat().into();
        prop_assert!(score(&more) >= card.score, "{:?} then {:?}", score(&more), card.score);
    }

    /// The high end of the range is never under the score, and equals it exactly where nothing is unknown.
    #[test]
    fn the_high_end_is_the_score_where_nothing_is_unknown(organisation in organisations()) {
        let own = read_one(&organisation);
        let of = card(&own, own.day).expect("the first person is always scored");
        prop_assert!(range::high(&of) >= of.score);
        prop_assert!(!of.unknown.is_empty() || range::high(&of) == of.score);
        // By the default policy every unit costs something, unless the exclusive group found something dearer.
        let mut plain = organisation;
        plain.0.as_object_mut().expect("keys").remove("policy");
        let own = read_one(&plain);
        let of = card(&own, own.day).expect("the first person is always scored");
        let found: HashSet<_> = of.factors.iter().map(|one| (rules::exclusive_group(one.rule), one.subject)).collect();
        let open = of.unknown.iter().any(|one| !found.contains(&(rules::exclusive_group(one.rule), one.subject)));
        prop_assert!(!open || range::high(&of) > of.score);
    }

    /// Turning one unknown answer into "clear", with all other answers as they were, never raises the high end.
    #[test]
    fn a_clear_answer_never_raises_the_high_end(organisation in organisations(), which in any::<prop::sample::Index>()) {
        let own = read_one(&organisation);
        let mut of = card(&own, own.day).expect("the first person is always scored");
        prop_assume!(!of.unknown.is_empty());
        let before = range::high(&of);
        of.unknown.remove(which.index(of.unknown.len()));
        prop_assert!(range::high(&of) <= before && range::high(&of) >= of.score);
    }

    /// One more acknowledgement never lowers the score: the first costs nothing, a renewal of it is a deferral.
    #[test]
    fn an_acknowledgement_never_lowers_the_score(organisation in organisations(), which in any::<prop::sample::Index>()) {
        let mut more = organisation;
        let all = more.0.as_object_mut().expect("keys");
        all.insert("acknowledgements".into(), json!([]));
        let own = read_one(&more);
        let of = card(&own, own.day).expect("the first person is always scored");
        prop_assume!(!of.factors.is_empty());
        let factor = &of.factors[which.index(of.factors.len())];
        let mut scores = vec![of.score];
        // Named again in the last days of the one before, and again on its last day.
        for (named_on, through) in [(-40, -20), (-30, -10), (-10, 20)] {
            let row = json!({
                "factor": factor.id(&own.portfolio),
                "reason": "known",
                "named_on": day(named_on).to_string(),
                "through": day(through).to_string(),
            });
            more.0["acknowledgements"].as_array_mut().expect("a list").push(row);
            scores.push(score(&more));
        }
        prop_assert!(scores.is_sorted() && scores[0] == scores[1], "{}: {scores:?}", factor.id(&own.portfolio));
        let fees = own.policy.deferral_bp.bp() > 0 && own.policy.max_deferrals > 0;
        let costs = fees && factor.amounts.principal >= MilliPoints::new(1_000);
        prop_assert!(!costs || scores[2] > scores[1], "{}: {scores:?}", factor.id(&own.portfolio));
    }

    /// Two disjoint copies of an organisation have twice the score, the same grade and the same index, D404 and D603
    /// apart.
    #[test]
    fn two_copies_have_twice_the_score(organisation in organisations()) {
        let mut organisation = organisation;
        let all = organisation.0.as_object_mut().expect("keys");
        // Both are about the whole: rules that are off are not asked.
        if !all.get("policy").is_some_and(Value::is_object) {
            all.insert("policy".into(), json!({}));
        }
        // Two for one factor would be a renewal.
        all.remove("acknowledgements");
        let disabled = all["policy"]["disable"].as_array().cloned().unwrap_or_default();
        if let Some(Value::Array(list)) = all.get_mut("acknowledgements") {
            list.retain(|one| one["factor"] != "D404:portfolio:portfolio");
        }
        all["policy"]["disable"] = [disabled, vec![json!("D404"), json!("D603")]].concat().into();
        let mut both = copied(&organisation.0, "a-");
        let second = copied(&organisation.0, "b-");
        for (key, value) in both.as_object_mut().expect("keys") {
            if let (true, Value::Array(list)) = (key != "describes", value) {
                list.extend(second[key.as_str()].as_array().cloned().unwrap_or_default());
            }
        }
        let (one, two) = (read_one(&organisation), read_one(&Organisation(both)));
        let (once, twice) = (card(&one, one.day).expect("scored"), card(&two, two.day).expect("scored"));
        prop_assert_eq!(twice.people, 2 * once.people);
        prop_assert_eq!(twice.score, once.score.times(2));
        let head = |card: &Scorecard<'_>, own: &OwnPolicy| {
            (headline::grade(card.score, card.people, &own.policy), headline::index(card.score, card.people))
        };
        prop_assert_eq!(head(&once, &one), head(&twice, &two));
        let written_off = |card: &Scorecard<'_>| card.written_off.iter().map(|one| one.amount).sum::<MilliPoints>();
        prop_assert_eq!(written_off(&twice), written_off(&once).times(2));
    }

    /// Principal and fees do not change with the day while the factor exists, those that count what comes and goes
    /// apart.
    #[test]
    fn principal_and_fees_do_not_change_with_the_day(organisation in organisations(), a in -500_i64..500, b in -500_i64..500) {
        let own = read_one(&organisation);
        let (Some(first), Some(second)) = (card(&own, day(a)), card(&own, day(b))) else { return Ok(()) };
        let then: BTreeMap<_, _> = second.factors.iter().map(|one| (one.key(), one.amounts)).collect();
        let counts = ["D205", "D404", "D405", "D502", "D604", "D802"];
        for factor in first.factors.iter().filter(|one| !counts.contains(&code(one))) {
            if let Some(amounts) = then.get(&factor.key()) {
                let id = factor.id(&own.portfolio);
                prop_assert_eq!(amounts.principal, factor.amounts.principal, "{}", &id);
                let about = id.split_once(':').map(|(_, about)| about.to_owned()).unwrap_or_default();
                let named = own.portfolio.acknowledgements.iter();
                let times = named.filter(|one| own.portfolio.text(one.factor).ends_with(&about)).count();
                if times < 2 {
                    prop_assert_eq!(amounts.fees, factor.amounts.fees, "{}", &id);
                }
            }
        }
    }
}
