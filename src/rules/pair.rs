//! A base and a head on the same day; who of the base no longer counts in the head, and why.

use super::facts::Facts;
use super::rule::How;
use crate::base::day::Day;
use crate::base::ids::{
    ConversationIx, DecisionIx, GuildIx, MeetingIx, MentorshipIx, PersonIx, Position, PromotionIx, SquadIx,
};
use crate::model::{
    Conversation, Decision, Guild, Meeting, Mentorship, Pairing, Person, Portfolio, Promotion, Squad,
};
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

impl<'c> Pair<'c> {
    /// The same item of the head.
    pub fn in_head<P: Position>(&self, before: P) -> Option<P> {
        self.pairing.in_head(before.subject()).and_then(P::of)
    }

    /// The same item of the base.
    pub fn in_base<P: Position>(&self, now: P) -> Option<P> {
        self.pairing.in_base(now.subject()).and_then(P::of)
    }

    /// The record of an item of the base, and that of the same item of the head.
    pub fn records<P: Recorded>(&self, before: P) -> Option<(&'c P::Record, &'c P::Record)> {
        let now = self.in_head(before)?;
        Some((before.record(self.base.portfolio), now.record(self.head.portfolio)))
    }

    /// The record that an item of the head has in the base.
    pub fn record_before<P: Recorded>(&self, now: P) -> Option<&'c P::Record> {
        Some(self.in_base(now)?.record(self.base.portfolio))
    }

    /// Whether somebody of the base is the same as somebody of the head; two missing people count as the same.
    pub fn is_same(&self, before: Option<PersonIx>, now: Option<PersonIx>) -> bool {
        match (before, now) {
            (None, None) => true,
            (Some(before), Some(now)) => self.in_head(before) == Some(now),
            _ => false,
        }
    }

    /// Whether somebody of the head is only told now: the base has no such person, and they are not written as
    /// starting after its day.
    pub fn is_told(&self, person: PersonIx) -> bool {
        let started = self.head.portfolio.person(person).started;
        self.in_base(person).is_none() && started.is_none_or(|started| started <= self.base_day)
    }

    /// Whether somebody of the head starts after the base's day.
    pub fn starts_later(&self, person: PersonIx) -> bool {
        self.head.portfolio.person(person).started.is_some_and(|started| started > self.base_day)
    }

    /// Whether somebody of the head is scored only since one of their lines is written: both sides call them external.
    pub fn is_no_outsider_now(&self, person: PersonIx) -> bool {
        let is_external = |side: &Facts<'_>, at| side.portfolio.person(at).external;
        is_external(self.head, person)
            && self.head.lines.is_scored(person)
            && self
                .in_base(person)
                .is_some_and(|before| is_external(self.base, before) && self.base.lines.is_external(before))
    }

    /// Whether somebody of the base had left by its day, and the head has no record of them any more.
    pub fn is_deleted_leaver(&self, before: PersonIx) -> bool {
        let left = self.base.portfolio.person(before).left;
        self.in_head(before).is_none() && left.is_some_and(|left| left <= self.base_day)
    }

    /// How somebody of the base is no longer counted in the head, where that is so.
    pub fn went(&self, person: PersonIx) -> Option<How> {
        if !self.base.lines.is_active(person) {
            return None;
        }
        let Some(now) = self.in_head(person) else { return Some(How::Removed) };
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

    /// Whether a line of somebody of the base is exempt in the head and was not.
    pub fn exempted(&self, person: PersonIx, line: Line) -> Option<How> {
        let (was, is) = self.records(person)?;
        (is.is_exempt(line) && !was.is_exempt(line)).then_some(How::Exempt)
    }

    /// How the first of these people went.
    pub fn any_went(&self, people: impl IntoIterator<Item = PersonIx>) -> Option<How> {
        people.into_iter().find_map(|person| self.went(person))
    }

    /// Whether somebody's leaves are written differently.
    pub fn leaves_differ(&self, person: PersonIx) -> bool {
        let was = &self.base.portfolio.person(person).away;
        self.in_head(person).is_none_or(|now| self.head.portfolio.person(now).away != *was)
    }
}

/// A position at which a portfolio has a record.
pub trait Recorded: Position {
    /// The record.
    type Record;

    /// The record at this position.
    fn record(self, portfolio: &Portfolio) -> &Self::Record;
}

macro_rules! recorded {
    ($($position:ident => $record:ident by $get:ident),* $(,)?) => {$(
        impl Recorded for $position {
            type Record = $record;

            fn record(self, portfolio: &Portfolio) -> &$record {
                portfolio.$get(self)
            }
        }
    )*};
}

recorded! {
    PersonIx => Person by person,
    MeetingIx => Meeting by meeting,
    ConversationIx => Conversation by conversation,
    DecisionIx => Decision by decision,
    PromotionIx => Promotion by promotion,
    MentorshipIx => Mentorship by mentorship,
    SquadIx => Squad by squad,
    GuildIx => Guild by guild,
}
