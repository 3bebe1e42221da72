//! The processors of this machine: one pool of threads, made when it is first needed, and rows made on all of them and
//! taken in order. What comes out never depends on how many there are.

use std::collections::VecDeque;
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

/// So many rows are made at a time by one processor: few enough that those waiting take little memory.
const CHUNK: usize = 128;

/// Makes so many rows, each from its position, and gives them to `take` in order.
pub fn in_order<T: Send, E>(
    count: usize,
    make: impl Fn(usize) -> T + Sync,
    mut take: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let Some(pool) = (count > CHUNK).then(pool).flatten() else {
        return (0..count).map(make).try_for_each(take);
    };
    let most = pool.current_num_threads().saturating_mul(6);
    let mut chunks = (0..count).step_by(CHUNK).map(|from| from..from.saturating_add(CHUNK).min(count));
    pool.in_place_scope(|scope| {
        let make = &make;
        let mut begun = VecDeque::new();
        loop {
            while begun.len() < most
                && let Some(chunk) = chunks.next()
            {
                let (sender, receiver) = sync_channel(1);
                scope.spawn(move |_| drop(sender.send(chunk.map(make).collect::<Vec<T>>())));
                begun.push_back(receiver);
            }
            let Some(made) = begun.pop_front() else { return Ok(()) };
            // Nothing comes only where making panicked, which goes on where the scope ends.
            let Ok(made) = made.recv() else { return Ok(()) };
            made.into_iter().try_for_each(&mut take)?;
        }
    })
}

/// Fewer than this are sorted before other processors have woken up.
const MANY: usize = 4096;

/// Sorts by a key that is made once for each, and leaves what is equal in its order.
pub fn sort_by_cached_key<T: Send + Sync, K: Ord + Send + Sync>(
    items: &mut [T],
    key: impl Fn(&T) -> K + Send + Sync,
) {
    match (items.len() > MANY).then(pool).flatten() {
        Some(pool) => pool.install(|| items.par_sort_by_cached_key(key)),
        None => items.sort_by_cached_key(key),
    }
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
    use super::{CHUNK, in_order};

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
