//! How far the score, the order of squads and what to do first depend on the weights. What is found does not change with
//! them, so a run of other weights is one pass over the factors that were found.

mod acts;
mod draw;
pub mod ranks;
mod varied;

use crate::base::catalog::Catalog;
use crate::base::ids::{GuildIx, RuleIx, SquadIx, Subject};
use crate::base::parallel;
use crate::base::points::{Growth, MilliPoints};
use crate::model::target;
use crate::policy::{Policy, Weight, weights};
use crate::rules::rule::Basis;
use crate::score::factor::Factor;
use crate::score::{Scorecard, breakdown, headline};
use acts::Act;
use ranks::{doubled_ranks, percentile, spearman};

use varied::one_at_a_time;

pub use draw::drawn;

/// What groups are compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the words say it")]
pub enum Grouping {
    Squad,
    Guild,
}

/// What is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Asked {
    /// What groups are compared.
    pub by: Grouping,
    /// By how many per cent weights differ at most.
    pub spread: i64,
    /// How many runs.
    pub runs: u64,
    /// Where the runs begin.
    pub seed: u64,
}

/// What comes of it.
#[derive(Debug)]
pub struct Sensitivity {
    /// Today, 5 %, median and 95 % of the scores.
    pub score: [MilliPoints; 4],
    /// How many runs have each grade, from A to E.
    pub grades: [u64; 5],
    /// Groups, most points a person first.
    pub groups: Vec<GroupRange>,
    /// Least, 5 % and median of Spearman's coefficient against today's order, in thousandths; none of one group.
    pub spearman: Option<[i64; 3]>,
    /// Acts, today's first one first.
    pub acts: Vec<ActRange>,
    /// How many acts were too many to measure.
    pub acts_left_out: usize,
    /// One change of the policy at a time, the largest swing first.
    pub one_at_a_time: Vec<Varied>,
    /// What each rule weighs in the policy and in this score.
    pub rules: Vec<RuleWeight>,
}

/// A squad or a guild.
#[derive(Clone, Debug)]
pub struct GroupRange {
    /// Which.
    pub group: Subject,
    /// How much today.
    pub mp: MilliPoints,
    /// How many people.
    pub people: u64,
    /// Twice the rank today, at 5 % and at 95 % of the runs.
    pub rank: [i64; 3],
    /// In how many runs it has more a person than the next one; none for the last.
    pub over_next: Option<u64>,
}

/// An act.
#[derive(Clone, Debug)]
pub struct ActRange {
    /// Which.
    pub act: crate::rules::rule::Act,
    /// By how much the score falls today.
    pub effect: MilliPoints,
    /// Its minutes.
    pub minutes: i64,
    /// In how many runs it is the first, among the first three, and among the first ten.
    pub first: [u64; 3],
}

/// How one change of the policy shows.
#[derive(Clone, Debug)]
pub struct Varied {
    /// What is changed.
    pub what: What,
    /// The score then.
    pub score: MilliPoints,
    /// The grade then.
    pub grade: &'static str,
    /// The first act then; none where there is none, or it was not looked for.
    pub first: Option<crate::rules::rule::Act>,
    /// Against today's order of groups, in thousandths; none of one group.
    pub spearman: Option<i64>,
}

/// A change of the policy.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    /// A weight times so many thousandths.
    Times(Weight, i64),
    /// A rule that is not asked.
    Off(RuleIx),
    /// No interest.
    NoInterest,
    /// Everything costs one point.
    Alike,
}

/// What a rule weighs.
#[derive(Clone, Copy, Debug)]
pub struct RuleWeight {
    /// The rule.
    pub rule: RuleIx,
    /// Its principal; none where it costs by kind.
    pub principal: Option<MilliPoints>,
    /// How many factors.
    pub count: u64,
    /// How much of the score.
    pub mp: MilliPoints,
}

/// A factor as far as weights go.
#[derive(Clone, Copy, Debug)]
struct Valued {
    weight: Weight,
    /// How often the weight is in one unit: once, or once for each scored person.
    times: i64,
    basis: Basis,
    renewals: i64,
}

impl Valued {
    fn of(card: &Scorecard<'_>, catalog: &Catalog, factor: &Factor) -> Valued {
        let by_kind = catalog.0.get(factor.rule.index()).is_some_and(|entry| entry.by_kind);
        let weight = match factor.subject {
            Subject::Conversation(at) if by_kind => {
                Weight::Conversation(card.facts.portfolio.conversation(at).kind as usize)
            }
            _ => Weight::Principal(factor.rule),
        };
        let times = factor.found.unit.mp().checked_div(card.facts.policy.weight(weight)).unwrap_or(1);
        Valued { weight, times, basis: factor.found.basis, renewals: factor.renewals }
    }

    fn under(&self, policy: &Policy, growth: &Growth) -> MilliPoints {
        let unit = MilliPoints::new(policy.weight(self.weight)).times(self.times);
        let amounts = crate::score::amounts::Amounts::under(policy, growth, unit, self.basis);
        amounts.value() + amounts.renewed(policy, self.renewals)
    }
}

/// A group with the positions of its factors.
struct Group {
    of: Subject,
    people: u64,
    factors: Vec<usize>,
}

/// Everything that a run is counted on.
struct Ground<'g, 'p> {
    card: &'g Scorecard<'p>,
    catalog: &'g Catalog,
    factors: Vec<Valued>,
    groups: Vec<Group>,
    acts: Vec<Act>,
}

/// One run.
struct Run {
    score: MilliPoints,
    grade: &'static str,
    groups: Vec<(MilliPoints, u64)>,
    effects: Vec<MilliPoints>,
}

impl Ground<'_, '_> {
    fn run(&self, policy: &Policy) -> Run {
        let growth = Growth::new(policy.weekly_bp, policy.cap);
        let values: Vec<MilliPoints> = self.factors.iter().map(|one| one.under(policy, &growth)).collect();
        let score: MilliPoints = values.iter().copied().sum();
        let sum = |group: &Group| {
            let own = group.factors.iter().filter_map(|at| values.get(*at).copied());
            (own.sum(), group.people)
        };
        Run {
            score,
            grade: headline::grade(score, self.card.people, policy),
            groups: self.groups.iter().map(sum).collect(),
            effects: self.acts.iter().map(|act| act.effect(policy, &growth)).collect(),
        }
    }

    /// The positions of the acts, first things first.
    fn order(&self, run: &Run) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.acts.len()).collect();
        let key = |at: usize| (run.effects.get(at).copied().unwrap_or_default(), self.acts[at].minutes);
        order.sort_by(|a, b| crate::analysis::effect::rank(key(*a), key(*b)).then(a.cmp(b)));
        order
    }

    fn first(&self, run: &Run) -> Option<crate::rules::rule::Act> {
        let first = *self.order(run).first()?;
        Some(self.acts.get(first)?.of)
    }
}

/// More points a person, compared without dividing.
fn by_person(one: &(MilliPoints, u64), other: &(MilliPoints, u64)) -> std::cmp::Ordering {
    let times = |mp: MilliPoints, people: u64| mp.times(i64::try_from(people).unwrap_or(i64::MAX));
    times(one.0, other.1).cmp(&times(other.0, one.1))
}

/// Asks how far a scorecard depends on the weights.
pub fn sensitivity(card: &Scorecard<'_>, catalog: &Catalog, asked: Asked) -> Sensitivity {
    let policy = card.facts.policy;
    let all = weights(catalog);
    let (acts, acts_left_out) = acts::of(card, catalog);
    let valued = |factor: &Factor| Valued::of(card, catalog, factor);
    let mut ground = Ground {
        card,
        catalog,
        factors: card.factors.iter().map(valued).collect(),
        groups: groups(card, asked.by),
        acts,
    };
    sort_groups(&mut ground, policy);
    let ground = ground;
    let today = ground.run(policy);
    let base = doubled_ranks(&today.groups, by_person);
    let numbers: Vec<u64> = (1..=asked.runs).collect();
    let runs = parallel::map(&numbers, usize::MAX, |run| {
        ground.run(&drawn(policy, &all, (asked.seed, *run), asked.spread))
    });
    let mut scores: Vec<i64> = runs.iter().map(|run| run.score.mp()).collect();
    scores.sort_unstable();
    let at = |percent| MilliPoints::new(percentile(&scores, percent));
    let graded = |grade: &str| count(&runs, |run| run.grade == grade);
    let ranks: Vec<Vec<i64>> = runs.iter().map(|run| doubled_ranks(&run.groups, by_person)).collect();
    let mut alike: Vec<i64> = ranks.iter().map(|ranks| spearman(&base, ranks)).collect();
    alike.sort_unstable();
    let several = ground.groups.len() > 1;
    Sensitivity {
        score: [today.score, at(5), at(50), at(95)],
        grades: headline::GRADES.map(graded),
        groups: ranges(&ground, &today, &base, (&runs, &ranks)),
        spearman: several
            .then(|| [alike.first().copied().unwrap_or(1000), percentile(&alike, 5), percentile(&alike, 50)]),
        acts: act_ranges(&ground, &today, &runs),
        acts_left_out,
        one_at_a_time: one_at_a_time(&ground, &all, &base),
        rules: rules(card, catalog),
    }
}

fn count(runs: &[Run], holds: impl Fn(&Run) -> bool) -> u64 {
    u64::try_from(runs.iter().filter(|run| holds(run)).count()).unwrap_or(u64::MAX)
}

/// Squads or guilds with people in them.
fn groups(card: &Scorecard<'_>, by: Grouping) -> Vec<Group> {
    let portfolio = card.facts.portfolio;
    let of = |person| match by {
        Grouping::Squad => target(portfolio.person(person).squad).map(Subject::Squad),
        Grouping::Guild => target(portfolio.person(person).guild).map(Subject::Guild),
    };
    let mut groups: Vec<Group> = match by {
        Grouping::Squad => portfolio.squad_positions().map(Subject::Squad).map(empty).collect(),
        Grouping::Guild => portfolio.guild_positions().map(Subject::Guild).map(empty).collect(),
    };
    let scored = portfolio.person_positions().filter(|person| card.facts.lines.is_scored(*person));
    for group in scored.filter_map(of) {
        if let Some(found) = groups.iter_mut().find(|one| one.of == group) {
            found.people = found.people.saturating_add(1);
        }
    }
    for (at, factor) in card.factors.iter().enumerate() {
        let squad: Option<SquadIx> = breakdown::squad(&card.facts, factor);
        let guild: Option<GuildIx> = breakdown::guild(&card.facts, factor);
        let group = match by {
            Grouping::Squad => squad.map(Subject::Squad),
            Grouping::Guild => guild.map(Subject::Guild),
        };
        if let Some(found) = groups.iter_mut().find(|one| Some(one.of) == group) {
            found.factors.push(at);
        }
    }
    groups.retain(|group| group.people > 0);
    groups
}

fn empty(group: Subject) -> Group {
    Group { of: group, people: 0, factors: Vec::new() }
}

/// Most points a person first.
fn sort_groups(ground: &mut Ground<'_, '_>, policy: &Policy) {
    let today = ground.run(policy);
    let mut sorted: Vec<((MilliPoints, u64), Group)> =
        today.groups.into_iter().zip(std::mem::take(&mut ground.groups)).collect();
    sorted.sort_by(|a, b| by_person(&b.0, &a.0).then_with(|| a.1.of.cmp(&b.1.of)));
    ground.groups = sorted.into_iter().map(|(_, group)| group).collect();
}

fn ranges(
    ground: &Ground<'_, '_>,
    today: &Run,
    base: &[i64],
    (runs, ranks): (&[Run], &[Vec<i64>]),
) -> Vec<GroupRange> {
    let range = |(at, group): (usize, &Group)| {
        let mut own: Vec<i64> = ranks.iter().filter_map(|ranks| ranks.get(at).copied()).collect();
        own.sort_unstable();
        let over = |run: &Run| match (run.groups.get(at), run.groups.get(at.saturating_add(1))) {
            (Some(one), Some(next)) => by_person(one, next) == std::cmp::Ordering::Greater,
            _ => false,
        };
        GroupRange {
            group: group.of,
            mp: today.groups.get(at).map(|(mp, _)| *mp).unwrap_or_default(),
            people: group.people,
            rank: [base.get(at).copied().unwrap_or_default(), percentile(&own, 5), percentile(&own, 95)],
            over_next: (at.saturating_add(1) < ground.groups.len()).then(|| count(runs, over)),
        }
    };
    ground.groups.iter().enumerate().map(range).collect()
}

fn act_ranges(ground: &Ground<'_, '_>, today: &Run, runs: &[Run]) -> Vec<ActRange> {
    let mut first = vec![[0_u64; 3]; ground.acts.len()];
    for run in runs {
        for (rank, at) in ground.order(run).into_iter().take(10).enumerate() {
            if let Some([one, three, ten]) = first.get_mut(at) {
                *one = one.saturating_add(u64::from(rank == 0));
                *three = three.saturating_add(u64::from(rank < 3));
                *ten = ten.saturating_add(1);
            }
        }
    }
    let range = |at: usize| {
        let act = ground.acts.get(at)?;
        let effect = today.effects.get(at).copied().unwrap_or_default();
        Some(ActRange { act: act.of, effect, minutes: act.minutes, first: *first.get(at)? })
    };
    ground.order(today).into_iter().filter_map(range).collect()
}

fn rules(card: &Scorecard<'_>, catalog: &Catalog) -> Vec<RuleWeight> {
    let weight = |slice: breakdown::Slice<RuleIx>| {
        let rule = slice.key?;
        let by_kind = catalog.0.get(rule.index()).is_some_and(|entry| entry.by_kind);
        let principal = (!by_kind).then(|| card.facts.policy.principal(rule));
        Some(RuleWeight { rule, principal, count: slice.count, mp: slice.sum })
    };
    breakdown::by(&card.factors, |factor| Some(factor.rule)).into_iter().filter_map(weight).collect()
}
