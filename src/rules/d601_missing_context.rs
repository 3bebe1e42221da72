//! D601: a squad that lacks context.

use super::facts::Facts;
use super::meta::page;
use super::pair::Pair;
use super::rule::{
    Absent, Act, Answer, Cost, Counted, DebtRule, Finding, Group, How, Meta, Resolution, Told, Wording,
};
use super::subjects::{Squads, squads};
use crate::base::ids::{SquadIx, Subject};
use crate::base::phrase::{listed, phrase};
use crate::base::points::MilliPoints;
use crate::model::Context;
use crate::records::words::Described;

/// What the context lacks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Lacks {
    success: bool,
    constraints: bool,
    closed: bool,
}

impl Lacks {
    fn of(context: Context) -> Lacks {
        Lacks {
            success: !context.has_success,
            constraints: !context.has_constraints,
            closed: !context.has_closed,
        }
    }

    /// What is missing: its key, and the same in the words of the page.
    fn parts(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let parts = [
            (self.success, ("success", "what success looks like")),
            (self.constraints, ("constraints", "which constraints hold")),
            (self.closed, ("closed", "which decisions are closed")),
        ];
        parts.into_iter().filter(|(lacks, _)| *lacks).map(|(_, part)| part)
    }

    fn count(self) -> i64 {
        let one = i64::from;
        one(self.success).saturating_add(one(self.constraints)).saturating_add(one(self.closed))
    }
}

/// The rule.
pub struct D601;

impl DebtRule for D601 {
    type Subjects = Squads;
    type State = Lacks;
    const META: Meta = Meta {
        code: "D601",
        name: "missing-context",
        group: Group::Context,
        principal: MilliPoints::new(1_000),
        cost: Cost::Each(Counted::Entries),
        minutes: 60,
        line: None,
        uses: &[],
        absent: Absent::Silent,
        is_label: false,
        page: page!(
            "D601-missing-context",
            what: "A squad has not been told what success looks like, which constraints hold, or which decisions are closed.",
            why: "Good leaders pass on context, not directives. Without it every choice comes back up as a question, and each answer is a \
                  directive.",
            when: "The squad has members, and `success`, `constraints` or `closed` is missing or blank. Unknown where no `context` is \
                   written, unless the portfolio \
                   `describes: [context]`; then it lacks all three.",
            formula: "{points} for each of the three.",
            remedy: "Write down what is missing, with the squad.",
        ),
    };

    fn find(facts: &Facts<'_>, at: SquadIx, principal: MilliPoints) -> Answer<Lacks> {
        let described = facts.portfolio.describes(Described::Context).then_some(Context::NOTHING);
        let Some(context) = facts.portfolio.squad(at).context.or(described) else { return Answer::Unknown };
        let lacks = Lacks::of(context);
        Answer::factor_if(lacks.count() > 0, || {
            let act = Act::new("write-context", Subject::Squad(at));
            Finding::each(principal, lacks.count(), facts.squad_lead(at), act, lacks)
        })
    }

    fn explain(_: &Facts<'_>, at: SquadIx, found: &Finding<Lacks>) -> Wording {
        let parts = listed(found.state.parts().map(|(_, words)| phrase!(words)).collect());
        let keys = listed(found.state.parts().map(|(key, _)| phrase!(key)).collect());
        Wording {
            headline: phrase!("squad ", at, " does not know ").and(parts.clone()),
            details: vec![phrase!("its context lacks ").and(keys)],
            remedy: phrase!("Write down ").and(parts).and(phrase!(", with squad ", at, ".")),
            task: phrase!("write down the context of squad ", at),
        }
    }

    fn resolved(pair: &Pair<'_>, at: SquadIx, before: &Lacks, _: Option<&Lacks>) -> Resolution {
        let Some(context) = squads::records(pair, at).and_then(|(_, is)| is.context) else {
            return Resolution::Withdrawn(How::Removed);
        };
        let now = Lacks::of(context);
        let more = (before.success && !now.success)
            || (before.constraints && !now.constraints)
            || (before.closed && !now.closed);
        Resolution::repaired_if(more, How::Changed)
    }

    fn told(_: &Pair<'_>, _: SquadIx, _: &Lacks, _: Option<&Lacks>) -> Told {
        Told::Nothing
    }
}
