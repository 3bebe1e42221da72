//! D702: levels at which only managers can earn more.

use super::facts::Facts;
use super::rule::{Act, Answer, Asks, Finding, Group, Rule, Words, page};
use crate::base::ids::{GuildIx, Subject};
use crate::base::phrase::{Phrase, listed, phrase};
use crate::base::points::MilliPoints;
use crate::model::Lane;
use crate::records::words::{Described, Track};

pub(super) const RULE: Rule = Rule {
    code: "D702",
    name: "pay-needs-management",
    group: Group::Lanes,
    principal: MilliPoints::new(2_000),
    minutes: 240,
    asks: Asks::Guilds { ask, tell },
    page: page!(
        "D702-pay-needs-management",
        what: "At some levels of a guild only managers can earn more.",
        why: "Being paid more must not require taking on HR work. Where it does, people manage for the money, and are managed by people \
              who do.",
        when: "The guild has both lanes, and at a level of the officer lane, from the warrant lane's lowest up, the officer lane pays more, \
               or the warrant lane does not have that level. Unknown where that cannot be told because pay is missing, or no `lanes` are \
               written at all.",
        formula: "{points} for each such level.",
        remedy: "Bring the warrant lane up to the officer lane, level by level.",
    ),
};

fn both<'p>(facts: &Facts<'p>, at: GuildIx) -> Option<(&'p Lane, &'p Lane)> {
    let guild = facts.portfolio.guild(at);
    guild.lane(Track::Warrant).zip(guild.lane(Track::Officer))
}

/// The levels at which only officers earn more, and whether pay is missing at a level that both have.
fn compare(warrant: &Lane, officer: &Lane) -> (Vec<u32>, bool) {
    let lowest = warrant.levels.first().map_or(0, |(level, _)| *level);
    let mut dearer = Vec::new();
    let mut untold = false;
    for (level, officer_pay) in officer.levels.iter().filter(|(level, _)| *level >= lowest) {
        match (warrant.pay(*level), officer_pay) {
            (None, _) => dearer.push(*level),
            (Some(Some(warrant_pay)), Some(officer_pay)) if warrant_pay < *officer_pay => dearer.push(*level),
            (Some(Some(_)), Some(_)) => {}
            (Some(_), _) => untold = true,
        }
    }
    (dearer, untold)
}

fn ask(facts: &Facts<'_>, at: GuildIx, principal: MilliPoints) -> Answer {
    if facts.portfolio.guild(at).lanes.is_none() && !facts.portfolio.describes(Described::Lanes) {
        return Answer::Unknown;
    }
    let Some((warrant, officer)) = both(facts, at) else { return Answer::Clear };
    let (dearer, untold) = compare(warrant, officer);
    let count = i64::try_from(dearer.len()).unwrap_or(i64::MAX);
    if count == 0 && untold {
        return Answer::Unknown;
    }
    Answer::factor_if(count > 0, || {
        Finding::each(principal, count, facts.guild_lead(at), Act::new("level-pay", Subject::Guild(at)))
    })
}

fn tell(facts: &Facts<'_>, at: GuildIx, _: &Finding) -> Words {
    let Some((warrant, officer)) = both(facts, at) else { return Words::default() };
    let (dearer, _) = compare(warrant, officer);
    let details = dearer.iter().map(|level| match warrant.pay(*level) {
        None => phrase!("the warrant lane has no level ", i64::from(*level)),
        Some(_) => phrase!("the officer lane pays more at level ", i64::from(*level)),
    });
    let levels: Vec<Phrase> = dearer.iter().map(|level| phrase!(i64::from(*level))).collect();
    let noun = if levels.len() == 1 { "level " } else { "levels " };
    Words {
        headline: phrase!("in guild ", at, " only managers can earn more at ", noun)
            .and(listed(levels.clone())),
        details: details.collect(),
        remedy: phrase!("Bring the warrant lane of guild ", at, " up to the officer lane at ", noun)
            .and(listed(levels))
            .and(phrase!(".")),
        task: phrase!("bring the warrant lane of guild ", at, " up to the officer lane"),
    }
}
