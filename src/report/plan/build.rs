//! A plan becomes a report: its acts are done again one after the other, and each step is put into words by the data
//! that it meets.

use super::verbs::task;
use super::{
    AskedOwner, AskedRow, LeftRow, LimitsRow, PlanReport, ShareRow, ShortestRow, StandingRow, StepRow,
    TimeRow,
};
use crate::acts::{self, Mode, Told};
use crate::analysis::plan::{
    Asked, Gone, Keep, Limits, MOST_WORK, Plan, Replay, Skip, Step, Target, World, ends, plan,
};
use crate::base::decimal::thousandths;
use crate::base::ids::Subject;
use crate::base::names::Untrusted;
use crate::base::points::MilliPoints;
use crate::model::Portfolio;
use crate::report::build::part;
use crate::report::contract::Version;
use crate::report::order::Ordered;
use crate::report::privacy::{Privacy, TooFew};
use crate::report::refused::command;
use crate::report::speak::Speaker;
use crate::report::{BuildOptions, Head, aggregate};
use crate::rules::rule::Act;
use crate::rules::{self, Seen};
use crate::score::part::Part;
use crate::score::{Scorecard, headline, tally};

/// What is asked of a plan.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wanted {
    /// Minutes.
    pub budget: Option<i64>,
    /// Where to stop.
    pub until: Option<Target>,
    /// Which acts may be in it.
    pub keep: Keep,
    /// How much may be spent on the search, in scorings times their effort.
    pub most_work: usize,
}

impl Default for Wanted {
    fn default() -> Wanted {
        Wanted { budget: None, until: None, keep: Keep::default(), most_work: MOST_WORK }
    }
}

/// Makes the plan of a scorecard of the whole portfolio, where it is of enough people to be shown like that.
///
/// # Errors
/// An aggregate would speak of too few people.
pub fn build(card: &Scorecard<'_>, wanted: &Wanted, options: BuildOptions<'_>) -> Result<PlanReport, TooFew> {
    let privacy = options.privacy;
    let facts = &card.facts;
    privacy.check(card)?;
    if !wanted.keep.part.is_whole() {
        privacy.check(&tally(facts.portfolio, facts.policy, facts.day, wanted.keep.part.clone()))?;
    }
    // Among equals the order must not follow ids that are withheld.
    let shown = |portfolio: &Portfolio, act: Act| {
        let (kind, id) = (act.subject.type_name(), portfolio.subject_id(act.subject));
        match privacy.key() {
            Some(key) => format!("{}:{kind}:{}", act.verb, key.pseudonym(kind, id)),
            None => acts::id_of(portfolio, act),
        }
    };
    let asked = Asked {
        budget: wanted.budget,
        until: wanted.until,
        keep: wanted.keep.clone(),
        shown: &shown,
        most_work: wanted.most_work,
    };
    let catalog = rules::catalog();
    let world = World { policy: facts.policy, day: facts.day, catalog: &catalog, asked: &asked };
    Ok(show(card, world, &plan(world, facts.portfolio), options))
}

fn show(card: &Scorecard<'_>, world: World<'_>, plan: &Plan, options: BuildOptions<'_>) -> PlanReport {
    let (facts, privacy) = (&card.facts, options.privacy);
    let speaker = Speaker::new(facts.portfolio, facts.day, privacy);
    let (mut steps, mut first): (Vec<StepRow>, _) = (Vec::new(), None);
    let mut acts = Vec::new();
    let replay = Replay::of(world, facts.portfolio, &plan.acts, |step| {
        if step.number == 1 {
            first = command_of(step, privacy);
        }
        let row = row(world, step, privacy, &acts);
        acts.push(row.act.clone());
        steps.push(row);
    });
    let last = tally(&replay.portfolio, facts.policy, facts.day, Part::default());
    let standing = |card: &Scorecard<'_>| StandingRow {
        mp: card.score,
        grade: headline::grade(card.score, card.people, facts.policy),
    };
    let minutes = steps.iter().map(|step| step.minutes).sum();
    if !privacy.shows_each() {
        steps = by_verb(steps);
    }
    let mut from = MilliPoints::ZERO;
    for (index, step) in steps.iter_mut().enumerate() {
        step.step = index.saturating_add(1);
        from += step.effect_mp;
        step.sum_mp = from;
    }
    PlanReport {
        schema_version: Version,
        head: Head::of_part(card, &world.asked.keep.part, options),
        asked: asked_row(world.asked, &speaker, card),
        from: standing(card),
        to: standing(&last),
        reached: world.asked.until.map(|until| until.holds(last.score, last.people, facts.policy)),
        minutes,
        effect_mp: card.score - last.score,
        bound_mp: plan.bound.most,
        bound_minutes: plan.bound.least_minutes,
        steps: Ordered::of_steps(steps),
        left: left(&last),
        only_time: only_time(world, &last, privacy),
        limits: limits(plan.limits),
        shortest: plan.shortest.as_ref().and_then(|(id, minutes)| {
            let act = acts::find(facts.portfolio, id)?;
            Some(ShortestRow { act: act_id(&speaker, act), minutes: *minutes })
        }),
        command: first,
    }
}

/// An act; in an aggregate only its verb.
fn act_id(speaker: &Speaker<'_>, act: Act) -> Untrusted {
    if speaker.privacy().shows_each() { speaker.act_id(act) } else { Untrusted::new(act.verb) }
}

/// A step, said of the data that it meets. `acts` are those of the steps before.
fn row(world: World<'_>, step: &Step<'_>, privacy: &Privacy, acts: &[Untrusted]) -> StepRow {
    let facts = &step.before.facts;
    let speaker = Speaker::new(facts.portfolio, facts.day, privacy);
    let after = Speaker::new(step.after.facts.portfolio, facts.day, privacy);
    let each = privacy.shows_each();
    let who = step.act.owner().filter(|_| each);
    let what = speaker.task(facts, step.act).filter(|_| each);
    let assumes = if each { &step.deed.assumes[..] } else { &[] };
    let brings = step.brings();
    let mut owed: Vec<&'static str> = brings.iter().map(|one| one.factor.found.act.verb).collect();
    owed.sort_unstable();
    owed.dedup();
    StepRow {
        step: step.number,
        act: act_id(&speaker, step.act.act),
        count: 1,
        who: who.map(|who| speaker.key(who)),
        who_label: who.map(|who| speaker.person(who)),
        what: what.unwrap_or_else(|| Untrusted::new(task(step.act.act.verb))),
        minutes: step.act.minutes(),
        effect_mp: step.effect(),
        sum_mp: MilliPoints::ZERO,
        after: step.follows.and_then(|number| acts.get(number.checked_sub(1)?).cloned()),
        resolves: shares(&step.resolves(), &speaker),
        brings: shares(&brings, &after),
        assumes: assumes.iter().map(|one| speaker.say(&one.what)).collect(),
        patch: (!privacy.withholds_text()).then(|| step.deed.patch.clone()),
        choices: assumes.iter().filter(|one| one.is_choice).map(|one| speaker.say(&one.what)).collect(),
        otherwise: each.then(|| step.otherwise(world)).flatten(),
        owed: if each { owed } else { Vec::new() },
    }
}

fn shares(gone: &[Gone<'_>], speaker: &Speaker<'_>) -> Ordered<ShareRow> {
    if !speaker.privacy().shows_each() {
        return Ordered::none();
    }
    let row =
        |one: &Gone<'_>| ShareRow { id: speaker.factor_id(one.factor.rule, one.factor.subject), mp: one.by };
    Ordered::sorted(gone.iter().map(row).collect())
}

/// In an aggregate: all acts of a verb, in the place of the first one.
fn by_verb(steps: Vec<StepRow>) -> Vec<StepRow> {
    let mut rows: Vec<StepRow> = Vec::new();
    for step in steps {
        match rows.iter_mut().find(|row| row.act == step.act) {
            Some(row) => {
                row.count = row.count.saturating_add(1);
                row.minutes = row.minutes.saturating_add(step.minutes);
                row.effect_mp += step.effect_mp;
            }
            None => rows.push(StepRow { after: None, ..step }),
        }
    }
    for row in &mut rows {
        row.what = Untrusted::new(format!("{} ({})", row.what.raw(), row.count));
    }
    rows
}

/// What to type when a step is done; nothing where a person has to write it, or where ids are withheld, by which nobody
/// could do it.
fn command_of(step: &Step<'_>, privacy: &Privacy) -> Option<String> {
    if privacy.withholds_text() {
        return None;
    }
    let facts = &step.before.facts;
    let missing = step.act.deed(facts, &Told::default(), Mode::AsTold).err();
    command(&step.act.id(facts.portfolio), missing.as_ref())
}

fn asked_row(asked: &Asked<'_>, speaker: &Speaker<'_>, card: &Scorecard<'_>) -> AskedRow {
    let portfolio = card.facts.portfolio;
    let owner = |id: &Option<String>| {
        let found = id.as_ref().and_then(|id| portfolio.find("person", id));
        let nobody = || Untrusted::new("nobody");
        let key = |at: Subject| match at {
            Subject::Person(person) => speaker.key(person),
            other => speaker.id(other),
        };
        AskedOwner {
            id: found.map_or_else(nobody, key),
            label: found.map_or_else(nobody, |at| speaker.subject(at)),
        }
    };
    let skip = |skip: &Skip| match skip {
        Skip::Act(id) => {
            acts::find(portfolio, id).map_or_else(|| Untrusted::new(""), |act| act_id(speaker, act))
        }
        Skip::Factor(id) => speaker.written_factor_id(id),
        Skip::Rule(rule) => Untrusted::new(rules::at(*rule).code),
    };
    let keep = &asked.keep;
    AskedRow {
        budget_minutes: asked.budget,
        until: asked.until.map(|until| match until {
            Target::Grade(grade) => grade.to_owned(),
            Target::Score(most) => thousandths(most.mp()),
            Target::PerPerson(most) => format!("{}/person", thousandths(most.mp())),
        }),
        owners: keep.owners.iter().map(owner).collect(),
        skip: keep.skip.iter().map(skip).collect(),
        part: part(&keep.part, speaker),
        include_acknowledged: keep.acknowledged,
    }
}

/// What is left, other than what only time ends.
fn left(card: &Scorecard<'_>) -> LeftRow {
    let acts = acts::of_factors(card.factors.iter().filter(|one| rules::at(one.rule).minutes > 0));
    LeftRow {
        acts: acts.len(),
        mp: acts.iter().map(acts::Doable::points).sum(),
        minutes: acts.iter().map(acts::Doable::minutes).sum(),
    }
}

/// So many factors that only time ends are dated; of more nobody reads the days.
const MOST_DATED: usize = 20;

fn only_time(world: World<'_>, card: &Scorecard<'_>, privacy: &Privacy) -> Ordered<TimeRow> {
    let facts = &card.facts;
    let speaker = Speaker::new(facts.portfolio, facts.day, privacy);
    let waiting: Vec<_> = card.factors.iter().filter(|one| rules::at(one.rule).minutes == 0).collect();
    if !privacy.shows_each() {
        let sums = aggregate::by_rule(&waiting.iter().map(|one| **one).collect::<Vec<_>>());
        let row = |sum: &aggregate::RuleSum| TimeRow {
            id: Untrusted::new(aggregate::id_of(sum.rule)),
            mp: sum.value(),
            ends: None,
            words: Untrusted::new(rules::at(sum.rule).name),
        };
        return Ordered::sorted(sums.iter().map(row).collect());
    }
    let row = |(index, one): (usize, &&crate::score::factor::Factor)| TimeRow {
        id: speaker.factor_id(one.rule, one.subject),
        mp: one.value(),
        ends: (index < MOST_DATED).then(|| ends(world, facts.portfolio, one)).flatten(),
        words: speaker.say(&Seen::explain(facts, &one.found).headline),
    };
    Ordered::sorted(waiting.iter().enumerate().map(row).collect())
}

fn limits(limits: Limits) -> LimitsRow {
    let Limits { acts_left_out, starts_left_out, only_best_again, not_shortened, stopped } = limits;
    LimitsRow { acts_left_out, starts_left_out, only_best_again, not_shortened, stopped }
}
