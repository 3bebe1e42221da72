//! What an act comes to: by how much the whole score falls when its deed is done and everything is scored again. That
//! can be more or less than the sum of the act's factors, since rules look at the same data.

use std::cmp::Ordering;

use crate::acts::{self, Deed, Doable, Mode, Told, of_factors};
use crate::base::catalog::Catalog;
use crate::base::day::Day;
use crate::base::ids::PersonIx;
use crate::base::names::FastMap;
use crate::base::parallel;
use crate::base::points::MilliPoints;
use crate::model::{Portfolio, target};
use crate::policy::Policy;
use crate::rules::rule::Act;
use crate::score::part::Part;
use crate::score::{Scorecard, range, score_and_high, tally};

/// Acts are measured as long as their number times the effort of a scoring is not more than this, about half a second:
/// each act is a scoring of the whole portfolio.
pub const MOST_WORK: usize = 300_000;

/// About how much a scoring of a portfolio has to look at: its items, and the leaves that days are counted around.
pub fn effort(portfolio: &Portfolio) -> usize {
    let leaves = |person: Option<PersonIx>| person.map_or(0, |at| portfolio.person(at).away.len());
    let meetings = portfolio
        .meetings
        .iter()
        .map(|one| leaves(one.owner.target()).saturating_add(leaves(target(one.with))).saturating_add(1));
    let talks =
        portfolio.conversations.iter().flatten().map(|one| leaves(one.with.target()).saturating_add(1));
    let sum = meetings.chain(talks).fold(portfolio.people.len(), usize::saturating_add);
    let others = [&portfolio.decisions.as_ref().map(Vec::len), &portfolio.promotions.as_ref().map(Vec::len)];
    others.into_iter().flatten().fold(sum, |sum, count| sum.saturating_add(*count)).max(1)
}

/// The score of a state of the data.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Standing {
    /// All factors together.
    pub score: MilliPoints,
    /// The high end of the range.
    pub high: MilliPoints,
}

impl Standing {
    /// Of a scorecard of the whole portfolio.
    pub fn of(card: &Scorecard<'_>) -> Standing {
        Standing { score: card.score, high: range::high(card) }
    }

    /// Of a whole portfolio.
    fn of_portfolio(portfolio: &Portfolio, policy: &Policy, day: Day) -> Standing {
        let (score, high) = score_and_high(portfolio, policy, day);
        Standing { score, high }
    }
}

/// An act with its deed and what that comes to.
#[derive(Debug)]
pub struct Measured<'c> {
    /// The act.
    pub act: Doable<'c>,
    /// Its deed.
    pub deed: Deed,
    /// By how much the score falls; below zero where it rises.
    pub effect: MilliPoints,
    /// By how much the high end of the range falls.
    pub high: MilliPoints,
}

impl Measured<'_> {
    /// Whether it is worth doing.
    pub fn is_worth_it(&self) -> bool {
        is_worth_it(self.effect, self.high)
    }
}

/// Acts that were measured, and how many there are in all.
#[derive(Debug)]
pub struct Effects<'c> {
    /// In the order of `rank`.
    pub measured: Vec<Measured<'c>>,
    /// How many acts were left out because it would take too long.
    pub left_out: usize,
}

/// Whether something lowers the score by `effect` or, where it does not, how high it could be by `high`.
pub fn is_worth_it(effect: MilliPoints, high: MilliPoints) -> bool {
    effect > MilliPoints::ZERO || (effect == MilliPoints::ZERO && high > MilliPoints::ZERO)
}

/// More effect for each minute first, compared without dividing; then more effect, fewer minutes, the smaller id.
/// Source: the design's `plan`, step 3.
pub fn rank(one: (MilliPoints, i64), other: (MilliPoints, i64)) -> Ordering {
    let (ours, theirs) = (one.0.times(other.1), other.0.times(one.1));
    theirs.cmp(&ours).then(other.0.cmp(&one.0)).then(one.1.cmp(&other.1))
}

/// Measures every act of a scorecard that has a deed; what only time ends has none. Where that would take too long,
/// only those with the most points.
pub fn of_acts<'c>(card: &'c Scorecard<'_>, catalog: &Catalog) -> Effects<'c> {
    let facts = &card.facts;
    let before = whole(card);
    let mut acts = of_factors(card.factors.iter());
    acts.retain(|act| act.minutes() > 0);
    let effort = effort(facts.portfolio);
    let most = MOST_WORK / effort;
    let left_out = acts.len().saturating_sub(most);
    if left_out > 0 {
        acts.sort_by_key(|act| std::cmp::Reverse(act.points()));
        acts.truncate(most);
    }
    let told = Told::default();
    let one = |act: &Doable<'c>| {
        let (deed, after) = with_deed(card, act, &told, Mode::Assume, catalog)?;
        let (effect, high) = (before.score - after.score, before.high - after.high);
        Some(Measured { act: act.clone(), deed, effect, high })
    };
    let measured = parallel::map(&acts, effort.saturating_mul(acts.len()), one);
    let mut measured: Vec<Measured<'c>> = measured.into_iter().flatten().collect();
    let ids: FastMap<_, String> =
        measured.iter().map(|one| (one.act.act, one.act.id(facts.portfolio))).collect();
    measured.sort_by(|a, b| {
        let key = |one: &Measured<'_>| (one.effect, one.act.minutes());
        rank(key(a), key(b)).then_with(|| ids[&a.act.act].cmp(&ids[&b.act.act]))
    });
    Effects { measured, left_out }
}

/// The score of the whole portfolio, whatever part of it the scorecard is of.
pub fn whole(card: &Scorecard<'_>) -> Standing {
    let facts = &card.facts;
    if card.part.is_whole() {
        return Standing::of(card);
    }
    Standing::of_portfolio(facts.portfolio, facts.policy, facts.day)
}

/// The score of the whole portfolio when these acts are done one after the other; `None` if that would take too long.
/// An act that has no deed, or none any more, is passed over.
pub fn all_done(card: &Scorecard<'_>, acts: &[Act], catalog: &Catalog) -> Option<Standing> {
    let facts = &card.facts;
    if effort(facts.portfolio).saturating_mul(acts.len()) > MOST_WORK {
        return None;
    }
    let ids: Vec<String> = acts.iter().map(|act| acts::id_of(facts.portfolio, *act)).collect();
    let (portfolio, _) = one_by_one(facts.portfolio, facts.policy, facts.day, catalog, &ids);
    Some(Standing::of_portfolio(&portfolio, facts.policy, facts.day))
}

/// The data when these acts are done one after the other, and which of them were. An act that has no deed, or none any
/// more, is passed over.
pub fn one_by_one(
    portfolio: &Portfolio,
    policy: &Policy,
    day: Day,
    catalog: &Catalog,
    ids: &[String],
) -> (Portfolio, Vec<String>) {
    let mut portfolio = portfolio.clone();
    let mut done = Vec::new();
    for id in ids {
        let patched = {
            let card = tally(&portfolio, policy, day, Part::default());
            find(&card, id).and_then(|(_, deed)| portfolio.with(&deed.patch, catalog).ok())
        };
        if let Some(patched) = patched {
            portfolio = patched;
            done.push(id.clone());
        }
    }
    (portfolio, done)
}

/// An act of a scorecard by its id, and its deed. Positions move when somebody is added, ids do not.
pub fn find<'c>(card: &'c Scorecard<'_>, id: &str) -> Option<(Doable<'c>, Deed)> {
    let act = acts::find(card.facts.portfolio, id)?;
    let act = of_factors(card.factors.iter().filter(|one| one.found.act == act)).pop()?;
    let deed = act.deed(&card.facts, &Told::default(), Mode::Assume).ok()?;
    Some((act, deed))
}

/// The deed of an act of a scorecard, and the score of the whole portfolio with it; `None` if there is no deed, or if the
/// data would not be valid with it.
pub fn with_deed(
    card: &Scorecard<'_>,
    act: &Doable<'_>,
    told: &Told,
    mode: Mode,
    catalog: &Catalog,
) -> Option<(Deed, Standing)> {
    let facts = &card.facts;
    let deed = act.deed(facts, told, mode).ok()?;
    let patched = facts.portfolio.with(&deed.patch, catalog).ok()?;
    let after = Standing::of_portfolio(&patched, facts.policy, facts.day);
    Some((deed, after))
}
