//! D503: a squad that nobody closes things for.

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
        uses: &[],
        absent: Absent::Silent,
        is_label: false,
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

    fn find(facts: &Facts<'_>, at: SquadIx, principal: MilliPoints) -> Answer<Cause> {
        let squad = facts.portfolio.squad(at);
        let lead = target(squad.lead);
        if is_exempt(facts, at) {
            return Answer::Clear;
        }
        let cause = match target(squad.escalates_to) {
            None if !facts.portfolio.describes(Described::Escalations) => return Answer::Unknown,
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
                phrase!(
                    "none is written, and the portfolio claims to describe ",
                    Described::Escalations.word()
                )
            }
            Cause::OwnLead(to) => phrase!(to, " would escalate to themselves"),
            Cause::NotThere(to) => phrase!(to, ", who would close it, is not there"),
        };
        Wording {
            headline: phrase!("squad ", at, " has nobody to close what it cannot"),
            details: vec![detail],
            remedy: phrase!("Name who closes what squad ", at, " cannot."),
            task: phrase!("name who closes what squad ", at, " cannot"),
        }
    }

    fn resolved(pair: &Pair<'_>, at: SquadIx, _: &Cause, _: Option<&Cause>) -> Resolution {
        let Some((was, is)) = squads::records(pair, at) else {
            return Resolution::Withdrawn(How::Removed);
        };
        let path = target(is.escalates_to);
        let works = path.is_some_and(|to| pair.head.lines.is_active(to)) && path != target(is.lead);
        let is_another = !pair.is_same(target(was.escalates_to), path);
        let exempt = || {
            let now = pair.pairing.in_head(Subject::Squad(at));
            let is_now = matches!(now, Some(Subject::Squad(now)) if is_exempt(pair.head, now));
            (is_now && !is_exempt(pair.base, at)).then_some(How::Exempt)
        };
        Resolution::repaired_if(works && is_another, How::Named).or_withdrawn(exempt)
    }

    fn told(_: &Pair<'_>, _: SquadIx, _: &Cause, _: Option<&Cause>) -> Told {
        Told::Nothing
    }
}

/// Whether the squad's lead has no delivery line by right, and so nobody above.
fn is_exempt(facts: &Facts<'_>, at: SquadIx) -> bool {
    let lead = target(facts.portfolio.squad(at).lead);
    lead.is_some_and(|lead| facts.portfolio.person(lead).exempt_delivery)
}
