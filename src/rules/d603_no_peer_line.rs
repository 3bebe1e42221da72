//! D603: a squad lead who has no peer to talk to.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, DebtRule, Finding, Group, How, Meta, Resolution, Told, Wording,
};
use super::subjects::{Squads, squads};
use crate::base::ids::{PersonIx, SquadIx, Subject};
use crate::base::phrase::phrase;
use crate::base::points::MilliPoints;
use crate::model::target;
use crate::records::words::Described;

/// The lead, and whether they have any peer meeting.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct State {
    lead: PersonIx,
    meets: bool,
}

/// The rule.
pub struct D603;

impl DebtRule for D603 {
    type Subjects = Squads;
    type State = State;
    const META: Meta = Meta {
        code: "D603",
        name: "no-peer-line",
        group: Group::Context,
        principal: MilliPoints::new(1_000),
        cost: Cost::Flat,
        minutes: 30,
        line: None,
        uses: &[],
        absent: Absent::Silent,
        is_label: false,
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

    fn find(facts: &Facts<'_>, at: SquadIx, principal: MilliPoints) -> Answer<State> {
        let Some(lead) = facts.squad_lead(at).filter(|_| facts.squads_with_members >= 2) else {
            return Answer::Clear;
        };
        let peers = facts.peers(lead);
        if peers.is_empty() && !facts.portfolio.describes(Described::Peers) {
            return Answer::Unknown;
        }
        Answer::factor_if(!peers.iter().any(|other| is_peer(facts, lead, *other)), || {
            Finding::flat(
                principal,
                Some(lead),
                Act::new("start-peer-1on1", Subject::Squad(at)),
                State { lead, meets: !peers.is_empty() },
            )
        })
    }

    fn explain(_: &Facts<'_>, at: SquadIx, found: &Finding<State>) -> Wording {
        let State { lead, meets } = found.state;
        let detail = if !meets {
            phrase!("no peer meeting with ", lead, " is written")
        } else {
            phrase!("every peer meeting of ", lead, " is with somebody on their own delivery line")
        };
        Wording {
            headline: phrase!(lead, ", who leads squad ", at, ", meets no peer"),
            details: vec![detail],
            remedy: phrase!("Start a peer 1:1 between ", lead, " and another squad\u{2019}s lead."),
            task: phrase!("start a peer 1:1 with another squad\u{2019}s lead"),
        }
    }

    fn resolved(pair: &Pair<'_>, at: SquadIx, before: &State, _: Option<&State>) -> Resolution {
        let lead =
            squads::records(pair, at).and_then(|(_, is)| pair.head.lines.filter_active(target(is.lead)));
        let was_peer = |lead: PersonIx, other: PersonIx| {
            let before = pair.person_before(lead).zip(pair.person_before(other));
            before.is_some_and(|(lead, other)| pair.base.peers(lead).contains(&other))
        };
        let meets = lead.is_some_and(|lead| {
            let mut peers = pair.head.peers(lead).iter().filter(|other| is_peer(pair.head, lead, **other));
            peers.any(|other| !was_peer(lead, *other))
        });
        // A lead who is not there needs no peer, and neither does the only squad with members: nobody found one.
        let is_asked = lead.is_some() && pair.head.squads_with_members > 1;
        let went = || {
            let anybody = || pair.any_went(pair.base.portfolio.person_positions());
            pair.went(before.lead).or_else(anybody).filter(|_| !is_asked)
        };
        Resolution::repaired_if(meets, How::Changed).or_withdrawn(went)
    }

    fn told(pair: &Pair<'_>, _: SquadIx, _: &State, _: Option<&State>) -> Told {
        Told::all_if(pair.base.squads_with_members < 2)
    }
}

fn is_peer(facts: &Facts<'_>, lead: PersonIx, other: PersonIx) -> bool {
    facts.lines.delivery_owner(lead) != Some(other) && facts.lines.delivery_owner(other) != Some(lead)
}
