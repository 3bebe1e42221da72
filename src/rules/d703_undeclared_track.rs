//! D703: a senior person whose way up is not declared.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, DebtRule, Finding, Group, How, Meta, Resolution, Told, Wording,
};
use super::subjects::People;
use crate::base::day::Day;
use crate::base::ids::{PersonIx, Subject};
use crate::base::phrase::phrase;
use crate::base::points::MilliPoints;

/// The rule.
pub struct D703;

impl DebtRule for D703 {
    type Subjects = People;
    type State = u32;
    const META: Meta = Meta {
        code: "D703",
        name: "undeclared-track",
        group: Group::Lanes,
        principal: MilliPoints::new(500),
        cost: Cost::Flat,
        minutes: 20,
        line: None,
        uses: &[],
        absent: Absent::Silent,
        is_label: false,
        page: page!(
            "D703-undeclared-track",
            what: "Somebody senior has not declared a track, warrant or officer.",
            why: "Without a declared track the next promotion is decided by whoever speaks first, usually towards management.",
            when: "The person's level is {track_from_level} or higher, and no `track` is written. Unknown where neither is.",
            formula: "{points}.",
            remedy: "Talk about the two ways up in the Craft 1:1, and write down the choice.",
        ),
    };

    fn find(facts: &Facts<'_>, at: PersonIx, principal: MilliPoints) -> Answer<u32> {
        let person = facts.portfolio.person(at);
        match (person.level, person.track) {
            (_, Some(_)) => Answer::Clear,
            (None, None) => Answer::Unknown,
            (Some(level), None) => Answer::factor_if(level >= facts.policy.track_from_level, || {
                let owner = facts.lines.filter_active(facts.lines.craft_owner(at));
                Finding::flat(principal, owner, Act::new("declare-track", Subject::Person(at)), level)
            }),
        }
    }

    fn explain(facts: &Facts<'_>, at: PersonIx, found: &Finding<u32>) -> Wording {
        let level = i64::from(found.state);
        Wording {
            headline: phrase!(at, " is at level ", level, " without a declared track"),
            details: vec![phrase!(
                "from level ",
                i64::from(facts.policy.track_from_level),
                " on a track should be declared"
            )],
            remedy: phrase!(
                "Talk with ",
                at,
                " about the warrant and the officer track, and write down the choice."
            ),
            task: phrase!("settle the track with ", at),
        }
    }

    fn resolved(pair: &Pair<'_>, at: PersonIx, _: &u32, _: Option<&u32>) -> Resolution {
        let now = pair.person(at).map(|now| pair.head.portfolio.person(now));
        Resolution::repaired_if(now.is_some_and(|now| now.track.is_some()), How::Changed)
    }

    fn told(pair: &Pair<'_>, at: PersonIx, now: &u32, _: Option<&u32>) -> Told {
        let Some(before) = pair.person_before(at) else { return Told::Nothing };
        let level = pair.base.portfolio.person(before).level;
        Told::all_if(level.is_none_or(|level| level < *now))
    }

    fn resolved_since(head: &Facts<'_>, at: PersonIx, _: Day) -> Resolution {
        Resolution::repaired_if(head.portfolio.person(at).track.is_some(), How::Changed)
    }
}
