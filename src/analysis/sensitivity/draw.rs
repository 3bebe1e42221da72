//! Random weights from a seed: `SplitMix64` (Steele, Lea and Flood, 2014), so that any language can draw the same. Run `k`
//! begins at `mix(seed + k × 0x9E3779B97F4A7C15)`; without `mix` the runs would be shifts of each other.

use crate::policy::{Policy, Weight};

const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The numbers of one run.
struct SplitMix64(u64);

impl SplitMix64 {
    fn of(seed: u64, run: u64) -> SplitMix64 {
        SplitMix64(mix(seed.wrapping_add(run.wrapping_mul(STEP))))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mix(self.0)
    }

    /// A whole number from `low` to `high`, each as likely as any other.
    fn within(&mut self, low: i64, high: i64) -> i64 {
        let count = u128::from(high.saturating_sub(low).saturating_add(1).unsigned_abs());
        let step = (u128::from(self.next() >> 11).saturating_mul(count)) >> 53;
        low.saturating_add(i64::try_from(step).unwrap_or(0))
    }
}

/// The policy of a run: each weight times thousandths between `1000 − 10 × spread` and `1000 + 10 × spread`, drawn in the
/// order of the policy.
pub fn drawn(policy: &Policy, weights: &[Weight], (seed, run): (u64, u64), spread: i64) -> Policy {
    let mut numbers = SplitMix64::of(seed, run);
    let reach = spread.saturating_mul(10);
    let factor = |weight: &Weight| (*weight, numbers.within(1000 - reach, 1000 + reach));
    let factors: Vec<(Weight, i64)> = weights.iter().map(factor).collect();
    policy.weighted(factors)
}

#[cfg(test)]
mod tests {
    use super::{SplitMix64, mix};

    #[test]
    fn the_published_numbers() {
        // Of the reference implementation, from the state 1234567.
        let mut numbers = SplitMix64(1_234_567);
        let first: Vec<u64> = (0..3).map(|_| numbers.next()).collect();
        assert_eq!(first, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
        assert_eq!(mix(0), 0);
    }

    #[test]
    fn within_its_ends() {
        let mut numbers = SplitMix64::of(1, 1);
        let all: Vec<i64> = (0..2000).map(|_| numbers.within(500, 1500)).collect();
        assert!(all.iter().all(|one| (500..=1500).contains(one)));
        assert!(
            all.iter().min().is_some_and(|one| *one < 510) && all.iter().max().is_some_and(|one| *one > 1490)
        );
    }
}
