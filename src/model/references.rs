//! Which keys refer to which kind of item. The linker follows the same keys (`read.rs`); a test holds this table against
//! the schema and against what the linker says of an id that leads nowhere.

/// The kind of item that a key refers to, by the path of keys to it, lists passed through; `None` where it is no reference.
pub fn referred(path: &[&str]) -> Option<&'static str> {
    Some(match path {
        ["people" | "decisions", "squad"] => "squad",
        ["people", "guild"] => "guild",
        ["squads", "context", "closed", "decision"] => "decision",
        ["meetings_of"]
        | ["people", "delivery_owner" | "craft_owner" | "rated_by"]
        | ["squads", "lead" | "escalates_to"]
        | ["guilds", "lead"]
        | ["meetings" | "conversations", "owner" | "with"]
        | ["decisions", "owner"]
        | ["promotions", "person" | "signed_off_by"]
        | ["mentorships", "mentor" | "mentee"] => "person",
        _ => return None,
    })
}

/// Whether a key names a factor, whose last part is the id of an item.
pub fn names_a_factor(path: &[&str]) -> bool {
    matches!(path, ["acknowledgements", "factor" | "finding"])
}
