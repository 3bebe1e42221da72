//! Ids of foreign systems as ids of a portfolio: as they are where that is allowed, else as near as can be.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::records::values::is_id;

/// Longer ids than this are cut, so that there is room for a mark that tells them apart.
const LONGEST: usize = 100;

/// Gives each foreign id one of the portfolio, and no two the same.
#[derive(Debug, Default)]
pub struct Ids {
    given: HashMap<Rc<str>, Rc<str>>,
    taken: HashSet<Rc<str>>,
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
    pub fn give(&mut self, foreign: &str) -> Rc<str> {
        if let Some(id) = self.given.get(foreign) {
            return Rc::clone(id);
        }
        let near = if self.lower_case || !is_id(foreign) {
            made_of(foreign, self.lower_case)
        } else {
            foreign.to_owned()
        };
        let id: Rc<str> = Rc::from(marked(&near, foreign, |id| self.taken.contains(id)));
        self.taken.insert(Rc::clone(&id));
        // Mostly the two are the same, and one copy serves for both.
        let foreign = if *id == *foreign { Rc::clone(&id) } else { Rc::from(foreign) };
        self.given.insert(foreign, Rc::clone(&id));
        id
    }
}

/// The portfolio's id for a foreign one, by itself: `is_taken` says which are given already.
pub fn near(foreign: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let near = if is_id(foreign) { foreign.to_owned() } else { made_of(foreign, false) };
    marked(&near, foreign, is_taken)
}

/// The id of something that is called this, whatever else is: `Human Resources` becomes `human-resources`.
pub fn of_name(name: &str) -> String {
    made_of(name, true)
}

/// An id, or where it is taken the same with a mark of the text that it was made of.
fn marked(id: &str, foreign: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut free = id.to_owned();
    let mut text = foreign.to_owned();
    while is_taken(&free) {
        free = format!("{id}-{}", mark(&text));
        // Somebody's own id may look like this one with its mark.
        text.push('+');
    }
    free
}

fn made_of(foreign: &str, lower_case: bool) -> String {
    let ascii = deunicode::deunicode(foreign);
    let mut id = String::new();
    for character in ascii.chars().take(LONGEST) {
        let kept = character.is_ascii_alphanumeric() || matches!(character, '.' | '_' | '@');
        let lowered = if lower_case { character.to_ascii_lowercase() } else { character };
        match (kept, id.ends_with('-')) {
            (true, _) => id.push(lowered),
            (false, false) => id.push('-'),
            (false, true) => {}
        }
    }
    let id = id.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    if is_id(id) { id.to_owned() } else { format!("x-{}", mark(foreign)) }
}

/// Six hexadecimal digits that depend on the text alone.
fn mark(text: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(text.as_bytes())[..3])
}

#[cfg(test)]
mod tests {
    use super::Ids;

    #[test]
    fn ids_stay_or_come_near_and_never_clash() {
        let mut people = Ids::new();
        assert_eq!(&*people.give("001"), "001");
        assert_eq!(&*people.give("a.b@example.org"), "a.b@example.org");
        assert_eq!(&*people.give("a+b@example.org"), "a-b@example.org");
        assert_eq!(&*people.give("a b@example.org"), "a-b@example.org-6ef310");
        assert_eq!(&*people.give("a b@example.org"), "a-b@example.org-6ef310");
        assert_eq!(&*people.give("Jürgen Müller"), "Jurgen-Muller");
        // Who is called like a marked one was there first.
        let mut alike = Ids::new();
        let marked = format!("a-b@example.org-{}", super::mark("a+b@example.org"));
        let all = ["a-b@example.org", &marked, "a+b@example.org"].map(|foreign| alike.give(foreign));
        assert_eq!((&*all[0], &*all[1]), ("a-b@example.org", &*marked));
        assert!(all[2].starts_with("a-b@example.org-") && all[2] != all[1], "{all:?}");
        let mut groups = Ids::of_names();
        assert_eq!(&*groups.give("Human Resources"), "human-resources");
        assert_eq!(&*groups.give("R&D"), "r-d");
        assert!(groups.give("!!!").starts_with("x-"));
        assert!(crate::records::values::is_id(&groups.give(&"長".repeat(1000))));
    }
}
