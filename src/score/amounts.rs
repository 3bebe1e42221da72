//! What a factor costs: principal, fees and interest from its unit and its basis.

use crate::base::points::MilliPoints;
use crate::rules::facts::Facts;
use crate::rules::rule::Basis;

/// The three parts of a factor's value.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Amounts {
    /// What it costs by itself; depends on the data only.
    pub principal: MilliPoints,
    /// What putting it off has added; depends on the data only.
    pub fees: MilliPoints,
    /// What time has added.
    pub interest: MilliPoints,
}

/// Missed meetings beyond the first, up to the cap: `max(0, min(n, missed_cap) − 1)`.
pub fn missed_units(missed: i64, missed_cap: i64) -> i64 {
    missed.min(missed_cap).saturating_sub(1).max(0)
}

impl Amounts {
    /// The amounts of what was found: what one unit costs, and how they come about.
    pub fn of(facts: &Facts<'_>, unit: MilliPoints, basis: Basis) -> Amounts {
        let policy = facts.policy;
        match basis {
            Basis::Flat => Amounts { principal: unit, ..Amounts::default() },
            Basis::Each { count } => Amounts { principal: unit.times(count), ..Amounts::default() },
            Basis::Growing { weeks, deferrals, .. } => Amounts {
                principal: unit,
                fees: unit.fee(policy.deferral_bp, deferrals, policy.max_deferrals),
                interest: unit.interest(facts.growth.after(weeks)),
            },
            Basis::Missed { cancelled, by_time } => {
                let principal = unit.times(missed_units(cancelled, policy.missed_cap));
                let all = unit.times(missed_units(cancelled.max(by_time), policy.missed_cap));
                Amounts { principal, fees: MilliPoints::ZERO, interest: all - principal }
            }
        }
    }

    /// `principal + fees + interest`.
    pub fn value(self) -> MilliPoints {
        self.principal + self.fees + self.interest
    }
}
