//! A history is what `debt score` says of each text on each day: over renames, a merge, a revert, texts that do not read,
//! a policy that changes, clocks that run backwards, other line ends, and where a clone was cut off.

use std::fmt::Write as _;
use std::fs;

use debt::base::day::{Day, Days};
use serde_json::Value;

use crate::gate_kit::Place;
use crate::needs;
use crate::run;
use crate::support::{day, file, holds_schema};

/// How many commits there are.
const COMMITS: i64 = 200;
/// The first one is made then; the others follow every seven hours.
const FIRST: i64 = 1_789_000_000;
/// Where the file is renamed, its folder, where a branch is merged, and where the text is as it was.
const RENAMED: i64 = 40;
const MOVED: i64 = 90;
const MERGED: i64 = 60;
const REVERTED: i64 = 100;

fn is_broken(at: i64) -> bool {
    (110..114).contains(&at)
}

/// The committer's clock: now and then it is wrong by days.
fn seconds(at: i64) -> i64 {
    FIRST + at * 25_200 - if at % 17 == 0 { 300_000 } else { 0 }
}

/// The day that a revision counts for.
fn day_of(at: i64) -> Day {
    let days = (0..=at).map(|at| seconds(at).div_euclid(86_400)).max().expect("one");
    Day::from_epoch_days(days).expect("a day")
}

fn policy(at: i64) -> Option<&'static str> {
    match at {
        ..50 => None,
        50..150 => Some("policy: {interest: {weekly_percent: 3}}\n"),
        _ => Some("policy: {principal: {D101: 9}}\n"),
    }
}

fn text(at: i64) -> String {
    let at = if at == REVERTED { REVERTED - 3 } else { at };
    if is_broken(at) {
        return format!("people: [{{id: ana, squad: nowhere}}]\n# {at}\n");
    }
    let today = day_of(at);
    let held = today.minus(Days::new(at % 9));
    let mut text = format!(
        "people:\n  - {{id: bo, squad: ledger, guild: backend}}\n  - {{id: cy, squad: ledger, guild: backend}}\n  - {{id: ana, squad: ledger, guild: backend}}\n  - {{id: dee, external: true}}\n# {at}\n"
    );
    for more in 0..at / 30 {
        let _ = writeln!(text, "  - {{id: p{more}, squad: ledger}}");
    }
    // The same person under another id.
    if at >= 70 {
        text.push_str("  - {id: eve, squad: ledger, guild: backend, aliases: [eva]}\n");
    } else {
        text.push_str("  - {id: eva, squad: ledger, guild: backend}\n");
    }
    let eve = if at >= 70 { "eve" } else { "eva" };
    text.push_str("squads: [{id: ledger, lead: bo, escalates_to: dee}]\nguilds: [{id: backend, lead: cy}]\n");
    let purpose = if at >= 65 { "delivery" } else { "both" };
    let _ = write!(
        text,
        "meetings:\n  - {{id: bo-ana, owner: bo, with: ana, purpose: {purpose}}}\n  - {{id: bo-eve, owner: bo, with: {eve}, purpose: delivery, every: weekly, last_held: {held}}}\n"
    );
    let done = if at >= 120 { format!(", held: {}", day_of(120)) } else { String::new() };
    let _ = write!(
        text,
        "conversations:\n  - {{id: pay, kind: pay, owner: bo, with: ana, raised: 2026-08-01, due: 2026-09-01{done}}}\ndecisions: []\npromotions: []\nmentorships: []\n"
    );
    text.push_str(policy(at).unwrap_or_default());
    if at % 40 >= 30 { text.replace('\n', "\r\n") } else { text }
}

fn path(at: i64) -> &'static str {
    match at {
        ..RENAMED => "old.yaml",
        RENAMED..MOVED => "teams/pay.yaml",
        _ => "groups/pay.yaml",
    }
}

/// The repository, with the hash of each commit.
fn repository() -> Option<(Place, Vec<String>)> {
    let place = Place::repository()?;
    let mut stream = String::new();
    let mut commit = |branch: &str, mark: i64, seconds: i64, from: &[i64], files: &str| {
        let _ = write!(
            stream,
            "commit refs/heads/{branch}\nmark :{mark}\ncommitter t <t@t> {seconds} +0300\ndata 2\nc\n"
        );
        for (index, from) in from.iter().enumerate() {
            let _ = writeln!(stream, "{} :{from}", if index == 0 { "from" } else { "merge" });
        }
        let _ = writeln!(stream, "{files}");
    };
    let inline = |at: i64, path: &str| {
        let text = text(at);
        format!("M 100644 inline {path}\ndata {}\n{text}\n", text.len())
    };
    for at in 0..COMMITS {
        let mut files = String::new();
        if at == RENAMED || at == MOVED {
            let _ = writeln!(files, "R {} {}", path(at - 1), path(at));
        }
        // An empty commit, and one that changes another file only.
        if at == 140 {
            files.push_str("M 100644 inline other.txt\ndata 1\nx\n");
        } else if at != 141 {
            files.push_str(&inline(at, path(at)));
        }
        let before = if at == 0 { vec![] } else { vec![at] };
        if at == MERGED {
            commit("side", 1_000, seconds(at) - 50, &[MERGED - 3], &inline(at - 1, path(at)));
            commit("main", at + 1, seconds(at), &[at, 1_000], &files);
        } else {
            commit("main", at + 1, seconds(at), &before, &files);
        }
    }
    run::git().within(place.path()).args(["fast-import", "--quiet"]).stdin(stream).end().ok();
    place.git(&["reset", "--quiet", "--hard", "main"]);
    let hashes = place.git(&["rev-list", "--first-parent", "--reverse", "main"]);
    Some((place, hashes.lines().map(str::to_owned).collect()))
}

fn history(place: &Place, arguments: &[&str]) -> Value {
    let all = [&["history", "groups/pay.yaml", "--format", "json"], arguments].concat();
    place.debt_in(".", &all, &[]).json()
}

fn without_policy(text: &str) -> String {
    let lines = text.split_inclusive('\n').filter(|line| !line.starts_with("policy:"));
    lines.collect()
}

/// What `debt score` says of a revision on a day under a policy.
fn scored(place: &Place, hash: &str, at: i64, on: &str, own: bool) -> Value {
    let shown = place.git(&["show", &format!("{hash}:{}", path(at))]) + "\n";
    let text = if own { shown } else { without_policy(&shown) };
    let mut arguments = vec!["score", "-", "--as-of", on, "--format", "json"];
    if !own {
        arguments.extend(["--policy", "head-policy.yaml"]);
    }
    run::debt().within(place.path()).args(arguments).stdin(text).end().json()
}

fn sum(change: &Value) -> i64 {
    let part = |key: &str| change[key].as_i64().expect("an amount");
    let more = ["recalibrated_mp", "accrued_mp", "staffing_mp", "introduced_mp", "revealed_mp"];
    more.into_iter().map(part).sum::<i64>() - part("repaired_mp") - part("withdrawn_mp")
}

fn policy_file(place: &Place) {
    place.write("head-policy.yaml", "principal: {D101: 9}\n");
}

#[test]
fn every_row_is_the_score_of_its_text_on_its_day() {
    let Some((place, hashes)) = repository() else { return };
    policy_file(&place);
    let report = history(&place, &["--every", "day", "--since", "2026-01-01"]);
    holds_schema("history", &report);
    let rows = report["rows"].as_array().expect("rows");
    assert_eq!(rows.first().and_then(|row| row["day"].as_str()), Some(day_of(0).to_string().as_str()));
    assert_eq!(rows.last().and_then(|row| row["day"].as_str()), Some("2026-11-20"));
    let (mut last, mut broken): (Option<i64>, i64) = (None, 0);
    for row in rows {
        let on = row["day"].as_str().expect("a day");
        // The last commit on or before it that changed the file.
        let at =
            (0..COMMITS).filter(|at| ![140, 141].contains(at) && day_of(*at) <= day(on)).max().expect("one");
        let at_hash = usize::try_from(at).expect("small");
        assert_eq!(row["revision"].as_str(), Some(hashes[at_hash].as_str()), "{on}");
        if is_broken(at) {
            broken += 1;
            assert_eq!((&row["state"], &row["score"]), (&Value::from("broken"), &Value::Null));
            assert_eq!(row["error"]["code"], "unknown-id");
            assert_eq!(row["error"]["at"], "groups/pay.yaml:1");
            continue;
        }
        let score = scored(&place, &hashes[at_hash], at, on, false);
        assert_eq!(row["score"], score["score"], "{on}");
        assert_eq!(row["coverage"], score["coverage"]["ratio"], "{on}");
        let then = policy(at).map(|_| scored(&place, &hashes[at_hash], at, on, true)["score"]["mp"].clone());
        assert_eq!(row["then_mp"], then.unwrap_or_default(), "{on}");
        let now = row["score"]["mp"].as_i64().expect("an amount");
        match last {
            None => assert_eq!(row["change"], Value::Null),
            Some(last) => assert_eq!(sum(&row["change"]), now - last, "{on}"),
        }
        for by in ["by_group", "by_squad"] {
            let sums = row[by].as_array().expect("sums").iter().map(|row| row["mp"].as_i64().expect("mp"));
            assert_eq!(sums.sum::<i64>(), now, "{on}");
        }
        last = Some(now);
    }
    assert!(broken > 0 && rows.len() > 50);
    let renames: Vec<_> =
        report["renames"].as_array().expect("a list").iter().map(|one| &one["from"]).collect();
    assert_eq!(renames, ["teams/pay.yaml", "old.yaml"]);
    // The alias of the head joins both ids: nobody left, and nobody joined.
    let changes = rows.iter().filter(|row| row["revision"] == hashes[72].as_str());
    assert!(changes.into_iter().all(|row| row["change"]["staffing_mp"] == 0));
}

#[test]
fn every_revision_has_a_row_and_none_is_read_twice() {
    let Some((place, hashes)) = repository() else { return };
    let report = history(&place, &["--every", "commit"]);
    let rows = report["rows"].as_array().expect("rows");
    let days: std::collections::BTreeSet<Day> = (0..COMMITS).map(day_of).collect();
    assert_eq!(rows.len(), days.len(), "one row a day");
    assert_eq!(report["revisions"], COMMITS - 2);
    assert!(rows.iter().all(|row| hashes.iter().any(|hash| row["revision"] == hash.as_str())));
    // Processors make no difference, nor does where it is asked.
    let once = |threads: &str| {
        let arguments = ["history", "groups/pay.yaml", "--every", "day", "--format", "json"];
        place.debt_in(".", &arguments, &[("RAYON_NUM_THREADS", threads)]).ok()
    };
    let by_day = once("1");
    assert_eq!(by_day, once("2"));
    let below =
        place.debt_in("groups", &["history", "pay.yaml", "--every", "day", "--format", "json"], &[]).ok();
    assert_eq!(below, by_day);
    // By folder the same file is found; what it was called before it was in one is another file.
    let folder = place.debt(&["history", "groups", "--every", "day", "--format", "json"]).json();
    let by_day: Value = serde_json::from_str(&by_day).expect("JSON");
    assert_eq!(folder["rows"], by_day["rows"]);
    assert_eq!(folder["renames"][0]["from"], "teams");
}

#[test]
fn where_it_begins_and_ends() {
    let Some((place, hashes)) = repository() else { return };
    let first = |report: &Value| report["rows"][0]["revision"].as_str().expect("a hash").to_owned();
    // Of two on one day the later one has the row.
    let last_of = |day: Day| {
        let at = (0..COMMITS).rfind(|at| ![140, 141].contains(at) && day_of(*at) == day).expect("one");
        hashes[usize::try_from(at).expect("small")].clone()
    };
    let all = ["--every", "commit"];
    assert_eq!(first(&history(&place, &[&all[..], &["--no-follow"]].concat())), last_of(day_of(90)));
    let since = history(&place, &[&all[..], &["--since", &hashes[150]]].concat());
    assert_eq!(since["rows"][0]["day"], day_of(150).to_string());
    let until = history(&place, &[&all[..], &["--until", &hashes[95]]].concat());
    let last = until["rows"].as_array().expect("rows").last().expect("one").clone();
    assert_eq!(last["revision"], hashes[95].as_str());
    assert_eq!(history(&place, &[])["rows"].as_array().map(Vec::len), Some(12), "weeks");
    // A clone that was cut off.
    place.git(&["clone", "--quiet", "--depth", "29", &format!("file://{}", place.path().display()), "cut"]);
    let cut =
        place.debt_in("cut", &["history", "groups/pay.yaml", "--format", "json", "--every", "commit"], &[]);
    let cut = cut.json();
    assert_eq!((&cut["shallow"], first(&cut)), (&Value::from(true), last_of(day_of(171))));
    let table = place.debt_in("cut", &["history", "groups/pay.yaml"], &[]).ok();
    assert!(table.contains("git fetch"), "{table}");
    // A text that does not read stops it only where that is asked for.
    place
        .debt(&["history", "groups/pay.yaml", "--strict", "--every", "day", "--since", "2026-01-01"])
        .exits(2)
        .says("unknown squad");
    place.debt(&["history", "groups/pay.yaml", "--since", "2030-01-01"]).exits(2).says("after 2026-11-20");
    place.debt(&["history", "groups/none.yaml"]).exits(2).says("no revision has groups/none.yaml");
    place.debt(&["history", "groups/pay.yaml", "--squad", "ledgr"]).exits(2).says("did you mean `ledger`?");
    place.debt(&["history", "groups/pay.yaml", "--squad", "ledger", "--why"]).exits(2).says("--why");
}

#[test]
fn what_is_on_the_disk_is_a_row_of_its_own() {
    let Some((place, _)) = repository() else { return };
    let rows =
        |place: &Place| history(place, &["--since", "2026-11-01"])["rows"].as_array().expect("rows").clone();
    let committed = rows(&place);
    assert!(committed.iter().all(|row| row["work_tree"] == false));
    place.write(
        "groups/pay.yaml",
        &place.read("groups/pay.yaml").replace("purpose: delivery, every", "purpose: craft, every"),
    );
    let now = rows(&place);
    assert_eq!(now.len(), committed.len() + 1);
    let last = now.last().expect("one");
    assert_eq!((&last["work_tree"], &last["revision"]), (&Value::from(true), &Value::Null));
    let difference =
        last["score"]["mp"].as_i64().expect("mp") - now[now.len() - 2]["score"]["mp"].as_i64().expect("mp");
    assert_eq!(sum(&last["change"]), difference);
    place.write("groups/pay.yaml", "people: [{idd: x}]\n");
    assert_eq!(rows(&place).last().expect("one")["state"], "broken");
}

#[test]
fn a_folder_of_files_and_hostile_names() {
    let Some(place) = Place::repository() else { return };
    let people = "people:\n  - {id: ana, squad: ledger}\n  - {id: bo, squad: ledger}\n";
    place.write("-x; touch y/\u{fc} people.yaml", people);
    place.write("-x; touch y/squads.yaml", "squads: [{id: ledger, lead: bo}]\n");
    place.commit("first");
    place.git(&["mv", "--", "-x; touch y", "$(z)"]);
    place.commit("renamed");
    place.write("$(z)/squads.yaml", "squads: [{id: ledger, lead: ana}]\n");
    place.commit("changed");
    let report = place.debt(&["history", "./$(z)", "--every", "commit", "--format", "json"]).json();
    assert_eq!(
        (&report["revisions"], &report["renames"][0]["from"]),
        (&Value::from(3), &Value::from("-x; touch y"))
    );
    assert!(report["rows"].as_array().is_some_and(|rows| rows.len() == 1 && rows[0]["state"] == "scored"));
    assert!(!place.path().join("y").exists() && !place.path().join("z").exists());
}

#[test]
fn reports_that_were_kept_are_not_recomputed() {
    let place = Place::plain();
    let text = file("examples/portfolio.yaml");
    for (name, on, policy) in
        [("a", "2026-11-06", "essay"), ("b", "2026-11-13", "starter"), ("c", "2026-11-20", "starter")]
    {
        let arguments = ["score", "portfolio.yaml", "--as-of", on, "--policy", policy, "--format", "json"];
        place.write("portfolio.yaml", &text);
        place.write(&format!("{name}.json"), &place.debt(&arguments).ok());
    }
    let report =
        place.debt(&["history", "--reports", "c.json", "a.json", "b.json", "--format", "json"]).json();
    let rows = report["rows"].as_array().expect("rows");
    let days: Vec<_> = rows.iter().map(|row| row["day"].as_str().expect("a day")).collect();
    assert_eq!(days, ["2026-11-06", "2026-11-13", "2026-11-20"]);
    assert_eq!(
        (&report["recomputed"], &rows[1]["other_yardstick"], &rows[2]["other_yardstick"]),
        (&Value::from(false), &Value::from(true), &Value::from(false))
    );
    let kept: Value = serde_json::from_str(&place.read("b.json")).expect("JSON");
    assert_eq!(rows[1]["score"], kept["score"]);
    let lines: String = ["a", "b"]
        .map(|name| {
            serde_json::to_string(
                &serde_json::from_str::<Value>(&place.read(&format!("{name}.json"))).expect("JSON"),
            )
            .expect("JSON")
                + "\n"
        })
        .concat();
    let piped = run::debt().args(["history", "--reports", "-"]).stdin(lines).end().ok();
    assert!(piped.contains("another yardstick"), "{piped}");
    place.write("x.json", "{}");
    place.debt(&["history", "--reports", "x.json"]).exits(2).says("is not JSON that `debt` wrote");
}

#[test]
fn a_report_has_it_as_its_trend() {
    let Some((place, _)) = repository() else { return };
    place.debt(&["history", "groups/pay.yaml", "--output", "json:history.json"]).exits(0);
    let page =
        place.debt(&["score", "groups/pay.yaml", "--format", "html", "--history", "history.json"]).ok();
    assert!(page.contains("Over time") && page.contains("href=\"#trend\""));
    let without = place.debt(&["score", "groups/pay.yaml", "--format", "html"]).ok();
    assert!(!without.contains("Over time"));
    let over = ["score", "groups/pay.yaml", "--output", "html:history.json", "--history", "history.json"];
    place.debt(&over).exits(2).says("would be written over");
    place.write("other.yaml", &format!("id: other\n{}", place.read("groups/pay.yaml")));
    let other = ["score", "other.yaml", "--format", "html", "--history", "history.json"];
    place.debt(&other).exits(2).says("is of another portfolio, `pay`");
    let aggregate = [&other[..], &["--privacy", "aggregate", "--min-group", "2"]].concat();
    assert!(!place.debt(&aggregate).exits(2).err.contains("`pay`"));
}

#[test]
fn as_a_person_sees_it() {
    let Some((place, _)) = repository() else { return };
    let table = place.debt(&["history", "groups/pay.yaml", "--why"]).ok();
    insta::assert_snapshot!("history_why", table);
    let page = place.debt(&["history", "groups/pay.yaml", "--format", "html"]).ok();
    assert!(page.contains("The score over time") && page.contains("Every row"));
}

/// Prometheus takes the samples, and finds each of them at its day.
#[test]
fn samples_fill_prometheus() {
    let Some((place, _)) = repository() else { return };
    let text = place.debt(&["history", "groups/pay.yaml", "--format", "openmetrics"]).ok();
    assert!(text.ends_with("# EOF\n") && text.contains("debt_score_points{portfolio=\"pay\"} "));
    let Some(promtool) = needs::PROMTOOL.there() else { return };
    place.write("samples.txt", &text);
    let (samples, blocks) = (place.path().join("samples.txt"), place.path().join("blocks"));
    let make = ["tsdb", "create-blocks-from", "openmetrics"];
    run::tool(promtool).args(make).args([&samples, &blocks]).end().ok();
    // It looks for what a running server has.
    fs::create_dir_all(blocks.join("wal")).expect("made");
    let dump = run::tool(promtool).args(["tsdb", "dump"]).arg(&blocks).end().ok();
    let count = |text: &str, start: &str| text.lines().filter(|line| line.contains(start)).count();
    assert_eq!(
        count(&dump, "__name__=\"debt_score_points\""),
        text.lines().filter(|line| line.starts_with("debt_score_points{")).count(),
        "{dump}"
    );
    assert!(fs::read_dir(&blocks).is_ok_and(|blocks| blocks.count() > 0));
}
