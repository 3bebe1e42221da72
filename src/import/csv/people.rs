//! Rows become people, and the columns that name others their lines. Whoever owns a line and is no row is kept as
//! somebody outside; duplicates, circles and contradictions are named with their row.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::super::dates::Order;
use super::super::draft::{Draft, DraftGroup, DraftPerson};
use super::super::ids::Ids;
use super::known::Known;
use super::lines::{Line, Lines};
use super::presence::{Presence, is_total};
pub(super) use super::rows::Employee;
use super::rows::{Reading, Seen};
use super::sheet::Row;
use crate::base::cycles::cycles;
use crate::base::day::Day;
use crate::base::message::{Message, counted, message};
use crate::source::{Code, Diagnostic, Diagnostics};

/// How rows are read.
#[derive(Clone, Copy, Debug, Default)]
pub struct HowToImport {
    /// Which number of a date comes first.
    pub order: Option<Order>,
    /// Whether mail addresses become aliases.
    pub email_aliases: bool,
    /// The day on which whoever is gone is said to have left, where the row has none.
    pub left_on: Option<Day>,
}

/// Lines below a table that are no rows of it.
const LAST_ROWS: usize = 5;

impl Reading<'_> {
    /// The rows that can be read, each person once, in the order of their ids.
    fn employees(
        &self,
        seen: &mut Seen,
        bad: &mut Diagnostics,
        diagnostics: &mut Diagnostics,
        notes: &mut Vec<String>,
    ) -> Vec<Employee> {
        let mut people: BTreeMap<String, Employee> = BTreeMap::new();
        for (at, row) in self.table.rows.iter().enumerate() {
            if self.is_no_row(at, row) {
                notes.push(format!("passed over: line {}, a total or a note", row.line));
                continue;
            }
            let Some(employee) = self.employee(at, row, seen, bad) else { continue };
            match people.get(&employee.id) {
                None => drop(people.insert(employee.id.clone(), employee)),
                Some(first) => self.twice(first, &employee, bad, diagnostics),
            }
        }
        people.into_values().collect()
    }

    fn twice(
        &self,
        first: &Employee,
        second: &Employee,
        bad: &mut Diagnostics,
        diagnostics: &mut Diagnostics,
    ) {
        let rows = [first, second].map(|one| self.table.rows.get(one.row));
        let alike = (0..self.table.headers.len())
            .filter(|column| self.columns.is_read(*column))
            .all(|column| rows[0].map(|row| row.cell(column)) == rows[1].map(|row| row.cell(column)));
        let message = message!("duplicate row for the employee ", second.id.clone());
        let (here, before) = (self.place(second.line), self.place(first.line));
        if alike {
            let message = message.and(message!(" with the same values"));
            diagnostics
                .push(Diagnostic::warning(Code::DuplicateRow, message, here).also(before, "first here"));
            return;
        }
        let help = message!(
            "keep one row for each person, the latest where these are snapshots; --skip-bad-rows keeps the first"
        );
        let message = message.and(message!(" with different values"));
        bad.push(Diagnostic::error(Code::DuplicateRow, message, here).also(before, "first here").help(help));
    }

    /// Whether a row adds up the others, or is a note below the last of them.
    fn is_no_row(&self, at: usize, row: &Row) -> bool {
        let mut filled = row.cells().map(str::trim).filter(|cell| !cell.is_empty());
        let first = filled.next().unwrap_or_default();
        let is_note = self.table.headers.len() > 2
            && at + LAST_ROWS >= self.table.rows.len()
            && at > 0
            && filled.next().is_none()
            && first.contains([' ', ':', '\u{a9}']);
        is_note || is_total(first)
    }

    /// Everybody in a draft.
    pub(super) fn draft(&self, bad: &mut Diagnostics, diagnostics: &mut Diagnostics) -> Draft {
        let mut draft = Draft::default();
        let mut seen = Seen::default();
        let everybody = self.employees(&mut seen, bad, diagnostics, &mut draft.notes);
        let known = Known::new(&everybody, self.columns, self.table);
        let mut lines = Lines::new(self, &everybody, &known);
        let managers = lines.managers(diagnostics, &mut draft.notes);
        let craft = lines.others(Line::Craft, diagnostics, &mut draft.notes);
        let raters = lines.others(Line::Rating, diagnostics, &mut draft.notes);
        let present: Vec<&Employee> = everybody.iter().filter(|one| one.presence == Presence::Here).collect();
        let mut ids = Ids::new();
        for id in present.iter().map(|one| &one.id).chain(lines.strangers.keys()) {
            ids.give(id);
        }
        for (id, at) in &lines.strangers {
            let people = counted(at.len(), "person", "people");
            let message = message!("no row for the manager ", id.clone(), " of ").and(Message::words(people));
            let line = at.first().copied().unwrap_or(1);
            let warning = Diagnostic::warning(Code::MissingManager, message, self.place(line));
            diagnostics.push(
                warning.help(message!("kept as an external person, who can own lines but is not scored")),
            );
            draft.people.insert(ids.give(id), DraftPerson { external: true, ..DraftPerson::default() });
        }
        let (squad_of, squads) = groups(&present, |one| one.squad.as_ref(), &managers, &mut ids);
        let (guild_of, guilds) = groups(&present, |one| one.guild.as_ref(), &craft, &mut ids);
        (draft.squads, draft.guilds) = (squads, guilds);
        for one in &present {
            let person = self.person(one, &mut ids);
            let group = |of: &BTreeMap<String, Rc<str>>, name: &Option<String>| {
                name.as_ref().and_then(|name| of.get(name).cloned())
            };
            let (squad, guild) = (group(&squad_of, &one.squad), group(&guild_of, &one.guild));
            // What the lead of a group says already is not said again.
            let told = |groups: &BTreeMap<Rc<str>, DraftGroup>, id: &Option<Rc<str>>| {
                id.as_ref().and_then(|id| groups.get(id)).and_then(|group| group.lead.clone())
            };
            let mut owner = |of: &BTreeMap<String, String>| of.get(&one.id).map(|owner| ids.give(owner));
            let (delivery, craft, rater) = (owner(&managers), owner(&craft), owner(&raters));
            let person = DraftPerson {
                delivery_owner: delivery.filter(|owner| told(&draft.squads, &squad).as_ref() != Some(owner)),
                craft_owner: craft.filter(|owner| told(&draft.guilds, &guild).as_ref() != Some(owner)),
                rated_by: rater,
                squad,
                guild,
                ..person
            };
            draft.people.insert(ids.give(&one.id), person);
        }
        self.circles(&present, &managers, diagnostics, &mut draft);
        draft.without_clashes();
        let with_manager = lines.with_manager;
        draft.count("rows", self.table.rows.len());
        draft.count("distinct_ids", everybody.len());
        draft.count("with_manager", with_manager);
        draft.count("roots", present.len() - managers.len());
        draft.count("dangling_managers", lines.strangers.len());
        super::notes::of_people(self, &everybody, &seen, &mut draft.notes);
        draft
    }

    fn person(&self, one: &Employee, ids: &mut Ids) -> DraftPerson {
        let id = ids.give(&one.id);
        let alias =
            one.email.clone().filter(|mail| self.how.email_aliases && crate::records::values::is_id(mail));
        DraftPerson {
            name: one.name.clone(),
            title: one.title.clone(),
            level: one.level,
            track: one.track,
            started: one.started,
            left: one.left,
            aliases: alias.into_iter().filter(|alias| **alias != *id).map(Rc::from).collect(),
            ..DraftPerson::default()
        }
    }

    /// Managers in a circle: each once, at the row of the first of them.
    fn circles(
        &self,
        present: &[&Employee],
        owner_of: &BTreeMap<String, String>,
        diagnostics: &mut Diagnostics,
        draft: &mut Draft,
    ) {
        let find = |id: &String| present.binary_search_by(|one| one.id.cmp(id)).ok();
        let owner = |at: usize| owner_of.get(&present[at].id).and_then(find);
        let cycles = cycles(present.len(), owner);
        for cycle in &cycles {
            let names = cycle.iter().map(|at| present[*at].id.as_str()).collect::<Vec<_>>().join(" -> ");
            let message = message!("cycle of managers: ", names);
            let line = cycle.first().map_or(1, |at| present[*at].line);
            diagnostics.push(Diagnostic::warning(Code::Circle, message, self.place(line)));
        }
        draft.count("circles", cycles.len());
    }
}

/// The groups that people name, each led by whoever is the one owner of all its members; and the id of each name.
fn groups(
    people: &[&Employee],
    group: impl Fn(&Employee) -> Option<&String>,
    owner_of: &BTreeMap<String, String>,
    ids: &mut Ids,
) -> (BTreeMap<String, Rc<str>>, BTreeMap<Rc<str>, DraftGroup>) {
    let mut members: BTreeMap<&String, Vec<(&String, Option<&String>)>> = BTreeMap::new();
    for one in people {
        if let Some(name) = group(one) {
            members.entry(name).or_default().push((&one.id, owner_of.get(&one.id)));
        }
    }
    let mut group_ids = Ids::of_names();
    let (mut by_name, mut groups) = (BTreeMap::new(), BTreeMap::new());
    for (name, members) in members {
        let id = group_ids.give(name);
        let shown = (*id != **name).then(|| name.clone());
        let lead = lead(&members).map(|lead| ids.give(lead));
        groups.insert(Rc::clone(&id), DraftGroup { name: shown, lead });
        by_name.insert(name.clone(), id);
    }
    (by_name, groups)
}

/// The one owner of all members, themselves left out; nobody where there are several or none.
fn lead<'a>(members: &[(&'a String, Option<&'a String>)]) -> Option<&'a String> {
    let owners: BTreeSet<&String> = members.iter().filter_map(|(_, owner)| *owner).collect();
    let leads =
        |lead: &&String| members.iter().all(|(member, owner)| member == lead || *owner == Some(*lead));
    let mut all = owners.into_iter().filter(leads);
    let first = all.next()?;
    all.next().is_none().then_some(first)
}
