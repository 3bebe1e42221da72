//! One change of the policy at a time.

use super::ranks::{doubled_ranks, spearman};
use super::{Ground, Group, Run, Varied, What, by_person};
use crate::base::ids::{RuleIx, Subject};
use crate::base::points::MilliPoints;
use crate::policy::Weight;
use crate::score::factor::Factor;
use crate::score::part::Part;
use crate::score::{breakdown, headline, tally};

/// Every change that changes something, the largest swing first.
pub(super) fn one_at_a_time(ground: &Ground<'_, '_>, all: &[Weight], base: &[i64]) -> Vec<Varied> {
    let policy = ground.card.facts.policy;
    let several = ground.groups.len() > 1;
    let of_run = |what: What, run: &Run| Varied {
        what,
        score: run.score,
        grade: run.grade,
        first: ground.first(run),
        spearman: several.then(|| spearman(base, &doubled_ranks(&run.groups, by_person))),
    };
    let weights = all.iter().flat_map(|weight| [500, 1500].map(|times| What::Times(*weight, times)));
    let others = [What::NoInterest, What::Alike];
    let under = |what: &What| match *what {
        What::Times(weight, times) => policy.weighted([(weight, times)]),
        What::NoInterest => policy.weighted([(Weight::Weekly, 0)]),
        What::Alike => policy.alike(),
        What::Off(rule) => policy.without(rule),
    };
    let mut varied: Vec<Varied> =
        weights.chain(others).map(|what| of_run(what, &ground.run(&under(&what)))).collect();
    let used = (0..ground.catalog.0.len()).map(RuleIx::at).filter(|rule| !policy.is_disabled(*rule));
    varied.extend(used.map(|rule| without(ground, rule, base, several)));
    let today = ground.card.score;
    let size = |one: &Varied| (one.score - today).max(today - one.score);
    // What changes nothing says nothing.
    varied.retain(|one| size(one) > MilliPoints::ZERO || one.spearman.is_some_and(|alike| alike < 1000));
    varied.sort_by_key(|one| std::cmp::Reverse(size(one)));
    varied
}

/// Without a rule another one of its group may find something, so that is scored anew.
fn without(ground: &Ground<'_, '_>, rule: RuleIx, base: &[i64], several: bool) -> Varied {
    let facts = &ground.card.facts;
    let policy = facts.policy.without(rule);
    let card = tally(facts.portfolio, &policy, facts.day, Part::default());
    let value = |group: &Group| {
        let booked = |factor: &&Factor| match group.of {
            Subject::Squad(squad) => breakdown::squad(&card.facts, factor) == Some(squad),
            Subject::Guild(guild) => breakdown::guild(&card.facts, factor) == Some(guild),
            _ => false,
        };
        (card.factors.iter().filter(booked).map(Factor::value).sum::<MilliPoints>(), group.people)
    };
    let groups: Vec<(MilliPoints, u64)> = ground.groups.iter().map(value).collect();
    Varied {
        what: What::Off(rule),
        score: card.score,
        grade: headline::grade(card.score, card.people, &policy),
        first: None,
        spearman: several.then(|| spearman(base, &doubled_ranks(&groups, by_person))),
    }
}
