//! What to do next: factors that one act resolves are one task, and its minutes count once.

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
pub fn tasks(factors: &Factors<'_>, most: usize) -> Vec<Task> {
    if most == 0 {
        return Vec::new();
    }
    if let Some(sums) = factors.sums() {
        let ranked =
            best(sums.iter().enumerate().map(|(at, sum)| (at, sum.value(), sum.minutes())).collect(), most);
        let task =
            |(at, removes, minutes): Ranked| Task { who: None, what: sums[at].task(), removes, minutes };
        return ranked.into_iter().map(task).collect();
    }
    // The worst factor of each act comes first and speaks for it.
    let mut acts: FastMap<Act, (usize, MilliPoints, i64)> = FastMap::default();
    let in_order = factors.in_order();
    for (index, factor) in in_order.iter().enumerate() {
        let minutes = rules::at(factor.rule).minutes;
        let entry = acts.entry(factor.found.act).or_insert((index, MilliPoints::ZERO, minutes));
        entry.1 += factor.value();
        entry.2 = entry.2.max(minutes);
    }
    let task = |(index, removes, minutes): Ranked| {
        let row = factors.row(in_order[index]);
        Task { who: row.owner_label, what: row.task, removes, minutes }
    };
    best(acts.into_values().collect(), most).into_iter().map(task).collect()
}

/// A place in the order of the rows, how much debt it removes, and the minutes it takes.
type Ranked = (usize, MilliPoints, i64);

fn best(mut ranked: Vec<Ranked>, most: usize) -> Vec<Ranked> {
    ranked.retain(|act| act.1 > MilliPoints::ZERO);
    // a per minute against b per minute, without dividing.
    ranked.sort_by(|a, b| b.1.times(a.2).cmp(&a.1.times(b.2)).then(b.1.cmp(&a.1)).then(a.0.cmp(&b.0)));
    ranked.truncate(most);
    ranked
}
