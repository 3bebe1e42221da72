//! Plans hold what they promise: against all subsets of acts, scored again; step by step; from shuffled files.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use debt::acts::{self, Mode, Told, id_of};
use debt::analysis::effect;
use debt::analysis::plan::{Asked, Keep, MOST_WORK, Plan, Replay, Skip, Target, World, plan};
use debt::analysis::what_if::{Supposed, patch};
use debt::base::points::MilliPoints;
use debt::model::{OwnPolicy, Portfolio};
use debt::rules::catalog;
use debt::score::part::Part;
use debt::score::tally;
use proptest::test_runner::TestRunner;
use serde_json::Value;

use crate::portfolios::{Organisation, organisations};
use crate::run::debt;
use crate::support::{cases, file, read, sources, stdout_of};

const EXAMPLE: &str = "examples/portfolio.yaml";

/// Asks for a plan, and hands the world in which it was made to whoever looks at it.
fn with_plan<T>(
    own: &OwnPolicy,
    (budget, until): (Option<i64>, Option<Target>),
    keep: Keep,
    look: impl FnOnce(World<'_>, &Plan) -> T,
) -> T {
    let asked = Asked { budget, until, keep, shown: &id_of, most_work: MOST_WORK };
    let catalog = catalog();
    let world = World { policy: &own.policy, day: own.day, catalog: &catalog, asked: &asked };
    look(world, &plan(world, &own.portfolio))
}

fn score(own: &OwnPolicy, portfolio: &Portfolio) -> MilliPoints {
    tally(portfolio, &own.policy, own.day, Part::default()).score
}

/// Ids of acts that have a deed, by id, with what each takes.
fn acts_of(own: &OwnPolicy, portfolio: &Portfolio) -> BTreeMap<String, (i64, debt::model::Patch)> {
    let card = tally(portfolio, &own.policy, own.day, Part::default());
    let acts = acts::of_factors(card.factors.iter()).into_iter().filter(|act| act.minutes() > 0);
    let deeds = acts.filter_map(|act| {
        let deed = act.deed(&card.facts, &Told::default(), Mode::Assume).ok()?;
        Some((act.id(portfolio), (act.minutes(), deed.patch)))
    });
    deeds.collect()
}

/// So many acts are tried in every subset.
const MOST_ACTS: usize = 9;
/// A portfolio whose acts bring more states than this is passed over.
const MOST_STATES: usize = 1_500;

/// Every state that acts lead to, in whatever order: its minutes and its score.
fn states(own: &OwnPolicy, without: &BTreeSet<String>) -> Option<Vec<(i64, MilliPoints)>> {
    let mut known: BTreeMap<BTreeSet<String>, (i64, MilliPoints)> = BTreeMap::new();
    let mut open = vec![(BTreeSet::new(), 0_i64, own.portfolio.clone())];
    known.insert(BTreeSet::new(), (0, score(own, &own.portfolio)));
    while let Some((done, minutes, portfolio)) = open.pop() {
        for (id, (takes, patch)) in acts_of(own, &portfolio) {
            if without.contains(&id) || done.contains(&id) {
                continue;
            }
            let mut more = done.clone();
            more.insert(id);
            if known.contains_key(&more) {
                continue;
            }
            let Ok(next) = portfolio.with(&patch, &catalog()) else { continue };
            known.insert(more.clone(), (minutes + takes, score(own, &next)));
            open.push((more, minutes + takes, next));
            if known.len() > MOST_STATES {
                return None;
            }
        }
    }
    Some(known.into_values().collect())
}

/// Plans against every subset. `PROPTEST_CASES=100` takes minutes; what it found is in docs/plan.md.
#[test]
fn against_all_subsets() {
    let ratios = RefCell::new(Vec::<(i64, i64, i64)>::new());
    let portfolios = RefCell::new(0);
    let mut config = cases(4);
    let wanted = config.cases;
    config.cases = wanted * 40;
    let outcome = TestRunner::new_with_rng(
        config,
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    )
    .run(&organisations(), |organisation| {
        if *portfolios.borrow() >= wanted {
            return Ok(());
        }
        let Ok(own) = read(&sources(&organisation.yaml())) else { return Ok(()) };
        let all: Vec<String> = acts_of(&own, &own.portfolio).into_keys().collect();
        if all.len() < 4 {
            return Ok(());
        }
        let without: BTreeSet<String> = all.iter().skip(MOST_ACTS).cloned().collect();
        let Some(states) = states(&own, &without) else { return Ok(()) };
        *portfolios.borrow_mut() += 1;
        println!("{} with {} acts and {} states", portfolios.borrow(), all.len(), states.len());
        let from = score(&own, &own.portfolio);
        for budget in [60, 120] {
            let best =
                states.iter().filter(|(minutes, _)| *minutes <= budget).map(|(_, score)| from - *score);
            let best = best.max().expect("doing nothing is a state");
            let skip = without.iter().cloned().map(Skip::Act).collect();
            let keep = Keep { skip, acknowledged: true, ..Keep::default() };
            let (found, bound) = with_plan(&own, (Some(budget), None), keep, |world, plan| {
                let replay = Replay::of(world, &own.portfolio, &plan.acts, |_| {});
                assert_eq!(replay.done, plan.acts);
                (from - score(&own, &replay.portfolio), plan.bound.most.expect("a bound"))
            });
            assert!(best <= bound, "{best:?} is more than the bound {bound:?} of {organisation:?}");
            assert!(found <= best, "{found:?} of {best:?} for {organisation:?}");
            if best > MilliPoints::ZERO {
                ratios.borrow_mut().push((found.mp(), best.mp(), bound.mp()));
            }
        }
        Ok(())
    });
    assert!(outcome.is_ok(), "{}", outcome.expect_err("it failed"));
    let ratios = ratios.into_inner();
    let thousandths = |part: i64, whole: i64| part * 1_000 / whole;
    let optimal = ratios.iter().filter(|(found, best, _)| found == best).count();
    let worst = ratios.iter().map(|(found, best, _)| thousandths(*found, *best)).min();
    let count = i64::try_from(ratios.len()).expect("few");
    let mean = ratios.iter().map(|(found, best, _)| thousandths(*found, *best)).sum::<i64>() / count.max(1);
    let bound = ratios.iter().map(|(_, best, bound)| thousandths(*bound, *best)).sum::<i64>() / count.max(1);
    println!(
        "{} portfolios, {count} plans: optimal in {optimal}, worst {worst:?}, mean {mean}, bound {bound} thousandths",
        portfolios.into_inner()
    );
    assert!(worst.is_none_or(|worst| worst >= 500), "{ratios:?}");
    assert!(optimal * 10 >= ratios.len() * 8, "{ratios:?}");
}

/// The steps sum to what the score falls by; their patches alone lead there; what-if says the same of each act.
#[test]
fn steps_sum_and_patches_lead_there() {
    let outcome = TestRunner::new(cases(8)).run(&organisations(), |organisation| {
        let Ok(own) = read(&sources(&organisation.yaml())) else { return Ok(()) };
        with_plan(&own, (None, None), Keep::default(), |world, plan| {
            let (mut sum, mut patched) = (MilliPoints::ZERO, own.portfolio.clone());
            let replay = Replay::of(world, &own.portfolio, &plan.acts, |step| {
                sum += step.effect();
                let less: MilliPoints = step.resolves().iter().map(|one| one.by).sum();
                let more: MilliPoints = step.brings().iter().map(|one| one.by).sum();
                assert_eq!(less - more, step.effect());
                patched = patched.with(&step.deed.patch, &catalog()).expect("the patch of a step");
            });
            let to = score(&own, &replay.portfolio);
            assert_eq!(sum, score(&own, &own.portfolio) - to, "{organisation:?}");
            assert_eq!(score(&own, &patched), to);
            assert_eq!(replay.done, plan.acts);
        });
        let card = tally(&own.portfolio, &own.policy, own.day, Part::default());
        for one in effect::of_acts(&card, &catalog()).measured {
            let supposed =
                patch(&card, &Supposed::Do(one.act.id(&own.portfolio))).expect("an act with a deed");
            let then = own.portfolio.with(&supposed, &catalog()).expect("it can be supposed");
            assert_eq!(card.score - score(&own, &then), one.effect);
        }
        Ok(())
    });
    assert!(outcome.is_ok(), "{}", outcome.expect_err("it failed"));
}

/// The same plan whatever the order of the items in the file.
#[test]
fn from_shuffled_files() {
    let outcome = TestRunner::new(cases(4)).run(&organisations(), |organisation| {
        let mut turned = organisation.0.clone();
        if let Value::Object(sections) = &mut turned {
            sections.values_mut().filter_map(Value::as_array_mut).for_each(|list| list.reverse());
        }
        let texts = [organisation.yaml(), Organisation(turned).yaml()];
        let plans: Vec<Option<Vec<String>>> = texts
            .iter()
            .map(|text| {
                let own = read(&sources(text)).ok()?;
                Some(with_plan(&own, (Some(90), None), Keep::default(), |_, plan| plan.acts.clone()))
            })
            .collect();
        // What is derived for items without an id follows the order in the file; then nothing can be the same.
        if texts[0].contains("--2") || plans.iter().flatten().flatten().any(|act| act.contains("--")) {
            return Ok(());
        }
        assert_eq!(plans[0], plans[1]);
        Ok(())
    });
    assert!(outcome.is_ok(), "{}", outcome.expect_err("it failed"));
}

/// Everybody's acts and nobody's are all acts, each once.
#[test]
fn every_act_is_somebodys_or_nobodys() {
    let own = read(&sources(&file(EXAMPLE))).expect("the example");
    let card = tally(&own.portfolio, &own.policy, own.day, Part::default());
    let keep = |owners| Keep { owners, acknowledged: true, ..Keep::default() };
    let ids = |keep: &Keep| keep.acts(&card).iter().map(|act| act.id(&own.portfolio)).collect::<Vec<_>>();
    let people = own.portfolio.people.iter().map(|person| Some(own.portfolio.text(person.id).to_owned()));
    let mut of_each: Vec<String> = people.chain([None]).flat_map(|one| ids(&keep(vec![one]))).collect();
    let mut all = ids(&keep(Vec::new()));
    of_each.sort();
    all.sort();
    assert_eq!(of_each, all);
    assert!(all.len() > 30);
}

fn json(arguments: &[&str]) -> Value {
    let all = [&["plan", EXAMPLE, "--format", "json"], arguments].concat();
    serde_json::from_str(&stdout_of(&all)).expect("JSON")
}

/// Three runs of the example, as people see them and as programs do.
#[test]
fn of_the_example() {
    let budget = json(&["--budget", "90m"]);
    assert_eq!(budget["steps"][0]["act"], "label:meeting:nia-kofi");
    for plan in [budget, json(&["--until", "C"]), json(&["--owner", "bo"])] {
        let steps = plan["steps"].as_array().expect("a list");
        let sum: i64 = steps.iter().map(|step| step["effect_mp"].as_i64().expect("a number")).sum();
        let at = |key: &str| plan[key]["mp"].as_i64().expect("a number");
        assert_eq!(sum, at("from") - at("to"));
        assert_eq!(plan["effect_mp"], sum);
        assert_eq!(steps.last().expect("a step")["sum_mp"], sum);
    }
    for (name, arguments) in
        [("budget", ["--budget", "90m"]), ("until", ["--until", "C"]), ("owner", ["--owner", "bo"])]
    {
        let table = stdout_of(&[&["plan", EXAMPLE][..], &arguments].concat());
        let wide = |line: &str| unicode_width::UnicodeWidthStr::width(line);
        assert!(table.lines().all(|line| wide(line) <= 80 || line.contains("debt fix")), "{table}");
        insta::assert_snapshot!(format!("plan_{name}"), table);
    }
    insta::assert_snapshot!(
        "plan_markdown",
        stdout_of(&["plan", EXAMPLE, "--owner", "bo", "--format", "markdown"])
    );
    insta::assert_snapshot!("plan_csv", stdout_of(&["plan", EXAMPLE, "--owner", "bo", "--format", "csv"]));
    let html = stdout_of(&["plan", EXAMPLE, "--owner", "bo", "--format", "html"]);
    let (first, then) = (html.find("id=\"plan\""), html.find("id=\"where\""));
    assert!(first.is_some() && first < then);
}

/// What is asked at the edges is answered in words.
#[test]
fn at_the_edges() {
    let says = |arguments: &[&str], what: &str| {
        let said = stdout_of(&[&["plan", EXAMPLE][..], arguments].concat());
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(what), "{arguments:?}: {said}");
    };
    says(&["--until", "1000"], "1000 points holds already");
    says(&["--until", "0", "--owner", "bo"], "0 points is not reached");
    says(
        &["--budget", "5m"],
        "No act takes 5 min or less: the shortest is label:meeting:nia-kofi, with 10 min",
    );
    says(&["--owner", "nobody", "--only", "D601"], "Nothing that was asked for");
    let fails = |arguments: &[&str], what: &str| {
        let said = debt().args(["plan", EXAMPLE]).args(arguments).end();
        assert_eq!(said.status, 2, "{arguments:?}");
        assert!(said.err.contains(what), "{arguments:?}: {}", said.err);
    };
    fails(&["--owner", "boo"], "did you mean `bo`?");
    fails(&["--skip", "D10"], "did you mean `D101`?");
    fails(&["--skip", "hold:conversation:ana-promotio"], "did you mean `hold:conversation:ana-promotion`?");
    fails(&["--budget", "3"], "90m, 3h or 1h30m");
    fails(&["--until", "F"], "a grade from A to E");
}

/// What-if on the example: nothing is written, and what cannot be supposed is said with what may be meant.
#[test]
fn what_if() {
    let what_if = |arguments: &[&str]| debt().args(["what-if", EXAMPLE]).args(arguments).end();
    insta::assert_snapshot!("what_if_do", what_if(&["--do", "label:meeting:nia-kofi"]).ok());
    insta::assert_snapshot!("what_if_leaves", what_if(&["--leaves", "cy"]).ok());
    insta::assert_snapshot!("what_if_set", what_if(&["--set", "person:ana.craft_owner=bo"]).ok());
    for (arguments, what) in [
        (["--do", "label:meeting:nia-koffi"], "did you mean `label:meeting:nia-kofi`?"),
        (["--set", "person:anna.craft_owner=bo"], "did you mean `ana`?"),
        (["--set", "persona:ana.craft_owner=bo"], "did you mean `person`?"),
        (["--set", "person:ana.craft_ownr=bo"], "craft_ownr"),
        (["--set", "person:ana"], "KIND:ID.KEY=VALUE"),
        (["--leaves", "cyy"], "did you mean `cy`?"),
        (["--on", "2020-01-01"], "--do"),
    ] {
        let said = what_if(&arguments);
        assert_eq!(said.status, 2, "{arguments:?}");
        assert!(said.err.contains(what), "{arguments:?}: {}", said.err);
    }
    // Two aggregates that differ by one act would tell what it is about.
    let aggregate = what_if(&["--leaves", "cy", "--privacy", "aggregate"]).exits(2);
    assert_eq!(aggregate.out, "");
    aggregate.says("which an aggregate does not show");
}
