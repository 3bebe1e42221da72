//! All arithmetic on points, on whole milli-points. Formulas: scoring rules, "A factor" and "The headline".
//! Sums saturate instead of wrapping: the limits on policies keep real ones far below.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub};

use serde::{Serialize, Serializer};

use super::decimal;

/// An amount of debt in milli-points: 1,000 are one point, about one hour of conversation owed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct MilliPoints(i64);

/// A rate in basis points: 100 are one percent.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct BasisPoints(i64);

impl BasisPoints {
    /// That many basis points.
    pub const fn new(bp: i64) -> BasisPoints {
        BasisPoints(bp)
    }

    /// The whole number of basis points.
    pub const fn bp(self) -> i64 {
        self.0
    }
}

/// As a percentage, without its sign: `5`, `2.5`.
impl std::fmt::Display for BasisPoints {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&decimal::thousandths(self.0.saturating_mul(10)))
    }
}

/// A ratio in parts per million.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Ratio(i64);

impl Ratio {
    /// One whole: growth that has not begun.
    pub const ONE: Ratio = Ratio(1_000_000);

    /// That many parts per million.
    pub const fn from_ppm(ppm: i64) -> Ratio {
        Ratio(ppm)
    }
}

impl Sub for Ratio {
    type Output = Ratio;
    fn sub(self, other: Ratio) -> Ratio {
        Ratio(self.0.saturating_sub(other.0))
    }
}

/// With all six decimals: `1.050000`.
impl std::fmt::Display for Ratio {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Ratio(ppm) = *self;
        write!(f, "{}.{:06}", ppm.div_euclid(Ratio::ONE.0), ppm.rem_euclid(Ratio::ONE.0))
    }
}

/// Basis points in the whole.
const WHOLE_BP: i64 = 10_000;

impl MilliPoints {
    /// No debt.
    pub const ZERO: MilliPoints = MilliPoints(0);

    /// That many milli-points.
    pub const fn new(mp: i64) -> MilliPoints {
        MilliPoints(mp)
    }

    /// The whole number of milli-points.
    pub const fn mp(self) -> i64 {
        self.0
    }

    /// This amount `count` times.
    #[must_use]
    pub fn times(self, count: i64) -> MilliPoints {
        MilliPoints(self.0.saturating_mul(count))
    }

    /// What `deferrals` pushed dates add: `(principal × rate × min(deferrals, most) + 5,000) div 10,000`.
    #[must_use]
    pub fn fee(self, rate: BasisPoints, deferrals: i64, most: i64) -> MilliPoints {
        let raw = self.0.saturating_mul(rate.0).saturating_mul(deferrals.min(most));
        MilliPoints(raw.saturating_add(WHOLE_BP / 2) / WHOLE_BP)
    }

    /// What growth to that many times the principal adds, rounded half up: `principal × (growth − 1)`.
    #[must_use]
    pub fn interest(self, growth: Ratio) -> MilliPoints {
        let raw = self.0.saturating_mul((growth - Ratio::ONE).0);
        MilliPoints(raw.saturating_add(Ratio::ONE.0 / 2) / Ratio::ONE.0)
    }

    /// This amount over `count` people, in milli-points per person rounded half up.
    #[must_use]
    pub fn per(self, count: u64) -> MilliPoints {
        MilliPoints(rounded_ratio(self.0, i64::try_from(count).unwrap_or(i64::MAX)))
    }

    /// This share of the amount, rounded down.
    #[must_use]
    pub fn share(self, share: BasisPoints) -> MilliPoints {
        MilliPoints(self.0.saturating_mul(share.0).div_euclid(WHOLE_BP))
    }

    /// This amount as thousandths of `whole`, rounded half up; 0 of nothing.
    pub fn share_of(self, whole: MilliPoints) -> Thousandths {
        Thousandths(rounded_ratio(self.0.saturating_mul(1000), whole.0))
    }
}

/// `part / whole` rounded half up, for amounts that are not negative; 0 where there is no whole.
pub fn rounded_ratio(part: i64, whole: i64) -> i64 {
    if whole <= 0 {
        return 0;
    }
    part.saturating_mul(2).saturating_add(whole).div_euclid(whole.saturating_mul(2))
}

impl Add for MilliPoints {
    type Output = MilliPoints;
    fn add(self, other: MilliPoints) -> MilliPoints {
        MilliPoints(self.0.saturating_add(other.0))
    }
}

impl AddAssign for MilliPoints {
    fn add_assign(&mut self, other: MilliPoints) {
        *self = *self + other;
    }
}

impl Sub for MilliPoints {
    type Output = MilliPoints;
    fn sub(self, other: MilliPoints) -> MilliPoints {
        MilliPoints(self.0.saturating_sub(other.0))
    }
}

impl Sum for MilliPoints {
    fn sum<I: Iterator<Item = MilliPoints>>(amounts: I) -> MilliPoints {
        amounts.fold(MilliPoints::ZERO, MilliPoints::add)
    }
}

/// How debt grows week by week: `growth × (10,000 + rate) + 5,000 div 10,000`, never above the cap.
#[derive(Debug, Clone)]
pub struct Growth {
    /// After 0, 1, 2 … full weeks, up to the week from which it stays the same.
    by_week: Vec<Ratio>,
}

impl Growth {
    /// The growth at a weekly rate, up to `cap` times the principal.
    pub fn new(rate: BasisPoints, cap: i64) -> Growth {
        let most = cap.saturating_mul(Ratio::ONE.0);
        let factor = rate.0.saturating_add(WHOLE_BP);
        let mut by_week = vec![Ratio::ONE];
        let mut growth = Ratio::ONE.0;
        loop {
            let next = (growth.saturating_mul(factor).saturating_add(WHOLE_BP / 2) / WHOLE_BP).min(most);
            if next <= growth {
                return Growth { by_week };
            }
            growth = next;
            by_week.push(Ratio(growth));
        }
    }

    /// How many times the principal it is after that many full weeks.
    pub fn after(&self, weeks: i64) -> Ratio {
        let last = self.by_week.len().saturating_sub(1);
        let week = usize::try_from(weeks.max(0)).unwrap_or(last).min(last);
        self.by_week.get(week).copied().unwrap_or(Ratio::ONE)
    }

    /// Whether it has reached its cap after that many weeks.
    pub fn capped(&self, weeks: i64) -> bool {
        self.by_week.len() > 1
            && usize::try_from(weeks).is_ok_and(|week| week >= self.by_week.len().saturating_sub(1))
    }
}

/// Thousandths that are written as a JSON number with three decimals at most.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Thousandths(pub i64);

impl std::fmt::Display for Thousandths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&decimal::thousandths(self.0))
    }
}

impl Serialize for Thousandths {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 % 1000 == 0 {
            serializer.serialize_i64(self.0 / 1000)
        } else {
            // A float's shortest form has at most the three decimals it was made from.
            #[expect(clippy::cast_precision_loss, clippy::float_arithmetic, reason = "only to be written")]
            serializer.serialize_f64(self.0 as f64 / 1000.0)
        }
    }
}

impl schemars::JsonSchema for Thousandths {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Thousandths".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "number"})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_percent_doubles_in_about_fourteen_weeks_and_stops_at_five_times() {
        let growth = Growth::new(BasisPoints(500), 5);
        // 1,000,000 → 1,050,000 → 1,102,500 → 1,157,625 → 1,215,506.25 rounded half up.
        assert_eq!(
            [0, 1, 2, 3, 4].map(|week| growth.after(week)),
            [1_000_000, 1_050_000, 1_102_500, 1_157_625, 1_215_506].map(Ratio)
        );
        assert!(growth.after(14) < Ratio(2_000_000) && growth.after(15) > Ratio(2_000_000));
        assert_eq!(growth.after(1_000_000), Ratio(5_000_000));
        assert!(growth.capped(33) && !growth.capped(32));
    }

    #[test]
    fn no_rate_or_no_room_is_no_growth() {
        assert_eq!(Growth::new(BasisPoints(0), 5).after(500), Ratio::ONE);
        assert_eq!(Growth::new(BasisPoints(500), 1).after(500), Ratio::ONE);
    }

    #[test]
    fn rounds_half_up() {
        // 333 mp at 25 % once: 83.25 → 83; twice: 166.5 → 167.
        assert_eq!(MilliPoints::new(333).fee(BasisPoints(2_500), 1, 4).mp(), 83);
        assert_eq!(MilliPoints::new(333).fee(BasisPoints(2_500), 2, 4).mp(), 167);
        assert_eq!(MilliPoints::new(1).interest(Ratio(1_500_000)).mp(), 1);
        assert_eq!(MilliPoints::new(5).per(2).mp(), 3);
        assert_eq!(MilliPoints::new(1).share_of(MilliPoints::new(2000)).0, 1);
        assert_eq!(MilliPoints::new(1).share_of(MilliPoints::ZERO).0, 0);
    }
}
