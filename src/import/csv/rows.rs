//! A row becomes somebody: id, name, days, and whether they are there. What cannot be read is an error at its cell.

use std::collections::BTreeMap;

use super::super::dates::{self, NoDay, Order};
use super::super::draft::{is_nothing, tidy};
use super::columns::Columns;
use super::names;
use super::people::HowToImport;
use super::presence::{self, Presence};
use super::role::Role;
use super::settle::IdFrom;
use super::sheet::{Row, Table};
use crate::base::day::Day;
use crate::base::message::{Message, message};
use crate::records::words::Track;
use crate::source::{Code, Diagnostic, Diagnostics, FileIx, Mark, Place};

/// One row as it is understood.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Employee {
    pub(super) line: u32,
    /// The place of its row.
    pub(super) row: usize,
    pub(super) id: String,
    pub(super) name: Option<String>,
    /// The name as the other columns have it.
    pub(super) other_name: Option<String>,
    pub(super) title: Option<String>,
    pub(super) squad: Option<String>,
    pub(super) guild: Option<String>,
    pub(super) email: Option<String>,
    pub(super) level: Option<u8>,
    pub(super) track: Option<Track>,
    pub(super) started: Option<Day>,
    pub(super) left: Option<Day>,
    pub(super) presence: Presence,
}

/// What is seen on the way through the rows, for the notes.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Status words that are not known, and how many people have each.
    pub(super) odd_statuses: BTreeMap<String, usize>,
    /// Whose leaving date is of an earlier time with the organisation.
    pub(super) rehired: usize,
    /// Days whose year was written with two digits.
    pub(super) short_years: usize,
    /// Days that a spreadsheet kept as numbers.
    pub(super) serials: usize,
    /// Ambiguous days that were read as the others of their column.
    pub(super) inferred: BTreeMap<Order, usize>,
}

/// A table with all that is known about how it is to be read.
pub(super) struct Reading<'p> {
    pub(super) columns: &'p Columns,
    pub(super) table: &'p Table,
    pub(super) file: FileIx,
    pub(super) how: HowToImport,
    pub(super) id_from: IdFrom,
    /// The order that the days of a column show, for those of hire and of leaving.
    pub(super) orders: [Option<Order>; 2],
    /// Whether this was a workbook, where days may be numbers.
    pub(super) is_workbook: bool,
}

impl Reading<'_> {
    pub(super) fn cell<'r>(&self, row: &'r Row, role: Role) -> Option<&'r str> {
        let cell = row.cell(self.columns.of(role)?).trim();
        (!is_nothing(cell)).then_some(cell)
    }

    pub(super) fn place(&self, line: u32) -> Place {
        Place::exact(self.file, Mark { line, column: 1 }, 1)
    }

    /// Where the cell for a role is in the line as it is shown: cells that are not read are covered there.
    fn place_of(&self, row: &Row, role: Role) -> Place {
        let Some(column) = self.columns.of(role) else { return self.place(row.line) };
        let width = |at: usize| self.columns.shown(at, row).chars().count();
        let before: usize = (0..column).map(|at| width(at) + 1).sum();
        let number = |count: usize| u32::try_from(count).unwrap_or(1);
        let mark = Mark { line: row.line, column: number(before + 1) };
        Place::exact(self.file, mark, number(width(column).max(1)))
    }

    fn day(&self, row: &Row, role: Role, seen: &mut Seen, bad: &mut Diagnostics) -> Result<Option<Day>, ()> {
        let Some(cell) = self.cell(row, role) else { return Ok(None) };
        let shown = self.orders[usize::from(role == Role::Left)];
        let outcome = match (dates::day(cell, self.how.order), shown) {
            (Err(NoDay::Ambiguous), Some(order)) => {
                *seen.inferred.entry(order).or_default() += 1;
                dates::day(cell, Some(order))
            }
            (outcome, _) => outcome,
        };
        let why = match outcome {
            Ok(day) => {
                seen.short_years += usize::from(dates::has_short_year(cell));
                return Ok(Some(day));
            }
            Err(NoDay::Never) => return Ok(None),
            Err(NoDay::Serial(day)) if self.is_workbook => {
                seen.serials += 1;
                return Ok(Some(day));
            }
            Err(why) => why,
        };
        let what = Message::words(format!("in the column for `{}`", role.word()));
        let date = |kind: &'static str| message!(kind, cell.to_owned(), "` ");
        let (message, help) = match why {
            NoDay::Ambiguous => (date("ambiguous date `"), message!("say which: --dates dmy or --dates mdy")),
            NoDay::ShortYear => (
                date("ambiguous date `"),
                Message::words(format!(
                    "say what comes first: --dates dmy, --dates mdy or --dates ymd; two-digit years are then {} to {}",
                    dates::FIRST_SHORT_YEAR,
                    dates::LAST_SHORT_YEAR
                )),
            ),
            NoDay::TooEarly => {
                (date("date before 1900 `"), message!("write the year with four digits, as in 2026-11-20"))
            }
            NoDay::Serial(day) => (
                date("invalid date `"),
                message!(
                    "a spreadsheet may keep ",
                    day,
                    " as this number: format the column as a date and export it again"
                ),
            ),
            NoDay::Never | NoDay::Unknown => (date("invalid date `"), message!("write it as 2026-11-20")),
        };
        bad.push(Diagnostic::error(Code::Date, message.and(what), self.place_of(row, role)).help(help));
        Err(())
    }

    fn id(&self, row: &Row, bad: &mut Diagnostics) -> Option<String> {
        let email = || self.cell(row, Role::Email).map(str::to_lowercase);
        let (role, id) = match self.id_from {
            IdFrom::Column => (Role::Id, self.cell(row, Role::Id).map(str::to_owned).or_else(email)),
            IdFrom::Email => (Role::Email, email()),
            IdFrom::Name => (Role::Name, self.names(row).0),
            IdFrom::Note => {
                let note = self.cell(row, Role::Name).and_then(|name| names::with_note(name).1);
                (Role::Name, note.map(str::to_owned))
            }
        };
        if id.is_none() {
            let message = Message::words(format!("this row has no `{}`", role.word()));
            bad.push(Diagnostic::error(Code::NoId, message, self.place_of(row, role)));
        }
        id
    }

    /// The name that is shown, and the other that the row has.
    fn names(&self, row: &Row) -> (Option<String>, Option<String>) {
        let part = |role| self.cell(row, role).unwrap_or_default();
        let parts = [Role::FirstName, Role::Infix, Role::LastName].map(part);
        let joined = tidy(&names::joined(parts[0], parts[1], parts[2]));
        let whole = self.cell(row, Role::Name).map(|name| self.without_id(name, row)).and_then(tidy);
        // A nickname of one word says less than a given and a family name.
        let is_short = |name: &String| !name.contains(' ') && !names::is_cjk(name);
        let both = !parts[0].is_empty() && !parts[2].is_empty();
        match (whole, joined) {
            (Some(whole), Some(joined)) if is_short(&whole) && both => (Some(joined), Some(whole)),
            (Some(whole), joined) => (Some(whole), joined),
            (None, joined) => (joined, None),
        }
    }

    /// A name without the id, or a word about presence, in brackets behind it.
    fn without_id<'n>(&self, name: &'n str, row: &Row) -> &'n str {
        match names::with_note(name) {
            (bare, Some(note))
                if self.id_from == IdFrom::Note
                    || self.cell(row, Role::Id) == Some(note)
                    || self.columns.handles.iter().any(|column| row.cell(*column).trim() == note)
                    || presence::status(note).is_some() =>
            {
                bare
            }
            _ => name,
        }
    }

    fn presence(&self, row: &Row, name: Option<&str>, seen: &mut Seen) -> Presence {
        let mut presence = Presence::Here;
        for (role, column) in self.columns.presence() {
            let cell = row.cell(column).trim();
            let says = match role {
                Role::Active => match presence::yes_or_no(cell) {
                    Some(false) => Presence::Gone,
                    Some(true) => Presence::Here,
                    None => presence::status(cell).unwrap_or(Presence::Here),
                },
                Role::Gone if presence::yes_or_no(cell) == Some(true) => Presence::Gone,
                Role::Gone => Presence::Here,
                Role::AccountType => presence::account(cell),
                _ => presence::status(cell).unwrap_or_else(|| {
                    *seen.odd_statuses.entry(tidy(cell).unwrap_or_default()).or_default() += 1;
                    Presence::Here
                }),
            };
            presence = presence.max(says);
        }
        let note = self.cell(row, Role::Name).and_then(|name| names::with_note(name).1);
        if note.and_then(presence::status).is_some_and(|says| says == Presence::Gone)
            && !self.is_id(row, note)
        {
            presence = presence.max(Presence::Gone);
        }
        if name.is_some_and(presence::is_vacant) { Presence::Vacant } else { presence }
    }

    fn is_id(&self, row: &Row, note: Option<&str>) -> bool {
        self.id_from == IdFrom::Note || self.cell(row, Role::Id) == note
    }

    /// Somebody, or an error.
    pub(super) fn employee(
        &self,
        at: usize,
        row: &Row,
        seen: &mut Seen,
        bad: &mut Diagnostics,
    ) -> Option<Employee> {
        let (name, other_name) = self.names(row);
        let presence = self.presence(row, name.as_deref(), seen);
        let id = self.id(row, bad)?;
        let started = self.day(row, Role::Started, seen, bad);
        let left = self.day(row, Role::Left, seen, bad);
        let (started, mut left) = (started.ok()?, left.ok()?);
        if let (Some(started), Some(gone)) = (started, left)
            && gone < started
        {
            if presence != Presence::Here || self.columns.presence().next().is_none() {
                let message = message!("the row says left on ", gone, ", and started on ", started);
                let help =
                    message!("of somebody who came back, leave the date out on which they left before");
                bad.push(
                    Diagnostic::error(Code::DateOrder, message, self.place_of(row, Role::Left)).help(help),
                );
                return None;
            }
            // A status says that they are there: they were hired again.
            seen.rehired += 1;
            left = None;
        }
        let left = left.or(self.how.left_on.filter(|_| presence == Presence::Gone));
        Some(Employee {
            line: row.line,
            row: at,
            id,
            name,
            other_name,
            title: self.cell(row, Role::Title).and_then(tidy),
            squad: self.cell(row, Role::Squad).and_then(tidy),
            guild: self.cell(row, Role::Guild).and_then(tidy),
            email: self.cell(row, Role::Email).map(str::to_lowercase),
            level: self.level(row, bad).ok()?,
            track: self.track(row, bad).ok()?,
            started,
            left,
            presence: if presence == Presence::Gone && left.is_some() { Presence::Here } else { presence },
        })
    }

    /// `5`, `L5`, `IC5`: the number from 1 to 20 in a level.
    fn level(&self, row: &Row, bad: &mut Diagnostics) -> Result<Option<u8>, ()> {
        let Some(cell) = self.cell(row, Role::Level) else { return Ok(None) };
        let digits = cell.trim_start_matches(|c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '_'));
        let level = digits.parse::<u8>().ok().filter(|level| (1..=20).contains(level));
        if level.is_none() {
            let message = message!("no level in `", cell.to_owned(), "`, expected a number from 1 to 20");
            bad.push(Diagnostic::error(Code::WrongValue, message, self.place_of(row, Role::Level)));
        }
        level.map(Some).ok_or(())
    }

    fn track(&self, row: &Row, bad: &mut Diagnostics) -> Result<Option<Track>, ()> {
        let Some(cell) = self.cell(row, Role::Track) else { return Ok(None) };
        let track = match cell.to_lowercase().as_str() {
            "warrant" | "ic" | "individual contributor" | "expert" | "specialist" | "technical" => {
                Track::Warrant
            }
            "officer" | "manager" | "management" | "m" | "people manager" | "lead" => Track::Officer,
            _ => {
                let message =
                    message!("unknown track `", cell.to_owned(), "`, expected `warrant` or `officer`");
                bad.push(Diagnostic::error(Code::UnknownWord, message, self.place_of(row, Role::Track)));
                return Err(());
            }
        };
        Ok(Some(track))
    }
}
