//! The one pure function that every verb calls: a portfolio, a policy and a day become a scorecard.
#![warn(clippy::float_arithmetic, clippy::arithmetic_side_effects)]

pub mod amounts;
pub mod breakdown;
pub mod coverage;
pub mod factor;
pub mod headline;
pub mod part;
pub mod warnings;
pub mod written_off;

use std::ops::Range;

use thiserror::Error;

use crate::base::day::Day;
use crate::base::ids::{RuleIx, Subject};
use crate::base::parallel;
use crate::base::points::MilliPoints;
use crate::model::{Portfolio, Warning};
use crate::policy::Policy;
use crate::rules;
use crate::rules::Seen;
use crate::rules::driver::{Listener, ask_group};
use crate::rules::facts::Facts;
use crate::rules::rule::Answer;
use amounts::Amounts;
use coverage::Coverage;
use factor::Factor;
use part::Part;
use written_off::WrittenOff;

/// Everything that scoring finds.
#[derive(Debug)]
pub struct Scorecard<'p> {
    /// What the rules knew.
    pub facts: Facts<'p>,
    /// Which part was looked at.
    pub part: Part,
    /// Every factor, worst first, ties by identity.
    pub factors: Vec<Factor>,
    /// The sum over all factors.
    pub score: MilliPoints,
    /// How many people are scored.
    pub people: u64,
    /// What could and could not be answered.
    pub coverage: Coverage,
    /// Which questions could not be answered, in the order they were asked. Where a section is not written at all,
    /// the subject is whoever the one unknown answer stands for.
    pub unknown: Vec<(RuleIx, Subject)>,
    /// What debt turned into, apart from the score.
    pub written_off: Vec<WrittenOff>,
    /// What is odd and scored all the same.
    pub warnings: Vec<Warning>,
}

/// Nobody is scored on that day: there is nothing to score, and zero would be a lie.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("nobody is scored on {0}")]
pub struct Nobody(pub Day);

/// The first four exclusive groups (1:1s, craft owners, conversations) take about as long as all the others: the work
/// is shared out there.
const FIRST_GROUPS: usize = 4;

/// Scores a portfolio, or a part of it, under a policy on a day.
pub fn scorecard<'p>(
    portfolio: &'p Portfolio,
    policy: &'p Policy,
    day: Day,
    part: Part,
) -> Result<Scorecard<'p>, Nobody> {
    let facts = Facts::new(portfolio, policy, day);
    let in_part = |person: &_| facts.lines.is_scored(*person) && part.has_person(portfolio, *person);
    let people = portfolio.person_positions().filter(in_part).count();
    if people == 0 {
        return Err(Nobody(day));
    }
    // Exclusive groups do not know each other.
    let tally = |groups: Range<usize>, coverage: Coverage| {
        let mut tally =
            Tally { facts: &facts, part: &part, factors: Vec::new(), coverage, unknown: Vec::new() };
        groups.for_each(|at| ask_group(&facts, at, &mut tally));
        tally
    };
    let ((first, second), (mut warnings, written_off)) = parallel::both(
        people,
        || {
            parallel::both(
                people,
                || tally(0..FIRST_GROUPS, Coverage::new(&facts, &part)),
                || tally(FIRST_GROUPS..rules::REGISTRY.len(), Coverage::default()),
            )
        },
        || (crate::model::warnings(portfolio, &facts.lines), written_off::all(&facts, &part)),
    );
    let Tally { mut factors, mut coverage, mut unknown, .. } = first;
    factors.extend(second.factors);
    unknown.extend(second.unknown);
    coverage.add(&second.coverage);
    parallel::sort_by_cached_key(&mut factors, Factor::order);
    if part.is_whole() {
        warnings.extend(warnings::of_acknowledgements(&facts, &factors));
    }
    Ok(Scorecard {
        score: factors.iter().map(Factor::value).sum(),
        people: u64::try_from(people).unwrap_or(u64::MAX),
        facts,
        part,
        factors,
        coverage,
        unknown,
        written_off,
        warnings,
    })
}

struct Tally<'t, 'p> {
    facts: &'t Facts<'p>,
    part: &'t Part,
    factors: Vec<Factor>,
    coverage: Coverage,
    unknown: Vec<(RuleIx, Subject)>,
}

impl Listener for Tally<'_, '_> {
    fn wants(&self, subject: Subject) -> bool {
        self.part.has(self.facts, subject)
    }

    fn answer(&mut self, rule: RuleIx, subject: Subject, answer: Answer<Seen>) {
        if !self.part.has_rule(rule) {
            return;
        }
        self.coverage.count(rule, matches!(answer, Answer::Unknown));
        match answer {
            Answer::Clear => {}
            Answer::Unknown => self.unknown.push((rule, subject)),
            Answer::Factor(found) => {
                self.factors.push(Factor {
                    rule,
                    subject,
                    amounts: Amounts::of(self.facts, found.unit, found.basis),
                    found,
                });
            }
        }
    }
}
