//! How many questions could be answered, and who was set aside: a low score with low coverage is not good news.

use super::part::Part;
use crate::base::ids::RuleIx;
use crate::rules;
use crate::rules::facts::Facts;

/// Answers by rule, and people set aside.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Coverage {
    /// By rule, in the order of codes.
    pub by_rule: Vec<Answers>,
    /// Scored people with an exempt line.
    pub exempt: u64,
    /// People outside.
    pub external: u64,
    /// People on a leave so long that they are not scored.
    pub away: u64,
}

/// Answers of one rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Answers {
    /// All of them.
    pub all: i64,
    /// Those that were unknown.
    pub unknown: i64,
}

impl Default for Coverage {
    /// No answer, and nobody set aside.
    fn default() -> Coverage {
        Coverage { by_rule: vec![Answers::default(); rules::all().count()], exempt: 0, external: 0, away: 0 }
    }
}

impl Coverage {
    /// No answer yet; the people set aside are counted at once, each in one place only.
    pub fn new(facts: &Facts<'_>, part: &Part) -> Coverage {
        let mut coverage = Coverage::default();
        for at in facts.portfolio.person_positions().filter(|at| part.has_person(facts.portfolio, *at)) {
            let person = facts.portfolio.person(at);
            let here = person.started.is_none_or(|started| started <= facts.day)
                && person.left.is_none_or(|left| left > facts.day);
            if !here {
                continue;
            }
            let aside = if facts.lines.is_external(at) {
                &mut coverage.external
            } else if facts.lines.is_on_long_leave(at) {
                &mut coverage.away
            } else if person.exempt_delivery || person.exempt_craft {
                &mut coverage.exempt
            } else {
                continue;
            };
            *aside = aside.saturating_add(1);
        }
        coverage
    }

    /// Counts one answer.
    pub fn count(&mut self, rule: RuleIx, unknown: bool) {
        if let Some(answers) = self.by_rule.get_mut(rule.index()) {
            *answers = answers.and(Answers { all: 1, unknown: i64::from(unknown) });
        }
    }

    /// Counts what another part has counted.
    pub fn add(&mut self, other: &Coverage) {
        for (answers, more) in self.by_rule.iter_mut().zip(&other.by_rule) {
            *answers = answers.and(*more);
        }
        self.exempt = self.exempt.saturating_add(other.exempt);
        self.external = self.external.saturating_add(other.external);
        self.away = self.away.saturating_add(other.away);
    }

    /// Over all rules.
    pub fn total(&self) -> Answers {
        self.by_rule.iter().fold(Answers::default(), |sum, one| sum.and(*one))
    }
}

impl Answers {
    fn and(self, other: Answers) -> Answers {
        Answers {
            all: self.all.saturating_add(other.all),
            unknown: self.unknown.saturating_add(other.unknown),
        }
    }

    /// The share that was not unknown, in thousandths; none where there was no answer.
    pub fn ratio(self) -> Option<i64> {
        let known = self.all.saturating_sub(self.unknown);
        (self.all > 0).then(|| crate::base::points::rounded_ratio(known.saturating_mul(1000), self.all))
    }
}
