//! Which acts may be in a plan.

use std::collections::HashSet;

use crate::acts::{self, Doable};
use crate::base::ids::{RuleIx, Subject};
use crate::base::nearest::nearest;
use crate::model::Portfolio;
use crate::rules;
use crate::score::Scorecard;
use crate::score::factor::Factor;
use crate::score::part::Part;
use crate::score::warnings::{last_by_factor, named};

/// What somebody does not want to see in a plan.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Skip {
    /// An act, by its id.
    Act(String),
    /// A factor, by its id.
    Factor(String),
    /// All factors of a rule.
    Rule(RuleIx),
}

impl Skip {
    /// What was typed: a factor's id, an act, a code or the name of a rule.
    ///
    /// # Errors
    /// There is no such thing; perhaps another one is meant.
    pub fn parse(card: &Scorecard<'_>, typed: &str) -> Result<Skip, Option<String>> {
        let portfolio = card.facts.portfolio;
        if !typed.contains(':') {
            let is_it = |rule: &&rules::rule::Rule| {
                rule.code.eq_ignore_ascii_case(typed) || rule.name.eq_ignore_ascii_case(typed)
            };
            let rule = rules::all().position(|rule| is_it(&rule)).map(RuleIx::at).map(Skip::Rule);
            let words = || rules::all().flat_map(|rule| [rule.code, rule.name]);
            return rule.ok_or_else(|| nearest(typed, words()).map(str::to_owned));
        }
        if named(portfolio, typed).is_some() {
            return Ok(Skip::Factor(typed.to_owned()));
        }
        if acts::find(portfolio, typed).is_some() {
            return Ok(Skip::Act(typed.to_owned()));
        }
        let factors = card.factors.iter().map(|one| one.id(portfolio));
        let acts = acts::of_factors(card.factors.iter()).into_iter().map(|one| one.id(portfolio));
        let all: Vec<String> = factors.chain(acts).collect();
        Err(nearest(typed, all.iter().map(String::as_str)).map(str::to_owned))
    }
}

/// Somebody by an id or a former one: the id that is written today; `nobody` is none.
///
/// # Errors
/// There is nobody with that id; perhaps somebody else is meant.
pub fn owner(portfolio: &Portfolio, typed: &str) -> Result<Option<String>, Option<String>> {
    match portfolio.find("person", typed) {
        Some(at) => Ok(Some(portfolio.subject_id(at).to_owned())),
        None if typed == "nobody" => Ok(None),
        None => Err(portfolio
            .nearest_id("person", typed)
            .or_else(|| nearest(typed, ["nobody"]).map(str::to_owned))),
    }
}

/// What is asked for; people by their ids, since positions move where somebody new is named.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Keep {
    /// Who can do it, none for what nobody can; all where the list is empty.
    pub owners: Vec<Option<String>>,
    /// What is left out.
    pub skip: Vec<Skip>,
    /// Acts with at least one factor there.
    pub part: Part,
    /// Whether what is acknowledged is to be resolved all the same.
    pub acknowledged: bool,
}

impl Keep {
    /// The acts of a scorecard that may be done.
    pub fn acts<'c>(&self, card: &'c Scorecard<'_>) -> Vec<Doable<'c>> {
        let unwanted = Skipped::new(self, card);
        let mut acts = acts::of_factors(card.factors.iter());
        acts.retain(|act| act.minutes() > 0 && unwanted.keeps(self, card, act));
        acts
    }
}

/// What a state of the data leaves out.
struct Skipped {
    factors: HashSet<(RuleIx, Subject)>,
    acts: HashSet<crate::rules::rule::Act>,
}

impl Skipped {
    fn new(keep: &Keep, card: &Scorecard<'_>) -> Skipped {
        let portfolio = card.facts.portfolio;
        let (mut factors, mut acts) = (HashSet::new(), HashSet::new());
        if !keep.acknowledged {
            let held = last_by_factor(&card.facts).into_iter().filter(|(_, one)| one.holds(card.facts.day));
            factors.extend(held.filter_map(|(key, _)| key));
        }
        for skip in &keep.skip {
            match skip {
                Skip::Act(id) => acts.extend(acts::find(portfolio, id)),
                Skip::Factor(id) => factors.extend(named(portfolio, id)),
                Skip::Rule(_) => {}
            }
        }
        Skipped { factors, acts }
    }

    fn keeps(&self, keep: &Keep, card: &Scorecard<'_>, act: &Doable<'_>) -> bool {
        let counts = |factor: &&Factor| {
            keep.part.has_rule(factor.rule)
                && keep.part.has(&card.facts, factor.subject)
                && !keep.skip.contains(&Skip::Rule(factor.rule))
                && !self.factors.contains(&factor.key())
        };
        !self.acts.contains(&act.act)
            && keep.has_owner(card.facts.portfolio, act)
            && act.factors.iter().any(counts)
    }
}

impl Keep {
    fn has_owner(&self, portfolio: &Portfolio, act: &Doable<'_>) -> bool {
        let owner = act.owner().map(|owner| portfolio.text(portfolio.person(owner).id));
        self.owners.is_empty() || self.owners.iter().any(|one| one.as_deref() == owner)
    }
}
