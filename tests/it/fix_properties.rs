//! Deeds made to random portfolios in random layouts: none comes out as a bug, none contains what no deed may, and what
//! a program does by itself never fails the gate.

use std::cell::Cell;

use debt::acts::{As, NoDeed};
use debt::analysis::fix::{Acknowledging, Done, Refusal, Session, What, Words};
use debt::base::day::Day;
use debt::model::{Change, Clock, ReadOptions};
use debt::records::words::{MeetingKind, Purpose, Topic, Track};
use debt::source::Sources;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{TestRng, TestRunner};

use crate::edit_layouts::{Layout, layouts};
use crate::gate_kit::Place;
use crate::portfolios::{Organisation, organisations};
use crate::support::{cases, day, read, sources};

/// What could be told where an option is missing.
fn telling(option: &str, day: Day, people: &[String]) -> Vec<Words> {
    let with = |set: fn(&mut Words, Day)| {
        let mut words = Words::default();
        set(&mut words, day);
        vec![words]
    };
    match option {
        "--held" => with(|words, day| words.held = Some(day)),
        "--reviewed" => with(|words, day| words.reviewed = Some(day)),
        "--closed" => with(|words, day| words.closed = Some(day)),
        "--escalated" => with(|words, day| words.escalated = Some(day)),
        "--as" => [As::Purpose(Purpose::Delivery), As::Purpose(Purpose::Both), As::Kind(MeetingKind::Peer)]
            .map(|purpose| Words { purpose: Some(purpose), ..Words::default() })
            .into(),
        "--track" => with(|words, _| words.track = Some(Track::Warrant)),
        "--topic" => with(|words, _| words.topic = Some(Topic::Commitments)),
        "--to" => people
            .iter()
            .take(3)
            .map(String::as_str)
            .chain(["nobody"])
            .map(|to| Words { to: Some(to.to_owned()), ..Words::default() })
            .collect(),
        other => panic!("nobody told what {other} takes"),
    }
}

/// What no deed may do, whatever was told.
fn never(done: &Done, told: &[&str]) -> Result<(), TestCaseError> {
    for change in &done.patch.0 {
        let told_by = |option: &str| told.contains(&option);
        let holds = match change {
            Change::Remove { .. } => false,
            Change::Add { add, item, .. } => match add.as_str() {
                "meetings" => {
                    let has = |key: &str| item.get(key).is_some();
                    has("since") && has("every") && !has("last_held") && !has("cancelled_in_a_row")
                }
                "mentorships" => item.get("since").is_some(),
                "acknowledgements" => told_by("--acknowledge"),
                _ => false,
            },
            Change::Set { key, .. } => match key.as_str() {
                "held" | "last_held" => told_by("--held"),
                "reviewed" | "context.reviewed" | "exit.reviewed" => told_by("--reviewed"),
                "closed" => told_by("--closed"),
                "escalated" => told_by("--escalated"),
                "kind" => told_by("--as"),
                "track" => told_by("--track"),
                "lead" | "craft_owner" | "delivery_owner" | "escalates_to" | "rated_by" => told_by("--to"),
                "purpose" => told_by("--as") || done.act.starts_with("split:"),
                "id" | "owner" | "with" | "until" => done.act.starts_with("hand-over:"),
                _ => false,
            },
            Change::Unset { key, .. } => key == "cancelled_in_a_row" && told_by("--held"),
            Change::Append { key, .. } => {
                (key == "agenda" && told_by("--topic")) || (key == "deferred_to" && told_by("--push"))
            }
            Change::Strip { key, .. } => key == "agenda" || key == "context.closed",
        };
        prop_assert!(holds, "{}: {change:?} told {told:?}", done.act);
    }
    Ok(())
}

fn session(sources: Sources, catalog: &debt::base::catalog::Catalog) -> Option<Session<'_>> {
    let own = read(&sources).ok()?;
    let clock = Clock { as_of: None, today: day("2026-11-20") };
    Some(Session::new(sources, own, ReadOptions { clock, policy_file: None, catalog }))
}

/// How many deeds were made to a portfolio; each is looked at.
fn holds(organisation: &Organisation, layout: Layout) -> Result<usize, TestCaseError> {
    let text = layout.write(&organisation.0);
    let catalog = debt::rules::catalog();
    let Some(mut session) = session(sources(&text), &catalog) else { return Ok(0) };
    let people: Vec<String> = session
        .portfolio()
        .people
        .iter()
        .map(|person| session.portfolio().text(person.id).to_owned())
        .collect();
    let today = session.own().day;
    let mut made = 0;
    let mut each = |what: What, words: &Words| -> Result<(), TestCaseError> {
        match session.attempt(&what, words) {
            Ok(attempt) => {
                made += 1;
                never(&attempt.done, &words.options())
            }
            Err(why) => {
                prop_assert!(!why.is_bug(), "{what:?} {words:?}: {why:?}\n{text}");
                // What nothing has to be told about is never offered in vain.
                let in_vain = matches!(why, Refusal::NoEffect { .. }) && words.options().is_empty();
                prop_assert!(!in_vain, "{what:?}: {why:?}\n{text}");
                Ok(())
            }
        }
    };
    for one in session.candidates() {
        let words = match &one.missing {
            Some(NoDeed::Untold { option, .. }) => telling(option, today, &people),
            _ => vec![Words::default()],
        };
        words.iter().try_for_each(|words| each(What::Act(one.act.clone()), words))?;
        if one.act.starts_with("hold:conversation:") {
            let push = Words { push: Some(today.plus(debt::base::day::Days::new(30))), ..Words::default() };
            each(What::Act(one.act.clone()), &push)?;
        }
        let reason = "as we said in October".to_owned();
        let acknowledge = Some(Acknowledging { reason, through: None });
        each(What::Factor(one.factors[0].clone()), &Words { acknowledge, ..Words::default() })?;
    }
    let outcome = session.run(&[What::All], &Words::default());
    prop_assert!(outcome.is_ok(), "{outcome:?}\n{text}");
    prop_assert!(session.to() <= session.from());
    session.done().iter().try_for_each(|done| never(done, &[]))?;
    prop_assert!(session.edits().is_ok());
    let after = session.sources().0[0].text.clone();
    prop_assert_eq!(session.done().is_empty(), after == text);
    made += session.done().len();
    // A second time there is nothing left to do.
    let Some(mut again) = self::session(sources(&after), &catalog) else {
        return Err(TestCaseError::fail(format!("it does not read:\n{after}")));
    };
    prop_assert_eq!(again.from(), session.to());
    prop_assert!(again.run(&[What::All], &Words::default()).is_ok());
    prop_assert!(again.done().is_empty(), "{:?}\n{after}", again.done());
    Ok(made)
}

#[test]
fn no_deed_is_a_bug() {
    let made = Cell::new(0);
    let all = (organisations(), layouts());
    let outcome = TestRunner::new(cases(40)).run(&all, |(organisation, layout)| {
        made.set(made.get() + holds(&organisation, layout)?);
        Ok(())
    });
    assert!(outcome.is_ok(), "{}", outcome.expect_err("it failed"));
    println!("{} deeds", made.get());
    assert!(made.get() > 300, "only {} deeds could be made", made.get());
}

/// How many portfolios are committed, fixed and checked.
const REPOSITORIES: usize = 40;

#[test]
fn the_gate_holds_after_all_was_fixed() {
    let Some(place) = Place::repository() else { return };
    let mut runner = TestRunner::new_with_rng(
        cases(1),
        TestRng::from_seed(proptest::test_runner::RngAlgorithm::ChaCha, &[7; 32]),
    );
    let (mut fixed, mut wrong) = (0, Vec::new());
    for _ in 0..REPOSITORIES {
        let organisation = organisations().new_tree(&mut runner).expect("a portfolio").current();
        place.write("portfolio.yaml", &organisation.yaml());
        if place.debt(&["score"]).status != 0 {
            continue;
        }
        place.commit("next");
        place.debt(&["fix", "all", "--write"]).exits(0);
        fixed += usize::from(place.read("portfolio.yaml") != organisation.yaml());
        let checked = place.debt(&["check", "--against", "HEAD"]);
        if checked.status != 0 {
            let diff = place.git(&["diff"]);
            wrong.push(format!("{}\n{}\n{diff}", checked.out, checked.err));
        }
    }
    println!("{fixed} of {REPOSITORIES} were changed");
    assert!(wrong.is_empty(), "{} of {fixed} fail:\n{}", wrong.len(), wrong.join("\n\n"));
    assert!(fixed > REPOSITORIES / 4, "only {fixed} were changed");
}
