//! SCIM users and groups, and users of Microsoft Graph, become people and, on request, squads. Nothing but ids, names, titles, departments and
//! managers is copied.

mod graph;
mod resources;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::draft::{Draft, DraftGroup, DraftPerson, tidy};
use super::ids::Ids;
use crate::base::cycles::cycles;
use crate::base::day::Day;
use crate::base::message::{Message, Quote, counted, message};
use crate::records::values::is_id;
use crate::source::foreign::Foreign;
use crate::source::{Code, Diagnostic, Diagnostics, Mark, Place, Sources};
use resources::{Group, Resources, User};

/// What squads are made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SquadsFrom {
    /// Groups: access lists as often as teams.
    Groups,
    /// The enterprise extension's department.
    Department,
}

/// How SCIM is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// What squads are made of; nothing unless asked for.
    pub squads: Option<SquadsFrom>,
    /// The day on which whoever is inactive is said to have left.
    pub left: Option<Day>,
    /// Whether mail addresses become aliases.
    pub email_aliases: bool,
}

/// Reads all files as one directory.
pub fn read(files: &[Foreign], sources: &Sources, options: Options, diagnostics: &mut Diagnostics) -> Draft {
    let mut resources = Resources::default();
    for foreign in files {
        let text = sources.text(foreign.file);
        match serde_json::from_str(text) {
            Ok(value) => resources.take(&value),
            Err(error) => {
                let clipped = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).max(1);
                let mark = Mark { line: clipped(error.line()), column: clipped(error.column()) };
                let words = error.to_string();
                let words = words.split(" at line ").next().unwrap_or_default().to_owned();
                let message = message!("invalid JSON: ").and(Message::words(words));
                diagnostics.push(Diagnostic::error(
                    Code::Syntax,
                    message,
                    Place::exact(foreign.file, mark, 1),
                ));
            }
        }
    }
    let place = Place::whole(files.first().map_or(crate::source::FileIx(0), |foreign| foreign.file));
    if diagnostics.errors() == 0 && resources.users.is_empty() {
        diagnostics.push(nobody(&resources, place.clone()));
    }
    if diagnostics.errors() > 0 {
        // What was counted is of use all the same.
        let mut draft = Draft::default();
        count(&resources, &mut draft, 0, 0);
        return draft;
    }
    Directory { resources: &resources, options, place }.draft(diagnostics)
}

fn nobody(resources: &Resources, place: Place) -> Diagnostic {
    let (groups, members) =
        (resources.groups.len(), resources.groups.iter().map(|group| group.members.len()).sum::<usize>());
    let message = match resources.errors.first() {
        Some(detail) => message!("an error message of SCIM instead of Users and Groups: ", detail.clone()),
        None if groups > 0 => Message::words(format!(
            "no User found: {groups} Group with {members} members whose Users are missing"
        )),
        None => message!("no User and no Group found"),
    };
    Diagnostic::error(Code::Nobody, message, place)
        .help(message!("give the answer of /Users as well: debt import scim users.json groups.json"))
}

fn count(resources: &Resources, draft: &mut Draft, managers_resolvable: usize, members_resolvable: usize) {
    draft.count("users", resources.users.len());
    draft.count("groups", resources.groups.len());
    draft.count("users_with_manager", resources.users.iter().filter(|user| user.manager.is_some()).count());
    draft.count("managers_resolvable", managers_resolvable);
    draft.count("member_refs", resources.groups.iter().map(|group| group.members.len()).sum());
    draft.count("members_resolvable", members_resolvable);
}

struct Directory<'r> {
    resources: &'r Resources,
    options: Options,
    place: Place,
}

impl Directory<'_> {
    fn warn(&self, diagnostics: &mut Diagnostics, code: Code, message: Message<Quote>, help: Message<Quote>) {
        diagnostics.push(Diagnostic::warning(code, message, self.place.clone()).help(help));
    }

    fn draft(&self, diagnostics: &mut Diagnostics) -> Draft {
        let mut draft = Draft::default();
        let mut ids = Ids::new();
        // Each user once, by the server's id; what has none goes by its userName.
        let mut users: BTreeMap<&str, &User> = BTreeMap::new();
        for user in &self.resources.users {
            let Some(key) = user.id.as_deref().or(user.login.as_deref()) else {
                self.warn(
                    diagnostics,
                    Code::NoId,
                    message!("a User without id and userName was left out"),
                    message!("nothing to do"),
                );
                continue;
            };
            users.insert(key, user);
        }
        let present: BTreeMap<&str, &User> = users
            .iter()
            .filter(|(_, user)| !user.guest)
            .filter(|(_, user)| user.active || user.left.or(self.options.left).is_some())
            .map(|(key, user)| (*key, *user))
            .collect();
        let guests = users.values().filter(|user| user.guest).count();
        let gone = users.len() - present.len() - guests;
        if guests > 0 {
            draft.notes.push(format!("guests of another organisation: {guests}; they were left out"));
        }
        if gone > 0 {
            draft.notes.push(format!("inactive users: {gone}; since when is not said, so they were left out; --left-on DATE keeps them as people who left that day"));
        }
        let names = unique_names(&present);
        let id_of: HashMap<&str, Rc<str>> = present
            .iter()
            .map(|(key, user)| {
                (*key, ids.give(user.login.as_deref().filter(|name| names.contains(name)).unwrap_or(key)))
            })
            .collect();
        let by_user_name: HashMap<&str, &str> =
            present.iter().filter_map(|(key, user)| Some((user.login.as_deref()?, *key))).collect();
        let mut without_owner = 0;
        let (mut managers_found, mut strangers) = (0, BTreeMap::<&str, (usize, Option<&String>)>::new());
        for (key, user) in &present {
            let manager = user.manager.as_deref();
            let known = manager
                .and_then(|manager| id_of.get(manager).or_else(|| id_of.get(by_user_name.get(manager)?)));
            managers_found += usize::from(known.is_some());
            let owner = match (manager, known) {
                (Some(_), Some(id)) => Some(id.clone()).filter(|id| *id != id_of[key]),
                // Whoever is left out is nobody's owner, and no stranger either.
                (Some(left_out), None) if users.contains_key(left_out) => {
                    without_owner += 1;
                    None
                }
                (Some(stranger), None) => {
                    let entry = strangers.entry(stranger).or_default();
                    *entry = (entry.0 + 1, entry.1.or(user.manager_name.as_ref()));
                    Some(ids.give(stranger))
                }
                (None, _) => None,
            };
            draft.people.insert(id_of[key].clone(), self.person(key, user, &id_of[key], owner));
        }
        for (stranger, (manages, name)) in &strangers {
            let message = message!("no User for the manager ", (*stranger).to_owned(), " of ")
                .and(Message::words(counted(*manages, "person", "people")));
            self.warn(
                diagnostics,
                Code::MissingManager,
                message,
                message!("kept as an external person, who can own lines but is not scored"),
            );
            let name = name.and_then(|name| tidy(name));
            draft
                .people
                .insert(ids.give(stranger), DraftPerson { name, external: true, ..DraftPerson::default() });
        }
        self.without_owners(without_owner, &mut draft);
        let members_found = self.squads(&present, &id_of, &mut draft, diagnostics);
        self.missing_pages(diagnostics);
        count(self.resources, &mut draft, managers_found, members_found);
        if self.resources.changes > 0 {
            draft.notes.push(format!(
                "{} of a bulk request change or delete what is described elsewhere and were passed over",
                counted(self.resources.changes, "operation", "operations")
            ));
        }
        if self.resources.others > 0 {
            draft.notes.push(format!(
                "{} resources are neither User nor Group and were passed over",
                self.resources.others
            ));
        }
        draft.without_clashes();
        draft
    }

    fn without_owners(&self, left_out: usize, draft: &mut Draft) {
        if left_out > 0 {
            let people = counted(left_out, "person", "people");
            draft.notes.push(format!("{people} got no delivery owner: theirs is left out"));
        }
        if self.resources.users.iter().all(|user| user.manager.is_none()) {
            draft.notes.push("no user has a manager, so nobody has a delivery owner yet; of Microsoft Graph ask for /users?$expand=manager".to_owned());
        }
    }

    fn person(&self, key: &str, user: &User, id: &str, owner: Option<Rc<str>>) -> DraftPerson {
        let mail = user.email.clone().filter(|_| self.options.email_aliases);
        let mut aliases: Vec<Rc<str>> = [Some(key.to_owned()), mail]
            .into_iter()
            .flatten()
            .filter(|alias| alias != id && is_id(alias) && !alias.starts_with("bulkId:"))
            .map(Rc::from)
            .collect();
        aliases.dedup();
        DraftPerson {
            name: user.name.as_deref().and_then(tidy),
            title: user.title.as_deref().and_then(tidy),
            delivery_owner: owner,
            started: user.started,
            left: user
                .left
                .filter(|left| user.started.is_none_or(|started| *left >= started))
                .or(self.options.left.filter(|_| !user.active)),
            aliases,
            ..DraftPerson::default()
        }
    }

    /// Squads where they are asked for; gives how many references of groups lead to a user.
    fn squads(
        &self,
        present: &BTreeMap<&str, &User>,
        id_of: &HashMap<&str, Rc<str>>,
        draft: &mut Draft,
        diagnostics: &mut Diagnostics,
    ) -> usize {
        let mut squad_ids = Ids::of_names();
        let resolvable = self
            .resources
            .groups
            .iter()
            .flat_map(|group| &group.members)
            .filter(|id| present.contains_key(id.as_str()))
            .count();
        match self.options.squads {
            None if !self.resources.groups.is_empty() => {
                let groups = self.resources.groups.len();
                draft.notes.push(format!("groups: {groups}; none was made a squad, since groups are access lists as often as teams; --squads groups does it"));
            }
            None => {}
            Some(SquadsFrom::Department) => {
                for (key, user) in present {
                    let Some(department) = user.department.as_deref().and_then(tidy) else { continue };
                    let squad = squad_ids.give(&department);
                    draft.squads.insert(squad.clone(), DraftGroup { name: Some(department), lead: None });
                    if let Some(person) = draft.people.get_mut(&id_of[key]) {
                        person.squad = Some(squad);
                    }
                }
            }
            Some(SquadsFrom::Groups) => self.squads_of_groups(&mut squad_ids, id_of, draft, diagnostics),
        }
        resolvable
    }

    fn squads_of_groups(
        &self,
        squad_ids: &mut Ids,
        id_of: &HashMap<&str, Rc<str>>,
        draft: &mut Draft,
        diagnostics: &mut Diagnostics,
    ) {
        let by_id: BTreeMap<&str, &Group> = self
            .resources
            .groups
            .iter()
            .filter_map(|group| Some((group.id.as_deref().or(group.name.as_deref())?, group)))
            .collect();
        let (mut several, mut missing, mut nested) = (BTreeSet::new(), 0_usize, 0_usize);
        for (id, group) in &by_id {
            let squad = squad_ids.give(group.name.as_deref().unwrap_or(id));
            draft
                .squads
                .insert(squad.clone(), DraftGroup { name: group.name.as_deref().and_then(tidy), lead: None });
            for member in &group.members {
                match id_of.get(member.as_str()).and_then(|id| draft.people.get_mut(id)) {
                    Some(person) if person.squad.is_none() => person.squad = Some(squad.clone()),
                    Some(person) if person.squad.as_ref() == Some(&squad) => {}
                    Some(_) => drop(several.insert(member.as_str())),
                    None if by_id.contains_key(member.as_str()) => nested += 1,
                    None => missing += 1,
                }
            }
        }
        if !several.is_empty() {
            draft.notes.push(format!(
                "people in several groups: {}; each got the first by id as their squad",
                several.len()
            ));
        }
        if nested > 0 {
            draft.notes.push(format!("groups inside groups: {nested}; only direct members were taken"));
        }
        if missing > 0 {
            draft.notes.push(format!("members of groups without a User in these files: {missing}"));
        }
        for circle in circles(&by_id) {
            self.warn(
                diagnostics,
                Code::Circle,
                message!("cycle of groups: ", circle),
                message!("only direct members were taken"),
            );
        }
    }

    fn missing_pages(&self, diagnostics: &mut Diagnostics) {
        let here: u64 = self.resources.pages.iter().map(|(_, here)| here).sum();
        let total = self.resources.pages.iter().map(|(total, _)| *total).max().unwrap_or(0);
        if self.resources.goes_on {
            self.warn(
                diagnostics,
                Code::MissingPages,
                message!("a list goes on elsewhere (@odata.nextLink): those who follow are missing from the portfolio"),
                message!("fetch every page and give all files at once"),
            );
        }
        if total > here {
            let message = Message::words(format!(
                "{here} of {total} results are in these files: the others are missing from the portfolio"
            ));
            self.warn(
                diagnostics,
                Code::MissingPages,
                message,
                message!("fetch every page (startIndex, count) and give all files at once"),
            );
        }
    }
}

/// User names that only one user has.
fn unique_names<'u>(users: &BTreeMap<&str, &'u User>) -> BTreeSet<&'u str> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for name in users.values().filter_map(|user| user.login.as_deref()) {
        *seen.entry(name).or_default() += 1;
    }
    seen.into_iter().filter(|(_, count)| *count == 1).map(|(name, _)| name).collect()
}

/// Groups that contain each other, each cycle once, from the first of them by id.
fn circles(groups: &BTreeMap<&str, &Group>) -> Vec<String> {
    let ids: Vec<&str> = groups.keys().copied().collect();
    let members = |at: usize| {
        let group = ids.get(at).and_then(|id| groups.get(id));
        let members = group.map(|group| group.members.as_slice()).unwrap_or_default();
        members.iter().filter_map(|member| ids.binary_search(&member.as_str()).ok())
    };
    let names = |cycle: Vec<usize>| cycle.into_iter().map(|at| ids[at]).collect::<Vec<_>>().join(" -> ");
    cycles(ids.len(), members).into_iter().map(names).collect()
}
