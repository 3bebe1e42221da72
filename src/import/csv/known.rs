//! Everybody of a file by all the ways in which another row may name them: id, address, login, position,
//! distinguished name, name. Each way is prepared when it is first asked for.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::columns::Columns;
use super::names;
use super::people::Employee;
use super::role::Role;
use super::sheet::Table;

/// A way to name somebody.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Way {
    /// By the id.
    Id,
    /// By a column that may tell people apart, of this place among these columns.
    Handle(usize),
    /// By the position of the job.
    Position,
    /// By name.
    Name,
    /// By the id without leading zeros and the `.0` of a number: spreadsheets lose the one and add the other.
    LooseId,
}

/// Whom a text names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Hit {
    /// The person at this place.
    One(usize),
    /// Two or more.
    Many,
}

type ByKey = HashMap<String, Hit>;

/// The people of a file, findable.
pub(super) struct Known<'k> {
    employees: &'k [Employee],
    columns: &'k Columns,
    table: &'k Table,
    handles: Vec<OnceCell<ByKey>>,
    positions: OnceCell<ByKey>,
    names: OnceCell<ByKey>,
    loose: OnceCell<ByKey>,
}

impl<'k> Known<'k> {
    pub(super) fn new(employees: &'k [Employee], columns: &'k Columns, table: &'k Table) -> Known<'k> {
        Known {
            employees,
            columns,
            table,
            handles: columns.handles.iter().map(|_| OnceCell::new()).collect(),
            positions: OnceCell::new(),
            names: OnceCell::new(),
            loose: OnceCell::new(),
        }
    }

    /// Every way, the likeliest first.
    pub(super) fn ways(&self) -> Vec<Way> {
        let handles = (0..self.handles.len()).map(Way::Handle);
        let position = self.columns.of(Role::Position).map(|_| Way::Position);
        [Way::Id]
            .into_iter()
            .chain(handles)
            .chain([Way::Name])
            .chain(position)
            .chain([Way::LooseId])
            .collect()
    }

    /// Whom a text names in one way.
    pub(super) fn find(&self, way: Way, written: &str) -> Option<Hit> {
        match way {
            // They are in the order of their ids.
            Way::Id => self.employees.binary_search_by(|one| one.id.as_str().cmp(written)).ok().map(Hit::One),
            Way::Handle(at) => self.handle(at)?.get(&handle_key(written)).copied(),
            Way::Position => self.positions().get(&handle_key(written)).copied(),
            Way::Name => {
                let names = self.names();
                names::keys(written).iter().find_map(|key| names.get(key)).copied()
            }
            Way::LooseId => self.loose().get(&loose_key(written)?).copied(),
        }
    }

    /// Whom a text names by the first of these ways, then by what it is made of. Numbers are not looked for in
    /// columns that they were not found to belong to: one person's login is another's position.
    pub(super) fn somehow(&self, first: Way, written: &str) -> Option<Hit> {
        if let Some(hit) = self.find(first, written) {
            return Some(hit);
        }
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let by_words = |text: &str| {
            let mut ways = self.ways();
            ways.retain(|way| match way {
                Way::Id | Way::Name => true,
                Way::Handle(_) => !is_number(text),
                Way::Position | Way::LooseId => false,
            });
            ways.into_iter().find_map(|way| self.find(way, text))
        };
        by_words(written).or_else(|| {
            let pieces = names::pieces(written);
            pieces.iter().find_map(|piece| self.find(first, piece).or_else(|| by_words(piece)))
        })
    }

    fn handle(&self, at: usize) -> Option<&ByKey> {
        let column = *self.columns.handles.get(at)?;
        Some(self.handles.get(at)?.get_or_init(|| {
            self.collected(|one| {
                vec![handle_key(self.table.rows.get(one.row).map_or("", |row| row.cell(column)))]
            })
        }))
    }

    fn positions(&self) -> &ByKey {
        self.positions.get_or_init(|| {
            let column = self.columns.of(Role::Position).unwrap_or(usize::MAX);
            self.collected(|one| {
                vec![handle_key(self.table.rows.get(one.row).map_or("", |row| row.cell(column)))]
            })
        })
    }

    fn names(&self) -> &ByKey {
        self.names.get_or_init(|| {
            self.collected(|one| {
                let row = self.table.rows.get(one.row);
                let cells = self.columns.names.iter().map(|column| row.map_or("", |row| row.cell(*column)));
                let mut keys: Vec<String> = one
                    .name
                    .iter()
                    .chain(&one.other_name)
                    .map(String::as_str)
                    .chain(cells)
                    .map(names::key)
                    .collect();
                if let Some(swapped) = keys.iter().find_map(|key| {
                    key.split_once(',').map(|(last, first)| format!("{} {}", first.trim(), last.trim()))
                }) {
                    keys.push(swapped);
                }
                let joined: Vec<String> =
                    keys.iter().filter(|key| names::is_cjk(key)).map(|key| key.replace(' ', "")).collect();
                keys.extend(joined);
                keys.sort();
                keys.dedup();
                keys
            })
        })
    }

    fn loose(&self) -> &ByKey {
        self.loose.get_or_init(|| self.collected(|one| loose_key(&one.id).into_iter().collect()))
    }

    /// A table by the keys of each person. A key that two people share identifies neither of them.
    fn collected(&self, keys: impl Fn(&Employee) -> Vec<String>) -> ByKey {
        let mut table = ByKey::with_capacity(self.employees.len());
        for (at, one) in self.employees.iter().enumerate() {
            for key in keys(one) {
                if !key.is_empty() {
                    table.entry(key).and_modify(|seen| *seen = Hit::Many).or_insert(Hit::One(at));
                }
            }
        }
        table
    }
}

fn handle_key(cell: &str) -> String {
    cell.trim().to_lowercase()
}

fn loose_key(id: &str) -> Option<String> {
    let id = id.trim();
    let id = id.strip_suffix(".0").unwrap_or(id);
    let digits = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| id.trim_start_matches('0').to_owned()).filter(|id| !id.is_empty())
}
