//! D304: a performance talk that waits with the wrong person.

use super::facts::Facts;
use super::rule::{Absent, Act, Answer, Asks, Finding, Group, Rule, Words, page};
use crate::base::ids::{ConversationIx, PersonIx, Subject};
use crate::base::phrase::phrase;
use crate::base::points::MilliPoints;
use crate::records::words::{ConversationKind, Line};

pub(super) const RULE: Rule = Rule {
    code: "D304",
    name: "misplaced-performance-talk",
    group: Group::DeferredConversations,
    principal: MilliPoints::new(1_000),
    minutes: 20,
    asks: Asks::Conversations { absent: Absent::Silent, ask, tell },
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

/// Who should hold the talk, and who owes it now.
fn misplaced(facts: &Facts<'_>, at: ConversationIx) -> Option<(PersonIx, PersonIx)> {
    let talk = facts.portfolio.conversation(at);
    let with = talk.with.target()?;
    let owner = facts.lines.filter_active(talk.owner.target())?;
    let should = facts.lines.filter_active(facts.lines.delivery_owner(with))?;
    let misplaced = talk.is_open(facts.day)
        && talk.kind == ConversationKind::Performance
        && facts.lines.in_scope(Line::Delivery, with)
        && should != owner;
    misplaced.then_some((should, owner))
}

fn ask(facts: &Facts<'_>, at: ConversationIx, principal: MilliPoints) -> Answer {
    match misplaced(facts, at) {
        Some((should, _)) => Answer::Factor(Finding::flat(
            principal,
            Some(should),
            Act::new("hand-over", Subject::Conversation(at)),
        )),
        None => Answer::Clear,
    }
}

fn tell(facts: &Facts<'_>, at: ConversationIx, _: &Finding) -> Words {
    let Some((should, owner)) = misplaced(facts, at) else { return Words::default() };
    let Some(with) = facts.portfolio.conversation(at).with.target() else { return Words::default() };
    Words {
        headline: phrase!("the performance talk with ", with, " waits with ", owner, ", not with ", should),
        details: vec![phrase!(should, " owns ", with, "\u{2019}s delivery line")],
        remedy: phrase!("Hand the talk over from ", owner, " to ", should, "."),
        task: phrase!("take over the performance talk with ", with, " from ", owner),
    }
}
