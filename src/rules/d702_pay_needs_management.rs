//! D702: levels at which only managers can earn more.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, Counted, DebtRule, Finding, Group, How, Meta, Resolution, Told, Wording,
};
use super::subjects::{Guilds, guilds};
use crate::base::ids::{GuildIx, Subject};
use crate::base::phrase::{Phrase, listed, phrase};
use crate::base::points::MilliPoints;
use crate::model::{Guild, Lane};
use crate::records::words::{Described, Track};

/// The levels at which only officers earn more: all of them, and those that the warrant lane does not have. A bit for
/// each level, which are 1 to 20.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Dearer {
    levels: u32,
    lacking: u32,
}

impl Dearer {
    fn add(&mut self, level: u32, lacks: bool) {
        let bit = 1_u32.checked_shl(level).unwrap_or(0);
        self.levels |= bit;
        if lacks {
            self.lacking |= bit;
        }
    }

    /// Each level, and whether the warrant lane lacks it.
    fn each(self) -> impl Iterator<Item = (i64, bool)> {
        let has = |set: u32, level: u32| (set >> level) & 1 == 1;
        (0..u32::BITS)
            .filter(move |level| has(self.levels, *level))
            .map(move |level| (i64::from(level), has(self.lacking, level)))
    }

    fn count(self) -> i64 {
        i64::from(self.levels.count_ones())
    }
}

/// The rule.
pub struct D702;

impl DebtRule for D702 {
    type Subjects = Guilds;
    type State = Dearer;
    const META: Meta = Meta {
        code: "D702",
        name: "pay-needs-management",
        group: Group::Lanes,
        principal: MilliPoints::new(2_000),
        cost: Cost::Each(Counted::Entries),
        minutes: 240,
        line: None,
        uses: &[],
        absent: Absent::Silent,
        is_label: false,
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

    fn find(facts: &Facts<'_>, at: GuildIx, principal: MilliPoints) -> Answer<Dearer> {
        if facts.portfolio.guild(at).lanes.is_none() && !facts.portfolio.describes(Described::Lanes) {
            return Answer::Unknown;
        }
        let Some((warrant, officer)) = both(facts, at) else { return Answer::Clear };
        let (dearer, untold) = compare(warrant, officer);
        let count = dearer.count();
        if count == 0 && untold {
            return Answer::Unknown;
        }
        Answer::factor_if(count > 0, || {
            Finding::each(
                principal,
                count,
                facts.guild_lead(at),
                Act::new("level-pay", Subject::Guild(at)),
                dearer,
            )
        })
    }

    fn explain(_: &Facts<'_>, at: GuildIx, found: &Finding<Dearer>) -> Wording {
        let dearer = found.state;
        let details = dearer.each().map(|(level, lacks)| match lacks {
            true => phrase!("the warrant lane has no level ", level),
            false => phrase!("the officer lane pays more at level ", level),
        });
        let levels: Vec<Phrase> = dearer.each().map(|(level, _)| phrase!(level)).collect();
        let noun = if levels.len() == 1 { "level " } else { "levels " };
        Wording {
            headline: phrase!("in guild ", at, " only managers can earn more at ", noun)
                .and(listed(levels.clone())),
            details: details.collect(),
            remedy: phrase!("Bring the warrant lane of guild ", at, " up to the officer lane at ", noun)
                .and(listed(levels))
                .and(phrase!(".")),
            task: phrase!("bring the warrant lane of guild ", at, " up to the officer lane"),
        }
    }

    fn resolved(pair: &Pair<'_>, at: GuildIx, _: &Dearer, _: Option<&Dearer>) -> Resolution {
        let Some((was, is)) = guilds::records(pair, at) else {
            return Resolution::Withdrawn(How::Removed);
        };
        let cut =
            [Track::Warrant, Track::Officer].into_iter().any(|track| is_cut(was.lane(track), is.lane(track)));
        let better = is_better(was.lane(Track::Warrant), is.lane(Track::Warrant));
        Resolution::repaired_if(better && !cut, How::Changed)
    }

    fn told(pair: &Pair<'_>, at: GuildIx, _: &Dearer, _: Option<&Dearer>) -> Told {
        let lacked =
            |lanes: &Guild| lanes.lane(Track::Warrant).is_none() || lanes.lane(Track::Officer).is_none();
        Told::all_if(guilds::before(pair, at).is_some_and(lacked))
    }
}

fn both<'p>(facts: &Facts<'p>, at: GuildIx) -> Option<(&'p Lane, &'p Lane)> {
    let guild = facts.portfolio.guild(at);
    guild.lane(Track::Warrant).zip(guild.lane(Track::Officer))
}

/// The levels at which only officers earn more, and whether pay is missing at a level that both have.
fn compare(warrant: &Lane, officer: &Lane) -> (Dearer, bool) {
    let lowest = warrant.levels.first().map_or(0, |(level, _)| *level);
    let mut dearer = Dearer::default();
    let mut untold = false;
    for (level, officer_pay) in officer.levels.iter().filter(|(level, _)| *level >= lowest) {
        match (warrant.pay(*level), officer_pay) {
            (None, _) => dearer.add(*level, true),
            (Some(Some(warrant_pay)), Some(officer_pay)) if warrant_pay < *officer_pay => {
                dearer.add(*level, false)
            }
            (Some(Some(_)), Some(_)) => {}
            (Some(_), _) => untold = true,
        }
    }
    (dearer, untold)
}

/// Whether a warrant lane was added or pays more, or has a level more, than before.
fn is_better(was: Option<&Lane>, is: Option<&Lane>) -> bool {
    let Some(is) = is else { return false };
    is.levels.iter().any(|(level, pay)| match was.and_then(|was| was.pay(*level)) {
        None => true,
        Some(before) => *pay > before,
    })
}

/// Whether a level or its pay was taken out of a lane, or the whole lane.
fn is_cut(was: Option<&Lane>, is: Option<&Lane>) -> bool {
    was.is_some_and(|was| {
        was.levels.iter().any(|(level, pay)| match is.and_then(|is| is.pay(*level)) {
            None => true,
            Some(now) => pay.is_some() && now.is_none(),
        })
    })
}
