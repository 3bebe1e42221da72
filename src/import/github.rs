//! Teams of a GitHub organisation become people and squads: answers of the REST and GraphQL APIs, and the YAML in
//! which Peribolos keeps an organisation. GitHub has no managers and no leads; a maintainer administers a team.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::draft::{Draft, DraftGroup, DraftPerson, tidy};
use super::ids::Ids;
use crate::base::message::{counted, message};
use crate::source::foreign::Foreign;
use crate::source::{Code, Diagnostic, Diagnostics, FileIx, Place, Severity, Sources};
use crate::yaml::documents;
use crate::yaml::node::{Kind, Node};

#[derive(Debug, Default)]
struct Team {
    name: Option<String>,
    /// The team above it, as it is compared.
    parent: Option<String>,
    /// Logins, as they are compared.
    members: BTreeSet<String>,
}

#[derive(Debug, Default)]
struct Organisation {
    /// By login in lower case: GitHub does not tell `Ana` from `ana`.
    people: BTreeMap<String, Person>,
    teams: BTreeMap<String, Team>,
    maintainers: usize,
    bots: BTreeSet<String>,
}

#[derive(Debug)]
struct Person {
    login: String,
    name: Option<String>,
}

/// Teams inside teams are followed so far up.
const DEEPEST: usize = 32;

/// Reads all files as one organisation.
pub fn read(files: &[Foreign], sources: &Sources, diagnostics: &mut Diagnostics) -> Draft {
    let mut organisation = Organisation::default();
    for foreign in files {
        match documents::read(sources.text(foreign.file)) {
            Ok(documents) => {
                for fault in documents.faults {
                    let diagnostic = fault.diagnose(foreign.file);
                    diagnostics.push(Diagnostic { severity: Severity::Warning, ..diagnostic });
                }
                documents.trees.iter().for_each(|tree| organisation.take(tree));
            }
            Err(fault) => diagnostics.push(fault.diagnose(foreign.file)),
        }
    }
    if diagnostics.errors() == 0 && organisation.people.is_empty() {
        let place = Place::whole(files.first().map_or(FileIx(0), |foreign| foreign.file));
        let message = match organisation.teams.len() {
            0 => message!("no teams and no members of a GitHub organisation"),
            _ => message!("these teams have no members in these files"),
        };
        let help = message!(
            "the list of teams names nobody: give the members too, such as the GraphQL answer with `members { nodes { login name } }`"
        );
        diagnostics.push(Diagnostic::error(Code::Nobody, message, place).help(help));
    }
    organisation.draft()
}

fn value<'n>(node: &'n Node<'_>, key: &str) -> Option<&'n Node<'n>> {
    let Kind::Map(entries) = &node.kind else { return None };
    entries
        .iter()
        .find(|(name, _)| name.text() == Some(key))
        .map(|(_, value)| value)
        .filter(|value| !value.is_null())
}

fn text(node: &Node<'_>, key: &str) -> Option<String> {
    value(node, key).and_then(Node::text).and_then(tidy)
}

/// The items of a list, or of GraphQL's `nodes` and `edges`.
fn items<'n>(node: &'n Node<'_>) -> Vec<&'n Node<'n>> {
    match &node.kind {
        Kind::List(items) => items.iter().collect(),
        Kind::Map(_) => {
            ["nodes", "edges"].iter().find_map(|key| value(node, key)).map(items).unwrap_or_default()
        }
        Kind::Scalar(..) => Vec::new(),
    }
}

impl Organisation {
    fn take(&mut self, node: &Node<'_>) {
        match &node.kind {
            Kind::List(items) => items.iter().for_each(|item| self.take(item)),
            Kind::Map(entries) => {
                if let Some(Kind::Map(organisations)) = value(node, "orgs").map(|orgs| &orgs.kind) {
                    for (_, organisation) in organisations {
                        self.organisation(organisation);
                    }
                } else if value(node, "slug").is_some() || value(node, "members_url").is_some() {
                    self.team_of_api(node);
                } else if value(node, "login").is_some() {
                    self.person(node);
                } else if ["teams", "members", "admins", "membersWithRole"]
                    .iter()
                    .any(|key| value(node, key).is_some())
                {
                    self.organisation(node);
                } else {
                    let inner = ["data", "organization", "node", "nodes", "edges", "items", "viewer"];
                    for (key, inside) in entries {
                        if key.text().is_some_and(|key| inner.contains(&key)) {
                            self.take(inside);
                        }
                    }
                }
            }
            Kind::Scalar(..) => {}
        }
    }

    fn organisation(&mut self, node: &Node<'_>) {
        for key in ["admins", "members", "membersWithRole"] {
            for one in value(node, key).map(items).unwrap_or_default() {
                self.person(one);
            }
        }
        match value(node, "teams").map(|teams| (&teams.kind, teams)) {
            Some((Kind::Map(entries), teams))
                if value(teams, "nodes").is_none() && value(teams, "edges").is_none() =>
            {
                for (name, team) in entries {
                    self.team_of_peribolos(name.text().unwrap_or_default(), team, None);
                }
            }
            Some((_, teams)) => items(teams).into_iter().for_each(|team| self.take(team)),
            None => {}
        }
    }

    /// Somebody, by login or as an object that has one; gives the login as it is compared. Bots are nobody.
    fn person(&mut self, node: &Node<'_>) -> Option<String> {
        let inside = value(node, "node").unwrap_or(node);
        let login = inside.text().and_then(tidy).or_else(|| text(inside, "login"))?;
        let key = login.to_lowercase();
        if key.ends_with("[bot]") || text(inside, "type").is_some_and(|kind| kind == "Bot") {
            self.bots.insert(key);
            return None;
        }
        let name = text(inside, "name");
        let person = self.people.entry(key.clone()).or_insert(Person { login, name: None });
        person.name = person.name.take().or(name);
        Some(key)
    }

    fn team_of_peribolos(&mut self, name: &str, node: &Node<'_>, parent: Option<&str>) {
        let key = name.to_lowercase();
        let mut members = BTreeSet::new();
        for list in ["maintainers", "members"] {
            for one in value(node, list).map(items).unwrap_or_default() {
                self.maintainers += usize::from(list == "maintainers");
                members.extend(self.person(one));
            }
        }
        let parent =
            parent.map(str::to_owned).or_else(|| text(node, "parent").map(|parent| parent.to_lowercase()));
        let team = self.teams.entry(key.clone()).or_default();
        team.name = Some(name.to_owned());
        team.parent = parent;
        team.members.extend(members);
        if let Some(Kind::Map(teams)) = value(node, "teams").map(|teams| &teams.kind) {
            for (name, inside) in teams {
                self.team_of_peribolos(name.text().unwrap_or_default(), inside, Some(&key));
            }
        }
    }

    fn team_of_api(&mut self, node: &Node<'_>) {
        let Some(slug) = text(node, "slug").or_else(|| text(node, "name")) else { return };
        let mut members = BTreeSet::new();
        for one in value(node, "members").map(items).unwrap_or_default() {
            self.maintainers +=
                usize::from(text(one, "role").is_some_and(|role| role.eq_ignore_ascii_case("maintainer")));
            members.extend(self.person(one));
        }
        let above = ["parent", "parentTeam"].iter().find_map(|key| value(node, key));
        let team = self.teams.entry(slug.to_lowercase()).or_default();
        team.name = text(node, "name").or(Some(slug));
        team.parent = above.and_then(|above| text(above, "slug")).map(|slug| slug.to_lowercase());
        team.members.extend(members);
        for child in value(node, "childTeams").map(items).unwrap_or_default() {
            self.take(child);
        }
    }

    /// Whether one team is above another, however far.
    fn is_above(&self, above: &str, below: &str) -> bool {
        let mut here = below;
        // Parents in a circle end the search, too.
        for _ in 0..self.teams.len().min(DEEPEST) {
            match self.teams.get(here).and_then(|team| team.parent.as_deref()) {
                Some(parent) if parent == above => return true,
                Some(parent) => here = parent,
                None => return false,
            }
        }
        false
    }

    fn draft(&self) -> Draft {
        let mut draft = Draft::default();
        let mut teams_of: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (key, team) in &self.teams {
            team.members.iter().for_each(|login| teams_of.entry(login).or_default().push(key));
        }
        let (mut ids, mut squad_ids) = (Ids::new(), Ids::of_names());
        let mut several = 0;
        for (key, person) in &self.people {
            let all = teams_of.get(key.as_str()).map(Vec::as_slice).unwrap_or_default();
            // A team above another of theirs says less about where they work.
            let lowest: Vec<&str> = all
                .iter()
                .filter(|team| !all.iter().any(|other| self.is_above(team, other)))
                .copied()
                .collect();
            several += usize::from(lowest.len() > 1);
            let squad = lowest.first().map(|team| {
                let id = squad_ids.give(team);
                let name =
                    self.teams.get(*team).and_then(|team| team.name.clone()).filter(|name| **name != *id);
                draft.squads.entry(Rc::clone(&id)).or_insert(DraftGroup { name, lead: None });
                id
            });
            let id = ids.give(&person.login);
            draft
                .people
                .insert(id, DraftPerson { name: person.name.clone(), squad, ..DraftPerson::default() });
        }
        draft.count("people", self.people.len());
        draft.count("teams", self.teams.len());
        self.notes(several, &mut draft);
        draft
    }

    fn notes(&self, several: usize, draft: &mut Draft) {
        if several > 0 {
            draft.notes.push(format!(
                "people in several teams: {several}; each got the first by name as their squad"
            ));
        }
        let unused = self.teams.len() - draft.squads.len();
        if unused > 0 {
            draft.notes.push(format!(
                "{} nobody's squad, having no members of their own or only members of other teams",
                counted(unused, "team is", "teams are")
            ));
        }
        if self.maintainers > 0 {
            draft
                .notes
                .push("maintainers administer a team on GitHub, which makes nobody its lead".to_owned());
        }
        if !self.bots.is_empty() {
            draft.notes.push(format!("left out: {}", counted(self.bots.len(), "bot", "bots")));
        }
        draft.notes.push("GitHub has no managers, so nobody has a delivery owner yet".to_owned());
    }
}
