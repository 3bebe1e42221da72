//! Recurring meetings and the jobs that they try to do.

use super::intake::ItemContext;
use super::linker::{Link, identified};
use crate::base::day::Day;
use crate::base::ids::PersonIx;
use crate::base::message::{Message, message};
use crate::base::names::Name;
use crate::records::portfolio::MeetingRecord;
use crate::records::words::{Line, MeetingKind, Purpose, Topic};
use crate::source::{Code, Diagnostic, ItemAt};

/// A recurring meeting.
#[derive(Clone, Debug)]
pub struct Meeting {
    /// Its id, written or made from the two people.
    pub id: Name,
    /// Whether the id was made.
    pub derived_id: bool,
    /// Where it is written.
    pub at: ItemAt,
    /// Shown instead of the id.
    pub title: Option<Name>,
    /// What kind.
    pub kind: MeetingKind,
    /// Whose job it is to hold it, as written.
    pub owner: Link<PersonIx>,
    /// The other person, as written.
    pub with: Option<Link<PersonIx>>,
    /// What it is for.
    pub purpose: Option<Purpose>,
    /// What is talked about.
    pub agenda: Box<[Topic]>,
    /// What the two say, which every scoring asks.
    pub(super) jobs: Jobs,
    /// Days from one to the next.
    pub every: Option<u16>,
    /// When it was last held.
    pub last_held: Option<Day>,
    /// Cancelled since it was last held.
    pub cancelled_in_a_row: u32,
    /// Not counted before this day.
    pub since: Option<Day>,
    /// Not counted from this day on.
    pub until: Option<Day>,
    /// Former ids.
    pub aliases: Box<[Name]>,
}

/// The jobs that a 1:1 tries to do; neither where nobody can tell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Jobs {
    /// Outcomes.
    pub delivery: bool,
    /// Craft and career.
    pub craft: bool,
}

impl Jobs {
    /// Whether a job is among them.
    pub fn has(self, line: Line) -> bool {
        match line {
            Line::Delivery => self.delivery,
            Line::Craft => self.craft,
        }
    }
}

impl Meeting {
    pub(super) fn from_record(record: MeetingRecord<'_>, at: ItemAt, cx: &mut ItemContext<'_>) -> Meeting {
        let MeetingRecord {
            id,
            title,
            kind,
            owner,
            with,
            purpose,
            agenda,
            every,
            last_held,
            cancelled_in_a_row,
            since,
            until,
            aliases,
        } = record;
        let kind = kind.unwrap_or(MeetingKind::OneOnOne);
        match (kind, &with) {
            (MeetingKind::Team, Some(_)) => {
                let message = message!("a team meeting has no `with`");
                let help = message!("remove `with`, or change `kind`");
                cx.diagnostics.push(
                    Diagnostic::error(Code::Contradiction, message, at.key(["with".into()])).help(help),
                );
            }
            (kind, None) if kind.is_of_two() && !cx.is_written => {
                let message = Message::words(format!("a {} meeting needs a `with`", kind.word()));
                let help = message!("add `with:` and the other person's id, or `kind: team`");
                cx.diagnostics.push(Diagnostic::error(Code::MissingKey, message, at.place()).help(help));
            }
            _ => {}
        }
        cx.in_order(at, ("since", since), ("until", until));
        // In the order of the design: the order of the file says nothing.
        let mut agenda = agenda.unwrap_or_default();
        agenda.sort_unstable();
        agenda.dedup();
        let jobs = jobs(purpose, &agenda);
        Meeting {
            derived_id: id.is_none(),
            id: cx.id(id.as_ref()),
            at,
            title: cx.text(title),
            kind,
            owner: Link::Written(cx.names.add(&owner.0)),
            with: cx.link(with),
            purpose,
            agenda: agenda.into(),
            jobs,
            every: every.map(|every| every.0),
            last_held,
            cancelled_in_a_row: cancelled_in_a_row.map_or(0, |count| count.0),
            since,
            until,
            aliases: cx.aliases(aliases),
        }
    }

    /// What its purpose says, and what its topics belong to.
    pub fn jobs(&self) -> Jobs {
        self.jobs
    }
}

fn jobs(purpose: Option<Purpose>, agenda: &[Topic]) -> Jobs {
    let topic = |line| agenda.iter().any(|topic| topic.line() == Some(line));
    let (delivery, craft) = match purpose {
        Some(Purpose::Both) => (true, true),
        Some(Purpose::Delivery) => (true, false),
        Some(Purpose::Craft) => (false, true),
        None => (false, false),
    };
    Jobs { delivery: delivery || topic(Line::Delivery), craft: craft || topic(Line::Craft) }
}

identified!(Meeting, derived_id);
