//! D701: a guild without a way up for experts.

use super::facts::Facts;
use super::rule::{Act, Answer, Asks, Finding, Group, Rule, Words, page};
use crate::base::ids::{GuildIx, Subject};
use crate::base::phrase::phrase;
use crate::base::points::MilliPoints;
use crate::records::words::{Described, Track};

pub(super) const RULE: Rule = Rule {
    code: "D701",
    name: "no-warrant-lane",
    group: Group::Lanes,
    principal: MilliPoints::new(3_000),
    minutes: 240,
    asks: Asks::Guilds { ask, tell },
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

fn ask(facts: &Facts<'_>, at: GuildIx, principal: MilliPoints) -> Answer {
    let guild = facts.portfolio.guild(at);
    if guild.lanes.is_none() && !facts.portfolio.describes(Described::Lanes) {
        return Answer::Unknown;
    }
    Answer::factor_if(guild.lane(Track::Warrant).is_none(), || {
        Finding::flat(principal, facts.guild_lead(at), Act::new("write-lane", Subject::Guild(at)))
    })
}

fn tell(facts: &Facts<'_>, at: GuildIx, _: &Finding) -> Words {
    let detail = match &facts.portfolio.guild(at).lanes {
        None => phrase!("no lanes are written, and the portfolio claims to describe them"),
        Some(lanes) if lanes.is_empty() => phrase!("it has no lanes at all"),
        Some(_) => phrase!("its only lane is the officer lane"),
    };
    Words {
        headline: phrase!("guild ", at, " has no way up for experts who do not manage"),
        details: vec![detail],
        remedy: phrase!("Write a warrant lane for guild ", at, "."),
        task: phrase!("write a warrant lane for guild ", at),
    }
}
