//! How much a factor matters compared with the others, for clients that sort results into levels.

use crate::base::points::MilliPoints;
use crate::report::FactorRow;

/// By the share of the score: the worst factors that make up its first half, those up to nine tenths, the rest.
/// What is acknowledged is named out loud already, and counts as the rest. So a level says the same for a team of
/// five and for a company of ten thousand, where no factor alone has a large share.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Level {
    Error,
    Warning,
    Note,
}

/// Gives each factor its level; they must come worst first.
pub(super) struct Levels {
    score: i64,
    before: i64,
    /// Equal amounts are on one level.
    last: Option<(MilliPoints, Level)>,
}

impl Levels {
    pub(super) fn new(score: MilliPoints) -> Levels {
        Levels { score: score.mp(), before: 0, last: None }
    }

    pub(super) fn of(&mut self, row: &FactorRow) -> Level {
        let level = match self.last {
            Some((amount, level)) if amount == row.mp => level,
            _ if self.before.saturating_mul(2) < self.score => Level::Error,
            _ if self.before.saturating_mul(10) < self.score.saturating_mul(9) => Level::Warning,
            _ => Level::Note,
        };
        self.before = self.before.saturating_add(row.mp.mp());
        self.last = Some((row.mp, level));
        if row.acknowledged.is_some() { Level::Note } else { level }
    }
}
