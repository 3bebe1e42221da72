//! D502: a decision that was closed and opened again.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, Counted, DebtRule, EntryKey, Finding, Group, Meta, Resolution, Told, Wording,
};
use super::subjects::Decisions;
use crate::base::day::{Day, Days};
use crate::base::ids::{DecisionIx, Subject};
use crate::base::message::{Message, message, times};
use crate::base::points::MilliPoints;

/// The rule.
pub struct D502;

impl DebtRule for D502 {
    type Subjects = Decisions;
    type State = i64;
    const HAS_ENTRIES: bool = true;
    const META: Meta = Meta {
        code: "D502",
        name: "reopened-decision",
        group: Group::Decisions,
        principal: MilliPoints::new(1_000),
        cost: Cost::Each(Counted::Entries),
        minutes: 0,
        line: None,
        absent: Absent::Silent,
        page: page!(
            "D502-reopened-decision",
            what: "A decision that had been closed was opened again.",
            why: "An escalation path should close loops. Where closed decisions are reopened, people learn to wait \
                  instead of to act.",
            when: "It was reopened within the last {reopened_window_days} days. A reopening that nobody writes down \
                   cannot be seen.",
            formula: "{points} for each such reopening.",
            remedy: "Only time ends it, on the day that the last reopening leaves the window. Until then say what \
                     would have to change before it is opened again, and pass that on with the decision.",
        ),
    };

    fn find(facts: &Facts<'_>, at: DecisionIx, principal: MilliPoints) -> Answer<i64> {
        let decision = facts.portfolio.decision(at);
        let count = i64::try_from(recent(facts, at).count()).unwrap_or(i64::MAX);
        Answer::factor_if(count > 0, || {
            let owner = facts.lines.filter_active(decision.owner.target());
            Finding::each(principal, count, owner, Act::new("wait", Subject::Decision(at)), count)
        })
    }

    fn explain(facts: &Facts<'_>, at: DecisionIx, found: &Finding<i64>) -> Wording {
        let decision = facts.portfolio.decision(at);
        let count = found.state;
        let called = message!(at);
        let last = decision.last_reopened(facts.day);
        let ends = last.map(|day| day.plus(facts.policy.reopened_window_days - Days::new(1)));
        let counts = ends.map_or(Message::default(), |day| message!("It counts until ", day, ". "));
        let last = last.map(|day| message!("last on ", day));
        Wording {
            headline: called.clone().and(message!(" was reopened ", times(count))),
            details: last.into_iter().collect(),
            remedy: counts.and(message!(
                "Only time ends that; until then say what would have to change before it is opened again."
            )),
            task: message!("wait for the reopening of ").and(called).and(message!(" to lapse")),
        }
    }

    fn resolved(_: &Pair<'_>, _: DecisionIx, _: &i64, _: Option<&i64>) -> Resolution {
        // What was reopened stays so: only time makes less of it.
        Resolution::REWRITTEN
    }

    fn told(pair: &Pair<'_>, at: DecisionIx, _: &i64, _: Option<&i64>) -> Told {
        let Some(was) = pair.record_before(at) else { return Told::Nothing };
        let is = pair.head.portfolio.decision(at);
        let told = is.reopened.iter().filter(|day| **day <= pair.base_day && !was.reopened.contains(day));
        Told::units(told.count())
    }

    fn entries(facts: &Facts<'_>, at: DecisionIx, _: &i64) -> Vec<EntryKey> {
        recent(facts, at).map(EntryKey::On).collect()
    }
}

/// The days within the window on which it was reopened.
fn recent<'p>(facts: &Facts<'p>, at: DecisionIx) -> impl Iterator<Item = Day> + 'p {
    let (day, window) = (facts.day, facts.policy.reopened_window_days);
    let reopened = facts.portfolio.decision(at).reopened.iter().copied();
    reopened.filter(move |reopened| (Days::NONE..window).contains(&day.days_since(*reopened)))
}
