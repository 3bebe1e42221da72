//! Plans of portfolios that are too large for the whole search: less is looked at, and that is said; what the steps
//! promise still holds. The limit is small here, not the portfolio large.

use std::collections::BTreeSet;

use debt::acts::id_of;
use debt::analysis::effect::effort;
use debt::analysis::plan::{Asked, Keep, Limits, MOST_WORK, Plan, Replay, Target, World, plan};
use debt::base::points::MilliPoints;
use debt::model::OwnPolicy;
use debt::render::Screen;
use debt::render::plan::{PlanView, plan_format};
use debt::report::plan::{Wanted, build};
use debt::report::{BuildOptions, Called, Privacy};
use debt::rules::catalog;
use debt::score::part::Part;
use debt::score::{scorecard, tally};
use debt::source::Sources;

use crate::support::{file, read, sources};

/// What came of a plan: itself, by how much the score falls with it, and how many minutes it takes.
struct Came {
    plan: Plan,
    effect: MilliPoints,
    minutes: i64,
}

/// Makes a plan with so many scorings, and does it.
fn planned(own: &OwnPolicy, budget: Option<i64>, until: Option<Target>, scorings: usize) -> Came {
    let most_work = effort(&own.portfolio).saturating_mul(scorings);
    let asked = Asked { budget, until, keep: Keep::default(), shown: &id_of, most_work };
    let catalog = catalog();
    let world = World { policy: &own.policy, day: own.day, catalog: &catalog, asked: &asked };
    let plan = plan(world, &own.portfolio);
    let (mut effect, mut minutes) = (MilliPoints::ZERO, 0);
    let replay = Replay::of(world, &own.portfolio, &plan.acts, |step| {
        effect += step.effect();
        minutes += step.act.minutes();
    });
    assert_eq!(replay.done, plan.acts);
    assert_eq!(plan.acts.iter().collect::<BTreeSet<_>>().len(), plan.acts.len(), "an act is done twice");
    let after = tally(&replay.portfolio, &own.policy, own.day, Part::default());
    let before = tally(&own.portfolio, &own.policy, own.day, Part::default());
    assert_eq!(before.score - after.score, effect);
    if let Some(until) = until.filter(|_| !plan.limits.stopped) {
        assert!(until.holds(after.score, after.people, &own.policy));
    }
    Came { plan, effect, minutes }
}

fn example() -> (Sources, OwnPolicy) {
    let text = sources(&file("examples/portfolio.yaml"));
    let own = read(&text).expect("the example");
    (text, own)
}

/// Scorings enough to measure every act of the example once, far from enough to measure them after each step.
const ONCE: usize = 80;

#[test]
fn all_acts_once_then_only_the_best() {
    let own = example().1;
    let budget = planned(&own, Some(70), None, ONCE);
    let Limits { acts_left_out, starts_left_out, only_best_again, not_shortened, stopped } =
        budget.plan.limits;
    assert_eq!((acts_left_out, only_best_again, not_shortened, stopped), (0, true, false, false));
    assert!(starts_left_out > 0);
    assert!(budget.minutes <= 70);
    // Every act was looked at, so there is a bound, and it holds.
    let bound = budget.plan.bound.most.expect("a bound");
    assert!(budget.effect <= bound && budget.effect.times(2) >= bound, "{:?} {bound:?}", budget.effect);
}

#[test]
fn a_target_is_reached_and_nobody_looks_for_what_it_does_not_need() {
    let own = example().1;
    let reached = planned(&own, None, Some(Target::Grade("C")), ONCE);
    assert!(reached.plan.limits.only_best_again && !reached.plan.limits.stopped);
    // Without a step it would not be reached, or nobody looked.
    let count = reached.plan.acts.len();
    assert_eq!(reached.plan.limits.not_shortened, count * count > ONCE, "{count}");
    assert!(count > 0);
}

#[test]
fn acts_with_fewer_points_a_minute_are_left_out_and_counted() {
    let own = example().1;
    let few = planned(&own, Some(180), None, 12);
    let limits = few.plan.limits;
    assert!(limits.acts_left_out > 20 && limits.only_best_again, "{limits:?}");
    assert_eq!(few.plan.bound.most, None, "not every act was looked at");
    assert!(few.effect > MilliPoints::ZERO && few.minutes <= 180);
    // With nothing to spend the plan ends before its first step, and says so.
    let none = planned(&own, None, None, 0);
    assert!(none.plan.limits.stopped && none.plan.acts.is_empty());
}

/// Each limit is a sentence of every format for people.
#[test]
fn limits_are_said() {
    let (text, own) = example();
    let card = scorecard(&own.portfolio, &own.policy, own.day, Part::default()).expect("people");
    let privacy = Privacy::names();
    let options =
        || BuildOptions { sources: &text, version: "0", privacy: &privacy, called: Called::default() };
    let said = |format: &str, scorings: usize, until| {
        let most_work = effort(&own.portfolio) * scorings;
        let wanted = Wanted { until, most_work, ..Wanted::default() };
        let plan = build(&card, &wanted, options()).expect("enough people");
        let report = debt::report::build(&card, options()).expect("enough people");
        let screen = Screen { width: Some(80), colour: false, drawing: true };
        let mut bytes = Vec::new();
        let view = PlanView { screen, top: Some(3) };
        (plan_format(format).expect("a format").render)(&plan, &report, &view, &mut bytes).expect("written");
        let text = String::from_utf8(bytes).expect("UTF-8");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    for format in ["table", "markdown", "html"] {
        let few = said(format, 12, None);
        assert!(few.contains("with fewer points a minute were not looked at, so there is no bound"), "{few}");
        assert!(few.contains("only the acts that seemed best were measured again"), "{few}");
        let none = said(format, 0, None);
        assert!(none.contains("the plan ends where it would have taken too long to go on"), "{none}");
        let target = said(format, 12, Some(Target::Grade("C")));
        assert!(target.contains("Nobody looked whether a step can be left out"), "{target}");
    }
    assert_eq!(Wanted::default().most_work, MOST_WORK);
}
