//! Intensity, index and grade. The grade is decided on exact integers; the index is for show only.

use crate::base::points::{MilliPoints, Thousandths};
use crate::policy::Policy;

/// Points for each scored person, in thousandths, rounded half up.
pub fn intensity(score: MilliPoints, people: u64) -> Thousandths {
    Thousandths(score.per(people).mp())
}

/// `100 × (1 − 2^(−intensity / 4))` in thousandths, rounded to one decimal.
#[expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "for show only; libm gives the same bits on every platform"
)]
pub fn index(score: MilliPoints, people: u64) -> Thousandths {
    let intensity = score.mp() as f64 / (people.max(1) as f64 * 1000.0);
    let index = 100.0 * (1.0 - libm::exp2(-intensity / 4.0));
    Thousandths((libm::round(index * 10.0) as i64).saturating_mul(100))
}

/// Every grade, the best first; all but the last have a limit in the policy.
pub const GRADES: [&str; 5] = ["A", "B", "C", "D", "E"];

/// A to E by points a person, compared without rounding.
pub fn grade(score: MilliPoints, people: u64, policy: &Policy) -> &'static str {
    let people = i64::try_from(people).unwrap_or(i64::MAX);
    let fits = policy.grades.iter().position(|most| score <= most.times(people));
    GRADES[fits.unwrap_or(policy.grades.len())]
}

/// The grade with this letter, in either case.
pub fn grade_named(typed: &str) -> Option<&'static str> {
    GRADES.into_iter().find(|grade| grade.eq_ignore_ascii_case(typed))
}
