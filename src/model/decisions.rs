//! Priority calls and escalations.

use super::intake::ItemContext;
use super::linker::{Link, identified};
use crate::base::day::Day;
use crate::base::ids::{PersonIx, SquadIx};
use crate::base::names::Name;
use crate::records::portfolio::DecisionRecord;
use crate::source::{Diagnostic, ItemAt, said};

/// A priority call or an escalation.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Its id.
    pub id: Name,
    /// Where it is written.
    pub at: ItemAt,
    /// Shown instead of the id.
    pub title: Option<Name>,
    /// The squad it is about.
    pub squad: Option<Link<SquadIx>>,
    /// Who must decide.
    pub owner: Link<PersonIx>,
    /// When it was first wanted.
    pub raised: Day,
    /// The date promised, where one is written.
    pub due: Option<Day>,
    /// The last closing.
    pub closed: Option<Day>,
    /// Each day it was reopened.
    pub reopened: Box<[Day]>,
    /// Former ids.
    pub aliases: Box<[Name]>,
}

impl Decision {
    pub(super) fn from_record(record: DecisionRecord<'_>, at: ItemAt, cx: &mut ItemContext<'_>) -> Decision {
        let DecisionRecord { id, title, squad, owner, raised, due, closed, reopened, aliases } = record;
        let first = ("raised", Some(raised));
        cx.in_order(at, first, ("due", due));
        cx.in_order(at, first, ("closed", closed));
        let reopened = reopened.unwrap_or_default();
        cx.rising(at, "reopened", &reopened, ("raised", raised), true);
        if !reopened.is_empty() && closed.is_none() && !cx.is_written {
            let message = said!["what was reopened had been closed: `closed` is missing"];
            let help = said!["write the day of the last closing"];
            cx.diagnostics
                .push(Diagnostic::error("missing-key", message, at.key(["reopened".into()])).help(help));
        }
        Decision {
            id: cx.names.add(&id.0),
            at,
            title: cx.text(title),
            squad: cx.link(squad),
            owner: Link::Written(cx.names.add(&owner.0)),
            raised,
            due,
            closed,
            reopened: reopened.into(),
            aliases: cx.aliases(aliases),
        }
    }

    /// The last reopening that had happened by a day.
    pub fn last_reopened(&self, day: Day) -> Option<Day> {
        self.reopened.iter().copied().rfind(|reopened| *reopened <= day)
    }

    /// Whether it is open on a day on which it had been raised. Before its last closing it counts as open
    /// throughout, since earlier closings are not on record.
    pub fn is_open(&self, day: Day) -> bool {
        match self.closed.filter(|closed| *closed <= day) {
            None => true,
            Some(closed) => self.last_reopened(day).is_some_and(|reopened| reopened > closed),
        }
    }

    /// The day it was due on, for an open one that was reopened the later of that and the reopening and grace.
    pub fn due(&self, day: Day, grace_days: u32) -> Day {
        let due = self.due.unwrap_or_else(|| self.raised.plus(grace_days));
        self.last_reopened(day).map_or(due, |reopened| due.max(reopened.plus(grace_days)))
    }
}

identified!(Decision);
