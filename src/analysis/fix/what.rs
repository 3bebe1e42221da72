//! What `fix` is asked to do: which acts are named, and what is told about them.

use crate::acts::{self, As, Told};
use crate::base::day::Day;
use crate::base::factor_id::FactorId;
use crate::base::ids::{PersonIx, SUBJECT_TYPES, Subject};
use crate::model::Portfolio;
use crate::records::values::Every;
use crate::records::words::{Topic, Track};

/// What is named.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum What {
    /// Every act that a program can do by itself.
    All,
    /// All acts of a rule's factors, by its code.
    Code(String),
    /// The act of a factor, by its id.
    Factor(String),
    /// An act, by its id.
    Act(String),
}

impl What {
    /// Reads one word by its form; `None` if it has none of these, as a path has.
    pub fn parse(word: &str) -> Option<What> {
        let is_code = |text: &str| {
            let bytes = text.as_bytes();
            bytes.len() == 4 && bytes[0].is_ascii_uppercase() && bytes[1..].iter().all(u8::is_ascii_digit)
        };
        let FactorId { code: first, kind, id } = FactorId::split(word);
        let is_verb = first.starts_with(|c: char| c.is_ascii_lowercase())
            && first.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-');
        match (kind, id) {
            (None, None) if word == "all" => Some(What::All),
            (None, None) if is_code(first) => Some(What::Code(word.to_owned())),
            (Some(_), _) if is_code(first) => Some(What::Factor(word.to_owned())),
            (Some(kind), Some(id)) if is_verb && SUBJECT_TYPES.contains(&kind) && !id.is_empty() => {
                Some(What::Act(word.to_owned()))
            }
            _ => None,
        }
    }

    /// Whether it can be several acts, none of which is named itself.
    pub fn is_bulk(&self) -> bool {
        matches!(self, What::All | What::Code(_))
    }
}

/// A factor is named out loud for a time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Acknowledging {
    /// Why it has to wait.
    pub reason: String,
    /// The last day; a month from today where nothing is said.
    pub through: Option<Day>,
}

/// What is told about what is named, in the words of whoever tells it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Words {
    /// That it was held, and when.
    pub held: Option<Day>,
    /// The date that a conversation is pushed to.
    pub push: Option<Day>,
    /// That it was reviewed, and when.
    pub reviewed: Option<Day>,
    /// That it is decided, and since when.
    pub closed: Option<Day>,
    /// That it was handed up, and when.
    pub escalated: Option<Day>,
    /// What a 1:1 is for.
    pub purpose: Option<As>,
    /// Somebody's id, or `nobody`.
    pub to: Option<String>,
    /// How often a new 1:1 takes place.
    pub every: Option<Every>,
    /// The first day of a new 1:1.
    pub from: Option<Day>,
    /// Which way up somebody chose.
    pub track: Option<Track>,
    /// What is put on an agenda.
    pub topic: Option<Topic>,
    /// That it is named out loud instead.
    pub acknowledge: Option<Acknowledging>,
}

impl Words {
    /// The options that were given.
    pub fn options(&self) -> Vec<&'static str> {
        let all = [
            ("--held", self.held.is_some()),
            ("--push", self.push.is_some()),
            ("--reviewed", self.reviewed.is_some()),
            ("--closed", self.closed.is_some()),
            ("--escalated", self.escalated.is_some()),
            ("--as", self.purpose.is_some()),
            ("--to", self.to.is_some()),
            ("--every", self.every.is_some()),
            ("--from", self.from.is_some()),
            ("--track", self.track.is_some()),
            ("--topic", self.topic.is_some()),
            ("--acknowledge", self.acknowledge.is_some()),
        ];
        all.into_iter().filter(|(_, given)| *given).map(|(option, _)| option).collect()
    }

    /// Those that are true of one act only: nobody held all talks at once.
    pub fn about_one(&self) -> Vec<&'static str> {
        let mut options = self.options();
        options.retain(|option| !["--every", "--from"].contains(option));
        options
    }

    /// The first day from which what is told has an effect, where that is after this one.
    pub(super) fn later_than(&self, day: Day) -> Option<Day> {
        let days = [self.from, self.held, self.reviewed, self.closed, self.escalated];
        days.into_iter().flatten().filter(|one| *one > day).max()
    }

    /// The same with ids looked up; else the person who is not there, and who may be meant.
    pub(super) fn told(&self, portfolio: &Portfolio) -> Result<Told, (String, Option<String>)> {
        let nobody = self.to.as_deref() == Some("nobody") && portfolio.find("person", "nobody").is_none();
        let to = match self.to.as_deref().filter(|_| !nobody) {
            None => None,
            Some(id) => Some(person(portfolio, id)?),
        };
        Ok(Told {
            held: self.held,
            reviewed: self.reviewed,
            closed: self.closed,
            escalated: self.escalated,
            purpose: self.purpose,
            to,
            nobody,
            every: self.every,
            from: self.from,
            track: self.track,
            topic: self.topic,
        })
    }
}

fn person(portfolio: &Portfolio, id: &str) -> Result<PersonIx, (String, Option<String>)> {
    if let Some(Subject::Person(person)) = portfolio.find("person", id) {
        return Ok(person);
    }
    Err((id.to_owned(), portfolio.nearest_id("person", id)))
}

/// Whether a verb only records that something took place, so that it can be done before it is debt.
pub(super) fn is_record(verb: &str) -> bool {
    let days = ["--held", "--reviewed", "--closed", "--escalated"];
    acts::with_verb(verb).is_some_and(|rule| rule.takes.iter().any(|option| days.contains(option)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_from_a_path_by_its_form() {
        assert_eq!(What::parse("all"), Some(What::All));
        assert_eq!(What::parse("D101"), Some(What::Code("D101".to_owned())));
        assert!(matches!(What::parse("D101:meeting:bo-ana"), Some(What::Factor(_))));
        assert!(matches!(What::parse("start-craft-1on1:person:ana"), Some(What::Act(_))));
        for path in
            ["portfolio.yaml", "./all", "teams", "-", "D1", "C:\\teams", "main:people:x", "hold:x", ""]
        {
            assert_eq!(What::parse(path), None, "{path}");
        }
    }
}
