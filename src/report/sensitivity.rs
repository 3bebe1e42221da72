//! What `debt sensitivity` shows, as far as the privacy lets it be shown. Its types are the contract of its JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::Head;
use super::build::BuildOptions;
use super::contract::{self, Version};
use super::order::Ordered;
use super::privacy::TooFew;
use super::speak::Speaker;
use crate::acts::{Doable, of_factors};
use crate::analysis::sensitivity::{
    ActRange, Asked, GroupRange, Grouping, Sensitivity, Varied, What, sensitivity,
};
use crate::base::names::Untrusted;
use crate::base::points::{MilliPoints, Thousandths};
use crate::rules;
use crate::rules::rule::Act;
use crate::score::Scorecard;
use crate::score::headline::{GRADES, grade};

/// How far the score, the order of squads and what to do first depend on the weights. Amounts are exact in milli-points
/// (mp); the same input, seed and day give the same bytes everywhere.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "DebtSensitivity")]
pub struct SensitivityReport {
    /// The version of this contract: a key changes its meaning only with a new one.
    pub schema_version: Version<1>,
    /// Whose it is.
    #[serde(flatten)]
    pub head: Head,
    /// By how many per cent each weight differs at most.
    pub spread: i64,
    /// How many times other weights were drawn.
    pub runs: u64,
    /// What they were drawn from.
    pub seed: u64,
    /// The score, and between which scores nine of ten runs are.
    pub score: ScoreRange,
    /// How many runs have each grade, from A to E.
    pub grades: Vec<GradeShare>,
    /// Which groups are compared.
    #[schemars(with = "contract::GroupedBy")]
    pub by: &'static str,
    /// Squads or guilds by points a person, the most first; [] where there is one, and where groups are pooled.
    pub groups: Ordered<GroupShare>,
    /// How alike their order is to today's: Spearman's coefficient; null where nothing can be ordered or shown.
    pub spearman: Option<SpearmanRange>,
    /// Acts that lower the score, most effect for each minute first; [] in an aggregate.
    pub acts: Ordered<ActShare>,
    /// How many acts were too many to measure.
    pub acts_left_out: usize,
    /// One change of the policy at a time, the largest swing first.
    pub one_at_a_time: Vec<VariedRow>,
    /// What each rule weighs in the policy, and in this score.
    pub rules: Vec<WeightRow>,
}

/// The score under other weights.
#[derive(Clone, Copy, Serialize, JsonSchema)]
pub struct ScoreRange {
    /// Under today's policy.
    pub mp: MilliPoints,
    /// A to E, under today's policy.
    #[schemars(with = "contract::Grade")]
    pub grade: &'static str,
    /// Five of a hundred runs are not above it.
    pub p5_mp: MilliPoints,
    /// Half of the runs are not above it.
    pub median_mp: MilliPoints,
    /// Ninety-five of a hundred runs are not above it.
    pub p95_mp: MilliPoints,
}

/// How often a grade comes out.
#[derive(Clone, Copy, Serialize, JsonSchema)]
pub struct GradeShare {
    /// A to E.
    #[schemars(with = "contract::Grade")]
    pub grade: &'static str,
    /// In how many runs.
    pub runs: u64,
}

/// A squad or a guild.
#[derive(Serialize, JsonSchema)]
pub struct GroupShare {
    /// Its id.
    pub key: Untrusted,
    /// Its name, where it has one, else its id.
    pub label: Untrusted,
    /// How much it is today.
    pub mp: MilliPoints,
    /// How many people.
    pub people: u64,
    /// Its rank today, from 1; whoever is equal shares a mean rank.
    pub rank: Thousandths,
    /// Five of a hundred runs have no smaller rank.
    pub p5_rank: Thousandths,
    /// Ninety-five of a hundred runs have no larger rank.
    pub p95_rank: Thousandths,
    /// In how many runs it has more points a person than the next one; null for the last.
    pub over_next_runs: Option<u64>,
}

/// How alike two orders are: 1 is the same, 0 is none, -1 is the reverse.
#[derive(Clone, Copy, Serialize, JsonSchema)]
pub struct SpearmanRange {
    /// In the run with the least.
    pub least: Thousandths,
    /// Five of a hundred runs have no more.
    pub p5: Thousandths,
    /// Half of the runs have no more.
    pub median: Thousandths,
}

/// An act.
#[derive(Serialize, JsonSchema)]
pub struct ActShare {
    /// The act, `VERB:TYPE:ID`.
    pub act: Untrusted,
    /// What, beginning with a verb in lower case.
    pub what: Untrusted,
    /// By how much the whole score falls today.
    pub effect_mp: MilliPoints,
    /// About how many minutes it takes.
    pub minutes: i64,
    /// In how many runs it is the first.
    pub first_runs: u64,
    /// In how many runs it is among the first three.
    pub first_3_runs: u64,
    /// In how many runs it is among the first ten.
    pub first_10_runs: u64,
}

/// One change of the policy.
#[derive(Serialize, JsonSchema)]
pub struct VariedRow {
    /// What is changed: the key of a weight, the code of a rule; null for all of them.
    pub key: Option<String>,
    /// How: `half`, `half-more`, `off`, `no-interest`, `all-alike`.
    #[schemars(with = "contract::Variation")]
    pub variation: &'static str,
    /// The score then.
    pub score_mp: MilliPoints,
    /// By how much it differs.
    pub change_mp: MilliPoints,
    /// The grade then.
    #[schemars(with = "contract::Grade")]
    pub grade: &'static str,
    /// The act with the most effect a minute then; null where it was not looked for, and in an aggregate.
    pub first_act: Option<Untrusted>,
    /// How alike the order of groups is to today's; null where nothing can be ordered or shown.
    pub spearman: Option<Thousandths>,
}

/// What a rule weighs.
#[derive(Serialize, JsonSchema)]
pub struct WeightRow {
    /// Its code.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What one of it costs; null where that depends on the kind of a conversation.
    pub principal_mp: Option<MilliPoints>,
    /// How many factors it has.
    pub count: u64,
    /// How much of the score is of this rule.
    pub mp: MilliPoints,
    /// Its share of the score.
    pub share: Thousandths,
}

/// Asks it of a scorecard of the whole portfolio.
///
/// # Errors
/// An aggregate would speak of too few people.
pub fn build(
    card: &Scorecard<'_>,
    asked: Asked,
    options: BuildOptions<'_>,
) -> Result<SensitivityReport, TooFew> {
    let privacy = options.privacy;
    privacy.check(card)?;
    let found = sensitivity(card, &rules::catalog(), asked);
    let speaker = Speaker::new(card.facts.portfolio, card.facts.day, privacy);
    // Where groups are pooled the order of the others would say which they are.
    let shows_groups = !privacy.pools() && found.groups.len() > 1;
    let [mp, p5_mp, median_mp, p95_mp] = found.score;
    let spearman = found.spearman.filter(|_| shows_groups);
    let grades = GRADES.iter().zip(found.grades);
    Ok(SensitivityReport {
        schema_version: Version,
        head: Head::of(card, options),
        spread: asked.spread,
        runs: asked.runs,
        seed: asked.seed,
        score: ScoreRange {
            mp,
            grade: grade(card.score, card.people, card.facts.policy),
            p5_mp,
            median_mp,
            p95_mp,
        },
        grades: grades.map(|(grade, runs)| GradeShare { grade, runs }).collect(),
        by: match asked.by {
            Grouping::Squad => "squad",
            Grouping::Guild => "guild",
        },
        groups: if shows_groups {
            Ordered::in_rank(found.groups.iter().map(|one| group(one, &speaker)).collect(), privacy)
        } else {
            Ordered::none()
        },
        spearman: spearman.map(|[least, p5, median]| SpearmanRange {
            least: Thousandths(least),
            p5: Thousandths(p5),
            median: Thousandths(median),
        }),
        acts: if privacy.shows_each() { acts(card, &found, &speaker) } else { Ordered::none() },
        acts_left_out: found.acts_left_out,
        one_at_a_time: found
            .one_at_a_time
            .iter()
            .map(|one| varied(one, mp, shows_groups, privacy.shows_each().then_some(&speaker)))
            .collect(),
        rules: found
            .rules
            .iter()
            .map(|one| {
                let rule = rules::at(one.rule);
                WeightRow {
                    code: rule.code,
                    name: rule.name,
                    principal_mp: one.principal,
                    count: one.count,
                    mp: one.mp,
                    share: one.mp.share_of(card.score),
                }
            })
            .collect(),
    })
}

fn group(one: &GroupRange, speaker: &Speaker<'_>) -> GroupShare {
    // Ranks are doubled, so that a mean rank is a whole number.
    let [rank, p5_rank, p95_rank] = one.rank.map(|doubled| Thousandths(doubled.saturating_mul(500)));
    GroupShare {
        key: speaker.id(one.group),
        label: speaker.subject(one.group),
        mp: one.mp,
        people: one.people,
        rank,
        p5_rank,
        p95_rank,
        over_next_runs: one.over_next,
    }
}

fn acts(card: &Scorecard<'_>, found: &Sensitivity, speaker: &Speaker<'_>) -> Ordered<ActShare> {
    let all: Vec<Doable<'_>> = of_factors(card.factors.iter());
    let what = |act: Act| {
        let doable = all.iter().find(|one| one.act == act);
        doable
            .and_then(|doable| speaker.task(&card.facts, doable))
            .unwrap_or_else(|| Untrusted::new(act.verb))
    };
    let row = |one: &ActRange| ActShare {
        act: speaker.act_id(one.act),
        what: what(one.act),
        effect_mp: one.effect,
        minutes: one.minutes,
        first_runs: one.first[0],
        first_3_runs: one.first[1],
        first_10_runs: one.first[2],
    };
    Ordered::new(found.acts.iter().map(row).collect(), speaker.privacy())
}

fn varied(one: &Varied, today: MilliPoints, shows_groups: bool, speaker: Option<&Speaker<'_>>) -> VariedRow {
    let catalog = rules::catalog();
    let (key, variation) = match one.what {
        What::Times(weight, times) => {
            (Some(weight.key(&catalog)), if times < 1000 { "half" } else { "half-more" })
        }
        What::Off(rule) => (Some(rules::at(rule).code.to_owned()), "off"),
        What::NoInterest => (None, "no-interest"),
        What::Alike => (None, "all-alike"),
    };
    VariedRow {
        key,
        variation,
        score_mp: one.score,
        change_mp: one.score - today,
        grade: one.grade,
        first_act: one.first.and_then(|act| Some(speaker?.act_id(act))),
        spearman: one.spearman.filter(|_| shows_groups).map(Thousandths),
    }
}
