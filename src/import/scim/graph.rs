//! Users of Microsoft Graph (`/users?$expand=manager`), as SCIM's users.

use serde_json::Value;

use super::super::dates;
use super::resources::{Object, User, get, text};
use crate::base::day::Day;

/// Whether an object is a user of Graph: only there people have a principal name.
pub(super) fn is_user(object: &Object) -> bool {
    let is_type = |kind: &str| text(object, "@odata.type").is_some_and(|named| named == kind);
    is_type("#microsoft.graph.user")
        || get(object, "userPrincipalName").is_some()
        || (get(object, "accountEnabled").is_some() && get(object, "displayName").is_some())
        || (get(object, "schemas").is_none()
            && get(object, "userName").is_none()
            && get(object, "displayName").is_some()
            && get(object, "jobTitle").is_some())
}

pub(super) fn user(object: &Object) -> User {
    let manager = get(object, "manager").and_then(Value::as_object);
    let names = ["id", "userPrincipalName", "mail"];
    let parts = ["givenName", "surname"].map(|part| text(object, part).unwrap_or_default()).join(" ");
    let parts = Some(parts.trim().to_owned()).filter(|parts| !parts.is_empty());
    let is_guest = |login: &str| login.to_ascii_uppercase().contains("#EXT#");
    User {
        id: text(object, "id"),
        login: text(object, "userPrincipalName"),
        name: text(object, "displayName").or(parts),
        title: text(object, "jobTitle"),
        department: text(object, "department"),
        email: text(object, "mail").map(|mail| mail.to_lowercase()),
        manager: manager.and_then(|manager| names.iter().find_map(|name| text(manager, name))),
        manager_name: manager.and_then(|manager| text(manager, "displayName")),
        active: get(object, "accountEnabled") != Some(&Value::Bool(false)),
        guest: text(object, "userType").is_some_and(|kind| kind.eq_ignore_ascii_case("guest"))
            || text(object, "userPrincipalName").is_some_and(|login| is_guest(&login)),
        started: day(object, "employeeHireDate"),
        left: day(object, "employeeLeaveDateTime"),
    }
}

fn day(object: &Object, name: &str) -> Option<Day> {
    dates::day(&text(object, name)?, None).ok()
}
