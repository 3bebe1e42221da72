//! Rows become people, and the manager column their delivery owners. Whoever manages and is no row is kept as
//! somebody outside; duplicates, circles and contradictions are named with their row.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::super::dates::{self, NoDay, Order};
use super::super::draft::{Draft, DraftGroup, DraftPerson, is_nothing, tidy};
use super::super::ids::Ids;
use super::columns::{Columns, Role};
use super::sheet::{Row, Table};
use crate::base::cycles::cycles;
use crate::base::day::Day;
use crate::base::message::counted;
use crate::source::{Diagnostic, Diagnostics, FileIx, Mark, Place, Said, said};

/// How rows are read.
#[derive(Clone, Copy, Debug, Default)]
pub struct HowToImport {
    /// Which number of a date comes first.
    pub order: Option<Order>,
    /// Whether mail addresses become aliases.
    pub email_aliases: bool,
}

/// One row as it is understood.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Employee {
    line: u32,
    id: String,
    name: Option<String>,
    title: Option<String>,
    squad: Option<String>,
    email: Option<String>,
    position: Option<String>,
    /// What the manager columns hold, in the order in which they are believed.
    managers: Vec<(Role, String)>,
    started: Option<Day>,
    left: Option<Day>,
}

pub(super) struct People<'p> {
    pub(super) columns: &'p Columns,
    pub(super) table: &'p Table,
    pub(super) file: FileIx,
    pub(super) how: HowToImport,
}

impl People<'_> {
    fn cell<'r>(&self, row: &'r Row, role: Role) -> Option<&'r str> {
        let cell = row.cells.get(self.columns.of(role)?)?.trim();
        (!is_nothing(cell)).then_some(cell)
    }

    fn place(&self, line: u32) -> Place {
        Place::exact(self.file, Mark { line, column: 1 }, 1)
    }

    /// Where the cell for something stands in the line as it is shown: cells that are not read are covered there.
    fn place_of(&self, row: &Row, role: Role) -> Place {
        let Some(column) = self.columns.of(role) else { return self.place(row.line) };
        let width = |at: usize| self.columns.shown(at, row).chars().count();
        let before: usize = (0..column).map(|at| width(at) + 1).sum();
        let number = |count: usize| u32::try_from(count).unwrap_or(1);
        let mark = Mark { line: row.line, column: number(before + 1) };
        Place::exact(self.file, mark, number(width(column).max(1)))
    }

    fn day(&self, row: &Row, role: Role, bad: &mut Diagnostics) -> Result<Option<Day>, ()> {
        let Some(cell) = self.cell(row, role) else { return Ok(None) };
        match dates::day(cell, self.how.order) {
            Ok(day) => Ok(Some(day)),
            Err(why) => {
                let what = Said::words(format!("in the column for `{}`", role.word()));
                let (message, help) = match why {
                    NoDay::Ambiguous => (
                        said![cell.to_owned(), " can be two days, "],
                        said!["say which: --dates dmy or --dates mdy"],
                    ),
                    NoDay::Unknown => {
                        (said![cell.to_owned(), " is no day, "], said!["write it as 2026-11-20"])
                    }
                };
                bad.push(Diagnostic::error("date", message.and(what), self.place_of(row, role)).help(help));
                Err(())
            }
        }
    }

    fn employee(&self, row: &Row, bad: &mut Diagnostics) -> Option<Employee> {
        let id_role = if self.columns.of(Role::Id).is_some() { Role::Id } else { Role::Email };
        let Some(id) = self.cell(row, id_role) else {
            let message = Said::words(format!("this row has no `{}`", id_role.word()));
            bad.push(Diagnostic::error("no-id", message, self.place_of(row, id_role)));
            return None;
        };
        let id = if id_role == Role::Email { id.to_lowercase() } else { id.to_owned() };
        let started = self.day(row, Role::Started, bad);
        let left = self.day(row, Role::Left, bad);
        let (started, left) = (started.ok()?, left.ok()?);
        if let (Some(started), Some(left)) = (started, left)
            && left < started
        {
            let message = said!["the row says left on ", left, ", and started on ", started];
            bad.push(Diagnostic::error("date-order", message, self.place_of(row, Role::Left)));
            return None;
        }
        let first_and_last =
            [Role::FirstName, Role::LastName].map(|role| self.cell(row, role).unwrap_or_default()).join(" ");
        let managers = [Role::ManagerId, Role::ManagerPosition, Role::ManagerEmail, Role::ManagerName];
        Some(Employee {
            line: row.line,
            id,
            name: self.cell(row, Role::Name).and_then(tidy).or_else(|| tidy(&first_and_last)),
            title: self.cell(row, Role::Title).and_then(tidy),
            squad: self.cell(row, Role::Squad).and_then(tidy),
            email: self.cell(row, Role::Email).map(str::to_lowercase),
            position: self.cell(row, Role::Position).map(str::to_owned),
            managers: managers
                .iter()
                .filter_map(|role| Some((*role, self.cell(row, *role)?.to_owned())))
                .collect(),
            started,
            left,
        })
    }

    /// The rows that can be read, each person once.
    fn employees(&self, bad: &mut Diagnostics, diagnostics: &mut Diagnostics) -> BTreeMap<String, Employee> {
        let mut people: BTreeMap<String, Employee> = BTreeMap::new();
        for row in &self.table.rows {
            let Some(employee) = self.employee(row, bad) else { continue };
            let Some(first) = people.get(&employee.id) else {
                people.insert(employee.id.clone(), employee);
                continue;
            };
            let alike = Employee { line: first.line, ..employee.clone() } == *first;
            let message = said!["the employee ", employee.id.clone(), " stands here twice"];
            let (here, before) = (self.place(employee.line), self.place(first.line));
            if alike {
                let warning = Diagnostic::warning("duplicate-row", message.and(said![", and alike"]), here);
                diagnostics.push(warning.also(before, "first here"));
            } else {
                let help = said![
                    "keep one row for each person, the latest where these are snapshots; --skip-bad-rows keeps the first"
                ];
                bad.push(
                    Diagnostic::error("duplicate-row", message.and(said![", and not alike"]), here)
                        .also(before, "first here")
                        .help(help),
                );
            }
        }
        people
    }

    /// Everybody in a draft.
    pub(super) fn draft(&self, bad: &mut Diagnostics, diagnostics: &mut Diagnostics) -> Draft {
        let employees = self.employees(bad, diagnostics);
        let known = Known::new(&employees);
        let mut draft = Draft::default();
        let (mut owner_of, mut outside) = (BTreeMap::new(), BTreeMap::<String, Vec<u32>>::new());
        let mut with_manager = 0;
        for employee in employees.values() {
            with_manager += usize::from(!employee.managers.is_empty());
            match self.manager(employee, &known, diagnostics) {
                Some(Manager::Row(id)) => drop(owner_of.insert(employee.id.clone(), id)),
                Some(Manager::Stranger(written)) => {
                    outside.entry(written.clone()).or_default().push(employee.line);
                    owner_of.insert(employee.id.clone(), written);
                }
                Some(Manager::Themselves) | None => {}
            }
        }
        let mut ids = Ids::new();
        for id in employees.keys().chain(outside.keys()) {
            ids.give(id);
        }
        for (id, lines) in &outside {
            let people = counted(lines.len(), "person", "people");
            let message = said!["the manager ", id.clone(), " is no row of this file, and manages "]
                .and(Said::words(format!("{people} of it")));
            let warning = Diagnostic::warning("missing-manager", message, self.place(lines[0]));
            diagnostics
                .push(warning.help(said!["kept as somebody outside, who can own lines and is not scored"]));
            draft.people.insert(ids.give(id), DraftPerson { external: true, ..DraftPerson::default() });
        }
        self.squads(&employees, &owner_of, &mut ids, &mut draft);
        self.circles(&employees, &owner_of, diagnostics, &mut draft);
        draft.without_clashes();
        draft.count("rows", self.table.rows.len());
        draft.count("distinct_ids", employees.len());
        draft.count("with_manager", with_manager);
        draft.count("roots", employees.len() - owner_of.len());
        draft.count("dangling_managers", outside.len());
        draft
    }

    fn manager(
        &self,
        employee: &Employee,
        known: &Known<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Manager> {
        let mut chosen: Option<(Manager, &str)> = None;
        for (role, written) in &employee.managers {
            let one = match known.find(*role, written) {
                Some(id) if *id == employee.id => Manager::Themselves,
                Some(id) => Manager::Row(id.clone()),
                None => Manager::Stranger(written.clone()),
            };
            match &chosen {
                None => chosen = Some((one, written)),
                Some((Manager::Stranger(_), _)) if matches!(one, Manager::Row(_)) => {
                    chosen = Some((one, written));
                }
                Some((Manager::Row(first), other)) if matches!(&one, Manager::Row(id) if id != first) => {
                    let message = said![
                        "two columns name different managers: ",
                        (*other).to_owned(),
                        " and ",
                        written.clone()
                    ];
                    let warning = Diagnostic::warning("two-managers", message, self.place(employee.line));
                    diagnostics.push(warning.help(said!["the first was taken: ", (*other).to_owned()]));
                }
                Some(_) => {}
            }
        }
        if let Some((Manager::Themselves, _)) = chosen {
            let message =
                said![employee.id.clone(), " is written as their own manager: read as nobody above"];
            diagnostics.push(Diagnostic::warning("own-manager", message, self.place(employee.line)));
        }
        chosen.map(|(manager, _)| manager)
    }

    fn squads(
        &self,
        employees: &BTreeMap<String, Employee>,
        owner_of: &BTreeMap<String, String>,
        ids: &mut Ids,
        draft: &mut Draft,
    ) {
        let mut squad_ids = Ids::of_names();
        let names: BTreeSet<&String> = employees.values().filter_map(|one| one.squad.as_ref()).collect();
        for name in names {
            let members = employees.values().filter(|one| one.squad.as_ref() == Some(name));
            let lead = lead(members.map(|one| (&one.id, owner_of.get(&one.id)))).map(|lead| ids.give(lead));
            let id = squad_ids.give(name);
            let shown = (*id != **name).then(|| name.clone());
            draft.squads.insert(id, DraftGroup { name: shown, lead });
        }
        for employee in employees.values() {
            let squad = employee.squad.as_ref().map(|name| squad_ids.give(name));
            let owner = owner_of.get(&employee.id).map(|owner| ids.give(owner));
            let lead =
                squad.as_ref().and_then(|squad| draft.squads.get(squad)).and_then(|squad| squad.lead.clone());
            let alias = employee
                .email
                .clone()
                .filter(|mail| self.how.email_aliases && crate::records::values::is_id(mail));
            let id = ids.give(&employee.id);
            let person = DraftPerson {
                name: employee.name.clone(),
                title: employee.title.clone(),
                // The lead says the same already.
                delivery_owner: owner.filter(|owner| lead.as_ref() != Some(owner)),
                squad,
                started: employee.started,
                left: employee.left,
                aliases: alias.into_iter().filter(|alias| **alias != *id).map(Rc::from).collect(),
                ..DraftPerson::default()
            };
            draft.people.insert(id, person);
        }
    }

    /// Managers in a circle: each once, at the row of the first of them.
    fn circles(
        &self,
        employees: &BTreeMap<String, Employee>,
        owner_of: &BTreeMap<String, String>,
        diagnostics: &mut Diagnostics,
        draft: &mut Draft,
    ) {
        let ids: Vec<&String> = employees.keys().collect();
        let owner = |at: usize| owner_of.get(ids[at]).and_then(|owner| ids.binary_search(&owner).ok());
        let cycles = cycles(ids.len(), owner);
        for cycle in &cycles {
            let names = cycle.iter().map(|at| ids[*at].as_str()).collect::<Vec<_>>().join(" -> ");
            let first = cycle.first().and_then(|at| employees.get(ids[*at]));
            let message = said!["managers in a circle: ", names];
            let line = first.map_or(1, |employee| employee.line);
            diagnostics.push(Diagnostic::warning("circle", message, self.place(line)));
        }
        draft.count("circles", cycles.len());
    }
}

enum Manager {
    Row(String),
    Stranger(String),
    Themselves,
}

/// The one manager of all members, themselves left out; nobody where there are several or none.
fn lead<'a>(members: impl Iterator<Item = (&'a String, Option<&'a String>)>) -> Option<&'a String> {
    let members: Vec<_> = members.collect();
    let managers: BTreeSet<&String> = members.iter().filter_map(|(_, manager)| *manager).collect();
    let leads =
        |lead: &&String| members.iter().all(|(member, manager)| member == lead || *manager == Some(*lead));
    let mut all = managers.into_iter().filter(leads);
    let first = all.next()?;
    all.next().is_none().then_some(first)
}

/// Everybody by all the ways in which a manager column may name them.
struct Known<'e> {
    employees: &'e BTreeMap<String, Employee>,
    by_email: HashMap<&'e str, Option<&'e String>>,
    by_name: HashMap<String, Option<&'e String>>,
    by_position: HashMap<&'e str, Option<&'e String>>,
}

impl<'e> Known<'e> {
    fn new(employees: &'e BTreeMap<String, Employee>) -> Known<'e> {
        let mut known = Known {
            employees,
            by_email: HashMap::new(),
            by_name: HashMap::new(),
            by_position: HashMap::new(),
        };
        for (id, employee) in employees {
            // What two people share names neither of them.
            let twice = |seen: &mut Option<&'e String>| *seen = None;
            if let Some(mail) = &employee.email {
                known.by_email.entry(mail).and_modify(twice).or_insert(Some(id));
            }
            if let Some(name) = &employee.name {
                known.by_name.entry(name.to_lowercase()).and_modify(twice).or_insert(Some(id));
            }
            if let Some(position) = &employee.position {
                known.by_position.entry(position).and_modify(twice).or_insert(Some(id));
            }
        }
        known
    }

    fn find(&self, role: Role, written: &str) -> Option<&'e String> {
        if role == Role::ManagerPosition {
            return self.by_position.get(written).copied().flatten();
        }
        let by_id = || self.employees.get_key_value(written).map(|(id, _)| id);
        let by_email = || self.by_email.get(written.to_lowercase().as_str()).copied().flatten();
        let by_name = || self.by_name.get(&tidy(written)?.to_lowercase()).copied().flatten();
        by_id().or_else(by_email).or_else(by_name)
    }
}
