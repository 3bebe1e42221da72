//! The search: the densest act first, from several starts; source: the design's `plan`, steps 1 to 6. Each state is
//! examined once, since many starts meet in the same set of acts. Where even that would take too long, only the acts
//! that seem best are measured again after each step.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use super::bound::bound;
use super::look::{Among, Candidate, State, measure};
use super::{Limits, Plan, Target, World};
use crate::analysis::effect::{effort, one_by_one};
use crate::base::points::MilliPoints;
use crate::model::Portfolio;
use crate::score::part::Part;
use crate::score::tally;

pub(super) fn search(world: World<'_>, portfolio: &Portfolio) -> Plan {
    let root = Rc::new(State::of(world, portfolio.clone(), Among::default()));
    let mut limits = Limits { acts_left_out: root.left_out, ..Limits::default() };
    let shortest = shortest(world, &root);
    let bound = match limits.acts_left_out {
        0 => bound(world, portfolio),
        _ => super::Bound::default(),
    };
    let effort = effort(portfolio);
    let steps = most_steps(world, &root);
    let whole = effort.saturating_mul(root.candidates.len()).saturating_mul(steps) / 2;
    let most = world.asked.most_work;
    let mut acts = if whole > most {
        limits.only_best_again = true;
        limits.starts_left_out = world.asked.budget.map_or(0, |_| root.candidates.len());
        only_best_again(world, &root, &mut limits)
    } else {
        let mut search = Search { world, states: HashMap::new(), work: root.work };
        search.best(&root, &mut limits)
    };
    let again = effort.saturating_mul(acts.len()).saturating_mul(acts.len());
    if let Some(target) = world.asked.until {
        if again <= most {
            acts = shortened(world, portfolio, acts, target);
        } else {
            limits.not_shortened = true;
        }
    }
    if world.asked.budget.is_some() && again <= most {
        acts = in_order(world, portfolio, &acts);
    }
    Plan { acts, bound, limits, shortest }
}

/// Where nothing fits into the budget: the act that takes least.
fn shortest(world: World<'_>, root: &State) -> Option<(String, i64)> {
    let budget = world.asked.budget?;
    let least = root.candidates.iter().min_by_key(|one| one.minutes)?;
    (least.minutes > budget).then(|| (least.id.clone(), least.minutes))
}

fn most_steps(world: World<'_>, root: &State) -> usize {
    let least = root.candidates.iter().map(|one| one.minutes).min().unwrap_or(1).max(1);
    let fit = world.asked.budget.map_or(usize::MAX, |budget| usize::try_from(budget / least).unwrap_or(0));
    fit.min(root.candidates.len())
}

/// A run from one start: what is done, and where that leads.
#[derive(Debug)]
struct Run {
    acts: Vec<String>,
    minutes: i64,
    effect: MilliPoints,
    reached: bool,
}

impl Run {
    /// The best of several: with a target one that reaches it, in the least time; else the most effect; ties: fewer
    /// minutes, fewer acts, the smaller list.
    fn key(&self) -> impl Ord + '_ {
        let minutes = if self.reached { self.minutes } else { i64::MAX };
        (!self.reached, minutes, Reverse(self.effect), self.minutes, self.acts.len(), &self.acts)
    }
}

struct Search<'w> {
    world: World<'w>,
    /// Every state that was examined: by the acts that were done, and the time that was left.
    states: HashMap<(BTreeSet<String>, Option<i64>), Rc<State>>,
    work: usize,
}

impl Search<'_> {
    fn best(&mut self, root: &Rc<State>, limits: &mut Limits) -> Vec<String> {
        let mut best = self.run(root, None, Candidate::compare);
        let Some(budget) = self.world.asked.budget else { return best.acts };
        let mut starts = vec![None];
        starts.extend(root.candidates.iter().filter(|one| one.minutes <= budget).map(Some));
        for (index, start) in starts.iter().enumerate() {
            if self.work > self.world.asked.most_work {
                limits.starts_left_out = starts.len().saturating_sub(index.max(1));
                break;
            }
            let by_effect = self.run(root, *start, Candidate::compare_by_effect);
            let dense = start.map(|_| self.run(root, *start, Candidate::compare));
            for run in [Some(by_effect), dense].into_iter().flatten() {
                if run.key() < best.key() {
                    best = run;
                }
            }
        }
        best.acts
    }

    /// Goes on from a start as long as anything helps, fits, and the target is not reached.
    fn run(
        &mut self,
        root: &Rc<State>,
        start: Option<&Candidate>,
        order: fn(&Candidate, &Candidate) -> std::cmp::Ordering,
    ) -> Run {
        let asked = self.world.asked;
        let mut state = Rc::clone(root);
        let mut acts = Vec::new();
        let (mut minutes, mut next) = (0_i64, start.cloned());
        let mut done = BTreeSet::new();
        let reached = |state: &State| {
            asked.until.is_some_and(|until| until.holds(state.score, state.people, self.world.policy))
        };
        let mut is_reached = reached(&state);
        while !is_reached {
            let left = asked.budget.map(|budget| budget.saturating_sub(minutes));
            let fits = |one: &&Candidate| left.is_none_or(|left| one.minutes <= left);
            let Some(one) = next
                .take()
                .or_else(|| state.candidates.iter().filter(fits).min_by(|a, b| order(a, b)).cloned())
            else {
                break;
            };
            minutes = minutes.saturating_add(one.minutes);
            done.insert(one.id.clone());
            acts.push(one.id.clone());
            let left = asked.budget.map(|budget| budget.saturating_sub(minutes));
            let key = (done.clone(), left);
            let known = self.states.get(&key).map(Rc::clone);
            let after = known.or_else(|| {
                let portfolio = state.portfolio.with(&one.patch, self.world.catalog).ok()?;
                let among = Among { without: Some(&done), left, ..Among::default() };
                let after = Rc::new(State::of(self.world, portfolio, among));
                self.work = self.work.saturating_add(after.work);
                self.states.insert(key, Rc::clone(&after));
                Some(after)
            });
            let Some(after) = after else {
                acts.pop();
                break;
            };
            state = after;
            is_reached = reached(&state);
        }
        Run { acts, minutes, effect: root.score - state.score, reached: is_reached }
    }
}

/// From the last to the first: takes out what the target does not need, and what came after because of it.
fn shortened(world: World<'_>, portfolio: &Portfolio, acts: Vec<String>, target: Target) -> Vec<String> {
    let holds = |acts: &[String]| {
        let (after, done) = one_by_one(portfolio, world.policy, world.day, world.catalog, acts);
        let card = tally(&after, world.policy, world.day, Part::default());
        target.holds(card.score, card.people, world.policy).then_some(done)
    };
    let Some(mut kept) = holds(&acts) else { return acts };
    for id in acts.iter().rev() {
        let without: Vec<String> = kept.iter().filter(|one| *one != id).cloned().collect();
        if without.len() < kept.len()
            && let Some(done) = holds(&without)
        {
            kept = done;
        }
    }
    kept
}

/// The same acts, the one with the most effect for each minute first where it can be done.
fn in_order(world: World<'_>, portfolio: &Portfolio, acts: &[String]) -> Vec<String> {
    let mut left: BTreeSet<String> = acts.iter().cloned().collect();
    let (mut portfolio, mut ordered) = (portfolio.clone(), Vec::new());
    while !left.is_empty() {
        let state = State::of(world, portfolio, Among { only: Some(&left), ..Among::default() });
        let Some(next) = state.candidates.first() else { break };
        let Ok(patched) = state.portfolio.with(&next.patch, world.catalog) else { break };
        left.remove(&next.id);
        ordered.push(next.id.clone());
        portfolio = patched;
    }
    ordered
}

/// For large portfolios: after each step the act that seems best is measured again, until one stays the best.
fn only_best_again(world: World<'_>, root: &State, limits: &mut Limits) -> Vec<String> {
    let mut known: HashMap<String, (Candidate, usize)> =
        root.candidates.iter().map(|one| (one.id.clone(), (one.clone(), 0))).collect();
    let (mut portfolio, mut done) = (root.portfolio.clone(), Vec::<String>::new());
    let (mut minutes, mut work) = (0_i64, 0_usize);
    let effort = effort(&portfolio);
    loop {
        let card = tally(&portfolio, world.policy, world.day, Part::default());
        work = work.saturating_add(effort);
        let reached =
            world.asked.until.is_some_and(|until| until.holds(card.score, card.people, world.policy));
        if reached {
            return done;
        }
        if work > world.asked.most_work.saturating_mul(MOST_AGAIN) {
            limits.stopped = true;
            return done;
        }
        let mut there: HashMap<String, _> = HashMap::new();
        for act in world.asked.keep.acts(&card) {
            let fits =
                world.asked.budget.is_none_or(|budget| act.minutes() <= budget.saturating_sub(minutes));
            let id = act.id(&portfolio);
            if fits && !done.contains(&id) {
                there.insert(id, act);
            }
        }
        known.retain(|id, _| there.contains_key(id));
        // What is new is measured at once, unless it was left out at the start because it is too little.
        let new: Vec<_> =
            there.iter().filter(|(id, _)| !known.contains_key(*id) && !done.is_empty()).collect();
        let new: Vec<_> = if root.left_out == 0 {
            new.into_iter().map(|(id, act)| (id.clone(), act.clone())).collect()
        } else {
            Vec::new()
        };
        for one in measure(world, &card, &new) {
            work = work.saturating_add(effort);
            known.insert(one.id.clone(), (one, done.len()));
        }
        let next = loop {
            let best = known.values().min_by(|a, b| a.0.compare(&b.0));
            let Some((one, at)) = best.filter(|(one, _)| one.effect > MilliPoints::ZERO) else { return done };
            if *at == done.len() {
                break one.clone();
            }
            let id = one.id.clone();
            let again = there.get(&id).map(|act| (id.clone(), act.clone()));
            let measured = measure(world, &card, &again.into_iter().collect::<Vec<_>>()).pop();
            work = work.saturating_add(effort);
            match measured {
                Some(one) => drop(known.insert(id, (one, done.len()))),
                None => drop(known.remove(&id)),
            }
        };
        drop(there);
        drop(new);
        drop(card);
        let Ok(patched) = portfolio.with(&next.patch, world.catalog) else { return done };
        minutes = minutes.saturating_add(next.minutes);
        known.remove(&next.id);
        done.push(next.id);
        portfolio = patched;
    }
}

/// How many times what may be spent on the search a plan of a large portfolio may take before it ends.
const MOST_AGAIN: usize = 5;
