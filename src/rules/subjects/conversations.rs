//! Conversations that have been raised, with somebody who is scored.

use super::SubjectKind;
use crate::base::day::{Day, Days};
use crate::base::ids::{ConversationIx, PersonIx, Position, Subject};
use crate::model::{Conversation, Portfolio};
use crate::records::words::{ConversationKind, Line};
use crate::rules::facts::Facts;
use crate::rules::pair::Pair;
use crate::rules::rule::{How, Resolution, Told};

/// Conversations that have been raised, with somebody who is scored.
#[derive(Debug)]
pub struct Conversations;

impl SubjectKind for Conversations {
    type Item = ConversationIx;
    const TYPE_NAME: &'static str = "conversation";

    fn item(_: &Facts<'_>, subject: Subject) -> Option<ConversationIx> {
        ConversationIx::of(subject)
    }

    fn each(facts: &Facts<'_>, take: &mut dyn FnMut(Subject)) {
        facts.portfolio.conversation_positions().for_each(|at| take(Subject::Conversation(at)));
    }

    fn in_scope(facts: &Facts<'_>, _: Option<Line>, subject: Subject) -> bool {
        ConversationIx::of(subject).is_some_and(|at| {
            let talk = facts.portfolio.conversation(at);
            talk.raised <= facts.day && talk.with.target().is_some_and(|with| facts.lines.is_scored(with))
        })
    }

    fn is_written(portfolio: &Portfolio) -> bool {
        portfolio.conversations.is_some()
    }

    fn about(facts: &Facts<'_>, subject: Subject) -> Option<PersonIx> {
        facts.portfolio.conversation(ConversationIx::of(subject)?).with.target()
    }

    fn own_day(portfolio: &Portfolio, subject: Subject) -> Option<Day> {
        Some(portfolio.conversation(ConversationIx::of(subject)?).raised)
    }
}

/// Whether a conversation costs less because its record says less: a later day, a new date taken out, a milder kind.
pub fn is_lighter(pair: &Pair<'_>, was: &Conversation, is: &Conversation) -> bool {
    let (policy, grace) = (pair.head.policy, pair.head.policy.grace_days);
    is.raised > was.raised
        || is.due(grace) > was.due(grace)
        || was.deferred_to.iter().any(|day| !is.deferred_to.contains(day))
        || policy.conversation(is.kind) < policy.conversation(was.kind)
}

/// Whether a conversation was overdue on a day: raised by then, due before it, neither held nor dropped by it.
pub fn was_overdue(talk: &Conversation, day: Day, grace: Days) -> bool {
    talk.raised <= day && talk.due(grace) < day && talk.is_open(day)
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
    let before = pair.in_base(now);
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

/// Who should hold an open performance talk that waits with somebody else: the delivery owner, where both are there.
pub fn misplaced(facts: &Facts<'_>, at: ConversationIx) -> Option<PersonIx> {
    let talk = facts.portfolio.conversation(at);
    let with = talk.with.target()?;
    let owner = facts.lines.filter_active(talk.owner.target())?;
    let should = facts.lines.filter_active(facts.lines.delivery_owner(with))?;
    let is_misplaced = talk.is_open(facts.day)
        && talk.kind == ConversationKind::Performance
        && facts.lines.in_scope(Line::Delivery, with)
        && should != owner;
    is_misplaced.then_some(should)
}

/// Whether an open performance talk waits with somebody else than the delivery owner.
pub fn is_misplaced(facts: &Facts<'_>, at: ConversationIx) -> bool {
    misplaced(facts, at).is_some()
}
