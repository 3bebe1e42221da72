//! The rows of a report, made one by one as a renderer asks for them: no list of them ever stands in memory.

use std::collections::HashMap;

use serde::{Serialize, Serializer};

use super::speak::Speaker;
use super::{AcknowledgedRow, FactorRow, Location, SubjectRow};
use crate::base::decimal::thousandths;
use crate::base::ids::{RuleIx, Subject};
use crate::base::names::Label;
use crate::base::points::Thousandths;
use crate::model::Acknowledgement;
use crate::rules::rule::Basis;
use crate::rules::{self, ask};
use crate::score::Scorecard;
use crate::score::amounts::missed_units;
use crate::score::factor::{Factor, booked, id_of};
use crate::score::warnings::finding;
use crate::source::{ItemAt, Sources};

/// Every factor of a scorecard as a row.
pub struct Factors<'s> {
    card: &'s Scorecard<'s>,
    sources: &'s Sources,
    pub(super) speaker: Speaker<'s>,
    acknowledged: HashMap<(RuleIx, Subject), &'s Acknowledgement>,
}

impl<'s> Factors<'s> {
    pub(super) fn new(card: &'s Scorecard<'s>, sources: &'s Sources) -> Factors<'s> {
        let portfolio = card.facts.portfolio;
        let mut acknowledged: HashMap<(RuleIx, Subject), &Acknowledgement> = HashMap::new();
        for one in portfolio.acknowledgements.iter().filter(|one| one.holds(card.facts.day)) {
            if let Some(key) = finding(portfolio, one) {
                let longest = acknowledged.entry(key).or_insert(one);
                if one.through > longest.through {
                    *longest = one;
                }
            }
        }
        Factors { card, sources, speaker: Speaker::new(portfolio, card.facts.day), acknowledged }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.card.factors.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.card.factors.is_empty()
    }

    /// Every row, worst first.
    pub fn rows(&self) -> impl Iterator<Item = FactorRow> {
        self.card.factors.iter().map(|factor| self.row(factor))
    }

    pub(super) fn location(&self, at: ItemAt) -> Location {
        let file = self.sources.name(at.file).cloned().unwrap_or_else(|| Label::new(""));
        Location { file, line: at.mark.line, column: at.mark.column }
    }

    /// One row.
    pub fn row(&self, factor: &Factor) -> FactorRow {
        let facts = &self.card.facts;
        let portfolio = facts.portfolio;
        let rule = rules::at(factor.rule);
        let words = ask::tell(facts, rule, factor.subject, &factor.found);
        let (squad, guild) = booked(facts, factor.subject);
        let act = factor.found.act;
        let headline = std::iter::once(self.speaker.say_first(&words.headline));
        FactorRow {
            id: Label::new(id_of(portfolio, factor.rule, factor.subject)),
            code: rule.code,
            name: rule.name,
            subject: SubjectRow {
                kind: factor.subject.type_name(),
                id: self.speaker.id(factor.subject),
                label: self.speaker.subject(factor.subject),
            },
            mp: factor.value(),
            points: Thousandths(factor.value().mp()),
            share: Thousandths(factor.value().share_of(self.card.score)),
            principal_mp: factor.amounts.principal,
            fees_mp: factor.amounts.fees,
            interest_mp: factor.amounts.interest,
            onset: factor.found.onset,
            owner: factor.found.owner.map(|owner| self.speaker.id(Subject::Person(owner))),
            squad: squad.map(|squad| self.speaker.id(Subject::Squad(squad))),
            guild: guild.map(|guild| self.speaker.id(Subject::Guild(guild))),
            evidence: headline.chain(words.details.iter().map(|fact| self.speaker.say(fact))).collect(),
            act: Label::new(format!(
                "{}:{}:{}",
                act.verb,
                act.subject.type_name(),
                portfolio.subject_id(act.subject)
            )),
            remedy: self.speaker.say_first(&words.remedy),
            minutes: rule.minutes,
            acknowledged: self
                .acknowledged
                .get(&factor.key())
                .map(|one| AcknowledgedRow { through: one.through, reason: self.speaker.text(one.reason) }),
            location: portfolio.subject_at(factor.subject).map(|at| self.location(at)),
            group: rule.group.key(),
            task: self.speaker.say(&words.task),
            owner_label: factor.found.owner.map(|owner| self.speaker.person(owner)),
        }
    }
}

impl Serialize for Factors<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.rows())
    }
}

/// How the value of a factor comes about, line by line: what it is, and the amount in milli-points. The last line is
/// the value.
pub fn arithmetic(card: &Scorecard<'_>, factor: &Factor) -> Vec<(String, i64)> {
    let policy = card.facts.policy;
    let unit = factor.found.unit.mp();
    let points = thousandths(unit);
    let mut lines = Vec::new();
    let mut line = |words: String, amount: i64| lines.push((words, amount));
    match factor.found.basis {
        Basis::Flat => line("principal".to_owned(), unit),
        Basis::Each { count } => {
            line(format!("principal: {points} for each of {count}"), factor.amounts.principal.mp());
        }
        Basis::Growing { due, weeks, deferrals } => {
            line("principal".to_owned(), unit);
            if deferrals > 0 {
                let counted = deferrals.min(policy.max_deferrals);
                let percent = thousandths(policy.deferral_bp.saturating_mul(10));
                let most = if counted < deferrals {
                    format!(" ({deferrals} new dates, {counted} count)")
                } else {
                    String::new()
                };
                line(
                    format!("fees: {points} \u{D7} {percent} % \u{D7} {counted}{most}"),
                    factor.amounts.fees.mp(),
                );
            }
            let percent = thousandths(policy.weekly_bp.saturating_mul(10));
            let growth = card.facts.growth.after(weeks);
            let capped = if card.facts.growth.capped(weeks) { ", its cap" } else { "" };
            line(
                format!(
                    "interest: {weeks} full weeks since {due} at {percent} % grow to {}.{:06}{capped}; {points} \u{D7} {}.{:06}",
                    growth / 1_000_000,
                    growth % 1_000_000,
                    (growth - 1_000_000) / 1_000_000,
                    (growth - 1_000_000) % 1_000_000
                ),
                factor.amounts.interest.mp(),
            );
        }
        Basis::Missed { cancelled, by_time } => {
            let cap = policy.missed_cap;
            let principal = missed_units(cancelled, cap);
            let all = missed_units(cancelled.max(by_time), cap);
            line(
                format!(
                    "principal: {points} \u{D7} {principal} ({cancelled} cancelled in a row, less the first, {cap} at most)"
                ),
                factor.amounts.principal.mp(),
            );
            line(
                format!(
                    "interest: {points} \u{D7} {} more ({by_time} missed by the calendar)",
                    all.saturating_sub(principal)
                ),
                factor.amounts.interest.mp(),
            );
        }
    }
    line("value".to_owned(), factor.value().mp());
    lines
}
