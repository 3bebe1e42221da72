//! What to do next: one task for each act, with what it comes to when it is done.

use schemars::JsonSchema;
use serde::Serialize;

use super::Ordered;
use super::aggregate::RuleSum;
use super::factors::Factors;
use crate::acts::Assumption;
use crate::analysis::effect::{self, Measured, Standing};
use crate::base::names::Untrusted;
use crate::base::points::MilliPoints;
use crate::rules;
use crate::rules::rule::Act;
use crate::score::Scorecard;

/// Something to do.
#[derive(Clone, Serialize, JsonSchema)]
pub struct Task {
    /// The act, `VERB:TYPE:ID`; in an aggregate one for each rule.
    pub act: Untrusted,
    /// The id of who can do it; null where that is the problem.
    pub who: Option<Untrusted>,
    /// Their name, where they have one, else their id.
    pub who_label: Option<Untrusted>,
    /// What, beginning with a verb in lower case.
    pub what: Untrusted,
    /// About how many minutes it takes.
    pub minutes: i64,
    /// By how much the whole score falls when it is done, in milli-points. Not the sum of its factors: doing it can
    /// resolve others, and bring new ones.
    pub effect_mp: MilliPoints,
    /// By how much the high end of the range falls.
    pub high_effect_mp: MilliPoints,
    /// The factors that it is to resolve, worst first.
    pub factors: Vec<Untrusted>,
    /// What the effect assumes, since only a person can know it.
    pub assumes: Vec<Untrusted>,
    /// Of what is assumed, what could be otherwise.
    #[serde(skip)]
    pub choices: Vec<Untrusted>,
}

/// Tasks, and how many acts were too many to measure.
pub(super) struct Tasks {
    /// Most effect for each minute first.
    pub(super) rows: Ordered<Task>,
    /// Acts that are not among them, since measuring all would take too long.
    pub(super) left_out: usize,
}

/// Every task that lowers the score, or how high it could be: most effect for each minute first.
pub(super) fn tasks(factors: &Factors<'_>) -> Tasks {
    let card = factors.card();
    if let Some(sums) = factors.sums() {
        return of_sums(card, sums);
    }
    let effects = effect::of_acts(card, &rules::catalog());
    let worth = effects.measured.iter().filter(|one| one.is_worth_it());
    let rows = worth.map(|one| row(factors, one)).collect();
    Tasks { rows: Ordered::new(rows, factors.speaker.privacy()), left_out: effects.left_out }
}

fn row(factors: &Factors<'_>, one: &Measured<'_>) -> Task {
    let speaker = &factors.speaker;
    let facts = &factors.card().facts;
    let act = &one.act;
    let who = act.owner();
    let say = |one: &Assumption| speaker.say(&one.what);
    let assumes = &one.deed.assumes;
    Task {
        act: speaker.act_id(act.act),
        who: who.map(|who| speaker.key(who)),
        who_label: who.map(|who| speaker.person(who)),
        what: speaker.task(facts, act).unwrap_or_else(|| Untrusted::new("")),
        minutes: act.minutes(),
        effect_mp: one.effect,
        high_effect_mp: one.high,
        factors: act.factors.iter().map(|one| speaker.factor_id(one.rule, one.subject)).collect(),
        assumes: assumes.iter().map(say).collect(),
        choices: assumes.iter().filter(|one| one.is_choice).map(say).collect(),
    }
}

/// In an aggregate a task is all acts of a rule, done one after the other.
fn of_sums(card: &Scorecard<'_>, sums: &[RuleSum]) -> Tasks {
    let (before, catalog) = (effect::whole(card), rules::catalog());
    let mut left_out = 0;
    let mut rows = Vec::new();
    for sum in sums.iter().filter(|sum| sum.minutes() > 0) {
        let wanted: Vec<Act> =
            card.factors.iter().filter(|one| one.rule == sum.rule).map(|one| one.found.act).collect();
        let Some(after) = effect::all_done(card, &wanted, &catalog) else {
            left_out += 1;
            continue;
        };
        let Standing { score, high } = after;
        let (effect_mp, high_effect_mp) = (before.score - score, before.high - high);
        if effect::is_worth_it(effect_mp, high_effect_mp) {
            rows.push(sum.as_task(effect_mp, high_effect_mp));
        }
    }
    Tasks { rows: Ordered::sorted(rows), left_out }
}
