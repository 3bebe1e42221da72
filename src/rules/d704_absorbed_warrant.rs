//! D704: an expert who became a manager where the guild has no equal place for experts.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{Absent, Act, Answer, Cost, DebtRule, Finding, Group, Meta, Resolution, Told, Wording};
use super::subjects::{Promotions, promotions};
use crate::base::ids::{GuildIx, PersonIx, PromotionIx, Subject};
use crate::base::message::message;
use crate::base::points::MilliPoints;
use crate::model::{Guild, Pay, target};
use crate::records::words::{Described, Track};

/// Who became a manager, where, and what the warrant lane lacks there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct State {
    person: PersonIx,
    guild: GuildIx,
    level: u32,
    gap: Gap,
}

/// What the warrant lane lacks at a level.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Gap {
    Lane,
    Level,
    Pay,
}

/// The rule.
pub struct D704;

impl DebtRule for D704 {
    type Subjects = Promotions;
    type State = State;
    const META: Meta = Meta {
        code: "D704",
        name: "absorbed-warrant",
        group: Group::Lanes,
        principal: MilliPoints::new(2_000),
        cost: Cost::Flat,
        minutes: 60,
        line: None,
        absent: Absent::Silent,
        page: page!(
            "D704-absorbed-warrant",
            what: "An expert became a manager at a level at which the guild has no equal place for experts.",
            why: "Being paid more must not require taking on the management of people. Where it does, the guild \
                  loses an expert, and may gain a manager who never wanted to be one.",
            when: "The promotion is at most {promotion_window_days} days old and not reviewed, from the warrant to \
                   the officer track, and the warrant lane of the guild is missing, lacks that level, or pays less \
                   there than the officer lane. Unknown where the track it came from, the level, the guild, its \
                   lanes or the pay is not written. A move to the officer track cannot be seen without `to_track`.",
            formula: "{points}.",
            remedy: "Ask which lane the person would choose if both paid alike, make that place, and write \
                     `reviewed`.",
        ),
    };

    fn find(facts: &Facts<'_>, at: PromotionIx, principal: MilliPoints) -> Answer<State> {
        let promotion = facts.portfolio.promotion(at);
        let Some(person) = promotion.person.target() else { return Answer::Clear };
        if promotion.to_track != Some(Track::Officer) || !promotions::is_recent(facts, promotion) {
            return Answer::Clear;
        }
        match promotion.from_track {
            None => return Answer::Unknown(principal),
            Some(Track::Officer) => return Answer::Clear,
            Some(Track::Warrant) => {}
        }
        let guild = target(facts.portfolio.person(person).guild).filter(|guild| has_lanes(facts, *guild));
        let Some((guild, level)) = guild.zip(promotion.level) else { return Answer::Unknown(principal) };
        match compared(facts.portfolio.guild(guild), level) {
            Compared::Equal => Answer::Clear,
            Compared::Untold => Answer::Unknown(principal),
            Compared::Gap(gap) => {
                let act = Act::new("review", Subject::Promotion(at));
                let state = State { person, guild, level, gap };
                let found = Finding::flat(principal, facts.guild_lead(guild), act, state);
                Answer::Factor(found.since(Some(promotion.decided)))
            }
        }
    }

    fn explain(facts: &Facts<'_>, at: PromotionIx, found: &Finding<State>) -> Wording {
        let State { person, guild, level, gap } = found.state;
        let level = i64::from(level);
        let gap = match gap {
            Gap::Lane => message!("guild ", guild, " has no warrant lane"),
            Gap::Level => message!("the warrant lane of guild ", guild, " has no level ", level),
            Gap::Pay => message!("the warrant lane of guild ", guild, " pays less at level ", level),
        };
        Wording {
            headline: message!(
                person,
                " went from the warrant to the officer track at level ",
                level,
                ", where experts have no equal place"
            ),
            details: vec![message!("decided ", facts.portfolio.promotion(at).decided), gap],
            remedy: message!(
                "Ask ",
                person,
                " which lane they would choose if both paid alike, make that place, and write down when."
            ),
            task: message!("talk with ", person, " about the lane they would choose if both paid alike"),
        }
    }

    fn resolved(pair: &Pair<'_>, at: PromotionIx, _: &State, _: Option<&State>) -> Resolution {
        promotions::was_reviewed(pair, at)
    }

    fn told(_: &Pair<'_>, _: PromotionIx, _: &State, _: Option<&State>) -> Told {
        Told::Nothing
    }
}

/// Whether it is known which lanes a guild has.
fn has_lanes(facts: &Facts<'_>, guild: GuildIx) -> bool {
    facts.portfolio.guild(guild).lanes.is_some() || facts.portfolio.describes(Described::Lanes)
}

/// How a guild's lanes compare at a level.
enum Compared {
    /// Experts have an equal place, or managers have none.
    Equal,
    /// Pay is missing.
    Untold,
    /// The warrant lane lacks something.
    Gap(Gap),
}

fn compared(guild: &Guild, level: u32) -> Compared {
    let Some(warrant) = guild.lane(Track::Warrant) else { return Compared::Gap(Gap::Lane) };
    let officer = guild.lane(Track::Officer).map_or(Pay::NoLevel, |officer| officer.pay(level));
    match (warrant.pay(level), officer) {
        (Pay::NoLevel, _) => Compared::Gap(Gap::Level),
        (Pay::Written(warrant), Pay::Written(officer)) if warrant < officer => Compared::Gap(Gap::Pay),
        (Pay::Written(_), Pay::Written(_)) | (Pay::Written(_) | Pay::NotWritten, Pay::NoLevel) => {
            Compared::Equal
        }
        (Pay::Written(_) | Pay::NotWritten, Pay::NotWritten) | (Pay::NotWritten, Pay::Written(_)) => {
            Compared::Untold
        }
    }
}
