//! Several acts: the one with the most effect a minute first, then everything is scored again.

use std::cmp::Ordering;
use std::collections::HashSet;

use super::Session;
use super::refusal::Refusal;
use super::what::{What, Words};
use crate::acts::{self, Class, Doable, Mode, of_factors};
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

/// More effect for each minute first, compared without dividing; then more effect, then fewer minutes.
pub(super) fn rank(one: (MilliPoints, i64), other: (MilliPoints, i64)) -> Ordering {
    let (ours, theirs) = (one.0.times(other.1), other.0.times(one.1));
    theirs.cmp(&ours).then(other.0.cmp(&one.0)).then(one.1.cmp(&other.1))
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
        let mut refused: HashSet<String> = HashSet::new();
        while let Some((act, is_named)) = self.next(whats, &named, words, &refused)? {
            match self.attempt(&What::Act(act.clone()), words) {
                Ok(attempt) if is_named || attempt.done.to < attempt.done.from => self.accept(attempt),
                Err(why) if is_named || why.is_bug() => return Err(why),
                Ok(_) | Err(_) => {}
            }
            refused.insert(act);
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
    fn in_bulk<'k>(&self, card: &'k Scorecard<'_>, whats: &[What]) -> Vec<Doable<'k>> {
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

    /// The best act that is still to be tried, and whether it was named itself.
    fn next(
        &self,
        whats: &[What],
        named: &[String],
        words: &Words,
        refused: &HashSet<String>,
    ) -> Result<Option<(String, bool)>, Refusal> {
        let card = self.card();
        let portfolio = &self.own.portfolio;
        let told = self.told(words)?;
        let mut best: Option<(MilliPoints, i64, String, bool)> = None;
        let mut offer = |act: &Doable<'_>, is_named: bool, effect: MilliPoints| {
            let one = (effect, act.minutes(), act.id(portfolio), is_named);
            let is_better = best.as_ref().is_none_or(|best| {
                rank((one.0, one.1), (best.0, best.1)).then_with(|| one.2.cmp(&best.2)) == Ordering::Less
            });
            if is_better {
                best = Some(one);
            }
        };
        for act in of_factors(card.factors.iter()) {
            let id = act.id(portfolio);
            if named.contains(&id) && !refused.contains(&id) {
                let effect = self.effect(&card, &act, &told, Mode::AsTold);
                offer(&act, true, effect.unwrap_or_default());
            }
        }
        for act in self.in_bulk(&card, whats) {
            let id = act.id(portfolio);
            let is_mechanical =
                acts::with_verb(act.act.verb).is_some_and(|rule| rule.class == Class::Mechanical);
            if !is_mechanical || named.contains(&id) || refused.contains(&id) {
                continue;
            }
            if let Some(effect) = self.effect(&card, &act, &told, Mode::AsTold)
                && effect > MilliPoints::ZERO
            {
                offer(&act, false, effect);
            }
        }
        Ok(best.map(|(_, _, act, is_named)| (act, is_named)))
    }

    /// What is meant and still there, with the reason.
    fn skipped(&self, whats: &[What], words: &Words) -> Result<Vec<Skipped>, Refusal> {
        let card = self.card();
        let mut skipped = Vec::new();
        for act in self.in_bulk(&card, whats) {
            let rule = acts::with_verb(act.act.verb);
            let class = rule.map_or(Class::Advice, |rule| rule.class);
            let why = match self.attempt_act(&card, &act, words) {
                Err(why) if why.is_bug() => return Err(why),
                Err(why) => why,
                Ok(attempt) => Refusal::NoGain(attempt.done.from - attempt.done.to),
            };
            let class = match &why {
                Refusal::NoDeed { why: acts::NoDeed::Untold { .. }, .. } => Class::Told,
                Refusal::NoDeed { .. } => Class::Advice,
                _ => class,
            };
            skipped.push(Skipped { act: act.id(&self.own.portfolio), class, why });
        }
        Ok(skipped)
    }
}
