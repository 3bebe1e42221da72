//! What holds of every change, on random pairs of portfolios, policies and days.

use std::collections::HashSet;

use debt::base::day::Day;
use debt::base::points::MilliPoints;
use debt::compare::baseline::Baseline;
use debt::compare::{Comparison, How, Kind, Side, against_baseline, compare};
use debt::model::{OwnPolicy, Portfolio, adopt_ids};
use debt::policy::Policy;
use debt::rules::catalog;
use debt::score::part::Part;
use debt::score::scorecard;
use debt::source::{Diagnostics, FileIx};
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
    Day::from_epoch_days(day("2026-11-20").days_since(Day::from_epoch_days(0).expect("a day")) + days)
        .expect("a day")
}

fn side<'p>(portfolio: &'p Portfolio, policy: &'p Policy, day: Day) -> Side<'p> {
    Side { portfolio, policy, day }
}

fn score(portfolio: &Portfolio, policy: &Policy, day: Day) -> MilliPoints {
    scorecard(portfolio, policy, day, Part::default()).map_or(MilliPoints::ZERO, |card| card.score)
}

/// The six parts, from their definitions, against the difference of two scores.
fn sums_exactly(base: Side<'_>, head: Side<'_>, change: &Comparison<'_>) {
    let ledger = change.ledger.expect("both are portfolios");
    let (b, h) = (base.portfolio, head.portfolio);
    let then = score(b, base.policy, base.day);
    assert_eq!(ledger.from, then);
    assert_eq!(ledger.recalibrated, score(b, head.policy, base.day) - then);
    assert_eq!(ledger.accrued, score(b, head.policy, head.day) - score(b, head.policy, base.day));
    let parts = change.parts;
    let plus = ledger.recalibrated + ledger.accrued + parts.introduced + parts.revealed;
    assert_eq!(plus - parts.repaired - parts.withdrawn, score(h, head.policy, head.day) - then);
    if let Some(under) = change.parts_base_policy {
        let rest = under.introduced + under.revealed - under.repaired - under.withdrawn;
        assert_eq!(rest, score(h, base.policy, head.day) - score(b, base.policy, head.day));
    }
    assert!(parts.acknowledged <= parts.introduced);
    for one in &change.changed {
        let grown = one.to > one.from;
        assert_eq!(grown, matches!(one.kind, Kind::Introduced | Kind::Revealed), "{one:?}");
        assert_eq!(grown, one.how.is_none(), "{one:?}");
    }
    let twice: HashSet<_> = change.changed.iter().map(|one| (one.before, one.now)).collect();
    assert_eq!(twice.len(), change.changed.len());
}

fn no_change(change: &Comparison<'_>) {
    assert!(change.changed.is_empty(), "{:?}", change.changed);
    assert_eq!(change.parts.rise(), MilliPoints::ZERO);
    assert_eq!(change.parts_base_policy.expect("a portfolio").introduced, MilliPoints::ZERO);
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn the_six_parts_sum_exactly(
        seed in any::<u64>(), other in any::<u64>(), mixed in 0_u64..=10, p in 0_u64..40, q in 0_u64..40,
        t in -150_i64..300, u in -150_i64..300, renamed in any::<bool>(),
    ) {
        let mut base = own(Org { policy: p, ..Org::new(seed) });
        let head = own(Org { policy: q, other, mixed, renamed, ..Org::new(seed) });
        adopt_ids(&mut base.portfolio, &head.portfolio);
        let (base, head) = (side(&base.portfolio, &base.policy, near(t)), side(&head.portfolio, &head.policy, near(u)));
        if let Ok(change) = compare(Some(base), head) {
            sums_exactly(base, head, &change);
        }
    }

    #[test]
    fn an_untouched_change_never_fails(seed in any::<u64>(), p in 0_u64..40, q in 0_u64..40, t in -150_i64..900, u in -150_i64..900) {
        let (base, head) = (own(Org { policy: p, ..Org::new(seed) }), own(Org { policy: q, ..Org::new(seed) }));
        let (base, head) = (side(&base.portfolio, &base.policy, near(t)), side(&head.portfolio, &head.policy, near(u)));
        if let Ok(change) = compare(Some(base), head) {
            no_change(&change);
        }
    }

    #[test]
    fn a_renamed_person_is_no_change(seed in any::<u64>(), t in -150_i64..300, u in -150_i64..300) {
        let mut base = own(Org::new(seed));
        let head = own(Org { renamed: true, ..Org::new(seed) });
        adopt_ids(&mut base.portfolio, &head.portfolio);
        let (base, head) = (side(&base.portfolio, &base.policy, near(t)), side(&head.portfolio, &head.policy, near(u)));
        if let Ok(change) = compare(Some(base), head) {
            no_change(&change);
        }
    }

    #[test]
    fn an_untouched_portfolio_holds_its_baseline(seed in any::<u64>(), q in 0_u64..40, t in 0_i64..300, more in 0_i64..600) {
        let own = own(Org { policy: q, ..Org::new(seed) });
        let Ok(card) = scorecard(&own.portfolio, &own.policy, near(t), Part::default()) else { return Ok(()) };
        let baseline = Baseline::of(&card, own.policy.hash(&catalog()));
        let text = baseline.to_text();
        let mut found = Diagnostics::default();
        prop_assert_eq!(Baseline::read(&text, FileIx(0), &mut found), Some(baseline.clone()));
        let head = side(&own.portfolio, &own.policy, near(t + more));
        if let Ok((change, pruned)) = against_baseline(&baseline, head) {
            prop_assert_eq!(change.parts.introduced, MilliPoints::ZERO, "{:?}", change.changed);
            prop_assert!(change.stale.is_empty(), "{:?}", change.stale);
            for (id, amount) in &pruned.entries {
                prop_assert!(baseline.entries.get(id).is_some_and(|before| amount <= before));
            }
        }
    }

    #[test]
    fn a_baseline_and_another_portfolio(seed in any::<u64>(), other in any::<u64>(), t in 0_i64..300, more in 0_i64..300) {
        let old = own(Org::new(seed));
        let Ok(card) = scorecard(&old.portfolio, &old.policy, near(t), Part::default()) else { return Ok(()) };
        let baseline = Baseline::of(&card, old.policy.hash(&catalog()));
        let new = own(Org { other, mixed: 3, ..Org::new(seed) });
        let head = side(&new.portfolio, &new.policy, near(t + more));
        if let Ok((_, pruned)) = against_baseline(&baseline, head) {
            // Pruning once is pruning for good, and nothing is added or raised.
            let again = against_baseline(&pruned, head).expect("as before").1;
            prop_assert_eq!(&again, &pruned);
            for (id, amount) in &pruned.entries {
                prop_assert!(baseline.entries.get(id).is_some_and(|before| amount <= before));
            }
        }
    }

    #[test]
    fn no_text_makes_a_baseline_panic(text in "(debt-baseline 1\n)?((as_of|policy|D101:meeting:a|end|=======|#) ?[ 0-9a-z:.-]{0,12}\n){0,8}") {
        let mut found = Diagnostics::default();
        let read = Baseline::read(&text, FileIx(0), &mut found);
        prop_assert_eq!(read.is_none(), found.errors() > 0);
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
        if let Ok(change) = compare(Some(base), head) {
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
        "left",
        "away",
        "external",
        "exempt",
        "dropped",
        "unknown",
        "rewritten",
        "replaced",
        "exempt-added",
        "external-added",
        "data-removed",
        "description-removed",
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
            if let Ok(change) = compare(Some(base), head) {
                no_change(&change);
            }
        }
        let mut base = read(&sources(&texts[(index + 1) % texts.len()])).expect("valid");
        adopt_ids(&mut base.portfolio, &head.portfolio);
        let (base, head) =
            (side(&base.portfolio, &base.policy, base.day), side(&head.portfolio, &head.policy, head.day));
        let change = compare(Some(base), head).expect("somebody is scored");
        sums_exactly(base, head, &change);
    }
}
