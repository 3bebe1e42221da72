//! D504: a decision that is overdue for long, and was not handed up.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, DebtRule, Finding, Group, How, Meta, Resolution, Told, Wording,
};
use super::subjects::{Decisions, decisions};
use crate::base::day::Day;
use crate::base::ids::{DecisionIx, PersonIx, SquadIx, Subject};
use crate::base::message::message;
use crate::base::points::MilliPoints;
use crate::model::{Decision, target};

/// The squad, who closes what it cannot, and since when the decision has waited.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct State {
    squad: SquadIx,
    above: PersonIx,
    due: Day,
}

/// The rule.
pub struct D504;

impl DebtRule for D504 {
    type Subjects = Decisions;
    type State = State;
    const META: Meta = Meta {
        code: "D504",
        name: "unescalated-decision",
        group: Group::Decisions,
        principal: MilliPoints::new(1_000),
        cost: Cost::Flat,
        minutes: 20,
        line: None,
        absent: Absent::Silent,
        page: page!(
            "D504-unescalated-decision",
            what: "A decision has been overdue for long, and whoever could close it has not been asked.",
            why: "An escalation path is there to be used. A decision that waits in silence is settled by whoever \
                  acts first, or again in every meeting.",
            when: "The decision is open and more than {escalate_after_days} days overdue, its squad escalates to \
                   somebody active who is not the decision's owner, and it was not escalated since it was raised or \
                   last reopened. Unknown where its squad, or whom the squad escalates to, is not written.",
            formula: "{points}, in addition to D501.",
            remedy: "Hand it up with the options and a recommendation, and write `escalated`. Or decide it.",
        ),
    };

    fn find(facts: &Facts<'_>, at: DecisionIx, principal: MilliPoints) -> Answer<State> {
        let decision = facts.portfolio.decision(at);
        let due = decision.due(facts.day, facts.policy.grace_days);
        let limit = due.plus(facts.policy.escalate_after_days);
        if !decision.is_open(facts.day) || facts.day <= limit || was_escalated(decision, facts.day) {
            return Answer::Clear;
        }
        let Some(squad) = target(decision.squad) else { return Answer::Unknown(principal) };
        let Some(above) = target(facts.portfolio.squad(squad).escalates_to) else {
            return Answer::Unknown(principal);
        };
        let owner = decision.owner.target();
        Answer::factor_if(facts.lines.is_active(above) && owner != Some(above), || {
            let act = Act::new("escalate", Subject::Decision(at));
            let state = State { squad, above, due };
            Finding::flat(principal, facts.lines.filter_active(owner), act, state)
                .since(Some(limit.day_after()))
        })
    }

    fn explain(_: &Facts<'_>, at: DecisionIx, found: &Finding<State>) -> Wording {
        let State { squad, above, due } = found.state;
        Wording {
            headline: message!(at, " has long been overdue, and was not escalated to ", above),
            details: vec![message!("due ", due), message!(above, " closes what squad ", squad, " cannot")],
            remedy: message!(
                "Hand it up to ",
                above,
                " with the options and a recommendation, and write down when; or decide it."
            ),
            task: message!("escalate ", at, " to ", above),
        }
    }

    fn resolved(pair: &Pair<'_>, at: DecisionIx, _: &State, _: Option<&State>) -> Resolution {
        let Some((was, is)) = pair.records(at) else {
            return Resolution::Withdrawn(How::Removed);
        };
        if decisions::is_lighter(pair, was, is) {
            return Resolution::REWRITTEN;
        }
        if !is.is_open(pair.head.day) {
            return Resolution::Repaired(How::Closed);
        }
        Resolution::repaired_if(was_escalated(is, pair.head.day), How::Escalated)
    }

    fn told(_: &Pair<'_>, _: DecisionIx, _: &State, _: Option<&State>) -> Told {
        Told::Nothing
    }
}

/// Whether a decision was handed up since it was raised, or last reopened.
fn was_escalated(decision: &Decision, day: Day) -> bool {
    let since = decision.last_reopened(day).map_or(decision.raised, |reopened| reopened.max(decision.raised));
    decision.escalated.is_some_and(|escalated| since <= escalated && escalated <= day)
}
