//! Who has gone, and how: between a base and a head that are looked at on the same day.

use super::How;
use super::pairing::Pairing;
use crate::base::ids::{PersonIx, Subject};
use crate::model::target;
use crate::records::words::Line;
use crate::rules::facts::Facts;

/// Both sides and which person is which.
#[derive(Clone, Copy)]
pub(super) struct Departures<'c> {
    pub(super) base: &'c Facts<'c>,
    pub(super) head: &'c Facts<'c>,
    pub(super) pairing: &'c Pairing,
}

impl Departures<'_> {
    /// How somebody of the base is no longer counted in the head, where that is so.
    pub(super) fn went(&self, person: PersonIx) -> Option<How> {
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
    pub(super) fn exempted(&self, person: PersonIx) -> Option<How> {
        let (was, now) =
            (self.base.portfolio.person(person), self.head.portfolio.person(self.pairing.person(person)?));
        let newly = (now.exempt_craft && !was.exempt_craft) || (now.exempt_delivery && !was.exempt_delivery);
        newly.then_some(How::Exempt)
    }

    /// Whether somebody's line ends in them now, since they lead a guild: nobody worked on what it was about.
    pub(super) fn line_ended(&self, person: PersonIx) -> bool {
        let Some(now) = self.pairing.person(person) else { return false };
        let ended = |line| self.base.lines.in_scope(line, person) && !self.head.lines.in_scope(line, now);
        ended(Line::Delivery) || ended(Line::Craft)
    }

    /// How the first of these people went.
    pub(super) fn any_went(&self, people: impl IntoIterator<Item = PersonIx>) -> Option<How> {
        people.into_iter().find_map(|person| self.went(person))
    }

    /// Whether somebody's leaves are written differently.
    pub(super) fn leaves_differ(&self, person: PersonIx) -> bool {
        let was = &self.base.portfolio.person(person).away;
        self.pairing.person(person).is_none_or(|now| self.head.portfolio.person(now).away != *was)
    }

    /// Everybody in the base whom a subject of the base needs to be asked about at all.
    pub(super) fn needed(&self, subject: Subject) -> Vec<PersonIx> {
        let portfolio = self.base.portfolio;
        let scored = |person: &PersonIx| self.base.lines.is_scored(*person);
        let mut people: Vec<PersonIx> = self.base.about(subject).into_iter().collect();
        match subject {
            Subject::Meeting(at) => {
                let meeting = portfolio.meeting(at);
                people.extend(meeting.owner.target());
                people.extend(target(meeting.with));
            }
            Subject::Mentorship(at) => people.extend(portfolio.mentorship(at).mentor.target()),
            Subject::Squad(squad) => {
                let member = |person: &PersonIx| target(portfolio.person(*person).squad) == Some(squad);
                people.extend(portfolio.person_positions().filter(scored).filter(member));
            }
            Subject::Guild(guild) => {
                let member = |person: &PersonIx| target(portfolio.person(*person).guild) == Some(guild);
                people.extend(portfolio.person_positions().filter(scored).filter(member));
            }
            Subject::Person(_)
            | Subject::Conversation(_)
            | Subject::Decision(_)
            | Subject::Promotion(_)
            | Subject::Portfolio => {}
        }
        people
    }
}
