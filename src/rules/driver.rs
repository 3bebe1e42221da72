//! The driver: asks every rule about every subject that it applies to. Within an exclusive group the first factor of
//! a subject wins.

use super::facts::Facts;
use super::rule::{Absent, Answer, Rule};
use super::{REGISTRY, Seen};
use crate::base::ids::{RuleIx, Subject};

/// Takes what the rules answer.
pub trait Listener {
    /// Whether this subject is to be asked about at all.
    fn wants(&self, subject: Subject) -> bool;
    /// One answer. A subject of its own only where the section is not absent.
    fn answer(&mut self, rule: RuleIx, subject: Subject, answer: Answer<Seen>);
}

/// Asks the rules of the exclusive group at one position of the registry.
pub fn ask_group(facts: &Facts<'_>, at: usize, to: &mut impl Listener) {
    let Some((rules, before)) = REGISTRY.get(at).zip(REGISTRY.get(..at)) else { return };
    let Some(rule) = rules.first() else { return };
    let first = before.iter().map(|rules| rules.len()).sum();
    if !(rule.kind.is_written)(facts.portfolio) {
        return unknown_section(facts, rules, first, to);
    }
    (rule.kind.each)(facts, &mut |subject| {
        if rule.in_scope(facts, subject) && to.wants(subject) {
            first_match(facts, rules, first, subject, to);
        }
    });
}

fn first_match(facts: &Facts<'_>, rules: &[&Rule], first: usize, subject: Subject, to: &mut impl Listener) {
    for (offset, rule) in rules.iter().enumerate() {
        let position = RuleIx::at(first.saturating_add(offset));
        if facts.policy.is_disabled(position) {
            continue;
        }
        let answer = rule.find(facts, subject, facts.policy.principal(position));
        to.answer(position, subject, answer);
        if matches!(answer, Answer::Factor(_)) {
            return;
        }
    }
}

fn unknown_section(facts: &Facts<'_>, rules: &[&Rule], first: usize, to: &mut impl Listener) {
    for (offset, rule) in rules.iter().enumerate() {
        let position = RuleIx::at(first.saturating_add(offset));
        if facts.policy.is_disabled(position) {
            continue;
        }
        match rule.absent {
            Absent::Silent => {}
            Absent::OneUnknown => {
                if to.wants(Subject::Portfolio) {
                    to.answer(position, Subject::Portfolio, Answer::Unknown);
                }
            }
            Absent::UnknownForEachPerson => {
                for person in facts.portfolio.person_positions() {
                    let subject = Subject::Person(person);
                    if facts.lines.is_scored(person) && to.wants(subject) {
                        to.answer(position, subject, Answer::Unknown);
                    }
                }
            }
        }
    }
}
