//! D304: a performance talk that waits with the wrong person.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, DebtRule, Finding, Group, How, Meta, Resolution, Told, Wording,
};
use super::staffing;
use super::subjects::{Conversations, conversations};
use crate::base::ids::{ConversationIx, PersonIx, Subject};
use crate::base::message::message;
use crate::base::points::MilliPoints;
use crate::records::words::ConversationKind;

/// Who should hold the talk, who owes it now, and to whom.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct State {
    should: PersonIx,
    owner: PersonIx,
    with: PersonIx,
}

/// The rule.
pub struct D304;

impl DebtRule for D304 {
    type Subjects = Conversations;
    type State = State;
    const META: Meta = Meta {
        code: "D304",
        name: "misplaced-performance-talk",
        group: Group::DeferredConversations,
        principal: MilliPoints::new(1_000),
        cost: Cost::Flat,
        minutes: 20,
        line: None,
        absent: Absent::Silent,
        page: page!(
            "D304-misplaced-performance-talk",
            what: "An open performance talk is owed by somebody other than the delivery owner.",
            why: "Performance against outcomes is the delivery owner's to say. From anybody else it is hearsay, and \
                  it costs a craft owner the trust that craft feedback needs.",
            when: "The talk is open, its kind is performance, the delivery line of the other person is in scope, \
                   the delivery owner is not the owner of the conversation, and both are active.",
            formula: "{points}.",
            remedy: "Hand the talk over to the delivery owner.",
        ),
    };

    fn find(facts: &Facts<'_>, at: ConversationIx, principal: MilliPoints) -> Answer<State> {
        let talk = facts.portfolio.conversation(at);
        let sides = talk.owner.target().zip(talk.with.target());
        let Some((should, (owner, with))) = conversations::misplaced(facts, at).zip(sides) else {
            return Answer::Clear;
        };
        let act = Act::new("hand-over", Subject::Conversation(at));
        Answer::Factor(Finding::flat(principal, Some(should), act, State { should, owner, with }))
    }

    fn explain(_: &Facts<'_>, _: ConversationIx, found: &Finding<State>) -> Wording {
        let State { should, owner, with } = found.state;
        Wording {
            headline: message!(
                "the performance talk with ",
                with,
                " waits with ",
                owner,
                ", not with ",
                should
            ),
            details: vec![message!(should, " owns ", with, "\u{2019}s delivery line")],
            remedy: message!("Hand the talk over from ", owner, " to ", should, "."),
            task: message!("take over the performance talk with ", with, " from ", owner),
        }
    }

    fn resolved(pair: &Pair<'_>, at: ConversationIx, before: &State, _: Option<&State>) -> Resolution {
        let Some((was, is)) = pair.records(at) else {
            return Resolution::Withdrawn(How::Removed);
        };
        if let Some(ended) = conversations::ended(pair, was, is) {
            return ended;
        }
        if conversations::is_lighter(pair, was, is) || is.kind != ConversationKind::Performance {
            return Resolution::REWRITTEN;
        }
        let is_another = is.owner.target().is_some_and(|owner| pair.in_head(before.owner) != Some(owner));
        Resolution::repaired_if(is_another, How::Changed)
            .or_withdrawn(|| pair.any_went([before.owner, before.should]))
    }

    fn told(_: &Pair<'_>, _: ConversationIx, _: &State, _: Option<&State>) -> Told {
        Told::Nothing
    }

    fn staffed(pair: &Pair<'_>, at: ConversationIx, _: &State, _: Option<&State>) -> Told {
        staffing::of_old_owners_talk(pair, at)
    }
}
