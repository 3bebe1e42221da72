//! Which rows of two breakdowns an aggregate may show. No row of fewer people than asked for, no such row by
//! subtraction from the total, and none by combining the two breakdowns. Everybody in the same rows of
//! both has enough others there, so that the report would be the same if two of them changed places.

use std::collections::BTreeMap;

/// For each row of the first and of the second breakdown, whether it goes into the pool of its breakdown. `people` says
/// the row of each person. A pool without people is left as it is: it holds the factors that belong to no group.
pub(super) fn pool(
    least: u64,
    people: &[(usize, usize)],
    firsts: usize,
    seconds: usize,
) -> (Vec<bool>, Vec<bool>) {
    let first = alone(least, &sizes(people.iter().map(|(first, _)| *first), firsts));
    let second = beside(least, people, &first, &sizes(people.iter().map(|(_, second)| *second), seconds));
    (first, second)
}

fn sizes(rows: impl Iterator<Item = usize>, count: usize) -> Vec<u64> {
    let mut sizes = vec![0; count];
    rows.for_each(|row| sizes[row] += 1);
    sizes
}

/// A breakdown by itself: pools the rows that are too small, then the smallest others until the pool is large enough.
fn alone(least: u64, sizes: &[u64]) -> Vec<bool> {
    let mut pooled: Vec<bool> = sizes.iter().map(|size| *size < least).collect();
    let mut together: u64 = sizes.iter().filter(|size| **size < least).sum();
    while together > 0 && together < least {
        let Some(next) = smallest(sizes, &pooled) else { break };
        pooled[next] = true;
        together += sizes[next];
    }
    pooled
}

fn smallest(sizes: &[u64], pooled: &[bool]) -> Option<usize> {
    (0..sizes.len()).filter(|row| !pooled[*row]).min_by_key(|row| sizes[*row])
}

/// A breakdown beside another one: a row also goes into the pool where it shares too few people with some row of
/// the other, and further ones until the pool itself shares enough with each.
fn beside(least: u64, people: &[(usize, usize)], first: &[bool], sizes: &[u64]) -> Vec<bool> {
    // For each row how many of its people are in which row of the first breakdown; its pool is none.
    let mut shared: Vec<BTreeMap<Option<usize>, u64>> = vec![BTreeMap::new(); sizes.len()];
    for (one, other) in people {
        let row = (!first[*one]).then_some(*one);
        *shared[*other].entry(row).or_default() += 1;
    }
    let too_few = |cells: &BTreeMap<Option<usize>, u64>| cells.values().any(|count| *count < least);
    let mut pooled: Vec<bool> =
        (0..sizes.len()).map(|row| sizes[row] < least || too_few(&shared[row])).collect();
    let mut together: BTreeMap<Option<usize>, u64> = BTreeMap::new();
    let add = |cells: &BTreeMap<Option<usize>, u64>, together: &mut BTreeMap<Option<usize>, u64>| {
        for (row, count) in cells {
            *together.entry(*row).or_default() += count;
        }
    };
    (0..sizes.len()).filter(|row| pooled[*row]).for_each(|row| add(&shared[row], &mut together));
    while too_few(&together) {
        let Some(next) = smallest(sizes, &pooled) else { break };
        pooled[next] = true;
        add(&shared[next], &mut together);
    }
    pooled
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn people(cells: &[(usize, usize, usize)]) -> Vec<(usize, usize)> {
        cells.iter().flat_map(|(first, second, count)| vec![(*first, *second); *count]).collect()
    }

    #[test]
    fn by_hand() {
        // Squads of 6, 7 and 3 in one guild: the 3 would stand alone in the pool, so the 6 go with them.
        let (squads, guilds) = pool(5, &people(&[(0, 0, 6), (1, 0, 7), (2, 0, 3)]), 3, 1);
        assert_eq!((squads, guilds), (vec![true, false, true], vec![false]));
        // A guild of 6 around a squad of 5 would give the sixth away.
        let (squads, guilds) = pool(5, &people(&[(0, 0, 5), (1, 0, 1), (1, 1, 9)]), 2, 2);
        assert_eq!((squads, guilds), (vec![false, false], vec![true, true]));
        // Squads within guilds give nobody away.
        let (squads, guilds) = pool(5, &people(&[(0, 0, 5), (1, 0, 5), (2, 1, 8)]), 3, 2);
        assert_eq!((squads, guilds), (vec![false; 3], vec![false; 2]));
        // A row without people does not cause others to be pooled.
        let (squads, _) = pool(5, &people(&[(0, 0, 5), (1, 0, 5)]), 3, 1);
        assert_eq!(squads, vec![false, false, true]);
    }

    proptest! {
        #[test]
        fn nobody_can_be_told(
            least in 2_u64..9,
            people in prop::collection::vec((0_usize..7, 0_usize..7), 8..120),
        ) {
            let (first, second) = pool(least, &people, 7, 7);
            let row = |pooled: &[bool], at: usize| if pooled[at] { 7 } else { at };
            let mut cells: BTreeMap<(usize, usize), u64> = BTreeMap::new();
            for (one, other) in &people {
                *cells.entry((row(&first, *one), row(&second, *other))).or_default() += 1;
            }
            // Every union of cells, so every row and every sum and difference of rows, has enough people or none.
            for ((one, other), count) in &cells {
                prop_assert!(*count >= least, "{count} people in row {one} and row {other}");
            }
        }
    }
}
