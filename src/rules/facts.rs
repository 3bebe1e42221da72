//! What rules may know: the portfolio, the policy, the day, the lines, and what takes a pass over the portfolio
//! to find out, each made once.

use std::sync::OnceLock;

use super::rule::Basis;
use super::subjects;
use crate::base::day::Day;
use crate::base::ids::{ConversationIx, DecisionIx, GuildIx, MeetingIx, PersonIx, SquadIx, Subject};
use crate::base::names::{FastMap, FastSet};
use crate::base::points::Growth;
use crate::model::{Jobs, Lines, Meeting, Person, Portfolio, counted_days, target};
use crate::policy::Policy;
use crate::records::sections::List;
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
    /// How many people are scored.
    pub people: i64,
    one_on_ones: Vec<OneOnOne>,
    /// By the position of a meeting that of its 1:1; `NONE` where it is none.
    by_meeting: Vec<u32>,
    /// Made where a comparison asks for it.
    by_person: OnceLock<FastMap<PersonIx, Vec<OneOnOne>>>,
    served: Vec<Jobs>,
    /// And whether it is the craft owner's own.
    conflated: FastMap<PersonIx, (MeetingIx, bool)>,
    last_held: Vec<Option<Day>>,
    craft_spans: Vec<u32>,
    delivery_spans: Vec<u32>,
    owns_delivery: Vec<bool>,
    mentoring: FastSet<(PersonIx, PersonIx)>,
    free_mentors: FastMap<PersonIx, Vec<PersonIx>>,
    /// Made where a rule asks for it.
    talks_with: OnceLock<FastMap<PersonIx, Vec<ConversationIx>>>,
    /// Made where a rule asks for it.
    members: OnceLock<FastMap<GuildIx, Vec<PersonIx>>>,
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
            people: 0,
            one_on_ones: Vec::new(),
            by_meeting: vec![NONE; portfolio.meetings.len()],
            by_person: OnceLock::new(),
            served: vec![Jobs { delivery: false, craft: false }; count],
            conflated: FastMap::default(),
            last_held: vec![None; count],
            craft_spans: vec![0; count],
            delivery_spans: vec![0; count],
            owns_delivery: vec![false; count],
            mentoring: FastSet::default(),
            free_mentors: FastMap::default(),
            talks_with: OnceLock::new(),
            members: OnceLock::new(),
            peers: FastMap::default(),
            lines,
        };
        facts.count_meetings();
        facts.count_owners();
        facts.count_mentors();
        facts
    }

    fn count_owners(&mut self) {
        let lines = &self.lines;
        for person in self.portfolio.person_positions().filter(|person| lines.is_scored(*person)) {
            self.people = self.people.saturating_add(1);
            if let Some(owner) = lines.delivery_owner(person) {
                self.owns_delivery[owner.index()] = true;
                if lines.in_scope(Line::Delivery, person) {
                    let span = &mut self.delivery_spans[owner.index()];
                    *span = span.saturating_add(1);
                }
            }
            if let Some(owner) = lines.craft_owner(person).filter(|_| lines.in_scope(Line::Craft, person)) {
                let span = &mut self.craft_spans[owner.index()];
                *span = span.saturating_add(1);
            }
        }
    }

    fn count_mentors(&mut self) {
        let mentorships = self.portfolio.mentorship_positions();
        for (mentor, mentee) in mentorships.filter_map(|at| self.lines.mentorship(self.portfolio, at)) {
            self.mentoring.insert((mentor, mentee));
            if !self.lines.judges(mentor, mentee) {
                self.free_mentors.entry(mentee).or_default().push(mentor);
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
            self.note_last_held(record);
            if let Some((owner, with)) = self.lines.one_on_one(record) {
                let one = OneOnOne { meeting, owner, with, jobs: record.jobs() };
                let serves = [Line::Delivery, Line::Craft].map(|line| self.serves(one, line));
                let served = &mut self.served[with.index()];
                served.delivery |= serves[0];
                served.craft |= serves[1];
                if self.is_conflated(one) {
                    // Split, the craft owner's own becomes the Craft 1:1; somebody else's only leaves room for one.
                    let is_own = self.lines.craft_owner(with) == Some(owner);
                    let first = self.conflated.entry(with).or_insert((meeting, is_own));
                    if is_own && !first.1 {
                        *first = (meeting, is_own);
                    }
                }
                self.by_meeting[meeting.index()] = u32::try_from(self.one_on_ones.len()).unwrap_or(NONE);
                self.one_on_ones.push(one);
            }
        }
    }

    /// Any kind of meeting, active or not, tells whether somebody's calendar is still written down.
    fn note_last_held(&mut self, record: &Meeting) {
        let owner = self.lines.sides(record).map(|(owner, _)| owner).or(record.owner.target());
        let held = record.last_held.filter(|held| *held <= self.day);
        if let Some((owner, held)) = owner.zip(held) {
            // None is before every day.
            let last = &mut self.last_held[owner.index()];
            *last = (*last).max(Some(held));
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

    /// Whether a 1:1 tries to do both jobs for somebody of whom both lines are in scope.
    pub fn is_conflated(&self, one: OneOnOne) -> bool {
        let in_scope = |line| self.lines.in_scope(line, one.with);
        one.jobs.delivery && one.jobs.craft && in_scope(Line::Delivery) && in_scope(Line::Craft)
    }

    /// Whether a 1:1 serves a line of its `with`: a conflated one is nobody's Craft 1:1.
    pub fn serves(&self, one: OneOnOne, line: Line) -> bool {
        one.jobs.has(line) && (line == Line::Delivery || !self.is_conflated(one))
    }

    /// Whether some 1:1 with this person serves that line.
    pub fn is_served(&self, line: Line, with: PersonIx) -> bool {
        self.served[with.index()].has(line)
    }

    /// The first conflated 1:1 with somebody in the order of ids, the craft owner's own before all others.
    pub fn conflated_with(&self, with: PersonIx) -> Option<MeetingIx> {
        self.conflated.get(&with).map(|(meeting, _)| *meeting)
    }

    /// Whether some 1:1 of these two is about that line alone.
    pub fn has_own_one_on_one(&self, line: Line, owner: PersonIx, with: PersonIx) -> bool {
        let other = match line {
            Line::Delivery => Line::Craft,
            Line::Craft => Line::Delivery,
        };
        self.one_on_ones_with(with)
            .any(|one| one.owner == owner && one.jobs.has(line) && !one.jobs.has(other))
    }

    /// Whether the portfolio claims to hold every 1:1 of a line owner: what is not there is missing.
    pub fn holds_all_one_on_ones_of(&self, owner: PersonIx) -> bool {
        self.portfolio.has_section(List::Meetings) && self.portfolio.holds_meetings_of(owner)
    }

    /// Whether somebody is in their first weeks: their 1:1s may still be set up.
    pub fn is_new(&self, person: PersonIx) -> bool {
        let started = self.portfolio.person(person).started;
        started.is_some_and(|started| self.day <= started.plus(self.policy.grace_days))
    }

    /// The last day on which a meeting of any kind with this owner was held, as far as that is written.
    pub fn last_held(&self, owner: PersonIx) -> Option<Day> {
        self.last_held.get(owner.index()).copied().flatten()
    }

    /// How many scored people somebody owns a line of that is in scope.
    pub fn span(&self, line: Line, owner: PersonIx) -> i64 {
        let spans = match line {
            Line::Delivery => &self.delivery_spans,
            Line::Craft => &self.craft_spans,
        };
        i64::from(spans[owner.index()])
    }

    /// Whether somebody is the delivery owner of any scored person.
    pub fn owns_delivery(&self, owner: PersonIx) -> bool {
        self.owns_delivery[owner.index()]
    }

    /// Whether somebody is teaching somebody now.
    pub fn is_mentoring(&self, mentor: PersonIx, mentee: PersonIx) -> bool {
        self.mentoring.contains(&(mentor, mentee))
    }

    /// Who is teaching somebody now and is neither their delivery owner nor their rater.
    pub fn free_mentors(&self, mentee: PersonIx) -> &[PersonIx] {
        self.free_mentors.get(&mentee).map_or(&[], Vec::as_slice)
    }

    /// Every conversation with somebody, in the order of ids.
    pub fn talks_with(&self, with: PersonIx) -> &[ConversationIx] {
        let talks_with = self.talks_with.get_or_init(|| {
            let mut by_person: FastMap<PersonIx, Vec<ConversationIx>> = FastMap::default();
            for at in self.portfolio.conversation_positions() {
                if let Some(with) = self.portfolio.conversation(at).with.target() {
                    by_person.entry(with).or_default().push(at);
                }
            }
            by_person
        });
        talks_with.get(&with).map_or(&[], Vec::as_slice)
    }

    /// The scored people of a guild, in the order of ids.
    pub fn members_of(&self, guild: GuildIx) -> &[PersonIx] {
        let members = self.members.get_or_init(|| {
            let mut by_guild: FastMap<GuildIx, Vec<PersonIx>> = FastMap::default();
            for person in self.portfolio.person_positions().filter(|at| self.lines.is_scored(*at)) {
                if let Some(guild) = target(self.portfolio.person(person).guild) {
                    by_guild.entry(guild).or_default().push(person);
                }
            }
            by_guild
        });
        members.get(&guild).map_or(&[], Vec::as_slice)
    }

    /// The decisions that a squad's context calls closed, each as often as it is named.
    pub fn called_closed(&self, squad: SquadIx) -> impl Iterator<Item = DecisionIx> {
        self.portfolio.squad(squad).closed_decisions.iter().filter_map(|(_, decision)| decision.target())
    }

    /// Those of them that are open.
    pub fn closed_and_open(&self, squad: SquadIx) -> impl Iterator<Item = DecisionIx> {
        self.called_closed(squad).filter(|decision| {
            let decision = self.portfolio.decision(*decision);
            decision.raised <= self.day && decision.is_open(self.day)
        })
    }

    /// Whether somebody of this level is below the one from which people should have declared a track.
    pub fn is_junior(&self, level: Option<u32>) -> bool {
        level.is_some_and(|level| level < self.policy.track_from_level)
    }

    /// With whom somebody has an active peer meeting.
    pub fn peers(&self, person: PersonIx) -> &[PersonIx] {
        self.peers.get(&person).map_or(&[], Vec::as_slice)
    }

    /// Whom a subject is about, where it is about one person: there it is booked.
    pub fn about(&self, subject: Subject) -> Option<PersonIx> {
        (subjects::of(subject).about)(self, subject)
    }

    /// Those of these people of whom leaves are written, around which days are counted.
    pub fn with_leaves(&self, people: impl IntoIterator<Item = PersonIx>) -> Vec<&'p Person> {
        let with_leaves = people.into_iter().filter(|person| self.lines.has_leaves(*person));
        with_leaves.map(|person| self.portfolio.person(person)).collect()
    }

    /// How an overdue conversation grows, on some day: `None` where it is not overdue then.
    pub fn overdue(&self, at: ConversationIx, day: Day) -> Option<Overdue> {
        let talk = self.portfolio.conversation(at);
        let due = talk.due(self.policy.grace_days);
        if day <= due {
            return None;
        }
        let days = counted_days(due, day, &self.with_leaves(talk.with.target()));
        let deferrals = i64::try_from(talk.deferred_to.len()).unwrap_or(i64::MAX);
        Some(Overdue { due, weeks: days.weeks(), deferrals })
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
    pub fn squad_lead(&self, squad: SquadIx) -> Option<PersonIx> {
        self.lines.filter_active(target(self.portfolio.squad(squad).lead))
    }

    /// The lead of a guild, where they can act.
    pub fn guild_lead(&self, guild: GuildIx) -> Option<PersonIx> {
        self.lines.filter_active(target(self.portfolio.guild(guild).lead))
    }

    /// The lead of a person's squad, where they can act.
    pub fn lead_of(&self, person: PersonIx) -> Option<PersonIx> {
        target(self.portfolio.person(person).squad).and_then(|squad| self.squad_lead(squad))
    }
}
