//! What a task promises is what it brings: the text is edited by the deed of each act, read and scored again, and the
//! score has fallen by just that. The way through the text shares nothing with the way the effect is measured but the
//! patch.

use std::cell::Cell;

use debt::acts::{Mode, Told, of_factors};
use debt::analysis::effect::{self, Measured};
use debt::base::points::MilliPoints;
use debt::edit;
use debt::model::{OwnPolicy, Patch};
use debt::score::part::Part;
use debt::score::{Scorecard, range, tally};
use debt::source::Sources;
use proptest::test_runner::TestRunner;

use crate::portfolios::organisations;
use crate::run::debt;
use crate::support::{cases, file, read, sources};

#[path = "../../benches/organisation/mod.rs"]
#[allow(dead_code, reason = "the benches use more of it")]
mod organisation;

/// Score and high end of the whole of a text, none where it does not read.
fn standing(text: &Sources) -> Result<(MilliPoints, MilliPoints), String> {
    let own = read(text)?;
    let card = tally(&own.portfolio, &own.policy, own.day, Part::default());
    Ok((card.score, range::high(&card)))
}

/// A patch as a text can have it: somebody from outside gets an id that a text can have.
fn writable(patch: &Patch) -> Patch {
    let json = serde_json::to_string(patch).expect("JSON").replace("\"+", "\"0-outside-");
    serde_json::from_str(&json).expect("a patch")
}

/// How many acts a portfolio has, after a look at each: none promises what it does not bring.
fn promises_hold(text: &Sources, own: &OwnPolicy) -> Result<usize, String> {
    let card = tally(&own.portfolio, &own.policy, own.day, Part::default());
    let effects = effect::of_acts(&card, &debt::rules::catalog());
    assert_eq!(effects.left_out, 0);
    for one in &effects.measured {
        promise_holds(text, own, &card, one)?;
    }
    Ok(effects.measured.len())
}

fn promise_holds(
    text: &Sources,
    own: &OwnPolicy,
    card: &Scorecard<'_>,
    one: &Measured<'_>,
) -> Result<(), String> {
    let id = one.act.id(&own.portfolio);
    let patch = writable(&one.deed.patch);
    let edited = edit::apply(text, &own.portfolio, &patch).map_err(|refused| format!("{id}: {refused:?}"))?;
    let (score, high) =
        standing(&edit::edited_sources(text, &edited)).map_err(|why| format!("{id}: {why}"))?;
    let brought = (card.score - score, range::high(card) - high);
    if brought == (one.effect, one.high) {
        return Ok(());
    }
    Err(format!("{id} promises {:?}, and brings {brought:?}: {:?}", (one.effect, one.high), one.deed))
}

#[test]
fn of_the_example_and_of_larger_organisations() {
    // Without its comments, so that no edit is refused for their sake.
    let example: serde_json::Value = serde_yaml::from_str(&file("examples/portfolio.yaml")).expect("YAML");
    let mut texts = vec![serde_yaml::to_string(&example).expect("plain data can be written")];
    texts.extend([24, 48, 80].map(|people| organisation::Organisation::new(people).text()));
    let mut counted = Vec::new();
    for text in texts {
        let text = sources(&text);
        let own = read(&text).expect("it reads");
        counted.push(promises_hold(&text, &own).unwrap_or_else(|why| panic!("{why}")));
    }
    println!("acts that bring what they promise: {counted:?}");
    assert!(counted.iter().all(|count| *count > 20), "{counted:?}");
}

#[test]
fn of_random_portfolios() {
    let acts = Cell::new(0);
    let outcome = TestRunner::new(cases(50)).run(&organisations(), |organisation| {
        let text = sources(&organisation.yaml());
        let Ok(own) = read(&text) else { return Ok(()) };
        let count = promises_hold(&text, &own).map_err(proptest::test_runner::TestCaseError::fail)?;
        acts.set(acts.get() + count);
        Ok(())
    });
    assert!(outcome.is_ok(), "{}", outcome.expect_err("it failed"));
    println!("{} acts of random portfolios", acts.get());
    assert!(acts.get() > 100, "only {} acts", acts.get());
}

/// Every act of every rule has a verb that the registry knows.
#[test]
fn every_act_has_a_verb() {
    let mut unknown = Vec::new();
    for folder in std::fs::read_dir(crate::support::root().join("tests/fixtures/rules")).expect("fixtures") {
        let text = std::fs::read_to_string(folder.expect("a folder").path().join("found.yaml"));
        let Ok(own) = read(&sources(&text.expect("a fixture"))) else { continue };
        let card = tally(&own.portfolio, &own.policy, own.day, Part::default());
        let verbs = card.factors.iter().map(|one| one.found.act.verb);
        unknown.extend(verbs.filter(|verb| debt::acts::with_verb(verb).is_none()));
        // Each deed is asked for both ways, and answers.
        for act in of_factors(card.factors.iter()) {
            for mode in [Mode::Assume, Mode::AsTold] {
                let _: Result<_, _> = act.deed(&card.facts, &Told::default(), mode);
            }
        }
    }
    assert!(unknown.is_empty(), "{unknown:?}");
}

/// The first thing to do in the example is what takes ten minutes; and what is said of it is what `what` names.
#[test]
fn the_label_comes_first() {
    let text = debt()
        .args(["score", "examples/portfolio.yaml", "--as-of", "2026-11-20", "--format", "json"])
        .end()
        .ok();
    let report: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let first = &report["tasks"][0];
    assert_eq!(first["act"], "label:meeting:nia-kofi");
    assert_eq!(first["minutes"], 10);
    assert_eq!(first["assumes"][0], "its purpose is delivery");
    assert_eq!(report["tasks_left_out"], 0);
}
