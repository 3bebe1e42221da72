//! Edits to a portfolio's text: what the edited text says is what the patched model says, and every byte elsewhere is
//! as it was. Folders of `tests/edits` show what comes of each kind of change in each layout.

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};

use debt::base::names::Untrusted;
use debt::edit::{self, diff, files};
use debt::model::{Change, Clock, Patch, Portfolio, ReadOptions};
use debt::source::{Diagnostics, FileIx, Severity, Source, Sources};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::edit_layouts::{Layout, layouts};
use crate::portfolios::{Organisation, day as day_at, organisations};
use crate::support::{cases, day, read, root, sources};

fn patch(json: Value) -> Patch {
    serde_json::from_value(json).expect("a patch")
}

/// Whether sources read and say what a portfolio says; else why not, unless a pinned day is to blame.
fn says(edited: &Sources, wanted: &Portfolio) -> Result<(), String> {
    let catalog = debt::rules::catalog();
    let clock = Clock { as_of: None, today: day("2026-11-20") };
    let options = ReadOptions { clock, policy_file: None, catalog: &catalog };
    let mut found = Diagnostics::default();
    if edit::verify(edited, options, wanted, &mut found) {
        return Ok(());
    }
    let errors: Vec<String> =
        found.sorted(Severity::Error).iter().map(|one| format!("{}: {:?}", one.code, one.message)).collect();
    if !errors.is_empty() && errors.iter().all(|error| error.starts_with("future-date")) {
        return Ok(());
    }
    Err(format!("{}\n{:?}", errors.join("\n"), wanted.dump()))
}

/// The bytes outside the splices are those that were read, and the splices make the new text.
fn is_spliced(old: &str, file: &edit::EditedFile) -> bool {
    let (mut text, mut at) = (String::new(), 0);
    for splice in &file.splices {
        text.push_str(&old[at..splice.from]);
        text.push_str(&splice.text);
        at = splice.to;
    }
    text.push_str(&old[at..]);
    text == file.text
}

/// What may be changed, one of many by a number.
fn change(number: u16, portfolio: &Value) -> Value {
    let mut tape = u64::from(number) * 0x9E37_79B9 + 1;
    let mut below = |most: usize| {
        tape = tape.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((tape >> 33) % (most.max(1) as u64)).expect("small")
    };
    let sections = [
        ("people", "person"),
        ("squads", "squad"),
        ("guilds", "guild"),
        ("meetings", "meeting"),
        ("meetings", "meeting"),
        ("conversations", "conversation"),
        ("decisions", "decision"),
        ("promotions", "promotion"),
        ("mentorships", "mentorship"),
    ];
    let (section, kind) = sections[below(sections.len())];
    let items = portfolio[section].as_array().filter(|items| !items.is_empty());
    let people = portfolio["people"].as_array().expect("people");
    let somebody = people[below(people.len())]["id"].clone();
    let other = people[below(people.len())]["id"].clone();
    let past = day_at(-i64::try_from(below(300)).expect("small")).to_string();
    let Some(items) = items else {
        return json!({"add": "meetings", "item": {"owner": somebody, "with": other, "since": past}});
    };
    let item = &items[below(items.len())];
    let text = |key: &str| item[key].as_str().unwrap_or_default().to_owned();
    let derived = match kind {
        "meeting" if item["with"].is_null() => text("owner"),
        "meeting" => format!("{}--{}", text("owner"), text("with")),
        "mentorship" => format!("{}--{}", text("mentor"), text("mentee")),
        "promotion" => format!("{}--{}", text("person"), text("decided")),
        _ => format!("{}--{}--{}--{}", text("owner"), text("with"), text("kind"), text("raised")),
    };
    let name = format!("{kind}:{}", item["id"].as_str().unwrap_or(&derived));
    let (keys, words): (&[&str], Vec<Value>) = match kind {
        "person" => (
            &["track", "level", "rated_by", "craft_owner", "name"],
            vec![json!("officer"), json!(7), somebody.clone(), json!("李: #x")],
        ),
        "squad" => (
            &["context.reviewed", "lead", "context.closed", "name"],
            vec![json!(past), somebody.clone(), json!(["a, b"])],
        ),
        "guild" => (&["lead", "name"], vec![somebody.clone()]),
        "meeting" => (
            &[
                "purpose",
                "last_held",
                "agenda",
                "every",
                "cancelled_in_a_row",
                "owner",
                "title",
                "until",
                "id",
            ],
            vec![
                json!("craft"),
                json!("both"),
                json!(past),
                json!("monthly"),
                json!(3),
                json!(["wellbeing"]),
                somebody.clone(),
            ],
        ),
        "conversation" => (
            &["held", "topic", "deferred_to", "due", "dropped"],
            vec![json!(past), json!([past]), json!("it's"), json!({"reason": "x", "date": past})],
        ),
        "decision" => (&["closed", "owner", "squad", "title"], vec![json!(past), somebody.clone()]),
        "promotion" => (&["reviewed", "signed_off_by"], vec![json!(past), somebody.clone()]),
        _ => (&["until", "topic"], vec![json!(past)]),
    };
    let key = keys[below(keys.len())];
    let to = words[below(words.len())].clone();
    match below(12) {
        0..5 => json!({"set": name, "key": key, "to": to}),
        5 | 6 => json!({"unset": name, "key": key}),
        7 if kind == "meeting" => json!({"append": name, "key": "agenda", "to": "blockers"}),
        7 => json!({"append": name, "key": "aliases", "to": format!("was-{number}")}),
        8 if kind == "meeting" => {
            json!({"strip": name, "key": "agenda", "items": ["blockers", "skill-depth", "wellbeing", "other"]})
        }
        8 => json!({"set": "portfolio", "key": "hr_system.shows", "to": ["delivery"]}),
        9 => json!({"add": "meetings", "after": name, "item":
            {"with": other, "owner": somebody, "agenda": ["promotion"], "every": "monthly", "since": past}}),
        10 => {
            json!({"add": "acknowledgements", "item": {"factor": "D404:portfolio:portfolio", "reason": "a: b",
            "named_on": past, "through": past}})
        }
        _ if kind != "person" => json!({"remove": name}),
        _ => json!({"add": "mentorships", "item": {"mentor": somebody, "mentee": other}}),
    }
}

/// Whether a patch was made; checks what came of it.
fn holds(organisation: &Organisation, layout: Layout, numbers: &[u16]) -> Result<bool, TestCaseError> {
    let old = sources(&layout.write(&organisation.0));
    let Ok(own) = read(&old) else { return Ok(false) };
    let changes: Vec<Value> = numbers.iter().map(|number| change(*number, &organisation.0)).collect();
    let patch = patch(changes.into());
    let catalog = debt::rules::catalog();
    // A patch that would not be valid is none: the model says so, and nobody edits anything.
    let Ok(patched) = own.portfolio.with(&patch, &catalog) else { return Ok(false) };
    let text = &old.0[0].text;
    match edit::apply(&old, &own.portfolio, &patch) {
        Ok(edited) => {
            for file in &edited.files {
                prop_assert!(is_spliced(text, file));
            }
            let new = edit::edited_sources(&old, &edited);
            if let Err(why) = says(&new, &patched) {
                let shown = diff::unified("p", text, &new.0[0].text);
                prop_assert!(false, "{patch:?}\n{shown}\n{why}");
            }
            Ok(!edited.files.is_empty())
        }
        // A list in lines with comments in it is not replaced as a whole, nor is a comment lost unasked.
        Err(refused) => {
            prop_assert!(
                refused.code == debt::source::Code::CannotFix && layout.comments,
                "{refused:?}\n{patch:?}\n{text}"
            );
            Ok(false)
        }
    }
}

/// Random cases.
const CASES: u32 = 400;

#[test]
fn text_and_model_agree() {
    let made = Cell::new(0);
    let all = (organisations(), layouts(), vec(any::<u16>(), 1..4));
    let outcome = TestRunner::new(cases(CASES)).run(&all, |(organisation, layout, numbers)| {
        made.set(made.get() + u32::from(holds(&organisation, layout, &numbers)?));
        Ok(())
    });
    assert!(outcome.is_ok(), "{}", outcome.expect_err("it failed"));
    assert!(made.get() > CASES / 5, "only {} of {CASES} patches could be made", made.get());
}

/// As many patches as an organisation of 155 people has acts.
#[test]
fn hundreds_of_patches_are_tried_in_a_moment() {
    let mut text = String::from("people:\n");
    (0..155).for_each(|at| text.push_str(&format!("  - {{id: p{at}, name: N{at}, squad: s{}}}\n", at % 20)));
    text.push_str("squads:\n");
    (0..20).for_each(|at| text.push_str(&format!("  - {{id: s{at}, lead: p{at}}}\n")));
    text.push_str("meetings:\n");
    (1..155)
        .for_each(|at| text.push_str(&format!("  - {{owner: p{}, with: p{at}, every: weekly}}\n", at - 1)));
    let own = read(&sources(&text)).expect("it reads");
    let catalog = debt::rules::catalog();
    let start = std::time::Instant::now();
    for at in 1..155 {
        let name = format!("meeting:p{}--p{at}", at - 1);
        let label = patch(json!([{"set": name, "key": "purpose", "to": "delivery"}]));
        assert!(own.portfolio.with(&label, &catalog).is_ok());
        let outsider = patch(json!([
            {"add": "people", "item": {"id": "+1", "external": true}},
            {"set": format!("person:p{at}"), "key": "craft_owner", "to": "+1"},
        ]));
        assert!(own.portfolio.with(&outsider, &catalog).is_ok());
    }
    // Without optimisation and with other tests beside; a release build takes a small part of it.
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    println!("308 patches in {:?}", start.elapsed());
}

#[test]
fn a_patch_of_nothing_changes_nothing() {
    let own = read(&sources(&crate::support::file("examples/portfolio.yaml"))).expect("it reads");
    let same = own.portfolio.with(&Patch::default(), &debt::rules::catalog()).expect("a patch");
    assert_eq!(same.dump(), own.portfolio.dump());
}

#[test]
fn somebody_new_from_outside_can_own_a_line() {
    let own = read(&sources("people: [{id: ana, squad: s}]\nsquads: [{id: s}]\n")).expect("it reads");
    let catalog = debt::rules::catalog();
    let patch = patch(json!([
        {"add": "people", "item": {"id": "+1", "external": true}},
        {"set": "squad:s", "key": "lead", "to": "+1"},
        {"add": "meetings", "item": {"owner": "+1", "with": "ana", "every": "weekly"}},
    ]));
    let patched = own.portfolio.with(&patch, &catalog).expect("a portfolio");
    assert!(patched.find("person", "+1").is_some() && patched.find("meeting", "+1--ana").is_some());
    assert_eq!(patched.people.len(), 2);
    assert_eq!(own.portfolio.id_unless_free("person", "ana").as_deref(), Some("ana--2"));
}

/// The portfolio of a folder, its files in order.
fn folder_sources(folder: &Path) -> Sources {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("readable").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "yaml"));
    paths.sort();
    let source = |path: &PathBuf| Source {
        name: Untrusted::new(path.file_name().expect("a name").to_string_lossy()),
        text: fs::read_to_string(path).expect("a text"),
        path: None,
        at: None,
    };
    Sources(paths.iter().map(source).collect())
}

/// What a folder's patch comes to: a diff, or why there is none.
fn outcome(folder: &Path) -> String {
    let old = folder_sources(folder);
    let own = read(&old).unwrap_or_else(|errors| panic!("{}: {errors}", folder.display()));
    let text = fs::read_to_string(folder.join("patch.json")).expect("a patch");
    let patch = patch(serde_json::from_str(&text).expect("JSON"));
    let edited = match edit::apply(&old, &own.portfolio, &patch) {
        Ok(edited) => edited,
        Err(refused) => return format!("{}: {:?}\n", refused.code, refused.why.0),
    };
    let new = edit::edited_sources(&old, &edited);
    let patched = own.portfolio.with(&patch, &debt::rules::catalog()).expect("a portfolio");
    assert_eq!(says(&new, &patched), Ok(()), "{}", folder.display());
    let name =
        |at: usize| old.name(FileIx(u32::try_from(at).expect("few"))).expect("a name").raw().to_owned();
    let all = old.0.iter().zip(&new.0).enumerate();
    all.map(|(at, (old, new))| diff::unified(&name(at), &old.text, &new.text)).collect()
}

#[test]
fn folders() {
    let folders = root().join("tests/edits");
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(folders).expect("a folder") {
        let folder = entry.expect("readable").path();
        if !folder.is_dir() {
            continue;
        }
        count += 1;
        let (found, file) = (outcome(&folder), folder.join("expected.diff"));
        if std::env::var_os("DEBT_WRITE").is_some() {
            fs::write(&file, &found).expect("writable");
        }
        if fs::read_to_string(&file).unwrap_or_default() != found {
            wrong.push(format!("{}:\n{found}", folder.display()));
        }
    }
    assert!(wrong.is_empty() && count > 0, "{}", wrong.join("\n"));
}

#[test]
fn all_files_are_written_or_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    fs::write(path("a.yaml"), "\u{feff}old a").expect("written");
    fs::write(path("b.yaml"), "old b").expect("written");
    let (a, b) = (path("a.yaml"), path("b.yaml"));
    let both = |before| {
        [
            files::Replacement { path: &a, before: "old a", after: "new a" },
            files::Replacement { path: &b, before, after: "new b" },
        ]
    };
    let changed = files::write_all(&both("other")).expect_err("it has changed").to_string();
    assert!(changed.ends_with("b.yaml: it has changed meanwhile"), "{changed}");
    assert_eq!(fs::read_to_string(&a).expect("a text"), "\u{feff}old a");
    files::write_all(&both("old b")).expect("written");
    assert_eq!(fs::read_to_string(&a).expect("a text"), "\u{feff}new a");
    assert_eq!(fs::read_to_string(&b).expect("a text"), "new b");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 2, "nothing else is left");
}

#[cfg(unix)]
#[test]
fn links_stay_and_read_only_files_are_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let (real, link) = (folder.path().join("real.yaml"), folder.path().join("link.yaml"));
    fs::write(&real, "old").expect("written");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("set");
    std::os::unix::fs::symlink("real.yaml", &link).expect("a link");
    files::write_all(&[files::Replacement { path: &link, before: "old", after: "new" }]).expect("written");
    assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
    assert_eq!(fs::read_to_string(&real).expect("a text"), "new");
    assert_eq!(fs::metadata(&real).expect("there").permissions().mode() & 0o777, 0o640);
    fs::set_permissions(&real, fs::Permissions::from_mode(0o440)).expect("set");
    let refused = files::write_all(&[files::Replacement { path: &link, before: "new", after: "x" }]);
    assert!(refused.expect_err("read-only").to_string().ends_with("it is read-only"));
}

#[test]
fn changes_have_words() {
    let patch: Patch = patch(json!([{"set": "meeting:m", "key": "purpose", "to": "craft"}]));
    let Some(change) = patch.0.first() else { panic!("a change") };
    assert_eq!(change.subject(), Some("meeting:m"));
    assert!(matches!(change, Change::Set { .. }));
}
