//! Several acts: the one with the most effect a minute first, then everything is scored again.

use std::collections::HashSet;

use super::Session;
use super::refusal::Refusal;
use super::what::{What, Words};
use crate::acts::{self, Class, Doable, Mode, of_factors};
use crate::analysis::effect::rank;
use crate::base::parallel;
use crate::base::points::MilliPoints;
use crate::rules;
use crate::score::Scorecard;

/// An act that was not done.
#[derive(Debug)]
pub struct Skipped {
    /// The act.
    pub act: String,
    /// Who can do it.
    pub class: Class,
    /// Why not.
    pub why: Refusal,
}

impl Session<'_> {
    /// Does what is named, one act at a time. What was not named itself and is not done, is given back with the reason.
    ///
    /// # Errors
    /// Something that was named itself is not done; or a bug, after which nothing is.
    pub fn run(&mut self, whats: &[What], words: &Words) -> Result<Vec<Skipped>, Refusal> {
        let about_one = words.about_one();
        if !about_one.is_empty() && (whats.len() != 1 || whats.iter().any(What::is_bulk)) {
            return Err(Refusal::NotOne(about_one));
        }
        if let ([what], false) = (whats, about_one.is_empty()) {
            let attempt = self.attempt(what, words)?;
            self.accept(attempt);
            return Ok(Vec::new());
        }
        let named = self.named(whats, words)?;
        let mut tried: HashSet<String> = HashSet::new();
        let mut queue = self.queue(whats, &named, words, &tried)?.into_iter();
        while let Some((act, is_named)) = queue.next() {
            let attempt = self.attempt(&What::Act(act.clone()), words);
            tried.insert(act);
            match attempt {
                Ok(attempt) if is_named || attempt.done.to < attempt.done.from => {
                    self.accept(attempt);
                    queue = self.queue(whats, &named, words, &tried)?.into_iter();
                }
                Err(why) if is_named || why.is_bug() => return Err(why),
                Ok(_) | Err(_) => {}
            }
        }
        self.skipped(whats, words)
    }

    /// The acts that were named themselves.
    fn named(&self, whats: &[What], words: &Words) -> Result<Vec<String>, Refusal> {
        let card = self.card();
        let mut named = Vec::new();
        for what in whats {
            match what {
                What::All => {}
                What::Code(code) => {
                    rules::with_code(code).ok_or_else(|| Refusal::UnknownRule(code.clone()))?;
                }
                What::Factor(_) | What::Act(_) => {
                    named.push(acts::id_of(&self.own.portfolio, self.act_of(&card, what, words)?));
                }
            }
        }
        Ok(named)
    }

    /// The acts that are meant by what is not an act itself.
    fn in_bulk<'k>(card: &'k Scorecard<'_>, whats: &[What]) -> Vec<Doable<'k>> {
        let is_meant = |factor: &&crate::score::factor::Factor| {
            let code = rules::at(factor.rule).code;
            whats.iter().any(|what| match what {
                What::All => true,
                What::Code(wanted) => wanted == code,
                What::Factor(_) | What::Act(_) => false,
            })
        };
        let meant: HashSet<_> = card.factors.iter().filter(is_meant).map(|factor| factor.found.act).collect();
        let all = of_factors(card.factors.iter());
        all.into_iter().filter(|act| meant.contains(&act.act) && act.minutes() > 0).collect()
    }

    /// The acts that are still to be tried in the data as they are now, best first, and whether each was named itself.
    fn queue(
        &self,
        whats: &[What],
        named: &[String],
        words: &Words,
        tried: &HashSet<String>,
    ) -> Result<Vec<(String, bool)>, Refusal> {
        let card = self.card();
        let portfolio = &self.own.portfolio;
        let told = self.told(words)?;
        let is_open = |act: &Doable<'_>| {
            let id = act.id(portfolio);
            (named.contains(&id), tried.contains(&id))
        };
        let is_mechanical = |act: &Doable<'_>| {
            acts::with_verb(act.act.verb).is_some_and(|rule| rule.class == Class::Mechanical)
        };
        let of_named =
            of_factors(card.factors.iter()).into_iter().filter(|act| is_open(act) == (true, false));
        let in_bulk = Self::in_bulk(&card, whats).into_iter();
        let in_bulk = in_bulk.filter(|act| is_mechanical(act) && is_open(act) == (false, false));
        let all: Vec<(Doable<'_>, bool)> =
            of_named.map(|act| (act, true)).chain(in_bulk.map(|act| (act, false))).collect();
        let work = all.len().saturating_mul(portfolio.people.len());
        let effects = parallel::map(&all, work, |(act, _)| self.effect(&card, act, &told, Mode::AsTold));
        let measured = all.iter().zip(effects);
        let mut measured: Vec<_> = measured
            .filter_map(|((act, is_named), effect)| {
                // What was named is tried whatever it comes to, and says itself why it is not done.
                let effect = if *is_named { Some(effect.unwrap_or_default()) } else { effect };
                let effect = effect.filter(|effect| *is_named || *effect > MilliPoints::ZERO)?;
                Some(((effect, act.minutes()), act.id(portfolio), *is_named))
            })
            .collect();
        measured.sort_by(|one, other| rank(one.0, other.0).then_with(|| one.1.cmp(&other.1)));
        Ok(measured.into_iter().map(|(_, act, is_named)| (act, is_named)).collect())
    }

    /// What is meant and still there, with the reason.
    fn skipped(&self, whats: &[What], words: &Words) -> Result<Vec<Skipped>, Refusal> {
        let card = self.card();
        let mut skipped = Vec::new();
        for act in Self::in_bulk(&card, whats) {
            let why = match self.attempt_act(&card, &act, words) {
                Err(why) if why.is_bug() => return Err(why),
                Err(why) => why,
                Ok(attempt) => Refusal::NoGain(attempt.done.from - attempt.done.to),
            };
            let missing = match &why {
                Refusal::NoDeed { why, .. } => Some(why),
                _ => None,
            };
            let class = acts::class_of(act.act, missing);
            skipped.push(Skipped { act: act.id(&self.own.portfolio), class, why });
        }
        Ok(skipped)
    }
}
