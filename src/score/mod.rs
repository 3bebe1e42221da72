//! The one pure function that every verb calls: a portfolio, a policy and a day become a scorecard.
#![warn(clippy::float_arithmetic, clippy::arithmetic_side_effects)]

pub mod amounts;
pub mod breakdown;
pub mod coverage;
pub mod factor;
pub mod headline;
pub mod part;
pub mod range;
pub mod renewals;
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
use crate::rules::rule::{Answer, Basis};
use amounts::Amounts;
use coverage::Coverage;
use factor::Factor;
use part::Part;
use renewals::Renewals;
use written_off::WrittenOff;

/// Everything that scoring finds.
#[derive(Debug)]
pub struct Scorecard<'p> {
    /// What the rules knew.
    pub facts: Facts<'p>,
    /// Which part of the portfolio was scored.
    pub part: Part,
    /// Every factor, worst first, ties by identity.
    pub factors: Vec<Factor>,
    /// The sum over all factors.
    pub score: MilliPoints,
    /// How many people are scored.
    pub people: u64,
    /// What could and could not be answered.
    pub coverage: Coverage,
    /// Which questions could not be answered, in the order they were asked.
    pub unknown: Vec<Unknown>,
    /// What debt turned into, apart from the score.
    pub written_off: Vec<WrittenOff>,
    /// Warnings: what is odd in the input but did not prevent scoring.
    pub warnings: Vec<Warning>,
}

/// A question that could not be answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Unknown {
    /// The rule that was asked.
    pub rule: RuleIx,
    /// What it was asked about. Where a section is not written at all, the portfolio or the person that the answer is
    /// counted for.
    pub subject: Subject,
    /// What it would cost at worst.
    pub at_worst: MilliPoints,
}

impl Unknown {
    /// The rule and the subject.
    pub fn key(&self) -> (RuleIx, Subject) {
        (self.rule, self.subject)
    }
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
    let card = tally(portfolio, policy, day, part);
    if card.people == 0 { Err(Nobody(day)) } else { Ok(card) }
}

/// The same where nobody may be scored: one side of a comparison.
pub fn tally<'p>(portfolio: &'p Portfolio, policy: &'p Policy, day: Day, part: Part) -> Scorecard<'p> {
    let facts = Facts::new(portfolio, policy, day);
    let people = people_in(&facts, &part);
    let (Answers { mut factors, mut coverage, unknown }, (mut warnings, written_off)) = parallel::both(
        people,
        || ask_all(&facts, &part, people),
        || (crate::model::warnings(portfolio, &facts.lines), written_off::all(&facts, &part)),
    );
    coverage.add(&Coverage::new(&facts, &part));
    parallel::sort_by_cached_key(&mut factors, Factor::order);
    if part.is_whole() {
        warnings.extend(warnings::of_acknowledgements(&facts, &factors));
    }
    warnings.extend(warnings::of_sleeping_records(&facts, &unknown));
    Scorecard {
        score: factors.iter().map(Factor::value).sum(),
        people: u64::try_from(people).unwrap_or(u64::MAX),
        facts,
        part,
        factors,
        coverage,
        unknown,
        written_off,
        warnings,
    }
}

/// How many people of a part are scored.
fn people_in(facts: &Facts<'_>, part: &Part) -> usize {
    let is_in = |person: &_| facts.lines.is_scored(*person) && part.has_person(facts.portfolio, *person);
    facts.portfolio.person_positions().filter(is_in).count()
}

/// The score of a whole portfolio and the high end of its range, as `tally` and `range::high` find them, without what only
/// a report shows.
pub fn score_and_high(portfolio: &Portfolio, policy: &Policy, day: Day) -> (MilliPoints, MilliPoints) {
    let facts = Facts::new(portfolio, policy, day);
    let Answers { factors, unknown, .. } = ask_all(&facts, &Part::default(), portfolio.people.len());
    let score = factors.iter().map(Factor::value).sum();
    (score, range::with_unknown(score, &factors, &unknown))
}

/// What a day comes to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Totals {
    /// How many people are scored.
    pub people: u64,
    /// All factors together.
    pub score: MilliPoints,
    /// Those of 1:1s that were missed.
    pub missed: MilliPoints,
}

impl Totals {
    /// Of a scorecard.
    pub fn of(card: &Scorecard<'_>) -> Totals {
        let mut totals = Totals { people: card.people, ..Totals::default() };
        card.factors.iter().for_each(|factor| totals.add(factor.value(), factor.found.basis));
        totals
    }

    fn add(&mut self, value: MilliPoints, basis: Basis) {
        self.score += value;
        if basis.is_missed() {
            self.missed += value;
        }
    }
}

/// What `scorecard` comes to, without its factors and what else only a report shows.
pub fn totals(portfolio: &Portfolio, policy: &Policy, day: Day, part: &Part) -> Result<Totals, Nobody> {
    let facts = &Facts::new(portfolio, policy, day);
    let people = people_in(facts, part);
    if people == 0 {
        return Err(Nobody(day));
    }
    let renewals = &Renewals::of(facts);
    let sum = || Sum { facts, part, renewals, totals: Totals::default() };
    let (one, other) = ask_both(facts, people, sum);
    Ok(Totals {
        people: u64::try_from(people).unwrap_or(u64::MAX),
        score: one.totals.score + other.totals.score,
        missed: one.totals.missed + other.totals.missed,
    })
}

/// Asks every rule, and takes the answers twice, one after the other in the order of the rules; on two processors where
/// that many people are worth it.
fn ask_both<L: Listener + Send>(facts: &Facts<'_>, people: usize, make: impl Fn() -> L + Sync) -> (L, L) {
    // Exclusive groups do not know each other.
    let ask = |groups: Range<usize>| {
        let mut listener = make();
        groups.for_each(|at| ask_group(facts, at, &mut listener));
        listener
    };
    parallel::both(people, || ask(0..FIRST_GROUPS), || ask(FIRST_GROUPS..rules::REGISTRY.len()))
}

/// Asks every rule.
fn ask_all(facts: &Facts<'_>, part: &Part, people: usize) -> Answers {
    let renewals = &Renewals::of(facts);
    let (first, second) =
        ask_both(facts, people, || Tally { facts, part, renewals, answers: Answers::default() });
    let (mut first, second) = (first.answers, second.answers);
    first.factors.extend(second.factors);
    first.unknown.extend(second.unknown);
    first.coverage.add(&second.coverage);
    first
}

/// What the rules answered, in the order they were asked.
#[derive(Default)]
struct Answers {
    factors: Vec<Factor>,
    coverage: Coverage,
    unknown: Vec<Unknown>,
}

struct Tally<'t, 'p> {
    facts: &'t Facts<'p>,
    part: &'t Part,
    renewals: &'t Renewals,
    answers: Answers,
}

impl Listener for Tally<'_, '_> {
    fn wants(&self, subject: Subject) -> bool {
        self.part.has(self.facts, subject)
    }

    fn answer(&mut self, rule: RuleIx, subject: Subject, answer: &Answer<Seen>) {
        if !self.part.has_rule(rule) {
            return;
        }
        self.answers.coverage.count(rule, matches!(answer, Answer::Unknown(_)));
        match answer {
            Answer::Clear => {}
            Answer::Unknown(at_worst) => {
                self.answers.unknown.push(Unknown { rule, subject, at_worst: *at_worst });
            }
            Answer::Factor(found) => {
                let amounts = Amounts::of(self.facts, found.unit, found.basis);
                let renewals = self.renewals.count(rule, subject);
                let amounts = amounts.with_renewals(self.facts, renewals);
                self.answers.factors.push(Factor { rule, subject, amounts, renewals, found: *found });
            }
        }
    }
}

/// Adds up what factors come to.
struct Sum<'t, 'p> {
    facts: &'t Facts<'p>,
    part: &'t Part,
    renewals: &'t Renewals,
    totals: Totals,
}

impl Listener for Sum<'_, '_> {
    fn wants(&self, subject: Subject) -> bool {
        self.part.has(self.facts, subject)
    }

    fn answer(&mut self, rule: RuleIx, subject: Subject, answer: &Answer<Seen>) {
        if let Answer::Factor(found) = answer
            && self.part.has_rule(rule)
        {
            let amounts = Amounts::of(self.facts, found.unit, found.basis);
            let amounts = amounts.with_renewals(self.facts, self.renewals.count(rule, subject));
            self.totals.add(amounts.value(), found.basis);
        }
    }
}
