//! Which part of the change a factor belongs to: told or done, worked on or withdrawn.

use std::collections::{HashMap, HashSet};

use super::pairing::Pairing;
use super::people::Departures;
use super::{How, Key, Kind, Side, worked};
use crate::base::day::Day;
use crate::base::ids::{RuleIx, Subject};
use crate::model::Portfolio;
use crate::records::words::Line;
use crate::rules::facts::Facts;
use crate::rules::rule::Asks;
use crate::rules::{self, REGISTRY};
use crate::score::Scorecard;
use crate::score::factor::Factor;

/// Judges the factors of one pair of scorecards.
pub(super) struct Judge<'c> {
    base: Option<&'c Scorecard<'c>>,
    head: &'c Scorecard<'c>,
    base_day: Day,
    side: Option<&'c Portfolio>,
    pairing: Option<&'c Pairing>,
    unknown_before: HashSet<Key>,
    unknown_now: HashSet<Key>,
    unlabelled_before: HashSet<Subject>,
    now: &'c HashMap<Key, usize>,
}

impl<'c> Judge<'c> {
    pub(super) fn new(
        base: Option<&'c Scorecard<'c>>,
        head: &'c Scorecard<'c>,
        base_day: Day,
        sides: Option<(Side<'c>, &'c Pairing)>,
        now: &'c HashMap<Key, usize>,
    ) -> Judge<'c> {
        let unlabelled = |card: &&'c Scorecard<'c>| {
            let labels = card.factors.iter().filter(|factor| rules::at(factor.rule).code == "D102");
            labels.map(|factor| factor.subject).collect()
        };
        Judge {
            base,
            head,
            base_day,
            side: sides.map(|(side, _)| side.portfolio),
            pairing: sides.map(|(_, pairing)| pairing),
            unknown_before: base.iter().flat_map(|card| card.unknown.iter().copied()).collect(),
            unknown_now: head.unknown.iter().copied().collect(),
            unlabelled_before: base.as_ref().map(unlabelled).unwrap_or_default(),
            now,
        }
    }

    /// The same item of the head.
    pub(super) fn in_head(&self, subject: Subject) -> Option<Subject> {
        self.pairing.and_then(|pairing| pairing.in_head(subject))
    }

    /// Whether a factor that the base lacks is only told now.
    pub(super) fn is_revealed(&self, factor: &Factor) -> bool {
        let before = self.pairing.and_then(|pairing| pairing.in_base(factor.subject));
        if let Some(before) = before {
            let labelled = matches!(rules::at(factor.rule).code, "D101" | "D103" | "D104");
            return self.unknown_before.contains(&(factor.rule, before))
                || (labelled && self.unlabelled_before.contains(&before));
        }
        let portfolio = self.head.facts.portfolio;
        let raised = match factor.subject {
            Subject::Conversation(at) => Some(portfolio.conversation(at).raised),
            Subject::Decision(at) => Some(portfolio.decision(at).raised),
            _ => None,
        };
        raised.is_some_and(|raised| raised <= self.base_day) || self.was_not_described(factor.subject)
    }

    /// Whether the base has no section for such a subject, so that its answer was unknown as a whole.
    fn was_not_described(&self, subject: Subject) -> bool {
        let Some(base) = self.side else { return false };
        match subject {
            Subject::Conversation(_) => base.conversations.is_none(),
            Subject::Decision(_) => base.decisions.is_none(),
            Subject::Promotion(_) => base.promotions.is_none(),
            Subject::Mentorship(_) => base.mentorships.is_none(),
            Subject::Person(_)
            | Subject::Meeting(_)
            | Subject::Squad(_)
            | Subject::Guild(_)
            | Subject::Portfolio => false,
        }
    }

    /// Why a factor of the base is smaller now, or gone.
    pub(super) fn shrunk(&self, factor: &Factor, twin: Option<Subject>) -> (Kind, How) {
        let (Some(base), Some(pairing)) = (self.base, self.pairing) else {
            return (Kind::Withdrawn, How::Removed);
        };
        let departures = Departures { base: &base.facts, head: &self.head.facts, pairing };
        let Some(now) = twin else { return (Kind::Withdrawn, How::Removed) };
        let code = rules::at(factor.rule).code;
        if let Some(ended) = worked::ended(code, departures.head, now) {
            return if worked::is_unreopened(departures, factor.subject, now) {
                worked::REWRITTEN
            } else {
                ended
            };
        }
        if !is_asked(departures.head, factor.rule, now) {
            let went = departures.any_went(departures.needed(factor.subject));
            let exempted =
                || departures.base.about(factor.subject).and_then(|person| departures.exempted(person));
            let over = || worked::is_over(departures.head, now).then_some(How::Removed);
            return match went.or_else(exempted).or_else(over) {
                Some(how) => (Kind::Withdrawn, how),
                // Their craft line ends in them since they lead a guild: somebody was named.
                None if is_scored(departures.head, now) => (Kind::Repaired, How::Changed),
                None => (Kind::Withdrawn, How::Rewritten),
            };
        }
        if self.unknown_now.contains(&(factor.rule, now)) {
            return (Kind::Withdrawn, How::Unknown);
        }
        let about = departures.base.about(factor.subject).filter(|_| worked::looks_at_lines(code));
        if let Some(how) = about.and_then(|person| departures.exempted(person)) {
            return (Kind::Withdrawn, how);
        }
        if about.is_some_and(|person| departures.line_ended(person))
            && !worked::is_split(departures.head, now)
        {
            return worked::REWRITTEN;
        }
        if worked::is_unlabelled(departures, factor.subject, now) {
            return (Kind::Withdrawn, How::Unknown);
        }
        if let Some(verdict) = self.masked(factor, now, code) {
            return verdict;
        }
        worked::verdict(code, departures, factor.subject, now)
    }

    /// Within a box, an earlier rule that is unknown now, or that costs as much as this one did.
    fn masked(&self, factor: &Factor, now: Subject, code: &str) -> Option<(Kind, How)> {
        for earlier in earlier_in_box(factor.rule) {
            let key = (earlier, now);
            if let Some(at) = self.now.get(&key) {
                return Some(replaced(code, self.head.factors[*at].value() < factor.value()));
            }
            let before = self.pairing.and_then(|pairing| pairing.in_base(now));
            let was_unknown = before.is_some_and(|before| self.unknown_before.contains(&(earlier, before)));
            if self.unknown_now.contains(&key) && !was_unknown {
                return Some((Kind::Withdrawn, How::Unknown));
            }
        }
        None
    }
}

/// A factor for which an earlier rule of its box stands now. A label is a label, whatever it brings to light.
pub(super) fn replaced(code: &str, by_less: bool) -> (Kind, How) {
    if by_less || code == "D102" { (Kind::Repaired, How::Changed) } else { (Kind::Withdrawn, How::Replaced) }
}

/// The rules before one in its box.
pub(super) fn earlier_in_box(rule: RuleIx) -> impl Iterator<Item = RuleIx> {
    let mut first = 0;
    for rules in REGISTRY {
        if rule.index() < first + rules.len() {
            break;
        }
        first += rules.len();
    }
    (first..rule.index()).map(RuleIx::at)
}

fn is_scored(facts: &Facts<'_>, subject: Subject) -> bool {
    matches!(subject, Subject::Person(at) if facts.lines.is_scored(at))
}

/// Whether a rule is asked about a subject at all: whatever stands before it in its box.
pub(super) fn is_asked(facts: &Facts<'_>, rule: RuleIx, subject: Subject) -> bool {
    let portfolio = facts.portfolio;
    let scored = |person| facts.lines.is_scored(person);
    match subject {
        Subject::Person(at) => {
            let line: Option<Line> = match rules::at(rule).asks {
                Asks::People { line, .. } => line,
                _ => None,
            };
            scored(at) && line.is_none_or(|line| facts.lines.in_scope(line, at))
        }
        Subject::Meeting(at) => facts.one_on_one(at).is_some(),
        Subject::Conversation(at) => {
            let talk = portfolio.conversation(at);
            talk.raised <= facts.day && talk.with.target().is_some_and(scored)
        }
        Subject::Promotion(at) => {
            let promotion = portfolio.promotion(at);
            promotion.decided <= facts.day && promotion.person.target().is_some_and(scored)
        }
        Subject::Mentorship(at) => {
            facts.lines.mentorship(portfolio, at).is_some_and(|(_, mentee)| scored(mentee))
        }
        Subject::Decision(at) => portfolio.decision(at).raised <= facts.day,
        Subject::Squad(at) => facts.lines.squad_members(at) > 0,
        Subject::Guild(at) => facts.lines.guild_members(at) > 0,
        Subject::Portfolio => true,
    }
}
