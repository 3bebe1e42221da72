//! What a deed is asked with: the state of the data, what a person told, and whether the rest may be assumed.

use super::change::outsider;
use super::{Assumption, Doable, name_of};
use crate::base::day::Day;
use crate::base::ids::{PersonIx, Subject};
use crate::base::message::{Fact, Message, message};
use crate::model::{Change, Portfolio};
use crate::records::values::Every;
use crate::records::words::{MeetingKind, Purpose, Topic, Track};
use crate::rules::facts::Facts;

/// What a 1:1 without a label is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum As {
    /// A 1:1 for this.
    Purpose(Purpose),
    /// No 1:1 of a line: another kind of meeting.
    Kind(MeetingKind),
}

impl As {
    /// What can be told of a 1:1.
    pub const WORDS: [&str; 5] = ["delivery", "craft", "both", "peer", "other"];

    /// Reads one of `WORDS`.
    pub fn parse(word: &str) -> Option<As> {
        let purpose = Purpose::ALL.iter().find(|one| one.word() == word).map(|one| As::Purpose(*one));
        purpose.or(match word {
            "peer" => Some(As::Kind(MeetingKind::Peer)),
            "other" => Some(As::Kind(MeetingKind::Other)),
            _ => None,
        })
    }
}

/// What a person told about acts; all of it optional.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Told {
    /// That it was held, and when.
    pub held: Option<Day>,
    /// That it was reviewed, and when.
    pub reviewed: Option<Day>,
    /// That it is decided, and since when.
    pub closed: Option<Day>,
    /// That it was handed up, and when.
    pub escalated: Option<Day>,
    /// What a 1:1 is for.
    pub purpose: Option<As>,
    /// A person: who leads, owns, mentors, or holds the other meeting.
    pub to: Option<PersonIx>,
    /// That nobody follows.
    pub nobody: bool,
    /// How often a new 1:1 takes place.
    pub every: Option<Every>,
    /// The first day of a new 1:1.
    pub from: Option<Day>,
    /// Which way up somebody chose.
    pub track: Option<Track>,
    /// What is put on an agenda.
    pub topic: Option<Topic>,
}

/// Whether what nobody told may be assumed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// To measure what an act would come to: every assumption is noted.
    Assume,
    /// To write it down: only what was told.
    AsTold,
}

/// Why there is no deed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NoDeed {
    /// Only a person can know it.
    Untold {
        /// The option that tells it: `--as`.
        option: &'static str,
        /// What it takes: `delivery|craft|both|peer|other`; nothing for a mere flag.
        takes: &'static str,
        /// The likely value, never taken for granted.
        likely: Option<String>,
    },
    /// A person must write it; these sentences say what.
    ByHand(Vec<Message<Fact>>),
    /// Something else has to be done first.
    First(Message<Fact>),
}

/// One request for a deed.
pub struct Request<'r, 'p> {
    /// The state of the data.
    pub facts: &'r Facts<'p>,
    /// The act, and its factors.
    pub act: &'r Doable<'r>,
    /// What was told.
    pub told: &'r Told,
    mode: Mode,
    assumed: Vec<Assumption>,
}

impl<'r, 'p> Request<'r, 'p> {
    pub(super) fn new(
        facts: &'r Facts<'p>,
        act: &'r Doable<'r>,
        told: &'r Told,
        mode: Mode,
    ) -> Request<'r, 'p> {
        Request { facts, act, told, mode, assumed: Vec::new() }
    }

    pub(super) fn into_assumed(self) -> Vec<Assumption> {
        self.assumed
    }

    /// The data.
    pub fn portfolio(&self) -> &'p Portfolio {
        self.facts.portfolio
    }

    /// What the act is about.
    pub fn subject(&self) -> Subject {
        self.act.act.subject
    }

    /// What the act is about, as changes name it.
    pub fn name(&self) -> String {
        name_of(self.portfolio(), self.subject())
    }

    /// The id of a person.
    pub fn id(&self, person: PersonIx) -> &'p str {
        self.portfolio().subject_id(Subject::Person(person))
    }

    /// How many units the factors of this act count, where they count any.
    pub fn count(&self) -> i64 {
        use crate::rules::rule::Basis;
        let count = |factor: &&crate::score::factor::Factor| match factor.found.basis {
            Basis::Each { count } => count,
            Basis::Flat | Basis::Growing { .. } | Basis::Missed { .. } => 1,
        };
        self.act.factors.iter().map(count).max().unwrap_or_default()
    }

    /// Whether what was not told may be assumed.
    pub fn may_assume(&self) -> bool {
        self.mode == Mode::Assume
    }

    /// Notes an assumption.
    pub fn assume(&mut self, what: Message<Fact>) {
        self.assumed.push(Assumption { what, is_choice: true });
    }

    /// What was told, else what may be assumed, with the sentence that notes it. `likely` has the word that is offered to
    /// whoever has to tell it; none where it would say something about a person.
    ///
    /// # Errors
    /// It was not told, and may not be assumed.
    pub fn told_or<T>(
        &mut self,
        told: Option<T>,
        option: (&'static str, &'static str),
        likely: Option<(T, Option<String>)>,
        assumed: impl FnOnce(&T) -> Message<Fact>,
    ) -> Result<T, NoDeed> {
        if let Some(told) = told {
            return Ok(told);
        }
        match (self.mode, likely) {
            (Mode::Assume, Some((value, _))) => {
                self.assume(assumed(&value));
                Ok(value)
            }
            (_, likely) => Err(untold(option, likely.and_then(|(_, word)| word))),
        }
    }

    /// The day that was told, else the day that is scored.
    ///
    /// # Errors
    /// It was not told, and may not be assumed.
    pub fn day_or_today(
        &mut self,
        told: Option<Day>,
        option: &'static str,
        happened: &'static str,
    ) -> Result<Day, NoDeed> {
        let today = self.facts.day;
        match (told, self.mode) {
            (Some(told), _) => Ok(told),
            (None, Mode::AsTold) => Err(untold((option, "[DATE]"), None)),
            (None, Mode::Assume) => {
                self.assumed.push(Assumption { what: message!(happened, " on ", today), is_choice: false });
                Ok(today)
            }
        }
    }

    /// The id of whoever was named, else of somebody new from outside, whom the changes add.
    ///
    /// # Errors
    /// Nobody was named, and nobody may be assumed.
    pub fn somebody(&mut self, changes: &mut Vec<Change>) -> Result<String, NoDeed> {
        if let Some(person) = self.told.to {
            return Ok(self.id(person).to_owned());
        }
        if self.mode == Mode::AsTold {
            return Err(untold(("--to", "PERSON"), None));
        }
        self.assume(message!("somebody new from outside takes it"));
        let id = self.free_outsider();
        changes.push(outsider(&id));
        Ok(id)
    }

    /// Whoever was told to hold a 1:1 with somebody; not where that one owns a line of theirs, by which it would be a
    /// 1:1 the other way round.
    ///
    /// # Errors
    /// It would be the other one's.
    pub fn told_holder(&self, with: PersonIx) -> Result<Option<PersonIx>, NoDeed> {
        match self.told.to {
            Some(to) if self.facts.lines.is_turned(to, with) => Err(NoDeed::First(message!(
                with,
                " owns a line of ",
                to,
                ", so a 1:1 of the two is about ",
                to,
                "; name somebody else"
            ))),
            told => Ok(told),
        }
    }

    /// Refuses where nothing may be assumed: a person has to write it.
    ///
    /// # Errors
    /// Nothing may be assumed.
    pub fn only_assumed(
        &mut self,
        by_hand: Vec<Message<Fact>>,
        assumed: Message<Fact>,
    ) -> Result<(), NoDeed> {
        match self.mode {
            Mode::AsTold => Err(NoDeed::ByHand(by_hand)),
            Mode::Assume => {
                self.assume(assumed);
                Ok(())
            }
        }
    }

    /// An id such as `+1` that nobody has yet.
    pub fn free_outsider(&self) -> String {
        let is_free = |id: &String| self.portfolio().find("person", id).is_none();
        (1..=u32::MAX).map(|number| format!("+{number}")).find(is_free).unwrap_or_default()
    }
}

/// Something that only a person can know.
pub(super) fn untold((option, takes): (&'static str, &'static str), likely: Option<String>) -> NoDeed {
    NoDeed::Untold { option, takes, likely }
}
