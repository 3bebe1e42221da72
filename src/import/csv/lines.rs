//! Who owns whose delivery, craft and rating, by the columns that name them. Nobody is made up: words for nobody,
//! people who are gone and names that two people share give no owner.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::known::Known;
use super::names;
use super::owners::{Naming, Owner};
use super::people::Employee;
use super::presence::Presence;
use super::role::{MANAGER_ROLES, Role};
use super::rows::Reading;
use super::sheet::Row;
use crate::base::message::{Message, counted, message};
use crate::source::{Code, Diagnostic, Diagnostics};

/// A line beside that of delivery.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Line {
    Craft,
    Rating,
}

pub(super) struct Lines<'l> {
    reading: &'l Reading<'l>,
    everybody: &'l [Employee],
    known: &'l Known<'l>,
    /// Owners who are no rows, with the lines of the rows that name them.
    pub(super) strangers: BTreeMap<String, Vec<u32>>,
    /// How many people have something in a manager column.
    pub(super) with_manager: usize,
}

/// What came of the cells that named no owner.
#[derive(Default)]
struct Without {
    /// Words for nobody.
    nobody: BTreeSet<String>,
    /// How many people have one.
    by_nobody: usize,
    /// How many have an owner who is no longer there, or a bot.
    by_gone: usize,
    /// Names that several people have, with the line of the first row that has each.
    several: BTreeMap<String, (u32, usize)>,
}

/// The id of somebody's owner by the id of somebody.
type OwnerOf = BTreeMap<String, String>;

impl<'l> Lines<'l> {
    pub(super) fn new(
        reading: &'l Reading<'l>,
        everybody: &'l [Employee],
        known: &'l Known<'l>,
    ) -> Lines<'l> {
        Lines { reading, everybody, known, strangers: BTreeMap::new(), with_manager: 0 }
    }

    fn cell<'r>(&self, row: &'r Row, role: Role) -> Cow<'r, str> {
        let columns = self.reading.columns;
        let of = |role| columns.of(role).map_or("", |column| row.cell(column));
        if role == Role::ManagerFirstName {
            return Cow::Owned(names::joined(of(Role::ManagerFirstName), "", of(Role::ManagerLastName)));
        }
        Cow::Borrowed(of(role))
    }

    fn rows(&self) -> impl Iterator<Item = &'l Row> {
        let reading = self.reading;
        self.everybody.iter().filter_map(move |one| reading.table.rows.get(one.row))
    }

    fn naming(&self, role: Role) -> Option<Naming> {
        self.reading.columns.of(role)?;
        let cells: Vec<Cow<'_, str>> = self.rows().map(|row| self.cell(row, role)).collect();
        Some(Naming::of(cells.iter().map(AsRef::as_ref), self.known))
    }

    fn header(&self, role: Role) -> String {
        let column = self.reading.columns.of(role).and_then(|column| self.reading.table.headers.get(column));
        column.cloned().unwrap_or_default()
    }

    /// Who owns whose delivery.
    pub(super) fn managers(&mut self, diagnostics: &mut Diagnostics, notes: &mut Vec<String>) -> OwnerOf {
        let roles = MANAGER_ROLES.into_iter().filter(|role| *role != Role::ManagerLastName);
        let mut columns: Vec<(Role, Naming)> =
            roles.filter_map(|role| Some((role, self.naming(role)?))).collect();
        for (role, _) in columns.iter().filter(|(_, naming)| naming.is_flag) {
            notes.push(format!(
                "the column {} says yes or no, so it was not taken for managers",
                self.header(*role)
            ));
        }
        columns.retain(|(_, naming)| !naming.is_flag);
        let is_sure =
            |role: Role, naming: &Naming| self.reading.columns.is_mapped(role) || !naming.is_doubtful();
        if columns.iter().any(|(_, naming)| naming.is_doubtful())
            && !columns.iter().any(|(role, naming)| naming.named > 0 && is_sure(*role, naming))
        {
            self.refuse(&columns, diagnostics);
            return OwnerOf::new();
        }
        // A column that names strangers only must not outdo one that names rows.
        let trusted: Vec<bool> = columns.iter().map(|(role, naming)| is_sure(*role, naming)).collect();
        let mut owner_of = OwnerOf::new();
        let mut without = Without::default();
        for one in self.everybody {
            let Some(row) = self.reading.table.rows.get(one.row) else { continue };
            let named = columns.iter().zip(&trusted).filter_map(|((role, naming), trusted)| {
                let written = self.cell(row, *role).trim().to_owned();
                let owner = naming.owner(&written, self.known)?;
                (*trusted || matches!(owner, Owner::Row(_))).then_some((owner, written))
            });
            let named: Vec<(Owner, String)> = named.collect();
            self.with_manager += usize::from(!named.is_empty());
            if one.presence != Presence::Here {
                continue;
            }
            if let Some(owner) = self.choose(one, named, diagnostics) {
                self.take(one, owner, &mut owner_of, &mut without, diagnostics);
            }
        }
        self.say_without("delivery owner", &without, diagnostics, notes);
        owner_of
    }

    /// Who owns whose craft, or whose rating.
    pub(super) fn others(
        &mut self,
        line: Line,
        diagnostics: &mut Diagnostics,
        notes: &mut Vec<String>,
    ) -> OwnerOf {
        let (role, what) = match line {
            Line::Craft => (Role::CraftOwner, "craft owner"),
            Line::Rating => (Role::RatedBy, "rater"),
        };
        let mut owner_of = OwnerOf::new();
        let Some(naming) = self.naming(role) else { return owner_of };
        if naming.is_flag || (naming.is_doubtful() && !self.reading.columns.is_mapped(role)) {
            notes.push(format!(
                "the column {} names hardly anybody of this file, so it gave nobody a {what}",
                self.header(role)
            ));
            return owner_of;
        }
        let mut without = Without::default();
        for one in self.everybody.iter().filter(|one| one.presence == Presence::Here) {
            let Some(row) = self.reading.table.rows.get(one.row) else { continue };
            if let Some(owner) = naming.owner(&self.cell(row, role), self.known) {
                self.take(one, owner, &mut owner_of, &mut without, diagnostics);
            }
        }
        self.say_without(what, &without, diagnostics, notes);
        owner_of
    }

    /// Of what several columns say of one person the first that names a row, else the first.
    fn choose(
        &self,
        one: &Employee,
        named: Vec<(Owner, String)>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Owner> {
        let rows: Vec<&(Owner, String)> =
            named.iter().filter(|(owner, _)| matches!(owner, Owner::Row(_))).collect();
        if let Some((first, written)) = rows.first()
            && let Some((_, other)) = rows.iter().find(|(owner, _)| owner != first)
        {
            let message =
                message!("two columns name different managers: ", written.clone(), " and ", other.clone());
            let warning = Diagnostic::warning(Code::TwoManagers, message, self.reading.place(one.line));
            diagnostics.push(warning.help(message!("the first was taken: ", written.clone())));
        }
        let row = rows.first().map(|(owner, _)| owner.clone());
        row.or_else(|| named.into_iter().map(|(owner, _)| owner).next())
    }

    fn take(
        &mut self,
        one: &Employee,
        owner: Owner,
        owner_of: &mut OwnerOf,
        without: &mut Without,
        diagnostics: &mut Diagnostics,
    ) {
        match owner {
            Owner::Row(at) => match self.everybody.get(at) {
                Some(owner) if owner.id == one.id => {
                    let message = message!(
                        one.id.clone(),
                        " is recorded as their own manager; imported without an owner"
                    );
                    let place = self.reading.place(one.line);
                    diagnostics.push(Diagnostic::warning(Code::OwnManager, message, place));
                }
                Some(owner) if owner.presence == Presence::Here => {
                    owner_of.insert(one.id.clone(), owner.id.clone());
                }
                _ => without.by_gone += 1,
            },
            Owner::Stranger(written) => {
                self.strangers.entry(written.clone()).or_default().push(one.line);
                owner_of.insert(one.id.clone(), written);
            }
            Owner::Several(written) => without.several.entry(written).or_insert((one.line, 0)).1 += 1,
            Owner::Nobody(written) => {
                without.by_nobody += 1;
                without.nobody.insert(written);
            }
        }
    }

    fn say_without(
        &self,
        what: &str,
        without: &Without,
        diagnostics: &mut Diagnostics,
        notes: &mut Vec<String>,
    ) {
        let people = |count: usize| counted(count, "person", "people");
        if without.by_nobody > 0 {
            let mut words: Vec<&str> = without.nobody.iter().take(5).map(String::as_str).collect();
            if without.nobody.len() > 5 {
                words.push("\u{2026}");
            }
            notes.push(format!(
                "{}: nobody, so {} got no {what} from this",
                words.join(", "),
                people(without.by_nobody)
            ));
        }
        if without.by_gone > 0 {
            notes.push(format!(
                "{} got no {what}: theirs is left out, being gone or no person",
                people(without.by_gone)
            ));
        }
        for (name, (line, count)) in &without.several {
            let message = message!("two or more people are called ", name.clone(), ": ")
                .and(Message::words(format!("{} got no {what}", people(*count))));
            let help = message!("a column with ids or addresses tells them apart: --map manager=COLUMN");
            diagnostics
                .push(Diagnostic::warning(Code::TwoOfOneName, message, self.reading.place(*line)).help(help));
        }
    }

    /// Hardly any manager is a row: the columns are not what they were taken for, or this is a part of a file.
    fn refuse(&self, columns: &[(Role, Naming)], diagnostics: &mut Diagnostics) {
        for (role, naming) in columns.iter().filter(|(_, naming)| naming.named > 0) {
            let header = self.header(*role);
            let message = message!("the managers in the column ", header.clone(), " are not in this file: ")
                .and(Message::words(format!("{} of {} are", naming.found, naming.named)))
                .and(message!(" by id, address, login or name"));
            let help = Message::words(format!(
                "name the column that tells who they are, or say that it is this one: --map {}",
                super::quoted("manager", &header)
            ));
            let place = self.reading.place(self.reading.table.line);
            diagnostics.push(Diagnostic::error(Code::ManagersNotFound, message, place).help(help));
        }
    }
}
