//! What headers alone do not tell, and cells do: which column is the id, whether `Nom` is a whole name or the family
//! name beside `Prénom`, and in which order the numbers of a date stand.

use std::collections::HashSet;

use super::super::dates::{self, Order};
use super::super::draft::is_nothing;
use super::columns::Columns;
use super::names;
use super::role::Role;
use super::sheet::{Row, Table};

/// Where the id of a person comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum IdFrom {
    /// The column of the id; the address where a row has none.
    Column,
    /// The address.
    Email,
    /// The name, where a file has nothing else.
    Name,
    /// What stands in brackets behind the name: `Bo Lind (2)`.
    Note,
}

/// Where ids come from; `None` where nothing tells people apart.
pub(super) fn ids(table: &Table, columns: &mut Columns) -> Option<IdFrom> {
    if columns.is_mapped(Role::Id) {
        return columns.of(Role::Id).map(|_| IdFrom::Column);
    }
    let telling = |column: usize| tells_apart(table, column);
    if columns.of(Role::Id).is_some_and(|column| !telling(column)) {
        let others =
            columns.handles.iter().copied().filter(|column| Some(*column) != columns.of(Role::Email));
        let other =
            others.filter(|column| Some(*column) != columns.of(Role::Dn)).find(|column| telling(*column));
        match other {
            Some(column) => columns.set(Role::Id, column),
            None if columns.of(Role::Email).is_some_and(telling) => columns.forget(Role::Id),
            None => {}
        }
    }
    if columns.of(Role::Id).is_some() {
        return Some(IdFrom::Column);
    }
    if columns.of(Role::Email).is_some() {
        return Some(IdFrom::Email);
    }
    let name = columns.of(Role::Name);
    if name.is_some_and(|column| share(table, |row| is_note(row.cell(column))) >= 90) {
        return Some(IdFrom::Note);
    }
    let whole =
        name.is_some() || (columns.of(Role::FirstName).is_some() && columns.of(Role::LastName).is_some());
    let of_people = Role::all().filter(|role| !matches!(role, Role::Name | Role::FirstName | Role::LastName));
    (whole && of_people.into_iter().any(|role| columns.of(role).is_some())).then_some(IdFrom::Name)
}

fn is_note(name: &str) -> bool {
    names::with_note(name).1.is_some_and(|note| {
        note.bytes().any(|byte| byte.is_ascii_digit()) && !note.contains(char::is_whitespace)
    })
}

/// Of a hundred rows so many.
fn share(table: &Table, holds: impl Fn(&Row) -> bool) -> usize {
    let count = table.rows.iter().filter(|row| holds(row)).count();
    (count * 100).checked_div(table.rows.len()).unwrap_or(0)
}

/// Whether most rows have a value in a column, and mostly one of their own.
fn tells_apart(table: &Table, column: usize) -> bool {
    let cells = || table.rows.iter().map(|row| row.cell(column).trim()).filter(|cell| !is_nothing(cell));
    let filled = cells().count();
    let distinct = cells().collect::<HashSet<_>>().len();
    table.rows.is_empty() || (filled * 2 >= table.rows.len() && distinct * 2 > filled)
}

/// Settles which columns are parts of names. *Name* beside *Vorname*, *Nom* beside *Prénom* is the family name, unless
/// the cells hold the given name as well; *Nombre* beside *Apellidos* is the given name.
pub(super) fn names(table: &Table, columns: &mut Columns) {
    let (whole, first, last) =
        (columns.of(Role::Name), columns.of(Role::FirstName), columns.of(Role::LastName));
    if columns.is_mapped(Role::Name) {
        return;
    }
    let holds = |whole: usize, part: usize| {
        share(table, |row| {
            let part = names::key(row.cell(part));
            names::key(row.cell(whole)).split([' ', ',']).any(|word| part.split(' ').any(|one| one == word))
        }) >= 50
    };
    match (whole, first, last) {
        (Some(whole), Some(first), None) if !holds(whole, first) => {
            columns.move_to(Role::Name, Role::LastName);
        }
        (Some(whole), None, Some(last)) if !holds(whole, last) => {
            columns.move_to(Role::Name, Role::FirstName);
        }
        // *Nombre* alone is the whole name, as *Nome* is.
        (None, Some(_), None) => columns.move_to(Role::FirstName, Role::Name),
        _ => {}
    }
}

/// The order that the days of a column show, where all that show one show the same.
pub(super) fn order(table: &Table, column: Option<usize>) -> Option<Order> {
    let column = column?;
    let mut orders = table.rows.iter().filter_map(|row| dates::order_of(row.cell(column)));
    let first = orders.next()?;
    orders.all(|order| order == first).then_some(first)
}
