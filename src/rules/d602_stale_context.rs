//! D602: context that nobody has looked at for long.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, DebtRule, Finding, Group, How, Meta, Resolution, Told, Wording,
};
use super::subjects::{Squads, squads};
use crate::base::day::Day;
use crate::base::ids::{SquadIx, Subject};
use crate::base::phrase::phrase;
use crate::base::points::MilliPoints;
use crate::model::Context;
use crate::records::words::Described;

/// The rule.
pub struct D602;

impl DebtRule for D602 {
    type Subjects = Squads;
    type State = Day;
    const META: Meta = Meta {
        code: "D602",
        name: "stale-context",
        group: Group::Context,
        principal: MilliPoints::new(1_000),
        cost: Cost::Flat,
        minutes: 30,
        line: None,
        uses: &[],
        absent: Absent::Silent,
        is_label: false,
        page: page!(
            "D602-stale-context",
            what: "A squad's context is complete and has not been reviewed for long.",
            why: "Context that is no longer true is worse than none: people act on it in good faith.",
            when: "The squad has members, nothing of its context is missing, and it was last reviewed more than {context_review_days} days ago. Unknown where `reviewed` is \
                   not written, or no `context` at all.",
            formula: "{points}.",
            remedy: "Read it again with the squad, change what is no longer true, and write down the day.",
        ),
    };

    fn find(facts: &Facts<'_>, at: SquadIx, principal: MilliPoints) -> Answer<Day> {
        let described = facts.portfolio.describes(Described::Context).then_some(Context::NOTHING);
        let Some(context) = facts.portfolio.squad(at).context.or(described) else { return Answer::Unknown };
        if !context.missing().is_empty() {
            return Answer::Clear;
        }
        // A review after the day that is scored has not happened yet.
        let Some(reviewed) = context.reviewed.filter(|reviewed| *reviewed <= facts.day) else {
            return Answer::Unknown;
        };
        let last_good = reviewed.plus(facts.policy.context_review_days);
        Answer::factor_if(facts.day > last_good, || {
            Finding::flat(
                principal,
                facts.squad_lead(at),
                Act::new("review-context", Subject::Squad(at)),
                reviewed,
            )
            .since(Some(last_good.plus(1)))
        })
    }

    fn explain(facts: &Facts<'_>, at: SquadIx, found: &Finding<Day>) -> Wording {
        let reviewed = found.state;
        Wording {
            headline: phrase!("the context of squad ", at, " was last reviewed ", reviewed),
            details: vec![phrase!("that is ", facts.day.days_since(reviewed), " days ago")],
            remedy: phrase!("Read it again with squad ", at, ", and write down the day."),
            task: phrase!("review the context of squad ", at),
        }
    }

    fn resolved(pair: &Pair<'_>, at: SquadIx, before: &Day, _: Option<&Day>) -> Resolution {
        let context = squads::records(pair, at).and_then(|(_, is)| is.context);
        let reviewed = context.and_then(|context| context.reviewed);
        Resolution::repaired_if(reviewed > Some(*before), How::Reviewed)
    }

    fn told(_: &Pair<'_>, _: SquadIx, _: &Day, _: Option<&Day>) -> Told {
        Told::Nothing
    }

    fn resolved_since(head: &Facts<'_>, at: SquadIx, since: Day) -> Resolution {
        let reviewed = head.portfolio.squad(at).context.and_then(|context| context.reviewed);
        Resolution::repaired_if(reviewed.is_some_and(|reviewed| reviewed > since), How::Reviewed)
    }
}
