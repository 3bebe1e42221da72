//! D604: a context that calls a decision closed which is open.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, Counted, DebtRule, EntryKey, Finding, Group, How, Meta, Resolution, Told,
    Wording,
};
use super::subjects::{Contexts, decisions, groups};
use crate::base::ids::{DecisionIx, SquadIx, Subject};
use crate::base::message::{Message, counted, listed, message};
use crate::base::points::MilliPoints;

/// The rule.
pub struct D604;

impl DebtRule for D604 {
    type Subjects = Contexts;
    /// How many entries name a decision that is open.
    type State = i64;
    const META: Meta = Meta {
        code: "D604",
        name: "closed-and-open",
        group: Group::Context,
        principal: MilliPoints::new(1_000),
        cost: Cost::Each(Counted::Entries),
        minutes: 30,
        line: None,
        absent: Absent::Silent,
        page: page!(
            "D604-closed-and-open",
            what: "A squad's context calls a decision closed that is open.",
            why: "People build on what they are told is closed. If it is open again, some know and some do not, and \
                  the debate comes back in the middle of the work.",
            when: "The squad has members, and an entry of `context.closed` names a decision that is open.",
            formula: "{points} for each such decision.",
            remedy: "Close the decision, or take it off the list and tell the squad.",
        ),
    };
    const HAS_ENTRIES: bool = true;

    fn find(facts: &Facts<'_>, at: SquadIx, principal: MilliPoints) -> Answer<i64> {
        let count = i64::try_from(facts.closed_and_open(at).count()).unwrap_or(i64::MAX);
        Answer::factor_if(count > 0, || {
            let act = Act::new("settle-context", Subject::Squad(at));
            Finding::each(principal, count, facts.squad_lead(at), act, count)
        })
    }

    fn explain(facts: &Facts<'_>, at: SquadIx, found: &Finding<i64>) -> Wording {
        let mut open: Vec<DecisionIx> = facts.closed_and_open(at).collect();
        open.sort_unstable();
        open.dedup();
        let names: Vec<Message> = open.iter().map(|decision| message!(*decision)).collect();
        let them = if names.len() == 1 { "it" } else { "them" };
        Wording {
            headline: message!(
                "the context of squad ",
                at,
                " calls ",
                counted(found.state, "decision", "decisions"),
                " closed that ",
                if found.state == 1 { "is" } else { "are" },
                " open"
            ),
            details: open.iter().map(|decision| message!(*decision, " is open")).collect(),
            remedy: message!("Close ").and(listed(names)).and(message!(
                ", or take ",
                them,
                " off the list and tell squad ",
                at,
                "."
            )),
            task: message!("settle what is closed in the context of squad ", at),
        }
    }

    fn resolved(pair: &Pair<'_>, at: SquadIx, _: &i64, _: Option<&i64>) -> Resolution {
        let Some(now) = pair.in_head(at) else { return Resolution::Withdrawn(How::Removed) };
        if pair.head.portfolio.squad(now).context.is_none() {
            return Resolution::Withdrawn(How::Removed);
        }
        let mut repaired = None;
        for decision in pair.base.closed_and_open(at) {
            match settled(pair, decision, now) {
                Some(Resolution::Repaired(how)) => repaired = repaired.or(Some(how)),
                Some(withdrawn) => return withdrawn,
                None => {}
            }
        }
        repaired.map_or(Resolution::REWRITTEN, Resolution::Repaired)
    }

    fn told(pair: &Pair<'_>, at: SquadIx, _: &i64, _: Option<&i64>) -> Told {
        Told::all_if(groups::was_empty(pair, at))
    }

    fn entries(facts: &Facts<'_>, at: SquadIx, _: &i64) -> Vec<EntryKey> {
        facts.closed_and_open(at).map(EntryKey::Decision).collect()
    }
}

/// What became of a decision that was called closed and was open; none where it still is both.
fn settled(pair: &Pair<'_>, before: DecisionIx, squad: SquadIx) -> Option<Resolution> {
    let Some(now) = pair.in_head(before) else {
        return Some(Resolution::Withdrawn(How::Removed));
    };
    let (was, is) = (pair.base.portfolio.decision(before), pair.head.portfolio.decision(now));
    if !is.is_open(pair.head.day) {
        return Some(Resolution::repaired_if(!decisions::is_lighter(pair, was, is), How::Closed));
    }
    if is.raised > pair.head.day {
        return Some(Resolution::REWRITTEN);
    }
    let is_named = pair.head.called_closed(squad).any(|named| named == now);
    (!is_named).then_some(Resolution::Repaired(How::Changed))
}
