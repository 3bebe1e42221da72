//! Conversations that have been raised, with somebody who is scored.

use super::SubjectKind;
use crate::base::day::Day;
use crate::base::ids::{ConversationIx, PersonIx, Subject};
use crate::model::{Conversation, Portfolio};
use crate::records::words::Line;
use crate::rules::facts::Facts;
use crate::rules::pair::Pair;
use crate::rules::rule::{How, Resolution, Told};

/// Conversations that have been raised, with somebody who is scored.
#[derive(Debug)]
pub struct Conversations;

/// The position of a subject of this kind.
fn at(subject: Subject) -> Option<ConversationIx> {
    match subject {
        Subject::Conversation(at) => Some(at),
        _ => None,
    }
}

impl SubjectKind for Conversations {
    type Item = ConversationIx;
    const TYPE_NAME: &'static str = "conversation";

    fn item(_: &Facts<'_>, subject: Subject) -> Option<ConversationIx> {
        at(subject)
    }

    fn each(facts: &Facts<'_>, take: &mut dyn FnMut(Subject)) {
        facts.portfolio.conversation_positions().for_each(|at| take(Subject::Conversation(at)));
    }

    fn in_scope(facts: &Facts<'_>, _: Option<Line>, subject: Subject) -> bool {
        at(subject).is_some_and(|at| {
            let talk = facts.portfolio.conversation(at);
            talk.raised <= facts.day && talk.with.target().is_some_and(|with| facts.lines.is_scored(with))
        })
    }

    fn is_written(portfolio: &Portfolio) -> bool {
        portfolio.conversations.is_some()
    }

    fn about(facts: &Facts<'_>, subject: Subject) -> Option<PersonIx> {
        facts.portfolio.conversation(at(subject)?).with.target()
    }

    fn needed(facts: &Facts<'_>, subject: Subject) -> Vec<PersonIx> {
        Self::about(facts, subject).into_iter().collect()
    }

    fn own_day(portfolio: &Portfolio, subject: Subject) -> Option<Day> {
        Some(portfolio.conversation(at(subject)?).raised)
    }

    fn over_from(_: &Portfolio, _: Subject) -> Option<Day> {
        None
    }
}

/// The record of the base and that of the head, where there is one.
pub fn records<'p>(pair: &Pair<'p>, before: ConversationIx) -> Option<(&'p Conversation, &'p Conversation)> {
    let now = at(pair.pairing.in_head(Subject::Conversation(before))?)?;
    Some((pair.base.portfolio.conversation(before), pair.head.portfolio.conversation(now)))
}

/// Whether a conversation costs less because its record says less: a later day, a new date taken out, a milder kind.
pub fn is_lighter(pair: &Pair<'_>, was: &Conversation, is: &Conversation) -> bool {
    let (policy, grace) = (pair.head.policy, pair.head.policy.grace_days);
    is.raised > was.raised
        || is.due(grace) > was.due(grace)
        || was.deferred_to.iter().any(|day| !is.deferred_to.contains(day))
        || policy.conversation(is.kind) < policy.conversation(was.kind)
}

/// What ends a conversation, whatever is found in it: it was held, or dropped. None where it is open.
pub fn ended(pair: &Pair<'_>, was: &Conversation, is: &Conversation) -> Option<Resolution> {
    let by_now = |day: Day| day <= pair.head.day;
    if is.held.is_some_and(by_now) {
        return Some(Resolution::repaired_if(!is_lighter(pair, was, is), How::Held));
    }
    is.dropped.is_some_and(|dropped| by_now(dropped.date)).then_some(Resolution::Withdrawn(How::Dropped))
}

/// The new dates that are in the head only and were promised up to the base's day.
pub fn told_dates(pair: &Pair<'_>, now: ConversationIx) -> Told {
    let before = pair.pairing.in_base(Subject::Conversation(now)).and_then(at);
    let Some(was) = before.map(|before| pair.base.portfolio.conversation(before)) else {
        return Told::Nothing;
    };
    let is = pair.head.portfolio.conversation(now);
    let told = is.deferred_to.iter().filter(|day| **day <= pair.base_day && !was.deferred_to.contains(day));
    match i64::try_from(told.count()) {
        Ok(0) => Told::Nothing,
        Ok(count) => Told::Fees(count),
        Err(_) => Told::All,
    }
}
