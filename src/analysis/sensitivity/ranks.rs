//! Ranks with ties, and how alike two orders are: Spearman's coefficient in thousandths, on integers.

use std::cmp::Ordering;

/// Twice the mean rank of each, the largest first: whoever is equal shares theirs.
pub fn doubled_ranks<T>(items: &[T], compare: impl Fn(&T, &T) -> Ordering) -> Vec<i64> {
    let rank = |one: &T| {
        let larger = items.iter().filter(|other| compare(other, one) == Ordering::Greater).count();
        let equal = items.iter().filter(|other| compare(other, one) == Ordering::Equal).count();
        i64::try_from(larger.saturating_mul(2).saturating_add(equal).saturating_add(1)).unwrap_or(i64::MAX)
    };
    items.iter().map(rank).collect()
}

/// Spearman's coefficient of two lists of ranks, in thousandths: 1000 is the same order. With nothing to tell apart it is
/// 1000 where both are alike, and 0 where one of them is not.
pub fn spearman(one: &[i64], other: &[i64]) -> i64 {
    let n = i128::try_from(one.len().min(other.len())).unwrap_or(0);
    let sum = |ranks: &[i64]| ranks.iter().map(|rank| i128::from(*rank)).sum::<i128>();
    let (x, y) = (sum(one), sum(other));
    let products = |a: &[i64], b: &[i64]| {
        a.iter().zip(b).map(|(a, b)| i128::from(*a).saturating_mul(i128::from(*b))).sum::<i128>()
    };
    let over = |a: &[i64], b: &[i64], sums: i128| n.saturating_mul(products(a, b)).saturating_sub(sums);
    let together = over(one, other, x.saturating_mul(y));
    let spread_one = over(one, one, x.saturating_mul(x));
    let spread_other = over(other, other, y.saturating_mul(y));
    let root = spread_one.saturating_mul(spread_other).isqrt();
    if root == 0 {
        return if spread_one == spread_other { 1000 } else { 0 };
    }
    let size = together.abs().saturating_mul(2000).saturating_add(root).div_euclid(root.saturating_mul(2));
    let size = i64::try_from(size.min(1000)).unwrap_or(1000);
    if together < 0 { -size } else { size }
}

/// The value under which so many per cent are: the nearest rank of sorted values.
pub fn percentile(sorted: &[i64], percent: usize) -> i64 {
    let at = sorted.len().saturating_mul(percent).div_ceil(100).max(1).saturating_sub(1);
    sorted.get(at).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{doubled_ranks, percentile, spearman};

    #[test]
    fn orders() {
        let ranks = |items: &[i64]| doubled_ranks(items, i64::cmp);
        assert_eq!(ranks(&[30, 10, 20]), [2, 6, 4]);
        assert_eq!(ranks(&[5, 5, 1]), [3, 3, 6]);
        assert_eq!(spearman(&ranks(&[3, 2, 1]), &ranks(&[9, 8, 7])), 1000);
        assert_eq!(spearman(&ranks(&[3, 2, 1]), &ranks(&[7, 8, 9])), -1000);
        assert_eq!(spearman(&ranks(&[1, 2, 3, 4]), &ranks(&[1, 2, 4, 3])), 800);
        assert_eq!((spearman(&[2, 2], &[2, 2]), spearman(&[2, 2], &[2, 4])), (1000, 0));
        assert_eq!(percentile(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 50), 5);
        assert_eq!((percentile(&[7], 5), percentile(&[7], 95)), (7, 7));
    }
}
