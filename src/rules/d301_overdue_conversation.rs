//! D301: a conversation that is owed and overdue.

use super::facts::{Facts, Overdue};
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, DebtRule, Finding, Group, How, Meta, Resolution, Told, Wording,
};
use super::subjects::{Conversations, conversations};
use crate::base::day::Day;
use crate::base::ids::{ConversationIx, PersonIx, Subject};
use crate::base::phrase::{Phrase, counted, phrase, times};
use crate::base::points::MilliPoints;
use crate::records::words::ConversationKind;

/// What is owed by whom to whom, and for how long.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct State {
    owner: PersonIx,
    with: PersonIx,
    overdue: Overdue,
}

/// The rule.
pub struct D301;

impl DebtRule for D301 {
    type Subjects = Conversations;
    type State = State;
    const META: Meta = Meta {
        code: "D301",
        name: "overdue-conversation",
        group: Group::DeferredConversations,
        principal: MilliPoints::new(0),
        cost: Cost::ByKind,
        minutes: 60,
        line: None,
        uses: &[],
        absent: Absent::UnknownForEachPerson,
        is_label: false,
        page: page!(
            "D301-overdue-conversation",
            what: "A conversation that somebody owes somebody is past the date it was first promised for.",
            why: "Each week that a hard conversation waits, the other person fills the silence. It ends as a surprise exit, a \
                  quiet one, or a promotion that should never have happened.",
            when: "The other person is scored, the talk is neither held nor dropped, and its first date (`due`, or {grace_days} days after \
                   `raised`) has passed. \
                   Unknown, once for each scored person, where the portfolio has no `conversations` at all.",
            formula: "By kind: exit-risk {exit-risk}, performance {performance}, promotion {promotion}, role {role}, pay {pay}, \
                      conflict {conflict}, feedback {feedback}, other {other} points. It grows by {weekly_percent} % in each full \
                      week since the first date, up to {cap} times; days on which the other person was away do not count. Each \
                      new date it was pushed to adds {deferral_percent} % of the principal, {max_deferrals} times at most. \
                      Pushing does not stop the clock.",
            remedy: "Hold it. Where it has become moot, say so to the person and write down why.",
        ),
    };

    fn find(facts: &Facts<'_>, at: ConversationIx, _: MilliPoints) -> Answer<State> {
        let talk = facts.portfolio.conversation(at);
        if !talk.is_open(facts.day) {
            return Answer::Clear;
        }
        let Some(overdue) = facts.overdue(at, facts.day) else { return Answer::Clear };
        let (Some(owner), Some(with)) = (talk.owner.target(), talk.with.target()) else {
            return Answer::Clear;
        };
        let instead = || facts.lines.filter_active(facts.lines.delivery_owner(with));
        Answer::Factor(Finding {
            unit: facts.policy.conversation(talk.kind),
            basis: overdue.basis(),
            onset: Some(overdue.due.plus(1)),
            owner: facts.lines.filter_active(Some(owner)).or_else(instead),
            act: Act::new("hold", Subject::Conversation(at)),
            state: State { owner, with, overdue },
        })
    }

    fn explain(facts: &Facts<'_>, at: ConversationIx, found: &Finding<State>) -> Wording {
        let talk = facts.portfolio.conversation(at);
        let State { owner: written, with, overdue: Overdue { due, weeks, deferrals } } = found.state;
        let mut details = vec![phrase!("due ", due).and(match deferrals {
            0 => Phrase::default(),
            pushed => phrase!(", pushed ", times(pushed)),
        })];
        if let Some(topic) = talk.topic {
            details.push(phrase!("about ", topic));
        }
        if weeks > 0 {
            details.push(phrase!(counted(weeks, "full week", "full weeks"), " of interest"));
        }
        if found.owner != Some(written) {
            details.push(phrase!(written, ", who owes it, is not there"));
        }
        let task = match found.owner {
            Some(_) => hold(talk.kind, with),
            None => phrase!("find somebody to ").and(hold(talk.kind, with)),
        };
        let instead = match found.owner {
            Some(owner) if owner != written => phrase!(" in ", written, "\u{2019}s place (", owner, ")"),
            _ => Phrase::default(),
        };
        let remedy = task.clone().and(instead).and(phrase!("."));
        Wording { headline: phrase!(written, " owes ", with, " ", owed(talk.kind)), details, remedy, task }
    }

    fn resolved(pair: &Pair<'_>, at: ConversationIx, before: &State, _: Option<&State>) -> Resolution {
        let Some((was, is)) = conversations::records(pair, at) else {
            return Resolution::Withdrawn(How::Removed);
        };
        if let Some(ended) = conversations::ended(pair, was, is) {
            return ended;
        }
        // An open conversation costs less only where its record is lighter, or somebody is away longer.
        let is_away = !conversations::is_lighter(pair, was, is) && pair.leaves_differ(before.with);
        Resolution::Withdrawn(if is_away { How::Away } else { How::Rewritten })
    }

    fn told(pair: &Pair<'_>, at: ConversationIx, _: &State, _: Option<&State>) -> Told {
        conversations::told_dates(pair, at)
    }

    fn resolved_since(_: &Facts<'_>, _: ConversationIx, _: Day) -> Resolution {
        Resolution::REWRITTEN
    }
}

/// What is owed, after "owes Ana".
fn owed(kind: ConversationKind) -> &'static str {
    match kind {
        ConversationKind::ExitRisk => "the exit-risk talk",
        ConversationKind::Performance => "the performance talk",
        ConversationKind::Promotion => "the promotion talk",
        ConversationKind::Role => "the talk about the role",
        ConversationKind::Pay => "the pay talk",
        ConversationKind::Conflict => "the talk about a conflict",
        ConversationKind::Feedback => "feedback",
        ConversationKind::Other => "a talk",
    }
}

/// What is to be done, without a capital.
fn hold(kind: ConversationKind, with: PersonIx) -> Phrase {
    match kind {
        ConversationKind::Feedback => phrase!("give ", with, " the feedback"),
        ConversationKind::Other => phrase!("hold the talk with ", with),
        ConversationKind::ExitRisk
        | ConversationKind::Performance
        | ConversationKind::Promotion
        | ConversationKind::Role
        | ConversationKind::Pay
        | ConversationKind::Conflict => phrase!("hold ", owed(kind), " with ", with),
    }
}
