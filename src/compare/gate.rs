//! The gate: what of a change, or of a score, makes a build fail. On exact integers; time alone fails nothing unless
//! it is asked to.

use std::collections::HashSet;

use super::{Comparison, Parts};
use crate::base::decimal::{points, thousandths};
use crate::base::phrase::{Phrase, Piece, counted, phrase};
use crate::base::points::MilliPoints;
use crate::score::Scorecard;
use crate::score::headline::grade;
use crate::score::warnings::finding;

/// What makes the gate fail.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum FailOn {
    /// Introduced less repaired.
    Rise,
    /// Anything new or larger, whatever was repaired.
    Introduced,
    /// What time alone added.
    Accrued,
    /// An acknowledgement that has run out.
    Lapsed,
    /// Anything asked less strictly.
    Loosened,
    /// Any factor at all.
    Any,
}

impl FailOn {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            FailOn::Rise => "rise",
            FailOn::Introduced => "introduced",
            FailOn::Accrued => "accrued",
            FailOn::Lapsed => "lapsed",
            FailOn::Loosened => "loosened",
            FailOn::Any => "any",
        }
    }

    /// Whether it needs something to compare with.
    pub fn compares(self) -> bool {
        match self {
            FailOn::Rise | FailOn::Introduced | FailOn::Accrued | FailOn::Loosened => true,
            FailOn::Lapsed | FailOn::Any => false,
        }
    }
}

/// So much is let pass.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tolerance {
    /// So many points.
    Points(MilliPoints),
    /// So many basis points of what the base comes to now.
    Share(i64),
}

/// What the gate is asked to hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Limits {
    /// What makes it fail.
    pub fail_on: Vec<FailOn>,
    /// So much is let pass of a rise, of what is introduced and of what is accrued.
    pub tolerance: Tolerance,
    /// The highest score.
    pub max_score: Option<MilliPoints>,
    /// The highest score for each scored person.
    pub max_per_person: Option<MilliPoints>,
    /// The lowest coverage, in basis points.
    pub min_coverage: Option<i64>,
    /// The worst grade, A to E.
    pub max_grade: Option<&'static str>,
    /// Whether a baseline's stale entry fails.
    pub locked: bool,
}

/// What the gate says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// What makes it fail.
    pub fail_on: Vec<FailOn>,
    /// So much was let pass.
    pub tolerance: MilliPoints,
    /// Why it failed, the first first; none where it holds.
    pub reasons: Vec<Phrase>,
}

impl Limits {
    /// Asks the gate. `comparison` is there where something was compared.
    pub fn ask(&self, head: &Scorecard<'_>, comparison: Option<&Comparison<'_>>) -> Verdict {
        let whole = comparison.map_or(MilliPoints::ZERO, |comparison| comparison.whole);
        let tolerance = match self.tolerance {
            Tolerance::Points(points) => points,
            Tolerance::Share(bp) => whole.basis_points(bp),
        };
        let mut reasons = Vec::new();
        for fail_on in &self.fail_on {
            let reason = match fail_on {
                FailOn::Rise => comparison.and_then(|change| rise(change, tolerance)),
                FailOn::Introduced => comparison.and_then(|change| introduced(change, tolerance)),
                FailOn::Accrued => comparison.and_then(|change| accrued(change, tolerance)),
                FailOn::Lapsed => lapsed(head),
                FailOn::Loosened => comparison.and_then(loosened),
                FailOn::Any => any(head),
            };
            reasons.extend(reason);
        }
        if self.locked {
            reasons.extend(comparison.and_then(stale));
        }
        self.budgets(head, &mut reasons);
        Verdict { fail_on: self.fail_on.clone(), tolerance, reasons }
    }

    /// Budgets leave out what an acknowledgement holds for.
    fn budgets(&self, head: &Scorecard<'_>, reasons: &mut Vec<Phrase>) {
        let named = acknowledged_value(head);
        let counted = head.score - named;
        let less = if named > MilliPoints::ZERO {
            format!(" (without {} acknowledged)", points(named))
        } else {
            String::new()
        };
        if let Some(most) = self.max_score.filter(|most| counted > *most) {
            reasons.push(phrase!(format!(
                "the score is {}{less}; {} at most",
                points(counted),
                thousandths(most.mp())
            )));
        }
        let people = i64::try_from(head.people).unwrap_or(i64::MAX);
        if let Some(most) = self.max_per_person.filter(|most| counted > most.times(people)) {
            let each = thousandths(counted.per(head.people));
            let most = thousandths(most.mp());
            reasons.push(phrase!(format!("the score is {each} points a person{less}; {most} at most")));
        }
        let total = head.coverage.total();
        let known = total.all.saturating_sub(total.unknown);
        if let Some(least) = self.min_coverage
            && (total.all == 0 || known.saturating_mul(10_000) < least.saturating_mul(total.all))
        {
            let share = |bp: i64| thousandths(bp.saturating_mul(10));
            let now = total.ratio().map_or_else(
                || "nothing".to_owned(),
                |ratio| format!("{} %", share(ratio.saturating_mul(10))),
            );
            reasons.push(phrase!(format!(
                "{now} of the questions could be answered; {} % at least",
                share(least)
            )));
        }
        if let Some(worst) = self.max_grade {
            let grade = grade(counted, head.people, head.facts.policy);
            if grade > worst {
                reasons.push(phrase!(format!("the grade is {grade}{less}; {worst} at worst")));
            }
        }
    }
}

/// What factors come to for which an acknowledgement holds.
pub fn acknowledged_value(head: &Scorecard<'_>) -> MilliPoints {
    let keys = super::acknowledged(head.facts.portfolio, head.facts.day);
    head.factors
        .iter()
        .filter(|factor| keys.contains(&factor.key()))
        .map(crate::score::factor::Factor::value)
        .sum()
}

/// The larger of an amount under the head's policy and under the base's, and whether it is the base's.
fn larger(change: &Comparison<'_>, amount: fn(&Parts) -> MilliPoints) -> (MilliPoints, &'static str) {
    let own = amount(&change.parts);
    match change.parts_base_policy.as_ref().map(amount) {
        Some(other) if other > own => (other, " under the policy it had before"),
        _ => (own, ""),
    }
}

fn at_most(tolerance: MilliPoints) -> String {
    if tolerance == MilliPoints::ZERO {
        String::new()
    } else {
        format!("; {} at most", thousandths(tolerance.mp()))
    }
}

fn rise(change: &Comparison<'_>, tolerance: MilliPoints) -> Option<Phrase> {
    let (rise, under) = larger(change, |parts| parts.rise() - parts.acknowledged);
    (rise > tolerance)
        .then(|| phrase!(format!("Decision Debt rises by {}{under}{}", points(rise), at_most(tolerance))))
}

fn introduced(change: &Comparison<'_>, tolerance: MilliPoints) -> Option<Phrase> {
    let (amount, under) = larger(change, |parts| parts.introduced - parts.acknowledged);
    (amount > tolerance)
        .then(|| phrase!(format!("{} are introduced{under}{}", points(amount), at_most(tolerance))))
}

fn accrued(change: &Comparison<'_>, tolerance: MilliPoints) -> Option<Phrase> {
    let accrued = change.ledger?.accrued;
    (accrued > tolerance)
        .then(|| phrase!(format!("time alone adds {}{}", points(accrued), at_most(tolerance))))
}

fn loosened(change: &Comparison<'_>) -> Option<Phrase> {
    let count = i64::try_from(change.loosened.len()).unwrap_or(i64::MAX);
    (count > 0).then(|| phrase!(counted(count, "thing is", "things are"), " asked less strictly than before"))
}

fn stale(change: &Comparison<'_>) -> Option<Phrase> {
    let count = i64::try_from(change.stale.len()).unwrap_or(i64::MAX);
    let entries = counted(count, "entry", "entries");
    (count > 0).then(|| {
        phrase!(format!(
            "the baseline has {entries} that the portfolio has outgrown; --prune-baseline takes them out"
        ))
    })
}

fn lapsed(head: &Scorecard<'_>) -> Option<Phrase> {
    let portfolio = head.facts.portfolio;
    let there: HashSet<_> = head.factors.iter().map(crate::score::factor::Factor::key).collect();
    let holding = super::acknowledged(portfolio, head.facts.day);
    let over = portfolio.acknowledgements.iter().filter(|one| one.through < head.facts.day);
    let mut words = Phrase::default();
    for one in over {
        // Named again since, or gone.
        let lapsed =
            finding(portfolio, one).is_some_and(|key| there.contains(&key) && !holding.contains(&key));
        if lapsed {
            let glue = if words.0.is_empty() { "an acknowledgement has run out: " } else { ", " };
            words = words.and(phrase!(glue, Piece::Finding(one.factor), " on ", one.through));
        }
    }
    (!words.0.is_empty()).then_some(words)
}

fn any(head: &Scorecard<'_>) -> Option<Phrase> {
    let keys = super::acknowledged(head.facts.portfolio, head.facts.day);
    let count = head.factors.iter().filter(|factor| !keys.contains(&factor.key())).count();
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let words =
        if count == 1 { "there is a factor".to_owned() } else { format!("there are {count} factors") };
    (count > 0).then(|| phrase!(words))
}
