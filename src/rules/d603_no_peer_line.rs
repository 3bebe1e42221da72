//! D603: a squad lead who has no peer to talk to.

use super::facts::Facts;
use super::rule::{Act, Answer, Asks, Finding, Group, Rule, Words, page};
use crate::base::ids::{PersonIx, SquadIx, Subject};
use crate::base::phrase::phrase;
use crate::base::points::MilliPoints;
use crate::records::words::Described;

pub(super) const RULE: Rule = Rule {
    code: "D603",
    name: "no-peer-line",
    group: Group::Context,
    principal: MilliPoints::new(1_000),
    minutes: 30,
    asks: Asks::Squads { ask, tell },
    page: page!(
        "D603-no-peer-line",
        what: "A squad lead has no recurring meeting with a peer.",
        why: "Leads who meet only those above and below learn to direct and to report. Influence on peers who do not report to one is \
              learnt with peers.",
        when: "Two or more squads have members, the lead is active, and no active `peer` meeting joins them with somebody who is neither \
               their delivery owner nor has them as one. Unknown where the lead has no active peer meeting at all, unless the portfolio \
               `describes: [peers]`.",
        formula: "{points}.",
        remedy: "Start a peer 1:1 with another squad's lead.",
    ),
};

fn is_peer(facts: &Facts<'_>, lead: PersonIx, other: PersonIx) -> bool {
    facts.lines.delivery_owner(lead) != Some(other) && facts.lines.delivery_owner(other) != Some(lead)
}

fn ask(facts: &Facts<'_>, at: SquadIx, principal: MilliPoints) -> Answer {
    let Some(lead) = facts.squad_lead(at).filter(|_| facts.squads_with_members >= 2) else {
        return Answer::Clear;
    };
    let peers = facts.peers(lead);
    if peers.is_empty() && !facts.portfolio.describes(Described::Peers) {
        return Answer::Unknown;
    }
    Answer::factor_if(!peers.iter().any(|other| is_peer(facts, lead, *other)), || {
        Finding::flat(principal, Some(lead), Act::new("start-peer-1on1", Subject::Squad(at)))
    })
}

fn tell(facts: &Facts<'_>, at: SquadIx, _: &Finding) -> Words {
    let Some(lead) = facts.squad_lead(at) else { return Words::default() };
    let detail = if facts.peers(lead).is_empty() {
        phrase!("no peer meeting with ", lead, " is written")
    } else {
        phrase!("every peer meeting of ", lead, " is with somebody on their own delivery line")
    };
    Words {
        headline: phrase!(lead, ", who leads squad ", at, ", meets no peer"),
        details: vec![detail],
        remedy: phrase!("Start a peer 1:1 between ", lead, " and another squad\u{2019}s lead."),
        task: phrase!("start a peer 1:1 with another squad\u{2019}s lead"),
    }
}
