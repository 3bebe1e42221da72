//! Talks that somebody owes somebody.

use super::intake::ItemContext;
use super::linker::{Link, identified};
use crate::base::day::Day;
use crate::base::ids::PersonIx;
use crate::base::names::Name;
use crate::records::portfolio::{ConversationRecord, DroppedRecord};
use crate::records::words::ConversationKind;
use crate::source::{Diagnostic, ItemAt, Step, said};

/// A talk that somebody owes somebody.
#[derive(Clone, Debug)]
pub struct Conversation {
    /// Its id, written or made from its parts.
    pub id: Name,
    /// Whether the id was made.
    pub derived_id: bool,
    /// Where it is written.
    pub at: ItemAt,
    /// What kind of talk.
    pub kind: ConversationKind,
    /// Who owes it.
    pub owner: Link<PersonIx>,
    /// To whom.
    pub with: Link<PersonIx>,
    /// What about.
    pub topic: Option<Name>,
    /// When it was first wanted.
    pub raised: Day,
    /// The first date promised, where one is written.
    pub due: Option<Day>,
    /// Each new date it was pushed to.
    pub deferred_to: Box<[Day]>,
    /// When it was held.
    pub held: Option<Day>,
    /// How it was closed without being held.
    pub dropped: Option<Dropped>,
    /// Former ids.
    pub aliases: Box<[Name]>,
}

/// Closed without being held.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Dropped {
    /// When.
    pub date: Day,
    /// Why.
    pub reason: Name,
}

impl Conversation {
    pub(super) fn from_record(
        record: ConversationRecord<'_>,
        at: ItemAt,
        cx: &mut ItemContext<'_>,
    ) -> Conversation {
        let ConversationRecord {
            id,
            kind,
            owner,
            with,
            topic,
            raised,
            due,
            deferred_to,
            held,
            dropped,
            aliases,
        } = record;
        let first = ("raised", Some(raised));
        cx.in_order(at, first, ("due", due));
        cx.in_order(at, first, ("held", held));
        if let Some(dropped) = &dropped {
            if dropped.date < raised {
                let place = at.value([Step::from("dropped"), "date".into()]);
                cx.out_of_order(place, "dropped.date", dropped.date, "raised", raised);
            }
            if held.is_some() {
                let message = said!["a conversation was held or dropped, not both"];
                let help = said!["keep `held` where it took place, `dropped` where it did not"];
                cx.diagnostics
                    .push(Diagnostic::error("contradiction", message, at.key(["dropped".into()])).help(help));
            }
        }
        let deferred_to = deferred_to.unwrap_or_default();
        let (from, first) = due.map_or(("raised", raised), |due| ("due", due));
        cx.rising(at, "deferred_to", &deferred_to, (from, first), false);
        Conversation {
            derived_id: id.is_none(),
            id: cx.id(id.as_ref()),
            at,
            kind,
            owner: Link::Written(cx.names.add(&owner.0)),
            with: Link::Written(cx.names.add(&with.0)),
            topic: cx.text(topic),
            raised,
            due,
            deferred_to: deferred_to.into(),
            held,
            dropped: dropped
                .map(|DroppedRecord { date, reason }| Dropped { date, reason: cx.names.add(&reason.0) }),
            aliases: cx.aliases(aliases),
        }
    }

    /// Whether it is still owed on a day on which it had been raised.
    pub fn is_open(&self, day: Day) -> bool {
        let closed = self.held.or(self.dropped.map(|dropped| dropped.date));
        closed.is_none_or(|closed| closed > day)
    }

    /// The first date promised, or what the policy's grace makes of `raised`.
    pub fn due(&self, grace_days: u32) -> Day {
        self.due.unwrap_or_else(|| self.raised.plus(grace_days))
    }
}

identified!(Conversation, derived_id);
