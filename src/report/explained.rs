//! One factor by its id, with its arithmetic: the only way from an id that was typed to a row.

use super::FactorRow;
use super::factors::{Factors, arithmetic};
use super::refused::command;
use crate::acts::{Mode, Told, of_factors};
use crate::base::ids::{RuleIx, Subject};
use crate::base::names::Untrusted;
use crate::base::nearest::nearest;
use crate::rules;
use crate::score::factor::Factor;
use crate::score::warnings::named;

/// A factor, and how its value comes about.
pub struct Explained {
    /// Its row.
    pub row: FactorRow,
    /// Line by line what it is, and the amount in milli-points; the last line is the value.
    pub arithmetic: Vec<(String, i64)>,
    /// What to type when it is done; `None` if a person has to write it, or where ids are withheld.
    pub command: Option<String>,
}

/// Why a rule finds nothing about a subject that there is.
pub enum NoDebt {
    /// The policy switches the rule off.
    Off,
    /// The rule is not asked about it on that day.
    OutOfScope,
    /// Another rule of the exclusive group applies to it first; its factor has this id.
    Excluded(Untrusted),
    /// The portfolio lacks what the rule needs.
    Unknown,
    /// It was asked, and there is no debt.
    Clear,
}

/// Why there is none.
pub enum NoFactor {
    /// There is such a subject, and the rule at this position finds nothing about it.
    NoDebt(RuleIx, NoDebt),
    /// Ids are withheld, so that neither the one that was typed nor a near one may be shown.
    Withheld,
    /// There is no such id; perhaps this one is meant.
    Unknown(Option<String>),
}

impl Factors<'_> {
    /// The factor with this id. Under pseudonyms both are understood: the id as it is written, and as it is shown.
    pub fn explain(&self, id: &str) -> Result<Explained, NoFactor> {
        let (card, portfolio) = (self.card(), self.card().facts.portfolio);
        let written = |factor: &Factor| factor.id(portfolio);
        let factor = card.factors.iter().find(|factor| written(factor) == id || self.id(factor).raw() == id);
        if let Some(factor) = factor {
            let (row, arithmetic) = (self.row(factor), arithmetic(card, factor));
            return Ok(Explained { row, arithmetic, command: self.command(factor) });
        }
        if self.privacy().withholds_text() {
            return Err(NoFactor::Withheld);
        }
        if let Some((rule, subject)) = named(portfolio, id) {
            return Err(NoFactor::NoDebt(rule, self.no_debt(rule, subject)));
        }
        let ids: Vec<String> = card.factors.iter().map(written).collect();
        Err(NoFactor::Unknown(nearest(id, ids.iter().map(String::as_str)).map(str::to_owned)))
    }

    /// What to type when an act is done, by its id; `None` if a person has to write it, or ids are withheld.
    pub fn command_of(&self, act: &str) -> Option<String> {
        let portfolio = self.card().facts.portfolio;
        let is_it = |factor: &&Factor| crate::acts::id_of(portfolio, factor.found.act) == act;
        self.command(self.card().factors.iter().find(is_it)?)
    }

    /// What to type when what resolves a factor is done.
    fn command(&self, factor: &Factor) -> Option<String> {
        let card = self.card();
        if self.privacy().withholds_text() {
            return None;
        }
        let same = card.factors.iter().filter(|one| one.found.act == factor.found.act);
        let act = of_factors(same).into_iter().next()?;
        let missing = act.deed(&card.facts, &Told::default(), Mode::AsTold).err();
        command(&act.id(card.facts.portfolio), missing.as_ref())
    }

    fn no_debt(&self, rule: RuleIx, subject: Subject) -> NoDebt {
        let card = self.card();
        if card.facts.policy.is_disabled(rule) {
            return NoDebt::Off;
        }
        if !rules::at(rule).in_scope(&card.facts, subject) {
            return NoDebt::OutOfScope;
        }
        let group = rules::exclusive_group(rule);
        let first = card.factors.iter().find(|factor| {
            factor.subject == subject && factor.rule < rule && group.contains(&factor.rule.index())
        });
        if let Some(first) = first {
            return NoDebt::Excluded(self.id(first));
        }
        if card.unknown.iter().any(|one| one.key() == (rule, subject)) {
            NoDebt::Unknown
        } else {
            NoDebt::Clear
        }
    }
}
