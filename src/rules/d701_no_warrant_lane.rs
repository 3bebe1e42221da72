//! D701: a guild without a way up for experts.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, DebtRule, Finding, Group, How, Meta, Resolution, Told, Wording,
};
use super::subjects::{Guilds, guilds};
use crate::base::ids::{GuildIx, Subject};
use crate::base::phrase::phrase;
use crate::base::points::MilliPoints;
use crate::records::words::{Described, Track};

/// What the guild has instead.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cause {
    NotWritten,
    NoLane,
    OfficerOnly,
}

/// The rule.
pub struct D701;

impl DebtRule for D701 {
    type Subjects = Guilds;
    type State = Cause;
    const META: Meta = Meta {
        code: "D701",
        name: "no-warrant-lane",
        group: Group::Lanes,
        principal: MilliPoints::new(3_000),
        cost: Cost::Flat,
        minutes: 240,
        line: None,
        uses: &[],
        absent: Absent::Silent,
        is_label: false,
        page: page!(
            "D701-no-warrant-lane",
            what: "A guild has no warrant lane: no way up for experts who do not manage.",
            why: "Where management is the only way up, the best engineers become reluctant managers, and the team loses twice.",
            when: "The guild has members, and its `lanes` hold no `track: warrant`. Unknown where no `lanes` are written, unless the portfolio \
                   `describes: [lanes]`.",
            formula: "{points}.",
            remedy: "Write a warrant lane: levels, what each stands for, what each pays.",
        ),
    };

    fn find(facts: &Facts<'_>, at: GuildIx, principal: MilliPoints) -> Answer<Cause> {
        let guild = facts.portfolio.guild(at);
        if guild.lanes.is_none() && !facts.portfolio.describes(Described::Lanes) {
            return Answer::Unknown;
        }
        Answer::factor_if(guild.lane(Track::Warrant).is_none(), || {
            let cause = match &guild.lanes {
                None => Cause::NotWritten,
                Some(lanes) if lanes.is_empty() => Cause::NoLane,
                Some(_) => Cause::OfficerOnly,
            };
            Finding::flat(principal, facts.guild_lead(at), Act::new("write-lane", Subject::Guild(at)), cause)
        })
    }

    fn explain(_: &Facts<'_>, at: GuildIx, found: &Finding<Cause>) -> Wording {
        let detail = match found.state {
            Cause::NotWritten => phrase!("no lanes are written, and the portfolio claims to describe them"),
            Cause::NoLane => phrase!("it has no lanes at all"),
            Cause::OfficerOnly => phrase!("its only lane is the officer lane"),
        };
        Wording {
            headline: phrase!("guild ", at, " has no way up for experts who do not manage"),
            details: vec![detail],
            remedy: phrase!("Write a warrant lane for guild ", at, "."),
            task: phrase!("write a warrant lane for guild ", at),
        }
    }

    fn resolved(pair: &Pair<'_>, at: GuildIx, _: &Cause, _: Option<&Cause>) -> Resolution {
        let added = guilds::records(pair, at).is_some_and(|(_, is)| is.lane(Track::Warrant).is_some());
        Resolution::repaired_if(added, How::Changed)
    }

    fn told(_: &Pair<'_>, _: GuildIx, _: &Cause, _: Option<&Cause>) -> Told {
        Told::Nothing
    }
}
