//! D601: a squad that lacks context.

use super::facts::Facts;
use super::rule::{Act, Answer, Asks, Finding, Group, Rule, Words, page};
use crate::base::ids::{SquadIx, Subject};
use crate::base::phrase::{Phrase, listed, phrase};
use crate::base::points::MilliPoints;
use crate::model::Context;
use crate::records::words::Described;

pub(super) const RULE: Rule = Rule {
    code: "D601",
    name: "missing-context",
    group: Group::Context,
    principal: MilliPoints::new(1_000),
    minutes: 60,
    asks: Asks::Squads { ask, tell },
    page: page!(
        "D601-missing-context",
        what: "A squad has not been told what success looks like, which constraints hold, or which decisions are closed.",
        why: "Good leaders pass on context, not directives. Without it every choice comes back up as a question, and each answer is a \
              directive.",
        when: "The squad has members, and `success`, `constraints` or `closed` is missing or blank. Unknown where no `context` is \
               written, unless the portfolio \
               `describes: [context]`; then it lacks all three.",
        formula: "{points} for each of the three.",
        remedy: "Write down what is missing, with the squad.",
    ),
};

fn missing(facts: &Facts<'_>, at: SquadIx) -> Option<Vec<&'static str>> {
    let described = facts.portfolio.describes(Described::Context).then_some(Context::NOTHING);
    facts.portfolio.squad(at).context.or(described).map(Context::missing)
}

fn ask(facts: &Facts<'_>, at: SquadIx, principal: MilliPoints) -> Answer {
    let Some(missing) = missing(facts, at) else { return Answer::Unknown };
    let count = i64::try_from(missing.len()).unwrap_or(0);
    Answer::factor_if(count > 0, || {
        Finding::each(principal, count, facts.squad_lead(at), Act::new("write-context", Subject::Squad(at)))
    })
}

/// A part of the context in the words of its page.
fn part(key: &'static str) -> Phrase {
    match key {
        "success" => phrase!("what success looks like"),
        "constraints" => phrase!("which constraints hold"),
        _ => phrase!("which decisions are closed"),
    }
}

fn tell(facts: &Facts<'_>, at: SquadIx, _: &Finding) -> Words {
    let missing = missing(facts, at).unwrap_or_default();
    let parts = listed(missing.iter().map(|key| part(key)).collect());
    let keys = listed(missing.into_iter().map(|key| phrase!(key)).collect());
    Words {
        headline: phrase!("squad ", at, " does not know ").and(parts.clone()),
        details: vec![phrase!("its context lacks ").and(keys)],
        remedy: phrase!("Write down ").and(parts).and(phrase!(", with squad ", at, ".")),
        task: phrase!("write down the context of squad ", at),
    }
}
