//! Which column means what: the words of the table, or what somebody mapped.

use super::header::{Meaning, meaning, plain};
use super::role::{MANAGER_ROLES, Role};
use super::sheet::{Row, Table};
use super::words::{DEPARTMENTS, TEAMS};
use crate::base::message::{Message, message};
use crate::base::nearest::nearest;
use crate::source::{Code, Diagnostic, Diagnostics, FileIx, Mark, Place};

/// Which column a role has.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    /// The column of each role.
    roles: Vec<(Role, usize)>,
    /// Roles that somebody mapped.
    mapped: Vec<Role>,
    /// Columns that may tell people apart: numbers, logins, addresses, distinguished names.
    pub(super) handles: Vec<usize>,
    /// Columns with a whole name.
    pub(super) names: Vec<usize>,
}

impl Columns {
    /// The column of a role.
    pub(super) fn of(&self, role: Role) -> Option<usize> {
        self.roles.iter().find(|(known, _)| *known == role).map(|(_, column)| *column)
    }

    /// Whether a column is read at all.
    pub(super) fn is_read(&self, column: usize) -> bool {
        self.roles.iter().any(|(_, read)| *read == column)
    }

    /// Every column that is read, in the order of the roles.
    pub(super) fn all(&self) -> Vec<(Role, usize)> {
        let mut all = self.roles.clone();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Every column that says whether somebody is there.
    pub(super) fn presence(&self) -> impl Iterator<Item = (Role, usize)> {
        self.roles.iter().copied().filter(|(role, _)| PRESENCE.contains(role))
    }

    /// Whether a column is only looked at to find out who a manager is.
    pub(super) fn is_compared(&self, column: usize) -> bool {
        !self.is_read(column) && (self.handles.contains(&column) || self.names.contains(&column))
    }

    /// Whether somebody said what the column of a role is.
    pub(super) fn is_mapped(&self, role: Role) -> bool {
        self.mapped.contains(&role)
    }

    /// Gives up the column of a role.
    pub(super) fn forget(&mut self, role: Role) {
        self.roles.retain(|(known, _)| *known != role);
    }

    /// Reads the column of one role for another.
    pub(super) fn move_to(&mut self, from: Role, to: Role) {
        if let Some(column) = self.of(from) {
            self.forget(from);
            self.roles.push((to, column));
        }
    }

    /// Sets the column of a role.
    pub(super) fn set(&mut self, role: Role, column: usize) {
        self.forget(role);
        self.roles.push((role, column));
    }

    /// A cell as an error may show it: the first line of one that is read; of others only that they are there.
    pub(super) fn shown<'r>(&self, column: usize, row: &'r Row) -> &'r str {
        match row.cell(column) {
            cell if cell.is_empty() || self.is_read(column) => cell.lines().next().unwrap_or_default(),
            _ => "\u{2026}",
        }
    }
}

/// Roles that say whether somebody is there.
const PRESENCE: [Role; 4] = [Role::Status, Role::Active, Role::Gone, Role::AccountType];

/// What somebody said about the columns.
#[derive(Clone, Debug, Default)]
pub struct Mapping {
    /// `--map ROLE=COLUMN`.
    pub map: Vec<(Role, String)>,
    /// `--squads`: `department`, `team` or the name of a column.
    pub squads: Option<String>,
}

/// Finds the columns. What was mapped must be there; what is not recognised is not read.
pub(super) fn find(table: &Table, mapping: &Mapping, file: FileIx, diagnostics: &mut Diagnostics) -> Columns {
    let plain_headers: Vec<String> = table.headers.iter().map(|header| plain(header)).collect();
    let meanings: Vec<Option<Meaning>> = table.headers.iter().map(|header| meaning(header)).collect();
    let mut columns = Columns::default();
    for (role, name) in &mapping.map {
        columns.mapped.push(*role);
        columns.roles.extend(named(table, name, file, diagnostics).map(|column| (*role, column)));
    }
    if let Some(squads) = &mapping.squads {
        let by_names = |names: &[&str]| {
            names.iter().find_map(|name| plain_headers.iter().position(|header| *header == plain(name)))
        };
        let column = match squads.as_str() {
            "department" => by_names(DEPARTMENTS),
            "team" => by_names(TEAMS),
            _ => None,
        };
        columns.roles.extend(
            column.or_else(|| named(table, squads, file, diagnostics)).map(|column| (Role::Squad, column)),
        );
    }
    recognise(&meanings, &mut columns);
    for (role, column) in &columns.roles {
        let same = plain_headers.iter().filter(|header| **header == plain_headers[*column]).count();
        if same > 1 {
            let message =
                message!("the column ", table.headers[*column].clone(), " appears twice, and it is read as ");
            let place = Place::exact(file, Mark { line: table.line, column: 1 }, 1);
            let message = message.and(Message::words(role.word().to_owned()));
            diagnostics.push(
                Diagnostic::error(Code::DuplicateColumn, message, place)
                    .help(message!("rename one of the two")),
            );
        }
    }
    columns
}

/// Of each role that nobody mapped, the column whose header is nearest to the table's words.
fn recognise(meanings: &[Option<Meaning>], columns: &mut Columns) {
    // Whoever says where managers are wants no other column to contradict it.
    let managers_are_mapped = MANAGER_ROLES.iter().any(|role| columns.is_mapped(*role));
    for role in Role::all() {
        let taken = columns.of(role).is_some() || columns.is_mapped(role);
        if taken || (managers_are_mapped && MANAGER_ROLES.contains(&role)) {
            continue;
        }
        let mine =
            meanings.iter().enumerate().filter_map(|(index, meaning)| Some((meaning.as_ref()?, index)));
        let free = mine.filter(|(meaning, index)| meaning.role == role && !columns.is_read(*index));
        // Of those that say whether somebody is there, each is heard: one may say *Full-Time*, another *Inactive*.
        if PRESENCE.contains(&role) {
            let all: Vec<usize> = free.map(|(_, index)| index).collect();
            columns.roles.extend(all.into_iter().map(|index| (role, index)));
        } else if let Some((_, column)) = free.min() {
            columns.roles.push((role, column));
        }
    }
    for (index, meaning) in meanings.iter().enumerate() {
        match meaning.map(|meaning| meaning.role) {
            Some(Role::Id | Role::Email | Role::Dn) => columns.handles.push(index),
            Some(Role::Name) => columns.names.push(index),
            _ => {}
        }
    }
    let also = [Role::Id, Role::Email].into_iter().filter_map(|role| columns.of(role));
    let also: Vec<usize> = also.filter(|column| !columns.handles.contains(column)).collect();
    columns.handles.splice(0..0, also);
    // The id first, then the address: what a manager column holds most often.
    let order = [columns.of(Role::Id), columns.of(Role::Email), columns.of(Role::Dn)];
    columns.handles.sort_by_key(|column| {
        (order.iter().position(|known| *known == Some(*column)).unwrap_or(order.len()), *column)
    });
}

fn named(table: &Table, name: &str, file: FileIx, diagnostics: &mut Diagnostics) -> Option<usize> {
    let exact = table.headers.iter().position(|header| header == name);
    let column = exact.or_else(|| table.headers.iter().position(|header| plain(header) == plain(name)));
    if column.is_none() {
        let message = message!("unknown column ", name.to_owned());
        let place = Place::exact(file, Mark { line: table.line, column: 1 }, 1);
        let near = nearest(name, table.headers.iter().map(String::as_str));
        let help = match near {
            Some(near) => message!("did you mean ", near.to_owned(), "?"),
            None => message!("the columns are ", table.headers.join(", ")),
        };
        diagnostics.push(Diagnostic::error(Code::UnknownColumn, message, place).help(help));
    }
    column
}
