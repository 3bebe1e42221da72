//! The driver: asks every rule about every subject it applies to; within a box the first factor wins.

use super::REGISTRY;
use super::facts::{Facts, OneOnOne};
use super::rule::{Absent, Answer, Asks, Finding, Rule, Words};
use crate::base::ids::{RuleIx, Subject};
use crate::base::points::MilliPoints;

/// Takes what the rules answer.
pub trait Listener {
    /// Whether this subject is to be asked about at all.
    fn wants(&self, subject: Subject) -> bool;
    /// One answer. A subject of its own only where the section is not absent.
    fn answer(&mut self, rule: RuleIx, subject: Subject, answer: Answer);
}

/// Asks the rules of the box at one position of the registry.
pub fn about_box(facts: &Facts<'_>, at: usize, to: &mut impl Listener) {
    let Some((rules, before)) = REGISTRY.get(at).zip(REGISTRY.get(..at)) else { return };
    let first = before.iter().map(|rules| rules.len()).sum();
    ask_box(facts, rules, first, to);
}

/// One box of rules over every subject that they apply to.
fn ask_box(facts: &Facts<'_>, rules: &[&Rule], first: usize, to: &mut impl Listener) {
    let Some(asks) = rules.first().map(|rule| rule.asks) else { return };
    let portfolio = facts.portfolio;
    let mut each = |subject: Subject| {
        if to.wants(subject) {
            first_match(facts, rules, first, subject, to);
        }
    };
    let scored = |person| facts.lines.is_scored(person);
    match asks {
        Asks::OneOnOnes { .. } => {
            facts.one_on_ones().iter().for_each(|one| each(Subject::Meeting(one.meeting)));
        }
        Asks::People { line, .. } => portfolio
            .person_positions()
            .filter(|person| scored(*person) && line.is_none_or(|line| facts.lines.in_scope(line, *person)))
            .for_each(|person| each(Subject::Person(person))),
        Asks::Conversations { absent, .. } => {
            if portfolio.conversations.is_none() {
                return unknown_section(facts, absent, rules, first, to);
            }
            for at in portfolio.conversation_positions() {
                let talk = portfolio.conversation(at);
                if talk.raised <= facts.day && talk.with.target().is_some_and(scored) {
                    each(Subject::Conversation(at));
                }
            }
        }
        Asks::Promotions { absent, .. } => {
            if portfolio.promotions.is_none() {
                return unknown_section(facts, absent, rules, first, to);
            }
            for at in portfolio.promotion_positions() {
                let promotion = portfolio.promotion(at);
                if promotion.decided <= facts.day && promotion.person.target().is_some_and(scored) {
                    each(Subject::Promotion(at));
                }
            }
        }
        Asks::Portfolio { .. } => each(Subject::Portfolio),
        Asks::Decisions { absent, .. } => {
            if portfolio.decisions.is_none() {
                return unknown_section(facts, absent, rules, first, to);
            }
            let raised = |at: &_| portfolio.decision(*at).raised <= facts.day;
            portfolio.decision_positions().filter(raised).for_each(|at| each(Subject::Decision(at)));
        }
        Asks::Squads { .. } => portfolio
            .squad_positions()
            .filter(|squad| facts.lines.squad_members(*squad) > 0)
            .for_each(|squad| each(Subject::Squad(squad))),
        Asks::Guilds { .. } => portfolio
            .guild_positions()
            .filter(|guild| facts.lines.guild_members(*guild) > 0)
            .for_each(|guild| each(Subject::Guild(guild))),
        Asks::Mentorships { absent, .. } => {
            if portfolio.mentorships.is_none() {
                return unknown_section(facts, absent, rules, first, to);
            }
            for at in portfolio.mentorship_positions() {
                if facts.lines.mentorship(portfolio, at).is_some_and(|(_, mentee)| scored(mentee)) {
                    each(Subject::Mentorship(at));
                }
            }
        }
    }
}

fn first_match(facts: &Facts<'_>, rules: &[&Rule], first: usize, subject: Subject, to: &mut impl Listener) {
    for (offset, rule) in rules.iter().enumerate() {
        let position = RuleIx::at(first.saturating_add(offset));
        if facts.policy.is_disabled(position) {
            continue;
        }
        let answer = ask(facts, rule, subject, facts.policy.principal(position));
        to.answer(position, subject, answer);
        if matches!(answer, Answer::Factor(_)) {
            return;
        }
    }
}

fn unknown_section(facts: &Facts<'_>, absent: Absent, rules: &[&Rule], first: usize, to: &mut impl Listener) {
    for offset in 0..rules.len() {
        let position = RuleIx::at(first.saturating_add(offset));
        if facts.policy.is_disabled(position) {
            continue;
        }
        match absent {
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

/// Asks one rule about one subject of its type; of another type it knows nothing.
fn ask(facts: &Facts<'_>, rule: &Rule, subject: Subject, principal: MilliPoints) -> Answer {
    match (rule.asks, subject) {
        (Asks::OneOnOnes { ask, .. }, Subject::Meeting(at)) => {
            facts.one_on_one(at).map_or(Answer::Clear, |one| ask(facts, one, principal))
        }
        (Asks::People { ask, .. }, Subject::Person(at)) => ask(facts, at, principal),
        (Asks::Conversations { ask, .. }, Subject::Conversation(at)) => ask(facts, at, principal),
        (Asks::Promotions { ask, .. }, Subject::Promotion(at)) => ask(facts, at, principal),
        (Asks::Portfolio { ask, .. }, Subject::Portfolio) => ask(facts, (), principal),
        (Asks::Decisions { ask, .. }, Subject::Decision(at)) => ask(facts, at, principal),
        (Asks::Squads { ask, .. }, Subject::Squad(at)) => ask(facts, at, principal),
        (Asks::Guilds { ask, .. }, Subject::Guild(at)) => ask(facts, at, principal),
        (Asks::Mentorships { ask, .. }, Subject::Mentorship(at)) => ask(facts, at, principal),
        _ => Answer::Clear,
    }
}

/// Puts a factor of a rule into words.
pub fn tell(facts: &Facts<'_>, rule: &Rule, subject: Subject, found: &Finding) -> Words {
    match (rule.asks, subject) {
        (Asks::OneOnOnes { tell, .. }, Subject::Meeting(at)) => {
            facts.one_on_one(at).map_or_else(Words::default, |one: OneOnOne| tell(facts, one, found))
        }
        (Asks::People { tell, .. }, Subject::Person(at)) => tell(facts, at, found),
        (Asks::Conversations { tell, .. }, Subject::Conversation(at)) => tell(facts, at, found),
        (Asks::Promotions { tell, .. }, Subject::Promotion(at)) => tell(facts, at, found),
        (Asks::Portfolio { tell, .. }, Subject::Portfolio) => tell(facts, (), found),
        (Asks::Decisions { tell, .. }, Subject::Decision(at)) => tell(facts, at, found),
        (Asks::Squads { tell, .. }, Subject::Squad(at)) => tell(facts, at, found),
        (Asks::Guilds { tell, .. }, Subject::Guild(at)) => tell(facts, at, found),
        (Asks::Mentorships { tell, .. }, Subject::Mentorship(at)) => tell(facts, at, found),
        _ => Words::default(),
    }
}
