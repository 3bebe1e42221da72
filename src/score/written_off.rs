//! Written-off debt: conversations that were dropped or whose person left. Reported apart, not in the score.

use super::amounts::Amounts;
use super::part::Part;
use crate::base::day::Day;
use crate::base::ids::{ConversationIx, RuleIx, Subject};
use crate::base::points::MilliPoints;
use crate::rules;
use crate::rules::facts::Facts;

/// A conversation that ended as debt.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WrittenOff {
    /// The rule by whose formula it is reckoned.
    pub rule: RuleIx,
    /// The conversation.
    pub conversation: ConversationIx,
    /// What it had come to by then.
    pub amount: MilliPoints,
    /// When it ended.
    pub on: Day,
    /// How: `left` or `dropped`.
    pub how: &'static str,
}

/// Everything written off by the day that is scored, worst first, ties by id; empty if the rule about overdue
/// conversations is off.
pub fn all(facts: &Facts<'_>, part: &Part) -> Vec<WrittenOff> {
    let Some(rule) = rules::by_kind().filter(|rule| !facts.policy.is_disabled(*rule) && part.has_rule(*rule))
    else {
        return Vec::new();
    };
    let here = |at: &ConversationIx| part.has(facts, Subject::Conversation(*at));
    let mut list: Vec<WrittenOff> =
        facts.portfolio.conversation_positions().filter(here).filter_map(|at| one(facts, rule, at)).collect();
    list.sort_by(|a, b| b.amount.cmp(&a.amount).then(a.conversation.cmp(&b.conversation)));
    list
}

fn one(facts: &Facts<'_>, rule: RuleIx, at: ConversationIx) -> Option<WrittenOff> {
    let talk = facts.portfolio.conversation(at);
    let with = talk.with.target()?;
    let happened = |day: &Day| *day <= facts.day;
    if !happened(&talk.raised) || facts.lines.is_external(with) || talk.held.as_ref().is_some_and(happened) {
        return None;
    }
    let dropped = talk.dropped.map(|dropped| dropped.date).filter(happened);
    let left = || facts.portfolio.person(with).left.filter(|left| happened(left) && talk.raised <= *left);
    let (on, how) = match dropped {
        Some(date) => (date, "dropped"),
        None => (left()?, "left"),
    };
    let basis = facts.overdue(at, on)?.basis();
    let amounts = Amounts::of(facts, facts.policy.conversation(talk.kind), basis);
    Some(WrittenOff { rule, conversation: at, amount: amounts.value(), on, how })
}
