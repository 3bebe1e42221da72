//! JSON as SCIM users and groups, wherever they stand: a list response, one resource, a bare array, or the recording
//! of a request with its response, or the operations of a bulk request. SCIM 2.0 (RFC 7643, 7644), and the names that
//! SCIM 1 had; users of Microsoft Graph are in `graph.rs`.

use serde_json::{Map, Value};

use super::graph;
use crate::base::day::Day;

/// What was found in files.
#[derive(Debug, Default)]
pub(super) struct Resources {
    pub(super) users: Vec<User>,
    pub(super) groups: Vec<Group>,
    /// How many resources a list response says there are in all, and how many were on the page.
    pub(super) pages: Vec<(u64, u64)>,
    /// What SCIM itself says went wrong.
    pub(super) errors: Vec<String>,
    /// Resources that are neither user nor group.
    pub(super) others: usize,
    /// Whether a list says that it goes on elsewhere.
    pub(super) goes_on: bool,
    /// Operations of a bulk request that change or delete what is described elsewhere.
    pub(super) changes: usize,
}

#[derive(Clone, Debug, Default)]
pub(super) struct User {
    pub(super) id: Option<String>,
    pub(super) login: Option<String>,
    pub(super) name: Option<String>,
    pub(super) title: Option<String>,
    pub(super) department: Option<String>,
    pub(super) email: Option<String>,
    pub(super) manager: Option<String>,
    pub(super) manager_name: Option<String>,
    pub(super) active: bool,
    /// Whether this is a guest of another organisation.
    pub(super) guest: bool,
    pub(super) started: Option<Day>,
    pub(super) left: Option<Day>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    pub(super) id: Option<String>,
    pub(super) name: Option<String>,
    pub(super) members: Vec<String>,
}

pub(super) type Object = Map<String, Value>;

impl Resources {
    /// Accepts any value here.
    pub(super) fn take(&mut self, value: &Value) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.take(item)),
            Value::Object(object) => self.object(object),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn object(&mut self, object: &Object) {
        if let Some(Value::Array(resources)) = get(object, "Resources") {
            if let Some(total) = get(object, "totalResults").and_then(Value::as_u64) {
                self.pages.push((total, u64::try_from(resources.len()).unwrap_or(u64::MAX)));
            }
            for item in resources {
                self.take(item);
            }
            return;
        }
        if let Some(Value::Array(operations)) = get(object, "Operations") {
            operations.iter().filter_map(Value::as_object).for_each(|operation| self.operation(operation));
            return;
        }
        if let Some(Value::Array(items)) = get(object, "value").or_else(|| get(object, "responses")) {
            self.goes_on |= get(object, "@odata.nextLink").is_some();
            for item in items {
                self.take(item);
            }
            return;
        }
        let schemas: Vec<&str> = match get(object, "schemas") {
            Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let is = |ending: &str| schemas.iter().any(|schema| schema.ends_with(ending));
        let kind = get(object, "meta")
            .and_then(|meta| get(meta.as_object()?, "resourceType")?.as_str())
            .unwrap_or_default();
        if is(":Error") || get(object, "Errors").is_some() {
            self.errors
                .push(text(object, "detail").unwrap_or_else(|| "an error without a detail".to_owned()));
        } else if graph::is_user(object) {
            self.users.push(graph::user(object));
        } else if is("core:2.0:User") || kind == "User" || text(object, "userName").is_some() {
            self.users.push(user(object));
        } else if is("core:2.0:Group")
            || kind == "Group"
            || get(object, "members").is_some_and(Value::is_array)
        {
            self.groups.push(group(object));
        } else if let Some(answer) =
            get(object, "response").or_else(|| get(object, "request")).or_else(|| get(object, "body"))
        {
            self.take(answer);
        } else {
            self.others += 1;
        }
    }

    /// One operation of a bulk request: what it makes is read, under the name that other operations use for it.
    fn operation(&mut self, operation: &Object) {
        let method = text(operation, "method").unwrap_or_default().to_uppercase();
        let path = text(operation, "path").unwrap_or_default();
        let data = get(operation, "data").and_then(Value::as_object);
        let (Some(data), "POST" | "PUT") = (data, method.as_str()) else {
            self.changes += 1;
            return;
        };
        let (users, groups) = (self.users.len(), self.groups.len());
        match path.trim_start_matches('/').split('/').next().unwrap_or_default().to_lowercase().as_str() {
            "users" => self.users.push(user(data)),
            "groups" => self.groups.push(group(data)),
            _ => self.object(data),
        }
        let bulk = text(operation, "bulkId").map(|id| format!("bulkId:{id}"));
        let given = path.trim_start_matches('/').split_once('/').map(|(_, id)| id.to_owned());
        let id = bulk.or(given).filter(|id| !id.is_empty());
        for user in &mut self.users[users..] {
            user.id = user.id.take().or_else(|| id.clone());
        }
        for group in &mut self.groups[groups..] {
            group.id = group.id.take().or_else(|| id.clone());
        }
    }
}

/// Names of attributes are compared without case (RFC 7643, 2.1).
pub(super) fn get<'v>(object: &'v Object, name: &str) -> Option<&'v Value> {
    let found = object
        .get(name)
        .or_else(|| object.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value));
    found.filter(|value| !value.is_null())
}

/// Text, or a number where a system writes its ids so.
pub(super) fn text(object: &Object, name: &str) -> Option<String> {
    match get(object, name)? {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn user(object: &Object) -> User {
    let enterprise = object.iter().find(|(key, value)| {
        let key = key.to_ascii_lowercase();
        (key.ends_with("extension:enterprise:2.0:user")
            || key.starts_with("urn:scim:schemas:extension:enterprise:1"))
            && value.is_object()
    });
    let enterprise = enterprise.and_then(|(_, value)| value.as_object());
    let named_manager = enterprise.and_then(|extension| get(extension, "manager")?.as_object());
    let name = get(object, "name").and_then(Value::as_object);
    let parts = name.and_then(|name| {
        let both = ["givenName", "familyName"].map(|part| text(name, part).unwrap_or_default());
        Some(both.join(" ").trim().to_owned()).filter(|both| !both.is_empty())
    });
    let formatted = name.and_then(|name| text(name, "formatted"));
    User {
        id: text(object, "id"),
        login: text(object, "userName"),
        name: text(object, "displayName").or(parts).or(formatted),
        title: text(object, "title"),
        department: enterprise.and_then(|extension| text(extension, "department")),
        email: primary_email(object),
        manager: enterprise.and_then(|extension| get(extension, "manager")).and_then(manager),
        manager_name: named_manager.and_then(|manager| text(manager, "displayName")),
        // Whoever is not said to be gone is there.
        active: get(object, "active").is_none_or(|active| {
            active != &Value::Bool(false)
                && active.as_str().is_none_or(|word| !word.eq_ignore_ascii_case("false"))
        }),
        guest: false,
        started: None,
        left: None,
    }
}

/// The manager's id: a value, SCIM 1's `managerId`, the end of a URL, or the bare text that some systems write.
fn manager(value: &Value) -> Option<String> {
    let object = match value {
        Value::String(id) => return Some(id.clone()).filter(|id| !id.is_empty()),
        Value::Object(object) => object,
        // The RFC has one manager; some systems write a list of one.
        Value::Array(list) => return list.first().and_then(manager),
        Value::Null | Value::Bool(_) | Value::Number(_) => return None,
    };
    text(object, "value").or_else(|| text(object, "managerId")).or_else(|| {
        let url = text(object, "$ref")?;
        url.rsplit_once("Users/").map(|(_, id)| id.to_owned()).filter(|id| !id.is_empty())
    })
}

fn primary_email(object: &Object) -> Option<String> {
    let list = get(object, "emails")?.as_array()?;
    let mails: Vec<&Object> = list.iter().filter_map(Value::as_object).collect();
    let primary =
        mails.iter().find(|mail| get(mail, "primary") == Some(&Value::Bool(true))).or(mails.first())?;
    text(primary, "value").map(|mail| mail.to_lowercase())
}

fn group(object: &Object) -> Group {
    let members = get(object, "members").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let id = |member: &Value| match member {
        Value::String(id) => Some(id.clone()),
        Value::Object(member) => {
            text(member, "value").or_else(|| Some(text(member, "$ref")?.rsplit('/').next()?.to_owned()))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => None,
    };
    Group {
        id: text(object, "id"),
        name: text(object, "displayName"),
        members: members.iter().filter_map(id).collect(),
    }
}
