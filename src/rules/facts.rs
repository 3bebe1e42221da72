//! What rules may know: the portfolio, the policy, the day, the lines, and what takes a pass over the portfolio
//! to find out, each made once.

use std::collections::HashSet;
use std::sync::OnceLock;

use super::rule::Basis;
use super::subjects;
use crate::base::day::Day;
use crate::base::ids::{ConversationIx, MeetingIx, PersonIx, Subject};
use crate::base::names::FastMap;
use crate::base::points::Growth;
use crate::model::{Jobs, Lines, Portfolio, counted_days, target};
use crate::policy::Policy;
use crate::records::words::Line;

/// What rules may know.
#[derive(Debug)]
pub struct Facts<'p> {
    /// The portfolio.
    pub portfolio: &'p Portfolio,
    /// The policy.
    pub policy: &'p Policy,
    /// The day that is scored.
    pub day: Day,
    /// Who owns what on that day.
    pub lines: Lines,
    /// How debt grows under the policy.
    pub growth: Growth,
    /// Squads with members.
    pub squads_with_members: usize,
    one_on_ones: Vec<OneOnOne>,
    /// By the position of a meeting that of its 1:1; `NONE` where it is none.
    by_meeting: Vec<u32>,
    /// Made where a comparison asks for it.
    by_person: OnceLock<FastMap<PersonIx, Vec<OneOnOne>>>,
    held: Vec<Jobs>,
    spans: Vec<u32>,
    owns_delivery: Vec<bool>,
    mentoring: HashSet<(PersonIx, PersonIx)>,
    peers: FastMap<PersonIx, Vec<PersonIx>>,
}

/// No 1:1.
const NONE: u32 = u32::MAX;

/// A 1:1: an active meeting of two in which one owes the other something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OneOnOne {
    /// The meeting.
    pub meeting: MeetingIx,
    /// Whose job it is to hold it.
    pub owner: PersonIx,
    /// The other one, who is scored.
    pub with: PersonIx,
    /// The jobs it tries to do.
    pub jobs: Jobs,
}

/// How long a conversation has been owed, and how often it was pushed to a new date.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Overdue {
    /// The day it was due.
    pub due: Day,
    /// Full weeks since then.
    pub weeks: i64,
    /// New dates.
    pub deferrals: i64,
}

impl Overdue {
    /// What its amounts follow from.
    pub fn basis(self) -> Basis {
        Basis::Growing { due: self.due, weeks: self.weeks, deferrals: self.deferrals }
    }
}

impl<'p> Facts<'p> {
    /// Everything there is to know about a portfolio on a day.
    pub fn new(portfolio: &'p Portfolio, policy: &'p Policy, day: Day) -> Facts<'p> {
        let lines = Lines::new(portfolio, policy, day);
        let count = portfolio.people.len();
        let mut facts = Facts {
            portfolio,
            policy,
            day,
            growth: Growth::new(policy.weekly_bp, policy.cap),
            squads_with_members: portfolio
                .squad_positions()
                .filter(|squad| lines.squad_members(*squad) > 0)
                .count(),
            one_on_ones: Vec::new(),
            by_meeting: vec![NONE; portfolio.meetings.len()],
            by_person: OnceLock::new(),
            held: vec![Jobs { delivery: false, craft: false }; count],
            spans: vec![0; count],
            owns_delivery: vec![false; count],
            mentoring: HashSet::new(),
            peers: FastMap::default(),
            lines,
        };
        facts.count_meetings();
        facts.count_owners();
        let mentorships = portfolio.mentorship_positions();
        facts.mentoring = mentorships.filter_map(|at| facts.lines.mentorship(portfolio, at)).collect();
        facts
    }

    fn count_owners(&mut self) {
        let lines = &self.lines;
        for person in self.portfolio.person_positions().filter(|person| lines.is_scored(*person)) {
            if let Some(owner) = lines.delivery_owner(person) {
                self.owns_delivery[owner.index()] = true;
            }
            if let Some(owner) = lines.craft_owner(person).filter(|_| lines.in_scope(Line::Craft, person)) {
                let span = &mut self.spans[owner.index()];
                *span = span.saturating_add(1);
            }
        }
    }

    fn count_meetings(&mut self) {
        for meeting in self.portfolio.meeting_positions() {
            let record = self.portfolio.meeting(meeting);
            if let Some((one, other)) = self.lines.peers(record) {
                self.peers.entry(one).or_default().push(other);
                self.peers.entry(other).or_default().push(one);
            }
            if let Some((owner, with)) = self.lines.one_on_one(record) {
                let jobs = record.jobs();
                let held = &mut self.held[with.index()];
                held.delivery |= jobs.delivery;
                held.craft |= jobs.craft;
                self.by_meeting[meeting.index()] = u32::try_from(self.one_on_ones.len()).unwrap_or(NONE);
                self.one_on_ones.push(OneOnOne { meeting, owner, with, jobs });
            }
        }
    }

    /// Every 1:1, in the order of ids.
    pub fn one_on_ones(&self) -> &[OneOnOne] {
        &self.one_on_ones
    }

    /// The 1:1 at a meeting, where it is one.
    pub fn one_on_one(&self, meeting: MeetingIx) -> Option<OneOnOne> {
        let at = usize::try_from(*self.by_meeting.get(meeting.index())?).ok()?;
        self.one_on_ones.get(at).copied()
    }

    /// Every 1:1 with somebody, in the order of ids.
    pub fn one_on_ones_with(&self, with: PersonIx) -> impl Iterator<Item = OneOnOne> {
        let by_person = self.by_person.get_or_init(|| {
            let mut by_person: FastMap<PersonIx, Vec<OneOnOne>> = FastMap::default();
            for one in &self.one_on_ones {
                by_person.entry(one.with).or_default().push(*one);
            }
            by_person
        });
        by_person.get(&with).into_iter().flatten().copied()
    }

    /// Whether some 1:1 with this person has that job.
    pub fn has_one_on_one(&self, line: Line, with: PersonIx) -> bool {
        self.held[with.index()].has(line)
    }

    /// Of how many scored people somebody is the craft owner, as far as that line is in scope.
    pub fn craft_span(&self, owner: PersonIx) -> i64 {
        i64::from(self.spans[owner.index()])
    }

    /// Whether somebody is the delivery owner of any scored person.
    pub fn owns_delivery(&self, owner: PersonIx) -> bool {
        self.owns_delivery[owner.index()]
    }

    /// Whether somebody is teaching somebody now.
    pub fn is_mentoring(&self, mentor: PersonIx, mentee: PersonIx) -> bool {
        self.mentoring.contains(&(mentor, mentee))
    }

    /// With whom somebody has an active peer meeting.
    pub fn peers(&self, person: PersonIx) -> &[PersonIx] {
        self.peers.get(&person).map_or(&[], Vec::as_slice)
    }

    /// Whom a subject is about, where it is about one person: there it is booked.
    pub fn about(&self, subject: Subject) -> Option<PersonIx> {
        (subjects::of(subject).about)(self, subject)
    }

    /// How an overdue conversation grows, on some day: `None` where it is not overdue then.
    pub fn overdue(&self, at: ConversationIx, day: Day) -> Option<Overdue> {
        let talk = self.portfolio.conversation(at);
        let due = talk.due(self.policy.grace_days);
        if day <= due {
            return None;
        }
        let with = talk.with.target().map(|with| self.portfolio.person(with));
        let days = counted_days(due, day, with.as_slice());
        let deferrals = i64::try_from(talk.deferred_to.len()).unwrap_or(i64::MAX);
        Some(Overdue { due, weeks: days.div_euclid(7), deferrals })
    }

    /// The day from which somebody is missing, where that is how they are missing: left, else away.
    pub fn missing_since(&self, person: PersonIx) -> Option<Day> {
        let record = self.portfolio.person(person);
        let left = record.left.filter(|left| *left <= self.day);
        let away = || {
            let leave = record.leave_on(self.day).filter(|_| self.lines.is_on_long_leave(person));
            leave.map(|leave| leave.from)
        };
        left.or_else(away)
    }

    /// The lead of a squad, where they can act.
    pub fn squad_lead(&self, squad: crate::base::ids::SquadIx) -> Option<PersonIx> {
        self.lines.filter_active(target(self.portfolio.squad(squad).lead))
    }

    /// The lead of a guild, where they can act.
    pub fn guild_lead(&self, guild: crate::base::ids::GuildIx) -> Option<PersonIx> {
        self.lines.filter_active(target(self.portfolio.guild(guild).lead))
    }

    /// The lead of a person's squad, where they can act.
    pub fn lead_of(&self, person: PersonIx) -> Option<PersonIx> {
        target(self.portfolio.person(person).squad).and_then(|squad| self.squad_lead(squad))
    }
}
