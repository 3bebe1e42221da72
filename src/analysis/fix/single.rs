//! One act, a push or an acknowledgement, as it is named and told.

use super::Session;
use super::attempt::{Attempt, Plan};
use super::refusal::Refusal;
use super::what::{What, Words, is_record};
use crate::acts::{self, Class, Doable, Mode, NoDeed, Told, of_factors};
use crate::analysis::effect::{rank, with_deed};
use crate::base::ids::Subject;
use crate::base::nearest::nearest;
use crate::base::parallel;
use crate::base::points::MilliPoints;
use crate::rules::rule::Act;
use crate::score::factor::Factor;
use crate::score::part::Part;
use crate::score::{Scorecard, tally};

/// An act that can be asked for.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The act.
    pub act: String,
    /// What it is about.
    pub subject: Subject,
    /// About how many minutes it takes.
    pub minutes: i64,
    /// By how much the score falls, with what has to be told assumed; `None` if no program can tell.
    pub effect: Option<MilliPoints>,
    /// Who can do it.
    pub class: Class,
    /// What is missing; `None` if it can be done as it is.
    pub missing: Option<NoDeed>,
    /// Its factors, worst first.
    pub factors: Vec<String>,
}

impl Session<'_> {
    /// What is named becomes acts: one for each word, several for a code or `all`.
    ///
    /// # Errors
    /// There is no such rule, factor or act.
    pub(super) fn act_of(&self, card: &Scorecard<'_>, what: &What, words: &Words) -> Result<Act, Refusal> {
        match what {
            What::Factor(id) => Ok(self.factor(card, id)?.found.act),
            What::Act(id) => {
                let found = acts::find(&self.own.portfolio, id);
                let is_there = found.is_some();
                let is_owed = |act: &Act| card.factors.iter().any(|factor| factor.found.act == *act);
                let records = |act: &Act| is_record(act.verb) && !words.options().is_empty();
                let act = found.filter(|act| is_owed(act) || records(act));
                act.ok_or_else(|| {
                    let all: Vec<String> = of_factors(card.factors.iter())
                        .iter()
                        .map(|act| act.id(&self.own.portfolio))
                        .collect();
                    let near = nearest(id, all.iter().map(String::as_str)).map(str::to_owned);
                    Refusal::UnknownAct { id: id.clone(), near, is_there }
                })
            }
            What::All | What::Code(_) => Err(Refusal::NotOne(Vec::new())),
        }
    }

    fn factor<'k>(&self, card: &'k Scorecard<'_>, id: &str) -> Result<&'k Factor, Refusal> {
        let portfolio = &self.own.portfolio;
        let named = crate::score::warnings::named(portfolio, id);
        let found = card.factors.iter().find(|factor| Some(factor.key()) == named);
        found.ok_or_else(|| {
            let all: Vec<String> = card.factors.iter().map(|factor| factor.id(portfolio)).collect();
            let near = nearest(id, all.iter().map(String::as_str)).map(str::to_owned);
            Refusal::UnknownFactor { id: id.to_owned(), near }
        })
    }

    /// Tries what is named, with what is told about it; the session stays as it is.
    ///
    /// # Errors
    /// It is not done, for a reason.
    pub fn attempt(&self, what: &What, words: &Words) -> Result<Attempt, Refusal> {
        let card = self.card();
        if words.acknowledge.is_some() {
            return self.acknowledge(&card, what, words);
        }
        let act = self.act_of(&card, what, words)?;
        if let Some(to) = words.push {
            return self.push(&card, act, words, to);
        }
        let factors: Vec<&Factor> = card.factors.iter().filter(|factor| factor.found.act == act).collect();
        self.attempt_act(&card, &Doable { act, factors }, words)
    }

    pub(super) fn attempt_act(
        &self,
        card: &Scorecard<'_>,
        doable: &Doable<'_>,
        words: &Words,
    ) -> Result<Attempt, Refusal> {
        let act = doable.id(&self.own.portfolio);
        let rule = acts::with_verb(doable.act.verb);
        let takes = rule.map(|rule| rule.takes).unwrap_or_default();
        if let Some(option) = words.about_one().into_iter().find(|option| !takes.contains(option)) {
            return Err(Refusal::Unused { option, act, takes });
        }
        let told = self.told(words)?;
        let subject = doable.act.subject;
        let deed = doable.deed(&card.facts, &told, Mode::AsTold).map_err(|why| Refusal::NoDeed {
            act: act.clone(),
            subject,
            why,
        })?;
        self.make(
            card,
            Plan {
                act,
                subject,
                class: rule.map_or(Class::Advice, |rule| rule.class),
                patch: deed.patch,
                factors: doable.factors.clone(),
                later: words.later_than(self.own.day),
            },
        )
    }

    /// Whether an act makes its factors smaller when this is told about it, so that an attempt fails at the text only.
    pub fn has_effect(&self, card: &Scorecard<'_>, act: &Doable<'_>, words: &Words) -> bool {
        let Ok(told) = self.told(words) else { return false };
        let Ok(deed) = act.deed(&card.facts, &told, Mode::AsTold) else { return false };
        let Ok(patched) = self.own.portfolio.with(&deed.patch, self.catalog) else { return false };
        let after = tally(&patched, &self.own.policy, self.own.day, Part::default());
        let remains = |factor: &&Factor| {
            let id = factor.id(&self.own.portfolio);
            let now = after.factors.iter().find(|one| one.id(&patched) == id);
            now.is_some_and(|now| now.value() >= factor.value())
        };
        words.later_than(self.own.day).is_some() || !act.factors.iter().any(remains)
    }

    pub(super) fn told(&self, words: &Words) -> Result<Told, Refusal> {
        words.told(&self.own.portfolio).map_err(|(id, near)| Refusal::UnknownPerson { id, near })
    }

    fn push(
        &self,
        card: &Scorecard<'_>,
        act: Act,
        words: &Words,
        to: crate::base::day::Day,
    ) -> Result<Attempt, Refusal> {
        let portfolio = &self.own.portfolio;
        let named = acts::id_of(portfolio, act);
        only(words, "push", &["--push"])?;
        let Subject::Conversation(at) = act.subject else { return Err(Refusal::NoConversation(named)) };
        let subject = act.subject;
        let act = format!("push:conversation:{}", portfolio.subject_id(subject));
        let patch = acts::push(&card.facts, at, to).map_err(|why| Refusal::NoDeed {
            act: act.clone(),
            subject,
            why,
        })?;
        let plan = Plan { act, subject, class: Class::Told, patch, factors: Vec::new(), later: None };
        self.make(card, plan)
    }

    fn acknowledge(&self, card: &Scorecard<'_>, what: &What, words: &Words) -> Result<Attempt, Refusal> {
        let portfolio = &self.own.portfolio;
        let factor = match what {
            What::Factor(id) => self.factor(card, id)?,
            What::Act(_) | What::All | What::Code(_) => {
                let act = self.act_of(card, what, &Words::default())?;
                let all: Vec<&Factor> =
                    card.factors.iter().filter(|factor| factor.found.act == act).collect();
                let [factor] = all[..] else {
                    let factors = all.iter().map(|factor| factor.id(portfolio)).collect();
                    return Err(Refusal::WhichFactor { act: acts::id_of(portfolio, act), factors });
                };
                factor
            }
        };
        let act = format!("acknowledge:{}", factor.id(portfolio));
        only(words, "acknowledge", &["--acknowledge"])?;
        let subject = factor.subject;
        let Some(acknowledging) = &words.acknowledge else { return Err(Refusal::NotOne(Vec::new())) };
        let patch = acts::acknowledge(&card.facts, factor, &acknowledging.reason, acknowledging.through)
            .map_err(|why| Refusal::NoDeed { act: act.clone(), subject, why })?;
        let plan = Plan { act, subject, class: Class::Told, patch, factors: Vec::new(), later: None };
        self.make(card, plan)
    }

    /// Every act that could be asked for, best first; those without a deed last, by what they seem to remove.
    pub fn candidates(&self) -> Vec<Candidate> {
        let card = self.card();
        let portfolio = &self.own.portfolio;
        let told = Told::default();
        let mut found: Vec<(Candidate, MilliPoints)> = Vec::new();
        let mut acts = of_factors(card.factors.iter());
        acts.retain(|act| act.minutes() > 0);
        let work = acts.len().saturating_mul(portfolio.people.len());
        let effects = parallel::map(&acts, work, |act| self.effect(&card, act, &told, Mode::Assume));
        for (act, effect) in acts.iter().zip(effects) {
            let missing = act.deed(&card.facts, &told, Mode::AsTold).err();
            let class = acts::class_of(act.act, missing.as_ref());
            let candidate = Candidate {
                act: act.id(portfolio),
                subject: act.act.subject,
                minutes: act.minutes(),
                effect,
                class,
                missing,
                factors: act.factors.iter().map(|factor| factor.id(portfolio)).collect(),
            };
            found.push((candidate, act.points()));
        }
        found.sort_by(|(a, a_points), (b, b_points)| {
            let last = |one: &Candidate| one.effect.is_none();
            let by_rank =
                rank((a.effect.unwrap_or(*a_points), a.minutes), (b.effect.unwrap_or(*b_points), b.minutes));
            last(a).cmp(&last(b)).then(by_rank).then_with(|| a.act.cmp(&b.act))
        });
        found.into_iter().map(|(candidate, _)| candidate).collect()
    }

    /// By how much the score falls when an act is done.
    pub(super) fn effect(
        &self,
        card: &Scorecard<'_>,
        act: &Doable<'_>,
        told: &Told,
        mode: Mode,
    ) -> Option<MilliPoints> {
        let (_, after) = with_deed(card, act, told, mode, self.catalog)?;
        Some(card.score - after.score)
    }
}

/// Whether nothing is told but this.
fn only(words: &Words, act: &str, takes: &'static [&'static str]) -> Result<(), Refusal> {
    match words.options().into_iter().find(|option| !takes.contains(option)) {
        Some(option) => Err(Refusal::Unused { option, act: act.to_owned(), takes }),
        None => Ok(()),
    }
}
