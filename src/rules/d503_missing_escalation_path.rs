//! D503: a squad that nobody closes things for.

use super::facts::Facts;
use super::rule::{Act, Answer, Asks, Finding, Group, Rule, Words, page};
use crate::base::ids::{SquadIx, Subject};
use crate::base::phrase::phrase;
use crate::base::points::MilliPoints;
use crate::model::target;
use crate::records::words::Described;

pub(super) const RULE: Rule = Rule {
    code: "D503",
    name: "missing-escalation-path",
    group: Group::Decisions,
    principal: MilliPoints::new(1_000),
    minutes: 30,
    asks: Asks::Squads { ask, tell },
    page: page!(
        "D503-missing-escalation-path",
        what: "A squad has nobody who closes what it cannot close itself.",
        why: "Without an escalation path a debate goes round until somebody tires of it.",
        when: "The squad has members, and `escalates_to` names somebody who is not active, or the squad's own lead, or is not written. \
               Not written is unknown, unless the portfolio `describes: [escalations]`; all of it is clear where the lead is exempt from \
               the delivery line.",
        formula: "{points}.",
        remedy: "Name who closes what the squad cannot.",
    ),
};

fn ask(facts: &Facts<'_>, at: SquadIx, principal: MilliPoints) -> Answer {
    let squad = facts.portfolio.squad(at);
    let lead = target(squad.lead);
    if lead.is_some_and(|lead| facts.portfolio.person(lead).exempt_delivery) {
        return Answer::Clear;
    }
    let path = target(squad.escalates_to);
    if path.is_none() && !facts.portfolio.describes(Described::Escalations) {
        return Answer::Unknown;
    }
    let works = path.is_some_and(|to| facts.lines.is_active(to) && Some(to) != lead);
    Answer::factor_if(!works, || {
        Finding::flat(
            principal,
            facts.lines.filter_active(lead),
            Act::new("name-escalation", Subject::Squad(at)),
        )
    })
}

fn tell(facts: &Facts<'_>, at: SquadIx, _: &Finding) -> Words {
    let squad = facts.portfolio.squad(at);
    let detail = match target(squad.escalates_to) {
        None => {
            phrase!("none is written, and the portfolio claims to describe ", Described::Escalations.word())
        }
        Some(to) if Some(to) == target(squad.lead) => phrase!(to, " would escalate to themselves"),
        Some(to) => phrase!(to, ", who would close it, is not there"),
    };
    Words {
        headline: phrase!("squad ", at, " has nobody to close what it cannot"),
        details: vec![detail],
        remedy: phrase!("Name who closes what squad ", at, " cannot."),
        task: phrase!("name who closes what squad ", at, " cannot"),
    }
}
