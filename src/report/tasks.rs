//! What to do next: factors that one act resolves are one task, and its minutes count once.

use std::collections::HashMap;

use super::factors::Factors;
use crate::base::names::Label;
use crate::base::points::MilliPoints;
use crate::rules;
use crate::rules::rule::Act;
use crate::score::Scorecard;
use crate::score::factor::Factor;

/// Something to do.
pub struct Task {
    /// Who can; nobody where that is the problem.
    pub who: Option<Label>,
    /// What, beginning with a verb in lower case.
    pub what: Label,
    /// How much debt it removes.
    pub removes: MilliPoints,
    /// About how many minutes it takes.
    pub minutes: i64,
}

/// The best tasks: most debt removed for each hour, then most debt removed.
pub fn tasks(card: &Scorecard<'_>, factors: &Factors<'_>, most: usize) -> Vec<Task> {
    // The worst factor of each act comes first and speaks for it.
    let mut acts: HashMap<Act, (usize, MilliPoints, i64)> = HashMap::new();
    for (index, factor) in card.factors.iter().enumerate() {
        let minutes = rules::at(factor.rule).minutes;
        let entry = acts.entry(factor.found.act).or_insert((index, MilliPoints::ZERO, minutes));
        entry.1 += factor.value();
        entry.2 = entry.2.max(minutes);
    }
    let mut ranked: Vec<(usize, MilliPoints, i64)> =
        acts.into_values().filter(|act| act.1 > MilliPoints::ZERO).collect();
    // a per minute against b per minute, without dividing.
    ranked.sort_by(|a, b| b.1.times(a.2).cmp(&a.1.times(b.2)).then(b.1.cmp(&a.1)).then(a.0.cmp(&b.0)));
    ranked.truncate(most);
    let task = |(index, removes, minutes): (usize, MilliPoints, i64)| {
        let factor: &Factor = &card.factors[index];
        let row = factors.row(factor);
        Task { who: row.owner_label, what: row.task, removes, minutes }
    };
    ranked.into_iter().map(task).collect()
}
