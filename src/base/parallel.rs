//! Parallel work: one pool of threads, started when it is first needed. Rows are made on all threads and
//! taken in order, so the result never depends on the number of threads.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::mpsc::sync_channel;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;
use rayon::{ThreadPool, ThreadPoolBuilder};

static POOL: OnceLock<Option<ThreadPool>> = OnceLock::new();

/// The pool; none where threads cannot be had, or would have one processor to share.
pub fn pool() -> Option<&'static ThreadPool> {
    let build = || ThreadPoolBuilder::new().build().ok().filter(|pool| pool.current_num_threads() > 1);
    POOL.get_or_init(build).as_ref()
}

/// The pool, for whoever waits until its threads are done. `None` on a thread of the pool: if all of them waited, nothing
/// could run.
pub fn pool_to_wait_for() -> Option<&'static ThreadPool> {
    rayon::current_thread_index().is_none().then(pool).flatten()
}

/// How many rows one thread makes at a time: few enough that those waiting take little memory.
const CHUNK: usize = 128;

/// Makes something of that many rows, a few at a time, from their positions, and gives it to `take` in order.
pub fn in_chunks<T: Send, E>(
    count: usize,
    make: impl Fn(Range<usize>) -> T + Sync,
    mut take: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let mut chunks = (0..count).step_by(CHUNK).map(|from| from..from.saturating_add(CHUNK).min(count));
    let Some(pool) = (count > CHUNK).then(pool_to_wait_for).flatten() else {
        return chunks.map(make).try_for_each(take);
    };
    let most = pool.current_num_threads().saturating_mul(6);
    pool.in_place_scope(|scope| {
        let make = &make;
        let mut begun = VecDeque::new();
        loop {
            while begun.len() < most
                && let Some(chunk) = chunks.next()
            {
                let (sender, receiver) = sync_channel(1);
                scope.spawn(move |_| drop(sender.send(make(chunk))));
                begun.push_back(receiver);
            }
            let Some(made) = begun.pop_front() else { return Ok(()) };
            // `None` only if making a row panicked; the panic continues at the end of the scope.
            let Ok(made) = made.recv() else { return Ok(()) };
            take(made)?;
        }
    })
}

/// Makes that many rows, each from its position, and gives them to `take` in order.
pub fn in_order<T: Send, E>(
    count: usize,
    make: impl Fn(usize) -> T + Sync,
    mut take: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    if count <= CHUNK || pool().is_none() {
        return (0..count).map(make).try_for_each(take);
    }
    let many = |chunk: Range<usize>| chunk.map(&make).collect::<Vec<T>>();
    in_chunks(count, many, |made| made.into_iter().try_for_each(&mut take))
}

/// Fewer than this are sorted before other processors have woken up.
const MANY: usize = 4096;

/// Sorts by a key that is made once for each, and leaves what is equal in its order. What is sorted on all processors are
/// the keys: one copy of the sorting code for each type of key, whatever has such keys.
pub fn sort_by_cached_key<T, K: Ord + Send>(items: &mut [T], key: impl Fn(&T) -> K) {
    let Some(pool) = (items.len() > MANY).then(pool).flatten() else {
        items.sort_by_cached_key(key);
        return;
    };
    let mut keys: Vec<(K, usize)> = items.iter().map(key).zip(0..).collect();
    pool.install(|| keys.par_sort_unstable());
    let mut order: Vec<usize> = keys.into_iter().map(|(_, from)| from).collect();
    (0..order.len()).for_each(|to| {
        // What was there has been swapped to where what came here was.
        let mut from = order[to];
        while from < to {
            from = order[from];
        }
        order[to] = from;
        items.swap(to, from);
    });
}

/// What `make` makes of each, in their order; on all processors where `many` says that it is worth it.
pub fn map<T: Sync, U: Send>(items: &[T], many: usize, make: impl Fn(&T) -> U + Sync + Send) -> Vec<U> {
    match (many > MANY).then(pool).flatten() {
        Some(pool) => pool.install(|| items.par_iter().map(make).collect()),
        None => items.iter().map(make).collect(),
    }
}

/// Does both at once where `many` says that it is worth it.
pub fn both<A: Send, B: Send>(
    many: usize,
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    match (many > MANY).then(pool).flatten() {
        Some(pool) => pool.join(one, other),
        None => (one(), other()),
    }
}

#[cfg(test)]
mod tests {
    use super::{CHUNK, MANY, in_order, map, sort_by_cached_key};

    #[test]
    fn rows_are_made_within_rows() {
        let many: Vec<usize> = (0..64).collect();
        let sums = map(&many, usize::MAX, |at| {
            let mut sum = 0;
            let outcome: Result<(), ()> = in_order(
                10 * CHUNK,
                |one| one + at,
                |one| {
                    sum += one;
                    Ok(())
                },
            );
            outcome.map(|()| sum)
        });
        let sum = |at: &usize| Ok((0..10 * CHUNK).map(|one| one + at).sum());
        assert_eq!(sums, many.iter().map(sum).collect::<Vec<Result<usize, ()>>>());
    }

    #[test]
    fn sorting_on_all_processors_keeps_the_order_of_equals() {
        for count in [0, 1, MANY, MANY + 1, 3 * MANY] {
            let mut items: Vec<(usize, usize)> =
                (0..count).map(|at| (at.wrapping_mul(7_919) % 101, at)).collect();
            let mut expected = items.clone();
            expected.sort_unstable();
            sort_by_cached_key(&mut items, |(key, _)| *key);
            assert_eq!(items, expected);
        }
    }

    #[test]
    fn rows_come_in_order_up_to_the_first_that_is_refused() {
        for count in [0, 1, CHUNK, CHUNK + 1, 10 * CHUNK + 3] {
            let mut taken = Vec::new();
            let outcome: Result<(), ()> = in_order(
                count,
                |at| at,
                |row| {
                    taken.push(row);
                    Ok(())
                },
            );
            assert_eq!((outcome, taken), (Ok(()), (0..count).collect()));
            let refused = in_order(count, |at| at, |row| if row < 3 { Ok(()) } else { Err(row) });
            assert_eq!(refused, if count > 3 { Err(3) } else { Ok(()) });
        }
    }
}
