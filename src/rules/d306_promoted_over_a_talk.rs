//! D306: a promotion that was decided while a hard conversation was overdue.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{Absent, Act, Answer, Cost, DebtRule, Finding, Group, Meta, Resolution, Told, Wording};
use super::subjects::{self, Promotions, conversations, promotions};
use crate::base::ids::{ConversationIx, PersonIx, PromotionIx, Subject};
use crate::base::message::{Message, message};
use crate::base::points::MilliPoints;
use crate::records::words::ConversationKind;

/// Whose promotion it is, and the conversation that was overdue first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct State {
    person: PersonIx,
    talk: ConversationIx,
}

/// The rule.
pub struct D306;

impl DebtRule for D306 {
    type Subjects = Promotions;
    type State = State;
    const META: Meta = Meta {
        code: "D306",
        name: "promoted-over-a-talk",
        group: Group::DeferredConversations,
        principal: MilliPoints::new(3_000),
        cost: Cost::Flat,
        minutes: 60,
        line: None,
        absent: Absent::Silent,
        page: page!(
            "D306-promoted-over-a-talk",
            what: "A promotion was decided while a conversation about performance or a conflict was overdue.",
            why: "The promotion answers a question that nobody has asked aloud. The hard conversation gets harder, \
                  and colleagues who know of it learn that it did not matter.",
            when: "The promotion is at most {promotion_window_days} days old and not reviewed, and a conversation \
                   of kind performance or conflict with the person, raised and due before that day, was neither \
                   held nor dropped by it. Unknown where there is no section `conversations`.",
            formula: "{points}.",
            remedy: "Hold the conversation, look at the promotion again with the craft owner, and write `reviewed`. \
                     The level may well remain.",
        ),
    };

    fn find(facts: &Facts<'_>, at: PromotionIx, principal: MilliPoints) -> Answer<State> {
        let promotion = facts.portfolio.promotion(at);
        let Some(person) = promotion.person.target() else { return Answer::Clear };
        if !promotions::is_recent(facts, promotion) {
            return Answer::Clear;
        }
        if facts.portfolio.conversations.is_none() {
            return Answer::Unknown(principal);
        }
        let grace = facts.policy.grace_days;
        let first =
            overdue_talks(facts, at).min_by_key(|talk| facts.portfolio.conversation(*talk).due(grace));
        let Some(talk) = first else { return Answer::Clear };
        let lines = &facts.lines;
        let owner = lines
            .filter_active(lines.craft_owner(person))
            .or_else(|| lines.filter_active(lines.delivery_owner(person)));
        let act = Act::new("review", Subject::Promotion(at));
        let found = Finding::flat(principal, owner, act, State { person, talk });
        Answer::Factor(found.since(Some(promotion.decided)))
    }

    fn explain(facts: &Facts<'_>, at: PromotionIx, found: &Finding<State>) -> Wording {
        let promotion = facts.portfolio.promotion(at);
        let State { person, talk } = found.state;
        let talk = facts.portfolio.conversation(talk);
        let is_open = talk.is_open(facts.day);
        let is_conflict = talk.kind == ConversationKind::Conflict;
        let called = if is_conflict { "talk about a conflict" } else { "performance talk" };
        let to = (promotion.to, "another role");
        let (look, find) = if is_open { ("then look", "then find") } else { ("Look", "Find") };
        let again = match found.owner {
            Some(owner) => message!(look, " at the promotion again with ", owner),
            None => message!(find, " somebody who looks at the promotion again"),
        };
        let hold =
            if is_open { message!("Hold the ", called, " with ", person, ", ") } else { Message::default() };
        Wording {
            headline: message!(
                person,
                "\u{2019}s promotion to ",
                to,
                " was decided while a ",
                called,
                " was overdue"
            ),
            details: vec![
                message!("decided ", promotion.decided),
                message!("the talk was due ", talk.due(facts.policy.grace_days)),
            ],
            remedy: hold.and(again).and(message!(", and write down when.")),
            task: message!("review ", person, "\u{2019}s promotion to ", to),
        }
    }

    fn resolved(pair: &Pair<'_>, at: PromotionIx, _: &State, _: Option<&State>) -> Resolution {
        promotions::was_reviewed(pair, at)
    }

    fn told(pair: &Pair<'_>, at: PromotionIx, _: &State, _: Option<&State>) -> Told {
        // One that was known alone makes it debt.
        let is_told = |talk: ConversationIx| {
            pair.in_base(talk).is_none() && subjects::existed(pair, Subject::Conversation(talk))
        };
        Told::all_if(overdue_talks(pair.head, at).all(is_told))
    }
}

/// The hard conversations with whom a promotion is about that were overdue when it was decided.
fn overdue_talks(facts: &Facts<'_>, at: PromotionIx) -> impl Iterator<Item = ConversationIx> {
    let promotion = facts.portfolio.promotion(at);
    let talks = promotion.person.target().map_or(&[][..], |person| facts.talks_with(person));
    talks.iter().copied().filter(move |talk| {
        let talk = facts.portfolio.conversation(*talk);
        matches!(talk.kind, ConversationKind::Performance | ConversationKind::Conflict)
            && conversations::was_overdue(talk, promotion.decided, facts.policy.grace_days)
    })
}
