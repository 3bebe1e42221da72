//! The gate: decides whether a change or a score fails the build. On exact integers; time alone never fails it unless
//! it is asked to.

use std::collections::HashSet;

use super::{Comparison, Judgement};
use crate::base::day::Day;
use crate::base::decimal::{held_against, one_decimal, thousandths};
use crate::base::ids::{RuleIx, Subject};
use crate::base::message::{Fact, Message, counted, message};
use crate::base::points::{BasisPoints, MilliPoints};
use crate::model::Portfolio;
use crate::rules;
use crate::score::headline::grade;
use crate::score::warnings::finding;
use crate::score::{Scorecard, range};

/// What makes the gate fail.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum FailOn {
    /// Introduced less repaired.
    Rise,
    /// Anything new or larger, even if as much was repaired.
    Introduced,
    /// Anything that is revealed.
    Revealed,
    /// What time alone added.
    Accrued,
    /// An acknowledgement that has run out.
    Lapsed,
    /// Anything where the head is more lenient than the base.
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
            FailOn::Revealed => "revealed",
            FailOn::Accrued => "accrued",
            FailOn::Lapsed => "lapsed",
            FailOn::Loosened => "loosened",
            FailOn::Any => "any",
        }
    }

    /// Whether it needs something to compare with.
    pub fn compares(self) -> bool {
        match self {
            FailOn::Rise | FailOn::Introduced | FailOn::Revealed | FailOn::Accrued | FailOn::Loosened => true,
            FailOn::Lapsed | FailOn::Any => false,
        }
    }
}

/// How much debt the gate tolerates.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tolerance {
    /// Points.
    Points(MilliPoints),
    /// Basis points of what the base comes to now.
    Share(i64),
}

/// What the gate is asked to hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Limits {
    /// What makes it fail.
    pub fail_on: Vec<FailOn>,
    /// How much of a rise, of introduced debt and of accrued debt is tolerated.
    pub tolerance: Tolerance,
    /// The highest score.
    pub max_score: Option<MilliPoints>,
    /// The highest score for each scored person.
    pub max_per_person: Option<MilliPoints>,
    /// The lowest coverage, in basis points.
    pub min_coverage: Option<i64>,
    /// The worst grade, A to E.
    pub max_grade: Option<&'static str>,
    /// Whether the budgets are held against the high end of the range.
    pub at_worst: bool,
    /// With `--locked`, where debt lower than the base says fails as well: the command that lowers the base.
    pub locked: Option<String>,
}

/// What the gate says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// What makes it fail.
    pub fail_on: Vec<FailOn>,
    /// How much was tolerated.
    pub tolerance: MilliPoints,
    /// Why it failed, in the order of `fail_on`; empty if it holds.
    pub reasons: Vec<Message>,
    /// Which of those that make it fail did.
    pub tripped: Vec<FailOn>,
    /// The factors whose acknowledgement has run out, where that made it fail.
    pub lapsed: Vec<Key>,
}

impl Limits {
    /// Asks the gate; `comparison` is `None` if nothing was compared.
    pub fn ask(&self, head: &Scorecard<'_>, comparison: Option<&Comparison<'_>>) -> Verdict {
        let whole = comparison.map_or(MilliPoints::ZERO, |comparison| comparison.whole);
        let tolerance = match self.tolerance {
            Tolerance::Points(points) => points,
            Tolerance::Share(bp) => whole.share(BasisPoints::new(bp)),
        };
        let (mut reasons, mut tripped) = (Vec::new(), Vec::new());
        let lapsed = lapsed(head, comparison);
        for fail_on in &self.fail_on {
            let reason = match fail_on {
                FailOn::Rise => comparison.and_then(|change| rise(change, tolerance)),
                FailOn::Introduced => comparison.and_then(|change| introduced(change, tolerance)),
                FailOn::Revealed => comparison.and_then(|change| revealed(change, tolerance)),
                FailOn::Accrued => comparison.and_then(|change| accrued(change, tolerance)),
                FailOn::Lapsed => has_lapsed(&lapsed),
                FailOn::Loosened => comparison.and_then(loosened),
                FailOn::Any => any(head),
            };
            tripped.extend(reason.as_ref().map(|_| *fail_on));
            reasons.extend(reason);
        }
        if let Some(command) = &self.locked {
            reasons.extend(comparison.and_then(|change| slack(change, command)));
        }
        self.budgets(head, &mut reasons);
        let lapsed = if tripped.contains(&FailOn::Lapsed) {
            lapsed.into_iter().map(|(key, _)| key).collect()
        } else {
            Vec::new()
        };
        Verdict { fail_on: self.fail_on.clone(), tolerance, reasons, tripped, lapsed }
    }

    /// Budgets do not count acknowledged factors.
    fn budgets(&self, head: &Scorecard<'_>, reasons: &mut Vec<Message>) {
        let named = acknowledged_value(head);
        let score = if self.at_worst { range::high(head) } else { head.score };
        let counted = score - named;
        let mut less = if named > MilliPoints::ZERO {
            format!(" (without {} points acknowledged)", one_decimal(named.mp()))
        } else {
            String::new()
        };
        if self.at_worst {
            less.push_str(" at worst, counting one unit for each question not answered");
        }
        if let Some(most) = self.max_score.filter(|most| counted > *most) {
            let (now, most) = held_against(counted.mp(), most.mp());
            reasons.push(message!(format!("the score is {now} points{less}; {most} at most")));
        }
        let people = i64::try_from(head.people).unwrap_or(i64::MAX);
        if let Some(most) = self.max_per_person.filter(|most| counted > most.times(people)) {
            let (each, most) = held_against(counted.per(head.people).mp(), most.mp());
            reasons.push(message!(format!("the score is {each} points per person{less}; {most} at most")));
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
            reasons.push(message!(format!(
                "{now} of the questions could be answered; {} % at least",
                share(least)
            )));
        }
        if let Some(worst) = self.max_grade {
            let grade = grade(counted, head.people, head.facts.policy);
            if grade > worst {
                reasons.push(message!(format!("the grade is {grade}{less}; {worst} at worst")));
            }
        }
    }
}

/// The value of the factors for which an acknowledgement holds.
pub fn acknowledged_value(head: &Scorecard<'_>) -> MilliPoints {
    let keys = acknowledged(head.facts.portfolio, head.facts.day);
    head.factors
        .iter()
        .filter(|factor| keys.contains(&factor.key()))
        .map(crate::score::factor::Factor::value)
        .sum()
}

/// An amount that is more than what is accepted, and how much that is, where it is anything.
fn beyond(amount: MilliPoints, tolerance: MilliPoints) -> (String, String) {
    let (amount, most) = held_against(amount.mp(), tolerance.mp());
    let most = if tolerance == MilliPoints::ZERO { String::new() } else { format!("; {most} at most") };
    (format!("{amount} points"), most)
}

/// The policy that decided, if it is not the head's own.
fn by_whom(change: &Comparison<'_>) -> &'static str {
    if change.base_judges() { " under the previous policy" } else { "" }
}

fn rise(change: &Comparison<'_>, tolerance: MilliPoints) -> Option<Message> {
    let Judgement { rise, trips, .. } = change.rise();
    let (rise, under) = (*rise, by_whom(change));
    let first = trips.iter().filter_map(|trip| trip.begins).min();
    (rise > tolerance).then(|| {
        let (by, most) = beyond(rise, tolerance);
        let words = message!(format!("Decision Debt rises by {by}{under}{most}"));
        match first {
            Some(day) => words.and(message!(", some of it on ", day)),
            None => words,
        }
    })
}

fn introduced(change: &Comparison<'_>, tolerance: MilliPoints) -> Option<Message> {
    let own = change.judgement.introduced;
    let by_base = change.by_base.as_ref().map_or(own, |by_base| by_base.judgement.introduced);
    let amount = own.max(by_base);
    let (shown, most) = beyond(amount, tolerance);
    (amount > tolerance).then(|| message!(format!("{shown} are introduced{most}")))
}

fn revealed(change: &Comparison<'_>, tolerance: MilliPoints) -> Option<Message> {
    let amount = change.parts.revealed.weight;
    let (shown, most) = beyond(amount, tolerance);
    (amount > tolerance).then(|| message!(format!("{shown} are revealed{most}")))
}

fn accrued(change: &Comparison<'_>, tolerance: MilliPoints) -> Option<Message> {
    change.base.as_ref()?;
    let accrued = change.parts.accrued;
    let (shown, most) = beyond(accrued, tolerance);
    (accrued > tolerance).then(|| message!(format!("time alone adds {shown}{most}")))
}

fn loosened(change: &Comparison<'_>) -> Option<Message> {
    let count = i64::try_from(change.loosened.len()).unwrap_or(i64::MAX);
    (count > 0).then(|| message!(counted(count, "thing is", "things are"), " more lenient than before"))
}

/// A baseline that admits more debt than there is.
fn slack(change: &Comparison<'_>, command: &str) -> Option<Message> {
    let lower = change.parts.repaired.weight + change.parts.withdrawn.weight;
    (lower > MilliPoints::ZERO).then(|| {
        let (lower, _) = beyond(lower, MilliPoints::ZERO);
        message!(format!("debt is {lower} lower than the baseline says; `{command}` lowers it"))
    })
}

/// Acknowledgements that have run out, in the head or in the base, while their factor is still there.
fn lapsed(head: &Scorecard<'_>, comparison: Option<&Comparison<'_>>) -> Vec<(Key, Day)> {
    let portfolio = head.facts.portfolio;
    let there: HashSet<_> = head.factors.iter().map(crate::score::factor::Factor::key).collect();
    let holding = acknowledged(portfolio, head.facts.day);
    let mut over: Vec<(Key, Day)> = Vec::new();
    let mut add = |key: Option<Key>, through: Day| {
        let open =
            key.filter(|key| there.contains(key) && !holding.contains(key) && through < head.facts.day);
        over.extend(open.map(|key| (key, through)));
    };
    for one in &portfolio.acknowledgements {
        add(finding(portfolio, one), one.through);
    }
    if let Some((base, pairing)) =
        comparison.and_then(|change| Some((change.base.as_ref()?, change.pairing?)))
    {
        let portfolio = base.facts.portfolio;
        for one in &portfolio.acknowledgements {
            let key = finding(portfolio, one);
            add(key.and_then(|(rule, subject)| Some((rule, pairing.in_head(subject)?))), one.through);
        }
    }
    over.sort_unstable();
    // Of several for one factor the last one counts.
    over.dedup_by(|later, earlier| {
        let same = later.0 == earlier.0;
        if same {
            earlier.1 = later.1;
        }
        same
    });
    over
}

fn has_lapsed(over: &[(Key, Day)]) -> Option<Message> {
    let mut words = Message::default();
    for ((rule, subject), through) in over {
        let glue = if words.0.is_empty() { "an acknowledgement has run out: " } else { ", " };
        let id = format!("{}:{}:", rules::at(*rule).code, subject.type_name());
        words = words.and(message!(glue, id, Fact::Id(*subject), " on ", *through));
    }
    (!words.0.is_empty()).then_some(words)
}

fn any(head: &Scorecard<'_>) -> Option<Message> {
    let keys = acknowledged(head.facts.portfolio, head.facts.day);
    let count = head.factors.iter().filter(|factor| !keys.contains(&factor.key())).count();
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let words =
        if count == 1 { "there is a factor".to_owned() } else { format!("there are {count} factors") };
    (count > 0).then(|| message!(words))
}

/// A rule about a subject of one portfolio.
pub type Key = (RuleIx, Subject);

/// The factors for which an acknowledgement holds on a day.
fn acknowledged(portfolio: &Portfolio, day: Day) -> HashSet<Key> {
    let holding = portfolio.acknowledgements.iter().filter(|one| one.holds(day));
    holding.filter_map(|one| finding(portfolio, one)).collect()
}
