//! Columns that name other people: managers, craft owners, raters. First it is found out in which way a column names
//! them, then each cell is looked up. Where hardly any cell names a row, the column is not what it was taken for.

use std::collections::BTreeSet;

use super::known::{Hit, Known, Way};
use super::presence::{is_nobody, yes_or_no};
use crate::import::draft::is_nothing;

/// Whom a cell names.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Owner {
    /// The person at this place.
    Row(usize),
    /// Two or more people of one name.
    Several(String),
    /// Somebody who is no row of the file.
    Stranger(String),
    /// Words that mean nobody: *Vacant*.
    Nobody(String),
}

/// A column that names people, and how.
#[derive(Debug)]
pub(super) struct Naming {
    way: Way,
    /// How many different people it names, and how many of them are rows.
    pub(super) named: usize,
    pub(super) found: usize,
    /// Whether it only says yes and no.
    pub(super) is_flag: bool,
}

/// More values than this tell nothing new about the way in which a column names people.
const ENOUGH: usize = 5_000;

impl Naming {
    /// Finds out how a column names people, from its cells.
    pub(super) fn of<'c>(cells: impl Iterator<Item = &'c str>, known: &Known<'_>) -> Naming {
        let values: BTreeSet<&str> = cells.map(str::trim).filter(|cell| !is_nothing(cell)).collect();
        let sample: Vec<&str> = values.iter().copied().step_by(values.len() / ENOUGH + 1).collect();
        let hits = |way: Way| sample.iter().filter(|value| known.find(way, value).is_some()).count();
        let (mut best, mut most) = (Way::Id, 0);
        for way in known.ways() {
            let count = hits(way);
            if count > most {
                (best, most) = (way, count);
            }
            // Nine of ten: the other ways need not be tried.
            if most * 10 >= sample.len() * 9 {
                break;
            }
        }
        let is_flag =
            !values.is_empty() && most == 0 && values.iter().all(|value| yes_or_no(value).is_some());
        let mut naming = Naming { way: best, named: 0, found: 0, is_flag };
        for value in &values {
            match naming.owner(value, known) {
                Some(Owner::Row(_) | Owner::Several(_)) => {
                    naming.named += 1;
                    naming.found += 1;
                }
                Some(Owner::Stranger(_)) => naming.named += 1,
                Some(Owner::Nobody(_)) | None => {}
            }
        }
        naming
    }

    /// Whom a cell of this column names.
    pub(super) fn owner(&self, cell: &str, known: &Known<'_>) -> Option<Owner> {
        let cell = cell.trim();
        if is_nothing(cell) || self.is_flag {
            return None;
        }
        Some(match known.somehow(self.way, cell) {
            Some(Hit::One(at)) => Owner::Row(at),
            Some(Hit::Many) => Owner::Several(cell.to_owned()),
            None if is_nobody(cell) => Owner::Nobody(cell.to_owned()),
            None => Owner::Stranger(cell.to_owned()),
        })
    }

    /// Whether two or more named people are no rows, and more than those who are: then the column is another one's.
    pub(super) fn is_doubtful(&self) -> bool {
        self.named - self.found >= 2 && self.found * 2 < self.named
    }
}
