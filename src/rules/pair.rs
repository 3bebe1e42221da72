//! A base and a head on the same day, and who of the base has gone in the head, and how.

use super::facts::Facts;
use super::rule::How;
use crate::base::day::Day;
use crate::base::ids::{PersonIx, Subject};
use crate::model::Pairing;
use crate::records::words::Line;

/// Both sides, under one policy and on one day, and which item is which.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'c> {
    /// What was.
    pub base: &'c Facts<'c>,
    /// What is.
    pub head: &'c Facts<'c>,
    /// Which item is which.
    pub pairing: &'c Pairing,
    /// The base's own day: what is dated up to then and was not in the base is only told now.
    pub base_day: Day,
}

impl Pair<'_> {
    /// The same person of the head.
    pub fn person(&self, person: PersonIx) -> Option<PersonIx> {
        self.pairing.person(person)
    }

    /// The same person of the base.
    pub fn person_before(&self, person: PersonIx) -> Option<PersonIx> {
        match self.pairing.in_base(Subject::Person(person)) {
            Some(Subject::Person(before)) => Some(before),
            _ => None,
        }
    }

    /// Whether somebody of the base is the same as somebody of the head; nobody on either side is the same, too.
    pub fn is_same(&self, before: Option<PersonIx>, now: Option<PersonIx>) -> bool {
        match (before, now) {
            (None, None) => true,
            (Some(before), Some(now)) => self.person(before) == Some(now),
            _ => false,
        }
    }

    /// Whether somebody of the head is only told now: the base has no such person, and they are not written as
    /// starting after its day.
    pub fn is_told(&self, person: PersonIx) -> bool {
        let started = self.head.portfolio.person(person).started;
        self.person_before(person).is_none() && started.is_none_or(|started| started <= self.base_day)
    }

    /// How somebody of the base is no longer counted in the head, where that is so.
    pub fn went(&self, person: PersonIx) -> Option<How> {
        if !self.base.lines.is_active(person) {
            return None;
        }
        let Some(now) = self.pairing.person(person) else { return Some(How::Removed) };
        if !self.head.lines.is_active(now) {
            let record = self.head.portfolio.person(now);
            return Some(if record.left.is_some_and(|left| left <= self.head.day) {
                How::Left
            } else if self.head.lines.is_on_long_leave(now) {
                How::Away
            } else {
                How::Rewritten
            });
        }
        (self.base.lines.is_scored(person) && self.head.lines.is_external(now)).then_some(How::External)
    }

    /// Whether a line of somebody of the base is exempt in the head that was not.
    pub fn exempted(&self, person: PersonIx) -> Option<How> {
        let (was, now) =
            (self.base.portfolio.person(person), self.head.portfolio.person(self.pairing.person(person)?));
        let newly = (now.exempt_craft && !was.exempt_craft) || (now.exempt_delivery && !was.exempt_delivery);
        newly.then_some(How::Exempt)
    }

    /// Whether somebody's line ends in them now, since they lead a guild: nobody worked on what it was about.
    pub fn line_ended(&self, person: PersonIx) -> bool {
        let Some(now) = self.pairing.person(person) else { return false };
        let ended = |line| self.base.lines.in_scope(line, person) && !self.head.lines.in_scope(line, now);
        ended(Line::Delivery) || ended(Line::Craft)
    }

    /// How the first of these people went.
    pub fn any_went(&self, people: impl IntoIterator<Item = PersonIx>) -> Option<How> {
        people.into_iter().find_map(|person| self.went(person))
    }

    /// Whether somebody's leaves are written differently.
    pub fn leaves_differ(&self, person: PersonIx) -> bool {
        let was = &self.base.portfolio.person(person).away;
        self.pairing.person(person).is_none_or(|now| self.head.portfolio.person(now).away != *was)
    }
}
