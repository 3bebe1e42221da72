//! What holds of every change, on random pairs of portfolios, policies and days.

use std::collections::{HashMap, HashSet};

use debt::base::day::Day;
use debt::base::points::MilliPoints;
use debt::compare::baseline;
use debt::compare::{Changed, Comparison, Kind, Of, Side, Views, compare};
use debt::model::{OwnPolicy, Portfolio, adopt_ids};
use debt::policy::Policy;
use debt::rules::catalog;
use debt::rules::rule::How;
use debt::score::part::Part;
use debt::score::scorecard;
use proptest::prelude::*;

use crate::gate_org::Org;
use crate::needs;
use crate::run;
use crate::support::{cases, day, read, root, sources};

fn own(org: Org) -> OwnPolicy {
    let text = org.text();
    read(&sources(&text)).unwrap_or_else(|errors| panic!("{errors}\n{text}"))
}

/// So many days around 20 November 2026.
fn near(days: i64) -> Day {
    Day::from_epoch_days(day("2026-11-20").days_since(Day::from_epoch_days(0).expect("a day")).count() + days)
        .expect("a day")
}

fn side<'p>(portfolio: &'p Portfolio, policy: &'p Policy, day: Day) -> Side<'p> {
    Side { portfolio, policy, day }
}

fn score(portfolio: &Portfolio, policy: &Policy, day: Day) -> MilliPoints {
    scorecard(portfolio, policy, day, Part::default()).map_or(MilliPoints::ZERO, |card| card.score)
}

/// The seven parts against the difference of the two scores, and the rows against the parts.
fn sums_exactly(base: Side<'_>, head: Side<'_>, change: &Comparison<'_>) {
    let then = score(base.portfolio, base.policy, base.day);
    assert_eq!(change.from, then);
    assert_eq!(change.parts.sum(), score(head.portfolio, head.policy, head.day.max(base.day)) - then);
    assert_eq!(change.parts.sum(), change.head.score - then);
    let parts = change.parts;
    assert!(parts.acknowledged <= parts.introduced.weight);
    let rows: MilliPoints = change.changed.iter().map(|one| one.to - one.from).sum();
    let undated = change.undated.as_ref().map_or(MilliPoints::ZERO, |card| card.score);
    assert_eq!(rows, change.head.score - undated);
    let of = |kind| change.changed.iter().filter(move |one| one.kind == kind);
    assert_eq!(of(Kind::Staffing).map(|one| one.to - one.from).sum::<MilliPoints>(), parts.staffing);
    for one in &change.changed {
        let (grows, is_new) = match one.kind {
            Kind::Introduced | Kind::Revealed => (true, true),
            Kind::Repaired | Kind::Withdrawn => (false, false),
            Kind::Staffing => (one.to > one.from, one.how.is_none()),
        };
        assert_eq!(one.to > one.from, grows, "{one:?}");
        assert_eq!(one.how.is_none(), is_new, "{one:?}");
        assert!(one.interest <= one.size(), "{one:?}");
        // The sentence is about what grew, or about what was there before.
        assert_eq!(
            matches!(one.of, Of::Head(_)) || one.kind == Kind::Staffing,
            grows || one.kind == Kind::Staffing
        );
    }
    // By the dates of people, and beside them.
    let part = |one: &Changed| (one.of, one.now, one.kind, one.who);
    let twice: HashSet<_> = change.changed.iter().map(part).collect();
    assert_eq!(twice.len(), change.changed.len());
    // The rows of one factor follow one another, and the last one ends with what there is.
    let mut of_each: HashMap<usize, Vec<&Changed>> = HashMap::new();
    for one in &change.changed {
        if let Some(at) = one.now {
            of_each.entry(at).or_default().push(one);
        }
    }
    for (at, rows) in of_each {
        assert!(rows.iter().any(|one| one.to == change.head.factors[at].value()), "{rows:?}");
    }
}

fn no_change(change: &Comparison<'_>) {
    assert!(change.changed.is_empty(), "{:?}", change.changed);
    assert_eq!(change.rise().rise, MilliPoints::ZERO);
    assert!(change.rise().trips.is_empty());
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn the_seven_parts_sum_exactly(
        seed in any::<u64>(), other in any::<u64>(), mixed in 0_u64..=10, p in 0_u64..40, q in 0_u64..40,
        t in -150_i64..300, u in -150_i64..300, renamed in any::<bool>(),
    ) {
        let mut base = own(Org { policy: p, ..Org::new(seed) });
        let head = own(Org { policy: q, other, mixed, renamed, ..Org::new(seed) });
        adopt_ids(&mut base.portfolio, &head.portfolio);
        let (base, head) = (side(&base.portfolio, &base.policy, near(t)), side(&head.portfolio, &head.policy, near(u)));
        if let Ok(change) = compare(&Views::new(Some(base), head)) {
            sums_exactly(base, head, &change);
        }
    }

    #[test]
    fn an_untouched_change_never_fails(seed in any::<u64>(), p in 0_u64..40, q in 0_u64..40, t in -150_i64..900, u in -150_i64..900) {
        let (base, head) = (own(Org { policy: p, ..Org::new(seed) }), own(Org { policy: q, ..Org::new(seed) }));
        let (base, head) = (side(&base.portfolio, &base.policy, near(t)), side(&head.portfolio, &head.policy, near(u)));
        if let Ok(change) = compare(&Views::new(Some(base), head)) {
            no_change(&change);
        }
    }

    #[test]
    fn a_renamed_person_is_no_change(seed in any::<u64>(), t in -150_i64..300, u in -150_i64..300) {
        let mut base = own(Org::new(seed));
        let head = own(Org { renamed: true, ..Org::new(seed) });
        adopt_ids(&mut base.portfolio, &head.portfolio);
        let (base, head) = (side(&base.portfolio, &base.policy, near(t)), side(&head.portfolio, &head.policy, near(u)));
        if let Ok(change) = compare(&Views::new(Some(base), head)) {
            no_change(&change);
        }
    }

    #[test]
    fn a_baseline_is_the_portfolio_itself(seed in any::<u64>(), q in 0_u64..40, t in 0_i64..300) {
        let text = Org { policy: q, ..Org::new(seed) }.text();
        let own = read(&sources(&text)).expect("valid");
        let written = |text: &str, policy| baseline::write(std::iter::once(text), policy, &catalog(), own.portfolio.as_of);
        let once = written(&text, &own.policy);
        let again = read(&sources(&once)).unwrap_or_else(|errors| panic!("{errors}\n{once}"));
        prop_assert_eq!(&again.policy, &own.policy);
        prop_assert_eq!(written(&once, &again.policy), once);
        prop_assert_eq!(score(&again.portfolio, &again.policy, near(t)), score(&own.portfolio, &own.policy, near(t)));
        let (base, head) = (side(&again.portfolio, &again.policy, near(0)), side(&own.portfolio, &own.policy, near(t)));
        if let Ok(change) = compare(&Views::new(Some(base), head)) {
            no_change(&change);
            prop_assert!(change.loosened.is_empty(), "{:?}", change.loosened);
        }
    }
}

/// The pairs above are worth something only where they meet what a change can be.
#[test]
fn the_pairs_meet_every_kind_and_nearly_every_how() {
    let mut seen: HashSet<&str> = HashSet::new();
    for seed in 0..1_500 {
        let mut base = own(Org::new(seed));
        let head = own(Org { other: seed + 9_000, mixed: 3, ..Org::new(seed) });
        adopt_ids(&mut base.portfolio, &head.portfolio);
        let (base, head) =
            (side(&base.portfolio, &base.policy, near(0)), side(&head.portfolio, &head.policy, near(0)));
        if let Ok(change) = compare(&Views::new(Some(base), head)) {
            seen.extend(
                change
                    .changed
                    .iter()
                    .flat_map(|one| [Some(one.kind.word()), one.how.map(How::word)])
                    .flatten(),
            );
            seen.extend(change.loosened.iter().map(|one| one.kind));
        }
    }
    let expected = [
        "introduced",
        "revealed",
        "repaired",
        "withdrawn",
        "held",
        "changed",
        "closed",
        "reviewed",
        "removed",
        "split",
        "named",
        "staffing",
        "dropped",
        "unknown",
        "rewritten",
        "replaced",
        "exempt-added",
        "external-added",
        "description-removed",
        "acknowledgement-removed",
    ];
    let missing: Vec<&&str> = expected.iter().filter(|word| !seen.contains(**word)).collect();
    assert!(missing.is_empty(), "never met: {missing:?}");
}

/// The portfolios of the second opinion's generator, which knows corners that the one above does not.
#[test]
fn the_generators_portfolios_in_pairs() {
    let Some(python) = needs::PYTHON.there() else { return };
    let folder = tempfile::TempDir::new().expect("a folder");
    let run = run::tool(python).arg(root().join("tests/oracle/generate.py"));
    run.args(["--seed", "0", "--count", "60", "--out"]).arg(folder.path()).end().ok();
    let texts: Vec<String> = (0..60)
        .map(|seed| std::fs::read_to_string(folder.path().join(format!("p-{seed}.json"))).expect("written"))
        .collect();
    for (index, text) in texts.iter().enumerate() {
        let head = read(&sources(text)).expect("valid");
        for day in [head.day, near(-30), near(400)] {
            let same = read(&sources(text)).expect("valid");
            let (base, head) =
                (side(&same.portfolio, &same.policy, same.day), side(&head.portfolio, &head.policy, day));
            if let Ok(change) = compare(&Views::new(Some(base), head)) {
                no_change(&change);
            }
        }
        let mut base = read(&sources(&texts[(index + 1) % texts.len()])).expect("valid");
        adopt_ids(&mut base.portfolio, &head.portfolio);
        let (base, head) =
            (side(&base.portfolio, &base.policy, base.day), side(&head.portfolio, &head.policy, head.day));
        let views = Views::new(Some(base), head);
        let change = compare(&views).expect("somebody is scored");
        sums_exactly(base, head, &change);
    }
}
