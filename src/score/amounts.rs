//! What a factor costs: principal, fees and interest from its unit and its basis.

use crate::base::points::{Growth, MilliPoints};
use crate::policy::Policy;
use crate::rules::facts::Facts;
use crate::rules::rule::Basis;
pub use crate::rules::subjects::one_on_ones::missed_units;

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

impl Amounts {
    /// The amounts of what was found: what one unit costs, and how they come about.
    pub fn of(facts: &Facts<'_>, unit: MilliPoints, basis: Basis) -> Amounts {
        Amounts::under(facts.policy, &facts.growth, unit, basis)
    }

    /// The same under another policy, with the growth that it has.
    pub fn under(policy: &Policy, growth: &Growth, unit: MilliPoints, basis: Basis) -> Amounts {
        match basis {
            Basis::Flat => Amounts { principal: unit, ..Amounts::default() },
            Basis::Each { count } => Amounts { principal: unit.times(count), ..Amounts::default() },
            Basis::Growing { weeks, deferrals, .. } => Amounts {
                principal: unit,
                fees: unit.fee(policy.deferral_bp, deferrals, policy.max_deferrals),
                interest: unit.interest(growth.after(weeks)),
            },
            Basis::Missed { cancelled, by_time } => {
                let principal = unit.times(missed_units(cancelled, policy.missed_cap));
                let all = unit.times(missed_units(cancelled.max(by_time), policy.missed_cap));
                Amounts { principal, fees: MilliPoints::ZERO, interest: all - principal }
            }
        }
    }

    /// What this many renewals of its acknowledgement have added: each is a deferral.
    pub fn of_renewals(self, facts: &Facts<'_>, renewals: i64) -> MilliPoints {
        self.renewed(facts.policy, renewals)
    }

    /// The same under another policy.
    pub fn renewed(self, policy: &Policy, renewals: i64) -> MilliPoints {
        self.principal.fee(policy.deferral_bp, renewals, policy.max_deferrals)
    }

    /// The same with that among its fees.
    #[must_use]
    pub fn with_renewals(self, facts: &Facts<'_>, renewals: i64) -> Amounts {
        Amounts { fees: self.fees + self.of_renewals(facts, renewals), ..self }
    }

    /// `principal + fees + interest`.
    pub fn value(self) -> MilliPoints {
        self.principal + self.fees + self.interest
    }
}
