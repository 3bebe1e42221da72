//! A factor: one rule, one subject, and what it costs.

use std::cmp::Reverse;

use super::amounts::Amounts;
use crate::base::ids::{GuildIx, RuleIx, SquadIx, Subject};
use crate::base::points::MilliPoints;
use crate::model::{Portfolio, target};
use crate::rules::facts::Facts;
use crate::rules::rule::Finding;
use crate::rules::{self};

/// One rule about one subject; there is at most one of each.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Factor {
    /// The rule.
    pub rule: RuleIx,
    /// What it is about.
    pub subject: Subject,
    /// What it costs.
    pub amounts: Amounts,
    /// How often its acknowledgement was renewed, which is among its fees.
    pub renewals: i64,
    /// What the rule found.
    pub found: Finding,
}

impl Factor {
    /// `principal + fees + interest`.
    pub fn value(&self) -> MilliPoints {
        self.amounts.value()
    }

    /// Rule and subject: its identity within one portfolio.
    pub fn key(&self) -> (RuleIx, Subject) {
        (self.rule, self.subject)
    }

    /// Its identity, `CODE:TYPE:ID`.
    pub fn id(&self, portfolio: &Portfolio) -> String {
        id_of(portfolio, self.rule, self.subject)
    }

    /// The order of a report: worst first, ties by identity. Positions follow ids, so comparing them compares ids.
    pub fn order(&self) -> (Reverse<MilliPoints>, RuleIx, Subject) {
        (Reverse(self.value()), self.rule, self.subject)
    }
}

/// `CODE:TYPE:ID` of a rule and a subject.
pub fn id_of(portfolio: &Portfolio, rule: RuleIx, subject: Subject) -> String {
    format!("{}:{}:{}", rules::at(rule).code, subject.type_name(), portfolio.subject_id(subject))
}

/// Where a factor about a subject is booked: in exactly one squad and one guild, or in none.
pub fn booked(facts: &Facts<'_>, subject: Subject) -> (Option<SquadIx>, Option<GuildIx>) {
    if let Some(person) = facts.about(subject) {
        let person = facts.portfolio.person(person);
        return (target(person.squad), target(person.guild));
    }
    match subject {
        Subject::Squad(squad) => (Some(squad), None),
        Subject::Guild(guild) => (None, Some(guild)),
        Subject::Decision(at) => (target(facts.portfolio.decision(at).squad), None),
        Subject::Person(_)
        | Subject::Meeting(_)
        | Subject::Conversation(_)
        | Subject::Promotion(_)
        | Subject::Mentorship(_)
        | Subject::Portfolio => (None, None),
    }
}
