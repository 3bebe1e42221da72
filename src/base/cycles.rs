//! Cycles in a graph of small numbers: delivery owners, managers of an export, groups in groups.

/// Where the walk through a node stands.
#[derive(Clone, Copy)]
enum State {
    New,
    /// On the path, at this position.
    OnPath(usize),
    Done,
}

/// The cycles that a depth-first walk from node 0, 1, 2 … closes, each from the node where the walk entered it.
/// Without recursion, since a chain may be long.
pub fn cycles<I>(count: usize, next: impl Fn(usize) -> I) -> Vec<Vec<usize>>
where
    I: IntoIterator<Item = usize>,
{
    let mut states = vec![State::New; count];
    let mut cycles = Vec::new();
    for start in 0..count {
        if !matches!(states[start], State::New) {
            continue;
        }
        states[start] = State::OnPath(0);
        let mut path = vec![(start, next(start).into_iter())];
        while let Some((node, edges)) = path.last_mut() {
            let Some(to) = edges.next() else {
                states[*node] = State::Done;
                path.pop();
                continue;
            };
            match states.get(to).copied() {
                Some(State::OnPath(from)) => {
                    cycles.push(path.iter().skip(from).map(|(node, _)| *node).collect());
                }
                Some(State::New) => {
                    states[to] = State::OnPath(path.len());
                    path.push((to, next(to).into_iter()));
                }
                Some(State::Done) | None => {}
            }
        }
    }
    cycles
}

#[cfg(test)]
mod tests {
    use super::cycles;

    fn of(edges: &[&[usize]]) -> Vec<Vec<usize>> {
        cycles(edges.len(), |node| edges[node].iter().copied())
    }

    #[test]
    fn each_once_from_where_it_is_entered() {
        assert_eq!(of(&[&[1], &[2], &[1], &[3], &[]]), [vec![1, 2], vec![3]]);
        assert_eq!(of(&[&[1], &[1]]), [vec![1]]);
        assert_eq!(of(&[&[1, 2], &[0], &[0]]), [vec![0, 1], vec![0, 2]]);
        assert!(of(&[&[1, 2], &[2], &[]]).is_empty());
    }

    #[test]
    fn a_long_chain_needs_no_stack() {
        let last = 200_000;
        assert_eq!(cycles(last + 1, |node| Some(if node == last { 0 } else { node + 1 })).len(), 1);
    }
}
