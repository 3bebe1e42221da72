//! D802: a guild in which too few juniors have a mentor who neither leads nor rates them.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, Counted, DebtRule, Finding, Group, How, Meta, Resolution, Told, Wording,
};
use super::subjects::Guilds;
use crate::base::ids::{GuildIx, PersonIx, Subject};
use crate::base::message::{counted, message};
use crate::base::points::MilliPoints;

/// A guild with fewer juniors is not asked. Source: the scoring rules.
const FEWEST_JUNIORS: i64 = 3;

/// The juniors of a guild, how many of them have a mentor who neither leads nor rates them, and how many should.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct State {
    juniors: i64,
    mentored: i64,
    needed: i64,
}

impl State {
    fn short(self) -> i64 {
        self.needed.saturating_sub(self.mentored).max(0)
    }
}

/// The rule.
pub struct D802;

impl DebtRule for D802 {
    type Subjects = Guilds;
    type State = State;
    const META: Meta = Meta {
        code: "D802",
        name: "unmentored-guild",
        group: Group::Mentoring,
        principal: MilliPoints::new(500),
        cost: Cost::Each(Counted::People),
        minutes: 45,
        line: None,
        absent: Absent::Silent,
        page: page!(
            "D802-unmentored-guild",
            what: "Too few of a guild's juniors have a mentor who neither leads nor rates them.",
            why: "Individual contributors can mentor without managing. Where nobody does, every question about \
                  craft goes to somebody who also judges.",
            when: "At least three members are below level {track_from_level} and at least one is at or above it; \
                   fewer than {mentored_percent} percent of the former, rounded up, are mentees of an active \
                   mentorship whose mentor is neither their delivery owner nor their rater. Unknown where there is \
                   no section `mentorships`, or where it finds nothing and more than half of the members have no \
                   level. That a mentorship has ended cannot be seen without its `until`.",
            formula: "{points} for each person short of that number.",
            remedy: "Ask two or three of the senior members to take a mentee each. It should be voluntary on both \
                     sides.",
        ),
    };

    fn find(facts: &Facts<'_>, at: GuildIx, principal: MilliPoints) -> Answer<State> {
        let members = facts.members_of(at);
        let level = |person: &PersonIx| facts.portfolio.person(*person).level;
        if let Some(state) = shortfall(facts, members.iter().map(|person| (*person, level(person)))) {
            if facts.portfolio.mentorships.is_none() {
                return Answer::Unknown(principal);
            }
            if state.short() > 0 {
                let act = Act::new("pair", Subject::Guild(at));
                return Answer::Factor(Finding::each(
                    principal,
                    state.short(),
                    facts.guild_lead(at),
                    act,
                    state,
                ));
            }
        }
        let untold = members.iter().filter(|person| level(person).is_none()).count();
        if untold > members.len().saturating_sub(untold) { Answer::Unknown(principal) } else { Answer::Clear }
    }

    fn explain(facts: &Facts<'_>, at: GuildIx, found: &Finding<State>) -> Wording {
        let State { juniors, mentored, needed } = found.state;
        let more = counted(found.state.short(), "more junior", "more juniors");
        Wording {
            headline: message!(
                "in guild ",
                at,
                " ",
                mentored,
                " of ",
                juniors,
                " juniors have a mentor who neither leads nor rates them"
            ),
            details: vec![message!(
                needed,
                " should: ",
                facts.policy.mentored_percent,
                " % of those below level ",
                i64::from(facts.policy.track_from_level),
                ", rounded up"
            )],
            remedy: message!(
                "Ask senior members of guild ",
                at,
                " to take a mentee each: ",
                more.clone(),
                " should have a mentor. It should be voluntary on both sides."
            ),
            task: message!("find mentors for ", more, " of guild ", at),
        }
    }

    fn resolved(pair: &Pair<'_>, at: GuildIx, _: &State, _: Option<&State>) -> Resolution {
        let Some(now) = pair.in_head(at) else { return Resolution::Withdrawn(How::Removed) };
        let is_new = |(mentor, mentee): (PersonIx, PersonIx)| {
            let before = pair.in_base(mentor).zip(pair.in_base(mentee));
            !before.is_some_and(|(mentor, mentee)| pair.base.is_mentoring(mentor, mentee))
        };
        let paired = pair.head.members_of(now).iter().any(|mentee| {
            pair.head.is_junior(pair.head.portfolio.person(*mentee).level)
                && pair.head.free_mentors(*mentee).iter().any(|mentor| is_new((*mentor, *mentee)))
        });
        Resolution::repaired_if(paired, How::Changed)
            .or_withdrawn(|| pair.any_went(pair.base.members_of(at).iter().copied()))
    }

    fn told(pair: &Pair<'_>, at: GuildIx, now: &State, _: Option<&State>) -> Told {
        // What it would be without those who are only told now, and with the levels that the base has.
        let known = pair.head.members_of(at).iter().filter(|person| !pair.is_told(**person));
        let known = known.map(|person| {
            let level = pair.head.portfolio.person(*person).level;
            let before = pair.in_base(*person).map(|before| pair.base.portfolio.person(before).level);
            let was_raised = before.is_some_and(|before| before < level);
            (*person, if was_raised { before.flatten() } else { level })
        });
        units_beyond(*now, shortfall(pair.head, known))
    }

    fn staffed(pair: &Pair<'_>, at: GuildIx, now: &State, _: Option<&State>) -> Told {
        let there = pair.head.members_of(at).iter().filter(|person| !pair.starts_later(**person));
        let there = there.map(|person| (*person, pair.head.portfolio.person(*person).level));
        units_beyond(*now, shortfall(pair.head, there))
    }
}

/// The units of a state that another one, with fewer people, does not have.
fn units_beyond(now: State, fewer: Option<State>) -> Told {
    let beyond = now.short().saturating_sub(fewer.unwrap_or_default().short());
    Told::units(usize::try_from(beyond).unwrap_or(0))
}

/// What is to be said of these members, each with a level; none where they are too few to ask for mentors.
fn shortfall(facts: &Facts<'_>, members: impl Iterator<Item = (PersonIx, Option<u32>)>) -> Option<State> {
    let mut has_senior = false;
    let mut state = State::default();
    for (person, level) in members {
        if facts.is_junior(level) {
            state.juniors = state.juniors.saturating_add(1);
            state.mentored = state.mentored.saturating_add(i64::from(!facts.free_mentors(person).is_empty()));
        } else {
            has_senior |= level.is_some();
        }
    }
    let percent = state.juniors.saturating_mul(facts.policy.mentored_percent);
    state.needed = percent.saturating_add(99).div_euclid(100);
    (has_senior && state.juniors >= FEWEST_JUNIORS).then_some(state)
}
