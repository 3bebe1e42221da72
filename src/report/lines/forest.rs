//! The tree of a line: owners with those whose line they own below them. Everybody has one owner at most, so
//! what is not a tree contains a cycle, which is shown from its smallest id.

use super::people::{Rows, absence, state};
use super::{AbsenceRow, OwnerState};
use crate::base::ids::PersonIx;
use crate::base::names::{FastMap, Untrusted};
use crate::records::words::Line;

/// Every tree of a line, branch by branch as they are printed.
#[derive(Debug, Default)]
pub struct Forest(Vec<Branch>);

/// One branch.
#[derive(Debug)]
pub struct Branch {
    /// How far in it is: 0 for a trunk.
    pub depth: usize,
    /// Whether it is the last of those below the same owner.
    pub is_last: bool,
    /// Who it is, or what the trunk stands for.
    pub what: Trunk,
    /// Whether the owner of this person is found below them, or is themselves.
    pub circle: bool,
}

/// Who a branch is.
#[derive(Debug)]
pub enum Trunk {
    /// Those whom nobody owns.
    Nobody,
    /// Those of whom it is not known: the portfolio may end there.
    Unknown,
    /// Somebody.
    Person {
        /// Their id.
        id: Untrusted,
        /// Their name.
        label: Untrusted,
        /// Why they are not there; `None` if they are.
        absence: Option<AbsenceRow>,
        /// Why they have no owner above, where that is not "nobody".
        state: Option<OwnerState>,
    },
}

impl Forest {
    /// The branches from the first to the last.
    pub fn branches(&self) -> &[Branch] {
        &self.0
    }

    /// The trees of a line among these people and their owners.
    pub(super) fn of(rows: &Rows<'_, '_>, line: Line, people: &[PersonIx]) -> Forest {
        let (facts, lines) = (rows.facts(), &rows.facts().lines);
        let above = |person: PersonIx| lines.owner(line, person).filter(|_| lines.in_scope(line, person));
        let mut nodes: Vec<PersonIx> =
            people.iter().copied().chain(people.iter().filter_map(|one| above(*one))).collect();
        nodes.sort_unstable();
        nodes.dedup();
        let place: FastMap<PersonIx, usize> = nodes.iter().enumerate().map(|(at, one)| (*one, at)).collect();
        let parent: Vec<Option<usize>> =
            nodes.iter().map(|one| above(*one).and_then(|owner| place.get(&owner).copied())).collect();
        let ids: Vec<Untrusted> = nodes.iter().map(|one| rows.named(*one).id).collect();
        let mut order: Vec<usize> = (0..nodes.len()).collect();
        order.sort_by(|a, b| ids[*a].cmp(&ids[*b]));
        let mut growing =
            Growing { rows, line, nodes: &nodes, children: children(&parent, &order), forest: Vec::new() };
        let in_circle = circles(&parent);
        let asked = |at: usize| people.binary_search(&nodes[at]).is_ok();
        let is = |at: usize, wanted: OwnerState| asked(at) && state(facts, line, nodes[at]) == wanted;
        let roots = |wanted: &dyn Fn(usize) -> bool| -> Vec<usize> {
            order.iter().copied().filter(|at| parent[*at].is_none() && wanted(*at)).collect()
        };
        let of_nobody = roots(&|at| is(at, OwnerState::Nobody));
        let unknown = roots(&|at| is(at, OwnerState::Unknown));
        let whole = roots(&|at| !is(at, OwnerState::Nobody) && !is(at, OwnerState::Unknown));
        for root in whole {
            growing.tree(root, 0, true, &in_circle);
        }
        let mut entered = vec![false; nodes.len()];
        for root in order.iter().copied().filter(|at| in_circle[*at]) {
            if !entered[root] {
                let mut at = root;
                while !entered[at] {
                    entered[at] = true;
                    at = parent[at].unwrap_or(at);
                }
                growing.tree(root, 0, true, &in_circle);
            }
        }
        growing.below(Trunk::Unknown, &unknown, &in_circle);
        growing.below(Trunk::Nobody, &of_nobody, &in_circle);
        Forest(growing.forest)
    }
}

/// Those below each, by the ids that are shown.
fn children(parent: &[Option<usize>], order: &[usize]) -> Vec<Vec<usize>> {
    let mut children = vec![Vec::new(); parent.len()];
    for at in order {
        if let Some(parent) = parent[*at] {
            children[parent].push(*at);
        }
    }
    children
}

/// Who is in a circle: whoever comes back to themselves by going up.
fn circles(parent: &[Option<usize>]) -> Vec<bool> {
    let mut in_circle = vec![false; parent.len()];
    // On which walk each was first met.
    let mut met: Vec<Option<usize>> = vec![None; parent.len()];
    for start in 0..parent.len() {
        let mut at = start;
        while met[at].is_none() {
            met[at] = Some(start);
            let Some(above) = parent[at] else { break };
            at = above;
        }
        if met[at] == Some(start) && parent[at].is_some() {
            let mut member = at;
            while !in_circle[member] {
                in_circle[member] = true;
                member = parent[member].unwrap_or(member);
            }
        }
    }
    in_circle
}

struct Growing<'g, 'r, 'f> {
    rows: &'g Rows<'r, 'f>,
    line: Line,
    nodes: &'g [PersonIx],
    children: Vec<Vec<usize>>,
    forest: Vec<Branch>,
}

impl Growing<'_, '_, '_> {
    /// A heading with trees below it, unless there are no trees.
    fn below(&mut self, what: Trunk, roots: &[usize], in_circle: &[bool]) {
        let Some(last) = roots.last().copied() else { return };
        self.forest.push(Branch { depth: 0, is_last: true, what, circle: false });
        for root in roots {
            self.tree(*root, 1, *root == last, in_circle);
        }
    }

    /// A tree. A list of what is still to come instead of calls: an owner's owner's owner may be far up.
    fn tree(&mut self, root: usize, depth: usize, is_last: bool, in_circle: &[bool]) {
        let mut open = vec![(root, depth, is_last)];
        while let Some((at, depth, is_last)) = open.pop() {
            let person = self.nodes[at];
            let facts = self.rows.facts();
            let named = self.rows.named(person);
            let state = state(facts, self.line, person);
            let is_said = matches!(state, OwnerState::Exempt | OwnerState::Ends);
            let what = Trunk::Person {
                id: named.id,
                label: named.label,
                absence: absence(facts, person),
                state: Some(state).filter(|_| is_said && facts.lines.is_scored(person)),
            };
            self.forest.push(Branch { depth, is_last, what, circle: in_circle[at] });
            let below: Vec<usize> = self.children[at].iter().copied().filter(|one| *one != root).collect();
            let last = below.last().copied();
            open.extend(below.into_iter().rev().map(|one| (one, depth + 1, Some(one) == last)));
        }
    }
}
