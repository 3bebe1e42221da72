//! Ids of foreign systems as ids of a portfolio: as they are where that is allowed, else as near as can be.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::parse::values::is_id;

/// Longer ids than this are cut, so that there is room for a mark that tells them apart.
const LONGEST: usize = 100;

/// Gives each foreign id one of the portfolio, and no two the same.
#[derive(Debug, Default)]
pub struct Ids {
    given: BTreeMap<String, String>,
    taken: BTreeMap<String, String>,
    lower_case: bool,
}

impl Ids {
    /// For ids that people type.
    pub fn new() -> Ids {
        Ids::default()
    }

    /// For names of groups: `Human Resources` becomes `human-resources`.
    pub fn of_names() -> Ids {
        Ids { lower_case: true, ..Ids::default() }
    }

    /// The portfolio's id for a foreign one. Give them in a stated order: where two become the same, the later one
    /// gets a mark of its own.
    pub fn give(&mut self, foreign: &str) -> String {
        if let Some(id) = self.given.get(foreign) {
            return id.clone();
        }
        let mut id =
            if is_id(foreign) && !self.lower_case { foreign.to_owned() } else { self.made_of(foreign) };
        if self.taken.contains_key(&id) {
            id = format!("{id}-{}", mark(foreign));
        }
        self.taken.insert(id.clone(), foreign.to_owned());
        self.given.insert(foreign.to_owned(), id.clone());
        id
    }

    fn made_of(&self, foreign: &str) -> String {
        let ascii = deunicode::deunicode(foreign);
        let mut id = String::new();
        for character in ascii.chars().take(LONGEST) {
            let kept = character.is_ascii_alphanumeric() || matches!(character, '.' | '_' | '@');
            let lowered = if self.lower_case { character.to_ascii_lowercase() } else { character };
            match (kept, id.ends_with('-')) {
                (true, _) => id.push(lowered),
                (false, false) => id.push('-'),
                (false, true) => {}
            }
        }
        let id = id.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        if is_id(id) { id.to_owned() } else { format!("x-{}", mark(foreign)) }
    }
}

/// Six hexadecimal digits that depend on the text alone.
fn mark(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    format!("{:02x}{:02x}{:02x}", digest[0], digest[1], digest[2])
}

#[cfg(test)]
mod tests {
    use super::Ids;

    #[test]
    fn ids_stay_or_come_near_and_never_clash() {
        let mut people = Ids::new();
        assert_eq!(people.give("001"), "001");
        assert_eq!(people.give("a.b@example.org"), "a.b@example.org");
        assert_eq!(people.give("a+b@example.org"), "a-b@example.org");
        assert_eq!(people.give("a b@example.org"), "a-b@example.org-6ef310");
        assert_eq!(people.give("a b@example.org"), "a-b@example.org-6ef310");
        assert_eq!(people.give("Jürgen Müller"), "Jurgen-Muller");
        let mut groups = Ids::of_names();
        assert_eq!(groups.give("Human Resources"), "human-resources");
        assert_eq!(groups.give("R&D"), "r-d");
        assert!(groups.give("!!!").starts_with("x-"));
        assert!(crate::parse::values::is_id(&groups.give(&"長".repeat(1000))));
    }
}
