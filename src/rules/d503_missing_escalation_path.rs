//! D503: a squad that nobody closes things for.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, DebtRule, Finding, Group, How, Meta, Resolution, Told, Wording,
};
use super::subjects::{Squads, groups};
use crate::base::ids::{PersonIx, SquadIx, Subject};
use crate::base::message::message;
use crate::base::points::MilliPoints;
use crate::model::target;
use crate::records::words::Described;

/// Why nobody closes what the squad cannot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cause {
    NotWritten,
    OwnLead(PersonIx),
    NotThere(PersonIx),
}

/// The rule.
pub struct D503;

impl DebtRule for D503 {
    type Subjects = Squads;
    type State = Cause;
    const META: Meta = Meta {
        code: "D503",
        name: "missing-escalation-path",
        group: Group::Decisions,
        principal: MilliPoints::new(1_000),
        cost: Cost::Flat,
        minutes: 30,
        line: None,
        absent: Absent::Silent,
        page: page!(
            "D503-missing-escalation-path",
            what: "A squad has nobody who closes what it cannot close itself.",
            why: "Without an escalation path a debate continues until somebody gives up.",
            when: "The squad has members, and `escalates_to` names somebody who is not active, or the squad's own \
                   lead, or is not written. If it is missing, the answer is unknown unless the portfolio \
                   `describes: [escalations]`. It is always clear if the lead is exempt from the delivery line.",
            formula: "{points}.",
            remedy: "Name who closes what the squad cannot.",
        ),
    };

    fn find(facts: &Facts<'_>, at: SquadIx, principal: MilliPoints) -> Answer<Cause> {
        let squad = facts.portfolio.squad(at);
        let lead = target(squad.lead);
        if is_exempt(facts, at) {
            return Answer::Clear;
        }
        let cause = match target(squad.escalates_to) {
            None if !facts.portfolio.describes(Described::Escalations) => return Answer::Unknown(principal),
            None => Cause::NotWritten,
            Some(to) if Some(to) == lead => Cause::OwnLead(to),
            Some(to) if !facts.lines.is_active(to) => Cause::NotThere(to),
            Some(_) => return Answer::Clear,
        };
        let act = Act::new("name-escalation", Subject::Squad(at));
        Answer::Factor(Finding::flat(principal, facts.lines.filter_active(lead), act, cause))
    }

    fn explain(_: &Facts<'_>, at: SquadIx, found: &Finding<Cause>) -> Wording {
        let detail = match found.state {
            Cause::NotWritten => {
                message!(
                    "none is written, and the portfolio claims to describe ",
                    Described::Escalations.word()
                )
            }
            Cause::OwnLead(to) => message!(to, " would escalate to themselves"),
            Cause::NotThere(to) => message!(to, ", who would close it, is not there"),
        };
        Wording {
            headline: message!("squad ", at, " has nobody to close what it cannot"),
            details: vec![detail],
            remedy: message!("Name who closes what squad ", at, " cannot."),
            task: message!("name who closes what squad ", at, " cannot"),
        }
    }

    fn resolved(pair: &Pair<'_>, at: SquadIx, _: &Cause, _: Option<&Cause>) -> Resolution {
        let Some((was, is)) = pair.records(at) else {
            return Resolution::Withdrawn(How::Removed);
        };
        let path = target(is.escalates_to);
        let works = path.is_some_and(|to| pair.head.lines.is_active(to)) && path != target(is.lead);
        let is_another = !pair.is_same(target(was.escalates_to), path);
        let exempt = || {
            let is_now = pair.in_head(at).is_some_and(|now| is_exempt(pair.head, now));
            (is_now && !is_exempt(pair.base, at)).then_some(How::Exempt)
        };
        Resolution::repaired_if(works && is_another, How::Named).or_withdrawn(exempt)
    }

    fn told(pair: &Pair<'_>, at: SquadIx, _: &Cause, _: Option<&Cause>) -> Told {
        Told::all_if(groups::was_empty(pair, at))
    }

    /// The lead, above whom nobody had to be, has left or handed the squad over; the path is what it was.
    fn staffed(pair: &Pair<'_>, at: SquadIx, _: &Cause, _: Option<&Cause>) -> Told {
        let Some(was) = pair.record_before(at) else { return Told::Nothing };
        let is = pair.head.portfolio.squad(at);
        let exempt = target(was.lead).filter(|lead| pair.base.portfolio.person(*lead).exempt_delivery);
        let has_gone = exempt.is_some_and(|before| match (pair.in_head(before), target(is.lead)) {
            (now, Some(lead)) => now != Some(lead),
            (None, None) => true,
            (Some(now), None) => {
                pair.head.portfolio.person(now).left.is_some_and(|left| left <= pair.head.day)
            }
        });
        Told::all_if(has_gone && pair.is_same(target(was.escalates_to), target(is.escalates_to)))
    }
}

/// Whether the squad's lead has no delivery line by right, and so nobody above.
fn is_exempt(facts: &Facts<'_>, at: SquadIx) -> bool {
    let lead = target(facts.portfolio.squad(at).lead);
    lead.is_some_and(|lead| facts.portfolio.person(lead).exempt_delivery)
}
