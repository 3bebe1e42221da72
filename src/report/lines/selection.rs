//! Whose lines are asked for: people, squads and guilds by id or alias.

use std::collections::BTreeSet;

use crate::base::ids::{PersonIx, Subject};
use crate::base::nearest::nearest;
use crate::model::{Portfolio, target};

/// The kinds of what may be named, in the order in which an id is looked for.
const KINDS: [&str; 3] = ["person", "squad", "guild"];

/// Whose lines are asked for.
#[derive(Debug, Default)]
pub struct Selection {
    /// The people who were named, themselves or by squad or guild; everybody where nobody was.
    people: Option<BTreeSet<PersonIx>>,
    /// Whether nothing but people was named: each then has a block.
    only_people: bool,
}

/// What was named and is not there, and the id that may be meant.
#[derive(Debug)]
pub struct NotThere<'w> {
    /// What was typed.
    pub typed: &'w str,
    /// The nearest id, with its kind in front where one was typed.
    pub near: Option<String>,
}

impl Selection {
    /// The people behind what was typed: ids or aliases, a person before a squad and a squad before a guild of the same
    /// id, or `squad:ID`.
    pub fn find<'w>(portfolio: &Portfolio, typed: &'w [String]) -> Result<Selection, Vec<NotThere<'w>>> {
        if typed.is_empty() {
            return Ok(Selection::default());
        }
        let (mut people, mut missing, mut only_people) = (BTreeSet::new(), Vec::new(), true);
        for word in typed {
            let subject = found(portfolio, word);
            only_people &= matches!(subject, Some(Subject::Person(_)));
            match subject {
                Some(Subject::Person(at)) => {
                    people.insert(at);
                }
                Some(Subject::Squad(at)) => {
                    people.extend(members(portfolio, |person| {
                        target(portfolio.person(person).squad) == Some(at)
                    }));
                }
                Some(Subject::Guild(at)) => {
                    people.extend(members(portfolio, |person| {
                        target(portfolio.person(person).guild) == Some(at)
                    }));
                }
                _ => missing.push(NotThere { typed: word, near: near(portfolio, word) }),
            }
        }
        if missing.is_empty() { Ok(Selection { people: Some(people), only_people }) } else { Err(missing) }
    }

    /// Whether somebody is asked for.
    pub(super) fn has(&self, person: PersonIx) -> bool {
        self.people.as_ref().is_none_or(|people| people.contains(&person))
    }

    /// The people who have a block.
    pub(super) fn blocks(&self) -> impl Iterator<Item = PersonIx> {
        self.people.iter().filter(|_| self.only_people).flatten().copied()
    }
}

fn members(portfolio: &Portfolio, is_in: impl Fn(PersonIx) -> bool) -> impl Iterator<Item = PersonIx> {
    portfolio.person_positions().filter(move |person| is_in(*person))
}

/// The kind that was typed in front of an id, and the id.
fn split(word: &str) -> Option<(&'static str, &str)> {
    let (kind, id) = word.split_once(':')?;
    Some((KINDS.into_iter().find(|known| *known == kind)?, id))
}

fn found(portfolio: &Portfolio, word: &str) -> Option<Subject> {
    match split(word) {
        Some((kind, id)) => portfolio.find(kind, id),
        None => KINDS.into_iter().find_map(|kind| portfolio.find(kind, word)),
    }
}

fn near(portfolio: &Portfolio, word: &str) -> Option<String> {
    if let Some((kind, id)) = split(word) {
        return portfolio.nearest_id(kind, id).map(|near| format!("{kind}:{near}"));
    }
    let ids = KINDS.into_iter().flat_map(|kind| portfolio.ids_of(kind));
    nearest(word, ids).map(str::to_owned)
}
