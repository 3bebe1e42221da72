//! The change between two portfolios in exact parts, and the rise that the gate decides on. Both sides are scored by the
//! same `scorecard`; nothing here reads files, revisions or clocks, and nothing names a rule.

mod acknowledged;
pub mod baseline;
mod classify;
mod concerned;
pub mod gate;
pub mod loosened;
mod matching;
mod parts;
mod restated;
mod rise;
mod staffing;

use crate::base::day::Day;
use crate::base::points::MilliPoints;
use crate::model::{Pairing, Portfolio};
use crate::policy::Policy;
use crate::score::part::Part;
use crate::score::{Nobody, Scorecard, scorecard, tally};
use acknowledged::Acknowledgements;
use classify::{Classified, Weighed, classify};
use loosened::Loosened;
use restated::Yardstick;
use rise::{Cards, Judge};
use staffing::Dates;

pub use parts::{Amount, Changed, Kind, Of, Parts};
pub use restated::Views;
pub use rise::{Judgement, Trip};

/// A portfolio with the policy it brings along and its own day.
#[derive(Clone, Copy, Debug)]
pub struct Side<'p> {
    /// The portfolio.
    pub portfolio: &'p Portfolio,
    /// Its policy.
    pub policy: &'p Policy,
    /// Its own day.
    pub day: Day,
}

/// The change as the base judges it, where that is another yardstick.
#[derive(Debug)]
pub struct ByBase<'v> {
    /// The head on the day of the comparison.
    pub head: Scorecard<'v>,
    /// The base on that day, with the head's dates.
    pub base: Scorecard<'v>,
    /// The same with its own dates.
    pub undated: Scorecard<'v>,
    /// Every factor that changed, largest change first, ties by identity.
    pub changed: Vec<Changed>,
    /// The rise.
    pub judgement: Judgement,
}

/// The change from one portfolio to another.
#[derive(Debug)]
pub struct Comparison<'v> {
    /// The head under its own policy on the day of the comparison.
    pub head: Scorecard<'v>,
    /// The base on that day, as the head judges, with the head's dates; none where there is nothing to compare with.
    pub base: Option<Scorecard<'v>>,
    /// The same with its own dates.
    pub undated: Option<Scorecard<'v>>,
    /// The base's score on its own day under its own policy.
    pub from: MilliPoints,
    /// What the base comes to now, without interest: a tolerance in per cent is a share of this.
    pub whole: MilliPoints,
    /// The parts, as the head judges.
    pub parts: Parts,
    /// Every factor that changed, largest change first, ties by identity.
    pub changed: Vec<Changed>,
    /// The rise, as the head judges.
    pub judgement: Judgement,
    /// The same as the base judges, where that is another yardstick.
    pub by_base: Option<ByBase<'v>>,
    /// Where the head is more lenient than the base.
    pub loosened: Vec<Loosened>,
    /// Which item is which; none where there is nothing to compare with.
    pub pairing: Option<&'v Pairing>,
}

impl Comparison<'_> {
    /// The judgement that counts: the larger rise.
    pub fn rise(&self) -> &Judgement {
        match &self.by_base {
            Some(by_base) if by_base.judgement.rise > self.judgement.rise => &by_base.judgement,
            _ => &self.judgement,
        }
    }

    /// The judgement by which more is introduced.
    pub fn introduced(&self) -> &Judgement {
        match &self.by_base {
            Some(by_base) if by_base.judgement.introduced > self.judgement.introduced => &by_base.judgement,
            _ => &self.judgement,
        }
    }

    /// Whether the judgement that counts is the base's.
    pub fn base_judges(&self) -> bool {
        self.by_base.as_ref().is_some_and(|by_base| by_base.judgement.rise > self.judgement.rise)
    }
}

/// Compares two portfolios. Without a base everything is revealed, and nothing rises.
pub fn compare<'v>(views: &'v Views<'_>) -> Result<Comparison<'v>, Nobody> {
    let (head, day) = (views.head, views.day);
    let (Some(base), Some(pairing), Some(yardstick)) = (views.base, &views.pairing, &views.by_head) else {
        return first(views);
    };
    let score = |portfolio: &'v Portfolio, policy: &'v Policy, day: Day| {
        tally(portfolio, policy, day, Part::default())
    };
    let then = score(base.portfolio, base.policy, base.day).score;
    let acknowledgements = Acknowledgements::new(Some((base.portfolio, pairing)), head.portfolio, day);
    let judge = |yardstick: &'v Yardstick<'_>| Judge {
        views,
        yardstick,
        pairing,
        base_day: base.day,
        acknowledgements: &acknowledgements,
    };
    let by_head = judge(yardstick);
    let ByHead { undated, cards, rows, weighed, parts } = seen_by_head(&by_head, yardstick, base, then)?;
    let dates = Dates { undated: &undated, dated: &cards.base };
    let judgement = by_head.judge(&cards, &Classified { rows: Vec::new(), weighed });
    let by_base = views.by_base.as_ref().map(|yardstick| {
        let undated = score(&yardstick.base, yardstick.policy, day);
        let cards = Cards::new(yardstick, day, &undated);
        let by_base = judge(yardstick);
        let mut classified = by_base.classify(&cards);
        let judgement = by_base.judge(&cards, &classified);
        let dates = Dates { undated: &undated, dated: &cards.base };
        classified.rows.extend(staffing::rows(&dates, &cards.head, pairing));
        let changed = sorted(classified.rows, Some(&dates), &cards.head);
        ByBase { head: cards.head, base: cards.base, undated, changed, judgement }
    });
    let loosened = loosened::all(base, head, &cards.head, pairing);
    let whole = cards.base.factors.iter().map(|factor| factor.amounts.principal + factor.amounts.fees).sum();
    let changed = sorted(rows, Some(&dates), &cards.head);
    Ok(Comparison {
        head: cards.head,
        base: Some(cards.base),
        undated: Some(undated),
        from: then,
        whole,
        parts,
        changed,
        judgement,
        by_base,
        loosened,
        pairing: Some(pairing),
    })
}

/// The parts of a change alone. `then` is what the base comes to on its own day under its own policy.
///
/// # Errors
/// Nobody is scored in the head.
pub fn parts(views: &Views<'_>, then: MilliPoints) -> Result<Parts, Nobody> {
    let (Some(base), Some(pairing), Some(yardstick)) = (views.base, &views.pairing, &views.by_head) else {
        return first(views).map(|comparison| comparison.parts);
    };
    let acknowledgements =
        &Acknowledgements::new(Some((base.portfolio, pairing)), views.head.portfolio, views.day);
    let judge = Judge { views, yardstick, pairing, base_day: base.day, acknowledgements };
    Ok(seen_by_head(&judge, yardstick, base, then)?.parts)
}

/// A change as the head judges, before anything is weighed.
struct ByHead<'v> {
    undated: Scorecard<'v>,
    cards: Cards<'v>,
    rows: Vec<Changed>,
    weighed: Vec<Weighed>,
    parts: Parts,
}

fn seen_by_head<'v>(
    judge: &Judge<'_, '_>,
    yardstick: &'v Yardstick<'_>,
    base: Side<'_>,
    then: MilliPoints,
) -> Result<ByHead<'v>, Nobody> {
    let (head, day) = (judge.views.head, judge.views.day);
    let score = |day| tally(&yardstick.base, yardstick.policy, day, Part::default());
    let same = base.policy == head.policy && std::ptr::eq(&raw const *yardstick.base, base.portfolio);
    let measured = if same { then } else { score(base.day).score };
    let undated = score(day);
    let cards = Cards::new(yardstick, day, &undated);
    // That nobody is scored is an error only in the head: a base may have been empty.
    if cards.head.people == 0 {
        return Err(Nobody(day));
    }
    let Classified { mut rows, weighed } = judge.classify(&cards);
    let mut parts =
        Parts { recalibrated: measured - then, accrued: undated.score - measured, ..Parts::default() };
    rows.extend(staffing::rows(&Dates { undated: &undated, dated: &cards.base }, &cards.head, judge.pairing));
    for row in &rows {
        parts.add(row);
    }
    Ok(ByHead { undated, cards, rows, weighed, parts })
}

/// A first portfolio: everything is revealed.
fn first<'v>(views: &'v Views<'_>) -> Result<Comparison<'v>, Nobody> {
    let (head, day) = (views.head, views.day);
    let card = scorecard(head.portfolio, head.policy, day, Part::default())?;
    let acknowledgements = Acknowledgements::new(None, head.portfolio, day);
    let Classified { rows, .. } = classify(None, &card, &acknowledgements);
    let mut parts = Parts::default();
    for row in &rows {
        parts.add(row);
    }
    Ok(Comparison {
        base: None,
        undated: None,
        from: MilliPoints::ZERO,
        whole: MilliPoints::ZERO,
        parts,
        changed: sorted(rows, None, &card),
        judgement: Judgement::default(),
        by_base: None,
        loosened: Vec::new(),
        pairing: None,
        head: card,
    })
}

/// Largest change first, ties by identity.
fn sorted(mut rows: Vec<Changed>, base: Option<&Dates<'_, '_>>, head: &Scorecard<'_>) -> Vec<Changed> {
    let id = |one: &Changed| {
        let (card, at) = match one.of {
            Of::Undated(at) => (base.map(|base| base.undated), at),
            Of::Base(at) => (base.map(|base| base.dated), at),
            Of::Head(at) => (Some(head), at),
        };
        let factor = card.and_then(|card| Some((card, card.factors.get(at)?)));
        factor.map_or_else(String::new, |(card, factor)| factor.id(card.facts.portfolio))
    };
    rows.sort_by_cached_key(|one| (std::cmp::Reverse(one.size()), id(one), one.kind));
    rows
}
