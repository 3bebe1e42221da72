//! Scoring a part of a portfolio: some rules, one squad, one guild.

use super::factor::booked;
use crate::base::ids::{GuildIx, PersonIx, RuleIx, SquadIx, Subject};
use crate::model::{Portfolio, target};
use crate::rules::facts::Facts;

/// Which part of a portfolio is scored; by default all of it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Part {
    /// Only these rules; all where there is none.
    pub only: Vec<RuleIx>,
    /// Only this squad.
    pub squad: Option<SquadIx>,
    /// Only this guild.
    pub guild: Option<GuildIx>,
}

impl Part {
    /// Whether it is the whole portfolio.
    pub fn is_whole(&self) -> bool {
        *self == Part::default()
    }

    /// Whether a rule is among its rules.
    pub fn has_rule(&self, rule: RuleIx) -> bool {
        self.only.is_empty() || self.only.contains(&rule)
    }

    /// Whether somebody belongs to its squad and its guild.
    pub fn has_person(&self, portfolio: &Portfolio, person: PersonIx) -> bool {
        let person = portfolio.person(person);
        self.covers(target(person.squad), target(person.guild))
    }

    /// Whether what is about a subject is booked there.
    pub fn has(&self, facts: &Facts<'_>, subject: Subject) -> bool {
        if self.squad.is_none() && self.guild.is_none() {
            return true;
        }
        let (squad, guild) = booked(facts, subject);
        self.covers(squad, guild)
    }

    fn covers(&self, squad: Option<SquadIx>, guild: Option<GuildIx>) -> bool {
        (self.squad.is_none() || self.squad == squad) && (self.guild.is_none() || self.guild == guild)
    }
}
