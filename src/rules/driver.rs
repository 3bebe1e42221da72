//! The driver: asks every rule about every subject that it applies to. Within an exclusive group the first factor of
//! a subject wins.

use super::facts::Facts;
use super::rule::{Absent, Answer, Rule};
use super::{REGISTRY, Seen};
use crate::base::ids::{RuleIx, Subject};
use crate::base::points::MilliPoints;

/// Takes what the rules answer.
pub trait Listener {
    /// Whether this subject is to be asked about at all.
    fn wants(&self, subject: Subject) -> bool;
    /// One answer. If the section is absent, `subject` is what the one unknown answer is counted for.
    fn answer(&mut self, rule: RuleIx, subject: Subject, answer: &Answer<Seen>);
}

/// Asks the rules of the exclusive group at one position of the registry.
pub fn ask_group(facts: &Facts<'_>, at: usize, to: &mut impl Listener) {
    let Some((rules, before)) = REGISTRY.get(at).zip(REGISTRY.get(..at)) else { return };
    let Some(rule) = rules.first() else { return };
    let first = before.iter().map(|rules| rules.len()).sum();
    if !(rule.kind.is_written)(facts.portfolio) {
        return unknown_section(facts, rules, first, to);
    }
    let asked: Vec<Asked> = asked(facts, rules, first).collect();
    (rule.kind.each)(facts, &mut |subject| {
        if rule.in_scope(facts, subject) && to.wants(subject) {
            first_match(facts, &asked, subject, to);
        }
    });
}

/// A rule that is asked, and what one unit of it costs.
struct Asked {
    rule: &'static Rule,
    position: RuleIx,
    principal: MilliPoints,
}

/// The rules that are not off.
fn asked(facts: &Facts<'_>, rules: &'static [&'static Rule], first: usize) -> impl Iterator<Item = Asked> {
    let policy = facts.policy;
    let rules = rules.iter().enumerate();
    let rules = rules.map(move |(offset, rule)| (*rule, RuleIx::at(first.saturating_add(offset))));
    rules.filter(|(_, position)| !policy.is_disabled(*position)).map(|(rule, position)| Asked {
        rule,
        position,
        principal: policy.principal(position),
    })
}

fn first_match(facts: &Facts<'_>, rules: &[Asked], subject: Subject, to: &mut impl Listener) {
    for Asked { rule, position, principal } in rules {
        let answer = rule.find(facts, subject, *principal);
        to.answer(*position, subject, &answer);
        if matches!(answer, Answer::Factor(_)) {
            return;
        }
    }
}

fn unknown_section(facts: &Facts<'_>, rules: &'static [&'static Rule], first: usize, to: &mut impl Listener) {
    for Asked { rule, position, principal } in asked(facts, rules, first) {
        let unknown = Answer::Unknown(rule.at_worst(facts, principal));
        match rule.absent {
            Absent::Silent => {}
            Absent::OneUnknown => {
                if to.wants(Subject::Portfolio) {
                    to.answer(position, Subject::Portfolio, &unknown);
                }
            }
            Absent::UnknownForEachPerson => {
                for person in facts.portfolio.person_positions() {
                    let subject = Subject::Person(person);
                    if facts.lines.is_scored(person) && to.wants(subject) {
                        to.answer(position, subject, &unknown);
                    }
                }
            }
        }
    }
}
