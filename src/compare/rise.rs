//! The rise: the one number that the gate weighs. It is computed under both policies on the day of
//! the comparison, and again on later days and under the base's dates where new dates could hide debt. The largest counts.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::acknowledged::Acknowledgements;
use super::classify::{BaseView, Classified, Weighed, classify};
use super::concerned::{Concerned, begins_later};
use super::matching::{Key, Place};
use super::restated::{Views, Yardstick};
use crate::base::day::Day;
use crate::base::ids::{PersonIx, RuleIx, Subject};
use crate::base::points::MilliPoints;
use crate::model::{Pairing, Portfolio};
use crate::rules;
use crate::score::Unknown;
use crate::score::part::Part;
use crate::score::{Scorecard, tally};

/// Something that makes the debt rise.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Trip {
    /// The rule, in the head.
    pub rule: RuleIx,
    /// What it is about, in the head.
    pub subject: Subject,
    /// By how much, in principal and fees.
    pub amount: MilliPoints,
    /// Whether an acknowledgement for it was taken out.
    pub let_in: bool,
    /// The day on which it begins, where that is later than the day of the comparison.
    pub begins: Option<Day>,
}

impl Trip {
    /// The rule and the subject, in the head.
    pub fn key(&self) -> (RuleIx, Subject) {
        (self.rule, self.subject)
    }
}

/// What one judge makes of a change.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Judgement {
    /// Introduced and let in, less what was repaired and pays for it; without interest.
    pub rise: MilliPoints,
    /// What was introduced without an acknowledgement, and what was let in.
    pub introduced: MilliPoints,
    /// What makes it rise, largest first.
    pub trips: Vec<Trip>,
}

/// Both scorecards of one judge on the day of the comparison.
pub(super) struct Cards<'v> {
    /// The base with the head's dates.
    pub(super) base: Scorecard<'v>,
    pub(super) head: Scorecard<'v>,
    /// What the base could not answer with its own dates.
    unknown_undated: HashSet<(RuleIx, Subject)>,
    /// What each exclusive group of the base came to with its own dates.
    had_undated: HashMap<(usize, Subject), MilliPoints>,
}

impl<'v> Cards<'v> {
    /// Scores both sides. `undated` is the scorecard of the base with its own dates.
    pub(super) fn new(yardstick: &'v Yardstick<'_>, day: Day, undated: &Scorecard<'_>) -> Cards<'v> {
        let score = |portfolio: &'v Portfolio| tally(portfolio, yardstick.policy, day, Part::default());
        Cards {
            base: score(&yardstick.base_restated),
            head: score(&yardstick.head),
            unknown_undated: undated.unknown.iter().map(Unknown::key).collect(),
            had_undated: undated
                .factors
                .iter()
                .map(|factor| {
                    let group = rules::exclusive_group(factor.rule).start;
                    ((group, factor.subject), factor.amounts.principal + factor.amounts.fees)
                })
                .collect(),
        }
    }
}

/// One judge of a change: the base or the head, each by its own yardstick.
pub(super) struct Judge<'v, 'p> {
    pub(super) views: &'v Views<'p>,
    pub(super) yardstick: &'v Yardstick<'p>,
    pub(super) pairing: &'v Pairing,
    pub(super) base_day: Day,
    pub(super) acknowledgements: &'v Acknowledgements,
}

/// What counts for a key, and the day on which it does where that is a later one.
type Counted = BTreeMap<Key, (Weighed, RuleIx, Option<Day>)>;

impl<'v> Judge<'v, '_> {
    /// The change on the day of the comparison.
    pub(super) fn classify(&self, cards: &Cards<'v>) -> Classified {
        self.compare(&cards.base, &cards.head, cards)
    }

    fn compare(&self, base: &Scorecard<'_>, head: &Scorecard<'_>, cards: &Cards<'_>) -> Classified {
        let view = BaseView {
            card: base,
            pairing: self.pairing,
            own_day: self.base_day,
            unknown_undated: &cards.unknown_undated,
            had_undated: &cards.had_undated,
        };
        classify(Some(&view), head, self.acknowledgements)
    }

    /// The rise on that day, and behind the dates that cover or postpone something.
    pub(super) fn judge(&self, cards: &Cards<'v>, classified: &Classified) -> Judgement {
        let mut counted = Counted::new();
        for one in &classified.weighed {
            counted.insert(one.key, (*one, rule_of(one, &cards.head), None));
        }
        self.look_behind_dates(cards, &mut counted);
        self.look_ahead(cards, &mut counted);
        sum(&counted)
    }

    /// People whose dates changed: what is about them or theirs is judged under the base's dates as well.
    fn look_behind_dates(&self, cards: &Cards<'v>, counted: &mut Counted) {
        if self.views.redated.is_empty() {
            return;
        }
        let (policy, day) = (self.yardstick.policy, self.views.day);
        let base = tally(&self.yardstick.base, policy, day, Part::default());
        let head = tally(&self.yardstick.head_with_base_dates, policy, day, Part::default());
        let concerned = Concerned::by_new_dates(&self.views.redated, &base.facts, &head.facts, self.pairing);
        self.consider(&base, &head, cards, &concerned, None, counted);
    }

    /// What begins or ends later by a date that is new: compared on each such day as well.
    fn look_ahead(&self, cards: &Cards<'v>, counted: &mut Counted) {
        let later = begins_later(&self.yardstick.base, &self.yardstick.head, self.pairing, self.views.day);
        for (day, items) in later {
            let policy = self.yardstick.policy;
            let base = tally(&self.yardstick.base_restated, policy, day, Part::default());
            let head = tally(&self.yardstick.head, policy, day, Part::default());
            let concerned = Concerned::by_items(&items, &head.facts);
            self.consider(&base, &head, cards, &concerned, Some(day), counted);
        }
    }

    /// Lets what is concerned count in place of what counted so far, where it rises by more.
    fn consider(
        &self,
        base: &Scorecard<'_>,
        head: &Scorecard<'_>,
        cards: &Cards<'_>,
        concerned: &Concerned,
        begins: Option<Day>,
        counted: &mut Counted,
    ) {
        for one in self.compare(base, head, cards).weighed {
            let rule = rule_of(&one, head);
            if one.now.is_none() || !concerned.has(one.key, rule) {
                continue;
            }
            let so_far = counted.get(&one.key).map_or(MilliPoints::ZERO, |(so_far, ..)| so_far.net());
            if one.net() > so_far {
                counted.insert(one.key, (one, rule, begins));
            }
        }
    }
}

/// The rule of a factor of the head; any of its group where there is none.
fn rule_of(one: &Weighed, head: &Scorecard<'_>) -> RuleIx {
    let now = one.now.and_then(|at| head.factors.get(at));
    now.map_or_else(|| RuleIx::at(one.key.group), |factor| factor.rule)
}

/// The rise over all keys. What is repaired without paying still pays for what the same act leaves: something else
/// about the same person, at an item that the base has.
fn sum(counted: &Counted) -> Judgement {
    let mut left: HashMap<PersonIx, MilliPoints> = HashMap::new();
    for (one, ..) in counted.values() {
        if let Some(about) = one.about {
            *left.entry(about).or_default() += one.unpaid;
        }
    }
    let mut judgement = Judgement::default();
    for (key, (one, rule, begins)) in counted {
        let pool = one.about.filter(|_| one.is_left).and_then(|about| left.get_mut(&about));
        let excused = pool.map_or(MilliPoints::ZERO, |pool| {
            let excused = one.introduced.min(*pool - one.unpaid).max(MilliPoints::ZERO);
            *pool = *pool - excused;
            excused
        });
        let introduced = one.introduced - excused + one.let_in;
        judgement.rise += introduced - one.paid;
        judgement.introduced += introduced;
        let Place::Head(subject) = key.place else { continue };
        if introduced > MilliPoints::ZERO {
            let (rule, begins) = (*rule, *begins);
            let let_in = one.let_in > MilliPoints::ZERO;
            judgement.trips.push(Trip { rule, subject, amount: introduced, let_in, begins });
        }
    }
    judgement.trips.sort_by_key(|trip| (std::cmp::Reverse(trip.amount), trip.rule, trip.subject));
    judgement
}
