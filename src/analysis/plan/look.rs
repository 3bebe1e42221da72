//! What can be done in a state of the data, and what each act comes to there.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeSet;

use super::World;
use crate::acts::{Doable, Mode, Told};
use crate::analysis::effect::{effort, rank, with_deed};
use crate::base::parallel;
use crate::base::points::MilliPoints;
use crate::model::{Patch, Portfolio};
use crate::score::part::Part;
use crate::score::{Scorecard, tally};

/// An act with what it comes to.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) id: String,
    pub(super) shown: String,
    pub(super) minutes: i64,
    pub(super) effect: MilliPoints,
    pub(super) patch: Patch,
}

impl Candidate {
    /// Most effect for each minute first, ties by what is shown.
    pub(super) fn compare(&self, other: &Candidate) -> Ordering {
        let key = |one: &Candidate| (one.effect, one.minutes);
        rank(key(self), key(other)).then_with(|| self.shown.cmp(&other.shown))
    }

    /// Most effect first; then fewer minutes, ties by what is shown.
    pub(super) fn compare_by_effect(&self, other: &Candidate) -> Ordering {
        let key = |one: &Candidate| (Reverse(one.effect), one.minutes);
        key(self).cmp(&key(other)).then_with(|| self.shown.cmp(&other.shown))
    }
}

/// A state of the data.
#[derive(Debug)]
pub(super) struct State {
    pub(super) portfolio: Portfolio,
    pub(super) score: MilliPoints,
    pub(super) people: u64,
    /// In the order of `Candidate::compare`.
    pub(super) candidates: Vec<Candidate>,
    /// How many acts with fewer points a minute were not measured.
    pub(super) left_out: usize,
    /// People times scorings.
    pub(super) work: usize,
}

/// Which of the acts that are kept are measured.
#[derive(Clone, Copy, Default)]
pub(super) struct Among<'a> {
    /// Not these.
    pub(super) without: Option<&'a BTreeSet<String>>,
    /// These alone, whatever they come to.
    pub(super) only: Option<&'a BTreeSet<String>>,
    /// Those that do not take longer.
    pub(super) left: Option<i64>,
}

/// So many acts are measured at most.
const MOST_ACTS: usize = 2_000;
/// So many are measured whatever the size.
const FEWEST_ACTS: usize = 5;

impl State {
    /// Looks at a state.
    pub(super) fn of(world: World<'_>, portfolio: Portfolio, among: Among<'_>) -> State {
        let card = tally(&portfolio, world.policy, world.day, Part::default());
        let effort = effort(&portfolio);
        let mut acts: Vec<(String, Doable<'_>)> =
            world.asked.keep.acts(&card).into_iter().map(|act| (act.id(&portfolio), act)).collect();
        acts.retain(|(id, act)| {
            among.left.is_none_or(|left| act.minutes() <= left)
                && among.without.is_none_or(|without| !without.contains(id))
                && among.only.is_none_or(|only| only.contains(id))
        });
        let most = (world.asked.most_work / effort).clamp(FEWEST_ACTS, MOST_ACTS);
        let left_out = acts.len().saturating_sub(most);
        if left_out > 0 {
            let density = |act: &Doable<'_>| (act.points(), act.minutes());
            acts.sort_by(|(_, a), (_, b)| rank(density(a), density(b)));
            acts.truncate(most);
        }
        let mut candidates = measure(world, &card, &acts);
        if among.only.is_none() {
            candidates.retain(|one| one.effect > MilliPoints::ZERO);
        }
        candidates.sort_by(Candidate::compare);
        let work = effort.saturating_mul(acts.len().saturating_add(1));
        let (score, scored) = (card.score, card.people);
        drop(acts);
        drop(card);
        State { portfolio, score, people: scored, candidates, left_out, work }
    }
}

/// What these acts of a scorecard come to; an act without a deed is left out.
pub(super) fn measure(
    world: World<'_>,
    card: &Scorecard<'_>,
    acts: &[(String, Doable<'_>)],
) -> Vec<Candidate> {
    let facts = &card.facts;
    // How an act is shown may be costly, and is no business of other processors.
    let shown: Vec<String> =
        acts.iter().map(|(_, act)| (world.asked.shown)(facts.portfolio, act.act)).collect();
    let (catalog, told) = (world.catalog, Told::default());
    let one = |(id, act): &(String, Doable<'_>)| {
        let (deed, after) = with_deed(card, act, &told, Mode::Assume, catalog)?;
        Some(Candidate {
            id: id.clone(),
            shown: String::new(),
            minutes: act.minutes(),
            effect: card.score - after.score,
            patch: deed.patch,
        })
    };
    let work = facts.portfolio.people.len().saturating_mul(acts.len());
    let measured = parallel::map(acts, work, one);
    let named = measured.into_iter().zip(shown);
    named.filter_map(|(one, shown)| Some(Candidate { shown, ..one? })).collect()
}
