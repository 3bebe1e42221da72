//! Backstage catalogues: users and groups become people and squads. The model has no manager and no lead, so neither
//! is there afterwards.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::draft::{Draft, DraftGroup, DraftPerson, tidy};
use super::ids::Ids;
use crate::base::message::{Message, message};
use crate::records::values::is_id;
use crate::source::foreign::Foreign;
use crate::source::{Code, Diagnostic, Diagnostics, FileIx, Place, Sources, Step};
use crate::yaml::documents;
use crate::yaml::node::{Kind, Node};

/// How a catalogue is read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The types of groups that are guilds.
    pub guild_types: Vec<String>,
    /// Whether mail addresses become aliases.
    pub email_aliases: bool,
}

/// The types of groups that are squads, unless they were named as guilds.
const SQUADS: [&str; 2] = ["squad", "team"];

/// One entity, by the name under which others refer to it.
#[derive(Debug)]
struct Entity {
    /// `namespace/name`, as it is compared: without case.
    key: String,
    /// The name, with the namespace in front where that is not the default one.
    name: String,
    title: Option<String>,
    email: Option<String>,
    /// Of a user the groups, of a group the users.
    others: Vec<String>,
    kind: String,
    place: Place,
}

/// Reads all files as one catalogue.
pub fn read(files: &[Foreign], sources: &Sources, options: &Options, diagnostics: &mut Diagnostics) -> Draft {
    let mut catalogue = Catalogue::default();
    for foreign in files {
        match documents::read(sources.text(foreign.file)) {
            Ok(documents) => {
                for fault in documents.faults {
                    let diagnostic = fault.diagnose(foreign.file);
                    diagnostics.push(Diagnostic { severity: crate::source::Severity::Warning, ..diagnostic });
                }
                documents.trees.iter().for_each(|tree| catalogue.entities(tree, foreign.file, diagnostics));
            }
            Err(fault) => diagnostics.push(fault.diagnose(foreign.file)),
        }
    }
    if diagnostics.errors() == 0 && catalogue.users.is_empty() {
        let place = Place::whole(files.first().map_or(FileIx(0), |foreign| foreign.file));
        let message = match catalogue.groups.len() {
            0 => "not a catalogue of people: no document has `kind: User` or `kind: Group`".to_owned(),
            groups => format!(
                "no `kind: User` beside the {groups} of `kind: Group`, so there are no people to import"
            ),
        };
        let message = Message::words(message);
        diagnostics.push(
            Diagnostic::error(Code::Nobody, message, place)
                .help(message!("give every file of the catalogue at once")),
        );
    }
    catalogue.draft(options, diagnostics)
}

#[derive(Debug, Default)]
struct Catalogue {
    users: BTreeMap<String, Entity>,
    groups: BTreeMap<String, Entity>,
    documents: usize,
    others: usize,
    parents: usize,
}

fn at<'n>(node: &'n Node<'_>, path: &[&str]) -> Option<&'n Node<'n>> {
    let steps: Vec<Step> = path.iter().map(|step| Step::from(*step)).collect();
    let mut here = node;
    for step in &steps {
        let Kind::Map(_) = here.kind else { return None };
        let next = here.follow(std::slice::from_ref(step), false);
        if std::ptr::eq(next, here) {
            return None;
        }
        here = next;
    }
    (!here.is_null()).then_some(here)
}

fn text(node: &Node<'_>, path: &[&str]) -> Option<String> {
    at(node, path).and_then(Node::text).and_then(tidy)
}

fn list(node: &Node<'_>, path: &[&str]) -> Vec<String> {
    match at(node, path).map(|node| &node.kind) {
        Some(Kind::List(items)) => items.iter().filter_map(|item| item.text().map(str::to_owned)).collect(),
        _ => Vec::new(),
    }
}

/// `team-a`, `group:team-a`, `group:default/team-a` as they are compared: `default/team-a`.
fn reference(written: &str, namespace: &str) -> String {
    let name = written.trim().rsplit_once(':').map_or(written.trim(), |(_, name)| name);
    let whole = if name.contains('/') { name.to_owned() } else { format!("{namespace}/{name}") };
    whole.to_lowercase()
}

/// What the catalogue's API adds to an entity: the ends of its relations of a type.
fn relations(node: &Node<'_>, kind: &str, namespace: &str) -> Vec<String> {
    let Some(Kind::List(relations)) = at(node, &["relations"]).map(|node| &node.kind) else {
        return Vec::new();
    };
    let mine = relations.iter().filter(|one| text(one, &["type"]).as_deref() == Some(kind));
    mine.filter_map(|one| {
        let written = text(one, &["targetRef"]).or_else(|| {
            let name = text(one, &["target", "name"])?;
            Some(
                text(one, &["target", "namespace"])
                    .map_or(name.clone(), |namespace| format!("{namespace}/{name}")),
            )
        })?;
        Some(reference(&written, namespace))
    })
    .collect()
}

impl Catalogue {
    /// One entity, a list of them, or the API's answer with the list in `items`.
    fn entities(&mut self, tree: &Node<'_>, file: FileIx, diagnostics: &mut Diagnostics) {
        match (&tree.kind, at(tree, &["items"]).or_else(|| at(tree, &["entities"])).map(|items| &items.kind))
        {
            (Kind::List(entities), _) | (Kind::Map(_), Some(Kind::List(entities))) => {
                for one in entities {
                    self.take(one, file, diagnostics);
                }
            }
            _ => self.take(tree, file, diagnostics),
        }
    }

    fn take(&mut self, tree: &Node<'_>, file: FileIx, diagnostics: &mut Diagnostics) {
        self.documents += 1;
        let kind = text(tree, &["kind"]).unwrap_or_default().to_lowercase();
        if kind != "user" && kind != "group" {
            self.others += 1;
            return;
        }
        let place = Place::exact(file, tree.mark, 1);
        let Some(name) = text(tree, &["metadata", "name"]) else {
            diagnostics.push(Diagnostic::warning(
                Code::NoName,
                message!("an entity without `metadata.name` was left out"),
                place,
            ));
            return;
        };
        let namespace =
            text(tree, &["metadata", "namespace"]).unwrap_or_else(|| "default".to_owned()).to_lowercase();
        let (mine, spec_list, relation) = if kind == "user" {
            (&mut self.users, "memberOf", "memberOf")
        } else {
            (&mut self.groups, "members", "hasMember")
        };
        self.parents += usize::from(kind == "group" && text(tree, &["spec", "parent"]).is_some());
        let mut others: Vec<String> =
            list(tree, &["spec", spec_list]).iter().map(|one| reference(one, &namespace)).collect();
        for one in relations(tree, relation, &namespace) {
            if !others.contains(&one) {
                others.push(one);
            }
        }
        let entity = Entity {
            key: format!("{namespace}/{}", name.to_lowercase()),
            name: if namespace == "default" { name.clone() } else { format!("{namespace}.{name}") },
            title: text(tree, &["spec", "profile", "displayName"])
                .or_else(|| text(tree, &["metadata", "title"])),
            email: text(tree, &["spec", "profile", "email"]).map(|mail| mail.to_lowercase()),
            others,
            kind: text(tree, &["spec", "type"]).unwrap_or_default().to_lowercase(),
            place,
        };
        if let Some(first) = mine.get(&entity.key) {
            let message =
                message!("duplicate ", kind, " ", name, " in this catalogue: the first one is used");
            diagnostics.push(
                Diagnostic::warning(Code::DuplicateEntity, message, entity.place)
                    .also(first.place.clone(), "first here"),
            );
            return;
        }
        mine.insert(entity.key.clone(), entity);
    }

    fn draft(&self, options: &Options, diagnostics: &mut Diagnostics) -> Draft {
        let mut draft = Draft::default();
        let is_guild = |kind: &str| options.guild_types.iter().any(|guild| guild.eq_ignore_ascii_case(kind));
        let mut group_ids = Ids::new();
        let mut passed_over: BTreeMap<&str, usize> = BTreeMap::new();
        let (mut squad_of, mut guild_of) = (BTreeMap::new(), BTreeMap::new());
        for group in self.groups.values() {
            let id = group_ids.give(&group.name);
            let made = DraftGroup { name: group.title.clone().filter(|title| **title != *id), lead: None };
            if is_guild(&group.kind) {
                draft.guilds.insert(id.clone(), made);
                guild_of.insert(group.key.as_str(), id);
            } else if SQUADS.contains(&group.kind.as_str()) {
                draft.squads.insert(id.clone(), made);
                squad_of.insert(group.key.as_str(), id);
            } else {
                *passed_over.entry(group.kind.as_str()).or_default() += 1;
            }
        }
        let mut ids = Ids::new();
        let (mut references, mut resolved, mut several) = (0, 0, 0);
        let mut listed_by: BTreeMap<&String, Vec<&String>> = BTreeMap::new();
        for group in self.groups.values() {
            group.others.iter().for_each(|user| listed_by.entry(user).or_default().push(&group.key));
        }
        for user in self.users.values() {
            references += user.others.len();
            resolved += user.others.iter().filter(|group| self.groups.contains_key(*group)).count();
            for group in user.others.iter().filter(|group| !self.groups.contains_key(*group)) {
                let message = message!("the group ", group.clone(), " is not in these files");
                diagnostics.push(Diagnostic::warning(Code::Dangling, message, user.place.clone()));
            }
            // As the user lists them, then groups that list the user, by name.
            let listing = listed_by.get(&user.key).into_iter().flatten().copied();
            let groups: Vec<&String> = user.others.iter().chain(listing).collect();
            let squads: BTreeSet<&Rc<str>> =
                groups.iter().filter_map(|group| squad_of.get(group.as_str())).collect();
            several += usize::from(squads.len() > 1);
            let id = ids.give(&user.name);
            let mail =
                user.email.clone().filter(|mail| options.email_aliases && is_id(mail) && **mail != *id);
            draft.people.insert(
                id,
                DraftPerson {
                    name: user.title.clone(),
                    squad: groups.iter().find_map(|group| squad_of.get(group.as_str()).cloned()),
                    guild: groups.iter().find_map(|group| guild_of.get(group.as_str()).cloned()),
                    aliases: mail.into_iter().map(Rc::from).collect(),
                    ..DraftPerson::default()
                },
            );
        }
        for (group, user) in
            self.groups.values().flat_map(|group| group.others.iter().map(move |user| (group, user)))
        {
            if !self.users.contains_key(user) {
                diagnostics.push(Diagnostic::warning(
                    Code::Dangling,
                    message!("the user ", user.clone(), " is not in these files"),
                    group.place.clone(),
                ));
            }
        }
        draft.count("documents", self.documents);
        draft.count("users", self.users.len());
        draft.count("groups", self.groups.len());
        draft.count("other_kinds", self.others);
        draft.count("memberOf_refs", references);
        draft.count("refs_resolved", resolved);
        draft.count("parents", self.parents);
        for (kind, count) in passed_over {
            let what =
                if kind.is_empty() { "without a type".to_owned() } else { format!("of the type {kind}") };
            draft.notes.push(format!(
                "groups {what}: {count}; neither squad nor guild; --guild-type makes guilds of a type"
            ));
        }
        if several > 0 {
            draft
                .notes
                .push(format!("people in several squads: {several}; each got the first that they list"));
        }
        if self.users.contains_key("default/guest") {
            draft.notes.push(
                "`guest` is the name of whoever signs in without one, and hardly a person: take it out if so"
                    .to_owned(),
            );
        }
        draft.notes.push(
            "a catalogue has no leads and no managers, so nobody leads a squad or guild yet".to_owned(),
        );
        draft.without_clashes();
        draft
    }
}
