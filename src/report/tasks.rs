//! What to do next: factors that one act resolves are one task, and its minutes count once.

use super::Ordered;
use super::factors::Factors;
use crate::base::names::{FastMap, Untrusted};
use crate::base::points::MilliPoints;
use crate::rules;
use crate::rules::rule::Act;

/// Something to do.
pub struct Task {
    /// Who can; nobody where that is the problem.
    pub who: Option<Untrusted>,
    /// What, beginning with a verb in lower case.
    pub what: Untrusted,
    /// How much debt it removes.
    pub removes: MilliPoints,
    /// About how many minutes it takes.
    pub minutes: i64,
}

/// The best tasks: most debt removed for each hour, then most debt removed.
pub fn tasks(factors: &Factors<'_>, most: usize) -> Ordered<Task> {
    if most == 0 {
        return Ordered::none();
    }
    if let Some(sums) = factors.sums() {
        let ranked = sums.iter().enumerate().map(|(place, sum)| Ranked {
            place,
            removes: sum.value(),
            minutes: sum.minutes(),
        });
        return best(ranked.collect(), most).map(|one| Task {
            who: None,
            what: sums[one.place].task(),
            removes: one.removes,
            minutes: one.minutes,
        });
    }
    // The worst factor of each act comes first and speaks for it.
    let mut acts: FastMap<Act, Ranked> = FastMap::default();
    let in_order = factors.in_order();
    for (place, factor) in in_order.iter().enumerate() {
        let minutes = rules::at(factor.rule).minutes;
        let act = acts.entry(factor.found.act);
        let act = act.or_insert(Ranked { place, removes: MilliPoints::ZERO, minutes });
        act.removes += factor.value();
        act.minutes = act.minutes.max(minutes);
    }
    best(acts.into_values().collect(), most).map(|one| {
        let row = factors.row(in_order[one.place]);
        Task { who: row.owner_label, what: row.task, removes: one.removes, minutes: one.minutes }
    })
}

/// A task before it is put into words.
pub(super) struct Ranked {
    /// The place of its worst row among the rows as they are shown.
    pub(super) place: usize,
    pub(super) removes: MilliPoints,
    pub(super) minutes: i64,
}

fn best(mut ranked: Vec<Ranked>, most: usize) -> Ordered<Ranked> {
    ranked.retain(|act| act.removes > MilliPoints::ZERO);
    Ordered::sorted(ranked).first(most)
}
