//! D305: somebody resigned, and nobody had talked with them.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, DebtRule, Finding, Group, How, Meta, Resolution, Told, Wording,
};
use super::subjects::{Leavers, conversations};
use crate::base::day::{Day, Days};
use crate::base::ids::{PersonIx, Subject};
use crate::base::message::message;
use crate::base::points::MilliPoints;
use crate::records::words::ExitReason;

/// A conversation counts as one before the exit on so many days, the last of which is the day they left. Source: the
/// scoring rules.
const HEARD_DAYS: Days = Days::new(90);

/// The rule.
pub struct D305;

impl DebtRule for D305 {
    type Subjects = Leavers;
    /// The day they left.
    type State = Day;
    const META: Meta = Meta {
        code: "D305",
        name: "unspoken-exit",
        group: Group::DeferredConversations,
        principal: MilliPoints::new(3_000),
        cost: Cost::Flat,
        minutes: 60,
        line: None,
        absent: Absent::Silent,
        page: page!(
            "D305-unspoken-exit",
            what: "Somebody resigned, and in the 90 days before nobody had held a conversation with them, and none \
                   was overdue.",
            why: "An exit that surprises everybody was often a conversation that nobody knew was due. Looking back \
                  once, without looking for somebody to blame, makes the next one likelier to be held.",
            when: "The person left within the last {exit_window_days} days, is not external, the reason is \
                   `resigned`, the exit was not reviewed, no conversation with them was held in the 90 days up to \
                   the day they left, and none was overdue on that day. Unknown where the reason is not written, or \
                   where there is no section `conversations`. An exit cannot be seen without `left`.",
            formula: "{points}.",
            remedy: "Look back together at what could have been talked about earlier, and with whom it is due now; \
                     then write `exit.reviewed`.",
        ),
    };

    fn find(facts: &Facts<'_>, at: PersonIx, principal: MilliPoints) -> Answer<Day> {
        let person = facts.portfolio.person(at);
        let Some(left) = person.left else { return Answer::Clear };
        let reason = person.exit.and_then(|exit| exit.reason);
        if was_reviewed(facts, at) || reason.is_some_and(|reason| reason != ExitReason::Resigned) {
            return Answer::Clear;
        }
        if facts.portfolio.conversations.is_none() {
            return Answer::Unknown(principal);
        }
        if was_spoken_of(facts, at, left) {
            return Answer::Clear;
        }
        if reason.is_none() {
            return Answer::Unknown(principal);
        }
        let owner = facts.lines.filter_active(facts.lines.delivery_owner(at)).or_else(|| facts.lead_of(at));
        let act = Act::new("review-exit", Subject::Person(at));
        Answer::Factor(Finding::flat(principal, owner, act, left).since(Some(left)))
    }

    fn explain(_: &Facts<'_>, at: PersonIx, found: &Finding<Day>) -> Wording {
        Wording {
            headline: message!(at, " resigned, and nobody had held a conversation with them"),
            details: vec![
                message!("left ", found.state),
                message!("none was held in the ", HEARD_DAYS, " days before, and none was overdue"),
            ],
            remedy: message!(
                "Look back at what could have been talked about earlier with ",
                at,
                ", and with whom it is due now; then write down when."
            ),
            task: message!("look back at ", at, "\u{2019}s exit"),
        }
    }

    fn resolved(pair: &Pair<'_>, at: PersonIx, _: &Day, _: Option<&Day>) -> Resolution {
        let Some(now) = pair.in_head(at) else { return Resolution::Withdrawn(How::Removed) };
        let exit = pair.head.portfolio.person(now).exit;
        let lacks_reason = exit.is_none_or(|exit| exit.reason.is_none());
        Resolution::repaired_if(was_reviewed(pair.head, now), How::Reviewed)
            .or_withdrawn(|| lacks_reason.then_some(How::Unknown))
            .or_withdrawn(|| pair.head.lines.is_external(now).then_some(How::External))
    }

    fn told(_: &Pair<'_>, _: PersonIx, _: &Day, _: Option<&Day>) -> Told {
        Told::Nothing
    }
}

/// Whether the exit was reviewed.
fn was_reviewed(facts: &Facts<'_>, at: PersonIx) -> bool {
    let exit = facts.portfolio.person(at).exit;
    exit.and_then(|exit| exit.reviewed).is_some_and(|reviewed| reviewed <= facts.day)
}

/// Whether a conversation with somebody was held shortly before they left, or was overdue on that day: then it was
/// known that one was due, and it counted while they were here.
fn was_spoken_of(facts: &Facts<'_>, at: PersonIx, left: Day) -> bool {
    let mut talks = facts.talks_with(at).iter().map(|talk| facts.portfolio.conversation(*talk));
    talks.any(|talk| {
        let heard = |held: Day| (Days::NONE..HEARD_DAYS).contains(&left.days_since(held));
        talk.held.is_some_and(heard) || conversations::was_overdue(talk, left, facts.policy.grace_days)
    })
}
