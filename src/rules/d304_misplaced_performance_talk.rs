//! D304: a performance talk that waits with the wrong person.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, DebtRule, Finding, Group, How, Meta, Resolution, Told, Wording,
};
use super::subjects::{Conversations, conversations};
use crate::base::ids::{ConversationIx, PersonIx, Subject};
use crate::base::phrase::phrase;
use crate::base::points::MilliPoints;
use crate::records::words::{ConversationKind, Line};

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
        uses: &[Line::Delivery],
        absent: Absent::Silent,
        is_label: false,
        page: page!(
            "D304-misplaced-performance-talk",
            what: "An open performance talk is owed by somebody other than the delivery owner.",
            why: "Performance against outcomes is the delivery owner's to say. From anybody else it is hearsay, and it costs a craft \
                  owner the trust that craft feedback needs.",
            when: "The talk is open, its kind is performance, the delivery line of the other person is looked at, the delivery owner is \
                   somebody else than the talk's owner, and both are active.",
            formula: "{points}.",
            remedy: "Hand the talk over to the delivery owner.",
        ),
    };

    fn find(facts: &Facts<'_>, at: ConversationIx, principal: MilliPoints) -> Answer<State> {
        match misplaced(facts, at) {
            Some(state) => Answer::Factor(Finding::flat(
                principal,
                Some(state.should),
                Act::new("hand-over", Subject::Conversation(at)),
                state,
            )),
            None => Answer::Clear,
        }
    }

    fn explain(_: &Facts<'_>, _: ConversationIx, found: &Finding<State>) -> Wording {
        let State { should, owner, with } = found.state;
        Wording {
            headline: phrase!(
                "the performance talk with ",
                with,
                " waits with ",
                owner,
                ", not with ",
                should
            ),
            details: vec![phrase!(should, " owns ", with, "\u{2019}s delivery line")],
            remedy: phrase!("Hand the talk over from ", owner, " to ", should, "."),
            task: phrase!("take over the performance talk with ", with, " from ", owner),
        }
    }

    fn resolved(pair: &Pair<'_>, at: ConversationIx, before: &State, _: Option<&State>) -> Resolution {
        let Some((was, is)) = conversations::records(pair, at) else {
            return Resolution::Withdrawn(How::Removed);
        };
        if let Some(ended) = conversations::ended(pair, was, is) {
            return ended;
        }
        if conversations::is_lighter(pair, was, is) || is.kind != ConversationKind::Performance {
            return Resolution::REWRITTEN;
        }
        let is_another = is.owner.target().is_some_and(|owner| pair.person(before.owner) != Some(owner));
        Resolution::repaired_if(is_another, How::Changed)
            .or_withdrawn(|| pair.any_went([before.owner, before.should]))
    }

    fn told(_: &Pair<'_>, _: ConversationIx, _: &State, _: Option<&State>) -> Told {
        Told::Nothing
    }
}

/// A talk that is open and waits with somebody else than the delivery owner.
fn misplaced(facts: &Facts<'_>, at: ConversationIx) -> Option<State> {
    let talk = facts.portfolio.conversation(at);
    let with = talk.with.target()?;
    let owner = facts.lines.filter_active(talk.owner.target())?;
    let should = facts.lines.filter_active(facts.lines.delivery_owner(with))?;
    let misplaced = talk.is_open(facts.day)
        && talk.kind == ConversationKind::Performance
        && facts.lines.in_scope(Line::Delivery, with)
        && should != owner;
    misplaced.then_some(State { should, owner, with })
}
