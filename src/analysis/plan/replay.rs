//! Does the acts of a plan one after the other and scores after each: what a plan claims is what this finds.

use std::collections::HashMap;

use super::World;
use crate::acts::{self, Deed, Doable, Mode};
use crate::analysis::effect::find;
use crate::base::day::{Day, Days};
use crate::base::points::MilliPoints;
use crate::model::Portfolio;
use crate::score::factor::Factor;
use crate::score::part::Part;
use crate::score::{Scorecard, tally};

/// One step, with the scorecards before and after it.
pub struct Step<'s> {
    /// Its number, from 1.
    pub number: usize,
    /// How it is before.
    pub before: &'s Scorecard<'s>,
    /// How it is after.
    pub after: &'s Scorecard<'s>,
    /// What is done.
    pub act: &'s Doable<'s>,
    /// Its deed.
    pub deed: &'s Deed,
    /// The number of the step that it has to follow: before that one nobody could do it.
    pub follows: Option<usize>,
}

/// A factor that is smaller or larger after a step, or gone or new.
pub struct Gone<'s> {
    /// The factor, of the scorecard in which it is larger.
    pub factor: &'s Factor,
    /// By how much.
    pub by: MilliPoints,
}

/// What a step brings where what it assumes turns out to be otherwise.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Otherwise {
    /// What it turns out to be, behind “if it is”.
    pub what: &'static str,
    /// What comes to light then.
    pub comes: MilliPoints,
}

impl Step<'_> {
    /// By how much the score falls.
    pub fn effect(&self) -> MilliPoints {
        self.before.score - self.after.score
    }

    /// What is smaller or gone.
    pub fn resolves(&self) -> Vec<Gone<'_>> {
        less(self.before, self.after)
    }

    /// What is larger or new.
    pub fn brings(&self) -> Vec<Gone<'_>> {
        less(self.after, self.before)
    }

    /// What would come to light where what only a person can know is not as it is assumed; nothing where that cannot be,
    /// or brings nothing.
    pub fn otherwise(&self, world: World<'_>) -> Option<Otherwise> {
        let (what, told) = acts::otherwise(self.act.act)?;
        let facts = &self.before.facts;
        let deed = self.act.deed(facts, &told, Mode::Assume).ok()?;
        let patched = facts.portfolio.with(&deed.patch, world.catalog).ok()?;
        let after = tally(&patched, world.policy, world.day, Part::default());
        let comes: MilliPoints = less(&after, self.before).iter().map(|one| one.by).sum();
        (comes > MilliPoints::ZERO).then_some(Otherwise { what, comes })
    }
}

/// The factors of one scorecard that are smaller in the other, or not there.
fn less<'s>(one: &'s Scorecard<'_>, other: &Scorecard<'_>) -> Vec<Gone<'s>> {
    let there: HashMap<String, MilliPoints> =
        other.factors.iter().map(|factor| (factor.id(other.facts.portfolio), factor.value())).collect();
    let by = |factor: &Factor| {
        let id = factor.id(one.facts.portfolio);
        factor.value() - there.get(&id).copied().unwrap_or_default()
    };
    let gone = one.factors.iter().map(|factor| Gone { factor, by: by(factor) });
    gone.filter(|gone| gone.by > MilliPoints::ZERO).collect()
}

/// What is there in the end.
pub struct Replay {
    /// The data.
    pub portfolio: Portfolio,
    /// The acts that were done: all of them, but for those that are not there any more when it is their turn.
    pub done: Vec<String>,
}

impl Replay {
    /// Does these acts one after the other, and shows each step.
    pub fn of(
        world: World<'_>,
        portfolio: &Portfolio,
        ids: &[String],
        mut see: impl FnMut(&Step<'_>),
    ) -> Replay {
        let mut portfolio = portfolio.clone();
        let mut done: Vec<String> = Vec::new();
        let mut since: HashMap<String, usize> = HashMap::new();
        for id in ids {
            let card = tally(&portfolio, world.policy, world.day, Part::default());
            for act in acts::of_factors(card.factors.iter()) {
                since.entry(act.id(&portfolio)).or_insert(done.len());
            }
            let Some((act, deed)) = find(&card, id) else { continue };
            let Ok(patched) = portfolio.with(&deed.patch, world.catalog) else { continue };
            let after = tally(&patched, world.policy, world.day, Part::default());
            let follows = since.get(id).copied().filter(|step| *step > 0);
            done.push(id.clone());
            see(&Step { number: done.len(), before: &card, after: &after, act: &act, deed: &deed, follows });
            drop(after);
            drop(act);
            drop(card);
            portfolio = patched;
        }
        Replay { portfolio, done }
    }
}

/// Further ahead than this nobody looks for a day on which something ends by itself: about three years.
const FURTHEST: u32 = 1_100;

/// The first day on which a factor is smaller than today though nobody did anything; none where it does not end.
pub fn ends(world: World<'_>, portfolio: &Portfolio, factor: &Factor) -> Option<Day> {
    let part = Part { only: vec![factor.rule], ..Part::default() };
    let is_less = |days: u32| {
        let card = tally(portfolio, world.policy, world.day.plus(Days::new(days.into())), part.clone());
        let then = card.factors.iter().find(|one| one.key() == factor.key()).map(Factor::value);
        then.is_none_or(|then| then < factor.value())
    };
    if !is_less(FURTHEST) {
        return None;
    }
    // It only falls, so the day is between one on which it is as today and one on which it is less.
    let (mut same, mut less) = (0, FURTHEST);
    while less.saturating_sub(same) > 1 {
        let middle = u32::midpoint(same, less);
        if is_less(middle) { less = middle } else { same = middle }
    }
    Some(world.day.plus(Days::new(less.into())))
}
