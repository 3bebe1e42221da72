//! D703: a senior person whose way up is not declared.

use super::facts::Facts;
use super::rule::{Act, Answer, Asks, Finding, Group, Rule, Words, page};
use crate::base::ids::{PersonIx, Subject};
use crate::base::phrase::phrase;
use crate::base::points::MilliPoints;

pub(super) const RULE: Rule = Rule {
    code: "D703",
    name: "undeclared-track",
    group: Group::Lanes,
    principal: MilliPoints::new(500),
    minutes: 20,
    asks: Asks::People { line: None, ask, tell },
    page: page!(
        "D703-undeclared-track",
        what: "Somebody senior has not declared a track, warrant or officer.",
        why: "Without a declared track the next promotion is decided by whoever speaks first, usually towards management.",
        when: "The person's level is {track_from_level} or higher, and no `track` is written. Unknown where neither is.",
        formula: "{points}.",
        remedy: "Talk about the two ways up in the Craft 1:1, and write down the choice.",
    ),
};

fn ask(facts: &Facts<'_>, at: PersonIx, principal: MilliPoints) -> Answer {
    let person = facts.portfolio.person(at);
    match (person.level, person.track) {
        (_, Some(_)) => Answer::Clear,
        (None, None) => Answer::Unknown,
        (Some(level), None) => Answer::factor_if(level >= facts.policy.track_from_level, || {
            let owner = facts.lines.filter_active(facts.lines.craft_owner(at));
            Finding::flat(principal, owner, Act::new("declare-track", Subject::Person(at)))
        }),
    }
}

fn tell(facts: &Facts<'_>, at: PersonIx, _: &Finding) -> Words {
    let level = i64::from(facts.portfolio.person(at).level.unwrap_or_default());
    Words {
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
